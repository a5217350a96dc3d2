//! What an auditor takes out: eighteen exports for a chosen period, each with the requirements it serves, where its rows
//! come from, and what nobody collects yet (NSIS 4.1.7.4–5).

mod figures;
mod gap;
mod job;
mod looked;
mod manifest;
mod period;
mod rows;
mod sample;
mod table;
#[cfg(test)]
mod tests;
mod uptime;

pub use figures::{Figures, Headcount, Quickness, Reopenings, Tally};
pub use gap::Gap;
pub use job::{
    AT_ONCE, CancelledFor, FILES_HOLD, FailedFor, Job, JobRefused, JobState, LARGEST, LEASE, MOST_OPEN,
    MOST_TRIES, Stage,
};
pub use looked::{Looked, Opened, Quoted, Search};
pub use manifest::{Broken, Manifest, Part};
pub use period::{Backwards, Period};
pub use rows::{LAST_DAY, RESTRICTED};
pub use sample::{Draw, LARGEST_SAMPLE, Sample};
pub use uptime::{Measured, Probe, Uptime, Uptimes};

use crate::audit::EventKind;
use crate::ids::{PersonId, SessionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Evidence {
    /// Means of login that were issued, and on what.
    Means,
    /// Everything that happened to one person.
    Person,
    /// What the CPR register said of whom.
    Register,
    /// Blocks and revocations.
    Blocks,
    /// Reopenings and renewals.
    Reopenings,
    /// Relations that ended.
    Leavers,
    /// Relations that were made.
    Links,
    /// Who may do more than look after herself.
    Staff,
    /// What they did.
    Privileged,
    /// Whether the trail is whole.
    Integrity,
    /// Tokens and the requests for them.
    Tokens,
    /// Keys and their lives.
    Keys,
    /// Settings and their changes.
    Configuration,
    /// How much of the time a block was possible.
    Uptime,
    /// What was deleted, and when.
    Retention,
    /// Versions of the published texts.
    Documents,
    /// Restores, drills and incidents.
    Incidents,
    /// The control schema, filled in.
    Controls,
}

/// Rows of the present that stand beside those of the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present {
    /// Roles that are held or wait.
    Roles,
    /// Keys, and the algorithms in use.
    Keys,
    /// The newest checkpoint of the trail.
    Checkpoint,
    /// Connections and times.
    Settings,
    /// The terms that hold, and the other texts.
    Terms,
    /// How each door of a block answered over the period.
    Uptime,
    /// The requirements, and how each is met.
    Requirements,
}

/// How much of an export is collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collected {
    /// All of it.
    InFull,
    /// Not all: it counts as open.
    InPart,
}

impl Evidence {
    /// All of them, by their numbers.
    pub const ALL: [Self; 18] = [
        Self::Means,
        Self::Person,
        Self::Register,
        Self::Blocks,
        Self::Reopenings,
        Self::Leavers,
        Self::Links,
        Self::Staff,
        Self::Privileged,
        Self::Integrity,
        Self::Tokens,
        Self::Keys,
        Self::Configuration,
        Self::Uptime,
        Self::Retention,
        Self::Documents,
        Self::Incidents,
        Self::Controls,
    ];

    /// Its number, from one.
    pub fn number(self) -> u8 {
        (1..).zip(Self::ALL).find(|(_, it)| *it == self).map_or(0, |(number, _)| number)
    }

    /// Reads the number as a form has it.
    pub fn from_number(text: &str) -> Option<Self> {
        let number: u8 = text.trim().parse().ok()?;
        Self::ALL.into_iter().find(|it| it.number() == number)
    }

    /// Its word in files and in the trail.
    pub fn word(self) -> &'static str {
        self.entry().word
    }

    /// What it holds, in English, for machines and their readers.
    pub fn says(self) -> &'static str {
        self.entry().says
    }

    /// The requirements it serves.
    pub fn nsis(self) -> &'static [&'static str] {
        self.entry().nsis
    }

    /// Kinds of events its rows are.
    pub fn kinds(self) -> &'static [EventKind] {
        self.entry().kinds
    }

    /// What of the present stands beside them.
    pub fn present(self) -> Option<Present> {
        self.entry().present
    }

    /// What nobody collects yet.
    pub fn gaps(self) -> &'static [Gap] {
        self.entry().gaps
    }

    /// How much of it is collected.
    pub fn collected(self) -> Collected {
        if self.gaps().is_empty() { Collected::InFull } else { Collected::InPart }
    }

    /// What its files are called, without what tells them apart.
    pub fn file(self) -> String {
        format!("nsis-{:02}-{}", self.number(), self.word())
    }
}

/// What was asked for, and all that its rows are read by: whoever reads it twice reads the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Which export.
    pub evidence: Evidence,
    /// For which period.
    pub period: Period,
    /// About whom, where it is about one person.
    pub about: Option<PersonId>,
    /// The first and the last place of the trail that is read; one less than the first where there is none.
    pub places: (i64, i64),
    /// How many events of the period asked for waited for their place in the trail then: they are not in it.
    #[serde(default)]
    pub waiting: u64,
    /// Since when there is a trail.
    pub since: Option<Timestamp>,
    /// Rows of the present, as they were then.
    pub present: Vec<BTreeMap<String, String>>,
    /// Of whom what is sealed stays closed in it, in the order of their ids: restricted, and no case was named for them.
    #[serde(default)]
    pub restricted: Vec<PersonId>,
    /// When it was made.
    pub at: Timestamp,
}

/// An export that was made: kept in a flow of the auditor's until it runs out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// What is in it.
    pub order: Order,
    /// What it proves, signed.
    pub manifest: String,
    /// By whom, in which session.
    pub by: (PersonId, SessionId),
}
