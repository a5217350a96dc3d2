//! The municipality closes a login: one operator takes away, two give back, and only its owner opens it. Every promise on
//! both databases.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::contact::ChannelKind;
use domain::hr::{HrLine, LineFault};
use domain::lift::LiftRefused;
use domain::notice::Template;
use domain::password::Password;
use domain::person::UserName;
use domain::proofing::Purpose;
use domain::role::{RoleKind, RoleState};
use domain::standing::Origin;
use domain::suspension::CannotReopen;
use testkit::{App, Rig, good_answer, hours, hr, sent_to};
use usecases::block_by_session::block_by_session;
use usecases::finish_enrolment::finish_enrolment;
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::hold_login::{NotHeld, hold_login};
use usecases::lift_hold::{Lifted, NotLifted, lift_hold};
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_password::reopen_password;
use usecases::show_code::{CodeWrong, show_code};
use usecases::who::who;

testkit::on_both! {
    an_operator_closes_a_login_at_once_and_its_owner_hears_whom_to_call
    a_hold_put_on_a_blocked_login_survives_her_reopening
    two_operators_lift_it_and_only_she_opens_it_with_mitid
    a_hold_put_meanwhile_is_not_lifted_by_the_second_voice
    two_operators_at_once_lift_it_once
    nobody_is_made_up_and_her_own_hold_is_nobody_elses_to_lift
    what_was_changed_just_before_is_taken_back_with_the_lift
    who_never_began_is_invited_again
    after_another_number_from_hr_two_operators_let_her_enrol_in_full
}

const DAY: i64 = 24;

fn name(n: u32) -> UserName {
    hr::line(n).user_name
}

async fn close(rig: &Rig, origin: Origin) -> String {
    hold_login(&rig.cx(), &hr::operator("ops1"), &name(0), origin).await.unwrap()
}

async fn lift(rig: &Rig, operator: &str, origin: Origin) -> Result<Lifted, NotLifted> {
    lift_hold(&rig.cx(), &hr::operator(operator), &name(0), origin).await
}

async fn lifted(rig: &Rig, origin: Origin) {
    assert_eq!(lift(rig, "ops1", origin).await.unwrap(), Lifted::NeedsSecond);
    assert!(matches!(lift(rig, "ops2", origin).await, Ok(Lifted::Lifted(_))));
}

async fn origins(rig: &Rig) -> Vec<Origin> {
    let mut origins: Vec<_> = rig.standing(0).await.holds().iter().map(|hold| hold.origin).collect();
    // Those of one instant stand in no order.
    origins.sort_unstable_by_key(|origin| origin.word());
    origins
}

/// Comes back from MitID to open her login.
async fn prove(rig: &Rig) -> Result<Proved, ProofFailed> {
    let callback = rig.trip_for(2, Purpose::Reopening, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    finish_proof(&rig.browser(2), "test", &callback).await
}

/// Opens it as far as the confirmation.
async fn ready(rig: &Rig) -> domain::ids::FlowId {
    let Ok(Proved::Reopening(flow)) = prove(rig).await else { panic!("not proved") };
    let cx = rig.browser(2);
    reopen_password(&cx, flow, Password::typed("tolv gule tulipaner".to_owned())).await.unwrap();
    let apps = rig.look().await.apps_of(rig.person(0).await.id).await.unwrap();
    reopen_factors(&cx, flow, apps.into_iter().map(|(app, _)| app.id).collect()).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
    flow
}

/// Somebody who has used her login for a while and is signed in, with no letter waiting.
async fn signed_in(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    rig.clock.advance(hours(2));
    rig.sign_in(1, 0, &app).await;
    rig.letters().await;
    app
}

/// Somebody else is an administrator.
async fn administrator(rig: &Rig) {
    rig.import(vec![hr::line(1)]).await.unwrap();
    let cx = rig.cx();
    let role = domain::role::Role {
        id: cx.id().unwrap(),
        person: rig.person(1).await.id,
        kind: RoleKind::Administrator,
        proposed_at: cx.now,
        state: RoleState::Held { since: cx.now, until: cx.now + hours(DAY) },
    };
    let mut tx = rig.change().await;
    tx.put_role(&role).await.unwrap();
    tx.commit().await.unwrap();
    rig.letters().await;
}

async fn an_operator_closes_a_login_at_once_and_its_owner_hears_whom_to_call(rig: Rig) {
    let app = signed_in(&rig).await;
    administrator(&rig).await;
    let half = rig.password_shown(2, 0).await;
    let reference = close(&rig, Origin::ServiceDesk).await;
    assert!(who(&rig.browser(1)).await.unwrap().is_none(), "her sessions are over");
    let code = show_code(&rig.browser(2), half, &app.code(rig.cx().now)).await;
    assert!(code.is_err(), "what was half done does not go on");
    rig.clock.advance(SignedDuration::from_secs(30));
    let again = rig.password_shown(3, 0).await;
    let code = show_code(&rig.browser(3), again, &app.code(rig.cx().now)).await;
    assert!(matches!(code, Err(CodeWrong::Held(hold)) if hold.origin == Origin::ServiceDesk));
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::HeldByMunicipality), ["p0@nordby.example", "p0@private.example"]);
    assert_eq!(sent_to(&letters, Template::HoldsChanged), ["p1@nordby.example"], "administrators hear of it");
    let held = rig.standing(0).await.holds().first().cloned().unwrap();
    assert_eq!(reference, usecases::suspend::reference(held.id));
    assert_eq!(held.reason, "by-operator");
    let rows = rig.look().await.unsequenced(99).await.unwrap();
    assert!(rows.iter().any(|row| row.kind == EventKind::Held.word()));
    assert!(rows.iter().all(|row| !row.facts.contains("usual day")), "what the operator wrote is sealed");
}

