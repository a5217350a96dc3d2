//! One test suite for every store: what the use cases may rely on, one function for each promise.
//!
//! A storage crate implements [`Subject`] in a test and calls [`contract_tests!`]; each promise becomes a test there.
//! A database that lets two transactions write at a time calls [`two_writer_tests!`] too.
#![expect(clippy::missing_panics_doc, reason = "a promise that is not kept panics; that is what it is for")]

pub mod browser;
pub mod credentials;
pub mod flows;
pub mod kept;
mod list;
pub mod people;
pub mod post;
pub mod relations;
pub mod rotation;
mod samples;
pub mod services;
pub mod sessions;
pub mod trail;
pub mod transactions;
pub mod two_writers;

pub use samples::Noon;

use async_trait::async_trait;
use std::sync::Arc;
use usecases::ports::store::Store;
use tower_sessions::session_store::SessionStore;

/// What a promise gives: nothing, or what went wrong.
pub type Kept = Result<(), Box<dyn std::error::Error>>;

/// A fresh, empty store under test; its clock stands still at [`Noon`].
#[async_trait]
pub trait Subject: Send + Sync {
    /// The store.
    fn store(&self) -> &dyn Store;
    /// Its sessions of browsers.
    fn browsers(&self) -> &dyn SessionStore;
    /// Deletes the sessions of browsers that ran out.
    async fn delete_expired(&self) -> Result<(), String>;
    /// Runs a statement past the store, as somebody with the database's password would.
    async fn raw(&self, sql: &str) -> Result<(), String>;
}

/// A store that lets two transactions write at a time.
#[async_trait]
pub trait TwoWriters: Subject {
    /// Whether a transaction of this store waits for another one's lock.
    async fn somebody_waits(&self) -> Result<bool, String>;
}
