//! The store on PostgreSQL keeps every promise of the contract. `scripts/with-postgres` starts the server.

use async_trait::async_trait;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use storage_contract::{Dialect, Noon, Subject, TwoWriters};
use storage_postgres::{BrowserSessions, PostgresStore};
use tower_sessions::session_store::{ExpiredDeletion, SessionStore};
use usecases::ports::store::{DatabaseClock, Store, StoreFault};

/// A store in a database of its own; the server forgets it at its end.
struct InDatabase {
    store: PostgresStore,
    browsers: BrowserSessions,
    url: String,
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The server's own address.
fn server() -> Outcome<String> {
    let address = std::env::var("NSIS_ID_TEST_PG");
    address.map_err(|_| "NSIS_ID_TEST_PG is not set: run the tests through scripts/with-postgres".into())
}

async fn run(url: &str, sql: String) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
    connection.close().await
}

/// Makes a database; gives its address.
async fn database() -> Outcome<String> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = server()?;
    let name = format!("test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    run(&server, format!("drop database if exists {name}")).await?;
    run(&server, format!("create database {name}")).await?;
    Ok(server.replace("/postgres?", &format!("/{name}?")))
}

async fn fresh() -> Outcome<InDatabase> {
    let url = testkit::fresh_database().await;
    let store = PostgresStore::connect(&url).await?;
    let browsers = store.browser_sessions(Arc::new(Noon));
    Ok(InDatabase { store, browsers, url })
}

#[async_trait]
impl Subject for InDatabase {
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
        Dialect::Postgres
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
        run(&self.url, sql.to_owned()).await.map_err(|error| error.to_string())
    }
}

#[async_trait]
impl TwoWriters for InDatabase {
    async fn somebody_waits(&self) -> Result<bool, String> {
        let look = async {
            let mut connection = PgConnection::connect(&self.url).await?;
            let waiting = "select exists (select 1 from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock')";
            let waits = sqlx::query_scalar(waiting).fetch_one(&mut connection).await?;
            connection.close().await?;
            Ok::<bool, sqlx::Error>(waits)
        };
        look.await.map_err(|error| error.to_string())
    }
}

storage_contract::contract_tests!(crate::fresh);
storage_contract::two_writer_tests!(crate::fresh);

#[tokio::test]
async fn a_database_that_may_lose_a_hold_is_refused() -> Outcome<()> {
    let url = database().await?;
    let forget = "do $$ begin
        execute format('alter database %I set synchronous_commit = off', current_database());
    end $$";
    run(&url, forget.into()).await?;
    let refused = PostgresStore::connect(&url).await;
    assert!(format!("{refused:?}").contains("Forgetful"), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn the_trail_stands_even_against_a_session_that_claims_to_replicate() -> Outcome<()> {
    for sql in [
        "delete from audit_events",
        "update audit_events set facts = 'x'",
        "truncate audit_events",
        "delete from audit_chain",
        "truncate audit_chain",
        "delete from stamp",
        "truncate user_names",
    ] {
        let refused =
            fresh().await?.raw(&format!("{SOME_ROWS}; set session_replication_role = replica; {sql}")).await;
        let said = refused.err().unwrap_or_default();
        assert!(
            ["append-only", "stamped once", "reserved"].iter().any(|words| said.contains(words)),
            "{sql}: {said}"
        );
    }
    Ok(())
}

const SOME_ROWS: &str =
    "insert into audit_events (id, format, at, kind, actor, request, facts, personal, mac)
        values (gen_random_uuid(), 1, 0, 'test', 'x', gen_random_uuid(), '', '', '');
    insert into audit_chain (place, event, hash) values (1, gen_random_uuid(), '');
    insert into stamp values (1, 'demo')";
