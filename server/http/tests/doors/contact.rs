//! Confirming again, contact channels, own data: by forms, over the real use cases.

use crate::browser::{Answer, Browser};
use crate::house::House;
use axum::http::{Method, StatusCode};
use domain::SignedDuration;
use domain::audit::EventKind;
use testkit::{App, hr};

async fn signed_in(house: &House) -> (Browser, App) {
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    house.rig.letters().await;
    (browser, app)
}

async fn code_to(house: &House, address: &str) -> String {
    let letters = house.rig.letters().await;
    let letter = letters.iter().find(|letter| letter.to == address).unwrap();
    letter.code().unwrap().to_owned()
}

async fn ask(browser: &mut Browser, page: &str, kind: &str, address: &str) -> Answer {
    let flow = page.rsplit('/').next().unwrap();
    browser.post("kontakt", &[("flow", flow), ("kind", kind), ("address", address)]).await
}

/// Whom the page was made for, as its form says.
async fn made_for(browser: &mut Browser, page: &str) -> String {
    let body = browser.get(page).await.body;
    let (_, value) = body.split_once("name=\"who\" value=\"").unwrap();
    value.split('"').next().unwrap().to_owned()
}

/// Sends what was typed on a page that was opened before.
async fn send(browser: &mut Browser, page: &str, who: &str) -> Answer {
    let flow = page.rsplit('/').next().unwrap();
    let typed = [("kind", "private-mail"), ("address", "own@private.example")];
    browser.post("kontakt", &[&[("flow", flow), ("who", who)][..], &typed].concat()).await
}

#[tokio::test]
async fn a_new_private_mail_is_used_once_its_code_came_back() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let before = browser.get("/konto/kontakt").await.body;
    assert!(before.contains("p1@private.example") && before.contains("Fra HR."), "{before}");
    let flow = house.verifying(&mut browser, &app, "own@private.example").await;
    let page = format!("/konto/kontakt/{flow}/kode");
    assert!(browser.get(&page).await.body.contains("own@private.example"));
    assert!(!browser.get("/konto/kontakt").await.body.contains("own@private.example"), "not before its code");
    let code = code_to(&house, "own@private.example").await;
    let wrong = browser.post("kontakt-kode", &[("flow", &flow), ("sent_code", "00000000")]).await;
    assert_eq!(wrong.to, page);
    let told = browser.get(&page).await.body;
    assert!(told.contains("Koden passer ikke") && told.contains("4 forsøg tilbage"), "{told}");
    let done = browser.post("kontakt-kode", &[("flow", &flow), ("sent_code", &code)]).await;
    assert_eq!(done.to, "/konto/kontakt");
    let after = browser.get("/konto/kontakt").await.body;
    for words in ["own@private.example", "Bekræftet af dig", "p1@private.example får beskederne med"] {
        assert!(after.contains(words), "{words}: {after}");
    }
    let again = browser.post("kontakt-kode", &[("flow", &flow), ("sent_code", &code)]).await;
    assert_eq!((again.to.as_str(), house.rig.events(EventKind::ContactChanged).await), ("/konto/kontakt", 1));
}

#[tokio::test]
async fn the_step_up_gives_the_cookie_a_new_id_and_opens_one_thing_once() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let thief = browser.clone();
    let page = house.step_up(&mut browser, &app, "private-mail").await;
    assert_eq!(browser.get(&page).await.status, StatusCode::OK);
    assert_ne!(
        thief.clone().get(&page).await.status,
        StatusCode::OK,
        "a copy of the cookie is worth nothing"
    );
    assert_eq!(thief.clone().get("/overblik").await.to, "/log-ind");
    let other = ask(&mut browser, &page, "mobile", "12345678").await;
    assert_eq!(other.to, "/konto/kontakt", "made for mail, it changes no mobile");
    assert!(ask(&mut browser, &page, "private-mail", "one@private.example").await.to.ends_with("/kode"));
    let twice = ask(&mut browser, &page, "private-mail", "two@private.example").await;
    assert_eq!(twice.to, "/konto/kontakt", "spent");
    assert_eq!(house.rig.events(EventKind::ContactAsked).await, 1);
}

