//! The configuration of an installation. Unknown fields are refused: a misspelt safeguard is no safeguard.

mod certificates;
mod person_keys;

pub(crate) use certificates::ClientCertificates;

use crate::fault::CommandFault;
use domain::factor::{Aaguid, ModelRule, Models, RiskNote};
use domain::retention::Periods;
use domain::status::Outage;
use domain::{Date, Timestamp};
use mitid::BrokerProfile;
use outbox::Gateway;
use serde::Deserialize;
use std::collections::BTreeMap;
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

/// The municipality.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Municipality {
    /// Its name.
    pub(crate) name: String,
    /// Its CVR number.
    pub(crate) cvr: String,
    /// The service desk's phone.
    pub(crate) phone: String,
    /// The service desk's mail.
    pub(crate) mail: String,
    /// When the phone is answered, Danish and English.
    #[serde(default)]
    pub(crate) phone_hours: [String; 2],
    /// Where its accessibility statement stands, in Digst's WAS-Tool; left out: the page of ours that tells of it.
    pub(crate) accessibility_statement: Option<String>,
    /// Where the organisation hears of new logins.
    pub(crate) notices_to: Option<String>,
    /// Addresses its own people come from, hundreds behind each; IPv6 by /64.
    #[serde(default)]
    pub(crate) addresses: Vec<IpAddr>,
    /// Words a password must not be.
    #[serde(default)]
    pub(crate) words: Vec<String>,
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

/// Passkeys and security keys (security decision 17).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Passkeys {
    /// The signed file of the FIDO Metadata Service, as it was fetched.
    pub(crate) metadata: Option<PathBuf>,
    /// Whether only the models below are admitted, and each must be attested.
    #[serde(default)]
    pub(crate) only_listed: bool,
    /// What was decided of single models.
    #[serde(default, rename = "model")]
    pub(crate) models: Vec<ModelDecided>,
}

/// What was decided of one model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelDecided {
    /// Its AAGUID.
    pub(crate) aaguid: uuid::Uuid,
    /// `deny`, `beside`, `allow` or `alone`.
    pub(crate) rule: ModelWord,
    /// The reference of the risk note, for `alone`.
    pub(crate) risk_note: Option<String>,
}

/// A rule's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ModelWord {
    /// Neither registered nor counted.
    Deny,
    /// Beside a password at most.
    Beside,
    /// As the rule for all says.
    Allow,
    /// Alone wherever it verified its owner.
    Alone,
}

impl Passkeys {
    /// The rules, or why they are none.
    pub(crate) fn models(&self) -> Result<Models, String> {
        let mut rules = BTreeMap::new();
        for decided in &self.models {
            let model = Aaguid::read(decided.aaguid).ok_or("passkeys: zeros are no model")?;
            let note = decided.risk_note.clone().map(RiskNote::try_from).transpose();
            let note = note.map_err(|error| format!("passkeys, model {}: {error}", decided.aaguid))?;
            let rule = match (decided.rule, note) {
                (ModelWord::Alone, Some(note)) => ModelRule::Alone(note),
                (ModelWord::Alone, None) => {
                    return Err(format!("passkeys, model {}: alone takes a risk_note", decided.aaguid));
                }
                (ModelWord::Deny, _) => ModelRule::Deny,
                (ModelWord::Beside, _) => ModelRule::Beside,
                (ModelWord::Allow, _) => ModelRule::Allow,
            };
            if rules.insert(model, rule).is_some() {
                return Err(format!("passkeys: model {} is named twice", decided.aaguid));
            }
        }
        if self.only_listed && self.metadata.is_none() {
            return Err("passkeys: only_listed takes metadata: without it no key can prove its model, and \
                        none would be registered"
                .to_owned());
        }
        if self.only_listed && self.models.iter().all(|it| it.rule == ModelWord::Deny) {
            return Err("passkeys: only_listed takes a model that is not denied, or no key would be \
                        registered"
                .to_owned());
        }
        Ok(Models::new(rules, self.only_listed))
    }
}

