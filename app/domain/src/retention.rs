//! How long what is kept is kept, and what a deletion by rule looks like afterwards (NSIS 4.1.4.3).
//!
//! Days are days of UTC here, so that whoever verifies needs no time zone: a category ends where a day began.

mod account;

pub use account::{Account, Rule};

use crate::audit::catalogue::Keep;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// A length of time as calendars count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Days.
    Days(u16),
    /// Calendar months; from a day the shorter month lacks, its last.
    Months(u16),
}

impl Length {
    /// The instant the day so long before this one begins: what is older is over. Where no calendar goes that far back,
    /// nothing is.
    pub fn before(self, day: Date) -> Timestamp {
        let span = match self {
            Self::Days(days) => Span::new().days(i64::from(days)),
            Self::Months(months) => Span::new().months(i64::from(months)),
        };
        let begins = day.checked_sub(span).ok().map(|day| day.to_datetime(Time::midnight()));
        begins.and_then(|begins| TimeZone::UTC.to_timestamp(begins).ok()).unwrap_or(Timestamp::MIN)
    }
}

/// The day of UTC at this instant.
pub fn utc_day(now: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(now).date()
}

/// What is deleted together, by one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Rows of the trail: central events.
    Central,
    /// Rows of the trail: requests and answers.
    Exchange,
    /// Rows of the trail: details of signing in.
    SignIn,
    /// Sessions, counted from their beginning.
    Sessions,
    /// Flows, the trips to MitID among them, counted from their end.
    Flows,
    /// Ids of services' requests, counted from when they could no longer be replayed.
    Messages,
    /// Wrong answers at doors. Wrong codes and the stop they led to are never forgotten by age.
    Guesses,
    /// Sources people signed in from, counted from the last time.
    Sources,
    /// Notices that were sent, or given up.
    Notices,
    /// Sessions at services, counted from their end.
    Visits,
    /// What applications were allowed and what they pushed, counted from its end.
    Authorizations,
    /// Long exports auditors ordered, counted from when their files were over.
    Exports,
}

impl Category {
    /// All of them, in the order they are gone through.
    pub const ALL: [Self; 12] = [
        Self::Central,
        Self::Exchange,
        Self::SignIn,
        Self::Sessions,
        Self::Flows,
        Self::Messages,
        Self::Guesses,
        Self::Sources,
        Self::Notices,
        Self::Visits,
        Self::Authorizations,
        Self::Exports,
    ];

    /// The word in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Central => Keep::Central.name(),
            Self::Exchange => Keep::Exchange.name(),
            Self::SignIn => Keep::SignIn.name(),
            Self::Sessions => "sessions",
            Self::Flows => "flows",
            Self::Messages => "messages",
            Self::Guesses => "guesses",
            Self::Sources => "sources",
            Self::Notices => "notices",
            Self::Visits => "visits",
            Self::Authorizations => "authorizations",
            Self::Exports => "exports",
        }
    }

    /// Which rows of the trail it is about; none where it is about none.
    pub fn keep(self) -> Option<Keep> {
        match self {
            Self::Central => Some(Keep::Central),
            Self::Exchange => Some(Keep::Exchange),
            Self::SignIn => Some(Keep::SignIn),
            Self::Sessions
            | Self::Flows
            | Self::Messages
            | Self::Guesses
            | Self::Sources
            | Self::Notices
            | Self::Visits
            | Self::Authorizations
            | Self::Exports => None,
        }
    }
}

/// How long the municipality keeps what it may decide about. The rest is as the use of it asks: a receipt of a block lasts
/// as long as the block (31 days), a flow is over a day after its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    /// Central events, in months.
    pub central: u16,
    /// Requests and answers, in months.
    pub exchange: u16,
    /// Details of signing in, in months.
    pub sign_in: u16,
    /// Sessions, in days.
    pub sessions: u16,
    /// Notices that were sent or given up, in days.
    pub notices: u16,
}

impl Default for Periods {
    fn default() -> Self {
        Self { central: 60, exchange: 60, sign_in: 13, sessions: 30, notices: 30 }
    }
}

/// A period outside its limits: evidence may be kept longer than the default and never shorter, what only follows people
/// shorter and never longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} must be from {least} to {most}")]
pub struct Unfit {
    /// Which.
    pub what: &'static str,
    /// The least.
    pub least: u16,
    /// The most.
    pub most: u16,
}

impl Periods {
    /// Every period that is outside its limits.
    pub fn objections(&self) -> Vec<Unfit> {
        let limits = [
            ("central_months", self.central, 60, 120),
            ("exchange_months", self.exchange, 60, 120),
            ("sign_in_months", self.sign_in, 13, 60),
            ("session_days", self.sessions, 1, 30),
            ("notice_days", self.notices, 7, 30),
        ];
        let unfit = |(what, value, least, most): (_, u16, u16, u16)| {
            (!(least..=most).contains(&value)).then_some(Unfit { what, least, most })
        };
        limits.into_iter().filter_map(unfit).collect()
    }

