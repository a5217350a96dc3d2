//! Rotating keys, as far as it is the database's: whole, interrupted anywhere, and beside those who write.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::{Kept, Subject};
use core::time::Duration;
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::printed::PrintedKind;
use domain::signing_key::SigningLife;
use std::collections::BTreeSet;
use testkit::{App, Rig, hr};
use usecases::ports::ring::{KeyState, Ring as _};
use usecases::ports::store::{Resealed, SigningKey};
use usecases::ports::vault::{KeyUse, Sealed};
use usecases::record::{cpr_place, seed_place, signing_place};
use usecases::retire_keys::{Retired, Stays, retire_keys};
use usecases::rotate_keys::{Ask, NotRotated, Rotated, rotate_keys};
use usecases::verify_trail::verify_trail;

/// More than one transaction seals anew.
const PEOPLE: u32 = 60;

fn everything() -> Ask {
    Ask { by: hr::operator("ops1"), purposes: vec![], announce_only: false, settle: Duration::ZERO }
}

/// Sixty people of whom the first has a login, a code device in stock, and a signing key.
async fn house(subject: &dyn Subject) -> Result<(Rig, App), Box<dyn std::error::Error>> {
    let rig = Rig::on(subject.shared());
    let app = rig.enrol(1, 0).await;
    rig.import((1..PEOPLE).map(hr::line).collect()).await?;
    let id = KeyId::from(uuid::Uuid::from_u128(77));
    let sealed = rig.house.vault.seal(KeyUse::Signing, &signing_place(id), b"private")?;
    rig.stock(1).await;
    let mut tx = rig.change().await;
    let now = rig.cx().now;
    let life = SigningLife::Active(now);
    tx.add_signing_key(&SigningKey { id, sealed, certificate: vec![1], created_at: now, life }).await?;
    tx.commit().await?;
    Ok((rig, app))
}

async fn rotate(rig: &Rig) -> Result<Rotated, NotRotated> {
    rotate_keys(&rig.cx(), &rig.ring, &everything()).await
}

/// Everybody is found by her number, whichever key it is indexed under, and it opens.
async fn everybody_is_found(rig: &Rig) -> Kept {
    let mut tx = rig.look().await;
    for n in 0..PEOPLE {
        let digits = hr::cpr(n);
        let indexes = rig.house.vault.macs(KeyUse::CprIndex, digits.as_bytes())?;
        let id = tx.person_by_cpr(&indexes).await?.ok_or("she is not found by her number")?;
        let sealed = tx.cpr_of(id).await?.ok_or("her number is gone")?;
        let opened = rig.house.vault.open(KeyUse::CprSeal, &cpr_place(id), &sealed)?;
        assert_eq!(opened.as_slice(), digits.as_bytes());
    }
    Ok(())
}

/// Nothing lies under an older key, and all of it opens.
async fn all_is_under_the_newest(rig: &Rig) -> Kept {
    let (mut tx, vault) = (rig.look().await, &rig.house.vault);
    let (mut numbers, mut seeds, mut trail_keys) = (0, 0, 0);
    for (id, sealed, index) in tx.sealed_cprs(None, 99).await? {
        assert!(vault.is_current(KeyUse::CprSeal, &sealed)?);
        let digits = vault.open(KeyUse::CprSeal, &cpr_place(id), &sealed)?;
        assert_eq!(vault.mac(KeyUse::CprIndex, &digits)?, index);
        numbers += 1;
    }
    for (id, sealed) in tx.sealed_seeds(None, 99).await? {
        assert!(vault.is_current(KeyUse::Seeds, &sealed)?);
        vault.open(KeyUse::Seeds, &seed_place(id), &sealed)?;
        seeds += 1;
    }
    for (id, wrapped) in tx.trail_keys(None, 99).await? {
        assert!(vault.is_current(KeyUse::People, &wrapped)?);
        vault.rewrap_person_key(id, &wrapped)?;
        trail_keys += 1;
    }
    for key in tx.signing_keys().await? {
        assert!(vault.is_current(KeyUse::Signing, &key.sealed)?);
        assert_eq!(vault.open(KeyUse::Signing, &signing_place(key.id), &key.sealed)?.as_slice(), b"private");
    }
    assert_eq!((numbers, seeds, trail_keys), (PEOPLE, 2, PEOPLE), "one seed of an app and one of a device");
    Ok(())
}

