//! Opening a blocked login again, a forgotten password, a changed one, and what thirty days do to a block. Every promise
//! on both databases.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::hr::HrLine;
use domain::ids::{FactorId, FlowId};
use domain::password::{Password, Weak};
use domain::printed::PrintedKind;
use domain::proofing::{Purpose, Refusal};
use domain::reopening::{NotYet, ReopeningStep};
use domain::standing::{Hold, Origin};
use domain::step_up::StepUpFor;
use domain::suspension::CannotReopen;
use domain::terms::{NotRead, TermsHash};
use domain::throttle::CodeDoor;
use std::collections::BTreeSet;
use testkit::{App, FewLeaks, PASSWORD, Posted, Rig, day, good_answer, hours, hr};
use usecases::block_by_code::{NotBlocked, block_by_code};
use usecases::block_by_session::block_by_session;
use usecases::change_factors::remove_factor;
use usecases::change_password::{Change, NotChanged, change_password};
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::ports::terms::TermsShelf as _;
use usecases::read_terms::{TermsRefused, accept_terms, decline_terms, turn_page};
use usecases::register_another_app::{offer_another_app, register_another_app};
use usecases::reopen::{NotOpened, reopen};
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_app::{NewAppRefused, offer_new_app, reopen_app};
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_password::{StepRefused, reopen_password};
use usecases::reset_password::reset_password;
use usecases::revoke_suspended::revoke_suspended;
use usecases::see_activity::{Which, see_activity};
use usecases::see_reopening::see_reopening;
use usecases::see_sessions::{Ended, end_all_sessions, end_session, see_sessions};
use usecases::see_sheet::{put_sheet_away, see_sheet};
use usecases::show_code::{CodeWrong, show_code};
use usecases::show_password::{PasswordWrong, show_password};
use usecases::show_step_up::Showing;
use usecases::who::{Here, who};

const NEW: &str = "tolv gule tulipaner";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

testkit::on_both! {
    she_opens_it_again_with_mitid_a_new_password_her_factor_and_a_look_at_what_happened
    nothing_has_changed_before_the_confirmation
    no_step_is_skipped_by_a_request_made_by_hand
    who_keeps_nothing_registers_an_app_in_the_same_flow
    what_was_added_in_the_hour_before_the_block_is_marked_for_removal
    a_factor_a_thief_removed_stays_removed_when_she_opens_it_again
    an_id_that_is_not_hers_keeps_nothing
    after_an_hour_nothing_goes_on
    terms_she_has_not_accepted_are_read_page_by_page_before_she_confirms
    terms_published_at_the_last_moment_are_read_first
    terms_declined_at_a_reopening_leave_it_closed
    who_declined_at_a_sign_in_opens_it_by_accepting
    a_block_meanwhile_ends_the_reopening
    a_hold_of_others_stays_and_refuses
    a_hold_of_others_put_meanwhile_refuses_the_confirmation
    whose_relation_ended_opens_nothing
    a_proof_for_something_else_opens_and_resets_nothing
    a_proof_of_somebody_else_finds_only_her_own_login
    who_blocked_before_day_one_was_over_begins_anew
    who_is_held_by_others_too_before_day_one_was_over_calls_them
    a_login_that_is_not_active_is_neither_opened_nor_reset
    the_sheet_is_shown_in_its_browser_until_it_is_put_away
    old_codes_and_links_are_dead_after_it
    thirty_days_close_it_for_good_and_invite_anew
    she_is_told_a_week_before_and_not_after_she_opened_it
    who_is_held_by_others_too_is_closed_and_not_invited
    a_forgotten_password_is_replaced_after_mitid_and_everything_else_ends
    a_reset_lifts_a_stop_of_codes_and_a_blocked_login_is_not_reset
    a_reset_is_used_once_and_in_time
    half_a_sign_in_does_not_outlive_the_password_it_was_made_with
    a_password_replaced_while_it_was_compared_opens_nothing
    a_password_is_changed_with_the_old_one_and_a_code
    a_wrong_password_at_a_change_counts_as_a_wrong_code
    the_current_password_chosen_again_tells_nobody_that_it_is_right
    she_sees_what_happened_and_ends_sessions_elsewhere
}

fn typed(text: &str) -> Password {
    Password::typed(text.to_owned())
}

/// Comes back from MitID as the p-th person, for this.
async fn prove_for(rig: &Rig, browser: u128, purpose: Purpose, p: u32) -> Result<Proved, ProofFailed> {
    let callback = rig.trip_for(browser, purpose, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(p), rig.cx().now));
    finish_proof(&rig.browser(browser), "test", &callback).await
}

async fn here(rig: &Rig, browser: u128) -> Here {
    who(&rig.browser(browser)).await.unwrap().unwrap()
}

/// Somebody who uses her login for two hours and then blocks it.
async fn blocked(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    rig.clock.advance(hours(2));
    rig.sign_in(1, 0, &app).await;
    block_by_session(&rig.cx(), &here(rig, 1).await).await.unwrap();
    assert!(!rig.standing(0).await.is_active());
    app
}

/// A reopening in the n-th browser, just proved.
async fn begun(rig: &Rig, browser: u128) -> FlowId {
    match prove_for(rig, browser, Purpose::Reopening, 0).await {
        Ok(Proved::Reopening(flow)) => flow,
        other => panic!("not proved: {other:?}"),
    }
}

async fn apps(rig: &Rig) -> BTreeSet<FactorId> {
    let id = rig.person(0).await.id;
    rig.look().await.apps_of(id).await.unwrap().into_iter().map(|(app, _)| app.id).collect()
}

/// As far as the confirmation, keeping everything.
async fn ready(rig: &Rig, browser: u128) -> FlowId {
    let flow = begun(rig, browser).await;
    let cx = rig.browser(browser);
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    reopen_factors(&cx, flow, apps(rig).await).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
    flow
}

async fn shows(rig: &Rig, browser: u128, password: &str) -> Result<FlowId, PasswordWrong> {
    let cx = rig.browser(browser);
    let flow = usecases::begin_sign_in::begin_sign_in(&cx).await.unwrap();
    show_password(&cx, flow, "p0", typed(password)).await.map(|_| flow)
}

async fn put_hold(rig: &Rig, origin: Origin) {
    let person = rig.person(0).await.id;
    let hold = Hold { id: rig.cx().id().unwrap(), origin, reason: "reported".into(), at: rig.cx().now };
    let epoch = rig.standing(0).await.hold(hold.clone()).epoch();
    let mut tx = rig.change().await;
    tx.add_hold(person, &hold, epoch).await.unwrap();
    tx.commit().await.unwrap();
}

