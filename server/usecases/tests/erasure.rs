//! Erasing a person who left long ago: by two operators, with the key of her part of the trail, and again in a backup that
//! was restored (security decision 29). Every promise on both databases.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use audit::OutsideFile;
use domain::audit::EventKind;
use domain::erasure::ErasureRefused;
use domain::hr::{HrLine, LineFault};
use domain::ids::PersonId;
use domain::person::{Contact, UserName};
use domain::registered::{Registered, RegisteredLine};
use domain::standing::Origin;
use std::sync::Arc;
use testkit::{Rig, day, hours, hr};
use usecases::approve_erasure::approve_erasure;
use usecases::compare_outside::compare_outside;
use usecases::erasure::NotErased;
use usecases::hold_login::hold_login;
use usecases::keep_person_keys::keep_person_keys;
use usecases::keep_retention::keep_retention;
use usecases::lift_hold::{Lifted, lift_hold};
use usecases::outside::{Apart, State};
use usecases::ports::vault::Sealed;
use usecases::propose_erasure::propose_erasure;
use usecases::recover::recover;
use usecases::register_people::{LineRefused, register_people};
use usecases::replace_lost_keys::replace_lost_keys;
use usecases::ship_outside::ship_outside;
use usecases::verify_trail::verify_trail;

testkit::on_both! {
    an_erased_person_leaves_a_trail_that_verifies_without_her_data
    nobody_is_erased_before_her_time_nor_while_somebody_needs_what_is_kept
    two_voices_of_one_operator_are_one_and_a_voice_waits_two_weeks
    a_restored_backup_is_erased_again
    a_copy_of_the_keys_that_was_put_back_opens_nothing_of_who_was_erased
    whoever_lost_her_key_does_nothing_until_an_operator_gives_her_a_new_one
    who_asks_for_a_key_afresh_is_told_what_another_process_did_a_moment_ago
    her_user_name_is_given_to_nobody_else_and_she_may_come_back_as_somebody_new
    what_a_partner_knew_her_by_is_registered_for_nobody_else
}

/// More than five years later.
const LATER: &str = "2031-12-10T08:00:00Z";

fn name() -> UserName {
    hr::line(0).user_name
}

async fn propose(rig: &Rig, by: &str) -> Result<(), NotErased> {
    propose_erasure(&rig.cx(), &hr::operator(by), &name()).await
}

async fn approve(rig: &Rig, by: &str) -> Result<PersonId, NotErased> {
    approve_erasure(&rig.cx(), &hr::operator(by), &name()).await
}

#[track_caller]
fn refused<T: std::fmt::Debug>(said: Result<T, NotErased>, why: ErasureRefused) {
    assert!(matches!(said, Err(NotErased::Refused(it)) if it == why), "{why:?}: {said:?}");
}

/// Her other relation, under a number that stands nowhere else, and a mobile.
fn other() -> HrLine {
    let mobile = "20 30 40 50".try_into().ok();
    let contact = Contact { mobile, ..hr::line(0).contact };
    HrLine { employee_number: "770041295".to_owned(), contact, ..hr::line(0) }
}

/// HR says that her relation is over.
async fn leaves(rig: &Rig) {
    ends(rig, hr::line(0)).await;
}

async fn ends(rig: &Rig, line: HrLine) {
    rig.import(vec![HrLine { ends_on: Some(day("2026-11-01")), ..line }]).await.unwrap();
    rig.letters().await;
}

/// Somebody who had a login, used it and left; years go by, and what is old goes.
async fn left(rig: &Rig) -> PersonId {
    let app = rig.enrol(1, 0).await;
    rig.clock.advance(hours(1));
    rig.sign_in(1, 0, &app).await;
    let id = rig.person(0).await.id;
    rig.import(vec![other()]).await.unwrap();
    for line in [hr::line(0), other()] {
        ends(rig, HrLine { contact: other().contact, ..line }).await;
    }
    while rig.sequence().await > 0 {}
    rig.clock.set(LATER);
    keep_retention(&rig.cx()).await.unwrap().unwrap();
    id
}

