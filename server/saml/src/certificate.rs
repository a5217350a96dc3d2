//! X.509 certificates as SAML uses them: a box around a public key.

use aws_lc_rs::rsa::PublicEncryptingKey;
use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode, Encode};
use x509_cert::time::Time;

use crate::reason::reasons;
use crate::redirect::SignatureAlgorithm;
use crate::values::hex;

/// Smallest RSA key accepted anywhere, in bits (Kantara MD06; NSIS 4.1.6.7).
const SMALLEST_RSA: usize = 2048;
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ELLIPTIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

reasons! {
    /// Why a certificate was refused.
    CertificateFault {
        NotBase64 = "certificate-not-base64", "The certificate is not base64.";
        NotX509 = "certificate-not-x509", "The certificate is not an X.509 certificate.";
        UnsupportedKey = "certificate-key-unsupported", "The certificate's key is neither RSA nor an elliptic curve key on P-256 or P-384.";
        ShortRsaKey = "certificate-rsa-too-short", "The certificate's RSA key is shorter than 2048 bits.";
    }
}

/// The kind of public key inside a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA, at least 2048 bits.
    Rsa {
        /// Modulus length in bits.
        bits: usize,
    },
    /// Elliptic curve P-256.
    P256,
    /// Elliptic curve P-384.
    P384,
}

/// A certificate whose key is strong enough to be used.
///
/// In SAML the certificate only carries the key (trust comes from the metadata it stands in): a chain is not looked for.
/// Past its dates it counts for nothing all the same, see [`Certificate::is_in_time`].
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    public_key: Vec<u8>,
    kind: KeyKind,
    not_before: Timestamp,
    not_after: Timestamp,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificate")
            .field("kind", &self.kind)
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}

impl Certificate {
    /// Reads a DER certificate and judges its key.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateFault> {
        let parsed = x509_cert::Certificate::from_der(der).map_err(|_| CertificateFault::NotX509)?;
        let key = &parsed.tbs_certificate.subject_public_key_info;
        let public_key = key.to_der().map_err(|_| CertificateFault::NotX509)?;
        let kind = if key.algorithm.oid == RSA {
            rsa_kind(&public_key)?
        } else if key.algorithm.oid == ELLIPTIC {
            let parameters = key.algorithm.parameters.as_ref();
            curve(parameters.and_then(|named| named.decode_as().ok()))?
        } else {
            return Err(CertificateFault::UnsupportedKey);
        };
        let validity = parsed.tbs_certificate.validity;
        Ok(Self {
            der: der.to_vec(),
            public_key,
            kind,
            not_before: instant(validity.not_before)?,
            not_after: instant(validity.not_after)?,
        })
    }

    /// Reads what stands in `ds:X509Certificate`: base64, broken into lines as one likes.
    pub fn from_base64(text: &str) -> Result<Self, CertificateFault> {
        let compact: String = text.split_ascii_whitespace().collect();
        let der = STANDARD.decode(compact).map_err(|_| CertificateFault::NotBase64)?;
        Self::from_der(&der)
    }

    /// The certificate as DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate as one line of base64, as `ds:X509Certificate` wants it.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(&self.der)
    }

    /// What kind of key it holds.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Whether its key may be believed then: not before it begins, and not after it ends (RFC 5280 4.1.2.5).
    pub fn is_in_time(&self, now: Timestamp) -> bool {
        (self.not_before..=self.not_after).contains(&now)
    }

    /// Start of validity (RFC 5280 4.1.2.5).
    pub fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// End of validity (RFC 5280 4.1.2.5): warn before it, since many partners do enforce it.
    pub fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// SHA-256 of the DER in lower-case hexadecimal: how people compare certificates.
    pub fn fingerprint(&self) -> String {
        hex(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &self.der).as_ref())
    }

    /// Whether `key` (an `RSAPublicKey`, RFC 8017 A.1.1) is the key in this certificate.
    pub(crate) fn holds_rsa_key(&self, key: &[u8]) -> bool {
        // SubjectPublicKeyInfo ends with the RSAPublicKey as the content of its bit string.
        matches!(self.kind, KeyKind::Rsa { .. }) && self.public_key.ends_with(key)
    }

    /// Whether `signature` over `message` was made with this certificate's key.
    pub(crate) fn verifies(&self, algorithm: SignatureAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        let parameters: &'static dyn VerificationAlgorithm = match (algorithm, self.kind) {
            (SignatureAlgorithm::RsaSha256, KeyKind::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA256,
            (SignatureAlgorithm::RsaSha512, KeyKind::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA512,
            (SignatureAlgorithm::EcdsaSha256, KeyKind::P256) => &signature::ECDSA_P256_SHA256_FIXED,
            (SignatureAlgorithm::EcdsaSha384, KeyKind::P384) => &signature::ECDSA_P384_SHA384_FIXED,
            _ => return false,
        };
        UnparsedPublicKey::new(parameters, &self.public_key).verify(message, signature).is_ok()
    }
}

fn rsa_kind(public_key: &[u8]) -> Result<KeyKind, CertificateFault> {
    // aws-lc itself already refuses keys far too short or malformed.
    let bits =
        PublicEncryptingKey::from_der(public_key).map_err(|_| CertificateFault::ShortRsaKey)?.key_size_bits();
    if bits < SMALLEST_RSA {
        return Err(CertificateFault::ShortRsaKey);
    }
    Ok(KeyKind::Rsa { bits })
}

fn curve(parameters: Option<ObjectIdentifier>) -> Result<KeyKind, CertificateFault> {
    match parameters {
        Some(P256) => Ok(KeyKind::P256),
        Some(P384) => Ok(KeyKind::P384),
        _ => Err(CertificateFault::UnsupportedKey),
    }
}

fn instant(time: Time) -> Result<Timestamp, CertificateFault> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).map_err(|_| CertificateFault::NotX509)?;
    Timestamp::from_second(seconds).map_err(|_| CertificateFault::NotX509)
}
