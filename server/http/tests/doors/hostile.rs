//! What strangers may send to the addresses of the protocols: each is refused by the page or status that is meant, leaves
//! its event, and begins nothing. `docs/security.md` names these tests row by row.

mod applications;
#[path = "../../../saml/tests/judges/checker.rs"]
mod checker;
#[path = "../../../saml/tests/common/mod.rs"]
mod common;
mod forms;
mod judged;
#[path = "../../../saml/tests/judges/oracle.rs"]
mod oracle;
mod requests;

use crate::browser::Answer;
use crate::house::House;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{ACS, Request, SERVICE, signed_query};
use domain::audit::EventKind;
use saml::certificate::Certificate;
use saml::keygen::{CertificateWish, self_signed};
use serde_json::Value;
use std::net::Ipv4Addr;
use usecases::save_connection::{NotSaved, Settings as Connection, save_connection};

const NOW: &str = "2026-11-21T20:00:00Z";
/// A service whose certificate ended a second ago.
const ENDED: &str = "https://ended.example.dk/saml/metadata";
/// A service with a key and an address of its own.
const OTHER: &str = "https://other.example.dk/saml/metadata";
const OTHER_ACS: &str = "https://other.example.dk/saml/acs";
const SHORT_RSA: &str = include_str!("../../../saml/tests/fixtures/rsa1024.crt.b64");

fn metadata(entity_id: &str, certificate: &Certificate, address: &str) -> String {
    let role = [common::key_descriptor("", certificate, ""), common::consumer("0", address, "")];
    common::service_metadata(entity_id, &role.concat())
}

/// A house that is connected to a service, to another one, and to one whose key has ended.
async fn house() -> House {
    let keys = common::service_keys();
    let house = House::speaking(common::signing(), NOW, &metadata(SERVICE, &keys.certificate, ACS)).await;
    let wish = CertificateWish { not_after: common::at("2026-11-21T19:59:59Z"), ..common::wish("ended") };
    let ended = self_signed(&keys.pkcs8, &wish).unwrap();
    for metadata in [
        metadata(ENDED, &ended, "https://ended.example.dk/saml/acs"),
        metadata(OTHER, &common::other_keys().certificate, OTHER_ACS),
    ] {
        connect(&house, &metadata).await.unwrap();
    }
    house
}

async fn connect(house: &House, metadata: &str) -> Result<(), NotSaved> {
    connect_as(house, metadata, Connection::default()).await
}

async fn connect_as(house: &House, metadata: &str, settings: Connection) -> Result<(), NotSaved> {
    let saved = save_connection(&house.rig.cx(), "ops1", "a new service", metadata, settings).await;
    saved.map(drop)
}

/// The newest event: its kind and what it says.
async fn newest(house: &House) -> (String, Value) {
    let rows = house.rig.look().await.unsequenced(10_000).await.unwrap();
    let row = rows.last().unwrap();
    (row.kind.clone(), serde_json::from_str(&row.facts).unwrap())
}

async fn sent(house: &House, query: &str) -> Answer {
    house.browser().get(&format!("/saml/sso?{query}")).await
}

/// Whether a sign-in began.
fn began(answer: &Answer) -> bool {
    answer.to.starts_with("/log-ind/") && answer.to != "/log-ind/fejl"
}

#[tokio::test]
async fn hostile_requests_end_on_our_page_with_an_event_and_begin_nothing() {
    let house = house().await;
    let all = [requests::bombs(), requests::forgeries(), requests::misdirected()].concat();
    for (place, (what, query, why)) in (0_u32..).zip(&all) {
        // Each from elsewhere: of one source only so many a minute leave an event.
        let mut browser = house.browser();
        browser.address = Some(Ipv4Addr::from(0xC633_6400 + place).into());
        let answer = browser.get(&format!("/saml/sso?{query}")).await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, "/log-ind/fejl"), "{what}");
        let (kind, facts) = newest(&house).await;
        assert_eq!((kind.as_str(), facts["why"].as_str()), ("saml.refused", Some(*why)), "{what}");
    }
    assert_eq!(house.rig.events(EventKind::RequestRefused).await, u64::try_from(all.len()).unwrap());
    assert_eq!(house.rig.events(EventKind::RequestReceived).await, 0);
    let good = Request::good().query();
    assert!(began(&sent(&house, &good).await), "none of them spent its id");
    assert_eq!(sent(&house, &good).await.to, "/log-ind/fejl", "replayed");
    assert_eq!(newest(&house).await.1["why"], "replayed");
    assert_eq!(house.rig.events(EventKind::TokenIssued).await, 0);
}

/// A request for one of these levels, under an id of its own.
fn levels(id: u32, comparison: &str, levels: &[&str]) -> Request {
    let one = |level: &&str| {
        let uri = if level.contains(':') {
            (*level).to_owned()
        } else {
            format!("https://data.gov.dk/concept/core/nsis/loa/{level}")
        };
        format!("<saml:AuthnContextClassRef>{uri}</saml:AuthnContextClassRef>")
    };
    let all = levels.iter().map(one).collect::<Vec<_>>().concat();
    Request::good().with("ID", format!("_level{id}")).inside(format!(
        "<samlp:RequestedAuthnContext Comparison=\"{comparison}\">{all}</samlp:RequestedAuthnContext>"
    ))
}

