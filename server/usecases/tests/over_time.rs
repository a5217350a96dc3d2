//! What time and HR do to a login: enrolments that are not finished, people who come back, passwords set anew, clocks
//! that go apart. Every promise on both databases.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::clocks::Agreement;
use domain::hr::HrLine;
use domain::issue::Missing;
use domain::password::Password;
use domain::retention::Category;
use domain::role::{Role, RoleEnd, RoleKind, RoleState};
use domain::standing::{Hold, Origin};
use testkit::{App, PASSWORD, Rig, day, good_answer, hours, hr, receive};
use usecases::announce_reconfirmation::announce_reconfirmation;
use usecases::announce_terms::announce_terms;
use usecases::begin_enrolment::{LinkRefused, begin_enrolment, look_at_link};
use usecases::block_by_password::block_by_password;
use usecases::choose_password::choose_password;
use usecases::close_associations::close_associations;
use usecases::finish_enrolment::finish_enrolment;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::hold_for_terms::hold_for_terms;
use usecases::issue::{NotIssued, issue};
use usecases::keep_retention::keep_retention;
use usecases::receive_request::Received;
use usecases::revoke_enrolments::revoke_enrolments;
use usecases::revoke_suspended::revoke_suspended;
use usecases::save_connection::{Settings, save_connection};
use usecases::show_code::{CodeWrong, show_code};
use usecases::watch_clocks::watch_clocks;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

testkit::on_both! {
    an_enrolment_not_finished_within_fourteen_days_is_revoked_with_all_that_was_chosen
    who_was_revoked_begins_anew_with_a_new_link
    a_newer_proof_gives_fourteen_days_and_a_finished_enrolment_is_never_revoked
    whose_own_key_of_the_trail_is_lost_leaves_on_her_last_day_all_the_same
    who_comes_back_is_invited_anew_and_has_nothing_she_had
    who_came_back_signs_in_only_after_enrolling_anew
    who_came_back_and_lost_her_letter_gets_another_with_mitid
    every_other_hold_stays_when_somebody_comes_back
    a_further_relation_of_somebody_with_a_login_is_active_at_once
    who_changes_jobs_within_one_file_stays_signed_up
    a_password_set_anew_is_told_and_a_second_thought_is_not
    sent_notices_are_forgotten_after_thirty_days
    clocks_apart_alarm_once_and_far_apart_stop_issuing_but_no_hold
    one_who_cannot_be_dealt_with_keeps_nobody_waiting_behind_her
    one_whose_terms_cannot_be_looked_at_keeps_nobody_waiting_behind_her
}

/// Somebody who proved who she is and chose password and app, and left it there.
async fn unfinished(rig: &Rig) -> (String, App) {
    let token = rig.invite(0).await;
    let flow = rig.begin(1, &token).await;
    rig.accept(1, flow).await;
    rig.prove_in(1, flow, 0).await;
    rig.choose(1, flow).await;
    let app = rig.register(1, flow).await;
    rig.letters().await;
    (token, app)
}

async fn means(rig: &Rig) -> (bool, usize) {
    let id = rig.person(0).await.id;
    let mut tx = rig.look().await;
    (tx.password_hash(id).await.unwrap().is_some(), tx.apps_of(id).await.unwrap().len())
}

async fn revoked(rig: &Rig) -> u64 {
    revoke_enrolments(&rig.cx()).await.unwrap()
}

async fn an_enrolment_not_finished_within_fourteen_days_is_revoked_with_all_that_was_chosen(rig: Rig) {
    let (token, _) = unfinished(&rig).await;
    rig.clock.advance(hours(24 * 14));
    assert_eq!(revoked(&rig).await, 0, "to the minute");
    assert_eq!(means(&rig).await, (true, 1));
    look_at_link(&rig.cx(), &token).await.unwrap();
    rig.clock.advance(MINUTE);
    assert_eq!(revoked(&rig).await, 1);
    assert_eq!(revoked(&rig).await, 0, "once");
    assert_eq!(means(&rig).await, (false, 0));
    assert!(matches!(look_at_link(&rig.cx(), &token).await, Err(LinkRefused::Dead)));
    assert_eq!(rig.events(EventKind::EnrolmentRevoked).await, 1);
    assert!(rig.letters().await.is_empty(), "no reminder of what is over");
}

