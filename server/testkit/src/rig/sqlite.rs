//! A rig on an SQLite file of its own, and what only the owner of that file can do to it.

use super::Rig;
use crate::Cookies;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a test's database lies in its folder. Where `scripts/with-postgres` gave all tests of a run a place, it is there with
/// every table and nothing in them; the store's `migrate` is called on it in any case.
///
/// # Panics
/// Where files cannot be written.
pub async fn fresh_file(folder: &Path) -> PathBuf {
    if let Some(pattern) = pattern().await {
        for file in std::fs::read_dir(pattern).expect("a folder") {
            let file = file.expect("a file");
            std::fs::copy(file.path(), folder.join(file.file_name())).expect("a copy");
        }
    }
    folder.join("test.db")
}

/// The folder of the database that others are copied from: its migrations take longer than most tests do. Whoever comes first
/// makes it, in whichever process.
async fn pattern() -> Option<PathBuf> {
    let place = PathBuf::from(std::env::var_os("NSIS_ID_TEST_FOLDER")?);
    let pattern = place.join("pattern");
    if !pattern.exists() {
        let begun = tempfile::tempdir_in(&place).expect("a folder");
        let store = storage_sqlite::SqliteStore::open(&begun.path().join("test.db")).await.expect("a file");
        store.migrate().await.expect("tables");
        store.close().await;
        // Where another test was faster, its own is as good.
        let _ = std::fs::rename(begun.path(), &pattern);
    }
    Some(pattern)
}

impl Rig {
    /// Around an SQLite file of its own, which goes with it.
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = fresh_file(folder.path()).await;
        let store = storage_sqlite::SqliteStore::open(&file).await.expect("a file");
        store.migrate().await.expect("tables");
        let rig = Self::on(Arc::new(store.clone()));
        let cookies = Cookies::of(store.browser_sessions(rig.clock.clone()));
        Self { folder: Some(folder), cookies: Some(cookies), ..rig }
    }

    /// The same, whose SQLite file is `test.db` in this folder, which lasts as long as the rig.
    #[must_use]
    pub fn in_folder(self, folder: tempfile::TempDir) -> Self {
        Self { folder: Some(folder), ..self }
    }

    /// A second instance beside this one: the same database, all else of its own.
    pub async fn twin(&self) -> Self {
        #[cfg(feature = "postgres")]
        if let Some(url) = &self.url {
            let store = storage_postgres::PostgresStore::connect(url).await.expect("the same database");
            return Self { url: Some(url.clone()), ..Self::with_chance(Arc::new(store), 2) };
        }
        let store = storage_sqlite::SqliteStore::open(&self.file()).await.expect("the same file");
        Self::with_chance(Arc::new(store), 2)
    }

    /// The same of one on PostgreSQL, which asks for people's own keys of the trail somewhere else.
    #[cfg(feature = "postgres")]
    pub async fn twin_asking(&self, person_keys: &str) -> Self {
        let url = self.url.as_ref().expect("a rig on PostgreSQL");
        let store = storage_postgres::PostgresStore::connect_with(url, person_keys).await;
        let store = Arc::new(store.expect("the same database"));
        Self { url: Some(url.clone()), ..Self::with_chance(store, 2) }
    }

    /// The SQLite file, for a test that does what the store forbids.
    pub fn file(&self) -> PathBuf {
        self.folder.as_ref().expect("a rig on SQLite").path().join("test.db")
    }

    /// Does to the file what only its owner can, past everything the store forbids.
    pub async fn tamper(&self, sql: &str) {
        self.try_tamper(sql).await.expect("statements that run");
    }

    /// The same, where the file may refuse.
    pub async fn try_tamper(&self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        sqlx::raw_sql(sql).execute(&mut self.owner().await).await.map(drop)
    }

    /// The single number a query gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        #[cfg(feature = "postgres")]
        if let Some(url) = &self.url {
            use sqlx::Connection as _;
            let mut owner = sqlx::PgConnection::connect(url).await.expect("the same database");
            return sqlx::query_scalar(sql).fetch_one(&mut owner).await.expect("a number");
        }
        sqlx::query_scalar(sql).fetch_one(&mut self.owner().await).await.expect("a number")
    }

    async fn owner(&self) -> sqlx::SqliteConnection {
        use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
        SqliteConnectOptions::new().filename(self.file()).connect().await.expect("a connection")
    }
}
