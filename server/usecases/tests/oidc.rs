//! An application asks by OpenID Connect: it is answered only at its own address, its code counts once, and nothing it holds
//! outlives a block.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::ids::FlowId;
use domain::issue::Missing;
use domain::notice::Template;
use domain::oidc::refusal::ErrorCode;
use domain::standing::Origin;
use domain::visit::Ending;
use std::sync::Arc;
use testkit::{
    App, Application, BACK, OwnCertificate, PlainOutside, Rig, StubLine, VERIFIER, claims, field, sent_to,
};
use usecases::block_by_session::block_by_session;
use usecases::context::Cx;
use usecases::end_visits::{end_visits, services_to_tell};
use usecases::exchange_code::exchange_code;
use usecases::flows::NoFlow;
use usecases::give_claims::give_claims;
use usecases::give_up::{NotGivenUp, give_up};
use usecases::introspect::introspect;
use usecases::issue::NotIssued;
use usecases::issue_code::issue_code;
use usecases::leave::{Left, leave};
use usecases::make_token_keys::make_token_keys;
use usecases::mint::Tokens;
use usecases::ports::oidc::{Parameters, Reply};
use usecases::ports::saml::SoapLine;
use usecases::prove_client::{NotServed, Shown};
use usecases::push_request::push_request;
use usecases::receive_authorize::{Begun, NotBegun, receive_authorize};
use usecases::refresh_tokens::refresh_tokens;
use usecases::revoke_tokens::revoke_tokens;
use usecases::save_client::{NotSaved, Registering, save_client};
use usecases::see_sessions::see_sessions;
use usecases::who::{sign_out, who};

const SUBSTANTIAL: &str = "https://data.gov.dk/concept/core/nsis/loa/Substantial";
const HIGH: &str = "https://data.gov.dk/concept/core/nsis/loa/High";
const REFRESH: &str = r#", "grant_types": ["authorization_code", "refresh_token"], "claims": ["name", "cvr"],
    "backchannel_logout_uri": "https://app.example/bc", "post_logout_redirect_uris": ["https://app.example/out"]"#;

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

/// A connected application, and somebody who finished day one and is signed in in browser 1.
async fn signed_in(rig: &Rig) -> (Application, App) {
    let app = rig.application("app", REFRESH).await;
    let phone = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &phone).await;
    (app, phone)
}

async fn tokens(rig: &Rig, app: &Application) -> Tokens {
    let code = app.code(&rig.cx(), &[]).await;
    app.exchange(&rig.cx(), &code).await.unwrap()
}

fn refused<T: core::fmt::Debug>(outcome: Result<T, NotServed>) -> (ErrorCode, &'static str) {
    match outcome {
        Err(NotServed::Refused(refusal)) => (refusal.code, refusal.why),
        other => panic!("not refused: {other:?}"),
    }
}

fn no_grant<T: core::fmt::Debug>(outcome: Result<T, NotServed>) -> &'static str {
    let (code, why) = refused(outcome);
    assert_eq!(code, ErrorCode::InvalidGrant, "{why}");
    why
}

fn reply(begun: Result<Begun, NotBegun>) -> Reply {
    match begun.unwrap() {
        Begun::Answered(reply) => reply,
        other => panic!("not answered: {other:?}"),
    }
}

fn error(begun: Result<Begun, NotBegun>) -> String {
    let reply = reply(begun);
    assert_eq!(reply.to.redirect_uri, BACK);
    assert_eq!(field(&reply, "code"), None);
    field(&reply, "error").expect("an error")
}

fn sign_in_first(begun: Result<Begun, NotBegun>) -> FlowId {
    match begun.unwrap() {
        Begun::SignIn { flow, .. } => flow,
        other => panic!("no sign-in: {other:?}"),
    }
}

/// None of these counts any more.
async fn all_dead(rig: &Rig, app: &Application, tokens: &Tokens) {
    let told = give_claims(&rig.cx(), &tokens.access_token, None).await;
    assert_eq!(refused(told).0, ErrorCode::InvalidToken);
    if let Some(refresh) = &tokens.refresh_token {
        no_grant(app.refresh(&rig.cx(), refresh).await);
    }
    let looked = introspect(&rig.cx(), &app.shows(&rig.cx(), &[("token", &tokens.access_token)])).await;
    assert_eq!(looked.unwrap(), serde_json::json!({ "active": false }));
}

testkit::on_both! {
    a_request_leads_through_a_sign_in_to_a_code_and_its_tokens
    who_gives_up_on_the_way_to_an_application_is_denied_once_and_gets_no_code
    a_code_used_twice_kills_what_came_of_it
    of_two_who_exchange_a_code_at_once_one_gets_tokens
    a_block_kills_codes_and_tokens_and_tells_the_application
    a_refresh_token_used_twice_holds_the_login
    of_two_who_refresh_at_once_one_gets_tokens_and_the_login_is_held
    a_pushed_request_is_used_once_by_its_own_client
    every_row_of_an_application_names_what_it_answers_and_why_it_could
    a_statement_counts_once
    a_sign_out_kills_tokens_and_tells_the_application
    what_a_certificate_bought_counts_with_that_certificate_alone
}

