//! Lanes, checkpoints, and the nodes of the trail's tree.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, made, row};
use crate::{Kept, Subject};
use domain::audit::tree::{Frontier, Node};
use domain::audit::{Follower, Hash, Link, Origin, Row};
use domain::ids::InstanceId;
use std::task::{Context, Waker};
use usecases::ports::store::{KeptCheckpoint, Store, StoreFault, Tx};

/// An instance of the programme.
fn instance() -> InstanceId {
    id(77)
}

/// Marks and appends a row; gives its mark.
async fn append(tx: &mut dyn Tx, number: u128) -> Result<Origin, StoreFault> {
    let origin = tx.mark(instance());
    tx.append(&Row { origin: Some(origin), ..row(number, None) }).await?;
    Ok(origin)
}

fn mark(lane: u32, number: u64) -> Origin {
    Origin { instance: instance(), lane, number }
}

/// Chains all that waits.
async fn chain(store: &dyn Store) -> Result<Vec<Link>, StoreFault> {
    let mut tx = store.begin("sequence").await?;
    let (place, hash) = tx.chain_end().await?;
    let mut follower = Follower::at(place, hash);
    let links: Vec<Link> = tx.unsequenced(100).await?.iter().map(|row| follower.append(row)).collect();
    tx.chain(&links).await?;
    tx.commit().await?;
    Ok(links)
}

pub async fn a_lane_is_counted_on_after_a_commit_and_not_after_a_rollback(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.mark(instance()), mark(1, 1));
    assert_eq!(tx.mark(instance()), mark(1, 1), "a mark counts once its row is written");
    assert_eq!(append(tx.as_mut(), 1).await?, mark(1, 1));
    assert_eq!(append(tx.as_mut(), 2).await?, mark(1, 2));
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(append(tx.as_mut(), 3).await?, mark(1, 3));
    drop(tx);
    let mut tx = store.begin("test").await?;
    assert_eq!(append(tx.as_mut(), 4).await?, mark(1, 3), "what was rolled back leaves no gap");
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.mark(id(78)), Origin { instance: id(78), lane: 1, number: 1 }, "another instance's own");
    assert_eq!(tx.row(id(4)).await?.and_then(|row| row.origin), Some(mark(1, 3)));
    Ok(())
}

pub async fn of_two_transactions_at_once_each_has_a_lane_of_its_own(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let (mut one, mut two) = (store.reading("test").await?, store.reading("test").await?);
    assert_eq!((one.mark(instance()), two.mark(instance())), (mark(1, 1), mark(2, 1)));
    Ok(())
}

pub async fn a_commit_nobody_knows_of_ends_its_lane(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    append(tx.as_mut(), 1).await?;
    tx.commit().await?;
    // The same row again is refused, at once or with the commit, and nobody doubts it.
    let mut tx = store.begin("test").await?;
    let twice = append(tx.as_mut(), 1).await.map(drop);
    assert!(made(twice, tx).await.is_err());
    let mut tx = store.begin("test").await?;
    assert_eq!(append(tx.as_mut(), 2).await?, mark(1, 2), "what was refused leaves no gap and ends no lane");
    assert!(tx.row(id(2)).await?.is_some(), "nothing but the commit is left to be said");
    // Asked for by somebody who goes away before it is answered.
    let mut commit = tx.commit();
    let asked = commit.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    drop(commit);
    let mut tx = store.begin("test").await?;
    let next = append(tx.as_mut(), 3).await?;
    assert_eq!(next, if asked.is_pending() { mark(2, 1) } else { mark(1, 3) });
    Ok(tx.commit().await?)
}

pub async fn links_are_read_without_their_rows(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    for number in 1..=5 {
        append(tx.as_mut(), number).await?;
    }
    tx.commit().await?;
    let links = chain(store).await?;
    assert!(links.iter().all(|link| link.leaf.is_some()));
    let mut tx = store.reading("test").await?;
    assert_eq!(tx.links_after(0, 10).await?, links);
    assert_eq!(tx.links_after(1, 2).await?.iter().map(|link| link.place).collect::<Vec<_>>(), [2, 3]);
    Ok(())
}

pub async fn places_are_found_by_time(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    for number in 1..=5 {
        append(tx.as_mut(), number).await?;
    }
    tx.commit().await?;
    chain(store).await?;
    let mut tx = store.reading("test").await?;
    assert_eq!(tx.places_between(at(2), at(4)).await?, Some((2, 3)));
    assert_eq!(tx.places_between(at(0), at(99)).await?, Some((1, 5)));
    assert_eq!(tx.places_between(at(6), at(99)).await?, None);
    Ok(())
}

pub async fn nodes_are_kept_once_and_read_side_by_side(subject: &dyn Subject) -> Kept {
    let node = |level, index| Node { level, index };
    let mut tx = subject.store().begin("test").await?;
    tx.put_nodes(&[(node(8, 0), Hash([1; 32])), (node(8, 1), Hash([2; 32])), (node(16, 0), Hash([3; 32]))])
        .await?;
    tx.put_nodes(&[(node(8, 0), Hash([9; 32])), (node(8, 2), Hash([4; 32]))]).await?;
    assert_eq!(tx.nodes(node(8, 0), 2).await?, [Hash([1; 32]), Hash([2; 32])]);
    assert_eq!(tx.nodes(node(8, 1), 9).await?, [Hash([2; 32]), Hash([4; 32])]);
    assert_eq!(tx.nodes(node(16, 0), 1).await?, [Hash([3; 32])]);
    assert_eq!(tx.nodes(node(24, 0), 1).await?, []);
    Ok(())
}

fn checkpoint(number: u64) -> KeptCheckpoint {
    let mut tree = Frontier::default();
    (0..number * 3).for_each(|_| tree.push(Hash([5; 32]), |_, _| {}));
    KeptCheckpoint { number, tree, chain: Hash([6; 32]), note: format!("note {number}\n\n— æ\n") }
}

pub async fn a_checkpoint_is_kept_once_and_comes_back_as_it_was(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    assert_eq!(store.look("test").await?.last_checkpoint().await?, None);
    let mut tx = store.begin("test").await?;
    for number in [1, 2, 5] {
        tx.put_checkpoint(&checkpoint(number)).await?;
    }
    tx.commit().await?;
    let mut tx = store.reading("test").await?;
    assert_eq!(tx.last_checkpoint().await?, Some(checkpoint(5)));
    assert_eq!(tx.checkpoints_after(1, 9).await?, [checkpoint(2), checkpoint(5)]);
    assert_eq!(tx.checkpoints_after(0, 1).await?, [checkpoint(1)]);
    drop(tx);
    let mut tx = store.begin("test").await?;
    let twice = tx.put_checkpoint(&checkpoint(2)).await;
    let twice = made(twice, tx).await;
    assert!(matches!(twice, Err(StoreFault::Conflict("a checkpoint"))), "{twice:?}");
    Ok(())
}

pub async fn checkpoints_cannot_be_changed_past_the_store(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.put_checkpoint(&checkpoint(1)).await?;
    tx.commit().await?;
    for sql in ["update audit_checkpoints set size = 1", "delete from audit_checkpoints"] {
        assert!(subject.raw(sql).await.is_err(), "{sql}");
    }
    assert_eq!(subject.store().look("test").await?.last_checkpoint().await?, Some(checkpoint(1)));
    Ok(())
}