async fn she_opens_it_again_with_mitid_a_new_password_her_factor_and_a_look_at_what_happened(rig: Rig) {
    let app = blocked(&rig).await;
    rig.letters().await;
    let flow = begun(&rig, 2).await;
    let cx = rig.browser(2);
    let seen = see_reopening(&cx, flow).await.unwrap();
    assert_eq!((seen.step, seen.apps.len(), seen.apps[0].1), (ReopeningStep::Password, 1, false));
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    assert_eq!(see_reopening(&cx, flow).await.unwrap().step, ReopeningStep::Factors);
    reopen_factors(&cx, flow, apps(&rig).await).await.unwrap();
    let seen = see_reopening(&cx, flow).await.unwrap();
    assert_eq!(seen.step, ReopeningStep::Activity);
    assert!(seen.events.iter().any(|it| it.kind == EventKind::Held), "the block is among what happened");
    reopen_activity(&cx, flow).await.unwrap();
    assert_eq!(see_reopening(&cx, flow).await.unwrap().step, ReopeningStep::Confirm);
    reopen(&cx, flow).await.unwrap();
    assert!(rig.standing(0).await.is_active());
    assert!(
        matches!(shows(&rig, 3, PASSWORD).await, Err(PasswordWrong::Wrong { .. })),
        "the old one is dead"
    );
    let sign_in = shows(&rig, 2, NEW).await.unwrap();
    rig.show_code(2, sign_in, &app).await;
    let letters = rig.letters().await;
    asks_at_both_addresses(&letters, "reopened");
    let subjects: Vec<String> = letters.into_iter().map(|it| it.subject).collect();
    for subject in ["identity-proved", "reopened", "codes-printed"] {
        assert!(subjects.iter().any(|it| it == subject), "{subject} of {subjects:?}");
    }
    assert_eq!(rig.events(EventKind::Reopened).await, 1);
    assert_eq!(rig.events(EventKind::ReopeningStep).await, 3);
}

async fn nothing_has_changed_before_the_confirmation(rig: Rig) {
    blocked(&rig).await;
    let person = rig.person(0).await.id;
    let before = rig.look().await.password_hash(person).await.unwrap();
    let flow = begun(&rig, 2).await;
    let cx = rig.browser(2);
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    reopen_factors(&cx, flow, BTreeSet::new()).await.unwrap();
    assert_eq!(rig.look().await.password_hash(person).await.unwrap(), before);
    assert_eq!(apps(&rig).await.len(), 1);
    assert!(!rig.standing(0).await.is_active());
    for password in ["p0", FewLeaks::LEAKED] {
        let refused = reopen_password(&cx, flow, typed(password)).await;
        assert!(matches!(refused, Err(StepRefused::Weak(Weak::TooShort | Weak::Leaked))), "{password}");
    }
    let same = reopen_password(&cx, flow, typed(PASSWORD)).await;
    assert!(matches!(same, Err(StepRefused::SameAsBefore)), "somebody may know it");
}

async fn no_step_is_skipped_by_a_request_made_by_hand(rig: Rig) {
    blocked(&rig).await;
    let flow = begun(&rig, 2).await;
    let (cx, keep) = (rig.browser(2), apps(&rig).await);
    let before = |step: Result<(), StepRefused>| {
        assert!(matches!(step, Err(StepRefused::NotYet(NotYet::StepBefore))), "{step:?}");
    };
    before(reopen_factors(&cx, flow, keep.clone()).await);
    before(reopen_activity(&cx, flow).await);
    assert!(matches!(reopen(&cx, flow).await, Err(NotOpened::NotYet(NotYet::StepBefore))));
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    before(reopen_activity(&cx, flow).await);
    assert!(matches!(reopen(&cx, flow).await, Err(NotOpened::NotYet(NotYet::StepBefore))));
    reopen_factors(&cx, flow, keep).await.unwrap();
    assert!(matches!(reopen(&cx, flow).await, Err(NotOpened::NotYet(NotYet::StepBefore))), "she looks first");
    assert!(matches!(offer_new_app(&cx, flow).await, Err(NewAppRefused::NotYet(_))), "she needs none");
    // In another browser it is nothing at all.
    let other = rig.browser(3);
    assert!(matches!(reopen_activity(&other, flow).await, Err(StepRefused::NoFlow(NoFlow::Gone))));
    assert!(matches!(reopen(&other, flow).await, Err(NotOpened::NoFlow(NoFlow::Gone))));
    reopen_activity(&cx, flow).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
    assert_eq!(rig.events(EventKind::ReopeningStep).await, 3, "a double click is one step");
    reopen(&cx, flow).await.unwrap();
    assert!(matches!(reopen(&cx, flow).await, Err(NotOpened::NoFlow(NoFlow::Gone))), "once");
}

async fn who_keeps_nothing_registers_an_app_in_the_same_flow(rig: Rig) {
    let old = blocked(&rig).await;
    let flow = begun(&rig, 2).await;
    let cx = rig.browser(2);
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    reopen_factors(&cx, flow, BTreeSet::new()).await.unwrap();
    assert_eq!(see_reopening(&cx, flow).await.unwrap().step, ReopeningStep::App);
    assert!(matches!(reopen_activity(&cx, flow).await, Err(StepRefused::NotYet(NotYet::StepBefore))));
    let unoffered = reopen_app(&cx, flow, "Ny".into(), "123456").await;
    assert!(matches!(unoffered, Err(NewAppRefused::NotYet(NotYet::StepBefore))));
    let offer = offer_new_app(&cx, flow).await.unwrap();
    assert_eq!(*offer_new_app(&cx, flow).await.unwrap().secret, *offer.secret, "a reload breaks nothing");
    let new = App::with_seed(&offer.secret);
    let wrong = reopen_app(&cx, flow, "Ny".into(), &new.wrong_code(cx.now)).await;
    assert!(matches!(wrong, Err(NewAppRefused::Code)));
    let nameless = reopen_app(&cx, flow, String::new(), &new.code(cx.now)).await;
    assert!(matches!(nameless, Err(NewAppRefused::Name)));
    reopen_app(&cx, flow, "Ny".into(), &new.code(cx.now)).await.unwrap();
    let seen = see_reopening(&cx, flow).await.unwrap();
    assert_eq!((seen.step, seen.new_app.as_deref()), (ReopeningStep::Activity, Some("Ny")));
    let before = apps(&rig).await;
    reopen_activity(&cx, flow).await.unwrap();
    reopen(&cx, flow).await.unwrap();
    let after = apps(&rig).await;
    assert_eq!((after.len(), after.intersection(&before).count()), (1, 0), "the old one is gone");
    rig.clock.advance(MINUTE);
    let sign_in = shows(&rig, 2, NEW).await.unwrap();
    let cx = rig.browser(2);
    assert!(matches!(show_code(&cx, sign_in, &old.code(cx.now)).await, Err(CodeWrong::Wrong { .. })));
    rig.show_code(2, sign_in, &new).await;
}

async fn what_was_added_in_the_hour_before_the_block_is_marked_for_removal(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.clock.advance(SignedDuration::from_mins(59));
    rig.sign_in(1, 0, &app).await;
    block_by_session(&rig.cx(), &here(&rig, 1).await).await.unwrap();
    let flow = begun(&rig, 2).await;
    let cx = rig.browser(2);
    assert!(see_reopening(&cx, flow).await.unwrap().apps[0].1, "added less than an hour before");
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    reopen_factors(&cx, flow, apps(&rig).await).await.unwrap();
    assert!(!see_reopening(&cx, flow).await.unwrap().apps[0].1, "she said that it is hers");
}

