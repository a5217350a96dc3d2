//! The life of a key that answers by SAML are signed with (NSIS 6.11): created, published ahead, active, replaced, retired,
//! destroyed. Only one is active; whoever still holds the key before it may be pinned to that one until a day.

use crate::ids::KeyId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a key is published before it signs, so that whoever fetches our metadata has it, and whoever uploads it by
/// hand had a working week.
pub const PUBLISHED_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How long a retired key stays published: longer than anything signed with it is believed.
pub const PUBLISHED_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// The longest a connection is pinned to a key.
pub const LONGEST_PIN: SignedDuration = SignedDuration::from_hours(24 * 180);

/// How far a key's life is, and since when. A destroyed key is kept nowhere, so it has no value here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningLife {
    /// Made; nobody knows of it.
    Created(Timestamp),
    /// In our metadata; signs for nobody who is not pinned to it.
    Published(Timestamp),
    /// Signs for everybody who is not pinned to another.
    Active(Timestamp),
    /// Another one is active. Still published; signs for who is pinned to it.
    Replaced(Timestamp),
    /// Signs for nobody. Published for a while, so that what it signed last is still believed.
    Retired(Timestamp),
}

/// Why a key stays where it is; each says what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyStays {
    /// Only a new one is published.
    #[error("it was published before, and is {0}: `nsis-id keys saml list` shows where each key is")]
    PublishedBefore(&'static str),
    /// Nobody knows of it.
    #[error("nobody has it yet: publish it first with `nsis-id keys saml publish`")]
    NotPublished,
    /// Those who fetch our metadata may not have it yet.
    #[error(
        "it has not been published long enough and may sign from {0} on; if the key that signs is known to somebody, `--now` does it at once, and services that have not fetched our metadata since then refuse its answers"
    )]
    TooEarly(Timestamp),
    /// It signs already.
    #[error("it is the one that signs")]
    Signs,
    /// Its time is over.
    #[error("its time is over: make a new one with `nsis-id keys saml create`")]
    Over,
    /// Whoever signs is not taken away, but replaced.
    #[error("it signs, and nothing can be answered without it: activate another one first")]
    StillSigns,
    /// Connections rest on it.
    #[error(
        "connections are pinned to it, the last until {0}: wait, or take the pins away with `nsis-id service unpin`; if it is known to somebody, `--now` retires it all the same, and those services refuse our answers"
    )]
    Pinned(Timestamp),
    /// It is not retired yet.
    #[error("only a key that signs for nobody is destroyed: retire it first with `nsis-id keys saml retire`")]
    NotRetired,
    /// What it signed last may still be believed.
    #[error(
        "what it signed may be looked at until {0}; if it is known to somebody, `--now` destroys it at once, and takes it out of our metadata"
    )]
    StillBelieved(Timestamp),
}

/// What is left of a destroyed key: nothing but that it may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Destroyed(());

