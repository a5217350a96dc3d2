//! Roles: two operators, her own acceptance with a fresh sign-in, and an end.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::hr::HrLine;
use domain::ids::RoleId;
use domain::notice::Template;
use domain::role::{Role, RoleEnd, RoleKind, RoleRefused, RoleState};
use domain::standing::Origin;
use std::sync::Arc;
use testkit::{App, PlainOutside, Rig, day, hours, hr, sent_to};
use usecases::begin_outside::begin_outside;
use usecases::close_associations::close_associations;
use usecases::end_roles::end_roles;
use usecases::note_migration::note_migration;
use usecases::roles::{Proposed, RoleNotGiven, accept_role, propose_role};
use usecases::save_connection::{Settings, save_connection};
use usecases::see_excluded::see_excluded;
use usecases::who::{Here, sign_out, who};

testkit::on_both! {
    a_role_takes_two_operators_and_her_own_acceptance
    one_voice_is_not_enough_to_accept
    two_kinds_do_not_second_each_other_and_nobody_is_made_up
    a_role_for_somebody_else_is_as_unknown_as_one_that_does_not_exist
    accepting_takes_factors_just_shown_in_a_session_that_lives
    an_overdue_proof_accepts_no_role
    nobody_becomes_administrator_and_auditor
    a_proposal_runs_out_after_two_weeks_and_begins_anew
    a_role_ends_after_a_year_and_is_given_anew_by_two
    operators_propose_no_more_once_two_administrators_exist
    administrators_are_told_of_hrs_list_when_it_changes_something_and_of_services
    a_proposal_that_is_refused_leaves_an_event_with_its_reason_sealed
    the_roles_of_somebody_who_leaves_end_with_her_last_relation_and_do_not_come_back
    a_role_stays_while_another_relation_is_open
    who_left_before_relations_ended_roles_loses_them_at_the_next_run
    administrators_hear_when_the_last_who_held_a_role_leaves
    an_unreadable_role_of_somebody_else_keeps_nobody_from_leaving
    administrators_are_told_of_migrate_and_outside_begin
}

const DAY: i64 = 24;

async fn propose(rig: &Rig, operator: &str, n: u32) -> Result<Proposed, RoleNotGiven> {
    propose_as(rig, operator, n, RoleKind::Administrator).await
}

async fn propose_as(rig: &Rig, operator: &str, n: u32, kind: RoleKind) -> Result<Proposed, RoleNotGiven> {
    propose_role(&rig.cx(), operator, &hr::line(n).user_name, kind, "bootstrap").await
}

/// A role that two operators proposed.
async fn seconded(rig: &Rig, n: u32) -> RoleId {
    propose(rig, "ops1", n).await.unwrap();
    match propose(rig, "ops2", n).await.unwrap() {
        Proposed::NeedsAcceptance(role) => role,
        Proposed::NeedsSecond(role) => panic!("no second voice: {role}"),
    }
}

async fn enrolled(rig: &Rig) -> App {
    rig.enrol(1, 0).await
}

/// The n-th person, signed in in browser `n + 1` just now.
async fn here(rig: &Rig, n: u32, app: &App) -> Here {
    let browser = u128::from(n) + 1;
    rig.sign_in(browser, n, app).await;
    who(&rig.browser(browser)).await.unwrap().unwrap()
}

async fn held(rig: &Rig, n: u32) -> usize {
    let (id, now) = (rig.person(n).await.id, rig.cx().now);
    let roles = rig.look().await.roles_of(id).await.unwrap();
    roles.iter().filter(|role| role.is_held(now)).count()
}

async fn a_role_takes_two_operators_and_her_own_acceptance(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.letters().await;
    assert!(matches!(propose(&rig, "ops1", 0).await, Ok(Proposed::NeedsSecond(_))));
    let again = propose(&rig, "ops1", 0).await;
    assert!(matches!(again, Err(RoleNotGiven::Refused(RoleRefused::SamePerson))), "one voice twice is one");
    let Ok(Proposed::NeedsAcceptance(role)) = propose(&rig, "ops2", 0).await else { panic!("no second") };
    assert_eq!(held(&rig, 0).await, 0, "nothing before she accepts");
    let here = here(&rig, 0, &app).await;
    accept_role(&rig.cx(), &here, role).await.unwrap();
    assert_eq!(held(&rig, 0).await, 1);
    let twice = accept_role(&rig.cx(), &here, role).await;
    assert!(matches!(twice, Err(RoleNotGiven::Refused(RoleRefused::NotWaiting))));
    assert!(matches!(propose(&rig, "ops1", 0).await, Err(RoleNotGiven::HeldAlready)));
    assert_eq!(
        (rig.events(EventKind::RoleProposed).await, rig.events(EventKind::RoleAccepted).await),
        (2, 1)
    );
    let letters = rig.letters().await;
    assert!(
        letters.iter().all(|it| it.subject == "role-proposed") && letters.len() == 2,
        "she hears of both"
    );
}