/// What is also kept outside the database (security decisions 7 and 28).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outside {
    /// The file, on another disk or another machine.
    pub(crate) file: PathBuf,
    /// The file for checkpoints of the trail; left out: beside the other, with `.checkpoints` behind its name.
    pub(crate) checkpoints: Option<PathBuf>,
    /// The socket of the system's log, such as `/dev/log`, where it sends on what it is told to another machine.
    pub(crate) syslog: Option<PathBuf>,
    /// A time-stamp authority (RFC 3161), https; left out: nothing is stamped.
    pub(crate) stamps: Option<String>,
}

impl Outside {
    /// The file for checkpoints.
    pub(crate) fn checkpoints(&self) -> PathBuf {
        let beside = || {
            let mut name = self.file.as_os_str().to_owned();
            name.push(".checkpoints");
            name.into()
        };
        self.checkpoints.clone().unwrap_or_else(beside)
    }

    /// The time-stamp authority, and the folder for what it stamps: beside the checkpoints, with `.stamps` behind their name.
    pub(crate) fn stamped(&self) -> Option<(String, PathBuf)> {
        let mut folder = self.checkpoints().into_os_string();
        folder.push(".stamps");
        self.stamps.clone().map(|url| (url, folder.into()))
    }
}

/// How long what is kept is kept (NSIS 4.1.4.3): evidence for the default or longer, sessions and sent notices for it or
/// shorter.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retention {
    /// Central events of the trail; left out: 60.
    pub(crate) central_months: Option<u16>,
    /// Requests and answers in the trail; left out: 60.
    pub(crate) exchange_months: Option<u16>,
    /// Details of signing in, in the trail; left out: 13.
    pub(crate) sign_in_months: Option<u16>,
    /// Sessions; left out: 30.
    pub(crate) session_days: Option<u16>,
    /// Notices that were sent or given up; left out: 30.
    pub(crate) notice_days: Option<u16>,
}

impl Retention {
    /// The periods, as far as they were decided; else the defaults.
    pub(crate) fn periods(self) -> Periods {
        let usual = Periods::default();
        Periods {
            central: self.central_months.unwrap_or(usual.central),
            exchange: self.exchange_months.unwrap_or(usual.exchange),
            sign_in: self.sign_in_months.unwrap_or(usual.sign_in),
            sessions: self.session_days.unwrap_or(usual.sessions),
            notices: self.notice_days.unwrap_or(usual.notices),
        }
    }
}

/// Mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mail {
    /// The server: `smtps://…`, `smtp://…` (STARTTLS), plain only on loopback.
    pub(crate) server: String,
    /// Whose name letters bear.
    pub(crate) from: String,
}

/// SMS, through whichever gateway takes JSON over HTTP.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sms {
    /// Where messages are posted to, https.
    pub(crate) url: String,
    /// The file the bearer token is read from, such as a service credential.
    pub(crate) bearer_from: PathBuf,
    /// The body, with `{to}` or `{digits}`, `{text}` and `{id}` in its strings.
    pub(crate) body: serde_json::Value,
}

impl Sms {
    /// The gateway, with its token.
    pub(crate) fn gateway(&self) -> Result<Gateway, String> {
        let bearer = std::fs::read_to_string(&self.bearer_from)
            .map_err(|error| format!("sms: cannot read {}: {error}", self.bearer_from.display()))?;
        let gateway = Gateway { url: self.url.clone(), bearer, body: self.body.clone() };
        gateway.check(false).map_err(|unfit| unfit.to_string())?;
        Ok(gateway)
    }
}

/// A time in which not everything works, said to people before and while it goes on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnnouncedOutage {
    /// When it begins, with its zone: `2026-12-05T22:00:00+01:00`.
    pub(crate) from: Timestamp,
    /// When it is over.
    pub(crate) until: Timestamp,
    /// What people notice, in Danish.
    pub(crate) da: String,
    /// The same in English.
    pub(crate) en: String,
}

impl AnnouncedOutage {
    /// As pages tell it.
    pub(crate) fn outage(self) -> Outage {
        Outage { from: self.from, until: self.until, says: [self.da, self.en] }
    }

    /// Why it cannot be told.
    fn objection(&self) -> Option<String> {
        let why = if self.until <= self.from {
            "until must be after from"
        } else if [&self.da, &self.en].into_iter().any(|text| text.trim().is_empty()) {
            "da and en must both say what people notice"
        } else {
            return None;
        };
        Some(format!("outage from {}: {why}", self.from))
    }
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

