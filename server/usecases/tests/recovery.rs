//! Recovery codes: what one opens, what it never opens, and how they are counted, on both databases.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::audit::EventKind;
use domain::factor::{Added, FactorKind, NotRemoved, PasskeyKind};
use domain::ids::{FactorId, FlowId};
use domain::level::AssuranceLevel;
use domain::notice::Template;
use domain::printed::PrintedKind;
use domain::proofing::{Purpose, Refusal};
use domain::sign_in::Step;
use domain::step_up::{NotFresh, StepUpFor};
use domain::{SignedDuration, Timestamp};
use testkit::{App, Gadget, Posted, Rig, SoftKey, good_answer, hours, hr};
use usecases::activate_device::{Way, activate_device};
use usecases::admit_phone::admit_phone;
use usecases::begin_sign_in::see_sign_in;
use usecases::begin_step_up::begin_step_up;
use usecases::block_by_session::block_by_session;
use usecases::change_factors::{FactorsKept, remove_factor};
use usecases::confirm_phone::confirm_phone;
use usecases::context::Cx;
use usecases::continue_on_phone::continue_on_phone;
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::keep_codes::see_codes;
use usecases::open_phone_link::open_phone_link;
use usecases::overview::overview;
use usecases::own_data::own_data;
use usecases::print_codes::Sheet;
use usecases::register_on_phone::{make_phone_app, offer_phone_app};
use usecases::renew_sheet::{NotRenewed, renew_sheet};
use usecases::replace_factor::{NotReplaced, offer_replacement, replace_factor};
use usecases::replace_with_key::{ask_replacement_key, replace_with_key};
use usecases::see_factors::see_ways;
use usecases::see_on_phone::{DeskStage, PhoneStage, Secret, see_desk, see_phone};
use usecases::see_sheet::see_sheet;
use usecases::show_code::{CodeWrong, SignedIn, show_code};
use usecases::show_passkey::{KeyAccepted, ask_key, show_key};
use usecases::show_password::Attempt;
use usecases::show_recovery_code::show_recovery_code;
use usecases::show_step_up::show_step_up;
use usecases::start_proof::{ProofNotStarted, start_proof};
use usecases::take_own_data::take_own_data;
use usecases::who::{Here, who};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

testkit::on_both! {
    a_recovery_code_and_mitid_lead_to_a_new_method_and_in_and_nothing_less_does
    what_was_added_so_removes_nothing_older_for_an_hour
    a_code_device_taken_into_use_meanwhile_is_as_young
    a_code_device_stays_as_young_when_what_let_it_in_is_removed
    one_taken_into_use_after_the_hour_is_not
    a_phone_that_was_let_in_meanwhile_is_as_young
    a_code_works_once_and_only_for_its_owner_after_her_password
    one_code_at_two_sign_ins_at_once_opens_one
    wrong_recovery_codes_and_wrong_codes_share_one_count_and_a_right_one_begins_no_row_anew
    another_persons_mitid_and_a_proof_for_something_else_add_nothing
    a_proof_that_is_too_old_is_made_again_and_nothing_is_added_meanwhile
    a_block_ends_a_recovery_under_way_and_uses_up_no_code
    new_codes_take_a_step_up_made_for_them_and_kill_the_old_ones
    whoever_found_her_phone_after_all_signs_in_with_it
    her_own_data_tells_how_many_codes_are_left
    a_key_stands_in_for_what_is_gone_as_an_app_does
    no_key_is_added_without_the_proof_twice_late_or_elsewhere
    a_block_ends_a_recovery_by_key_too
}

/// Day one of the p-th person in the n-th browser, with the sheet she printed.
async fn enrolled(rig: &Rig, browser: u128, p: u32) -> (App, Sheet) {
    let flow = rig.proved(browser, p).await;
    rig.choose(browser, flow).await;
    let app = rig.register(browser, flow).await;
    usecases::finish_enrolment::finish_enrolment(&rig.browser(browser), flow).await.unwrap();
    let (sheet, _) = see_codes(&rig.browser(browser), flow).await.unwrap();
    rig.letters().await;
    rig.clock.advance(hours(1));
    (app, sheet)
}

