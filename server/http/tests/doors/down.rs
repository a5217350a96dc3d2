//! The database does not answer: nothing is opened and nothing changed, and whoever came to block is told plainly that she did
//! not (security decision 9).

use crate::browser::{Answer, Browser};
use crate::house::House;
use axum::http::StatusCode;
use domain::audit::EventKind;
use testkit::{Posted, SoftKey};
use usecases::finish_enrolment::finish_enrolment;
use usecases::keep_codes::see_codes;

const NOT_BLOCKED: &str = "/spaer/ikke-spaerret";

/// Somebody with a login, whose sheet and letters we have: the code that blocks, one that recovers, and a link that blocks.
async fn with_a_sheet(house: &House, p: u32) -> (testkit::App, [String; 3]) {
    let (rig, n) = (&house.rig, u128::from(p) + 1);
    let flow = rig.proved(n, p).await;
    rig.choose(n, flow).await;
    let app = rig.register(n, flow).await;
    finish_enrolment(&rig.browser(n), flow).await.unwrap();
    let (sheet, _) = see_codes(&rig.browser(n), flow).await.unwrap();
    let letters = rig.letters().await;
    let link = letters.iter().find_map(Posted::not_me).unwrap().to_owned();
    (app, [sheet.blocking.printed(), sheet.recovery.first().unwrap().printed(), link])
}

/// A form of a block, what stands in it, and who sends it.
type Knock<'a> = (&'a str, Vec<(&'a str, &'a str)>, Browser);

#[tokio::test]
async fn with_the_database_down_every_door_of_a_block_says_that_nothing_was_blocked() {
    let house = House::open().await;
    let (app, [code, _, link]) = with_a_sheet(&house, 0).await;
    let mut inside = house.browser();
    house.sign_in(&mut inside, 0, &app).await;
    let mut asked = house.browser();
    let question = house.question(&mut asked, 1).await;
    let name = ("user_name", "p0");
    let (code, link, question) = (code.as_str(), link.as_str(), question.as_str());
    let doors: [Knock<'_>; 9] = [
        ("spaer-nu", vec![("go", "yes")], inside.clone()),
        ("spaer-mitid", vec![("go", "yes")], inside.clone()),
        ("spaer-mitid", vec![("go", "yes")], house.browser()),
        ("spaer-kode", vec![name, ("blocking_code", code)], inside.clone()),
        ("spaer-kode", vec![name, ("blocking_code", code)], house.browser()),
        ("spaer-adgangskode", vec![name, ("password", testkit::PASSWORD)], house.browser()),
        ("var-det-dig", vec![("token", link)], house.browser()),
        ("var-det-dig", vec![("token", link)], inside.clone()),
        ("spaer-bekraeft", vec![("flow", question)], asked),
    ];
    house.cut();
    for (door, fields, mut browser) in doors {
        for page in ["/spaer", "/spaer/kode", "/spaer/adgangskode"] {
            assert_eq!(browser.get(page).await.status, StatusCode::OK, "{page}");
        }
        let answer = browser.post(door, &fields).await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, NOT_BLOCKED), "{door}");
        let page = browser.get(NOT_BLOCKED).await;
        assert_eq!(page.status, StatusCode::OK, "{door}");
        assert!(page.body.contains("spærrede ikke noget") && page.body.contains("href=\"tel:"), "{door}");
    }
    // Nothing else is a white page.
    for mut browser in [inside.clone(), house.browser()] {
        let answer = browser.post("log-ind", &[name, ("password", testkit::PASSWORD)]).await;
        let sent_on = answer.status == StatusCode::SEE_OTHER && !answer.to.is_empty();
        assert!(sent_on || answer.body.contains("href=\"/spaer\""), "{}: {}", answer.status, answer.body);
    }
    house.mend();
    assert_eq!(house.rig.events(EventKind::Held).await, 0);
    let blocked = house.browser().post("spaer-kode", &[name, ("blocking_code", code)]).await;
    assert_eq!(blocked.to, "/spaer/kvittering", "once it answers again");
}

/// Whether somebody was told that something failed: a page that says so, or the way to it.
fn failed(answer: &Answer) -> bool {
    let page = answer.status.is_server_error() && !answer.body.is_empty();
    page || (answer.status == StatusCode::SEE_OTHER && answer.to == "/log-ind/fejl")
}

