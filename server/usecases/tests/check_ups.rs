//! What she is asked while all is well: whether she still has a login method, and another password where hers is known from
//! leaks. On both databases.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::audit::EventKind;
use domain::ids::{FactorId, FlowId};
use domain::notice::Template;
use domain::password::{LEAKED_HOLD, Password};
use domain::proofing::Purpose;
use domain::sign_in::Step;
use domain::standing::Origin;
use domain::step_up::StepUpFor;
use domain::{SignedDuration, Timestamp};
use std::sync::Arc;
use testkit::{App, FewLeaks, Rig, good_answer, hours, hr, receive, sent_to};
use usecases::begin_sign_in::{begin_sign_in, see_sign_in};
use usecases::begin_step_up::begin_step_up;
use usecases::change_password::{Change, change_password};
use usecases::check_factors::{put_off_check, see_check, see_check_at_sign_in};
use usecases::finish_proof::{Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::put_off_reconfirmation::{NotPutOff, put_off_reconfirmation};
use usecases::receive_request::Received;
use usecases::register_another_app::{offer_another_app, register_another_app};
use usecases::save_connection::{Settings, save_connection};
use usecases::show_code::{SignedIn, show_code};
use usecases::show_password::{PasswordWrong, show_password};
use usecases::show_step_up::{Showing, show_step_up};
use usecases::test_factor::test_code;
use usecases::who::{Here, who};

const OF_HR: &str = "p0@private.example";
const WORK: &str = "p0@nordby.example";
const NEW: &str = "tolv gule tulipaner";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: i64 = 24;

testkit::on_both! {
    a_leaked_password_signs_in_for_a_week_and_asks_each_time_and_may_be_put_off
    past_its_week_the_login_is_held_and_its_owner_opens_it_herself_with_another
    a_password_that_is_replaced_meanwhile_closes_nothing
    two_answers_at_once_close_it_once
    who_changed_it_is_asked_no_more_and_a_wrong_one_is_never_told_leaked
    a_login_that_is_held_already_gets_no_second_hold_for_its_password
    after_four_weeks_she_is_asked_once_about_what_she_did_not_use
    what_was_tried_out_is_not_asked_about_and_nobody_puts_off_anothers
    on_the_way_to_a_service_she_is_asked_once
    on_the_way_to_a_service_what_was_tried_out_meanwhile_is_not_put_off
    whoever_signed_in_beside_her_reads_and_puts_off_nothing_of_hers
}

fn typed(text: &str) -> Password {
    Password::typed(text.to_owned())
}

/// Somebody whose password came to stand on a list after she chose it.
async fn leaked(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    becomes_leaked(rig).await;
    app
}

async fn becomes_leaked(rig: &Rig) {
    let hash = rig.house.hasher.hash(typed(FewLeaks::LEAKED)).await.unwrap();
    let person = rig.person(0).await.id;
    let mut tx = rig.change().await;
    tx.set_password_hash(person, &hash, rig.cx().now).await.unwrap();
    tx.commit().await.unwrap();
}

async fn shows(rig: &Rig, password: &str) -> Result<FlowId, PasswordWrong> {
    let flow = begin_sign_in(&rig.browser(2)).await.unwrap();
    show_password(&rig.browser(2), flow, "p0", typed(password)).await.map(|_| flow)
}

async fn signs_in(rig: &Rig, app: &App) -> SignedIn {
    rig.clock.advance(MINUTE);
    let flow = shows(rig, FewLeaks::LEAKED).await.unwrap();
    let cx = rig.browser(2);
    show_code(&cx, flow, &app.code(cx.now)).await.unwrap()
}

async fn here(rig: &Rig, browser: u128) -> Here {
    who(&rig.browser(browser)).await.unwrap().unwrap()
}

async fn letters(rig: &Rig, template: Template) -> usize {
    rig.letters().await.iter().filter(|letter| letter.subject == template.word()).count()
}

async fn a_leaked_password_signs_in_for_a_week_and_asks_each_time_and_may_be_put_off(rig: Rig) {
    let app = leaked(&rig).await;
    let signed = signs_in(&rig, &app).await;
    assert_eq!(signed.next, Step::ChangePassword);
    let found: Timestamp = rig.cx().now;
    assert_eq!(letters(&rig, Template::PasswordLeaked).await, 2, "work and private");
    let seen = see_sign_in(&rig.browser(2), signed.flow).await.unwrap();
    assert_eq!(seen.leaked_until, Some(found + hours(7 * DAY)));
    put_off_reconfirmation(&rig.browser(2), signed.flow).await.unwrap();
    assert_eq!(see_sign_in(&rig.browser(2), signed.flow).await.unwrap().step, Step::Go);
    assert_eq!(rig.events(EventKind::PasswordPutOff).await, 1);
    rig.clock.advance(hours(6 * DAY));
    let signed = signs_in(&rig, &app).await;
    assert_eq!(signed.next, Step::ChangePassword, "and again");
    let seen = see_sign_in(&rig.browser(2), signed.flow).await.unwrap();
    assert_eq!(seen.leaked_until, Some(found + hours(7 * DAY)), "the week goes on");
    assert_eq!(rig.events(EventKind::PasswordLeaked).await, 1);
    assert_eq!(letters(&rig, Template::PasswordLeaked).await, 0);
}

async fn past_its_week_the_login_is_held_and_its_owner_opens_it_herself_with_another(rig: Rig) {
    let app = leaked(&rig).await;
    signs_in(&rig, &app).await;
    rig.clock.advance(hours(7 * DAY));
    rig.letters().await;
    let Err(PasswordWrong::Held(hold)) = shows(&rig, FewLeaks::LEAKED).await else { panic!("not held") };
    assert_eq!((hold.origin, hold.reason.as_str()), (Origin::Owner, LEAKED_HOLD));
    assert_eq!(rig.standing(0).await.holds(), [hold]);
    assert!(who(&rig.browser(2)).await.unwrap().is_none(), "her sessions ended");
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::HeldForLeak), [WORK, OF_HR]);
    assert_eq!(sent_to(&letters, Template::Blocked), Vec::<&str>::new(), "it was not she who blocked it");
    let callback = rig.trip_for(2, Purpose::Reopening, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    let proved = finish_proof(&rig.browser(2), "test", &callback).await.unwrap();
    assert!(matches!(proved, Proved::Reopening(_)), "she settles it herself: {proved:?}");
}

