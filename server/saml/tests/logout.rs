//! Ending a session at a service without a browser: what we ask, and which answers we believe.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;

use bergshamra::{DsigContext, KeysManager, dsig, keys::loader};
use common::*;
use saml::logout::{LogoutExpected, LogoutFault, LogoutRequest, read_answer};
use saml::sign::SigningKey;
use saml::values::{MessageId, NameIdFormat};

const BACK: &str = "https://sp.example.dk/logout";

fn id() -> MessageId {
    MessageId::parse("_ask1").unwrap()
}

fn request() -> String {
    let (_, key) = idp_keys();
    let id = id();
    let request = LogoutRequest {
        id: &id,
        issuer: IDP,
        destination: BACK,
        format: NameIdFormat::Persistent,
        name_id: "uuid:1&2",
        session_indexes: &["_index1"],
        now: now(),
    };
    request.to_envelope(key).unwrap()
}

/// A response with these attributes of its root, and this inside its status.
fn response(attributes: &str, issuer: &str, status: &str) -> String {
    format!(
        "<samlp:LogoutResponse xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
         xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_r1\" Version=\"2.0\" IssueInstant=\"{}\" {attributes}>\
         <saml:Issuer>{issuer}</saml:Issuer>SIGNATURE<samlp:Status>{status}</samlp:Status></samlp:LogoutResponse>",
        now()
    )
}

fn code(second: &str) -> String {
    let success = "urn:oasis:names:tc:SAML:2.0:status:Success";
    format!("<samlp:StatusCode Value=\"{success}\">{second}</samlp:StatusCode>")
}

fn good() -> String {
    response("InResponseTo=\"_ask1\"", SERVICE, &code(""))
}

fn enveloped(message: &str) -> String {
    let message = message.replace("SIGNATURE", "");
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{message}</s:Body></s:Envelope>"
    )
}

/// The message signed by these keys, over the element with this id.
fn signed(message: &str, keys: &Keys, over: &str) -> String {
    let x = "http://www.w3.org/2000/09/xmldsig#";
    let template = format!(
        "<ds:Signature xmlns:ds=\"{x}\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>\
         <ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/><ds:Reference URI=\"#{over}\">\
         <ds:Transforms><ds:Transform Algorithm=\"{x}enveloped-signature\"/><ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>\
         <ds:SignatureValue/></ds:Signature>"
    );
    let mut manager = KeysManager::new();
    manager.add_key(loader::load_pem_auto(keys.pem().as_bytes(), None).unwrap());
    dsig::sign::sign(&DsigContext::new(manager), &message.replace("SIGNATURE", &template)).unwrap()
}

fn read(answer: &str) -> Result<(), LogoutFault> {
    let service = service();
    let id = id();
    let expected = LogoutExpected { request: &id, issuer: SERVICE, signing: &service.signing, now: now() };
    read_answer(answer.as_bytes(), &expected)
}

#[test]
fn we_ask_in_a_signed_envelope_that_names_person_and_session() {
    let (keys, _) = idp_keys();
    let asked = request();
    assert!(asked.starts_with("<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><samlp:LogoutRequest"));
    for part in
        [">uuid:1&amp;2</saml:NameID>", "<samlp:SessionIndex>_index1<", &format!("Destination=\"{BACK}\"")]
    {
        assert!(asked.contains(part), "{part}: {asked}");
    }
    let mut manager = KeysManager::new();
    manager.add_key(loader::load_x509_cert_der(keys.certificate.der()).unwrap());
    let verified = dsig::verify::verify(&DsigContext::new(manager), &asked).unwrap();
    assert!(verified.all_reference_digests_verified(), "also within its envelope: {verified:?}");
    let _: &SigningKey = &idp_keys().1;
}

#[test]
fn a_plain_and_a_signed_yes_are_believed() {
    assert_eq!(read(&enveloped(&good())), Ok(()));
    assert_eq!(read(&enveloped(&signed(&good(), service_keys(), "_r1"))), Ok(()));
}

#[test]
fn an_answer_to_another_question_or_by_another_service_is_not() {
    let other = response("InResponseTo=\"_ask2\"", SERVICE, &code(""));
    assert_eq!(read(&enveloped(&other)), Err(LogoutFault::OtherRequest));
    assert_eq!(read(&enveloped(&response("", SERVICE, &code("")))), Err(LogoutFault::OtherRequest));
    let stranger = response("InResponseTo=\"_ask1\"", "https://stranger.example", &code(""));
    assert_eq!(read(&enveloped(&stranger)), Err(LogoutFault::OtherIssuer));
    let old = good().replace(&now().to_string(), "2020-01-01T00:00:00Z");
    assert_eq!(read(&enveloped(&old)), Err(LogoutFault::Stale));
}

#[test]
fn half_a_logout_and_a_no_are_not_success() {
    let partly = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:PartialLogout\"/>";
    let half = response("InResponseTo=\"_ask1\"", SERVICE, &code(partly));
    assert_eq!(read(&enveloped(&half)), Err(LogoutFault::Partial));
    let no = good().replace("status:Success", "status:Responder");
    assert_eq!(read(&enveloped(&no)), Err(LogoutFault::Refused));
}

#[test]
fn a_signature_that_is_there_must_hold_and_cover_the_answer() {
    let strangers = enveloped(&signed(&good(), other_keys(), "_r1"));
    assert_eq!(read(&strangers), Err(LogoutFault::BadSignature));
    let genuine = signed(&response("InResponseTo=\"_old\"", SERVICE, &code("")), service_keys(), "_r1");
    let changed = enveloped(&genuine.replace("_old", "_ask1"));
    assert_eq!(read(&changed), Err(LogoutFault::BadSignature), "changed after it was signed");
}

#[test]
fn what_is_no_such_answer_is_refused() {
    for odd in [
        good().replace("SIGNATURE", ""),
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/></s:Envelope>".to_owned(),
        enveloped(&[good(), good().replace("_r1", "_r2")].concat()),
    ] {
        assert_eq!(read(&odd), Err(LogoutFault::NotAnAnswer), "{odd}");
    }
    assert_eq!(read("<!DOCTYPE a><a/>"), Err(LogoutFault::Xml));
    assert_eq!(read(&"<a>".repeat(40_000)), Err(LogoutFault::Xml));
}
