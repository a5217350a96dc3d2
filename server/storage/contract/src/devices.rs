//! Hardware code devices.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, noon, sealed};
use crate::{Kept, Subject};
use domain::code_device::{
    CodeDevice, Digits, HashAlgorithm, Label, Life, LifeWord, Moving, Serial, StepLength,
};
use domain::factor::{Added, AuthenticatorApp, FactorName, TimeStep};
use domain::ids::PersonId;
use usecases::ports::store::{Store, StoreFault};

type Made<T> = Result<T, Box<dyn std::error::Error>>;

fn serial(number: u128) -> Made<Serial> {
    Ok(Serial::try_from(format!("S-{number}"))?)
}

/// One in stock: with a button where the number is odd, else with a clock.
fn device(number: u128) -> Made<CodeDevice> {
    let clock = Moving::clock(StepLength::HALF_A_MINUTE, -3);
    Ok(CodeDevice {
        id: id(number),
        serial: serial(number)?,
        manufacturer: Some(Label::try_from("Ærlig & Søn".to_owned())?),
        model: None,
        hash: HashAlgorithm::Sha256,
        digits: Digits::try_from(8)?,
        moving: if number % 2 == 1 { Moving::Button { next: 7 } } else { clock },
        life: Life::InStock { since: noon() },
    })
}

/// One somebody signs in with since a second.
pub(crate) fn active(number: u128, person: PersonId) -> Made<CodeDevice> {
    let name = FactorName::try_from("Kodeviser".to_owned())?;
    let out = device(number)?.handed_out(person, noon())?;
    let place = *out.moving.at_activation(at(1)).start();
    Ok(out.activated(person, name, place, at(1))?)
}

async fn put(store: &dyn Store, device: &CodeDevice) -> Result<(), StoreFault> {
    let mut tx = store.begin("test").await?;
    tx.add_devices(&[(device.clone(), sealed(1))]).await?;
    tx.put_device(device).await?;
    tx.commit().await
}

pub async fn a_delivery_comes_back_as_it_was(subject: &dyn Subject) -> Kept {
    let delivered = [(device(1)?, sealed(1)), (device(2)?, sealed(2)), (device(3)?, sealed(3))];
    let mut tx = subject.store().begin("test").await?;
    tx.add_devices(&delivered).await?;
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.all_devices(None, 2).await? == delivered[..2]);
    assert!(tx.all_devices(Some(id(2)), 2).await? == delivered[2..]);
    assert!(tx.device_for_update(&serial(2)?).await?.as_ref() == Some(&delivered[1]));
    assert!(tx.device_for_update(&serial(9)?).await?.is_none());
    let among = tx.devices_among(&[serial(3)?, serial(9)?, serial(1)?]).await?;
    assert_eq!(among, [device(1)?, device(3)?]);
    Ok(())
}

pub async fn a_number_is_there_once_and_a_delivery_comes_whole_or_not(subject: &dyn Subject) -> Kept {
    put(subject.store(), &device(1)?).await?;
    let again = CodeDevice { serial: serial(1)?, ..device(3)? };
    let mut tx = subject.store().begin("test").await?;
    let mut added = tx.add_devices(&[(device(2)?, sealed(2)), (again, sealed(3))]).await;
    if added.is_ok() {
        added = tx.commit().await;
    }
    assert!(matches!(added, Err(StoreFault::Conflict("a code device"))), "{added:?}");
    assert_eq!(subject.store().look("test").await?.all_devices(None, 9).await?.len(), 1);
    Ok(())
}

pub async fn every_life_of_a_device_comes_back(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let lives = [
        device(1)?,
        device(2)?.handed_out(maja, at(1))?,
        active(3, maja)?,
        active(4, maja)?.returned(at(5))?,
        active(5, maja)?.lost(at(6))?,
        active(6, maja)?.leaked(at(7))?,
    ];
    for device in &lives {
        put(subject.store(), device).await?;
        let mut tx = subject.store().begin("test").await?;
        let kept = tx.device_for_update(&device.serial).await?.map(|(kept, _)| kept);
        assert_eq!(kept.as_ref(), Some(device));
    }
    let words: Vec<_> = lives.iter().map(|device| device.life.word()).collect();
    assert_eq!(words, LifeWord::ALL);
    let hers: Vec<_> = subject.store().look("test").await?.devices_of(maja).await?;
    assert_eq!(hers.iter().map(|(it, _)| it.id).collect::<Vec<_>>(), [id(2), id(3)], "what she has now");
    Ok(())
}

