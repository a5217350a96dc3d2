//! The port of the use cases: a service's metadata, its request and our answer in one walk.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{EncContext, KeysManager, keys::loader};
use common::*;
use domain::association::{Association, Cvr};
use domain::issue::{Cause, Grant};
use domain::level::{AssuranceLevel, Chain};
use domain::relying_party::{ContextRef, Encryption, NameIdRule, RelyingParty, ServiceRequest};
use saml::port::{Settings, Wire};
use saml::sign::SigningKey;
use usecases::ports::saml::{Named, NotTaken, Outgoing, SamlWire, Status};

const ID: &str = "019a0000-0000-7000-8000-000000000001";

fn wire() -> Wire {
    let (keys, _) = idp_keys();
    Wire::new(Settings {
        entity_id: IDP.to_owned(),
        single_sign_on: SSO.to_owned(),
        single_logout: SLO.to_owned(),
        key: SigningKey::new(&keys.pkcs8, keys.certificate.clone()).unwrap(),
        other_certificates: Vec::new(),
        http_on_loopback: false,
        states_levels: true,
    })
    .unwrap()
}

fn metadata(rest: &str) -> String {
    let keys = key_descriptor("", &service_keys().certificate, rest);
    let consumers = [consumer("0", OTHER_ACS, ""), consumer("1", ACS, " isDefault=\"true\"")];
    let organisation =
        "<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>";
    service_metadata(SERVICE, &[keys, organisation.to_owned(), consumers.concat()].concat())
}

fn connection() -> RelyingParty {
    wire().connection(&metadata(""), ID.parse().unwrap(), now()).unwrap()
}

fn read(request: &Request, from: &RelyingParty) -> Result<ServiceRequest, NotTaken> {
    wire().read(&request.query(), from, now())
}

fn levels(comparison: &str, levels: &[&str]) -> Request {
    let references = levels.iter().map(|level| {
        format!("<saml:AuthnContextClassRef>https://data.gov.dk/concept/core/nsis/loa/{level}</saml:AuthnContextClassRef>")
    });
    let references: Vec<_> = references.collect();
    Request::good().inside(format!(
        "<samlp:RequestedAuthnContext Comparison=\"{comparison}\">{}</samlp:RequestedAuthnContext>",
        references.concat()
    ))
}

fn grant() -> Grant {
    let association = Association {
        id: ID.parse().unwrap(),
        person: ID.parse().unwrap(),
        cvr: Cvr::try_from("29189897".to_owned()).unwrap(),
        employee_number: "1001".to_owned(),
        unit: "Hjemmepleje Nord".to_owned(),
        starts_on: "2026-11-01".parse().unwrap(),
        ends_on: None,
        activated_at: Some(now()),
        closed_at: None,
    };
    let level = AssuranceLevel::Substantial;
    Grant {
        person: association.person,
        association,
        level: Some(level),
        chain: Chain { identity: level, authentication: level, federation: level },
        authenticated_at: now(),
        session_ends_at: at("2026-11-21T21:00:00Z"),
        cause: Cause::Fresh,
    }
}

fn answer(request: &ServiceRequest, to: &RelyingParty) -> Result<Outgoing, NotTaken> {
    answer_with(&grant(), request, to)
}

fn answer_with(grant: &Grant, request: &ServiceRequest, to: &RelyingParty) -> Result<Outgoing, NotTaken> {
    let named = Named {
        name_id: "_pairwise".to_owned(),
        transient: true,
        organisation: "Eksempel Kommune".to_owned(),
    };
    let ids = ["1a", "2b", "3c"].map(str::to_owned);
    wire().answer(request, to, grant, &named, ids, now())
}

fn opened(outgoing: &Outgoing) -> String {
    let mut keys = KeysManager::new();
    keys.add_key(loader::load_pem_auto(service_keys().pem().as_bytes(), None).unwrap());
    bergshamra::decrypt(&EncContext::new(keys), &xml(outgoing)).unwrap()
}

