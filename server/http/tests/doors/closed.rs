//! While the database may be older than what is kept outside, blocking is all that goes on (security decision 7).

use crate::house::House;
use axum::http::{Method, StatusCode};
use domain::audit::EventKind;
use http_edge::doors::DOORS;
use testkit::{PASSWORD, PlainOutside, good_answer, hr};
use usecases::compare_outside::compare_outside;
use usecases::outside::State;

/// Where applications ask.
const MACHINES: [&str; 5] =
    ["/oidc/par", "/oidc/token", "/oidc/introspect", "/oidc/revoke", "/oidc/userinfo"];

/// A house where somebody enrolled, and signed in nowhere.
async fn enrolled(outside: &PlainOutside) -> House {
    let house = House::keeping(outside.clone()).await;
    assert!(matches!(compare_outside(&house.rig.cx()).await.unwrap(), State::Agrees(_)));
    let mut browser = house.browser();
    house.enrol(&mut browser, 1).await;
    house
}

#[tokio::test]
async fn every_page_and_form_but_those_of_a_block_leads_to_the_page_that_says_why() {
    let outside = PlainOutside::default();
    let house = enrolled(&outside).await;
    outside.put(None);
    compare_outside(&house.rig.cx()).await.unwrap();
    let goes_on = [
        "/saml/metadata",
        "/sundhed",
        "/klar",
        "/.well-known/change-password",
        "/.well-known/passkey-endpoints",
        "/block",
        "/was",
        "/pkg/{*file}",
        "/favicon.svg",
        "/robots.txt",
        "/logget-ud",
        "/hjaelp",
        "/driftsstatus",
        "/tilgaengelighed",
        "/privatliv",
        "/service",
        "/tjenesteudbydere",
        "/vilkaar",
        "/vilkaar/afvist",
        "/var-det-dig/{token}",
        "/handling/var-det-dig",
        "/handling/log-af",
        "/venter",
        // What services read about this house, and where one sends a browser to sign out.
        "/.well-known/openid-configuration",
        "/oidc/jwks",
        "/oidc/logout",
        "/log-af",
        "/saml/slo",
        "/saml/slo/{message}",
        "/log-af/{flow}",
        "/logget-ud/{flow}",
        "/handling/log-af-videre",
    ];
    for door in DOORS {
        let blocks = door.path.starts_with("/spaer") || door.path.starts_with("/handling/spaer-");
        if blocks || goes_on.contains(&door.path) {
            continue;
        }
        let mut browser = house.browser();
        // A machine reads no page, and is served nothing.
        if MACHINES.contains(&door.path) {
            let method = Method::from_bytes(door.method.as_bytes()).unwrap();
            let status = browser.send(&method, door.path, &[]).await.status;
            assert!(status.is_client_error() || status.is_server_error(), "{}: {status}", door.path);
            continue;
        }
        let answer = match door.method {
            "POST" => browser.post(door.path.trim_start_matches("/handling/"), &[("go", "yes")]).await,
            _ => browser.get(&door.path.replace(['{', '}'], "")).await,
        };
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, "/venter"), "{}", door.path);
    }
    let page = house.browser().get("/venter").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.body.contains("href=\"/spaer\""), "she can block");
    let status = house.browser().get("/driftsstatus").await;
    assert_eq!(status.status, StatusCode::OK);
    assert!(status.body.contains("Ikke alt virker lige nu"), "{}", status.body);
    assert!(!status.body.contains("moved"), "it says neither why nor where: {}", status.body);
    let ready = house.browser().get("/klar").await;
    assert!(ready.body.starts_with("blocking only") && ready.body.contains("moved"), "{}", ready.body);
}

#[tokio::test]
async fn blocking_goes_on_and_opens_nothing() {
    let outside = PlainOutside::default();
    let house = enrolled(&outside).await;
    outside.break_it(true);
    compare_outside(&house.rig.cx()).await.unwrap();
    let name = hr::line(1).user_name.to_string();
    let mut browser = house.browser();
    for page in ["/spaer", "/spaer/kode", "/spaer/adgangskode"] {
        assert_eq!(browser.get(page).await.status, StatusCode::OK, "{page}");
    }
    let blocked = browser.post("spaer-adgangskode", &[("user_name", &name), ("password", PASSWORD)]).await;
    assert_eq!(blocked.to, "/spaer/kvittering");
    assert_eq!(browser.get("/spaer/kvittering").await.status, StatusCode::OK);
    assert_eq!(house.rig.events(EventKind::Held).await, 1);
    assert_eq!(browser.post("log-ind", &[("user_name", &name), ("password", PASSWORD)]).await.to, "/venter");
    // Once it can be read again and agrees, the house opens by itself, and she stays blocked.
    outside.break_it(false);
    assert!(matches!(compare_outside(&house.rig.cx()).await.unwrap(), State::Agrees(_)));
    assert_eq!(browser.get("/venter").await.to, "/");
    assert_eq!(browser.get("/log-ind").await.status, StatusCode::OK);
}

#[tokio::test]
async fn of_those_who_come_back_from_mitid_only_a_block_gets_through() {
    let outside = PlainOutside::default();
    let house = enrolled(&outside).await;
    let mut browser = house.browser();
    let mut trips = Vec::new();
    for form in ["genaktiver", "spaer-mitid"] {
        let away = browser.post(form, &[("go", "yes")]).await.to;
        let (_, state) = away.split_once("state=").unwrap();
        trips.push(format!("/mitid/tilbage/test?state={state}&code=code"));
    }
    outside.break_it(true);
    compare_outside(&house.rig.cx()).await.unwrap();
    house.rig.mitid.answers(good_answer(&hr::cpr(1), house.rig.cx().now));
    assert_eq!(browser.get(&trips[0]).await.to, "/venter");
    let asked = browser.get(&trips[1]).await.to;
    assert!(asked.starts_with("/spaer/bekraeft/"), "{asked}");
}

#[tokio::test]
async fn each_door_of_a_block_says_whether_it_works() {
    let house = House::open().await;
    let answer = house.browser().get("/spaer/helbred").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::OK, "session ok\nmitid ok\ncode ok\nnotice ok\npassword ok\n")
    );
    let hashed = house.rig.hasher.verified();
    house.browser().get("/spaer/helbred").await;
    assert_eq!(house.rig.hasher.verified(), hashed, "whoever asks often costs nothing");
}