async fn who_was_revoked_begins_anew_with_a_new_link(rig: Rig) {
    unfinished(&rig).await;
    rig.clock.advance(hours(24 * 15));
    revoked(&rig).await;
    let token = find(&rig).await;
    let flow = rig.begin(1, &token).await;
    rig.prove_in(1, flow, 0).await;
    rig.choose(1, flow).await;
    let app = rig.register(1, flow).await;
    finish_enrolment(&rig.cx(), flow).await.unwrap();
    rig.clock.advance(hours(24 * 15));
    assert_eq!(revoked(&rig).await, 0);
    rig.sign_in(1, 0, &app).await;
}

/// MitID first: her new letter, and the secret part of the link in it.
async fn find(rig: &Rig) -> String {
    let callback = rig.trip(5, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    assert_eq!(finish_proof(&rig.browser(5), "test", &callback).await.unwrap(), Proved::Finding);
    let letters = rig.letters().await;
    letters.iter().find_map(|letter| letter.token()).unwrap().to_owned()
}

async fn a_newer_proof_gives_fourteen_days_and_a_finished_enrolment_is_never_revoked(rig: Rig) {
    let (token, app) = unfinished(&rig).await;
    rig.clock.advance(hours(24 * 13));
    let flow = rig.begin(1, &token).await;
    rig.prove_in(1, flow, 0).await;
    rig.clock.advance(hours(24 * 2));
    assert_eq!(revoked(&rig).await, 0);
    let (first, second) = (rig.begin(1, &token).await, rig.begin(2, &token).await);
    rig.prove_in(1, first, 0).await;
    finish_enrolment(&rig.cx(), first).await.unwrap();
    // The same link was open in another browser, and is proved there after the login became active.
    rig.prove_in(2, second, 0).await;
    rig.clock.advance(hours(24 * 15));
    assert_eq!(revoked(&rig).await, 0);
    rig.sign_in(1, 0, &app).await;
}

fn left() -> HrLine {
    HrLine { ends_on: Some(day("2026-11-30")), ..hr::line(0) }
}

fn back() -> HrLine {
    HrLine { starts_on: day("2027-02-01"), ..hr::line(0) }
}

/// Another relation of the same person, at the same organisation.
fn another() -> HrLine {
    HrLine { employee_number: "90210".to_owned(), ..hr::line(0) }
}

/// Somebody whose login was closed because her relation ended, and what she signed in with.
async fn gone(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    rig.import(vec![left()]).await.unwrap();
    rig.clock.set("2027-01-15T08:00:00Z");
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 1);
    assert_eq!(rig.standing(0).await.holds()[0].origin, Origin::Association);
    rig.letters().await;
    app
}

/// Nor does she keep those open who stand behind her in the line.
async fn whose_own_key_of_the_trail_is_lost_leaves_on_her_last_day_all_the_same(rig: Rig) {
    rig.enrol(1, 0).await;
    let person = rig.person(0).await.id;
    rig.import(vec![left()]).await.unwrap();
    let now = rig.cx().now;
    let state = RoleState::Held { since: now, until: now + hours(24 * 365) };
    let id = rig.cx().id().unwrap();
    let mut tx = rig.change().await;
    tx.put_role(&Role { id, person, kind: RoleKind::Registrar, proposed_at: now, state }).await.unwrap();
    tx.commit().await.unwrap();
    rig.lose_keys().await;
    let twin = rig.twin().await;
    twin.clock.set("2027-01-15T08:00:00Z");
    assert_eq!(close_associations(&twin.cx()).await.unwrap(), 1);
    assert_eq!(twin.standing(0).await.holds()[0].origin, Origin::Association);
    assert_eq!(rig.events(EventKind::AssociationClosed).await, 1);
    let role = rig.look().await.role(id).await.unwrap().unwrap();
    assert_eq!(role.state, RoleState::Ended { at: twin.cx().now, why: RoleEnd::Left });
    assert_eq!(rig.events(EventKind::RoleEnded).await, 1, "her roles with it");
}

