//! Hardware code devices: delivered, handed out, used, gone apart, returned, and known by others.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::audit::EventKind;
use domain::code_device::{Delivered, Life, LifeWord, Misread, Serial, WrongLife};
use domain::factor::{FactorKind, MOST_MEANS};
use domain::hr::HrLine;
use domain::ids::FlowId;
use domain::notice::Template;
use domain::password::Password;
use domain::proofing::Purpose;
use domain::role::{Role, RoleKind, RoleState};
use domain::standing::Origin;
use domain::step_up::{NotFresh, StepUpFor};
use domain::throttle::CodeDoor;
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::process::Command;
use testkit::{App, Gadget, Rig, day, delivery, good_answer, hours, hr, sent_to};
use tokio::task::JoinSet;
use usecases::activate_device::{DeviceRefused, Way, activate_device};
use usecases::begin_step_up::begin_step_up;
use usecases::block_by_session::block_by_session;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::hand_out_device::{NotHandedOut, hand_out_device};
use usecases::hold_leaked_seeds::{Leak, hold_leaked_seeds};
use usecases::import_devices::{NotImported, import_devices};
use usecases::register_another_app::{offer_another_app, register_another_app};
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_app::{offer_new_app, reopen_app};
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_password::reopen_password;
use usecases::resynchronise_device::{Place, StillApart, resynchronise_device};
use usecases::return_device::{Fate, NotReturned, return_device};
use usecases::see_enrolment::see_enrolment;
use usecases::see_factors::see_ways;
use usecases::see_reopening::see_reopening;
use usecases::show_code::{CodeWrong, show_code};
use usecases::who::who;

testkit::on_both! {
    codes_by_oathtool_are_accepted_once
    it_counts_once_its_holder_showed_a_code_and_for_nobody_else
    a_code_typed_at_once_in_two_places_signs_in_once
    wrong_codes_count_with_those_of_an_app
    a_clock_that_goes_wrong_is_followed_and_one_that_jumped_is_brought_back_by_two_codes
    a_button_pressed_too_often_is_brought_back_by_two_codes_and_a_pair_that_is_none_counts
    nobody_is_resynchronised_before_the_password_or_with_anothers_device
    a_second_device_is_added_at_an_open_session_with_a_step_up_made_for_it
    a_full_account_takes_no_device
    a_delivery_comes_whole_or_not_at_all
    two_who_import_the_same_file_at_once_import_it_once
    only_what_lies_in_stock_is_handed_out_and_only_to_people
    what_comes_back_goes_out_again_and_no_code_of_before_counts
    who_leaves_has_her_device_put_aside
    a_device_that_is_not_kept_at_a_reopening_opens_nothing
    known_seeds_are_out_of_use_at_once_and_hold_whoever_signs_in_with_one
    interrupted_anywhere_it_goes_on_when_it_is_run_again
    every_command_tells_the_administrators
}

const HALF_A_MINUTE: SignedDuration = SignedDuration::from_secs(30);

