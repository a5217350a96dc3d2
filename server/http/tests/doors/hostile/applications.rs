//! The same by OpenID Connect.

use super::newest;
use crate::house::House;
use crate::oidc::{answered, asks, exchange, post, signed_in};
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::audit::EventKind;
use serde_json::{Value, json};
use testkit::{BACK, VERIFIER};

/// The newest event says that an application was refused, for this.
async fn noted(house: &House, why: &str) {
    let (kind, facts) = newest(house).await;
    assert_eq!((kind.as_str(), facts["why"].as_str()), ("oidc.refused", Some(why)), "{facts}");
}

#[tokio::test]
async fn a_code_brought_wrongly_is_refused_with_an_event_and_buys_nothing() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    let thief = house.rig.application("thief", "").await;
    let wrong = "another-verifier-that-is-long-enough-to-be-one";
    for (who, verifier, why) in [(&app, wrong, "code-verifier"), (&thief, VERIFIER, "code-other-client")] {
        let code = answered(&asks(&mut browser, &app, &[]).await)["code"].clone();
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", BACK),
            ("code_verifier", verifier),
        ];
        let (status, said) = post(&house, who, "/oidc/token", &fields).await;
        assert_eq!((status, &said["error"]), (StatusCode::BAD_REQUEST, &"invalid_grant".into()), "{why}");
        noted(&house, why).await;
        assert_eq!(exchange(&house, &app, &code).await.0, StatusCode::BAD_REQUEST, "it is spent");
        noted(&house, "code-over").await;
    }
    let code = answered(&asks(&mut browser, &app, &[]).await)["code"].clone();
    let (_, tokens) = exchange(&house, &app, &code).await;
    assert_eq!(exchange(&house, &app, &code).await.0, StatusCode::BAD_REQUEST);
    noted(&house, "code-used-twice").await;
    assert_eq!(house.rig.events(EventKind::TokenReused).await, 3, "each time somebody had it who should not");
    let mut line = house.browser();
    line.bearer = tokens["access_token"].as_str().map(str::to_owned);
    assert_eq!(line.get("/oidc/userinfo").await.status, StatusCode::UNAUTHORIZED, "nor does what came of it");
}

#[tokio::test]
async fn a_request_that_leads_elsewhere_comes_again_or_may_ask_nobody_is_refused_with_an_event() {
    let house = House::open().await;
    let (mut browser, app) = signed_in(&house).await;
    for evil in [
        "https://evil.example/back",
        "https://app.example/back/../evil",
        "javascript:alert(1)",
        "//evil.example",
    ] {
        let answer = asks(&mut browser, &app, &[("redirect_uri", evil)]).await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, "/log-ind/fejl"), "{evil}");
        noted(&house, "redirect-uri").await;
    }
    answered(&asks(&mut browser, &app, &[("nonce", "the same")]).await);
    let again = answered(&asks(&mut browser, &app, &[("nonce", "the same")]).await);
    assert_eq!((again["error"].as_str(), again.get("code")), ("invalid_request", None));
    noted(&house, "nonce-replayed").await;
    let nobody = answered(&asks(&mut house.browser(), &app, &[("prompt", "none")]).await);
    assert_eq!((nobody["error"].as_str(), nobody.get("code")), ("login_required", None));
    noted(&house, "passive").await;
    let plain = answered(&asks(&mut browser, &app, &[("code_challenge_method", "plain")]).await);
    assert_eq!(plain["error"], "invalid_request");
    noted(&house, "challenge-method").await;
    assert_eq!(house.rig.events(EventKind::CodeIssued).await, 1);
}

/// A statement whose head says something else.
fn with_head(statement: &str, head: &Value) -> String {
    let (_, rest) = statement.split_once('.').unwrap();
    format!("{}.{rest}", URL_SAFE_NO_PAD.encode(head.to_string()))
}

#[tokio::test]
async fn a_statement_with_another_algorithm_or_key_proves_nobody_and_leaves_an_event() {
    let house = House::open().await;
    let app = house.rig.application_with_key("with-key", "").await;
    let own = json!({ "kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA" });
    let heads = [
        (json!({ "alg": "none" }), "assertion-head"),
        (json!({ "alg": "nOnE" }), "assertion-head"),
        (json!({ "alg": "HS256" }), "assertion-algorithm"),
        (json!({ "alg": "RS384" }), "assertion-algorithm"),
        (json!({ "alg": "RS256" }), "assertion-key"),
        (json!({ "alg": "ES256", "kid": "../../etc/passwd" }), "assertion-key"),
        (json!({ "alg": "ES256", "kid": "k' or '1'='1" }), "assertion-key"),
        (json!({ "alg": "ES256", "jku": "https://evil.example/jwks" }), "assertion-signature"),
        (json!({ "alg": "ES256", "x5u": "https://evil.example/cert" }), "assertion-signature"),
        (json!({ "alg": "ES256", "jwk": own }), "assertion-signature"),
    ];
    for (at, (head, why)) in heads.iter().enumerate() {
        let cx = house.rig.cx();
        let mut fields = app.states(&cx, &format!("statement-{at}"));
        let statement = fields.get_mut("client_assertion").unwrap();
        *statement = with_head(statement, head);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut line = house.browser();
        line.site = None;
        let fields = [&fields[..], &[("grant_type", "authorization_code"), ("code", "x")]].concat();
        let answer = line.send(&Method::POST, "/oidc/token", &fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{head}");
        let said: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(said["error"], "invalid_client", "{head}");
        noted(&house, why).await;
    }
}
