//! Passwords and authenticator apps.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::flows::trip;
use crate::passkeys::key;
use crate::samples::{at, hold, id, keep, mac, made, noon, person, row, sealed};
use crate::{Kept, Subject};
use domain::audit::{EventKind, Row};
use domain::factor::{Added, AuthenticatorApp, FactorName, TimeStep};
use domain::ids::{FactorId, PersonId};
use domain::person::UserName;
use domain::standing::Origin;
use usecases::ports::store::{PasswordShown, Store, StoreFault};

pub async fn the_newest_password_replaces_the_one_before(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.password_hash(maja).await?, None);
    tx.set_password_hash(maja, "$argon2id$first", noon()).await?;
    tx.set_password_hash(maja, "$argon2id$second", at(1)).await?;
    assert_eq!(tx.password_hash(maja).await?.as_deref(), Some("$argon2id$second"));
    Ok(())
}

pub(crate) fn app(number: u128, person: PersonId) -> Result<AuthenticatorApp, Box<dyn std::error::Error>> {
    Ok(AuthenticatorApp {
        id: id(number),
        person,
        name: FactorName::try_from("Min telefon".to_owned())?,
        added_at: noon(),
        added: Added::Enrolment,
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
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    tx.add_app(&app(1, maja)?, &sealed(1)).await?;
    tx.commit().await?;
    use_up(store, id(1), 12).await?;
    assert!(use_up(store, id(1), 12).await.is_err());
    assert!(use_up(store, id(1), 11).await.is_err());
    assert!(use_up(store, id(2), 99).await.is_err(), "there is no such app");
    let mut tx = store.begin("test").await?;
    let used: Vec<_> =
        tx.apps_of(maja).await?.into_iter().map(|(app, _)| (app.used_at, app.last_step)).collect();
    assert_eq!(used, [(Some(at(5)), TimeStep(12))]);
    Ok(())
}

async fn use_up(store: &dyn Store, app: FactorId, step: i64) -> Result<(), StoreFault> {
    let mut tx = store.begin("race").await?;
    made(tx.use_up_step(app, TimeStep(step), at(5)).await, tx).await
}

pub async fn of_two_who_type_the_same_code_at_once_one_gets_in(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let mut tx = store.begin("test").await?;
    tx.add_app(&app(1, maja)?, &sealed(1)).await?;
    tx.commit().await?;
    let (one, other) = tokio::join!(use_up(store, id(1), 12), use_up(store, id(1), 12));
    assert!(one.is_ok() != other.is_ok());
    Ok(())
}

pub async fn revoked_means_are_gone_and_nobody_elses(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.password_set_at(maja).await?, None);
    tx.set_password_hash(maja, "$argon2id$hers", at(3)).await?;
    assert_eq!(tx.password_set_at(maja).await?, Some(at(3)));
    tx.add_app(&app(1, maja)?, &sealed(1)).await?;
    tx.add_passkey(&key(3, maja)?).await?;
    tx.set_password_hash(other, "$argon2id$other", noon()).await?;
    tx.add_app(&app(2, other)?, &sealed(2)).await?;
    tx.add_passkey(&key(4, other)?).await?;
    assert_eq!(tx.revoke_means(maja).await?, 3);
    assert_eq!(tx.revoke_means(maja).await?, 0);
    assert!(tx.password_hash(maja).await?.is_none() && tx.apps_of(maja).await?.is_empty());
    assert!(tx.passkeys_of(maja).await?.is_empty() && tx.passkeys_of(other).await?.len() == 1);
    assert!(tx.password_hash(other).await?.is_some() && tx.apps_of(other).await?.len() == 1);
    Ok(())
}

pub async fn a_password_is_found_by_the_name_of_its_owner(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let (hers, nobodys) = (person(1)?.user_name, UserName::try_from("nobody")?);
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.password_of(&hers).await?, Some((maja, None)));
    tx.set_password_hash(maja, "$argon2id$first", noon()).await?;
    assert_eq!(tx.password_of(&hers).await?, Some((maja, Some("$argon2id$first".into()))));
    assert_eq!(tx.password_of(&nobodys).await?, None);
    Ok(())
}

pub async fn what_a_right_password_is_held_against_is_what_each_question_says(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    let nothing = PasswordShown { flow: None, standing: None, hash: None, has_keys: false, elsewhere: false };
    assert_eq!(tx.password_shown(id(1), id(9), &[mac(7)]).await?, nothing);
    let open = trip(1);
    tx.add_flow(&open).await?;
    tx.set_password_hash(maja, "$argon2id$hers", noon()).await?;
    tx.set_password_hash(other, "$argon2id$other", noon()).await?;
    let standing = Some(tx.standing(maja).await?);
    let hash = Some("$argon2id$hers".to_owned());
    let all = PasswordShown { flow: Some(open.clone()), standing, hash, has_keys: false, elsewhere: false };
    tx.add_passkey(&key(1, other)?).await?;
    assert_eq!(tx.password_shown(open.id, maja, &[mac(7)]).await?, all);
    tx.add_passkey(&key(2, maja)?).await?;
    let held = tx.standing(maja).await?.hold(hold(1, Origin::Owner));
    tx.add_hold(maja, &hold(1, Origin::Owner), held.epoch()).await?;
    for (number, who) in [(1, other), (2, maja)] {
        let elsewhere = tx.password_shown(open.id, maja, &[mac(7)]).await?.elsewhere;
        assert!(!elsewhere, "she has not signed in yet");
        tx.append(&Row { kind: EventKind::SignedIn.word().to_owned(), ..row(number, Some(who)) }).await?;
    }
    let all =
        PasswordShown { standing: Some(tx.standing(maja).await?), has_keys: true, elsewhere: true, ..all };
    assert_eq!(tx.password_shown(open.id, maja, &[mac(8), mac(7)]).await?, all);
    tx.know_source(maja, mac(7), at(1)).await?;
    let all = PasswordShown { elsewhere: false, flow: None, ..all };
    assert_eq!(tx.password_shown(id(9), maja, &[mac(8), mac(7)]).await?, all);
    Ok(())
}
