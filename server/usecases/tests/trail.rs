//! The trail: chained in batches, and every kind of tampering found by walking it.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::audit::Tampered;
use domain::ids::EventId;
use domain::{SignedDuration, Timestamp};
use testkit::{PlainVault, Rig, hr};
use usecases::sequence_trail::{Sequenced, sequence_trail};
use usecases::verify_trail::{Report, verify_trail};

/// Removes what guards the trail, as whoever owns the file can.
const UNGUARD: &str = "drop trigger audit_events_stay; drop trigger audit_events_last; drop trigger audit_events_new;
                       drop trigger audit_chain_stays; drop trigger audit_chain_lasts; drop trigger audit_chain_new;";

/// Seven rows: the run, and two for each of three people.
async fn filled() -> Rig {
    let rig = Rig::on_sqlite().await;
    rig.import((0..3).map(hr::line).collect()).await.unwrap();
    rig
}

async fn chained() -> Rig {
    let rig = filled().await;
    sequence(&rig).await;
    rig
}

async fn sequence(rig: &Rig) -> Sequenced {
    sequence_trail(&rig.house, 500).await.unwrap()
}

async fn verify(rig: &Rig) -> Report {
    verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap()
}

async fn found_after(sql: &str) -> Option<Tampered> {
    let rig = chained().await;
    rig.tamper(UNGUARD).await;
    rig.tamper(sql).await;
    verify(&rig).await.first
}

#[tokio::test]
async fn rows_wait_until_they_are_chained_and_then_hold() {
    let rig = filled().await;
    assert_eq!(verify(&rig).await, Report { checked: 0, unsequenced: 7, first: None });
    rig.clock.advance(SignedDuration::from_secs(3));
    assert_eq!(sequence(&rig).await, Sequenced { rows: 7, waited: SignedDuration::from_secs(3) });
    assert_eq!(verify(&rig).await, Report { checked: 7, unsequenced: 0, first: None });
    assert_eq!(sequence(&rig).await, Sequenced::default());
}

#[tokio::test]
async fn batches_follow_each_other_without_a_gap() {
    let rig = filled().await;
    let mut rows = Vec::new();
    for _ in 0..4 {
        rows.push(sequence_trail(&rig.house, 3).await.unwrap().rows);
    }
    assert_eq!(rows, [3, 3, 1, 0]);
    rig.import(vec![hr::line(9)]).await.unwrap();
    sequence(&rig).await;
    assert_eq!(verify(&rig).await, Report { checked: 10, unsequenced: 0, first: None });
}

#[tokio::test]
async fn a_walk_longer_than_one_page_is_walked_to_its_end() {
    let rig = Rig::on_sqlite().await;
    rig.import((0..600).map(hr::line).collect()).await.unwrap();
    while sequence(&rig).await.rows > 0 {}
    assert_eq!(verify(&rig).await, Report { checked: 1201, unsequenced: 0, first: None });
}

#[tokio::test]
async fn two_sequencers_give_no_place_twice() {
    let rig = filled().await;
    let (one, two) = tokio::join!(sequence_trail(&rig.house, 500), sequence_trail(&rig.house, 500));
    assert_eq!(one.unwrap().rows + two.unwrap().rows, 7);
    assert_eq!(verify(&rig).await.first, None);
}

#[tokio::test]
async fn a_changed_row_is_found_wherever_it_was_changed() {
    for change in [
        "facts = replace(facts, '1', '2')",
        "facts = facts || ' '",
        "kind = 'feed.refused'",
        "actor = '\"System\"'",
        "at = at + 1",
        "subject = null",
        "request = randomblob(16)",
        "personal = randomblob(40)",
        "mac = randomblob(32)",
        "format = 2",
    ] {
        let sql = format!("update audit_events set {change} where number = 4");
        let found = found_after(&sql).await;
        assert!(matches!(found, Some(Tampered::Changed { place: 4, .. })), "{change}: {found:?}");
    }
}

