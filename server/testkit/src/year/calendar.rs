//! The days of a year.

use domain::calendar::day_begins;
use domain::evidence::Period;
use domain::{Date, SignedDuration, Timestamp};

/// A year of 365 days from a first one on, in Copenhagen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar(Date);

impl From<Date> for Calendar {
    fn from(first: Date) -> Self {
        Self(first)
    }
}

impl Calendar {
    /// The day so many behind the first, or before it.
    pub fn day(self, n: i64) -> Date {
        self.0.checked_add(SignedDuration::from_hours(24 * n)).expect("a day within reach")
    }

    /// Nine hours into that day.
    pub fn morning(self, n: i64) -> Timestamp {
        day_begins(self.day(n)).saturating_add(SignedDuration::from_hours(9)).expect("time within reach")
    }

    /// Its first and its last day.
    pub fn year(self) -> (Date, Date) {
        (self.day(0), self.day(364))
    }

    /// The first and the last day of a quarter in it. Where the year begins in January it is spring, and the clocks are
    /// put forward in it.
    pub fn quarter(self) -> (Date, Date) {
        (self.day(59), self.day(150))
    }

    /// The instants from a first day to a last one.
    pub fn period((first, last): (Date, Date)) -> Period {
        Period::of_days(first, last).expect("days in their order")
    }
}
