//! Who hears what happened: nobody takes her notices away behind her back. Every promise on both databases.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use async_trait::async_trait;
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::contact::{ChannelKind, Own};
use domain::hr::HrLine;
use domain::ids::FlowId;
use domain::notice::Template;
use domain::password::Password;
use domain::person::Mobile;
use domain::proofing::Purpose;
use domain::standing::Origin;
use domain::step_up::StepUpFor;
use domain::visit::Ending;
use testkit::{App, PlainScribe, Posted, Rig, day, good_answer, hours, hr, receive, sent_to};
use usecases::announce_reconfirmation::announce_reconfirmation;
use usecases::begin_sign_in::begin_sign_in;
use usecases::block_by_notice::block_by_notice;
use usecases::block_by_session::block_by_session;
use usecases::context::{Cx, Device};
use usecases::deliver_notices::deliver_notices;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::hold_login::hold_login;
use usecases::ports::people::{Carrier, NotSent, TextMessage, Texts};
use usecases::read_terms::decline_terms;
use usecases::receive_request::Received;
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_password::reopen_password;
use usecases::reset_password::reset_password;
use usecases::revoke_suspended::revoke_suspended;
use usecases::save_connection::{Settings, save_connection};
use usecases::see_reopening::see_reopening;
use usecases::show_code::show_code;
use usecases::show_password::{PasswordWrong, show_password};
use usecases::take_own_data::take_own_data;
use usecases::verify_contact::verify_contact;

testkit::on_both! {
    whoever_replaced_her_private_address_does_not_keep_the_end_of_her_login_from_her
    what_was_changed_before_a_block_is_taken_back_when_it_becomes_final
    what_was_changed_before_a_block_is_taken_back_when_she_begins_anew
    what_was_changed_before_she_declined_the_terms_is_taken_back_as_the_page_says
    a_reminder_queued_long_before_goes_where_she_is_reached_when_it_leaves
    an_address_nobody_verified_is_not_told_where_she_sits
    a_gateway_that_never_answers_keeps_no_letter_waiting
    whoever_takes_her_data_out_does_not_do_it_behind_her_back
    a_sign_in_from_a_place_she_never_used_is_told_to_her_private_address_too
    a_strange_browser_in_a_network_she_uses_is_told_once_a_day_and_her_own_one_nowhere
    new_places_within_five_minutes_make_one_letter_and_a_block_waits_for_none
    a_right_password_alone_in_a_new_place_is_told_as_what_it_is
    ten_wrong_codes_in_a_row_are_told_once
    a_reset_that_was_begun_and_left_is_told_and_a_finished_one_is_not
    whatever_holds_a_login_tells_the_services_she_was_at
    a_reset_tells_the_services_she_was_at_and_ends_the_wait_for_a_guess
}

const MAIL: ChannelKind = ChannelKind::PrivateMail;
const THIEF: &str = "thief@private.example";
const OWN: &str = "own@private.example";
const OF_HR: &str = "p0@private.example";
const WORK: &str = "p0@nordby.example";

/// Somebody signed in, with no letter waiting.
async fn signed_in(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    rig.letters().await;
    app
}

/// A file of HR's that ended her relation.
fn ended() -> HrLine {
    HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(0) }
}

async fn whoever_replaced_her_private_address_does_not_keep_the_end_of_her_login_from_her(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, THIEF).await;
    rig.letters().await;
    rig.import(vec![ended()]).await.unwrap();
    assert_eq!(sent_to(&rig.letters().await, Template::AssociationClosed), [OF_HR, THIEF]);
}

async fn what_was_changed_before_a_block_is_taken_back_when_it_becomes_final(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, THIEF).await;
    block_by_session(&rig.cx(), &rig.here().await).await.unwrap();
    rig.clock.advance(hours(24 * 31));
    rig.letters().await;
    assert_eq!(revoke_suspended(&rig.cx()).await.unwrap(), 1);
    assert_eq!(sent_to(&rig.letters().await, Template::Revoked), [OF_HR]);
    assert_eq!(own(&rig).await, None, "what HR holds counts again");
    assert_eq!(rig.events(EventKind::ContactTakenBack).await, 1);
}

