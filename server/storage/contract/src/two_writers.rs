//! What holds where two transactions write at a time. SQLite lets only one.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, noon, row};
use crate::{Kept, Subject};
use domain::audit::Follower;
use domain::notice::{Notice, Template};

/// The slow one's row has the lower number and is committed after a higher one was chained.
pub async fn the_row_of_a_slow_transaction_is_not_skipped(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut slow = store.begin("slow").await?;
    slow.append(&row(1, None)).await?;
    let mut quick = store.begin("quick").await?;
    quick.append(&row(2, None)).await?;
    quick.commit().await?;
    let mut sequencer = store.begin("sequence").await?;
    let (place, hash) = sequencer.chain_end().await?;
    let waiting = sequencer.unsequenced(10).await?;
    assert_eq!(waiting, [row(2, None)]);
    let mut follower = Follower::at(place, hash);
    let links: Vec<_> = waiting.iter().map(|row| follower.append(row)).collect();
    sequencer.chain(&links).await?;
    sequencer.commit().await?;
    slow.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.unsequenced(10).await?, [row(1, None)]);
    Ok(())
}

pub async fn notices_another_is_taking_are_passed_over_without_waiting(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let mut tx = store.begin("test").await?;
    for number in 1..=2 {
        let template = Template::Welcome;
        tx.enqueue(&Notice {
            id: id(number),
            person: maja,
            template,
            at: noon(),
            request: id(9),
            due_at: noon(),
        })
        .await?;
    }
    tx.commit().await?;
    let (mut one, mut other) = (store.begin("one").await?, store.begin("other").await?);
    let first = one.take_due(noon(), at(60), 1).await?;
    let second = other.take_due(noon(), at(60), 2).await?;
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_ne!(first, second);
    Ok(())
}

pub async fn a_person_read_steadily_by_two_keeps_neither_waiting(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let (mut one, mut other) = (store.begin("one").await?, store.begin("other").await?);
    assert!(one.person_steady(maja).await?.is_some());
    assert!(other.person_steady(maja).await?.is_some());
    Ok(())
}
