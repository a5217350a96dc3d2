//! The store on SQLite: one file, one writer, readers beside it.
//!
//! WAL with `synchronous=FULL`: what was committed survives a power cut, which a hold on a login must (security
//! decision 6). Every query is checked against the migrations at compile time; `make sqlx` writes down the answers.

mod admission;
mod ask;
mod audits;
mod batch;
mod blocking;
mod browser;
mod checkpoints;
mod clients;
mod credentials;
mod devices;
mod erasures;
mod evidence;
mod export_jobs;
mod flows;
mod kept;
mod known_sources;
mod line;
mod line_on_record;
mod message;
mod outside;
mod passkeys;
mod password_shown;
mod people;
mod person_keys;
mod post;
mod publications;
mod reach;
mod reconfirmation;
mod registry;
mod relations;
mod retention;
mod services;
mod sessions;
#[path = "../../shared/mod.rs"]
mod shared;
mod trail;
mod tx;
mod wrong_answers;

pub use browser::BrowserSessions;

use async_trait::async_trait;
use domain::Timestamp;
use line::{ASKED, Line, PATIENCE};
use person_keys::KeyFile;
use shared::{Lanes, TrailKeys, fault, keys_fault, time};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use tx::SqliteTx;
use usecases::ports::chance::Clock;
use usecases::ports::store::{DatabaseClock, Store, StoreFault, Tx};

/// How many transactions may read at once.
const READERS: u32 = 8;

const AWAY: &str = "its file is not there, though people have keys in it: bring it back, or put its newest copy in its place; \
                    where none is left, `nsis-id keys replace-lost --new-store`";

/// A store in one SQLite file. Cloning shares its connections.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    /// One connection: writers queue here, in order, and never meet `SQLITE_BUSY` among themselves.
    writer: Line,
    /// One connection whose commits do not wait for the disk. Used by whoever has the writer's place, so neither meets the
    /// other.
    unhurried: Line,
    readers: Line,
    /// People's own keys of the trail, in a file apart.
    keys: Arc<TrailKeys>,
    lanes: Lanes,
}

impl SqliteStore {
    /// Opens the file, made readable for its owner only if it is not there. People's own keys of the trail lie beside it,
    /// with `.person-keys` behind its name. Call [`SqliteStore::migrate`] before use.
    pub async fn open(file: &Path) -> Result<Self, StoreFault> {
        Self::open_with(file, &Self::beside(file)).await
    }

    /// Where people's own keys of the trail lie when nothing else is said.
    pub fn beside(file: &Path) -> PathBuf {
        let mut name = file.as_os_str().to_owned();
        name.push(".person-keys");
        name.into()
    }

    /// The same as [`SqliteStore::open`], with people's own keys of the trail in this file; it is made by
    /// [`SqliteStore::migrate`].
    pub async fn open_with(file: &Path, person_keys: &Path) -> Result<Self, StoreFault> {
        make_private(file).map_err(|error| StoreFault::Database(Box::new(error)))?;
        let options = SqliteConnectOptions::new().filename(file).foreign_keys(true).busy_timeout(PATIENCE);
        let writing =
            options.clone().journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        // Set last, for opening waits as long as it must. The writer goes through all of the file, and says many things
        // together, of which each kind is kept ready.
        let writing = writing.pragma("cache_size", "-16384").pragma("busy_timeout", ASKED);
        // What is deleted is overwritten: of whoever is erased nothing stays in free pages.
        let writing = writing.pragma("secure_delete", "on");
        let writing = writing.statement_cache_capacity(200);
        let unhurried = options.clone().synchronous(SqliteSynchronous::Normal).pragma("busy_timeout", ASKED);
        let unhurried = unhurried.pragma("secure_delete", "on");
        let writer = Line::new(writing, 1).await.map_err(fault)?;
        let unhurried = Line::new(unhurried, 1).await.map_err(fault)?;
        // The file says itself that it has a log; who sets that once more waits for whoever writes.
        let readers = Line::new(options.pragma("query_only", "on"), READERS).await.map_err(fault)?;
        let keys = Arc::new(TrailKeys::in_place(KeyFile::at(person_keys.to_owned())));
        Ok(Self { writer, unhurried, readers, keys, lanes: Lanes::default() })
    }

