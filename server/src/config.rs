//! The configuration of an installation. Unknown fields are refused: a misspelt safeguard is no safeguard.

mod certificates;
mod municipality;
mod objections;
mod outage;
mod outside;
mod passkeys;
mod person_keys;
mod post;
mod retention;

#[cfg(test)]
mod tests;

pub(crate) use certificates::ClientCertificates;
pub(crate) use municipality::Municipality;
pub(crate) use outage::AnnouncedOutage;
pub(crate) use outside::Outside;
pub(crate) use passkeys::Passkeys;
pub(crate) use post::{Mail, Sms};
pub(crate) use retention::Retention;

use crate::fault::CommandFault;
use domain::Date;
use mitid::BrokerProfile;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use usecases::ports::store::Stamp;

/// Everything an operator decides.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// What this installation is for.
    pub(crate) kind: Kind,
    /// The public address, https, without a slash at the end.
    pub(crate) public_url: String,
    /// Where to listen: a loopback address behind a listed proxy.
    pub(crate) listen: SocketAddr,
    /// Proxies whose forwarded addresses count.
    #[serde(default)]
    pub(crate) proxies: Vec<IpAddr>,
    /// Certificates by which applications prove themselves; left out: none counts.
    pub(crate) client_certificates: Option<ClientCertificates>,
    /// The municipality.
    pub(crate) municipality: Municipality,
    /// The database: `sqlite:FILE` or a PostgreSQL address.
    pub(crate) database: String,
    /// People's own keys of the trail, apart from the database: an address of the same kind; left out in a pilot: beside it.
    pub(crate) person_keys: Option<String>,
    /// The keys.
    pub(crate) keys: Keys,
    /// MitID brokers, the one for new trips first.
    pub(crate) mitid: Vec<BrokerProfile>,
    /// Mail.
    pub(crate) mail: Mail,
    /// SMS; left out: nobody gets any.
    pub(crate) sms: Option<Sms>,
    /// Passkeys and security keys; left out: every model is admitted, and none counts alone.
    #[serde(default)]
    pub(crate) passkeys: Passkeys,
    /// SAML.
    #[serde(default)]
    pub(crate) saml: Saml,
    /// Where records are also kept, outside the database.
    pub(crate) outside: Option<Outside>,
    /// A folder of texts instead of the built-in ones.
    pub(crate) texts: Option<PathBuf>,
    /// What the tests of the build answered; left out: auditors read that it is not known.
    pub(crate) test_results: Option<PathBuf>,
    /// The last day to accept the terms for whoever accepted an earlier version; left out: they are asked at a sign-in only.
    pub(crate) accept_terms_by: Option<Date>,
    /// How long what is kept is kept.
    #[serde(default)]
    pub(crate) retention: Retention,
    /// When not everything will work.
    #[serde(default, rename = "outage")]
    pub(crate) outages: Vec<AnnouncedOutage>,
}

/// What an installation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Real people, no NSIS level.
    Pilot,
    /// Real people, for real.
    Production,
}

impl From<Kind> for Stamp {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Pilot => Self::Pilot,
            Kind::Production => Self::Production,
        }
    }
}

/// The keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    /// The key ring.
    pub(crate) ring: PathBuf,
    /// The file that opens with a passphrase.
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Where the passphrase is read from, such as a service credential.
    pub(crate) passphrase_from: Option<PathBuf>,
    /// The name of a service credential that is the key itself.
    pub(crate) credential: Option<String>,
}

/// SAML.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Saml {
    /// Our entity id; else the public address with `/saml/metadata`.
    pub(crate) entity_id: Option<String>,
}

impl Config {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Self, CommandFault> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            CommandFault::refused(format!(
                "cannot read {}: {error}. Name another with --config.",
                path.display()
            ))
        })?;
        toml::from_str(&text).map_err(|error| CommandFault::refused(format!("{}: {error}", path.display())))
    }
}
