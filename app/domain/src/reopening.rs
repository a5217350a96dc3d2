//! Opening one's own blocked login: MitID or a passkey that alone is Substantial → new password → go through the factors → look at what happened → confirm.
//!
//! Staged in a flow and applied in one transaction at the confirmation (security decision 12): until then nothing
//! has changed. It only takes away: a removed factor, an old password or an old code never comes back.

mod factors;
#[cfg(test)]
mod tests;

pub use factors::{NewApp, NewKey, suspect};

use crate::enrolment::PendingSeed;
use crate::factor::FactorName;
use crate::ids::{FactorId, PersonId};
use crate::proofing::{FreshProof, Purpose};
use crate::terms::{Accepted, Reading, TermsHash, TermsVersion};
use factors::Factors;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// From the proof to the confirmation.
pub const REOPENING_HOLDS: SignedDuration = SignedDuration::from_mins(60);

/// One reopening under way. Exists only after a proof made for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// Who proved herself.
    pub person: PersonId,
    proof: FreshProof,
    stage: Stage,
    #[serde(default)]
    terms: Terms,
}

/// The terms in force, where she has not accepted them yet: read and accepted here, and kept at the confirmation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Terms {
    #[default]
    NotAsked,
    Reading(Reading),
    Accepted(Accepted),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    Proved,
    Password { sealed_hash: Vec<u8> },
    Reviewed { sealed_hash: Vec<u8>, factors: Factors },
    Looked { sealed_hash: Vec<u8>, factors: Factors },
}

/// What a person has to do next. Step one, the proof, is behind her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReopeningStep {
    /// Choose a new password.
    Password,
    /// Say which factors are hers.
    Factors,
    /// Register a new app or key: she kept none.
    App,
    /// Look at what happened.
    Activity,
    /// Read and accept the terms in force, at this page.
    Terms {
        /// Counted from one.
        page: u8,
    },
    /// Confirm.
    Confirm,
}

/// Why a step is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotYet {
    /// Another step comes first.
    #[error("another step comes first")]
    StepBefore,
    /// The hour after the proof is over.
    #[error("the proof has run out")]
    ProofRanOut,
    /// The proof was made for something else.
    #[error("a proof for another purpose")]
    WrongProof,
}

/// Everything a confirmed reopening applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopened {
    /// The new password's hash, sealed.
    pub sealed_hash: Vec<u8>,
    /// The factors she keeps; every other is removed.
    pub keep: BTreeSet<FactorId>,
    /// The app she registered meanwhile.
    pub new: Option<NewApp>,
    /// The key she registered meanwhile.
    pub key: Option<NewKey>,
    /// The accept of the terms in force, where she gave it here.
    pub accepted: Option<Accepted>,
    /// The proof it rests on.
    pub proof: FreshProof,
}

impl Reopening {
    /// Begins with a proof made for it.
    ///
    /// # Errors
    /// [`NotYet::WrongProof`]
    pub fn begin(person: PersonId, proof: FreshProof) -> Result<Self, NotYet> {
        if proof.purpose != Purpose::Reopening {
            return Err(NotYet::WrongProof);
        }
        Ok(Self { person, proof, stage: Stage::Proved, terms: Terms::NotAsked })
    }

    /// What comes next.
    pub fn step(&self) -> ReopeningStep {
        match &self.stage {
            Stage::Proved => ReopeningStep::Password,
            Stage::Password { .. } => ReopeningStep::Factors,
            Stage::Reviewed { factors, .. } if !factors.suffice() => ReopeningStep::App,
            Stage::Reviewed { .. } => ReopeningStep::Activity,
            Stage::Looked { .. } => match &self.terms {
                Terms::Reading(reading) => ReopeningStep::Terms { page: reading.next_page() },
                Terms::NotAsked | Terms::Accepted(_) => ReopeningStep::Confirm,
            },
        }
    }

    /// The terms in force are not what she accepted: they are read before she confirms. What was read of another version
    /// is void.
    #[must_use]
    pub fn with_terms(self, current: &TermsVersion) -> Self {
        Self { terms: Terms::Reading(Reading::begin(current)), ..self }
    }

    /// The reading under way, when it is what comes next.
    pub fn reading(&self) -> Option<&Reading> {
        match (&self.stage, &self.terms) {
            (Stage::Looked { .. }, Terms::Reading(reading)) => Some(reading),
            _ => None,
        }
    }

    /// She turned a page.
    #[must_use]
    pub fn read(self, reading: Reading) -> Self {
        Self { terms: Terms::Reading(reading), ..self }
    }

    /// She accepted what she read; it counts from the confirmation on.
    #[must_use]
    pub fn agreed(self, accepted: Accepted) -> Self {
        Self { terms: Terms::Accepted(accepted), ..self }
    }

    /// Which terms she accepted here.
    pub fn accepted(&self) -> Option<TermsHash> {
        match &self.terms {
            Terms::Accepted(accepted) => Some(accepted.terms),
            Terms::NotAsked | Terms::Reading(_) => None,
        }
    }

