//! The key that signs by SAML is rolled over, rehearsed with services that verify what they get: one reads our metadata
//! before it needs it, another was handed the key of before and reads nothing.

#[path = "../../../saml/tests/common/mod.rs"]
mod common;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{DsigContext, KeysManager, keys::loader};
use common::{
    ACS, Request, SERVICE, at, consumer, key_descriptor, keyless, other_keys, service_keys, service_metadata,
    wish,
};
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::relying_party::{Encryption, Preset};
use domain::signing_key::{KeyStays, NotPinned, PUBLISHED_AHEAD, SigningLife};
use saml::certificate::Certificate;
use saml::keygen::{CertificateWish, self_signed};
use std::sync::Arc;
use testkit::{App, Rig, hours, hr, receive};
use usecases::activate_signing_key::activate_signing_key;
use usecases::destroy_signing_key::destroy_signing_key;
use usecases::import_signing_key::import_signing_key;
use usecases::make_signing_key::{NotMade, make_signing_key};
use usecases::pin_service::{PinRefused, pin_service};
use usecases::ports::saml::{Keys, Variant};
use usecases::ports::vault::Sealed;
use usecases::publish_signing_key::publish_signing_key;
use usecases::receive_request::Received;
use usecases::retire_signing_key::retire_signing_key;
use usecases::save_connection::{Settings, save_connection};
use usecases::see_signing_keys::see_signing_keys;
use usecases::signing_keys::NotMoved;
use usecases::take_up_signing_keys::{NotTakenUp, take_up_signing_keys};
use usecases::unpin_service::{NotUnpinned, unpin_service};

testkit::on_both! {
    a_service_that_holds_the_old_key_logs_in_until_its_pin_ends_and_one_that_reads_our_metadata_always
    a_service_that_took_the_next_key_first_is_signed_for_with_it_before_all_others
    each_step_of_a_signing_key_is_taken_once_and_says_what_comes_next
    a_retired_key_signs_no_more_even_where_the_one_after_it_does_not_open
    a_key_with_an_authoritys_certificate_is_brought_in_and_lives_as_one_that_was_made_here
}

const READER: &str = "https://reader.example.dk/saml/metadata";
const READER_ACS: &str = "https://reader.example.dk/saml/acs";

/// A service that believes these of our certificates and no other.
struct Peer {
    entity_id: &'static str,
    acs: &'static str,
    holds: Vec<Certificate>,
}

impl Peer {
    /// One that was connected, and read our metadata once.
    async fn connected(rig: &Rig, entity_id: &'static str, acs: &'static str) -> Self {
        let role = [key_descriptor("", &service_keys().certificate, ""), consumer("0", acs, "")].concat();
        // What is sent in clear can be looked at.
        let (preset, encryption) = (Some(Preset::Plain), Some(Encryption::None));
        let settings = Settings { preset, encryption, ..Settings::default() };
        let metadata = service_metadata(entity_id, &role);
        save_connection(&rig.cx(), "ops1", "a new service", &metadata, settings).await.unwrap();
        let mut peer = Self { entity_id, acs, holds: Vec::new() };
        peer.reads(rig, Keys::All);
        peer
    }

    /// Takes the certificates that our metadata names now, in place of those it held.
    fn reads(&mut self, rig: &Rig, keys: Keys) {
        let metadata = rig.house.saml.metadata(Variant { keys, without_post: false }).unwrap();
        let (_, role) = metadata.split_once("<md:IDPSSODescriptor").unwrap();
        let texts = role.split("<ds:X509Certificate>").skip(1);
        let texts = texts.map(|text| text.split_once('<').unwrap().0);
        self.holds = texts.map(|text| Certificate::from_base64(text).unwrap()).collect();
    }

    /// Whether somebody gets in there: she signs in anew, and the service verifies what we answer.
    async fn logs_in(&self, rig: &Rig, app: &App) -> bool {
        rig.clock.advance(SignedDuration::from_mins(1));
        rig.sign_in(1, 0, app).await;
        let cx = rig.cx();
        let request = Request::good()
            .with("ID", format!("_r{}", cx.now.as_second()))
            .with("IssueInstant", cx.now.to_string())
            .with("AssertionConsumerServiceURL", self.acs)
            .issuer(format!("<saml:Issuer>{}</saml:Issuer>", self.entity_id));
        let Received::Answered(answer) = receive(&cx, &request.query()).await.unwrap() else {
            panic!("a session answers")
        };
        assert_eq!(answer.address, self.acs);
        let response = String::from_utf8(STANDARD.decode(answer.response).unwrap()).unwrap();
        let (_, assertion) = response.split_once("<saml:Assertion").unwrap();
        let (assertion, _) = assertion.split_once("</saml:Assertion>").unwrap();
        let assertion = format!("<saml:Assertion{assertion}</saml:Assertion>");
        self.holds.iter().any(|certificate| verifies(certificate, &assertion))
    }
}

