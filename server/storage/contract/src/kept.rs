//! Single facts about the database, and rewriting for key rotation.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, mac, noon, sealed};
use crate::{Kept, Subject};
use domain::factor::{Added, AuthenticatorApp, FactorName, TimeStep};
use domain::ids::PersonId;
use domain::signing_key::SigningLife;
use domain::{SignedDuration, Timestamp};
use usecases::ports::store::{KeyStep, Resealed, Rotation, SigningKey, Stamp, StoreFault};
use usecases::ports::vault::KeyUse;

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
    assert!(page == [(id(1), sealed(1), mac(1)), (id(2), sealed(2), mac(2))]);
    assert!(tx.sealed_cprs(Some(id::<PersonId>(2)), 2).await? == [(id(3), sealed(3), mac(3))]);
    assert!(tx.sealed_cprs(Some(id::<PersonId>(3)), 2).await?.is_empty());
    Ok(())
}

pub async fn a_number_is_sealed_and_indexed_anew_unless_it_changed_meanwhile(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.reseal_cpr(maja, &sealed(1), &sealed(9), mac(9)).await?);
    assert!(!tx.reseal_cpr(maja, &sealed(1), &sealed(8), mac(8)).await?, "it is another one by now");
    assert!(!tx.reseal_cpr(id(4), &sealed(1), &sealed(8), mac(8)).await?, "there is no such person");
    assert!(tx.sealed_cprs(None, 9).await? == [(maja, sealed(9), mac(9)), (other, sealed(2), mac(2))]);
    assert_eq!(tx.person_by_cpr(&[mac(9), mac(1)]).await?, Some(maja));
    assert_eq!(tx.person_by_cpr(&[mac(1)]).await?, None);
    Ok(())
}

pub async fn a_signing_key_is_sealed_anew(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    let life = SigningLife::Active(noon());
    let key = SigningKey { id: id(1), sealed: sealed(1), certificate: vec![1], created_at: noon(), life };
    tx.add_signing_key(&key).await?;
    assert!(tx.reseal_signing_key(id(1), &sealed(9)).await?);
    assert!(!tx.reseal_signing_key(id(2), &sealed(9)).await?);
    let kept: Vec<_> = tx.signing_keys().await?.into_iter().map(|key| (key.id, key.sealed)).collect();
    assert!(kept == [(id(1), sealed(9))]);
    Ok(())
}

pub async fn one_rotation_is_under_way_at_a_time_and_is_ended_once(subject: &dyn Subject) -> Kept {
    let rotation = |number: u128| Rotation {
        id: id(number),
        begun_at: noon(),
        targets: [(KeyUse::CprSeal, 2), (KeyUse::Seeds, 3)].into(),
        resealed: Resealed::default(),
    };
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.rotation_for_update().await?, None);
    tx.put_rotation(&rotation(1)).await?;
    let further = Rotation { resealed: Resealed { seeds: 7, ..Resealed::default() }, ..rotation(1) };
    tx.put_rotation(&further).await?;
    assert_eq!(tx.rotation_for_update().await?, Some(further.clone()));
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    let second = tx.put_rotation(&rotation(2)).await;
    assert!(matches!(second, Err(StoreFault::Conflict("a rotation of keys"))), "{second:?}");
    drop(tx);
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.end_rotation(id(1), at(1)).await?);
    assert!(!tx.end_rotation(id(1), at(2)).await?);
    assert_eq!(tx.rotation_for_update().await?, None);
    tx.put_rotation(&rotation(2)).await?;
    assert_eq!(tx.rotation_for_update().await?, Some(rotation(2)));
    Ok(())
}

pub async fn each_step_of_a_key_is_told_once(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.tell_of_key(id(1), KeyStep::Created, noon()).await?);
    assert!(!tx.tell_of_key(id(1), KeyStep::Created, at(1)).await?);
    assert!(tx.tell_of_key(id(1), KeyStep::Retired, at(2)).await?);
    assert!(tx.tell_of_key(id(2), KeyStep::Created, at(2)).await?);
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
            added: Added::Enrolment,
            used_at: None,
            last_step: TimeStep(0),
        };
        tx.add_app(&app, &sealed(1)).await?;
    }
    assert!(tx.reseal_seed(id(2), &sealed(9)).await?);
    assert!(tx.sealed_seeds(None, 2).await? == [(id(1), sealed(1)), (id(2), sealed(9))]);
    assert!(tx.sealed_seeds(Some(id(2)), 2).await? == [(id(3), sealed(1))]);
    assert!(!tx.reseal_seed(id(4), &sealed(9)).await?, "there is no such app");
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
    let outside = subject.clock().database_now().await?;
    assert!(outside >= first, "also outside of a transaction");
    assert!(subject.clock().clock_alone().await? >= outside, "and where nothing else is asked");
    Ok(())
}