async fn a_factor_a_thief_removed_stays_removed_when_she_opens_it_again(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.clock.advance(hours(2));
    rig.sign_in(1, 0, &app).await;
    let removed = apps(&rig).await;
    let step_up = rig.step_up(&app, StepUpFor::Factors).await;
    let (cx, session) = (rig.cx(), here(&rig, 1).await);
    let thiefs = App::with_seed(&offer_another_app(&cx, &session, step_up).await.unwrap().secret);
    let code = thiefs.code(cx.now);
    register_another_app(&cx, &session, step_up, "Ny".into(), &code).await.unwrap();
    let step_up = rig.step_up(&thiefs, StepUpFor::Factors).await;
    let hers = *removed.first().unwrap();
    remove_factor(&rig.cx(), &here(&rig, 1).await, step_up, hers).await.unwrap();
    block_by_session(&rig.cx(), &here(&rig, 1).await).await.unwrap();
    let flow = begun(&rig, 2).await;
    let cx = rig.browser(2);
    let seen = see_reopening(&cx, flow).await.unwrap();
    let shown: Vec<_> = seen.apps.iter().map(|(app, marked)| (removed.contains(&app.id), *marked)).collect();
    assert_eq!(shown, [(false, true)], "the thief's alone, marked for removal");
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    reopen_factors(&cx, flow, removed.clone()).await.unwrap();
    let step = see_reopening(&cx, flow).await.unwrap().step;
    assert_eq!(step, ReopeningStep::App, "to ask for it by hand keeps nothing");
    let new = App::with_seed(&offer_new_app(&cx, flow).await.unwrap().secret);
    reopen_app(&cx, flow, "Hendes".into(), &new.code(cx.now)).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
    reopen(&cx, flow).await.unwrap();
    let left = apps(&rig).await;
    assert_eq!((left.len(), left.intersection(&removed).count()), (1, 0));
    for gone in [&app, &thiefs] {
        rig.clock.advance(MINUTE);
        let sign_in = shows(&rig, 2, NEW).await.unwrap();
        let cx = rig.browser(2);
        let refused = show_code(&cx, sign_in, &gone.code(cx.now)).await;
        assert!(matches!(refused, Err(CodeWrong::Wrong { .. })), "{refused:?}");
    }
    rig.clock.advance(MINUTE);
    let sign_in = shows(&rig, 2, NEW).await.unwrap();
    rig.show_code(2, sign_in, &new).await;
}

async fn an_id_that_is_not_hers_keeps_nothing(rig: Rig) {
    blocked(&rig).await;
    let flow = begun(&rig, 2).await;
    let cx = rig.browser(2);
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    let somebody_elses: FactorId = cx.id().unwrap();
    reopen_factors(&cx, flow, BTreeSet::from([somebody_elses])).await.unwrap();
    assert_eq!(see_reopening(&cx, flow).await.unwrap().step, ReopeningStep::App);
}

async fn after_an_hour_nothing_goes_on(rig: Rig) {
    blocked(&rig).await;
    let flow = ready(&rig, 2).await;
    rig.clock.advance(MINUTE * 60);
    let cx = rig.browser(2);
    assert!(matches!(reopen(&cx, flow).await, Err(NotOpened::NoFlow(NoFlow::Gone))));
    assert!(matches!(reopen_password(&cx, flow, typed(NEW)).await, Err(StepRefused::NoFlow(NoFlow::Gone))));
    assert!(!rig.standing(0).await.is_active());
    let flow = ready(&rig, 2).await;
    rig.clock.advance(MINUTE * 59);
    reopen(&rig.browser(2), flow).await.unwrap();
}

async fn a_block_meanwhile_ends_the_reopening(rig: Rig) {
    blocked(&rig).await;
    let first = ready(&rig, 2).await;
    let second = ready(&rig, 3).await;
    reopen(&rig.browser(2), first).await.unwrap();
    let refused = reopen(&rig.browser(3), second).await;
    assert!(matches!(refused, Err(NotOpened::NoFlow(NoFlow::Gone))), "another epoch: {refused:?}");
    assert_eq!(rig.events(EventKind::ReopeningRefused).await, 1);
}