#[tokio::test]
async fn a_removed_row_is_found_with_or_without_its_link() {
    let row = "delete from audit_events where number = 4;";
    assert_eq!(found_after(row).await, Some(Tampered::Removed { place: 4 }));
    let both = format!("{row} delete from audit_chain where place = 4;");
    assert_eq!(found_after(&both).await, Some(Tampered::Broken { place: 4 }));
    let closed_up = format!("{both} update audit_chain set place = place - 1 where place > 4;");
    assert_eq!(found_after(&closed_up).await, Some(Tampered::Broken { place: 4 }));
}

#[tokio::test]
async fn a_removed_row_that_was_still_waiting_is_found() {
    let rig = filled().await;
    rig.tamper(UNGUARD).await;
    rig.tamper("delete from audit_events where number = 4").await;
    assert_eq!(verify(&rig).await.first, Some(Tampered::Removed { place: 1 }));
    sequence(&rig).await;
    assert_eq!(
        verify(&rig).await.first,
        Some(Tampered::Removed { place: 7 }),
        "chaining the others hides nothing"
    );
}

#[tokio::test]
async fn a_swapped_row_is_found() {
    let contents = "create temp table two as select * from audit_events where number in (3, 4);
        update audit_events set (at, kind, actor, subject, request, facts, personal, mac) =
            (select at, kind, actor, subject, request, facts, personal, mac from two where two.number = 7 - audit_events.number)
        where number in (3, 4);";
    assert!(matches!(found_after(contents).await, Some(Tampered::Changed { place: 3, .. })));
    let links = "create temp table two as select * from audit_chain where place in (3, 4);
        update audit_chain set event = randomblob(16) where place in (3, 4);
        update audit_chain set event = (select event from two where two.place = 7 - audit_chain.place) where place in (3, 4);";
    assert_eq!(found_after(links).await, Some(Tampered::Broken { place: 3 }));
}

/// A copy of a real row under another id: everything but the MAC's key is at hand.
const ADD: &str = "insert into audit_events (id, format, at, kind, actor, subject, request, facts, personal, mac)
    select x'00000000000070008000000000000001', format, at, kind, actor, subject, request, facts, personal, mac
    from audit_events where number = 4;";

fn added() -> EventId {
    "00000000-0000-7000-8000-000000000001".parse().unwrap()
}

#[tokio::test]
async fn an_added_row_is_found_while_it_waits_and_after_it_was_chained() {
    let rig = chained().await;
    rig.tamper(ADD).await;
    assert_eq!(verify(&rig).await.first, Some(Tampered::Added { event: added() }));
    sequence(&rig).await;
    assert_eq!(verify(&rig).await.first, Some(Tampered::Changed { place: 8, event: added() }));
}

#[tokio::test]
async fn an_added_row_that_hides_from_the_sequencer_is_found() {
    let rig = chained().await;
    rig.tamper("drop trigger audit_events_wait").await;
    rig.tamper(ADD).await;
    assert_eq!(verify(&rig).await.first, Some(Tampered::Added { event: added() }));
}

#[tokio::test]
async fn the_trail_cannot_be_changed_while_its_guards_stand() {
    let rig = chained().await;
    for sql in [
        "update audit_events set facts = '{}'",
        "delete from audit_events",
        "insert or replace into audit_events select * from audit_events",
        "update audit_chain set place = 99 where place = 1",
        "delete from audit_chain",
    ] {
        assert!(rig.try_tamper(sql).await.is_err(), "{sql}");
    }
    assert_eq!(verify(&rig).await, Report { checked: 7, unsequenced: 0, first: None });
}

#[tokio::test]
async fn rows_written_under_an_older_key_hold_while_it_is_accepted() {
    let rig = chained().await;
    let store = rig.house.store.as_ref();
    assert_eq!(verify_trail(store, &PlainVault::of_versions(&[2, 1])).await.unwrap().first, None);
    assert!(verify_trail(store, &PlainVault::of_versions(&[2])).await.unwrap().first.is_some());
}

#[tokio::test]
async fn events_written_at_one_instant_keep_the_order_of_writing() {
    let rig = filled().await;
    let mut tx = rig.look().await;
    let rows = tx.unsequenced(100).await.unwrap();
    assert!(rows.iter().all(|row| row.at == "2026-11-02T08:00:00Z".parse::<Timestamp>().unwrap()));
    let kinds: Vec<_> = rows.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds[..3], ["feed.imported", "feed.person", "enrolment.invited"]);
}
