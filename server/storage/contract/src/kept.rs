//! Single facts about the database, and rewriting for key rotation.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{id, keep, noon, sealed};
use crate::{Kept, Subject};
use domain::factor::{AuthenticatorApp, FactorName, TimeStep};
use domain::ids::PersonId;
use domain::{SignedDuration, Timestamp};
use usecases::ports::store::{Stamp, StoreFault};

pub async fn a_database_is_stamped_once(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.stamp().await?, None);
    tx.set_stamp(Stamp::Pilot).await?;
    tx.set_stamp(Stamp::Pilot).await?;
    assert_eq!(tx.stamp().await?, Some(Stamp::Pilot));
    assert!(matches!(tx.set_stamp(Stamp::Production).await, Err(StoreFault::Conflict(_))));
    assert_eq!(tx.stamp().await?, Some(Stamp::Pilot));
    Ok(())
}

pub async fn a_stamp_cannot_be_changed_past_the_store(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.set_stamp(Stamp::Demo).await?;
    tx.commit().await?;
    assert!(subject.raw("update stamp set word = 'production'").await.is_err());
    assert!(subject.raw("delete from stamp").await.is_err());
    Ok(())
}

pub async fn sealed_numbers_are_read_in_pages(subject: &dyn Subject) -> Kept {
    for number in [3, 1, 2] {
        keep(subject.store(), number).await?;
    }
    let mut tx = subject.store().begin("test").await?;
    let page = tx.sealed_cprs(None, 2).await?;
    assert!(page == [(id(1), sealed(1)), (id(2), sealed(2))]);
    assert!(tx.sealed_cprs(Some(id::<PersonId>(2)), 2).await? == [(id(3), sealed(3))]);
    assert!(tx.sealed_cprs(Some(id::<PersonId>(3)), 2).await?.is_empty());
    Ok(())
}

pub async fn seeds_are_read_in_pages_and_sealed_anew(subject: &dyn Subject) -> Kept {
    let person = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    for number in 1..=3 {
        let (name, added_at) = (FactorName::try_from("App".to_owned())?, noon());
        let app = AuthenticatorApp {
            id: id(number),
            person,
            name,
            added_at,
            used_at: None,
            last_step: TimeStep(0),
        };
        tx.add_app(&app, &sealed(1)).await?;
    }
    tx.reseal_seed(id(2), &sealed(9)).await?;
    assert!(tx.sealed_seeds(None, 2).await? == [(id(1), sealed(1)), (id(2), sealed(9))]);
    assert!(tx.sealed_seeds(Some(id(2)), 2).await? == [(id(3), sealed(1))]);
    assert!(tx.reseal_seed(id(4), &sealed(9)).await.is_err());
    Ok(())
}

pub async fn a_trail_key_is_wrapped_anew(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.rewrap_trail_key(maja, &sealed(9)).await?;
    assert!(tx.trail_key_of(maja).await? == Some(sealed(9)));
    assert!(tx.rewrap_trail_key(id(4), &sealed(9)).await.is_err());
    Ok(())
}

pub async fn a_shredded_trail_key_stays_shredded(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    subject.raw("update trail_keys set wrapped = null").await?;
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.trail_key_of(maja).await?.is_none());
    assert!(tx.rewrap_trail_key(maja, &sealed(9)).await.is_err());
    Ok(())
}

pub async fn the_database_tells_its_time(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    let (first, second) = (tx.database_now().await?, tx.database_now().await?);
    // Between the day this was written and a century later: microseconds, not seconds or milliseconds.
    assert!(first > Timestamp::constant(1_760_000_000, 0));
    assert!(first < Timestamp::constant(1_760_000_000, 0) + SignedDuration::from_hours(24 * 365 * 100));
    assert!(second >= first);
    drop(tx);
    assert!(subject.clock().database_now().await? >= first, "also outside of a transaction");
    Ok(())
}
