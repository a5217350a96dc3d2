//! Passwords, authenticators and the count of wrong answers.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::devices::active;
use crate::flows::trip;
use crate::passkeys::key;
use crate::relations::proofing;
use crate::samples::{add, at, hold, id, keep, mac, made, noon, person, row, sealed};
use crate::{Kept, Subject};
use domain::audit::{EventKind, Row};
use domain::factor::{Added, AuthenticatorApp, FactorName, TimeStep};
use domain::ids::{FactorId, PersonId};
use domain::person::UserName;
use domain::standing::Origin;
use domain::throttle::{CodeCount, Wrong};
use usecases::ports::store::{GuessDoors, Guesses, PasswordShown, Store, StoreFault, Tx};

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

pub async fn wrong_answers_are_counted_at_each_door_alone(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.wrong_for_update(mac(1)).await?, Wrong::default());
    assert_eq!(tx.count_wrong(mac(1), at(1)).await?, Wrong { count: 1, last: Some(at(1)) });
    assert_eq!(tx.count_wrong(mac(1), at(1)).await?, Wrong { count: 2, last: Some(at(1)) });
    tx.count_wrong(mac(2), at(2)).await?;
    assert_eq!(tx.wrong_for_update(mac(1)).await?, Wrong { count: 2, last: Some(at(1)) });
    assert_eq!(tx.wrong_for_update(mac(2)).await?, Wrong { count: 1, last: Some(at(2)) });
    Ok(())
}

pub async fn a_right_answer_ends_the_row_and_not_the_months_count(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    for second in 0..5 {
        tx.count_wrong(mac(1), at(second)).await?;
    }
    tx.forget_wrong(mac(1)).await?;
    assert_eq!(tx.wrong_for_update(mac(1)).await?.count, 0);
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
    assert_eq!(
        tx.prune_wrong(at(10), 100).await?,
        3,
        "two answers, and the door nothing is known of any more"
    );
    assert_eq!(tx.wrong_for_update(mac(1)).await?, Wrong::default());
    assert_eq!(tx.wrong_for_update(mac(2)).await?.count, 2, "still in a row");
    assert_eq!(tx.wrong_since(mac(2), at(0)).await?, 1);
    // A right answer leaves a door; many of them take several turns, of which each says that there was something.
    for door in 3..=5 {
        tx.count_wrong(mac(door), at(0)).await?;
        tx.forget_wrong(mac(door)).await?;
    }
    // Who holds a door nobody was wrong at leaves it behind on one of the databases.
    assert!((6..=7).contains(&tx.prune_wrong(at(10), 100).await?));
    for door in 3..=5 {
        tx.count_wrong(mac(door), at(30)).await?;
        tx.forget_wrong(mac(door)).await?;
    }
    let mut turns = Vec::new();
    for _ in 0..5 {
        turns.push(tx.prune_wrong(at(40), 2).await?);
    }
    assert_eq!(turns.last(), Some(&0), "{turns:?}");
    assert_eq!(
        turns.iter().sum::<u64>(),
        8,
        "four answers and four doors, of the second door too: {turns:?}"
    );
    Ok(())
}

/// One guess: counted before it is looked at, and only where fewer than three were.
async fn guess(store: &dyn Store) -> Result<bool, StoreFault> {
    let mut tx = store.begin("race").await?;
    let admitted = tx.wrong_for_update(mac(1)).await?.count < 3;
    if admitted {
        tx.count_wrong(mac(1), noon()).await?;
    }
    tx.commit().await?;
    Ok(admitted)
}

pub async fn of_guesses_at_once_each_sees_those_before_it(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let guesses = || async { tokio::join!(guess(store), guess(store), guess(store)) };
    let (first, second) = tokio::join!(guesses(), guesses());
    let mut admitted = 0;
    for guessed in [first.0, first.1, first.2, second.0, second.1, second.2] {
        admitted += u32::from(guessed?);
    }
    assert_eq!(admitted, 3);
    Ok(())
}

pub async fn the_nth_newest_wrong_answer_is_found(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    for second in [5, 1, 3] {
        tx.count_wrong(mac(1), at(second)).await?;
    }
    tx.count_wrong(mac(2), at(9)).await?;
    let mut found = Vec::new();
    for n in 1..=4 {
        found.push(tx.nth_newest_wrong(mac(1), n).await?);
    }
    assert_eq!(found, [Some(at(5)), Some(at(3)), Some(at(1)), None]);
    Ok(())
}

