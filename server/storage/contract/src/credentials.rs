//! Passwords, authenticators and the count of wrong answers.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, mac, noon, sealed};
use crate::{Kept, Subject};
use domain::factor::{AuthenticatorApp, FactorName, TimeStep};
use domain::ids::{FactorId, PersonId};
use domain::throttle::Wrong;
use usecases::ports::store::{Store, StoreFault};

pub async fn the_newest_password_replaces_the_one_before(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.password_hash(maja).await?, None);
    tx.set_password_hash(maja, "$argon2id$first", noon()).await?;
    tx.set_password_hash(maja, "$argon2id$second", at(1)).await?;
    assert_eq!(tx.password_hash(maja).await?.as_deref(), Some("$argon2id$second"));
    Ok(())
}

fn app(number: u128, person: PersonId) -> Result<AuthenticatorApp, Box<dyn std::error::Error>> {
    Ok(AuthenticatorApp {
        id: id(number),
        person,
        name: FactorName::try_from("Min telefon".to_owned())?,
        added_at: noon(),
        used_at: None,
        last_step: TimeStep(10),
    })
}

pub async fn an_app_comes_back_with_its_sealed_seed(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.add_app(&app(1, maja)?, &sealed(1)).await?;
    let kept = tx.apps_of(maja).await?;
    assert!(kept == [(app(1, maja)?, sealed(1))]);
    assert!(tx.apps_of(other).await?.is_empty());
    Ok(())
}

pub async fn a_step_counts_once_and_never_an_older_one(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_app(&app(1, maja)?, &sealed(1)).await?;
    assert!(tx.spend_step(id(1), TimeStep(12), at(5)).await?);
    assert!(!tx.spend_step(id(1), TimeStep(12), at(5)).await?);
    assert!(!tx.spend_step(id(1), TimeStep(11), at(5)).await?);
    assert!(!tx.spend_step(id(2), TimeStep(99), at(5)).await?, "there is no such app");
    let used: Vec<_> =
        tx.apps_of(maja).await?.into_iter().map(|(app, _)| (app.used_at, app.last_step)).collect();
    assert_eq!(used, [(Some(at(5)), TimeStep(12))]);
    Ok(())
}

async fn spend(store: &dyn Store, app: FactorId) -> Result<bool, StoreFault> {
    let mut tx = store.begin("race").await?;
    let spent = tx.spend_step(app, TimeStep(12), noon()).await?;
    tx.commit().await?;
    Ok(spent)
}

pub async fn of_two_who_type_the_same_code_at_once_one_gets_in(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let mut tx = store.begin("test").await?;
    tx.add_app(&app(1, maja)?, &sealed(1)).await?;
    tx.commit().await?;
    let (one, other) = tokio::join!(spend(store, id(1)), spend(store, id(1)));
    assert!(one? != other?);
    Ok(())
}

pub async fn wrong_answers_are_counted_at_each_door_alone(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.wrong(mac(1)).await?, Wrong::default());
    assert_eq!(tx.count_wrong(mac(1), at(1)).await?, Wrong { count: 1, last: Some(at(1)) });
    assert_eq!(tx.count_wrong(mac(1), at(1)).await?, Wrong { count: 2, last: Some(at(1)) });
    tx.count_wrong(mac(2), at(2)).await?;
    assert_eq!(tx.wrong(mac(1)).await?, Wrong { count: 2, last: Some(at(1)) });
    assert_eq!(tx.wrong(mac(2)).await?, Wrong { count: 1, last: Some(at(2)) });
    Ok(())
}

pub async fn a_right_answer_ends_the_row_and_not_the_months_count(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    for second in 0..5 {
        tx.count_wrong(mac(1), at(second)).await?;
    }
    tx.forget_wrong(mac(1)).await?;
    assert_eq!(tx.wrong(mac(1)).await?.count, 0);
    assert_eq!(tx.wrong_since(mac(1), at(0)).await?, 5);
    assert_eq!(tx.wrong_since(mac(1), at(3)).await?, 2, "those at three and four seconds");
    assert_eq!(tx.count_wrong(mac(1), at(9)).await?.count, 1);
    assert_eq!(tx.wrong_since(mac(1), at(0)).await?, 6);
    Ok(())
}

pub async fn a_thousand_strangers_are_counted_and_take_little_room(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    for _ in 0..999 {
        tx.count_wrong(mac(1), noon()).await?;
    }
    assert_eq!(tx.count_wrong(mac(1), noon()).await?.count, 1000);
    let times = tx.wrong_since(mac(1), at(-1)).await?;
    assert!((200..1000).contains(&times), "more than any limit asks for, and bounded: {times}");
    Ok(())
}

pub async fn old_wrong_answers_are_forgotten(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.count_wrong(mac(1), at(0)).await?;
    tx.count_wrong(mac(2), at(0)).await?;
    tx.count_wrong(mac(2), at(20)).await?;
    assert_eq!(tx.prune_wrong(at(10)).await?, 2);
    assert_eq!(tx.wrong(mac(1)).await?, Wrong::default());
    assert_eq!(tx.wrong(mac(2)).await?.count, 2, "still in a row");
    assert_eq!(tx.wrong_since(mac(2), at(0)).await?, 1);
    Ok(())
}
