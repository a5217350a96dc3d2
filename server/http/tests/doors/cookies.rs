//! What a browser is given to keep: cookies of this house alone, sent over TLS alone, out of every script's sight, and
//! another one whenever more is opened by it (NSIS 6.6), so that a copy made before is worth nothing.

use crate::browser::Browser;
use crate::house::{House, SERVICE};
use crate::owner;
use axum::http::StatusCode;
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::password::Password;
use std::collections::BTreeSet;
use testkit::{App, PASSWORD, good_answer, hr};
use usecases::Cx;
use usecases::block_by_password::block_by_password;
use usecases::show_code::show_code;

#[tokio::test]
async fn every_cookie_is_for_this_house_over_tls_and_for_no_script() {
    let house = House::open().await;
    let (mut browser, _) = owner(&house).await;
    browser.get("/?sprog=en").await;
    let mut names = BTreeSet::new();
    for cookie in &browser.told_to_keep {
        let (pair, attributes) = cookie.split_once(';').unwrap();
        names.insert(pair.split_once('=').unwrap().0);
        let attributes: BTreeSet<&str> = attributes.split(';').map(str::trim).collect();
        for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(attributes.contains(attribute), "{attribute} is missing: {cookie}");
        }
        // Without it, no other host of the municipality's is ever sent one; `__Host-` demands it.
        assert!(!cookie.to_ascii_lowercase().contains("domain="), "{cookie}");
    }
    // What says who somebody is has the prefix that no other host can set; the choice of a language says nothing.
    assert_eq!(names, ["__Host-nsis-id", "__Host-nsis-id-device", "sprog"].into());
}

#[tokio::test]
async fn a_cookie_copied_before_the_code_opens_nothing_after_it() {
    let house = House::open().await;
    let app = house.enrol(&mut house.browser(), 1).await;
    let mut browser = house.browser();
    let flow = house.password(&mut browser, 1).await;
    let page = format!("/log-ind/{flow}/kode");
    let mut thief = browser.clone();
    assert_eq!(thief.get(&page).await.status, StatusCode::OK, "until then the copy is as good");
    house.rig.clock.advance(SignedDuration::from_secs(30));
    let code = app.code(house.rig.cx().now);
    assert_eq!(browser.post("kode", &[("flow", &flow), ("code", &code)]).await.to, "/overblik");
    assert_eq!(browser.get("/overblik").await.status, StatusCode::OK);
    assert_eq!(thief.get("/overblik").await.to, "/log-ind");
    assert_eq!(thief.get(&page).await.status, StatusCode::GONE);
    assert_eq!(thief.post("bekraeft-det-er-dig", &[("purpose", "own-data")]).await.to, "/log-ind");
}

#[tokio::test]
async fn a_cookie_copied_before_the_sign_out_opens_nothing_after_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    let mut thief = browser.clone();
    assert_eq!(thief.get("/overblik").await.status, StatusCode::OK);
    assert_eq!(browser.post("log-af", &[("go", "yes")]).await.to, "/logget-ud");
    for browser in [&mut browser, &mut thief] {
        assert_eq!(browser.get("/overblik").await.to, "/log-ind");
    }
}

/// Back from MitID as the n-th person, once a copy of the cookie was made; gives the copy, and where she is led.
async fn copied_on_the_way(house: &House, browser: &mut Browser, away: &str, n: u32) -> (Browser, String) {
    let (_, state) = away.split_once("state=").unwrap();
    let thief = browser.clone();
    house.rig.mitid.answers(good_answer(&hr::cpr(n), house.rig.cx().now));
    let back = browser.get(&format!("/mitid/tilbage/test?state={state}&code=code")).await;
    (thief, back.to)
}