/// Another private address in the place of HR's, past the use cases.
async fn replace(rig: &Rig, address: &str) {
    let person = rig.person(0).await.id;
    let changed = Own { address: MAIL.read(address), changed_at: rig.cx().now, before: MAIL.read(OF_HR) };
    let mut tx = rig.change().await;
    tx.put_channel(person, MAIL, &changed).await.unwrap();
    tx.commit().await.unwrap();
}

async fn own(rig: &Rig) -> Option<Own> {
    let person = rig.person(0).await.id;
    rig.look().await.channels_of(person).await.unwrap().private_mail
}

async fn what_was_changed_before_a_block_is_taken_back_when_she_begins_anew(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    let letters = rig.letters().await;
    replace(&rig, THIEF).await;
    block_by_notice(&rig.cx(), letters.iter().find_map(Posted::not_me).unwrap()).await.unwrap();
    rig.clock.advance(hours(2));
    rig.letters().await;
    let callback = rig.trip_for(2, Purpose::Reopening, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    assert_eq!(finish_proof(&rig.browser(2), "test", &callback).await.unwrap(), Proved::Anew);
    let told = rig.letters().await;
    assert!(told.iter().any(|it| it.to == OF_HR) && told.iter().all(|it| it.to != THIEF), "{told:?}");
    assert_eq!((own(&rig).await, rig.events(EventKind::ContactTakenBack).await), (None, 1));
}

/// A reopening in the second browser, as far as what she agrees to, keeping everything.
async fn reopening(rig: &Rig) -> FlowId {
    let callback = rig.trip_for(2, Purpose::Reopening, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    let cx = rig.browser(2);
    let Ok(Proved::Reopening(flow)) = finish_proof(&cx, "test", &callback).await else {
        panic!("not proved")
    };
    reopen_password(&cx, flow, Password::typed("tolv gule tulipaner".to_owned())).await.unwrap();
    let apps = rig.look().await.apps_of(rig.person(0).await.id).await.unwrap();
    reopen_factors(&cx, flow, apps.into_iter().map(|(app, _)| app.id).collect()).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
    flow
}

async fn what_was_changed_before_she_declined_the_terms_is_taken_back_as_the_page_says(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, THIEF).await;
    rig.terms.publish("2.0");
    let sign_in = rig.password_shown(1, 0).await;
    rig.show_code(1, sign_in, &app).await;
    decline_terms(&rig.cx(), sign_in).await.unwrap();
    rig.clock.advance(hours(24));
    let flow = reopening(&rig).await;
    rig.accept(2, flow).await;
    let seen = see_reopening(&rig.browser(2), flow).await.unwrap();
    assert_eq!(seen.taken_back, [MAIL]);
    reopen(&rig.browser(2), flow).await.unwrap();
    assert_eq!((own(&rig).await, rig.events(EventKind::ContactTakenBack).await), (None, 1));
}

/// Nobody at work reaches her any more.
async fn without_work_mail(rig: &Rig) {
    let mut person = rig.person(0).await;
    person.contact.work_mail = None;
    let mut tx = rig.change().await;
    tx.change_person(&person).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_reminder_queued_long_before_goes_where_she_is_reached_when_it_leaves(rig: Rig) {
    rig.enrol(1, 0).await;
    without_work_mail(&rig).await;
    rig.clock.set("2027-10-03T08:00:00Z");
    assert_eq!(announce_reconfirmation(&rig.cx()).await.unwrap(), 1);
    assert_eq!(sent_to(&rig.letters().await, Template::ReconfirmationNear), [OF_HR]);
    rig.clock.advance(hours(1));
    replace(&rig, OWN).await;
    rig.clock.set("2027-10-27T08:00:00Z");
    assert_eq!(sent_to(&rig.letters().await, Template::ReconfirmationNear), [OWN]);
}

async fn an_address_nobody_verified_is_not_told_where_she_sits(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = rig.asked(&app, MAIL, OWN).await;
    let letters = rig.letters().await;
    let code = letters.iter().find(|it| it.to == OWN).unwrap();
    assert!(!code.text.contains("Firefox") && !code.text.contains("192.0.2.1"), "{code:?}");
    verify_contact(&rig.cx(), &rig.here().await, flow, code.code().unwrap()).await.unwrap();
    let told = rig.letters().await;
    assert!(told.iter().all(|it| it.text.contains("Firefox, Linux|192.0.2.1")), "{told:?}");
}

/// Takes a message and never says what became of it.
struct Silent;

#[async_trait]
impl Texts for Silent {
    async fn send(&self, _message: &TextMessage) -> Result<(), NotSent> {
        std::future::pending().await
    }
}

async fn a_gateway_that_never_answers_keeps_no_letter_waiting(rig: Rig) {
    let mut line = hr::line(0);
    line.contact.mobile = Mobile::try_from("12345678").ok();
    rig.import(vec![line]).await.unwrap();
    let hangs = deliver_notices(&rig.house, Carrier::Texts(&Silent), &PlainScribe, 9);
    let leaves = deliver_notices(&rig.house, Carrier::Post(&rig.post), &PlainScribe, 9);
    tokio::select! {
        biased;
        done = hangs => panic!("it never answers: {done:?}"),
        done = leaves => assert_eq!(done.unwrap().sent, 1),
    }
    assert_eq!(sent_to(&rig.post.empty(), Template::Welcome), [OF_HR]);
}

async fn whoever_takes_her_data_out_does_not_do_it_behind_her_back(rig: Rig) {
    let app = signed_in(&rig).await;
    let made = rig.step_up(&app, StepUpFor::OwnData).await;
    take_own_data(&rig.cx(), &rig.here().await, made).await.unwrap();
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::OwnDataTaken), [WORK, OF_HR]);
    assert!(letters.iter().all(|letter| letter.not_me().is_some()), "each asks whether it was her");
}

