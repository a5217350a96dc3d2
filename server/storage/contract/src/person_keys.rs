//! Each person's own key of the trail, apart from the database.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{add, at, id, keep, mac, person, sealed};
use crate::{Kept, Subject};
use core::future::poll_fn;
use core::pin::pin;
use core::task::{Context, Poll};
use domain::ids::PersonId;
use usecases::ports::vault::Sealed;

pub async fn trail_keys_are_read_in_pages(subject: &dyn Subject) -> Kept {
    for number in [3, 1, 2] {
        keep(subject.store(), number).await?;
    }
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.trail_keys(None, 2).await? == [(id(1), sealed(101)), (id(2), sealed(102))]);
    assert!(tx.trail_keys(Some(id(2)), 2).await? == [(id(3), sealed(103))]);
    assert!(tx.trail_keys(Some(id(3)), 2).await?.is_empty());
    Ok(())
}

pub async fn a_trail_key_is_wrapped_anew(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    let keys = [(maja, sealed(9)), (id(4), sealed(9))];
    assert_eq!(tx.rewrap_trail_keys(&keys).await?, 1, "there is no such person as the second");
    assert!(tx.trail_keys(None, 9).await? == [(maja, sealed(9))]);
    Ok(())
}

/// Lets something go on for so many steps, as before a crash; what it came to, where it did.
async fn for_steps<T>(work: impl Future<Output = T>, mut steps: u32) -> Option<T> {
    let mut work = pin!(work);
    let step = move |cx: &mut Context<'_>| {
        if steps == 0 {
            return Poll::Ready(None);
        }
        steps -= 1;
        work.as_mut().poll(cx).map(Some)
    };
    poll_fn(step).await
}

pub async fn trail_keys_are_wrapped_anew_all_or_none_wherever_it_breaks_off(subject: &dyn Subject) -> Kept {
    let of = |mark: u8| (1..=6).map(|number| (id(number), sealed(mark))).collect::<Vec<(PersonId, Sealed)>>();
    subject.store().look("test").await?.keep_trail_keys(&of(1)).await?;
    let marks = (2..200).cycle();
    for (steps, mark) in (0..).zip(marks) {
        let (mut tx, keys) = (subject.store().look("test").await?, of(mark));
        let whole = for_steps(tx.rewrap_trail_keys(&keys), steps).await;
        drop(tx);
        let there = subject.store().look("test").await?.trail_keys(None, 9).await?;
        let anew = there.iter().filter(|(_, key)| *key == sealed(mark)).count();
        assert!(there.len() == 6 && (anew == 0 || anew == 6), "after {steps} steps: {anew}");
        if let Some(many) = whole {
            assert!(steps > 1, "it was broken off in the middle, too");
            assert_eq!((many?, anew), (6, 6));
            return Ok(());
        }
    }
    Ok(())
}

pub async fn a_trail_key_read_before_is_not_remembered_after_it_was_wrapped_anew(
    subject: &dyn Subject,
) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.standing(maja).await?;
    assert!(tx.trail_key_of(maja).await? == Some(sealed(101)));
    assert_eq!(tx.rewrap_trail_keys(&[(maja, sealed(9))]).await?, 1);
    assert!(tx.trail_key_of(maja).await? == Some(sealed(9)));
    Ok(())
}

pub async fn a_key_is_there_before_whom_it_belongs_to(subject: &dyn Subject) -> Kept {
    let maja = person(1)?;
    let mut given_up = subject.store().begin("test").await?;
    add(given_up.as_mut(), &maja, 1).await?;
    drop(given_up);
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.person(maja.id).await?.is_none());
    assert!(tx.trail_key_of(maja.id).await? == Some(sealed(101)), "lasting at once, and nobody's");
    tx.keep_trail_keys(&[(maja.id, sealed(9)), (id(2), sealed(102))]).await?;
    assert!(tx.trail_keys(None, 9).await? == [(maja.id, sealed(101)), (id(2), sealed(102))]);
    Ok(())
}

pub async fn a_key_goes_once_the_erasure_was_committed_and_stays_destroyed(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut given_up = subject.store().begin("test").await?;
    given_up.erase_person(maja, &[mac(7)], at(9)).await?;
    drop(given_up);
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.trail_key_of(maja).await?.is_some(), "she is still there, and so is her key");
    tx.erase_person(maja, &[mac(7)], at(9)).await?;
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.trail_key_of(maja).await?.is_none() && tx.trail_key_of(other).await?.is_some());
    assert_eq!(tx.rewrap_trail_keys(&[(maja, sealed(9))]).await?, 0);
    assert!(tx.trail_key_of(maja).await?.is_none());
    Ok(())
}

pub async fn keys_of_who_was_erased_are_destroyed_again_wherever_they_came_back(
    subject: &dyn Subject,
) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.erase_person(maja, &[mac(7)], at(9)).await?;
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.destroy_keys_of_erased().await?, 0);
    tx.keep_trail_keys(&[(maja, sealed(101))]).await?;
    assert_eq!(tx.destroy_keys_of_erased().await?, 1);
    assert!(tx.trail_key_of(maja).await?.is_none());
    assert!(tx.trail_keys(None, 9).await? == [(other, sealed(102))]);
    Ok(())
}

/// The first of two people has lost her key.
async fn one_lost(subject: &dyn Subject) -> Kept {
    keep(subject.store(), 1).await?;
    keep(subject.store(), 2).await?;
    // As if she had been erased, and the database put back to before.
    subject
        .raw("insert into erasures (person, at) select id, 1 from persons where user_name = 'maja1'")
        .await?;
    assert_eq!(subject.store().look("test").await?.destroy_keys_of_erased().await?, 1);
    Ok(())
}

pub async fn who_has_no_key_is_known(subject: &dyn Subject) -> Kept {
    one_lost(subject).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.people_without_key(9).await?, [id::<PersonId>(1)]);
    assert!(tx.people_without_key(0).await?.is_empty());
    tx.keep_trail_keys(&[(id(1), sealed(9))]).await?;
    assert!(tx.people_without_key(9).await?.is_empty());
    Ok(())
}

/// Keys lay in the database once. Interrupted after the copy, both are there, and the copy holds.
pub async fn keys_that_lie_in_the_database_are_moved_out_of_it(subject: &dyn Subject) -> Kept {
    one_lost(subject).await?;
    let lies = |number: u8| {
        let wrapped = subject.dialect().bytes(&format!("{number:02x}").repeat(48));
        format!("insert into trail_keys (person, wrapped) select id, {wrapped} from persons")
    };
    subject.raw(&lies(8)).await?;
    for _ in 0..2 {
        subject.migrate().await?;
        let mut tx = subject.store().begin("test").await?;
        assert!(tx.trail_keys(None, 9).await? == [(id(1), sealed(8)), (id(2), sealed(102))]);
        drop(tx);
        // None lies there any more: each would be there twice.
        subject.raw(&lies(7)).await?;
    }
    Ok(())
}
