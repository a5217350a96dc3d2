//! Single logout through the browser, by the real router: both ways, by redirect and by form (SAML profiles 4.4).

use crate::browser::Browser;
use crate::house::{FRONT, House};
use axum::http::{Method, StatusCode};
use domain::SignedDuration;
use domain::audit::EventKind;

/// Another service that is told through browsers alone.
const OTHER: &str = "https://front-two.no-line.example";
/// One that takes messages in forms.
const FORMS: &str = "https://front-post.no-line.example";

/// A house, and somebody who is signed in to it and at these services.
async fn at(services: &[&str]) -> (House, Browser) {
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    for service in services {
        house.connect(service).await;
        // One after another: so they are asked, too.
        house.rig.clock.advance(SignedDuration::from_secs(1));
        assert_eq!(browser.get(&format!("/saml/sso?{service}|in")).await.status, StatusCode::OK);
    }
    (house, browser)
}

/// The id of the request that stands in an address or a page.
fn asked(text: &str) -> String {
    let (before, _) = text.split_once("|out|").unwrap();
    before.rsplit(['?', '"']).next().unwrap().to_owned()
}

/// A service's request to log her out, for the session it was given.
async fn request(house: &House, service: &str, message: &str) -> String {
    let person = house.rig.person(1).await.id;
    let mut tx = house.rig.look().await;
    let visits = tx.visits_of(person, house.rig.cx().now).await.unwrap();
    let rp = tx.relying_party_by_entity(service).await.unwrap().unwrap();
    let visit = visits.into_iter().find(|it| it.relying_party == rp.id).unwrap();
    format!("{service}|{message}|out|{}|{}", visit.name_id, visit.session_index)
}

#[tokio::test]
async fn a_sign_out_leads_through_every_service_and_ends_on_a_page_that_says_who_closed() {
    let (house, mut browser) = at(&[FRONT, OTHER]).await;
    let out = browser.post("log-af", &[("go", "yes")]).await.to;
    let flow = out.strip_prefix("/log-af/").unwrap().to_owned();
    assert_eq!(browser.get("/overblik").await.to, "/log-ind", "over before she leaves");
    let receipt = browser.get(&format!("/logget-ud/{flow}")).await;
    assert_eq!(receipt.status, StatusCode::OK, "at any time");
    assert!(receipt.body.contains("Disse systemer har ikke svaret endnu"));
    let page = browser.get(&out).await;
    assert!(page.body.contains(&format!("href=\"{FRONT}/slo?")), "{}", page.body);
    let first = asked(&page.body);
    let again = browser.get(&out).await.body;
    assert!(again.contains("har ikke svaret") && !again.contains(FRONT), "asked once");
    let next = browser.get(&format!("/saml/slo?{FRONT}|a1|over|{first}|{flow}|")).await;
    assert_eq!(next.status, StatusCode::SEE_OTHER);
    assert!(next.to.starts_with(&format!("{OTHER}/slo?")), "on by redirects alone: {}", next.to);
    let second = asked(&next.to);
    let last = browser.get(&format!("/saml/slo?{OTHER}|a2|over|{second}|{flow}|logout-refused")).await;
    assert_eq!(last.to, format!("/logget-ud/{flow}"));
    let receipt = browser.get(&last.to).await.body;
    for said in ["luk browseren", "Systemer, du har åbnet, kan stadig være åbne"] {
        assert!(receipt.contains(said), "{said}: {receipt}");
    }
    assert_eq!(browser.get("/logget-ud").await.to, format!("/logget-ud/{flow}"), "found again");
    assert_eq!(house.browser().get(&format!("/logget-ud/{flow}")).await.to, "/logget-ud", "hers alone");
    assert_eq!(house.rig.events(EventKind::LogoutAsked).await, 2);
    assert_eq!(house.rig.events(EventKind::ServiceTold).await, 2);
}

#[tokio::test]
async fn who_does_not_answer_is_passed_over_asked_again_or_left() {
    let (_, mut browser) = at(&[FRONT, FORMS]).await;
    let out = browser.post("log-af", &[("go", "yes")]).await.to;
    let flow = out.strip_prefix("/log-af/").unwrap().to_owned();
    let first = asked(&browser.get(&out).await.body);
    let again = [("flow", flow.as_str()), ("go", "igen")];
    assert_eq!(browser.post("log-af-videre", &again).await.to, out);
    assert_ne!(asked(&browser.get(&out).await.body), first, "by another message");
    let late = browser.get(&format!("/saml/slo?{FRONT}|a1|over|{first}|{flow}|")).await;
    assert_eq!(late.to, "/log-ind/fejl", "the first counts no more");
    assert_eq!(browser.post("log-af-videre", &[("flow", &flow)]).await.to, out);
    let form = browser.get(&out).await.body;
    assert!(form.contains(&format!("action=\"{FORMS}/slo\"")), "{form}");
    assert!(form.contains("<button"), "a button where there is no script");
    let stop = [("flow", flow.as_str()), ("go", "stop")];
    assert_eq!(browser.post("log-af-videre", &stop).await.to, out);
    assert_eq!(browser.get(&out).await.to, format!("/logget-ud/{flow}"));
}

