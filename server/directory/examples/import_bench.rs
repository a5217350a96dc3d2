//! `import_bench [PEOPLE] [FOLDER]`: imports a made-up feed into a new SQLite file while a second process's worth of
//! sign-ins writes beside it. Prints the figures, one line of JSON each; with FOLDER also writes them there, one file
//! each.
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use domain::{SignedDuration, Timestamp};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};
use storage_sqlite::SqliteStore;
use testkit::{MORNING, Rig, hr};
use usecases::import_employees::import_employees;
use usecases::ports::chance::Clock;
use usecases::ports::store::Store;

type Failure = Box<dyn Error + Send + Sync>;

/// The longest a sign-in may wait for the database meanwhile.
const PATIENCE: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args_os().skip(1);
    let people: u32 = match arguments.next() {
        Some(text) => text.to_string_lossy().parse()?,
        None => 10_000,
    };
    let folder = arguments.next().map(PathBuf::from);
    let mut rig = Rig::on_sqlite().await;
    Arc::get_mut(&mut rig.house).ok_or("a house of our own")?.clock = Arc::new(WallClock);
    let bytes = file(people)?;

    let done = Arc::new(AtomicBool::new(false));
    let beside = SqliteStore::open(&rig.file()).await?;
    let sign_ins = tokio::spawn(sign_in_again_and_again(beside, Arc::clone(&done)));
    let first = import(&rig, &bytes).await?;
    done.store(true, Ordering::Relaxed);
    let mut waits = sign_ins.await??;
    waits.sort_unstable();
    let again = import(&rig, &bytes).await?;

    let longest = waits.last().copied().unwrap_or_default();
    let usual = waits.get(waits.len() * 95 / 100).copied().unwrap_or_default();
    let name = |what| format!("import-{people}-{what}");
    let seconds = Duration::as_secs_f64;
    for (name, value, limit) in [
        (name("first"), seconds(&first), 10.0),
        (name("again"), seconds(&again), 10.0),
        (name("sign-in-longest"), seconds(&longest), seconds(&PATIENCE)),
        (name("sign-in-p95"), seconds(&usual), seconds(&PATIENCE)),
    ] {
        say(folder.as_ref(), &name, value, limit)?;
    }
    writeln!(std::io::stderr(), "{} sign-ins wrote meanwhile", waits.len())?;
    Ok(())
}

/// The import lets others write by the clock, so here it must go.
struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        SignedDuration::try_from(since)
            .ok()
            .and_then(|since| Timestamp::from_duration(since).ok())
            .unwrap_or_default()
    }
}

/// Reads and imports, as the command does.
async fn import(rig: &Rig, bytes: &[u8]) -> Result<Duration, Failure> {
    let begun = Instant::now();
    let report = import_employees(&rig.cx(), directory::read(bytes)?, hr::by_operator()).await?;
    let taken = begun.elapsed();
    if let Some(error) = report.errors.first() {
        return Err(format!("line {} {} {}", error.line, error.column, error.reason).into());
    }
    writeln!(std::io::stderr(), "{report}")?;
    Ok(taken)
}

/// Writes what a sign-in writes; gives how long each took, the waiting for its turn included.
async fn sign_in_again_and_again(
    store: SqliteStore,
    done: Arc<AtomicBool>,
) -> Result<Vec<Duration>, Failure> {
    let mut waits = Vec::new();
    let now = MORNING.parse().map_err(|_| "no instant")?;
    while !done.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let mut tx = store.begin("bench_sign_in").await?;
        tx.count_wrong([7; 32], now).await?;
        tx.commit().await?;
        waits.push(begun.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(waits)
}

fn file(people: u32) -> Result<Vec<u8>, Failure> {
    let mut text = String::from(
        "employee_number;cpr;given_name;family_name;work_mail;private_mail;mobile;user_name;starts_on;ends_on;unit;cvr\n",
    );
    for n in 0..people {
        let line = hr::line(n);
        let cpr = hr::cpr(n);
        let (work, private) =
            (line.contact.work_mail.ok_or("a mail")?, line.contact.private_mail.ok_or("a mail")?);
        writeln!(
            text,
            "{};{cpr};{};{};{work};{private};;{};{};;{};{}",
            line.employee_number,
            line.given_name,
            line.family_name,
            line.user_name,
            line.starts_on,
            line.unit,
            line.cvr,
        )?;
    }
    Ok(text.into_bytes())
}

fn say(folder: Option<&PathBuf>, name: &str, value: f64, limit: f64) -> Result<(), Failure> {
    let ok = value <= limit;
    let figure = format!(
        r#"{{"name":"{name}","value":{value:.3},"unit":"s","limit":{limit},"ok":{ok},"command":"cargo run --release -p directory --example import_bench"}}"#
    );
    writeln!(std::io::stdout(), "{figure}")?;
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(format!("{name}.json")), figure)?;
    }
    Ok(())
}