/// RFC 8705, where only what the application registered counts.
async fn what_a_certificate_bought_counts_with_that_certificate_alone(rig: Rig) {
    let (first, second) = (OwnCertificate::until(2030), OwnCertificate::until(2030));
    let (over, stranger) = (OwnCertificate::until(2026), OwnCertificate::until(2030));
    let own = [first.clone(), second.clone(), over.clone()];
    let app = rig.application_with_certificates("app", &own, REFRESH).await;
    let phone = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &phone).await;
    let code = app.code(&rig.cx(), &[]).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
    ];
    let with = |fields: &[(&str, &str)], certificate: Option<&OwnCertificate>| Shown {
        certificate: certificate.map(|it| it.der.clone()),
        ..app.shows(&rig.cx(), fields)
    };
    let cases = [
        (None, "certificate-missing"),
        (Some(&stranger), "certificate-other"),
        (Some(&over), "certificate-out-of-time"),
    ];
    for (certificate, why) in cases {
        let outcome = exchange_code(&rig.cx(), &with(&fields, certificate)).await;
        assert_eq!(refused(outcome), (ErrorCode::InvalidClient, why));
    }
    let mut two = with(&fields, Some(&first));
    two.basic = Some(("app".to_owned(), "guess".to_owned()));
    assert_eq!(refused(exchange_code(&rig.cx(), &two).await).1, "another-way");
    assert_eq!(rig.events(EventKind::ApplicationRefused).await, 4);
    // Nobody who did not prove himself spent it.
    let tokens = exchange_code(&rig.cx(), &with(&fields, Some(&first))).await.unwrap();
    let token = tokens.access_token.as_str();
    let shown = |certificate: Option<&OwnCertificate>| certificate.map(|it| it.der.clone());
    for wrong in [None, Some(&second), Some(&stranger)] {
        let told = give_claims(&rig.cx(), token, shown(wrong).as_deref()).await;
        assert_eq!(refused(told), (ErrorCode::InvalidToken, "token-other-certificate"));
    }
    give_claims(&rig.cx(), token, Some(&first.der)).await.unwrap();
    let looked = introspect(&rig.cx(), &with(&[("token", token)], Some(&second))).await.unwrap();
    assert_eq!(looked["active"], true);
    let thumbprint = looked["cnf"]["x5t#S256"].as_str().unwrap().to_owned();
    assert_eq!(thumbprint.len(), 43, "SHA-256, base64url");
    // A new certificate takes over with the next exchange.
    let refresh = tokens.refresh_token.unwrap();
    let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    let refused_refresh = refresh_tokens(&rig.cx(), &with(&fields, Some(&stranger))).await;
    assert_eq!(refused(refused_refresh).1, "certificate-other");
    let renewed = refresh_tokens(&rig.cx(), &with(&fields, Some(&second))).await.unwrap();
    assert!(give_claims(&rig.cx(), &renewed.access_token, Some(&first.der)).await.is_err());
    give_claims(&rig.cx(), &renewed.access_token, Some(&second.der)).await.unwrap();
    let looked =
        introspect(&rig.cx(), &with(&[("token", renewed.access_token.as_str())], Some(&second))).await;
    assert_ne!(looked.unwrap()["cnf"]["x5t#S256"], thumbprint.as_str());
    // A certificate says nothing where another way was registered.
    let secret = rig.application("app-2", REFRESH).await;
    let token = self::tokens(&rig, &secret).await.access_token;
    give_claims(&rig.cx(), &token, None).await.unwrap();
    let looked = introspect(&rig.cx(), &secret.shows(&rig.cx(), &[("token", &token)])).await.unwrap();
    assert!(looked.get("cnf").is_none());
    let mut bare = secret.shows(&rig.cx(), &[("token", &token), ("client_id", "app-2")]);
    (bare.basic, bare.certificate) = (None, Some(first.der));
    assert_eq!(refused(introspect(&rig.cx(), &bare).await).1, "another-way");
}

async fn a_request_leads_through_a_sign_in_to_a_code_and_its_tokens(rig: Rig) {
    let app = rig.application("app", REFRESH).await;
    let phone = rig.enrol(1, 0).await;
    let asks = [("acr_values", SUBSTANTIAL), ("login_hint", "p0"), ("nonce", "n-1")];
    let flow = sign_in_first(app.ask(&rig.cx(), &asks).await);
    assert!(matches!(issue_code(&rig.cx(), flow).await, Err(NotIssued::Step(Missing::SignIn))));
    rig.show_password(&rig.cx(), flow, 0).await;
    assert!(rig.show_code(1, flow, &phone).await.to_service);
    let answer = issue_code(&rig.cx(), flow).await.unwrap();
    assert!(
        matches!(issue_code(&rig.cx(), flow).await, Err(NotIssued::NoFlow(NoFlow::Gone))),
        "answered once"
    );
    assert_eq!((answer.to.redirect_uri.as_str(), field(&answer, "state").as_deref()), (BACK, Some("st")));
    assert_eq!(field(&answer, "iss"), Some(rig.house.policy.public_url.clone()), "RFC 9207");
    let tokens = app.exchange(&rig.cx(), &field(&answer, "code").unwrap()).await.unwrap();
    let said = claims(&tokens.id_token);
    for (name, value) in [("aud", "app"), ("nonce", "n-1"), ("acr", SUBSTANTIAL), ("loa", "Substantial")] {
        assert_eq!(said[name], value, "{name}");
    }
    assert_eq!(said["amr"], serde_json::json!(["pwd", "otp", "mfa"]));
    assert!(!said.contains_key("name"), "nobody asked for it there");
    let told = give_claims(&rig.cx(), &tokens.access_token, None).await.unwrap();
    assert_eq!(told["sub"], said["sub"]);
    assert!(told["name"].as_str().is_some_and(|name| !name.is_empty()) && told["cvr"] == "00000000");
    assert!(!told.contains_key("email"), "asked for, and not released to this application");
    assert_eq!((tokens.expires_in, tokens.scope.as_str()), (600, "openid profile email organisation"));
    let kinds =
        [EventKind::ApplicationAsked, EventKind::CodeIssued, EventKind::TokenIssued, EventKind::ClaimsTold];
    for kind in kinds {
        assert_eq!(rig.events(kind).await, 1, "{kind:?}");
    }
    let here = who(&rig.cx()).await.unwrap().unwrap();
    let (_, services) = see_sessions(&rig.cx(), &here).await.unwrap();
    assert_eq!(services.len(), 1);
    assert_eq!(services[0].name, "An application");
}

/// What the rows of this kind say, oldest first.
async fn rows(rig: &Rig, kind: EventKind) -> Vec<serde_json::Value> {
    let rows = rig.look().await.unsequenced(10_000).await.unwrap();
    let of_kind = rows.iter().filter(|row| row.kind == kind.word());
    of_kind.map(|row| serde_json::from_str(&row.facts).unwrap()).collect()
}

