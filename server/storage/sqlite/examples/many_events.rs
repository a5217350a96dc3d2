//! `many_events FOLDER EVENTS`: fills the trail of a demo that stands still, in this folder, up to so many events, each sealed,
//! vouched for and chained as the programme does it. For what must stay quick when a trail has grown old.
//!
//! The events are of the last four years and about everybody the demo knows, evenly. It does what only the owner of the file
//! can: what keeps the trail append-only, and what makes it quick to look up, is put aside meanwhile.
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use domain::audit::{Actor, EventKind, FORMAT, Follower, Hash, Link, Origin, Row};
use domain::ids::{InstanceId, PersonId};
use domain::{SignedDuration, Timestamp};
use keys::{KekSource, KeyRing, LocalVault, SystemClock, SystemEntropy};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::types::Uuid;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, QueryBuilder, Sqlite, SqliteConnection};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Instant;
use storage_sqlite::SqliteStore;
use tokio::task::{JoinHandle, spawn_blocking};
use usecases::ports::chance::Clock as _;
use usecases::ports::store::Stamp;
use usecases::ports::vault::{KeyUse, Sealed, Vault as _};

/// Rows of one transaction.
const CHUNK: u64 = 20_000;
/// Rows of one statement.
const TOGETHER: usize = 50;
const A_YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);
/// As much as a service's request and its answer are kept, and a year less: nothing of it is due to go.
const YEARS: i32 = 4;
/// The first half of a UUIDv7 of no particular time.
const SOME_TIME: u64 = 0x0192_0000_0000_7000;
/// The variant of RFC 9562.
const VARIANT: u64 = 1 << 63;
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

type Fault = Box<dyn Error + Send + Sync>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Fault> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(folder), Some(events)) = (arguments.next().map(PathBuf::from), arguments.next()) else {
        return Err("usage: many_events FOLDER EVENTS".into());
    };
    let events: u64 = events.to_string_lossy().parse()?;
    let mut db = open(&folder).await?;
    let last: Option<(i64, Vec<u8>)> =
        sqlx::query_as("select place, hash from audit_chain order by place desc limit 1")
            .fetch_optional(&mut db)
            .await?;
    let (place, hash) = match last {
        Some((place, hash)) => (place, Hash(hash.as_slice().try_into()?)),
        None => (0, Hash::START),
    };
    let maker = Arc::new(Maker::new(&folder, (u64::try_from(place)?, events)).await?);
    let begun = Instant::now();
    let aside = put_aside(&mut db).await?;
    fill(&mut db, &maker, Follower::at(place, hash), events).await?;
    for made in aside {
        sqlx::raw_sql(AssertSqlSafe(made)).execute(&mut db).await?;
    }
    sqlx::raw_sql("pragma wal_checkpoint(truncate)").execute(&mut db).await?;
    db.close().await?;
    let (made, seconds) = (events.saturating_sub(u64::try_from(place)?), begun.elapsed().as_secs_f64());
    writeln!(std::io::stdout(), "{made} events behind {place} in {seconds:.1} s")?;
    Ok(())
}

/// Nothing waits for the disk: who loses this file makes another one.
async fn open(folder: &Path) -> Result<SqliteConnection, Fault> {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("nsis-id.db"))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Off)
        .pragma("cache_size", "-262144");
    Ok(options.connect().await?)
}

/// Takes away every trigger and every look-up table of the trail that can be made again; gives how.
async fn put_aside(db: &mut SqliteConnection) -> Result<Vec<String>, Fault> {
    let all: Vec<(String, String, String)> = sqlx::query_as(
        "select type, name, sql from sqlite_master
         where tbl_name in ('audit_events', 'audit_chain') and type in ('trigger', 'index') and sql is not null",
    )
    .fetch_all(&mut *db)
    .await?;
    for (kind, name, _) in &all {
        sqlx::raw_sql(AssertSqlSafe(format!("drop {kind} {name}"))).execute(&mut *db).await?;
    }
    Ok(all.into_iter().map(|(_, _, made)| made).collect())
}

