//! `raw_commits_postgres [FOLDER]`: how many commits of one small row a second the PostgreSQL of `scripts/with-postgres`
//! takes, over its socket and by as many connections as ask it at once elsewhere. Prints the figure as JSON; with FOLDER also
//! writes it there.
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use sqlx::{Connection as _, PgConnection};
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Barrier;

/// As many as a crowd in the benches has.
const WRITERS: usize = 8;
/// Commits by each.
const COMMITS: u32 = 250;

type Fault = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let address = std::env::var("NSIS_ID_TEST_PG")?;
    let mut database = PgConnection::connect(&address).await?;
    sqlx::query("drop table if exists raw_commits").execute(&mut database).await?;
    sqlx::query(
        "create table raw_commits (id bigint generated always as identity primary key, body bytea not null)",
    )
    .execute(&mut database)
    .await?;
    let waits: String =
        sqlx::query_scalar("select current_setting('fsync')").fetch_one(&mut database).await?;
    let ready = Arc::new(Barrier::new(WRITERS + 1));
    let writers: Vec<_> =
        (0..WRITERS).map(|_| tokio::spawn(write(address.clone(), Arc::clone(&ready)))).collect();
    ready.wait().await;
    let begun = Instant::now();
    let mut commits = 0;
    for writer in writers {
        commits += writer.await??;
    }
    let rate = f64::from(commits) / begun.elapsed().as_secs_f64();
    sqlx::query("drop table raw_commits").execute(&mut database).await?;
    say(folder, rate, &waits)
}

/// All wait for each other first, so that connecting does not count; who cannot connect lets the others wait no longer.
async fn write(address: String, ready: Arc<Barrier>) -> Result<u32, Fault> {
    let connected = PgConnection::connect(&address).await;
    ready.wait().await;
    let mut database = connected?;
    for _ in 0..COMMITS {
        let mut tx = database.begin().await?;
        sqlx::query("insert into raw_commits (body) values (decode(repeat('00', 200), 'hex'))")
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
    }
    Ok(COMMITS)
}

fn say(folder: Option<PathBuf>, rate: f64, waits: &str) -> Result<(), Fault> {
    let figure = format!(
        r#"{{"name":"raw-commits-postgres","value":{rate:.0},"unit":"per second by {WRITERS}, fsync {waits}","limit":null,"ok":true,"command":"scripts/with-postgres cargo run --release -p storage_postgres --example raw_commits_postgres"}}"#
    );
    writeln!(std::io::stdout(), "{figure}")?;
    if let Some(folder) = folder {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("raw-commits-postgres.json"), figure)?;
    }
    Ok(())
}
