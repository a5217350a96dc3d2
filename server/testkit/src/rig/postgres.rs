//! A rig on a PostgreSQL database of its own, copied from one that is made once.

use super::Rig;
use crate::Cookies;
use std::sync::Arc;

impl Rig {
    /// Around a PostgreSQL database of its own, on the server `scripts/with-postgres` starts; gone with that server.
    pub async fn on_postgres() -> Self {
        let url = fresh_database().await;
        let store = storage_postgres::PostgresStore::connect(&url).await.expect("a database");
        store.migrate().await.expect("tables");
        let rig = Self::on(Arc::new(store.clone()));
        let cookies = Cookies::of(store.browser_sessions(rig.clock.clone()));
        Self { url: Some(url), cookies: Some(cookies), ..rig }
    }

    /// Which kind of database it stands on, in a figure's name.
    pub fn database(&self) -> &'static str {
        if self.url.is_some() { "postgres" } else { "sqlite" }
    }
}

/// A PostgreSQL database of its own, with every table and nothing in them; gives its address.
///
/// # Panics
/// Without the server that `scripts/with-postgres` starts.
pub async fn fresh_database() -> String {
    use sqlx::Connection as _;
    let server = postgres_server();
    let mut connection = sqlx::PgConnection::connect(&server).await.expect("a server");
    pattern(&mut connection, &server).await;
    database_like(PATTERN).await
}

fn postgres_server() -> String {
    std::env::var("NSIS_ID_TEST_PG").expect("a server: run the tests through scripts/with-postgres")
}

/// One with what is in another.
pub(super) async fn database_like(template: &str) -> String {
    use sqlx::Connection as _;
    use std::sync::atomic::{AtomicU32, Ordering};
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = postgres_server();
    let name = format!("rig_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let mut connection = sqlx::PgConnection::connect(&server).await.expect("a server");
    // Numbers of processes come round again within a long run: one of the same name is a dead test's.
    for sql in [
        format!("drop database if exists {name} with (force)"),
        format!("create database {name} template {template}"),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.expect("a database");
    }
    server.replace("/postgres?", &format!("/{name}?"))
}

/// The database that others are copied from.
const PATTERN: &str = "rig_pattern";

/// Sees to it that the database others are copied from is there: to bring each of them up to date by itself costs more than
/// most tests do. Whoever comes first makes it, in whichever process.
async fn pattern(connection: &mut sqlx::PgConnection, server: &str) {
    let run = async |connection: &mut sqlx::PgConnection, sql: &'static str| {
        sqlx::raw_sql(sql).execute(connection).await.expect("a server that does as it is told");
    };
    run(connection, "select pg_advisory_lock(1)").await;
    let there = "select exists (select 1 from pg_database where datname = 'rig_pattern')";
    if !sqlx::query_scalar::<_, bool>(there).fetch_one(&mut *connection).await.expect("a yes or no") {
        run(connection, "drop database if exists rig_begun").await;
        run(connection, "create database rig_begun").await;
        let begun = server.replace("/postgres?", "/rig_begun?");
        let store = storage_postgres::PostgresStore::connect(&begun).await.expect("a database");
        store.migrate().await.expect("migrations");
        store.close().await;
        run(connection, "alter database rig_begun rename to rig_pattern").await;
    }
    run(connection, "select pg_advisory_unlock(1)").await;
}