async fn one_voice_is_not_enough_to_accept(rig: Rig) {
    let app = enrolled(&rig).await;
    let Ok(Proposed::NeedsSecond(role)) = propose(&rig, "ops1", 0).await else { panic!("no proposal") };
    let here = here(&rig, 0, &app).await;
    let refused = accept_role(&rig.cx(), &here, role).await;
    assert!(matches!(refused, Err(RoleNotGiven::Refused(RoleRefused::NotWaiting))));
    assert_eq!(held(&rig, 0).await, 0);
}

async fn two_kinds_do_not_second_each_other_and_nobody_is_made_up(rig: Rig) {
    enrolled(&rig).await;
    propose_as(&rig, "ops1", 0, RoleKind::Auditor).await.unwrap();
    assert!(matches!(propose(&rig, "ops2", 0).await, Ok(Proposed::NeedsSecond(_))));
    assert!(matches!(propose(&rig, "ops1", 7).await, Err(RoleNotGiven::Nobody)));
}

async fn a_role_for_somebody_else_is_as_unknown_as_one_that_does_not_exist(rig: Rig) {
    enrolled(&rig).await;
    let other = rig.enrol(2, 1).await;
    let role = seconded(&rig, 0).await;
    let here = here(&rig, 1, &other).await;
    for role in [role, uuid::Uuid::from_u128(5).into()] {
        assert!(matches!(accept_role(&rig.cx(), &here, role).await, Err(RoleNotGiven::Nobody)));
    }
    assert_eq!((held(&rig, 0).await, held(&rig, 1).await), (0, 0));
}

async fn accepting_takes_factors_just_shown_in_a_session_that_lives(rig: Rig) {
    let app = enrolled(&rig).await;
    let role = seconded(&rig, 0).await;
    let stale = here(&rig, 0, &app).await;
    rig.clock.advance(SignedDuration::from_mins(6));
    assert!(matches!(accept_role(&rig.cx(), &stale, role).await, Err(RoleNotGiven::StepUp)));
    let signed_out = here(&rig, 0, &app).await;
    sign_out(&rig.cx()).await.unwrap();
    assert!(matches!(accept_role(&rig.cx(), &signed_out, role).await, Err(RoleNotGiven::StepUp)));
    let mut by_password = here(&rig, 0, &app).await;
    by_password.session.shown.truncate(1);
    assert!(matches!(accept_role(&rig.cx(), &by_password, role).await, Err(RoleNotGiven::StepUp)));
    assert_eq!((held(&rig, 0).await, rig.events(EventKind::RoleAccepted).await), (0, 0));
    let fresh = here(&rig, 0, &app).await;
    accept_role(&rig.cx(), &fresh, role).await.unwrap();
}

async fn an_overdue_proof_accepts_no_role(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.clock.advance(hours(DAY * 367));
    let role = seconded(&rig, 0).await;
    let here = here(&rig, 0, &app).await;
    assert!(matches!(accept_role(&rig.cx(), &here, role).await, Err(RoleNotGiven::StepUp)));
}

