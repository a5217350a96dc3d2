//! Models of authenticators: what the makers' statements say of them, and what the municipality decided
//! (security decision 17).

use super::passkey::{PasskeyKind, Registered};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The number of a model, the same in every specimen (WebAuthn 6.5.1). What a key says of itself unless it is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Aaguid(Uuid);

impl Aaguid {
    /// Reads one; zeros are said by keys that do not tell their model.
    pub fn read(id: Uuid) -> Option<Self> {
        (!id.is_nil()).then_some(Self(id))
    }
}

impl From<Aaguid> for Uuid {
    fn from(model: Aaguid) -> Self {
        model.0
    }
}

/// Where it is written down why a model counts for more than the rule allows; exported as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct RiskNote(String);

impl RiskNote {
    /// The reference.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A risk note without a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a model counts for more only with the reference of a risk note")]
pub struct NoReference;

impl TryFrom<String> for RiskNote {
    type Error = NoReference;
    fn try_from(text: String) -> Result<Self, NoReference> {
        let text = text.trim().to_owned();
        if text.is_empty() { Err(NoReference) } else { Ok(Self(text)) }
    }
}

/// What the municipality decided of one model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ModelRule {
    /// Neither registered nor counted.
    Deny,
    /// Beside a password at most, whatever is known of it.
    Beside,
    /// As the rule for all says. Means something where only listed models are admitted.
    Allow,
    /// Alone wherever it verified its owner at registration and now, on what it says of itself where nothing attests it
    /// and though it may be copied to a cloud.
    Alone(RiskNote),
}

/// What the operator's metadata file says of a model now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ModelStatus {
    /// Nothing against it.
    Good,
    /// Revoked, or its keys, its attestation or its verification of owners broken.
    Bad,
}

/// Everything decided and known of models. The default admits every model and knows none as good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Models {
    rules: BTreeMap<Aaguid, ModelRule>,
    metadata: BTreeMap<Aaguid, ModelStatus>,
    only_listed: bool,
}

/// Why a key is not registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAdmitted {
    /// A passkey must have verified its owner.
    #[error("the owner was not verified")]
    NotVerified,
    /// The municipality does not admit this model.
    #[error("a model that is not admitted")]
    Denied,
    /// Only listed models are admitted, and this one is none or nothing attests that it is.
    #[error("no model of the list, or not attested")]
    NotListed,
}

impl Models {
    /// With these rules; with `only_listed` no other model is registered, and each must be attested.
    pub fn new(rules: BTreeMap<Aaguid, ModelRule>, only_listed: bool) -> Self {
        Self { rules, metadata: BTreeMap::new(), only_listed }
    }

    /// The same with what a metadata file says.
    #[must_use]
    pub fn knowing(self, metadata: BTreeMap<Aaguid, ModelStatus>) -> Self {
        Self { metadata, ..self }
    }

    /// Whether anything was decided by model. Keys are asked which they are then: a browser may blank the number of one that
    /// is not asked to attest (WebAuthn 5.4.7), and a rule would pass it by.
    pub fn decides(&self) -> bool {
        self.only_listed || !self.rules.is_empty()
    }

    /// What was decided of a model.
    pub fn rule(&self, model: Option<Aaguid>) -> Option<&ModelRule> {
        model.and_then(|model| self.rules.get(&model))
    }

    /// Whether nothing speaks against it in the operator's metadata; false where that does not name it.
    pub fn is_good(&self, model: Option<Aaguid>) -> bool {
        model.and_then(|model| self.metadata.get(&model)) == Some(&ModelStatus::Good)
    }

    /// Whether a key may be registered.
    ///
    /// # Errors
    /// [`NotAdmitted`]
    pub fn admit(&self, key: &Registered) -> Result<(), NotAdmitted> {
        if key.kind == PasskeyKind::Passkey && !key.verified {
            return Err(NotAdmitted::NotVerified);
        }
        match self.rule(key.model) {
            Some(ModelRule::Deny) => Err(NotAdmitted::Denied),
            Some(_) if self.only_listed && !key.attested => Err(NotAdmitted::NotListed),
            None if self.only_listed => Err(NotAdmitted::NotListed),
            _ => Ok(()),
        }
    }

    /// The models that count for more than the rule for all, each with its reference: evidence.
    pub fn widened(&self) -> impl Iterator<Item = (Aaguid, &RiskNote)> {
        self.rules.iter().filter_map(|(model, rule)| match rule {
            ModelRule::Alone(note) => Some((*model, note)),
            ModelRule::Deny | ModelRule::Beside | ModelRule::Allow => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(number: u128) -> Option<Aaguid> {
        Aaguid::read(Uuid::from_u128(number))
    }
    fn key(number: u128, attested: bool) -> Registered {
        Registered { model: model(number), attested, ..Registered::plain(PasskeyKind::Passkey) }
    }
    fn models(rule: ModelRule, only_listed: bool) -> Models {
        Models::new(model(1).map(|model| (model, rule)).into_iter().collect(), only_listed)
    }

    #[test]
    fn a_denied_model_is_not_admitted_and_a_list_that_closes_needs_proof_of_the_model() {
        assert_eq!(models(ModelRule::Deny, false).admit(&key(1, true)), Err(NotAdmitted::Denied));
        assert_eq!(models(ModelRule::Deny, false).admit(&key(2, false)), Ok(()));
        let closed = models(ModelRule::Allow, true);
        assert_eq!(closed.admit(&key(1, true)), Ok(()));
        for other in [key(1, false), key(2, true), key(0, true)] {
            assert_eq!(closed.admit(&other), Err(NotAdmitted::NotListed), "{other:?}");
        }
    }

    #[test]
    fn keys_are_asked_which_they_are_as_soon_as_anything_is_decided_by_model() {
        assert!(!Models::default().decides());
        assert!(models(ModelRule::Deny, false).decides());
        assert!(Models::new(BTreeMap::new(), true).decides());
    }

    #[test]
    fn a_passkey_must_have_verified_its_owner_and_a_security_key_need_not() {
        let unverified = |kind| Registered { verified: false, ..Registered::plain(kind) };
        let admit = |kind| Models::default().admit(&unverified(kind));
        assert_eq!(admit(PasskeyKind::Passkey), Err(NotAdmitted::NotVerified));
        assert_eq!(admit(PasskeyKind::SecurityKey), Ok(()));
    }

    #[test]
    fn wider_policy_stands_on_a_reference() {
        assert_eq!(RiskNote::try_from("  ".to_owned()), Err(NoReference));
        let note = RiskNote::try_from("R-12".to_owned()).unwrap();
        let wide = models(ModelRule::Alone(note.clone()), false);
        assert_eq!(wide.widened().collect::<Vec<_>>(), [(model(1).unwrap(), &note)]);
        assert!(serde_json::from_str::<ModelRule>(r#"{"Alone":""}"#).is_err());
    }
}
