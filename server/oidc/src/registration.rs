//! What an administrator saves of an application: the words of OIDC Dynamic Client Registration, read strictly. A word we do
//! not know, a key that is too short or an address that leads elsewhere is refused, and said.

mod addresses;
mod jwks;
mod proof;
#[cfg(test)]
mod tests;

pub(crate) use jwks::{PRIVATE, is_private};

use addresses::{address, each, front_channel, redirect};
use domain::SignedDuration;
use domain::ids::RelyingPartyId;
use domain::level::AssuranceLevel;
use domain::oidc::client::{Claim, Client, ClientAuth, Signing};
use proof::auth;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use usecases::ports::oidc::NotRegistered;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Registration {
    client_id: String,
    client_name: String,
    redirect_uris: Vec<String>,
    token_endpoint_auth_method: String,
    #[serde(default)]
    jwks: Option<Jwks>,
    #[serde(default)]
    tls_client_auth_subject_dn: Option<String>,
    #[serde(default)]
    tls_client_auth_san_dns: Option<String>,
    #[serde(default)]
    tls_client_auth_san_uri: Option<String>,
    #[serde(default)]
    tls_client_certificate_bound_access_tokens: Option<bool>,
    #[serde(default)]
    grant_types: Option<Vec<String>>,
    #[serde(default)]
    post_logout_redirect_uris: Vec<String>,
    #[serde(default)]
    backchannel_logout_uri: Option<String>,
    #[serde(default)]
    frontchannel_logout_uri: Option<String>,
    #[serde(default)]
    frontchannel_logout_session_required: bool,
    #[serde(default)]
    id_token_signed_response_alg: Option<String>,
    #[serde(default)]
    require_pushed_authorization_requests: bool,
    /// The least level it takes.
    #[serde(default)]
    level: Option<String>,
    #[serde(default)]
    longest_session_minutes: Option<i64>,
    #[serde(default = "yes")]
    single_sign_on: bool,
    #[serde(default)]
    claims: Vec<String>,
    #[serde(default)]
    sector: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Jwks {
    keys: Vec<Map<String, Value>>,
}

fn yes() -> bool {
    true
}

fn no<T>(what: impl Into<String>) -> Result<T, NotRegistered> {
    Err(NotRegistered(what.into()))
}

/// Reads it. `secret` is the hash of what the application will show where it is registered for that.
///
/// # Errors
/// [`NotRegistered`] says exactly what is wrong.
pub fn read(
    text: &str,
    id: RelyingPartyId,
    secret: [u8; 32],
    loopback_http: bool,
) -> Result<Client, NotRegistered> {
    let it: Registration = serde_json::from_str(text).map_err(|error| NotRegistered(error.to_string()))?;
    let auth = auth(&it, secret)?;
    if it.redirect_uris.is_empty() {
        return no("redirect_uris: at least one is needed");
    }
    each(&it.redirect_uris, "redirect_uris", |uri| redirect(uri, loopback_http))?;
    each(&it.post_logout_redirect_uris, "post_logout_redirect_uris", |uri| {
        address(uri, loopback_http).map(drop)
    })?;
    each(it.backchannel_logout_uri.as_slice(), "backchannel_logout_uri", |uri| {
        address(uri, loopback_http).map(drop)
    })?;
    let front_channel_logout = front_channel(&it, loopback_http)?;
    if it.require_pushed_authorization_requests && auth == ClientAuth::Public {
        return no(
            "require_pushed_authorization_requests: an application without a secret proves nothing by it",
        );
    }
    Ok(Client {
        id,
        client_id: name(&it.client_id)?,
        display_name: display_name(&it.client_name)?,
        auth,
        post_logout_uris: it.post_logout_redirect_uris,
        back_channel_logout: it.backchannel_logout_uri,
        back_channel_ca: None,
        front_channel_logout,
        demands: level(it.level.as_deref())?,
        federation: AssuranceLevel::Substantial,
        longest_session: longest(it.longest_session_minutes)?,
        single_sign_on: it.single_sign_on,
        pushed_only: it.require_pushed_authorization_requests,
        refresh: refresh(it.grant_types.as_deref())?,
        claims: claims(&it.claims)?,
        signing: signing(it.id_token_signed_response_alg.as_deref(), "id_token_signed_response_alg")?
            .unwrap_or(Signing::RS256),
        sector: match it.sector {
            Some(sector) => name(&sector)?,
            None => it.client_id.clone(),
        },
        redirect_uris: it.redirect_uris,
    })
}

/// Never what could be an entity id: no colon, no slash.
fn name(text: &str) -> Result<String, NotRegistered> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte);
    if (3..=128).contains(&text.len()) && text.bytes().all(fits) {
        Ok(text.to_owned())
    } else {
        no(format!("client_id or sector {text:?}: 3 to 128 letters, digits or . _ ~ -"))
    }
}

fn display_name(text: &str) -> Result<String, NotRegistered> {
    let text = text.trim();
    if (1..=80).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        Ok(text.to_owned())
    } else {
        no("client_name: 1 to 80 characters")
    }
}

fn level(word: Option<&str>) -> Result<AssuranceLevel, NotRegistered> {
    match word {
        None | Some("Substantial") => Ok(AssuranceLevel::Substantial),
        Some("Low") => Ok(AssuranceLevel::Low),
        Some(_) => no("level: Low or Substantial"),
    }
}

fn longest(minutes: Option<i64>) -> Result<SignedDuration, NotRegistered> {
    match minutes.unwrap_or(60) {
        minutes @ 1..=1440 => Ok(SignedDuration::from_mins(minutes)),
        _ => no("longest_session_minutes: 1 to 1440"),
    }
}

fn refresh(kinds: Option<&[String]>) -> Result<bool, NotRegistered> {
    let Some(kinds) = kinds else { return Ok(false) };
    if kinds.iter().any(|kind| !["authorization_code", "refresh_token"].contains(&kind.as_str())) {
        return no("grant_types: authorization_code and refresh_token are all there is");
    }
    if !kinds.iter().any(|kind| kind == "authorization_code") {
        return no("grant_types: authorization_code is needed");
    }
    Ok(kinds.iter().any(|kind| kind == "refresh_token"))
}

fn claims(words: &[String]) -> Result<BTreeSet<Claim>, NotRegistered> {
    let each = words.iter().map(|word| match Claim::from_word(word) {
        Some(claim) => Ok(claim),
        None => {
            let known = Claim::ALL.map(Claim::word).join(", ");
            no(format!("claims: {word:?} is none of {known}"))
        }
    });
    each.collect()
}

fn signing(word: Option<&str>, at: &str) -> Result<Option<Signing>, NotRegistered> {
    match word {
        None => Ok(None),
        Some(word) => match Signing::from_word(word) {
            Some(signing) => Ok(Some(signing)),
            None => no(format!("{at}: {word:?} is none of RS256, PS256, ES256")),
        },
    }
}