async fn a_hold_of_others_stays_and_refuses(rig: Rig) {
    blocked(&rig).await;
    put_hold(&rig, Origin::Security).await;
    match prove_for(&rig, 2, Purpose::Reopening, 0).await {
        Err(ProofFailed::Held(Purpose::Reopening, CannotReopen::HeldByOthers(hold))) => {
            assert_eq!(hold.origin, Origin::Security, "whose it is tells whom to call");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(rig.standing(0).await.holds().len(), 2);
    assert_eq!(rig.events(EventKind::ReopeningRefused).await, 1);
}

async fn a_hold_of_others_put_meanwhile_refuses_the_confirmation(rig: Rig) {
    blocked(&rig).await;
    let flow = ready(&rig, 2).await;
    rig.clock.advance(MINUTE);
    put_hold(&rig, Origin::Security).await;
    let refused = reopen(&rig.browser(2), flow).await;
    assert!(refused.is_err(), "{refused:?}");
    let holds = rig.standing(0).await.holds().to_vec();
    assert_eq!(holds.iter().map(|it| it.origin).collect::<Vec<_>>(), [Origin::Owner, Origin::Security]);
    assert_eq!(rig.events(EventKind::Reopened).await, 0);
}

async fn whose_relation_ended_opens_nothing(rig: Rig) {
    blocked(&rig).await;
    let flow = ready(&rig, 2).await;
    let ends = HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(0) };
    rig.import(vec![ends]).await.unwrap();
    assert!(reopen(&rig.browser(2), flow).await.is_err());
    assert!(matches!(
        prove_for(&rig, 2, Purpose::Reopening, 0).await,
        Err(ProofFailed::Held(_, CannotReopen::HeldByOthers(hold))) if hold.origin == Origin::Association
    ));
    assert!(!rig.standing(0).await.is_active());
}

async fn a_proof_for_something_else_opens_and_resets_nothing(rig: Rig) {
    blocked(&rig).await;
    let Ok(Proved::Blocking(blocking)) = prove_for(&rig, 2, Purpose::Blocking, 0).await else {
        panic!("not proved")
    };
    let cx = rig.browser(2);
    assert!(matches!(reopen_password(&cx, blocking, typed(NEW)).await, Err(StepRefused::NoFlow(_))));
    assert!(matches!(reopen(&cx, blocking).await, Err(NotOpened::NoFlow(_))));
    assert!(matches!(reset_password(&cx, blocking, typed(NEW)).await, Err(StepRefused::NoFlow(_))));
    let reopening = ready(&rig, 2).await;
    assert!(matches!(reset_password(&cx, reopening, typed(NEW)).await, Err(StepRefused::NoFlow(_))));
    reopen(&cx, reopening).await.unwrap();
    let Ok(Proved::Reset(reset)) = prove_for(&rig, 2, Purpose::Reset, 0).await else { panic!("not proved") };
    assert!(matches!(reopen(&cx, reset).await, Err(NotOpened::NoFlow(_))));
    assert!(matches!(reopen_factors(&cx, reset, BTreeSet::new()).await, Err(StepRefused::NoFlow(_))));
}

async fn a_proof_of_somebody_else_finds_only_her_own_login(rig: Rig) {
    blocked(&rig).await;
    rig.import(vec![hr::line(0), hr::line(1)]).await.unwrap();
    for purpose in [Purpose::Reopening, Purpose::Reset] {
        // Known to HR, never enrolled; and unknown altogether.
        for p in [1, 7] {
            let refused = prove_for(&rig, 2, purpose, p).await;
            assert!(
                matches!(refused, Err(ProofFailed::NoLogin(found)) if found == purpose),
                "{p}: {refused:?}"
            );
        }
        rig.mitid.refuses(Refusal::Aborted);
        let callback = rig.trip_for(2, purpose, None).await;
        let refused = finish_proof(&rig.browser(2), "test", &callback).await;
        assert!(matches!(refused, Err(ProofFailed::Refused { .. })), "{refused:?}");
    }
    assert!(!rig.standing(0).await.is_active());
}

async fn who_blocked_before_day_one_was_over_begins_anew(rig: Rig) {
    let by_notice = |rig: &Rig, letters: Vec<Posted>| {
        let cx = rig.browser(8);
        let token = letters.iter().find_map(|it| it.not_me()).unwrap().to_owned();
        async move { usecases::block_by_notice::block_by_notice(&cx, &token).await.unwrap() }
    };
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    let old = rig.register(1, flow).await;
    let letters = rig.letters().await;
    by_notice(&rig, letters).await;
    assert!(!rig.standing(0).await.is_active());
    // Thirteen days on: the clean-up of enrolments that were never finished is near.
    rig.clock.advance(hours(24 * 13));
    rig.letters().await;
    let reset = prove_for(&rig, 2, Purpose::Reset, 0).await;
    assert!(matches!(reset, Err(ProofFailed::Held(Purpose::Reset, CannotReopen::NotBlocked))), "{reset:?}");
    assert_eq!(prove_for(&rig, 2, Purpose::Reopening, 0).await.unwrap(), Proved::Anew);
    assert!(rig.standing(0).await.is_active());
    assert!(apps(&rig).await.is_empty());
    let person = rig.person(0).await.id;
    assert_eq!(rig.look().await.password_hash(person).await.unwrap(), None);
    let kinds = [EventKind::HoldLifted, EventKind::MeansRevoked];
    assert_eq!((rig.events(kinds[0]).await, rig.events(kinds[1]).await), (1, 1));
    let letters = rig.letters().await;
    assert!(letters.iter().any(|it| it.subject == "identity-proved" && it.not_me().is_some()));
    let token = letters.iter().find_map(|it| it.token()).unwrap().to_owned();
    rig.clock.advance(hours(24 * 2));
    assert_eq!(usecases::revoke_enrolments::revoke_enrolments(&rig.cx()).await.unwrap(), 0);
    // The whole way with the new link; nothing of before is left.
    let flow = rig.begin(5, &token).await;
    rig.prove_in(5, flow, 0).await;
    rig.choose(5, flow).await;
    let app = rig.register(5, flow).await;
    usecases::finish_enrolment::finish_enrolment(&rig.browser(5), flow).await.unwrap();
    let sign_in = rig.password_shown(5, 0).await;
    let cx = rig.browser(5);
    assert!(matches!(show_code(&cx, sign_in, &old.code(cx.now)).await, Err(CodeWrong::Wrong { .. })));
    rig.show_code(5, sign_in, &app).await;
    // By user name and password, before she was done: the same way out.
    let flow = rig.proved(6, 1).await;
    rig.choose(6, flow).await;
    usecases::block_by_password::block_by_password(&rig.browser(7), "p1", typed(PASSWORD)).await.unwrap();
    assert_eq!(prove_for(&rig, 6, Purpose::Reopening, 1).await.unwrap(), Proved::Anew);
    assert!(rig.standing(1).await.is_active());
}

async fn who_is_held_by_others_too_before_day_one_was_over_calls_them(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    usecases::block_by_password::block_by_password(&rig.browser(7), "p0", typed(PASSWORD)).await.unwrap();
    rig.clock.advance(MINUTE);
    put_hold(&rig, Origin::Security).await;
    rig.letters().await;
    let refused = prove_for(&rig, 2, Purpose::Reopening, 0).await;
    let others = |hold: &Hold| hold.origin == Origin::Security;
    assert!(
        matches!(&refused, Err(ProofFailed::Held(_, CannotReopen::HeldByOthers(hold))) if others(hold)),
        "{refused:?}"
    );
    let holds = rig.standing(0).await.holds().to_vec();
    assert_eq!(holds.iter().map(|it| it.origin).collect::<Vec<_>>(), [Origin::Owner, Origin::Security]);
    assert!(rig.letters().await.iter().all(|it| it.token().is_none()));
}

async fn a_login_that_is_not_active_is_neither_opened_nor_reset(rig: Rig) {
    rig.enrol(1, 0).await;
    // Her relation ended, and she came back to another: that enrolment is not finished.
    let relation = rig.relations(0).await.remove(0);
    let mut tx = rig.change().await;
    let closed = domain::association::Association { closed_at: Some(rig.cx().now), ..relation.clone() };
    tx.put_association(&closed).await.unwrap();
    let back = domain::association::Association {
        id: rig.cx().id().unwrap(),
        employee_number: "2-anew".into(),
        activated_at: None,
        ..relation
    };
    tx.put_association(&back).await.unwrap();
    tx.commit().await.unwrap();
    for purpose in [Purpose::Reopening, Purpose::Reset] {
        let refused = prove_for(&rig, 2, purpose, 0).await;
        assert!(matches!(refused, Err(ProofFailed::NoLogin(found)) if found == purpose), "{refused:?}");
    }
    let refused = prove_for(&rig, 2, Purpose::Blocking, 0).await;
    assert!(matches!(refused, Err(ProofFailed::NothingBlocked(_))), "{refused:?}");
}

async fn the_sheet_is_shown_in_its_browser_until_it_is_put_away(rig: Rig) {
    blocked(&rig).await;
    let flow = ready(&rig, 2).await;
    let sheet = reopen(&rig.browser(2), flow).await.unwrap().sheet;
    let seen = see_sheet(&rig.browser(2), sheet).await.unwrap();
    assert_eq!((seen.sheet.recovery.len(), seen.user_name.as_str()), (10, "p0"));
    let again = see_sheet(&rig.browser(2), sheet).await.unwrap();
    assert_eq!(again.sheet.blocking, seen.sheet.blocking, "a reload costs nobody the sheet");
    assert!(matches!(see_sheet(&rig.browser(3), sheet).await, Err(NoFlow::Gone)));
    put_sheet_away(&rig.browser(3), sheet).await.unwrap();
    see_sheet(&rig.browser(2), sheet).await.unwrap();
    put_sheet_away(&rig.browser(2), sheet).await.unwrap();
    put_sheet_away(&rig.browser(2), sheet).await.unwrap();
    assert!(matches!(see_sheet(&rig.browser(2), sheet).await, Err(NoFlow::Gone)));
    let flow_of_another_kind = usecases::begin_sign_in::begin_sign_in(&rig.cx()).await.unwrap();
    put_sheet_away(&rig.cx(), flow_of_another_kind).await.unwrap();
    assert!(usecases::begin_sign_in::see_sign_in(&rig.cx(), flow_of_another_kind).await.is_ok());
}

async fn old_codes_and_links_are_dead_after_it(rig: Rig) {
    blocked(&rig).await;
    let flow = ready(&rig, 2).await;
    let first = reopen(&rig.browser(2), flow).await.unwrap().sheet;
    let old = see_sheet(&rig.browser(2), first).await.unwrap().sheet;
    // The first sheet blocks; the second reopening makes another.
    block_by_code(&rig.browser(4), "p0", &old.blocking.printed()).await.unwrap();
    let notice = {
        let letters = rig.letters().await;
        let letter = letters.iter().rfind(|it| it.subject == "codes-printed").unwrap();
        letter.message_id.parse().unwrap()
    };
    let token = usecases::notice_link::address(&rig.house, notice).unwrap();
    let token = token.rsplit_once('/').unwrap().1.to_owned();
    let look = |cx| {
        let token = token.clone();
        async move { usecases::block_by_notice::look_at_notice(&cx, &token).await.unwrap() }
    };
    assert!(look(rig.cx()).await.is_some(), "alive before");
    let flow = begun(&rig, 2).await;
    let cx = rig.browser(2);
    reopen_password(&cx, flow, typed("elleve blå violer")).await.unwrap();
    reopen_factors(&cx, flow, apps(&rig).await).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
    let second = reopen(&cx, flow).await.unwrap().sheet;
    let new = see_sheet(&rig.browser(2), second).await.unwrap().sheet;
    assert_ne!(old.blocking, new.blocking);
    assert!(look(rig.cx()).await.is_none(), "a link from before the reopening is dead");
    let refused = usecases::block_by_notice::block_by_notice(&rig.cx(), &token).await;
    assert!(matches!(refused, Err(NotBlocked::Wrong)));
    let refused = block_by_code(&rig.browser(4), "p0", &old.blocking.printed()).await;
    assert!(matches!(refused, Err(NotBlocked::Wrong)), "the old code is dead");
    let person = rig.person(0).await.id;
    assert_eq!(rig.look().await.printed_left(person, PrintedKind::Recovery).await.unwrap(), 10);
    assert!(rig.standing(0).await.is_active());
    block_by_code(&rig.browser(4), "p0", &new.blocking.printed()).await.unwrap();
}

async fn thirty_days_close_it_for_good_and_invite_anew(rig: Rig) {
    blocked(&rig).await;
    rig.clock.advance(hours(24 * 30));
    assert_eq!(revoke_suspended(&rig.cx()).await.unwrap(), 0, "to the minute");
    let late = begun(&rig, 2).await;
    rig.clock.advance(MINUTE);
    // Opened too late even before the clean-up has run.
    let cx = rig.browser(2);
    reopen_password(&cx, late, typed(NEW)).await.unwrap();
    reopen_factors(&cx, late, apps(&rig).await).await.unwrap();
    reopen_activity(&cx, late).await.unwrap();
    assert!(matches!(reopen(&cx, late).await, Err(NotOpened::Cannot(CannotReopen::Revoked))));
    assert!(matches!(
        prove_for(&rig, 3, Purpose::Reopening, 0).await,
        Err(ProofFailed::Held(_, CannotReopen::Revoked))
    ));
    rig.letters().await;
    assert_eq!(revoke_suspended(&rig.cx()).await.unwrap(), 1);
    assert_eq!(revoke_suspended(&rig.cx()).await.unwrap(), 0, "once");
    assert_eq!(rig.events(EventKind::SuspensionRevoked).await, 1);
    assert!(apps(&rig).await.is_empty());
    assert!(matches!(shows(&rig, 4, PASSWORD).await, Err(PasswordWrong::Wrong { .. })));
    assert!(matches!(prove_for(&rig, 3, Purpose::Reopening, 0).await, Err(ProofFailed::NoLogin(_))));
    let letters = rig.letters().await;
    assert!(letters.iter().any(|it| it.subject == "revoked"));
    let token = letters.iter().find_map(|it| it.token()).unwrap().to_owned();
    // The whole way again: proof, password, factor.
    let flow = rig.begin(5, &token).await;
    rig.prove_in(5, flow, 0).await;
    rig.choose(5, flow).await;
    let app = rig.register(5, flow).await;
    usecases::finish_enrolment::finish_enrolment(&rig.browser(5), flow).await.unwrap();
    rig.sign_in(5, 0, &app).await;
}

async fn she_is_told_a_week_before_and_not_after_she_opened_it(rig: Rig) {
    blocked(&rig).await;
    let near = |letters: Vec<Posted>| letters.iter().filter(|it| it.subject == "revocation-near").count();
    rig.clock.advance(hours(24 * 22));
    assert_eq!(near(rig.letters().await), 0);
    rig.clock.advance(hours(24));
    assert_eq!(near(rig.letters().await), 1);
    let flow = ready(&rig, 2).await;
    reopen(&rig.browser(2), flow).await.unwrap();
    let person = rig.person(0).await;
    let sheet = who(&rig.browser(2)).await.unwrap();
    assert!(sheet.is_none(), "opening signs nobody in");
    // Blocked anew and opened at once: the warning of that block never leaves.
    let (cx, app) = (rig.browser(2), apps(&rig).await);
    assert_eq!((app.len(), person.user_name.as_str()), (1, "p0"));
    usecases::block_by_password::block_by_password(&cx, "p0", typed(NEW)).await.unwrap();
    rig.letters().await;
    let flow = begun(&rig, 2).await;
    reopen_password(&cx, flow, typed("elleve blå violer")).await.unwrap();
    reopen_factors(&cx, flow, app).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
    reopen(&cx, flow).await.unwrap();
    rig.clock.advance(hours(24 * 40));
    assert_eq!(near(rig.letters().await), 0);
    assert_eq!(revoke_suspended(&rig.cx()).await.unwrap(), 0);
}

async fn who_is_held_by_others_too_is_closed_and_not_invited(rig: Rig) {
    blocked(&rig).await;
    put_hold(&rig, Origin::Security).await;
    rig.clock.advance(hours(24 * 31));
    rig.letters().await;
    assert_eq!(revoke_suspended(&rig.cx()).await.unwrap(), 1);
    let holds = rig.standing(0).await.holds().to_vec();
    assert_eq!(holds.iter().map(|it| it.origin).collect::<Vec<_>>(), [Origin::Security]);
    assert!(rig.letters().await.iter().all(|it| it.token().is_none()));
    assert!(apps(&rig).await.is_empty());
}

/// Each of her addresses gets the letter, and each letter asks whether it was her.
fn asks_at_both_addresses(letters: &[Posted], subject: &str) {
    let mut told: Vec<_> = letters
        .iter()
        .filter(|it| it.subject == subject)
        .map(|it| (it.to.as_str(), it.not_me().is_some()))
        .collect();
    told.sort_unstable();
    assert_eq!(told, [("p0@nordby.example", true), ("p0@private.example", true)], "{subject}");
}

async fn a_forgotten_password_is_replaced_after_mitid_and_everything_else_ends(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    rig.clock.advance(MINUTE);
    rig.sign_in(2, 0, &app).await;
    rig.letters().await;
    let Ok(Proved::Reset(flow)) = prove_for(&rig, 3, Purpose::Reset, 0).await else { panic!("not proved") };
    let cx = rig.browser(3);
    assert!(matches!(reset_password(&rig.browser(4), flow, typed(NEW)).await, Err(StepRefused::NoFlow(_))));
    let weak = reset_password(&cx, flow, typed(FewLeaks::LEAKED)).await;
    assert!(matches!(weak, Err(StepRefused::Weak(Weak::Leaked))));
    assert!(who(&rig.browser(1)).await.unwrap().is_some(), "a refused one ends nothing");
    reset_password(&cx, flow, typed(NEW)).await.unwrap();
    for browser in [1, 2, 3] {
        assert!(who(&rig.browser(browser)).await.unwrap().is_none(), "{browser}");
    }
    assert!(matches!(shows(&rig, 5, PASSWORD).await, Err(PasswordWrong::Wrong { .. })));
    let sign_in = shows(&rig, 3, NEW).await.unwrap();
    rig.show_code(3, sign_in, &app).await;
    let letters = rig.letters().await;
    asks_at_both_addresses(&letters, "password-set");
}

async fn a_reset_lifts_a_stop_of_codes_and_a_blocked_login_is_not_reset(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let person = rig.person(0).await.id;
    let mut tx = rig.change().await;
    let count = tx.codes_for_update(person).await.unwrap();
    let stopped = domain::throttle::CodeCount { stopped_at: Some(rig.cx().now), ..count };
    tx.keep_codes(person, stopped).await.unwrap();
    tx.commit().await.unwrap();
    let flow = rig.password_shown(1, 0).await;
    rig.clock.advance(MINUTE);
    let cx = rig.cx();
    assert!(matches!(show_code(&cx, flow, &app.code(cx.now)).await, Err(CodeWrong::Stopped)));
    let Ok(Proved::Reset(reset)) = prove_for(&rig, 1, Purpose::Reset, 0).await else { panic!("not proved") };
    assert_eq!(rig.events(EventKind::CodesReopened).await, 1);
    reset_password(&rig.cx(), reset, typed(NEW)).await.unwrap();
    let flow = shows(&rig, 1, NEW).await.unwrap();
    rig.show_code(1, flow, &app).await;
    // Blocked meanwhile: the reset that was open dies with it, and another is sent to the reopening.
    let Ok(Proved::Reset(open)) = prove_for(&rig, 2, Purpose::Reset, 0).await else { panic!("not proved") };
    block_by_session(&rig.cx(), &here(&rig, 1).await).await.unwrap();
    let refused = reset_password(&rig.browser(2), open, typed("elleve blå violer")).await;
    assert!(matches!(refused, Err(StepRefused::NoFlow(NoFlow::Gone))));
    assert!(matches!(
        prove_for(&rig, 2, Purpose::Reset, 0).await,
        Err(ProofFailed::Held(Purpose::Reset, CannotReopen::NotBlocked))
    ));
    assert!(matches!(shows(&rig, 6, "elleve blå violer").await, Err(PasswordWrong::Wrong { .. })));
}

async fn a_reset_is_used_once_and_in_time(rig: Rig) {
    rig.enrol(1, 0).await;
    let Ok(Proved::Reset(flow)) = prove_for(&rig, 1, Purpose::Reset, 0).await else { panic!("not proved") };
    reset_password(&rig.cx(), flow, typed(NEW)).await.unwrap();
    let again = reset_password(&rig.cx(), flow, typed("elleve blå violer")).await;
    assert!(matches!(again, Err(StepRefused::NoFlow(NoFlow::Gone))), "{again:?}");
    let Ok(Proved::Reset(flow)) = prove_for(&rig, 1, Purpose::Reset, 0).await else { panic!("not proved") };
    rig.clock.advance(MINUTE * 15);
    let late = reset_password(&rig.cx(), flow, typed("elleve blå violer")).await;
    assert!(matches!(late, Err(StepRefused::NoFlow(NoFlow::Gone))), "{late:?}");
    shows(&rig, 1, NEW).await.unwrap();
    assert!(matches!(
        prove_for(&rig, 1, Purpose::Reopening, 0).await,
        Err(ProofFailed::Held(Purpose::Reopening, CannotReopen::NotBlocked))
    ));
}

async fn half_a_sign_in_does_not_outlive_the_password_it_was_made_with(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let gone = |code: Result<_, CodeWrong>| matches!(code, Err(CodeWrong::NoFlow(NoFlow::Gone)));
    // A change ends what was begun elsewhere; what this browser has under way goes on.
    let (elsewhere, own) = (rig.password_shown(9, 0).await, rig.password_shown(1, 0).await);
    rig.clock.advance(MINUTE);
    let (cx, me) = (rig.cx(), here(&rig, 1).await);
    let wrong = change_password(&cx, &me, change(PASSWORD, NEW, app.wrong_code(cx.now), false)).await;
    assert!(matches!(wrong, Err(NotChanged::Wrong)));
    assert!(usecases::begin_sign_in::see_sign_in(&rig.browser(9), elsewhere).await.is_ok(), "not by trying");
    change_password(&cx, &me, change(PASSWORD, NEW, app.code(cx.now), false)).await.unwrap();
    rig.clock.advance(MINUTE);
    assert!(gone(show_code(&rig.browser(9), elsewhere, &app.code(rig.cx().now)).await));
    rig.show_code(1, own, &app).await;
    // A reset ends all of them.
    let (elsewhere, own) = (shows(&rig, 9, NEW).await.unwrap(), shows(&rig, 3, NEW).await.unwrap());
    let Ok(Proved::Reset(flow)) = prove_for(&rig, 3, Purpose::Reset, 0).await else { panic!("not proved") };
    reset_password(&rig.browser(3), flow, typed("elleve blå violer")).await.unwrap();
    rig.clock.advance(MINUTE);
    assert!(gone(show_code(&rig.browser(9), elsewhere, &app.code(rig.cx().now)).await));
    assert!(gone(show_code(&rig.browser(3), own, &app.code(rig.cx().now)).await));
    assert!(who(&rig.browser(9)).await.unwrap().is_none());
}

async fn a_password_replaced_while_it_was_compared_opens_nothing(rig: Rig) {
    rig.enrol(1, 0).await;
    let Ok(Proved::Reset(flow)) = prove_for(&rig, 3, Purpose::Reset, 0).await else { panic!("not proved") };
    let owner = rig.browser(3);
    rig.hasher.meanwhile(async move { reset_password(&owner, flow, typed(NEW)).await.unwrap() });
    let refused = shows(&rig, 9, PASSWORD).await;
    assert!(matches!(refused, Err(PasswordWrong::Wrong { .. })), "{refused:?}");
    assert_eq!(rig.events(EventKind::PasswordAccepted).await, 0);
    shows(&rig, 9, NEW).await.unwrap();
}

fn change(current: &str, new: &str, code: String, end_others: bool) -> Change {
    Change { current: typed(current), new: typed(new), showing: Showing::Code(code), end_others }
}

async fn a_password_is_changed_with_the_old_one_and_a_code(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    for browser in [1, 2] {
        rig.clock.advance(MINUTE);
        rig.sign_in(browser, 0, &app).await;
    }
    rig.clock.advance(MINUTE);
    rig.letters().await;
    let (cx, me) = (rig.cx(), here(&rig, 1).await);
    let code = app.code(cx.now);
    let weak = change_password(&cx, &me, change(PASSWORD, "p0", code.clone(), false)).await;
    assert!(matches!(weak, Err(NotChanged::Weak(_))));
    let same = change_password(&cx, &me, change(PASSWORD, PASSWORD, code.clone(), false)).await;
    assert!(matches!(same, Err(NotChanged::SameAsBefore)));
    rig.clock.advance(MINUTE);
    let cx = rig.cx();
    let code = app.code(cx.now);
    change_password(&cx, &me, change(PASSWORD, NEW, code.clone(), false)).await.unwrap();
    assert!(who(&rig.browser(2)).await.unwrap().is_some(), "by choice");
    let spent = change_password(&cx, &me, change(NEW, "elleve blå violer", code, true)).await;
    assert!(matches!(spent, Err(NotChanged::Wrong)), "a code is used once");
    rig.clock.advance(MINUTE);
    let cx = rig.cx();
    let code = app.code(cx.now);
    change_password(&cx, &me, change(NEW, "elleve blå violer", code, true)).await.unwrap();
    assert!(who(&rig.browser(2)).await.unwrap().is_none());
    assert!(who(&rig.browser(1)).await.unwrap().is_some(), "this one stays");
    assert_eq!(
        rig.letters().await.iter().filter(|it| it.subject == "password-set").count(),
        4,
        "two changes, two addresses"
    );
    shows(&rig, 3, "elleve blå violer").await.unwrap();
}

async fn a_wrong_password_at_a_change_counts_as_a_wrong_code(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let me = here(&rig, 1).await;
    rig.clock.advance(MINUTE);
    for round in 0..10 {
        let cx = rig.cx();
        // The wrong password with the right code, and the right one with a wrong code, look alike.
        let guess = if round % 2 == 0 {
            change("ikke den rigtige", NEW, app.code(cx.now), false)
        } else {
            change(PASSWORD, NEW, app.wrong_code(cx.now), false)
        };
        let refused = change_password(&cx, &me, guess).await;
        assert!(matches!(refused, Err(NotChanged::Wrong)), "{round}: {refused:?}");
    }
    let cx = rig.cx();
    let refused = change_password(&cx, &me, change(PASSWORD, NEW, app.code(cx.now), false)).await;
    assert!(matches!(refused, Err(NotChanged::CodesClosed(CodeDoor::Paused(_)))), "{refused:?}");
    shows(&rig, 3, PASSWORD).await.unwrap();
}

async fn the_current_password_chosen_again_tells_nobody_that_it_is_right(rig: Rig) {
    const OTHER: &str = "ikke den rigtige";
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let me = here(&rig, 1).await;
    rig.clock.advance(MINUTE);
    // With a wrong code the right one and a wrong one are answered alike, and each is counted and written.
    for round in 0..10 {
        let cx = rig.cx();
        let guess = if round % 2 == 0 { PASSWORD } else { OTHER };
        let refused = change_password(&cx, &me, change(guess, guess, app.wrong_code(cx.now), false)).await;
        assert!(matches!(refused, Err(NotChanged::Wrong)), "{round}: {refused:?}");
    }
    assert_eq!(rig.events(EventKind::PasswordRefused).await, 10);
    // While codes are paused, and once they are stopped, nothing is even hashed.
    let hashed = rig.hasher.verified();
    let person = rig.person(0).await.id;
    for stopped in [false, true] {
        if stopped {
            let mut tx = rig.change().await;
            let count = tx.codes_for_update(person).await.unwrap();
            let stopped_at = Some(rig.cx().now);
            tx.keep_codes(person, domain::throttle::CodeCount { stopped_at, ..count }).await.unwrap();
            tx.commit().await.unwrap();
        }
        for guess in [PASSWORD, OTHER] {
            let cx = rig.cx();
            let refused = change_password(&cx, &me, change(guess, guess, app.code(cx.now), false)).await;
            assert!(matches!(refused, Err(NotChanged::CodesClosed(_))), "{refused:?}");
        }
    }
    assert_eq!(rig.hasher.verified(), hashed);
    assert_eq!(rig.events(EventKind::PasswordRefused).await, 14);
}

async fn she_sees_what_happened_and_ends_sessions_elsewhere(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    for browser in [1, 2, 3] {
        rig.clock.advance(MINUTE);
        rig.sign_in(browser, 0, &app).await;
    }
    let me = here(&rig, 1).await;
    let (sessions, services) = see_sessions(&rig.cx(), &me).await.unwrap();
    assert_eq!((sessions.len(), services.len()), (3, 0));
    assert_eq!(sessions.iter().filter(|it| it.this).count(), 1);
    let other = here(&rig, 2).await.session.id;
    assert_eq!(end_session(&rig.cx(), &me, other).await.unwrap().many, 1);
    assert_eq!(end_session(&rig.cx(), &me, other).await.unwrap().many, 0, "it is over");
    assert!(who(&rig.browser(2)).await.unwrap().is_none());
    // Somebody else's session is nothing to her.
    let theirs = rig.enrol(7, 1).await;
    rig.clock.advance(MINUTE);
    let stranger = rig.sign_in(7, 1, &theirs).await.session;
    assert_eq!(end_session(&rig.cx(), &me, stranger).await.unwrap().many, 0);
    assert!(who(&rig.browser(7)).await.unwrap().is_some());
    let all = see_activity(&rig.cx(), &me, Which::All, 1).await.unwrap().rows;
    assert!(all.windows(2).all(|pair| pair[0].at >= pair[1].at), "the newest first");
    let sign_ins = see_activity(&rig.cx(), &me, Which::SignIns, 1).await.unwrap().rows;
    let signed_in: Vec<_> = sign_ins.iter().filter(|it| it.kind == EventKind::SignedIn).collect();
    assert_eq!(signed_in.len(), 3);
    assert_eq!(
        (signed_in[0].browser.as_str(), signed_in[0].address.as_str()),
        ("Firefox, Linux", "192.0.2.1")
    );
    assert!(sign_ins.len() < all.len());
    assert!(see_activity(&rig.cx(), &me, Which::Refused, 1).await.unwrap().rows.is_empty());
    assert_eq!(end_all_sessions(&rig.cx(), &me).await.unwrap(), Ended { many: 2, way: None });
    for browser in [1, 3] {
        assert!(who(&rig.browser(browser)).await.unwrap().is_none(), "{browser}");
    }
    assert!(who(&rig.browser(7)).await.unwrap().is_some());
}

async fn agreed(rig: &Rig) -> Option<TermsHash> {
    let id = rig.person(0).await.id;
    rig.look().await.last_acceptance(id).await.unwrap().map(|last| last.accepted.terms)
}

async fn next(rig: &Rig, flow: FlowId) -> ReopeningStep {
    see_reopening(&rig.cx(), flow).await.unwrap().step
}

async fn terms_she_has_not_accepted_are_read_page_by_page_before_she_confirms(rig: Rig) {
    blocked(&rig).await;
    let before = agreed(&rig).await;
    rig.terms.publish("2.0");
    let flow = ready(&rig, 1).await;
    assert_eq!(next(&rig, flow).await, ReopeningStep::Terms { page: 1 });
    assert!(matches!(reopen(&rig.cx(), flow).await, Err(NotOpened::NotYet(NotYet::StepBefore))), "not read");
    let skipped = turn_page(&rig.cx(), flow, 3).await;
    assert!(matches!(skipped, Err(TermsRefused::NotRead(NotRead::OutOfOrder { next: 1 }))));
    let unread = accept_terms(&rig.cx(), flow, true).await;
    assert!(matches!(unread, Err(TermsRefused::NotRead(NotRead::PagesMissing { next: 1 }))));
    rig.read(1, flow).await;
    let unticked = accept_terms(&rig.cx(), flow, false).await;
    assert!(matches!(unticked, Err(TermsRefused::NotRead(NotRead::NotTicked))));
    assert!(
        matches!(reopen(&rig.cx(), flow).await, Err(NotOpened::NotYet(NotYet::StepBefore))),
        "not accepted"
    );
    assert!(accept_terms(&rig.browser(2), flow, true).await.is_err(), "in its browser alone");
    accept_terms(&rig.cx(), flow, true).await.unwrap();
    assert_eq!(next(&rig, flow).await, ReopeningStep::Confirm);
    assert_eq!(agreed(&rig).await, before, "staged, as all the rest");
    assert!(!rig.standing(0).await.is_active());
    // Looked at again, what she accepted stays accepted.
    reopen_factors(&rig.cx(), flow, apps(&rig).await).await.unwrap();
    reopen_activity(&rig.cx(), flow).await.unwrap();
    reopen(&rig.cx(), flow).await.unwrap();
    assert_eq!(agreed(&rig).await, Some(rig.terms.version().hash));
    assert!(rig.standing(0).await.is_active());
    assert_eq!(rig.events(EventKind::TermsAccepted).await, 2, "at day one, and now");
}

async fn terms_published_at_the_last_moment_are_read_first(rig: Rig) {
    let app = blocked(&rig).await;
    let flow = ready(&rig, 1).await;
    assert_eq!(next(&rig, flow).await, ReopeningStep::Confirm, "those in force she has accepted");
    rig.terms.publish("2.0");
    assert!(matches!(reopen(&rig.cx(), flow).await, Err(NotOpened::NotYet(NotYet::StepBefore))));
    assert_eq!(next(&rig, flow).await, ReopeningStep::Terms { page: 1 });
    rig.read(1, flow).await;
    rig.terms.publish("3.0");
    let changed = accept_terms(&rig.cx(), flow, true).await;
    assert!(matches!(changed, Err(TermsRefused::NotRead(NotRead::NewVersion))));
    rig.accept(1, flow).await;
    rig.terms.publish("4.0");
    assert!(
        matches!(reopen(&rig.cx(), flow).await, Err(NotOpened::NotYet(NotYet::StepBefore))),
        "what she accepted is over"
    );
    rig.accept(1, flow).await;
    reopen(&rig.cx(), flow).await.unwrap();
    assert_eq!(agreed(&rig).await, Some(rig.terms.version().hash));
    let flow = shows(&rig, 1, NEW).await.unwrap();
    rig.show_code(1, flow, &app).await;
}

async fn terms_declined_at_a_reopening_leave_it_closed(rig: Rig) {
    blocked(&rig).await;
    rig.terms.publish("2.0");
    let flow = ready(&rig, 1).await;
    decline_terms(&rig.cx(), flow).await.unwrap();
    assert!(matches!(reopen(&rig.cx(), flow).await, Err(NotOpened::NoFlow(NoFlow::Gone))), "it is over");
    let origins: Vec<Origin> = rig.standing(0).await.holds().iter().map(|it| it.origin).collect();
    assert_eq!(origins, [Origin::Owner, Origin::Terms]);
    assert_eq!(rig.events(EventKind::TermsDeclined).await, 1);
    let flow = ready(&rig, 1).await;
    rig.accept(1, flow).await;
    reopen(&rig.cx(), flow).await.unwrap();
    assert!(rig.standing(0).await.is_active(), "she changed her mind");
    assert_eq!(rig.events(EventKind::HoldLifted).await, 1);
}

async fn who_declined_at_a_sign_in_opens_it_by_accepting(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let before = agreed(&rig).await;
    rig.terms.publish("2.0");
    let flow = rig.password_shown(1, 0).await;
    rig.show_code(1, flow, &app).await;
    decline_terms(&rig.cx(), flow).await.unwrap();
    // What she declined is taken back: those in force she accepted once, and all the same she is asked.
    rig.terms.publish("1.0");
    assert_eq!(agreed(&rig).await, before);
    rig.clock.advance(hours(24 * 90));
    let flow = ready(&rig, 1).await;
    assert_eq!(next(&rig, flow).await, ReopeningStep::Terms { page: 1 });
    assert!(matches!(reopen(&rig.cx(), flow).await, Err(NotOpened::NotYet(NotYet::StepBefore))));
    put_hold(&rig, Origin::Security).await;
    let refused = prove_for(&rig, 2, Purpose::Reopening, 0).await;
    let others = matches!(refused, Err(ProofFailed::Held(_, CannotReopen::HeldByOthers(hold))) if hold.origin == Origin::Security);
    assert!(others, "the municipality's own hold stays");
    let mut tx = rig.change().await;
    let epoch = rig.standing(0).await.lift(Origin::Security).epoch();
    tx.lift_holds(rig.person(0).await.id, Origin::Security, epoch).await.unwrap();
    tx.commit().await.unwrap();
    let flow = ready(&rig, 1).await;
    rig.accept(1, flow).await;
    reopen(&rig.cx(), flow).await.unwrap();
    assert!(rig.standing(0).await.is_active());
    let flow = shows(&rig, 1, NEW).await.unwrap();
    rig.show_code(1, flow, &app).await;
}
