//! How an application proves that it is it: by a key, a secret, a certificate, or not at all.

use super::jwks::keys;
use super::{Registration, no};
use crate::certificate;
use domain::oidc::client::{CertifiedName, ClientAuth};
use serde_json::{Map, Value};
use usecases::ports::oidc::NotRegistered;

pub(super) fn auth(it: &Registration, secret: [u8; 32]) -> Result<ClientAuth, NotRegistered> {
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