/// A sign-in of the first person in the second browser, past password and recovery code.
async fn recovering(rig: &Rig, sheet: &Sheet, nth: usize) -> FlowId {
    let flow = rig.password_shown(2, 0).await;
    let code = sheet.recovery.get(nth).unwrap().printed();
    show_recovery_code(&rig.browser(2), flow, &code).await.unwrap();
    flow
}

async fn proves(rig: &Rig, browser: u128, flow: FlowId, cpr_of: u32) -> Result<Proved, ProofFailed> {
    let callback = rig.trip_for(browser, Purpose::Recovery, Some(flow)).await;
    rig.mitid.answers(good_answer(&hr::cpr(cpr_of), rig.cx().now));
    finish_proof(&rig.browser(browser), "test", &callback).await
}

/// Adds an app in a sign-in that came through MitID.
async fn replaces(rig: &Rig, flow: FlowId) -> App {
    let cx = rig.browser(2);
    let app = App::with_seed(&offer_replacement(&cx, flow).await.unwrap().secret);
    let signed = replace_factor(&cx, flow, "New phone".to_owned(), &app.code(cx.now)).await.unwrap();
    assert_eq!(signed.next, Step::Go);
    app
}

fn told(letters: &[Posted], template: Template) -> usize {
    letters.iter().filter(|letter| letter.subject.contains(template.word())).count()
}

async fn left(rig: &Rig) -> u32 {
    let person = rig.person(0).await.id;
    rig.look().await.printed_left(person, PrintedKind::Recovery).await.unwrap()
}

async fn a_recovery_code_and_mitid_lead_to_a_new_method_and_in_and_nothing_less_does(rig: Rig) {
    let (_, sheet) = enrolled(&rig, 1, 0).await;
    let cx = rig.browser(2);
    let flow = rig.password_shown(2, 0).await;
    assert_eq!(see_ways(&cx, flow).await.unwrap().recovery, 10);
    let code = sheet.recovery.first().unwrap().printed();
    assert_eq!(show_recovery_code(&cx, flow, &code.to_lowercase()).await.unwrap(), 9);
    assert_eq!(see_sign_in(&cx, flow).await.unwrap().step, Step::Recover);
    assert!(who(&cx).await.unwrap().is_none(), "a code signs nobody in");
    assert!(matches!(offer_replacement(&cx, flow).await, Err(NotReplaced::NotYet(_))), "no proof yet");
    assert!(matches!(replace_factor(&cx, flow, "Thief".into(), "123456").await, Err(NotReplaced::NotYet(_))));
    assert_eq!(rig.events(EventKind::RecoveryCodeUsed).await, 1);
    assert_eq!(told(&rig.letters().await, Template::RecoveryCodeUsed), 2, "work and private");

    assert_eq!(proves(&rig, 2, flow, 0).await.unwrap(), Proved::Regained(flow));
    assert!(who(&cx).await.unwrap().is_none(), "nor does the proof alone");
    let app = replaces(&rig, flow).await;
    let here = who(&cx).await.unwrap().unwrap();
    let level = domain::factor::authentication_level(&here.session.kinds());
    assert_eq!(level, Some(AssuranceLevel::Substantial));
    assert_eq!(overview(&cx, &here).await.unwrap().recovery, 9);
    let person = here.person.id;
    let apps = rig.look().await.apps_of(person).await.unwrap();
    let mut grounds: Vec<_> = apps.iter().map(|(app, _)| (app.added_at, app.added)).collect();
    grounds.sort_by_key(|(at, _)| *at);
    assert_eq!(
        grounds.iter().map(|(_, ground)| *ground).collect::<Vec<_>>(),
        [Added::Enrolment, Added::Recovery]
    );
    assert!(told(&rig.letters().await, Template::FactorAdded) >= 1);
    rig.sign_in(3, 0, &app).await;
}

