//! The ceremonies by the forms a browser sends, over the verifier that runs in earnest: with an authenticator of ours, which
//! signs whatever a test wants, and with one that others wrote.

use crate::browser::{Answer, Asked, Browser};
use crate::finger::Finger;
use crate::house::House;
use crate::keys::{at_choice, password};
use crate::soft::{Signer, Soft};
use domain::audit::EventKind;
use passkey::authenticator::Authenticator;
use passkey::client::{Client, DefaultClientData};
use passkey::crypto::aws_lc_rs::AwsLcRsBackend;
use passkey::types::Passkey;
use passkey::types::ctap2::Aaguid;
use url::Url;
use uuid::Uuid;

const SITE: &str = "https://login.nordby.example";
const HOST: &str = "login.nordby.example";

/// What a new key is to answer in an enrolment.
async fn asks_new(browser: &mut Browser, flow: &str) -> Asked {
    browser.ask("noegle-ny", &[("flow", flow), ("kind", "passkey")]).await.unwrap()
}

async fn adds(browser: &mut Browser, flow: &str, asked: &Asked, answer: &str) -> Answer {
    let fields = [
        ("flow", flow),
        ("kind", "passkey"),
        ("name", "Min telefon"),
        ("ceremony", asked.ceremony.as_str()),
        ("answer", answer),
    ];
    browser.post("noegle-gem", &fields).await
}

/// What a key is to answer in this sign-in, or in a new one.
async fn asks(browser: &mut Browser, flow: &str) -> Asked {
    browser.ask("noegle-spoerg", &[("flow", flow)]).await.unwrap()
}

async fn shows(browser: &mut Browser, flow: &str, asked: &Asked, answer: &str) -> Answer {
    let fields = [("flow", flow), ("ceremony", asked.ceremony.as_str()), ("answer", answer)];
    browser.post("noegle", &fields).await
}

/// Her password in a new browser; gives it, and the sign-in that waits for her key.
async fn after_password(house: &House, n: u32) -> (Browser, String) {
    let mut browser = house.browser();
    let asks = password(&mut browser, "", n).await.to;
    assert!(asks.ends_with("/noegle"), "{asks}");
    let flow = asks.split('/').nth(2).unwrap().to_owned();
    (browser, flow)
}

/// Day one of the n-th person ends.
async fn finishes(browser: &mut Browser, flow: &str, added: &Answer) {
    assert!(added.to.ends_with("/tjek"), "{added:?}");
    browser.post("faerdig", &[("flow", flow)]).await;
}

#[tokio::test]
async fn a_key_that_really_signs_is_added_and_signs_in_by_the_forms_a_browser_sends() {
    let (house, _) = House::in_earnest(SITE).await;
    for (n, signer) in [(1, Signer::es256()), (2, Signer::rs256())] {
        let id = Uuid::from_u128(u128::from(n)).as_bytes().to_vec();
        let mut key = Soft { id, key: signer, ..Soft::at(SITE, HOST) };
        let mut browser = house.browser();
        let flow = at_choice(&house, &mut browser, n).await;
        let asked = asks_new(&mut browser, &flow).await;
        let added = adds(&mut browser, &flow, &asked, &key.create(&asked.options, None)).await;
        finishes(&mut browser, &flow, &added).await;

        let (mut other, flow) = after_password(&house, n).await;
        let asked = asks(&mut other, &flow).await;
        let shown = shows(&mut other, &flow, &asked, &key.get(&asked.options)).await;
        assert_eq!(shown.to, "/overblik");
        // Before the password it says who it is, and does not count alone.
        let mut third = house.browser();
        let asked = asks(&mut third, "").await;
        let next = shows(&mut third, "", &asked, &key.get(&asked.options)).await.to;
        let flow = next.strip_prefix("/log-ind/").unwrap().to_owned();
        assert_eq!(password(&mut third, &flow, n).await.to, "/overblik");
    }
    assert_eq!(house.rig.events(EventKind::SignedIn).await, 4);
}