/// Somebody past her week, with a sign-in begun in the third browser.
async fn past_her_week(rig: &Rig) -> FlowId {
    let app = leaked(rig).await;
    signs_in(rig, &app).await;
    rig.clock.advance(hours(7 * DAY));
    rig.letters().await;
    begin_sign_in(&rig.browser(3)).await.unwrap()
}

async fn a_password_that_is_replaced_meanwhile_closes_nothing(rig: Rig) {
    let flow = past_her_week(&rig).await;
    let hash = rig.house.hasher.hash(typed(NEW)).await.unwrap();
    let (store, person, now) = (Arc::clone(&rig.house.store), rig.person(0).await.id, rig.cx().now);
    let cx = rig.meanwhile(3, "hold_leaked_password", async move {
        let mut tx = store.begin("replaced").await.unwrap();
        tx.set_password_hash(person, &hash, now).await.unwrap();
        tx.commit().await.unwrap();
    });
    let late = show_password(&cx, flow, "p0", typed(FewLeaks::LEAKED)).await;
    assert!(matches!(late, Err(PasswordWrong::Wrong { .. })), "it is hers no more: {late:?}");
    assert_eq!(rig.standing(0).await.holds(), []);
    assert_eq!((rig.events(EventKind::Held).await, rig.letters().await.len()), (0, 0));
    rig.clock.advance(MINUTE);
    shows(&rig, NEW).await.unwrap();
}

async fn two_answers_at_once_close_it_once(rig: Rig) {
    let flow = past_her_week(&rig).await;
    let first = rig.browser(4);
    let cx = rig.meanwhile(3, "hold_leaked_password", async move {
        let flow = begin_sign_in(&first).await.unwrap();
        let closed = show_password(&first, flow, "p0", typed(FewLeaks::LEAKED)).await;
        assert!(matches!(closed, Err(PasswordWrong::Held(_))), "{closed:?}");
    });
    let second = show_password(&cx, flow, "p0", typed(FewLeaks::LEAKED)).await;
    let Err(PasswordWrong::Held(hold)) = second else { panic!("{second:?}") };
    assert_eq!(rig.standing(0).await.holds(), [hold], "the same one");
    assert_eq!(sent_to(&rig.letters().await, Template::HeldForLeak), [WORK, OF_HR]);
}

