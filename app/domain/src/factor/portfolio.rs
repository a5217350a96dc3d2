//! All login methods of one person together: who may add one, what may be removed, which is asked for first.
//!
//! Two promises (issue of factors; NSIS 3.2.1, 3.2.2): nobody is left without a way in, and nobody who shows a password
//! alone adds one. The second is kept by types: adding takes an [`Authority`], which a password cannot make.

use super::passkey::{PasskeyKind, Worth};
use crate::ids::FactorId;
use crate::proofing::{FreshProof, Purpose};
use crate::step_up::{FreshStepUp, StepUpFor};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// For this long a method that was added by recovery removes none that is older: its owner hears of it meanwhile.
pub const COOL_OFF: SignedDuration = SignedDuration::from_hours(1);

/// So many methods may one person have, of all kinds.
pub const MOST_MEANS: usize = 10;

/// On what ground a method was added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Added {
    /// In an enrolment, right after the proof.
    #[default]
    Enrolment,
    /// By showing another one.
    StepUp,
    /// By a proof that stands in for a lost one, or by one that was added so within the hour.
    Recovery,
}

impl Added {
    /// The word kept in the database and the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Enrolment => "enrolment",
            Self::StepUp => "step-up",
            Self::Recovery => "recovery",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Enrolment, Self::StepUp, Self::Recovery].into_iter().find(|ground| ground.word() == word)
    }
}

/// What a method is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MeanKind {
    /// An authenticator app.
    App,
    /// A device that shows codes.
    CodeDevice,
    /// A passkey or security key, and what it counts for when it verifies its owner.
    Key(PasskeyKind),
}

impl MeanKind {
    /// The word kept in the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::App => "authenticator-app",
            Self::CodeDevice => "code-device",
            Self::Key(kind) => kind.word(),
        }
    }
}

/// One method, as far as the rules look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean {
    /// Which.
    pub id: FactorId,
    /// What.
    pub kind: MeanKind,
    /// What it counts for at best; nothing where it is not admitted any more.
    pub worth: Option<Worth>,
    /// Since when.
    pub added_at: Timestamp,
    /// On what ground.
    pub added: Added,
}

impl Mean {
    /// Whether it counts for anything. One that does not is hers still, and no way in.
    pub fn counts(&self) -> bool {
        self.worth.is_some()
    }

    fn cools_until(&self) -> Option<Timestamp> {
        let over = self.added_at.saturating_add(COOL_OFF).unwrap_or(self.added_at);
        (self.added == Added::Recovery).then_some(over)
    }
}

/// What lets somebody add a method. Neither can be made of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// She just proved who she is.
    Proof(FreshProof),
    /// She showed one of hers in an open session, for this.
    StepUp(FreshStepUp),
}

/// Why a method is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAdded {
    /// Proof or step-up was made for something else, or by nothing of hers.
    #[error("made for something else")]
    OtherPurpose,
    /// She has as many as one may have.
    #[error("too many login methods")]
    TooMany,
    /// It is there.
    #[error("added already")]
    Twice,
}

/// Why a method is not removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRemoved {
    /// She has no such method.
    #[error("no such login method")]
    Unknown,
    /// Nothing would be left to sign in with: another is added first.
    #[error("the last way in")]
    LastWayIn,
    /// What she showed was added by recovery within the hour, and this one is older.
    #[error("too early: added by recovery within the hour")]
    CoolOff(Timestamp),
    /// The step-up was made for something else, or by nothing of hers.
    #[error("made for something else")]
    OtherPurpose,
}

/// She has no such method that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such login method")]
pub struct Unknown;

/// What one person signs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portfolio {
    password: bool,
    means: Vec<Mean>,
    primary: Option<FactorId>,
}

impl Portfolio {
    /// As read from the store. A choice of one that is gone is none.
    pub fn of(password: bool, means: Vec<Mean>, primary: Option<FactorId>) -> Self {
        let primary = primary.filter(|id| means.iter().any(|mean| mean.id == *id));
        Self { password, means, primary }
    }

    /// All of them.
    pub fn means(&self) -> &[Mean] {
        &self.means
    }

    /// One of them.
    pub fn mean(&self, id: FactorId) -> Option<&Mean> {
        self.means.iter().find(|mean| mean.id == id)
    }

