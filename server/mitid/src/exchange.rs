//! The code becomes tokens (RFC 6749 section 4.1.3).

use crate::departure::Memory;
use crate::profile::BrokerProfile;
use crate::reason::Reason;
use crate::wire;
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use url::Url;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

/// What a code was exchanged for. No Debug: these are secrets.
#[derive(Deserialize)]
pub(crate) struct Tokens {
    pub(crate) id_token: Zeroizing<String>,
    pub(crate) access_token: Zeroizing<String>,
    token_type: String,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

/// Spends the code; a broker accepts it once.
pub(crate) async fn exchange(
    http: &Client,
    endpoint: &Url,
    profile: &BrokerProfile,
    code: &str,
    memory: &Memory,
) -> Result<Tokens, Reason> {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &profile.redirect_uri),
        ("code_verifier", &memory.verifier),
    ];
    // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
    let id: String = byte_serialize(profile.client_id.as_bytes()).collect();
    let secret: Zeroizing<String> =
        Zeroizing::new(byte_serialize(profile.client_secret.expose().as_bytes()).collect());
    let request = http.post(endpoint.clone()).basic_auth(id, Some(secret.as_str())).form(&form);
    let reply = wire::send(request).await?;
    if reply.status == StatusCode::BAD_REQUEST && is_invalid_grant(&reply.body) {
        return Err(Reason::Grant);
    }
    let body = Zeroizing::new(reply.good()?.body);
    let tokens: Tokens = serde_json::from_slice(&body).map_err(|_| Reason::Malformed("tokens"))?;
    if tokens.token_type.eq_ignore_ascii_case("bearer") {
        Ok(tokens)
    } else {
        Err(Reason::Malformed("kind of token"))
    }
}

fn is_invalid_grant(body: &[u8]) -> bool {
    serde_json::from_slice::<Refused>(body).is_ok_and(|refused| refused.error == "invalid_grant")
}