async fn who_changed_it_is_asked_no_more_and_a_wrong_one_is_never_told_leaked(rig: Rig) {
    let app = leaked(&rig).await;
    let flow = begin_sign_in(&rig.browser(3)).await.unwrap();
    rig.enrol(5, 1).await;
    let guess = show_password(&rig.browser(3), flow, "p1", typed(FewLeaks::LEAKED)).await;
    assert!(matches!(guess, Err(PasswordWrong::Wrong { .. })), "a list says nothing of hers");
    assert_eq!(rig.events(EventKind::PasswordLeaked).await, 0);
    signs_in(&rig, &app).await;
    rig.clock.advance(MINUTE);
    let cx = rig.browser(2);
    let (current, new) = (typed(FewLeaks::LEAKED), typed(NEW));
    let change = Change { current, new, showing: Showing::Code(app.code(cx.now)), end_others: false };
    change_password(&cx, &here(&rig, 2).await, change).await.unwrap();
    rig.clock.advance(hours(8 * DAY));
    let flow = shows(&rig, NEW).await.unwrap();
    let cx = rig.browser(2);
    assert_eq!(show_code(&cx, flow, &app.code(cx.now)).await.unwrap().next, Step::Go);
    becomes_leaked(&rig).await;
    rig.clock.advance(hours(1));
    assert_eq!(signs_in(&rig, &app).await.next, Step::ChangePassword, "another one has a week of its own");
    assert_eq!(rig.events(EventKind::PasswordLeaked).await, 2);
}

async fn a_login_that_is_held_already_gets_no_second_hold_for_its_password(rig: Rig) {
    let app = leaked(&rig).await;
    signs_in(&rig, &app).await;
    usecases::block_by_session::block_by_session(&rig.browser(2), &here(&rig, 2).await).await.unwrap();
    rig.clock.advance(hours(7 * DAY));
    let flow = shows(&rig, FewLeaks::LEAKED).await.unwrap();
    let cx = rig.browser(2);
    assert!(show_code(&cx, flow, &app.code(cx.now)).await.is_err());
    assert_eq!(rig.standing(0).await.holds().len(), 1);
}

/// A second app, never used since it was added.
async fn with_a_second(rig: &Rig) -> (App, App, FactorId) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(2, 0, &app).await;
    rig.clock.advance(MINUTE);
    let (cx, here) = (rig.browser(2), here(rig, 2).await);
    let step_up = begin_step_up(&cx, &here, StepUpFor::Factors).await.unwrap();
    show_step_up(&cx, &here, step_up, &app.code(cx.now)).await.unwrap();
    let second = App::with_seed(&offer_another_app(&cx, &here, step_up).await.unwrap().secret);
    let code = second.code(cx.now);
    let id = register_another_app(&cx, &here, step_up, "Tablet".into(), &code).await.unwrap();
    (app, second, id)
}

async fn after_four_weeks_she_is_asked_once_about_what_she_did_not_use(rig: Rig) {
    let (app, _, id) = with_a_second(&rig).await;
    rig.clock.advance(hours(27 * DAY));
    rig.sign_in(2, 0, &app).await;
    assert_eq!(see_check(&rig.browser(2), &here(&rig, 2).await).await.unwrap(), None, "not yet");
    rig.clock.advance(hours(2 * DAY));
    rig.sign_in(2, 0, &app).await;
    let (cx, here) = (rig.browser(2), here(&rig, 2).await);
    let asked = see_check(&cx, &here).await.unwrap().unwrap();
    assert_eq!((asked.id, asked.name.as_str()), (id, "Tablet"), "and not about the one she used");
    put_off_check(&cx, &here, id).await.unwrap();
    put_off_check(&cx, &here, id).await.unwrap();
    assert_eq!(see_check(&cx, &here).await.unwrap(), None);
    assert_eq!(rig.events(EventKind::FactorCheckPutOff).await, 1);
    rig.clock.advance(hours(90 * DAY));
    rig.sign_in(2, 0, &app).await;
    let here = who(&rig.browser(2)).await.unwrap().unwrap();
    assert_eq!(see_check(&rig.browser(2), &here).await.unwrap(), None, "once");
}

