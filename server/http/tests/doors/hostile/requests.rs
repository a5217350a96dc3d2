//! Requests that must not get in: what each is, as a query, and how the gate names it.

use super::common::{self, RSA_SHA256, Request, SERVICE, escape, signed_by, signed_query, to_be_signed};
use super::{ENDED, OTHER, OTHER_ACS};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What it is, its query, and the word in the trail.
type Hostile = (&'static str, String, &'static str);

fn from(service: &str) -> Request {
    Request::good().issuer(format!("<saml:Issuer>{service}</saml:Issuer>"))
}

fn hidden(inside: &str) -> String {
    from(&format!("{SERVICE}{inside}")).query()
}

/// What makes a parser work, and how the gate names it.
pub(super) fn bombs() -> Vec<Hostile> {
    let good = Request::good;
    let plain = good().xml();
    let many = |one: &dyn Fn(u32) -> String, times| (0..times).map(one).collect::<Vec<_>>().concat();
    let declared = |declaration: &str, inside: &str| {
        signed_query(&format!("<!DOCTYPE a{declaration}>{}", good().inside(inside).xml()), None)
    };
    let bomb = " [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]";
    let external = " [<!ENTITY x SYSTEM \"file:///etc/passwd\">]";
    let attributes = format!("<a{}/>", many(&|n| format!(" a{n}=\"\""), 5_000));
    let namespaces = many(&|n| format!("<b xmlns:n{n}=\"u\"/>"), 2_000);
    let big = good().inside("x".repeat(70_000)).xml();
    vec![
        ("a document type", declared("", ""), "xml-doctype"),
        ("an entity bomb", declared(bomb, "&b;"), "xml-doctype"),
        ("an external entity", declared(external, "&x;"), "xml-doctype"),
        ("a deflate bomb", signed_query(&" ".repeat(20 << 20), None), "redirect-too-large"),
        ("an oversize message", signed_query(&big, None), "redirect-too-large"),
        (
            "an oversize query",
            format!("{}&x={}", good().query(), "A".repeat(40_000)),
            "redirect-query-too-long",
        ),
        ("deep nesting", signed_query(&good().inside("<a>".repeat(10_000)).xml(), None), "xml-too-deep"),
        ("a crowd of attributes", signed_query(&good().inside(attributes).xml(), None), "xml-crowded"),
        ("a crowd of namespaces", signed_query(&good().inside(namespaces).xml(), None), "xml-crowded"),
        ("a comment in a value", hidden("<!-- x -->"), "xml-comment"),
        ("an instruction in a value", hidden("<?x y?>"), "xml-instruction"),
        ("a section in a value", hidden("<![CDATA[x]]>"), "xml-cdata"),
        ("an element in a value", hidden("<b/>"), "xml-mixed-text"),
        ("no XML", signed_query("hello", None), "xml-malformed"),
        ("no DEFLATE", packed(&escape(&STANDARD.encode(&plain))), "redirect-bad-deflate"),
        ("an empty message", packed(""), "redirect-bad-deflate"),
        ("no base64", packed("not*base64"), "redirect-bad-base64"),
        ("nothing", String::new(), "redirect-no-request"),
    ]
}

fn packed(request: &str) -> String {
    signed_by(common::service_keys(), &format!("SAMLRequest={request}&SigAlg={}", escape(RSA_SHA256)))
}

/// What claims to be signed, and is not by whom it claims.
pub(super) fn forgeries() -> Vec<Hostile> {
    let xml = Request::good().xml();
    let keys = common::service_keys();
    let signed = to_be_signed(&xml, Some("a+b/c="), RSA_SHA256);
    let by = |algorithm: &str| signed_by(keys, &to_be_signed(&xml, None, algorithm));
    let good = signed_by(keys, &signed);
    let parts: Vec<_> = signed.split('&').collect();
    let own = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>";
    let twin = "<samlp:Extensions><x ID=\"_request1\"/></samlp:Extensions>";
    vec![
        ("unsigned", signed.clone(), "redirect-unsigned"),
        ("an empty signature", format!("{signed}&Signature="), "redirect-bad-signature"),
        ("no algorithm", by("none"), "redirect-unknown-signature-algorithm"),
        ("SHA-1", by("http://www.w3.org/2000/09/xmldsig#rsa-sha1"), "redirect-weak-signature-algorithm"),
        (
            "HMAC",
            by("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
            "redirect-unknown-signature-algorithm",
        ),
        ("a stranger's key", signed_by(common::other_keys(), &signed), "redirect-bad-signature"),
        ("a key whose time is over", from(ENDED).query(), "certificate-out-of-time"),
        ("a parameter twice", format!("{good}&SAMLRequest=x"), "redirect-duplicate-parameter"),
        ("a parameter in disguise", format!("{good}&SAMLReq%75est=x"), "redirect-disguised-parameter"),
        (
            "signed in another order",
            signed_by(keys, &[parts[1], parts[0], parts[2]].join("&")),
            "redirect-bad-signature",
        ),
        ("escaped anew", good.replace("%2B", "%2b"), "redirect-bad-signature"),
        (
            "a signature inside",
            signed_query(&Request::good().inside(own).xml(), None),
            "request-enveloped-signature",
        ),
        ("one id twice", signed_query(&Request::good().inside(twin).xml(), None), "xml-duplicate-id"),
        ("another service's name", from(OTHER).query(), "redirect-bad-signature"),
        ("nobody's name", from("https://stranger.example").query(), "unknown service"),
    ]
}

/// What is genuine and not meant for here, for now, or for that address.
pub(super) fn misdirected() -> Vec<Hostile> {
    let with = |name, value: &str| Request::good().with(name, value).query();
    let index = Request::good().without("AssertionConsumerServiceURL");
    let logout = Request { root: "LogoutRequest", ..Request::good() };
    let long = signed_query(&Request::good().xml(), Some(&"r".repeat(2049)));
    vec![
        (
            "another Destination",
            with("Destination", "https://evil.example/saml/sso"),
            "request-wrong-destination",
        ),
        ("no Destination", Request::good().without("Destination").query(), "request-wrong-destination"),
        ("another Version", with("Version", "1.1"), "request-wrong-version"),
        ("another kind of message", logout.query(), "request-not-authn-request"),
        ("stale", with("IssueInstant", "2026-11-21T19:56:59Z"), "request-too-old"),
        ("from the future", with("IssueInstant", "2026-11-21T20:03:01Z"), "request-from-the-future"),
        (
            "a foreign address",
            with("AssertionConsumerServiceURL", "https://evil.example/acs"),
            "request-unknown-address",
        ),
        (
            "another service's address",
            with("AssertionConsumerServiceURL", OTHER_ACS),
            "request-unknown-address",
        ),
        (
            "a foreign index",
            index.with("AssertionConsumerServiceIndex", "7").query(),
            "request-unknown-address",
        ),
        ("RelayState over 2 KB", long, "redirect-relay-state-too-long"),
    ]
}
