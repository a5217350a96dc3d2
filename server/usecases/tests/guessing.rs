//! Guessing passwords and codes: bounded, one at a time, and never at the owner's cost (security decisions 10 and 19).
//! Every promise on both databases: what guesses at once may do depends on what the database locks.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::audit::EventKind;
use domain::ids::FlowId;
use domain::password::Password;
use domain::proofing::Purpose;
use domain::step_up::StepUpFor;
use domain::throttle::{
    CODES_A_PASSWORD, CODES_BEFORE_STOP, CodeCount, OWN_NETWORK_A_MINUTE, SOURCE_A_MINUTE,
};
use domain::{SignedDuration, Timestamp};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use testkit::{App, Gadget, PASSWORD, Rig, good_answer, hours, hr};
use tokio::task::JoinSet;
use usecases::activate_device::{Way, activate_device};
use usecases::begin_sign_in::begin_sign_in;
use usecases::change_password::{Change, change_password};
use usecases::choose_password::{PasswordNotSet, choose_password};
use usecases::context::{Cx, Device};
use usecases::fault::Fault;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::keep_retention::keep_retention;
use usecases::ports::people::Lane;
use usecases::register_another_app::{offer_another_app, register_another_app};
use usecases::reopen_password::StepRefused;
use usecases::reset_password::reset_password;
use usecases::show_code::{CodeWrong, show_code};
use usecases::show_password::{Attempt, PasswordWrong, show_password};
use usecases::show_step_up::Showing;

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

testkit::on_both! {
    of_guesses_at_once_no_more_are_tried_than_one_after_another
    a_source_tries_twenty_wrong_ones_a_minute_over_all_names
    right_passwords_do_not_count_at_the_source
    an_address_of_the_municipality_has_a_limit_of_its_own
    an_account_under_pressure_slows_strangers_and_nobody_who_was_here_before
    ten_thousand_foreign_wrong_passwords_cost_the_owner_no_wait
    a_full_line_of_strangers_writes_nothing_and_keeps_nobody_out_who_was_here_before
    tries_left_are_said_alike_for_everybody
    of_codes_at_once_each_counts
    a_stop_of_codes_outlives_tidying_and_ends_with_a_proof
    no_number_of_proofs_gives_a_guesser_more_tries_and_a_new_password_lets_her_in
    who_changes_her_password_and_comes_back_gives_a_guesser_no_more_tries
    a_method_whose_place_closes_the_door_to_codes_says_so_at_once
    and_so_does_a_code_device
}

async fn show(cx: &Cx, flow: FlowId, name: &str, text: &str) -> Result<(), PasswordWrong> {
    show_password(cx, flow, name, Password::typed(text.to_owned())).await.map(|_| ())
}

/// A new attempt from there, in a browser nobody knows.
async fn guess(rig: &Rig, from: impl Into<IpAddr>, name: &str, text: &str) -> Result<(), PasswordWrong> {
    let mut cx = rig.browser(u128::MAX);
    cx.source.address = from.into();
    let flow = begin_sign_in(&cx).await.unwrap();
    show(&cx, flow, name, text).await
}

fn network(n: u32) -> IpAddr {
    Ipv4Addr::from_bits(0xCB00_7100 + n).into()
}

fn waits(outcome: &Result<(), PasswordWrong>) -> Option<Timestamp> {
    match outcome {
        Err(PasswordWrong::Wait(until)) => Some(*until),
        _ => None,
    }
}

/// So many guesses at once; each with an attempt of its own.
async fn at_once(rig: &Arc<Rig>, names: impl Iterator<Item = String>, from: impl Fn(usize) -> IpAddr) {
    let mut storm = JoinSet::new();
    for (n, name) in names.enumerate() {
        let (rig, from) = (Arc::clone(rig), from(n));
        storm.spawn(async move { assert!(guess(&rig, from, &name, "wrong").await.is_err()) });
    }
    storm.join_all().await;
}

