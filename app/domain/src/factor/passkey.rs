//! Passkeys and security keys (WebAuthn level 3): what is kept of one, and what it is worth in one sign-in.

use super::model::{Aaguid, ModelRule, Models};
use super::{Added, FactorKind, FactorName};
use crate::ids::{FactorId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What she was asked for when she registered it: words and pages follow it, never what it counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PasskeyKind {
    /// In her phone, her computer or her password manager; verifies its owner.
    Passkey,
    /// A thing of its own that is touched.
    SecurityKey,
}

impl PasskeyKind {
    /// The word in forms, the database and the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::SecurityKey => "security-key",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Passkey, Self::SecurityKey].into_iter().find(|kind| kind.word() == word)
    }
}

/// The name a key goes by between browser and us; unique over everybody. No secret.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CredentialId(pub Vec<u8>);

/// The public key with what the adapter needs to check an answer of it; opaque here.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredKey(pub Vec<u8>);

impl core::fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "CredentialId({} bytes)", self.0.len())
    }
}
impl core::fmt::Debug for StoredKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "StoredKey({} bytes)", self.0.len())
    }
}

/// What was seen of a key when it was registered; what can change since is kept up to date.
#[expect(clippy::struct_excessive_bools, reason = "flags of the standard, each true or not by itself")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// What she was asked for.
    pub kind: PasskeyKind,
    /// It verified its owner then.
    pub verified: bool,
    /// It may be copied to a cloud. Once it may, it never counts as if it could not.
    pub backup_eligible: bool,
    /// It is copied, as it last said.
    pub backed_up: bool,
    /// Its model, as it says.
    pub model: Option<Aaguid>,
    /// Its maker signed that model, by a root of the operator's metadata.
    pub attested: bool,
    /// How it can be reached (`internal`, `usb`, `nfc`, `ble`, `hybrid`): a hint for the browser, nothing more.
    pub transports: Vec<String>,
}

impl Registered {
    /// A key that verified its owner and of which nothing else is known.
    pub fn plain(kind: PasskeyKind) -> Self {
        Self {
            kind,
            verified: true,
            backup_eligible: false,
            backed_up: false,
            model: None,
            attested: false,
            transports: Vec::new(),
        }
    }
}

/// A key that answered rightly to a registration, before anybody decided whether to take it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPasskey {
    /// The name it goes by.
    pub credential: CredentialId,
    /// What was seen of it.
    pub registered: Registered,
    /// Its counter.
    pub counter: u32,
    /// What checks its answers.
    pub stored: StoredKey,
}

/// One passkey or security key of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Which.
    pub id: FactorId,
    /// Whose.
    pub person: PersonId,
    /// What she calls it.
    pub name: FactorName,
    /// Since when.
    pub added_at: Timestamp,
    /// On what ground.
    pub added: Added,
    /// When it last answered. From where stands in the trail.
    pub used_at: Option<Timestamp>,
    /// The name it goes by.
    pub credential: CredentialId,
    /// What is known of it.
    pub registered: Registered,
    /// Its newest counter; zero from keys that do not count.
    pub counter: u32,
    /// What checks its answers.
    pub stored: StoredKey,
}

/// What a key said when it answered, its signature, challenge and origin already checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// It verified its owner now.
    pub verified: bool,
    /// It may be copied.
    pub backup_eligible: bool,
    /// It is copied.
    pub backed_up: bool,
    /// Its counter.
    pub counter: u32,
}

/// What a key counts for in one sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It is enough.
    Alone,
    /// It is one possession factor beside a password.
    Beside,
}

impl Worth {
    /// The kind of factor it was.
    pub fn kind(self) -> FactorKind {
        match self {
            Self::Alone => FactorKind::PasskeyAlone,
            Self::Beside => FactorKind::Passkey,
        }
    }
}

/// Why a right answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistrust {
    /// The counter did not rise: there are two of this key (WebAuthn 7.2, step 22). Opens a hold (security decision 8).
    #[error("the counter went back")]
    CounterWentBack,
    /// It could be copied before and says that it cannot any more: no key changes that way.
    #[error("said to be copied no more")]
    EligibilityGone,
    /// It is copied and may not be.
    #[error("copied though it may not be")]
    Contradiction,
    /// The municipality does not admit its model any more.
    #[error("a model that is not admitted")]
    Denied,
}

impl Mistrust {
    /// The reason of the hold it opens, where it opens one.
    pub fn hold(self) -> Option<&'static str> {
        match self {
            Self::CounterWentBack => Some("key-copied"),
            Self::EligibilityGone | Self::Contradiction | Self::Denied => None,
        }
    }

    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::CounterWentBack => "counter",
            Self::EligibilityGone => "eligibility",
            Self::Contradiction => "contradiction",
            Self::Denied => "model",
        }
    }
}

impl Passkey {
    /// Takes a key that answered to a registration.
    pub fn take(
        new: NewPasskey,
        id: FactorId,
        person: PersonId,
        name: FactorName,
        by: (Added, Timestamp),
    ) -> Self {
        let NewPasskey { credential, registered, counter, stored } = new;
        let (added, added_at) = by;
        Self { id, person, name, added_at, added, used_at: None, credential, registered, counter, stored }
    }

    /// Takes an answer: the key as it is from now on, and what it counts for this time.
    ///
    /// One that may be copied from now on is taken, for less; that it was copied is no fault of its owner.
    ///
    /// # Errors
    /// [`Mistrust`]
    pub fn answered(
        self,
        said: Assertion,
        models: &Models,
        at: Timestamp,
    ) -> Result<(Self, Worth), Mistrust> {
        if self.best(models).is_none() {
            return Err(Mistrust::Denied);
        }
        if said.backed_up && !said.backup_eligible {
            return Err(Mistrust::Contradiction);
        }
        if self.registered.backup_eligible && !said.backup_eligible {
            return Err(Mistrust::EligibilityGone);
        }
        let counts = said.counter != 0 || self.counter != 0;
        if counts && said.counter <= self.counter {
            return Err(Mistrust::CounterWentBack);
        }
        let (backup_eligible, backed_up) = (said.backup_eligible, said.backed_up);
        let registered = Registered { backup_eligible, backed_up, ..self.registered };
        let key = Self { registered, counter: said.counter, used_at: Some(at), ..self };
        let worth = key.worth(said.verified, models);
        Ok((key, worth))
    }

    /// What it would count for when it verifies its owner: what pages say of it, and whether it is a way in by itself.
    /// Nothing where its model is not admitted any more: no answer of it is taken then.
    pub fn best(&self, models: &Models) -> Option<Worth> {
        let denied = matches!(models.rule(self.registered.model), Some(ModelRule::Deny));
        (!denied).then(|| self.worth(true, models))
    }

    /// Security decision 17.
    fn worth(&self, verified_now: bool, models: &Models) -> Worth {
        let known = &self.registered;
        let trusted = match models.rule(known.model) {
            Some(ModelRule::Alone(_)) => true,
            Some(ModelRule::Deny | ModelRule::Beside) => false,
            Some(ModelRule::Allow) | None => {
                !known.backup_eligible && known.attested && models.is_good(known.model)
            }
        };
        if trusted && known.verified && verified_now { Worth::Alone } else { Worth::Beside }
    }
}

#[cfg(test)]
#[path = "passkey_tests.rs"]
mod tests;