/// NSIS 6.7: from the request that was pushed to the tokens a refresh gave, each row names the one before it.
async fn every_row_of_an_application_names_what_it_answers_and_why_it_could(rig: Rig) {
    let (app, _) = signed_in(&rig).await;
    let asked = app.asks(&[]);
    let fields: Vec<_> = asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let named = push_request(&rig.cx(), &app.shows(&rig.cx(), &fields)).await.unwrap();
    let only = [("client_id", "app"), ("request_uri", named.as_str())];
    let only: Parameters = only.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let here = who(&rig.cx()).await.unwrap();
    let answer = reply(receive_authorize(&rig.cx(), here, &only).await);
    let first = app.exchange(&rig.cx(), &field(&answer, "code").unwrap()).await.unwrap();
    give_claims(&rig.cx(), &first.access_token, None).await.unwrap();
    let second = app.refresh(&rig.cx(), first.refresh_token.as_ref().unwrap()).await.unwrap();
    let requests = rows(&rig, EventKind::ApplicationAsked).await;
    assert_eq!((requests.len(), &requests[0]["at"]), (2, &"par".into()));
    let message = &requests[0]["message"];
    assert_eq!(&requests[1]["message"], message, "what was pushed is what its browser brought");
    let code = &rows(&rig, EventKind::CodeIssued).await[0];
    let issued = &rows(&rig, EventKind::TokenIssued).await[0];
    let told = &rows(&rig, EventKind::ClaimsTold).await[0];
    let renewed = &rows(&rig, EventKind::TokenRenewed).await[0];
    assert_eq!((&code["in-response-to"], &code["cause"]), (message, &"Session".into()));
    assert_eq!((&issued["in-response-to"], &issued["cause"]), (&code["response"], &"Exchange".into()));
    assert_eq!(told["in-response-to"], issued["response"]);
    assert_eq!((&renewed["in-response-to"], &renewed["cause"]), (&issued["response"], &"Exchange".into()));
    for (tokens, row) in [(&first, issued), (&second, renewed)] {
        assert_eq!(claims(&tokens.id_token)["jti"], row["response"], "the very token is found");
    }
    assert!([code, issued, told, renewed].iter().all(|row| row["encrypted"] == "false"));
    let other = app.code(&rig.cx(), &[]).await;
    assert!(!other.is_empty());
    let again = &rows(&rig, EventKind::ApplicationAsked).await[2]["message"];
    assert_ne!(again, message, "another request has another id");
    error(app.ask(&rig.browser(2), &[("prompt", "none")]).await);
    let (asked, no) =
        (rows(&rig, EventKind::ApplicationAsked).await, rows(&rig, EventKind::ApplicationRefused).await);
    assert_eq!(no[0]["in-response-to"], asked[3]["message"], "a no names its request too");
}

async fn who_gives_up_on_the_way_to_an_application_is_denied_once_and_gets_no_code(rig: Rig) {
    let app = rig.application("app", REFRESH).await;
    let phone = rig.enrol(1, 0).await;
    for (signs_in, nonce) in [(false, "n-1"), (true, "n-2")] {
        let flow = sign_in_first(app.ask(&rig.cx(), &[("nonce", nonce)]).await);
        if signs_in {
            rig.show_password(&rig.cx(), flow, 0).await;
            assert!(rig.show_code(1, flow, &phone).await.to_service);
        }
        let elsewhere = give_up(&rig.browser(2), flow).await;
        assert!(matches!(elsewhere, Err(NotGivenUp::NoFlow(NoFlow::Gone))));
        for _ in 0..2 {
            give_up(&rig.cx(), flow).await.unwrap();
        }
        let no = issue_code(&rig.cx(), flow).await.unwrap();
        assert_eq!(no.to.redirect_uri, BACK);
        assert_eq!(field(&no, "error").as_deref(), Some("access_denied"), "RFC 6749 4.1.2.1");
        assert_eq!((field(&no, "state").as_deref(), field(&no, "code")), (Some("st"), None));
        assert_eq!(field(&no, "iss"), Some(rig.house.policy.public_url.clone()), "RFC 9207");
        let again = (give_up(&rig.cx(), flow).await, issue_code(&rig.cx(), flow).await);
        let gone =
            matches!(again, (Err(NotGivenUp::NoFlow(NoFlow::Gone)), Err(NotIssued::NoFlow(NoFlow::Gone))));
        assert!(gone, "answered once");
    }
    assert_eq!((rig.events(EventKind::CodeIssued).await, rig.events(EventKind::TokenRefused).await), (0, 2));
    let told = "select count(*) from audit_events where kind = 'token.refused'
                 and facts like '%\"why\":\"given-up\"%' and facts like '%\"service\":\"app\"%'";
    assert_eq!(rig.number(told).await, 2);
    app.code(&rig.cx(), &[]).await;
}

async fn a_code_used_twice_kills_what_came_of_it(rig: Rig) {
    let (app, _) = signed_in(&rig).await;
    let code = app.code(&rig.cx(), &[]).await;
    let tokens = app.exchange(&rig.cx(), &code).await.unwrap();
    give_claims(&rig.cx(), &tokens.access_token, None).await.unwrap();
    assert_eq!(no_grant(app.exchange(&rig.cx(), &code).await), "code-used-twice");
    all_dead(&rig, &app, &tokens).await;
    assert_eq!(rig.events(EventKind::TokenReused).await, 1);
    assert!(
        rig.standing(0).await.is_active(),
        "a code is in the browser's history: no reason to hold her login"
    );
}

async fn of_two_who_exchange_a_code_at_once_one_gets_tokens(rig: Rig) {
    let (app, _) = signed_in(&rig).await;
    let code = app.code(&rig.cx(), &[]).await;
    let cx = rig.cx();
    let (one, other) = tokio::join!(app.exchange(&cx, &code), app.exchange(&cx, &code));
    let got: Vec<_> = [one, other].into_iter().flatten().collect();
    assert_eq!(got.len(), 1);
    all_dead(&rig, &app, &got[0]).await;
}

