//! Lifting a hold that its owner cannot settle: two operators, never one (security decisions 5, 21 and 22).

use crate::ids::HoldId;
use crate::standing::{Hold, Origin, Standing};
use jiff::{SignedDuration, Timestamp};

/// How long the first voice waits for a second.
pub const VOICE_WAITS: SignedDuration = SignedDuration::from_hours(24 * 14);

/// One operator's voice for lifting one hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which hold.
    pub hold: HoldId,
    /// The operating system's name of who asked.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What this operator's word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The first: kept for each of these holds; a second, other operator must say the same.
    First(Vec<HoldId>),
    /// The second: the holds are lifted.
    Second,
}

/// Why a hold is not lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LiftRefused {
    /// Nothing of that origin is open.
    #[error("no hold of that origin is open")]
    NotHeld,
    /// It has a way of its own: its owner's, by MitID, or HR's feed.
    #[error("operators do not lift a hold of that origin")]
    OthersSettle,
    /// One voice twice is one.
    #[error("a second, other operator must say the same")]
    SameOperator,
}

impl LiftRefused {
    /// The word in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotHeld => "not-held",
            Self::OthersSettle => "others-settle",
            Self::SameOperator => "same-operator",
        }
    }
}

/// Whether operators lift holds of this origin, two of them. The owner settles her own and that of declined terms; HR's
/// feed settles that of an ended relation.
pub fn is_lifted_by_operators(origin: Origin) -> bool {
    match origin {
        Origin::ServiceDesk | Origin::Security | Origin::Register | Origin::Reconfirmation => true,
        Origin::Owner | Origin::Association | Origin::Terms => false,
    }
}

/// What `by` saying "lift those of this origin" comes to. A hold that was put after the first voice has none: whoever
/// spoke before it did not know of it, and both speak again.
///
/// # Errors
/// [`LiftRefused`]
pub fn voice(
    standing: &Standing,
    origin: Origin,
    asked: &[Asked],
    (by, now): (&str, Timestamp),
) -> Result<Voice, LiftRefused> {
    if !is_lifted_by_operators(origin) {
        return Err(LiftRefused::OthersSettle);
    }
    let open: Vec<&Hold> = standing.holds().iter().filter(|hold| hold.origin == origin).collect();
    if open.is_empty() {
        return Err(LiftRefused::NotHeld);
    }
    let fresh = |hold: &Hold| {
        let waits = |it: &&Asked| it.hold == hold.id && now.duration_since(it.at) <= VOICE_WAITS;
        asked.iter().find(waits)
    };
    if open.iter().all(|hold| fresh(hold).is_some_and(|it| it.by != by)) {
        return Ok(Voice::Second);
    }
    if open.iter().all(|hold| fresh(hold).is_some_and(|it| it.by == by)) {
        return Err(LiftRefused::SameOperator);
    }
    Ok(Voice::First(open.into_iter().map(|hold| hold.id).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn hold(n: u128, origin: Origin) -> Hold {
        Hold { id: Uuid::from_u128(n).into(), origin, reason: "operator".into(), at: Timestamp::UNIX_EPOCH }
    }

    fn asked(n: u128, by: &str) -> Asked {
        Asked { hold: Uuid::from_u128(n).into(), by: by.into(), at: Timestamp::UNIX_EPOCH }
    }

    fn held(holds: &[Hold]) -> Standing {
        holds.iter().cloned().fold(Standing::default(), Standing::hold)
    }

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn two_operators_lift_and_one_voice_twice_is_one() {
        let standing = held(&[hold(1, Origin::Security)]);
        let say = |asked: &[Asked], by| voice(&standing, Origin::Security, asked, (by, NOW));
        assert_eq!(say(&[], "ops1"), Ok(Voice::First(vec![Uuid::from_u128(1).into()])));
        assert_eq!(say(&[asked(1, "ops1")], "ops1"), Err(LiftRefused::SameOperator));
        assert_eq!(say(&[asked(1, "ops1")], "ops2"), Ok(Voice::Second));
    }

    #[test]
    fn a_hold_put_after_the_first_voice_is_not_lifted_by_the_second() {
        let standing = held(&[hold(1, Origin::Security), hold(2, Origin::Security)]);
        let second = voice(&standing, Origin::Security, &[asked(1, "ops1")], ("ops2", NOW));
        let both = [1, 2].map(|n| Uuid::from_u128(n).into()).to_vec();
        assert_eq!(second, Ok(Voice::First(both)), "both are spoken for anew");
    }

    #[test]
    fn a_voice_that_waited_too_long_counts_no_more() {
        let standing = held(&[hold(1, Origin::Register)]);
        let late = NOW + VOICE_WAITS + SignedDuration::from_secs(1);
        let say = |now| voice(&standing, Origin::Register, &[asked(1, "ops1")], ("ops2", now));
        assert_eq!(say(NOW + VOICE_WAITS), Ok(Voice::Second));
        assert!(matches!(say(late), Ok(Voice::First(_))));
    }

    #[test]
    fn what_others_settle_no_operator_lifts() {
        for origin in [Origin::Owner, Origin::Association, Origin::Terms] {
            let standing = held(&[hold(1, origin)]);
            let said = voice(&standing, origin, &[asked(1, "ops1")], ("ops2", NOW));
            assert_eq!(said, Err(LiftRefused::OthersSettle), "{origin:?}");
        }
        assert_eq!(voice(&held(&[]), Origin::Security, &[], ("ops1", NOW)), Err(LiftRefused::NotHeld));
    }

    proptest! {
        /// Whatever two operators say and whenever holds come, nothing is lifted that not both spoke for.
        #[test]
        fn nothing_is_lifted_that_one_operator_alone_spoke_for(steps in prop::collection::vec(0_u8..3, 1..40)) {
            let (mut standing, mut voices, mut spoke) = (Standing::default(), Vec::<Asked>::new(), Vec::<(HoldId, &str)>::new());
            for (n, step) in (1_u128..).zip(steps) {
                let by = match step {
                    0 => { standing = standing.hold(hold(n, Origin::Security)); continue }
                    1 => "ops1",
                    _ => "ops2",
                };
                let open: Vec<HoldId> = standing.holds().iter().map(|it| it.id).collect();
                spoke.extend(open.iter().map(|id| (*id, by)));
                match voice(&standing, Origin::Security, &voices, (by, NOW)) {
                    Ok(Voice::First(ids)) => {
                        voices.retain(|it| !ids.contains(&it.hold));
                        voices.extend(ids.into_iter().map(|hold| Asked { hold, by: by.into(), at: NOW }));
                    }
                    Ok(Voice::Second) => {
                        for id in open {
                            prop_assert!(spoke.contains(&(id, "ops1")) && spoke.contains(&(id, "ops2")));
                        }
                        standing = standing.lift(Origin::Security);
                    }
                    Err(_) => {}
                }
            }
        }
    }
}