/// A request of the n-th browser from another network.
fn elsewhere(rig: &Rig, browser: u128) -> Cx {
    let mut cx = rig.browser(browser);
    cx.source.address = "203.0.113.7".parse().unwrap();
    cx
}

async fn sign_in_elsewhere(rig: &Rig, browser: u128, app: &App) {
    rig.clock.advance(SignedDuration::from_secs(30));
    let cx = elsewhere(rig, browser);
    let flow = begin_sign_in(&cx).await.unwrap();
    rig.show_password(&cx, flow, 0).await;
    show_code(&cx, flow, &app.code(cx.now)).await.unwrap();
}

async fn a_sign_in_from_a_place_she_never_used_is_told_to_her_private_address_too(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let told = async || sent_to(&rig.letters().await, Template::NewPlace).len();
    rig.sign_in(1, 0, &app).await;
    assert_eq!(told().await, 0, "the first time every place is new");
    rig.sign_in(2, 0, &app).await;
    assert_eq!(told().await, 0, "it waits for its like");
    rig.clock.advance(FIVE_MINUTES);
    assert_eq!(
        sent_to(&rig.letters().await, Template::NewPlace),
        [WORK, OF_HR],
        "another browser of the same network: one letter, to both"
    );
    sign_in_elsewhere(&rig, 3, &app).await;
    assert_eq!(told().await, 0, "it waits for its like");
    rig.clock.advance(FIVE_MINUTES);
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::NewPlace), [WORK, OF_HR]);
    assert!(letters.iter().all(|it| it.text.contains("|203.0.113.7")), "{letters:?}");
    let not_me = letters.iter().find(|it| it.subject == "new-place").and_then(Posted::not_me).unwrap();
    sign_in_elsewhere(&rig, 4, &app).await;
    rig.clock.advance(FIVE_MINUTES);
    assert_eq!(told().await, 0, "she was there before");
    block_by_notice(&rig.cx(), not_me).await.unwrap();
    assert!(!rig.standing(0).await.is_active(), "its link blocks");
}

/// A sign-in in this browser, known or not, in the n-th network.
async fn sign_in_at(rig: &Rig, (browser, device): (u128, Option<&Device>), n: u8, app: &App) {
    let there = || {
        let mut cx = rig.browser(browser);
        cx.source.address = [203, 0, 113, n].into();
        cx.device = device.cloned();
        cx
    };
    let flow = begin_sign_in(&there()).await.unwrap();
    rig.show_password(&there(), flow, 0).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    show_code(&there(), flow, &app.code(rig.cx().now)).await.unwrap();
}