impl SigningLife {
    /// The word in the store, the trail and at the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created(_) => "created",
            Self::Published(_) => "published",
            Self::Active(_) => "active",
            Self::Replaced(_) => "replaced",
            Self::Retired(_) => "retired",
        }
    }

    /// Reads word and instant back.
    pub fn read(word: &str, since: Timestamp) -> Option<Self> {
        Some(match word {
            "created" => Self::Created(since),
            "published" => Self::Published(since),
            "active" => Self::Active(since),
            "replaced" => Self::Replaced(since),
            "retired" => Self::Retired(since),
            _ => return None,
        })
    }

    /// Since when it is there.
    pub const fn since(self) -> Timestamp {
        match self {
            Self::Created(at)
            | Self::Published(at)
            | Self::Active(at)
            | Self::Replaced(at)
            | Self::Retired(at) => at,
        }
    }

    /// Whether it signs for everybody who is not pinned.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Active(_))
    }

    /// Whether it is to take over some day.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Created(_) | Self::Published(_))
    }

    /// Whether it signs for somebody: for all, or for who is pinned to it.
    pub const fn may_sign(self) -> bool {
        matches!(self, Self::Published(_) | Self::Active(_) | Self::Replaced(_))
    }

    /// Whether our metadata names it.
    pub fn is_published(self, now: Timestamp) -> bool {
        match self {
            Self::Created(_) => false,
            Self::Published(_) | Self::Active(_) | Self::Replaced(_) => true,
            Self::Retired(at) => now < later(at, PUBLISHED_AFTER),
        }
    }

    /// From when on it may sign by itself; none where it does, or never will.
    pub fn signs_from(self) -> Option<Timestamp> {
        match self {
            Self::Published(at) => Some(later(at, PUBLISHED_AHEAD)),
            _ => None,
        }
    }

    /// Into our metadata.
    ///
    /// # Errors
    /// [`KeyStays`]
    pub fn published(self, now: Timestamp) -> Result<Self, KeyStays> {
        match self {
            Self::Created(_) => Ok(Self::Published(now)),
            other => Err(KeyStays::PublishedBefore(other.word())),
        }
    }

    /// Signs from now on; the one before it is [`SigningLife::replaced`] in the same breath. `urgent`: without waiting
    /// until everybody has fetched it.
    ///
    /// # Errors
    /// [`KeyStays`]
    pub fn activated(self, now: Timestamp, urgent: bool) -> Result<Self, KeyStays> {
        match self {
            Self::Created(_) => Err(KeyStays::NotPublished),
            Self::Published(at) => {
                let from = later(at, PUBLISHED_AHEAD);
                if now < from && !urgent { Err(KeyStays::TooEarly(from)) } else { Ok(Self::Active(now)) }
            }
            Self::Active(_) => Err(KeyStays::Signs),
            Self::Replaced(_) | Self::Retired(_) => Err(KeyStays::Over),
        }
    }

    /// Another one took over; every other life is as it was.
    #[must_use]
    pub fn replaced(self, now: Timestamp) -> Self {
        match self {
            Self::Active(_) => Self::Replaced(now),
            other => other,
        }
    }

    /// Signs for nobody any more. `pinned`: until when the last connection is pinned to it. `urgent`: in spite of that. A
    /// published one that is not wanted after all goes this way too.
    ///
    /// # Errors
    /// [`KeyStays`]
    pub fn retired(self, pinned: Option<Timestamp>, now: Timestamp, urgent: bool) -> Result<Self, KeyStays> {
        match (self, pinned) {
            (Self::Created(_), _) => Err(KeyStays::NotPublished),
            (Self::Active(_), _) => Err(KeyStays::StillSigns),
            (Self::Retired(_), _) => Err(KeyStays::Over),
            (Self::Published(_) | Self::Replaced(_), Some(until)) if now < until && !urgent => {
                Err(KeyStays::Pinned(until))
            }
            (Self::Published(_) | Self::Replaced(_), _) => Ok(Self::Retired(now)),
        }
    }

    /// Retired again in a database that forgot it, wherever that one has it, since `at`, when it was retired: it is published
    /// no longer for that. None where it is retired there.
    pub fn retired_again(self, at: Timestamp) -> Option<Self> {
        match self {
            Self::Retired(_) => None,
            _ => Some(Self::Retired(at)),
        }
    }

    /// Gone for good: a retired one, or one nobody ever knew of. `urgent`: also while what it signed may be believed.
    ///
    /// # Errors
    /// [`KeyStays`]
    pub fn destroyed(self, now: Timestamp, urgent: bool) -> Result<Destroyed, KeyStays> {
        match self {
            Self::Created(_) => Ok(Destroyed(())),
            Self::Retired(at) => {
                let until = later(at, PUBLISHED_AFTER);
                if now < until && !urgent { Err(KeyStays::StillBelieved(until)) } else { Ok(Destroyed(())) }
            }
            Self::Active(_) => Err(KeyStays::StillSigns),
            Self::Published(_) | Self::Replaced(_) => Err(KeyStays::NotRetired),
        }
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// Which key signs for one connection, until when: for a service that still holds the key before, or was handed the next
/// one by hand. Afterwards the active one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyPin {
    /// Which.
    pub key: KeyId,
    /// Not from this instant on.
    pub until: Timestamp,
}

/// Why a connection is not pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPinned {
    /// It would not hold for a moment.
    #[error("that day is over: name one that is still to come")]
    Over,
    /// A pin is a way over, not a place to stay.
    #[error(
        "a connection is pinned for at most 180 days: name an earlier day, and have the service take our new key"
    )]
    TooLong,
    /// The key signs for nobody.
    #[error(
        "that key signs for nobody: pin to one that is published, active or replaced (`nsis-id keys saml list`)"
    )]
    SignsForNobody,
}

