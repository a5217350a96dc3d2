//! Signing in: uniform, slowed, bounded; and how long it lasts.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::audit::EventKind;
use domain::cpr::Cpr;
use domain::hr::HrLine;
use domain::ids::FlowId;
use domain::password::Password;
use domain::sign_in::Step;
use domain::standing::Origin;
use domain::terms::NotRead;
use domain::{SignedDuration, Timestamp};
use testkit::{App, PASSWORD, Rig, hours, hr};
use usecases::begin_sign_in::{begin_sign_in, see_sign_in};
use usecases::context::Cx;
use usecases::flows::NoFlow;
use usecases::read_terms::{TermsRefused, accept_terms, decline_terms, turn_page};
use usecases::show_code::{CodeWrong, show_code};
use usecases::show_password::{PasswordWrong, show_password};
use usecases::who::{sign_out, who};

testkit::on_both! {
    an_unknown_name_and_a_wrong_password_are_answered_alike_and_cost_the_same
    from_the_third_wrong_answer_on_there_is_a_wait_that_doubles_and_ends_by_itself
    a_device_known_to_somebody_else_or_made_up_is_a_stranger
    a_code_is_accepted_once
    a_code_without_a_password_is_out_of_turn
    wrong_codes_pause_at_ten_and_stop_at_twenty_over_all_browsers_and_places
    after_the_pause_the_right_code_signs_in_and_begins_the_count_anew
    somebody_held_learns_it_only_after_both_factors
    a_hold_between_password_and_code_ends_the_attempt
    who_never_finished_her_enrolment_does_not_sign_in
    new_terms_interrupt_and_accepting_them_goes_on
    declining_new_terms_holds_the_login
    nobody_accepts_for_her_after_she_signed_out_in_another_tab
    signing_in_ends_the_session_this_browser_had
    a_session_ends_after_half_an_hour_unused
    a_session_ends_after_an_hour_however_busy
    a_hold_ends_the_session_at_once
    use_is_noted_at_most_once_a_minute
    signing_out_ends_the_session_and_is_written_once
}

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Somebody who finished day one in browser 1.
async fn enrolled(rig: &Rig) -> App {
    rig.enrol(1, 0).await
}

async fn show(cx: &Cx, flow: FlowId, name: &str, text: &str) -> Result<(), PasswordWrong> {
    show_password(cx, flow, name, Password::typed(text.to_owned())).await.map(drop)
}

/// A browser somewhere else.
fn elsewhere(rig: &Rig, browser: u128) -> Cx {
    let mut cx = rig.browser(browser);
    cx.source.address = "203.0.113.7".parse().unwrap();
    cx
}

fn wait(outcome: Result<(), PasswordWrong>) -> Timestamp {
    match outcome {
        Err(PasswordWrong::Wait(until)) => until,
        other => panic!("no wait: {other:?}"),
    }
}

/// HR names another number for somebody who proved hers.
async fn hold(rig: &Rig) {
    let line = HrLine { cpr: Cpr::parse(&hr::cpr(9)).unwrap(), ..hr::line(0) };
    rig.import(vec![line]).await.unwrap();
    assert!(!rig.standing(0).await.is_active());
}

async fn an_unknown_name_and_a_wrong_password_are_answered_alike_and_cost_the_same(rig: Rig) {
    enrolled(&rig).await;
    rig.import(vec![hr::line(1)]).await.unwrap();
    for name in ["p0", "p1", "nobody", "not a name!", ""] {
        let cx = rig.browser(5);
        let flow = begin_sign_in(&cx).await.unwrap();
        let (verified, before) = (rig.hasher.verified(), rig.events(EventKind::SignInRefused).await);
        for _ in 0..2 {
            let refused = show(&cx, flow, name, "not the right one").await;
            assert!(matches!(refused, Err(PasswordWrong::Wrong { .. })), "{name}");
        }
        let until = wait(show(&cx, flow, name, "not the right one").await);
        assert_eq!(until, cx.now + SECOND * 8, "{name}");
        assert_eq!(rig.hasher.verified() - verified, 3, "{name}");
        wait(show(&cx, flow, name, "not the right one").await);
        assert_eq!(rig.hasher.verified() - verified, 3, "{name}: nothing is tried while it waits");
        assert_eq!(rig.events(EventKind::SignInRefused).await - before, 4, "{name}");
        assert_eq!(see_sign_in(&cx, flow).await.unwrap().step, Step::Identify);
    }
}