async fn erased(rig: &Rig) -> PersonId {
    propose(rig, "ops1").await.unwrap();
    approve(rig, "ops2").await.unwrap()
}

async fn verifies(rig: &Rig) {
    while rig.sequence().await > 0 {}
    let report = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap();
    assert_eq!((report.first, report.unsequenced), (None, 0));
}

async fn an_erased_person_leaves_a_trail_that_verifies_without_her_data(rig: Rig) {
    let person = left(&rig).await;
    let (key, cpr) = {
        let mut tx = rig.look().await;
        (tx.trail_key_of(person).await.unwrap().unwrap(), tx.cpr_of(person).await.unwrap().unwrap())
    };
    let line = other();
    let mails = [line.contact.work_mail, line.contact.private_mail].into_iter().flatten();
    let mut hers: Vec<Vec<u8>> = mails.map(|mail| mail.as_str().as_bytes().to_vec()).collect();
    let (mobile, browser) = (line.contact.mobile.unwrap(), rig.browser(1).source.agent);
    for text in [
        line.given_name.as_str(),
        line.family_name.as_str(),
        mobile.as_str(),
        line.employee_number.as_str(),
        // What she accepted the terms in.
        browser.as_str(),
    ] {
        hers.push(text.as_bytes().to_vec());
    }
    hers.push(cpr.0);
    for value in &hers {
        assert!(rig.holds(value).await, "it is there before: {value:?}");
    }
    assert!(rig.keys_hold(&key.0) && !rig.holds(&key.0).await, "her key lies apart, and in no backup");
    assert_eq!(erased(&rig).await, person);
    assert!(!rig.keys_hold(&key.0), "it is nowhere afterwards");
    for value in &hers {
        assert!(!rig.holds(value).await, "it is nowhere afterwards: {value:?}");
    }
    assert!(!rig.holds(hr::cpr(0).as_bytes()).await);
    assert_eq!(rig.number("select count(*) from user_names").await, 0);
    assert_eq!(rig.number("select count(*) from persons").await, 0);
    assert_eq!(rig.events(EventKind::PersonErased).await, 1);
    let mut tx = rig.look().await;
    assert!(tx.trail_key_of(person).await.unwrap().is_none());
    assert_eq!(tx.erased_at(person).await.unwrap(), Some(rig.cx().now));
    let told = tx.rows_about(person, &[EventKind::PersonErased.word()], 9).await.unwrap();
    assert_eq!(told.len(), 1, "who, by whom and when stays, by an id that says nothing");
    drop(tx);
    verifies(&rig).await;
    let again = approve(&rig, "ops2").await;
    assert!(matches!(again, Err(NotErased::Nobody)), "{again:?}");
}

async fn nobody_is_erased_before_her_time_nor_while_somebody_needs_what_is_kept(rig: Rig) {
    rig.import(vec![hr::line(0)]).await.unwrap();
    refused(propose(&rig, "ops1").await, ErasureRefused::RelationOpen);
    hold_login(&rig.cx(), &hr::operator("ops1"), &name(), Origin::Security).await.unwrap();
    leaves(&rig).await;
    refused(propose(&rig, "ops1").await, ErasureRefused::NotExpired);
    rig.clock.set("2031-11-02T08:00:00Z");
    refused(propose(&rig, "ops1").await, ErasureRefused::NotExpired);
    rig.clock.set(LATER);
    refused(propose(&rig, "ops1").await, ErasureRefused::Held);
    refused(approve(&rig, "ops2").await, ErasureRefused::Held);
    for (by, lifted) in [("ops1", false), ("ops2", true)] {
        let lift = lift_hold(&rig.cx(), &hr::operator(by), &name(), Origin::Security).await.unwrap();
        assert_eq!(matches!(lift, Lifted::Lifted(_)), lifted);
    }
    refused(approve(&rig, "ops2").await, ErasureRefused::NotProposed);
    assert_eq!(rig.events(EventKind::ErasureRefused).await, 6);
    assert_eq!(rig.events(EventKind::PersonErased).await, 0);
    erased(&rig).await;
    verifies(&rig).await;
}