#[tokio::test]
async fn what_is_no_address_is_said_at_the_field_and_kept_there() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let page = house.step_up(&mut browser, &app, "mobile").await;
    assert_eq!(ask(&mut browser, &page, "mobile", "12 34").await.to, page);
    let told = browser.get(&page).await.body;
    assert!(told.contains("value=\"12 34\"") && told.contains("mobilnummer på 8 cifre"), "{told}");
    assert!(
        ask(&mut browser, &page, "mobile", "12 34 56 78").await.to.ends_with("/kode"),
        "nothing was spent"
    );
    let sms = house.rig.sms().await;
    assert_eq!((sms.len(), sms[0].to.as_str()), (1, "+4512345678"));
}

#[tokio::test]
async fn a_wrong_code_makes_no_step_up_and_is_said_at_the_field() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let flow = house.ask_step_up(&mut browser, "own-data").await;
    let wrong = app.wrong_code(house.rig.cx().now);
    let page = format!("/konto/bekraeft/{flow}");
    assert_eq!(browser.post("bekraeft-kode", &[("flow", &flow), ("code", &wrong)]).await.to, page);
    assert!(browser.get(&page).await.body.contains("Koden passer ikke"));
    assert_eq!(house.rig.events(EventKind::OwnDataTaken).await, 0);
}

#[tokio::test]
async fn her_data_is_taken_out_as_a_page_and_as_json_without_a_secret() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let ready = house.step_up(&mut browser, &app, "own-data").await;
    assert_eq!(browser.get(&ready).await.status, StatusCode::OK);
    let cpr = hr::cpr(1);
    let masked = format!("{}-****", cpr.get(..6).unwrap());
    for form in ["json", "side"] {
        let file = browser.get(&format!("{ready}/{form}")).await;
        assert_eq!(file.status, StatusCode::OK);
        for part in ["p1@private.example", "Hjemmeplejen Nord", "Phone", &masked] {
            assert!(file.body.contains(part), "{form} lacks {part}: {}", file.body);
        }
        for secret in [cpr.as_str(), "$quick$", "receipt", "secret"] {
            assert!(!file.body.contains(secret), "{form} shows {secret}: {}", file.body);
        }
    }
    assert_eq!(house.rig.events(EventKind::OwnDataTaken).await, 1);
    let thief = house.browser().get(&format!("{ready}/json")).await;
    assert_eq!(thief.to, "/konto/data");
    house.wait(16);
    assert_eq!(browser.get(&format!("{ready}/json")).await.to, "/konto/data", "not for ever");
    let page = browser.get("/konto/data").await.body;
    assert!(page.contains("Der gik for lang tid"), "and the page says why: {page}");
}

#[tokio::test]
async fn her_activity_is_taken_out_as_a_table() {
    let house = House::open().await;
    let (mut browser, _) = signed_in(&house).await;
    let table = browser.get("/konto/aktivitet.csv").await.body;
    let mut lines = table.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("Tidspunkt;Hvad;Hvem;System;Browser;IP-adresse;Henvisning"));
    assert!(
        lines.any(|line| line.contains("\"Du loggede ind\";\"Dig\"") && line.contains("\"127.0.0.1\"")),
        "{table}"
    );
    let of_hr = table.lines().find(|line| line.contains("\"HR sendte oplysninger om dig\"")).unwrap();
    assert!(of_hr.contains(";\"Personalesystemet (HR)\";\"\";\"\";\"\";"), "from no browser: {of_hr}");
    assert_eq!(house.browser().get("/konto/aktivitet.csv").await.to, "/log-ind");
    let looked = browser.send(&Method::HEAD, "/konto/aktivitet.csv", &[]).await;
    assert_eq!(looked.status, StatusCode::METHOD_NOT_ALLOWED);
}

/// Every name in a piece of JSON.
fn names(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
    match value {
        serde_json::Value::Object(parts) => {
            for (name, part) in parts {
                found.insert(name.clone());
                names(part, found);
            }
        }
        serde_json::Value::Array(parts) => parts.iter().for_each(|part| names(part, found)),
        _ => {}
    }
}

