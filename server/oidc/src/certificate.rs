//! Certificates of applications (RFC 8705). The handshake is a proxy's: that whoever sent a certificate holds its key is known
//! before this is asked. What is asked here is whose it is, and whether it may be believed.

use crate::registration::{PRIVATE, is_private};
use crate::revoked::Taken;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use core::str::FromStr as _;
use core::time::Duration;
use domain::Timestamp;
use domain::oidc::client::{CertifiedName, Client, ClientAuth, hash};
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{CertificateError, RootCertStore};
use serde_json::{Map, Value};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use url::{Host, Url};
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::asn1::{ObjectIdentifier, UintRef};
use x509_cert::der::{self, Decode as _, Reader as _, SliceReader, Tag, Tagged as _};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::{RdnSequence, RelativeDistinguishedName};

/// Longer ones are nobody's.
const LONGEST: usize = 16 * 1024;
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ELLIPTIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// An authority that cannot be trusted: says why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoAuthority(pub String);

/// Who is believed by a certificate in this house.
#[derive(Debug)]
pub struct Certificates {
    authorities: Option<Authorities>,
    address: Option<String>,
}

/// Whose certificates are believed, but for those that their lists name.
#[derive(Debug)]
struct Authorities {
    roots: Arc<RootCertStore>,
    verifier: RwLock<Arc<dyn ClientCertVerifier>>,
    taken: Mutex<Taken>,
}

impl Authorities {
    fn of(authorities: &[Vec<u8>]) -> Result<Self, NoAuthority> {
        let mut roots = RootCertStore::empty();
        for der in authorities {
            let added = roots.add(CertificateDer::from(der.as_slice()));
            added.map_err(|error| NoAuthority(error.to_string()))?;
        }
        let roots = Arc::new(roots);
        let verifier = RwLock::new(verifier(&roots, &[])?);
        Ok(Self { roots, verifier, taken: Mutex::default() })
    }

