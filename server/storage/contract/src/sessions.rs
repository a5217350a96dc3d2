//! Signed-in sessions.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, session};
use crate::{Kept, Subject};

pub async fn a_session_comes_back_as_it_was(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    assert_eq!(tx.session(id(1)).await?, Some(session(1, maja, 5, at(0))));
    assert_eq!(tx.session(id(2)).await?, None);
    Ok(())
}

pub async fn a_browsers_session_is_its_newest_that_was_not_ended(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    for (number, browser, began) in [(1, 5, 10), (2, 5, 30), (3, 5, 20), (4, 6, 40)] {
        tx.add_session(&session(number, maja, browser, at(began))).await?;
    }
    assert_eq!(tx.session_in(id(5)).await?.map(|it| it.id), Some(id(2)));
    tx.end_session(id(2), at(50)).await?;
    assert_eq!(tx.session_in(id(5)).await?.map(|it| it.id), Some(id(3)));
    assert_eq!(tx.session_in(id(7)).await?, None);
    Ok(())
}

pub async fn its_use_is_noted_and_never_backwards(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    tx.touch_session(id(1), at(60)).await?;
    tx.touch_session(id(1), at(30)).await?;
    assert_eq!(tx.session(id(1)).await?.map(|it| it.seen_at), Some(at(60)));
    Ok(())
}

pub async fn an_ended_session_is_ended_once_and_not_revived_by_use(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    assert!(tx.end_session(id(1), at(10)).await?);
    assert!(!tx.end_session(id(1), at(11)).await?);
    tx.touch_session(id(1), at(60)).await?;
    assert_eq!(tx.session(id(1)).await?, None);
    assert_eq!(tx.session_in(id(5)).await?, None);
    Ok(())
}

pub async fn all_sessions_of_a_person_end_and_nobody_elses(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    for (number, person) in [(1, maja), (2, maja), (3, maja), (4, other)] {
        tx.add_session(&session(number, person, number, at(0))).await?;
    }
    tx.end_session(id(3), at(1)).await?;
    assert_eq!(tx.end_sessions(maja, at(2)).await?, 2);
    assert!(tx.session(id(1)).await?.is_none() && tx.session(id(2)).await?.is_none());
    assert!(tx.session(id(4)).await?.is_some());
    Ok(())
}

pub async fn old_sessions_are_deleted(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    tx.add_session(&session(2, maja, 5, at(20))).await?;
    assert_eq!(tx.prune_sessions(at(10)).await?, 1);
    assert!(tx.session(id(1)).await?.is_none() && tx.session(id(2)).await?.is_some());
    Ok(())
}
