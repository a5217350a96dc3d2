//! A draft of a new version: written by one administrator, published by another, or neither.

use super::pages::{Pages, Spread};
use super::refused::DraftRefused;
use super::{Decision, Newest, Published};
use crate::ids::{DraftId, PersonId};
use crate::terms::{TermsHash, TermsVersion};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The longest name of a version, in characters.
pub const LONGEST_VERSION: usize = 20;

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