async fn nobody_becomes_administrator_and_auditor(rig: Rig) {
    let app = enrolled(&rig).await;
    // Both are on their way when neither is held.
    let administrator = seconded(&rig, 0).await;
    propose_as(&rig, "ops1", 0, RoleKind::Auditor).await.unwrap();
    let Ok(Proposed::NeedsAcceptance(auditor)) = propose_as(&rig, "ops2", 0, RoleKind::Auditor).await else {
        panic!("no second voice")
    };
    let here = here(&rig, 0, &app).await;
    accept_role(&rig.cx(), &here, auditor).await.unwrap();
    let both = accept_role(&rig.cx(), &here, administrator).await;
    let excluded =
        |refused: &RoleNotGiven| matches!(refused, RoleNotGiven::Refused(RoleRefused::Excluded("auditor")));
    assert!(both.as_ref().is_err_and(excluded), "{both:?}");
    let proposed = propose(&rig, "ops3", 0).await;
    assert!(proposed.as_ref().is_err_and(excluded), "{proposed:?}");
    assert!(proposed.unwrap_err().to_string().contains("propose somebody else"), "it says what to do");
    assert!(propose_as(&rig, "ops1", 0, RoleKind::Registrar).await.is_ok(), "others go together");
    assert_eq!((held(&rig, 0).await, rig.events(EventKind::RoleRefused).await), (1, 2));
    assert_eq!(see_excluded(&rig.house).await.unwrap(), 0);
    // Whoever holds both from before is named to those who run the house.
    let before = rig.look().await.role(administrator).await.unwrap().unwrap();
    let mut tx = rig.change().await;
    tx.put_role(&before.accepted(rig.cx().now).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(see_excluded(&rig.house).await.unwrap(), 1);
}

async fn a_proposal_runs_out_after_two_weeks_and_begins_anew(rig: Rig) {
    let app = enrolled(&rig).await;
    let role = seconded(&rig, 0).await;
    propose_as(&rig, "ops1", 0, RoleKind::Auditor).await.unwrap();
    rig.clock.advance(hours(DAY * 14 + 1));
    let here = here(&rig, 0, &app).await;
    let late = accept_role(&rig.cx(), &here, role).await;
    assert!(matches!(late, Err(RoleNotGiven::Refused(RoleRefused::RanOut))));
    let second = propose_as(&rig, "ops2", 0, RoleKind::Auditor).await;
    assert!(matches!(second, Ok(Proposed::NeedsSecond(_))), "the first voice has faded");
}

async fn a_role_ends_after_a_year_and_is_given_anew_by_two(rig: Rig) {
    let app = enrolled(&rig).await;
    let role = seconded(&rig, 0).await;
    let here = here(&rig, 0, &app).await;
    accept_role(&rig.cx(), &here, role).await.unwrap();
    rig.clock.advance(hours(DAY * 365));
    assert_eq!(held(&rig, 0).await, 0);
    assert!(matches!(propose(&rig, "ops1", 0).await, Ok(Proposed::NeedsSecond(_))));
}

async fn operators_propose_no_more_once_two_administrators_exist(rig: Rig) {
    let app = enrolled(&rig).await;
    let other = rig.enrol(2, 1).await;
    rig.import(vec![hr::line(2)]).await.unwrap();
    propose_as(&rig, "ops1", 2, RoleKind::Registrar).await.unwrap();
    for (n, app) in [(0, &app), (1, &other)] {
        let role = seconded(&rig, n).await;
        let here = here(&rig, n, app).await;
        accept_role(&rig.cx(), &here, role).await.unwrap();
    }
    for kind in RoleKind::ALL {
        let refused = propose_as(&rig, "ops3", 2, kind).await;
        assert!(matches!(refused, Err(RoleNotGiven::AdministratorsExist)), "{kind:?}");
    }
    let of_third = rig.look().await.roles_of(rig.person(2).await.id).await.unwrap();
    assert!(of_third.iter().all(|role| matches!(role.state, RoleState::Proposed { .. })));
    rig.clock.advance(hours(DAY * 365));
    assert!(
        propose(&rig, "ops1", 0).await.is_ok(),
        "when they ran out, somebody must be able to begin again"
    );
}

async fn administrators_are_told_of_hrs_list_when_it_changes_something_and_of_services(rig: Rig) {
    let app = enrolled(&rig).await;
    let role = seconded(&rig, 0).await;
    let here = here(&rig, 0, &app).await;
    accept_role(&rig.cx(), &here, role).await.unwrap();
    rig.letters().await;
    rig.import((1..4).map(hr::line).collect()).await.unwrap();
    assert_eq!(told(&rig).await, ["feed-imported"], "once, however many lines");
    rig.import((1..4).map(hr::line).collect()).await.unwrap();
    assert!(told(&rig).await.is_empty(), "the same list again changes nothing");
    let service = "https://sp.example";
    save_connection(&rig.cx(), "ops1", "a new service", service, Settings::default()).await.unwrap();
    assert_eq!(told(&rig).await, ["service-saved"]);
    rig.clock.advance(hours(DAY * 365));
    rig.letters().await;
    rig.import(vec![hr::line(5)]).await.unwrap();
    assert!(told(&rig).await.is_empty(), "she is one no more");
}

/// The letters to the first person's work address since the last look.
async fn told(rig: &Rig) -> Vec<String> {
    let letters = rig.letters().await.into_iter();
    letters.filter(|letter| letter.to == "p0@nordby.example").map(|letter| letter.subject).collect()
}

async fn a_proposal_that_is_refused_leaves_an_event_with_its_reason_sealed(rig: Rig) {
    let app = enrolled(&rig).await;
    propose(&rig, "ops1", 0).await.unwrap();
    propose(&rig, "ops1", 0).await.unwrap_err();
    propose(&rig, "ops1", 7).await.unwrap_err();
    let Ok(Proposed::NeedsAcceptance(role)) = propose(&rig, "ops2", 0).await else { panic!("no second") };
    accept_role(&rig.cx(), &here(&rig, 0, &app).await, role).await.unwrap();
    propose(&rig, "ops1", 0).await.unwrap_err();
    let rows = rig.look().await.unsequenced(1000).await.unwrap();
    let refused: Vec<_> = rows.iter().filter(|row| row.kind == "role.refused").collect();
    let whys = ["same-person", "nobody", "held-already"];
    assert_eq!(refused.len(), whys.len());
    let person = rig.person(0).await.id;
    for (row, why) in refused.into_iter().zip(whys) {
        assert!(row.facts.contains(&format!("\"why\":\"{why}\"")), "{}", row.facts);
        assert_eq!(row.subject, (why != "nobody").then_some(person));
        assert_eq!(row.actor, "{\"Operator\":\"ops1\"}");
        assert!(!row.facts.contains("bootstrap") && !row.facts.contains("p7"), "sealed: {}", row.facts);
    }
}

/// HR's line of the n-th person, whose last day is tomorrow.
fn leaving(n: u32) -> HrLine {
    HrLine { ends_on: Some(day("2026-11-30")), ..hr::line(n) }
}

/// A role somebody holds, put there by hand.
async fn given(rig: &Rig, n: u32, kind: RoleKind) -> RoleId {
    let (cx, person) = (rig.cx(), rig.person(n).await.id);
    let state = RoleState::Held { since: cx.now, until: cx.now + hours(DAY * 365) };
    let role = Role { id: cx.id().unwrap(), person, kind, proposed_at: cx.now, state };
    let mut tx = rig.change().await;
    tx.put_role(&role).await.unwrap();
    tx.commit().await.unwrap();
    role.id
}

async fn state(rig: &Rig, role: RoleId) -> RoleState {
    rig.look().await.role(role).await.unwrap().unwrap().state
}

async fn the_roles_of_somebody_who_leaves_end_with_her_last_relation_and_do_not_come_back(rig: Rig) {
    enrolled(&rig).await;
    let held_one = given(&rig, 0, RoleKind::Registrar).await;
    let on_its_way = seconded(&rig, 0).await;
    let ran_out = RoleState::Held { since: rig.cx().now, until: rig.cx().now };
    let over = given(&rig, 0, RoleKind::ServiceDesk).await;
    let mut tx = rig.change().await;
    let old = tx.role(over).await.unwrap().unwrap();
    tx.put_role(&Role { state: ran_out.clone(), ..old }).await.unwrap();
    tx.commit().await.unwrap();
    rig.import(vec![leaving(0)]).await.unwrap();
    rig.clock.set("2027-01-15T08:00:00Z");
    // Accepted or not, two weeks are over: proposed anew, so that one is on its way when she leaves.
    assert!(!rig.look().await.role(on_its_way).await.unwrap().unwrap().is_open(rig.cx().now));
    propose_as(&rig, "ops1", 0, RoleKind::Auditor).await.unwrap();
    rig.letters().await;
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 1);
    let ended = RoleState::Ended { at: rig.cx().now, why: RoleEnd::Left };
    assert_eq!((state(&rig, held_one).await, state(&rig, over).await), (ended.clone(), ran_out));
    let person = rig.person(0).await.id;
    let roles = rig.look().await.roles_of(person).await.unwrap();
    assert!(roles.iter().any(|it| it.kind == RoleKind::Auditor && it.state == ended), "{roles:?}");
    assert!(roles.iter().all(|it| !it.is_open(rig.cx().now)));
    let rows = rig.look().await.rows_about(person, &[EventKind::RoleEnded.word()], 9).await.unwrap();
    let mut told: Vec<_> = rows.iter().map(|row| row.facts.as_str()).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            r#"{"role":"auditor","was":"proposed","why":"association-ended"}"#,
            r#"{"role":"registrar","was":"held","why":"association-ended"}"#,
        ]
    );
    assert_eq!(
        sent_to(&rig.letters().await, Template::RolesEnded),
        ["p0@private.example"],
        "once, and where she is"
    );
    assert_eq!(end_roles(&rig.cx()).await.unwrap(), 0, "nothing is left to end");
    let nothing = propose_as(&rig, "ops2", 0, RoleKind::Auditor).await;
    assert!(matches!(nothing, Err(RoleNotGiven::NoRelation)), "{nothing:?}");
    rig.import(vec![HrLine { starts_on: day("2027-02-01"), ..hr::line(0) }]).await.unwrap();
    assert!(rig.standing(0).await.is_active());
    assert_eq!(state(&rig, held_one).await, ended, "it does not come back with her");
    assert!(matches!(propose(&rig, "ops1", 0).await, Ok(Proposed::NeedsSecond(_))), "she is proposed anew");
}

