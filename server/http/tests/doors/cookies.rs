//! What a browser is given to keep: cookies of this house alone, sent over TLS alone, out of every script's sight, and
//! another one whenever more is opened by it (NSIS 6.6), so that a copy made before is worth nothing.

use crate::browser::Browser;
use crate::house::House;
use crate::owner;
use axum::http::StatusCode;
use domain::SignedDuration;
use domain::password::Password;
use std::collections::BTreeSet;
use testkit::{PASSWORD, good_answer, hr};
use usecases::block_by_password::block_by_password;

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
