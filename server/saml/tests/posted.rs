//! Requests by HTTP-POST: signed inside, and every way to wrap a signature around something else.

#![expect(clippy::panic, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{DsigContext, KeysManager, dsig, keys::loader};
use common::enveloped::*;
use common::*;
use proptest::prelude::*;
use saml::authn_request::{AuthnRequest, Expected, Rejected, RequestFault, Vocabulary, check};
use saml::metadata::ServiceProvider;
use saml::posted::{PostedFault, Unverified};
use saml::values::NameIdFormat;
use saml::{Refusal, XmlFault};

/// What the service sends.
fn good() -> String {
    with_signature(&Request::good(), GOOD, service_keys())
}

fn receive_posted(xml: &str, service: &ServiceProvider) -> Result<AuthnRequest, Rejected> {
    let message = Unverified::from_form(&STANDARD.encode(xml), Some("token 1/å"))?;
    let verified = message.verify(&service.signing)?;
    let expected = Expected {
        service,
        destination: SSO,
        name_id_formats: &[NameIdFormat::Persistent, NameIdFormat::Transient],
        vocabulary: Vocabulary::Nsis,
        now: now(),
    };
    check(&verified, &expected)
}

fn refusal_of(xml: &str) -> Refusal {
    match receive_posted(xml, &service()) {
        Err(Rejected::ShowPage(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// The forgery: another request of the same service, with a return address of its own choice, carrying what it is given.
fn forged(id: &str, inside: &str) -> Request {
    Request::good()
        .with("ID", id)
        .with("AssertionConsumerServiceIndex", "1")
        .without("AssertionConsumerServiceURL")
        .inside(inside)
}

#[test]
fn a_signed_form_gets_in_with_its_relay_state_unchanged() {
    let request = receive_posted(&good(), &service()).unwrap();
    assert_eq!(request.issuer, SERVICE);
    assert_eq!(request.return_to.address, ACS);
    assert_eq!(request.return_to.relay_state.as_deref(), Some("token 1/å"));
}

#[test]
fn a_form_that_is_unsigned_or_signed_by_a_stranger_is_refused() {
    assert_eq!(refusal_of(&Request::good().xml()), PostedFault::Unsigned.into());
    let stranger = with_signature(&Request::good(), GOOD, other_keys());
    assert_eq!(refusal_of(&stranger), PostedFault::BadSignature.into());
    let mut changing = service();
    changing.signing.push(other_keys().certificate.clone());
    assert!(receive_posted(&stranger, &changing).is_ok(), "one of its own, while it changes keys");
    let empty = good().replace("<ds:SignatureValue>", "<ds:SignatureValue>AAAA");
    assert_eq!(refusal_of(&empty), PostedFault::BadSignature.into());
}

#[test]
fn a_signature_that_is_costly_to_look_at_is_refused_before_it_is() {
    const C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
    let listing = |prefixes: &str| {
        let list = format!("<ec:InclusiveNamespaces xmlns:ec=\"{C14N}\" PrefixList=\"{prefixes}\"/>");
        format!(
            "<ds:Transform Algorithm=\"{DSIG}enveloped-signature\"/><ds:Transform Algorithm=\"{C14N}\">{list}</ds:Transform>"
        )
    };
    let few = Methods { transforms: listing("xs samlp").leak(), ..GOOD };
    let few = with_signature(&Request::good(), few, service_keys());
    assert!(receive_posted(&few, &service()).is_ok(), "as services write it");
    let many: Vec<_> = (0..17).map(|number| format!("p{number}")).collect();
    let many = few.replace("xs samlp", &many.join(" "));
    let again = format!("<ds:Transform Algorithm=\"{C14N}\"/></ds:Transforms>");
    let often = good().replace("</ds:Transforms>", &again);
    for (costly, what) in [(many, "prefixes for every element"), (often, "one transform after another")] {
        assert_eq!(refusal_of(&costly), PostedFault::CrowdedSignature.into(), "{what}");
    }
}

#[test]
fn the_key_inside_a_message_speaks_for_nobody() {
    let info = format!(
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>",
        other_keys().certificate.to_base64()
    );
    let stranger = with_signature(&Request::good(), GOOD, other_keys());
    let carried = stranger.replace("</ds:Signature>", &info);
    assert_eq!(refusal_of(&carried), PostedFault::BadSignature.into());
}

#[test]
fn weak_and_foreign_algorithms_are_refused_before_they_are_tried() {
    let genuine = good();
    for (from, to, fault) in [
        (GOOD.signature, "http://www.w3.org/2000/09/xmldsig#rsa-sha1", PostedFault::WeakAlgorithm),
        (GOOD.signature, "http://www.w3.org/2000/09/xmldsig#dsa-sha1", PostedFault::WeakAlgorithm),
        (GOOD.digest, "http://www.w3.org/2000/09/xmldsig#sha1", PostedFault::WeakAlgorithm),
        (GOOD.signature, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", PostedFault::UnknownAlgorithm),
        (GOOD.signature, "", PostedFault::UnknownAlgorithm),
        (GOOD.digest, "urn:none", PostedFault::UnknownAlgorithm),
    ] {
        let changed = genuine.replace(&format!("\"{from}\""), &format!("\"{to}\""));
        assert_ne!(changed, genuine);
        assert_eq!(refusal_of(&changed), fault.into(), "{to}");
    }
}

#[test]
fn no_transform_can_cut_anything_out() {
    for transform in [
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>false()</ds:XPath></ds:Transform>",
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>",
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#base64\"/>",
        "<ds:Transform/>",
    ] {
        let changed = good().replace("</ds:Transforms>", &format!("{transform}</ds:Transforms>"));
        assert_eq!(refusal_of(&changed), PostedFault::WrappedSignature.into(), "{transform}");
    }
}

#[test]
fn a_wrapped_signature_is_refused_in_each_of_its_eight_forms() {
    for (form, wrapped) in wrappings(&Request::good(), &|inside: &str| forged("_forged", inside)) {
        assert_eq!(refusal_of(&wrapped), PostedFault::WrappedSignature.into(), "{form}");
    }
}

#[test]
fn an_id_that_means_two_things_is_refused_however_it_is_spelled() {
    let genuine = good();
    let signature = signature_in(&genuine);
    for spelled in ["ID", "Id", "id", "xml:id"] {
        let twin = format!("<samlp:Extensions><x {spelled}=\"_request1\"/></samlp:Extensions>");
        let request = Request::good().inside(&twin);
        let request = request.clone().issuer(format!("{}{signature}", request.issuer));
        assert_eq!(refusal_of(&request.xml()), XmlFault::DuplicateId.into(), "{spelled}");
    }
    let same_id = forged("_request1", &Request::good().xml());
    let same_id = same_id.clone().issuer(format!("{}{signature}", same_id.issuer));
    assert_eq!(refusal_of(&same_id.xml()), XmlFault::DuplicateId.into());
    // An id that only SAML 1 knows.
    let older = Request::good().inside("<samlp:Extensions><x AssertionID=\"_request1\"/></samlp:Extensions>");
    let older = older.clone().issuer(format!("{}{signature}", older.issuer));
    assert_eq!(refusal_of(&older.xml()), PostedFault::BadSignature.into());
}

#[test]
fn a_second_signature_and_a_reference_to_something_else_are_refused() {
    let genuine = good();
    let signature = signature_in(&genuine);
    let twice = genuine.replace(&signature, &format!("{signature}{signature}"));
    assert_eq!(refusal_of(&twice), PostedFault::WrappedSignature.into());
    for uri in ["", "#_other", "#xpointer(/)", "https://sp.example.dk/request.xml"] {
        let elsewhere = genuine.replace("URI=\"#_request1\"", &format!("URI=\"{uri}\""));
        assert_eq!(refusal_of(&elsewhere), PostedFault::WrappedSignature.into(), "{uri}");
    }
    let reference = genuine.get(genuine.find("<ds:Reference").unwrap()..).unwrap();
    let reference = reference.get(..reference.find("</ds:Reference>").unwrap() + 15).unwrap().to_owned();
    let two = genuine.replace(&reference, &format!("{reference}{reference}"));
    assert_eq!(refusal_of(&two), PostedFault::WrappedSignature.into());
    let deeper = genuine.replace(&signature, &format!("<samlp:Extensions>{signature}</samlp:Extensions>"));
    assert_eq!(refusal_of(&deeper), PostedFault::WrappedSignature.into());
}

#[test]
fn nothing_of_a_signed_form_can_be_changed() {
    let genuine = good();
    for (from, to) in [
        (ACS, OTHER_ACS),
        ("Version=\"2.0\"", "Version=\"2.0\" ForceAuthn=\"false\""),
        ("20:00:00Z", "20:00:01Z"),
        ("</saml:Issuer>", " </saml:Issuer>"),
    ] {
        let changed = genuine.replacen(from, to, 1);
        assert_ne!(changed, genuine);
        assert_eq!(refusal_of(&changed), PostedFault::BadSignature.into(), "{from}");
    }
}

#[test]
fn a_form_is_held_to_everything_a_redirect_is() {
    for (request, fault) in [
        (
            Request::good().with("Destination", "https://evil.example/saml/sso"),
            RequestFault::WrongDestination,
        ),
        (Request::good().with("IssueInstant", "2026-11-21T19:00:00Z"), RequestFault::TooOld),
        (
            Request::good().with("AssertionConsumerServiceURL", "https://evil.example/acs"),
            RequestFault::UnknownAddress,
        ),
        (Request::good().with("Version", "1.1"), RequestFault::WrongVersion),
    ] {
        let signed = with_signature(&request, GOOD, service_keys());
        assert_eq!(refusal_of(&signed), fault.into());
    }
    let hidden = Request::good().issuer(format!("<saml:Issuer>{SERVICE}<!-- x --></saml:Issuer>"));
    assert_eq!(refusal_of(&hidden.xml()), XmlFault::Comment.into());
    let dtd = format!("<!DOCTYPE a SYSTEM \"file:///etc/passwd\">{}", good());
    assert_eq!(refusal_of(&dtd), XmlFault::Doctype.into());
}

#[test]
fn bad_packaging_of_a_form_is_refused() {
    let packed = |message: &str, state: Option<&str>| Unverified::from_form(message, state).err();
    assert_eq!(packed("not*base64", None), Some(PostedFault::BadBase64.into()));
    assert_eq!(packed(&STANDARD.encode([0xe5]), None), Some(PostedFault::NotText.into()));
    assert_eq!(packed(&"A".repeat(100_000), None), Some(PostedFault::TooLarge.into()));
    let long = "r".repeat(2049);
    assert_eq!(packed("PGEvPg==", Some(&long)), Some(PostedFault::RelayStateTooLong.into()));
    let lines = STANDARD
        .encode(good())
        .as_bytes()
        .chunks(76)
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join("\r\n");
    assert_eq!(Unverified::from_form(&lines, None).unwrap().claimed_issuer().unwrap(), SERVICE);
    assert_eq!(
        Unverified::from_form("PGEvPg==", None).unwrap().claimed_issuer(),
        Err(PostedFault::NoIssuer.into())
    );
}

#[test]
fn an_elliptic_curve_key_signs_a_form_too() {
    let pair = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::default().self_signed(&pair).unwrap();
    let mut service = service();
    service.signing = vec![saml::certificate::Certificate::from_der(certificate.der()).unwrap()];
    let methods = Methods { signature: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", ..GOOD };
    let issuer = format!("{}{}", Request::good().issuer, template("_request1", methods));
    let mut manager = KeysManager::new();
    let pem = pem("PRIVATE KEY", pair.serialized_der());
    manager.add_key(loader::load_pem_auto(pem.as_bytes(), None).unwrap());
    let document = Request::good().issuer(issuer).xml();
    let signed = dsig::sign::sign(&DsigContext::new(manager), &document).unwrap();
    assert!(receive_posted(&signed, &service).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_form_panics(message in "[A-Za-z0-9+/= \\n]{0,200}", text in "\\PC{0,200}") {
        let _ = Unverified::from_form(&message, None).map(|it| it.verify(&service().signing).is_ok());
        let packed = STANDARD.encode(text);
        let verified = Unverified::from_form(&packed, None).and_then(|it| it.verify(&service().signing));
        prop_assert!(verified.is_err());
    }
}
