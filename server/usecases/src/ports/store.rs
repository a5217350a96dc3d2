//! The store: one transaction at a time, every row behind a typed question.
//!
//! A look-up gives `Option`; "not found" is no fault. Every write happens in a transaction that either commits whole
//! or leaves nothing. Network calls and hashing never happen inside one, and none lasts over 50 ms.

mod audits;
mod checkpoints;
mod clients;
mod credentials;
mod devices;
mod erasures;
mod export_jobs;
mod flows;
mod kept;
mod known_sources;
mod outbox;
mod outside;
mod passkeys;
mod people;
mod person_keys;
mod publications;
mod reach;
mod reconfirmation;
mod registry;
mod relations;
mod retention;
mod services;
mod sessions;
mod trail;
mod wrong_answers;

pub use super::blocking::Blocking;
pub use audits::{Audits, Employed, Sought};
pub use checkpoints::{Checkpoints, KeptCheckpoint};
pub use clients::{Clients, Pushed, TokenKey};
pub use credentials::{Credentials, PasswordShown};
pub use devices::CodeDevices;
pub use erasures::Erasures;
pub use export_jobs::ExportJobs;
pub use flows::{Flows, Invitation};
pub use kept::{Kept, KeyStep, Resealed, Rotation, Stamp};
pub use known_sources::KnownSources;
pub use outbox::Post;
pub use outside::{Line, Outside, Recovered, Recovery};
pub use passkeys::Passkeys;
pub use people::{LineOnRecord, Named, NewPerson, People};
pub use person_keys::PersonKeys;
pub use publications::Publications;
pub use reach::Reach;
pub use reconfirmation::Reconfirmations;
pub use registry::Registry;
pub use relations::Relations;
pub use retention::Retention;
pub use services::{Posted, Services, SigningKey, TAKEN_MESSAGE};
pub use sessions::{Admission, Evidence, Sessions};
pub use trail::Trail;
pub use wrong_answers::{CodesOnRecord, GuessDoors, Guesses, WrongAnswers};

use async_trait::async_trait;
use domain::Timestamp;

/// A database behind one port.
#[async_trait]
pub trait Store: Send + Sync {
    /// Begins a transaction that may write. `name` stands in metrics. Dropping it rolls back.
    /// SQLite: `BEGIN IMMEDIATE`; PostgreSQL: read committed, rows locked where the question says so.
    ///
    /// A change of which nothing is asked back may be made no sooner than the next question or the commit: what is wrong
    /// with it is then said there. After an error nothing of the transaction is kept, whatever follows.
    async fn begin(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault>;

    /// The same, ahead of everybody who waits to write: a block must not stand behind a storm of logins.
    async fn begin_at_once(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault>;

    /// Begins a transaction that only reads, on a consistent view, beside writers.
    async fn reading(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault>;

    /// For one question that reads: as [`Store::reading`], but of two questions each may see its own moment.
    async fn look(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault>;
}

/// The database's own clock, to compare with ours (security decision 27).
#[async_trait]
pub trait DatabaseClock: Send + Sync {
    /// What it shows now, in UTC; a fault where the database does not answer.
    async fn database_now(&self) -> Result<Timestamp, StoreFault>;
    /// The same for whoever goes on to ask the database something else, and hears there whether it answers.
    async fn clock_alone(&self) -> Result<Timestamp, StoreFault> {
        self.database_now().await
    }
}

/// The database failed or is not there. No database, no token.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The database said so.
    #[error("the database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row holds something this programme cannot read.
    #[error("a row cannot be read: {0}")]
    Unreadable(&'static str),
    /// Something that must be unique is there already.
    #[error("already there: {0}")]
    Conflict(&'static str),
}

/// One transaction.
#[async_trait]
pub trait Tx:
    People
    + PersonKeys
    + Relations
    + Publications
    + Reconfirmations
    + Credentials
    + WrongAnswers
    + KnownSources
    + Passkeys
    + CodeDevices
    + Flows
    + Sessions
    + Services
    + Clients
    + Trail
    + Checkpoints
    + Audits
    + Post
    + Blocking
    + Outside
    + Kept
    + Reach
    + Retention
    + Erasures
    + ExportJobs
    + Registry
    + Send
    + Sync
{
    /// Makes everything lasting. Bytes are released to the world only after this returned.
    async fn commit(self: Box<Self>) -> Result<(), StoreFault>;
}
