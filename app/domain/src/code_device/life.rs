//! The life of a device: from the box to a person, and back.

use super::made::{Digits, HashAlgorithm, Label, Serial};
use super::moving::{Moving, NotNext};
use crate::factor::FactorName;
use crate::ids::{FactorId, PersonId};
use core::fmt;
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

/// A life in a word, for messages, the database and the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LifeWord {
    /// [`Life::InStock`]
    InStock,
    /// [`Life::HandedOut`]
    HandedOut,
    /// [`Life::Active`]
    Active,
    /// [`Life::Returned`]
    Returned,
    /// [`Life::Lost`]
    Lost,
    /// [`Life::Leaked`]
    Leaked,
}

impl LifeWord {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::InStock, Self::HandedOut, Self::Active, Self::Returned, Self::Lost, Self::Leaked];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::InStock => "in-stock",
            Self::HandedOut => "handed-out",
            Self::Active => "active",
            Self::Returned => "returned",
            Self::Lost => "lost",
            Self::Leaked => "leaked",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|life| life.word() == word)
    }
}

impl fmt::Display for LifeWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InStock => "in stock",
            Self::HandedOut => "handed out",
            Self::Active => "in use",
            Self::Returned => "returned",
            Self::Lost => "lost",
            Self::Leaked => "known by others",
        })
    }
}

/// The device is at another point of its life than this needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the device is {0}")]
pub struct WrongLife(pub LifeWord);

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn person(n: u128) -> PersonId {
        Uuid::from_u128(n).into()
    }

    fn name() -> FactorName {
        FactorName::try_from("Kodeviser".to_owned()).unwrap()
    }

    fn device() -> CodeDevice {
        CodeDevice {
            id: Uuid::from_u128(9).into(),
            serial: Serial::try_from("1001".to_owned()).unwrap(),
            manufacturer: None,
            model: None,
            hash: HashAlgorithm::Sha1,
            digits: Digits::SIX,
            moving: Moving::Button { next: 0 },
            life: Life::InStock { since: NOW },
        }
    }

    #[test]
    fn it_counts_once_its_holder_showed_a_code_and_for_nobody_else() {
        let out = device().handed_out(person(1), NOW).unwrap();
        assert_eq!(out.in_use(), None);
        assert_eq!(out.clone().spent(0, NOW), Err(NotNext::TooFar));
        assert_eq!(out.clone().activated(person(2), name(), 0, NOW), Err(NotActivated::NotHers));
        let active = out.activated(person(1), name(), 0, NOW).unwrap();
        assert_eq!(active.in_use().map(|it| it.of), Some(person(1)));
        assert_eq!(active.clone().spent(0, NOW), Err(NotNext::Used), "the code that activated it is used");
        assert!(active.clone().handed_out(person(2), NOW).is_err());
        let again = active.activated(person(1), name(), 1, NOW);
        assert_eq!(again, Err(NotActivated::WrongLife(WrongLife(LifeWord::Active))));
    }

    #[test]
    fn what_one_owner_used_the_next_one_cannot_use() {
        let active =
            device().handed_out(person(1), NOW).unwrap().activated(person(1), name(), 7, NOW).unwrap();
        let next = active.returned(NOW).unwrap().handed_out(person(2), NOW).unwrap();
        let reused = next.clone().activated(person(2), name(), 7, NOW);
        assert_eq!(reused, Err(NotActivated::NotNext(NotNext::Used)));
        assert!(next.activated(person(2), name(), 8, NOW).is_ok());
    }

    #[test]
    fn lives_are_kept_by_word() {
        for life in LifeWord::ALL {
            assert_eq!(LifeWord::from_word(life.word()), Some(life));
        }
        assert_eq!(LifeWord::from_word("broken"), None);
    }

    #[derive(Clone, Copy, Debug)]
    enum Act {
        HandOut(u128),
        Activate(u128, i64),
        Spend(i64),
        Resync(i64),
        PutAside,
        Return,
        Lose,
        Leak,
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            4 => (1u128..3).prop_map(Act::HandOut),
            4 => (1u128..3, 0i64..60).prop_map(|(who, place)| Act::Activate(who, place)),
            6 => (0i64..60).prop_map(Act::Spend),
            2 => (0i64..60).prop_map(Act::Resync),
            2 => Just(Act::PutAside),
            4 => Just(Act::Return),
            1 => Just(Act::Lose),
            1 => Just(Act::Leak),
        ]
    }

    fn after(device: CodeDevice, act: Act) -> Option<CodeDevice> {
        match act {
            Act::HandOut(to) => device.handed_out(person(to), NOW).ok(),
            Act::Activate(by, place) => device.activated(person(by), name(), place, NOW).ok(),
            Act::Spend(place) => device.spent(place, NOW).ok(),
            Act::Resync(place) => device.resynchronised(place, NOW).ok(),
            Act::PutAside => Some(device.put_aside(NOW)),
            Act::Return => device.returned(NOW).ok(),
            Act::Lose => device.lost(NOW).ok(),
            Act::Leak => device.leaked(NOW).ok(),
        }
    }

    proptest! {
        /// Security decision 8: whatever anybody does, a seed that is known by others goes nowhere any more.
        #[test]
        fn a_device_that_is_lost_or_known_never_counts_and_never_goes_out_again(
            before in proptest::collection::vec(act(), 0..20),
            known: bool,
            later in proptest::collection::vec(act(), 0..40),
        ) {
            let device = before.into_iter().fold(device(), |it, act| after(it.clone(), act).unwrap_or(it));
            let mut gone = after(device.clone(), if known { Act::Leak } else { Act::Lose }).unwrap_or(device);
            for act in later {
                gone = after(gone.clone(), act).unwrap_or(gone);
                prop_assert!(matches!(gone.life, Life::Lost { .. } | Life::Leaked { .. }), "{act:?}");
            }
        }

        #[test]
        fn it_only_counts_for_whom_it_was_handed_out_to_and_who_showed_a_code(
            acts in proptest::collection::vec(act(), 1..60),
        ) {
            let (mut it, mut holder, mut used) = (device(), None, -1);
            for act in acts {
                let Some(next) = after(it.clone(), act) else { continue };
                match act {
                    Act::HandOut(to) => holder = Some(person(to)),
                    Act::Activate(_, place) | Act::Spend(place) | Act::Resync(place) => {
                        prop_assert!(place > used, "{place} after {used}");
                        used = place;
                    }
                    Act::Return | Act::Lose | Act::Leak => holder = None,
                    Act::PutAside => {}
                }
                prop_assert_eq!(next.life.holder(), holder);
                if let Some(in_use) = next.in_use() {
                    prop_assert_eq!(Some(in_use.of), holder);
                    let counted = it.in_use().is_some() || matches!(act, Act::Activate(..));
                    prop_assert!(counted, "it began to count by {:?}", act);
                }
                it = next;
            }
        }
    }
}