async fn a_role_stays_while_another_relation_is_open(rig: Rig) {
    enrolled(&rig).await;
    let role = given(&rig, 0, RoleKind::Registrar).await;
    let another = HrLine { employee_number: "90210".to_owned(), ..hr::line(0) };
    rig.import(vec![leaving(0), another]).await.unwrap();
    rig.clock.set("2027-01-15T08:00:00Z");
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 1);
    assert_eq!(end_roles(&rig.cx()).await.unwrap(), 0);
    assert!(matches!(state(&rig, role).await, RoleState::Held { .. }));
}

async fn who_left_before_relations_ended_roles_loses_them_at_the_next_run(rig: Rig) {
    enrolled(&rig).await;
    rig.enrol(2, 1).await;
    rig.import(vec![leaving(0), leaving(1)]).await.unwrap();
    rig.clock.set("2027-01-15T08:00:00Z");
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 2);
    let (hers, another) =
        (given(&rig, 0, RoleKind::Registrar).await, given(&rig, 1, RoleKind::ServiceDesk).await);
    // Who is back before the run keeps nothing either.
    rig.import(vec![HrLine { starts_on: day("2027-02-01"), ..hr::line(1) }]).await.unwrap();
    let ended = RoleState::Ended { at: rig.cx().now, why: RoleEnd::Left };
    assert_eq!(state(&rig, another).await, ended);
    assert!(matches!(state(&rig, hers).await, RoleState::Held { .. }));
    assert_eq!(end_roles(&rig.cx()).await.unwrap(), 1);
    assert_eq!(state(&rig, hers).await, ended);
    assert_eq!(end_roles(&rig.cx()).await.unwrap(), 0, "once");
}