/// Stands at a page of a key; asks, answers and looks with the database gone after each of its questions in turn.
async fn interrupted(house: &House, browser: &mut Browser, page: &str, (ask, answer): (&str, &str)) {
    let flow = page.split('/').find(|part| part.len() == 36).unwrap().to_owned();
    let own = [("flow", flow.as_str()), ("kind", "passkey")];
    for questions in 0.. {
        assert!(questions < 60, "{page} is never shown");
        house.line.cut_after(questions);
        let shown = browser.get(page).await;
        house.mend();
        if shown.status == StatusCode::OK {
            break;
        }
        assert!(failed(&shown), "{page}, {questions}: {} {}", shown.status, shown.to);
    }
    for questions in 0.. {
        assert!(questions < 60, "{ask} is never answered");
        house.line.cut_after(questions);
        let asked = browser.ask(ask, &own).await;
        house.mend();
        match asked {
            Ok(_) => break,
            Err(to) => assert!(to.is_empty() || to == "/log-ind/fejl", "{ask}, {questions}: {to}"),
        }
    }
    for questions in 0.. {
        assert!(questions < 60, "{answer} is never taken");
        assert_eq!(house.rig.events(EventKind::FactorAdded).await, 1, "{answer}, {questions}: only the app");
        let asked = browser.ask(ask, &own).await.unwrap();
        let key = SoftKey::numbered(7).answer(&asked.options);
        let fields =
            [own[0], own[1], ("name", "Ny"), ("ceremony", asked.ceremony.as_str()), ("answer", key.as_str())];
        house.line.cut_after(questions);
        let taken = browser.post(answer, &fields).await;
        house.mend();
        if failed(&taken) {
            continue;
        }
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{answer}, {questions}: {}", taken.body);
        break;
    }
}

#[tokio::test]
async fn wherever_the_database_stops_a_key_of_a_reopening_is_not_staged_and_works_when_it_is_back() {
    let house = House::open().await;
    let mut browser = house.browser();
    let flow = house.proved_for(&mut browser, "genaktiver", 1).await;
    let own = ("flow", flow.as_str());
    browser.post("genaktiver-adgangskode", &[own, ("password", "tolv gule tulipaner")]).await;
    browser.post("genaktiver-loginmidler", &[own]).await;
    let page = format!("/genaktiver/{flow}/adgangsnoegle");
    interrupted(&house, &mut browser, &page, ("noegle-genaktiver-ny", "genaktiver-noegle")).await;
    assert_eq!(house.rig.events(EventKind::FactorAdded).await, 1, "it counts once she confirmed");
    browser.post("genaktiver-aktivitet", &[own]).await;
    let opened = browser.post("genaktiver-aabn", &[own]).await.to;
    assert!(opened.starts_with("/koder/"), "{opened}");
    let person = house.rig.person(1).await.id;
    assert_eq!(house.rig.look().await.passkeys_of(person).await.unwrap().len(), 1);
}

#[tokio::test]
async fn wherever_the_database_stops_a_key_of_a_recovery_is_not_added_and_lets_her_in_when_it_is_back() {
    let house = House::open().await;
    let (_, [_, recovery, _]) = with_a_sheet(&house, 0).await;
    let mut browser = house.browser();
    let flow = house.password(&mut browser, 0).await;
    let own = ("flow", flow.as_str());
    let used = browser.post("gendannelseskode", &[own, ("recovery_code", recovery.as_str())]).await.to;
    assert!(used.ends_with("/gendan"), "{used}");
    let away = browser.post("gendan-bekraeft", &[own]).await.to;
    let (_, state) = away.split_once("state=").unwrap();
    house.rig.mitid.answers(testkit::good_answer(&testkit::hr::cpr(0), house.rig.cx().now));
    browser.get(&format!("/mitid/tilbage/test?state={state}&code=code")).await;
    let page = format!("/log-ind/{flow}/gendan/adgangsnoegle");
    interrupted(&house, &mut browser, &page, ("noegle-gendan", "gendan-noegle")).await;
    assert_eq!(house.rig.events(EventKind::FactorAdded).await, 2);
    assert_eq!(browser.get("/overblik").await.status, StatusCode::OK, "she is in");
}