fn xml(outgoing: &Outgoing) -> String {
    String::from_utf8(STANDARD.decode(&outgoing.response).unwrap()).unwrap()
}

fn class_ref(assertion: &str) -> &str {
    let start = assertion.find("<saml:AuthnContextClassRef>").unwrap() + "<saml:AuthnContextClassRef>".len();
    let end = assertion.find("</saml:AuthnContextClassRef>").unwrap();
    &assertion[start..end]
}

#[test]
fn metadata_becomes_a_connection_with_strict_defaults() {
    let connection = connection();
    assert_eq!(connection.entity_id, SERVICE);
    assert_eq!(connection.assertion_consumers, [ACS, OTHER_ACS]);
    assert_eq!(connection.encryption, Encryption::Oaep256Gcm);
    assert_eq!(connection.name_id, NameIdRule::Transient);
    assert_eq!(connection.demands, AssuranceLevel::Substantial);
    let old = "<md:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\"/>";
    let old = wire().connection(&metadata(old), ID.parse().unwrap(), now()).unwrap();
    assert_eq!(old.encryption, Encryption::OaepMgf1pGcm);
    let broken = wire().connection("<a/>", ID.parse().unwrap(), now()).unwrap_err();
    assert!(broken.reason.starts_with("The metadata is not one md:EntityDescriptor"), "{broken}");
}

#[test]
fn a_service_is_named_as_people_name_it() {
    let organisation = "<md:Organization><md:OrganizationDisplayName xml:lang=\"en\">Intranet</md:OrganizationDisplayName><md:OrganizationDisplayName xml:lang=\"da\">Prøvenettet</md:OrganizationDisplayName></md:Organization></md:EntityDescriptor>";
    let named = metadata("").replace("</md:EntityDescriptor>", organisation);
    let connection_ = wire().connection(&named, ID.parse().unwrap(), now()).unwrap();
    assert_eq!(connection_.display_name, "Prøvenettet");
    assert_eq!(connection().display_name, SERVICE);
}

#[test]
fn the_claimed_sender_is_read_without_believing_it() {
    let claimed = wire().claimed(&Request::good().query()).unwrap();
    assert_eq!((claimed.entity_id.as_str(), claimed.message_id.as_str()), (SERVICE, "_request1"));
    assert_eq!(wire().claimed("SAMLRequest=x").unwrap_err().reason, "redirect-unsigned");
}

#[test]
fn a_request_is_read_and_answered() {
    let connection = connection();
    let request =
        read(&levels("minimum", &["Low", "Substantial"]).with("ForceAuthn", "true"), &connection).unwrap();
    assert!(request.force && !request.passive);
    assert_eq!(request.level, Some(AssuranceLevel::Low));
    assert_eq!(request.contexts.len(), 2);
    let outgoing = answer(&request, &connection).unwrap();
    assert_eq!(outgoing.address, ACS);
    assert_eq!(outgoing.relay_state.as_deref(), Some("token 1/å"));
    assert_eq!(outgoing.message_id, "_1a");
    let assertion = opened(&outgoing);
    assert!(assertion.contains("ID=\"_2b\"") && assertion.contains("SessionIndex=\"3c\""));
    assert!(assertion.contains(">29189897<") && assertion.contains(">Eksempel Kommune<"));
}

#[test]
fn the_class_reference_is_what_the_connection_says() {
    let request = read(&levels("minimum", &["Low"]), &connection()).unwrap();
    for (context_ref, expected) in [
        (ContextRef::LevelUri, "https://data.gov.dk/concept/core/nsis/loa/Substantial"),
        (ContextRef::Nsis, "https://data.gov.dk/concept/core/nsis"),
        (ContextRef::Echo, "https://data.gov.dk/concept/core/nsis/loa/Low"),
    ] {
        let connection = RelyingParty { context_ref, ..connection() };
        assert_eq!(class_ref(&opened(&answer(&request, &connection).unwrap())), expected);
    }
}

