//! A long export is ordered, and made aside: what becomes of an order.

mod state;
#[cfg(test)]
mod tests;

pub use state::{CancelledFor, FailedFor, JobState, Stage};

use super::{Manifest, Order};
use crate::audit::checkpoint::Note;
use crate::ids::{ExportJobId, PersonId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// So many places of the trail, or rows about one person, are read while somebody waits; of more an order is made.
pub const AT_ONCE: u64 = 20_000;
/// So long its files can be taken, counted from when they were begun.
pub const FILES_HOLD: SignedDuration = SignedDuration::from_hours(24);
/// So long an order stays with who makes it and says nothing more; then somebody else begins anew.
pub const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// So often one is begun; then it is given up.
pub const MOST_TRIES: u32 = 5;
/// So many bytes the files of one may have together.
pub const LARGEST: u64 = 4 * 1024 * 1024 * 1024;
/// So many an auditor may have that wait, are made, or can be taken.
pub const MOST_OPEN: usize = 3;

/// A long export somebody ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Which.
    pub id: ExportJobId,
    /// By whom. It is hers alone, in whichever session.
    pub by: PersonId,
    /// What is in it; fixed when it was ordered.
    pub order: Order,
    /// How many places of the trail, or rows about a person, are to be read.
    pub of: u64,
    /// What became of it.
    pub state: JobState,
}

/// Why an order does not become what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobRefused {
    /// Somebody else makes it, or nobody any more.
    #[error("somebody else makes this export, or nobody")]
    NotTheirs,
    /// Its files are not there to be taken, or not yet over.
    #[error("the files of this export are not there")]
    NotReady,
    /// Nothing more becomes of it.
    #[error("this export is over")]
    Over,
}

impl Job {
    /// An order that waits.
    pub fn ordered(id: ExportJobId, by: PersonId, order: Order, of: u64) -> Self {
        Self { id, by, order, of, state: JobState::Ordered }
    }

    /// Somebody begins it, for the first time or anew; given up where it was begun too often.
    ///
    /// # Errors
    /// [`JobRefused::Over`]
    pub fn begun(self, now: Timestamp) -> Result<Self, JobRefused> {
        let tries = match self.state {
            JobState::Ordered => 0,
            JobState::Running { tries, .. } => tries,
            _ => return Err(JobRefused::Over),
        };
        let state = if tries < MOST_TRIES {
            JobState::Running { tries: tries + 1, begun_at: now, done: 0 }
        } else {
            JobState::Failed { at: now, why: FailedFor::Interrupted }
        };
        Ok(Self { state, ..self })
    }

    /// So much of it was read by that try.
    ///
    /// # Errors
    /// [`JobRefused::NotTheirs`]
    pub fn went(self, by: u32, done: u64) -> Result<Self, JobRefused> {
        let begun_at = self.begun_by(by)?;
        let done = done.min(self.of);
        Ok(Self { state: JobState::Running { tries: by, begun_at, done }, ..self })
    }

    /// Its files are there, made by that try.
    ///
    /// # Errors
    /// [`JobRefused::NotTheirs`]
    pub fn made(self, by: u32, manifest: String) -> Result<Self, JobRefused> {
        let begun_at = self.begun_by(by)?;
        let until = begun_at.saturating_add(FILES_HOLD).unwrap_or(begun_at);
        Ok(Self { state: JobState::Ready { manifest, until, taken_at: None }, ..self })
    }

    /// That try gives up.
    ///
    /// # Errors
    /// [`JobRefused::NotTheirs`]
    pub fn failed(self, by: u32, why: FailedFor, now: Timestamp) -> Result<Self, JobRefused> {
        self.begun_by(by)?;
        Ok(Self { state: JobState::Failed { at: now, why }, ..self })
    }

    /// It is cancelled; files that are there go.
    ///
    /// # Errors
    /// [`JobRefused::Over`]
    pub fn cancelled(self, why: CancelledFor, now: Timestamp) -> Result<Self, JobRefused> {
        if self.stage() == Stage::Over {
            return Err(JobRefused::Over);
        }
        Ok(Self { state: JobState::Cancelled { at: now, why }, ..self })
    }

    /// A file is taken.
    ///
    /// # Errors
    /// [`JobRefused::NotReady`]
    pub fn taken(self, now: Timestamp) -> Result<Self, JobRefused> {
        match self.state {
            JobState::Ready { manifest, until, .. } if now < until => {
                let state = JobState::Ready { manifest, until, taken_at: Some(now) };
                Ok(Self { state, ..self })
            }
            _ => Err(JobRefused::NotReady),
        }
    }

    /// The time of its files is over.
    ///
    /// # Errors
    /// [`JobRefused::NotReady`]
    pub fn expired(self, now: Timestamp) -> Result<Self, JobRefused> {
        match self.state {
            JobState::Ready { until, taken_at, .. } if now >= until => {
                Ok(Self { state: JobState::Expired { at: until, taken: taken_at.is_some() }, ..self })
            }
            _ => Err(JobRefused::NotReady),
        }
    }

    /// Since when that try makes it.
    fn begun_by(&self, by: u32) -> Result<Timestamp, JobRefused> {
        match self.state {
            JobState::Running { tries, begun_at, .. } if tries == by => Ok(begun_at),
            _ => Err(JobRefused::NotTheirs),
        }
    }

    /// How far it is.
    pub const fn stage(&self) -> Stage {
        match self.state {
            JobState::Ordered => Stage::Ordered,
            JobState::Running { .. } => Stage::Running,
            JobState::Ready { .. } => Stage::Ready,
            JobState::Expired { .. } | JobState::Cancelled { .. } | JobState::Failed { .. } => Stage::Over,
        }
    }

    /// Which try makes it; none where nobody does.
    pub const fn tries(&self) -> Option<u32> {
        match self.state {
            JobState::Running { tries, .. } => Some(tries),
            _ => None,
        }
    }

    /// Whether its files can be taken.
    pub fn is_ready(&self, now: Timestamp) -> bool {
        matches!(self.state, JobState::Ready { until, .. } if now < until)
    }

    /// Whether something more becomes of it.
    pub fn is_open(&self, now: Timestamp) -> bool {
        matches!(self.stage(), Stage::Ordered | Stage::Running) || self.is_ready(now)
    }

    /// From when on its files are of no use; none before that is known.
    pub const fn ends_at(&self) -> Option<Timestamp> {
        match self.state {
            JobState::Ordered | JobState::Running { .. } => None,
            JobState::Ready { until: at, .. }
            | JobState::Expired { at, .. }
            | JobState::Cancelled { at, .. }
            | JobState::Failed { at, .. } => Some(at),
        }
    }

    /// How much of it was read, in hundredths.
    pub fn percent(&self) -> u64 {
        match self.state {
            JobState::Running { done, .. } => done.saturating_mul(100) / self.of.max(1),
            JobState::Ready { .. } => 100,
            _ => 0,
        }
    }

    /// What a page that waits for it compares: another word means that there is something to see.
    pub fn word(&self) -> &'static str {
        match (self.stage(), self.percent()) {
            (Stage::Running, 0..25) => "running",
            (Stage::Running, 25..50) => "running-25",
            (Stage::Running, 50..75) => "running-50",
            (Stage::Running, _) => "running-75",
            (stage, _) => stage.word(),
        }
    }

    /// What its files are; none before they are there.
    pub fn manifest(&self) -> Option<Manifest> {
        match &self.state {
            JobState::Ready { manifest, .. } => Manifest::read(&Note::read(manifest)?.text),
            _ => None,
        }
    }
}