async fn of_guesses_at_once_no_more_are_tried_than_one_after_another(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let rig = Arc::new(rig);
    let tried = rig.hasher.verified();
    at_once(&rig, (0..40).map(|_| "p0".to_owned()), |_| network(1)).await;
    assert_eq!(rig.hasher.verified() - tried, 3, "as many as before the first wait");
    rig.clock.advance(SECOND * 8);
    at_once(&rig, (0..40).map(|_| "p0".to_owned()), |_| network(1)).await;
    assert_eq!(rig.hasher.verified() - tried, 4, "one for each wait that ended");
    let second = guess(&rig, network(1), "p0", PASSWORD).await;
    assert_eq!(waits(&second), Some(rig.cx().now + SECOND * 16));
    rig.sign_in(1, 0, &app).await;
}

async fn a_source_tries_twenty_wrong_ones_a_minute_over_all_names(rig: Rig) {
    rig.enrol(1, 0).await;
    let rig = Arc::new(rig);
    let (tried, from) = (rig.hasher.verified(), "2001:db8:1:2::1".parse::<IpAddr>().unwrap());
    let household = |n: usize| format!("2001:db8:1:2::{:x}", n + 1).parse().unwrap();
    at_once(&rig, (0..60).map(|n| format!("name{n}")), household).await;
    assert_eq!(rig.hasher.verified() - tried, u64::from(SOURCE_A_MINUTE));
    let refused = guess(&rig, from, "p0", PASSWORD).await;
    assert_eq!(waits(&refused), Some(rig.cx().now + MINUTE));
    let neighbour: IpAddr = "2001:db8:1:3::1".parse().unwrap();
    guess(&rig, neighbour, "p0", PASSWORD).await.unwrap();
    rig.clock.advance(MINUTE);
    guess(&rig, from, "p0", PASSWORD).await.unwrap();
}

async fn right_passwords_do_not_count_at_the_source(rig: Rig) {
    rig.enrol(1, 0).await;
    for _ in 0..2 * SOURCE_A_MINUTE {
        guess(&rig, network(1), "p0", PASSWORD).await.unwrap();
    }
    for left in [2, 1] {
        let wrong = guess(&rig, network(1), "p0", "wrong").await;
        assert!(matches!(wrong, Err(PasswordWrong::Wrong { left: it }) if it == left), "{wrong:?}");
    }
}

async fn an_address_of_the_municipality_has_a_limit_of_its_own(rig: Rig) {
    let own = rig.house.policy.own_networks[0];
    for n in 0..OWN_NETWORK_A_MINUTE {
        let wrong = guess(&rig, own, &format!("name{n}"), "wrong").await;
        assert!(matches!(wrong, Err(PasswordWrong::Wrong { .. })), "{n}");
    }
    assert!(waits(&guess(&rig, own, "another", "wrong").await).is_some());
}

async fn an_account_under_pressure_slows_strangers_and_nobody_who_was_here_before(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    for n in 0..30 {
        assert!(waits(&guess(&rig, network(n), "p0", "wrong").await).is_none(), "{n}");
    }
    let stranger = guess(&rig, network(99), "p0", "wrong").await;
    assert_eq!(waits(&stranger), Some(rig.cx().now + MINUTE * 15), "from the first wrong one");
    let home = rig.cx().source.address;
    for left in [2, 1] {
        let wrong = guess(&rig, home, "p0", "wrong").await;
        assert!(
            matches!(wrong, Err(PasswordWrong::Wrong { left: it }) if it == left),
            "she was here: {wrong:?}"
        );
    }
    guess(&rig, home, "p0", PASSWORD).await.unwrap();
    guess(&rig, network(100), "p0", PASSWORD).await.expect("the right one passes at first try, wherever");
    rig.clock.advance(hours(1));
    assert!(waits(&guess(&rig, network(101), "p0", "wrong").await).is_none(), "it is over by itself");
}

