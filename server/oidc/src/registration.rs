//! What an administrator saves of an application: the words of OIDC Dynamic Client Registration, read strictly. A word we do
//! not know, a key that is too short or an address that leads elsewhere is refused, and said.

use crate::certificate;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::SignedDuration;
use domain::ids::RelyingPartyId;
use domain::level::AssuranceLevel;
use domain::oidc::client::{
    CertifiedName, Claim, Client, ClientAuth, ClientKey, FrontChannel, KeyMaterial, Signing,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use url::{Host, Url};
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

fn each(
    addresses: &[String],
    at: &str,
    check: impl Fn(&str) -> Result<(), &'static str>,
) -> Result<(), NotRegistered> {
    for (place, text) in addresses.iter().enumerate() {
        if let Err(why) = check(text) {
            return no(format!("{at}[{place}] {text:?}: {why}"));
        }
    }
    Ok(())
}

/// An absolute `https` address that means the same to everybody; `http` to this machine in the demo only.
fn address(text: &str, loopback_http: bool) -> Result<Url, &'static str> {
    if text.len() > 2048
        || !text.bytes().all(|byte| byte.is_ascii_graphic())
        || text.contains(['*', '\\', '"', '<', '>'])
    {
        return Err("not an address that can be compared byte by byte");
    }
    let url = Url::parse(text).map_err(|_| "not an absolute address")?;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err("it names no host"),
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && loopback && loopback_http) {
        return Err("not https");
    }
    if url.fragment().is_some() {
        return Err("it has a fragment");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it names a user");
    }
    // As a browser would write it, so that what is compared is what is called.
    let written = url.as_str();
    if written != text && written.strip_suffix('/') != Some(text) {
        return Err("it is not in its usual form");
    }
    Ok(url)
}

/// What we add to its query must not stand there already.
fn redirect(text: &str, loopback_http: bool) -> Result<(), &'static str> {
    let ours = ["code", "state", "iss", "error"];
    let url = address(text, loopback_http)?;
    if url.query_pairs().any(|(name, _)| ours.contains(&name.as_ref())) {
        return Err("its query holds a name that answers have");
    }
    Ok(())
}

/// What we add to its query must not stand there already, and a browser is led to no host that answers do not go to
/// (Front-Channel Logout 2).
fn front_channel(it: &Registration, loopback_http: bool) -> Result<Option<FrontChannel>, NotRegistered> {
    let Some(text) = &it.frontchannel_logout_uri else {
        return if it.frontchannel_logout_session_required {
            no("frontchannel_logout_session_required: there is no frontchannel_logout_uri")
        } else {
            Ok(None)
        };
    };
    let found = address(text, loopback_http).and_then(|url| {
        if url.query_pairs().any(|(name, _)| ["iss", "sid"].contains(&name.as_ref())) {
            return Err("its query holds a name that we add");
        }
        let mut own = it.redirect_uris.iter().filter_map(|own| Url::parse(own).ok());
        if own.any(|own| own.origin() == url.origin()) {
            Ok(())
        } else {
            Err("it is of another origin than each of redirect_uris")
        }
    });
    match found {
        Ok(()) => Ok(Some(FrontChannel {
            address: text.clone(),
            names_session: it.frontchannel_logout_session_required,
        })),
        Err(why) => no(format!("frontchannel_logout_uri {text:?}: {why}")),
    }
}

fn auth(it: &Registration, secret: [u8; 32]) -> Result<ClientAuth, NotRegistered> {
    let auth = way(it, secret)?;
    if it.tls_client_certificate_bound_access_tokens.is_some_and(|bound| bound != auth.is_by_certificate()) {
        return no(
            "tls_client_certificate_bound_access_tokens: tokens count together with a certificate where \
                   the application proves itself by one, and nowhere else",
        );
    }
    let named = [&it.tls_client_auth_subject_dn, &it.tls_client_auth_san_dns, &it.tls_client_auth_san_uri];
    if !matches!(auth, ClientAuth::Certified(_)) && named.into_iter().any(Option::is_some) {
        return no("tls_client_auth_…: only tls_client_auth has a name in its certificate");
    }
    Ok(auth)
}

fn way(it: &Registration, secret: [u8; 32]) -> Result<ClientAuth, NotRegistered> {
    match (it.token_endpoint_auth_method.as_str(), &it.jwks) {
        ("private_key_jwt", Some(jwks)) => keys(&jwks.keys).map(ClientAuth::PrivateKeyJwt),
        ("private_key_jwt", None) => no("jwks: private_key_jwt needs the application's public keys"),
        ("client_secret_basic", None) => Ok(ClientAuth::SecretBasic(secret)),
        ("none", None) => Ok(ClientAuth::Public),
        ("self_signed_tls_client_auth", Some(jwks)) => certificates(&jwks.keys).map(ClientAuth::SelfSigned),
        ("self_signed_tls_client_auth", None) => {
            no("jwks: self_signed_tls_client_auth needs the application's certificates (x5c)")
        }
        ("tls_client_auth", None) => named(it).map(ClientAuth::Certified),
        ("client_secret_basic" | "tls_client_auth" | "none", Some(_)) => {
            no("jwks: only private_key_jwt and self_signed_tls_client_auth have keys")
        }
        _ => no("token_endpoint_auth_method: private_key_jwt, client_secret_basic, tls_client_auth, \
                 self_signed_tls_client_auth or none"),
    }
}

/// Exactly one name (RFC 8705 2.1.2).
fn named(it: &Registration) -> Result<CertifiedName, NotRegistered> {
    let subject = it.tls_client_auth_subject_dn.clone().map(CertifiedName::Subject);
    let host = it.tls_client_auth_san_dns.clone().map(CertifiedName::Host);
    let address = it.tls_client_auth_san_uri.clone().map(CertifiedName::Address);
    let mut all = [subject, host, address].into_iter().flatten();
    let (Some(name), None) = (all.next(), all.next()) else {
        return no(
            "tls_client_auth: exactly one of tls_client_auth_subject_dn, tls_client_auth_san_dns and \
                   tls_client_auth_san_uri",
        );
    };
    if certificate::is_name(&name) { Ok(name) } else { no("tls_client_auth_…: it is no such name") }
}

fn certificates(jwks: &[Map<String, Value>]) -> Result<Vec<Vec<u8>>, NotRegistered> {
    if !(1..=10).contains(&jwks.len()) {
        return no("jwks: 1 to 10 keys");
    }
    let each = jwks.iter().enumerate().map(|(place, jwk)| {
        certificate::registered(jwk).or_else(|why| no(format!("jwks: key {place}: {why}")))
    });
    each.collect()
}

fn keys(jwks: &[Map<String, Value>]) -> Result<Vec<ClientKey>, NotRegistered> {
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

#[cfg(test)]
#[path = "registration_tests.rs"]
mod tests;
