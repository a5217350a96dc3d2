//! The count of wrong answers, and the sources somebody is known from.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::credentials::app;
use crate::devices::active;
use crate::relations::proofing;
use crate::samples::{add, at, id, keep, mac, noon, person, sealed};
use crate::{Kept, Subject};
use domain::ids::PersonId;
use domain::throttle::{CodeCount, Wrong};
use usecases::ports::store::{GuessDoors, Guesses, Store, StoreFault, Tx};

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
    let stopped = CodeCount { wrong, since_password: 31, stopped_at: Some(at(2)) };
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

pub async fn wrong_codes_are_counted_since_a_time_or_the_last_proof(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.codes_since(maja, mac(1), at(0)).await?, (CodeCount::default(), 0));
    for second in [10, 20, 30, 40] {
        tx.count_wrong(mac(1), at(second)).await?;
    }
    let kept = CodeCount { since_password: 4, ..CodeCount::default() };
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
    let kept = CodeCount { wrong: Wrong { count: 3, last }, since_password: 3, stopped_at: last };
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