async fn who_comes_back_is_invited_anew_and_has_nothing_she_had(rig: Rig) {
    gone(&rig).await;
    let before = rig.standing(0).await.epoch();
    assert_eq!(means(&rig).await, (true, 1));
    let report = rig.import(vec![back()]).await.unwrap();
    assert_eq!((report.added, report.errors.len()), (1, 0));
    let standing = rig.standing(0).await;
    assert!(standing.is_active() && standing.epoch() > before);
    assert_eq!(means(&rig).await, (false, 0), "what she had stays revoked");
    let events = (rig.events(EventKind::HoldLifted).await, rig.events(EventKind::MeansRevoked).await);
    assert_eq!(events, (1, 1));
    let letters = rig.letters().await;
    look_at_link(&rig.cx(), letters.iter().find_map(|letter| letter.token()).unwrap()).await.unwrap();
    rig.import(vec![back()]).await.unwrap();
    assert_eq!(rig.events(EventKind::HoldLifted).await, 1, "the same file again changes nothing");
    assert!(rig.letters().await.is_empty());
}

async fn who_came_back_signs_in_only_after_enrolling_anew(rig: Rig) {
    let old = gone(&rig).await;
    // Half a sign-in with what she had waits behind the hold.
    let waiting = rig.password_shown(9, 0).await;
    rig.import(vec![back()]).await.unwrap();
    let cx = rig.browser(9);
    assert!(matches!(show_code(&cx, waiting, &old.code(cx.now)).await, Err(CodeWrong::NoFlow(_))));
    let letters = rig.letters().await;
    let flow = rig.begin(1, letters.iter().find_map(|letter| letter.token()).unwrap()).await;
    rig.prove_in(1, flow, 0).await;
    rig.choose(1, flow).await;
    let app = rig.register(1, flow).await;
    let half = rig.password_shown(2, 0).await;
    rig.clock.advance(MINUTE);
    let cx = rig.browser(2);
    assert!(matches!(show_code(&cx, half, &app.code(cx.now)).await, Err(CodeWrong::Unfinished)));
    finish_enrolment(&rig.cx(), flow).await.unwrap();
    rig.sign_in(1, 0, &app).await;
}

async fn who_came_back_and_lost_her_letter_gets_another_with_mitid(rig: Rig) {
    gone(&rig).await;
    rig.import(vec![back()]).await.unwrap();
    rig.letters().await;
    let token = find(&rig).await;
    begin_enrolment(&rig.cx(), &token).await.unwrap();
}

async fn every_other_hold_stays_when_somebody_comes_back(rig: Rig) {
    gone(&rig).await;
    let person = rig.person(0).await;
    let other = Hold {
        id: rig.cx().id().unwrap(),
        origin: Origin::Security,
        reason: "reported".into(),
        at: rig.cx().now,
    };
    let epoch = rig.standing(0).await.hold(other.clone()).epoch();
    let mut tx = rig.change().await;
    tx.add_hold(person.id, &other, epoch).await.unwrap();
    tx.commit().await.unwrap();
    rig.import(vec![back()]).await.unwrap();
    assert_eq!(rig.standing(0).await.holds(), [other]);
    assert!(rig.letters().await.iter().all(|letter| letter.token().is_none()), "nobody held is invited");
}