/// What `oathtool` shows for this seed.
fn oathtool(seed: &[u8], arguments: &[&str]) -> String {
    let seed = seed.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let done = Command::new("oathtool").args(arguments).arg(seed).output();
    let done = done.expect("oathtool; scripts/setup test installs it");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

fn totp(gadget: &Gadget, now: Timestamp) -> String {
    oathtool(&gadget.seed(), &["--totp", &format!("--now=@{}", now.as_second())])
}

fn hotp(gadget: &Gadget, counter: u64) -> String {
    oathtool(&gadget.seed(), &["--hotp", &format!("--counter={counter}")])
}

async fn show(rig: &Rig, flow: FlowId, code: &str) -> Result<(), CodeWrong> {
    show_code(&rig.cx(), flow, code).await.map(drop)
}

async fn life(rig: &Rig, gadget: &Gadget) -> Life {
    let serials = [gadget.serial()];
    let devices = rig.look().await.devices_among(&serials).await.unwrap();
    devices.into_iter().next().unwrap().life
}

async fn leaked(rig: &Rig, gadgets: &[&Gadget]) -> usecases::hold_leaked_seeds::Held {
    let serials = gadgets.iter().map(|gadget| gadget.serial()).collect();
    let leak = Leak { by: hr::operator("ops1"), serials, sha256: Some([7; 32]) };
    hold_leaked_seeds(&rig.cx(), leak).await.unwrap()
}

async fn codes_by_oathtool_are_accepted_once(rig: Rig) {
    let (clock, button) = (Gadget::clock(1), Gadget::button(2));
    for (p, gadget) in [(0, &clock), (1, &button)] {
        let flow = rig.proved(1, p).await;
        rig.choose(1, flow).await;
        rig.handed_out(gadget, p).await;
        let code = if p == 0 { totp(gadget, rig.cx().now) } else { hotp(gadget, 0) };
        activate_device(&rig.cx(), Way::Enrolment(flow), "Kodeviser".into(), &code).await.unwrap();
        usecases::finish_enrolment::finish_enrolment(&rig.cx(), flow).await.unwrap();
        let flow = rig.password_shown(1, p).await;
        let ways = see_ways(&rig.cx(), flow).await.unwrap();
        assert!(ways.code && ways.device && !ways.app, "a device is asked for, and no app: {ways:?}");
        let again = show(&rig, flow, &code).await;
        assert!(matches!(again, Err(CodeWrong::Wrong { .. })), "the code that activated it: {again:?}");
        rig.clock.advance(HALF_A_MINUTE);
        let code = if p == 0 { totp(gadget, rig.cx().now) } else { hotp(gadget, 1) };
        let (three, rest) = code.split_at(3);
        show(&rig, flow, &format!(" {three} {rest} ")).await.unwrap();
        let here = who(&rig.cx()).await.unwrap().unwrap();
        assert_eq!(here.session.kinds(), [FactorKind::Password, FactorKind::CodeDevice]);
        let flow = rig.password_shown(2, p).await;
        let again = show_code(&rig.browser(2), flow, &code).await;
        assert!(matches!(again, Err(CodeWrong::Wrong { .. })), "once: {again:?}");
    }
}

async fn it_counts_once_its_holder_showed_a_code_and_for_nobody_else(rig: Rig) {
    let mut gadget = Gadget::button(1);
    let maja = rig.enrol(1, 0).await;
    rig.handed_out(&gadget, 0).await;
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::DeviceHandedOut), ["p0@nordby.example"]);
    let flow = rig.password_shown(1, 0).await;
    let early = show(&rig, flow, &gadget.shows(rig.cx().now)).await;
    assert!(matches!(early, Err(CodeWrong::Wrong { .. })), "handed out and not active: {early:?}");

    // Somebody else, in her own enrolment, holds it in her hand.
    let other = rig.proved(2, 1).await;
    let code = gadget.shows(rig.cx().now);
    let refused = activate_device(&rig.browser(2), Way::Enrolment(other), "Mine".into(), &code).await;
    assert!(matches!(refused, Err(DeviceRefused::NoDevice)), "{refused:?}");
    assert!(matches!(life(&rig, &gadget).await, Life::HandedOut { .. }));
    rig.show_code(1, flow, &maja).await;

    // In her own it is hers by one code, and the enrolment knows that she has a login method.
    let mut hers = Gadget::clock(2);
    rig.choose(2, other).await;
    rig.handed_out(&hers, 1).await;
    let cx = rig.browser(2);
    assert!(see_enrolment(&cx, other).await.unwrap().factors.is_empty());
    let code = hers.shows(cx.now);
    let refused = activate_device(&cx, Way::Enrolment(other), " ".into(), &code).await;
    assert!(matches!(refused, Err(DeviceRefused::Name)));
    activate_device(&cx, Way::Enrolment(other), "Min kodeviser".into(), &code).await.unwrap();
    assert_eq!(see_enrolment(&cx, other).await.unwrap().factors, ["Min kodeviser"]);
    let again = activate_device(&cx, Way::Enrolment(other), "Igen".into(), &code).await;
    assert!(matches!(again, Err(DeviceRefused::NoDevice)), "{again:?}");
    assert_eq!(rig.events(EventKind::FactorAdded).await, 2);
    let letters = rig.letters().await;
    assert!(letters.iter().any(|it| it.subject == "factor-added" && it.to.starts_with("p1@")));
}

async fn a_code_typed_at_once_in_two_places_signs_in_once(rig: Rig) {
    let mut gadget = Gadget::button(1);
    rig.enrol_with(1, 0, &mut gadget).await;
    let mut ready = Vec::new();
    for browser in 10..16 {
        ready.push((rig.browser(browser), rig.password_shown(browser, 0).await));
    }
    let code = gadget.shows(rig.cx().now);
    let mut storm = JoinSet::new();
    for (cx, flow) in ready {
        let code = code.clone();
        storm.spawn(async move { show_code(&cx, flow, &code).await });
    }
    let outcomes = storm.join_all().await;
    assert_eq!(outcomes.iter().filter(|it| it.is_ok()).count(), 1, "{outcomes:?}");
}

