//! What a database's owner can do to either kind: a backup, a look at its bytes, statements that the store forbids.

use super::Rig;
use super::postgres::database_like;
use std::sync::Arc;
use usecases::ports::store::Store;

impl Rig {
    /// A backup of what is in the database now, restored: the same kind of database, opened beside this one. People's keys are
    /// not in it: they stay where they are.
    pub async fn backup(&self) -> Arc<dyn Store> {
        let Some(url) = &self.url else {
            let copy = self.file().with_extension(format!("{}.db", self.copies()));
            self.tamper(&format!("vacuum into '{}'", copy.display())).await;
            return Arc::new(
                storage_sqlite::SqliteStore::open_with(&copy, &self.key_file()).await.expect("a copy"),
            );
        };
        let copy = database_like("template1").await;
        let tool = |name: &str| {
            let bin = std::env::var("NSIS_ID_TEST_PG_BIN").expect("the tools of scripts/with-postgres");
            std::process::Command::new(std::path::Path::new(&bin).join(name))
        };
        let dump = tool("pg_dump").args(["--exclude-schema", KEYS]).arg(url).output().expect("a dump");
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), &dump.stdout).expect("a file");
        let read =
            tool("psql").args(["-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(file.path()).arg(&copy).output();
        assert!(dump.status.success() && read.expect("psql").status.success(), "a backup");
        Arc::new(storage_postgres::PostgresStore::connect_with(&copy, url).await.expect("a copy"))
    }

    /// Whether these bytes stand anywhere in the database: in the file itself with its free pages, or in a dump of it. Where
    /// people's keys lie is another place: [`Rig::keys_hold`].
    pub async fn holds(&self, value: &[u8]) -> bool {
        let Some(url) = &self.url else {
            self.tamper("pragma wal_checkpoint(truncate)").await;
            return stands(&std::fs::read(self.file()).expect("the file"), value);
        };
        dump_holds(url, &["--exclude-schema", KEYS], value)
    }

    /// Whether these bytes stand anywhere where people's own keys of the trail lie, the file's log included.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    pub fn keys_hold(&self, value: &[u8]) -> bool {
        let Some(url) = &self.url else {
            let file = self.key_file();
            let log = std::path::PathBuf::from(format!("{}-wal", file.display()));
            return [file, log].iter().any(|it| std::fs::read(it).is_ok_and(|all| stands(&all, value)));
        };
        dump_holds(url, &["--schema", KEYS], value)
    }

    /// The file people's own keys of the trail lie in.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    fn key_file(&self) -> std::path::PathBuf {
        storage_sqlite::SqliteStore::beside(&self.file())
    }

    /// Loses every person's key of the trail, as when an older copy of the keys was put back. What runs may remember some of
    /// them for a few seconds; a [`Rig::twin`] knows none.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    pub async fn lose_keys(&self) {
        use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
        if self.url.is_some() {
            return self.as_owner("delete from person_keys.trail_keys").await;
        }
        let keys = SqliteConnectOptions::new().filename(self.key_file());
        let mut keys = keys.connect().await.expect("a connection");
        sqlx::raw_sql("delete from trail_keys").execute(&mut keys).await.expect("a table");
    }

    /// How many files lie in the rig's folder: a name for the next one.
    fn copies(&self) -> usize {
        let folder = self.folder.as_ref().expect("a rig on SQLite");
        std::fs::read_dir(folder.path()).expect("a folder").count()
    }

    /// Runs statements as the database's owner, past everything the store forbids, on whichever database it is.
    pub async fn as_owner(&self, sql: &str) {
        self.try_as_owner(sql).await.expect("statements that run");
    }

    /// The same, where the database may refuse.
    pub async fn try_as_owner(&self, sql: &str) -> Result<(), sqlx::Error> {
        use sqlx::Connection as _;
        let Some(url) = &self.url else { return self.try_tamper(sql).await };
        let mut owner = sqlx::PgConnection::connect(url).await.expect("the same database");
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        sqlx::raw_sql(sql).execute(&mut owner).await.map(drop)
    }

    /// Takes away what keeps the trail append-only, as its owner can.
    pub async fn unguard_the_trail(&self) {
        let guards = [
            ("audit_events_stay", "audit_events"),
            ("audit_events_last", "audit_events"),
            ("audit_chain_stays", "audit_chain"),
            ("audit_chain_lasts", "audit_chain"),
            ("audit_expired_new", "audit_expired"),
            ("audit_expired_stays", "audit_expired"),
            ("audit_expired_lasts", "audit_expired"),
            ("audit_checkpoints_stay", "audit_checkpoints"),
            ("audit_checkpoints_last", "audit_checkpoints"),
        ];
        for (guard, table) in guards {
            let on = if self.url.is_some() { format!(" on {table}") } else { String::new() };
            self.as_owner(&format!("drop trigger {guard}{on}")).await;
        }
    }
}

/// The schema people's own keys of the trail lie in.
const KEYS: &str = "person_keys";

fn stands(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|it| it == part)
}

/// Whether these bytes stand in a dump of some of a database.
fn dump_holds(url: &str, some: &[&str], value: &[u8]) -> bool {
    let bin = std::env::var("NSIS_ID_TEST_PG_BIN").expect("the tools of scripts/with-postgres");
    let mut dump = std::process::Command::new(std::path::Path::new(&bin).join("pg_dump"));
    let dump = dump.args(some).arg(url).output().expect("a dump").stdout;
    let hex = value.iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
    stands(&dump, value) || stands(&dump, hex.as_bytes())
}