async fn a_further_relation_of_somebody_with_a_login_is_active_at_once(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.letters().await;
    let before = rig.events(EventKind::AssociationActivated).await;
    rig.import(vec![another()]).await.unwrap();
    assert_eq!(rig.events(EventKind::AssociationActivated).await, before + 1);
    assert_eq!(rig.letters().await.len(), 2, "she and the organisation are told");
    let relations = rig.look().await.associations_of(rig.person(0).await.id).await.unwrap();
    assert!(relations.len() == 2 && relations.iter().all(|it| it.activated_at.is_some()));
    rig.clock.advance(MINUTE);
    rig.sign_in(2, 0, &app).await;
}

async fn who_changes_jobs_within_one_file_stays_signed_up(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.clock.set("2027-01-15T08:00:00Z");
    let report = rig.import(vec![left(), another()]).await.unwrap();
    assert_eq!((report.added, report.ended), (1, 1));
    assert!(rig.standing(0).await.is_active(), "the end stands first in the file and is taken last");
    assert_eq!(means(&rig).await, (true, 1));
    rig.clock.advance(MINUTE);
    rig.sign_in(2, 0, &app).await;
}

async fn a_password_set_anew_is_told_and_a_second_thought_is_not(rig: Rig) {
    let token = rig.invite(0).await;
    let flow = rig.begin(1, &token).await;
    rig.accept(1, flow).await;
    rig.prove_in(1, flow, 0).await;
    rig.clock.advance(MINUTE);
    for password in ["grøn cykel ved åen", "gul cykel ved søen"] {
        choose_password(&rig.cx(), flow, Password::typed(password.to_owned())).await.unwrap();
    }
    let told =
        |letters: Vec<testkit::Posted>| letters.iter().filter(|it| it.subject == "password-set").count();
    assert_eq!(told(rig.letters().await), 0, "her first, and her second thought");
    rig.clock.advance(hours(2));
    let flow = rig.begin(2, &token).await;
    rig.prove_in(2, flow, 0).await;
    rig.clock.advance(MINUTE);
    rig.choose(2, flow).await;
    assert_eq!(
        told(rig.letters().await),
        2,
        "it replaced one that was there before this proof; to both addresses"
    );
}

async fn sent_notices_are_forgotten_after_thirty_days(rig: Rig) {
    rig.import(vec![hr::line(0)]).await.unwrap();
    rig.deliver().await;
    for (day, gone) in [(30, 0), (31, 1)] {
        rig.clock.set("2026-11-02T08:00:00Z");
        rig.clock.advance(hours(24 * day));
        let run = keep_retention(&rig.cx()).await.unwrap().unwrap();
        assert_eq!(run.gone(Category::Notices), gone, "the welcome; the reminders still wait");
    }
}

async fn clocks_apart_alarm_once_and_far_apart_stop_issuing_but_no_hold(rig: Rig) {
    const SERVICE: &str = "https://sp.example";
    save_connection(&rig.cx(), "ops1", "a new service", SERVICE, Settings::default()).await.unwrap();
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let mut seen = Agreement::Agree;
    for (seconds, events, issues) in
        [(2, 0, true), (3, 1, true), (4, 1, true), (-31, 2, false), (31, 2, false)]
    {
        rig.database_clock.set_apart(SignedDuration::from_secs(seconds));
        seen = watch_clocks(&rig.cx(), seen).await.unwrap();
        assert_eq!(rig.events(EventKind::ClocksApart).await, events, "{seconds}");
        match receive(&rig.cx(), &format!("{SERVICE}|m{seconds}")).await.unwrap() {
            Received::Answered(_) => assert!(issues, "{seconds}"),
            Received::Missing { missing: Missing::Clocks, .. } => assert!(!issues, "{seconds}"),
            other => panic!("{seconds}: {other:?}"),
        }
        let waiting = rig.before_answer(&rig.cx(), "https://sp.example|m").await;
        match issue(&rig.cx(), waiting).await {
            Ok(_) => assert!(issues, "{seconds}"),
            Err(refused) => {
                assert!(matches!(refused, NotIssued::Refused(Missing::Clocks)), "{seconds}: {refused}");
                assert!(!issues, "{seconds}");
            }
        }
    }
    // What takes away goes on.
    rig.import(vec![HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(0) }]).await.unwrap();
    assert!(!rig.standing(0).await.is_active());
    rig.database_clock.set_apart(SignedDuration::ZERO);
    assert_eq!(watch_clocks(&rig.cx(), seen).await.unwrap(), Agreement::Agree);
    assert_eq!(rig.events(EventKind::ClocksAgree).await, 1);
}

