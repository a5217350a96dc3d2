//! What strangers may send, and that it never gets in.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use common::*;
use proptest::prelude::*;
use saml::authn_request::{Rejected, RequestFault};
use saml::error_response::ErrorStatus;
use saml::metadata::read;
use saml::redirect::{RedirectFault, Unverified};
use saml::{Refusal, XmlFault};

fn xml_refusal(xml: &str) -> Refusal {
    refusal(&signed_query(xml, None))
}

#[test]
fn a_good_request_gets_in_with_its_relay_state_unchanged() {
    let request = receive(&Request::good().query()).unwrap();
    assert_eq!(request.issuer, SERVICE);
    assert_eq!(request.return_to.address, ACS);
    assert_eq!(request.return_to.request.as_str(), "_request1");
    assert_eq!(request.return_to.relay_state.as_deref(), Some("token 1/å"));
}

#[test]
fn an_unsigned_request_is_refused() {
    let signed = to_be_signed(&Request::good().xml(), None, RSA_SHA256);
    assert_eq!(refusal(&signed), RedirectFault::Unsigned.into());
    let (bare, _) = signed.split_once('&').unwrap();
    assert_eq!(refusal(bare), RedirectFault::Unsigned.into());
    assert_eq!(refusal(&format!("{signed}&Signature=")), RedirectFault::BadSignature.into());
}

#[test]
fn a_strangers_key_is_refused_and_any_of_the_services_own_accepted() {
    let signed = to_be_signed(&Request::good().xml(), None, RSA_SHA256);
    let query = signed_by(other_keys(), &signed);
    assert_eq!(refusal(&query), RedirectFault::BadSignature.into());

    let mut changing_keys = service();
    changing_keys.signing.push(other_keys().certificate.clone());
    assert!(receive_for(&query, &changing_keys).is_ok());
    assert!(receive_for(&signed_by(service_keys(), &signed), &changing_keys).is_ok());
}

#[test]
fn sha1_is_refused_and_sha512_accepted() {
    let xml = Request::good().xml();
    for weak in [
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
    ] {
        let query = signed_by(service_keys(), &to_be_signed(&xml, None, weak));
        assert_eq!(refusal(&query), RedirectFault::WeakAlgorithm.into(), "{weak}");
    }
    let unknown = signed_by(service_keys(), &to_be_signed(&xml, None, "urn:none"));
    assert_eq!(refusal(&unknown), RedirectFault::UnknownAlgorithm.into());
    let strong = signed_with_sha512(service_keys(), &to_be_signed(&xml, None, RSA_SHA512));
    assert!(receive(&strong).is_ok());
}

#[test]
fn an_elliptic_curve_key_signs_too() {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};

    let pair = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::default().self_signed(&pair).unwrap();
    let mut service = service();
    service.signing = vec![saml::certificate::Certificate::from_der(certificate.der()).unwrap()];
    let ec_key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pair.serialized_der()).unwrap();
    let algorithm = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    let signed = to_be_signed(&Request::good().xml(), None, algorithm);
    let signature = ec_key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
    let query = format!("{signed}&Signature={}", escape(&STANDARD.encode(signature)));
    assert!(receive_for(&query, &service).is_ok());
    // The same bytes under the name of another algorithm prove nothing.
    let renamed = query.replace("ecdsa-sha256", "rsa-sha256");
    assert!(receive_for(&renamed, &service).is_err());
}

#[test]
fn a_signature_over_another_order_is_refused_while_the_order_in_the_query_is_free() {
    let signed = to_be_signed(&Request::good().xml(), Some("r"), RSA_SHA256);
    let parts: Vec<_> = signed.split('&').collect();
    let swapped = signed_by(service_keys(), &[parts[1], parts[0], parts[2]].join("&"));
    assert_eq!(refusal(&swapped), RedirectFault::BadSignature.into());

    let query = signed_by(service_keys(), &signed);
    let mut parameters: Vec<_> = query.split('&').collect();
    parameters.reverse();
    assert!(receive(&parameters.join("&")).is_ok());
}

