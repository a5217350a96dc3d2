use super::*;
use crate::profile::{Client, Environment};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use proptest::prelude::*;
use serde_json::json;

const ISSUER: &str = "https://broker.dk/op";
const NOW: i64 = 1_800_000_000;
const ACCESS: &str = "an access token";

fn profile() -> BrokerProfile {
    let client = Client { id: "us", secret: "s", redirect_uri: "https://id.kommune.dk/mitid/neb" };
    BrokerProfile::neb("neb", Environment::Production, ISSUER, client)
}

struct Signer {
    pair: EcdsaKeyPair,
    id: &'static str,
}

impl Signer {
    fn new(id: &'static str) -> Self {
        Self { pair: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap(), id }
    }

    fn key(&self) -> Jwk {
        let point = self.pair.public_key().as_ref();
        let [x, y] = [&point[1..33], &point[33..65]].map(|half| URL_SAFE_NO_PAD.encode(half));
        serde_json::from_value(json!({"kty": "EC", "crv": "P-256", "kid": self.id, "x": x, "y": y})).unwrap()
    }

    fn token(&self, head: &Value, claims: &Value) -> String {
        let text = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let signature = self.pair.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn signed(&self, claims: &Value) -> String {
        self.token(&json!({"alg": "ES256", "kid": self.id}), claims)
    }
}

fn good() -> Value {
    let hash = Sha256::digest(ACCESS);
    json!({
        "iss": ISSUER, "aud": "us", "sub": "someone", "nonce": "n",
        "exp": NOW + 300, "iat": NOW, "nbf": NOW, "at_hash": URL_SAFE_NO_PAD.encode(&hash[..16]),
    })
}

fn with(changes: &Value) -> Value {
    let mut claims = good();
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

fn without(name: &str) -> Value {
    let mut claims = good();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

fn verify(token: &str, keys: &[Jwk]) -> Result<(), Reason> {
    let profile = profile();
    let unverified = Unverified::read(token, &profile)?;
    let key = unverified.key(keys).ok_or(Reason::IdToken("no such key"))?;
    let expected = Expected {
        profile: &profile,
        nonce: "n",
        access_token: ACCESS,
        now: Timestamp::from_second(NOW).unwrap(),
    };
    unverified.verify(key, &expected).map(|_| ())
}

#[test]
fn a_good_answer_holds() {
    let signer = Signer::new("k1");
    assert_eq!(verify(&signer.signed(&good()), &[signer.key()]), Ok(()));
    assert_eq!(verify(&signer.signed(&without("at_hash")), &[signer.key()]), Ok(()));
    assert_eq!(verify(&signer.signed(&with(&json!({"aud": ["us"]}))), &[signer.key()]), Ok(()));
}

#[test]
fn whatever_is_not_ours_or_not_now_is_refused() {
    let signer = Signer::new("k1");
    let wrong = [
        with(&json!({"iss": "https://broker.dk/op/"})),
        with(&json!({"iss": [ISSUER]})),
        with(&json!({"aud": "them"})),
        with(&json!({"aud": ["us", "them"]})),
        with(&json!({"azp": "them"})),
        with(&json!({"azp": 7})),
        with(&json!({"sub": ""})),
        with(&json!({"exp": NOW - 181})),
        with(&json!({"exp": "soon"})),
        with(&json!({"iat": NOW + 181})),
        with(&json!({"nbf": NOW + 181})),
        with(&json!({"nbf": "later"})),
        with(&json!({"at_hash": "AAAA"})),
        with(&json!({"at_hash": null})),
        with(&json!({"nonce": "another"})),
        without("iss"),
        without("aud"),
        without("sub"),
        without("exp"),
        without("iat"),
        without("nonce"),
    ];
    for claims in wrong {
        assert!(verify(&signer.signed(&claims), &[signer.key()]).is_err(), "{claims}");
    }
}

#[test]
fn an_answer_of_another_trip_says_so() {
    let signer = Signer::new("k1");
    let claims = with(&json!({"nonce": "another"}));
    assert_eq!(verify(&signer.signed(&claims), &[signer.key()]), Err(Reason::Nonce));
}

#[test]
fn clocks_may_differ_by_three_minutes() {
    let signer = Signer::new("k1");
    let claims = with(&json!({"exp": NOW - 179, "iat": NOW + 179, "nbf": NOW + 179}));
    assert_eq!(verify(&signer.signed(&claims), &[signer.key()]), Ok(()));
}

#[test]
fn no_signature_and_signatures_of_our_own_secret_are_refused() {
    let signer = Signer::new("k1");
    for algorithm in ["none", "None", "HS256", "ES384", "RS512", "EdDSA"] {
        let token = signer.token(&json!({"alg": algorithm, "kid": "k1"}), &good());
        assert!(verify(&token, &[signer.key()]).is_err(), "{algorithm}");
    }
    let bare = signer.signed(&good()).rsplit_once('.').unwrap().0.to_owned();
    assert!(verify(&format!("{bare}."), &[signer.key()]).is_err());
}

#[test]
fn a_key_that_the_answer_brings_itself_is_never_used() {
    let (broker, thief) = (Signer::new("k1"), Signer::new("k1"));
    let own = serde_json::to_value(thief.key()).unwrap();
    let head = json!({"alg": "ES256", "kid": "k1", "jwk": own, "jku": "https://evil.dk/keys"});
    assert!(verify(&thief.token(&head, &good()), &[broker.key()]).is_err());
}

#[test]
fn an_answer_that_demands_what_we_do_not_know_is_refused() {
    let signer = Signer::new("k1");
    let head = json!({"alg": "ES256", "kid": "k1", "crit": ["b64"], "b64": false});
    assert!(verify(&signer.token(&head, &good()), &[signer.key()]).is_err());
}

#[test]
fn the_key_is_chosen_by_its_name_and_never_by_luck() {
    let (first, second) = (Signer::new("k1"), Signer::new("k2"));
    let keys = [first.key(), second.key()];
    assert_eq!(verify(&second.signed(&good()), &keys), Ok(()));
    let unnamed = json!({"alg": "ES256"});
    assert!(verify(&second.token(&unnamed, &good()), &keys).is_err());
    assert_eq!(verify(&second.token(&unnamed, &good()), &keys[1..]), Ok(()));
    assert!(verify(&Signer::new("k3").signed(&good()), &keys).is_err());
}

#[test]
fn a_profile_can_forbid_an_algorithm() {
    let signer = Signer::new("k1");
    let profile = BrokerProfile { algorithms: vec![SigningAlgorithm::RS256], ..profile() };
    assert!(Unverified::read(&signer.signed(&good()), &profile).is_err());
}

proptest! {
    #[test]
    fn one_changed_letter_breaks_the_answer(at in 0usize..1000, letter in "[A-Za-z0-9_-]") {
        let signer = Signer::new("k1");
        let token = signer.signed(&good());
        let (body, _) = token.rsplit_once('.').unwrap();
        let at = at % body.len();
        let mut changed = token.clone();
        changed.replace_range(at..=at, &letter);
        prop_assume!(changed != token);
        prop_assert!(verify(&changed, &[signer.key()]).is_err());
    }

    #[test]
    fn reading_never_panics(token in "[ -~]{0,80}") {
        let _ = Unverified::read(&token, &profile());
    }
}