async fn wrong_codes_count_with_those_of_an_app(rig: Rig) {
    let mut gadget = Gadget::button(1);
    let app = rig.enrol(1, 0).await;
    rig.handed_out(&gadget, 0).await;
    rig.sign_in(1, 0, &app).await;
    let step_up = rig.step_up(&app, StepUpFor::CodeDevice).await;
    let here = rig.here().await;
    // Where it is taken into use, too: who sits here may not be who was meant to get it.
    let wrong = app.wrong_code(rig.cx().now);
    let refused = activate_device(&rig.cx(), Way::Session(&here, step_up), "x".into(), &wrong).await;
    assert!(matches!(refused, Err(DeviceRefused::Code { left: 9 })), "{refused:?}");
    let code = gadget.shows(rig.cx().now);
    activate_device(&rig.cx(), Way::Session(&here, step_up), "x".into(), &code).await.unwrap();
    rig.clock.advance(HALF_A_MINUTE);
    let flow = rig.password_shown(1, 0).await;
    for left in (5..10).rev() {
        let wrong = show(&rig, flow, &app.wrong_code(rig.cx().now)).await;
        assert!(matches!(wrong, Err(CodeWrong::Wrong { left: it }) if it == left), "{wrong:?}");
    }
    for left in (0..5).rev() {
        let pair = resynchronise_device(&rig.cx(), Place::SignIn(flow), "000000", "000000").await;
        assert!(matches!(pair, Err(StillApart::Wrong { left: it }) if it == left), "{pair:?}");
    }
    let right = show(&rig, flow, &gadget.shows(rig.cx().now)).await;
    assert!(matches!(right, Err(CodeWrong::Paused(_))), "{right:?}");
    let pair = resynchronise_device(&rig.cx(), Place::SignIn(flow), "000000", "000000").await;
    assert!(matches!(pair, Err(StillApart::CodesClosed(CodeDoor::Paused(_)))), "{pair:?}");
    let again = activate_device(&rig.cx(), Way::Session(&here, step_up), "x".into(), &code).await;
    assert!(matches!(again, Err(DeviceRefused::NoFlow(NoFlow::Gone))), "its step-up is spent: {again:?}");
}

async fn a_clock_that_goes_wrong_is_followed_and_one_that_jumped_is_brought_back_by_two_codes(rig: Rig) {
    let mut gadget = Gadget::clock(1);
    gadget.ahead = -50;
    rig.enrol_with(1, 0, &mut gadget).await;
    // Twenty seconds a month, for a year: far more than a step in the end.
    for _ in 0..12 {
        rig.clock.advance(hours(24 * 10));
        gadget.ahead -= 20;
        rig.sign_in_with(1, 0, &mut gadget).await;
    }
    assert_eq!(gadget.ahead, -290);
    // Left in the cold.
    gadget.ahead += 200;
    rig.clock.advance(hours(1));
    let flow = rig.password_shown(1, 0).await;
    let far = show(&rig, flow, &gadget.shows(rig.cx().now)).await;
    assert!(matches!(far, Err(CodeWrong::Wrong { .. })), "{far:?}");
    let first = gadget.shows(rig.cx().now);
    rig.clock.advance(HALF_A_MINUTE);
    let second = gadget.shows(rig.cx().now);
    let backwards = resynchronise_device(&rig.cx(), Place::SignIn(flow), &second, &first).await;
    assert!(matches!(backwards, Err(StillApart::Wrong { .. })), "{backwards:?}");
    resynchronise_device(&rig.cx(), Place::SignIn(flow), &first, &second).await.unwrap();
    let used = show(&rig, flow, &second).await;
    assert!(matches!(used, Err(CodeWrong::Wrong { .. })), "both are used: {used:?}");
    rig.clock.advance(HALF_A_MINUTE);
    show(&rig, flow, &gadget.shows(rig.cx().now)).await.unwrap();
    assert_eq!(rig.events(EventKind::DeviceResynchronised).await, 1);
    // Further off than any clock may be: not even two codes bring it back.
    gadget.ahead = 660;
    rig.clock.advance(hours(1));
    let flow = rig.password_shown(1, 0).await;
    let first = gadget.shows(rig.cx().now);
    gadget.ahead += 30;
    let second = gadget.shows(rig.cx().now);
    let far = resynchronise_device(&rig.cx(), Place::SignIn(flow), &first, &second).await;
    assert!(matches!(far, Err(StillApart::Wrong { .. })), "{far:?}");
}