async fn what_was_added_so_removes_nothing_older_for_an_hour(rig: Rig) {
    let (_, sheet) = enrolled(&rig, 1, 0).await;
    let flow = recovering(&rig, &sheet, 0).await;
    proves(&rig, 2, flow, 0).await.unwrap();
    let app = replaces(&rig, flow).await;
    let cx = rig.browser(2);
    let here = who(&cx).await.unwrap().unwrap();
    let apps = rig.look().await.apps_of(here.person.id).await.unwrap();
    let older = apps.iter().min_by_key(|(app, _)| app.added_at).unwrap().0.id;
    for (wait, cools) in [(1, true), (59, false)] {
        rig.clock.advance(MINUTE * wait);
        let signed_in = rig.sign_in(2, 0, &app).await;
        assert_eq!(signed_in.next, Step::Go);
        rig.clock.advance(MINUTE);
        let cx = rig.browser(2);
        let here = who(&cx).await.unwrap().unwrap();
        let step_up = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
        show_step_up(&cx, &here, step_up, &app.code(cx.now)).await.unwrap();
        let removed = remove_factor(&cx, &here, step_up, older).await;
        assert_eq!(matches!(removed, Err(FactorsKept::NotRemoved(_))), cools, "{removed:?}");
    }
}

/// A login that was brought back: the young app, and which one is older.
async fn regained(rig: &Rig) -> (App, FactorId) {
    let (_, sheet) = enrolled(rig, 1, 0).await;
    let flow = recovering(rig, &sheet, 0).await;
    proves(rig, 2, flow, 0).await.unwrap();
    let app = replaces(rig, flow).await;
    let person = rig.person(0).await.id;
    let apps = rig.look().await.apps_of(person).await.unwrap();
    (app, apps.iter().min_by_key(|(app, _)| app.added_at).unwrap().0.id)
}

/// Signs in anew in the second browser and confirms again, both with what this shows; takes two minutes.
async fn confirmed(
    rig: &Rig,
    purpose: StepUpFor,
    mut shows: impl FnMut(Timestamp) -> String,
) -> (Here, FlowId) {
    let flow = rig.password_shown(2, 0).await;
    rig.clock.advance(MINUTE);
    let cx = rig.browser(2);
    show_code(&cx, flow, &shows(cx.now)).await.unwrap();
    rig.clock.advance(MINUTE);
    let cx = rig.browser(2);
    let here = who(&cx).await.unwrap().unwrap();
    let step_up = begin_step_up(&cx, &here, purpose).await.unwrap();
    show_step_up(&cx, &here, step_up, &shows(cx.now)).await.unwrap();
    (here, step_up)
}

/// Takes the first device of the stock into use, so many minutes after the recovery and two.
async fn takes_into_use(rig: &Rig, app: &App, minutes: i64) -> Gadget {
    let mut gadget = Gadget::clock(1);
    rig.handed_out(&gadget, 0).await;
    rig.clock.advance(SignedDuration::from_mins(minutes));
    let (here, made) = confirmed(rig, StepUpFor::CodeDevice, |now| app.code(now)).await;
    let cx = rig.browser(2);
    let code = gadget.shows(cx.now);
    activate_device(&cx, Way::Session(&here, made), "Kodeviser".into(), &code).await.unwrap();
    gadget
}

async fn a_code_device_taken_into_use_meanwhile_is_as_young(rig: Rig) {
    let (app, older) = regained(&rig).await;
    let mut gadget = takes_into_use(&rig, &app, 30).await;
    // More than an hour after the recovery, and less than one after that.
    rig.clock.advance(MINUTE * 30);
    let (here, made) = confirmed(&rig, StepUpFor::Factors, |now| gadget.shows(now)).await;
    let early = remove_factor(&rig.browser(2), &here, made, older).await;
    assert!(matches!(early, Err(FactorsKept::NotRemoved(NotRemoved::CoolOff(_)))), "{early:?}");
    rig.clock.advance(MINUTE * 27);
    let (here, made) = confirmed(&rig, StepUpFor::Factors, |now| gadget.shows(now)).await;
    remove_factor(&rig.browser(2), &here, made, older).await.unwrap();
}