/// Of the first of three people something is on record that nobody can read.
async fn unreadable(rig: &Rig) {
    rig.as_owner("update persons set family_name = '' where user_name = 'p0'").await;
}

async fn readable(rig: &Rig) {
    rig.as_owner("update persons set family_name = 'Prøve 0' where user_name = 'p0'").await;
}

/// What ends or is told by itself is done to the two others, in each run, and to her once she can be read again.
async fn one_who_cannot_be_dealt_with_keeps_nobody_waiting_behind_her(rig: Rig) {
    for p in 0..3 {
        rig.enrol(u128::from(p) + 1, p).await;
    }
    // Another three prove who they are and leave it there.
    for p in 3..6 {
        rig.proved(u128::from(p) + 1, p).await;
    }
    rig.as_owner("update persons set family_name = '' where user_name in ('p0', 'p3')").await;
    rig.clock.advance(hours(24 * 15));
    assert_eq!(revoked(&rig).await, 2, "enrolments");
    assert_eq!(revoked(&rig).await, 0, "she is passed over again");
    readable(&rig).await;
    for p in 0..3_u32 {
        let name = format!("p{p}");
        let password = Password::typed(PASSWORD.to_owned());
        block_by_password(&rig.browser(90 + u128::from(p)), &name, password).await.unwrap();
    }
    unreadable(&rig).await;
    rig.clock.advance(hours(24 * 31));
    assert_eq!(revoke_suspended(&rig.cx()).await.unwrap(), 2, "logins that stayed blocked");
    let ends = |p| HrLine { ends_on: Some(day("2027-01-10")), ..hr::line(p) };
    readable(&rig).await;
    rig.import((0..3).map(ends).collect()).await.unwrap();
    unreadable(&rig).await;
    rig.clock.set("2027-01-15T08:00:00Z");
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 2, "relations");
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 0, "and again");
    readable(&rig).await;
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 1, "it is her turn");
    assert_eq!(revoke_suspended(&rig.cx()).await.unwrap(), 1);
}

async fn one_whose_terms_cannot_be_looked_at_keeps_nobody_waiting_behind_her(rig: Rig) {
    for p in 0..3 {
        rig.enrol(u128::from(p) + 1, p).await;
    }
    rig.terms.publish("2.0");
    rig.terms.accept_by(day("2026-12-20"));
    unreadable(&rig).await;
    rig.clock.set("2026-12-17T12:00:00Z");
    assert_eq!(announce_terms(&rig.cx()).await.unwrap(), 2);
    assert_eq!(announce_terms(&rig.cx()).await.unwrap(), 0);
    // She hears of them after all, and so may be held, and then cannot be looked at again.
    readable(&rig).await;
    assert_eq!(announce_terms(&rig.cx()).await.unwrap(), 1);
    unreadable(&rig).await;
    rig.clock.set("2026-12-21T12:00:00Z");
    assert_eq!(hold_for_terms(&rig.cx()).await.unwrap(), 2);
    rig.clock.set("2027-10-20T12:00:00Z");
    assert_eq!(announce_reconfirmation(&rig.cx()).await.unwrap(), 2);
    readable(&rig).await;
    assert_eq!(hold_for_terms(&rig.cx()).await.unwrap(), 1);
    assert_eq!(announce_reconfirmation(&rig.cx()).await.unwrap(), 1);
}
