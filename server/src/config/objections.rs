//! Everything that must not be served, in sentences an operator can act on.

use super::municipality::{WAS, is_statement};
use super::{AnnouncedOutage, Config, Kind, Sms, person_keys};
use std::path::Path;

impl Config {
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