/// The answer that a page of ours carries to the service.
fn carried(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert!(answer.body.contains(&format!("action=\"{ACS}\"")), "{answer:?}");
    let (_, rest) = answer.body.split_once("name=\"SAMLResponse\" value=\"").unwrap();
    let (response, _) = rest.split_once('"').unwrap();
    String::from_utf8(STANDARD.decode(response).unwrap()).unwrap()
}

#[tokio::test]
async fn a_level_nobody_reaches_is_refused_to_the_service_whatever_the_comparison() {
    let house = house().await;
    for (id, (comparison, asked, why)) in (0..).zip([
        ("exact", &["High"][..], "level"),
        ("minimum", &["High"], "level"),
        ("better", &["Substantial"], "level"),
        ("better", &["High"], "context-not-reached"),
        ("exact", &["urn:unknown"], "request-no-reachable-context"),
        ("exact", &[], "request-no-reachable-context"),
        ("best", &["Low"], "request-bad-context"),
    ]) {
        let response = carried(&sent(&house, &levels(id, comparison, asked).query()).await);
        assert!(
            response.contains(":status:NoAuthnContext\"") && !response.contains("Assertion "),
            "{response}"
        );
        let (kind, facts) = newest(&house).await;
        assert_eq!(
            (kind.as_str(), facts["why"].as_str()),
            ("saml.refused", Some(why)),
            "{comparison} {asked:?}"
        );
    }
    for (id, (comparison, asked)) in (100..).zip([
        ("exact", &["High", "Substantial"][..]),
        ("minimum", &["Low"]),
        ("better", &["Low"]),
        ("maximum", &["High"]),
        ("minimum", &["urn:unknown", "Substantial"]),
    ]) {
        let answer = sent(&house, &levels(id, comparison, asked).query()).await;
        assert!(began(&answer), "{comparison} {asked:?}: {answer:?}");
    }
}

#[tokio::test]
async fn a_relay_state_is_given_back_escaped_and_leads_nowhere() {
    let house = house().await;
    for (id, state) in
        (0..).zip(["\"><script>alert(1)</script>", "https://evil.example/", "javascript:alert(1)"])
    {
        let query = signed_query(&levels(id, "exact", &["High"]).xml(), Some(state));
        let answer = sent(&house, &query).await;
        carried(&answer);
        assert!(
            !answer.body.contains("<script>alert") && !answer.body.contains("action=\"https://evil"),
            "{answer:?}"
        );
        assert_eq!(answer.to, "", "{state}");
        assert!(answer.body.contains("name=\"RelayState\""), "{state}");
        let (kind, facts) = newest(&house).await;
        assert_eq!((kind.as_str(), facts["why"].as_str()), ("saml.refused", Some("level")), "{state}");
    }
}

#[tokio::test]
async fn hostile_metadata_changes_nothing_and_says_what_is_wrong() {
    let house = house().await;
    let keys = common::service_keys();
    let good = metadata(SERVICE, &keys.certificate, ACS);
    let at = |address: &str| metadata(SERVICE, &keys.certificate, address);
    let before = house.rig.look().await.relying_parties().await.unwrap();
    for (what, text, says) in [
        ("a document type", good.replacen("<md:", "<!DOCTYPE a><md:", 1), "document type"),
        (
            "an entity bomb",
            good.replacen("<md:", "<!DOCTYPE a [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><md:", 1),
            "document type",
        ),
        (
            "expired",
            good.replacen("entityID=", "validUntil=\"2026-11-21T19:59:59Z\" entityID=", 1),
            "validUntil",
        ),
        ("an address without TLS", at("http://sp.example.dk/saml/acs"), "http://sp.example.dk/saml/acs"),
        ("an address that is a script", at("javascript:alert(1)"), "javascript:alert(1)"),
        ("a weak key", good.replace(&keys.certificate.to_base64(), SHORT_RSA.trim()), "2048"),
        (
            "a crowd of namespaces",
            good.replacen("<md:SP", &format!("{}<md:SP", "<b xmlns:x=\"u\"/>".repeat(300)), 1),
            "namespaces",
        ),
    ] {
        match connect(&house, &text).await {
            Err(NotSaved::Metadata(why)) => assert!(why.reason.contains(says), "{what}: {why}"),
            other => unreachable!("{what}: {other:?}"),
        }
    }
    let after = house.rig.look().await.relying_parties().await.unwrap();
    assert_eq!(after, before);
    assert_eq!(house.rig.events(EventKind::MetadataRefused).await, 7, "each is in the trail");
    assert_eq!(house.rig.events(EventKind::ConnectionSaved).await, 3);
}
