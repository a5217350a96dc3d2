//! One test suite for every store: what the use cases may rely on, one function for each promise.
//!
//! A storage crate implements [`Subject`] in a test and calls [`contract_tests!`]; each promise becomes a test there.
//! A database that lets two transactions write at a time calls [`two_writer_tests!`] too.
#![expect(clippy::missing_panics_doc, reason = "a promise that is not kept panics; that is what it is for")]

pub mod audits;
pub mod blocking;
pub mod browser;
pub mod checkpoints;
pub mod clients;
pub mod credentials;
pub mod devices;
pub mod erasures;
pub mod export_jobs;
pub mod flows;
pub mod kept;
mod list;
pub mod outside;
pub mod passkeys;
pub mod people;
pub mod person_keys;
pub mod post;
pub mod publications;
pub mod reach;
pub mod reconfirmation;
pub mod registry;
pub mod relations;
pub mod retention;
pub mod rotation;
mod samples;
pub mod services;
pub mod sessions;
pub mod tampering;
pub mod trail;
pub mod transactions;
pub mod two_writers;
pub mod wrong_answers;

pub use samples::Noon;

use async_trait::async_trait;
use std::sync::Arc;
use tower_sessions::session_store::SessionStore;
use usecases::ports::store::{DatabaseClock, Store, StoreFault};

/// What a promise gives: nothing, or what went wrong.
pub type Kept = Result<(), Box<dyn std::error::Error>>;

/// Where the two databases word the same differently.
#[derive(Clone, Copy, Debug)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Dialect {
    /// An expression for 32 bytes nobody chose.
    pub(crate) fn noise(self) -> &'static str {
        match self {
            Self::Sqlite => "randomblob(32)",
            Self::Postgres => "decode(md5(random()::text) || md5(random()::text), 'hex')",
        }
    }

    /// An expression for an id nobody has.
    pub(crate) fn random_id(self) -> &'static str {
        match self {
            Self::Sqlite => "randomblob(16)",
            Self::Postgres => "gen_random_uuid()",
        }
    }

    /// An expression for the id `00000000-0000-7000-8000-000000000001`.
    pub(crate) fn known_id(self) -> &'static str {
        match self {
            Self::Sqlite => "x'00000000000070008000000000000001'",
            Self::Postgres => "'00000000-0000-7000-8000-000000000001'::uuid",
        }
    }

    /// An expression for these bytes, given in hexadecimal.
    pub(crate) fn bytes(self, hex: &str) -> String {
        match self {
            Self::Sqlite => format!("x'{hex}'"),
            Self::Postgres => format!("decode('{hex}', 'hex')"),
        }
    }

    /// The statement that takes a trigger off its table.
    pub(crate) fn drop_trigger(self, trigger: &str, table: &str) -> String {
        match self {
            Self::Sqlite => format!("drop trigger {trigger}"),
            Self::Postgres => format!("drop trigger {trigger} on {table}"),
        }
    }
}

/// A fresh, empty store under test; its clock stands still at [`Noon`].
#[async_trait]
pub trait Subject: Send + Sync {
    /// The store.
    fn store(&self) -> &dyn Store;
    /// Its own clock.
    fn clock(&self) -> &dyn DatabaseClock;
    /// The same store, for a whole house around it.
    fn shared(&self) -> Arc<dyn Store>;
    /// Another one of the same kind, as fresh and empty.
    async fn fresh(&self) -> Result<Box<dyn Subject>, Box<dyn std::error::Error>>;
    /// Which SQL it speaks.
    fn dialect(&self) -> Dialect;
    /// Its sessions of browsers.
    fn browsers(&self) -> &dyn SessionStore;
    /// Deletes the sessions of browsers that ran out.
    async fn delete_expired(&self) -> Result<(), String>;
    /// Brings it up to date, as at every start.
    async fn migrate(&self) -> Result<(), StoreFault>;
    /// Runs a statement past the store, as somebody with the database's password would.
    async fn raw(&self, sql: &str) -> Result<(), String>;
}

/// A store that lets two transactions write at a time.
#[async_trait]
pub trait TwoWriters: Subject {
    /// Whether a transaction of this store waits for another one's lock.
    async fn somebody_waits(&self) -> Result<bool, String>;
}
