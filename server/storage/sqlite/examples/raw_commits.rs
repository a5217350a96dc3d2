//! `raw_commits [FOLDER]`: how many commits of one small row a second this machine's disk takes, with the durability we
//! use (WAL, `synchronous=FULL`) and one writer. Prints the figure as JSON; with FOLDER also writes it there.
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

const COMMITS: u32 = 1000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let place = tempfile::tempdir()?;
    let mut database = SqliteConnectOptions::new()
        .filename(place.path().join("raw.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    sqlx::query("CREATE TABLE raw (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
        .execute(&mut database)
        .await?;
    let begun = Instant::now();
    for _ in 0..COMMITS {
        let mut tx = database.begin().await?;
        sqlx::query("INSERT INTO raw (body) VALUES (zeroblob(200))").execute(&mut *tx).await?;
        tx.commit().await?;
    }
    let rate = f64::from(COMMITS) / begun.elapsed().as_secs_f64();
    let figure = format!(
        r#"{{"name":"raw-commits","value":{rate:.0},"unit":"per second","limit":null,"ok":true,"command":"cargo run --release -p storage_sqlite --example raw_commits"}}"#
    );
    writeln!(std::io::stdout(), "{figure}")?;
    if let Some(folder) = folder {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("raw-commits.json"), figure)?;
    }
    Ok(())
}
