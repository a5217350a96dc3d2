//! Making a signing key and its self-signed certificate.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use jiff::Timestamp;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyUsagePurpose, PKCS_RSA_SHA256, SerialNumber};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::reason::reasons;

reasons! {
    /// Why a key or certificate could not be made.
    KeygenFault {
        Generate = "keygen-generate", "The key could not be generated.";
        UnusableKey = "keygen-key-unusable", "The key is not an RSA key in PKCS#8.";
        BadDates = "keygen-bad-dates", "The certificate would end before it begins, or at an impossible time.";
        Certificate = "keygen-certificate", "The certificate could not be made.";
    }
}

/// What stands in a self-signed certificate.
#[derive(Debug, Clone, Copy)]
pub struct CertificateWish<'a> {
    /// The common name: what an administrator at a partner will see.
    pub common_name: &'a str,
    /// The organisation's name.
    pub organisation: &'a str,
    /// A positive number never used before; draw at least 64 random bits.
    pub serial: [u8; 16],
    /// Start of validity.
    pub not_before: Timestamp,
    /// End of validity.
    pub not_after: Timestamp,
}

/// Draws a new RSA key of 3072 bits from the crypto library's generator; PKCS#8 DER.
pub fn signing_key() -> Result<Zeroizing<Vec<u8>>, KeygenFault> {
    let pair = KeyPair::generate(KeySize::Rsa3072).map_err(|_| KeygenFault::Generate)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeygenFault::Generate)?;
    Ok(Zeroizing::new(der.as_ref().to_vec()))
}

/// Makes the certificate that carries the public half of `pkcs8`.
pub fn self_signed(pkcs8: &[u8], wish: &CertificateWish<'_>) -> Result<Certificate, KeygenFault> {
    if wish.not_before >= wish.not_after {
        return Err(KeygenFault::BadDates);
    }
    let pair = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8.into(), &PKCS_RSA_SHA256)
        .map_err(|_| KeygenFault::UnusableKey)?;
    let mut subject = DistinguishedName::new();
    subject.push(DnType::OrganizationName, wish.organisation);
    subject.push(DnType::CommonName, wish.common_name);
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = subject;
    parameters.serial_number = Some(SerialNumber::from_slice(&positive(wish.serial)));
    parameters.not_before = calendar(wish.not_before)?;
    parameters.not_after = calendar(wish.not_after)?;
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let certificate = parameters.self_signed(&pair).map_err(|_| KeygenFault::Certificate)?;
    Certificate::from_der(certificate.der()).map_err(|_| KeygenFault::Certificate)
}

/// RFC 5280 4.1.2.2: positive, and first octet not zero so that the length is canonical.
fn positive(mut serial: [u8; 16]) -> [u8; 16] {
    let [first, ..] = &mut serial;
    *first = (*first & 0x7f) | 0x40;
    serial
}

fn calendar(instant: Timestamp) -> Result<OffsetDateTime, KeygenFault> {
    OffsetDateTime::from_unix_timestamp(instant.as_second()).map_err(|_| KeygenFault::BadDates)
}