    fn verifier(&self) -> Arc<dyn ClientCertVerifier> {
        Arc::clone(&self.verifier.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Certificates {
    /// Believes the certificates that applications registered, and those that one of `authorities`, DER, signed directly.
    /// `address`: where lines ask for a certificate, where that is not the address of the house (RFC 8705 5); without a slash at
    /// its end.
    ///
    /// # Errors
    /// [`NoAuthority`]
    pub fn new(authorities: &[Vec<u8>], address: Option<String>) -> Result<Self, NoAuthority> {
        let authorities = if authorities.is_empty() { None } else { Some(Authorities::of(authorities)?) };
        Ok(Self { authorities, address })
    }

    /// Believes none that these lists, DER, name as revoked, from now on, and of an authority none at all while no list of its
    /// own that is in time is among them (RFC 5280 6.3). One that is older than what that authority was taken to say before, by its
    /// number or its day, is not taken (5.2.3): in its place the newer one goes on.
    ///
    /// # Errors
    /// [`NoAuthority`]: nobody is believed who could revoke, or a list cannot be read, and those of before go on; or one is older,
    /// and the others are taken.
    pub fn refuse_revoked(&self, lists: &[Vec<u8>]) -> Result<(), NoAuthority> {
        let nobody = || NoAuthority("lists of revoked certificates take authorities".to_owned());
        let authorities = self.authorities.as_ref().ok_or_else(nobody)?;
        if lists.is_empty() {
            return Err(NoAuthority("no list of revoked certificates".to_owned()));
        }
        let mut taken = authorities.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let unread = |error: der::Error| NoAuthority(format!("a list of revoked certificates: {error}"));
        let holding = taken.weigh(lists, &authorities.roots).map_err(unread)?;
        let verifier = verifier(&authorities.roots, &holding.lists)?;
        *authorities.verifier.write().unwrap_or_else(PoisonError::into_inner) = verifier;
        // Only now: one that cannot be used, such as a delta, would be in the way of every good one with a smaller number.
        let older = taken.remember(holding);
        if older.is_empty() {
            return Ok(());
        }
        let older = older.join("; ");
        Err(NoAuthority(format!(
            "older than the list of revoked certificates that goes on in its place: {older}"
        )))
    }

    /// The words on the wire.
    pub(crate) fn methods(&self) -> &'static [&'static str] {
        match self.authorities {
            Some(_) => &["tls_client_auth", "self_signed_tls_client_auth"],
            None => &["self_signed_tls_client_auth"],
        }
    }

    pub(crate) fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// Whether this client proves itself by this certificate, now. Gives its SHA-256.
    pub(crate) fn verify(
        &self,
        client: &Client,
        shown: Option<&[u8]>,
        now: Timestamp,
    ) -> Result<[u8; 32], &'static str> {
        let der = shown.ok_or("certificate-missing")?;
        let certificate = read(der)?;
        if !is_in_time(&certificate, now) {
            return Err("certificate-out-of-time");
        }
        match &client.auth {
            ClientAuth::SelfSigned(own) if own.iter().any(|own| own == der) => Ok(hash(der)),
            ClientAuth::SelfSigned(_) => Err("certificate-other"),
            ClientAuth::Certified(name) => {
                let authorities = self.authorities.as_ref().ok_or("certificates-off")?;
                let seconds = u64::try_from(now.as_second()).map_err(|_| "certificate-out-of-time")?;
                let at = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
                let verified = authorities.verifier().verify_client_cert(&CertificateDer::from(der), &[], at);
                verified.map_err(|error| unverified(&error))?;
                if names(&certificate, name) { Ok(hash(der)) } else { Err("certificate-other") }
            }
            ClientAuth::PrivateKeyJwt(_) | ClientAuth::SecretBasic(_) | ClientAuth::Public => {
                Err("another-way")
            }
        }
    }
}

/// Without lists nothing is looked for in any.
fn verifier(
    roots: &Arc<RootCertStore>,
    lists: &[Vec<u8>],
) -> Result<Arc<dyn ClientCertVerifier>, NoAuthority> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let lists = lists.iter().map(|der| CertificateRevocationListDer::from(der.clone()));
    let builder = WebPkiClientVerifier::builder_with_provider(Arc::clone(roots), provider).with_crls(lists);
    let built = builder.enforce_revocation_expiration().build();
    built.map_err(|error| NoAuthority(error.to_string()))
}

/// Why no authority speaks for a certificate, as the trail has it.
fn unverified(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::Revoked) => "certificate-revoked",
        rustls::Error::InvalidCertRevocationList(_)
        | rustls::Error::InvalidCertificate(
            CertificateError::UnknownRevocationStatus
            | CertificateError::ExpiredRevocationList
            | CertificateError::ExpiredRevocationListContext { .. },
        ) => "certificate-revocation-unknown",
        _ => "certificate-authority",
    }
}

fn read(der: &[u8]) -> Result<Certificate, &'static str> {
    if der.len() > LONGEST {
        return Err("certificate-unreadable");
    }
    Certificate::from_der(der).map_err(|_| "certificate-unreadable")
}

/// RFC 5280 4.1.2.5.
fn is_in_time(certificate: &Certificate, now: Timestamp) -> bool {
    let validity = &certificate.tbs_certificate.validity;
    let Ok(now) = u64::try_from(now.as_second()) else { return false };
    let (begins, ends) = (validity.not_before.to_unix_duration(), validity.not_after.to_unix_duration());
    (begins.as_secs()..=ends.as_secs()).contains(&now)
}

/// Whether it bears this name; compared byte by byte, whichever kind of string holds it.
fn names(certificate: &Certificate, name: &CertifiedName) -> bool {
    let other_name =
        |wanted: &dyn Fn(&GeneralName) -> bool| match certificate.tbs_certificate.get::<SubjectAltName>() {
            Ok(Some((_, SubjectAltName(all)))) => all.iter().any(wanted),
            Ok(None) | Err(_) => false,
        };
    match name {
        CertifiedName::Subject(text) => RdnSequence::from_str(text)
            .is_ok_and(|wanted| is_same(&wanted, &certificate.tbs_certificate.subject)),
        CertifiedName::Host(host) => {
            other_name(&|it| matches!(it, GeneralName::DnsName(own) if own.to_string() == *host))
        }
        CertifiedName::Address(address) => other_name(
            &|it| matches!(it, GeneralName::UniformResourceIdentifier(own) if own.to_string() == *address),
        ),
    }
}

