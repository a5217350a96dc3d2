//! Whether the clocks of this instance and of the database agree (security decision 27).

use jiff::{SignedDuration, Timestamp};

/// Further apart than this is worth an alarm.
pub const ALARM: SignedDuration = SignedDuration::from_secs(2);
/// Further apart than this no token is issued: nobody could say when it began and ends.
pub const STOP: SignedDuration = SignedDuration::from_secs(30);

/// How well two clocks agree; where they do not, how far they are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Agreement {
    /// Well enough.
    #[default]
    Agree,
    /// Somebody must look; everything goes on.
    Apart(SignedDuration),
    /// No token is issued. Holds, ends of relations and everything else that only takes away go on.
    TooFar(SignedDuration),
}

impl Agreement {
    /// Compares what the database's clock showed with ours just before and just after it was asked, so that a slow
    /// answer is not taken for a wrong clock.
    pub fn of(before: Timestamp, theirs: Timestamp, after: Timestamp) -> Self {
        let apart = if theirs < before {
            before.duration_since(theirs)
        } else {
            theirs.duration_since(after).max(SignedDuration::ZERO)
        };
        match apart {
            apart if apart > STOP => Self::TooFar(apart),
            apart if apart > ALARM => Self::Apart(apart),
            _ => Self::Agree,
        }
    }

    /// Whether a token may be issued.
    pub fn may_issue(self) -> bool {
        !matches!(self, Self::TooFar(_))
    }

    /// How far apart; nothing worth telling where they agree.
    pub fn apart(self) -> Option<SignedDuration> {
        match self {
            Self::Agree => None,
            Self::Apart(apart) | Self::TooFar(apart) => Some(apart),
        }
    }

    /// Whether this is another case than the one before; the distance alone changes all the time.
    pub fn differs(self, before: Self) -> bool {
        core::mem::discriminant(&self) != core::mem::discriminant(&before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Agreement::{Agree, Apart, TooFar};

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + millis).unwrap()
    }

    #[test]
    fn two_seconds_alarm_and_thirty_stop_in_either_direction() {
        let of = |theirs| Agreement::of(at(0), at(theirs), at(0));
        let millis = SignedDuration::from_millis;
        for sign in [1, -1] {
            assert_eq!(of(sign * 2_000), Agree);
            assert_eq!(of(sign * 2_001), Apart(millis(2_001)));
            assert_eq!(of(sign * 30_000), Apart(millis(30_000)));
            assert_eq!(of(sign * 30_001), TooFar(millis(30_001)));
        }
        assert!(of(30_000).may_issue() && !of(30_001).may_issue());
    }

    #[test]
    fn a_slow_answer_is_no_wrong_clock() {
        assert_eq!(Agreement::of(at(0), at(40_000), at(90_000)), Agree);
        assert_eq!(Agreement::of(at(0), at(93_000), at(90_000)), Apart(SignedDuration::from_secs(3)));
    }

    #[test]
    fn only_another_case_is_news() {
        let second = SignedDuration::from_secs;
        assert!(!Apart(second(3)).differs(Apart(second(4))));
        assert!(TooFar(second(31)).differs(Apart(second(4))) && Agree.differs(Apart(second(4))));
    }
}
