//! The signed answer (OpenID Connect Core 1.0, section 3.1.3.7).

use crate::claims::Claims;
use crate::profile::{BrokerProfile, SigningAlgorithm};
use crate::reason::Reason;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use domain::proofing::SKEW;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// A token whose head was read and allowed; its content is not believed yet.
pub(crate) struct Unverified<'a> {
    token: &'a str,
    header: Header,
    algorithm: SigningAlgorithm,
}

/// What the token must say.
pub(crate) struct Expected<'a> {
    pub(crate) profile: &'a BrokerProfile,
    pub(crate) nonce: &'a str,
    pub(crate) access_token: &'a str,
    pub(crate) now: Timestamp,
}

impl<'a> Unverified<'a> {
    /// Reads the head; no signature, a symmetric one or one the profile does not allow ends here.
    pub(crate) fn read(token: &'a str, profile: &BrokerProfile) -> Result<Self, Reason> {
        let header = decode_header(token).map_err(|_| Reason::IdToken("its head cannot be read"))?;
        let algorithm = match header.alg {
            Algorithm::RS256 => SigningAlgorithm::RS256,
            Algorithm::PS256 => SigningAlgorithm::PS256,
            Algorithm::ES256 => SigningAlgorithm::ES256,
            _ => return Err(Reason::IdToken("algorithm")),
        };
        if !profile.algorithms.contains(&algorithm) {
            return Err(Reason::IdToken("algorithm"));
        }
        if header.crit.is_some() {
            return Err(Reason::IdToken("it demands what we do not know"));
        }
        Ok(Self { token, header, algorithm })
    }

    /// The one published key it can be signed with. Keys the token itself brings are never used.
    pub(crate) fn key<'k>(&self, keys: &'k [Jwk]) -> Option<&'k Jwk> {
        let mut fitting = keys.iter().filter(|key| self.fits(key));
        let key = fitting.next();
        if fitting.next().is_some() { None } else { key }
    }

    fn fits(&self, key: &Jwk) -> bool {
        let named = self.header.kid.is_none() || self.header.kid == key.common.key_id;
        let word = format!("{:?}", self.algorithm);
        let meant = key.common.key_algorithm.is_none_or(|algorithm| format!("{algorithm:?}") == word);
        let kind = match (&key.algorithm, self.algorithm) {
            (AlgorithmParameters::RSA(_), SigningAlgorithm::RS256 | SigningAlgorithm::PS256) => true,
            (AlgorithmParameters::EllipticCurve(curve), SigningAlgorithm::ES256) => {
                curve.curve == EllipticCurve::P256
            }
            _ => false,
        };
        named && meant && kind
    }

    /// Checks signature, issuer, audience, times, nonce and, where it is there, the hash of the access token.
    pub(crate) fn verify(&self, key: &Jwk, expected: &Expected<'_>) -> Result<Claims, Reason> {
        let key = DecodingKey::from_jwk(key).map_err(|_| Reason::IdToken("the key cannot be read"))?;
        let mut rules = Validation::new(self.header.alg);
        rules.set_issuer(&[&expected.profile.issuer]);
        rules.set_audience(&[&expected.profile.client_id]);
        rules.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // Times are compared below, with the instant of the request instead of the machine's clock.
        rules.validate_exp = false;
        let verified = decode::<Map<String, Value>>(self.token, &key, &rules)
            .map_err(|_| Reason::IdToken("signature, issuer or audience"))?;
        let claims = Claims::new(verified.claims);
        parties(&claims, expected.profile)?;
        times(&claims, expected.now)?;
        if claims.word("nonce") != Some(expected.nonce) {
            return Err(Reason::Nonce);
        }
        access_token_hash(&claims, expected.access_token)?;
        Ok(claims)
    }
}

/// One issuer, a subject, and nobody else it was made for.
fn parties(claims: &Claims, profile: &BrokerProfile) -> Result<(), Reason> {
    if claims.word("iss") != Some(profile.issuer.as_str()) {
        return Err(Reason::IdToken("issuer"));
    }
    if claims.word("sub").is_none_or(str::is_empty) {
        return Err(Reason::IdToken("subject"));
    }
    let several = claims.raw("aud").and_then(Value::as_array).is_some_and(|all| all.len() > 1);
    let authorized = claims.raw("azp");
    if (several || authorized.is_some())
        && authorized.and_then(Value::as_str) != Some(profile.client_id.as_str())
    {
        return Err(Reason::IdToken("authorized party"));
    }
    Ok(())
}

fn times(claims: &Claims, now: Timestamp) -> Result<(), Reason> {
    let instant = |name| {
        let seconds = claims.raw(name)?.as_i64()?;
        Timestamp::from_second(seconds).ok()
    };
    let earliest = now.saturating_sub(SKEW).unwrap_or(now);
    let latest = now.saturating_add(SKEW).unwrap_or(now);
    if instant("exp").is_none_or(|end| end <= earliest) {
        return Err(Reason::IdToken("expired"));
    }
    if instant("iat").is_none_or(|made| made > latest) {
        return Err(Reason::IdToken("made in the future"));
    }
    if claims.raw("nbf").is_some() && instant("nbf").is_none_or(|begin| begin > latest) {
        return Err(Reason::IdToken("not valid yet"));
    }
    Ok(())
}

/// All three algorithms hash with SHA-256; the claim is the left half.
fn access_token_hash(claims: &Claims, access_token: &str) -> Result<(), Reason> {
    let Some(given) = claims.raw("at_hash") else { return Ok(()) };
    let digest = Sha256::digest(access_token);
    let half = digest.get(..16).unwrap_or_default();
    if given.as_str() == Some(URL_SAFE_NO_PAD.encode(half).as_str()) {
        Ok(())
    } else {
        Err(Reason::IdToken("hash of the access token"))
    }
}

#[cfg(test)]
#[path = "id_token_tests.rs"]
mod tests;
