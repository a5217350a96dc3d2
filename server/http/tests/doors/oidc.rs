//! An application at the doors: what it and its browsers are answered, by the real router.

use crate::browser::{Answer, Browser};
use crate::house::House;
use axum::http::{Method, StatusCode};
use domain::audit::EventKind;
use serde_json::Value;
use std::collections::BTreeMap;
use testkit::{Application, BACK, VERIFIER, claims};
use url::{Url, form_urlencoded};

const REFRESH: &str = r#", "grant_types": ["authorization_code", "refresh_token"],
    "post_logout_redirect_uris": ["https://app.example/out"]"#;

/// Who is signed in, and an application.
pub(crate) async fn signed_in(house: &House) -> (Browser, Application) {
    let app = house.rig.application("app", REFRESH).await;
    let mut browser = house.browser();
    let phone = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &phone).await;
    (browser, app)
}

fn query(app: &Application, changes: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(app.asks(changes)).finish()
}

pub(crate) async fn asks(browser: &mut Browser, app: &Application, changes: &[(&str, &str)]) -> Answer {
    browser.get(&format!("/oidc/authorize?{}", query(app, changes))).await
}

pub(crate) fn answered(answer: &Answer) -> BTreeMap<String, String> {
    let to = Url::parse(&answer.to).unwrap_or_else(|_| unreachable!("{answer:?}"));
    assert!(answer.status == StatusCode::SEE_OTHER && answer.to.starts_with(BACK), "{answer:?}");
    to.query_pairs().into_owned().collect()
}

/// What the application posts by itself.
pub(crate) async fn post(
    house: &House,
    app: &Application,
    path: &str,
    fields: &[(&str, &str)],
) -> (StatusCode, Value) {
    let shown = app.shows(&house.rig.cx(), fields);
    let mut line = house.browser();
    line.site = None;
    line.basic = shown.basic;
    let fields: Vec<_> =
        shown.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = line.send(&Method::POST, path, &fields).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
}

pub(crate) async fn exchange(house: &House, app: &Application, code: &str) -> (StatusCode, Value) {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
    ];
    post(house, app, "/oidc/token", &fields).await
}

#[tokio::test]
async fn what_an_application_reads_of_us_is_there() {
    let house = House::open().await;
    let document = house.browser().get("/.well-known/openid-configuration").await;
    let document: Value = serde_json::from_str(&document.body).unwrap();
    let issuer = house.rig.house.policy.public_url.as_str();
    assert_eq!(document["issuer"], issuer);
    for (name, value) in document.as_object().unwrap() {
        if name.ends_with("_endpoint") || name == "jwks_uri" {
            let path = value.as_str().unwrap().strip_prefix(issuer).unwrap();
            let there = http_edge::doors::DOORS.iter().any(|door| door.path == path);
            assert!(there, "{name}: {path}");
        }
    }
    let keys = house.browser().get("/oidc/jwks").await;
    let keys: Value = serde_json::from_str(&keys.body).unwrap();
    assert_eq!(keys["keys"][0]["kty"], "EC");
    assert_eq!(keys["keys"][0]["d"], Value::Null);
}