#[tokio::test]
async fn no_part_of_her_data_is_left_out_of_the_page() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let ready = house.step_up(&mut browser, &app, "own-data").await;
    let json = browser.get(&format!("{ready}/json")).await.body;
    let mut found = std::collections::BTreeSet::new();
    names(&serde_json::from_str(&json).unwrap(), &mut found);
    assert!(found.len() > 30, "{found:?}");
    for name in found {
        assert!(text::pages::data::PARTS.iter().any(|(known, _)| *known == name), "{name} has no words");
    }
}

#[tokio::test]
async fn the_page_about_her_data_says_why_who_how_long_and_shows_her_terms() {
    let house = House::open().await;
    let (browser, _) = signed_in(&house).await;
    let page = browser.clone().get("/konto/data").await.body;
    let cpr = hr::cpr(1);
    for words in ["artikel 6, stk. 1, litra b", "NemLog-in", "Datatilsynet", "HR", cpr.get(..6).unwrap()] {
        assert!(page.contains(words), "{words}: {page}");
    }
    for words in ["Endnu har intet system", "5 år", "13 måneder", "30 dage", "databeskyttelsesrådgiver"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains(&cpr), "{page}");
    let terms = browser.clone().get("/konto/vilkaar").await.body;
    for words in ["Udgave", "Den gælder nu.", "127.0.0.1", "Henvisning"] {
        assert!(terms.contains(words), "{words}: {terms}");
    }
}

/// The page of a new private mail, left open until her session ran out, and sent then.
async fn sent_too_late(house: &House, browser: &mut Browser, app: &App) -> Answer {
    let page = house.step_up(browser, app, "private-mail").await;
    let who = made_for(browser, &page).await;
    house.wait(31);
    send(browser, &page, &who).await
}

/// Signs in again, by forms; gives where that leads.
async fn back(house: &House, browser: &mut Browser, n: u32, app: &App) -> String {
    let flow = house.password(browser, n).await;
    house.rig.clock.advance(SignedDuration::from_secs(30));
    let code = app.code(house.rig.cx().now);
    browser.post("kode", &[("flow", &flow), ("code", &code)]).await.to
}

#[tokio::test]
async fn what_was_sent_when_the_session_was_over_waits_for_its_owner() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let late = sent_too_late(&house, &mut browser, &app).await;
    assert_eq!(late.to, "/log-ind");
    assert!(browser.get("/log-ind").await.body.contains("Det, du skrev, er gemt"));
    assert_eq!(back(&house, &mut browser, 1, &app).await, "/konto/kontakt");
    let told = browser.get("/konto/kontakt").await.body;
    assert!(
        told.contains("er gemt") && !told.contains("own@private.example"),
        "not before she confirmed: {told}"
    );
    let page = house.step_up(&mut browser, &app, "private-mail").await;
    let form = browser.get(&page).await.body;
    assert!(form.contains("value=\"own@private.example\"") && form.contains("står i feltet igen"), "{form}");
    let page = house.step_up(&mut browser, &app, "private-mail").await;
    assert!(!browser.get(&page).await.body.contains("own@private.example"), "once");
}

#[tokio::test]
async fn who_signed_in_anew_meanwhile_finds_what_she_typed_too() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let page = house.step_up(&mut browser, &app, "private-mail").await;
    let who = made_for(&mut browser, &page).await;
    house.wait(31);
    assert_eq!(back(&house, &mut browser, 1, &app).await, "/overblik", "in another tab");
    let sent = send(&mut browser, &page, &who).await;
    assert_eq!(sent.to, "/konto/kontakt");
    let page = house.step_up(&mut browser, &app, "private-mail").await;
    assert!(browser.get(&page).await.body.contains("value=\"own@private.example\""));
    assert_eq!(house.rig.events(EventKind::ContactAsked).await, 0, "nothing was changed by an old step-up");
}