#[tokio::test]
async fn a_cookie_copied_before_the_proof_of_day_one_opens_nothing_after_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let flow = house.begin(&mut browser, 1).await;
    let own = [("journey", "indrullering"), ("flow", flow.as_str())];
    for page in ["1", "2", "3", "4"] {
        browser.post("vend", &[&own[..], &[("page", page)]].concat()).await;
    }
    browser.post("accepter", &[&own[..], &[("accept", "yes")]].concat()).await;
    let away = browser.post("bekraeft", &[("flow", &flow)]).await.to;
    let (mut thief, page) = copied_on_the_way(&house, &mut browser, &away, 1).await;
    assert_eq!(page, format!("/indrullering/{flow}/adgangskode"));
    assert_eq!(browser.get(&page).await.status, StatusCode::OK);
    for page in [page, format!("/indrullering/{flow}")] {
        assert_eq!(thief.get(&page).await.status, StatusCode::GONE, "{page}");
    }
}

#[tokio::test]
async fn a_cookie_copied_before_the_proof_that_opens_or_resets_a_login_opens_nothing_after_it() {
    let house = House::open().await;
    house.enrol(&mut house.browser(), 1).await;
    let mut browser = house.browser();
    let away = browser.post("nulstil", &[("go", "yes")]).await.to;
    let (mut thief, page) = copied_on_the_way(&house, &mut browser, &away, 1).await;
    assert!(page.starts_with("/glemt-adgangskode/"), "{page}");
    assert_eq!(browser.get(&page).await.status, StatusCode::OK);
    assert_eq!(thief.get(&page).await.status, StatusCode::GONE);

    house.enrol(&mut house.browser(), 2).await;
    block_by_password(&house.rig.cx(), "p2", Password::typed(PASSWORD.to_owned())).await.unwrap();
    let mut browser = house.browser();
    let away = browser.post("genaktiver", &[("go", "yes")]).await.to;
    let (mut thief, page) = copied_on_the_way(&house, &mut browser, &away, 2).await;
    assert!(page.starts_with("/genaktiver/"), "{page}");
    assert_eq!(browser.get(&page).await.status, StatusCode::OK);
    assert_eq!(thief.get(&page).await.status, StatusCode::GONE);
}

/// A sign-in for a service, as far as the code; gives its flow, and the code.
async fn asked_for_a_code(house: &House, browser: &mut Browser, app: &App, message: u32) -> (String, String) {
    let page = browser.get(&format!("/saml/sso?{SERVICE}|renewed-{message}")).await.to;
    let flow = page.strip_prefix("/log-ind/").unwrap().to_owned();
    let fields = [("flow", flow.as_str()), ("user_name", "p1"), ("password", PASSWORD)];
    assert_eq!(browser.post("log-ind", &fields).await.to, format!("/log-ind/{flow}/kode"));
    house.rig.clock.advance(SignedDuration::from_secs(30));
    (flow, app.code(house.rig.cx().now))
}

/// Whether anything of a sign-in is had by this browser: its session, or its answer to the service.
async fn has_anything(house: &House, browser: &mut Browser, flow: &str) -> bool {
    let issued = house.rig.events(EventKind::TokenIssued).await;
    browser.get(&format!("/svar/{flow}")).await;
    let inside = browser.get("/overblik").await;
    let answered = house.rig.events(EventKind::TokenIssued).await > issued;
    assert!(inside.status == StatusCode::OK || inside.to == "/log-ind", "{inside:?}");
    answered || inside.status == StatusCode::OK
}