/// By a library, with this key and no other, whatever the message carries.
fn verifies(certificate: &Certificate, signed: &str) -> bool {
    let mut keys = KeysManager::new();
    keys.add_key(loader::load_x509_cert_der(certificate.der()).unwrap());
    let verified = bergshamra::verify(&DsigContext::new(keys), signed);
    verified.is_ok_and(|result| result.all_reference_digests_verified())
}

/// What whoever serves does every minute.
async fn a_minute_later(rig: &Rig) {
    rig.clock.advance(SignedDuration::from_mins(1));
    take_up_signing_keys(&rig.house).await.unwrap();
}

async fn made(rig: &Rig) -> KeyId {
    make_signing_key(&rig.cx(), &hr::operator("ops1")).await.unwrap()
}

async fn publish(rig: &Rig, key: KeyId) {
    publish_signing_key(&rig.cx(), &hr::operator("ops1"), key).await.unwrap();
}

async fn activate(rig: &Rig, key: KeyId, urgent: bool) -> Result<Option<KeyId>, NotMoved> {
    activate_signing_key(&rig.cx(), &hr::operator("ops1"), key, urgent).await
}

async fn retire(rig: &Rig, key: KeyId, urgent: bool) -> Result<(), NotMoved> {
    retire_signing_key(&rig.cx(), &hr::operator("ops1"), key, urgent).await
}

async fn destroy(rig: &Rig, key: KeyId, urgent: bool) -> Result<(), NotMoved> {
    destroy_signing_key(&rig.cx(), &hr::operator("ops1"), key, urgent).await
}

/// A house that speaks real SAML and signs with one key, and somebody who has a login.
async fn house(rig: Rig) -> (Rig, App, KeyId) {
    let rig = rig.with_saml(Arc::new(keyless()));
    assert!(matches!(take_up_signing_keys(&rig.house).await, Err(NotTakenUp::NoneActive)));
    let first = made(&rig).await;
    publish(&rig, first).await;
    assert_eq!(activate(&rig, first, true).await.unwrap(), None, "the first of all");
    a_minute_later(&rig).await;
    let app = rig.enrol(1, 0).await;
    (rig, app, first)
}

async fn a_service_that_holds_the_old_key_logs_in_until_its_pin_ends_and_one_that_reads_our_metadata_always(
    rig: Rig,
) {
    let (rig, app, old) = house(rig).await;
    let mut holder = Peer::connected(&rig, SERVICE, ACS).await;
    let mut reader = Peer::connected(&rig, READER, READER_ACS).await;
    assert!(holder.logs_in(&rig, &app).await && reader.logs_in(&rig, &app).await);

    let next = made(&rig).await;
    a_minute_later(&rig).await;
    reader.reads(&rig, Keys::All);
    assert_eq!(reader.holds.len(), 1, "nobody knows of it");
    publish(&rig, next).await;
    a_minute_later(&rig).await;
    reader.reads(&rig, Keys::All);
    assert_eq!(reader.holds.len(), 2);
    assert!(holder.logs_in(&rig, &app).await && reader.logs_in(&rig, &app).await, "published ahead");
    let early = activate(&rig, next, false).await;
    assert!(matches!(early, Err(NotMoved::Stays(KeyStays::TooEarly(_)))), "{early:?}");

    rig.clock.advance(PUBLISHED_AHEAD);
    let until = rig.cx().now + hours(24 * 10);
    pin_service(&rig.cx(), &hr::operator("ops1"), SERVICE, old, until).await.unwrap();
    assert_eq!(activate(&rig, next, false).await.unwrap(), Some(old));
    a_minute_later(&rig).await;
    assert!(reader.logs_in(&rig, &app).await, "it read both a week ago");
    assert!(holder.logs_in(&rig, &app).await, "it is pinned");
    reader.holds.clone_from(&holder.holds);
    assert!(!reader.logs_in(&rig, &app).await, "whoever is not pinned gets the new key");
    reader.reads(&rig, Keys::All);
    let pinned = retire(&rig, old, false).await;
    assert!(matches!(pinned, Err(NotMoved::Stays(KeyStays::Pinned(end))) if end == until), "{pinned:?}");

    rig.clock.set(&until.to_string());
    assert!(!holder.logs_in(&rig, &app).await, "its pin is over, and it refuses what it cannot verify");
    assert!(reader.logs_in(&rig, &app).await);
    holder.reads(&rig, Keys::All);
    assert!(holder.logs_in(&rig, &app).await, "as soon as it takes our metadata");

    retire(&rig, old, false).await.unwrap();
    a_minute_later(&rig).await;
    reader.reads(&rig, Keys::All);
    assert_eq!(reader.holds.len(), 2, "what it signed last is still believed");
    let still = destroy(&rig, old, false).await;
    assert!(matches!(still, Err(NotMoved::Stays(KeyStays::StillBelieved(_)))), "{still:?}");
    rig.clock.advance(hours(24));
    a_minute_later(&rig).await;
    reader.reads(&rig, Keys::All);
    assert_eq!(reader.holds.len(), 1);
    destroy(&rig, old, false).await.unwrap();
    a_minute_later(&rig).await;
    assert!(holder.logs_in(&rig, &app).await && reader.logs_in(&rig, &app).await);
    let left: Vec<_> = rig.look().await.signing_keys().await.unwrap();
    assert_eq!(left.iter().map(|key| key.id).collect::<Vec<_>>(), [next], "nothing of it is kept");
}