#[tokio::test]
async fn an_authenticator_and_a_browser_others_wrote_go_the_same_way() {
    let (house, _) = House::in_earnest(SITE).await;
    let store: Option<Passkey> = None;
    let authenticator = Authenticator::new(Aaguid::new_empty(), store, Finger, AwsLcRsBackend);
    let (mut client, origin) = (Client::new(authenticator), Url::parse(SITE).unwrap());
    let mut browser = house.browser();
    let flow = at_choice(&house, &mut browser, 1).await;
    let asked = asks_new(&mut browser, &flow).await;
    let options = serde_json::from_str(&asked.options).unwrap();
    let made = client.register(&origin, options, DefaultClientData).await.unwrap();
    let added = adds(&mut browser, &flow, &asked, &serde_json::to_string(&made).unwrap()).await;
    finishes(&mut browser, &flow, &added).await;

    let (mut other, flow) = after_password(&house, 1).await;
    let asked = asks(&mut other, &flow).await;
    let options = serde_json::from_str(&asked.options).unwrap();
    let got = client.authenticate(&origin, options, DefaultClientData).await.unwrap();
    let answer = serde_json::to_string(&got).unwrap();
    assert_eq!(shows(&mut other, &flow, &asked, &answer).await.to, "/overblik");
    assert_eq!(house.rig.events(EventKind::SignedIn).await, 1);
}

#[tokio::test]
async fn what_is_signed_falsely_elsewhere_before_or_too_late_opens_nothing_by_the_forms() {
    let (house, maker) = House::in_earnest(SITE).await;
    let model = Uuid::from_u128(House::MODEL);
    let mut key = Soft { model, counter: 5, tampers: true, ..Soft::at(SITE, HOST) };
    let mut browser = house.browser();
    let flow = at_choice(&house, &mut browser, 1).await;
    let asked = asks_new(&mut browser, &flow).await;
    let refused = adds(&mut browser, &flow, &asked, &key.create(&asked.options, Some(&maker))).await;
    assert_eq!(refused.to, format!("/indrullering/{flow}/adgangsnoegle"));
    assert!(browser.get(&refused.to).await.body.contains("Nøglen blev ikke tilføjet"));
    assert_eq!(house.rig.events(EventKind::FactorAdded).await, 0);
    key.tampers = false;
    let asked = asks_new(&mut browser, &flow).await;
    let added = adds(&mut browser, &flow, &asked, &key.create(&asked.options, Some(&maker))).await;
    finishes(&mut browser, &flow, &added).await;

    key.counter = 6;
    let mut thief = house.browser();
    key.origin = "https://evil.example".into();
    let asked = asks(&mut thief, "").await;
    assert_ne!(
        shows(&mut thief, "", &asked, &key.get(&asked.options)).await.to,
        "/overblik",
        "another origin"
    );
    key.origin = SITE.into();
    let (old, new) = (asks(&mut thief, "").await, asks(&mut thief, "").await);
    let stale = key.get(&old.options);
    assert_ne!(shows(&mut thief, "", &new, &stale).await.to, "/overblik", "an old answer to a new question");
    house.wait(6);
    assert_eq!(shows(&mut thief, "", &old, &stale).await.to, "/log-ind", "more than five minutes later");
    assert_eq!(thief.get("/overblik").await.to, "/log-ind");
    assert_eq!(house.rig.events(EventKind::SignedIn).await, 0);

    // The same key, asked and answered as it should be, signs in alone; what it answered then counts once.
    let mut other = house.browser();
    let asked = asks(&mut other, "").await;
    let right = key.get(&asked.options);
    assert_eq!(shows(&mut other, "", &asked, &right).await.to, "/overblik");
    assert_eq!(shows(&mut thief, "", &asked, &right).await.to, "/log-ind", "again, elsewhere");
    assert_eq!(house.rig.events(EventKind::SignedIn).await, 1);
    // One that counts less than it did before was copied.
    key.counter = 2;
    let asked = asks(&mut thief, "").await;
    assert_ne!(shows(&mut thief, "", &asked, &key.get(&asked.options)).await.to, "/overblik");
    assert!(!house.rig.standing(1).await.is_active());
}