#[tokio::test]
async fn where_the_cookie_gets_no_new_id_nobody_is_signed_in_by_the_old_one_or_any_other() {
    let house = House::open().await;
    let app = house.enrol(&mut house.browser(), 1).await;
    let mut message = 0;
    let (mut ended, mut left_over) = (false, false);
    // The records are away after each question in turn, for good or for that one, and so is the rest of the database, or not.
    for (for_good, rest) in
        [true, false].into_iter().flat_map(|it| [None, Some(1), Some(2)].map(|rest| (it, rest)))
    {
        for questions in 0..3 {
            message += 1;
            let case = format!("records after {questions} (for good: {for_good}), the rest after {rest:?}");
            let mut browser = house.browser();
            let (flow, code) = asked_for_a_code(&house, &mut browser, &app, message).await;
            let mut thief = browser.clone();
            let ins = house.rig.events(EventKind::SignedIn).await;
            let outs = house.rig.events(EventKind::SignedOut).await;
            if for_good {
                house.records.cut_after(questions);
            } else {
                house.records.lose_one_after(questions);
            }
            house.line.cut_after(rest.unwrap_or(u32::MAX));
            let answer = browser.post("kode", &[("flow", &flow), ("code", &code)]).await;
            house.mend();
            assert_ne!(answer.to, format!("/svar/{flow}"), "{case}");
            let told = answer.status.is_server_error() && !answer.body.is_empty();
            assert!(told || answer.status == StatusCode::SEE_OTHER, "{case}: {answer:?}");
            if questions == 1 && house.rig.events(EventKind::SignedIn).await > ins {
                let out = house.rig.events(EventKind::SignedOut).await > outs;
                (ended, left_over) = (ended || out, left_over || !out);
            }
            assert!(!has_anything(&house, &mut thief, &flow).await, "{case}: the old cookie");
            assert!(!has_anything(&house, &mut browser, &flow).await, "{case}: {answer:?}");
        }
    }
    assert!(ended && left_over, "sessions that could be ended, and such that nobody could end");
    let mut browser = house.browser();
    let (flow, code) = asked_for_a_code(&house, &mut browser, &app, 0).await;
    assert_eq!(browser.post("kode", &[("flow", &flow), ("code", &code)]).await.to, format!("/svar/{flow}"));
    assert!(has_anything(&house, &mut browser, &flow).await, "once it is there again");
}

#[tokio::test]
async fn a_cookie_that_was_never_given_the_session_behind_it_keeps_it_open_no_longer() {
    let house = House::open().await;
    let app = house.enrol(&mut house.browser(), 1).await;
    let mut thief = house.browser();
    let flow = house.password(&mut thief, 1).await.parse().unwrap();
    let browser = house.rig.look().await.flow(flow).await.unwrap().unwrap().browser;
    house.rig.clock.advance(SignedDuration::from_secs(30));
    let hers = Cx { browser, ..house.rig.cx() };
    let session = show_code(&hers, flow, &app.code(hers.now)).await.unwrap().session;
    for _ in 0..3 {
        house.wait(2);
        assert_eq!(thief.get("/overblik").await.to, "/log-ind");
    }
    thief.post("log-af", &[("go", "yes")]).await;
    let still = house.rig.look().await.session(session).await.unwrap().unwrap();
    assert_eq!(still.seen_at, hers.now, "nobody used it");
}

#[tokio::test]
async fn where_the_cookie_gets_no_new_id_what_it_was_to_open_is_over_and_she_is_told_to_begin_again() {
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    let step_up = house.ask_step_up(&mut browser, "private-mail").await;
    let mut thief = browser.clone();
    house.rig.clock.advance(SignedDuration::from_secs(30));
    let code = app.code(house.rig.cx().now);
    // It is read, and not taken back.
    house.records.lose_one_after(1);
    let told = browser.post("bekraeft-kode", &[("flow", &step_up), ("code", &code)]).await;
    assert_eq!(told.to, "/log-ind/fejl");
    let page = browser.get(&told.to).await;
    assert!(
        page.body.contains("Begynd forfra om lidt") && page.body.contains("href=\"/log-ind\""),
        "{page:?}"
    );
    for browser in [&mut thief, &mut browser] {
        assert_eq!(browser.get("/overblik").await.to, "/log-ind");
        assert_eq!(browser.get(&format!("/konto/kontakt/{step_up}")).await.status, StatusCode::GONE);
    }

    let mut browser = house.browser();
    let flow = house.begin(&mut browser, 2).await;
    let own = [("journey", "indrullering"), ("flow", flow.as_str())];
    for page in ["1", "2", "3", "4"] {
        browser.post("vend", &[&own[..], &[("page", page)]].concat()).await;
    }
    browser.post("accepter", &[&own[..], &[("accept", "yes")]].concat()).await;
    let away = browser.post("bekraeft", &[("flow", &flow)]).await.to;
    house.records.lose_one_after(1);
    let (mut thief, page) = copied_on_the_way(&house, &mut browser, &away, 2).await;
    assert_eq!(page, "/log-ind/fejl");
    for browser in [&mut thief, &mut browser] {
        let page = format!("/indrullering/{flow}/adgangskode");
        assert_eq!(browser.get(&page).await.status, StatusCode::GONE);
    }
}