async fn administrators_hear_when_the_last_who_held_a_role_leaves(rig: Rig) {
    enrolled(&rig).await;
    for n in [1, 2] {
        rig.enrol(u128::from(n) + 1, n).await;
        given(&rig, n, RoleKind::Auditor).await;
    }
    given(&rig, 0, RoleKind::Administrator).await;
    rig.import(vec![leaving(1)]).await.unwrap();
    rig.clock.set("2027-01-15T08:00:00Z");
    rig.letters().await;
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 1);
    assert!(sent_to(&rig.letters().await, Template::RoleUnheld).is_empty(), "another one holds it");
    rig.import(vec![HrLine { ends_on: Some(day("2027-01-14")), ..hr::line(2) }]).await.unwrap();
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::RoleUnheld), ["p0@nordby.example"], "nobody is left");
    assert_eq!(sent_to(&letters, Template::RolesEnded), ["p2@private.example"]);
    assert!(rig.standing(2).await.holds().iter().any(|hold| hold.origin == Origin::Association));
}

async fn an_unreadable_role_of_somebody_else_keeps_nobody_from_leaving(rig: Rig) {
    enrolled(&rig).await;
    rig.enrol(2, 1).await;
    let hers = given(&rig, 0, RoleKind::Registrar).await;
    given(&rig, 1, RoleKind::Auditor).await;
    rig.import(vec![leaving(0)]).await.unwrap();
    rig.clock.set("2027-01-15T08:00:00Z");
    rig.as_owner("update roles set kind = 'gardener' where kind = 'auditor'").await;
    assert_eq!(close_associations(&rig.cx()).await.unwrap(), 1);
    assert_eq!(state(&rig, hers).await, RoleState::Ended { at: rig.cx().now, why: RoleEnd::Left });
}

async fn administrators_are_told_of_migrate_and_outside_begin(rig: Rig) {
    enrolled(&rig).await;
    given(&rig, 0, RoleKind::Administrator).await;
    let (rig, by) = (rig.keeping(Arc::new(PlainOutside::default())), hr::operator("ops1"));
    note_migration(&rig.cx(), &by, "0.1.0").await.unwrap();
    assert_eq!(told(&rig).await, ["database-migrated"]);
    begin_outside(&rig.cx(), &by).await.unwrap();
    assert_eq!(told(&rig).await, ["outside-begun"]);
    begin_outside(&rig.cx(), &by).await.unwrap_err();
    assert!(told(&rig).await.is_empty(), "it is there already");
}
