//! The life of a device: from the box to a person, and back.

#[cfg(test)]
mod tests;
mod word;

pub use word::{LifeWord, WrongLife};

use super::made::{Digits, HashAlgorithm, Label, Serial};
use super::moving::{Moving, NotNext};
use crate::factor::FactorName;
use crate::ids::{FactorId, PersonId};
use jiff::Timestamp;

/// One device. Its seed is kept sealed elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeDevice {
    /// Which; also the factor's id while somebody signs in with it.
    pub id: FactorId,
    /// The number on its back.
    pub serial: Serial,
    /// Who made it.
    pub manufacturer: Option<Label>,
    /// What they call it.
    pub model: Option<Label>,
    /// The hash of its codes.
    pub hash: HashAlgorithm,
    /// How long its codes are.
    pub digits: Digits,
    /// Where it stands in its row of codes. Goes on over all its owners: what one of them used is never accepted again.
    pub moving: Moving,
    /// Who has it.
    pub life: Life,
}

/// Who has a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Life {
    /// Nobody yet.
    InStock {
        /// Since.
        since: Timestamp,
    },
    /// Somebody, who has not shown a code of it, or whose login it was taken from: it opens nothing (NSIS 3.2.2).
    HandedOut {
        /// Who.
        to: PersonId,
        /// Since.
        at: Timestamp,
    },
    /// Somebody signs in with it.
    Active(InUse),
    /// Nobody any more. It may go out again.
    Returned {
        /// Since.
        at: Timestamp,
    },
    /// Nobody knows who. It never goes out again, found or not: it was out of everybody's sight.
    Lost {
        /// Since.
        at: Timestamp,
    },
    /// Its seed is known to others. It never goes out again.
    Leaked {
        /// Since.
        at: Timestamp,
    },
}

/// A device somebody signs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InUse {
    /// Who.
    pub of: PersonId,
    /// What she calls it.
    pub name: FactorName,
    /// Since.
    pub since: Timestamp,
    /// When it last answered.
    pub used_at: Timestamp,
}

impl Life {
    /// In a word.
    pub fn word(&self) -> LifeWord {
        match self {
            Self::InStock { .. } => LifeWord::InStock,
            Self::HandedOut { .. } => LifeWord::HandedOut,
            Self::Active(_) => LifeWord::Active,
            Self::Returned { .. } => LifeWord::Returned,
            Self::Lost { .. } => LifeWord::Lost,
            Self::Leaked { .. } => LifeWord::Leaked,
        }
    }

    /// Who has it, as far as we know.
    pub fn holder(&self) -> Option<PersonId> {
        match self {
            Self::HandedOut { to, .. } => Some(*to),
            Self::Active(in_use) => Some(in_use.of),
            Self::InStock { .. } | Self::Returned { .. } | Self::Lost { .. } | Self::Leaked { .. } => None,
        }
    }
}

impl CodeDevice {
    /// Who signs in with it.
    pub fn in_use(&self) -> Option<&InUse> {
        match &self.life {
            Life::Active(in_use) => Some(in_use),
            _ => None,
        }
    }

    /// Given to somebody. It opens nothing before she showed a code of it.
    ///
    /// # Errors
    /// [`WrongLife`] unless it lies in stock.
    pub fn handed_out(self, to: PersonId, at: Timestamp) -> Result<Self, WrongLife> {
        match self.life {
            Life::InStock { .. } | Life::Returned { .. } => {
                Ok(Self { life: Life::HandedOut { to, at }, ..self })
            }
            other => Err(WrongLife(other.word())),
        }
    }

    /// She showed the code at `place`: from now on it counts as hers, and that code never again.
    ///
    /// # Errors
    /// [`NotActivated`]
    pub fn activated(
        self,
        by: PersonId,
        name: FactorName,
        place: i64,
        now: Timestamp,
    ) -> Result<Self, NotActivated> {
        match self.life {
            Life::HandedOut { to, .. } if to == by => {
                let moving = self.moving.accepted(place, now)?;
                let in_use = InUse { of: by, name, since: now, used_at: now };
                Ok(Self { moving, life: Life::Active(in_use), ..self })
            }
            Life::HandedOut { .. } => Err(NotActivated::NotHers),
            other => Err(NotActivated::WrongLife(WrongLife(other.word()))),
        }
    }

    /// The code at `place` was accepted at a sign-in.
    ///
    /// # Errors
    /// [`NotNext`]; a device nobody signs in with accepts none.
    pub fn spent(self, place: i64, now: Timestamp) -> Result<Self, NotNext> {
        let Life::Active(in_use) = self.life else { return Err(NotNext::TooFar) };
        let moving = self.moving.accepted(place, now)?;
        Ok(Self { moving, life: Life::Active(InUse { used_at: now, ..in_use }), ..self })
    }

    /// Two codes in a row were shown, the second at `place`; neither is accepted again (RFC 4226, 7.4).
    ///
    /// # Errors
    /// [`NotNext`]
    pub fn resynchronised(self, place: i64, now: Timestamp) -> Result<Self, NotNext> {
        Ok(Self { moving: self.moving.accepted(place, now)?, ..self })
    }

    /// It does not count at its holder's login any more; she still has it, and must show a code again before it does.
    #[must_use]
    pub fn put_aside(self, at: Timestamp) -> Self {
        match self.life {
            Life::Active(InUse { of, .. }) => Self { life: Life::HandedOut { to: of, at }, ..self },
            _ => self,
        }
    }

    /// Somebody brought it back.
    ///
    /// # Errors
    /// [`WrongLife`] where nobody had it; also of one that is lost or known by others: it does not go out again.
    pub fn returned(self, at: Timestamp) -> Result<Self, WrongLife> {
        match self.life {
            Life::HandedOut { .. } | Life::Active(_) => Ok(Self { life: Life::Returned { at }, ..self }),
            other => Err(WrongLife(other.word())),
        }
    }

    /// Nobody knows where it is.
    ///
    /// # Errors
    /// [`WrongLife`] of one that is already, or known by others.
    pub fn lost(self, at: Timestamp) -> Result<Self, WrongLife> {
        match self.life {
            Life::Lost { .. } | Life::Leaked { .. } => Err(WrongLife(self.life.word())),
            _ => Ok(Self { life: Life::Lost { at }, ..self }),
        }
    }

    /// Its seed is known by others, wherever it is.
    ///
    /// # Errors
    /// [`WrongLife`] where that was known.
    pub fn leaked(self, at: Timestamp) -> Result<Self, WrongLife> {
        match self.life {
            Life::Leaked { .. } => Err(WrongLife(LifeWord::Leaked)),
            _ => Ok(Self { life: Life::Leaked { at }, ..self }),
        }
    }
}

/// Why a device is not activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotActivated {
    /// It was handed out to somebody else.
    #[error("handed out to somebody else")]
    NotHers,
    /// It was not handed out, or is active already.
    #[error(transparent)]
    WrongLife(#[from] WrongLife),
    /// The code was used before.
    #[error(transparent)]
    NotNext(#[from] NotNext),
}
