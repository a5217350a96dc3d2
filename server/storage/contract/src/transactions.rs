//! What a transaction is.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{add, id, keep, person};
use crate::{Kept, Subject};
use domain::ids::PersonId;

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
    assert!(add(tx.as_mut(), &person(3)?, 1).await.is_err(), "the number is the first person's");
    drop(tx);
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.person(id(2)).await?, None);
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
