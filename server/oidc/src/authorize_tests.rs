use super::*;
use crate::registration;
use domain::level::AssuranceLevel;
use proptest::prelude::*;

const BACK: &str = "https://app.example/back";

fn client() -> Client {
    let text = format!(
        r#"{{"client_id":"app","client_name":"App","redirect_uris":["{BACK}"],"token_endpoint_auth_method":"none"}}"#
    );
    registration::read(&text, uuid(1).into(), [0; 32], false).unwrap()
}
fn uuid(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}
fn good() -> Parameters {
    [
        ("client_id", "app"),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("scope", "openid profile offline_access"),
        ("state", "s"),
        ("nonce", "n"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}
fn with(changes: &[(&str, &str)]) -> Result<AuthorizeRequest, NotAsked> {
    let mut parameters = good();
    for (name, value) in changes {
        parameters.insert((*name).to_owned(), (*value).to_owned());
    }
    read(&parameters, &client(), Timestamp::UNIX_EPOCH, |hint| (hint == "ours").then(|| uuid(7).into()))
}
fn refused(changes: &[(&str, &str)]) -> (ErrorCode, &'static str) {
    let no = with(changes).unwrap_err();
    let answer = no.answer.expect("the application is told");
    assert_eq!(answer.redirect_uri, BACK);
    (no.refusal.code, no.refusal.why)
}

#[test]
fn a_good_request_is_read() {
    let request = with(&[]).unwrap();
    assert_eq!(request.scopes, ["openid", "profile"], "what means nothing here is passed over");
    assert_eq!((request.answer.state.as_deref(), request.nonce.as_deref()), (Some("s"), Some("n")));
    assert_eq!((request.force, request.passive, request.level, request.max_age), (false, false, None, None));
    assert!(request.asked.userinfo.contains(&Claim::Name) && !request.asked.userinfo.contains(&Claim::Mail));
}

#[test]
fn nothing_is_sent_to_an_address_that_is_not_exactly_the_clients() {
    for foreign in [
        "",
        "https://evil.example/back",
        "https://app.example/back/",
        "https://app.example/back?x=1",
        "https://app.example/Back",
        "HTTPS://app.example/back",
        "https://app.example:443/back",
        "https://app.example/back#x",
        "https://app.example/%62ack",
        "https://app.example/back/../back",
        "https://app.example@evil.example/back",
        "http://app.example/back",
        "javascript:alert(1)",
    ] {
        let no = with(&[("redirect_uri", foreign), ("response_type", "token")]).unwrap_err();
        assert_eq!((no.refusal.why, no.answer), ("redirect-uri", None), "{foreign}");
    }
}

#[test]
fn what_is_missing_or_malformed_is_said_to_the_application() {
    for (changes, expected) in [
        (&[("response_type", "token")][..], (UnsupportedResponseType, "response-type")),
        (&[("response_type", "code id_token")], (UnsupportedResponseType, "response-type")),
        (&[("response_type", "")], (InvalidRequest, "response-type")),
        (&[("response_mode", "fragment")], (InvalidRequest, "response-mode")),
        (&[("scope", "profile")], (InvalidScope, "openid")),
        (&[("scope", "openidx")], (InvalidScope, "openid")),
        (&[("code_challenge", "")], (InvalidRequest, "challenge-missing")),
        (&[("code_challenge_method", "plain")], (InvalidRequest, "challenge-method")),
        (&[("code_challenge_method", "")], (InvalidRequest, "challenge-method")),
        (&[("code_challenge", "short")], (InvalidRequest, "challenge")),
        (
            &[("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=")],
            (InvalidRequest, "challenge"),
        ),
        (&[("prompt", "none login")], (InvalidRequest, "prompt")),
        (&[("prompt", "create")], (InvalidRequest, "prompt")),
        (&[("max_age", "-1")], (InvalidRequest, "max-age")),
        (&[("max_age", "+1")], (InvalidRequest, "max-age")),
        (&[("max_age", "soon")], (InvalidRequest, "max-age")),
        (&[("max_age", "99999999999999999999")], (InvalidRequest, "max-age")),
        (&[("request", "eyJ")], (RequestNotSupported, "request-object")),
        (&[("claims", "{")], (InvalidRequest, "claims")),
        (&[("id_token_hint", "theirs")], (InvalidRequest, "hint")),
        (&[("state", &"x".repeat(2049))], (InvalidRequest, "state")),
        (&[("nonce", &"x".repeat(513))], (InvalidRequest, "nonce")),
    ] {
        assert_eq!(refused(changes), expected, "{changes:?}");
    }
}

#[test]
fn the_level_is_the_lowest_that_satisfies_and_an_essential_one_counts_besides() {
    let loa = |word: &str| format!("https://data.gov.dk/concept/core/nsis/loa/{word}");
    let level = |changes: &[(&str, &str)]| with(changes).unwrap().level;
    let both = format!("urn:x {} {}", loa("High"), loa("Substantial"));
    assert_eq!(level(&[("acr_values", &both)]), Some(AssuranceLevel::Substantial));
    assert_eq!(level(&[("acr_values", &loa("High"))]), Some(AssuranceLevel::High));
    assert_eq!(level(&[("acr_values", "1 2")]), None, "wishes we do not know are passed over");
    let essential =
        format!(r#"{{"id_token":{{"acr":{{"essential":true,"value":"{}"}}}}}}"#, loa("Substantial"));
    assert_eq!(
        level(&[("acr_values", &loa("Low")), ("claims", &essential)]),
        Some(AssuranceLevel::Substantial)
    );
    let unknown = r#"{"id_token":{"acr":{"essential":true,"value":"urn:x"}}}"#;
    assert_eq!(refused(&[("claims", unknown)]), (UnmetAuthenticationRequirements, "acr"));
}

#[test]
fn prompts_and_ages_say_what_is_asked_of_her() {
    let of = |changes: &[(&str, &str)]| with(changes).map(|it| (it.force, it.passive)).unwrap();
    assert_eq!(of(&[("prompt", "none")]), (false, true));
    assert_eq!(of(&[("prompt", "login")]), (true, false));
    assert_eq!(of(&[("prompt", "select_account consent")]), (true, false));
    assert_eq!(of(&[("prompt", "consent")]), (false, false));
    assert_eq!(of(&[("max_age", "0")]), (true, false));
    assert_eq!(with(&[("max_age", "60")]).unwrap().max_age, Some(SignedDuration::from_secs(60)));
    let hint = |text: &str| with(&[("login_hint", text)]).unwrap().login_hint;
    assert_eq!(hint(" p1 ").as_deref(), Some("p1"));
    assert_eq!((hint("a\nb"), hint(&"x".repeat(65))), (None, None));
    let languages = with(&[("ui_locales", "da-DK en <x> d")]).unwrap().languages;
    assert_eq!(languages, ["da-DK", "en"]);
    assert_eq!(with(&[("id_token_hint", "ours")]).unwrap().hint, Some(uuid(7).into()));
}

proptest! {
    /// Whatever stands in a parameter: it is read or refused, and never sent elsewhere than to the client.
    #[test]
    fn no_value_of_any_parameter_leads_elsewhere(
        name in prop::sample::select(vec![
            "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce", "code_challenge",
            "code_challenge_method", "prompt", "max_age", "acr_values", "claims", "login_hint", "ui_locales",
        ]),
        value in ".{0,300}",
    ) {
        match with(&[(name, &value)]) {
            Ok(request) => prop_assert_eq!(request.answer.redirect_uri, BACK),
            Err(no) => prop_assert!(no.answer.is_none_or(|answer| answer.redirect_uri == BACK)),
        }
    }
}