    /// Everything that must not be served, in sentences an operator can act on (security decisions 24 and 25).
    pub(crate) fn objections(&self) -> Vec<String> {
        let mut found = Vec::new();
        if !self.public_url.starts_with("https://") {
            found.push("public_url must be https: people type their passwords there".to_owned());
        }
        if self.public_url.ends_with('/') {
            found.push("public_url must not end with a slash".to_owned());
        }
        if !self.listen.ip().is_loopback() {
            found.push("listen must be a loopback address behind a proxy that speaks TLS".to_owned());
        }
        if self.keys.passphrase_file.is_some() == self.keys.credential.is_some() {
            found.push("keys: name either passphrase_file or credential".to_owned());
        }
        if self.keys.passphrase_file.is_some() && self.keys.passphrase_from.is_none() {
            found.push("keys: passphrase_from must say where the passphrase is read from".to_owned());
        }
        found.extend(self.objection_to_outside());
        let stamps = self.outside.as_ref().and_then(|outside| outside.stamps.as_deref());
        let stamps = stamps.map(|url| audit::TimeStampAuthority::new(url, false));
        found.extend(stamps.and_then(Result::err).map(|unfit| unfit.to_string()));
        found.extend(person_keys::objection(self.kind, &self.database, self.person_keys.as_deref()));
        found.extend(self.passkeys.models().err());
        let certificates = self.client_certificates.iter();
        found.extend(certificates.flat_map(|it| it.objections(!self.proxies.is_empty())));
        found.extend(self.retention.periods().objections().iter().map(|unfit| format!("retention: {unfit}")));
        found.extend(self.outages.iter().filter_map(AnnouncedOutage::objection));
        if self.mitid.is_empty() {
            found.push("mitid: at least one broker is needed".to_owned());
        }
        if self.database.starts_with("postgres")
            && let Err(unsafe_way) = storage_postgres::check_address(&self.database)
        {
            found.push(format!("database: {unsafe_way}"));
        }
        for profile in &self.mitid {
            if let Err(unfit) = mitid::check(profile, self.kind.into()) {
                found.push(format!("mitid {}: {unfit}", profile.id));
            }
            let back = http_edge::way_back(&self.public_url, &profile.id);
            if profile.redirect_uri != back {
                found.push(format!(
                    "mitid {}: redirect_uri must be {back}, an address of its own",
                    profile.id
                ));
            }
        }
        if let Some(Err(unfit)) = self.sms.as_ref().map(Sms::gateway) {
            found.push(unfit);
        }
        if domain::association::Cvr::try_from(self.municipality.cvr.clone()).is_err() {
            found.push("municipality.cvr must be eight digits".to_owned());
        }
        if self.municipality.accessibility_statement.as_ref().is_some_and(|address| !is_statement(address)) {
            found.push(format!(
                "municipality.accessibility_statement must be https://{WAS}/ and what the WAS-Tool put behind it"
            ));
        }
        found
    }

    /// Production keeps blocks outside its database too, on another disk than that (security decisions 7 and 28).
    fn objection_to_outside(&self) -> Option<String> {
        let Some(outside) = &self.outside else {
            return (self.kind == Kind::Production)
                .then(|| "outside: production needs a file outside the database, or a restored backup undoes blocks and nobody sees that the trail was replaced".to_owned());
        };
        let beside = self.database.strip_prefix("sqlite:").map(Path::new).and_then(Path::parent)?;
        let lies = |file: &Path| file.parent() == Some(beside);
        let which = if lies(&outside.file) {
            "outside.file"
        } else if lies(&outside.checkpoints()) {
            "outside.checkpoints"
        } else {
            return None;
        };
        Some(format!("{which} must not lie beside the database: whoever restores that folder restores both"))
    }
}

/// Where accessibility statements of the public sector are published (bekendtgørelse nr. 904 of 22 August 2019).
const WAS: &str = "was.digst.dk";