pub async fn one_taken_back_counts_no_more(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    for second in [1, 2, 2] {
        tx.count_wrong(mac(1), at(second)).await?;
    }
    tx.take_back_wrong(&[mac(1)], at(2)).await?;
    assert_eq!(tx.wrong_for_update(mac(1)).await?.count, 2);
    assert_eq!(tx.wrong_since(mac(1), at(0)).await?, 2, "one of the two at that instant stays");
    for _ in 0..4 {
        tx.take_back_wrong(&[mac(1)], at(2)).await?;
    }
    assert_eq!(tx.wrong_for_update(mac(1)).await?.count, 0, "never fewer than none");
    assert_eq!(tx.nth_newest_wrong(mac(1), 1).await?, Some(at(1)));
    Ok(())
}

pub async fn wrong_codes_and_their_stop_are_kept_whatever_their_age(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let wrong = Wrong { count: 20, last: Some(at(1)) };
    let stopped = CodeCount { wrong, since_proof: 31, stopped_at: Some(at(2)) };
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.codes_for_update(maja).await?, CodeCount::default());
    tx.keep_codes(maja, stopped).await?;
    tx.prune_wrong(at(1_000_000), 100).await?;
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.codes_for_update(maja).await?, stopped);
    assert_eq!(tx.codes_for_update(other).await?, CodeCount::default());
    tx.keep_codes(maja, CodeCount::default()).await?;
    assert_eq!(tx.codes_for_update(maja).await?, CodeCount::default());
    Ok(())
}