async fn ten_thousand_foreign_wrong_passwords_cost_the_owner_no_wait(rig: Rig) {
    const SOURCES: u32 = 40;
    let app = rig.enrol(1, 0).await;
    let device = rig.sign_in(1, 0, &app).await.device;
    let home = rig.cx().source.address;
    let rig = Arc::new(rig);
    let mut storm = JoinSet::new();
    for n in 0..SOURCES {
        let rig = Arc::clone(&rig);
        storm.spawn(async move {
            let mut cx = rig.browser(u128::from(1000 + n));
            // One of them sits where she does.
            cx.source.address = if n == 0 { home } else { network(n) };
            let flow = begin_sign_in(&cx).await.unwrap();
            for _ in 0..10_000 / SOURCES {
                assert!(show(&cx, flow, "p0", "wrong").await.is_err());
            }
        });
    }
    storm.join_all().await;
    assert!(rig.events(EventKind::SignInRefused).await >= 10_000);
    let here = guess(&rig, home, "p0", PASSWORD).await;
    assert!(waits(&here).is_some(), "a stranger's browser at her own place waits");

    // Her own browser, at that very place: no wait, though she mistypes twice.
    let mut known = rig.browser(1);
    known.device = Some(device);
    let flow = begin_sign_in(&known).await.unwrap();
    for _ in 0..2 {
        let wrong = show(&known, flow, "p0", "grøn cykel ved aen").await;
        assert!(matches!(wrong, Err(PasswordWrong::Wrong { .. })), "{wrong:?}");
    }
    show(&known, flow, "p0", PASSWORD).await.expect("no wait for her");
    rig.show_code(1, flow, &app).await;
    // Another browser of hers at a place nobody attacks from.
    guess(&rig, network(77), "p0", PASSWORD).await.expect("no wait there either");
}

async fn a_full_line_of_strangers_writes_nothing_and_keeps_nobody_out_who_was_here_before(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let device = rig.sign_in(1, 0, &app).await.device;
    let tried = rig.hasher.verified();
    let (begun, refused) =
        (rig.events(EventKind::SignInBegun).await, rig.events(EventKind::SignInRefused).await);
    rig.hasher.are_full(&[Lane::SignIn]);
    for text in [PASSWORD, "wrong"] {
        let cx = rig.browser(7);
        let attempt = Attempt::Begins(cx.handle().unwrap());
        let told = show_password(&cx, attempt, "p0", Password::typed(text.to_owned())).await;
        assert!(matches!(told, Err(PasswordWrong::NoFlow(NoFlow::Fault(Fault::Hasher(_))))), "{told:?}");
    }
    assert_eq!(rig.hasher.verified(), tried, "nothing was looked at");
    let now = (rig.events(EventKind::SignInBegun).await, rig.events(EventKind::SignInRefused).await);
    assert_eq!(now, (begun, refused), "and nothing written");

    let mut known = rig.browser(1);
    known.device = Some(device);
    let attempt = Attempt::Begins(known.handle().unwrap());
    show_password(&known, attempt, "p0", Password::typed(PASSWORD.to_owned())).await.unwrap();
    rig.clock.advance(MINUTE);
    rig.show_code(1, attempt.flow(), &app).await;
}

async fn tries_left_are_said_alike_for_everybody(rig: Rig) {
    rig.enrol(1, 0).await;
    for (n, name) in ["p0", "nobody", "not a name!"].into_iter().enumerate() {
        let from = network(n.try_into().unwrap());
        for left in [2, 1] {
            let wrong = guess(&rig, from, name, "wrong").await;
            assert!(
                matches!(wrong, Err(PasswordWrong::Wrong { left: it }) if it == left),
                "{name}: {wrong:?}"
            );
        }
        assert!(waits(&guess(&rig, from, name, "wrong").await).is_some(), "{name}");
    }
}

/// So many attempts in which her password was right, and the code is awaited.
async fn awaiting(rig: &Rig, browsers: std::ops::Range<u128>, device: &Device) -> Vec<(Cx, FlowId)> {
    let mut ready = Vec::new();
    for browser in browsers {
        let mut cx = rig.browser(browser);
        cx.device = Some(device.clone());
        let flow = begin_sign_in(&cx).await.unwrap();
        rig.show_password(&cx, flow, 0).await;
        ready.push((cx, flow));
    }
    ready
}

async fn wrong_codes_at_once(ready: Vec<(Cx, FlowId)>, app: &App) -> usize {
    let mut storm = JoinSet::new();
    for (cx, flow) in ready {
        let code = app.wrong_code(cx.now);
        storm.spawn(async move { show_code(&cx, flow, &code).await });
    }
    let outcomes = storm.join_all().await;
    outcomes.iter().filter(|outcome| matches!(outcome, Err(CodeWrong::Wrong { .. }))).count()
}