async fn a_block_kills_codes_and_tokens_and_tells_the_application(rig: Rig) {
    let (app, _) = signed_in(&rig).await;
    let tokens = tokens(&rig, &app).await;
    let code = app.code(&rig.cx(), &[]).await;
    let here = who(&rig.cx()).await.unwrap().unwrap();
    block_by_session(&rig.cx(), &here).await.unwrap();
    assert_eq!(no_grant(app.exchange(&rig.cx(), &code).await), "no-longer");
    all_dead(&rig, &app, &tokens).await;
    let line = Arc::new(StubLine::default());
    line.answers(Some(""));
    let asked: Arc<dyn SoapLine> = line.clone();
    let [service] = services_to_tell(&rig.house).await.unwrap()[..] else { panic!("one is due") };
    assert_eq!(end_visits(&rig.house, &asked, service, 9).await.unwrap(), 2);
    let told = line.told();
    assert_eq!(told.len(), 2, "each of her visits there");
    let sid = |token: &str| claims(token)["sid"].as_str().unwrap().to_owned();
    assert!(told.iter().any(|it| sid(&it.token) == sid(&tokens.id_token)), "the one it knows");
    for it in &told {
        assert_eq!(it.address, "https://app.example/bc");
        let heard = claims(&it.token);
        assert_eq!((&heard["aud"], &heard["sub"]), (&"app".into(), &claims(&tokens.id_token)["sub"]));
        assert!(heard["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object());
    }
    let visits = rig.look().await.visits_of(here.person.id, rig.cx().now).await.unwrap();
    assert!(visits.iter().all(|visit| matches!(visit.ending, Ending::Confirmed(_))));
}

async fn a_refresh_token_used_twice_holds_the_login(rig: Rig) {
    let (app, phone) = signed_in(&rig).await;
    let first = tokens(&rig, &app).await;
    rig.clock.advance(SignedDuration::from_mins(9));
    let second = app.refresh(&rig.cx(), first.refresh_token.as_ref().unwrap()).await.unwrap();
    let (before, after) = (claims(&first.id_token), claims(&second.id_token));
    for same in ["sub", "aud", "iss", "auth_time", "acr", "sid"] {
        assert_eq!(before[same], after[same], "{same}");
    }
    assert!(!after.contains_key("nonce"), "it answers no request");
    give_claims(&rig.cx(), &second.access_token, None).await.unwrap();
    rig.letters().await;
    assert_eq!(
        no_grant(app.refresh(&rig.cx(), first.refresh_token.as_ref().unwrap()).await),
        "refresh-used-twice"
    );
    let standing = rig.standing(0).await;
    let hold = &standing.holds()[0];
    assert_eq!((hold.origin, hold.reason.as_str()), (Origin::Security, "refresh-token-reused"));
    all_dead(&rig, &app, &second).await;
    assert!(!sent_to(&rig.letters().await, Template::TokenReused).is_empty(), "she hears of it");
    assert_eq!(services_to_tell(&rig.house).await.unwrap(), [app.client.id], "and the application");
    no_grant(app.refresh(&rig.cx(), first.refresh_token.as_ref().unwrap()).await);
    assert_eq!(rig.standing(0).await.holds().len(), 1, "once is enough");
    let flow = rig.password_shown(2, 0).await;
    rig.clock.advance(seconds(30));
    let cx = rig.browser(2);
    assert!(usecases::show_code::show_code(&cx, flow, &phone.code(cx.now)).await.is_err(), "held");
}

async fn of_two_who_refresh_at_once_one_gets_tokens_and_the_login_is_held(rig: Rig) {
    let (app, _) = signed_in(&rig).await;
    let first = tokens(&rig, &app).await;
    let (cx, token) = (rig.cx(), first.refresh_token.as_ref().unwrap());
    let (one, other) = tokio::join!(app.refresh(&cx, token), app.refresh(&cx, token));
    let got: Vec<_> = [one, other].into_iter().flatten().collect();
    assert_eq!(got.len(), 1);
    assert!(!rig.standing(0).await.is_active());
    all_dead(&rig, &app, &got[0]).await;
}

async fn a_pushed_request_is_used_once_by_its_own_client(rig: Rig) {
    let pushed_only = r#", "require_pushed_authorization_requests": true"#;
    let app = rig.application("app", pushed_only).await;
    let other = rig.application("other", "").await;
    let phone = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &phone).await;
    assert_eq!(error(app.ask(&rig.cx(), &[]).await), "invalid_request", "it comes by the back channel only");
    let push = async |app: &Application, changes: &[(&str, &str)]| {
        let fields = app.asks(changes);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        push_request(&rig.cx(), &app.shows(&rig.cx(), &fields)).await
    };
    let uri = push(&app, &[("state", "pushed")]).await.unwrap();
    let by = |uri: &str| [("request_uri", uri.to_owned())];
    let bring = async |app: &Application, uri: &str| {
        let [(name, uri)] = by(uri);
        // What the browser says besides counts for nothing.
        app.ask(&rig.cx(), &[(name, &uri), ("state", "browser"), ("redirect_uri", "https://evil.example")])
            .await
    };
    assert!(matches!(bring(&other, &uri).await, Err(NotBegun::Refused(_))), "another client");
    let answer = reply(bring(&app, &uri).await);
    assert_eq!(field(&answer, "state").as_deref(), Some("pushed"));
    assert!(matches!(bring(&app, &uri).await, Err(NotBegun::Refused(_))), "used up");
    let late = push(&app, &[]).await.unwrap();
    rig.clock.advance(seconds(60));
    assert!(matches!(bring(&app, &late).await, Err(NotBegun::Refused(_))), "too late");
    for wrong in ["urn:ietf:params:oauth:request_uri:x", "https://evil.example/request.jwt", "urn:other"] {
        assert!(matches!(bring(&app, wrong).await, Err(NotBegun::Refused(_))), "{wrong}");
    }
    assert_eq!(refused(push(&app, &[("request_uri", "urn:x")]).await).0, ErrorCode::InvalidRequest);
    assert_eq!(refused(push(&app, &[("redirect_uri", "https://evil.example")]).await).1, "redirect-uri");
    assert_eq!(refused(push(&app, &[("client_id", "other")]).await).0, ErrorCode::InvalidClient);
}

async fn a_statement_counts_once(rig: Rig) {
    let app = rig.application_with_key("app", REFRESH).await;
    let phone = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &phone).await;
    let code = app.code(&rig.cx(), &[]).await;
    let mut parameters = app.states(&rig.cx(), "statement-1");
    parameters.extend(
        [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    let tokens =
        exchange_code(&rig.cx(), &Shown { basic: None, certificate: None, parameters: parameters.clone() })
            .await
            .unwrap();
    parameters.remove("code");
    parameters.insert("token".to_owned(), tokens.access_token.to_string());
    let replayed = introspect(&rig.cx(), &Shown { basic: None, certificate: None, parameters }).await;
    assert_eq!(refused(replayed), (ErrorCode::InvalidClient, "assertion-replayed"));
    let looked =
        introspect(&rig.cx(), &app.shows(&rig.cx(), &[("token", &tokens.access_token)])).await.unwrap();
    assert_eq!((&looked["active"], &looked["acr"]), (&true.into(), &SUBSTANTIAL.into()));
}

async fn a_sign_out_kills_tokens_and_tells_the_application(rig: Rig) {
    let (app, _) = signed_in(&rig).await;
    let tokens = tokens(&rig, &app).await;
    sign_out(&rig.cx()).await.unwrap();
    assert_eq!(services_to_tell(&rig.house).await.unwrap(), [app.client.id]);
    all_dead(&rig, &app, &tokens).await;
    assert!(rig.standing(0).await.is_active());
}

#[tokio::test]
async fn a_session_answers_only_while_it_is_fresh_enough_for_who_asks() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    app.code(&rig.cx(), &[("prompt", "none")]).await;
    sign_in_first(app.ask(&rig.cx(), &[("prompt", "login")]).await);
    sign_in_first(app.ask(&rig.cx(), &[("max_age", "0")]).await);
    let alone = rig.application("alone", r#", "single_sign_on": false"#).await;
    sign_in_first(alone.ask(&rig.cx(), &[]).await);
    assert_eq!(error(alone.ask(&rig.cx(), &[("prompt", "none")]).await), "login_required");
    rig.clock.advance(SignedDuration::from_mins(5));
    app.code(&rig.cx(), &[("max_age", "400")]).await;
    let stale = app.ask(&rig.cx(), &[("max_age", "299")]).await.unwrap();
    assert!(matches!(stale, Begun::Step(_)), "{stale:?}");
    assert_eq!(error(app.ask(&rig.cx(), &[("max_age", "299"), ("prompt", "none")]).await), "login_required");
    assert_eq!(
        error(app.ask(&rig.browser(2), &[("prompt", "none")]).await),
        "login_required",
        "nobody there"
    );
    rig.terms.publish("2.0");
    assert_eq!(error(app.ask(&rig.cx(), &[("prompt", "none")]).await), "interaction_required");
    assert!(matches!(app.ask(&rig.cx(), &[]).await.unwrap(), Begun::Step(_)), "she reads them first");
}

#[tokio::test]
async fn whom_the_application_means_by_a_hint_answers_and_nobody_else() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let hers = tokens(&rig, &app).await.id_token;
    app.code(&rig.cx(), &[("id_token_hint", &hers), ("prompt", "none")]).await;
    let phone = rig.enrol(2, 1).await;
    rig.sign_in(2, 1, &phone).await;
    let other = app.ask(&rig.browser(2), &[("id_token_hint", &hers), ("prompt", "none")]).await;
    assert_eq!(error(other), "login_required");
    assert_eq!(error(app.ask(&rig.cx(), &[("id_token_hint", "x.y.z")]).await), "invalid_request");
}

#[tokio::test]
async fn a_level_nobody_has_is_refused_to_the_application() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let unmet = "unmet_authentication_requirements";
    assert_eq!(error(app.ask(&rig.cx(), &[("acr_values", HIGH)]).await), unmet);
    assert_eq!(
        error(app.ask(&rig.browser(2), &[("acr_values", HIGH)]).await),
        unmet,
        "before anybody signs in"
    );
    let essential = format!(r#"{{"id_token":{{"acr":{{"essential":true,"values":["{HIGH}"]}}}}}}"#);
    assert_eq!(error(app.ask(&rig.cx(), &[("claims", &essential)]).await), unmet);
    app.code(&rig.cx(), &[("acr_values", &format!("{HIGH} {SUBSTANTIAL}"))]).await;
    assert_eq!(rig.events(EventKind::ApplicationRefused).await, 3);
}

#[tokio::test]
async fn a_request_is_made_once_and_a_copy_of_it_is_refused() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let other = rig.application("other", "").await;
    let copied = [("nonce", "the same")];
    app.code(&rig.cx(), &copied).await;
    assert_eq!(error(app.ask(&rig.cx(), &copied).await), "invalid_request");
    assert_eq!(error(app.ask(&rig.browser(2), &copied).await), "invalid_request", "in another browser too");
    other.code(&rig.cx(), &copied).await;
    app.code(&rig.cx(), &[("nonce", "")]).await;
    app.code(&rig.cx(), &[("nonce", "")]).await;
    assert_eq!(rig.events(EventKind::CodeIssued).await, 4, "one is demanded of nobody");
}