async fn a_strange_browser_in_a_network_she_uses_is_told_once_a_day_and_her_own_one_nowhere(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let own = rig.sign_in(1, 0, &app).await.device;
    rig.letters().await;
    let told = async || {
        rig.clock.advance(FIVE_MINUTES);
        sent_to(&rig.letters().await, Template::NewPlace).len()
    };
    for (browser, letters) in [(2, 2), (3, 0)] {
        rig.sign_in(browser, 0, &app).await;
        assert_eq!(told().await, letters, "a browser that forgets, as the {browser}th");
    }
    rig.clock.advance(hours(24));
    rig.sign_in(4, 0, &app).await;
    assert_eq!(told().await, 2, "another day");
    rig.clock.advance(hours(24));
    for network in [1, 2, 1] {
        sign_in_at(&rig, (1, Some(&own)), network, &app).await;
        assert_eq!(told().await, 0, "her own browser in the {network}th network");
    }
    for (browser, letters) in [(5, 2), (6, 0)] {
        sign_in_at(&rig, (browser, None), 2, &app).await;
        assert_eq!(told().await, letters, "of this network nothing was told");
    }
    sign_in_at(&rig, (7, None), 3, &app).await;
    assert_eq!(told().await, 2, "where both are new she is told whatever she was told");
}

const FIVE_MINUTES: SignedDuration = SignedDuration::from_mins(5);

/// The right password in a browser nobody knows, in the n-th network.
async fn password_at(rig: &Rig, browser: u128, n: u8) -> (Cx, FlowId) {
    let mut cx = rig.browser(browser);
    cx.source.address = [203, 0, 113, n].into();
    let flow = begin_sign_in(&cx).await.unwrap();
    rig.show_password(&cx, flow, 0).await;
    (cx, flow)
}

async fn new_places_within_five_minutes_make_one_letter_and_a_block_waits_for_none(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    password_at(&rig, 11, 1).await;
    let (cx, flow) = password_at(&rig, 12, 2).await;
    show_code(&cx, flow, &app.code(cx.now)).await.unwrap();
    rig.clock.advance(FIVE_MINUTES - SignedDuration::from_secs(1));
    password_at(&rig, 13, 3).await;
    assert_eq!(rig.letters().await.len(), 0, "its five minutes are not over");
    rig.clock.advance(SignedDuration::from_secs(1));
    password_at(&rig, 14, 4).await;
    let first = rig.letters().await;
    assert_eq!(sent_to(&first, Template::NewPlace), [WORK, OF_HR]);
    for letter in &first {
        assert!(letter.text.contains("NewPlaces { inside: true, also: 2 }"), "{letter:?}");
        assert!(letter.text.contains("|203.0.113.2"), "where somebody signed in: {letter:?}");
    }
    block_by_session(&rig.cx(), &rig.here().await).await.unwrap();
    let block = rig.letters().await;
    assert_eq!(sent_to(&block, Template::Blocked), [WORK, OF_HR]);
    assert_eq!(sent_to(&block, Template::NewPlace), Vec::<&str>::new());
    rig.clock.advance(FIVE_MINUTES);
    let second = rig.letters().await;
    assert_eq!(
        sent_to(&second, Template::NewPlace),
        [WORK, OF_HR],
        "what came after the first letter's time"
    );
    assert!(second.iter().all(|it| it.text.contains("NewPlaces { inside: false, also: 0 }")), "{second:?}");
}

async fn a_right_password_alone_in_a_new_place_is_told_as_what_it_is(rig: Rig) {
    signed_in(&rig).await;
    for again in 0..2 {
        password_at(&rig, 11 + again, 1).await;
    }
    rig.clock.advance(FIVE_MINUTES);
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::NewPlace), [WORK, OF_HR]);
    for letter in &letters {
        assert!(letter.text.contains("NewPlaces { inside: false, also: 0 }"), "{letter:?}");
        assert!(letter.text.contains("|203.0.113.1") && letter.not_me().is_some(), "{letter:?}");
    }
    block_by_session(&rig.cx(), &rig.here().await).await.unwrap();
    rig.letters().await;
    password_at(&rig, 15, 9).await;
    rig.clock.advance(FIVE_MINUTES);
    assert_eq!(sent_to(&rig.letters().await, Template::NewPlace), Vec::<&str>::new(), "of a closed login");
}