pub async fn after_a_rotation_everything_lies_under_the_new_keys_and_works(subject: &dyn Subject) -> Kept {
    let (rig, app) = house(subject).await?;
    let rotated = rotate(&rig).await?;
    let (cprs, trail_keys) = (u64::from(PEOPLE), u64::from(PEOPLE));
    let all = Resealed { cprs, indexes: cprs, seeds: 2, trail_keys, signing_keys: 1 };
    assert_eq!((rotated.done, rotated.resumed, rotated.left), (Some(all), false, BTreeSet::new()));
    assert_eq!(rotated.targets.len(), KeyUse::ALL.len() - 1, "all but the names");
    assert!(rotated.targets.iter().all(|(purpose, version)| {
        *purpose != KeyUse::Names && *version == 2 && rig.ring.active(*purpose) == 2
    }));
    assert_eq!(rig.ring.active(KeyUse::Names), 1);
    everybody_is_found(&rig).await?;
    all_is_under_the_newest(&rig).await?;
    rig.clock.advance(SignedDuration::from_mins(1));
    rig.sign_in(9, 0, &app).await;
    assert_eq!(rig.import((1..PEOPLE).map(hr::line).collect()).await?.unchanged, 59, "nobody is new");
    let told = [EventKind::RotationBegun, EventKind::KeysRotated, EventKind::KeyCreated];
    let mut counts = Vec::new();
    for kind in told {
        counts.push(rig.events(kind).await);
    }
    assert_eq!(counts, [1, 1, 12 + 11 + 1], "the twelve first keys, eleven new ones, and the signing key");
    while rig.sequence().await > 0 {}
    let report = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await?;
    assert_eq!((report.first, report.unsequenced), (None, 0));
    Ok(())
}

pub async fn a_link_mailed_under_older_keys_still_opens(subject: &dyn Subject) -> Kept {
    let rig = Rig::on(subject.shared());
    rig.import(vec![hr::line(0)]).await?;
    rotate(&rig).await?;
    let letters = rig.letters().await;
    let token = letters.first().and_then(testkit::Posted::token).ok_or("no welcome with a link")?;
    rig.begin(1, token).await;
    Ok(())
}

pub async fn interrupted_at_any_step_it_goes_on_and_everybody_is_found_meanwhile(
    subject: &dyn Subject,
) -> Kept {
    let (rig, _) = house(subject).await?;
    for steps in 0.. {
        let (cx, legs) = rig.stumbling(steps);
        let whole = rotate_keys(&cx, &legs, &everything()).await.is_ok();
        everybody_is_found(&rig).await?;
        if !whole {
            let done = rotate(&rig).await?;
            assert!(done.left.is_empty(), "{steps}: {done:?}");
        }
        all_is_under_the_newest(&rig).await?;
        for purpose in KeyUse::ALL.into_iter().filter(|purpose| *purpose != KeyUse::Names) {
            assert_eq!(rig.ring.active(purpose), steps + 2, "one new version each time: {purpose:?}");
        }
        assert_eq!(rig.events(EventKind::KeysRotated).await, u64::from(steps) + 1);
        assert_eq!(rig.events(EventKind::KeyCreated).await, 12 + 11 * (u64::from(steps) + 1) + 1);
        if whole {
            assert!(steps > 15, "it took {steps} steps");
            return Ok(());
        }
    }
    Ok(())
}

pub async fn what_was_counted_before_the_interruption_counts(subject: &dyn Subject) -> Kept {
    let (rig, _) = house(subject).await?;
    let mut steps = 0;
    // As far as some numbers, not all values, are sealed anew.
    while rig.look().await.sealed_seeds(None, 1).await?.iter().all(|(_, it)| it.0.first() == Some(&1)) {
        let (cx, legs) = rig.stumbling(steps);
        let interrupted = rotate_keys(&cx, &legs, &everything()).await;
        assert!(interrupted.is_err(), "{interrupted:?}");
        steps += 1;
    }
    let rotated = rotate(&rig).await?;
    assert!(rotated.resumed);
    assert_eq!(rotated.done.map(|done| (done.cprs, done.seeds)), Some((u64::from(PEOPLE), 2)));
    Ok(())
}

pub async fn announced_keys_open_and_seal_nothing_yet(subject: &dyn Subject) -> Kept {
    let (rig, _) = house(subject).await?;
    let ask = Ask { announce_only: true, purposes: vec![KeyUse::CprSeal, KeyUse::CprIndex], ..everything() };
    let rotated = rotate_keys(&rig.cx(), &rig.ring, &ask).await?;
    assert_eq!((rotated.done, rotated.targets), (None, vec![(KeyUse::CprSeal, 2), (KeyUse::CprIndex, 2)]));
    assert_eq!((rig.ring.active(KeyUse::CprSeal), rig.events(EventKind::KeysRotated).await), (1, 0));
    assert_eq!(rig.house.vault.macs(KeyUse::CprIndex, b"x")?.len(), 2);
    // Asking for more now only goes on with what is under way.
    let rotated = rotate(&rig).await?;
    assert!(rotated.resumed);
    assert_eq!((rig.ring.active(KeyUse::CprSeal), rig.ring.active(KeyUse::Seeds)), (2, 1));
    Ok(())
}

pub async fn people_under_either_index_are_found_and_nobody_is_added_twice(subject: &dyn Subject) -> Kept {
    let (rig, _) = house(subject).await?;
    let now = rig.cx().now;
    for purpose in [KeyUse::CprSeal, KeyUse::CprIndex] {
        rig.ring.announce(&[purpose], now)?;
        rig.ring.activate(&[purpose], now)?;
    }
    rig.import(vec![hr::line(PEOPLE)]).await?;
    let again = rig.import((1..=PEOPLE).map(hr::line).collect()).await?;
    assert_eq!((again.added, again.unchanged, again.errors.len()), (0, 60, 0));
    let mut seen = BTreeSet::new();
    for (_, sealed, _) in rig.look().await.sealed_cprs(None, 99).await? {
        seen.insert(rig.house.vault.is_current(KeyUse::CprSeal, &sealed)?);
    }
    assert_eq!(seen.len(), 2, "some lie under the older key and one under the newer");
    everybody_is_found(&rig).await
}