#[tokio::test]
async fn a_source_of_refused_requests_leaves_so_many_events_a_minute_and_stops_nobody() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    for n in 0..15 {
        let begun = app.ask(&rig.cx(), &[("client_id", "nobody")]).await;
        assert!(matches!(begun, Err(NotBegun::Refused(_))), "{n}");
        let shown = app.shows(&rig.cx(), &[("code", "made up"), ("redirect_uri", BACK)]);
        refused(exchange_code(&rig.cx(), &shown).await);
    }
    assert_eq!(rig.events(EventKind::ApplicationRefused).await, 20, "one limit for all of it");
    for _ in 0..25 {
        assert_eq!(error(app.ask(&rig.browser(2), &[("prompt", "none")]).await), "login_required");
    }
    assert_eq!(rig.events(EventKind::ApplicationRefused).await, 40, "nothing is wrong in these");
    app.code(&rig.cx(), &[]).await;
    rig.clock.advance(SignedDuration::from_mins(1));
    assert!(app.ask(&rig.cx(), &[("client_id", "nobody")]).await.is_err());
    assert_eq!(rig.events(EventKind::ApplicationRefused).await, 41, "the next minute");
}

#[tokio::test]
async fn nothing_is_sent_to_an_address_that_was_not_proved() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let nowhere = async |changes: &[(&str, &str)]| {
        let begun = app.ask(&rig.cx(), changes).await;
        assert!(matches!(begun, Err(NotBegun::Refused(_))), "{changes:?}: {begun:?}");
    };
    nowhere(&[("client_id", "nobody")]).await;
    nowhere(&[("client_id", "")]).await;
    nowhere(&[("client_id", "app' or '1'='1")]).await;
    nowhere(&[("redirect_uri", "https://evil.example/back")]).await;
    nowhere(&[("redirect_uri", "https://app.example/back/../evil")]).await;
    nowhere(&[("redirect_uri", ""), ("response_type", "token")]).await;
    let nothing = receive_authorize(&rig.cx(), None, &Parameters::new()).await;
    assert!(matches!(nothing, Err(NotBegun::Refused(_))));
    assert_eq!(rig.events(EventKind::ApplicationRefused).await, 7, "each is in the trail");
    assert_eq!(rig.events(EventKind::CodeIssued).await, 0);
}