pub async fn a_source_is_known_for_one_person_until_it_is_forgotten(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.know_source(maja, mac(7), at(1)).await?;
    tx.know_source(maja, mac(7), at(5)).await?;
    assert!(tx.knows_source(maja, &[mac(8), mac(7)]).await?);
    assert!(!tx.knows_source(maja, &[mac(8)]).await?);
    assert!(!tx.knows_source(other, &[mac(7)]).await?);
    assert_eq!(tx.prune_sources(at(5), 100).await?, 0, "the newest time counts");
    assert_eq!(tx.prune_sources(at(6), 100).await?, 1);
    assert!(!tx.knows_source(maja, &[mac(7)]).await?);
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

pub async fn a_guess_is_counted_and_taken_back_at_all_its_doors_at_once(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.count_wrong(mac(2), at(1)).await?;
    for doors in [&[mac(1), mac(2), mac(3)][..], &[mac(1)][..]] {
        tx.count_wrong_at(doors, at(2)).await?;
    }
    assert_eq!(counts(tx.as_mut()).await?, [(2, 2), (2, 2), (1, 1), (0, 0)]);
    tx.take_back_wrong(&[mac(1), mac(2), mac(3)], at(2)).await?;
    assert_eq!(counts(tx.as_mut()).await?, [(1, 1), (1, 1), (0, 0), (0, 0)], "one at each");
    tx.take_back_wrong(&[mac(1)], at(2)).await?;
    assert_eq!(counts(tx.as_mut()).await?, [(0, 0), (1, 1), (0, 0), (0, 0)]);
    assert_eq!(tx.nth_newest_wrong(mac(2), 1).await?, Some(at(1)), "the other one stays");
    Ok(())
}

/// In a row and since noon, behind four doors.
async fn counts(tx: &mut dyn Tx) -> Result<Vec<(u32, u32)>, StoreFault> {
    let mut counts = Vec::new();
    for door in 1..=4 {
        counts.push((tx.wrong_for_update(mac(door)).await?.count, tx.wrong_since(mac(door), at(0)).await?));
    }
    Ok(counts)
}

pub async fn what_stands_behind_a_guesss_doors_is_read_in_one(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    let nobody = (id(9), vec![mac(7)]);
    let doors =
        |n| GuessDoors { own: mac(1), source: (mac(2), n), account: (mac(3), n + 1), owner: nobody.clone() };
    let nothing = Guesses { wrong: Wrong::default(), at_source: None, at_account: None, knows_source: false };
    assert_eq!(tx.guesses_for_update(&doors(1)).await?, nothing);
    for second in [1, 3, 2] {
        tx.count_wrong_at(&[mac(1), mac(2), mac(3)], at(second)).await?;
    }
    let wrong = Wrong { count: 3, last: Some(at(2)) };
    let found = Guesses { wrong, at_source: Some(at(2)), at_account: Some(at(1)), knows_source: false };
    assert_eq!(tx.guesses_for_update(&doors(2)).await?, found);
    assert_eq!(tx.guesses_for_update(&doors(3)).await?.at_account, None);
    let (maja, other) = (add_one(tx.as_mut(), 1).await?, add_one(tx.as_mut(), 2).await?);
    tx.know_source(maja, mac(7), at(1)).await?;
    for (whose, sources, known) in
        [(maja, [mac(8), mac(7)], true), (maja, [mac(8), mac(9)], false), (other, [mac(8), mac(7)], false)]
    {
        let at = GuessDoors { owner: (whose, sources.to_vec()), ..doors(2) };
        assert_eq!(tx.guesses_for_update(&at).await?, Guesses { knows_source: known, ..found });
    }
    Ok(())
}

async fn add_one(tx: &mut dyn Tx, number: u8) -> Result<PersonId, Box<dyn std::error::Error>> {
    let person = person(number)?;
    add(tx, &person, number).await?;
    Ok(person.id)
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

pub async fn wrong_codes_are_counted_since_a_time_or_the_last_proof(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.codes_since(maja, mac(1), at(0)).await?, (CodeCount::default(), 0));
    for second in [10, 20, 30, 40] {
        tx.count_wrong(mac(1), at(second)).await?;
    }
    let kept = CodeCount { since_proof: 4, ..CodeCount::default() };
    tx.keep_codes(maja, kept).await?;
    assert_eq!(tx.codes_since(maja, mac(1), at(15)).await?, (kept, 3));
    tx.add_proofing(&proofing(1, maja, at(30))).await?;
    assert_eq!(tx.codes_since(maja, mac(1), at(15)).await?, (kept, 2), "since the proof");
    assert_eq!(tx.codes_since(maja, mac(1), at(35)).await?, (kept, 1), "since then");
    tx.add_app(&app(1, maja)?, &sealed(1)).await?;
    tx.add_app(&app(2, maja)?, &sealed(2)).await?;
    tx.add_devices(&[(active(3, maja)?, sealed(3))]).await?;
    let all = tx.codes_with_means(maja, mac(1), at(15)).await?;
    assert_eq!((all.count, all.lately), (kept, 2));
    assert!(all.apps == tx.apps_of(maja).await? && all.apps.len() == 2);
    assert!(all.devices == tx.devices_of(maja).await? && all.devices.len() == 1);
    tx.void_proofs(maja, at(30)).await?;
    let all = tx.codes_with_means(maja, mac(1), at(15)).await?;
    assert_eq!((all.count, all.lately), (kept, 3), "a proof that was voided answers nothing");
    assert_eq!(tx.codes_since(maja, mac(1), at(15)).await?, (kept, 3));
    assert_eq!(tx.look_at_codes(maja, mac(1), at(15)).await?, (kept, 3));
    Ok(())
}

pub async fn looking_at_codes_reads_the_same_beside_whoever_counts(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let nothing = (CodeCount::default(), 0);
    assert_eq!(subject.store().reading("test").await?.look_at_codes(maja, mac(1), at(0)).await?, nothing);
    let mut tx = subject.store().begin("test").await?;
    for second in [10, 20, 40] {
        tx.count_wrong(mac(1), at(second)).await?;
    }
    let last = Some(at(40));
    let kept = CodeCount { wrong: Wrong { count: 3, last }, since_proof: 3, stopped_at: last };
    tx.keep_codes(maja, kept).await?;
    tx.add_proofing(&proofing(1, maja, at(15))).await?;
    let counted = tx.codes_since(maja, mac(1), at(0)).await?;
    assert_eq!(tx.look_at_codes(maja, mac(1), at(0)).await?, counted);
    let mut reader = subject.store().reading("test").await?;
    assert_eq!(reader.look_at_codes(maja, mac(1), at(0)).await?, nothing, "nobody waits for who is counting");
    drop(reader);
    tx.commit().await?;
    let mut reader = subject.store().reading("test").await?;
    assert_eq!(reader.look_at_codes(maja, mac(1), at(0)).await?, (kept, 2), "since the proof");
    assert_eq!(reader.look_at_codes(maja, mac(1), at(25)).await?, (kept, 1), "since then");
    Ok(())
}
