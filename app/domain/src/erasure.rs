//! Erasing a person: when it may be done, and by whom (security decision 29).
//!
//! What is left of her then proves only itself: rows of the trail that say nothing of her, and an id that says nothing
//! without the database. It cannot be undone, so two operators say so, and an earlier wish is refused with the reason.

use crate::association::Association;
use crate::standing::{Origin, Standing};
use jiff::{SignedDuration, Timestamp};

/// How long the first voice waits for a second.
pub const VOICE_WAITS: SignedDuration = SignedDuration::from_hours(24 * 14);

/// The first operator's voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The operating system's name of who proposed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why a person is not erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErasureRefused {
    /// A relation is open.
    #[error("a relation of hers is open: HR ends it first")]
    RelationOpen,
    /// What is kept of her is not old enough.
    #[error("what is kept of her is not old enough: see [retention]")]
    NotExpired,
    /// Somebody needs what is kept of her: a hold of security, of the service desk or of the register is open.
    #[error(
        "a hold of security, of the service desk or of the register keeps what is known of her: `nsis-id hold lift` first"
    )]
    Held,
    /// A code device is still hers.
    #[error("a code device is still hers: `nsis-id devices return` or `devices lost` first")]
    DeviceOut,
    /// Nobody proposed it within two weeks.
    #[error("nobody proposed it within two weeks: `nsis-id erase propose` first")]
    NotProposed,
    /// One voice twice is one.
    #[error("a second, other operator must approve it")]
    SameOperator,
}

impl ErasureRefused {
    /// The word in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::RelationOpen => "relation-open",
            Self::NotExpired => "not-expired",
            Self::Held => "held",
            Self::DeviceOut => "device-out",
            Self::NotProposed => "not-proposed",
            Self::SameOperator => "same-operator",
        }
    }
}

/// What is known of her that bears on it.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Her relations.
    pub relations: &'a [Association],
    /// What holds her login.
    pub standing: &'a Standing,
    /// Whether she has a code device.
    pub has_device: bool,
    /// The newest row of the trail about her, what operators did with what is kept of her apart.
    pub last_event: Option<Timestamp>,
}

impl Known<'_> {
    /// Whether she may be erased: every relation is over, and everything about it is older than what must be kept.
    ///
    /// # Errors
    /// [`ErasureRefused`]
    pub fn may_be_erased(&self, before: Timestamp) -> Result<(), ErasureRefused> {
        if self.relations.iter().any(|it| it.closed_at.is_none()) {
            return Err(ErasureRefused::RelationOpen);
        }
        let last = self.relations.iter().filter_map(|it| it.closed_at).chain(self.last_event).max();
        if last.is_some_and(|last| last >= before) {
            return Err(ErasureRefused::NotExpired);
        }
        if self.standing.holds().iter().any(|hold| keeps(hold.origin)) {
            return Err(ErasureRefused::Held);
        }
        if self.has_device { Err(ErasureRefused::DeviceOut) } else { Ok(()) }
    }
}

/// Whether a hold of this origin says that somebody still needs what is known of her.
fn keeps(origin: Origin) -> bool {
    match origin {
        Origin::ServiceDesk | Origin::Security | Origin::Register => true,
        Origin::Owner | Origin::Association | Origin::Terms | Origin::Reconfirmation => false,
    }
}

/// Whether this operator's voice is the second.
///
/// # Errors
/// [`ErasureRefused`]
pub fn approve(first: Option<&Voice>, by: &str, now: Timestamp) -> Result<(), ErasureRefused> {
    let first = first.filter(|it| now.duration_since(it.at) <= VOICE_WAITS);
    match first {
        None => Err(ErasureRefused::NotProposed),
        Some(first) if first.by == by => Err(ErasureRefused::SameOperator),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::association::Cvr;
    use crate::ids::Epoch;
    use crate::standing::Hold;
    use jiff::civil::Date;
    use uuid::Uuid;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn relation(closed_at: Option<&str>) -> Association {
        Association {
            id: Uuid::from_u128(1).into(),
            person: Uuid::from_u128(2).into(),
            cvr: Cvr::try_from("29189897".to_owned()).unwrap(),
            employee_number: "1".into(),
            unit: "Nord".into(),
            starts_on: Date::constant(2020, 1, 1),
            ends_on: None,
            activated_at: None,
            closed_at: closed_at.map(at),
        }
    }

    fn standing(origin: Option<Origin>) -> Standing {
        let hold =
            |origin| Hold { id: Uuid::from_u128(3).into(), origin, reason: "x".into(), at: Timestamp::MIN };
        Standing::of(origin.map(hold).into_iter().collect(), Epoch(3))
    }

    fn may(
        relations: &[Association],
        origin: Option<Origin>,
        last: Option<&str>,
    ) -> Result<(), ErasureRefused> {
        let standing = standing(origin);
        let known = Known { relations, standing: &standing, has_device: false, last_event: last.map(at) };
        known.may_be_erased(at("2021-11-02T00:00:00Z"))
    }

    #[test]
    fn only_who_left_long_ago_and_is_not_held_may_be_erased() {
        let old = [relation(Some("2020-06-01T00:00:00Z")), relation(Some("2021-11-01T23:59:59Z"))];
        assert_eq!(may(&old, None, None), Ok(()));
        assert_eq!(may(&old, Some(Origin::Association), Some("2021-11-01T23:59:59Z")), Ok(()));
        let open = [old[0].clone(), relation(None)];
        assert_eq!(may(&open, None, None), Err(ErasureRefused::RelationOpen));
        let lately = [old[0].clone(), relation(Some("2021-11-02T00:00:00Z"))];
        assert_eq!(may(&lately, None, None), Err(ErasureRefused::NotExpired));
        assert_eq!(may(&old, None, Some("2021-11-02T00:00:00Z")), Err(ErasureRefused::NotExpired));
        for origin in [Origin::Security, Origin::ServiceDesk, Origin::Register] {
            assert_eq!(may(&old, Some(origin), None), Err(ErasureRefused::Held), "{origin:?}");
        }
        let nothing = standing(None);
        let device = Known { relations: &old, standing: &nothing, has_device: true, last_event: None };
        assert_eq!(device.may_be_erased(at("2021-11-02T00:00:00Z")), Err(ErasureRefused::DeviceOut));
    }

    #[test]
    fn two_operators_say_so_within_two_weeks_and_one_twice_is_one() {
        let first = Voice { by: "ops1".into(), at: at("2026-11-02T08:00:00Z") };
        assert_eq!(approve(None, "ops2", first.at), Err(ErasureRefused::NotProposed));
        assert_eq!(approve(Some(&first), "ops1", first.at), Err(ErasureRefused::SameOperator));
        assert_eq!(approve(Some(&first), "ops2", first.at + VOICE_WAITS), Ok(()));
        let late = first.at + VOICE_WAITS + SignedDuration::from_secs(1);
        assert_eq!(approve(Some(&first), "ops2", late), Err(ErasureRefused::NotProposed));
    }
}