async fn of_codes_at_once_each_counts(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let device = rig.sign_in(1, 0, &app).await.device;
    let ready = awaiting(&rig, 100..115, &device).await;
    assert_eq!(
        wrong_codes_at_once(ready, &app).await,
        10,
        "the pause comes at ten, however many come at once"
    );
    rig.clock.advance(MINUTE * 15);
    let ready = awaiting(&rig, 200..215, &device).await;
    assert_eq!(wrong_codes_at_once(ready, &app).await, 10);
    assert_eq!(rig.events(EventKind::CodesStopped).await, 1);
    let told = rig.letters().await;
    assert_eq!(
        told.iter().filter(|letter| letter.subject == "codes-stopped").count(),
        2,
        "to both her addresses"
    );
}

async fn a_stop_of_codes_outlives_tidying_and_ends_with_a_proof(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let device = rig.sign_in(1, 0, &app).await.device;
    for round in 0..CODES_BEFORE_STOP {
        let id = 100 + u128::from(round);
        wrong_codes_at_once(awaiting(&rig, id..id + 1, &device).await, &app).await;
        rig.clock.advance(MINUTE * 15);
    }
    for _ in 0..14 {
        rig.clock.advance(hours(24 * 31));
        keep_retention(&rig.cx()).await.unwrap();
    }
    let flow = rig.password_shown(1, 0).await;
    let right = show_code(&rig.cx(), flow, &app.code(rig.cx().now)).await;
    assert!(matches!(right, Err(CodeWrong::Stopped)), "more than a year later: {right:?}");

    // Today's only way to a proof for somebody who had a login: HR says she left and came back.
    let left = domain::hr::HrLine { ends_on: Some(testkit::day("2026-11-30")), ..hr::line(0) };
    rig.import(vec![left]).await.unwrap();
    let back = domain::hr::HrLine { starts_on: testkit::day("2028-01-01"), ..hr::line(0) };
    rig.import(vec![back]).await.unwrap();
    let letters = rig.letters().await;
    let token = letters.iter().find_map(|letter| letter.token()).unwrap();
    let flow = rig.begin(1, token).await;
    rig.prove_in(1, flow, 0).await;
    assert_eq!(rig.events(EventKind::CodesReopened).await, 1);
    // Her password went with her login: of that one nothing is left to compare.
    rig.choose(1, flow).await;
    let (person, tried) = (rig.person(0).await.id, CodeCount { since_password: 1, ..CodeCount::default() });
    let mut tx = rig.change().await;
    tx.keep_codes(person, tried).await.unwrap();
    tx.commit().await.unwrap();
    let same = choose_password(&rig.cx(), flow, Password::typed(PASSWORD.to_owned())).await;
    assert!(matches!(same, Err(PasswordNotSet::SameAsBefore)), "the guesser knows it: {same:?}");
    let new = "tolv gule tulipaner";
    choose_password(&rig.cx(), flow, Password::typed(new.to_owned())).await.unwrap();
    let app = rig.register(1, flow).await;
    usecases::finish_enrolment::finish_enrolment(&rig.cx(), flow).await.unwrap();
    rig.clock.advance(MINUTE);
    let flow = begin_sign_in(&rig.cx()).await.unwrap();
    show(&rig.cx(), flow, "p0", new).await.unwrap();
    rig.show_code(1, flow, &app).await;
}