    /// Whether she can sign in at Substantial: a password and one method, or one that counts alone.
    pub fn opens(&self) -> bool {
        self.means.iter().any(|mean| match mean.worth {
            Some(Worth::Alone) => true,
            Some(Worth::Beside) => self.password,
            None => false,
        })
    }

    /// Whether she still could without this one.
    pub fn opens_without(&self, id: FactorId) -> bool {
        self.clone().keeping(|mean| mean.id != id).opens()
    }

    /// The one she wants to be asked for first.
    pub fn primary(&self) -> Option<FactorId> {
        self.primary
    }

    /// She wants to be asked for this one first; never one that counts for nothing.
    ///
    /// # Errors
    /// [`Unknown`]
    pub fn prefer(self, id: FactorId) -> Result<Self, Unknown> {
        self.mean(id).filter(|mean| mean.counts()).ok_or(Unknown)?;
        Ok(Self { primary: Some(id), ..self })
    }

    /// On what ground one would be added now. What was added by recovery within the hour hands its youth on, or it would
    /// remove through another what it may not remove itself.
    ///
    /// # Errors
    /// [`NotAdded::OtherPurpose`]
    pub fn ground(&self, by: &Authority, now: Timestamp) -> Result<Added, NotAdded> {
        match by {
            Authority::Proof(proof) => match proof.purpose {
                Purpose::Enrolment => Ok(Added::Enrolment),
                Purpose::Reopening | Purpose::Reset | Purpose::Recovery => Ok(Added::Recovery),
                Purpose::Finding | Purpose::Blocking | Purpose::Reconfirmation => Err(NotAdded::OtherPurpose),
            },
            Authority::StepUp(step_up) => {
                let shown = self.shown(step_up).ok_or(NotAdded::OtherPurpose)?;
                let cools = shown.cools_until().is_some_and(|until| now < until);
                Ok(if cools { Added::Recovery } else { Added::StepUp })
            }
        }
    }

    /// Adds one; gives it back as it is to be kept.
    ///
    /// # Errors
    /// [`NotAdded`]
    pub fn add(mut self, mean: Mean, by: &Authority) -> Result<(Self, Mean), NotAdded> {
        let added = self.ground(by, mean.added_at)?;
        if self.mean(mean.id).is_some() {
            return Err(NotAdded::Twice);
        }
        if self.means.len() >= MOST_MEANS {
            return Err(NotAdded::TooMany);
        }
        let mean = Mean { added, ..mean };
        self.means.push(mean);
        Ok((self, mean))
    }

    /// Removes one. Another is added before the last can go.
    ///
    /// # Errors
    /// [`NotRemoved`]
    pub fn remove(self, id: FactorId, by: &FreshStepUp, now: Timestamp) -> Result<Self, NotRemoved> {
        let gone = *self.mean(id).ok_or(NotRemoved::Unknown)?;
        let shown = self.shown(by).ok_or(NotRemoved::OtherPurpose)?;
        if let Some(until) = shown.cools_until()
            && now < until
            && gone.added_at < shown.added_at
        {
            return Err(NotRemoved::CoolOff(until));
        }
        let left = self.keeping(|mean| mean.id != id);
        if left.opens() { Ok(left) } else { Err(NotRemoved::LastWayIn) }
    }

    /// After a reopening: what she kept, and the password she chose in it.
    ///
    /// # Errors
    /// [`NotRemoved::LastWayIn`] when nothing was kept.
    pub fn reopened(self, keep: &BTreeSet<FactorId>) -> Result<Self, NotRemoved> {
        let left = Self { password: true, ..self }.keeping(|mean| keep.contains(&mean.id));
        if left.opens() { Ok(left) } else { Err(NotRemoved::LastWayIn) }
    }

    /// The one a step-up for this was made with, while it is hers.
    fn shown(&self, by: &FreshStepUp) -> Option<&Mean> {
        let made_for_this = by.purpose == StepUpFor::Factors;
        by.by.filter(|_| made_for_this).and_then(|id| self.mean(id))
    }

    fn keeping(mut self, keep: impl Fn(&Mean) -> bool) -> Self {
        self.means.retain(keep);
        Self::of(self.password, self.means, self.primary)
    }
}

#[cfg(test)]
#[path = "portfolio_tests.rs"]
mod tests;
