//! The store on SQLite keeps every promise of the contract.

use async_trait::async_trait;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::sync::Arc;
use storage_contract::{Dialect, Noon, Subject};
use storage_sqlite::{BrowserSessions, SqliteStore};
use tempfile::TempDir;
use tower_sessions::session_store::{ExpiredDeletion, SessionStore};
use usecases::ports::store::{DatabaseClock, Store};

/// A store in a file of its own, gone with the test.
struct InFile {
    store: SqliteStore,
    browsers: BrowserSessions,
    dir: TempDir,
}

async fn fresh() -> Result<InFile, Box<dyn std::error::Error>> {
    let dir = TempDir::new()?;
    let store = SqliteStore::open(&dir.path().join("test.db")).await?;
    store.migrate().await?;
    let browsers = store.browser_sessions(Arc::new(Noon));
    Ok(InFile { store, browsers, dir })
}

#[async_trait]
impl Subject for InFile {
    fn store(&self) -> &dyn Store {
        &self.store
    }
    fn clock(&self) -> &dyn DatabaseClock {
        &self.store
    }
    fn shared(&self) -> Arc<dyn Store> {
        Arc::new(self.store.clone())
    }
    async fn fresh(&self) -> Result<Box<dyn Subject>, Box<dyn std::error::Error>> {
        Ok(Box::new(fresh().await?))
    }
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
    fn browsers(&self) -> &dyn SessionStore {
        &self.browsers
    }
    async fn delete_expired(&self) -> Result<(), String> {
        self.browsers.delete_expired().await.map_err(|error| error.to_string())
    }
    async fn raw(&self, sql: &str) -> Result<(), String> {
        let file = self.dir.path().join("test.db");
        let run = async {
            let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await?;
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await?;
            connection.close().await
        };
        run.await.map_err(|error| error.to_string())
    }
}

storage_contract::contract_tests!(crate::fresh);