async fn a_button_pressed_too_often_is_brought_back_by_two_codes_and_a_pair_that_is_none_counts(rig: Rig) {
    let mut gadget = Gadget::button(1);
    rig.enrol_with(1, 0, &mut gadget).await;
    gadget.press(5);
    rig.sign_in_with(1, 0, &mut gadget).await;
    gadget.press(6);
    let flow = rig.password_shown(1, 0).await;
    let far = show(&rig, flow, &gadget.shows(rig.cx().now)).await;
    assert!(matches!(far, Err(CodeWrong::Wrong { left: 9 })), "{far:?}");
    gadget.press(80);
    let first = gadget.shows(rig.cx().now);
    gadget.press(1);
    let third = gadget.shows(rig.cx().now);
    let fourth = gadget.shows(rig.cx().now);
    for (left, one, other) in [(8, &first, &third), (7, &first, &first), (6, &fourth, &third)] {
        let apart = resynchronise_device(&rig.cx(), Place::SignIn(flow), one, other).await;
        assert!(matches!(apart, Err(StillApart::Wrong { left: it }) if it == left), "{apart:?}");
    }
    resynchronise_device(&rig.cx(), Place::SignIn(flow), &third, &fourth).await.unwrap();
    let again = resynchronise_device(&rig.cx(), Place::SignIn(flow), &third, &fourth).await;
    assert!(matches!(again, Err(StillApart::Wrong { left: 9 })), "once, and the row began anew: {again:?}");
    for used in [&first, &third, &fourth] {
        assert!(show(&rig, flow, used).await.is_err(), "none of them opens anything");
    }
    show(&rig, flow, &gadget.shows(rig.cx().now)).await.unwrap();
    // A hundred presses and two codes: the bound.
    gadget.press(101);
    let flow = rig.password_shown(1, 0).await;
    let (first, second) = (gadget.shows(rig.cx().now), gadget.shows(rig.cx().now));
    assert!(resynchronise_device(&rig.cx(), Place::SignIn(flow), &first, &second).await.is_err());
}

async fn nobody_is_resynchronised_before_the_password_or_with_anothers_device(rig: Rig) {
    let (mut own, mut his) = (Gadget::button(1), Gadget::button(2));
    rig.enrol_with(1, 0, &mut own).await;
    rig.enrol_with(2, 1, &mut his).await;
    his.press(30);
    let (first, second) = (his.shows(rig.cx().now), his.shows(rig.cx().now));
    let early = usecases::begin_sign_in::begin_sign_in(&rig.cx()).await.unwrap();
    let early = resynchronise_device(&rig.cx(), Place::SignIn(early), &first, &second).await;
    assert!(matches!(early, Err(StillApart::NotNow)), "{early:?}");
    let flow = rig.password_shown(1, 0).await;
    let other = resynchronise_device(&rig.cx(), Place::SignIn(flow), &first, &second).await;
    assert!(matches!(other, Err(StillApart::Wrong { .. })), "{other:?}");
    let elsewhere = resynchronise_device(&rig.browser(2), Place::SignIn(flow), &first, &second).await;
    assert!(matches!(elsewhere, Err(StillApart::NoFlow(NoFlow::Gone))), "{elsewhere:?}");
    // At his own open session, which ends with a block.
    let flow = rig.password_shown(2, 1).await;
    resynchronise_device(&rig.browser(2), Place::SignIn(flow), &first, &second).await.unwrap();
    let code = his.shows(rig.cx().now);
    show_code(&rig.browser(2), flow, &code).await.unwrap();
    let here = who(&rig.browser(2)).await.unwrap().unwrap();
    his.press(30);
    let (first, second) = (his.shows(rig.cx().now), his.shows(rig.cx().now));
    resynchronise_device(&rig.browser(2), Place::Session(&here), &first, &second).await.unwrap();
    block_by_session(&rig.browser(2), &here).await.unwrap();
    let (first, second) = (his.shows(rig.cx().now), his.shows(rig.cx().now));
    let late = resynchronise_device(&rig.browser(2), Place::Session(&here), &first, &second).await;
    assert!(matches!(late, Err(StillApart::NoFlow(NoFlow::Gone))), "{late:?}");
}

async fn a_second_device_is_added_at_an_open_session_with_a_step_up_made_for_it(rig: Rig) {
    let mut gadget = Gadget::clock(1);
    let app = rig.enrol(1, 0).await;
    rig.handed_out(&gadget, 0).await;
    rig.sign_in(1, 0, &app).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asked = begin_step_up(&cx, &here, StepUpFor::CodeDevice).await.unwrap();
    let code = gadget.shows(cx.now);
    let early = activate_device(&cx, Way::Session(&here, asked), "Ny".into(), &code).await;
    assert!(matches!(early, Err(DeviceRefused::NotFresh(NotFresh::NotShown))), "{early:?}");
    let other = rig.step_up(&app, StepUpFor::OwnData).await;
    let cx = rig.cx();
    let code = gadget.shows(cx.now);
    let refused = activate_device(&cx, Way::Session(&here, other), "Ny".into(), &code).await;
    assert!(matches!(refused, Err(DeviceRefused::NotFresh(NotFresh::OtherPurpose))), "{refused:?}");
    let made = rig.step_up(&app, StepUpFor::CodeDevice).await;
    let cx = rig.cx();
    let mistyped = activate_device(&cx, Way::Session(&here, made), "Ny".into(), "12 34").await;
    assert!(matches!(mistyped, Err(DeviceRefused::Code { .. })), "{mistyped:?}");
    let code = gadget.shows(cx.now);
    activate_device(&cx, Way::Session(&here, made), "Ny".into(), &code).await.unwrap();
    // Both count, in the same door.
    rig.sign_in_with(2, 0, &mut gadget).await;
    rig.sign_in(3, 0, &app).await;
    let overview = usecases::overview::overview(&rig.browser(3), &here).await.unwrap();
    let names: Vec<_> = overview.methods.iter().map(|it| it.name.clone()).collect();
    assert_eq!(names, ["Phone", "Ny"]);
    // Its own code makes a step-up, too.
    rig.clock.advance(HALF_A_MINUTE);
    let (cx, here) = (rig.browser(2), who(&rig.browser(2)).await.unwrap().unwrap());
    let flow = begin_step_up(&cx, &here, StepUpFor::OwnData).await.unwrap();
    let code = gadget.shows(cx.now);
    usecases::show_step_up::show_step_up(&cx, &here, flow, &code).await.unwrap();
}

