//! What holds where two transactions write at a time. SQLite lets only one.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::flows::{keep_flow, trip};
use crate::samples::{at, hold, id, keep, mac, noon, row, sealed, session};
use crate::services::keep_service;
use crate::{Kept, TwoWriters};
use domain::audit::Follower;
use domain::ids::Epoch;
use domain::notice::{Channel, Lane, Notice, Template};
use domain::relying_party::RelyingParty;
use domain::standing::Origin;
use domain::throttle::CodeCount;
use std::pin::pin;
use usecases::ports::store::{StoreFault, Tx};

/// Sees `asked` wait for the lock `holder` has, commits the holder, and gives what was answered then.
async fn waits_for<T>(
    subject: &dyn TwoWriters,
    holder: Box<dyn Tx>,
    asked: impl Future<Output = Result<T, StoreFault>>,
) -> Result<T, Box<dyn std::error::Error>> {
    let mut asked = pin!(asked);
    loop {
        tokio::select! {
            biased;
            _ = &mut asked => return Err("it did not wait".into()),
            waits = subject.somebody_waits() => if waits? { break },
        }
    }
    holder.commit().await?;
    Ok(asked.await?)
}

pub async fn a_hold_waits_while_a_person_is_read_steadily(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let (mut login, mut block) = (store.begin("login").await?, store.begin("block").await?);
    login.person_steady(maja).await?;
    assert!(waits_for(subject, login, block.person_for_update(maja)).await?.is_some());
    Ok(())
}

pub async fn a_session_waits_for_a_hold_and_sees_its_epoch(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let (mut login, mut block) = (store.begin("login").await?, store.begin("block").await?);
    block.person_for_update(maja).await?;
    block.add_hold(maja, &hold(1, Origin::Owner), Epoch(4)).await?;
    let her = waits_for(subject, block, login.person_steady(maja)).await?;
    assert_eq!(her.map(|her| her.epoch), Some(Epoch(4)));
    Ok(())
}

pub async fn a_second_sequencer_waits_and_goes_on_where_the_first_ended(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let (mut one, mut other) = (store.begin("one").await?, store.begin("other").await?);
    one.append(&row(1, None)).await?;
    let (place, hash) = one.chain_end().await?;
    let link = Follower::at(place, hash).append(&row(1, None));
    one.chain(std::slice::from_ref(&link)).await?;
    assert_eq!(waits_for(subject, one, other.chain_end()).await?, (link.place, link.hash));
    assert!(other.unsequenced(10).await?.is_empty());
    Ok(())
}

pub async fn a_second_callback_waits_and_finds_the_flow_used_up(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    keep_flow(store, &trip(1)).await?;
    let (mut one, mut other) = (store.begin("one").await?, store.begin("other").await?);
    assert!(one.flow_for_update(id(1)).await?.is_some());
    assert!(one.spend_flow(id(1)).await?);
    assert_eq!(waits_for(subject, one, other.flow_for_update(id(1))).await?, None);
    assert!(!other.spend_flow(id(1)).await?);
    Ok(())
}

pub async fn a_second_copy_of_a_message_waits_and_is_a_replay(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    keep_service(store).await?;
    let (mut one, mut other) = (store.begin("one").await?, store.begin("other").await?);
    assert!(one.first_time(id(1), "_m1", at(60)).await?);
    assert!(!waits_for(subject, one, other.first_time(id(1), "_m1", at(60))).await?);
    Ok(())
}

pub async fn a_connection_somebody_changes_waits_to_be_changed_and_takes_messages(
    subject: &dyn TwoWriters,
) -> Kept {
    let store = subject.store();
    keep_service(store).await?;
    let (mut refresh, mut save) = (store.begin("refresh").await?, store.begin("save").await?);
    let known = refresh.relying_party_for_update(id(1)).await?.ok_or("gone")?;
    refresh.put_relying_party(&RelyingParty { display_name: "Refreshed".into(), ..known }).await?;
    let mut asks = store.begin("asks").await?;
    assert!(asks.first_time(id(1), "_m1", at(60)).await?, "nobody who signs in waits");
    asks.commit().await?;
    let seen = waits_for(subject, refresh, save.relying_party_for_update(id(1))).await?;
    assert_eq!(seen.map(|it| it.display_name).as_deref(), Some("Refreshed"));
    Ok(())
}

