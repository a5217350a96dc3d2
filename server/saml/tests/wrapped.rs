//! Signatures that are genuine and cover something else than what is read: the eight classic wrappings, and ids twice.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;

use bergshamra::{DsigContext, KeysManager, dsig, keys::loader};
use common::*;
use saml::logout::{LogoutExpected, LogoutFault, read_answer};
use saml::values::MessageId;

const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// A response with this id to this request, with this after its issuer.
fn response(id: &str, request: &str, inside: &str) -> String {
    format!(
        "<samlp:LogoutResponse xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
         xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"{id}\" Version=\"2.0\" IssueInstant=\"{}\" InResponseTo=\"{request}\">\
         <saml:Issuer>{SERVICE}</saml:Issuer>{inside}<samlp:Status><samlp:StatusCode \
         Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status></samlp:LogoutResponse>",
        now()
    )
}

/// What the service signed once: an answer to another request.
fn genuine() -> String {
    let c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
    let template = format!(
        "<ds:Signature xmlns:ds=\"{DSIG}\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"{c14n}\"/>\
         <ds:SignatureMethod Algorithm=\"{RSA_SHA256}\"/><ds:Reference URI=\"#_r1\"><ds:Transforms>\
         <ds:Transform Algorithm=\"{DSIG}enveloped-signature\"/><ds:Transform Algorithm=\"{c14n}\"/></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue/></ds:Reference>\
         </ds:SignedInfo><ds:SignatureValue/></ds:Signature>"
    );
    let mut manager = KeysManager::new();
    manager.add_key(loader::load_pem_auto(service_keys().pem().as_bytes(), None).unwrap());
    dsig::sign::sign(&DsigContext::new(manager), &response("_r1", "_old", &template)).unwrap()
}

/// The signature of a signed message, and the message without it.
fn apart(signed: &str) -> (String, String) {
    let (before, rest) = signed.split_once("<ds:Signature").unwrap();
    let (inside, after) = rest.split_once("</ds:Signature>").unwrap();
    (format!("<ds:Signature{inside}</ds:Signature>"), format!("{before}{after}"))
}

fn enveloped(body: &str, after: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body>{after}</s:Envelope>"
    )
}

fn read(answer: &str) -> Result<(), LogoutFault> {
    let service = service();
    let request = MessageId::parse("_ask1").unwrap();
    let expected =
        LogoutExpected { request: &request, issuer: SERVICE, signing: &service.signing, now: now() };
    read_answer(answer.as_bytes(), &expected)
}

#[test]
fn no_wrapping_makes_a_genuine_signature_speak_for_another_message() {
    let genuine = genuine();
    let (signature, bare) = apart(&genuine);
    let within = |inside: &str| signature.replace("</ds:Signature>", &format!("{inside}</ds:Signature>"));
    let evil = |inside: &str| response("_evil", "_ask1", inside);
    let object = |inside: &str| format!("<ds:Object xmlns:ds=\"{DSIG}\">{inside}</ds:Object>");
    let extensions = |inside: &str| format!("<samlp:Extensions>{inside}</samlp:Extensions>");
    for (what, answer) in [
        ("the original in its own signature", enveloped(&evil(&within(&bare)), "")),
        ("the original beside its signature", enveloped(&evil(&format!("{bare}{signature}")), "")),
        ("the forged one before the original", enveloped(&format!("{}{genuine}", evil("")), "")),
        ("the original in the forged one", enveloped(&evil(&genuine), "")),
        ("the signature moved, the original at the end", enveloped(&evil(&signature), &bare)),
        ("the original in the moved signature, at the end", enveloped(&evil(""), &within(&bare))),
        ("the original among extensions", enveloped(&evil(&extensions(&genuine)), "")),
        ("the original as an object of the signature", enveloped(&evil(&within(&object(&bare))), "")),
        ("the forged one under the original's id", enveloped(&response("_r1", "_ask1", &signature), &bare)),
        (
            "the forged one with the signature of another",
            enveloped(&response("_r1", "_ask1", &signature), ""),
        ),
    ] {
        let refused = read(&answer).unwrap_err();
        let fits = [LogoutFault::BadSignature, LogoutFault::NotAnAnswer, LogoutFault::Xml];
        assert!(fits.contains(&refused), "{what}: {refused}");
    }
    assert_eq!(
        read(&enveloped(&genuine, "")),
        Err(LogoutFault::OtherRequest),
        "as it was signed, it is genuine"
    );
}
