//! What pages tell about a login, over the real use cases.

use crate::browser::Browser;
use crate::house::{FRONT, House};
use domain::standing::{Hold, Origin};
use testkit::PASSWORD;
use usecases::ports::people::Lane;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

fn saying(house: &House, agent: &'static str) -> Browser {
    let mut browser = house.browser();
    browser.agent = agent;
    browser
}

#[tokio::test]
async fn each_session_is_told_apart_by_browser_and_address() {
    let house = House::open().await;
    let mut own = saying(&house, FIREFOX);
    let app = house.enrol(&mut own, 1).await;
    house.sign_in(&mut own, 1, &app).await;
    house.wait(1);
    house.sign_in(&mut saying(&house, SAFARI), 1, &app).await;
    for page in ["/konto/login", "/konto/aktivitet"] {
        let shown = own.get(page).await.body;
        for browser in ["Firefox på Linux fra 127.0.0.1", "Safari på iPhone fra 127.0.0.1"] {
            assert!(shown.contains(browser), "{page} lacks {browser}: {shown}");
        }
        assert!(!shown.contains("Mozilla"), "{page}");
    }
}

/// The first reference of a block on a page.
fn reference(page: &str) -> &str {
    let (_, rest) = page.split_once("SP-").unwrap();
    rest.split('<').next().unwrap()
}

#[tokio::test]
async fn a_block_has_one_reference_wherever_it_is_told() {
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    assert_eq!(browser.post("spaer-nu", &[("go", "yes")]).await.to, "/spaer/kvittering");
    let receipt = browser.get("/spaer/kvittering").await.body;
    house.wait(1);
    let flow = house.password(&mut browser, 1).await;
    let code = app.code(house.rig.cx().now);
    let refused = browser.post("kode", &[("flow", &flow), ("code", &code)]).await.to;
    assert_eq!(refused, format!("/log-ind/{flow}/spaerret"));
    let page = browser.get(&refused).await.body;
    assert_eq!(reference(&page), reference(&receipt));
}

/// Signed in at a service in two browsers: the owner's, and a thief's.
async fn at_a_service_twice(house: &House) -> Browser {
    let (mut owner, mut thief) = (house.browser(), house.browser());
    let app = house.enrol(&mut owner, 1).await;
    house.connect(FRONT).await;
    for (browser, message) in [(&mut thief, "m1"), (&mut owner, "m2")] {
        house.sign_in(browser, 1, &app).await;
        let answered = browser.get(&format!("/saml/sso?{FRONT}|{message}")).await;
        assert_eq!(answered.status, axum::http::StatusCode::OK);
    }
    owner
}

#[tokio::test]
async fn a_receipt_of_a_password_lists_services_where_its_owner_was_signed_in_and_nowhere_else() {
    for (hers, listed) in [(true, 2), (false, 0)] {
        let house = House::open().await;
        let owner = at_a_service_twice(&house).await;
        let mut browser = if hers { owner } else { house.browser() };
        for click in ["the first click", "the second"] {
            let fields = [("user_name", "p1"), ("password", PASSWORD)];
            assert_eq!(browser.post("spaer-adgangskode", &fields).await.to, "/spaer/kvittering");
            let page = browser.get("/spaer/kvittering").await.body;
            assert_eq!(page.matches("kan være åben til kl.").count(), listed, "{hers}, {click}: {page}");
            assert_eq!(page.contains("når deres egen tid er gået"), !hers, "{hers}, {click}: {page}");
        }
    }
}

#[tokio::test]
async fn a_login_the_register_closed_is_told_so_and_not_as_the_municipalitys_block() {
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    let (rig, cx) = (&house.rig, house.rig.cx());
    let (id, reason) = (cx.id().unwrap(), "register-hit".to_owned());
    let hold = Hold { id, origin: Origin::Register, reason, at: cx.now };
    let (person, epoch) = (rig.person(1).await.id, rig.standing(1).await.hold(hold.clone()).epoch());
    let mut tx = rig.change().await;
    tx.add_hold(person, &hold, epoch).await.unwrap();
    tx.commit().await.unwrap();
    house.wait(1);
    let flow = house.password(&mut browser, 1).await;
    let code = app.code(rig.cx().now);
    let refused = browser.post("kode", &[("flow", &flow), ("code", &code)]).await.to;
    let page = browser.get(&refused).await.body;
    assert!(page.contains("CPR-registeret siger noget om dig"), "{refused}: {page}");
}

