//! The port of the use cases: a service's metadata, its request and our answer in one walk.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{DsigContext, EncContext, KeysManager, keys::loader};
use common::*;
use domain::association::{Association, Cvr};
use domain::issue::{Cause, Grant};
use domain::level::{AssuranceLevel, Chain};
use domain::relying_party::{
    Attribute, ContextRef, Encryption, NameIdRule, Preset, RelyingParty, ServiceRequest,
};
use domain::signing_key::{KeyPin, SigningLife};
use domain::stateable::Stateable;
use saml::certificate::Certificate;
use saml::port::Wire;
use saml::sign::SigningKey;
use usecases::ports::saml::{
    Inbound, KeyWish, Keys as Shown, Named, NotTaken, OurKey, Outgoing, SamlWire, Status, Variant,
};

const ID: &str = "019a0000-0000-7000-8000-000000000001";

fn wire() -> Wire {
    signing()
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
    wire().read(Inbound::Redirect(&request.query()), from, now())
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
        organisation: "Eksempel Kommune".to_owned(),
        released: Vec::new(),
        job_functions: Vec::new(),
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
    assert_eq!(connection.consumer_indexes, [1, 0], "as the metadata numbers them");
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
    let claimed = wire().claimed(Inbound::Redirect(&Request::good().query())).unwrap();
    assert_eq!((claimed.entity_id.as_str(), claimed.message_id.as_str()), (SERVICE, "_request1"));
    assert_eq!(wire().claimed(Inbound::Redirect("SAMLRequest=x")).unwrap_err().reason, "redirect-unsigned");
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
        (Request::good().with("ProtocolBinding", "urn:x"), Status::UnsupportedBinding, "UnsupportedBinding"),
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
fn a_request_points_to_an_address_by_the_number_that_the_metadata_gives_it() {
    let by_index = |connection: &RelyingParty, index: &str| {
        let request = Request::good()
            .without("AssertionConsumerServiceURL")
            .with("AssertionConsumerServiceIndex", index);
        read(&request, connection).map(|request| request.answer_to).ok()
    };
    let numbered = connection();
    assert_eq!(by_index(&numbered, "0").as_deref(), Some(OTHER_ACS));
    assert_eq!(by_index(&numbered, "1").as_deref(), Some(ACS), "the default, which stands first here");
    let high = RelyingParty { consumer_indexes: vec![12, 7], ..connection() };
    assert_eq!(by_index(&high, "7").as_deref(), Some(OTHER_ACS));
    assert_eq!(by_index(&high, "0"), None);
    let before = RelyingParty { consumer_indexes: Vec::new(), ..connection() };
    assert_eq!(by_index(&before, "0").as_deref(), Some(ACS), "saved before numbers were kept");
}

#[test]
fn the_end_of_keys_is_read_from_a_connection_as_from_its_metadata() {
    let ends = service_keys().certificate.not_after();
    assert_eq!(wire().keys_until(&connection()), Some(ends));
    let bare = RelyingParty { encryption_certificate: Vec::new(), ..connection() };
    assert_eq!(wire().keys_until(&bare), Some(ends), "nothing is encrypted");
    let none = RelyingParty { signing_certificates: Vec::new(), ..bare };
    assert_eq!(wire().keys_until(&none), None);
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
    let request = wire.read(Inbound::Redirect(&Request::good().query()), &before, now()).unwrap();
    let named = || Named {
        name_id: "_n".to_owned(),
        organisation: "K".to_owned(),
        released: Vec::new(),
        job_functions: Vec::new(),
    };
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

/// Through the form of another site.
#[test]
fn a_posted_request_takes_the_same_way_and_a_bare_one_none() {
    let xml = STANDARD.encode(Request::good().xml());
    let posted = Inbound::Posted { message: &xml, relay_state: Some("state") };
    let claimed = wire().claimed(posted).unwrap();
    assert_eq!((claimed.entity_id.as_str(), claimed.message_id.as_str()), (SERVICE, "_request1"));
    let refused = wire().read(posted, &connection(), now()).unwrap_err();
    assert_eq!((refused.reason.as_str(), refused.tell), ("posted-unsigned", None));
}

#[test]
fn each_comparison_bounds_what_may_be_stated() {
    use AssuranceLevel::{High, Low, Substantial};
    let may = |comparison: &str, levels_: &[&str]| {
        let read = read(&levels(comparison, levels_), &connection()).unwrap();
        (read.level, read.may_state.highest_up_to(Substantial))
    };
    assert_eq!(may("exact", &["Low"]), (Some(Low), Some(Low)));
    assert_eq!(may("exact", &["Low", "Substantial"]), (Some(Low), Some(Substantial)));
    assert_eq!(may("exact", &["High"]), (Some(High), None));
    assert_eq!(may("minimum", &["Low"]), (Some(Low), Some(Substantial)));
    assert_eq!(may("minimum", &["High"]), (Some(High), None));
    assert_eq!(may("better", &["Low"]), (Some(Substantial), Some(Substantial)));
    assert_eq!(may("better", &["Substantial"]), (Some(High), None));
    assert_eq!(may("maximum", &["Low"]), (Some(Low), Some(Low)));
    assert_eq!(may("maximum", &["High"]), (Some(Low), Some(Substantial)));
    let better = read(&levels("better", &["High"]), &connection()).unwrap_err();
    assert_eq!(better.tell.unwrap().status, Status::NoAuthnContext);
}

#[test]
fn no_reference_above_what_was_reached_is_ever_repeated() {
    let echo = RelyingParty { context_ref: ContextRef::Echo, ..connection() };
    let request = read(&levels("maximum", &["High"]), &echo).unwrap();
    let assertion = opened(&answer(&request, &echo).unwrap());
    assert_eq!(class_ref(&assertion), "https://data.gov.dk/concept/core/nsis/loa/Substantial");
    let low = Grant { level: Some(AssuranceLevel::Low), ..grant() };
    let request = read(&levels("exact", &["Low"]), &echo).unwrap();
    let assertion = opened(&answer_with(&low, &request, &echo).unwrap());
    assert_eq!(class_ref(&assertion), "https://data.gov.dk/concept/core/nsis/loa/Low");
    assert!(assertion.contains("<saml:AttributeValue xsi:type=\"xs:string\">Low</saml:AttributeValue>"));
}

fn references(all: &[&str]) -> Request {
    let listed: Vec<_> = all
        .iter()
        .map(|uri| format!("<saml:AuthnContextClassRef>{uri}</saml:AuthnContextClassRef>"))
        .collect();
    Request::good().inside(format!(
        "<samlp:RequestedAuthnContext Comparison=\"minimum\">{}</samlp:RequestedAuthnContext>",
        listed.concat()
    ))
}

#[test]
fn profiles_and_private_references_are_passed_over_only_beside_a_level() {
    const SUBSTANTIAL: &str = "https://data.gov.dk/concept/core/nsis/loa/Substantial";
    const PROFESSIONAL: &str = "https://data.gov.dk/eid/Professional";
    const CITIZEN: &str = "https://data.gov.dk/eid/Person";
    const PRIVATE: &str = "https://nemlogin.dk/internal/credential/type/x";
    for (all, level) in [
        (&[SUBSTANTIAL, PROFESSIONAL, PRIVATE][..], Some(AssuranceLevel::Substantial)),
        (&[CITIZEN, PROFESSIONAL, SUBSTANTIAL], Some(AssuranceLevel::Substantial)),
        (&[PROFESSIONAL], None),
    ] {
        assert_eq!(read(&references(all), &connection()).unwrap().level, level, "{all:?}");
    }
    for all in [&[PRIVATE][..], &[PROFESSIONAL, PRIVATE], &[CITIZEN, SUBSTANTIAL], &[CITIZEN]] {
        let told = read(&references(all), &connection()).unwrap_err().tell.unwrap();
        assert_eq!(told.status, Status::NoAuthnContext, "{all:?}");
    }
}

#[test]
fn brokers_ask_and_are_answered_in_their_own_words() {
    let three = "urn:dk:gov:saml:attribute:AssuranceLevel:3";
    let two_factors = "dk:unilogin:loa:ToFaktor";
    for (preset, asked) in [(Preset::Kombit, three), (Preset::Stil, three), (Preset::Stil, two_factors)] {
        let to = RelyingParty { context_ref: ContextRef::Echo, ..connected_as(preset) };
        let request = read(&references(&[asked]), &to).unwrap();
        assert_eq!(request.level, Some(AssuranceLevel::Substantial));
        assert_eq!(class_ref(&opened(&answer(&request, &to).unwrap())), asked);
    }
    let told = read(&references(&[two_factors]), &connected_as(Preset::Kombit)).unwrap_err().tell.unwrap();
    assert_eq!(told.status, Status::NoAuthnContext);
}

#[test]
fn whom_a_request_is_about_and_who_is_behind_it_is_read() {
    let about = "<saml:Subject><saml:NameID>maja@kommune.dk</saml:NameID></saml:Subject>";
    let behind = "<samlp:Scoping><samlp:RequesterID>https://a.example</samlp:RequesterID><samlp:RequesterID>urn:b</samlp:RequesterID></samlp:Scoping>";
    let request = read(&Request::good().inside(format!("{about}{behind}")), &connection()).unwrap();
    assert_eq!(request.subject.as_deref(), Some("maja@kommune.dk"));
    assert_eq!(request.requesters, ["https://a.example", "urn:b"]);
    let many = "<samlp:RequesterID>urn:b</samlp:RequesterID>".repeat(11);
    for refused in [
        format!("<samlp:Scoping>{many}</samlp:Scoping>"),
        format!("<samlp:Scoping><samlp:RequesterID>{}</samlp:RequesterID></samlp:Scoping>", "a".repeat(1025)),
        "<saml:Subject><saml:EncryptedID/></saml:Subject>".to_owned(),
        "<saml:Subject><saml:NameID/></saml:Subject>".to_owned(),
        "<saml:Subject/>".to_owned(),
        "<saml:Subject><saml:NameID>a</saml:NameID><saml:SubjectConfirmation Method=\"urn:x\"/></saml:Subject>"
            .to_owned(),
    ] {
        let told = read(&Request::good().inside(&refused), &connection()).unwrap_err().tell.unwrap();
        assert_eq!(told.status, Status::RequestUnsupported, "{refused}");
    }
}

#[test]
fn each_rule_of_names_gives_its_own_format_and_takes_no_other() {
    let wants = |format: &str| Request::good().inside(format!("<samlp:NameIDPolicy Format=\"{format}\"/>"));
    let persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    let subject = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName";
    let unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
    for (rule, given, refused) in [
        (NameIdRule::PersistentPairwise, persistent, subject),
        (NameIdRule::Exact, persistent, subject),
        (NameIdRule::X509SubjectName, subject, persistent),
        (NameIdRule::UniId, unspecified, subject),
    ] {
        let to = RelyingParty { name_id: rule, ..connection() };
        let request = read(&wants(given), &to).unwrap();
        let assertion = opened(&answer(&request, &to).unwrap());
        assert!(assertion.contains(&format!("<saml:NameID Format=\"{given}\">")), "{rule:?}");
        let told = read(&wants(refused), &to).unwrap_err().tell.unwrap();
        assert_eq!(told.status, Status::InvalidNameIdPolicy, "{rule:?}");
    }
}

#[test]
fn what_is_released_goes_by_the_names_of_the_profile() {
    let named = Named {
        name_id: "n".to_owned(),
        organisation: "K".to_owned(),
        released: vec![(Attribute::Cpr, "0000000000".to_owned()), (Attribute::FullName, "A <B>".to_owned())],
        job_functions: Vec::new(),
    };
    for (preset, cpr) in [
        (Preset::Oiosaml, "https://data.gov.dk/model/core/eid/cprNumber"),
        (Preset::Plain, "https://data.gov.dk/model/core/eid/cprNumber"),
        (Preset::Kombit, "dk:gov:saml:attribute:CprNumberIdentifier"),
        (Preset::Stil, "dk:gov:saml:attribute:CprNumberIdentifier"),
    ] {
        let to = connected_as(preset);
        let request = read(&Request::good(), &to).unwrap();
        let ids = ["_1", "_2", "_3"].map(str::to_owned);
        let outgoing = house().answer(&request, &to, &granted(), &named, ids, now()).unwrap();
        let assertion = opened(&outgoing);
        assert!(
            assertion.contains(&format!("Name=\"{cpr}\"")) && assertion.contains("A &lt;B&gt;"),
            "{preset:?}"
        );
        assert!(!xml(&outgoing).contains("0000000000"));
    }
    assert!(!format!("{named:?}").contains("0000000000"));
}

#[test]
fn without_encryption_nothing_confidential_leaves() {
    let to = RelyingParty { encryption: Encryption::None, ..connected_as(Preset::Plain) };
    let request = read(&Request::good(), &to).unwrap();
    let readable = xml(&answer(&request, &to).unwrap());
    assert!(readable.contains("<saml:Assertion ") && readable.contains("SignatureValue"));
    let named = Named {
        name_id: "n".to_owned(),
        organisation: "K".to_owned(),
        released: vec![(Attribute::Cpr, "0000000000".to_owned())],
        job_functions: Vec::new(),
    };
    let ids = ["_1", "_2", "_3"].map(str::to_owned);
    let refused = house().answer(&request, &to, &granted(), &named, ids, now()).unwrap_err();
    assert_eq!(refused.reason, "response-confidential-unencrypted");
}

#[test]
fn metadata_that_must_be_signed_is_taken_only_with_that_signature() {
    let published = house().metadata(Variant::default()).unwrap();
    let id = ID.parse().unwrap();
    let signer = idp_keys().0.certificate.der();
    // Ours is no service's, and its signature holds: what is wrong with it is said, and not that.
    let not_a_service = house().described(&published, Some(signer), id, now()).unwrap_err();
    assert!(not_a_service.reason.contains("md:SPSSODescriptor"), "{not_a_service}");
    for (metadata, signer) in [
        (published.as_str(), other_keys().certificate.der()),
        (&published.replace("persistent", "transient"), signer),
        (&metadata(""), signer),
    ] {
        let refused = house().described(metadata, Some(signer), id, now()).unwrap_err();
        assert!(refused.reason.contains("does not bear the signature"), "{refused}");
    }
    let described = house().described(&metadata(""), None, id, now()).unwrap();
    assert_eq!(described.keys_until, Some(service_keys().certificate.not_after()));
    assert_eq!(described.valid_until, None);
}

#[test]
fn our_metadata_is_published_signed_and_as_each_federation_takes_it() {
    let wire = house();
    let published = wire.metadata(Variant::default()).unwrap();
    assert!(published.contains(IDP) && published.contains(SSO));
    let descriptors = |text: &str| text.matches("use=\"signing\"").count();
    let asked = |text: &str| {
        text.matches("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\"")
            .count()
    };
    let ours = [&idp_keys().0.certificate, &other_keys().certificate].map(Certificate::to_base64);
    for (keys, holds) in
        [(Shown::All, [true, true]), (Shown::One, [true, false]), (Shown::Next, [false, true])]
    {
        for without_post in [false, true] {
            let text = wire.metadata(Variant { keys, without_post }).unwrap();
            // The signature over it names its own key.
            let (_, role) = text.split_once("<md:IDPSSODescriptor").unwrap();
            assert_eq!(ours.each_ref().map(|certificate| role.contains(certificate.as_str())), holds);
            assert_eq!(descriptors(&text), holds.iter().filter(|held| **held).count());
            assert_eq!(asked(&text), usize::from(!without_post));
            assert!(text.contains("<md:EntityDescriptor ") && text.contains("SignatureValue"));
            let again = wire.metadata(Variant { keys, without_post });
            assert_eq!(Some(text), again, "the same for everybody");
        }
    }
    assert_eq!(signing().metadata(Variant { keys: Shown::Next, without_post: true }), None, "none is next");
}

/// Whether a signed answer was made with the key of this certificate.
fn made_with(keys: &Keys, outgoing: &Outgoing) -> bool {
    let mut manager = KeysManager::new();
    manager.add_key(loader::load_x509_cert_der(keys.certificate.der()).unwrap());
    let context = DsigContext::new(manager).with_strict_verification(true);
    bergshamra::verify(&context, &xml(outgoing)).is_ok_and(|result| result.is_valid())
}

#[test]
fn a_connection_is_signed_for_by_the_key_it_is_pinned_to_while_the_pin_holds() {
    let wire = house();
    let pin = |number, until| KeyPin { key: key_id(number), until: at(until) };
    let (ours, next) = (&idp_keys().0, other_keys());
    let request = read(&Request::good(), &connection()).unwrap();
    for (pin, signs, what) in [
        (None, ours, "nobody is pinned"),
        (Some(pin(2, "2026-11-21T20:00:01Z")), next, "to the next one"),
        (Some(pin(2, "2026-11-21T20:00:00Z")), ours, "the pin is over"),
        (Some(pin(9, "2026-12-21T20:00:00Z")), ours, "that one is gone"),
    ] {
        let to = RelyingParty { pin, ..connection() };
        let refused = wire.refuse(&request, &to, Status::NoPassive, "1".to_owned(), now()).unwrap();
        assert!(made_with(signs, &refused), "{what}");
        assert!(!made_with(if std::ptr::eq(signs, ours) { next } else { ours }, &refused), "{what}");
    }
}

#[test]
fn a_wire_signs_nothing_without_an_active_key_nor_with_one_that_was_retired() {
    let (request, to) = (read(&Request::good(), &connection()).unwrap(), connection());
    let refuse = |wire: &Wire| wire.refuse(&request, &to, Status::NoPassive, "1".to_owned(), now());
    let wire = keyless();
    assert_eq!(refuse(&wire).unwrap_err().reason, "sign-no-active-key");
    assert_eq!(wire.metadata(Variant::default()), None);
    let replaced = our_key(1, &idp_keys().0, SigningLife::Replaced(now()));
    assert_eq!(wire.take_up(&[replaced], now()).unwrap_err().reason, "sign-no-active-key");
    let active = our_key(1, &idp_keys().0, SigningLife::Active(now()));
    wire.take_up(&[active], now()).unwrap();
    let beside = |life| {
        let broken = OurKey { private: None, ..our_key(2, other_keys(), SigningLife::Active(now())) };
        [our_key(1, &idp_keys().0, life), broken]
    };
    let unusable = wire.take_up(&beside(SigningLife::Replaced(now())), now()).unwrap_err();
    assert_eq!(unusable.reason, "sign-key-unusable");
    assert!(made_with(&idp_keys().0, &refuse(&wire).unwrap()), "it may sign still");
    assert!(wire.take_up(&beside(SigningLife::Retired(now())), now()).is_err());
    assert_eq!(refuse(&wire).unwrap_err().reason, "sign-no-active-key", "a retired key signs no more");
}

#[test]
fn a_retired_key_is_published_for_a_day_and_a_new_one_is_whole() {
    let wire = keyless();
    let keys = || {
        [
            our_key(1, &idp_keys().0, SigningLife::Active(now())),
            our_key(2, other_keys(), SigningLife::Retired(now())),
        ]
    };
    let old = other_keys().certificate.to_base64();
    let holds = |wire: &Wire| wire.metadata(Variant::default()).unwrap().contains(&old);
    wire.take_up(&keys(), at("2026-11-22T19:59:59Z")).unwrap();
    assert!(holds(&wire));
    wire.take_up(&keys(), at("2026-11-22T20:00:00Z")).unwrap();
    assert!(!holds(&wire));
    let wish = KeyWish {
        organisation: "Prøve Kommune",
        serial: [7; 16],
        from: now(),
        until: at("2029-11-21T20:00:00Z"),
    };
    let made = wire.new_key(&wish).unwrap();
    let certificate = Certificate::from_der(&made.certificate).unwrap();
    assert_eq!(certificate.not_after(), wish.until);
    assert!(SigningKey::new(&made.private, certificate).is_ok());
    assert_eq!(format!("{made:?}"), "NewKey { .. }", "nothing secret is shown");
}

#[test]
fn a_request_kept_before_the_levels_were_bounded_still_means_any() {
    let request = read(&Request::good(), &connection()).unwrap();
    assert_eq!(request.may_state, Stateable::ANY);
    assert_eq!(Stateable::default(), Stateable::ANY);
}
