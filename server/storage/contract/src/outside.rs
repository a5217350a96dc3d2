//! What is also kept outside, and what a recovery does to everybody.
#![expect(
    missing_docs,
    clippy::indexing_slicing,
    reason = "each name is the sentence it promises; a page is cut where a test says"
)]

use crate::samples::{at, id, keep};
use crate::{Kept, Subject};
use domain::ids::{Epoch, PersonId};
use usecases::ports::store::{Line, Recovered, Recovery, StoreFault};

fn line(place: u64, number: u128) -> Line {
    Line {
        place,
        id: id(number),
        body: format!("{{\"n\":{number}}}"),
        mac: [u8::try_from(place).unwrap_or(0); 32],
    }
}

pub async fn records_wait_in_order_until_they_have_a_place(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    for number in [3, 1, 2] {
        tx.queue_record(id(number), &line(0, number).body).await?;
    }
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    tx.lock_outside().await?;
    let waiting = tx.waiting_records(2).await?;
    assert_eq!(waiting, [(id(3), line(0, 3).body), (id(1), line(0, 1).body)]);
    assert_eq!((tx.records_waiting().await?, tx.last_line().await?), (3, None));
    tx.place_records(&[line(1, 3), line(2, 1)]).await?;
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.waiting_records(9).await?, [(id(2), line(0, 2).body)]);
    assert_eq!(tx.last_line().await?, Some(line(2, 1)));
    assert_eq!(tx.lines_after(0, 9).await?, [line(1, 3), line(2, 1)]);
    assert_eq!(tx.lines_after(1, 9).await?, [line(2, 1)]);
    assert_eq!(tx.lines_after(0, 1).await?, [line(1, 3)]);
    Ok(())
}

pub async fn a_record_waits_with_its_transaction_or_not_at_all(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.queue_record(id(1), "{}").await?;
    drop(tx);
    assert_eq!(subject.store().look("test").await?.records_waiting().await?, 0);
    Ok(())
}

pub async fn a_place_is_given_once_and_a_record_keeps_its_own(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    // One that was never queued here, as at a recovery, and the same again.
    tx.place_records(&[line(1, 1)]).await?;
    tx.place_records(&[line(1, 1)]).await?;
    tx.place_records(&[line(7, 1)]).await?;
    assert_eq!(tx.lines_after(0, 9).await?, [line(1, 1)]);
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert!(matches!(tx.place_records(&[line(1, 2)]).await, Err(StoreFault::Conflict(_))));
    Ok(())
}

pub async fn a_file_outside_is_known_by_how_far_it_was_written(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    assert_eq!((tx.outside_files().await?, tx.outside_file(id(1)).await?), (0, None));
    tx.put_outside_file(id(1), 5, at(0)).await?;
    tx.put_outside_file(id(1), 3, at(1)).await?;
    tx.put_outside_file(id(2), 0, at(1)).await?;
    assert_eq!(tx.outside_file(id(1)).await?, Some(5), "it never goes back");
    assert_eq!(tx.outside_files().await?, 2);
    Ok(())
}

pub async fn one_recovery_is_under_way_at_a_time_and_is_ended_once(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let first = Recovery {
        id: id(1),
        from: 1,
        to: 9,
        given: Some(id(7)),
        ended: None,
        done: Recovered { unknown: vec![id(8)], holds: 3, ..Recovered::default() },
    };
    let mut tx = store.begin("test").await?;
    tx.put_recovery(&first).await?;
    let further = Recovery { ended: Some(id(9)), ..first.clone() };
    tx.put_recovery(&further).await?;
    assert_eq!(tx.recovery().await?, Some(further));
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    let other = tx.put_recovery(&Recovery { id: id(2), ..first.clone() }).await;
    assert!(matches!(other, Err(StoreFault::Conflict(_))));
    drop(tx);
    let mut tx = store.begin("test").await?;
    assert!(tx.end_recovery(id(1), at(1)).await?);
    assert!(!tx.end_recovery(id(1), at(2)).await?);
    assert_eq!(tx.recovery().await?, None);
    tx.put_recovery(&Recovery { id: id(2), ..first }).await?;
    Ok(())
}

pub async fn everybody_is_read_in_pages_and_an_epoch_only_rises(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut all: Vec<PersonId> = vec![keep(store, 1).await?, keep(store, 2).await?, keep(store, 3).await?];
    all.sort_unstable();
    let mut tx = store.begin("test").await?;
    let first = tx.people_after(None, 2).await?;
    assert_eq!(first, all[..2]);
    assert_eq!(tx.people_after(first.last().copied(), 2).await?, all[2..]);
    assert!(tx.people_after(all.last().copied(), 2).await?.is_empty());
    let other = tx.standing(all[1]).await?.epoch();
    tx.raise_epoch(all[0], Epoch(7)).await?;
    tx.raise_epoch(all[0], Epoch(5)).await?;
    assert_eq!(tx.standing(all[0]).await?.epoch(), Epoch(7));
    assert_eq!(tx.standing(all[1]).await?.epoch(), other, "hers alone");
    assert!(tx.raise_epoch(id(99), Epoch(1)).await.is_err(), "nobody");
    Ok(())
}
