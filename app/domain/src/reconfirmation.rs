//! Confirming anew with MitID: every year, and when HR changed her name (service description, conditions 6 and 7;
//! *genbekræfte*).
//!
//! Computed whenever it is asked from when she was proved and what HR changed since, never a flag that somebody could
//! forget to set or to take back.

use crate::calendar::{copenhagen_day, day_begins, days_before, letters_before};
use crate::level::AssuranceLevel;
use crate::proofing::IdentityProofing;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// So many days before the last one she is reminded; the first opens the time in which a sign-in asks her.
pub const TOLD_BEFORE: [i32; 3] = [30, 7, 1];

/// When she was proved last, and what HR changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proved {
    /// When she proved who she is, the last time.
    pub at: Timestamp,
    /// At what level.
    pub level: AssuranceLevel,
    /// When HR changed her name the last time, if ever.
    pub renamed_at: Option<Timestamp>,
}

/// Whether she must confirm anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reconfirmation {
    /// Not yet; this is the last day.
    Later(Date),
    /// Soon: at a sign-in she is asked, and may put it off until after this day.
    Near(Date),
    /// It is overdue: no service that demands Substantial is answered before she did.
    Overdue(Because),
}

/// Why it is overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Because {
    /// This was the last day.
    AYear(Date),
    /// HR changed her name, then.
    NewName(Timestamp),
}

impl Because {
    /// The word that stands in audit events.
    pub fn word(self) -> &'static str {
        match self {
            Self::AYear(_) => "a-year",
            Self::NewName(_) => "new-name",
        }
    }
}

impl Reconfirmation {
    /// Why it happens now, as audit events say it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Later(_) | Self::Near(_) => "ahead-of-time",
            Self::Overdue(because) => because.word(),
        }
    }
}

impl Proved {
    /// Of her newest proof.
    pub fn of(proofing: &IdentityProofing, renamed_at: Option<Timestamp>) -> Self {
        Self { at: proofing.at, level: proofing.level, renamed_at }
    }

    /// Where she stands now.
    pub fn reconfirmation(&self, now: Timestamp) -> Reconfirmation {
        let (today, last) = (copenhagen_day(now), last_day(self.at));
        match self.renamed_at {
            // Of two at one instant nobody knows which came first: she is asked once more rather than never.
            Some(renamed) if renamed >= self.at => Reconfirmation::Overdue(Because::NewName(renamed)),
            _ if today > last => Reconfirmation::Overdue(Because::AYear(last)),
            _ if today >= asked_from(last) => Reconfirmation::Near(last),
            _ => Reconfirmation::Later(last),
        }
    }

    /// What her proof still gives now. Overdue, it gives no more than Low: she was proved once, and whatever demands
    /// Substantial demands it anew.
    pub fn level(&self, now: Timestamp) -> AssuranceLevel {
        match self.reconfirmation(now) {
            Reconfirmation::Later(_) | Reconfirmation::Near(_) => self.level,
            Reconfirmation::Overdue(_) => self.level.min(AssuranceLevel::Low),
        }
    }
}

/// The last day a proof holds: the same day a year later, and for the 29 February the last of the month.
pub fn last_day(proved: Timestamp) -> Date {
    a_year_after(copenhagen_day(proved))
}

fn a_year_after(day: Date) -> Date {
    day.checked_add(Span::new().years(1)).unwrap_or(day)
}

/// From this day on a sign-in asks.
fn asked_from(last: Date) -> Date {
    let [first, ..] = TOLD_BEFORE;
    days_before(last, first)
}

/// Who was proved before this instant is to be told on this day at the latest; nobody who was proved later is.
pub fn told_if_proved_before(today: Date) -> Timestamp {
    let [first, ..] = TOLD_BEFORE;
    let last = today.checked_add(Span::new().days(first)).unwrap_or(today);
    let earlier = last.checked_sub(Span::new().years(1)).unwrap_or(last);
    // The 29 February holds as long as the day before it does.
    let after = earlier.tomorrow().unwrap_or(earlier);
    let newest = if a_year_after(after) <= last { after } else { earlier };
    day_begins(newest.tomorrow().unwrap_or(newest))
}

