//! Days as people in Denmark count them.

use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Span, Timestamp};

/// When on a day a letter leaves that is due on it, counted from midnight: on a working day's morning.
const MORNING: SignedDuration = SignedDuration::from_hours(8);

/// The day in Copenhagen at this instant.
///
/// Computed by the rule itself (summer time from the last Sunday of March to the last Sunday of October, 01:00 UTC;
/// directive 2000/84/EC), so that neither the browser's code nor the domain carries a time zone database.
pub fn copenhagen_day(now: Timestamp) -> Date {
    let local = now.saturating_add(offset(now)).unwrap_or(now);
    jiff::tz::TimeZone::UTC.to_datetime(local).date()
}

/// The instant a day begins in Copenhagen: never within the hour that summer time takes or gives.
pub fn day_begins(day: Date) -> Timestamp {
    let utc =
        jiff::tz::TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX);
    let evening_before = utc.saturating_sub(SignedDuration::from_hours(2)).unwrap_or(utc);
    utc.saturating_sub(offset(evening_before)).unwrap_or(utc)
}

/// How far Copenhagen is ahead of UTC at this instant.
pub fn offset(now: Timestamp) -> SignedDuration {
    let utc = jiff::tz::TimeZone::UTC.to_datetime(now);
    let one = Time::constant(1, 0, 0, 0);
    let after = |month| last_sunday(utc.year(), month).is_some_and(|day| utc >= day.to_datetime(one));
    SignedDuration::from_hours(if after(3) && !after(10) { 2 } else { 1 })
}

/// The day so many days before.
pub fn days_before(day: Date, days: i32) -> Date {
    day.checked_sub(Span::new().days(days)).unwrap_or(day)
}

/// When letters leave that are due so many days before the last one, seen from now: those still to come, and of those
/// missed the newest, at once.
pub fn letters_before(last: Date, days: &[i32], now: Timestamp) -> Vec<Timestamp> {
    let due = |days: &i32| {
        let begins = day_begins(days_before(last, *days));
        begins.saturating_add(MORNING).unwrap_or(begins)
    };
    let all: Vec<_> = days.iter().map(due).collect();
    let missed = all.iter().any(|at| *at <= now).then_some(now);
    missed.into_iter().chain(all.into_iter().filter(|at| *at > now)).collect()
}

fn last_sunday(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(-1, Weekday::Sunday).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_turns_at_midnight_in_copenhagen_in_winter_and_summer() {
        assert_eq!(copenhagen_day(at("2026-01-15T22:59:59Z")).to_string(), "2026-01-15");
        assert_eq!(copenhagen_day(at("2026-01-15T23:00:00Z")).to_string(), "2026-01-16");
        assert_eq!(copenhagen_day(at("2026-07-15T21:59:59Z")).to_string(), "2026-07-15");
        assert_eq!(copenhagen_day(at("2026-07-15T22:00:00Z")).to_string(), "2026-07-16");
    }

    proptest! {
        #[test]
        fn a_day_begins_where_the_one_before_it_ends(days in 0i32..20_000) {
            let day = Date::constant(2024, 1, 1).checked_add(Span::new().days(days)).unwrap();
            let begins = day_begins(day);
            prop_assert_eq!(copenhagen_day(begins), day);
            prop_assert_eq!(copenhagen_day(begins - SignedDuration::from_micros(1)), day.yesterday().unwrap());
        }
    }

    #[test]
    fn summer_time_begins_and_ends_on_the_last_sundays_at_one_utc() {
        assert_eq!(offset(at("2026-03-29T00:59:59Z")), SignedDuration::from_hours(1));
        assert_eq!(offset(at("2026-03-29T01:00:00Z")), SignedDuration::from_hours(2));
        assert_eq!(offset(at("2026-10-25T00:59:59Z")), SignedDuration::from_hours(2));
        assert_eq!(offset(at("2026-10-25T01:00:00Z")), SignedDuration::from_hours(1));
    }
}