    /// Until when it may be confirmed.
    pub fn until(&self) -> Timestamp {
        self.proof.at.saturating_add(REOPENING_HOLDS).unwrap_or(self.proof.at)
    }

    /// What she said she keeps, once she said it.
    pub fn kept(&self) -> Option<&BTreeSet<FactorId>> {
        self.factors().map(|factors| &factors.keep)
    }

    /// What she calls the app or key she registered meanwhile.
    pub fn new_name(&self) -> Option<&FactorName> {
        let factors = self.factors()?;
        let app = factors.new.as_ref().map(|new| &new.app.name);
        app.or(factors.key.as_ref().map(|new| &new.name))
    }

    /// The seed offered and not yet verified.
    pub fn pending_seed(&self) -> Option<&PendingSeed> {
        self.factors().and_then(|factors| factors.seed.as_ref())
    }

    fn factors(&self) -> Option<&Factors> {
        match &self.stage {
            Stage::Proved | Stage::Password { .. } => None,
            Stage::Reviewed { factors, .. } | Stage::Looked { factors, .. } => Some(factors),
        }
    }

    /// A new password was chosen; choosing again replaces it and keeps what was said of the factors.
    ///
    /// # Errors
    /// [`NotYet::ProofRanOut`]
    pub fn password(self, sealed_hash: Vec<u8>, now: Timestamp) -> Result<Self, NotYet> {
        self.in_time(now)?;
        let stage = match self.stage {
            Stage::Looked { factors, .. } => Stage::Looked { sealed_hash, factors },
            Stage::Reviewed { factors, .. } => Stage::Reviewed { sealed_hash, factors },
            Stage::Proved | Stage::Password { .. } => Stage::Password { sealed_hash },
        };
        Ok(Self { stage, ..self })
    }

    /// She said which factors are hers. Saying it again leads on from here anew; an app registered meanwhile stays.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn review(self, keep: BTreeSet<FactorId>, now: Timestamp) -> Result<Self, NotYet> {
        self.in_time(now)?;
        let (sealed_hash, before) = match self.stage {
            Stage::Proved => return Err(NotYet::StepBefore),
            Stage::Password { sealed_hash } => (sealed_hash, Factors::default()),
            Stage::Reviewed { sealed_hash, factors } | Stage::Looked { sealed_hash, factors } => {
                (sealed_hash, factors)
            }
        };
        Ok(Self { stage: Stage::Reviewed { sealed_hash, factors: Factors { keep, ..before } }, ..self })
    }

    /// Remembers a seed that was offered; only while an app is what she needs.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn offer_seed(self, seed: PendingSeed, now: Timestamp) -> Result<Self, NotYet> {
        self.with_app(now, |factors| Factors { seed: Some(seed), ..factors })
    }

    /// The offered app answered rightly.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn add_app(self, new: NewApp, now: Timestamp) -> Result<Self, NotYet> {
        self.with_app(now, |factors| Factors { seed: None, new: Some(new), ..factors })
    }

    /// A passkey or security key answered rightly instead.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn add_key(self, new: NewKey, now: Timestamp) -> Result<Self, NotYet> {
        self.with_app(now, |factors| Factors { seed: None, key: Some(new), ..factors })
    }

    fn with_app(self, now: Timestamp, change: impl FnOnce(Factors) -> Factors) -> Result<Self, NotYet> {
        self.in_time(now)?;
        match self.stage {
            Stage::Reviewed { sealed_hash, factors } if !factors.suffice() => {
                Ok(Self { stage: Stage::Reviewed { sealed_hash, factors: change(factors) }, ..self })
            }
            _ => Err(NotYet::StepBefore),
        }
    }

    /// She looked at what happened lately.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn look(self, now: Timestamp) -> Result<Self, NotYet> {
        self.in_time(now)?;
        match self.stage {
            Stage::Looked { .. } => Ok(self),
            Stage::Reviewed { sealed_hash, factors } if factors.suffice() => {
                Ok(Self { stage: Stage::Looked { sealed_hash, factors }, ..self })
            }
            _ => Err(NotYet::StepBefore),
        }
    }

    /// She confirmed.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn confirm(self, now: Timestamp) -> Result<Reopened, NotYet> {
        self.in_time(now)?;
        let Stage::Looked { sealed_hash, factors } = self.stage else { return Err(NotYet::StepBefore) };
        let accepted = match self.terms {
            Terms::NotAsked => None,
            Terms::Accepted(accepted) => Some(accepted),
            Terms::Reading(_) => return Err(NotYet::StepBefore),
        };
        let Factors { keep, new, key, .. } = factors;
        Ok(Reopened { sealed_hash, keep, new, key, accepted, proof: self.proof })
    }

    fn in_time(&self, now: Timestamp) -> Result<(), NotYet> {
        if now < self.until() { Ok(()) } else { Err(NotYet::ProofRanOut) }
    }
}
