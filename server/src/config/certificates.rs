//! Certificates by which applications prove themselves (RFC 8705). Left out, none counts.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Headers that somebody else writes, or that say something else: proxies hand them on as a stranger wrote them.
const TAKEN: [&str; 18] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "authorization",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "forwarded",
    "host",
    "origin",
    "referer",
    "sec-fetch-site",
    "user-agent",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
];

/// Who says which certificate was shown, and whose are believed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClientCertificates {
    /// The header in which a listed proxy says it; it takes away what came from elsewhere.
    pub(crate) header: String,
    /// The authorities (PEM) whose certificates are believed; left out: those alone that applications registered.
    pub(crate) authorities: Option<PathBuf>,
    /// The authorities' lists of revoked certificates (PEM), read every minute; left out: nobody looks whether one was revoked.
    pub(crate) revoked: Option<PathBuf>,
    /// Where lines ask for a certificate, https, without a slash at the end; left out: the public address.
    pub(crate) public_url: Option<String>,
}

impl ClientCertificates {
    /// What it comes to.
    pub(crate) fn believed(&self) -> Result<oidc::Certificates, String> {
        let unfit = |unfit: oidc::NoAuthority| format!("client_certificates: {unfit}");
        let authorities = match &self.authorities {
            None => Vec::new(),
            Some(file) => all::<CertificateDer<'static>>(file, "certificate")?,
        };
        let certificates = oidc::Certificates::new(&authorities, self.public_url.clone()).map_err(unfit)?;
        if let Some(lists) = self.lists()? {
            certificates.refuse_revoked(&lists).map_err(unfit)?;
        }
        Ok(certificates)
    }

    /// The lists of revoked certificates, DER, as they are now; none where no file is named.
    pub(crate) fn lists(&self) -> Result<Option<Vec<Vec<u8>>>, String> {
        self.revoked
            .as_deref()
            .map(|file| all::<CertificateRevocationListDer<'static>>(file, "list"))
            .transpose()
    }

    /// Why it is refused. `proxies`: whether any is listed.
    pub(crate) fn objections(&self, proxies: bool) -> Vec<String> {
        let mut found = Vec::new();
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if self.header.is_empty() || !self.header.bytes().all(fits) {
            found.push("client_certificates.header must be in small letters, such as client-cert".to_owned());
        }
        if TAKEN.contains(&self.header.as_str()) {
            found.push("client_certificates.header must be one that says nothing else".to_owned());
        }
        if !proxies {
            found.push(
                "client_certificates takes proxies: nobody else is believed about a certificate".to_owned(),
            );
        }
        let whole = |url: &String| url.starts_with("https://") && !url.ends_with('/');
        if !self.public_url.iter().all(whole) {
            found.push("client_certificates.public_url must be https, without a slash at the end".to_owned());
        }
        found.extend(self.believed().err());
        found
    }
}

/// Everything of this kind in a file, DER; at least one.
fn all<T: PemObject + AsRef<[u8]>>(file: &Path, what: &str) -> Result<Vec<Vec<u8>>, String> {
    let unread = |why: String| format!("client_certificates: cannot read {}: {why}", file.display());
    let pem = std::fs::read(file).map_err(|error| unread(error.to_string()))?;
    let all = T::pem_slice_iter(&pem).collect::<Result<Vec<T>, _>>();
    let all = all.map_err(|error| unread(error.to_string()))?;
    if all.is_empty() {
        return Err(unread(format!("it holds no {what}")));
    }
    Ok(all.iter().map(|it| it.as_ref().to_vec()).collect())
}
