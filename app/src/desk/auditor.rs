//! What the pages show an auditor.

use domain::evidence::{Broken, Evidence, Period};
use domain::ids::{ExportJobId, PersonId};
use domain::{Date, Timestamp};

/// Page 53: what can be taken out.
#[derive(Clone, Debug)]
pub struct AuditorPage {
    /// Since when there is a trail.
    pub since: Option<Timestamp>,
    /// Today, for the period that is offered.
    pub today: Date,
    /// Long exports she ordered, the newest first.
    pub orders: Vec<OrderShown>,
}

/// A long export that was ordered.
#[derive(Clone, Copy, Debug)]
pub struct OrderShown {
    /// Which order.
    pub id: ExportJobId,
    /// Which export.
    pub evidence: Evidence,
    /// When it was ordered.
    pub ordered_at: Timestamp,
    /// How far it is.
    pub stage: OrderStage,
}

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderStage {
    /// It waits.
    Waits,
    /// It is made.
    Runs {
        /// How much was read.
        done: u64,
        /// Of how much.
        of: u64,
        /// The same in hundredths.
        percent: u64,
    },
    /// Its files can be taken until then.
    Ready(Timestamp),
    /// They could be.
    Expired,
    /// She cancelled it.
    Cancelled,
    /// She lost the role while it was made.
    RoleLost,
    /// It broke off too often.
    Interrupted,
    /// It became too large.
    TooLarge,
}

/// An order's own page.
#[derive(Clone, Debug)]
pub enum OrderPage {
    /// It can be taken.
    Ready(Box<ExportPage>),
    /// It cannot, or not yet; with the word that becomes another when there is something to see.
    Waits(OrderShown, &'static str),
}

/// An export that was made.
#[derive(Clone, Debug)]
pub struct ExportPage {
    /// The path its files stand below.
    pub path: String,
    /// The order it was made for, where it was ordered.
    pub order: Option<ExportJobId>,
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
    /// How many places had none any more, by rule.
    pub gone: u64,
    /// Places whose rows do not hold.
    pub broken: Option<Broken>,
    /// How many events waited for their place, and are not in it.
    pub waiting: u64,
    /// Until when it is open.
    pub until: Timestamp,
    /// Its files: name, size, digest in hexadecimal.
    pub files: Vec<(String, u64, String)>,
    /// The first of the rows themselves, where it is about one person; the oldest first.
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
