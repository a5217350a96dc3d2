//! Copies of people's own keys of the trail: who was erased is gone for good once the last copy with her key in it is, after
//! thirty days at the latest (security decision 29).

use crate::calendar::day_begins;
use crate::{Date, SignedDuration, Timestamp};

/// So long a copy is kept at most.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Whoever looks after them comes by once a day.
const UNTIL_NEXT_TIME: SignedDuration = SignedDuration::from_hours(24);

/// How old a copy is, by the day its name begins with (`2026-11-30.db`) or by when it was written, whichever is longer ago: a
/// copy that was carried elsewhere may seem younger by either. None of a name that begins with no day: it is no copy.
pub fn age(name: &str, written: Timestamp, now: Timestamp) -> Option<SignedDuration> {
    let day: Date = name.get(..10)?.parse().ok()?;
    Some(now.duration_since(day_begins(day).min(written)))
}

/// How the name of a copy ends while it is being made.
pub const HALF: &str = ".half";

/// Whether it is what a copy that was not finished left behind: half a copy opens nothing when it is needed, and may hold keys.
pub fn is_half(name: &str) -> bool {
    name.ends_with(HALF)
}

/// Whether it is to go now, so that it is never kept longer than it may be.
pub fn is_due(age: SignedDuration) -> bool {
    age >= LONGEST - UNTIL_NEXT_TIME
}

/// Whether it was kept longer than it may be.
pub fn is_too_old(age: SignedDuration) -> bool {
    age > LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_copy_is_as_old_as_its_name_or_its_file_says_whichever_is_more() {
        let now = at("2026-11-30T02:00:00Z");
        let age = |name: &str, written: &str| age(name, at(written), now).map(|age| age.as_hours() / 24);
        assert_eq!(age("2026-11-10.db", "2026-11-29T12:00:00Z"), Some(20), "carried elsewhere yesterday");
        assert_eq!(age("2026-11-29.db", "2026-11-09T12:00:00Z"), Some(20), "named anew");
        assert_eq!(
            age("2026-11-10.db-wal", "2026-11-29T12:00:00Z"),
            Some(20),
            "what lies beside it goes too"
        );
        for no_copy in ["keys.toml", "copy-2026-11-10.db", "2026-13-10.db", "2026-11", "æøåæøåæøå", ""]
        {
            assert_eq!(age(no_copy, "2020-01-01T00:00:00Z"), None, "{no_copy}");
        }
    }

    #[test]
    fn whoever_comes_once_a_day_keeps_no_copy_for_more_than_thirty_days() {
        let (made, day) = (at("2026-11-01T02:00:00Z"), SignedDuration::from_hours(24));
        let age = |days: i32| age("2026-11-01.db", made, made + day * days).unwrap();
        let last = (0..60).take_while(|days| !is_due(age(*days))).last().unwrap();
        assert!(!is_too_old(age(last + 1)) && last + 1 >= 29, "it goes on day {}", last + 1);
        assert!(is_too_old(age(last + 3)));
    }
}