async fn from_the_third_wrong_answer_on_there_is_a_wait_that_doubles_and_ends_by_itself(rig: Rig) {
    enrolled(&rig).await;
    let flow = begin_sign_in(&rig.cx()).await.unwrap();
    for _ in 0..2 {
        assert!(show(&rig.cx(), flow, "p0", "wrong").await.is_err());
    }
    for seconds in [8, 16, 32, 64] {
        let until = wait(show(&rig.cx(), flow, "P0 ", "wrong").await);
        assert_eq!(until, rig.cx().now + SECOND * seconds);
        rig.clock.advance(SECOND * (seconds - 1));
        assert_eq!(wait(show(&rig.cx(), flow, "p0", PASSWORD).await), until);
        rig.clock.advance(SECOND);
    }
    show(&rig.cx(), flow, "p0", PASSWORD).await.unwrap();
    let flow = begin_sign_in(&rig.cx()).await.unwrap();
    let again = show(&rig.cx(), flow, "p0", "wrong").await;
    assert!(matches!(again, Err(PasswordWrong::Wrong { .. })), "the right one begins the count anew");
}

#[tokio::test]
async fn a_patient_storm_takes_little_room() {
    let rig = Rig::on_sqlite().await;
    enrolled(&rig).await;
    for _ in 0..300 {
        rig.clock.advance(MINUTE * 15);
        let flow = begin_sign_in(&rig.browser(66)).await.unwrap();
        assert!(show(&rig.browser(66), flow, "p0", "wrong").await.is_err());
    }
    assert_eq!(
        rig.number("select count(*) from wrong_doors").await,
        3,
        "of both, of the source, of the account"
    );
    assert_eq!(rig.number("select max(in_a_row) from wrong_doors").await, 300);
    assert_eq!(rig.number("select count(*) from wrong_answers").await, 3 * 256, "rings of slots");
}

async fn a_device_known_to_somebody_else_or_made_up_is_a_stranger(rig: Rig) {
    enrolled(&rig).await;
    let other = rig.enrol(2, 1).await;
    let device = rig.sign_in(2, 1, &other).await.device;
    let flow = begin_sign_in(&rig.cx()).await.unwrap();
    for _ in 0..3 {
        assert!(show(&rig.cx(), flow, "p0", "wrong").await.is_err());
    }
    let mut cx = rig.cx();
    for device in [device.clone(), usecases::context::Device { mark: "00".repeat(32), ..device }] {
        cx.device = Some(device);
        wait(show(&cx, flow, "p0", PASSWORD).await);
    }
}

async fn a_code_is_accepted_once(rig: Rig) {
    let app = enrolled(&rig).await;
    let (one, two) = (rig.password_shown(1, 0).await, rig.password_shown(2, 0).await);
    rig.show_code(1, one, &app).await;
    let cx = rig.browser(2);
    assert!(matches!(show_code(&cx, two, &app.code(cx.now)).await, Err(CodeWrong::Wrong { left: 9 })));
    assert!(who(&cx).await.unwrap().is_none());
}

