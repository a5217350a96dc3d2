//! Passkeys and security keys: which models are admitted, and which count alone (security decision 17).

use domain::factor::{Aaguid, ModelRule, Models, RiskNote};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

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