async fn two_voices_of_one_operator_are_one_and_a_voice_waits_two_weeks(rig: Rig) {
    left(&rig).await;
    propose(&rig, "ops1").await.unwrap();
    refused(approve(&rig, "ops1").await, ErasureRefused::SameOperator);
    rig.clock.advance(hours(24 * 15));
    refused(approve(&rig, "ops2").await, ErasureRefused::NotProposed);
    propose(&rig, "ops2").await.unwrap();
    refused(approve(&rig, "ops2").await, ErasureRefused::SameOperator);
    approve(&rig, "ops1").await.unwrap();
    assert_eq!(rig.events(EventKind::PersonErased).await, 1);
}

async fn a_restored_backup_is_erased_again(rig: Rig) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("records");
    let rig = rig.keeping(Arc::new(OutsideFile::at(&file)));
    assert!(matches!(compare_outside(&rig.cx()).await.unwrap(), State::Agrees(_)));
    let person = left(&rig).await;
    ship_outside(&rig.cx()).await.unwrap();
    let backup = rig.backup().await;
    erased(&rig).await;
    ship_outside(&rig.cx()).await.unwrap();
    let outside = std::fs::read_to_string(&file).unwrap();
    assert!(outside.lines().last().unwrap().contains("\"deed\":\"erased\""), "{outside}");
    assert!(!outside.contains("nordby.example"), "ids and words only");

    let rig = rig.moved_to(backup, Arc::new(OutsideFile::at(&file)));
    let State::Apart(apart) = compare_outside(&rig.cx()).await.unwrap() else { panic!("they agree") };
    assert_eq!(apart, Apart::Behind(1));
    assert!(rig.look().await.person(person).await.unwrap().is_some(), "the backup still has her");
    let done = recover(&rig.cx(), &rig.ring, &hr::operator("ops1"), false).await.unwrap();
    assert_eq!((done.erased, done.unknown), (vec![person], vec![]));
    let mut tx = rig.look().await;
    assert!(tx.person(person).await.unwrap().is_none());
    assert!(tx.trail_key_of(person).await.unwrap().is_none());
    assert!(tx.erased_at(person).await.unwrap().is_some());
    drop(tx);
    verifies(&rig).await;
}

async fn a_copy_of_the_keys_that_was_put_back_opens_nothing_of_who_was_erased(rig: Rig) {
    let person = left(&rig).await;
    let key = rig.look().await.trail_key_of(person).await.unwrap().unwrap();
    erased(&rig).await;
    rig.change().await.keep_trail_keys(&[(person, key.clone())]).await.unwrap();
    assert!(rig.keys_hold(&key.0));
    assert_eq!(keep_person_keys(&rig.cx()).await.unwrap(), 0);
    assert!(!rig.keys_hold(&key.0), "who was erased stays erased");
    assert!(rig.look().await.trail_key_of(person).await.unwrap().is_none());
}

async fn who_asks_for_a_key_afresh_is_told_what_another_process_did_a_moment_ago(rig: Rig) {
    rig.import(vec![hr::line(0)]).await.unwrap();
    let person = rig.person(0).await.id;
    let known = rig.look().await.trail_key_of(person).await.unwrap().unwrap();
    let other = Sealed(known.0.iter().rev().copied().collect());
    let twin = rig.twin().await;
    assert_eq!(twin.look().await.rewrap_trail_keys(&[(person, other.clone())]).await.unwrap(), 1);
    assert_eq!(rig.look().await.trail_key_from_store(person).await.unwrap(), Some(other.clone()));
    assert_eq!(rig.look().await.trail_key_of(person).await.unwrap(), Some(other), "and it is remembered");
}