#[test]
fn duplicate_parameters_are_refused_whichever_copy_was_signed() {
    let query = Request::good().query();
    let forged = to_be_signed(&Request::good().with("ID", "_forged").xml(), None, RSA_SHA256);
    let (forged_request, _) = forged.split_once('&').unwrap();
    for doubled in [
        format!("{query}&{forged_request}"),
        format!("{forged_request}&{query}"),
        format!("{query}&RelayState=x"),
        format!("{query}&SigAlg=x"),
        format!("{query}&Signature=x"),
    ] {
        assert_eq!(refusal(&doubled), RedirectFault::DuplicateParameter.into());
    }
    let disguised = format!("{query}&Relay%53tate=x");
    assert_eq!(refusal(&disguised), RedirectFault::DisguisedParameter.into());
}

#[test]
fn the_signature_is_verified_over_the_bytes_as_sent() {
    let upper = to_be_signed(&Request::good().xml(), Some("a+b/c="), RSA_SHA256);
    let lower = lower_case_escapes(&upper);
    assert_ne!(upper, lower);
    assert!(receive(&signed_by(service_keys(), &upper)).is_ok());
    assert!(receive(&signed_by(service_keys(), &lower)).is_ok());
    // Signed one way and sent the other way is another message.
    let re_encoded = lower_case_escapes(&signed_by(service_keys(), &upper));
    assert_eq!(refusal(&re_encoded), RedirectFault::BadSignature.into());
}

fn lower_case_escapes(query: &str) -> String {
    let mut pieces = query.split('%');
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |done, piece| {
        let (escape, rest) = piece.split_at(2);
        format!("{done}%{}{rest}", escape.to_lowercase())
    })
}

#[test]
fn relay_state_is_covered_by_the_signature_and_bounded() {
    let query = Request::good().query();
    assert_eq!(
        refusal(&query.replace("RelayState=token", "RelayState=other")),
        RedirectFault::BadSignature.into()
    );
    let xml = Request::good().xml();
    assert!(receive(&signed_query(&xml, Some(&"r".repeat(2048)))).is_ok());
    assert_eq!(
        refusal(&signed_query(&xml, Some(&"r".repeat(2049)))),
        RedirectFault::RelayStateTooLong.into()
    );
}

#[test]
fn bad_packaging_is_refused() {
    let sign = |request: &str| {
        signed_by(service_keys(), &format!("SAMLRequest={request}&SigAlg={}", escape(RSA_SHA256)))
    };
    let plain = escape(&STANDARD.encode(Request::good().xml()));
    assert_eq!(refusal(&sign("%%%")), RedirectFault::BadPercentEncoding.into());
    assert_eq!(refusal(&sign("not*base64")), RedirectFault::BadBase64.into());
    assert_eq!(refusal(&sign(&plain)), RedirectFault::BadDeflate.into());
    let latin1 = escape(&STANDARD.encode(deflate(b"<a>\xe5</a>")));
    assert_eq!(refusal(&sign(&latin1)), RedirectFault::NotText.into());
    let bad_signature = Request::good().query().replace("&Signature=", "&Signature=*");
    assert_eq!(refusal(&bad_signature), RedirectFault::BadBase64.into());
}

#[test]
fn bombs_are_defused() {
    let deflate_bomb = " ".repeat(20 * 1024 * 1024);
    assert_eq!(xml_refusal(&deflate_bomb), RedirectFault::TooLarge.into());

    let deep = Request::good().inside("<a>".repeat(10_000));
    assert_eq!(xml_refusal(&deep.xml()), XmlFault::TooDeep.into());

    let entities = format!(
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>{}",
        Request::good().inside("&b;").xml()
    );
    assert_eq!(xml_refusal(&entities), XmlFault::Doctype.into());

    let long_query = format!("SAMLRequest={}", "A".repeat(100_000));
    assert_eq!(refusal(&long_query), RedirectFault::QueryTooLong.into());
}

#[test]
fn nothing_hides_in_a_signed_message() {
    let good = Request::good();
    for (hiding, fault) in [
        ("<!-- x -->", XmlFault::Comment),
        ("<?x y?>", XmlFault::Instruction),
        ("<![CDATA[x]]>", XmlFault::Cdata),
    ] {
        let issuer = format!("<saml:Issuer>https://sp.example.dk{hiding}/saml/metadata</saml:Issuer>");
        assert_eq!(xml_refusal(&good.clone().issuer(issuer).xml()), fault.into());
    }
    let external = format!("<!DOCTYPE a SYSTEM \"file:///etc/passwd\">{}", good.xml());
    assert_eq!(xml_refusal(&external), XmlFault::Doctype.into());
    let nested = good.clone().issuer(format!("<saml:Issuer>{SERVICE}<b/></saml:Issuer>"));
    assert_eq!(xml_refusal(&nested.xml()), XmlFault::MixedText.into());
    let twice = good.clone().issuer(format!("<saml:Issuer>{SERVICE}</saml:Issuer>").repeat(2));
    assert_eq!(xml_refusal(&twice.xml()), XmlFault::Repeated.into());
    let same_id = good.inside("<samlp:Extensions><x ID=\"_request1\"/></samlp:Extensions>");
    assert_eq!(xml_refusal(&same_id.xml()), XmlFault::DuplicateId.into());
}

