//! What the pages show an auditor beside her exports: figures, events, accepts, requirements.

use domain::clocks::Agreement;
use domain::evidence::{Figures, Search};
use domain::ids::{EventId, FlowId};
use domain::level::AssuranceLevel;
use domain::nsis::Results;
use domain::suspension::Door;
use domain::{Date, Timestamp};
use std::sync::Arc;

/// Page 53: the figures of a period.
#[derive(Clone, Debug)]
pub struct FiguresPage {
    /// What was counted.
    pub figures: Figures,
    /// Until when it is open.
    pub until: Timestamp,
}

/// How the trail stands.
#[derive(Clone, Copy, Debug)]
pub struct ChainShown {
    /// The newest checkpoint that was signed here: its number, how many rows, and when.
    pub signed: Option<(u64, u64, Timestamp)>,
    /// The last place of the chain.
    pub sequenced: i64,
    /// How many rows wait for a place.
    pub waiting: u64,
    /// What is kept outside.
    pub outside: OutsideShown,
    /// What is wrong.
    pub wrong: Option<ChainWrong>,
}

/// What of the trail is kept outside the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutsideShown {
    /// This instance keeps nothing there.
    Nowhere,
    /// Nothing yet.
    Nothing,
    /// The same, up to the checkpoint of this number.
    Agrees(u64),
    /// Something else.
    Unlike,
}

/// What is wrong with the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainWrong {
    /// No key of ours signed the newest checkpoint.
    Unsigned,
    /// It does not go on from the one before it.
    NotGrown,
    /// The database does not know the newest checkpoint outside.
    Behind,
    /// The newest checkpoint outside is not ours.
    Forged,
    /// The place outside cannot be used.
    Unusable,
    /// The trail does not go on from its newest checkpoint.
    Tampered,
}

/// Page 54 before a search.
#[derive(Clone, Copy, Debug)]
pub struct EventsStart {
    /// Today, for the period that is offered.
    pub today: Date,
    /// How the trail stands.
    pub chain: ChainShown,
}

/// Page 54: what a search finds.
#[derive(Clone, Debug)]
pub struct EventsPage {
    /// The flow.
    pub flow: FlowId,
    /// What was looked for.
    pub search: Search,
    /// A page of it, the newest first.
    pub rows: Vec<FoundShown>,
    /// Older rows were asked for.
    pub older: bool,
    /// A place that was asked for and is empty: the place, what its row was, and when.
    pub emptied: Option<(i64, String, Timestamp)>,
    /// The row behind which there is more.
    pub next: Option<EventId>,
    /// Until when it is open.
    pub until: Timestamp,
}

/// A row of the trail, with nothing of what is sealed.
#[derive(Clone, Debug)]
pub struct FoundShown {
    /// Which.
    pub id: EventId,
    /// Its place in the chain; none while it waits.
    pub place: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// What, as a word of the catalogue.
    pub event: String,
    /// By whom.
    pub by: String,
    /// About whom, by her id.
    pub about: Option<String>,
    /// Its facts, each as `name: value`.
    pub told: Vec<String>,
    /// What people quote.
    pub reference: String,
    /// The id of its request.
    pub request: String,
    /// Whether it is an accept of terms, and shown as its proof.
    pub accept: bool,
}

/// A row that was opened.
#[derive(Clone, Debug)]
pub struct RowPage {
    /// The row.
    pub row: FoundShown,
    /// What was sealed in it, each as `name: value`.
    pub sealed: Vec<String>,
    /// Whether its MAC holds.
    pub authentic: bool,
    /// Whether it is signed for.
    pub signed: SignedShown,
    /// The search it was found by.
    pub from: Option<FlowId>,
    /// Until when it is open.
    pub until: Timestamp,
}

/// Whether a row is among those a checkpoint stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedShown {
    /// The next one covers it.
    NotYet,
    /// Proved, in the checkpoint of this number.
    Proved(u64),
    /// It is not where it should be.
    Not(u64),
}

/// Page 55: what proves an accept of terms.
#[derive(Clone, Debug)]
pub struct AcceptancePage {
    /// Whose, by her id.
    pub person: String,
    /// Her name and user name; none once she was erased.
    pub name: Option<(String, String)>,
    /// What people call the version; none once she was erased.
    pub version: Option<String>,
    /// The digest of the text.
    pub digest: String,
    /// When each page was shown.
    pub pages: Vec<Timestamp>,
    /// When the box was ticked and sent; as the trail has it once she was erased.
    pub ticked: String,
    /// From which address and browser; empty once she was erased.
    pub source: (String, String),
    /// The level of her proof then, and when she gave it.
    pub level: Option<(AssuranceLevel, Timestamp)>,
    /// Whether the house wrote the row as it stands.
    pub authentic: bool,
    /// When it was written in the trail.
    pub at: Timestamp,
    /// What people quote.
    pub reference: String,
    /// The search it was found by.
    pub from: Option<FlowId>,
    /// Until when it is open.
    pub until: Timestamp,
}

/// The requirements, and what answers for them now.
#[derive(Clone, Debug)]
pub struct RequirementsPage {
    /// When it was asked.
    pub at: Timestamp,
    /// How the trail stands.
    pub chain: ChainShown,
    /// Doors of a block that do not work.
    pub closed: Vec<Door>,
    /// What came of the last comparison with what is kept outside.
    pub outside: OutsideAnswer,
    /// How well the clocks agree.
    pub clocks: Agreement,
    /// Which programme runs here.
    pub build: BuildShown,
    /// What the tests of the build answered, where it was handed in.
    pub tests: Option<Arc<Results>>,
}

/// What came of a comparison of the database with what is kept outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutsideAnswer {
    /// Nothing is kept there.
    Nothing,
    /// They agree.
    Agrees,
    /// They do not.
    Apart,
}

/// Which programme runs here.
#[derive(Clone, Copy, Debug)]
pub struct BuildShown {
    /// Its version.
    pub version: &'static str,
    /// What it was built from, where the build was told.
    pub commit: Option<&'static str>,
}
