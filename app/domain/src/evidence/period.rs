//! From an instant on, and before another: what an export is taken of.

use crate::calendar::day_begins;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// From an instant on, and before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first instant.
    pub from: Timestamp,
    /// The first one behind it.
    pub before: Timestamp,
}

/// The last day lies before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the last day lies before the first")]
pub struct Backwards;

impl Period {
    /// From the beginning of a day to the end of another, in Copenhagen.
    ///
    /// # Errors
    /// [`Backwards`]
    pub fn of_days(first: Date, last: Date) -> Result<Self, Backwards> {
        if last < first {
            return Err(Backwards);
        }
        let next = last.tomorrow().unwrap_or(Date::MAX);
        Ok(Self { from: day_begins(first), before: day_begins(next) })
    }

    /// Everything before now.
    pub fn until(now: Timestamp) -> Self {
        Self { from: Timestamp::UNIX_EPOCH, before: now }
    }

    /// The same, ending at the last row that has its place in the trail: what came later, or waits for its place, is in the
    /// next one.
    #[must_use]
    pub fn chained_until(self, last: Option<Timestamp>) -> Self {
        let end = last.map_or(self.before, |at| {
            at.saturating_add(SignedDuration::from_micros(1)).unwrap_or(at).min(self.before)
        });
        Self { before: end.max(self.from), ..self }
    }

    /// Whether an instant lies in it.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.before
    }
}