#[tokio::test]
async fn what_a_form_of_ours_led_to_goes_on_by_a_page() {
    let (_, mut browser) = at(&[FORMS, FRONT]).await;
    let out = browser.post("log-af", &[("go", "yes")]).await.to;
    let flow = out.strip_prefix("/log-af/").unwrap().to_owned();
    let asked = asked(&browser.get(&out).await.body);
    let answer = browser.get(&format!("/saml/slo?{FORMS}|a1|over|{asked}|{flow}|")).await;
    assert_eq!(answer.to, out, "the page before knows no other service");
}

#[tokio::test]
async fn a_service_logs_her_out_and_hears_how_it_went() {
    let (house, mut browser) = at(&[FRONT]).await;
    let query = request(&house, FRONT, "m1").await;
    let mut another = house.browser();
    let app = house.enrol(&mut another, 2).await;
    house.sign_in(&mut another, 2, &app).await;
    let elsewhere = another.get(&format!("/saml/slo?{query}")).await;
    assert!(elsewhere.to.starts_with(&format!("{FRONT}/slo/answer?")) && elsewhere.to.ends_with("|nobody"));
    assert_eq!(another.get("/overblik").await.status, StatusCode::OK, "nobody else's session ends");
    assert_eq!(browser.get("/overblik").await.status, StatusCode::OK, "nor hers, by another's browser");
    let replayed = browser.get(&format!("/saml/slo?{query}")).await;
    assert_eq!(replayed.to, "/log-ind/fejl", "each message once");
    let fresh = request(&house, FRONT, "m2").await;
    let answer = browser.get(&format!("/saml/slo?{fresh}")).await;
    assert!(answer.to.starts_with(&format!("{FRONT}/slo/answer?")), "{}", answer.to);
    assert!(answer.to.ends_with("|over|m2|everywhere"), "{}", answer.to);
    assert_eq!(browser.get("/overblik").await.to, "/log-ind");
    assert_eq!(house.rig.events(EventKind::LogoutAnswered).await, 1);
}

#[tokio::test]
async fn the_others_are_asked_before_the_first_is_answered() {
    let (house, mut browser) = at(&[FRONT, OTHER]).await;
    let query = request(&house, FRONT, "m1").await;
    let out = browser.get(&format!("/saml/slo?{query}")).await.to;
    let flow = out.strip_prefix("/log-af/").unwrap().to_owned();
    let asked = asked(&browser.get(&out).await.body);
    let answer = browser.get(&format!("/saml/slo?{OTHER}|a1|over|{asked}|{flow}|logout-refused")).await;
    assert!(answer.to.ends_with("|over|m1|partly"), "{}", answer.to);
    assert_eq!(browser.get(&out).await.to, format!("/logget-ud/{flow}"), "answered once");
}

#[tokio::test]
async fn a_form_of_another_site_is_kept_for_the_look_that_brings_the_cookies() {
    let (house, mut browser) = at(&[FORMS]).await;
    let query = request(&house, FORMS, "m1").await;
    let mut form = house.browser();
    form.site = Some("cross-site");
    let brought = form.send(&Method::POST, "/saml/slo", &[("message", &query)]).await;
    assert_eq!(brought.status, StatusCode::SEE_OTHER);
    assert!(brought.to.starts_with("/saml/slo/"), "{}", brought.to);
    assert!(form.told_to_keep.is_empty(), "no cookie that would take the place of hers");
    assert_eq!(browser.get("/overblik").await.status, StatusCode::OK, "nothing ended yet");
    let answer = browser.get(&brought.to).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains(&format!("action=\"{FORMS}/slo/answer\"")), "{}", answer.body);
    assert!(answer.body.contains("<button"), "a button where there is no script");
    assert_eq!(browser.get("/overblik").await.to, "/log-ind");
    assert_eq!(browser.get(&brought.to).await.to, "/log-ind/fejl", "taken once");
    let twice = form.send(&Method::POST, "/saml/slo", &[("message", &query)]).await;
    assert_eq!(twice.status, StatusCode::BAD_REQUEST, "and brought once");
}

#[tokio::test]
async fn what_nobody_signed_ends_nothing_and_is_said_here_with_a_reference() {
    let (house, mut browser) = at(&[FRONT]).await;
    let query = format!("{}|forged", request(&house, FRONT, "m1").await);
    assert_eq!(browser.get(&format!("/saml/slo?{query}")).await.to, "/log-ind/fejl");
    let page = browser.get("/log-ind/fejl").await.body;
    assert!(page.contains("Vi kunne ikke logge dig ud") && page.contains("href=\"/log-af\""), "{page}");
    let mut form = house.browser();
    form.site = Some("cross-site");
    let refused = form.send(&Method::POST, "/saml/slo", &[("message", &query)]).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.body.contains("Vi kunne ikke logge dig ud") && refused.body.contains("Henvisning"));
    assert_eq!(browser.get("/overblik").await.status, StatusCode::OK);
    assert_eq!(house.rig.events(EventKind::LogoutRefused).await, 2);
    assert_eq!(house.rig.events(EventKind::SignedOut).await, 0);
}