async fn ten_wrong_codes_in_a_row_are_told_once(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = rig.password_shown(1, 0).await;
    for wrong in 1..=12 {
        let cx = rig.cx();
        assert!(show_code(&cx, flow, &app.wrong_code(cx.now)).await.is_err());
        let told = sent_to(&rig.letters().await, Template::CodesPaused).len();
        assert_eq!(told, if wrong == 10 { 2 } else { 0 }, "after {wrong}");
    }
}

/// Comes back from MitID to choose another password.
async fn resetting(rig: &Rig) -> FlowId {
    let callback = rig.trip_for(2, Purpose::Reset, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    match finish_proof(&rig.browser(2), "test", &callback).await {
        Ok(Proved::Reset(flow)) => flow,
        other => panic!("not proved: {other:?}"),
    }
}

async fn reset(rig: &Rig, flow: FlowId) {
    reset_password(&rig.browser(2), flow, Password::typed("tolv gule tulipaner".to_owned())).await.unwrap();
}

async fn a_reset_that_was_begun_and_left_is_told_and_a_finished_one_is_not(rig: Rig) {
    signed_in(&rig).await;
    let flow = resetting(&rig).await;
    reset(&rig, flow).await;
    rig.clock.advance(hours(1));
    assert_eq!(sent_to(&rig.letters().await, Template::ResetLeft), Vec::<&str>::new());
    resetting(&rig).await;
    assert_eq!(sent_to(&rig.letters().await, Template::ResetLeft), Vec::<&str>::new(), "she may be at it");
    rig.clock.advance(hours(1));
    assert_eq!(sent_to(&rig.letters().await, Template::ResetLeft), [WORK, OF_HR]);
}

const SERVICE: &str = "https://sp.example";

/// Somebody signed in at a service that can be told, in a browser of her own.
async fn at_a_service(rig: &Rig, p: u32) {
    save_connection(&rig.cx(), "ops1", "a new service", SERVICE, Settings::default()).await.unwrap();
    let browser = u128::from(p) + 1;
    let app = rig.enrol(browser, p).await;
    rig.sign_in(browser, p, &app).await;
    let answered = receive(&rig.browser(browser), &format!("{SERVICE}|m{p}")).await;
    assert!(matches!(answered, Ok(Received::Answered(_))), "{p}");
}

/// How many of her visits wait to be ended at the service.
async fn asked_to_end(rig: &Rig, p: u32) -> usize {
    let (person, now) = (rig.person(p).await.id, rig.cx().now);
    let visits = rig.look().await.visits_of(person, now).await.unwrap();
    visits.iter().filter(|visit| visit.ending == Ending::Asked).count()
}

async fn whatever_holds_a_login_tells_the_services_she_was_at(rig: Rig) {
    for p in 0..4 {
        at_a_service(&rig, p).await;
        assert_eq!(asked_to_end(&rig, p).await, 0);
    }
    let by = hr::operator("ops1");
    hold_login(&rig.cx(), &by, &hr::line(0).user_name, Origin::ServiceDesk).await.unwrap();
    let ended = HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(1) };
    let renumbered = HrLine { cpr: hr::line(9).cpr, ..hr::line(2) };
    rig.import(vec![ended, renumbered]).await.unwrap();
    for p in 0..3 {
        assert!(!rig.standing(p).await.is_active());
        assert_eq!(asked_to_end(&rig, p).await, 1, "{p}");
    }
    assert_eq!(asked_to_end(&rig, 3).await, 0, "nobody holds hers");
}

async fn a_reset_tells_the_services_she_was_at_and_ends_the_wait_for_a_guess(rig: Rig) {
    at_a_service(&rig, 0).await;
    let cx = elsewhere(&rig, 5);
    let guess = async |text: &str| {
        let flow = begin_sign_in(&cx).await.unwrap();
        show_password(&cx, flow, "p0", Password::typed(text.to_owned())).await
    };
    for _ in 0..4 {
        assert!(guess("not the right one").await.is_err());
    }
    assert!(matches!(guess("not the right one").await, Err(PasswordWrong::Wait(_))));
    let flow = resetting(&rig).await;
    let mut there = rig.browser(2);
    there.source = cx.source.clone();
    reset_password(&there, flow, Password::typed("tolv gule tulipaner".to_owned())).await.unwrap();
    assert_eq!(asked_to_end(&rig, 0).await, 1);
    guess("tolv gule tulipaner").await.unwrap();
}