#[tokio::test]
async fn a_code_sent_twice_at_once_makes_one_session() {
    let rig = Rig::on_sqlite().await;
    let app = enrolled(&rig).await;
    let (one, two) = (rig.password_shown(1, 0).await, rig.password_shown(2, 0).await);
    rig.clock.advance(SECOND * 30);
    let (here, there) = (rig.browser(1), rig.browser(2));
    let code = app.code(here.now);
    let (here, there) = tokio::join!(show_code(&here, one, &code), show_code(&there, two, &code));
    assert!(here.is_ok() != there.is_ok());
    assert_eq!(rig.number("select count(*) from sessions where ended_at is null").await, 1);
}

async fn a_code_without_a_password_is_out_of_turn(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.clock.advance(MINUTE);
    let cx = rig.cx();
    let flow = begin_sign_in(&cx).await.unwrap();
    assert!(matches!(show_code(&cx, flow, &app.code(cx.now)).await, Err(CodeWrong::NotNow)));
    assert!(matches!(show_code(&rig.browser(2), flow, "123456").await, Err(CodeWrong::NoFlow(NoFlow::Gone))));
}

async fn wrong_codes_pause_at_ten_and_stop_at_twenty_over_all_browsers_and_places(rig: Rig) {
    let app = enrolled(&rig).await;
    for (round, lefts) in [(0, (0..10).rev()), (1, (0..10).rev())] {
        for (left, browser) in lefts.zip(10 + 100 * round..) {
            let cx = elsewhere(&rig, browser);
            let flow = begin_sign_in(&cx).await.unwrap();
            rig.show_password(&cx, flow, 0).await;
            let wrong = show_code(&cx, flow, &app.wrong_code(cx.now)).await;
            assert!(matches!(wrong, Err(CodeWrong::Wrong { left: it }) if it == left), "{left}: {wrong:?}");
        }
        let paused_until = rig.cx().now + MINUTE * 15;
        rig.clock.advance(MINUTE);
        let flow = rig.password_shown(1, 0).await;
        let right = show_code(&rig.cx(), flow, &app.code(rig.cx().now)).await;
        match round {
            0 => assert!(matches!(right, Err(CodeWrong::Paused(until)) if until == paused_until)),
            _ => assert!(matches!(right, Err(CodeWrong::Stopped))),
        }
        rig.clock.advance(MINUTE * 15);
    }
    rig.clock.advance(hours(24 * 60));
    let flow = rig.password_shown(1, 0).await;
    let right = show_code(&rig.cx(), flow, &app.code(rig.cx().now)).await;
    assert!(matches!(right, Err(CodeWrong::Stopped)), "time alone does not open it");
    assert_eq!(rig.events(EventKind::SignedIn).await, 0);
}

async fn after_the_pause_the_right_code_signs_in_and_begins_the_count_anew(rig: Rig) {
    let app = enrolled(&rig).await;
    let flow = rig.password_shown(1, 0).await;
    for _ in 0..10 {
        assert!(show_code(&rig.cx(), flow, &app.wrong_code(rig.cx().now)).await.is_err());
    }
    rig.clock.advance(MINUTE * 15);
    rig.sign_in(1, 0, &app).await;
    let flow = rig.password_shown(1, 0).await;
    let wrong = show_code(&rig.cx(), flow, "1").await;
    assert!(matches!(wrong, Err(CodeWrong::Wrong { left: 9 })));
}

async fn somebody_held_learns_it_only_after_both_factors(rig: Rig) {
    let app = enrolled(&rig).await;
    hold(&rig).await;
    let flow = begin_sign_in(&rig.cx()).await.unwrap();
    assert!(matches!(show(&rig.cx(), flow, "p0", "wrong").await, Err(PasswordWrong::Wrong { .. })));
    show(&rig.cx(), flow, "p0", PASSWORD).await.unwrap();
    rig.clock.advance(MINUTE);
    let cx = rig.cx();
    let wrong = show_code(&cx, flow, &app.wrong_code(cx.now)).await;
    assert!(matches!(wrong, Err(CodeWrong::Wrong { .. })));
    let right = show_code(&cx, flow, &app.code(cx.now)).await;
    assert!(matches!(right, Err(CodeWrong::Held(hold)) if hold.origin == Origin::Reconfirmation));
    assert!(who(&cx).await.unwrap().is_none());
    assert_eq!(rig.events(EventKind::SignedIn).await, 0);
}

