//! Which database: an SQLite file or PostgreSQL.

use crate::fault::CommandFault;
use std::path::Path;
use std::sync::Arc;
use storage_postgres::PostgresStore;
use storage_sqlite::SqliteStore;
use tower_sessions::session_store::ExpiredDeletion as _;
use usecases::ports::chance::Clock;
use usecases::ports::store::{DatabaseClock, Stamp, Store, StoreFault};

/// An open database.
#[derive(Clone, Debug)]
pub(crate) enum Database {
    /// An SQLite file.
    Sqlite(Arc<SqliteStore>),
    /// PostgreSQL.
    Postgres(Arc<PostgresStore>),
}

impl Database {
    /// Opens `sqlite:FILE` or `postgres://…`, with people's own keys of the trail in such another one, or where they lie when
    /// none is named.
    pub(crate) async fn open(address: &str, person_keys: Option<&str>) -> Result<Self, CommandFault> {
        if let Some(file) = address.strip_prefix("sqlite:").map(Path::new) {
            let keys = person_keys.map(|keys| Path::new(keys.strip_prefix("sqlite:").unwrap_or(keys)));
            let keys = keys.map_or_else(|| SqliteStore::beside(file), Path::to_path_buf);
            let store = SqliteStore::open_with(file, &keys)
                .await
                .map_err(CommandFault::during("opening the database"))?;
            Ok(Self::Sqlite(Arc::new(store)))
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let store = PostgresStore::connect_with(address, person_keys.unwrap_or(address))
                .await
                .map_err(CommandFault::during("connecting to the database"))?;
            Ok(Self::Postgres(Arc::new(store)))
        } else {
            Err(CommandFault::refused("database must be sqlite:FILE or postgres://…"))
        }
    }

    /// The same, but a file that is not there is refused and not made.
    pub(crate) async fn open_existing(
        address: &str,
        person_keys: Option<&str>,
    ) -> Result<Self, CommandFault> {
        match address.strip_prefix("sqlite:").map(Path::new) {
            Some(file) if !file.exists() => Err(CommandFault::refused(format!(
                "there is no database {} yet: `nsis-id keys create` makes one",
                file.display()
            ))),
            _ => Self::open(address, person_keys).await,
        }
    }

    /// The port.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Sqlite(store) => store.clone(),
            Self::Postgres(store) => store.clone(),
        }
    }

    /// Its own clock.
    pub(crate) fn clock(&self) -> Arc<dyn DatabaseClock> {
        match self {
            Self::Sqlite(store) => store.clone(),
            Self::Postgres(store) => store.clone(),
        }
    }

    /// Brings it to this programme's version.
    pub(crate) async fn migrate(&self) -> Result<(), CommandFault> {
        let done = match self {
            Self::Sqlite(store) => store.migrate().await,
            Self::Postgres(store) => store.migrate().await,
        };
        done.map_err(CommandFault::during("bringing the database to this version"))
    }

    /// The same for who serves: a store of people's own keys that is away keeps nobody from blocking, so it is said, and the
    /// house starts. One that is there and cannot be used is refused.
    pub(crate) async fn migrate_to_serve(&self) -> Result<(), CommandFault> {
        let done = match self {
            Self::Sqlite(store) => store.migrate_tables().await,
            Self::Postgres(store) => store.migrate_tables().await,
        };
        done.map_err(CommandFault::during("bringing the database to this version"))?;
        let Err(fault) = self.migrate_keys().await else { return Ok(()) };
        if self.keys_are_there().await {
            return Err(CommandFault::during("bringing people's own keys to this version")(fault));
        }
        tracing::error!(
            error = %crate::fault::chain(&fault),
            "the store of people's own keys is away: until it is back nobody signs in, and blocking alone goes on"
        );
        Ok(())
    }

    /// Brings the store of people's own keys to this programme's version.
    pub(crate) async fn migrate_keys(&self) -> Result<(), StoreFault> {
        match self {
            Self::Sqlite(store) => store.migrate_keys().await,
            Self::Postgres(store) => store.migrate_keys().await,
        }
    }

    /// Whether the store of people's own keys is there, whatever becomes of it.
    pub(crate) async fn keys_are_there(&self) -> bool {
        match self {
            Self::Sqlite(store) => store.keys_are_there(),
            Self::Postgres(store) => store.keys_are_there().await,
        }
    }

    /// Makes an empty store of people's own keys in the place of one that is gone for good.
    pub(crate) async fn make_keys_anew(&self) -> Result<(), StoreFault> {
        match self {
            Self::Sqlite(store) => store.make_keys_anew().await,
            Self::Postgres(store) => store.migrate_keys().await,
        }
    }

    /// Deletes what browsers carried whose time is over.
    pub(crate) async fn delete_expired(&self, clock: Arc<dyn Clock>) -> Result<(), String> {
        let deleted = match self {
            Self::Sqlite(store) => store.browser_sessions(clock).delete_expired().await,
            Self::Postgres(store) => store.browser_sessions(clock).delete_expired().await,
        };
        deleted.map_err(|error| error.to_string())
    }

    /// Mounts the site over this database's browser sessions.
    pub(crate) fn router(&self, edge: http_edge::Edge, clock: Arc<dyn Clock>) -> axum::Router {
        match self {
            Self::Sqlite(store) => http_edge::router(edge, store.browser_sessions(clock)),
            Self::Postgres(store) => http_edge::router(edge, store.browser_sessions(clock)),
        }
    }
}

/// Stamps a new database; refuses one made for another kind (security decision 25).
pub(crate) async fn stamp(store: &dyn Store, stamp: Stamp) -> Result<(), CommandFault> {
    let mut tx = store.begin("stamp").await.map_err(CommandFault::during("reading the database's stamp"))?;
    match tx.set_stamp(stamp).await {
        Ok(()) => tx.commit().await.map_err(CommandFault::during("stamping the database")),
        Err(StoreFault::Conflict(_)) => Err(other_kind(stamp)),
        Err(fault) => Err(CommandFault::during("stamping the database")(fault)),
    }
}

/// Refuses a database made for another kind; stamps nothing.
pub(crate) async fn compare_stamp(store: &dyn Store, stamp: Stamp) -> Result<(), CommandFault> {
    let reading = "reading the database's stamp";
    let mut tx = store.reading("stamp").await.map_err(CommandFault::during(reading))?;
    match tx.stamp().await.map_err(CommandFault::during(reading))? {
        Some(other) if other != stamp => Err(other_kind(stamp)),
        _ => Ok(()),
    }
}

fn other_kind(stamp: Stamp) -> CommandFault {
    CommandFault::refused(format!(
        "this database was not made for {}; a database is stamped once. Use the one that was, or a new one.",
        stamp.word()
    ))
}