#[tokio::test]
async fn a_question_answered_with_yes_shows_its_receipt_and_to_others_that_it_blocked_nothing() {
    let house = House::open().await;
    let mut browser = house.browser();
    let flow = house.question(&mut browser, 1).await;
    let page = format!("/spaer/bekraeft/{flow}");
    assert_eq!(browser.post("spaer-bekraeft", &[("flow", &flow)]).await.to, "/spaer/kvittering");
    assert_eq!(browser.get(&page).await.to, "/spaer/kvittering");
    let stranger = house.browser().get(&page).await;
    assert_eq!(stranger.status, axum::http::StatusCode::GONE);
    assert!(stranger.body.contains("Den spærrede ikke noget"), "{}", stranger.body);
}

#[tokio::test]
async fn the_wish_to_end_other_sessions_outlasts_a_mistake() {
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    let new = ("password", "tolv gule tulipaner");
    let cases: [&[(&str, &str)]; 3] = [
        &[("others", "yes")],
        &[("current", "another"), new, ("code", "000000"), ("others", "yes")],
        &[("current", "another"), new, ("code", "000000")],
    ];
    for fields in cases {
        assert_eq!(browser.post("skift-adgangskode", fields).await.to, "/konto/adgangskode");
        let page = browser.get("/konto/adgangskode").await.body;
        let (_, tick) = page.split_once("id=\"others\"").unwrap();
        let ticked = tick.split('>').next().unwrap().contains("checked");
        assert_eq!(ticked, fields.contains(&("others", "yes")), "{fields:?}");
    }
}

#[tokio::test]
async fn who_comes_in_a_crowd_is_told_that_nothing_was_counted_and_gets_in_when_it_has_passed() {
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.rig.hasher.are_full(&[Lane::SignIn, Lane::Known, Lane::Blocking]);
    let shown = browser.post("log-ind", &[("user_name", "p1"), ("password", PASSWORD)]).await;
    assert_eq!(shown.to, "/log-ind/fejl");
    let page = browser.get(&shown.to).await.body;
    assert!(page.contains("Den tæller ikke som et forsøg"), "{page}");
    let shown = browser.post("spaer-adgangskode", &[("user_name", "p1"), ("password", PASSWORD)]).await;
    let page = browser.get(&shown.to).await.body;
    assert!(page.contains("ikke spærret"), "{}: {page}", shown.to);
    house.rig.hasher.are_full(&[]);
    house.sign_in(&mut browser, 1, &app).await;
}

#[tokio::test]
async fn the_overview_tells_when_she_signed_in_the_time_before() {
    const BEFORE: &str = "Logget ind gangen før";
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    let first = house.rig.cx().now;
    let page = browser.get("/overblik").await.body;
    assert!(!page.contains(BEFORE), "there was none before: {page}");
    house.wait(10);
    house.sign_in(&mut house.browser(), 1, &app).await;
    let second = house.rig.cx().now;
    house.wait(10);
    let told = |page: &str, at| {
        let (_, after) = page.split_once(BEFORE).unwrap();
        after.split("</dd>").next().unwrap().contains(&text::format::moment(at, text::Lang::Da))
    };
    let mut third = house.browser();
    house.sign_in(&mut third, 1, &app).await;
    let page = third.get("/overblik").await.body;
    assert!(told(&page, second) && !told(&page, first), "neither the one before that nor this one: {page}");
    let elsewhere = browser.get("/overblik").await.body;
    assert!(told(&elsewhere, second), "whatever browser she looks in: {elsewhere}");
}
