//! The key it signs with: made beside the start, gone at the end.

use crate::Desk;
use crate::json::json as answer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::{Arc, LazyLock};
use std::thread;

/// A key that is made while the portal already answers, for that takes half a second on a small machine; whoever needs it
/// before waits for it.
pub(crate) type Making = LazyLock<Option<Key>>;

/// Begins to make one. Where no thread can be had, the first who needs it makes it.
pub(crate) fn begin(desk: &Arc<Desk>) {
    let desk = Arc::clone(desk);
    drop(
        thread::Builder::new()
            .name("simulator-key".to_owned())
            .spawn(move || LazyLock::force(&desk.key).is_some()),
    );
}

/// An RSA key of 2048 bits.
pub(crate) struct Key {
    pair: KeyPair,
    id: String,
}

impl Key {
    pub(crate) fn generate() -> Option<Self> {
        let pair = KeyPair::generate(KeySize::Rsa2048).ok()?;
        let digest = Sha256::digest(pair.public_key());
        let id = URL_SAFE_NO_PAD.encode(digest.get(..12)?);
        Some(Self { pair, id })
    }

    /// A compact JWS with RS256 (RFC 7515).
    pub(crate) fn sign(&self, claims: &Value) -> Option<String> {
        let head = json!({ "alg": "RS256", "typ": "JWT", "kid": self.id });
        let text = [head, claims.clone()].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let mut signature = vec![0u8; self.pair.public_modulus_len()];
        self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).ok()?;
        Some(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Its public half, as RFC 7517 writes it.
    fn public(&self) -> Option<Value> {
        let modulus = URL_SAFE_NO_PAD.encode(self.modulus()?);
        Some(json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.id, "n": modulus, "e": "AQAB" }))
    }

    /// The modulus. A public key of 2048 bits always encodes alike (RFC 8017 appendix A.1.1): nine bytes of heads,
    /// the modulus, and the exponent 65537.
    fn modulus(&self) -> Option<&[u8]> {
        self.pair.public_key().as_ref().get(9..9 + 256)
    }
}

/// The public half.
pub(crate) async fn published(State(desk): State<Arc<Desk>>) -> Response {
    let keys: Vec<_> = desk.key.iter().filter_map(Key::public).collect();
    answer(StatusCode::OK, &json!({ "keys": keys }))
}