async fn a_hold_between_password_and_code_ends_the_attempt(rig: Rig) {
    let app = enrolled(&rig).await;
    let flow = rig.password_shown(1, 0).await;
    hold(&rig).await;
    rig.clock.advance(MINUTE);
    let cx = rig.cx();
    assert!(matches!(show_code(&cx, flow, &app.code(cx.now)).await, Err(CodeWrong::NoFlow(NoFlow::Gone))));
    assert!(who(&cx).await.unwrap().is_none());
}

#[tokio::test]
async fn an_epoch_raised_between_password_and_code_refuses_even_where_no_hold_is_left() {
    let rig = Rig::on_sqlite().await;
    let app = enrolled(&rig).await;
    let flow = rig.password_shown(1, 0).await;
    rig.tamper("update persons set epoch = epoch + 1").await;
    rig.clock.advance(MINUTE);
    let cx = rig.cx();
    assert!(matches!(show_code(&cx, flow, &app.code(cx.now)).await, Err(CodeWrong::NoFlow(NoFlow::Gone))));
    assert_eq!((rig.events(EventKind::SignedIn).await, rig.events(EventKind::SignInRefused).await), (0, 1));
}

async fn who_never_finished_her_enrolment_does_not_sign_in(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    let app = rig.register(1, flow).await;
    let flow = rig.password_shown(2, 0).await;
    rig.clock.advance(MINUTE);
    let cx = rig.browser(2);
    assert!(matches!(show_code(&cx, flow, &app.code(cx.now)).await, Err(CodeWrong::Unfinished)));
    assert!(who(&cx).await.unwrap().is_none());
}

/// Signed in after another version was published.
async fn interrupted(rig: &Rig) -> FlowId {
    let app = enrolled(rig).await;
    rig.terms.publish("2.0");
    let flow = rig.password_shown(1, 0).await;
    rig.show_code(1, flow, &app).await;
    assert_eq!(see_sign_in(&rig.cx(), flow).await.unwrap().step, Step::Terms { page: 1 });
    flow
}

async fn new_terms_interrupt_and_accepting_them_goes_on(rig: Rig) {
    let flow = interrupted(&rig).await;
    turn_page(&rig.cx(), flow, 1).await.unwrap();
    rig.terms.publish("3.0");
    let changed = turn_page(&rig.cx(), flow, 2).await;
    assert!(matches!(changed, Err(TermsRefused::NotRead(NotRead::NewVersion))));
    rig.read(1, flow).await;
    let unticked = accept_terms(&rig.cx(), flow, false).await;
    assert!(matches!(unticked, Err(TermsRefused::NotRead(NotRead::NotTicked))));
    accept_terms(&rig.cx(), flow, true).await.unwrap();
    assert_eq!(see_sign_in(&rig.cx(), flow).await.unwrap().step, Step::Go);
    let id = rig.person(0).await.id;
    let accepted = rig.look().await.last_acceptance(id).await.unwrap().unwrap().accepted;
    assert_eq!(accepted.terms, rig.house.terms.version().hash);
    assert_eq!(rig.events(EventKind::TermsAccepted).await, 2);
    assert!(rig.letters().await.iter().any(|letter| letter.subject == "terms-accepted"));
}

async fn declining_new_terms_holds_the_login(rig: Rig) {
    let flow = interrupted(&rig).await;
    decline_terms(&rig.cx(), flow).await.unwrap();
    assert_eq!(rig.standing(0).await.holds()[0].origin, Origin::Terms);
    assert!(who(&rig.cx()).await.unwrap().is_none());
    assert_eq!(rig.events(EventKind::TermsDeclined).await, 1);
}

