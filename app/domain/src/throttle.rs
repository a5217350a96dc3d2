//! How guessing is slowed without locking the owner out (security decisions 10 and 19).

use jiff::{SignedDuration, Timestamp};

/// Wrong answers so far, as the store counted them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Wrong {
    /// How many in a row.
    pub count: u32,
    /// When the last one was.
    pub last: Option<Timestamp>,
}

/// Wait now, until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitUntil(pub Timestamp);

const LONGEST_DELAY: SignedDuration = SignedDuration::from_mins(15);

/// How long a password door stays closed for one account *and* one source: from the third wrong answer 2ⁿ seconds,
/// at most fifteen minutes. Other sources, and a browser that signed in before, are counted on their own, so a
/// stranger cannot spend the owner's tries.
///
/// # Errors
/// [`WaitUntil`]
pub fn password_door(wrong: Wrong, now: Timestamp) -> Result<(), WaitUntil> {
    let Some(last) = wrong.last.filter(|_| wrong.count >= 3) else { return Ok(()) };
    let doubling = wrong.count.min(10);
    let delay = SignedDuration::from_secs(1 << doubling).min(LONGEST_DELAY);
    open_at(last.saturating_add(delay).unwrap_or(last), now)
}

/// How many wrong codes in a row pause the factor.
pub const CODES_BEFORE_PAUSE: u32 = 10;
/// How many without a right one between stop sign-in by code until MitID.
pub const CODES_BEFORE_STOP: u32 = 20;

/// Whether a code may be tried after the right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeDoor {
    /// Yes.
    Open {
        /// Tries before the pause.
        left: u32,
    },
    /// Not before then.
    Paused(Timestamp),
    /// Not before a proof with MitID.
    Stopped,
}

/// The door for codes: counted per account over all sources and sessions, because the guesser already knows the
/// password.
pub fn code_door(wrong: Wrong, in_thirty_days: u32, now: Timestamp) -> CodeDoor {
    if wrong.count >= CODES_BEFORE_STOP || in_thirty_days >= 50 {
        return CodeDoor::Stopped;
    }
    let pause_over = wrong.last.map(|last| last.saturating_add(LONGEST_DELAY).unwrap_or(last));
    match pause_over {
        Some(until) if wrong.count == CODES_BEFORE_PAUSE && now < until => CodeDoor::Paused(until),
        _ if wrong.count < CODES_BEFORE_PAUSE => CodeDoor::Open { left: CODES_BEFORE_PAUSE - wrong.count },
        _ => CodeDoor::Open { left: CODES_BEFORE_STOP - wrong.count },
    }
}

fn open_at(until: Timestamp, now: Timestamp) -> Result<(), WaitUntil> {
    if now < until { Err(WaitUntil(until)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_first_two_cost_nothing_and_no_wait_is_longer_than_a_quarter() {
        assert_eq!(password_door(Wrong { count: 2, last: Some(at(0)) }, at(0)), Ok(()));
        assert_eq!(password_door(Wrong { count: 3, last: Some(at(0)) }, at(7)), Err(WaitUntil(at(8))));
        assert_eq!(password_door(Wrong { count: 3, last: Some(at(0)) }, at(8)), Ok(()));
        assert_eq!(password_door(Wrong { count: 10_000, last: Some(at(0)) }, at(900)), Ok(()));
    }

    #[test]
    fn codes_pause_at_ten_and_stop_at_twenty() {
        let wrong = |count| Wrong { count, last: Some(at(0)) };
        assert_eq!(code_door(wrong(9), 9, at(1)), CodeDoor::Open { left: 1 });
        assert_eq!(code_door(wrong(10), 10, at(1)), CodeDoor::Paused(at(900)));
        assert_eq!(code_door(wrong(10), 10, at(900)), CodeDoor::Open { left: 10 });
        assert_eq!(code_door(wrong(20), 20, at(9000)), CodeDoor::Stopped);
        assert_eq!(code_door(wrong(0), 50, at(9000)), CodeDoor::Stopped);
    }

    #[test]
    fn somebody_who_knows_the_password_guesses_a_code_at_most_once_in_a_thousand_years_of_trying() {
        // Fifty wrong codes in any thirty days, each matching one of three accepted steps of a million.
        let tries_a_year: f64 = 50.0 * 365.0 / 30.0;
        let chance = 1.0 - (1.0 - 3.0e-6_f64).powf(tries_a_year);
        // 20 without a right one between stop the door for good, so the true bound is far lower.
        let stopped = 1.0 - (1.0 - 3.0e-6_f64).powf(f64::from(CODES_BEFORE_STOP));
        assert!(stopped < 0.001, "{stopped}");
        assert!(chance < 0.002, "{chance}");
    }

    proptest! {
        #[test]
        fn a_door_that_waits_opens_by_itself(count in 3u32..100_000, last in 0i64..1_000_000) {
            let wrong = Wrong { count, last: Some(at(last)) };
            prop_assert_eq!(password_door(wrong, at(last + 901)), Ok(()));
        }
    }
}