/// While some rows are written the next ones are made.
async fn fill(
    db: &mut SqliteConnection,
    maker: &Arc<Maker>,
    mut follower: Follower,
    events: u64,
) -> Result<(), Fault> {
    let mut place = maker.behind + 1;
    let mut making = ahead(maker, place, events);
    while place <= events {
        let rows = making.await??;
        place += CHUNK;
        making = ahead(maker, place, events);
        let links: Vec<Link> = rows.iter().map(|row| follower.append(row)).collect();
        let mut tx = db.begin().await?;
        for some in rows.chunks(TOGETHER) {
            write_rows(&mut tx, some).await?;
        }
        for some in links.chunks(TOGETHER) {
            write_links(&mut tx, some).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Makes the rows of one transaction, from this place on; none behind the last.
fn ahead(maker: &Arc<Maker>, from: u64, events: u64) -> JoinHandle<Result<Vec<Row>, Fault>> {
    let (maker, to) = (Arc::clone(maker), events.min(from + CHUNK - 1));
    spawn_blocking(move || if from > to { Ok(Vec::new()) } else { maker.rows(from, to) })
}

async fn write_rows(db: &mut SqliteConnection, rows: &[Row]) -> Result<(), Fault> {
    let mut insert = QueryBuilder::<Sqlite>::new(
        "insert into audit_events (id, format, at, kind, actor, subject, request, facts, personal, mac, instance, lane,
             counter) ",
    );
    insert.push_values(rows, |mut values, row| {
        let origin = row.origin;
        values
            .push_bind(Uuid::from(row.id))
            .push_bind(i64::from(row.format))
            .push_bind(row.at.as_microsecond())
            .push_bind(row.kind.clone())
            .push_bind(row.actor.clone())
            .push_bind(row.subject.map(Uuid::from))
            .push_bind(Uuid::from(row.request))
            .push_bind(row.facts.clone())
            .push_bind(row.personal.clone())
            .push_bind(row.mac.to_vec())
            .push_bind(origin.map(|it| Uuid::from(it.instance)))
            .push_bind(origin.map(|it| i64::from(it.lane)))
            .push_bind(origin.and_then(|it| i64::try_from(it.number).ok()));
    });
    insert.build().execute(db).await?;
    Ok(())
}

async fn write_links(db: &mut SqliteConnection, links: &[Link]) -> Result<(), Fault> {
    let mut insert = QueryBuilder::<Sqlite>::new("insert into audit_chain (place, event, hash, leaf) ");
    insert.push_values(links, |mut values, link| {
        values
            .push_bind(link.place)
            .push_bind(Uuid::from(link.event))
            .push_bind(link.hash.0.to_vec())
            .push_bind(link.leaf.map(|leaf| leaf.0.to_vec()));
    });
    insert.build().execute(db).await?;
    Ok(())
}

/// Makes rows, each by its place: with the demo's own keys, about its own people.
struct Maker {
    vault: LocalVault,
    people: Vec<(PersonId, Sealed)>,
    /// The last place before its own.
    behind: u64,
    instance: InstanceId,
    /// When the first of them was, when the last year begins, and how many microseconds lie between two.
    begins: Timestamp,
    a_year_ago: Timestamp,
    step: i64,
}

impl Maker {
    async fn new(folder: &Path, (behind, events): (u64, u64)) -> Result<Self, Fault> {
        let entropy = Arc::new(SystemEntropy);
        let kek = KekSource::bare_file(folder.join("kek"), Stamp::Demo)?.load(entropy.clone())?;
        let vault = LocalVault::new(&KeyRing::load(folder.join("keys.toml"), kek)?, entropy)?;
        let keys = SqliteStore::beside(&folder.join("nsis-id.db"));
        let mut keys = SqliteConnectOptions::new().filename(keys).connect().await?;
        let people: Vec<(Uuid, Vec<u8>)> =
            sqlx::query_as("select person, wrapped from trail_keys order by person")
                .fetch_all(&mut keys)
                .await?;
        keys.close().await?;
        let now = SystemClock.now();
        let ago = |time: SignedDuration| now.checked_sub(time).map_err(|error| error.to_string());
        let span = A_YEAR * YEARS - SignedDuration::from_hours(1);
        let many = i64::try_from(events.saturating_sub(behind))?.max(1);
        Ok(Self {
            vault,
            people: people.into_iter().map(|(id, key)| (id.into(), Sealed(key))).collect(),
            behind,
            instance: Uuid::from_u64_pair(SOME_TIME, VARIANT | behind).into(),
            begins: ago(A_YEAR * YEARS)?,
            a_year_ago: ago(A_YEAR)?,
            step: i64::try_from(span.as_micros())? / many,
        })
    }

    /// Those of these places, made on all cores.
    fn rows(&self, from: u64, to: u64) -> Result<Vec<Row>, Fault> {
        let cores = u64::try_from(thread::available_parallelism()?.get())?;
        let share = (to - from + 1).div_ceil(cores);
        thread::scope(|scope| -> Result<Vec<Row>, Fault> {
            let parts: Vec<_> = (0..cores)
                .map(|part| {
                    let first = from + part * share;
                    let last = to.min(first + share - 1);
                    scope.spawn(move || {
                        (first..=last).map(|place| self.row(place)).collect::<Result<Vec<Row>, Fault>>()
                    })
                })
                .collect();
            let mut all = Vec::new();
            for part in parts {
                all.extend(part.join().map_err(|_| "a thread ended before its time")??);
            }
            Ok(all)
        })
    }

    /// Services ask and are answered; in the last year people also sign in, for that is kept no longer.
    fn row(&self, place: u64) -> Result<Row, Fault> {
        let number = place - self.behind;
        let after = SignedDuration::from_micros(self.step * i64::try_from(number - 1)?);
        let at = self.begins.checked_add(after).map_err(|error| error.to_string())?;
        let kind = match (number % 4, at >= self.a_year_ago) {
            (1, true) => EventKind::PasswordAccepted,
            (2, true) => EventKind::SignedIn,
            (1 | 3, _) => EventKind::TokenIssued,
            _ => EventKind::RequestReceived,
        };
        let millis = u64::try_from(at.as_millisecond())?;
        let id = Uuid::from_u64_pair((millis << 16) | 0x7000, VARIANT | place);
        let about = if kind == EventKind::RequestReceived { None } else { Some(self.somebody(number)?) };
        let sealed_at = format!("audit_events/personal/{id}");
        let clear = serde_json::to_vec(&BTreeMap::from([("address", "192.0.2.17"), ("browser", BROWSER)]))?;
        let personal = match about {
            Some((person, key)) => self.vault.seal_for(*person, key, &sealed_at, &clear)?,
            None => self.vault.seal(KeyUse::People, &sealed_at, &clear)?.0,
        };
        let actor = about.map_or(Actor::Unknown, |(person, _)| Actor::Person(*person));
        let mut row = Row {
            id: id.into(),
            format: FORMAT,
            at,
            kind: kind.word().to_owned(),
            actor: serde_json::to_string(&actor)?,
            subject: about.map(|(person, _)| *person),
            request: id.into(),
            facts: serde_json::to_string(&facts(kind, id))?,
            personal,
            origin: Some(Origin { instance: self.instance, lane: 1, number }),
            mac: [0; 32],
        };
        row.mac = self.vault.mac(KeyUse::Trail, &row.encoded())?;
        Ok(row)
    }

    /// One after the other, and in no order.
    fn somebody(&self, number: u64) -> Result<&(PersonId, Sealed), Fault> {
        let drawn = usize::try_from(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32)?;
        let one = drawn.checked_rem(self.people.len()).and_then(|at| self.people.get(at));
        one.ok_or_else(|| "the demo knows nobody".into())
    }
}

/// As long as they are in a municipality.
fn facts(kind: EventKind, id: Uuid) -> BTreeMap<&'static str, String> {
    let message = |part: &str| format!("_{}{part}", id.simple());
    let service = "https://fagsystem.eksempel.test/saml/metadata".to_owned();
    match kind {
        EventKind::RequestReceived => BTreeMap::from([
            ("service", service),
            ("message", message("")),
            ("force", "false".to_owned()),
            ("passive", "false".to_owned()),
            ("level", "Substantial".to_owned()),
            ("requesters", String::new()),
        ]),
        EventKind::TokenIssued => BTreeMap::from([
            ("service", service),
            ("in-response-to", message("")),
            ("response", message("r")),
            ("assertion", message("a")),
            ("asked", "Substantial".to_owned()),
            ("level", "Substantial".to_owned()),
            ("cause", "Session".to_owned()),
            ("cvr", "29189897".to_owned()),
            ("encrypted", "true".to_owned()),
        ]),
        EventKind::SignedIn => {
            BTreeMap::from([("session", id.to_string()), ("factors", "password+app".to_owned())])
        }
        _ => BTreeMap::new(),
    }
}
