//! The same by forms, where the signature stands inside and may be wrapped around another message; and messages about
//! logging out, by either way.

use super::common::enveloped::{GOOD, Methods, with_signature, wrappings};
use super::common::{
    self, Keys, OTHER_ACS, RSA_SHA256, Request, SERVICE, SLO, other_keys, service_keys, signed_by,
    signed_query, to_be_signed,
};
use super::{ENDED, began, house, newest};
use crate::browser::{Answer, Browser};
use crate::house::House;
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::audit::EventKind;
use std::net::Ipv4Addr;

/// What it is, the message, and the word in the trail.
type Hostile = (&'static str, String, &'static str);

/// Somebody else's browser each time: of one source only so many a minute leave an event.
fn from(house: &House, place: u32) -> Browser {
    let mut browser = house.browser();
    browser.address = Some(Ipv4Addr::from(0xC612_0000 + place).into());
    browser.site = Some("cross-site");
    browser
}

async fn brought(browser: &mut Browser, path: &str, message: &str) -> Answer {
    let fields = [("SAMLRequest", STANDARD.encode(message)), ("RelayState", "back".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    browser.send(&Method::POST, path, &fields).await
}

fn another(service: &str) -> String {
    format!("<saml:Issuer>{service}</saml:Issuer>")
}

/// What no form gets past, whatever it asks for: this one passes as it is.
fn forgeries(good: &Request, forged: &dyn Fn(&str) -> Request) -> Vec<Hostile> {
    let keys = service_keys();
    let genuine = with_signature(good, GOOD, keys);
    let by = |methods: Methods| with_signature(good, GOOD, keys).replace(GOOD.signature, methods.signature);
    let (head, rest) = genuine.split_once("<ds:SignatureValue>").unwrap();
    let (_, tail) = rest.split_once("</ds:SignatureValue>").unwrap();
    let empty = format!("{head}<ds:SignatureValue></ds:SignatureValue>{tail}");
    let twin = format!("<samlp:Extensions><x ID=\"_request1\"/></samlp:Extensions></samlp:{}>", good.root);
    let twin = genuine.replace(&format!("</samlp:{}>", good.root), &twin);
    let hidden = |inside: &str| genuine.replacen("</saml:Issuer>", &format!("{inside}</saml:Issuer>"), 1);
    let sha1 = Methods { signature: "http://www.w3.org/2000/09/xmldsig#rsa-sha1", ..GOOD };
    let hmac = Methods { signature: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", ..GOOD };
    let of = |service: &str, keys: &Keys| with_signature(&good.clone().issuer(another(service)), GOOD, keys);
    let mut all = wrappings(good, forged).map(|(what, it)| (what, it, "posted-wrapped-signature")).to_vec();
    all.extend([
        ("unsigned", good.xml(), "posted-unsigned"),
        ("an empty signature", empty, "posted-bad-signature"),
        ("no algorithm", by(Methods { signature: "none", ..GOOD }), "posted-unknown-signature-algorithm"),
        ("SHA-1", by(sha1), "posted-weak-signature-algorithm"),
        ("HMAC", by(hmac), "posted-unknown-signature-algorithm"),
        ("a stranger's key", of(SERVICE, other_keys()), "posted-bad-signature"),
        ("a key whose time is over", of(ENDED, keys), "certificate-out-of-time"),
        ("nobody's name", of("https://stranger.example", keys), "unknown service"),
        ("one id twice", twin, "xml-duplicate-id"),
        ("a comment in a value", hidden("<!-- x -->"), "xml-comment"),
        ("an instruction in a value", hidden("<?x y?>"), "xml-instruction"),
        ("a document type", format!("<!DOCTYPE a>{genuine}"), "xml-doctype"),
        ("deep nesting", good.clone().inside("<a>".repeat(10_000)).xml(), "xml-too-deep"),
    ]);
    all
}

#[tokio::test]
async fn a_form_that_is_wrapped_or_forged_begins_nothing_and_leaves_an_event() {
    let house = house().await;
    let good = Request::good();
    let forged = |inside: &str| {
        let other = Request::good().with("ID", "_forged").with("AssertionConsumerServiceURL", OTHER_ACS);
        other.inside(inside)
    };
    let signed = |name, value: &str| with_signature(&Request::good().with(name, value), GOOD, service_keys());
    let mut all = forgeries(&good, &forged);
    all.extend([
        // Not read to its end, so it is nothing.
        ("an oversize message", good.clone().inside("x".repeat(70_000)).xml(), "xml-malformed"),
        (
            "another Destination",
            signed("Destination", "https://evil.example/saml/sso"),
            "request-wrong-destination",
        ),
        ("stale", signed("IssueInstant", "2026-11-21T19:56:59Z"), "request-too-old"),
        (
            "a foreign address",
            signed("AssertionConsumerServiceURL", "https://evil.example/acs"),
            "request-unknown-address",
        ),
    ]);
    for (place, (what, message, why)) in (0_u32..).zip(&all) {
        let mut browser = from(&house, place);
        let sent_on = brought(&mut browser, "/saml/sso", message).await;
        assert_eq!(sent_on.to, "/saml/sso?besked=afvist", "{what}: {sent_on:?}");
        let (kind, facts) = newest(&house).await;
        assert_eq!((kind.as_str(), facts["why"].as_str()), ("saml.refused", Some(*why)), "{what}");
        assert_eq!(browser.get(&sent_on.to).await.to, "/log-ind/fejl", "{what}");
    }
    assert_eq!(house.rig.events(EventKind::RequestRefused).await, u64::try_from(all.len()).unwrap());
    assert_eq!(house.rig.events(EventKind::RequestReceived).await, 0);
    let genuine = with_signature(&good, GOOD, service_keys());
    let mut browser = from(&house, 1000);
    let sent_on = brought(&mut browser, "/saml/sso", &genuine).await;
    assert!(began(&browser.get(&sent_on.to).await), "none of them spent its id: {sent_on:?}");
    let again = brought(&mut browser, "/saml/sso", &genuine).await;
    assert_eq!(browser.get(&again.to).await.to, "/log-ind/fejl");
    assert_eq!(newest(&house).await.1["why"], "replayed");
}

/// A request to end the session of somebody by this name, under an id of its own.
fn logout(name: &str) -> Request {
    let format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    let name = format!("<saml:NameID Format=\"{format}\">{name}</saml:NameID>");
    Request { root: "LogoutRequest", ..Request::good() }
        .with("Destination", SLO)
        .without("AssertionConsumerServiceURL")
        .without("ProtocolBinding")
        .inside(name)
}

/// What a query about logging out may be besides genuine.
fn about_logging_out() -> Vec<Hostile> {
    let good = || logout("nobody");
    let (keys, xml) = (service_keys(), good().xml());
    let with = |name, value: &str| signed_query(&good().with(name, value).xml(), None);
    let of = |service: &str| signed_query(&good().issuer(another(service)).xml(), None);
    let signed = to_be_signed(&xml, Some("a+b/c="), RSA_SHA256);
    let genuine = signed_by(keys, &signed);
    let sha1 = to_be_signed(&xml, None, "http://www.w3.org/2000/09/xmldsig#rsa-sha1");
    let comment = good().inside(good().inside.replace("nobody", "no<!-- x -->body"));
    vec![
        ("unsigned", signed.clone(), "redirect-unsigned"),
        ("SHA-1", signed_by(keys, &sha1), "redirect-weak-signature-algorithm"),
        ("a stranger's key", signed_by(other_keys(), &signed), "redirect-bad-signature"),
        ("a key whose time is over", of(ENDED), "certificate-out-of-time"),
        ("nobody's name", of("https://stranger.example"), "unknown service"),
        ("a parameter twice", format!("{genuine}&SAMLRequest=x"), "redirect-duplicate-parameter"),
        ("escaped anew", genuine.replace("%2B", "%2b"), "redirect-bad-signature"),
        ("a deflate bomb", signed_query(&" ".repeat(20 << 20), None), "redirect-too-large"),
        ("a document type", signed_query(&format!("<!DOCTYPE a>{xml}"), None), "xml-doctype"),
        ("a comment in a value", signed_query(&comment.xml(), None), "xml-comment"),
        ("another Destination", with("Destination", common::SSO), "logout-wrong-destination"),
        ("another Version", with("Version", "1.1"), "logout-wrong-version"),
        ("stale", with("IssueInstant", "2026-11-21T19:56:59Z"), "logout-too-old"),
        ("from the future", with("IssueInstant", "2026-11-21T20:03:01Z"), "logout-from-the-future"),
        (
            "RelayState over 2 KB",
            signed_query(&xml, Some(&"r".repeat(2049))),
            "redirect-relay-state-too-long",
        ),
        ("for a session that is nobody's here", genuine.clone(), "unknown-principal"),
        ("replayed", genuine, "replayed"),
    ]
}

#[tokio::test]
async fn a_message_about_logging_out_that_is_not_genuine_ends_nothing_and_leaves_an_event() {
    let house = house().await;
    let forged = |inside: &str| {
        let other = logout("somebody else").with("ID", "_forged");
        let name = other.inside.clone();
        other.inside(format!("{inside}{name}"))
    };
    let forms = forgeries(&logout("nobody"), &forged);
    let queries = about_logging_out();
    let all = forms.iter().map(|it| (true, it)).chain(queries.iter().map(|it| (false, it)));
    for (place, (by_form, (what, message, why))) in (0_u32..).zip(all) {
        let mut browser = from(&house, place);
        let answer = if by_form {
            brought(&mut browser, "/saml/slo", message).await
        } else {
            browser.get(&format!("/saml/slo?{message}")).await
        };
        if by_form {
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{what}");
            assert!(answer.body.contains("Henvisning"), "{what}: {}", answer.body);
        } else {
            assert_eq!(answer.to, "/log-ind/fejl", "{what}");
        }
        let (kind, facts) = newest(&house).await;
        assert_eq!((kind.as_str(), facts["why"].as_str()), ("logout.refused", Some(*why)), "{what}");
    }
    let refused = u64::try_from(forms.len() + queries.len()).unwrap();
    assert_eq!(house.rig.events(EventKind::LogoutRefused).await, refused);
    assert_eq!(house.rig.events(EventKind::SignedOut).await, 0);
}
