//! The trail: chained in batches and walked. Tampering, on both databases, stands in the contract of the stores.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::{SignedDuration, Timestamp};
use testkit::{PlainVault, Rig, hr};
use usecases::sequence_trail::{Sequenced, sequence_trail};
use usecases::verify_trail::{Report, verify_trail};

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
async fn a_row_cannot_be_replaced_either() {
    let rig = chained().await;
    let replace = "insert or replace into audit_events select * from audit_events";
    assert!(rig.try_tamper(replace).await.is_err());
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