#[tokio::test]
async fn whoever_brings_a_code_wrongly_leaves_nothing_to_try_again_with() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let thief = rig.application("thief", REFRESH).await;
    for (changes, why) in [
        (("code_verifier", "another-verifier-that-is-long-enough-to-be-one"), "code-verifier"),
        (("code_verifier", "short"), "code-verifier"),
        (("redirect_uri", "https://app.example/back2"), "code-other-redirect"),
    ] {
        let code = app.code(&rig.cx(), &[]).await;
        assert_eq!(no_grant(app.exchange_with(&rig.cx(), &code, &[changes]).await), why);
        assert_eq!(no_grant(app.exchange(&rig.cx(), &code).await), "code-over", "{why}");
    }
    let code = app.code(&rig.cx(), &[]).await;
    assert_eq!(no_grant(thief.exchange(&rig.cx(), &code).await), "code-other-client");
    assert_eq!(no_grant(app.exchange(&rig.cx(), &code).await), "code-over");
    let code = app.code(&rig.cx(), &[]).await;
    rig.clock.advance(seconds(60));
    assert_eq!(no_grant(app.exchange(&rig.cx(), &code).await), "code-unknown", "a minute old");
    let code = app.code(&rig.cx(), &[]).await;
    let other = if code.ends_with('0') { '1' } else { '0' };
    for forged in [
        format!("{}{other}", &code[..code.len() - 1]),
        code.to_uppercase(),
        String::from("x"),
        code[2..].to_owned(),
    ] {
        assert_eq!(no_grant(app.exchange(&rig.cx(), &forged).await), "code-unknown", "{forged}");
    }
    let missing = app.exchange_with(&rig.cx(), &code, &[("code_verifier", "")]).await;
    assert_eq!(refused(missing), (ErrorCode::InvalidRequest, "verifier-missing"));
    let other_kind = app.exchange_with(&rig.cx(), &code, &[("grant_type", "password")]).await;
    assert_eq!(refused(other_kind).0, ErrorCode::UnsupportedGrantType);
    app.exchange(&rig.cx(), &code).await.unwrap();
    assert_eq!(rig.events(EventKind::TokenIssued).await, 1);
}

#[tokio::test]
async fn one_kind_of_ticket_is_no_other() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let code = app.code(&rig.cx(), &[]).await;
    let tokens = tokens(&rig, &app).await;
    let refresh = tokens.refresh_token.as_ref().unwrap();
    assert_eq!(refused(give_claims(&rig.cx(), &code, None).await).1, "token-unknown");
    assert_eq!(refused(give_claims(&rig.cx(), refresh, None).await).1, "token-unknown");
    assert_eq!(refused(give_claims(&rig.cx(), &tokens.id_token, None).await).1, "token-unknown");
    assert_eq!(no_grant(app.refresh(&rig.cx(), &tokens.access_token).await), "refresh-unknown");
    assert_eq!(no_grant(app.exchange(&rig.cx(), refresh).await), "code-unknown");
    rig.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(
        refused(give_claims(&rig.cx(), &tokens.access_token, None).await).1,
        "token-unknown",
        "ten minutes old"
    );
}