/// Whether it is the address of a statement there: everybody's browser is sent to it.
fn is_statement(address: &str) -> bool {
    reqwest::Url::parse(address).is_ok_and(|url| {
        url.scheme() == "https"
            && url.host_str() == Some(WAS)
            && url.port().is_none()
            && url.username().is_empty()
            && url.password().is_none()
            && url.path() != "/"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
kind = "production"
public_url = "https://login.eksempelkommune.dk"
listen = "127.0.0.1:3000"
database = "sqlite:/var/lib/nsis-id/nsis-id.db"
person_keys = "sqlite:/var/lib/nsis-id-keys/keys.db"
mitid = [{ id = "neb", environment = "production", issuer = "https://netseidbroker.dk/op", client_id = "c", client_secret = "a-long-secret-of-our-own-0123456789", redirect_uri = "https://login.eksempelkommune.dk/mitid/tilbage/neb" }]
[municipality]
name = "Eksempel Kommune"
cvr = "29189897"
phone = "70 00 00 00"
mail = "servicedesk@eksempel.test"
[keys]
ring = "/etc/nsis-id/keys.toml"
credential = "nsis-id-kek"
[outside]
file = "/srv/nsis-id-outside/records"
[mail]
server = "smtps://mail.eksempel.test"
from = "login@eksempel.test"
"#;

    fn objections(change: impl Fn(String) -> String) -> Vec<String> {
        toml::from_str::<Config>(&change(GOOD.to_owned())).unwrap().objections()
    }

    #[test]
    fn a_complete_configuration_is_accepted() {
        assert_eq!(objections(|text| text), Vec::<String>::new());
    }

    #[test]
    fn plain_http_a_public_address_and_a_test_broker_are_refused() {
        let plain = objections(|text| {
            text.replace(
                "https://login.eksempelkommune.dk\"\nlisten",
                "http://login.eksempelkommune.dk\"\nlisten",
            )
        });
        assert!(plain.iter().any(|it| it.contains("public_url must be https")), "{plain:?}");
        assert_eq!(objections(|text| text.replace("127.0.0.1:3000", "0.0.0.0:80")).len(), 1);
        assert!(
            !objections(|text| text.replace("environment = \"production\"", "environment = \"test\""))
                .is_empty()
        );
        assert!(
            !objections(|text| text.replace("https://netseidbroker.dk/op", "https://pp.netseidbroker.dk/op"))
                .is_empty()
        );
        assert!(!objections(|text| text.replace("credential = \"nsis-id-kek\"", "")).is_empty());
    }

    #[test]
    fn certificates_take_a_header_of_their_own_and_a_listed_proxy() {
        let section = |proxies: &str, lines: &str| {
            objections(|text| format!("{proxies}\n{text}[client_certificates]\n{lines}\n"))
        };
        let listed = "proxies = [\"127.0.0.1\"]";
        assert_eq!(section(listed, "header = \"client-cert\""), Vec::<String>::new());
        for (proxies, lines) in [
            ("", "header = \"client-cert\""),
            (listed, "header = \"Client-Cert\""),
            (listed, "header = \"\""),
            (listed, "header = \"x-forwarded-for\""),
            (listed, "header = \"accept-language\""),
            (listed, "header = \"client-cert\"\npublic_url = \"http://mtls.eksempelkommune.dk\""),
            (listed, "header = \"client-cert\"\nauthorities = \"/nowhere/authorities.pem\""),
        ] {
            assert_eq!(section(proxies, lines).len(), 1, "{proxies} {lines}");
        }
    }

    #[test]
    fn every_broker_comes_back_to_an_address_of_its_own() {
        for other in ["/mitid/tilbage", "/mitid/tilbage/other", "/mitid/tilbage/neb/"] {
            let found = objections(|text| text.replace("/mitid/tilbage/neb", other));
            assert!(
                found.iter().any(|it| it.contains("/mitid/tilbage/neb, an address of its own")),
                "{other}: {found:?}"
            );
        }
        let found = objections(|text| text.replace("id = \"neb\"", "id = \"../neb\""));
        assert!(found.iter().any(|it| it.contains("`id`")), "{found:?}");
    }

    #[test]
    fn a_database_on_another_machine_is_reached_with_a_verified_certificate_only() {
        let at = |address: &str| {
            objections(|text| {
                text.replace("sqlite:/var/lib/nsis-id/nsis-id.db", address)
                    .replace("sqlite:/var/lib/nsis-id-keys/keys.db", "postgres://nsis@localhost/keys")
            })
        };
        assert!(at("postgres://nsis@db.kommune.example/nsis")[0].contains("sslmode=verify-full"));
        assert_eq!(at("postgres://nsis@db.kommune.example/nsis?sslmode=verify-full"), Vec::<String>::new());
        assert_eq!(at("postgres://nsis@localhost/nsis?host=/run/postgresql"), Vec::<String>::new());
    }

    #[test]
    fn production_keeps_records_outside_the_database_and_a_pilot_may() {
        let nowhere = |text: String| text.replace("[outside]\nfile = \"/srv/nsis-id-outside/records\"\n", "");
        assert!(objections(nowhere)[0].contains("a restored backup undoes blocks"));
        let at = |file: &str| objections(|text| text.replace("/srv/nsis-id-outside/records", file));
        assert!(at("/var/lib/nsis-id/records")[0].contains("not lie beside the database"));
        let beside = at("/srv/nsis-id-outside/records\"\ncheckpoints = \"/var/lib/nsis-id/checkpoints");
        assert!(beside[0].starts_with("outside.checkpoints must not lie beside"), "{beside:?}");
        assert!(at("/srv/x\"\nstamps = \"http://tsa.example")[0].starts_with("outside.stamps must be"));
        assert_eq!(at("/srv/x\"\nstamps = \"https://tsa.example/stamp"), Vec::<String>::new());
        let pilot = nowhere(GOOD.replace("kind = \"production\"", "kind = \"pilot\""));
        assert_eq!(toml::from_str::<Config>(&pilot).unwrap().objections(), Vec::<String>::new());
    }

    #[test]
    fn a_gateway_for_sms_is_https_with_a_token_that_can_be_read() {
        let token = tempfile::NamedTempFile::new().unwrap();
        let with = |url: &str, from: &str, body: &str| {
            objections(|text| {
                format!("{text}[sms]\nurl = \"{url}\"\nbearer_from = \"{from}\"\nbody = {body}\n")
            })
        };
        let (from, body) = (token.path().to_str().unwrap(), "{ to = \"{to}\", message = \"{text}\" }");
        assert!(with("https://sms.example/send", from, body)[0].contains("token is empty"));
        std::fs::write(token.path(), "hemmelig\n").unwrap();
        assert_eq!(with("https://sms.example/send", from, body), Vec::<String>::new());
        assert!(with("http://sms.example/send", from, body)[0].contains("https"));
        assert!(with("http://127.0.0.1/send", from, body)[0].contains("https"), "also on this machine");
        assert!(with("https://sms.example/send", from, "{ to = \"{to}\" }")[0].contains("{text}"));
        assert!(with("https://sms.example/send", "/nowhere/token", body)[0].contains("/nowhere/token"));
    }

    #[test]
    fn a_model_counts_for_more_only_with_the_reference_of_a_risk_note() {
        let with = |model: &str| {
            let text = format!("{GOOD}[[passkeys.model]]\n{model}\n");
            toml::from_str::<Config>(&text).unwrap().objections()
        };
        let key = "aaguid = \"ee882879-721c-4913-9775-3dfcce97072a\"\n";
        assert_eq!(with(&format!("{key}rule = \"deny\"")), Vec::<String>::new());
        assert_eq!(with(&format!("{key}rule = \"alone\"\nrisk_note = \"R-7\"")), Vec::<String>::new());
        for bad in ["rule = \"alone\"", "rule = \"alone\"\nrisk_note = \" \""] {
            assert!(with(&format!("{key}{bad}"))[0].contains("risk"), "{bad}");
        }
        let twice = format!("{key}rule = \"deny\"\n[[passkeys.model]]\n{key}rule = \"allow\"");
        assert!(with(&twice)[0].contains("twice"));
    }

    #[test]
    fn a_closed_list_of_models_takes_metadata_and_a_model() {
        let with = |passkeys: &str| {
            let text = format!("{GOOD}[passkeys]\nonly_listed = true\n{passkeys}\n");
            toml::from_str::<Config>(&text).unwrap().objections()
        };
        let model = |rule: &str| {
            let key = "aaguid = \"ee882879-721c-4913-9775-3dfcce97072a\"";
            format!("[[passkeys.model]]\n{key}\nrule = \"{rule}\"\n")
        };
        assert!(
            with(&model("allow"))[0].contains("only_listed takes metadata"),
            "{:?}",
            with(&model("allow"))
        );
        let metadata = "metadata = \"/etc/nsis-id/blob.jwt\"\n";
        assert_eq!(with(&format!("{metadata}{}", model("allow"))), Vec::<String>::new());
        for nobody in [String::new(), model("deny")] {
            assert!(with(&format!("{metadata}{nobody}"))[0].contains("not denied"), "{nobody}");
        }
    }

    #[test]
    fn the_accessibility_statement_stands_where_all_of_them_do() {
        let at = |address: &str| {
            objections(|text| {
                text.replace("[keys]", &format!("accessibility_statement = \"{address}\"\n[keys]"))
            })
        };
        assert_eq!(at("https://was.digst.dk/login-eksempelkommune-dk"), Vec::<String>::new());
        for bad in [
            "",
            "http://was.digst.dk/login-eksempelkommune-dk",
            "https://was.digst.dk/",
            "https://was.digst.dk.example/login",
            "https://was.digst.dk@example.dk/login",
            "https://example.dk/was.digst.dk",
            "https://was.digst.dk:8443/login",
            "//was.digst.dk/login",
            "javascript:alert(1)",
        ] {
            let found = at(bad);
            assert!(found.len() == 1 && found[0].contains("https://was.digst.dk/"), "{bad}: {found:?}");
        }
    }

    #[test]
    fn an_outage_is_announced_with_its_times_and_in_both_languages() {
        const OUTAGE: &str = "[[outage]]\nfrom = \"2026-12-05T22:00:00+01:00\"\nuntil = \"2026-12-06T02:00:00+01:00\"\nda = \"Ingen kan logge ind.\"\nen = \"Nobody can sign in.\"\n";
        let with = |outage: &str| toml::from_str::<Config>(&format!("{GOOD}{outage}"));
        let good = with(OUTAGE).unwrap();
        assert_eq!(good.objections(), Vec::<String>::new());
        let told = good.outages.into_iter().next().unwrap().outage();
        assert_eq!(told.from.to_string(), "2026-12-05T21:00:00Z");
        assert_eq!(told.says, ["Ingen kan logge ind.", "Nobody can sign in."]);
        assert_eq!(with(&OUTAGE.repeat(2)).unwrap().outages.len(), 2);
        let backwards = with(&OUTAGE.replace("2026-12-06", "2026-12-05")).unwrap().objections();
        assert!(backwards.len() == 1 && backwards[0].contains("until must be after"), "{backwards:?}");
        let silent = with(&OUTAGE.replace("Nobody can sign in.", " ")).unwrap().objections();
        assert!(silent.len() == 1 && silent[0].contains("da and en"), "{silent:?}");
        // A time without a zone could be meant in summer or in winter; a field left out is no announcement.
        for bad in [OUTAGE.replace("+01:00", ""), OUTAGE.replace("en = ", "no = ")] {
            assert!(with(&bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn evidence_is_kept_longer_than_the_default_or_as_long_and_sessions_never_longer() {
        let with = |retention: &str| {
            let text = format!("{GOOD}[retention]\n{retention}\n");
            toml::from_str::<Config>(&text).unwrap()
        };
        let longer = with("central_months = 84\nsession_days = 14");
        assert_eq!(longer.objections(), Vec::<String>::new());
        let periods = longer.retention.periods();
        assert_eq!((periods.central, periods.exchange, periods.sessions), (84, 60, 14));
        for short in
            ["central_months = 59", "exchange_months = 12", "sign_in_months = 12", "session_days = 31"]
        {
            let found = with(short).objections();
            assert!(found.len() == 1 && found[0].starts_with("retention: "), "{short}: {found:?}");
        }
    }

    #[test]
    fn a_misspelt_field_is_refused() {
        assert!(toml::from_str::<Config>(&GOOD.replace("phone =", "fone =")).is_err());
    }
}