pub async fn an_older_key_is_retired_when_its_time_is_over_and_not_before(subject: &dyn Subject) -> Kept {
    let (rig, app) = house(subject).await?;
    rotate(&rig).await?;
    let by = hr::operator("ops1");
    let early = retire_keys(&rig.cx(), &rig.ring, &by).await?;
    assert_eq!((early.retired.len(), early.staying.len()), (0, 11));
    let until = rig.cx().now + SignedDuration::from_hours(1);
    assert!(early.staying.contains(&(KeyUse::CprSeal, 1, Stays::Until(until))));
    assert!(early.staying.contains(&(KeyUse::Trail, 1, Stays::Trail)));

    rig.clock.advance(SignedDuration::from_hours(2));
    let Retired { retired, staying } = retire_keys(&rig.cx(), &rig.ring, &by).await?;
    assert_eq!(retired, [(KeyUse::CprSeal, 1), (KeyUse::CprIndex, 1), (KeyUse::Signing, 1)]);
    assert_eq!((staying.len(), rig.events(EventKind::KeyRetired).await), (8, 3));
    everybody_is_found(&rig).await?;
    rig.sign_in(9, 0, &app).await;

    rig.clock.advance(SignedDuration::from_hours(24 * 367));
    let late = retire_keys(&rig.cx(), &rig.ring, &by).await?;
    let stay: Vec<_> = late.staying.iter().map(|(purpose, _, why)| (*purpose, *why)).collect();
    // What is kept outside is read as long as the trail is.
    let trail = [KeyUse::People, KeyUse::Trail, KeyUse::Outside, KeyUse::Checkpoints]
        .map(|purpose| (purpose, Stays::Trail));
    assert!(stay.contains(&(KeyUse::Codes, Stays::Sheets)), "her sheet is known by it: {stay:?}");
    assert_eq!((stay.len(), rig.events(EventKind::KeyRetired).await), (5, 6));
    let mut tx = rig.change().await;
    for (mac, kind) in [([8; 32], PrintedKind::Blocking), ([9; 32], PrintedKind::Recovery)] {
        tx.put_printed(rig.person(0).await.id, kind, &[mac], rig.cx().now).await?;
    }
    tx.commit().await?;
    let last = retire_keys(&rig.cx(), &rig.ring, &by).await?;
    let stay: Vec<_> = last.staying.iter().map(|(purpose, _, why)| (*purpose, *why)).collect();
    assert_eq!(stay, trail, "a new sheet is known by the new key");
    assert_eq!(rig.events(EventKind::KeyRetired).await, 7);
    let report = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await?;
    assert_eq!(report.first, None, "rows written under the first key still verify");
    Ok(())
}

pub async fn a_key_something_still_lies_under_is_not_retired(subject: &dyn Subject) -> Kept {
    let (rig, _) = house(subject).await?;
    let spoilt = rig.person(2).await.id;
    let mut tx = rig.change().await;
    let whole = tx.cpr_of(spoilt).await?.ok_or("her number is gone")?;
    let index = rig.house.vault.mac(KeyUse::CprIndex, hr::cpr(2).as_bytes())?;
    let bent = Sealed(whole.0.iter().rev().skip(1).rev().copied().collect());
    tx.set_cpr(spoilt, &bent, index).await?;
    tx.commit().await?;
    let rotated = rotate(&rig).await?;
    assert_eq!(rotated.left, [KeyUse::CprSeal, KeyUse::CprIndex].into());
    rig.clock.advance(SignedDuration::from_hours(2));
    let kept = retire_keys(&rig.cx(), &rig.ring, &hr::operator("ops1")).await?;
    assert_eq!(kept.retired, [(KeyUse::Signing, 1)]);
    assert!(kept.staying.contains(&(KeyUse::CprIndex, 1, Stays::InUse)));

    let mut tx = rig.change().await;
    tx.set_cpr(spoilt, &whole, index).await?;
    tx.commit().await?;
    let retired = retire_keys(&rig.cx(), &rig.ring, &hr::operator("ops1")).await?.retired;
    assert_eq!(retired, [(KeyUse::CprSeal, 1), (KeyUse::CprIndex, 1)], "it was sealed anew first");
    everybody_is_found(&rig).await
}

pub async fn keys_for_names_are_never_rotated(subject: &dyn Subject) -> Kept {
    let (rig, _) = house(subject).await?;
    let ask = Ask { purposes: vec![KeyUse::Seeds, KeyUse::Names], ..everything() };
    let refused = rotate_keys(&rig.cx(), &rig.ring, &ask).await;
    assert!(matches!(refused, Err(NotRotated::Names)));
    let coming = rig.ring.versions()?.iter().any(|key| key.state != KeyState::Active);
    assert!(!coming && rig.events(EventKind::RotationBegun).await == 0, "nothing was begun");
    Ok(())
}