async fn a_service_that_took_the_next_key_first_is_signed_for_with_it_before_all_others(rig: Rig) {
    let (rig, app, _) = house(rig).await;
    let mut uploaded = Peer::connected(&rig, SERVICE, ACS).await;
    let reader = Peer::connected(&rig, READER, READER_ACS).await;
    let by = hr::operator("ops1");
    let alone = Variant { keys: Keys::Next, without_post: true };
    assert_eq!(rig.house.saml.metadata(alone), None, "there is none to upload");
    let next = made(&rig).await;
    publish(&rig, next).await;
    a_minute_later(&rig).await;
    uploaded.reads(&rig, Keys::Next);
    assert_eq!(uploaded.holds.len(), 1);
    assert!(!uploaded.logs_in(&rig, &app).await, "the old key signs");
    let until = rig.cx().now + hours(24 * 14);
    pin_service(&rig.cx(), &by, SERVICE, next, until).await.unwrap();
    assert!(uploaded.logs_in(&rig, &app).await, "at once");
    assert!(reader.logs_in(&rig, &app).await, "with the old one, as all others");
    rig.clock.advance(PUBLISHED_AHEAD);
    activate(&rig, next, false).await.unwrap();
    a_minute_later(&rig).await;
    unpin_service(&rig.cx(), &by, SERVICE).await.unwrap();
    assert!(uploaded.logs_in(&rig, &app).await, "it signs for all by now");
    let again = unpin_service(&rig.cx(), &by, SERVICE).await;
    assert!(matches!(again, Err(NotUnpinned::NotPinned)), "{again:?}");
}

async fn a_retired_key_signs_no_more_even_where_the_one_after_it_does_not_open(rig: Rig) {
    let (rig, app, old) = house(rig).await;
    Peer::connected(&rig, SERVICE, ACS).await;
    let next = made(&rig).await;
    publish(&rig, next).await;
    activate(&rig, next, true).await.unwrap();
    let mut tx = rig.change().await;
    assert!(tx.reseal_signing_key(next, &Sealed(vec![99; 40])).await.unwrap());
    tx.commit().await.unwrap();
    assert!(matches!(take_up_signing_keys(&rig.house).await, Err(NotTakenUp::Fault(_))));
    assert!(rig.house.saml.signs(), "the one before may sign still");
    retire(&rig, old, true).await.unwrap();
    assert!(matches!(take_up_signing_keys(&rig.house).await, Err(NotTakenUp::Fault(_))));
    assert!(!rig.house.saml.signs(), "nothing is signed rather than with a retired key");
    rig.clock.advance(SignedDuration::from_mins(1));
    rig.sign_in(1, 0, &app).await;
    let cx = rig.cx();
    let request = Request::good().with("ID", "_nothing").with("IssueInstant", cx.now.to_string());
    assert!(receive(&cx, &request.query()).await.is_err());
    assert_eq!(rig.events(EventKind::TokenIssued).await, 0, "the trail tells of no answer that never left");
}

