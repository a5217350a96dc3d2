//! How a new version of the terms comes to hold: one administrator writes and proposes it, another one publishes it, from a
//! day on (NSIS 3.1.1, 4.1.2.3). What was published is never changed; the next version follows it.

mod difference;
mod in_force;
mod pages;
#[cfg(test)]
mod tests;

pub use difference::{Change, Line, difference};
pub use in_force::InForce;
pub use pages::{LONGEST_BODY, LONGEST_TITLE, MOST_PAGES, PageRefused, PageText, Pages, Part, Spread};

use crate::calendar::days_before;
use crate::ids::{DraftId, PersonId};
use crate::terms::{TOLD_BEFORE, TermsHash, TermsVersion};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// The longest name of a version, in characters.
pub const LONGEST_VERSION: usize = 20;
/// So many days ahead a version may be published for, or have its last day.
pub const AHEAD: i32 = 366;

/// How long a draft waits to be proposed once it was begun, and to be published once it was proposed.
pub const DRAFT_WAITS: SignedDuration = SignedDuration::from_hours(24 * 90);

/// A draft of a new version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which.
    pub id: DraftId,
    /// What people will call the version.
    pub version: String,
    /// What it says.
    pub pages: Pages,
    /// The version it was begun from, and is to follow.
    pub replaces: TermsHash,
    /// Who writes it: nobody else does.
    pub by: PersonId,
    /// Since when.
    pub begun_at: Timestamp,
    /// How far it has come.
    pub state: DraftState,
}

/// How far a draft has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftState {
    /// It is being written.
    Writing,
    /// It is written, and waits for another administrator.
    Proposed {
        /// Since when.
        at: Timestamp,
        /// What it said then.
        hash: TermsHash,
    },
    /// It was published.
    Published {
        /// By whom.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// It was withdrawn.
    Withdrawn {
        /// By whom.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// Nobody went on with it in time.
    RanOut {
        /// When it was seen.
        at: Timestamp,
    },
}

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

/// Why a draft goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefused {
    /// A name is missing, too long, or another version's.
    #[error("the version needs a name of its own")]
    VersionName,
    /// Only who began it writes and proposes it.
    #[error("somebody else is writing it")]
    NotYours,
    /// It is not at that point.
    #[error("the draft is not waiting for this")]
    NotWaiting,
    /// A page cannot be taken like that.
    #[error(transparent)]
    Page(#[from] PageRefused),
    /// A page lacks something in one of the languages.
    #[error("page {page} is not whole in both languages")]
    Incomplete {
        /// Which, counted from one.
        page: u8,
    },
    /// It says what the newest version says.
    #[error("nothing is different")]
    Unchanged,
    /// Another version was published since it was begun, or the files changed.
    #[error("the draft follows a version that is not the newest any more")]
    Stale,
    /// Who wrote it does not publish it.
    #[error("a second, other administrator must publish it")]
    SamePerson,
    /// It does not say what was proposed, or not what was read.
    #[error("the text is not the one that was proposed")]
    OtherText,
    /// It would hold from a day that has passed, or before a version that was published earlier.
    #[error("the first day is too early")]
    FirstDay,
    /// It would hold from a day more than a year away.
    #[error("the first day is too far away")]
    TooFar,
    /// Nobody could be told in time.
    #[error("the last day to accept is too near, or too far away")]
    LastDay,
}

impl DraftRefused {
    /// The word in the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::VersionName => "version-name",
            Self::NotYours => "not-yours",
            Self::NotWaiting => "not-waiting",
            Self::Page(_) => "page",
            Self::Incomplete { .. } => "incomplete",
            Self::Unchanged => "unchanged",
            Self::Stale => "stale",
            Self::SamePerson => "same-person",
            Self::OtherText => "other-text",
            Self::FirstDay => "first-day",
            Self::TooFar => "too-far",
            Self::LastDay => "last-day",
        }
    }
}

