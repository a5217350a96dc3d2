//! The programme is killed at any moment, again and again: while requests, commands and an import write, while rows get
//! their place in the chain, while a checkpoint is signed and kept outside, while what was kept long enough is deleted.
//! What was told is there afterwards, nothing is there by halves or twice, and the verifier finds nothing wrong, before the
//! next start and after the last one. Where a random moment seldom falls it is killed for certain: in the midst of chaining, of
//! deleting, and between a checkpoint and its line outside.
//!
//! `CRASH_SEED` repeats a run: it kills at the same moments.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test's helpers stop at the first surprise")]

mod chaining;
mod house;
#[path = "../installation/mod.rs"]
mod installation;
mod retention;
mod tampered;

use house::{Beside, House, all_said, batch, batch_file, name, psql};
use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// So often it dies.
const KILLS: u32 = 10;
/// So many people somebody tries to block meanwhile, each once.
const TRIED: u32 = 60;
/// So many people HR's file of a round brings.
const BATCH: u32 = 60;
/// Places of people in the file: those tried, those held, those of the batches.
const HELD: u32 = KILLS * TRIED;
const BATCHES: u32 = HELD + KILLS;

/// The same numbers for the same seed (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

#[expect(clippy::print_stdout, reason = "whoever repeats a run needs its seed")]
fn seed(database: &str) -> u64 {
    let given = std::env::var("CRASH_SEED").ok().map(|seed| seed.parse().unwrap());
    let seed = given.unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("CRASH_SEED={seed} kills at the same moments on {database}");
    seed
}

/// Somebody with a wrong code, at an address of her own; whether she was answered before the line went dead.
fn tries_to_block(port: u16, place: u32) -> bool {
    let body = format!("user_name={}&blocking_code=2345-6789-2345", name(place));
    let request = format!(
        "POST /handling/spaer-kode HTTP/1.1\r\nhost: login.eksempelkommune.dk\r\n\
         origin: https://login.eksempelkommune.dk\r\naccept: text/html\r\nx-forwarded-for: 198.18.{}.{}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        place / 250,
        1 + place % 250,
        body.len()
    );
    let mut answer = String::new();
    if let Ok(mut connection) = TcpStream::connect(("127.0.0.1", port)) {
        // What came before it died counts.
        let _ =
            connection.write_all(request.as_bytes()).and_then(|()| connection.read_to_string(&mut answer));
    }
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 303"), "{answer}");
    !answer.is_empty()
}

/// What was told to somebody, and what was only tried.
#[derive(Default)]
struct Heard {
    tried: BTreeSet<String>,
    refused: BTreeSet<String>,
    held: BTreeSet<String>,
    imported: BTreeSet<String>,
}

/// One life of the server, ended at this moment after it was ready.
fn live(house: &House, round: u32, moment: Duration, heard: &mut Heard) {
    let mut served = house.serve();
    let mut beside = house.beside(round);
    let next = AtomicU32::new(round * TRIED);
    let end = (round + 1) * TRIED;
    let port = served.port;
    let knock = || {
        let mut answered = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= end || !tries_to_block(port, place) {
                return answered;
            }
            answered.push(name(place));
        }
    };
    thread::scope(|scope| {
        let strangers: Vec<_> = (0..3).map(|_| scope.spawn(knock)).collect();
        thread::sleep(moment);
        served.child.kill().unwrap();
        for (_, child) in &mut beside {
            child.kill().unwrap();
        }
        heard.refused.extend(strangers.into_iter().flat_map(|stranger| stranger.join().unwrap()));
    });
    heard.tried.extend((round * TRIED..next.into_inner().min(end)).map(name));
    for (what, mut child) in beside {
        if child.wait().unwrap().success() {
            match what {
                Some(Beside::Import) => heard.imported.extend(batch(round).map(name)),
                Some(Beside::Hold) => heard.held.extend([name(HELD + round)]),
                None => {}
            }
        }
    }
}

fn killed_at_any_moment(database: &str, postgres: Option<String>) {
    let seed = seed(database);
    let mut chance = Chance(seed);
    let house = House::new(postgres);
    house.settle();
    let mut heard = Heard::default();
    for round in 0..KILLS {
        // What the life before left is chained, signed and shipped at once; requests and commands come later.
        let within = if round % 2 == 0 { 150 } else { 900 };
        let moment = Duration::from_millis(chance.below(within));
        live(&house, round, moment, &mut heard);
        let verified = house.command(&["audit", "verify"]).output().unwrap();
        assert!(
            verified.status.success(),
            "seed {seed}, round {round}, killed after {moment:?}: {}",
            all_said(&verified)
        );
    }
    house.settle();
    nothing_is_lost(&house, &heard, seed);
    nothing_is_wrong(&house);
    for round in 0..KILLS {
        house.done(&["import", &batch_file(round), "--reason", "a list of HR's"]);
    }
    let everybody: BTreeSet<_> = (0..BATCHES + KILLS * BATCH).map(name).collect();
    assert_eq!(
        house.told_of("feed.person"),
        everybody,
        "seed {seed}: a file taken in anew mends what is missing"
    );
    house.settle();
    nothing_is_wrong(&house);
}

fn nothing_is_lost(house: &House, heard: &Heard, seed: u64) {
    let refused = house.told_of("login.block-refused");
    assert!(refused.is_superset(&heard.refused), "seed {seed}: an answer nothing is known of");
    assert!(heard.tried.is_superset(&refused), "seed {seed}: something nobody did");
    let held = house.told_of("login.held");
    assert!(held.is_superset(&heard.held), "seed {seed}: a hold that was told of");
    assert!((HELD..BATCHES).map(name).collect::<BTreeSet<_>>().is_superset(&held), "seed {seed}");
    let holds = house.names("select p.user_name from persons p join holds h on h.person = p.id");
    assert_eq!(holds, held, "seed {seed}: a hold and its event are there, or neither");
    let imported = house.told_of("feed.person");
    assert!(imported.is_superset(&heard.imported), "seed {seed}: a list that was taken in");
    assert_eq!(
        house.names("select user_name from persons"),
        imported,
        "seed {seed}: a person and her event are there, or neither"
    );
    assert!(!refused.is_empty() && !heard.refused.is_empty(), "seed {seed}: nobody got so far as to write");
}

/// All rows are in the chain, the newest checkpoint stands for all of them, and database and files outside agree.
fn nothing_is_wrong(house: &House) {
    let rows = house.ask("select count(*) from audit_events");
    let verified = house.done(&["audit", "verify"]);
    assert!(verified.contains(&format!("{rows} rows follow the chain, 0 are not in it yet")), "{verified}");
    assert!(verified.contains(&format!(", over {rows} rows")), "{verified}");
    house.done(&["check-config"]);
}

#[test]
fn a_server_killed_at_any_moment_keeps_what_was_told_on_sqlite() {
    killed_at_any_moment("SQLite", None);
}

#[test]
fn a_server_killed_at_any_moment_keeps_what_was_told_on_postgres() {
    killed_at_any_moment("PostgreSQL", Some(fresh_postgres("crash")));
}

/// The address of a PostgreSQL database of this test's own; beside it is one for people's keys.
fn fresh_postgres(name: &str) -> String {
    let server =
        std::env::var("NSIS_ID_TEST_PG").expect("a server: run the tests through scripts/with-postgres");
    let database = format!("{name}_{}", std::process::id());
    for made in [&database, &format!("{database}_keys")] {
        let made = psql(&server, &format!("create database {made}"));
        assert!(made.status.success(), "{}", all_said(&made));
    }
    server.replace("/postgres?", &format!("/{database}?"))
}