async fn a_key_with_an_authoritys_certificate_is_brought_in_and_lives_as_one_that_was_made_here(rig: Rig) {
    let (rig, app, _) = house(rig).await;
    let mut reader = Peer::connected(&rig, SERVICE, ACS).await;
    let (by, keys) = (hr::operator("ops1"), other_keys());
    let [authoritys, own] = [service_keys(), keys].map(|it| it.certificate.der().to_vec());
    let over = CertificateWish { not_after: at("2026-01-02T00:00:00Z"), ..wish("over") };
    let over = self_signed(&keys.pkcs8, &over).unwrap().der().to_vec();
    for (private, certificates, says) in [
        (&keys.pkcs8, vec![authoritys.clone()], "another key"),
        (&keys.pkcs8, vec![], "another key"),
        (&keys.pkcs8, vec![over], "within its dates"),
        (&b"no key".to_vec(), vec![own.clone()], "2048"),
    ] {
        let refused = import_signing_key(&rig.cx(), &by, private, &certificates).await.unwrap_err();
        assert!(refused.to_string().contains(says), "{refused}");
    }
    // The chain as it was handed over, its own certificate in whichever place.
    let chain = [authoritys, own.clone()];
    let key = import_signing_key(&rig.cx(), &by, &keys.pkcs8, &chain).await.unwrap();
    let again = import_signing_key(&rig.cx(), &by, &keys.pkcs8, &chain).await;
    assert!(matches!(again, Err(NotMade::Waits(waits)) if waits == key));
    let brought = "select count(*) from audit_events where kind = 'key.created' and facts like '%\"brought\":\"true\"%'";
    assert_eq!(rig.number(brought).await, 1, "the one that lay elsewhere before");
    publish(&rig, key).await;
    activate(&rig, key, true).await.unwrap();
    a_minute_later(&rig).await;
    assert!(!reader.logs_in(&rig, &app).await, "it holds the one before");
    reader.reads(&rig, Keys::One);
    assert_eq!(reader.holds.iter().map(Certificate::der).collect::<Vec<_>>(), [own.as_slice()]);
    assert!(reader.logs_in(&rig, &app).await);
}

async fn each_step_of_a_signing_key_is_taken_once_and_says_what_comes_next(rig: Rig) {
    let (by, service) = (hr::operator("ops1"), "https://sp.example");
    let first = made(&rig).await;
    let second = make_signing_key(&rig.cx(), &by).await;
    assert!(matches!(second, Err(NotMade::Waits(waits)) if waits == first), "one comes after another");
    let unpublished = activate(&rig, first, true).await;
    assert!(matches!(unpublished, Err(NotMoved::Stays(KeyStays::NotPublished))));
    publish(&rig, first).await;
    activate(&rig, first, true).await.unwrap();
    assert!(matches!(retire(&rig, first, true).await, Err(NotMoved::Stays(KeyStays::StillSigns))));
    let next = made(&rig).await;
    let nobody: KeyId = rig.cx().id().unwrap();
    assert!(matches!(activate(&rig, nobody, true).await, Err(NotMoved::Unknown)));

    save_connection(&rig.cx(), "ops1", "a service", service, Settings::default()).await.unwrap();
    let pin = async |entity_id: &str, key, days: i64| {
        let cx = rig.cx();
        pin_service(&cx, &by, entity_id, key, cx.now + hours(24 * days)).await
    };
    assert!(matches!(pin("https://other.example", first, 1).await, Err(PinRefused::Unknown)));
    assert!(matches!(pin(service, nobody, 1).await, Err(PinRefused::NoKey)));
    let unknown = pin(service, next, 1).await;
    assert!(matches!(unknown, Err(PinRefused::Refused(NotPinned::SignsForNobody))), "{unknown:?}");
    assert!(matches!(pin(service, first, 0).await, Err(PinRefused::Refused(NotPinned::Over))));
    assert!(matches!(pin(service, first, 181).await, Err(PinRefused::Refused(NotPinned::TooLong))));
    pin(service, first, 30).await.unwrap();
    save_connection(&rig.cx(), "ops1", "saved again", service, Settings::default()).await.unwrap();
    publish(&rig, next).await;
    assert_eq!(activate(&rig, next, true).await.unwrap(), Some(first));
    let seen = see_signing_keys(&rig.cx()).await.unwrap();
    let old = seen.iter().find(|key| key.id == first).unwrap();
    let end = rig.cx().now + hours(24 * 30);
    assert_eq!(old.life, SigningLife::Replaced(rig.cx().now));
    assert_eq!(old.pinned, [(service.to_owned(), end)], "saving the connection again keeps it");

    retire(&rig, first, true).await.unwrap();
    let seen = see_signing_keys(&rig.cx()).await.unwrap();
    assert!(seen.iter().all(|key| key.pinned.is_empty()), "a retired key signs for nobody, pinned or not");
    assert_eq!(rig.look().await.records_waiting().await.unwrap(), 1, "it is kept outside too");
    destroy(&rig, first, true).await.unwrap();
    assert!(matches!(destroy(&rig, first, true).await, Err(NotMoved::Unknown)));
    let mut told = Vec::new();
    for kind in [
        EventKind::KeyCreated,
        EventKind::KeyPublished,
        EventKind::KeyActivated,
        EventKind::KeyRetired,
        EventKind::KeyDestroyed,
        EventKind::ConnectionPinned,
    ] {
        told.push(rig.events(kind).await);
    }
    assert_eq!(told, [2, 2, 2, 1, 1, 1]);
    let urgent = "select count(*) from audit_events where facts like '%\"urgent\":\"true\"%'";
    assert_eq!(rig.number(urgent).await, 4, "each one that was done before its time says so");
}