fn is_same(one: &RdnSequence, other: &RdnSequence) -> bool {
    let same = |(one, other)| words(one).is_some_and(|one| Some(one) == words(other));
    one.0.len() == other.0.len() && one.0.iter().zip(&other.0).all(same)
}

/// What a part of a name says; none where that is no text.
fn words(part: &RelativeDistinguishedName) -> Option<Vec<(ObjectIdentifier, String)>> {
    let text = |it: &AttributeTypeAndValue| match it.value.tag() {
        Tag::PrintableString | Tag::Utf8String | Tag::Ia5String => {
            core::str::from_utf8(it.value.value()).ok().map(|text| (it.oid, text.to_owned()))
        }
        _ => None,
    };
    let mut all: Vec<_> = part.0.iter().map(text).collect::<Option<_>>()?;
    all.sort();
    Some(all)
}

/// Whether a certificate can bear this name.
pub(crate) fn is_name(name: &CertifiedName) -> bool {
    match name {
        CertifiedName::Subject(text) => {
            let read = RdnSequence::from_str(text);
            read.is_ok_and(|read| !read.is_empty() && read.0.iter().all(|part| words(part).is_some()))
        }
        CertifiedName::Host(host) => Host::parse(host).is_ok_and(|read| read.to_string() == *host),
        CertifiedName::Address(address) => Url::parse(address).is_ok(),
    }
}

/// The certificate of a registered key (RFC 7517 4.7): one that is strong enough, of the key that stands beside it.
pub(crate) fn registered(jwk: &Map<String, Value>) -> Result<Vec<u8>, &'static str> {
    if is_private(jwk) {
        return Err(PRIVATE);
    }
    let Some([Value::String(text)]) = jwk.get("x5c").and_then(Value::as_array).map(Vec::as_slice) else {
        return Err("x5c: exactly one certificate");
    };
    let der = STANDARD.decode(text).map_err(|_| "x5c: no base64")?;
    let certificate = read(&der).map_err(|_| "x5c: no certificate")?;
    let key = &certificate.tbs_certificate.subject_public_key_info;
    let number = |name: &str| {
        let text = jwk.get(name).and_then(Value::as_str).ok_or("a number is missing")?;
        URL_SAFE_NO_PAD.decode(text).map_err(|_| "a number is no base64url")
    };
    let (kind, curve) = (jwk.get("kty").and_then(Value::as_str), jwk.get("crv").and_then(Value::as_str));
    let bytes = key.subject_public_key.raw_bytes();
    let same = if key.algorithm.oid == RSA {
        let (modulus, exponent) = rsa(bytes).ok_or("x5c: no key")?;
        if !(256..=1024).contains(&modulus.len()) {
            return Err("RSA of less than 2048 or more than 8192 bits");
        }
        kind == Some("RSA") && number("n")? == modulus && number("e")? == exponent
    } else if key.algorithm.oid == ELLIPTIC {
        let named = key.algorithm.parameters.as_ref().and_then(|named| named.decode_as().ok());
        let own = match named {
            Some(P256) => "P-256",
            Some(P384) => "P-384",
            _ => return Err("a curve that is neither P-256 nor P-384"),
        };
        let point = [vec![4], number("x")?, number("y")?].concat();
        kind == Some("EC") && curve == Some(own) && point == bytes
    } else {
        return Err("neither RSA nor an elliptic curve");
    };
    if same { Ok(der) } else { Err("x5c is the certificate of another key") }
}

/// Modulus and exponent, without zeros in front (RFC 8017 A.1.1).
fn rsa(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let read = reader.sequence(|inside| {
        let (modulus, exponent) = (UintRef::decode(inside)?, UintRef::decode(inside)?);
        Ok((modulus.as_bytes().to_vec(), exponent.as_bytes().to_vec()))
    });
    read.ok()
}

#[cfg(test)]
#[path = "certificate_tests.rs"]
mod tests;