pub async fn a_code_of_a_device_is_spent_once_and_never_an_older_one(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    for number in [3, 4] {
        let device = active(number, maja)?;
        put(subject.store(), &device).await?;
        let later = *device.moving.at_sign_in(at(90)).start() + 2;
        let (older, newer) = (device.clone().spent(later - 1, at(90))?, device.clone().spent(later, at(90))?);
        let mut tx = subject.store().begin("test").await?;
        assert!(tx.spend_device(&newer).await?);
        assert!(!tx.spend_device(&newer).await?, "once");
        assert!(!tx.spend_device(&older).await?, "never an older one");
        let kept = tx.device_for_update(&device.serial).await?.map(|(kept, _)| kept);
        assert_eq!(kept, Some(newer.clone()));
        tx.put_device(&newer.clone().put_aside(at(91))).await?;
        let next = newer.clone().spent(later + 1, at(92))?;
        assert!(!tx.spend_device(&next).await?, "it does not count any more");
        let theirs = newer.clone().put_aside(at(91)).returned(at(92))?.handed_out(other, at(93))?;
        tx.put_device(&theirs.activated(other, FactorName::try_from("x".to_owned())?, later + 1, at(94))?)
            .await?;
        assert!(!tx.spend_device(&newer.clone().spent(later + 2, at(95))?).await?, "it is another's");
    }
    Ok(())
}

async fn spend(store: &dyn Store, device: &CodeDevice) -> Result<bool, StoreFault> {
    let mut tx = store.begin("race").await?;
    let spent = tx.spend_device(device).await?;
    tx.commit().await?;
    Ok(spent)
}

pub async fn of_two_who_type_the_same_code_of_a_device_at_once_one_gets_in(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let device = active(3, maja)?;
    put(subject.store(), &device).await?;
    let place = *device.moving.at_sign_in(at(9)).start();
    let spent = device.spent(place, at(9))?;
    let (one, other) = tokio::join!(spend(subject.store(), &spent), spend(subject.store(), &spent));
    assert!(one? != other?);
    Ok(())
}

pub async fn what_a_person_signs_in_with_is_put_aside_and_stays_with_her(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    for device in
        [active(2, maja)?, active(3, maja)?, active(4, other)?, device(5)?.handed_out(maja, noon())?]
    {
        put(subject.store(), &device).await?;
    }
    let mut tx = subject.store().begin("test").await?;
    assert!(!tx.remove_app(maja, id(4)).await?, "another's");
    assert!(!tx.remove_app(maja, id(5)).await?, "she does not sign in with it");
    assert!(tx.remove_app(maja, id(2)).await?);
    assert!(!tx.remove_app(maja, id(2)).await?);
    assert_eq!(tx.revoke_means(maja).await?, 1, "the other one");
    let hers = tx.devices_of(maja).await?;
    assert_eq!(hers.len(), 3);
    assert!(hers.iter().all(|(it, _)| it.in_use().is_none()));
    assert!(tx.devices_of(other).await?.iter().all(|(it, _)| it.in_use().is_some()));
    Ok(())
}

pub async fn seeds_of_devices_lie_beside_those_of_apps_for_sealing_anew(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let app = AuthenticatorApp {
        id: id(2),
        person: maja,
        name: FactorName::try_from("App".to_owned())?,
        added_at: noon(),
        added: Added::Enrolment,
        used_at: None,
        last_step: TimeStep(0),
    };
    let mut tx = subject.store().begin("test").await?;
    tx.add_devices(&[(device(1)?, sealed(1)), (device(3)?, sealed(3))]).await?;
    tx.add_app(&app, &sealed(2)).await?;
    assert!(tx.sealed_seeds(None, 2).await? == [(id(1), sealed(1)), (id(2), sealed(2))]);
    assert!(tx.sealed_seeds(Some(id(2)), 2).await? == [(id(3), sealed(3))]);
    assert!(tx.reseal_seed(id(3), &sealed(9)).await?);
    assert!(tx.device_for_update(&serial(3)?).await?.map(|(_, seed)| seed) == Some(sealed(9)));
    Ok(())
}

pub async fn past_the_store_no_device_goes_nor_a_used_code_comes_back(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    for device in [active(3, maja)?, active(4, maja)?.lost(at(6))?, active(5, maja)?.leaked(at(7))?] {
        put(subject.store(), &device).await?;
    }
    for forbidden in [
        "delete from code_devices",
        "update code_devices set used = used - 1 where serial = 'S-3'",
        "update code_devices set life = 'in-stock' where serial = 'S-4'",
        "update code_devices set life = 'returned' where serial = 'S-5'",
        "update code_devices set life = 'lost' where serial = 'S-5'",
    ] {
        assert!(subject.raw(forbidden).await.is_err(), "{forbidden}");
    }
    subject.raw("update code_devices set life = 'leaked' where serial = 'S-4'").await?;
    Ok(())
}
