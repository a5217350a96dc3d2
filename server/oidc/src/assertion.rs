//! A client's signed statement about itself (RFC 7523 3; OIDC Core 9, `private_key_jwt`).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::oidc::client::{Client, ClientAuth, ClientKey, KeyMaterial, Signing};
use domain::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};
use usecases::ports::oidc::Asserted;

/// Longer ones are nobody's.
const LONGEST: usize = 8 * 1024;
/// A statement that could be used for longer than this is refused: it is made for one request.
const LIVES: SignedDuration = SignedDuration::from_mins(10);
/// Clocks differ by at most this (security decisions, numbers).
const SKEW: SignedDuration = SignedDuration::from_mins(3);

/// Who it claims to be from.
pub fn claims_to_be(assertion: &str) -> Option<String> {
    if assertion.len() > LONGEST {
        return None;
    }
    let mut parts = assertion.split('.');
    let (_, payload, _, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let claims: Map<String, Value> = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    Some(claims.get("sub")?.as_str()?.to_owned())
}

/// Verifies it: by one of the client's own saved keys, whatever keys it brings or points at; for one of `audiences` and
/// nobody else; fresh.
///
/// # Errors
/// A word for the log.
pub fn verify(
    client: &Client,
    assertion: &str,
    audiences: &[String],
    now: Timestamp,
) -> Result<Asserted, &'static str> {
    let ClientAuth::PrivateKeyJwt(keys) = &client.auth else { return Err("another-way") };
    if assertion.len() > LONGEST {
        return Err("assertion-too-long");
    }
    let header = decode_header(assertion).map_err(|_| "assertion-head")?;
    let signing = signing(header.alg).ok_or("assertion-algorithm")?;
    if header.crit.is_some() {
        return Err("assertion-critical");
    }
    let key = one_key(keys, signing, header.kid.as_deref()).ok_or("assertion-key")?;
    let mut rules = Validation::new(header.alg);
    rules.set_issuer(&[&client.client_id]);
    rules.sub = Some(client.client_id.clone());
    rules.set_audience(audiences);
    rules.set_required_spec_claims(&["iss", "sub", "aud", "exp"]);
    // Times are compared below, with the instant of the request instead of the machine's clock.
    rules.validate_exp = false;
    let key = decoding(key).ok_or("assertion-key")?;
    let verified =
        decode::<Map<String, Value>>(assertion, &key, &rules).map_err(|_| "assertion-signature")?;
    let claims = verified.claims;
    // For several it would serve any of them to speak to the others in the client's name.
    if claims.get("aud").and_then(Value::as_array).is_some_and(|all| all.len() != 1) {
        return Err("assertion-audience");
    }
    let until = times(&claims, now)?;
    let id = claims.get("jti").and_then(Value::as_str).filter(|id| (1..=256).contains(&id.len()));
    let id = id.ok_or("assertion-id")?.to_owned();
    Ok(Asserted { id, until })
}

pub(crate) fn signing(algorithm: Algorithm) -> Option<Signing> {
    match algorithm {
        Algorithm::RS256 => Some(Signing::RS256),
        Algorithm::PS256 => Some(Signing::PS256),
        Algorithm::ES256 => Some(Signing::ES256),
        _ => None,
    }
}

/// The only key it can be signed with. A name is compared, never looked up anywhere.
fn one_key<'k>(keys: &'k [ClientKey], signing: Signing, kid: Option<&str>) -> Option<&'k ClientKey> {
    let named = |key: &&ClientKey| kid.is_none() || key.kid.as_deref() == kid;
    let mut fitting = keys.iter().filter(|key| key.fits(signing)).filter(named);
    let key = fitting.next();
    if fitting.next().is_some() { None } else { key }
}

fn decoding(key: &ClientKey) -> Option<DecodingKey> {
    match &key.material {
        KeyMaterial::Rsa { n, e } => DecodingKey::from_rsa_components(n, e).ok(),
        KeyMaterial::P256 { x, y } => DecodingKey::from_ec_components(x, y).ok(),
    }
}

/// Until when it could be used again.
fn times(claims: &Map<String, Value>, now: Timestamp) -> Result<Timestamp, &'static str> {
    let instant = |name: &str| match claims.get(name) {
        None => Ok(None),
        Some(value) => {
            let seconds = value.as_i64().ok_or("assertion-times")?;
            Timestamp::from_second(seconds).map(Some).map_err(|_| "assertion-times")
        }
    };
    let later = |by| now.saturating_add(by).unwrap_or(now);
    let end = instant("exp")?.ok_or("assertion-times")?;
    let until = end.saturating_add(SKEW).unwrap_or(end);
    if until <= now {
        return Err("assertion-expired");
    }
    if end > later(LIVES) {
        return Err("assertion-lives-too-long");
    }
    for name in ["iat", "nbf"] {
        if instant(name)?.is_some_and(|begins| begins > later(SKEW)) {
            return Err("assertion-from-the-future");
        }
    }
    Ok(until)
}

#[cfg(test)]
#[path = "assertion_tests.rs"]
mod tests;
