//! The store on PostgreSQL, for operation on more than one machine.
//!
//! Read committed, rows locked where the port says so: making a session reads its person `for share`, putting a hold
//! `for update` (security decision 6). Every query is checked against the migrations at compile time; `make sqlx`
//! writes down the answers.

mod admission;
mod appended;
mod ask;
mod audits;
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
mod silence;
mod standbys;
mod trail;
mod tx;
mod way;
mod wrong_answers;

pub use browser::BrowserSessions;
pub use way::{Unsafe, check_address, is_same_database};

use async_trait::async_trait;
use domain::Timestamp;
use person_keys::KeyDatabase;
use shared::{Lanes, TrailKeys, fault};
use sqlx::postgres::PgPoolOptions;
use sqlx::{Connection as _, PgPool};
use std::sync::Arc;
use std::time::Duration;
use tx::PgTx;
use usecases::ports::chance::Clock;
use usecases::ports::store::{DatabaseClock, Store, StoreFault, Tx};

/// How long a transaction waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many connections one instance holds at most.
const CONNECTIONS: u32 = 12;
/// How many more are kept for what goes ahead of everybody.
const KEPT: u32 = 3;
/// How many more only look: who comes with a cookie is looked up on them, and does not stand behind a storm's transactions.
const LOOKING: u32 = 3;
/// How many more keep what browsers carry, for the same reason.
const BROWSERS: u32 = 2;
/// How long a statement waits for a lock, and an open transaction for its next statement: ours last milliseconds, and
/// one that got lost must not keep a hold waiting.
const TIMEOUTS: [(&str, &str); 2] = [("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "30s")];

/// So long after somebody gave a connection back it is taken without being asked first whether anybody is there: it was asked
/// when it came back, and that question costs as much as any other.
const FRESH: Duration = Duration::from_secs(1);

/// A pool of so many connections.
fn pool(size: u32) -> PgPoolOptions {
    let pool = PgPoolOptions::new().max_connections(size).acquire_timeout(PATIENCE);
    pool.test_before_acquire(false).before_acquire(|connection, how| {
        Box::pin(async move {
            if how.idle_for > FRESH {
                connection.ping().await?;
            }
            Ok(true)
        })
    })
}

/// A store in a PostgreSQL database. Cloning shares its connections.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pool: PgPool,
    kept: PgPool,
    looking: PgPool,
    browsers: PgPool,
    /// People's own keys of the trail, in a schema apart.
    keys: Arc<TrailKeys>,
    lanes: Lanes,
}

/// The database may lose what it said it committed: a hold could vanish with a crash (security decision 6).
#[derive(Debug, thiserror::Error)]
#[error("synchronous_commit is off; the database must keep what it committed")]
pub struct Forgetful;

impl PostgresStore {
    /// Connects to `postgres://user@host/database?sslmode=verify-full`; refuses an open way to another machine
    /// ([`check_address`]), and a database with `synchronous_commit` off. Where standbys may lag the log says so. People's own
    /// keys of the trail lie in a schema of the same database. Call [`PostgresStore::migrate`] before use.
    pub async fn connect(url: &str) -> Result<Self, StoreFault> {
        Self::connect_with(url, url).await
    }

    /// The same, with people's own keys of the trail in the schema `person_keys` of another database.
    pub async fn connect_with(url: &str, person_keys: &str) -> Result<Self, StoreFault> {
        let options = way::options(url).map_err(|error| StoreFault::Database(Box::new(error)))?;
        let options = options.application_name("nsis-id").options(TIMEOUTS);
        // Open from the start: who blocks amid a storm does not wait until a connection is made.
        let open = |size, options| pool(size).min_connections(size).connect_lazy_with(options);
        let (kept, browsers) = (open(KEPT, options.clone()), open(BROWSERS, options.clone()));
        let looking = open(LOOKING, options.clone().options([("default_transaction_read_only", "on")]));
        let pool = pool(CONNECTIONS).connect_with(options).await.map_err(fault)?;
        let commit = sqlx::query_scalar!(r#"select current_setting('synchronous_commit') as "setting!""#);
        if commit.fetch_one(&pool).await.map_err(fault)? == "off" {
            return Err(StoreFault::Database(Box::new(Forgetful)));
        }
        standbys::look(&pool).await;
        let keys = Arc::new(TrailKeys::in_place(KeyDatabase::at(person_keys)?));
        Ok(Self { pool, kept, looking, browsers, keys, lanes: Lanes::default() })
    }

    /// [`PostgresStore::migrate_tables`], then [`PostgresStore::migrate_keys`].
    pub async fn migrate(&self) -> Result<(), StoreFault> {
        self.migrate_tables().await?;
        self.migrate_keys().await
    }

    /// Brings the tables up to date, one instance at a time. Safe to call again.
    pub async fn migrate_tables(&self) -> Result<(), StoreFault> {
        let migrated = sqlx::migrate!().run(&self.pool).await;
        migrated.map_err(|error| StoreFault::Database(Box::new(error)))
    }

    /// Brings the store of people's own keys up to date, and moves keys out of tables they still lie in. Safe to call again.
    pub async fn migrate_keys(&self) -> Result<(), StoreFault> {
        self.keys.place.migrate().await?;
        person_keys::move_keys(self).await
    }

    /// Whether the store of people's own keys answers anything at all.
    pub async fn keys_are_there(&self) -> bool {
        self.keys.place.is_there().await
    }

    /// What browsers carry before anybody signed in.
    pub fn browser_sessions(&self, clock: Arc<dyn Clock>) -> BrowserSessions {
        BrowserSessions::new(self.browsers.clone(), clock)
    }

    /// Closes the connections once every transaction has ended.
    pub async fn close(&self) {
        for ahead in [&self.kept, &self.looking, &self.browsers] {
            ahead.close().await;
        }
        self.keys.place.close().await;
        self.pool.close().await;
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn begin(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        let tx = self.pool.begin_with("begin isolation level read committed").await.map_err(fault)?;
        Ok(Box::new(PgTx::writing(tx, self, name)))
    }

    async fn begin_at_once(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        let tx = self.kept.begin_with("begin isolation level read committed").await.map_err(fault)?;
        Ok(Box::new(PgTx::writing(tx, self, name)))
    }

    async fn reading(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        let tx =
            self.pool.begin_with("begin isolation level repeatable read read only").await.map_err(fault)?;
        Ok(Box::new(PgTx::reading(tx, self, name)))
    }

    async fn look(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        let connection = self.looking.acquire().await.map_err(fault)?;
        Ok(Box::new(PgTx::look(connection, self, name)))
    }
}

#[async_trait]
impl DatabaseClock for PostgresStore {
    async fn database_now(&self) -> Result<Timestamp, StoreFault> {
        self.look("database_clock").await?.database_now().await
    }
}