#[tokio::test]
async fn a_browser_brings_a_code_and_the_application_exchanges_it() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let fields = answered(&asks(&mut browser, &app, &[]).await);
    assert_eq!(
        (fields["state"].as_str(), fields["iss"].as_str()),
        ("st", house.rig.house.policy.public_url.as_str())
    );
    let (status, tokens) = exchange(&house, &app, &fields["code"]).await;
    assert_eq!((status, &tokens["token_type"]), (StatusCode::OK, &"Bearer".into()), "{tokens}");
    let said = claims(tokens["id_token"].as_str().unwrap());
    let token = tokens["access_token"].as_str().unwrap();
    for (method, header, fields) in [
        (Method::GET, true, &[][..]),
        (Method::POST, true, &[]),
        (Method::POST, false, &[("access_token", token)]),
    ] {
        let mut line = house.browser();
        line.site = None;
        line.bearer = header.then(|| token.to_owned());
        let told = line.send(&method, "/oidc/userinfo", fields).await;
        let told: Value = serde_json::from_str(&told.body).unwrap();
        assert_eq!(told["sub"], said["sub"], "{method}");
    }
    let mut twice = house.browser();
    twice.bearer = Some(token.to_owned());
    let both = twice.send(&Method::POST, "/oidc/userinfo", &[("access_token", token)]).await;
    assert_eq!(both.status, StatusCode::BAD_REQUEST, "two ways at once");
    let in_address = house.browser().get(&format!("/oidc/userinfo?access_token={token}")).await;
    assert_eq!(in_address.status, StatusCode::UNAUTHORIZED, "never in an address");
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let (status, _) = post(&house, &app, "/oidc/token", &fields).await;
    assert_eq!(status, StatusCode::OK);
    let (status, looked) = post(&house, &app, "/oidc/introspect", &[("token", token)]).await;
    assert_eq!((status, &looked["active"]), (StatusCode::OK, &true.into()));
    let (status, _) = post(&house, &app, "/oidc/revoke", &[("token", token)]).await;
    assert_eq!(status, StatusCode::OK);
    let (_, looked) = post(&house, &app, "/oidc/introspect", &[("token", token)]).await;
    assert_eq!(looked["active"], false);
}

#[tokio::test]
async fn a_sign_in_for_an_application_ends_on_a_page_that_leads_there() {
    let house = House::open().await;
    let app = house.rig.application("app", "").await;
    let mut browser = house.browser();
    let phone = house.enrol(&mut house.browser(), 1).await;
    let asked = asks(&mut browser, &app, &[("login_hint", "p1"), ("ui_locales", "en")]).await;
    let flow = asked.to.strip_prefix("/log-ind/").unwrap().strip_suffix("?sprog=en").unwrap().to_owned();
    browser.get(&format!("/log-ind/{flow}?sprog=en")).await;
    let page = browser.get(&format!("/log-ind/{flow}")).await.body;
    assert!(page.contains("An application") && page.contains("value=\"p1\"") && page.contains("lang=\"en\""));
    let password = [("flow", flow.as_str()), ("user_name", "p1"), ("password", testkit::PASSWORD)];
    browser.post("log-ind", &password).await;
    house.rig.clock.advance(domain::SignedDuration::from_secs(30));
    let code = phone.code(house.rig.cx().now);
    let done = browser.post("kode", &[("flow", &flow), ("code", &code)]).await;
    assert_eq!(done.to, format!("/svar/{flow}"));
    let page = browser.get(&done.to).await;
    assert_eq!(page.status, StatusCode::OK, "no redirect, which the policy of the form before would stop");
    assert!(
        page.body.contains("location.replace") && page.body.contains(&format!("{BACK}?code=")),
        "{}",
        page.body
    );
    assert_eq!(house.rig.events(EventKind::CodeIssued).await, 1);
    assert_eq!(browser.get(&done.to).await.status, StatusCode::GONE, "once");
}

