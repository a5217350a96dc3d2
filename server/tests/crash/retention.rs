//! Killed while it deletes what was kept long enough: after each death the trail holds, and the next life goes on where the
//! one before stopped.

use crate::house::{House, all_said};
use crate::{Chance, fresh_postgres, seed};
use domain::Timestamp;
use domain::audit::EventKind;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use testkit::hr;
use tokio::runtime::Runtime;
use usecases::ports::store::Store;

/// So many people came long ago, with two rows each beside the one of their list.
const PEOPLE: u32 = 1_500;
/// Rows of one transaction of a deletion.
const BATCH: u64 = 200;
/// So often it dies at most.
const DEATHS: u32 = 4;
/// When they came: older than anything is kept.
const LONG_AGO: &str = "2019-11-04T08:00:00Z";
/// What browsers carried then and never came back for.
const CARRIED: &str = "select count(*) from browser_sessions";
/// Rows from then.
const OLD: &str = "select count(*) from audit_events where at < 1600000000000000";

/// Fills the trail as the programme would have then, under the keys of this house.
async fn live_long_ago(house: &House, store: Arc<dyn Store>) {
    let rig = house.hand(store);
    rig.clock.set(LONG_AGO);
    rig.import((0..PEOPLE).map(hr::line).collect()).await.unwrap();
    while rig.sequence().await > 0 {}
}

fn killed_while_it_deletes(database: &str, postgres: Option<String>) {
    let seed = seed(database);
    let mut chance = Chance(seed);
    let house = House::bare(postgres);
    let runtime = Runtime::new().unwrap();
    let store = runtime.block_on(house.open());
    runtime.block_on(live_long_ago(&house, Arc::clone(&store)));
    house.ask("delete from outbox");
    let hash = if house.postgres().is_some() { r"'\x01'::bytea" } else { "x'01'" };
    house
        .ask(&format!("insert into browser_sessions (id_hash, data, expires_at) values ({hash}, '{{}}', 1)"));
    assert_eq!(house.ask(CARRIED), "1");
    let old: u64 = house.ask(OLD).parse().unwrap();
    assert_eq!(old, u64::from(2 * PEOPLE + 1));
    // Each transaction leaves a rule.
    let rules = || {
        runtime.block_on(async {
            let mut look = store.look("test").await.unwrap();
            look.rows_of_kind(EventKind::RowsExpired.word(), Timestamp::UNIX_EPOCH).await.unwrap()
        })
    };
    let checkpoints = house.path("outside/records.checkpoints");
    let mut in_the_midst = 0;
    for round in 0..DEATHS {
        let before = rules();
        if before >= old.div_ceil(BATCH) {
            break;
        }
        let mut served = house.serve();
        // Killed before the very first checkpoint is outside, what verifies misses it there, as it must.
        let goes = || rules() != before && checkpoints.exists();
        let looks = (0..200_000).take_while(|_| !goes()).count();
        assert!(looks < 200_000, "seed {seed}, round {round}: nothing goes: {}", house.log());
        thread::sleep(Duration::from_millis(chance.below(40)));
        served.child.kill().unwrap();
        served.child.wait().unwrap();
        let verified = house.command(&["audit", "verify"]).output().unwrap();
        assert!(verified.status.success(), "seed {seed}, round {round}: {}", all_said(&verified));
        in_the_midst += u32::from(rules() < old.div_ceil(BATCH));
    }
    assert!(in_the_midst > 0, "seed {seed}: it never died in the midst of it");
    let ended = "select count(*) from retention_runs where ended_at is not null";
    house.serve_while(|| house.ask(ended) == "0" || house.ask(CARRIED) != "0");
    house.settle();
    assert_eq!(house.ask(OLD), "0", "seed {seed}: a second run finishes");
    assert_eq!(house.ask("select count(*) from audit_expired"), old.to_string(), "seed {seed}");
    let told = house.ask("select facts from audit_events where kind = 'retention.done'");
    assert_eq!(told.lines().count(), 1, "seed {seed}: one run, whoever did it: {told}");
    assert!(told.contains(&format!("\"central\":\"{old} before ")), "seed {seed}: counted once: {told}");
    let verified = house.done(&["audit", "verify"]);
    assert!(verified.contains(" 0 are not in it yet"), "seed {seed}: {verified}");
    house.done(&["check-config"]);
}

#[test]
fn a_server_killed_while_it_deletes_goes_on_in_its_next_life_on_sqlite() {
    killed_while_it_deletes("SQLite", None);
}

#[test]
fn a_server_killed_while_it_deletes_goes_on_in_its_next_life_on_postgres() {
    killed_while_it_deletes("PostgreSQL", Some(fresh_postgres("deletes")));
}
