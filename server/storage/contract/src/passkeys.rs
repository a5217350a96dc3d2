//! Passkeys and security keys, and which login method is asked for first.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, made, noon, sealed};
use crate::{Kept, Subject};
use domain::factor::{
    Aaguid, Added, AuthenticatorApp, CredentialId, FactorName, Passkey, PasskeyKind, Registered, StoredKey,
    TimeStep,
};
use domain::ids::PersonId;
use usecases::ports::store::{Store, StoreFault};
use uuid::Uuid;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn name(text: &str) -> Outcome<FactorName> {
    Ok(FactorName::try_from(text.to_owned())?)
}

/// A key of this number, as it came.
pub(crate) fn key(number: u128, person: PersonId) -> Outcome<Passkey> {
    Ok(Passkey {
        id: id(number),
        person,
        name: name("Min telefon")?,
        added_at: noon(),
        added: Added::StepUp,
        used_at: None,
        credential: CredentialId(number.to_be_bytes().to_vec()),
        registered: Registered {
            model: Aaguid::read(Uuid::from_u128(7)),
            transports: vec!["usb".to_owned()],
            ..Registered::plain(PasskeyKind::SecurityKey)
        },
        counter: u32::MAX,
        stored: StoredKey(vec![0, 255, 1]),
    })
}

pub async fn a_key_comes_back_as_it_was_the_oldest_first(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    let newer = Passkey { added_at: at(5), used_at: Some(at(6)), counter: 0, ..key(1, maja)? };
    assert!(tx.add_passkey(&newer).await?);
    assert!(tx.add_passkey(&key(2, maja)?).await?);
    assert_eq!(tx.passkeys_of(maja).await?, [key(2, maja)?, newer]);
    assert!(tx.passkeys_of(other).await?.is_empty());
    Ok(())
}

pub async fn a_key_is_found_by_the_name_it_goes_by(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    let hers = key(1, maja)?;
    tx.add_passkey(&hers).await?;
    assert_eq!(tx.passkey(&hers.credential).await?.as_ref(), Some(&hers));
    assert_eq!(tx.passkey_for_update(&hers.credential).await?.as_ref(), Some(&hers));
    for nobodys in [vec![], vec![1]] {
        assert_eq!(tx.passkey(&CredentialId(nobodys)).await?, None);
    }
    Ok(())
}

pub async fn no_two_people_have_a_key_of_one_name(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.add_passkey(&key(1, maja)?).await?);
    for again in [key(2, other)?, key(3, maja)?] {
        let again = Passkey { credential: key(1, maja)?.credential, ..again };
        assert!(!tx.add_passkey(&again).await?);
    }
    assert_eq!(tx.passkey(&key(1, maja)?.credential).await?.map(|it| it.person), Some(maja));
    tx.commit().await?;
    Ok(())
}

pub async fn what_changes_of_a_key_is_kept_and_nothing_else(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    let before = Passkey { counter: 4, ..key(1, maja)? };
    tx.add_passkey(&before).await?;
    let registered = Registered { backup_eligible: true, backed_up: true, ..before.registered.clone() };
    let after = Passkey { used_at: Some(at(9)), counter: 5, registered, ..before };
    let foreign = StoredKey(vec![9]);
    tx.save_passkey(&Passkey { name: name("En anden")?, stored: foreign, ..after.clone() }).await?;
    assert_eq!(tx.passkeys_of(maja).await?, std::slice::from_ref(&after));
    let elsewhere = tx.save_passkey(&Passkey { person: other, ..after }).await;
    assert!(made(elsewhere, tx).await.is_err(), "nobody elses");
    Ok(())
}

/// One answer: taken only where the counter rises.
async fn answer(store: &dyn Store, credential: &CredentialId) -> Result<bool, StoreFault> {
    let mut tx = store.begin("race").await?;
    let Some(key) = tx.passkey_for_update(credential).await? else { return Ok(false) };
    let rises = key.counter < 5;
    if rises {
        tx.save_passkey(&Passkey { counter: 5, ..key }).await?;
    }
    tx.commit().await?;
    Ok(rises)
}

pub async fn of_two_answers_at_once_the_second_sees_the_counter_of_the_first(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let mut tx = store.begin("test").await?;
    let hers = Passkey { counter: 4, ..key(1, maja)? };
    tx.add_passkey(&hers).await?;
    tx.commit().await?;
    let (one, two) = tokio::join!(answer(store, &hers.credential), answer(store, &hers.credential));
    assert!(one? != two?);
    Ok(())
}

pub async fn a_key_is_taken_away_from_its_owner_alone(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.add_passkey(&key(1, maja)?).await?;
    assert!(!tx.remove_passkey(other, id(1)).await?);
    assert!(tx.remove_passkey(maja, id(1)).await?);
    assert!(!tx.remove_passkey(maja, id(1)).await?);
    assert!(tx.passkeys_of(maja).await?.is_empty());
    Ok(())
}

pub async fn any_method_is_renamed_by_its_owner_alone(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    let app = AuthenticatorApp {
        id: id(2),
        person: maja,
        name: name("App")?,
        added_at: noon(),
        added: Added::Recovery,
        used_at: None,
        last_step: TimeStep(1),
    };
    tx.add_app(&app, &sealed(1)).await?;
    tx.add_passkey(&key(1, maja)?).await?;
    for number in [1, 2] {
        assert!(!tx.rename_factor(other, id(number), &name("Min nu")?).await?);
        assert!(tx.rename_factor(maja, id(number), &name("Ny")?).await?);
    }
    assert!(!tx.rename_factor(maja, id(3), &name("Ny")?).await?);
    assert_eq!(tx.passkeys_of(maja).await?, [Passkey { name: name("Ny")?, ..key(1, maja)? }]);
    assert_eq!(tx.apps_of(maja).await?, [(AuthenticatorApp { name: name("Ny")?, ..app }, sealed(1))]);
    Ok(())
}

pub async fn the_method_asked_for_first_is_kept(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.primary_factor(maja).await?, None);
    for number in [1, 2] {
        tx.set_primary_factor(maja, id(number)).await?;
        assert_eq!(tx.primary_factor(maja).await?, Some(id(number)));
    }
    assert_eq!(tx.primary_factor(other).await?, None);
    Ok(())
}
