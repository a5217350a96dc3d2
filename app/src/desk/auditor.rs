//! What the pages show an auditor.

use domain::evidence::{Evidence, Period};
use domain::ids::{FlowId, PersonId};
use domain::{Date, Timestamp};

/// Page 53: what can be taken out.
#[derive(Clone, Copy, Debug)]
pub struct AuditorPage {
    /// Since when there is a trail.
    pub since: Option<Timestamp>,
    /// Today, for the period that is offered.
    pub today: Date,
}

/// An export that was made.
#[derive(Clone, Debug)]
pub struct ExportPage {
    /// The flow.
    pub flow: FlowId,
    /// Which.
    pub evidence: Evidence,
    /// For which period.
    pub period: Period,
    /// About whom, by name, where it is about one person.
    pub about: Option<String>,
    /// The first and the last place of the trail that was read.
    pub places: (i64, i64),
    /// How many rows.
    pub rows: u64,
    /// How many places had none any more.
    pub gone: u64,
    /// Until when it is open.
    pub until: Timestamp,
    /// Its files: name, size, digest in hexadecimal.
    pub files: Vec<(String, u64, String)>,
    /// The rows themselves, where it is about one person; the oldest first.
    pub trail: Vec<TrailShown>,
}

/// A row of the trail of one person.
#[derive(Clone, Debug)]
pub struct TrailShown {
    /// When.
    pub at: Timestamp,
    /// What, as a word of the catalogue.
    pub event: String,
    /// By whom.
    pub by: String,
    /// Facts and what was sealed, each as `name: value`.
    pub told: Vec<String>,
    /// What to quote.
    pub reference: String,
}

/// A sample that was drawn.
#[derive(Clone, Debug)]
pub struct SamplePage {
    /// By which seed.
    pub seed: String,
    /// Of how many people.
    pub of: u64,
    /// Until when it is open.
    pub until: Timestamp,
    /// Who: id, name and user name.
    pub people: Vec<(PersonId, String, String)>,
}
