//! The audit trail and its chain.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, made, row};
use crate::{Kept, Subject};
use domain::audit::{Follower, Hash, Link, Row};
use usecases::ports::store::{Store, StoreFault};

async fn append(store: &dyn Store, numbers: impl IntoIterator<Item = u128>) -> Result<(), StoreFault> {
    let mut tx = store.begin("sample").await?;
    for number in numbers {
        tx.append(&row(number, None)).await?;
    }
    tx.commit().await
}

/// What the sequencer does; gives how many rows it chained.
async fn sequence(store: &dyn Store, limit: u32) -> Result<usize, StoreFault> {
    let mut tx = store.begin("sequence").await?;
    let (place, hash) = tx.chain_end().await?;
    let mut follower = Follower::at(place, hash);
    let links: Vec<Link> = tx.unsequenced(limit).await?.iter().map(|row| follower.append(row)).collect();
    tx.chain(&links).await?;
    tx.commit().await?;
    Ok(links.len())
}

fn ids(rows: &[Row]) -> Vec<domain::ids::EventId> {
    rows.iter().map(|row| row.id).collect()
}

pub async fn a_row_comes_back_byte_for_byte(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    for written in [row(1, Some(maja)), row(2, None)] {
        tx.append(&written).await?;
        let read = tx.row(written.id).await?;
        assert_eq!(read.as_ref().map(Row::encoded), Some(written.encoded()));
        assert_eq!(read, Some(written));
    }
    assert_eq!(tx.row(id(3)).await?, None);
    Ok(())
}

pub async fn rows_wait_for_the_chain_in_the_order_they_were_written(subject: &dyn Subject) -> Kept {
    append(subject.store(), [5, 3, 4]).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(ids(&tx.unsequenced(10).await?), [id(5), id(3), id(4)]);
    assert_eq!(ids(&tx.unsequenced(2).await?), [id(5), id(3)]);
    assert_eq!(tx.unsequenced_count().await?, 3);
    Ok(())
}

/// Of one transaction, with questions between them and without; more than go at once, backwards by their ids.
pub async fn however_many_rows_a_transaction_writes_they_keep_their_order_and_all_wait(
    subject: &dyn Subject,
) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let mut tx = store.begin("test").await?;
    for number in [402, 401] {
        tx.append(&row(number, Some(maja))).await?;
    }
    assert_eq!(tx.unsequenced_count().await?, 2, "a question sees them");
    for number in (100..=400).rev() {
        tx.append(&row(number, (number % 2 == 0).then_some(maja))).await?;
    }
    assert_eq!(store.look("test").await?.unsequenced_count().await?, 0, "others see none before the commit");
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    let expected: Vec<domain::ids::EventId> = (100..=402).rev().map(id).collect();
    assert_eq!(ids(&tx.unsequenced(1000).await?), expected);
    for written in [row(400, Some(maja)), row(399, None), row(100, Some(maja))] {
        assert_eq!(tx.row(written.id).await?, Some(written), "with others, each keeps its own");
    }
    drop(tx);
    assert_eq!(sequence(store, 1000).await?, expected.len());
    assert_eq!(store.look("test").await?.unsequenced_count().await?, 0);
    Ok(())
}

/// Also where the error was passed over; and its lane goes on where it was.
pub async fn a_row_that_cannot_be_written_refuses_the_commit_and_leaves_nothing(
    subject: &dyn Subject,
) -> Kept {
    let store = subject.store();
    append(store, [1]).await?;
    for asks in [false, true] {
        let mut tx = store.begin("test").await?;
        let marked = tx.mark(id(77));
        for number in [2, 1, 3] {
            drop(tx.append(&Row { origin: Some(marked), ..row(number, None) }).await);
        }
        if asks {
            assert!(tx.chain_end().await.is_err(), "the next question");
        }
        assert!(tx.commit().await.is_err(), "the commit");
        let mut tx = store.begin("test").await?;
        assert_eq!(tx.mark(id(77)), marked, "what was not written does not count");
        assert_eq!(ids(&tx.unsequenced(10).await?), [id(1)]);
        assert_eq!((tx.row(id(2)).await?, tx.row(id(3)).await?), (None, None));
    }
    let mut tx = store.begin("test").await?;
    tx.append(&row(4, None)).await?;
    drop(tx);
    assert_eq!(store.look("test").await?.row(id(4)).await?, None, "nor what was dropped");
    Ok(())
}

pub async fn who_may_not_write_appends_nothing(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    for tx in [store.look("test").await?, store.reading("test").await?] {
        let mut tx = tx;
        assert!(tx.append(&row(1, None)).await.is_err());
    }
    assert_eq!(store.look("test").await?.row(id(1)).await?, None);
    Ok(())
}

pub async fn a_chained_row_waits_no_longer(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    append(store, 1..=5).await?;
    assert_eq!(sequence(store, 2).await?, 2);
    append(store, [6]).await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(ids(&tx.unsequenced(10).await?), [id(3), id(4), id(5), id(6)]);
    assert_eq!(tx.unsequenced_count().await?, 4);
    Ok(())
}

pub async fn a_row_taken_out_of_the_line_for_the_chain_is_found(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    append(store, 1..=3).await?;
    sequence(store, 1).await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.stray_row().await?, None, "chained or waiting");
    drop(tx);
    subject.raw("delete from audit_waiting where number = (select max(number) from audit_waiting)").await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.stray_row().await?, Some(id(3)));
    Ok(())
}

pub async fn an_empty_chain_ends_at_its_start(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.chain_end().await?, (0, Hash::START));
    assert!(tx.chained_after(0, 10).await?.is_empty());
    Ok(())
}