#[tokio::test]
async fn who_gives_up_is_led_back_with_a_no_by_her_own_browser_alone_and_stays_signed_in() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let asked = asks(&mut browser, &app, &[("prompt", "login"), ("response_mode", "form_post")]).await;
    let flow = asked.to.strip_prefix("/log-ind/").unwrap().to_owned();
    let gives_up = [("flow", flow.as_str())];
    assert_eq!(house.browser().post("afbryd", &gives_up).await.to, "/log-ind", "another browser's");
    let mut elsewhere = browser.clone();
    elsewhere.site = Some("cross-site");
    assert_ne!(elsewhere.post("afbryd", &gives_up).await.to, format!("/svar/{flow}"), "another site's");
    assert_eq!(browser.get(&asked.to).await.status, StatusCode::OK, "it goes on");
    assert_eq!(browser.post("afbryd", &gives_up).await.to, format!("/svar/{flow}"));
    let password = [("flow", flow.as_str()), ("user_name", "p1"), ("password", testkit::PASSWORD)];
    let older = browser.post("log-ind", &password).await.to;
    assert_eq!(browser.get(&older).await.to, format!("/svar/{flow}"), "an older form leads there too");
    let page = browser.get(&format!("/svar/{flow}")).await;
    let fields = ["value=\"access_denied\"", "name=\"state\" value=\"st\"", "name=\"iss\""];
    assert!(page.body.contains(&format!("action=\"{BACK}\"")), "{}", page.body);
    assert!(fields.iter().all(|field| page.body.contains(field)), "{}", page.body);
    assert!(!page.body.contains("name=\"code\""));
    assert_eq!(browser.get(&format!("/svar/{flow}")).await.status, StatusCode::GONE, "once");
    assert_eq!(browser.get("/overblik").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_answer_by_form_is_posted_to_the_application_alone() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let page = asks(&mut browser, &app, &[("response_mode", "form_post"), ("state", "\"><script>")]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&format!("action=\"{BACK}\"")) && page.body.contains("name=\"code\""));
    assert!(!page.body.contains("\"><script>"), "what it wants back is escaped");
    let refused = asks(
        &mut house.browser(),
        &app,
        &[("response_mode", "form_post"), ("prompt", "none"), ("state", "\"><script>")],
    )
    .await;
    assert!(refused.body.contains("login_required") && refused.body.contains(&format!("action=\"{BACK}\"")));
    assert!(!refused.body.contains("\"><script>"));
}

#[tokio::test]
async fn the_page_that_carries_an_answer_is_the_same_for_everybody_but_for_the_answer() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let name = house.rig.person(1).await.full_name();
    let form = [("response_mode", "form_post"), ("state", "maerke5felt\"'<b>&maerke6indhold")];
    for (lang, title) in [("da", "Du er logget ind"), ("en", "You are signed in")] {
        browser.get(&format!("/log-ind?sprog={lang}")).await;
        let mut seen = Vec::new();
        for _ in 0..2 {
            let Answer { body, policy, .. } = asks(&mut browser, &app, &form).await;
            let nonce = policy.split_once("'nonce-").unwrap().1.split('\'').next().unwrap();
            assert_eq!(
                policy,
                format!(
                    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; \
                     font-src 'self'; connect-src 'self'; form-action 'self' https://app.example; \
                     base-uri 'none'; frame-ancestors 'none'"
                )
            );
            for part in [
                format!("<html lang=\"{lang}\""),
                format!("<h1>{title}</h1>"),
                "value=\"maerke5felt&quot;&#39;&lt;b&gt;&amp;maerke6indhold\"".to_owned(),
                "href=\"/oidc/authorize?sprog=".to_owned(),
                "href=\"/spaer\"".to_owned(),
                "href=\"tel:70000000\"".to_owned(),
            ] {
                assert_eq!(body.matches(&part).count(), 1, "{part}: {body}");
            }
            assert!(body.contains(&format!("<script nonce=\"{nonce}\"")), "{body}");
            assert!(!body.contains(&name) && body.matches("maerke").count() == 2, "{body}");
            let code = body.split_once("name=\"code\" value=\"").unwrap().1.split('"').next().unwrap();
            seen.push((code.to_owned(), nonce.to_owned(), body.replace(code, "").replace(nonce, "")));
        }
        let [(code, nonce, page), (other_code, other_nonce, other)] = seen.as_slice() else { unreachable!() };
        assert!(code != other_code && nonce != other_nonce);
        assert_eq!(page, other);
    }
}

#[tokio::test]
async fn a_form_of_another_site_is_asked_again_as_a_look() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let parameters = app.asks(&[("state", "a&b=c\r\nx: y")]);
    let fields: Vec<_> = parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut elsewhere = house.browser();
    elsewhere.site = Some("cross-site");
    let sent_on = elsewhere.send(&Method::POST, "/oidc/authorize", &fields).await;
    assert_eq!(sent_on.status, StatusCode::SEE_OTHER);
    let fields = answered(&browser.get(&sent_on.to).await);
    assert_eq!(fields["state"], "a&b=c\r\nx: y");
    let twice =
        elsewhere.send(&Method::POST, "/oidc/authorize", &[("client_id", "app"), ("client_id", "b")]).await;
    assert_eq!(browser.get(&twice.to).await.to, "/log-ind/fejl", "what may mean two things");
}