async fn a_code_device_stays_as_young_when_what_let_it_in_is_removed(rig: Rig) {
    let (app, older) = regained(&rig).await;
    let person = rig.person(0).await.id;
    let apps = rig.look().await.apps_of(person).await.unwrap();
    let young = apps.iter().max_by_key(|(app, _)| app.added_at).unwrap().0.id;
    let mut gadget = takes_into_use(&rig, &app, 1).await;
    let (here, made) = confirmed(&rig, StepUpFor::Factors, |now| app.code(now)).await;
    remove_factor(&rig.browser(2), &here, made, young).await.unwrap();
    let (here, made) = confirmed(&rig, StepUpFor::Factors, |now| gadget.shows(now)).await;
    let early = remove_factor(&rig.browser(2), &here, made, older).await;
    assert!(matches!(early, Err(FactorsKept::NotRemoved(NotRemoved::CoolOff(_)))), "{early:?}");
}

async fn one_taken_into_use_after_the_hour_is_not(rig: Rig) {
    let (app, older) = regained(&rig).await;
    let mut gadget = takes_into_use(&rig, &app, 58).await;
    let (here, made) = confirmed(&rig, StepUpFor::Factors, |now| gadget.shows(now)).await;
    remove_factor(&rig.browser(2), &here, made, older).await.unwrap();
}

async fn a_phone_that_was_let_in_meanwhile_is_as_young(rig: Rig) {
    let (app, older) = regained(&rig).await;
    rig.clock.advance(MINUTE * 30);
    let (here, made) = confirmed(&rig, StepUpFor::Factors, |now| app.code(now)).await;
    let (cx, phone) = (rig.browser(2), rig.browser(3));
    let desk = continue_on_phone(&cx, &here, made).await.unwrap();
    let seen = see_desk(&cx, Some(&here), desk).await.unwrap().stage;
    let DeskStage::Show(Secret(address)) = seen else { panic!("no link") };
    let id = open_phone_link(&phone, address.rsplit('/').next().unwrap()).await.unwrap();
    let PhoneStage::Number(Secret(number)) = see_phone(&phone, id).await.unwrap().stage else {
        panic!("no number")
    };
    admit_phone(&cx, Some(&here), desk, &number).await.unwrap();
    offer_phone_app(&phone, id).await.unwrap();
    let PhoneStage::Make(Some(offer), _) = see_phone(&phone, id).await.unwrap().stage else {
        panic!("no offer")
    };
    let second = App::with_seed(&offer.secret);
    make_phone_app(&phone, id, "Telefon".into(), &second.code(phone.now)).await.unwrap();
    let (_, young) = confirm_phone(&cx, Some(&here), desk).await.unwrap();
    let apps = rig.look().await.apps_of(here.person.id).await.unwrap();
    let kept = apps.iter().find(|(app, _)| app.id == young).unwrap();
    assert_eq!(kept.0.added, Added::Recovery);
    rig.clock.advance(MINUTE * 30);
    let (here, made) = confirmed(&rig, StepUpFor::Factors, |now| second.code(now)).await;
    let early = remove_factor(&rig.browser(2), &here, made, older).await;
    assert!(matches!(early, Err(FactorsKept::NotRemoved(NotRemoved::CoolOff(_)))), "{early:?}");
    rig.clock.advance(MINUTE * 27);
    let (here, made) = confirmed(&rig, StepUpFor::Factors, |now| second.code(now)).await;
    remove_factor(&rig.browser(2), &here, made, older).await.unwrap();
}

async fn a_code_works_once_and_only_for_its_owner_after_her_password(rig: Rig) {
    let (_, sheet) = enrolled(&rig, 1, 0).await;
    let (_, others) = enrolled(&rig, 5, 1).await;
    let code = sheet.recovery.first().unwrap().printed();
    let begun = usecases::begin_sign_in::begin_sign_in(&rig.browser(2)).await.unwrap();
    let early = show_recovery_code(&rig.browser(2), begun, &code).await;
    assert!(matches!(early, Err(CodeWrong::NotNow)), "{early:?}");
    recovering(&rig, &sheet, 0).await;
    let flow = rig.password_shown(2, 0).await;
    let blocking = sheet.blocking.printed();
    let foreign = others.recovery.first().unwrap().printed();
    for (wrong, expect) in [(code.as_str(), 9), (&blocking, 8), (&foreign, 7), ("123456", 6)] {
        let refused = show_recovery_code(&rig.browser(2), flow, wrong).await;
        assert!(matches!(refused, Err(CodeWrong::Wrong { left }) if left == expect), "{refused:?}");
    }
    assert_eq!(left(&rig).await, 9);
    let elsewhere = show_recovery_code(&rig.browser(3), flow, &code).await;
    assert!(matches!(elsewhere, Err(CodeWrong::NoFlow(NoFlow::Gone))));
}