fn at_line(gadget: &Gadget, line: u64) -> Delivered {
    let mut delivered = gadget.delivered();
    delivered.place.line = line;
    delivered
}

async fn import(rig: &Rig, devices: Vec<Delivered>) -> Result<usize, NotImported> {
    import_devices(&rig.cx(), delivery(devices), &hr::operator("ops1"), "seeds.xml").await
}

async fn a_full_account_takes_no_device(rig: Rig) {
    let mut gadget = Gadget::button(1);
    let app = rig.enrol(1, 0).await;
    rig.handed_out(&gadget, 0).await;
    rig.sign_in(1, 0, &app).await;
    for n in 1..MOST_MEANS {
        let step_up = rig.step_up(&app, StepUpFor::Factors).await;
        let (cx, here) = (rig.cx(), rig.here().await);
        let next = App::with_seed(&offer_another_app(&cx, &here, step_up).await.unwrap().secret);
        register_another_app(&cx, &here, step_up, format!("App {n}"), &next.code(cx.now)).await.unwrap();
    }
    let step_up = rig.step_up(&app, StepUpFor::CodeDevice).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let code = gadget.shows(cx.now);
    let full = activate_device(&cx, Way::Session(&here, step_up), "x".into(), &code).await;
    assert!(matches!(full, Err(DeviceRefused::TooMany)), "{full:?}");
    assert!(matches!(life(&rig, &gadget).await, Life::HandedOut { .. }), "it waits until she removed one");
}

async fn a_delivery_comes_whole_or_not_at_all(rig: Rig) {
    let (known, gone) = (rig.stock(1).await, rig.stock(2).await);
    leaked(&rig, &[&gone]).await;
    let under = |gadget: &Gadget, serial: &str, line| Delivered {
        serial: Serial::try_from(serial.to_owned()).unwrap(),
        ..at_line(gadget, line)
    };
    let file = vec![
        at_line(&Gadget::clock(3), 2),
        at_line(&known, 3),
        under(&known, "other", 4),
        under(&gone, "fresh", 5),
        at_line(&gone, 6),
    ];
    let Err(NotImported::Refused(faults)) = import(&rig, file).await else { panic!("it was taken") };
    let found: Vec<_> = faults.iter().map(|it| (it.place.line, it.what, it.why)).collect();
    assert_eq!(
        found,
        [
            (3, "the serial number", Misread::Known),
            (4, "the seed", Misread::SeedShared),
            (5, "the seed", Misread::SeedLeaked),
            (6, "the seed", Misread::SeedLeaked),
        ]
    );
    let all = rig.look().await.all_devices(None, 99).await.unwrap();
    assert_eq!(all.len(), 2, "nothing of the file was taken");
    assert_eq!(rig.events(EventKind::DevicesRefused).await, 1);
    assert_eq!(import(&rig, vec![at_line(&Gadget::clock(3), 2)]).await.unwrap(), 1);
    assert_eq!(rig.events(EventKind::DevicesImported).await, 3);
    // What is kept of a seed opens under its own place, and nothing of it lies in clear.
    for (device, sealed) in rig.look().await.all_devices(None, 99).await.unwrap() {
        let place = usecases::record::seed_place(device.id);
        let seed = rig.house.vault.open(usecases::ports::vault::KeyUse::Seeds, &place, &sealed).unwrap();
        assert!(seed.starts_with(b"1234567890"));
    }
}

async fn two_who_import_the_same_file_at_once_import_it_once(rig: Rig) {
    let twin = rig.twin().await;
    let file = || (1..=9).map(|n| Gadget::button(n).delivered()).collect::<Vec<_>>();
    let (one, other) = tokio::join!(import(&rig, file()), import(&twin, file()));
    let mut counts = [one, other].map(|outcome| match outcome {
        Ok(count) => count,
        Err(NotImported::Refused(faults)) => {
            assert_eq!(faults.len(), 9);
            0
        }
        Err(fault) => panic!("{fault:?}"),
    });
    counts.sort_unstable();
    assert_eq!(counts, [0, 9]);
    assert_eq!(rig.look().await.all_devices(None, 99).await.unwrap().len(), 9);
}

