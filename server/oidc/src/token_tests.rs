use super::*;
use crate::keys::{OwnKey, new_key};
use crate::registration;
use domain::level::{AssuranceLevel, Chain};
use domain::visit::Ending;
use jsonwebtoken::{Algorithm, EncodingKey};
use usecases::ports::oidc::TokenKeyKind;

const US: &str = "https://login.example";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}
fn uuid(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}
fn own_keys() -> KeySet {
    let own =
        |id, kind| OwnKey { id: uuid(id).into(), kind, private: new_key(kind).unwrap(), signs_from: at(0) };
    KeySet::of(&[own(1, TokenKeyKind::P256), own(2, TokenKeyKind::Rsa)]).unwrap()
}
fn client(signing: Signing) -> Client {
    let text = format!(
        r#"{{"client_id":"app","client_name":"App","redirect_uris":["https://app.example/back"],
            "token_endpoint_auth_method":"none","id_token_signed_response_alg":"{}"}}"#,
        signing.word()
    );
    registration::read(&text, uuid(9).into(), [0; 32], false).unwrap()
}

fn says(claims: &Map<String, Value>, level: Option<AssuranceLevel>) -> IdToken<'_> {
    let substantial = AssuranceLevel::Substantial;
    IdToken {
        subject: "sub-1",
        visit: uuid(7).into(),
        id: "visit-7.1",
        nonce: Some("n"),
        authenticated_at: at(900),
        level,
        chain: Chain { identity: substantial, authentication: substantial, federation: substantial },
        methods: &[FactorKind::Password, FactorKind::AuthenticatorApp],
        access_token: "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y",
        claims,
        until: at(1600),
    }
}

fn read(keys: &KeySet, signing: Signing, token: &str) -> Map<String, Value> {
    let header = decode_header(token).unwrap();
    assert_eq!(header.alg, algorithm(signing));
    let key = keys.verifying(&header.kid.unwrap(), signing).unwrap();
    let mut rules = Validation::new(header.alg);
    rules.set_audience(&["app"]);
    rules.validate_exp = false;
    decode::<Map<String, Value>>(token, &key, &rules).unwrap().claims
}

#[test]
fn an_id_token_says_who_when_how_and_at_which_level() {
    let keys = own_keys();
    let asked = json!({ "name": "Maja Holm", "sub": "somebody else", "acr": "high" });
    let asked = asked.as_object().unwrap();
    for signing in Signing::ALL {
        let says = says(asked, Some(AssuranceLevel::Substantial));
        let token = id_token(&keys, US, &client(signing), &says, at(1000)).unwrap();
        let claims = read(&keys, signing, &token);
        for (name, value) in [
            ("iss", json!(US)),
            ("sub", json!("sub-1")),
            ("aud", json!("app")),
            ("iat", json!(1000)),
            ("exp", json!(1600)),
            ("auth_time", json!(900)),
            ("nonce", json!("n")),
            ("jti", json!("visit-7.1")),
            ("acr", json!("https://data.gov.dk/concept/core/nsis/loa/Substantial")),
            ("loa", json!("Substantial")),
            ("ial", json!("Substantial")),
            ("aal", json!("Substantial")),
            ("amr", json!(["pwd", "otp", "mfa"])),
            ("sid", json!(uuid(7).to_string())),
            // The example of OIDC Core A.3.
            ("at_hash", json!("77QmUPtjPfzWtF2AnpK9RQ")),
            ("name", json!("Maja Holm")),
        ] {
            assert_eq!(claims.get(name), Some(&value), "{name}");
        }
    }
}

#[test]
fn a_pilot_says_no_level() {
    let (keys, none) = (own_keys(), Map::new());
    let token = id_token(&keys, US, &client(Signing::ES256), &says(&none, None), at(1000)).unwrap();
    let claims = read(&keys, Signing::ES256, &token);
    for name in ["acr", "loa", "ial", "aal"] {
        assert!(!claims.contains_key(name), "{name}");
    }
}

#[test]
fn only_an_id_token_of_ours_is_a_hint_and_its_age_does_not_matter() {
    let (keys, none) = (own_keys(), Map::new());
    let app = client(Signing::PS256);
    let token = id_token(&keys, US, &app, &says(&none, None), at(1000)).unwrap();
    let read = Some(Hint { client_id: "app".into(), visit: uuid(7).into() });
    assert_eq!(hint(&keys, US, &token, at(9_000_000)), read);
    assert_eq!(hint(&keys, "https://other.example", &token, at(1000)), None);
    assert_eq!(hint(&keys, US, &token, at(999)), None, "from the future");
    assert_eq!(hint(&own_keys(), US, &token, at(1000)), None, "by another's key");
    let visit = Visit {
        id: uuid(7).into(),
        person: uuid(1).into(),
        session: uuid(2).into(),
        relying_party: app.id,
        name_id: "sub-1".into(),
        session_index: uuid(7).to_string(),
        began_at: at(900),
        until: at(4500),
        ending: Ending::None,
    };
    let logout = logout_token(&keys, US, (&app, &visit), "j".into(), at(1000)).unwrap();
    assert_eq!(hint(&keys, US, &logout, at(1000)), None, "a logout token is none");
    let (head, rest) = token.split_once('.').unwrap();
    assert_eq!(hint(&keys, US, &format!("{head}.{rest}x"), at(1000)), None);
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({ "iss": US, "aud": "app", "sub": "x", "sid": uuid(7).to_string(), "iat": 1 });
    let unsigned = format!("{}.{}.", part(json!({ "alg": "none", "typ": "JWT" })), part(claims.clone()));
    assert_eq!(hint(&keys, US, &unsigned, at(1000)), None);
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(uuid(1).to_string());
    let symmetric = encode(&header, &claims, &EncodingKey::from_secret(b"x")).unwrap();
    assert_eq!(hint(&keys, US, &symmetric, at(1000)), None);
}

#[test]
fn a_logout_token_says_which_session_and_nothing_that_an_id_token_says() {
    let keys = own_keys();
    let app = client(Signing::RS256);
    let visit = Visit {
        id: uuid(7).into(),
        person: uuid(1).into(),
        session: uuid(2).into(),
        relying_party: app.id,
        name_id: "sub-1".into(),
        session_index: uuid(7).to_string(),
        began_at: at(900),
        until: at(4500),
        ending: Ending::Asked,
    };
    let token = logout_token(&keys, US, (&app, &visit), "j-1".into(), at(1000)).unwrap();
    assert_eq!(decode_header(&token).unwrap().typ.as_deref(), Some("logout+jwt"));
    let claims = read(&keys, Signing::RS256, &token);
    assert_eq!(claims["events"], json!({ "http://schemas.openid.net/event/backchannel-logout": {} }));
    assert_eq!((&claims["sid"], &claims["sub"]), (&json!(uuid(7).to_string()), &json!("sub-1")));
    assert_eq!((&claims["jti"], &claims["exp"]), (&json!("j-1"), &json!(1120)));
    assert!(!claims.contains_key("nonce"), "it must not (2.4)");
}

#[test]
fn without_a_key_nothing_is_signed() {
    let none = Map::new();
    let refused = id_token(&KeySet::default(), US, &client(Signing::ES256), &says(&none, None), at(1000));
    assert_eq!(refused, Err(Unsigned("there is no key for tokens")));
}