#[tokio::test]
async fn a_client_proves_itself_in_its_own_way_and_no_other() {
    let rig = Rig::on_sqlite().await;
    let secret = rig.application("with-secret", REFRESH).await;
    let key = rig.application_with_key("with-key", REFRESH).await;
    let public = rig.public_application("with-nothing", REFRESH).await;
    let cx = rig.cx();
    let token = ("token", "x");
    let tried = async |shown: &Shown| match revoke_tokens(&cx, shown).await {
        Ok(()) => "served",
        outcome => {
            let (code, why) = refused(outcome);
            assert_eq!(code, ErrorCode::InvalidClient);
            why
        }
    };
    for client in [&secret, &key, &public] {
        assert_eq!(tried(&client.shows(&cx, &[token])).await, "served");
    }
    let parameters: Parameters = [(token.0.to_owned(), token.1.to_owned())].into();
    let form = |more: &[(&str, &str)]| {
        let mut parameters = parameters.clone();
        parameters.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        parameters
    };
    let basic = |name: &str, secret: &str| Some((name.to_owned(), secret.to_owned()));
    let named =
        |name: &str| Shown { basic: None, certificate: None, parameters: form(&[("client_id", name)]) };
    assert_eq!(
        tried(&Shown { basic: None, certificate: None, parameters: parameters.clone() }).await,
        "nobody"
    );
    assert_eq!(tried(&named("nobody")).await, "unknown");
    assert_eq!(tried(&named("with-secret")).await, "another-way");
    assert_eq!(tried(&named("with-key")).await, "another-way");
    let wrong =
        |name| Shown { basic: basic(name, "guess"), certificate: None, parameters: parameters.clone() };
    assert_eq!(tried(&wrong("with-secret")).await, "secret");
    assert_eq!(tried(&wrong("with-nothing")).await, "another-way");
    assert_eq!(tried(&wrong("with-key")).await, "another-way");
    let in_form = form(&[("client_id", "with-secret"), ("client_secret", "guess")]);
    assert_eq!(tried(&Shown { basic: None, certificate: None, parameters: in_form }).await, "secret-in-form");
    let mut both = key.shows(&cx, &[token]);
    both.basic = basic("with-key", "x");
    assert_eq!(tried(&both).await, "two-ways");
    let mut posing = key.shows(&cx, &[token]);
    posing.parameters.insert("client_id".into(), "with-nothing".into());
    assert_eq!(tried(&posing).await, "another-named");
    let mut of_no_kind = key.shows(&cx, &[token]);
    of_no_kind.parameters.remove("client_assertion_type");
    assert_eq!(tried(&of_no_kind).await, "assertion-type");
    rig.clock.advance(SignedDuration::from_mins(5));
    let old = key.shows(&cx, &[token]);
    let late = revoke_tokens(&rig.cx(), &old).await;
    assert_eq!(refused(late).1, "assertion-expired");
    assert!(rig.events(EventKind::ApplicationRefused).await >= 11, "each is in the trail");
}

#[tokio::test]
async fn a_client_looks_at_and_gives_back_its_own_tokens_alone() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let (other, public) = (rig.application("other", "").await, rig.public_application("public", "").await);
    let tokens = tokens(&rig, &app).await;
    let access = [("token", tokens.access_token.as_str())];
    let active = async |client: &Application, token: &[(&str, &str)]| {
        let looked = introspect(&rig.cx(), &client.shows(&rig.cx(), token)).await.unwrap();
        looked["active"].as_bool().unwrap()
    };
    assert!(active(&app, &access).await && !active(&other, &access).await);
    let refresh = tokens.refresh_token.as_ref().unwrap().to_string();
    assert!(active(&app, &[("token", &refresh)]).await);
    let scanned = introspect(&rig.cx(), &public.shows(&rig.cx(), &access)).await;
    assert_eq!(refused(scanned).0, ErrorCode::InvalidClient, "nobody scans in a name without a secret");
    revoke_tokens(&rig.cx(), &other.shows(&rig.cx(), &access)).await.unwrap();
    assert!(active(&app, &access).await, "another's word ends nothing");
    revoke_tokens(&rig.cx(), &app.shows(&rig.cx(), &[("token", &refresh)])).await.unwrap();
    all_dead(&rig, &app, &tokens).await;
    assert_eq!(rig.events(EventKind::TokenRevoked).await, 1);
    assert!(rig.standing(0).await.is_active());
    assert_eq!(
        refused(other.refresh(&rig.cx(), &refresh).await),
        (ErrorCode::UnauthorizedClient, "no-refresh")
    );
}

#[tokio::test]
async fn a_person_has_another_name_in_every_sector_and_keeps_it() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let apart = rig.application("apart", "").await;
    let together = rig.application("together", r#", "sector": "app""#).await;
    let sub = async |client: &Application, cx: &Cx| {
        let code = client.code(cx, &[]).await;
        claims(&client.exchange(cx, &code).await.unwrap().id_token)["sub"].as_str().unwrap().to_owned()
    };
    let hers = sub(&app, &rig.cx()).await;
    assert_eq!(hers, sub(&app, &rig.cx()).await);
    assert_eq!(hers, sub(&together, &rig.cx()).await);
    assert_ne!(hers, sub(&apart, &rig.cx()).await);
    let phone = rig.enrol(2, 1).await;
    rig.sign_in(2, 1, &phone).await;
    assert_ne!(hers, sub(&app, &rig.browser(2)).await);
}

#[tokio::test]
async fn refreshing_ends_with_the_session_it_came_from() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let mut last = tokens(&rig, &app).await;
    // Idle here is not idle there: she works in the application.
    for _ in 0..5 {
        rig.clock.advance(SignedDuration::from_mins(9));
        last = app.refresh(&rig.cx(), last.refresh_token.as_ref().unwrap()).await.unwrap();
    }
    rig.clock.advance(SignedDuration::from_mins(9));
    let near = app.refresh(&rig.cx(), last.refresh_token.as_ref().unwrap()).await.unwrap();
    assert!(near.expires_in < 600 && near.expires_in > 0, "{}: no longer than the session", near.expires_in);
    rig.clock.advance(SignedDuration::from_mins(7));
    assert_eq!(
        no_grant(app.refresh(&rig.cx(), near.refresh_token.as_ref().unwrap()).await),
        "refresh-unknown"
    );
}

#[tokio::test]
async fn what_a_code_is_exchanged_for_is_decided_anew() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let tokens = tokens(&rig, &app).await;
    let code = app.code(&rig.cx(), &[]).await;
    rig.terms.publish("2.0");
    assert_eq!(no_grant(app.exchange(&rig.cx(), &code).await), "no-longer", "terms she has not read");
    assert_eq!(no_grant(app.refresh(&rig.cx(), tokens.refresh_token.as_ref().unwrap()).await), "no-longer");
    assert_eq!(rig.events(EventKind::TokenRefused).await, 2);
}

#[tokio::test]
async fn a_database_that_may_be_older_gives_no_token() {
    let place = Arc::new(PlainOutside::default());
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let tokens = tokens(&rig, &app).await;
    let code = app.code(&rig.cx(), &[]).await;
    let rig = rig.keeping(place);
    let closed = |outcome: Result<Tokens, NotServed>| {
        matches!(outcome, Err(NotServed::Fault(usecases::Fault::OutsideApart)))
    };
    assert!(closed(app.exchange(&rig.cx(), &code).await));
    assert!(closed(app.refresh(&rig.cx(), tokens.refresh_token.as_ref().unwrap()).await));
    assert!(give_claims(&rig.cx(), &tokens.access_token, None).await.is_err());
}

