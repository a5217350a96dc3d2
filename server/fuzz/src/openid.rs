//! What applications send by OpenID Connect, and browsers they send.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use domain::oidc::client::Client;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use url::form_urlencoded;

const US: &str = "https://login.example";
const BACK: &str = "https://app.example/back";
/// The key of RFC 7517 A.1: its private half is published too, and no input here is signed with it.
const REGISTRATION: &str = r#"{
    "client_id": "app", "client_name": "App", "redirect_uris": ["https://app.example/back"],
    "token_endpoint_auth_method": "private_key_jwt",
    "jwks": { "keys": [{ "kty": "EC", "crv": "P-256", "kid": "k1",
        "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM" }] }
}"#;

fn now() -> Timestamp {
    Timestamp::from_second(1000).expect("an instant")
}

fn client() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        let id = "019a0000-0000-7000-8000-000000000001".parse().expect("an id");
        oidc::registration::read(REGISTRATION, id, [0; 32], false).expect("a registration")
    })
}

/// A statement of an application about itself: as it is, and with each line as a part of one.
pub fn client_assertion(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let parts: Vec<_> = text.split('\n').map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
    for statement in [text, &parts.join(".")] {
        let _ = oidc::assertion::claims_to_be(statement);
        let verified = oidc::assertion::verify(client(), statement, &[US.to_owned()], now());
        assert!(verified.is_err(), "nobody here has its key");
    }
}

/// The query by which an application asks for a sign-in.
pub fn authorize(data: &[u8]) {
    let parameters: BTreeMap<String, String> = form_urlencoded::parse(data).into_owned().collect();
    match oidc::authorize::read(&parameters, client(), now(), |_| None) {
        Ok(request) => {
            assert_eq!(request.answer.redirect_uri, BACK);
            assert!(request.scopes.iter().any(|scope| scope == "openid"));
        }
        Err(refused) => {
            assert!(
                refused.answer.is_none_or(|answer| answer.redirect_uri == BACK),
                "it would be told elsewhere"
            );
        }
    }
}