#[test]
fn a_message_is_what_it_says_or_nothing() {
    let mut logout = Request::good();
    logout.root = "LogoutRequest";
    assert_eq!(xml_refusal(&logout.xml()), RequestFault::NotAuthnRequest.into());
    let good = Request::good;
    for (request, fault) in [
        (good().with("Version", "1.1"), RequestFault::WrongVersion),
        (good().without("Version"), RequestFault::WrongVersion),
        (good().without("ID"), RequestFault::NoId),
        (good().with("ID", "1 2"), RequestFault::NoId),
        (good().issuer(""), RequestFault::WrongIssuer),
        (good().issuer("<saml:Issuer>https://other.example.dk</saml:Issuer>"), RequestFault::WrongIssuer),
        (
            good().issuer(format!("<saml:Issuer Format=\"urn:x\">{SERVICE}</saml:Issuer>")),
            RequestFault::IssuerFormat,
        ),
        (
            good().inside("<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"),
            RequestFault::EnvelopedSignature,
        ),
    ] {
        assert_eq!(xml_refusal(&request.xml()), fault.into());
    }
    let other_namespace = good().xml().replace(":2.0:protocol\"", ":1.1:protocol\"");
    assert_eq!(xml_refusal(&other_namespace), RequestFault::NotAuthnRequest.into());
}

#[test]
fn a_request_for_another_address_is_refused() {
    for destination in ["https://saml.example.dk/saml/sso/", "https://evil.example/saml/sso", ""] {
        let request = Request::good().with("Destination", destination);
        assert_eq!(refusal(&request.query()), RequestFault::WrongDestination.into());
    }
    let none = Request::good().without("Destination");
    assert_eq!(refusal(&none.query()), RequestFault::WrongDestination.into());
}

#[test]
fn three_minutes_of_clock_difference_are_forgiven_and_no_more() {
    for (issued, fault) in [
        ("2026-11-21T19:56:59Z", Some(RequestFault::TooOld)),
        ("2026-11-21T19:57:00Z", None),
        ("2026-11-21T20:03:00.000Z", None),
        ("2026-11-21T20:03:00.001Z", Some(RequestFault::FromTheFuture)),
        ("2026-11-21T20:00:00", Some(RequestFault::NoIssueInstant)),
        ("2026-11-21T21:00:00+01:00", Some(RequestFault::NoIssueInstant)),
    ] {
        let answer = receive(&Request::good().with("IssueInstant", issued).query());
        let expected = fault.map(|fault| Rejected::ShowPage(fault.into()));
        assert_eq!(answer.err(), expected, "{issued}");
    }
}

#[test]
fn answers_go_only_to_addresses_of_the_services_metadata() {
    let unknown = [
        "https://evil.example/acs",
        "https://sp.example.dk/saml/acs/",
        "https://sp.example.dk/saml/acs?x=1",
        "https://SP.example.dk/saml/acs",
        "https://another-service.example.dk/acs",
        "",
    ];
    for address in unknown {
        let request = Request::good().with("AssertionConsumerServiceURL", address);
        assert_eq!(refusal(&request.query()), RequestFault::UnknownAddress.into(), "{address}");
    }
    let by_index = |index: &str| {
        Request::good()
            .without("AssertionConsumerServiceURL")
            .with("AssertionConsumerServiceIndex", index)
            .query()
    };
    assert_eq!(receive(&by_index("1")).unwrap().return_to.address, OTHER_ACS);
    assert_eq!(refusal(&by_index("7")), RequestFault::UnknownAddress.into());
    assert_eq!(refusal(&by_index("x")), RequestFault::UnknownAddress.into());
    let both = Request::good().with("AssertionConsumerServiceIndex", "0");
    assert_eq!(refusal(&both.query()), RequestFault::AddressAndIndex.into());
    let neither = Request::good().without("AssertionConsumerServiceURL");
    assert_eq!(receive(&neither.query()).unwrap().return_to.address, ACS);
}