/// The slow one's row has the lower number and is committed after a higher one was chained.
pub async fn the_row_of_a_slow_transaction_is_not_skipped(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let mut slow = store.begin("slow").await?;
    slow.append(&row(1, None)).await?;
    assert_eq!(slow.unsequenced_count().await?, 1, "it has its number");
    let mut quick = store.begin("quick").await?;
    quick.append(&row(2, None)).await?;
    quick.commit().await?;
    let mut sequencer = store.begin("sequence").await?;
    let (place, hash) = sequencer.chain_end().await?;
    let waiting = sequencer.unsequenced(10).await?;
    assert_eq!(waiting, [row(2, None)]);
    let mut follower = Follower::at(place, hash);
    let links: Vec<_> = waiting.iter().map(|row| follower.append(row)).collect();
    sequencer.chain(&links).await?;
    sequencer.commit().await?;
    slow.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.unsequenced(10).await?, [row(1, None)]);
    Ok(())
}

pub async fn notices_another_is_taking_are_passed_over_without_waiting(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let mut tx = store.begin("test").await?;
    for number in 1..=2 {
        let template = Template::Welcome;
        tx.enqueue(&Notice {
            id: id(number),
            person: maja,
            template,
            channel: Channel::Mail,
            at: noon(),
            request: id(9),
            flow: None,
            due_at: noon(),
        })
        .await?;
    }
    tx.commit().await?;
    let (mut one, mut other) = (store.begin("one").await?, store.begin("other").await?);
    let first = one.take_due(Lane::Mail, noon(), at(60), 1).await?;
    let second = other.take_due(Lane::Mail, noon(), at(60), 2).await?;
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_ne!(first, second);
    Ok(())
}

pub async fn a_number_somebody_is_changing_is_passed_over_without_waiting(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let (mut import, mut rotation) = (store.begin("import").await?, store.begin("rotation").await?);
    assert!(import.person_for_update(maja).await?.is_some());
    assert!(!rotation.reseal_cpr(maja, &sealed(1), &sealed(9), mac(9)).await?);
    import.commit().await?;
    assert!(rotation.reseal_cpr(maja, &sealed(1), &sealed(9), mac(9)).await?);
    Ok(())
}

pub async fn a_person_read_steadily_by_two_keeps_neither_waiting(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let (mut one, mut other) = (store.begin("one").await?, store.begin("other").await?);
    assert!(one.person_steady(maja).await?.is_some());
    assert!(other.person_steady(maja).await?.is_some());
    Ok(())
}

pub async fn a_second_guess_at_a_door_waits_and_sees_the_first(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let (mut one, mut other) = (store.begin("one").await?, store.begin("other").await?);
    assert_eq!(one.wrong_for_update(mac(1)).await?.count, 0, "also where nobody guessed before");
    one.count_wrong(mac(1), noon()).await?;
    assert_eq!(waits_for(subject, one, other.wrong_for_update(mac(1))).await?.count, 1);
    Ok(())
}

pub async fn a_second_code_of_a_person_waits_and_sees_the_first(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let (mut one, mut other) = (store.begin("one").await?, store.begin("other").await?);
    let counted = CodeCount { since_password: 1, ..one.codes_for_update(maja).await? };
    one.keep_codes(maja, counted).await?;
    assert_eq!(waits_for(subject, one, other.codes_for_update(maja)).await?, counted);
    Ok(())
}

/// As a new password ends sessions: under her row, and with her epoch as it was.
pub async fn a_decision_that_waited_sees_the_session_ended_meanwhile(subject: &dyn TwoWriters) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let mut tx = store.begin("test").await?;
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    tx.commit().await?;
    let (mut issue, mut reset) = (store.begin("issue").await?, store.begin("reset").await?);
    reset.person_for_update(maja).await?;
    assert_eq!(reset.end_sessions(maja, at(10)).await?, 1);
    assert_eq!(waits_for(subject, reset, issue.evidence(id(1))).await?, None);
    Ok(())
}