async fn one_code_at_two_sign_ins_at_once_opens_one(rig: Rig) {
    let (_, sheet) = enrolled(&rig, 1, 0).await;
    let code = sheet.recovery.first().unwrap().printed();
    let (one, two) = (rig.password_shown(2, 0).await, rig.password_shown(3, 0).await);
    let (here, there) = (rig.browser(2), rig.browser(3));
    let (here, there) =
        tokio::join!(show_recovery_code(&here, one, &code), show_recovery_code(&there, two, &code));
    assert!(here.is_ok() != there.is_ok(), "{here:?} {there:?}");
    assert_eq!((left(&rig).await, rig.events(EventKind::RecoveryCodeUsed).await), (9, 1));
}

async fn wrong_recovery_codes_and_wrong_codes_share_one_count_and_a_right_one_begins_no_row_anew(rig: Rig) {
    let (app, sheet) = enrolled(&rig, 1, 0).await;
    let flow = rig.password_shown(2, 0).await;
    for left in [9, 8, 7, 6] {
        let wrong = show_recovery_code(&rig.browser(2), flow, "ABCDE-FGHJ-KMNP").await;
        assert!(matches!(wrong, Err(CodeWrong::Wrong { left: it }) if it == left), "{wrong:?}");
    }
    recovering(&rig, &sheet, 0).await;
    let flow = rig.password_shown(2, 0).await;
    for left in [5, 4, 3, 2, 1, 0] {
        let wrong = show_code(&rig.browser(2), flow, &app.wrong_code(rig.cx().now)).await;
        assert!(matches!(wrong, Err(CodeWrong::Wrong { left: it }) if it == left), "{wrong:?}");
    }
    let code = sheet.recovery.get(1).unwrap().printed();
    let paused = show_recovery_code(&rig.browser(2), flow, &code).await;
    assert!(matches!(paused, Err(CodeWrong::Paused(_))), "{paused:?}");
    assert_eq!(left(&rig).await, 9, "nothing is used up while codes are paused");
    rig.clock.advance(MINUTE * 16);
    let flow = rig.password_shown(2, 0).await;
    assert_eq!(show_recovery_code(&rig.browser(2), flow, &code).await.unwrap(), 8);
}