#[tokio::test]
async fn whatever_cannot_be_trusted_ends_on_a_page_of_ours() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let good = query(&app, &[]);
    for query in [
        String::new(),
        good.replace("client_id=app", "client_id=other"),
        good.replace("back", "evil"),
        format!("{good}&client_id=app"),
        format!("{good}&redirect_uri=https%3A%2F%2Fevil.example"),
        format!("{good}&redirect%5Furi=https%3A%2F%2Fevil.example"),
        format!("{good}&request_uri=https%3A%2F%2Fevil.example"),
        "%ff=%ff&client_id=app".to_owned(),
    ] {
        let answer = browser.get(&format!("/oidc/authorize?{query}")).await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, "/log-ind/fejl"), "{query}");
    }
    assert_eq!(house.rig.events(EventKind::CodeIssued).await, 0);
    assert_eq!(house.rig.events(EventKind::ApplicationRefused).await, 8, "each is in the trail");
}

#[tokio::test]
async fn who_does_not_prove_itself_is_told_so_and_no_more() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let code = answered(&asks(&mut browser, &app, &[]).await)["code"].clone();
    for path in ["/oidc/token", "/oidc/par", "/oidc/introspect", "/oidc/revoke"] {
        for basic in
            [None, Some(("app".to_owned(), "guess".to_owned())), Some(("nobody".to_owned(), "x".to_owned()))]
        {
            let mut line = browser.clone();
            line.basic = basic.clone();
            let fields = [("code", code.as_str()), ("grant_type", "authorization_code"), ("token", "x")];
            let answer = line.send(&Method::POST, path, &fields).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path} {basic:?}");
            let said: Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!(said["error"], "invalid_client");
        }
    }
    let (status, said) =
        post(&house, &app, "/oidc/token", &[("grant_type", "password"), ("username", "p1")]).await;
    assert_eq!((status, &said["error"]), (StatusCode::BAD_REQUEST, &"unsupported_grant_type".into()));
    let (status, _) = exchange(&house, &app, &code).await;
    assert_eq!(status, StatusCode::OK, "guesses of others spent nothing");
    let (status, said) = exchange(&house, &app, &code).await;
    assert_eq!((status, &said["error"]), (StatusCode::BAD_REQUEST, &"invalid_grant".into()));
}

#[tokio::test]
async fn a_browser_is_logged_out_by_who_shows_that_it_may() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let code = answered(&asks(&mut browser, &app, &[]).await)["code"].clone();
    let (_, tokens) = exchange(&house, &app, &code).await;
    let hint = tokens["id_token"].as_str().unwrap();
    assert_eq!(browser.get("/oidc/logout").await.to, "/log-af", "a mere link asks her");
    assert_eq!(browser.get("/log-af").await.status, StatusCode::OK);
    let evil =
        format!("/oidc/logout?id_token_hint={hint}&post_logout_redirect_uri=https%3A%2F%2Fevil.example");
    assert_eq!(browser.get(&evil).await.to, "/log-ind/fejl");
    assert_eq!(browser.get("/overblik").await.status, StatusCode::OK, "still here");
    let out =
        [("id_token_hint", hint), ("post_logout_redirect_uri", "https://app.example/out"), ("state", "s")];
    let mut elsewhere = house.browser();
    elsewhere.site = Some("cross-site");
    let sent_on = elsewhere.send(&Method::POST, "/oidc/logout", &out).await;
    let kept = browser.told_to_keep.len();
    assert_eq!(browser.get(&sent_on.to).await.to, "https://app.example/out?state=s");
    assert!(browser.told_to_keep.len() > kept, "with another cookie, as by every sign-out");
    assert_eq!(browser.get("/overblik").await.to, "/log-ind");
    assert_eq!(browser.get("/log-af").await.to, "/logget-ud");
}