async fn nobody_accepts_for_her_after_she_signed_out_in_another_tab(rig: Rig) {
    let flow = interrupted(&rig).await;
    rig.read(1, flow).await;
    sign_out(&rig.cx()).await.unwrap();
    let refused = accept_terms(&rig.cx(), flow, true).await;
    assert!(matches!(refused, Err(TermsRefused::NoFlow(NoFlow::Gone))));
    let refused = decline_terms(&rig.cx(), flow).await;
    assert!(matches!(refused, Err(TermsRefused::NoFlow(NoFlow::Gone))));
    assert!(rig.standing(0).await.is_active());
    assert_eq!(rig.events(EventKind::TermsAccepted).await, 1);
}

async fn signing_in_ends_the_session_this_browser_had(rig: Rig) {
    let app = enrolled(&rig).await;
    let other = rig.enrol(2, 1).await;
    let first = rig.sign_in(1, 0, &app).await.session;
    let second = rig.sign_in(1, 0, &app).await.session;
    assert!(rig.look().await.session(first).await.unwrap().is_none());
    assert_eq!(who(&rig.cx()).await.unwrap().unwrap().session.id, second);
    rig.sign_in(1, 1, &other).await;
    assert!(rig.look().await.session(second).await.unwrap().is_none());
    assert_eq!(who(&rig.cx()).await.unwrap().unwrap().person.id, rig.person(1).await.id);
    assert!(who(&rig.browser(2)).await.unwrap().is_none(), "not in another browser");
}

async fn a_session_ends_after_half_an_hour_unused(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.sign_in(1, 0, &app).await;
    rig.clock.advance(MINUTE * 30 - SECOND);
    let here = who(&rig.cx()).await.unwrap().unwrap();
    assert_eq!(here.ends_at, rig.cx().now + MINUTE * 30);
    rig.clock.advance(MINUTE * 30);
    assert!(who(&rig.cx()).await.unwrap().is_none());
    assert!(who(&rig.cx()).await.unwrap().is_none(), "looking does not wake it up");
}

async fn a_session_ends_after_an_hour_however_busy(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.sign_in(1, 0, &app).await;
    let end = rig.cx().now + MINUTE * 60;
    for _ in 0..5 {
        rig.clock.advance(MINUTE * 10);
        assert!(who(&rig.cx()).await.unwrap().unwrap().ends_at <= end);
    }
    rig.clock.advance(MINUTE * 10);
    assert!(who(&rig.cx()).await.unwrap().is_none());
}

async fn a_hold_ends_the_session_at_once(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.sign_in(1, 0, &app).await;
    hold(&rig).await;
    assert!(who(&rig.cx()).await.unwrap().is_none());
}

async fn use_is_noted_at_most_once_a_minute(rig: Rig) {
    let app = enrolled(&rig).await;
    let session = rig.sign_in(1, 0, &app).await.session;
    let began = rig.cx().now;
    let mut seen = Vec::new();
    for _ in 0..4 {
        rig.clock.advance(SECOND * 30);
        who(&rig.cx()).await.unwrap().unwrap();
        let kept = rig.look().await.session(session).await.unwrap().unwrap();
        seen.push(kept.seen_at.duration_since(began).as_secs());
    }
    assert_eq!(seen, [0, 60, 60, 120]);
}

async fn signing_out_ends_the_session_and_is_written_once(rig: Rig) {
    let app = enrolled(&rig).await;
    let session = rig.sign_in(1, 0, &app).await.session;
    sign_out(&rig.browser(2)).await.unwrap();
    assert!(who(&rig.cx()).await.unwrap().is_some(), "somebody else's browser ends nothing");
    for _ in 0..2 {
        sign_out(&rig.cx()).await.unwrap();
    }
    assert!(who(&rig.cx()).await.unwrap().is_none());
    assert!(rig.look().await.session(session).await.unwrap().is_none());
    assert_eq!(rig.events(EventKind::SignedOut).await, 1);
}