pub async fn the_chain_is_read_in_pages_each_link_with_its_row(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    append(store, 1..=5).await?;
    while sequence(store, 2).await? > 0 {}
    let mut tx = store.reading("test").await?;
    let (mut follower, mut place) = (Follower::default(), 0);
    loop {
        let page = tx.chained_after(place, 2).await?;
        for (link, row) in &page {
            follower.check(link, row.as_ref(), true)?;
        }
        let Some((last, _)) = page.last() else { break };
        place = last.place;
    }
    assert_eq!((place, follower.place()), (5, 5));
    drop(tx);
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.chain_end().await?.0, 5);
    Ok(())
}

pub async fn a_link_whose_row_is_gone_shows(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    let link = Link { place: 1, event: id(99), leaf: None, hash: Hash([1; 32]) };
    tx.chain(std::slice::from_ref(&link)).await?;
    assert_eq!(tx.chained_after(0, 10).await?, [(link, None)]);
    Ok(())
}

pub async fn of_two_sequencers_at_once_one_waits_for_the_other(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    append(store, 1..=4).await?;
    let (one, other) = tokio::join!(sequence(store, 2), sequence(store, 2));
    assert_eq!(one? + other?, 4);
    let mut tx = store.begin("test").await?;
    assert_eq!((tx.chain_end().await?.0, tx.unsequenced_count().await?), (4, 0));
    Ok(())
}

pub async fn a_row_or_link_is_written_once(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    append(store, [1]).await?;
    sequence(store, 1).await?;
    let twice = append(store, [1]).await;
    assert!(matches!(twice, Err(StoreFault::Conflict("an event"))), "{twice:?}");
    for again in [(1, 2), (2, 1)] {
        let mut tx = store.begin("test").await?;
        let link = Link { place: again.0, event: id(again.1), leaf: None, hash: Hash([1; 32]) };
        let twice = tx.chain(&[link]).await;
        let twice = made(twice, tx).await;
        assert!(matches!(twice, Err(StoreFault::Conflict("a link"))), "{twice:?}");
    }
    Ok(())
}

pub async fn nobody_changes_or_removes_a_row_past_the_store(subject: &dyn Subject) -> Kept {
    append(subject.store(), [1, 2]).await?;
    sequence(subject.store(), 1).await?;
    for table in ["audit_events", "audit_chain"] {
        assert!(subject.raw(&format!("delete from {table}")).await.is_err(), "{table}");
    }
    assert!(subject.raw("update audit_events set facts = '{}'").await.is_err());
    assert!(subject.raw("update audit_chain set place = place + 1").await.is_err());
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.row(id(1)).await?, Some(row(1, None)));
    assert_eq!(tx.chained_after(0, 10).await?.len(), 1);
    Ok(())
}

pub async fn the_newest_rows_about_a_person_come_first(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    for (number, subject) in [(1, Some(maja)), (2, Some(other)), (3, Some(maja)), (4, None), (5, Some(maja))]
    {
        tx.append(&row(number, subject)).await?;
    }
    let kind = row(1, None).kind;
    let (kinds, others) = (["nothing", kind.as_str()], ["nothing"]);
    assert_eq!(ids(&tx.rows_about(maja, &kinds, 2).await?), [id(5), id(3)]);
    assert_eq!(ids(&tx.rows_about(maja, &kinds, 9).await?), [id(5), id(3), id(1)]);
    assert_eq!(ids(&tx.rows_about(maja, &others, 9).await?), []);
    Ok(())
}

pub async fn rows_of_a_kind_are_counted_from_a_time_on(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    for number in 1..=3 {
        tx.append(&row(number, None)).await?;
    }
    tx.append(&Row { kind: "login.held".into(), ..row(4, None) }).await?;
    assert_eq!(tx.rows_of_kind("terms.accepted", at(2)).await?, 2);
    assert_eq!(tx.rows_of_kind("login.held", at(0)).await?, 1);
    assert_eq!(tx.rows_of_kind("nothing", at(0)).await?, 0);
    Ok(())
}

pub async fn chained_rows_about_a_person_come_in_pages_with_their_places(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let mut tx = store.begin("sample").await?;
    for number in 1..=5 {
        tx.append(&row(number, (number != 2).then_some(maja))).await?;
    }
    tx.commit().await?;
    sequence(store, 4).await?;
    let mut tx = store.reading("test").await?;
    assert_eq!(tx.chained_about_count(maja, (0, 9)).await?, 3, "what waits does not count");
    let first = tx.chained_about(maja, (0, 9), 2).await?;
    assert_eq!(first, [(1, row(1, Some(maja))), (3, row(3, Some(maja)))]);
    assert_eq!(tx.chained_about(maja, (3, 9), 2).await?, [(4, row(4, Some(maja)))]);
    assert!(tx.chained_about(maja, (3, 3), 2).await?.is_empty());
    assert_eq!(tx.chained_about_count(maja, (1, 3)).await?, 1);
    Ok(())
}

pub async fn how_far_the_chain_reaches_and_what_waits_is_known(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    assert_eq!(store.look("test").await?.chain_reach().await?, None);
    append(store, 1..=5).await?;
    sequence(store, 2).await?;
    let mut tx = store.reading("test").await?;
    assert_eq!(tx.chain_reach().await?, Some((2, Some(at(2)))));
    assert_eq!((tx.waiting_between(at(0), at(9)).await?, tx.waiting_between(at(4), at(5)).await?), (3, 1));
    assert_eq!(tx.waiting_between(at(0), at(3)).await?, 0, "those have their places");
    drop(tx);
    let mut tx = store.begin("test").await?;
    tx.chain(&[Link { place: 3, event: id(99), leaf: None, hash: Hash([1; 32]) }]).await?;
    assert_eq!(tx.chain_reach().await?, Some((3, None)), "a row that is gone tells no time");
    Ok(())
}