impl Draft {
    /// Begins one, with the pages of the newest version. `taken` are the names of all versions there are.
    ///
    /// # Errors
    /// [`DraftRefused::VersionName`]
    pub fn begin<'a>(
        id: DraftId,
        version: &str,
        newest: Newest<'_>,
        taken: impl IntoIterator<Item = &'a str>,
        (by, begun_at): (PersonId, Timestamp),
    ) -> Result<Self, DraftRefused> {
        let version = version.trim();
        let fits = (1..=LONGEST_VERSION).contains(&version.chars().count());
        let plain = version.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '-' | ' '));
        if !fits || !plain || taken.into_iter().any(|name| name == version) {
            return Err(DraftRefused::VersionName);
        }
        Ok(Self {
            id,
            version: version.to_owned(),
            pages: newest.pages.clone(),
            replaces: newest.hash,
            by,
            begun_at,
            state: DraftState::Writing,
        })
    }

    /// What it says now, as a hash.
    pub fn hash(&self) -> TermsHash {
        self.pages.hash(&self.version)
    }

    /// Whether it goes on: neither published nor withdrawn, and not run out.
    pub fn is_open(&self) -> bool {
        matches!(self.state, DraftState::Writing | DraftState::Proposed { .. })
    }

    /// Whether nobody went on with it for so long that nobody may any more.
    pub fn has_run_out(&self, now: Timestamp) -> bool {
        let since = match self.state {
            DraftState::Writing => self.begun_at,
            DraftState::Proposed { at, .. } => at,
            DraftState::Published { .. } | DraftState::Withdrawn { .. } | DraftState::RanOut { .. } => {
                return false;
            }
        };
        now.duration_since(since) >= DRAFT_WAITS
    }

    /// Ends it where it has run out.
    ///
    /// # Errors
    /// [`DraftRefused::NotWaiting`] when it has not, or has ended.
    pub fn run_out(self, now: Timestamp) -> Result<Self, DraftRefused> {
        if !self.has_run_out(now) {
            return Err(DraftRefused::NotWaiting);
        }
        Ok(Self { state: DraftState::RanOut { at: now }, ..self })
    }

    /// When it ended.
    pub fn ended_at(&self) -> Option<Timestamp> {
        match self.state {
            DraftState::Writing | DraftState::Proposed { .. } => None,
            DraftState::Published { at, .. }
            | DraftState::Withdrawn { at, .. }
            | DraftState::RanOut { at } => Some(at),
        }
    }

    /// Writes one page; the one after the last adds a page, and a page without any text is taken away.
    ///
    /// # Errors
    /// [`DraftRefused::NotYours`], [`DraftRefused::NotWaiting`] or [`DraftRefused::Page`]
    pub fn write(self, by: PersonId, page: u8, spread: Spread) -> Result<Self, DraftRefused> {
        self.is_written_by(by)?;
        let pages = self.pages.with(page, spread)?;
        Ok(Self { pages, ..self })
    }

    /// Says that it is written. From now on its text stays.
    ///
    /// # Errors
    /// [`DraftRefused`]
    pub fn propose(self, by: PersonId, newest: Newest<'_>, now: Timestamp) -> Result<Self, DraftRefused> {
        self.is_written_by(by)?;
        if let Some(page) = self.pages.first_incomplete() {
            return Err(DraftRefused::Incomplete { page });
        }
        if self.replaces != newest.hash {
            return Err(DraftRefused::Stale);
        }
        if self.pages == *newest.pages {
            return Err(DraftRefused::Unchanged);
        }
        let hash = self.hash();
        Ok(Self { state: DraftState::Proposed { at: now, hash }, ..self })
    }

    fn is_written_by(&self, by: PersonId) -> Result<(), DraftRefused> {
        if self.state != DraftState::Writing {
            Err(DraftRefused::NotWaiting)
        } else if self.by != by {
            Err(DraftRefused::NotYours)
        } else {
            Ok(())
        }
    }

    /// Publishes it: never who wrote it, only the text that was proposed and read, and from a day that leaves no version
    /// behind. Gives the draft as it ends, and the version.
    ///
    /// # Errors
    /// [`DraftRefused`]
    pub fn publish(
        self,
        (by, now): (PersonId, Timestamp),
        read: TermsHash,
        decision: Decision,
        newest: Newest<'_>,
        today: Date,
    ) -> Result<(Self, Published), DraftRefused> {
        let DraftState::Proposed { at, hash } = self.state else { return Err(DraftRefused::NotWaiting) };
        if by == self.by {
            return Err(DraftRefused::SamePerson);
        }
        if self.hash() != hash || read != hash {
            return Err(DraftRefused::OtherText);
        }
        if self.replaces != newest.hash {
            return Err(DraftRefused::Stale);
        }
        decision.fits(newest.published, today)?;
        let published = Published {
            number: newest.published.map_or(0, |it| it.number).saturating_add(1),
            terms: TermsVersion {
                hash,
                version: self.version.clone(),
                date: decision.from,
                pages: self.pages.count(),
            },
            replaces: self.replaces,
            binds: decision.binds,
            draft: self.id,
            proposed: (self.by, at),
            approved: (by, now),
        };
        Ok((Self { state: DraftState::Published { by, at: now }, ..self }, published))
    }

    /// Withdraws it. Any administrator may: nothing comes to hold by it.
    ///
    /// # Errors
    /// [`DraftRefused::NotWaiting`] when it has ended.
    pub fn withdraw(self, by: PersonId, now: Timestamp) -> Result<Self, DraftRefused> {
        if !self.is_open() {
            return Err(DraftRefused::NotWaiting);
        }
        Ok(Self { state: DraftState::Withdrawn { by, at: now }, ..self })
    }
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