    /// How long a category is kept.
    pub fn of(&self, what: Category) -> Length {
        match what {
            Category::Central => Length::Months(self.central),
            Category::Exchange => Length::Months(self.exchange),
            Category::SignIn => Length::Months(self.sign_in),
            Category::Sessions => Length::Days(self.sessions),
            Category::Notices => Length::Days(self.notices),
            Category::Flows | Category::Authorizations | Category::Exports => Length::Days(1),
            Category::Messages => Length::Days(0),
            Category::Guesses | Category::Visits => Length::Days(31),
            Category::Sources => Length::Days(183),
        }
    }
}

/// One category of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Which.
    pub what: Category,
    /// What is older is over.
    pub before: Timestamp,
    /// How many are gone.
    pub gone: u64,
    /// Nothing of it is left to delete.
    pub done: bool,
}

/// A day's run, as far as it came. Whoever comes after a crash goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Which day, in UTC.
    pub day: Date,
    /// Every category.
    pub lines: Vec<Line>,
}

impl Run {
    /// A run that has deleted nothing yet.
    pub fn begin(day: Date, periods: &Periods) -> Self {
        let line = |what| Line { what, before: periods.of(what).before(day), gone: 0, done: false };
        Self { day, lines: Category::ALL.into_iter().map(line).collect() }
    }

    /// The run with nothing in it that these periods keep on a day. It lies in the database between two steps: whoever
    /// writes a later time into it must not have the house itself delete what is to be kept.
    #[must_use]
    pub fn within(mut self, periods: &Periods, day: Date) -> Self {
        for line in &mut self.lines {
            line.before = line.before.min(periods.of(line.what).before(day));
        }
        self
    }

    /// What comes next; none where all is done.
    pub fn next(&self) -> Option<Line> {
        self.lines.iter().copied().find(|line| !line.done)
    }

    /// The run after so many more are gone; `more` where some may be left.
    #[must_use]
    pub fn took(mut self, what: Category, gone: u64, more: bool) -> Self {
        for line in self.lines.iter_mut().filter(|line| line.what == what) {
            line.gone = line.gone.saturating_add(gone);
            line.done = !more;
        }
        self
    }

    /// How many of a category are gone.
    pub fn gone(&self, what: Category) -> u64 {
        self.lines.iter().filter(|line| line.what == what).map(|line| line.gone).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::EventKind;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_category_ends_where_a_day_began_so_long_ago() {
        let day = Date::constant(2028, 2, 29);
        assert_eq!(Length::Months(13).before(day), at("2027-01-29T00:00:00Z"));
        assert_eq!(Length::Months(12).before(day), at("2027-02-28T00:00:00Z"));
        assert_eq!(Length::Days(30).before(day), at("2028-01-30T00:00:00Z"));
        assert_eq!(Length::Months(u16::MAX).before(Date::constant(-9000, 1, 1)), Timestamp::MIN);
        assert_eq!(utc_day(at("2028-02-29T23:59:59.999999Z")), day);
    }

    #[test]
    fn every_kind_of_event_is_kept_as_long_as_a_category_says_or_as_the_trail() {
        for kind in EventKind::ALL {
            let keep = kind.about().keep;
            let by_rule = Category::ALL.into_iter().filter(|it| it.keep() == Some(keep)).count();
            assert_eq!(by_rule, usize::from(keep != Keep::Trail), "{kind:?}");
        }
    }

    #[test]
    fn evidence_is_kept_for_the_default_or_longer_and_sessions_for_it_or_shorter() {
        assert_eq!(Periods::default().objections(), []);
        let longer = Periods { central: 120, sign_in: 24, sessions: 7, ..Periods::default() };
        assert_eq!(longer.objections(), []);
        let short = Periods { exchange: 59, sign_in: 12, sessions: 31, ..Periods::default() };
        let named: Vec<_> = short.objections().into_iter().map(|unfit| unfit.what).collect();
        assert_eq!(named, ["exchange_months", "sign_in_months", "session_days"]);
        for what in Category::ALL {
            let Some(least) = what.keep().and_then(Keep::least) else { continue };
            assert_eq!(Periods::default().of(what), least, "{what:?}");
        }
    }

    #[test]
    fn a_run_that_goes_on_takes_no_more_than_is_kept_no_longer() {
        let (day, periods) = (Date::constant(2026, 11, 2), Periods::default());
        let fresh = Run::begin(day, &periods);
        let mut planted = fresh.clone();
        planted.lines.iter_mut().for_each(|line| line.before = Timestamp::MAX);
        assert_eq!(planted.within(&periods, day), fresh);
        let longer = Periods { central: 120, ..periods };
        let next = Date::constant(2026, 11, 3);
        assert_eq!(fresh.clone().within(&periods, next), fresh, "its own day is enough");
        let kept = fresh.within(&longer, next);
        assert_eq!(kept.next().unwrap().before, at("2016-11-03T00:00:00Z"), "kept for longer since");
    }

    #[test]
    fn a_run_goes_through_every_category_until_nothing_is_left_of_it() {
        let mut run = Run::begin(Date::constant(2026, 11, 2), &Periods::default());
        let first = run.next().unwrap();
        assert_eq!((first.what, first.before), (Category::Central, at("2021-11-02T00:00:00Z")));
        run = run.took(Category::Central, 200, true).took(Category::Central, 3, false);
        assert_eq!((run.gone(Category::Central), run.next().unwrap().what), (203, Category::Exchange));
        for what in Category::ALL {
            run = run.took(what, 0, false);
        }
        assert_eq!(run.next(), None);
    }
}
