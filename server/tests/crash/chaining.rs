//! Killed in the midst of chaining, and between a checkpoint in the database and its line outside: there for certain, and not
//! when a random moment happens to fall there. After each death the trail holds, and the next life goes on.

use crate::house::{House, all_said, list, name};
use crate::{Chance, fresh_postgres, nothing_is_wrong, seed};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::net::UnixDatagram;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::runtime::Runtime;

/// So many people one list brings, with two rows each: ten batches of the sequencer and more.
const PEOPLE: u32 = 2_500;
/// So often it dies at most.
const DEATHS: u32 = 4;
/// A life writes fewer rows of its own.
const OWN: u64 = 100;

/// A list of HR's is taken in while nobody serves: its rows wait for their place.
fn takes_in(house: &House, people: u32) {
    house.write("people.csv", &list(0..people));
    house.done(&["import", "people.csv", "--reason", "the first list"]);
    house.ask("delete from outbox");
}

fn verifies(house: &House, what: &str) {
    let verified = house.command(&["audit", "verify"]).output().unwrap();
    assert!(verified.status.success(), "{what}: {}", all_said(&verified));
}

fn killed_while_it_chains(database: &str, postgres: Option<String>) {
    let seed = seed(database);
    let mut chance = Chance(seed);
    let house = House::bare(postgres);
    house.settle();
    takes_in(&house, PEOPLE);
    let runtime = Runtime::new().unwrap();
    let store = runtime.block_on(house.open());
    let waiting =
        || runtime.block_on(async { store.look("test").await.unwrap().unsequenced_count().await.unwrap() });
    let mut in_the_midst = 0;
    for round in 0..DEATHS {
        let before = waiting();
        if before < OWN {
            break;
        }
        let mut served = house.serve();
        let looks = (0..200_000).take_while(|_| waiting() >= before).count();
        assert!(looks < 200_000, "seed {seed}, round {round}: nothing is chained: {}", house.log());
        // The first dies at once, with a batch or two in their place.
        thread::sleep(Duration::from_millis(if round == 0 { 0 } else { chance.below(60) }));
        served.child.kill().unwrap();
        served.child.wait().unwrap();
        verifies(&house, &format!("seed {seed}, round {round}"));
        in_the_midst += u32::from(waiting() > OWN);
    }
    assert!(in_the_midst > 0, "seed {seed}: it never died in the midst of it");
    house.settle();
    nothing_is_wrong(&house);
    let everybody: BTreeSet<_> = (0..PEOPLE).map(name).collect();
    assert_eq!(house.told_of("feed.person"), everybody, "seed {seed}: each has her row");
}

/// Whoever writes a line outside takes the file for itself first: while somebody else has it, a server has signed, and its
/// database keeps the checkpoint, and nothing of it stands outside.
fn killed_between_a_checkpoint_and_its_line(postgres: Option<String>) {
    let house = House::bare(postgres);
    house.settle();
    takes_in(&house, 3);
    let runtime = Runtime::new().unwrap();
    let store = runtime.block_on(house.open());
    // In the chain already: the next life signs over them as it begins.
    let chained = runtime.block_on(house.hand(Arc::clone(&store)).sequence());
    assert!(chained > 6, "{chained}");
    let signed = || {
        let newest = runtime.block_on(async { store.look("test").await.unwrap().last_checkpoint().await });
        newest.unwrap().unwrap().number
    };
    let file = house.path("outside/records.checkpoints");
    let outside = || fs::read_to_string(&file).unwrap();
    let (before, kept) = (signed(), outside());
    let log = UnixDatagram::bind(house.path("syslog")).unwrap();
    let held = File::options().read(true).write(true).open(&file).unwrap();
    held.lock().unwrap();
    let mut served = house.serve();
    let looks = (0..200_000).take_while(|_| signed() == before).count();
    assert!(looks < 200_000, "nothing is signed: {}", house.log());
    served.child.kill().unwrap();
    served.child.wait().unwrap();
    assert_eq!((signed(), outside()), (before + 1, kept.clone()), "it died between the two");
    drop(held);
    verifies(&house, "between the two");
    house.settle();
    nothing_is_wrong(&house);
    let text = outside();
    assert!(text.starts_with(&kept), "what stood there stays");
    for number in 1..=signed() {
        let lines = text.matches(&format!("\\nnumber {number}\\n")).count();
        assert_eq!(lines, 1, "checkpoint {number} stands outside, once");
    }
    the_log_was_told(&log, &text);
}

/// The system's log has a socket in this house, and heard of a checkpoint that stands outside now.
fn the_log_was_told(log: &UnixDatagram, outside: &str) {
    log.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut bytes = [0; 4096];
    let size = log.recv(&mut bytes).unwrap();
    let said = String::from_utf8_lossy(bytes.get(..size).unwrap()).into_owned();
    let line = said.split_once("]: checkpoint ").map(|(_, line)| line);
    assert!(line.is_some_and(|line| outside.lines().any(|it| it == line)), "{said}");
}

#[test]
fn a_server_killed_while_it_chains_goes_on_in_its_next_life_on_sqlite() {
    killed_while_it_chains("SQLite", None);
}

#[test]
fn a_server_killed_while_it_chains_goes_on_in_its_next_life_on_postgres() {
    killed_while_it_chains("PostgreSQL", Some(fresh_postgres("chains")));
}

#[test]
fn a_checkpoint_whose_server_was_killed_before_it_stood_outside_is_there_once_on_sqlite() {
    killed_between_a_checkpoint_and_its_line(None);
}

#[test]
fn a_checkpoint_whose_server_was_killed_before_it_stood_outside_is_there_once_on_postgres() {
    killed_between_a_checkpoint_and_its_line(Some(fresh_postgres("signs")));
}