async fn a_hold_put_on_a_blocked_login_survives_her_reopening(rig: Rig) {
    signed_in(&rig).await;
    block_by_session(&rig.cx(), &rig.here().await).await.unwrap();
    let flow = ready(&rig).await;
    close(&rig, Origin::Security).await;
    assert!(reopen(&rig.browser(2), flow).await.is_err(), "the reopening under way is over");
    let Err(ProofFailed::Held(_, CannotReopen::HeldByOthers(theirs))) = prove(&rig).await else {
        panic!("opened")
    };
    assert_eq!(theirs.origin, Origin::Security);
    assert_eq!(origins(&rig).await, [Origin::Owner, Origin::Security]);
}

async fn two_operators_lift_it_and_only_she_opens_it_with_mitid(rig: Rig) {
    let app = signed_in(&rig).await;
    close(&rig, Origin::Security).await;
    assert_eq!(lift(&rig, "ops1", Origin::Security).await.unwrap(), Lifted::NeedsSecond);
    let twice = lift(&rig, "ops1", Origin::Security).await;
    assert!(matches!(twice, Err(NotLifted::Refused(LiftRefused::SameOperator))), "one voice twice is one");
    assert_eq!(origins(&rig).await, [Origin::Security]);
    rig.letters().await;
    let Ok(Lifted::Lifted(left)) = lift(&rig, "ops2", Origin::Security).await else { panic!("not lifted") };
    assert_eq!(left.iter().map(|it| it.origin).collect::<Vec<_>>(), [Origin::Owner], "hers is left");
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::HoldLifted), ["p0@nordby.example", "p0@private.example"]);
    rig.clock.advance(SignedDuration::from_secs(30));
    let flow = rig.password_shown(3, 0).await;
    let code = show_code(&rig.browser(3), flow, &app.code(rig.cx().now)).await;
    assert!(
        matches!(code, Err(CodeWrong::Held(hold)) if hold.origin == Origin::Owner),
        "nobody is let in by it"
    );
    rig.clock.advance(hours(1));
    let flow = ready(&rig).await;
    reopen(&rig.browser(2), flow).await.unwrap();
    assert!(rig.standing(0).await.is_active());
    assert_eq!((rig.events(EventKind::LiftAsked).await, rig.events(EventKind::HoldLifted).await), (1, 1));
    assert_eq!(rig.events(EventKind::HoldRefused).await, 1);
}

async fn a_hold_put_meanwhile_is_not_lifted_by_the_second_voice(rig: Rig) {
    signed_in(&rig).await;
    close(&rig, Origin::Security).await;
    assert_eq!(lift(&rig, "ops1", Origin::Security).await.unwrap(), Lifted::NeedsSecond);
    close(&rig, Origin::Security).await;
    assert_eq!(lift(&rig, "ops2", Origin::Security).await.unwrap(), Lifted::NeedsSecond);
    assert_eq!(origins(&rig).await, [Origin::Security, Origin::Security]);
    rig.clock.advance(hours(DAY * 14 + 1));
    assert_eq!(
        lift(&rig, "ops1", Origin::Security).await.unwrap(),
        Lifted::NeedsSecond,
        "it waited too long"
    );
    assert!(matches!(lift(&rig, "ops2", Origin::Security).await, Ok(Lifted::Lifted(_))));
}