async fn only_what_lies_in_stock_is_handed_out_and_only_to_people(rig: Rig) {
    let gadget = rig.stock(1).await;
    rig.import(vec![hr::line(0), hr::line(1)]).await.unwrap();
    let left = HrLine { starts_on: day("2026-01-01"), ends_on: Some(day("2026-11-02")), ..hr::line(2) };
    rig.import(vec![left]).await.unwrap();
    rig.clock.advance(hours(48));
    let by = hr::operator("ops1");
    let cx = rig.cx();
    let hand = |serial: Serial, p: u32| {
        let (cx, by) = (cx.clone(), by.clone());
        async move { hand_out_device(&cx, &by, &serial, &hr::line(p).user_name).await }
    };
    let unknown = Serial::try_from("9".to_owned()).unwrap();
    assert!(matches!(hand(unknown, 0).await, Err(NotHandedOut::NoDevice)));
    assert!(matches!(hand(gadget.serial(), 7).await, Err(NotHandedOut::Nobody)));
    assert!(matches!(hand(gadget.serial(), 2).await, Err(NotHandedOut::NoRelation)));
    hand(gadget.serial(), 0).await.unwrap();
    for p in [0, 1] {
        let out = hand(gadget.serial(), p).await;
        assert!(matches!(out, Err(NotHandedOut::WrongLife(WrongLife(LifeWord::HandedOut)))), "{out:?}");
    }
    assert_eq!(life(&rig, &gadget).await.holder(), Some(rig.person(0).await.id));
    assert_eq!(rig.events(EventKind::DeviceRefused).await, 5, "each refusal is in the trail");
    assert_eq!(rig.events(EventKind::DeviceHandedOut).await, 1);
}

async fn what_comes_back_goes_out_again_and_no_code_of_before_counts(rig: Rig) {
    let mut gadget = Gadget::button(1);
    rig.enrol_with(1, 0, &mut gadget).await;
    // Noted down while she had it, for later.
    let noted: Vec<_> = (0..3).map(|_| gadget.shows(rig.cx().now)).collect();
    let (by, serial) = (hr::operator("ops1"), gadget.serial());
    return_device(&rig.cx(), &by, &serial, Fate::Returned).await.unwrap();
    let flow = rig.password_shown(1, 0).await;
    assert!(show(&rig, flow, &noted[0]).await.is_err(), "it counts at her login no more");
    let letters = rig.letters().await;
    assert!(letters.iter().any(|it| it.subject == "factor-removed"), "she hears of it");
    let again = return_device(&rig.cx(), &by, &serial, Fate::Returned).await;
    assert!(matches!(again, Err(NotReturned::WrongLife(WrongLife(LifeWord::Returned)))), "{again:?}");

    let app = rig.enrol(2, 1).await;
    hand_out_device(&rig.cx(), &by, &serial, &hr::line(1).user_name).await.unwrap();
    rig.sign_in(1, 1, &app).await;
    let step_up = rig.step_up(&app, StepUpFor::CodeDevice).await;
    let here = rig.here().await;
    let code = gadget.shows(rig.cx().now);
    activate_device(&rig.cx(), Way::Session(&here, step_up), "x".into(), &code).await.unwrap();
    let flow = rig.password_shown(1, 1).await;
    for noted in &noted {
        assert!(show(&rig, flow, noted).await.is_err(), "noted before it changed hands");
    }
    show(&rig, flow, &gadget.shows(rig.cx().now)).await.unwrap();

    return_device(&rig.cx(), &by, &serial, Fate::Lost).await.unwrap();
    for fate in [Fate::Lost, Fate::Returned] {
        let refused = return_device(&rig.cx(), &by, &serial, fate).await;
        assert!(matches!(refused, Err(NotReturned::WrongLife(WrongLife(LifeWord::Lost)))), "{refused:?}");
    }
    let out = hand_out_device(&rig.cx(), &by, &serial, &hr::line(0).user_name).await;
    assert!(matches!(out, Err(NotHandedOut::WrongLife(WrongLife(LifeWord::Lost)))), "{out:?}");
}

async fn who_leaves_has_her_device_put_aside(rig: Rig) {
    let mut gadget = Gadget::button(1);
    rig.enrol_with(1, 0, &mut gadget).await;
    let left = HrLine { ends_on: Some(day("2026-11-03")), ..hr::line(0) };
    rig.clock.advance(hours(72));
    rig.import(vec![left]).await.unwrap();
    assert!(!rig.standing(0).await.is_active());
    let kept = life(&rig, &gadget).await;
    assert!(matches!(kept, Life::HandedOut { .. } | Life::Active(_)), "she still has it: {kept:?}");
    return_device(&rig.cx(), &hr::operator("ops1"), &gadget.serial(), Fate::Returned).await.unwrap();
}

