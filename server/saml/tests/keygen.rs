//! Signing keys and their certificates.

#[cfg(test)]
mod common;

use common::*;
use saml::certificate::{Certificate, KeyKind};
use saml::keygen::{CertificateWish, KeygenFault, self_signed, signing_key};
use saml::sign::SigningKey;

#[test]
fn a_new_key_is_rsa_3072_and_fits_its_certificate() {
    let key = signing_key().unwrap();
    let certificate = self_signed(&key, &wish("saml.example.dk")).unwrap();
    assert_eq!(certificate.kind(), KeyKind::Rsa { bits: 3072 });
    assert_eq!(certificate.not_before(), at("2026-01-01T00:00:00Z"));
    assert_eq!(certificate.not_after(), at("2029-01-01T00:00:00Z"));
    assert_eq!(Certificate::from_base64(&certificate.to_base64()), Ok(certificate.clone()));
    assert_eq!(certificate.fingerprint().len(), 64);
    assert!(SigningKey::new(&key, certificate).is_ok());
}

#[test]
fn two_keys_are_never_the_same() {
    assert_ne!(*signing_key().unwrap(), *signing_key().unwrap());
}

#[test]
fn impossible_wishes_are_refused() {
    let keys = service_keys();
    let backwards = CertificateWish { not_after: at("2025-01-01T00:00:00Z"), ..wish("x") };
    assert_eq!(self_signed(&keys.pkcs8, &backwards).err(), Some(KeygenFault::BadDates));
    assert_eq!(self_signed(b"no key", &wish("x")).err(), Some(KeygenFault::UnusableKey));
}

#[test]
fn a_signing_key_shows_nothing_secret_to_debug() {
    let shown = format!("{:?}", idp_keys().1);
    assert!(shown.starts_with("SigningKey { certificate: Certificate { kind: Rsa"), "{shown}");
    assert!(!shown.contains("pkcs8") && !shown.contains("context"));
}