/// A proof that leaves her password where it is: a reset that is begun and left, or that she is who she was.
async fn proves(rig: &Rig, purpose: Purpose) -> Proved {
    rig.clock.advance(MINUTE);
    let callback = rig.trip_for(1, purpose, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    finish_proof(&rig.cx(), "test", &callback).await.unwrap()
}

/// So many wrong codes were tried under her password, long ago.
async fn tried_before(rig: &Rig, since_password: u32) {
    let person = rig.person(0).await.id;
    let mut tx = rig.change().await;
    tx.keep_codes(person, CodeCount { since_password, ..CodeCount::default() }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn no_number_of_proofs_gives_a_guesser_more_tries_and_a_new_password_lets_her_in(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let device = rig.sign_in(1, 0, &app).await.device;
    tried_before(&rig, CODES_A_PASSWORD - 20).await;
    let mut tried = 0;
    for round in 0..6 {
        let ids = 100 + 10 * round;
        tried += wrong_codes_at_once(awaiting(&rig, ids..ids + 9, &device).await, &app).await;
        let purpose = if round % 2 == 0 { Purpose::Reset } else { Purpose::Reconfirmation };
        proves(&rig, purpose).await;
    }
    assert_eq!(tried, 20, "nine, nine, and the last two there were");
    let told = (rig.events(EventKind::CodesStopped).await, rig.events(EventKind::CodesReopened).await);
    assert_eq!(told, (1, 0), "stopped once, and no proof opened it");
    let shown = rig.password_shown(1, 0).await;
    let right = show_code(&rig.cx(), shown, &app.code(rig.cx().now)).await;
    assert!(matches!(right, Err(CodeWrong::Stopped)), "{right:?}");

    let Proved::Reset(reset) = proves(&rig, Purpose::Reset).await else { panic!("no reset") };
    let same = reset_password(&rig.cx(), reset, Password::typed(PASSWORD.to_owned())).await;
    assert!(matches!(same, Err(StepRefused::SameAsBefore)), "the guesser knows it: {same:?}");
    let new = "tolv gule tulipaner";
    reset_password(&rig.cx(), reset, Password::typed(new.to_owned())).await.unwrap();
    assert_eq!(rig.events(EventKind::CodesReopened).await, 1);
    rig.clock.advance(MINUTE);
    let flow = begin_sign_in(&rig.cx()).await.unwrap();
    show(&rig.cx(), flow, "p0", new).await.unwrap();
    rig.show_code(1, flow, &app).await;
}

async fn who_changes_her_password_and_comes_back_gives_a_guesser_no_more_tries(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let device = rig.sign_in(1, 0, &app).await.device;
    tried_before(&rig, CODES_A_PASSWORD - 1).await;
    let typed = |text: &str| Password::typed(text.to_owned());
    let other = "tolv gule tulipaner";
    for (current, new) in [(PASSWORD, other), (other, PASSWORD)] {
        rig.clock.advance(MINUTE);
        let (cx, here) = (rig.cx(), rig.here().await);
        let showing = Showing::Code(app.code(cx.now));
        let change = Change { current: typed(current), new: typed(new), showing, end_others: false };
        change_password(&cx, &here, change).await.unwrap();
    }
    let ready = awaiting(&rig, 100..103, &device).await;
    assert_eq!(wrong_codes_at_once(ready, &app).await, 1, "the one that was left");
    assert_eq!(rig.events(EventKind::CodesStopped).await, 1);
    let Proved::Reset(reset) = proves(&rig, Purpose::Reset).await else { panic!("no reset") };
    reset_password(&rig.cx(), reset, typed(other)).await.unwrap();
    assert_eq!(rig.events(EventKind::CodesReopened).await, 1, "after a proof they begin anew");
}

async fn a_method_whose_place_closes_the_door_to_codes_says_so_at_once(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    // One try is left, at one place: with two places there is none.
    tried_before(&rig, CODES_A_PASSWORD - 1).await;
    let step_up = rig.step_up(&app, StepUpFor::Factors).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let second = App::with_seed(&offer_another_app(&cx, &here, step_up).await.unwrap().secret);
    rig.letters().await;
    assert_eq!(rig.events(EventKind::CodesStopped).await, 0);
    register_another_app(&cx, &here, step_up, "Tablet".into(), &second.code(cx.now)).await.unwrap();
    assert_eq!(rig.events(EventKind::CodesStopped).await, 1);
    let told = rig.letters().await;
    let stopped = told.iter().filter(|letter| letter.subject == "codes-stopped").count();
    assert_eq!(stopped, 2, "to both her addresses");
    let flow = rig.password_shown(1, 0).await;
    let right = show_code(&rig.cx(), flow, &second.code(rig.cx().now)).await;
    assert!(matches!(right, Err(CodeWrong::Stopped)), "{right:?}");
}

async fn and_so_does_a_code_device(rig: Rig) {
    let mut gadget = Gadget::button(1);
    let app = rig.enrol(1, 0).await;
    rig.handed_out(&gadget, 0).await;
    rig.sign_in(1, 0, &app).await;
    // Two tries are left at one place, and a device with a button is as good as two.
    tried_before(&rig, CODES_A_PASSWORD - 2).await;
    let step_up = rig.step_up(&app, StepUpFor::CodeDevice).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let code = gadget.shows(cx.now);
    activate_device(&cx, Way::Session(&here, step_up), "x".into(), &code).await.unwrap();
    assert_eq!(rig.events(EventKind::CodesStopped).await, 1);
}
