//! The question that comes once for each login method: does she still have it?

use jiff::{SignedDuration, Timestamp};

/// So long after it was added she is asked, while a session of hers is open and another way in may still work.
pub const CHECKED_AFTER: SignedDuration = SignedDuration::from_hours(24 * 28);

/// Whether she is to be asked about a method: it is old enough, and was not used since. One that was used answered by itself.
pub fn check_is_due(added_at: Timestamp, used_at: Option<Timestamp>, now: Timestamp) -> bool {
    let Ok(due) = added_at.saturating_add(CHECKED_AFTER) else { return false };
    now >= due && used_at.is_none_or(|used| used < due)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn she_is_asked_after_four_weeks_about_what_she_did_not_use_since() {
        let at = |day: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day);
        assert!(!check_is_due(at(0), None, at(27)));
        assert!(check_is_due(at(0), None, at(28)));
        assert!(check_is_due(at(0), Some(at(27)), at(40)), "used, but long ago");
        assert!(!check_is_due(at(0), Some(at(28)), at(40)), "used since");
    }
}
