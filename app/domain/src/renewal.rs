//! Opening one's blocked login, or choosing a new password, with a passkey that alone is Substantial (security decision 15).
//!
//! It says that the same person is there again, and nothing new of who she is: the proofing that stands must hold.

use crate::factor::{Added, Passkey, Worth};
use crate::level::AssuranceLevel;
use crate::reconfirmation::Proved;
use jiff::{SignedDuration, Timestamp};

/// A key that was added at an open session opens nothing this long: until then its owner may still answer the letter that
/// told her of it, and whoever added it in her name must not undo her block with it.
pub const SETTLED_AFTER: SignedDuration = SignedDuration::from_hours(24 * 10);

/// Why a right answer of a key is not enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEnough {
    /// It counts beside a password only: as it is, or as it answered this time.
    #[error("the key does not count alone")]
    Weak,
    /// It was added too short a time ago.
    #[error("the key was added lately")]
    Young,
    /// Her proof of who she is, is overdue or void.
    #[error("no proof of who she is that holds")]
    Unproved,
}

impl NotEnough {
    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Weak => "weak-key",
            Self::Young => "young-key",
            Self::Unproved => "proof-over",
        }
    }
}

/// Whether a key's answer does what a proof with MitID does. `before` is when it must have been settled: now, and of a
/// blocked login the moment it was blocked.
///
/// # Errors
/// [`NotEnough`]
pub fn stands_in(
    key: &Passkey,
    worth: Worth,
    proved: Option<Proved>,
    (before, now): (Timestamp, Timestamp),
) -> Result<(), NotEnough> {
    if worth != Worth::Alone {
        return Err(NotEnough::Weak);
    }
    // On day one it was added within the hour of a proof.
    let settled = key.added == Added::Enrolment || before.duration_since(key.added_at) >= SETTLED_AFTER;
    if !settled {
        return Err(NotEnough::Young);
    }
    let holds = proved.is_some_and(|it| it.level(now) >= AssuranceLevel::Substantial);
    if holds { Ok(()) } else { Err(NotEnough::Unproved) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factor::{CredentialId, FactorName, PasskeyKind, Registered, StoredKey};

    fn day(day: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day)
    }
    fn key(added: Added, at: i64) -> Passkey {
        Passkey {
            id: uuid::Uuid::from_u128(1).into(),
            person: uuid::Uuid::from_u128(2).into(),
            name: FactorName::try_from("Key".to_owned()).unwrap(),
            added_at: day(at),
            added,
            used_at: None,
            credential: CredentialId(vec![1]),
            registered: Registered::plain(PasskeyKind::Passkey),
            counter: 0,
            stored: StoredKey(vec![1]),
        }
    }
    fn proved(at: i64) -> Proved {
        Proved { at: day(at), level: AssuranceLevel::Substantial, renamed_at: None }
    }

    #[test]
    fn only_a_key_that_counts_alone_stands_in_and_only_while_the_proof_holds() {
        let day_one = key(Added::Enrolment, 0);
        let at = |worth, proved, now| stands_in(&day_one, worth, proved, (day(now), day(now)));
        assert_eq!(at(Worth::Alone, Some(proved(0)), 1), Ok(()));
        assert_eq!(at(Worth::Beside, Some(proved(0)), 1), Err(NotEnough::Weak));
        assert_eq!(at(Worth::Alone, None, 1), Err(NotEnough::Unproved));
        assert_eq!(at(Worth::Alone, Some(proved(0)), 366), Err(NotEnough::Unproved), "a year and a day");
        let low = Proved { level: AssuranceLevel::Low, ..proved(0) };
        assert_eq!(at(Worth::Alone, Some(low), 1), Err(NotEnough::Unproved));
        let renamed = Proved { renamed_at: Some(day(1)), ..proved(0) };
        assert_eq!(at(Worth::Alone, Some(renamed), 2), Err(NotEnough::Unproved));
    }

    #[test]
    fn one_added_at_an_open_session_waits_until_its_letter_was_answered_and_a_block_stops_the_clock() {
        for added in [Added::StepUp, Added::Recovery] {
            let later = key(added, 20);
            let at = |before, now| stands_in(&later, Worth::Alone, Some(proved(0)), (day(before), day(now)));
            assert_eq!(at(29, 29), Err(NotEnough::Young));
            assert_eq!(at(30, 30), Ok(()));
            assert_eq!(at(29, 40), Err(NotEnough::Young), "blocked while it was young");
            assert_eq!(at(19, 40), Err(NotEnough::Young), "added after the block");
        }
    }
}