#[test]
fn a_pilots_answer_states_no_level_anywhere() {
    let request = read(&Request::good(), &connection()).unwrap();
    let grant = Grant { level: None, ..grant() };
    for context_ref in [ContextRef::LevelUri, ContextRef::Nsis, ContextRef::Echo] {
        let connection = RelyingParty { context_ref, ..connection() };
        let assertion = opened(&answer_with(&grant, &request, &connection).unwrap());
        assert_eq!(class_ref(&assertion), "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified");
        assert!(!assertion.contains("nsis") && !assertion.contains("Substantial"), "{assertion}");
        assert!(assertion.contains(">29189897<"), "what else is known is said");
    }
}

#[test]
fn a_strangers_request_is_told_nothing() {
    let stranger =
        RelyingParty { signing_certificates: vec![other_keys().certificate.der().to_vec()], ..connection() };
    let refused = read(&Request::good(), &stranger).unwrap_err();
    assert_eq!((refused.reason.as_str(), refused.tell), ("redirect-bad-signature", None));
}

#[test]
fn a_genuine_service_is_told_what_it_cannot_have() {
    let connection = connection();
    for (request, status, code) in [
        (levels("better", &["High"]), Status::NoAuthnContext, "NoAuthnContext"),
        (
            Request::good().inside(
                "<samlp:NameIDPolicy Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\"/>",
            ),
            Status::InvalidNameIdPolicy,
            "InvalidNameIDPolicy",
        ),
        (Request::good().with("IsPassive", "x"), Status::RequestUnsupported, "RequestUnsupported"),
    ] {
        let told = read(&request, &connection).unwrap_err().tell.unwrap();
        assert_eq!(told.status, status);
        let outgoing =
            wire().refuse(&told.request, &connection, told.status, "4d".to_owned(), now()).unwrap();
        assert_eq!(outgoing.address, ACS);
        let response = xml(&outgoing);
        assert!(response.contains(&format!(":status:{code}\"")) && response.contains("SignatureValue"));
    }
}

#[test]
fn an_answer_goes_nowhere_once_the_connection_has_changed() {
    let before = connection();
    let request = read(&Request::good(), &before).unwrap();
    let moved = RelyingParty { assertion_consumers: vec![OTHER_ACS.to_owned()], ..before.clone() };
    let other = RelyingParty { id: "019a0000-0000-7000-8000-000000000002".parse().unwrap(), ..before };
    for changed in [moved, other] {
        let refused = answer(&request, &changed).unwrap_err();
        assert_eq!(refused.reason, "answer-address-not-the-connections");
    }
}

#[test]
fn a_new_encryption_key_is_used_at_once() {
    let wire = wire();
    let before = connection();
    let request = wire.read(&Request::good().query(), &before, now()).unwrap();
    let named = || Named { name_id: "_n".to_owned(), transient: true, organisation: "K".to_owned() };
    let send = |to: &RelyingParty| {
        let ids = ["_1", "_2", "_3"].map(str::to_owned);
        wire.answer(&request, to, &grant(), &named(), ids, now()).unwrap()
    };
    let for_service = send(&before);
    let after =
        RelyingParty { encryption_certificate: other_keys().certificate.der().to_vec(), ..before.clone() };
    let for_other = send(&after);
    let again = send(&before);
    let holds = |outgoing: &Outgoing, keys: &Keys| xml(outgoing).contains(&keys.certificate.to_base64());
    assert!(holds(&for_service, service_keys()) && holds(&again, service_keys()));
    assert!(holds(&for_other, other_keys()) && !holds(&for_other, service_keys()));
}

#[test]
fn our_metadata_is_published() {
    let published = wire().metadata();
    assert!(published.contains(IDP) && published.contains(SSO));
    assert!(published.contains(&idp_keys().0.certificate.to_base64()));
}
