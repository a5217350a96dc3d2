//! What we say: id tokens (OIDC Core 2) and logout tokens (Back-Channel Logout 2.4); and id tokens of ours read back.

use crate::assertion::signing;
use crate::keys::{KeySet, algorithm};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::factor::FactorKind;
use domain::oidc::client::{Client, Signing, hash};
use domain::visit::Visit;
use domain::{SignedDuration, Timestamp};
use jsonwebtoken::{Header, Validation, decode, decode_header, encode};
use serde_json::{Map, Value, json};
use usecases::ports::oidc::{Hint, IdToken, Unsigned};

/// How long a logout token is believed: it is used at once or made anew.
const LOGOUT_HOLDS: SignedDuration = SignedDuration::from_mins(2);
/// What says that it is about a logout.
const LOGOUT_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Longer ones are none of ours.
const LONGEST: usize = 16 * 1024;

/// Writes an id token.
pub(crate) fn id_token(
    keys: &KeySet,
    issuer: &str,
    client: &Client,
    says: &IdToken<'_>,
    now: Timestamp,
) -> Result<String, Unsigned> {
    // What is asked for by name never stands in for what the protocol says.
    let mut claims: Map<String, Value> = says.claims.clone();
    let mut say = |name: &str, value: Value| {
        claims.insert(name.to_owned(), value);
    };
    say("iss", issuer.into());
    say("sub", says.subject.into());
    say("aud", client.client_id.as_str().into());
    say("iat", now.as_second().into());
    say("exp", says.until.as_second().into());
    say("auth_time", says.authenticated_at.as_second().into());
    say("sid", says.visit.to_string().into());
    say("jti", says.id.into());
    say("amr", methods(says.methods).into());
    say("at_hash", half_hash(says.access_token).into());
    if let Some(nonce) = says.nonce {
        say("nonce", nonce.into());
    }
    if let Some(level) = says.level {
        say("acr", level.loa_uri().into());
        say("loa", level.word().into());
        say("ial", says.chain.identity.word().into());
        say("aal", says.chain.authentication.word().into());
    }
    sign(keys, client.signing, "JWT", &claims, now)
}

/// Writes a logout token; `id` is fresh.
pub(crate) fn logout_token(
    keys: &KeySet,
    issuer: &str,
    (client, visit): (&Client, &Visit),
    id: String,
    now: Timestamp,
) -> Result<String, Unsigned> {
    let until = now.saturating_add(LOGOUT_HOLDS).unwrap_or(now);
    let claims = json!({
        "iss": issuer,
        "aud": client.client_id,
        "iat": now.as_second(),
        "exp": until.as_second(),
        "jti": id,
        "sub": visit.name_id,
        "sid": visit.session_index,
        "events": { LOGOUT_EVENT: {} },
    });
    sign(keys, client.signing, "logout+jwt", &claims, now)
}

fn sign(
    keys: &KeySet,
    signing: Signing,
    kind: &str,
    claims: &impl serde::Serialize,
    now: Timestamp,
) -> Result<String, Unsigned> {
    let (key, id) = keys.signing(signing, now).ok_or(Unsigned("there is no key for tokens"))?;
    let mut header = Header::new(algorithm(signing));
    header.typ = Some(kind.to_owned());
    header.kid = Some(id.to_owned());
    encode(&header, claims, key).map_err(|_| Unsigned("the signature failed"))
}

/// What an id token of ours says, however old it is. One that says something else, such as a logout token, is none.
pub(crate) fn hint(keys: &KeySet, issuer: &str, token: &str, now: Timestamp) -> Option<Hint> {
    if token.len() > LONGEST {
        return None;
    }
    let header = decode_header(token).ok()?;
    if header.typ.as_deref() != Some("JWT") || header.crit.is_some() {
        return None;
    }
    let key = keys.verifying(header.kid.as_deref()?, signing(header.alg)?)?;
    let mut rules = Validation::new(header.alg);
    rules.set_issuer(&[issuer]);
    rules.set_required_spec_claims(&["iss", "aud", "sub"]);
    rules.validate_exp = false;
    // Whom it was made for is what is asked.
    rules.validate_aud = false;
    let claims = decode::<Map<String, Value>>(token, &key, &rules).ok()?.claims;
    if claims.get("iat")?.as_i64()? > now.as_second() {
        return None;
    }
    let word = |name: &str| claims.get(name).and_then(Value::as_str);
    Some(Hint { client_id: word("aud")?.to_owned(), visit: word("sid")?.parse().ok()? })
}

/// RFC 8176, each once, and `mfa` where there are several.
fn methods(shown: &[FactorKind]) -> Vec<&'static str> {
    let mut words: Vec<&'static str> = Vec::new();
    for kind in shown {
        let word = match kind {
            FactorKind::Password => "pwd",
            FactorKind::AuthenticatorApp | FactorKind::CodeDevice | FactorKind::RecoveryCode => "otp",
            FactorKind::Passkey | FactorKind::PasskeyAlone => "pop",
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    // A passkey that is enough alone is two kinds in one: had, and opened by what its owner knows or is.
    if words.len() > 1 || shown.contains(&FactorKind::PasskeyAlone) {
        words.push("mfa");
    }
    words
}

/// OIDC Core 3.1.3.6.
fn half_hash(token: &str) -> String {
    let hash = hash(token.as_bytes());
    let (half, _) = hash.split_first_chunk::<16>().map_or((&[0; 16], &[][..]), |split| split);
    URL_SAFE_NO_PAD.encode(half)
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
