use super::*;
use crate::keys::new_key;
use crate::registration;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::json;
use usecases::ports::oidc::TokenKeyKind;

const US: &str = "https://login.example";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

struct Peer {
    key: EncodingKey,
    client: Client,
}

impl Peer {
    fn new() -> Self {
        let key = EncodingKey::from_ec_der(&new_key(TokenKeyKind::P256).unwrap());
        let mut jwk = serde_json::to_value(Jwk::from_encoding_key(&key, Algorithm::ES256).unwrap()).unwrap();
        jwk["kid"] = json!("k1");
        let text = json!({
            "client_id": "app",
            "client_name": "App",
            "redirect_uris": ["https://app.example/back"],
            "token_endpoint_auth_method": "private_key_jwt",
            "jwks": { "keys": [jwk] },
        });
        let client = registration::read(&text.to_string(), uuid::Uuid::nil().into(), [0; 32], false).unwrap();
        Self { key, client }
    }

    fn says(&self, change: impl FnOnce(&mut Header, &mut Value)) -> Result<Asserted, &'static str> {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some("k1".to_owned());
        let mut claims =
            json!({ "iss": "app", "sub": "app", "aud": US, "exp": 1060, "iat": 1000, "jti": "j1" });
        change(&mut header, &mut claims);
        let text = encode(&header, &claims, &self.key).unwrap();
        verify(&self.client, &text, &[US.to_owned()], at(1000))
    }

    fn with(&self, name: &str, value: Value) -> Result<Asserted, &'static str> {
        self.says(|_, claims| claims[name] = value)
    }
}

#[test]
fn a_fresh_statement_by_the_saved_key_is_taken() {
    let peer = Peer::new();
    let taken = Asserted { id: "j1".to_owned(), until: at(1060 + 180) };
    assert_eq!(peer.says(|_, _| ()), Ok(taken.clone()));
    assert_eq!(peer.says(|header, _| header.kid = None), Ok(taken.clone()), "there is only one key");
    assert_eq!(peer.with("aud", json!([US])), Ok(taken));
}

#[test]
fn a_statement_by_for_or_about_anybody_else_is_not() {
    let peer = Peer::new();
    for (name, value) in [
        ("iss", json!("other")),
        ("sub", json!("other")),
        ("aud", json!("https://other.example")),
        ("aud", json!(["https://other.example"])),
    ] {
        assert_eq!(peer.with(name, value), Err("assertion-signature"), "{name}");
    }
    assert_eq!(peer.with("aud", json!([US, "https://other.example"])), Err("assertion-audience"));
    for (name, value, why) in [
        ("exp", json!(819), "assertion-expired"),
        ("exp", json!(1601), "assertion-lives-too-long"),
        ("exp", json!("1060"), "assertion-signature"),
        ("iat", json!(1181), "assertion-from-the-future"),
        ("nbf", json!(1181), "assertion-from-the-future"),
        ("jti", json!(""), "assertion-id"),
        ("jti", json!(7), "assertion-id"),
        ("jti", json!("x".repeat(257)), "assertion-id"),
    ] {
        assert_eq!(peer.with(name, value), Err(why), "{name}");
    }
    for name in ["iss", "sub", "aud", "exp", "jti"] {
        let without = peer.says(|_, claims| {
            claims.as_object_mut().unwrap().remove(name);
        });
        assert!(without.is_err(), "{name}");
    }
}

#[test]
fn keys_it_brings_points_at_or_names_are_not_used() {
    let peer = Peer::new();
    let thief = EncodingKey::from_ec_der(&new_key(TokenKeyKind::P256).unwrap());
    let own = Jwk::from_encoding_key(&thief, Algorithm::ES256).unwrap();
    let claims = json!({ "iss": "app", "sub": "app", "aud": US, "exp": 1060, "jti": "j1" });
    for (kid, jku) in [
        (Some("k1"), None),
        (None, None),
        (Some("../k1"), None),
        (Some("k1' or '1'='1"), None),
        (Some("k1"), Some("https://evil.example/jwks")),
    ] {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = kid.map(str::to_owned);
        header.jku = jku.map(str::to_owned);
        header.jwk = Some(own.clone());
        let text = encode(&header, &claims, &thief).unwrap();
        let refused = verify(&peer.client, &text, &[US.to_owned()], at(1000));
        assert!(matches!(refused, Err("assertion-signature" | "assertion-key")), "{kid:?} {refused:?}");
    }
}

#[test]
fn no_algorithm_but_those_of_its_key_counts() {
    let peer = Peer::new();
    let claims = json!({ "iss": "app", "sub": "app", "aud": US, "exp": 1060, "jti": "j1" });
    // The public key as the secret of a symmetric signature: the classic confusion.
    let ClientAuth::PrivateKeyJwt(keys) = &peer.client.auth else { unreachable!() };
    let KeyMaterial::P256 { x, .. } = &keys[0].material else { unreachable!() };
    for secret in [x.as_bytes(), b""] {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some("k1".to_owned());
        let text = encode(&header, &claims, &EncodingKey::from_secret(secret)).unwrap();
        assert_eq!(verify(&peer.client, &text, &[US.to_owned()], at(1000)), Err("assertion-algorithm"));
    }
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    for algorithm in ["none", "None", "NONE", "nOnE"] {
        let unsigned = format!("{}.{}.", part(json!({ "alg": algorithm })), part(claims.clone()));
        assert_eq!(verify(&peer.client, &unsigned, &[US.to_owned()], at(1000)), Err("assertion-head"));
    }
    assert!(peer.says(|header, _| header.crit = Some(vec!["exp".to_owned()])).is_err());
    for wrong in ["", ".", "..", "a.b.c", "a.b.c.d", &"x".repeat(9000)] {
        assert!(verify(&peer.client, wrong, &[US.to_owned()], at(1000)).is_err(), "{wrong}");
        assert_eq!(claims_to_be(wrong), None, "{wrong}");
    }
}

proptest::proptest! {
    /// Whatever is shown as a statement is refused, and nothing falls over.
    #[test]
    fn no_text_but_a_statement_is_one(text in ".{0,400}", parts in proptest::collection::vec("[A-Za-z0-9_-]{0,120}", 3)) {
        let peer = Peer::new();
        for wrong in [text, parts.join(".")] {
            let _ = claims_to_be(&wrong);
            proptest::prop_assert!(verify(&peer.client, &wrong, &[US.to_owned()], at(1000)).is_err());
        }
    }
}