#[tokio::test]
async fn nobody_else_finds_what_was_typed_and_it_waits_an_hour() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let other = house.enrol(&mut house.browser(), 2).await;
    sent_too_late(&house, &mut browser, &app).await;
    assert_eq!(back(&house, &mut browser, 2, &other).await, "/overblik");
    let page = house.step_up(&mut browser, &other, "private-mail").await;
    assert!(!browser.get(&page).await.body.contains("own@private.example"));
    assert_eq!(back(&house, &mut browser, 1, &app).await, "/overblik", "gone, since another sat there");

    sent_too_late(&house, &mut browser, &app).await;
    assert!(browser.get("/log-ind").await.body.contains("er gemt"));
    house.wait(61);
    assert_eq!(back(&house, &mut browser, 1, &app).await, "/overblik", "too long ago");

    let page = house.step_up(&mut browser, &app, "private-mail").await;
    let who = made_for(&mut browser, &page).await;
    browser.post("log-af", &[]).await;
    assert_eq!(send(&mut browser, &page, &who).await.to, "/konto/kontakt");
    assert!(!browser.get("/log-ind").await.body.contains("er gemt"), "she signed out: it is nobody's");
}

#[tokio::test]
async fn what_was_typed_in_a_tab_left_open_is_not_kept_for_whoever_signed_in_beside_it() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let other = house.enrol(&mut house.browser(), 2).await;
    let page = house.step_up(&mut browser, &app, "private-mail").await;
    let who = made_for(&mut browser, &page).await;
    assert_eq!(back(&house, &mut browser, 2, &other).await, "/overblik", "a colleague, in another tab");
    let sent = send(&mut browser, &page, &who).await;
    assert_eq!(sent.to, "/konto/kontakt");
    let told = browser.get("/konto/kontakt").await.body;
    assert!(told.contains("Begynd igen") && !told.contains("er gemt"), "{told}");
    let page = house.step_up(&mut browser, &other, "private-mail").await;
    assert!(!browser.get(&page).await.body.contains("own@private.example"), "it is not hers to read");
    // Nor once her session is over: whoever sat here last did not type it.
    house.wait(61);
    assert_eq!(send(&mut browser, &page, &who).await.to, "/konto/kontakt");
    assert_eq!(back(&house, &mut browser, 2, &other).await, "/overblik");
    assert_eq!(house.rig.events(EventKind::ContactAsked).await, 0);
}

#[tokio::test]
async fn what_was_typed_lies_sealed_where_it_waits() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let page = house.step_up(&mut browser, &app, "mobile").await;
    assert_eq!(ask(&mut browser, &page, "mobile", "77 00 tastefejl").await.to, page);
    let kept = house.on_disk();
    assert!(kept.contains("MobileShape"), "the record is there to be read");
    assert!(!kept.contains("tastefejl"), "what she mistyped can be read there");
    sent_too_late(&house, &mut browser, &app).await;
    let kept = house.on_disk();
    assert!(kept.contains("DraftKept"), "the record is there to be read");
    assert!(!kept.contains("own@private.example"), "her private address can be read there");
}

#[tokio::test]
async fn words_left_for_a_page_are_not_told_to_whoever_comes_later() {
    let house = House::open().await;
    let app = house.enrol(&mut house.browser(), 1).await;
    let mut browser = house.browser();
    let wrong = [("user_name", "p1"), ("password", "wrong enough words")];
    assert_eq!(browser.post("log-ind", &wrong).await.to, "/log-ind");
    house.wait(5);
    let told = |page: &str| page.contains("passer ikke") || page.contains("value=\"p1\"");
    assert!(!told(&browser.get("/log-ind").await.body), "she left, and another one sat down");

    assert_eq!(browser.post("log-ind", &wrong).await.to, "/log-ind");
    house.sign_in(&mut browser, 1, &app).await;
    browser.post("log-af", &[("go", "yes")]).await;
    assert!(!told(&browser.get("/log-ind").await.body), "she was in since");

    assert_eq!(browser.post("log-ind", &wrong).await.to, "/log-ind");
    assert!(told(&browser.get("/log-ind").await.body), "who is led there reads it");
    assert!(!told(&browser.get("/log-ind").await.body), "once");
}