async fn another_persons_mitid_and_a_proof_for_something_else_add_nothing(rig: Rig) {
    let (_, sheet) = enrolled(&rig, 1, 0).await;
    let _ = enrolled(&rig, 5, 1).await;
    let flow = rig.password_shown(2, 0).await;
    let early = start_proof(&rig.browser(2), (Purpose::Recovery, Some(flow)), "da").await;
    assert!(matches!(early, Err(ProofNotStarted::NotNow)), "no code, no trip");
    let flow = recovering(&rig, &sheet, 0).await;
    let elsewhere = start_proof(&rig.browser(3), (Purpose::Recovery, Some(flow)), "da").await;
    assert!(matches!(elsewhere, Err(ProofNotStarted::NoFlow(NoFlow::Gone))));
    let other = proves(&rig, 2, flow, 1).await;
    assert!(matches!(other, Err(ProofFailed::Refused { refusal: Refusal::OtherPerson, .. })), "{other:?}");
    let callback = rig.trip_for(2, Purpose::Reset, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    finish_proof(&rig.browser(2), "test", &callback).await.unwrap();
    assert!(matches!(offer_replacement(&rig.browser(2), flow).await, Err(NotReplaced::NotYet(_))));
    assert!(proves(&rig, 2, flow, 0).await.is_ok(), "her own still counts");
}

async fn a_proof_that_is_too_old_is_made_again_and_nothing_is_added_meanwhile(rig: Rig) {
    let (_, sheet) = enrolled(&rig, 1, 0).await;
    let flow = recovering(&rig, &sheet, 0).await;
    proves(&rig, 2, flow, 0).await.unwrap();
    let cx = rig.browser(2);
    let app = App::with_seed(&offer_replacement(&cx, flow).await.unwrap().secret);
    rig.clock.advance(MINUTE * 8);
    offer_replacement(&rig.browser(2), flow).await.unwrap();
    let wrong = replace_factor(&rig.browser(2), flow, "New".into(), &app.wrong_code(rig.cx().now)).await;
    assert!(matches!(wrong, Err(NotReplaced::Code)), "{wrong:?}");
    rig.clock.advance(MINUTE * 6);
    see_sign_in(&rig.browser(2), flow).await.unwrap();
    let trip = rig.trip_for(2, Purpose::Recovery, Some(flow)).await;
    rig.clock.advance(MINUTE * 2);
    let cx = rig.browser(2);
    let late = replace_factor(&cx, flow, "New".into(), &app.code(cx.now)).await;
    assert!(matches!(late, Err(NotReplaced::NotYet(_))), "{late:?}");
    rig.mitid.answers(good_answer(&hr::cpr(0), cx.now));
    finish_proof(&cx, "test", &trip).await.unwrap();
    replaces(&rig, flow).await;
}

async fn a_block_ends_a_recovery_under_way_and_uses_up_no_code(rig: Rig) {
    let (app, sheet) = enrolled(&rig, 1, 0).await;
    let before = rig.password_shown(2, 0).await;
    let flow = rig.password_shown(4, 0).await;
    let code = sheet.recovery.first().unwrap().printed();
    show_recovery_code(&rig.browser(4), flow, &code).await.unwrap();
    proves(&rig, 4, flow, 0).await.unwrap();
    let other = App::with_seed(&offer_replacement(&rig.browser(4), flow).await.unwrap().secret);
    rig.sign_in(3, 0, &app).await;
    let here = who(&rig.browser(3)).await.unwrap().unwrap();
    block_by_session(&rig.browser(3), &here).await.unwrap();
    let cx = rig.browser(4);
    let late = replace_factor(&cx, flow, "Thief".into(), &other.code(cx.now)).await;
    assert!(matches!(late, Err(NotReplaced::NoFlow(NoFlow::Gone) | NotReplaced::Held(_))), "{late:?}");
    let second = sheet.recovery.get(1).unwrap().printed();
    let held = show_recovery_code(&rig.browser(2), before, &second).await;
    assert!(matches!(held, Err(CodeWrong::NoFlow(NoFlow::Gone) | CodeWrong::Held(_))), "{held:?}");
    let fresh = rig.password_shown(2, 0).await;
    let held = show_recovery_code(&rig.browser(2), fresh, &second).await;
    assert!(matches!(held, Err(CodeWrong::Held(_))), "{held:?}");
    assert_eq!(left(&rig).await, 9, "the second was not used up");
}

async fn new_codes_take_a_step_up_made_for_them_and_kill_the_old_ones(rig: Rig) {
    let (app, old) = enrolled(&rig, 1, 0).await;
    rig.sign_in(2, 0, &app).await;
    let cx = rig.browser(2);
    let here = who(&cx).await.unwrap().unwrap();
    let asked = begin_step_up(&cx, &here, StepUpFor::Sheet).await.unwrap();
    let early = renew_sheet(&cx, &here, asked).await;
    assert!(matches!(early, Err(NotRenewed::NotFresh(NotFresh::NotShown))), "{early:?}");
    rig.clock.advance(MINUTE);
    let cx = rig.browser(2);
    let other = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    show_step_up(&cx, &here, other, &app.code(cx.now)).await.unwrap();
    let wrong = renew_sheet(&cx, &here, other).await;
    assert!(matches!(wrong, Err(NotRenewed::NotFresh(NotFresh::OtherPurpose))), "{wrong:?}");
    rig.clock.advance(MINUTE);
    let cx = rig.browser(2);
    show_step_up(&cx, &here, asked, &app.code(cx.now)).await.unwrap();
    rig.letters().await;
    let page = renew_sheet(&cx, &here, asked).await.unwrap();
    assert!(matches!(renew_sheet(&cx, &here, asked).await, Err(NotRenewed::NoFlow(NoFlow::Gone))));
    assert_eq!(told(&rig.letters().await, Template::CodesPrinted), 2, "to both addresses");
    let seen = see_sheet(&cx, page).await.unwrap();
    assert!(seen.replaces.is_some_and(|at| at < seen.at), "the sheet of day one");
    let flow = rig.password_shown(3, 0).await;
    let dead = old.recovery.first().unwrap().printed();
    let refused = show_recovery_code(&rig.browser(3), flow, &dead).await;
    assert!(matches!(refused, Err(CodeWrong::Wrong { .. })), "{refused:?}");
    let fresh = seen.sheet.recovery.first().unwrap().printed();
    assert_eq!(show_recovery_code(&rig.browser(3), flow, &fresh).await.unwrap(), 9);
}

async fn whoever_found_her_phone_after_all_signs_in_with_it(rig: Rig) {
    let (app, sheet) = enrolled(&rig, 1, 0).await;
    let flow = recovering(&rig, &sheet, 0).await;
    rig.clock.advance(MINUTE);
    rig.show_password(&rig.browser(2), flow, 0).await;
    let cx = rig.browser(2);
    show_code(&cx, flow, &app.code(cx.now)).await.unwrap();
    rig.clock.advance(hours(1));
}

async fn her_own_data_tells_how_many_codes_are_left(rig: Rig) {
    let (app, sheet) = enrolled(&rig, 1, 0).await;
    recovering(&rig, &sheet, 0).await;
    rig.sign_in(1, 0, &app).await;
    let made = rig.step_up(&app, StepUpFor::OwnData).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let flow = take_own_data(&cx, &here, made).await.unwrap();
    assert_eq!(own_data(&cx, &here, flow).await.unwrap().recovery_codes_left, 9);
}

/// The key answers in this browser, which was asked for it.
async fn replaces_with(cx: &Cx, flow: FlowId, key: &SoftKey) -> Result<SignedIn, NotReplaced> {
    let asked = ask_replacement_key(cx, flow, PasskeyKind::Passkey).await?;
    replace_with_key(cx, asked.ceremony, "New key".into(), &key.answer(&asked.options)).await
}

async fn a_key_stands_in_for_what_is_gone_as_an_app_does(rig: Rig) {
    let (_, sheet) = enrolled(&rig, 1, 0).await;
    let flow = recovering(&rig, &sheet, 0).await;
    proves(&rig, 2, flow, 0).await.unwrap();
    rig.letters().await;
    let key = SoftKey::numbered(1);
    let signed = replaces_with(&rig.browser(2), flow, &key).await.unwrap();
    assert_eq!((signed.next, signed.flow), (Step::Go, flow));
    let here = who(&rig.browser(2)).await.unwrap().unwrap();
    assert_eq!(here.session.kinds(), [FactorKind::Password, FactorKind::Passkey]);
    assert_eq!(told(&rig.letters().await, Template::FactorAdded), 2, "work and private");
    let person = rig.person(0).await.id;
    let added = rig.look().await.passkeys_of(person).await.unwrap().remove(0).added;
    assert_eq!(added, Added::Recovery, "it removes nothing older for an hour");
    // From now on it is one of hers.
    rig.clock.advance(MINUTE);
    let again = rig.password_shown(2, 0).await;
    let cx = rig.browser(2);
    let asked = ask_key(&cx, Attempt::GoesOn(again)).await.unwrap();
    let shown = show_key(&cx, asked.ceremony, &key.answer(&asked.options)).await.unwrap();
    assert!(matches!(shown, KeyAccepted::SignedIn(_)), "{shown:?}");
}

async fn no_key_is_added_without_the_proof_twice_late_or_elsewhere(rig: Rig) {
    let (_, sheet) = enrolled(&rig, 1, 0).await;
    let flow = recovering(&rig, &sheet, 0).await;
    let key = SoftKey::numbered(1);
    let early = replaces_with(&rig.browser(2), flow, &key).await;
    assert!(matches!(early, Err(NotReplaced::NotYet(_))), "a password and a code add nothing: {early:?}");
    proves(&rig, 2, flow, 0).await.unwrap();
    let elsewhere = replaces_with(&rig.browser(3), flow, &key).await;
    assert!(matches!(elsewhere, Err(NotReplaced::NoFlow(NoFlow::Gone))), "{elsewhere:?}");
    let cx = rig.browser(2);
    let asked = ask_replacement_key(&cx, flow, PasskeyKind::Passkey).await.unwrap();
    let answer = key.answer(&asked.options);
    let stolen = replace_with_key(&rig.browser(3), asked.ceremony, "Thief".into(), &answer).await;
    assert!(matches!(stolen, Err(NotReplaced::NoFlow(NoFlow::Gone))), "{stolen:?}");
    let nameless = replace_with_key(&cx, asked.ceremony, "  ".into(), &answer).await;
    assert!(matches!(nameless, Err(NotReplaced::Name)), "nothing is spent: {nameless:?}");
    // A question of another kind answers nothing here.
    let other = ask_key(&cx, Attempt::Begins(cx.handle().unwrap())).await.unwrap();
    let mixed = replace_with_key(&cx, other.ceremony, "Mixed".into(), &answer).await;
    assert!(matches!(mixed, Err(NotReplaced::NoFlow(NoFlow::Gone))), "{mixed:?}");
    // Late by the proof, not by the question.
    rig.clock.advance(MINUTE * 14);
    see_sign_in(&rig.browser(2), flow).await.unwrap();
    let cx = rig.browser(2);
    let asked = ask_replacement_key(&cx, flow, PasskeyKind::Passkey).await.unwrap();
    rig.clock.advance(MINUTE * 2);
    let cx = rig.browser(2);
    let late = replace_with_key(&cx, asked.ceremony, "Late".into(), &key.answer(&asked.options)).await;
    assert!(matches!(late, Err(NotReplaced::NotYet(_) | NotReplaced::NoFlow(NoFlow::Gone))), "{late:?}");
    let person = rig.person(0).await.id;
    assert!(rig.look().await.passkeys_of(person).await.unwrap().is_empty());
    assert!(who(&rig.browser(2)).await.unwrap().is_none());
    // Proved anew she adds it, and once.
    let flow = recovering(&rig, &sheet, 1).await;
    proves(&rig, 2, flow, 0).await.unwrap();
    let cx = rig.browser(2);
    let asked = ask_replacement_key(&cx, flow, PasskeyKind::SecurityKey).await.unwrap();
    let answer = key.answer(&asked.options);
    replace_with_key(&cx, asked.ceremony, "Key".into(), &answer).await.unwrap();
    let twice = replace_with_key(&cx, asked.ceremony, "Key".into(), &answer).await;
    assert!(matches!(twice, Err(NotReplaced::NoFlow(NoFlow::Gone))), "{twice:?}");
    assert_eq!(rig.look().await.passkeys_of(person).await.unwrap().len(), 1);
}

async fn a_block_ends_a_recovery_by_key_too(rig: Rig) {
    let (app, sheet) = enrolled(&rig, 1, 0).await;
    let flow = recovering(&rig, &sheet, 0).await;
    proves(&rig, 2, flow, 0).await.unwrap();
    let cx = rig.browser(2);
    let asked = ask_replacement_key(&cx, flow, PasskeyKind::Passkey).await.unwrap();
    rig.sign_in(3, 0, &app).await;
    let here = who(&rig.browser(3)).await.unwrap().unwrap();
    block_by_session(&rig.browser(3), &here).await.unwrap();
    let cx = rig.browser(2);
    let answer = SoftKey::numbered(1).answer(&asked.options);
    let late = replace_with_key(&cx, asked.ceremony, "Thief".into(), &answer).await;
    assert!(matches!(late, Err(NotReplaced::NoFlow(NoFlow::Gone) | NotReplaced::Held(_))), "{late:?}");
    let person = rig.person(0).await.id;
    assert!(rig.look().await.passkeys_of(person).await.unwrap().is_empty());
}
