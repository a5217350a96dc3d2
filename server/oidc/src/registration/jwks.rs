//! The public keys of an application, and which are strong enough.

use super::no;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::oidc::client::{ClientKey, KeyMaterial, Signing};
use serde_json::{Map, Value};
use usecases::ports::oidc::NotRegistered;

pub(super) fn keys(jwks: &[Map<String, Value>]) -> Result<Vec<ClientKey>, NotRegistered> {
    if !(1..=10).contains(&jwks.len()) {
        return no("jwks: 1 to 10 keys");
    }
    let mut found: Vec<ClientKey> = Vec::new();
    for (place, jwk) in jwks.iter().enumerate() {
        let read = key(jwk).or_else(|why| no(format!("jwks: key {place}: {why}")))?;
        // Two of one name, or without: nobody could tell which a statement is by.
        if found.iter().any(|other| other.kid == read.kid) {
            return no(format!("jwks: key {place}: another has the same kid, or none"));
        }
        found.push(read);
    }
    Ok(found)
}

/// What is said of a private key.
pub(crate) const PRIVATE: &str = "it is a private key: make a new one, this one has been shown";

pub(crate) fn is_private(jwk: &Map<String, Value>) -> bool {
    ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].iter().any(|private| jwk.contains_key(*private))
}

fn key(jwk: &Map<String, Value>) -> Result<ClientKey, &'static str> {
    let word = |name: &str| match jwk.get(name) {
        None => Ok(None),
        Some(Value::String(word)) => Ok(Some(word.as_str())),
        Some(_) => Err("a member that is no text"),
    };
    if is_private(jwk) {
        return Err(PRIVATE);
    }
    if !matches!(word("use")?, None | Some("sig")) {
        return Err("it is not for signatures");
    }
    let bytes = |name: &str| {
        let text = word(name)?.ok_or("a number is missing")?;
        URL_SAFE_NO_PAD
            .decode(text)
            .map(|bytes| (text.to_owned(), bytes))
            .map_err(|_| "a number is no base64url")
    };
    let material = match word("kty")? {
        Some("RSA") => {
            let ((n, modulus), (e, exponent)) = (bytes("n")?, bytes("e")?);
            let bits = significant(&modulus);
            if !(2048..=8192).contains(&bits) {
                return Err("RSA of less than 2048 or more than 8192 bits");
            }
            if significant(&exponent) < 17 || exponent.last().is_none_or(|last| last % 2 == 0) {
                return Err("a weak exponent");
            }
            KeyMaterial::Rsa { n, e }
        }
        Some("EC") if word("crv")? == Some("P-256") => {
            let ((x, x_bytes), (y, y_bytes)) = (bytes("x")?, bytes("y")?);
            if x_bytes.len() != 32 || y_bytes.len() != 32 {
                return Err("no point of P-256");
            }
            KeyMaterial::P256 { x, y }
        }
        _ => return Err("neither RSA nor P-256"),
    };
    let signing = match word("alg")? {
        None => None,
        Some(word) => Some(Signing::from_word(word).ok_or("alg is none of RS256, PS256, ES256")?),
    };
    let kid = word("kid")?.map(str::to_owned);
    let key = ClientKey { kid, signing, material };
    if signing.is_some_and(|signing| !key.fits(signing)) {
        return Err("alg is of another kind of key");
    }
    Ok(key)
}

/// How many bits, without zeros in front.
fn significant(bytes: &[u8]) -> usize {
    let rest: Vec<&u8> = bytes.iter().skip_while(|byte| **byte == 0).collect();
    let first = rest.first().map_or(0, |first| first.leading_zeros());
    (rest.len() * 8).saturating_sub(usize::try_from(first).unwrap_or(0))
}