/// When the reminders leave, seen from now: those still to come, and of those missed the newest, at once. None once it is
/// overdue: then her next sign-in says so.
pub fn reminders(proved: Timestamp, now: Timestamp) -> Vec<Timestamp> {
    let last = last_day(proved);
    if copenhagen_day(now) > last {
        return Vec::new();
    }
    letters_before(last, &TOLD_BEFORE, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }
    fn proved(text: &str) -> Proved {
        Proved { at: at(text), level: AssuranceLevel::Substantial, renamed_at: None }
    }
    /// Noon in Copenhagen, or an hour from it.
    fn noon(day: Date) -> Timestamp {
        day_begins(day) + SignedDuration::from_hours(12)
    }

    #[test]
    fn it_is_due_a_year_after_the_day_of_the_proof_in_copenhagen() {
        let it = proved("2026-07-15T22:30:00Z");
        let last = date(2027, 7, 16);
        assert_eq!(it.reconfirmation(at("2027-06-15T21:59:59Z")), Reconfirmation::Later(last));
        assert_eq!(it.reconfirmation(at("2027-06-15T22:00:00Z")), Reconfirmation::Near(last));
        assert_eq!(it.reconfirmation(at("2027-07-16T21:59:59Z")), Reconfirmation::Near(last));
        let over = at("2027-07-16T22:00:00Z");
        assert_eq!(it.reconfirmation(over), Reconfirmation::Overdue(Because::AYear(last)));
        assert_eq!((it.level(it.at), it.level(over)), (AssuranceLevel::Substantial, AssuranceLevel::Low));
    }

    #[test]
    fn the_29_february_holds_until_the_last_of_the_next_one() {
        assert_eq!(last_day(at("2028-02-29T12:00:00Z")), date(2029, 2, 28));
        assert_eq!(last_day(at("2027-02-28T12:00:00Z")), date(2028, 2, 28));
    }

    #[test]
    fn a_new_name_makes_it_due_at_once_and_a_proof_after_it_settles_it() {
        let renamed = at("2026-11-10T09:00:00Z");
        let before = Proved { renamed_at: Some(renamed), ..proved("2026-11-02T09:00:00Z") };
        let because = Because::NewName(renamed);
        assert_eq!(before.reconfirmation(renamed), Reconfirmation::Overdue(because));
        let after = Proved { renamed_at: Some(renamed), ..proved("2026-11-10T09:00:01Z") };
        assert_eq!(after.reconfirmation(after.at), Reconfirmation::Later(date(2027, 11, 10)));
        let together = Proved { renamed_at: Some(renamed), ..proved("2026-11-10T09:00:00Z") };
        assert_eq!(
            together.reconfirmation(renamed),
            Reconfirmation::Overdue(because),
            "once more, not never"
        );
    }

    #[test]
    fn she_is_reminded_in_the_morning_thirty_seven_and_one_day_before() {
        let when = reminders(at("2026-11-02T09:00:00Z"), at("2027-01-01T00:00:00Z"));
        let text: Vec<String> = when.iter().map(ToString::to_string).collect();
        assert_eq!(text, ["2027-10-03T06:00:00Z", "2027-10-26T06:00:00Z", "2027-11-01T07:00:00Z"]);
    }

    #[test]
    fn who_was_not_told_in_time_is_told_once_and_not_after_the_last_day() {
        let proved = at("2026-11-02T09:00:00Z");
        let late = at("2027-10-28T12:00:00Z");
        assert_eq!(reminders(proved, late), [late, at("2027-11-01T07:00:00Z")]);
        let last = at("2027-11-02T22:59:59Z");
        assert_eq!(reminders(proved, last), [last]);
        assert_eq!(reminders(proved, at("2027-11-02T23:00:00Z")), []);
    }

    fn days() -> impl Strategy<Value = Date> {
        (0i32..20_000).prop_map(|days| date(2024, 1, 1).checked_add(Span::new().days(days)).unwrap())
    }

    proptest! {
        #[test]
        fn the_last_day_is_365_or_366_days_later_and_the_same_day_but_for_the_29_february(day in days(), hour in 0i64..24) {
            let proved = day_begins(day) + SignedDuration::from_hours(hour) + SignedDuration::from_mins(30);
            let day = copenhagen_day(proved);
            let last = last_day(proved);
            let leap = day.month() == 2 && day.day() == 29;
            prop_assert_eq!((last.year(), last.month()), (day.year() + 1, day.month()));
            prop_assert_eq!(last.day(), if leap { 28 } else { day.day() });
        }

        #[test]
        fn it_is_never_more_than_substantial_past_the_last_day_nor_less_before(day in days(), off in -400i32..400) {
            let it = Proved { at: noon(day), level: AssuranceLevel::Substantial, renamed_at: None };
            let then = last_day(it.at).checked_add(Span::new().days(off)).unwrap();
            prop_assert_eq!(it.level(noon(then)) == AssuranceLevel::Substantial, off <= 0);
            let near = matches!(it.reconfirmation(noon(then)), Reconfirmation::Near(_));
            prop_assert_eq!(near, (-30..=0).contains(&off));
        }

        #[test]
        fn those_to_be_told_today_are_exactly_those_asked_at_a_sign_in_or_overdue(proved in days(), off in -40i32..40) {
            let it = Proved { at: noon(proved), level: AssuranceLevel::Substantial, renamed_at: None };
            let today = asked_from(last_day(it.at)).checked_add(Span::new().days(off)).unwrap();
            let asked = !matches!(it.reconfirmation(noon(today)), Reconfirmation::Later(_));
            prop_assert_eq!(it.at < told_if_proved_before(today), asked);
        }

        #[test]
        fn however_late_she_is_told_at_most_three_times_in_order_and_never_in_the_past(day in days(), hours in 0i64..9_000) {
            let now = noon(day) + SignedDuration::from_hours(hours);
            let when = reminders(noon(day), now);
            prop_assert!(when.len() <= 3 && when.is_sorted());
            prop_assert!(when.iter().all(|at| *at >= now && copenhagen_day(*at) <= last_day(noon(day))));
            prop_assert_eq!(when.is_empty(), copenhagen_day(now) > last_day(noon(day)));
        }
    }
}