async fn whoever_lost_her_key_does_nothing_until_an_operator_gives_her_a_new_one(rig: Rig) {
    rig.import(vec![hr::line(0), hr::line(1)]).await.unwrap();
    rig.lose_keys().await;
    let twin = rig.twin().await;
    assert_eq!(keep_person_keys(&twin.cx()).await.unwrap(), 2);
    let moved = HrLine { family_name: "Lind".try_into().unwrap(), ..hr::line(0) };
    assert!(twin.import(vec![moved.clone()]).await.is_err(), "no event, and so nothing is done");
    let person = twin.person(0).await;
    assert_ne!(person.family_name, moved.family_name);

    let mut lost = replace_lost_keys(&twin.cx(), &hr::operator("ops1")).await.unwrap();
    lost.sort_unstable();
    let mut both = vec![person.id, twin.person(1).await.id];
    both.sort_unstable();
    assert_eq!(lost, both);
    assert_eq!(rig.events(EventKind::PersonKeysReplaced).await, 1);
    assert_eq!(keep_person_keys(&twin.cx()).await.unwrap(), 0);
    assert_eq!(twin.import(vec![moved.clone()]).await.unwrap().changed, 1);
    assert_eq!(twin.person(0).await.family_name, moved.family_name);
    assert!(replace_lost_keys(&twin.cx(), &hr::operator("ops1")).await.unwrap().is_empty());
    assert_eq!(rig.events(EventKind::PersonKeysReplaced).await, 1, "where nobody lost one nothing is said");
    verifies(&rig).await;
}

async fn her_user_name_is_given_to_nobody_else_and_she_may_come_back_as_somebody_new(rig: Rig) {
    let person = left(&rig).await;
    rig.import(vec![hr::line(1)]).await.unwrap();
    erased(&rig).await;
    for line in [
        HrLine { user_name: name(), ..hr::line(2) },
        HrLine { user_name: name(), ..hr::line(1) },
        hr::line(0),
    ] {
        let report = rig.import(vec![line]).await.unwrap();
        assert_eq!(report.errors.iter().map(|it| it.reason).collect::<Vec<_>>(), [LineFault::UserNameTaken]);
    }
    let back = HrLine { user_name: "newname".try_into().unwrap(), ..hr::line(0) };
    assert_eq!(rig.import(vec![back]).await.unwrap().added, 1);
    let mut tx = rig.look().await;
    let now = tx.person_by_user_name(&"newname".try_into().unwrap()).await.unwrap().unwrap();
    assert_ne!(now, person);
}

/// A line that says a partner's name for somebody.
fn known_by(p: u32, name: &str) -> RegisteredLine {
    let says = Registered { uni_id: Some(name.into()), ..Registered::default() };
    RegisteredLine { line: 2, user_name: hr::line(p).user_name, says }
}

async fn what_a_partner_knew_her_by_is_registered_for_nobody_else(rig: Rig) {
    rig.enrol(1, 0).await;
    let by = hr::operator("ops1");
    for name in ["maja1234", "maja5678"] {
        register_people(&rig.cx(), &[known_by(0, name)], [7; 32], &by).await.unwrap();
    }
    leaves(&rig).await;
    while rig.sequence().await > 0 {}
    rig.clock.set(LATER);
    keep_retention(&rig.cx()).await.unwrap().unwrap();
    rig.import(vec![hr::line(1)]).await.unwrap();
    erased(&rig).await;
    for name in ["maja1234", "maja5678"] {
        assert!(!rig.holds(name.as_bytes()).await, "{name}");
        let done = register_people(&rig.cx(), &[known_by(1, name)], [7; 32], &by).await.unwrap();
        assert_eq!(done.refused, [(2, LineRefused::NameTaken)], "{name}");
    }
}
