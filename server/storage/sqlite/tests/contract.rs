//! The store on SQLite keeps every promise of the contract.

use async_trait::async_trait;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::sync::Arc;
use storage_contract::{Dialect, Noon, Subject};
use storage_sqlite::{BrowserSessions, SqliteStore};
use tempfile::TempDir;
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tower_sessions::session_store::{ExpiredDeletion, SessionStore};
use usecases::ports::store::{DatabaseClock, Stamp, Store, StoreFault};

/// A store in a file of its own, gone with the test.
struct InFile {
    store: SqliteStore,
    browsers: BrowserSessions,
    dir: TempDir,
}

async fn fresh() -> Result<InFile, Box<dyn std::error::Error>> {
    let dir = TempDir::new()?;
    let store = SqliteStore::open(&testkit::fresh_file(dir.path()).await).await?;
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
    async fn migrate(&self) -> Result<(), StoreFault> {
        self.store.migrate().await
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

/// Nobody has to come by: a command beside the running portal writes as soon as a request was given up.
#[tokio::test]
async fn what_is_dropped_lets_go_of_the_file_at_once() -> Result<(), Box<dyn std::error::Error>> {
    let subject = fresh().await?;
    let mut given_up = subject.store.begin("test").await?;
    given_up.set_stamp(Stamp::Demo).await?;
    drop(given_up);
    subject.raw("insert into stamp (one, word) values (1, 'pilot')").await?;
    assert_eq!(subject.store.look("test").await?.stamp().await?, Some(Stamp::Pilot));
    subject.store.close().await;
    assert!(subject.store.begin("test").await.is_err(), "nothing is lent after the end");
    Ok(())
}

/// One thread, so that each stands in the line when the next one comes.
#[tokio::test]
async fn what_must_be_at_once_goes_ahead_of_whoever_waits() -> Result<(), Box<dyn std::error::Error>> {
    let subject = fresh().await?;
    let writing = subject.store.begin("test").await?;
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut line = JoinSet::new();
    for name in ["first", "second", "third", "block"] {
        let (store, order) = (subject.store.clone(), Arc::clone(&order));
        line.spawn(async move {
            let tx = match name {
                "block" => store.begin_at_once(name).await,
                _ => store.begin(name).await,
            };
            order.lock().await.push(name);
            tx.map(drop)
        });
        tokio::task::yield_now().await;
    }
    drop(writing);
    while let Some(done) = line.join_next().await {
        done??;
    }
    assert_eq!(
        *order.lock().await,
        ["first", "block", "second", "third"],
        "whoever was at the front goes first"
    );
    Ok(())
}

storage_contract::contract_tests!(crate::fresh);
