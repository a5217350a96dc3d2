//! The store on SQLite: one file, one writer, readers beside it.
//!
//! WAL with `synchronous=FULL`: what was committed survives a power cut, which a hold on a login must (security
//! decision 6). Every query is checked against the migrations at compile time; `make sqlx` writes down the answers.

mod browser;
mod credentials;
mod flows;
mod kept;
mod people;
mod post;
mod services;
mod sessions;
#[path = "../../shared/mod.rs"]
mod shared;
mod trail;
mod tx;

pub use browser::BrowserSessions;

use async_trait::async_trait;
use domain::Timestamp;
use shared::fault;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tx::SqliteTx;
use usecases::ports::chance::Clock;
use usecases::ports::store::{DatabaseClock, Store, StoreFault, Tx};

/// How long a transaction waits for the writer before it, ours or another process's.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many transactions may read at once.
const READERS: u32 = 8;

/// A store in one SQLite file. Cloning shares its connections.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    /// One connection: writers queue here, in order, and never meet `SQLITE_BUSY` among themselves.
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the file, made readable for its owner only if it is not there. Call [`SqliteStore::migrate`] before use.
    pub async fn open(file: &Path) -> Result<Self, StoreFault> {
        make_private(file).map_err(|error| StoreFault::Database(Box::new(error)))?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE);
        let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
        let writer = writer.connect_with(options.clone()).await.map_err(fault)?;
        let readers = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(PATIENCE);
        let readers = readers.connect_lazy_with(options.pragma("query_only", "on"));
        Ok(Self { writer, readers })
    }

    /// Brings the tables up to date. Safe to call again.
    pub async fn migrate(&self) -> Result<(), StoreFault> {
        let migrated = sqlx::migrate!().run(&self.writer).await;
        migrated.map_err(|error| StoreFault::Database(Box::new(error)))
    }

    /// What browsers carry before anybody signed in.
    pub fn browser_sessions(&self, clock: Arc<dyn Clock>) -> BrowserSessions {
        BrowserSessions::new(self.writer.clone(), self.readers.clone(), clock)
    }

    /// Closes the file once every transaction has ended.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn begin(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        let tx = self.writer.begin_with("begin immediate").await.map_err(fault)?;
        Ok(Box::new(SqliteTx::new(tx, name)))
    }

    async fn reading(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        let tx = self.readers.begin().await.map_err(fault)?;
        Ok(Box::new(SqliteTx::new(tx, name)))
    }
}

#[async_trait]
impl DatabaseClock for SqliteStore {
    async fn database_now(&self) -> Result<Timestamp, StoreFault> {
        self.reading("database_clock").await?.database_now().await
    }
}

/// Makes the file if it is not there. SQLite gives its companion files (`-wal`, `-shm`) the same rights.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}
