//! What a transaction is.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::flows::{keep_flow, trip};
use crate::samples::{add, id, keep, mac, person, sealed};
use crate::{Kept, Subject};
use domain::ids::PersonId;
use usecases::ports::store::StoreFault;

pub async fn what_is_dropped_leaves_nothing(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    add(tx.as_mut(), &person(1)?, 1).await?;
    drop(tx);
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.person(id(1)).await?, None);
    assert_eq!(tx.user_name_owner(&person(1)?.user_name).await?, None);
    Ok(())
}

pub async fn a_fault_in_the_middle_leaves_nothing_either(subject: &dyn Subject) -> Kept {
    keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    add(tx.as_mut(), &person(2)?, 2).await?;
    let taken = tx.set_cpr(id(2), &sealed(1), mac(1)).await;
    assert!(taken.is_err(), "the number is the first person's");
    drop(tx);
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.person(id(2)).await?, None);
    Ok(())
}

/// However late a write is sent: what fails takes along what was written before and behind it.
pub async fn a_write_that_fails_refuses_the_commit_and_leaves_nothing(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    keep_flow(store, &trip(1)).await?;
    for bad in 0..3 {
        let mut tx = store.begin("test").await?;
        let mut made = Ok(());
        for flow in 0..3 {
            if made.is_ok() {
                made = tx.add_flow(&trip(if flow == bad { 1 } else { 10 + flow })).await;
            }
        }
        let made = match made {
            Ok(()) => tx.commit().await,
            refused => refused,
        };
        assert!(made.is_err(), "the flow is there already");
        let mut tx = store.begin("test").await?;
        for flow in 10..13 {
            assert_eq!(tx.flow(id(flow)).await?, None);
        }
    }
    Ok(())
}

/// Whoever passes over an error does not commit the half of what was written.
pub async fn nothing_is_kept_after_a_failure_that_was_passed_over(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    keep_flow(store, &trip(1)).await?;
    let mut tx = store.begin("test").await?;
    tx.add_flow(&trip(2)).await?;
    let failed = tx.add_flow(&trip(1)).await.is_err() || tx.flow(id(2)).await.is_err();
    assert!(failed, "the flow is there already");
    drop(tx.add_flow(&trip(3)).await);
    drop(tx.flow(id(3)).await);
    drop(tx.commit().await);
    let mut tx = store.begin("test").await?;
    assert_eq!((tx.flow(id(2)).await?, tx.flow(id(3)).await?), (None, None));
    Ok(())
}

pub async fn a_question_sees_what_its_transaction_wrote_and_others_do_not(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    tx.add_flow(&trip(1)).await?;
    assert_eq!(tx.flow(id(1)).await?, Some(trip(1)));
    tx.use_up_flow(id(1)).await?;
    tx.add_flow(&trip(2)).await?;
    assert_eq!((tx.flow(id(1)).await?, tx.flow(id(2)).await?), (None, Some(trip(2))));
    assert_eq!(store.look("test").await?.flow(id(2)).await?, None);
    tx.add_flow(&trip(3)).await?;
    drop(tx);
    let mut tx = store.begin("test").await?;
    assert_eq!((tx.flow(id(2)).await?, tx.flow(id(3)).await?), (None, None), "it was dropped");
    Ok(())
}

pub async fn more_writes_than_go_in_one_message_are_kept_in_order(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    for flow in 1..=40 {
        tx.add_flow(&trip(flow)).await?;
        if flow % 2 == 0 {
            tx.use_up_flow(id(flow)).await?;
        }
    }
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    for flow in 1..=40 {
        assert_eq!(tx.flow(id(flow)).await?.is_some(), flow % 2 == 1, "{flow}");
    }
    Ok(())
}

pub async fn what_is_committed_is_there_for_readers(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().reading("test").await?;
    assert_eq!(tx.person(maja).await?, Some(person(1)?));
    tx.commit().await?;
    Ok(())
}

pub async fn a_reader_sees_one_state_while_others_write(subject: &dyn Subject) -> Kept {
    let mut reader = subject.store().reading("test").await?;
    assert_eq!(reader.person(id::<PersonId>(1)).await?, None);
    keep(subject.store(), 1).await?;
    assert_eq!(reader.person(id::<PersonId>(1)).await?, None);
    drop(reader);
    let mut reader = subject.store().reading("test").await?;
    assert!(reader.person(id::<PersonId>(1)).await?.is_some());
    Ok(())
}

pub async fn a_reader_cannot_write(subject: &dyn Subject) -> Kept {
    let mut reader = subject.store().reading("test").await?;
    assert!(add(reader.as_mut(), &person(1)?, 1).await.is_err());
    Ok(())
}

pub async fn a_look_sees_what_is_committed_and_cannot_write(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut look = subject.store().look("test").await?;
    assert_eq!(look.person(maja).await?, Some(person(1)?));
    drop(look);
    let mut look = subject.store().look("test").await?;
    assert!(add(look.as_mut(), &person(2)?, 2).await.is_err());
    for store in [subject.store().look("test").await?, subject.store().reading("test").await?] {
        let mut tx = store;
        assert!(tx.add_flow(&trip(1)).await.is_err(), "whatever it is that is written");
    }
    Ok(())
}

/// Who closes the page goes away in the middle of any question; the next one finds a connection as good as new.
pub async fn who_goes_away_in_the_middle_leaves_nothing(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    for polls in 0..40 {
        let mut deed = Box::pin(async {
            let mut tx = store.begin("gone").await?;
            add(tx.as_mut(), &person(1).map_err(|_| StoreFault::Unreadable("a sample"))?, 1).await?;
            std::future::pending::<()>().await;
            tx.commit().await
        });
        for _ in 0..polls {
            if poll_once(deed.as_mut()).await.is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(deed);
        let mut tx = store.begin("test").await?;
        assert_eq!(tx.person(id::<PersonId>(1)).await?, None, "after {polls} polls");
        tx.commit().await?;
        assert_eq!(store.reading("test").await?.person(id::<PersonId>(1)).await?, None);
    }
    Ok(())
}

/// Polls once, as whoever waits for it would.
async fn poll_once<F: Future>(mut deed: std::pin::Pin<&mut F>) -> std::task::Poll<F::Output> {
    std::future::poll_fn(|cx| std::task::Poll::Ready(deed.as_mut().poll(cx))).await
}