    /// [`SqliteStore::migrate_tables`], then [`SqliteStore::migrate_keys`].
    pub async fn migrate(&self) -> Result<(), StoreFault> {
        self.migrate_tables().await?;
        self.migrate_keys().await
    }

    /// Brings the store of people's own keys up to date, and moves keys out of a database they still lie in. Safe to call
    /// again. A file that is missing although people have keys is away: none is made in its place.
    pub async fn migrate_keys(&self) -> Result<(), StoreFault> {
        if !self.keys_are_there() && person_keys::lie_apart(self).await? {
            return Err(keys_fault(AWAY));
        }
        self.make_keys_anew().await
    }

    /// The same, and makes the file wherever there is none, as an operator asks for whose file is gone for good: nobody has a
    /// key in it.
    pub async fn make_keys_anew(&self) -> Result<(), StoreFault> {
        self.keys.place.migrate().await?;
        person_keys::move_keys(self).await
    }

    /// Copies people's own keys, as they are at one moment, into a new file that is readable for its owner only. Whoever asks
    /// waits for the disk.
    pub async fn copy_keys(&self, to: &Path) -> Result<(), StoreFault> {
        make_private(to).map_err(keys_fault)?;
        self.keys.place.copy(to).await
    }

    /// Whether the file of people's own keys is there.
    pub fn keys_are_there(&self) -> bool {
        self.keys.place.is_there()
    }

    /// Brings the tables up to date. Safe to call again.
    pub async fn migrate_tables(&self) -> Result<(), StoreFault> {
        let mut lent = self.writer.lend().await.map_err(fault)?;
        let waits = format!("pragma busy_timeout = {}", PATIENCE.as_millis());
        sqlx::raw_sql(AssertSqlSafe(waits)).execute(lent.db()).await.map_err(fault)?;
        let migrated = sqlx::migrate!().run_direct(None, lent.db(), false).await;
        let asks = format!("pragma busy_timeout = {ASKED}");
        sqlx::raw_sql(AssertSqlSafe(asks)).execute(lent.db()).await.map_err(fault)?;
        migrated.map_err(|error| StoreFault::Database(Box::new(error)))
    }

    /// What browsers carry before anybody signed in.
    pub fn browser_sessions(&self, clock: Arc<dyn Clock>) -> BrowserSessions {
        BrowserSessions::new(self, clock)
    }

    /// Closes the file once every transaction has ended.
    pub async fn close(&self) {
        self.readers.close().await;
        self.keys.place.close().await;
        self.unhurried.close().await;
        self.writer.close().await;
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn begin(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        Ok(Box::new(SqliteTx::writing(self.writer.lend().await.map_err(fault)?, self, name)))
    }

    async fn begin_at_once(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        Ok(Box::new(SqliteTx::writing(self.writer.lend_at_once().await.map_err(fault)?, self, name)))
    }

    async fn reading(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        Ok(Box::new(SqliteTx::reading(self.readers.lend().await.map_err(fault)?, self, name)))
    }

    async fn look(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        Ok(Box::new(SqliteTx::look(self.readers.lend().await.map_err(fault)?, self, name)))
    }
}

#[async_trait]
impl DatabaseClock for SqliteStore {
    async fn database_now(&self) -> Result<Timestamp, StoreFault> {
        self.look("database_clock").await?.database_now().await
    }

    /// This machine's: the database is in this process and has no other, so the file need not be asked.
    async fn clock_alone(&self) -> Result<Timestamp, StoreFault> {
        #[expect(clippy::disallowed_methods, reason = "the clock this database has")]
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let micros = now.ok().and_then(|now| i64::try_from(now.as_micros()).ok());
        time(micros.ok_or(StoreFault::Unreadable("a time"))?)
    }
}

/// Makes the file if it is not there. SQLite gives its companion files (`-wal`, `-shm`) the same rights.
///
/// One that is there is not even opened: closing it again would take away every lock this process has on it (POSIX), and
/// the next process that goes away would believe itself the last and remove the log others still write to.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}