/// Back from MitID in browser 9, to open the login of the first person again.
async fn reopening(rig: &Rig) -> FlowId {
    let callback = rig.trip_for(9, Purpose::Reopening, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    match finish_proof(&rig.browser(9), "test", &callback).await {
        Ok(Proved::Reopening(flow)) => flow,
        other => panic!("{other:?}"),
    }
}

async fn a_device_that_is_not_kept_at_a_reopening_opens_nothing(rig: Rig) {
    let mut gadget = Gadget::button(1);
    rig.enrol_with(1, 0, &mut gadget).await;
    rig.clock.advance(hours(2));
    let keeps = |keep: bool| {
        let rig = &rig;
        async move {
            block_by_session(&rig.browser(1), &who(&rig.browser(1)).await.unwrap().unwrap()).await.unwrap();
            rig.clock.advance(hours(2));
            let (flow, cx) = (reopening(rig).await, rig.browser(9));
            let seen = see_reopening(&cx, flow).await.unwrap();
            let [(device, goes)] = seen.apps.as_slice() else { panic!("one of hers: {:?}", seen.apps) };
            assert_eq!((device.name.as_str(), *goes), ("Kodeviser", false));
            let new = if keep { "tolv gule tulipaner" } else { "elleve blå violer" };
            reopen_password(&cx, flow, Password::typed(new.to_owned())).await.unwrap();
            let kept = if keep { BTreeSet::from([device.id]) } else { BTreeSet::new() };
            reopen_factors(&cx, flow, kept).await.unwrap();
            let mut app = None;
            if !keep {
                let scanned = App::with_seed(&offer_new_app(&cx, flow).await.unwrap().secret);
                reopen_app(&cx, flow, "Ny".into(), &scanned.code(cx.now)).await.unwrap();
                app = Some(scanned);
            }
            reopen_activity(&cx, flow).await.unwrap();
            reopen(&cx, flow).await.unwrap();
            let flow = usecases::begin_sign_in::begin_sign_in(&rig.browser(1)).await.unwrap();
            let password = Password::typed(new.to_owned());
            usecases::show_password::show_password(&rig.browser(1), flow, "p0", password).await.unwrap();
            (flow, app)
        }
    };
    rig.sign_in_with(1, 0, &mut gadget).await;
    let (flow, _) = keeps(true).await;
    show(&rig, flow, &gadget.shows(rig.cx().now)).await.expect("she kept it");
    let (flow, app) = keeps(false).await;
    let gone = show(&rig, flow, &gadget.shows(rig.cx().now)).await;
    assert!(matches!(gone, Err(CodeWrong::Wrong { .. })), "{gone:?}");
    assert!(matches!(life(&rig, &gadget).await, Life::HandedOut { .. }), "she may still have it");
    rig.show_code(1, flow, &app.unwrap()).await;
}

async fn known_seeds_are_out_of_use_at_once_and_hold_whoever_signs_in_with_one(rig: Rig) {
    let mut own = [Gadget::button(1), Gadget::clock(2)];
    let (his, waiting, stock) = (Gadget::button(3), Gadget::button(4), Gadget::button(5));
    let [first, second] = &mut own;
    rig.enrol_with(1, 0, first).await;
    rig.sign_in_with(1, 0, first).await;
    rig.handed_out(second, 0).await;
    let flow = rig.password_shown(2, 0).await;
    let cx = rig.browser(2);
    let code = first.shows(cx.now);
    show_code(&cx, flow, &code).await.unwrap();
    let here = who(&cx).await.unwrap().unwrap();
    let step_up = begin_step_up(&cx, &here, StepUpFor::CodeDevice).await.unwrap();
    let code = first.shows(cx.now);
    usecases::show_step_up::show_step_up(&cx, &here, step_up, &code).await.unwrap();
    let code = second.shows(cx.now);
    activate_device(&cx, Way::Session(&here, step_up), "To".into(), &code).await.unwrap();
    let app = rig.enrol(3, 1).await;
    rig.handed_out(&waiting, 1).await;
    rig.stocked(&stock).await;
    rig.letters().await;

    let unknown = Gadget::button(9);
    let [first, second] = &own;
    let done = leaked(&rig, &[first, second, &waiting, &stock, &unknown]).await;
    assert_eq!((done.devices, done.waiting, done.people, done.before), (4, 1, 1, 0));
    assert_eq!((done.unknown, done.left), (vec![unknown.serial()], vec![]));
    for gadget in [first, second, &waiting, &stock] {
        assert!(matches!(life(&rig, gadget).await, Life::Leaked { .. }));
        let (by, name) = (hr::operator("ops1"), hr::line(1).user_name);
        let out = hand_out_device(&rig.cx(), &by, &gadget.serial(), &name).await;
        assert!(matches!(out, Err(NotHandedOut::WrongLife(WrongLife(LifeWord::Leaked)))), "{out:?}");
        let back = return_device(&rig.cx(), &hr::operator("ops1"), &gadget.serial(), Fate::Returned).await;
        assert!(matches!(back, Err(NotReturned::WrongLife(WrongLife(LifeWord::Leaked)))), "{back:?}");
    }
    // One hold for both of hers, which she cannot settle herself; her sessions are over.
    let standing = rig.standing(0).await;
    let [hold] = standing.holds() else { panic!("{standing:?}") };
    assert_eq!((hold.origin, hold.reason.as_str()), (Origin::Security, "seed-leaked"));
    for browser in [1, 2] {
        assert!(who(&rig.browser(browser)).await.unwrap().is_none());
    }
    let callback = rig.trip_for(9, Purpose::Reopening, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    assert!(finish_proof(&rig.browser(9), "test", &callback).await.is_err(), "MitID does not open it");
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::SeedLeaked), ["p0@nordby.example", "p0@private.example"]);
    assert_eq!(rig.events(EventKind::SeedsLeaked).await, 1);
    assert_eq!(rig.events(EventKind::DeviceLeaked).await, 4);
    assert_eq!(rig.events(EventKind::FactorRemoved).await, 2);
    // Who only had one in a drawer goes on with her app.
    assert!(rig.standing(1).await.is_active());
    rig.sign_in(3, 1, &app).await;
    // A code of it is a wrong one like any other.
    let flow = rig.password_shown(1, 0).await;
    let mut first = Gadget::button(1);
    first.press(4);
    let code = show(&rig, flow, &first.shows(rig.cx().now)).await;
    assert!(matches!(code, Err(CodeWrong::Wrong { .. })), "{code:?}");

    let again = leaked(&rig, &[&own[0], &own[1], &waiting, &stock]).await;
    assert_eq!((again.devices, again.people, again.before), (0, 0, 4), "run again it holds nobody twice");
    assert_eq!(rig.standing(0).await.holds().len(), 1);
    // A seed that is known is known under any number.
    let renamed = Delivered { serial: his.serial(), ..stock.delivered() };
    assert!(matches!(import(&rig, vec![renamed]).await, Err(NotImported::Refused(_))));
}