async fn what_was_tried_out_is_not_asked_about_and_nobody_puts_off_anothers(rig: Rig) {
    let (app, second, id) = with_a_second(&rig).await;
    let others = rig.enrol(5, 1).await;
    rig.clock.advance(hours(29 * DAY));
    rig.sign_in(5, 1, &others).await;
    put_off_check(&rig.browser(5), &here(&rig, 5).await, id).await.unwrap();
    assert_eq!(rig.events(EventKind::FactorCheckPutOff).await, 0);
    rig.sign_in(2, 0, &app).await;
    let (cx, here) = (rig.browser(2), here(&rig, 2).await);
    assert!(see_check(&cx, &here).await.unwrap().is_some());
    test_code(&cx, &here, &second.code(cx.now)).await.unwrap();
    assert_eq!(see_check(&cx, &here).await.unwrap(), None, "it answered by itself");
}

const SERVICE: &str = "https://sp.example";

/// On the way to a service, signed in four weeks after she added a second app.
async fn stopped(rig: &Rig) -> (App, App, FactorId, FlowId) {
    save_connection(&rig.cx(), "ops1", "a new service", SERVICE, Settings::default()).await.unwrap();
    let (app, second, id) = with_a_second(rig).await;
    rig.clock.advance(hours(29 * DAY));
    let (flow, next) = to_service(rig, &app, "m1").await;
    assert_eq!(next, Step::CheckMethod);
    (app, second, id, flow)
}

async fn to_service(rig: &Rig, app: &App, message: &str) -> (FlowId, Step) {
    let cx = rig.browser(2);
    let Received::SignIn(flow) = receive(&cx, &format!("{SERVICE}|{message}")).await.unwrap() else {
        panic!("refused")
    };
    rig.show_password(&cx, flow, 0).await;
    (flow, rig.show_code(2, flow, app).await.next)
}

async fn on_the_way_to_a_service_she_is_asked_once(rig: Rig) {
    let (app, _, id, flow) = stopped(&rig).await;
    let cx = rig.browser(2);
    assert_eq!(see_check_at_sign_in(&cx, flow).await.unwrap().unwrap().id, id);
    put_off_reconfirmation(&cx, flow).await.unwrap();
    assert_eq!(see_sign_in(&cx, flow).await.unwrap().step, Step::Go);
    assert!(see_check_at_sign_in(&cx, flow).await.unwrap().is_none());
    assert_eq!(rig.events(EventKind::FactorCheckPutOff).await, 1);
    assert_eq!(rig.events(EventKind::ReconfirmationPutOff).await, 0);
    assert_eq!(see_check(&cx, &here(&rig, 2).await).await.unwrap(), None, "nor on the overview");
    // An hour later, when her session is over.
    rig.clock.advance(hours(2));
    assert_eq!(to_service(&rig, &app, "m2").await.1, Step::Go, "once");
}

async fn on_the_way_to_a_service_what_was_tried_out_meanwhile_is_not_put_off(rig: Rig) {
    let (_, second, _, flow) = stopped(&rig).await;
    let cx = rig.browser(2);
    test_code(&cx, &here(&rig, 2).await, &second.code(cx.now)).await.unwrap();
    assert!(see_check_at_sign_in(&cx, flow).await.unwrap().is_none(), "it answered");
    put_off_reconfirmation(&cx, flow).await.unwrap();
    assert_eq!(see_sign_in(&cx, flow).await.unwrap().step, Step::Go);
    assert_eq!(rig.events(EventKind::FactorCheckPutOff).await, 0);
}

async fn whoever_signed_in_beside_her_reads_and_puts_off_nothing_of_hers(rig: Rig) {
    let (_, _, _, flow) = stopped(&rig).await;
    let other = rig.enrol(5, 1).await;
    rig.sign_in(2, 1, &other).await;
    let cx = rig.browser(2);
    let seen = see_check_at_sign_in(&cx, flow).await;
    assert!(matches!(seen, Err(NoFlow::Gone)), "in a tab she left open: {seen:?}");
    let put_off = put_off_reconfirmation(&cx, flow).await;
    assert!(matches!(put_off, Err(NotPutOff::NoFlow(NoFlow::Gone))), "{put_off:?}");
    assert_eq!(rig.events(EventKind::FactorCheckPutOff).await, 0);
}