async fn two_operators_at_once_lift_it_once(rig: Rig) {
    signed_in(&rig).await;
    close(&rig, Origin::Security).await;
    let (one, other) =
        tokio::join!(lift(&rig, "ops1", Origin::Security), lift(&rig, "ops2", Origin::Security));
    let mut came = [one.unwrap(), other.unwrap()].map(|lifted| lifted == Lifted::NeedsSecond);
    came.sort_unstable();
    assert_eq!(came, [false, true], "one asked, the other lifted");
    assert_eq!((origins(&rig).await, rig.events(EventKind::HoldLifted).await), (vec![Origin::Owner], 1));
}

async fn nobody_is_made_up_and_her_own_hold_is_nobody_elses_to_lift(rig: Rig) {
    signed_in(&rig).await;
    let by = hr::operator("ops1");
    let nobody = hold_login(&rig.cx(), &by, &name(7), Origin::Security).await;
    assert!(matches!(nobody, Err(NotHeld::Nobody)));
    assert!(matches!(lift_hold(&rig.cx(), &by, &name(7), Origin::Security).await, Err(NotLifted::Nobody)));
    let hers = hold_login(&rig.cx(), &by, &name(0), Origin::Owner).await;
    assert!(matches!(hers, Err(NotHeld::OthersPut)), "nobody blocks in her name");
    let none = lift(&rig, "ops1", Origin::Register).await;
    assert!(matches!(none, Err(NotLifted::Refused(LiftRefused::NotHeld))));
    block_by_session(&rig.cx(), &rig.here().await).await.unwrap();
    for origin in [Origin::Owner, Origin::Association, Origin::Terms] {
        let refused = lift(&rig, "ops1", origin).await;
        assert!(matches!(refused, Err(NotLifted::Refused(LiftRefused::OthersSettle))), "{origin:?}");
    }
    assert_eq!(origins(&rig).await, [Origin::Owner]);
    assert_eq!(rig.events(EventKind::HoldRefused).await, 7);
}

async fn what_was_changed_just_before_is_taken_back_with_the_lift(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, ChannelKind::PrivateMail, "thief@private.example").await;
    close(&rig, Origin::Security).await;
    rig.clock.advance(hours(DAY));
    rig.letters().await;
    lifted(&rig, Origin::Security).await;
    let told = rig.letters().await;
    assert_eq!(sent_to(&told, Template::HoldLifted), ["p0@nordby.example", "p0@private.example"]);
    assert_eq!(rig.events(EventKind::ContactTakenBack).await, 1);
}

async fn who_never_began_is_invited_again(rig: Rig) {
    rig.import(vec![hr::line(0)]).await.unwrap();
    rig.letters().await;
    close(&rig, Origin::ServiceDesk).await;
    assert_eq!(sent_to(&rig.letters().await, Template::Welcome), Vec::<&str>::new());
    lifted(&rig, Origin::ServiceDesk).await;
    assert!(rig.standing(0).await.is_active(), "there is no login to open again");
    assert_eq!(sent_to(&rig.letters().await, Template::Welcome), ["p0@private.example"]);
}

async fn after_another_number_from_hr_two_operators_let_her_enrol_in_full(rig: Rig) {
    let app = signed_in(&rig).await;
    let line = || HrLine { cpr: hr::line(9).cpr, ..hr::line(0) };
    let report = rig.import(vec![line()]).await.unwrap();
    assert_eq!(report.errors.first().map(|it| it.reason), Some(LineFault::ProvedCprChanged));
    assert_eq!(origins(&rig).await, [Origin::Reconfirmation]);
    rig.letters().await;
    lifted(&rig, Origin::Reconfirmation).await;
    assert!(rig.standing(0).await.is_active());
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::BeginsAnew), ["p0@nordby.example", "p0@private.example"]);
    assert_eq!(rig.events(EventKind::MeansRevoked).await, 1, "nothing of the old login counts");
    // The list may name the number now; whoever proves it enrols in full.
    let report = rig.import(vec![line()]).await.unwrap();
    assert_eq!(report.errors, []);
    let welcome = rig.letters().await;
    let token = welcome.iter().rev().find_map(testkit::Posted::token).unwrap();
    let flow = rig.begin(4, token).await;
    rig.prove_in(4, flow, 9).await;
    rig.choose(4, flow).await;
    let new = rig.register(4, flow).await;
    finish_enrolment(&rig.browser(4), flow).await.unwrap();
    assert_ne!(new.code(rig.cx().now), app.code(rig.cx().now));
    rig.clock.advance(hours(1));
    rig.sign_in(4, 0, &new).await;
}