#[tokio::test]
async fn an_application_logs_out_the_session_it_speaks_of_and_no_other() {
    let rig = Rig::on_sqlite().await;
    let (app, _) = signed_in(&rig).await;
    let token = tokens(&rig, &app).await.id_token;
    let asks = |more: &[(&str, &str)]| -> Parameters {
        [("id_token_hint", token.as_str())]
            .into_iter()
            .chain(more.iter().copied())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    };
    let out = [("post_logout_redirect_uri", "https://app.example/out"), ("state", "s")];
    let gone = |state: Option<&str>| Left::Out {
        to: Some(("https://app.example/out".to_owned(), state.map(str::to_owned))),
    };
    let here = who(&rig.cx()).await.unwrap();
    for wrong in ["https://evil.example", "https://app.example/out/", BACK] {
        let refused = leave(&rig.cx(), here.as_ref(), &asks(&[("post_logout_redirect_uri", wrong)])).await;
        assert_eq!(self::refused(refused).1, "redirect-uri", "{wrong}");
    }
    let other = leave(&rig.cx(), here.as_ref(), &asks(&[("client_id", "other")])).await;
    assert_eq!(refused(other).1, "hint-other-client");
    let forged = [("id_token_hint".to_owned(), format!("{token}x"))].into();
    assert_eq!(refused(leave(&rig.cx(), here.as_ref(), &forged).await).1, "hint");
    let unproved: Parameters = out.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    assert_eq!(
        leave(&rig.cx(), here.as_ref(), &unproved).await.unwrap(),
        Left::Ask,
        "a link logs nobody out"
    );
    assert_eq!(leave(&rig.browser(9), None, &unproved).await.unwrap(), Left::Out { to: None });
    let phone = rig.enrol(2, 1).await;
    rig.sign_in(2, 1, &phone).await;
    let another = who(&rig.browser(2)).await.unwrap();
    assert_eq!(
        leave(&rig.browser(2), another.as_ref(), &asks(&out)).await.unwrap(),
        Left::Ask,
        "another's session"
    );
    assert!(who(&rig.cx()).await.unwrap().is_some(), "nobody was logged out by any of this");
    assert_eq!(leave(&rig.cx(), here.as_ref(), &asks(&out)).await.unwrap(), gone(Some("s")));
    assert!(who(&rig.cx()).await.unwrap().is_none());
    assert_eq!(services_to_tell(&rig.house).await.unwrap(), [app.client.id]);
    assert_eq!(leave(&rig.cx(), None, &asks(&out)).await.unwrap(), gone(Some("s")), "logged out already");
}

#[tokio::test]
async fn new_keys_for_tokens_are_published_a_day_before_they_sign_and_old_ones_destroyed() {
    let rig = Rig::on_sqlite().await;
    let by = testkit::hr::operator("ops1");
    let make = async |roll| make_token_keys(&rig.cx(), Some(&by), roll).await.unwrap();
    let keys = async || rig.look().await.token_keys().await.unwrap();
    assert_eq!((make(false).await, make(false).await), (2, 0), "what is there stays");
    assert!(keys().await.iter().all(|key| key.signs_from == rig.cx().now), "the first sign at once");
    rig.clock.advance(testkit::hours(1));
    assert_eq!((make(true).await, make(true).await), (2, 0), "one roll at a time");
    let rolled = keys().await;
    let tomorrow = rig.cx().now + testkit::hours(24);
    assert_eq!(rolled.iter().filter(|key| key.signs_from == tomorrow).count(), 2);
    rig.clock.advance(testkit::hours(47));
    make(false).await;
    assert_eq!(keys().await.len(), 4, "the old ones verify what they signed");
    rig.clock.advance(testkit::hours(1));
    make(false).await;
    let left = keys().await;
    assert!(left.len() == 2 && left.iter().all(|key| key.signs_from == tomorrow), "{left:?}");
    assert_eq!((rig.events(EventKind::KeyCreated).await, rig.events(EventKind::KeyRetired).await), (4, 2));
}

#[tokio::test]
async fn an_application_is_saved_whole_or_not_at_all_and_its_secret_is_shown_once() {
    let rig = Rig::on_sqlite().await;
    let save = async |text: &str, new_secret| {
        let by = testkit::hr::operator("ops1");
        let text = text.to_owned();
        let registering = Registering { by, text, back_channel_ca: None, new_secret, loopback_http: false };
        save_client(&rig.cx(), registering).await
    };
    let text = |name: &str, more: &str| {
        format!(
            r#"{{"client_id": "app", "client_name": "{name}", "redirect_uris": ["{BACK}"],
                "token_endpoint_auth_method": "client_secret_basic"{more}}}"#
        )
    };
    let (first, secret) = save(&text("One", ""), false).await.unwrap();
    assert!(first.auth.is_secret(&secret.unwrap()));
    let (again, none) = save(&text("Two", ""), false).await.unwrap();
    assert_eq!((again.id, &again.auth, none.is_none()), (first.id, &first.auth, true), "the old one stays");
    let (fresh, shown) = save(&text("Two", ""), true).await.unwrap();
    assert!(fresh.auth != first.auth && fresh.auth.is_secret(&shown.unwrap()));
    let wrong = save(&text("Three", r#", "scope": "all""#), false).await;
    assert!(matches!(wrong, Err(NotSaved::Registration(_))));
    let kept = rig.look().await.client("app").await.unwrap();
    assert_eq!(kept, Some(fresh), "a bad file changes nothing");
    assert_eq!(rig.events(EventKind::ConnectionSaved).await, 3);
    let left = "select count(*) from audit_events where kind = 'connection.metadata-refused' and actor like '%ops1%' and facts like '%\"protocol\":\"oidc\"%'";
    assert_eq!(rig.number(left).await, 1, "who tried, and why it was refused, is in the trail");
}