impl KeyPin {
    /// Pins to a key of this life.
    ///
    /// # Errors
    /// [`NotPinned`]
    pub fn new(
        (key, life): (KeyId, SigningLife),
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Self, NotPinned> {
        if until <= now {
            return Err(NotPinned::Over);
        }
        if until > later(now, LONGEST_PIN) {
            return Err(NotPinned::TooLong);
        }
        if life.may_sign() { Ok(Self { key, until }) } else { Err(NotPinned::SignsForNobody) }
    }

    /// The key, while it holds.
    pub fn key_at(self, now: Timestamp) -> Option<KeyId> {
        (now < self.until).then_some(self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
    }

    const WEEK: i64 = 24 * 7;

    #[test]
    fn a_signing_key_goes_through_its_life_in_order_and_no_other() {
        let created = SigningLife::Created(at(0));
        assert!(!created.is_published(at(0)) && !created.may_sign());
        assert_eq!(created.activated(at(1), true), Err(KeyStays::NotPublished));
        let published = created.published(at(1)).unwrap();
        assert_eq!(published.published(at(2)), Err(KeyStays::PublishedBefore("published")));
        assert_eq!(published.signs_from(), Some(at(1 + WEEK)));
        assert_eq!(published.activated(at(WEEK), false), Err(KeyStays::TooEarly(at(1 + WEEK))));
        assert_eq!(published.activated(at(2), true), Ok(SigningLife::Active(at(2))), "known to somebody");
        let active = published.activated(at(1 + WEEK), false).unwrap();
        assert!(active.is_active() && active.is_published(at(9999)));
        assert_eq!(active.activated(at(9999), true), Err(KeyStays::Signs));
        assert_eq!(active.retired(None, at(9999), true), Err(KeyStays::StillSigns));
        assert_eq!(active.destroyed(at(9999), true), Err(KeyStays::StillSigns));
        let replaced = active.replaced(at(500));
        assert!(replaced.may_sign() && replaced.is_published(at(9999)));
        assert_eq!(replaced.activated(at(501), true), Err(KeyStays::Over), "it does not come back");
        assert_eq!(replaced.destroyed(at(9999), true), Err(KeyStays::NotRetired));
        let retired = replaced.retired(None, at(600), false).unwrap();
        assert!(!retired.may_sign() && retired.is_published(at(623)) && !retired.is_published(at(624)));
        assert_eq!(retired.retired(None, at(601), true), Err(KeyStays::Over));
        assert_eq!(retired.destroyed(at(623), false), Err(KeyStays::StillBelieved(at(624))));
        assert!(retired.destroyed(at(601), true).is_ok() && retired.destroyed(at(624), false).is_ok());
    }

    #[test]
    fn a_key_that_connections_are_pinned_to_is_retired_only_when_it_is_known_to_somebody() {
        let replaced = SigningLife::Replaced(at(0));
        assert_eq!(replaced.retired(Some(at(10)), at(9), false), Err(KeyStays::Pinned(at(10))));
        assert_eq!(replaced.retired(Some(at(10)), at(10), false), Ok(SigningLife::Retired(at(10))));
        assert_eq!(replaced.retired(Some(at(10)), at(9), true), Ok(SigningLife::Retired(at(9))));
    }

    #[test]
    fn one_that_is_not_wanted_goes_without_ever_signing() {
        assert!(SigningLife::Created(at(0)).destroyed(at(0), false).is_ok());
        let published = SigningLife::Published(at(0));
        assert_eq!(published.destroyed(at(9999), true), Err(KeyStays::NotRetired));
        assert_eq!(published.retired(None, at(1), false), Ok(SigningLife::Retired(at(1))));
    }

    #[test]
    fn every_life_is_read_back_and_a_restored_database_retires_it_again() {
        for life in [
            SigningLife::Created(at(1)),
            SigningLife::Published(at(1)),
            SigningLife::Active(at(1)),
            SigningLife::Replaced(at(1)),
            SigningLife::Retired(at(1)),
        ] {
            assert_eq!(SigningLife::read(life.word(), life.since()), Some(life));
            let again = life.retired_again(at(2));
            assert_eq!(again.is_none(), matches!(life, SigningLife::Retired(_)), "{life:?}");
        }
        assert_eq!(SigningLife::read("destroyed", at(1)), None);
    }

    #[test]
    fn a_pin_holds_until_its_day_and_no_longer_than_half_a_year() {
        let (key, active) = (Uuid::from_u128(1).into(), SigningLife::Active(at(0)));
        let pin = KeyPin::new((key, active), at(10), at(0)).unwrap();
        assert_eq!((pin.key_at(at(9)), pin.key_at(at(10))), (Some(key), None));
        assert_eq!(KeyPin::new((key, active), at(10), at(10)), Err(NotPinned::Over));
        assert_eq!(KeyPin::new((key, active), at(24 * 180 + 1), at(0)), Err(NotPinned::TooLong));
        for life in [SigningLife::Created(at(0)), SigningLife::Retired(at(0))] {
            assert_eq!(KeyPin::new((key, life), at(10), at(0)), Err(NotPinned::SignsForNobody));
        }
        for life in [SigningLife::Published(at(0)), SigningLife::Replaced(at(0))] {
            assert!(KeyPin::new((key, life), at(10), at(0)).is_ok(), "{life:?}");
        }
    }
}
