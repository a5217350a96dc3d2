//! How a new version of the terms comes to hold: one administrator writes and proposes it, another one publishes it, from a
//! day on (NSIS 3.1.1, 4.1.2.3). What was published is never changed; the next version follows it.

mod difference;
mod draft;
mod in_force;
mod pages;
mod refused;
#[cfg(test)]
mod tests;

pub use difference::{Change, Line, difference};
pub use draft::{DRAFT_WAITS, Draft, DraftState, LONGEST_VERSION};
pub use in_force::InForce;
pub use pages::{LONGEST_BODY, LONGEST_TITLE, MOST_PAGES, PageRefused, PageText, Pages, Part, Spread};
pub use refused::DraftRefused;

use crate::calendar::days_before;
use crate::ids::{DraftId, PersonId};
use crate::terms::{TOLD_BEFORE, TermsHash, TermsVersion};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// So many days ahead a version may be published for, or have its last day.
pub const AHEAD: i32 = 366;

/// Who must accept a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Binds {
    /// Everybody, also who accepted the version before.
    Everybody {
        /// The last day to do so, that day included; none: she is asked at a sign-in and at no time else.
        accept_by: Option<Date>,
    },
    /// Only who accepted no version before it: for whoever accepted the one before, that is enough.
    Newcomers,
}

impl Binds {
    /// The word in forms and the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Everybody { .. } => "everybody",
            Self::Newcomers => "newcomers",
        }
    }
}

/// What the second administrator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The first day it holds.
    pub from: Date,
    /// Who must accept it.
    pub binds: Binds,
}

/// A version that was published. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The how-manieth, counted from one.
    pub number: u32,
    /// What it says, what it is called, and from when it holds.
    pub terms: TermsVersion,
    /// The version it follows.
    pub replaces: TermsHash,
    /// Who must accept it.
    pub binds: Binds,
    /// The draft it was.
    pub draft: DraftId,
    /// Who wrote and proposed it, and when.
    pub proposed: (PersonId, Timestamp),
    /// Who published it, and when.
    pub approved: (PersonId, Timestamp),
}

/// The newest version there is, in force or to come: what a new one follows.
#[derive(Clone, Copy, Debug)]
pub struct Newest<'a> {
    /// What it says, as a hash.
    pub hash: TermsHash,
    /// What it says.
    pub pages: &'a Pages,
    /// The one that was published last; none where the files' version is the newest.
    pub published: Option<&'a Published>,
}

impl Decision {
    /// Whether these days can be kept: a version never holds before one that was published earlier, and whoever must accept
    /// by a day has been told a fortnight before it.
    fn fits(&self, before: Option<&Published>, today: Date) -> Result<(), DraftRefused> {
        if self.from < today || before.is_some_and(|before| self.from < before.terms.date) {
            return Err(DraftRefused::FirstDay);
        }
        let end = days_before(today, -AHEAD);
        if self.from > end {
            return Err(DraftRefused::TooFar);
        }
        let Binds::Everybody { accept_by: Some(last) } = self.binds else { return Ok(()) };
        let [told, ..] = TOLD_BEFORE;
        if days_before(last, told) < self.from || last > days_before(self.from, -AHEAD) {
            return Err(DraftRefused::LastDay);
        }
        Ok(())
    }
}
