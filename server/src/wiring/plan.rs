//! What an installation is made of, and how a configuration says it.

use crate::config::{AnnouncedOutage, ClientCertificates, Config, Keys, Municipality, Passkeys, Sms};
use crate::fault::CommandFault;
use domain::Date;
use domain::retention::Periods;
use domain::status::Outage;
use keys::KekSource;
use mitid::BrokerProfile;
use outbox::Gateway;
use std::net::IpAddr;
use std::path::PathBuf;
use usecases::ports::store::Stamp;

/// What an installation is made of, however it was configured.
pub(crate) struct Plan {
    pub(crate) stamp: Stamp,
    pub(crate) public_url: String,
    pub(crate) municipality: Municipality,
    /// What is announced not to work.
    pub(crate) outages: Vec<Outage>,
    pub(crate) database: String,
    /// Where people's own keys of the trail lie; none where they lie when nothing is said.
    pub(crate) person_keys: Option<String>,
    pub(crate) kek: KekSource,
    pub(crate) ring: PathBuf,
    pub(crate) brokers: Vec<BrokerProfile>,
    /// Who carries SMS; in a demo they are put into a folder.
    pub(crate) sms: Option<Gateway>,
    pub(crate) entity_id: String,
    pub(crate) texts: Option<PathBuf>,
    /// The file that says what the tests of the build answered.
    pub(crate) test_results: Option<PathBuf>,
    /// The last day to accept the terms, for whoever accepted an earlier version.
    pub(crate) accept_terms_by: Option<Date>,
    /// How long what is kept is kept.
    pub(crate) retention: Periods,
    pub(crate) proxies: Vec<IpAddr>,
    /// Certificates by which applications prove themselves; none counts without.
    pub(crate) client_certificates: Option<ClientCertificates>,
    /// What was decided of passkeys and security keys.
    pub(crate) passkeys: Passkeys,
    /// The file where records are also kept; none in a pilot that does without.
    pub(crate) outside: Option<PathBuf>,
    /// The file where checkpoints of the trail are kept.
    pub(crate) checkpoints: Option<PathBuf>,
    /// The socket of the system's log, which is told of each checkpoint too.
    pub(crate) syslog: Option<PathBuf>,
    /// The time-stamp authority, and the folder for what it stamps.
    pub(crate) stamps: Option<(String, PathBuf)>,
}

impl Plan {
    /// From a configuration that has no objections.
    pub(crate) fn of(config: Config) -> Result<Self, CommandFault> {
        let objections = config.objections();
        if !objections.is_empty() {
            return Err(CommandFault::refused(format!(
                "the configuration is refused:\n  - {}",
                objections.join("\n  - ")
            )));
        }
        let sms = config.sms.as_ref().map(Sms::gateway).transpose().map_err(CommandFault::refused)?;
        Ok(Self {
            sms,
            stamp: config.kind.into(),
            entity_id: config
                .saml
                .entity_id
                .unwrap_or_else(|| format!("{}/saml/metadata", config.public_url)),
            public_url: config.public_url,
            municipality: config.municipality,
            outages: config.outages.into_iter().map(AnnouncedOutage::outage).collect(),
            database: config.database,
            person_keys: config.person_keys,
            kek: kek(&config.keys)?,
            ring: config.keys.ring,
            brokers: config.mitid,
            texts: config.texts,
            test_results: config.test_results,
            accept_terms_by: config.accept_terms_by,
            retention: config.retention.periods(),
            proxies: config.proxies,
            client_certificates: config.client_certificates,
            passkeys: config.passkeys,
            checkpoints: config.outside.as_ref().map(crate::config::Outside::checkpoints),
            syslog: config.outside.as_ref().and_then(|outside| outside.syslog.clone()),
            stamps: config.outside.as_ref().and_then(crate::config::Outside::stamped),
            outside: config.outside.map(|outside| outside.file),
        })
    }
}

fn kek(keys: &Keys) -> Result<KekSource, CommandFault> {
    match (&keys.passphrase_file, &keys.passphrase_from, &keys.credential) {
        (Some(file), Some(from), None) => {
            let passphrase =
                keys::kek::read_passphrase(from).map_err(CommandFault::during("reading the passphrase"))?;
            Ok(KekSource::passphrase_file(file.clone(), passphrase))
        }
        (None, _, Some(name)) => {
            KekSource::credential(name).map_err(CommandFault::during("finding the credential"))
        }
        _ => Err(CommandFault::refused(
            "keys: name either passphrase_file with passphrase_from, or credential",
        )),
    }
}