#[test]
fn another_services_return_address_is_no_use() {
    let other_keys = other_keys();
    let role = [
        key_descriptor("signing", &other_keys.certificate, ""),
        consumer("0", "https://another-service.example.dk/acs", ""),
    ]
    .concat();
    let other = "https://another-service.example.dk";
    let other_service = read(&service_metadata(other, &role), policy()).unwrap();
    let request = Request::good().issuer(format!("<saml:Issuer>{other}</saml:Issuer>"));
    let query = signed_by(other_keys, &to_be_signed(&request.xml(), None, RSA_SHA256));
    assert_eq!(
        receive_for(&query, &other_service),
        Err(Rejected::ShowPage(RequestFault::UnknownAddress.into()))
    );
    // Its genuine signature does not speak for the first service either.
    assert_eq!(refusal(&query), RedirectFault::BadSignature.into());
}

#[test]
fn what_a_genuine_service_wants_and_cannot_have_is_told_to_it() {
    let context = |inside: &str| {
        Request::good().inside(format!("<samlp:RequestedAuthnContext{inside}</samlp:RequestedAuthnContext>"))
    };
    let email = "<samlp:NameIDPolicy Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\"/>";
    let foreign = format!("<samlp:NameIDPolicy SPNameQualifier=\"{IDP}\"/>");
    for (request, reason, status) in [
        (
            Request::good().with("ProtocolBinding", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"),
            RequestFault::UnsupportedBinding,
            ErrorStatus::UnsupportedBinding,
        ),
        (Request::good().inside(email), RequestFault::UnsupportedNameId, ErrorStatus::InvalidNameIdPolicy),
        (Request::good().inside(foreign), RequestFault::UnsupportedNameId, ErrorStatus::InvalidNameIdPolicy),
        (Request::good().with("ForceAuthn", "yes"), RequestFault::BadFlag, ErrorStatus::RequestUnsupported),
        (
            context("><saml:AuthnContextClassRef>urn:unknown</saml:AuthnContextClassRef>"),
            RequestFault::NoReachableContext,
            ErrorStatus::NoAuthnContext,
        ),
        (context(" Comparison=\"best\">"), RequestFault::BadContext, ErrorStatus::NoAuthnContext),
    ] {
        match receive(&request.query()) {
            Err(Rejected::Answer { reason: given, status: told, return_to }) => {
                assert_eq!((given, told), (reason, status));
                assert_eq!(return_to.address, ACS);
            }
            other => panic!("{reason}: {other:?}"),
        }
    }
}

#[test]
fn the_issuer_can_be_asked_before_the_signature_is_verified() {
    let message = Unverified::from_query(&Request::good().query()).unwrap();
    assert_eq!(message.claimed_issuer().unwrap(), SERVICE);
    assert_eq!(message.claimed_id().unwrap().as_str(), "_request1");
    let anonymous = Unverified::from_query(&Request::good().issuer("").query()).unwrap();
    assert_eq!(anonymous.claimed_issuer(), Err(RedirectFault::NoIssuer.into()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_changed_byte_survives_the_signature(position in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let query = Request::good().query();
        let mut bytes = query.clone().into_bytes();
        let position = position.index(bytes.len());
        prop_assume!(bytes[position] != byte && byte.is_ascii());
        bytes[position] = byte;
        let changed = String::from_utf8(bytes).unwrap();
        // The signature's own escapes may be spelled in another case; nothing else may change.
        let (signed, _) = query.split_once("&Signature=").unwrap();
        if position < signed.len() || !changed.eq_ignore_ascii_case(&query) {
            prop_assert!(receive(&changed).is_err(), "{changed}");
        }
    }

    #[test]
    fn no_query_panics(query in "(SAMLRequest=|RelayState=|SigAlg=|Signature=|&|%|[a-z0-9+/=]{0,9}){0,30}") {
        prop_assert!(receive(&query).is_err());
    }

    #[test]
    fn no_signed_text_panics(text in "\\PC{0,200}") {
        prop_assert!(receive(&signed_query(&text, None)).is_err());
    }
}