async fn interrupted_anywhere_it_goes_on_when_it_is_run_again(rig: Rig) {
    let mut gadgets: Vec<Gadget> = (1..=3).map(Gadget::button).collect();
    for (p, gadget) in (0..).zip(&mut gadgets) {
        rig.enrol_with(u128::from(p) + 1, p, gadget).await;
    }
    let serials: Vec<Serial> = gadgets.iter().map(Gadget::serial).collect();
    let leak = || Leak { by: hr::operator("ops1"), serials: serials.clone(), sha256: None };
    let mut interrupted = 0;
    for steps in 0.. {
        let (cx, _) = rig.stumbling(steps);
        if hold_leaked_seeds(&cx, leak()).await.is_ok() {
            break;
        }
        interrupted += 1;
        for (p, gadget) in (0..).zip(&gadgets) {
            let out_of_use = matches!(life(&rig, gadget).await, Life::Leaked { .. });
            assert_eq!(
                out_of_use,
                !rig.standing(p).await.is_active(),
                "the device and its owner go together"
            );
        }
    }
    assert!(interrupted >= 3, "{interrupted}");
    for p in 0..3 {
        assert_eq!(rig.standing(p).await.holds().len(), 1, "{p}");
    }
    assert_eq!(rig.events(EventKind::DeviceLeaked).await, 3);
}

async fn every_command_tells_the_administrators(rig: Rig) {
    let _app = rig.enrol(1, 0).await;
    let role = Role {
        id: rig.cx().id().unwrap(),
        person: rig.person(0).await.id,
        kind: RoleKind::Administrator,
        proposed_at: rig.cx().now,
        state: RoleState::Held { since: rig.cx().now, until: rig.cx().now + hours(9999) },
    };
    let mut tx = rig.change().await;
    tx.put_role(&role).await.unwrap();
    tx.commit().await.unwrap();
    rig.import(vec![hr::line(1)]).await.unwrap();
    rig.letters().await;
    let gadget = rig.stock(1).await;
    let (by, serial) = (hr::operator("ops1"), gadget.serial());
    let told = async |what: &str| {
        let letters = rig.letters().await;
        assert_eq!(sent_to(&letters, Template::DevicesChanged), ["p0@nordby.example"], "{what}");
    };
    told("delivered").await;
    hand_out_device(&rig.cx(), &by, &serial, &hr::line(1).user_name).await.unwrap();
    told("handed out").await;
    return_device(&rig.cx(), &by, &serial, Fate::Returned).await.unwrap();
    told("taken back").await;
    leaked(&rig, &[&gadget]).await;
    told("known by others").await;
}
