//! Confirming again, where notices go, by which ways they leave, and her own data. Every promise on both databases.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::audit::{Doer, EventKind, Row};
use domain::contact::{Address, ChannelKind, NotChanged as Rule};
use domain::hr::HrLine;
use domain::notice::{Lane, Template};
use domain::password::Password;
use domain::person::Mobile;
use domain::proofing::Purpose;
use domain::step_up::{NotFresh, StepUpFor};
use domain::throttle::CodeDoor;
use domain::{SignedDuration, Timestamp};
use testkit::{App, Posted, Rig, good_answer, hours, hr, sent_to};
use usecases::begin_step_up::{begin_step_up, see_step_up};
use usecases::block_by_session::block_by_session;
use usecases::change_contact::{NotChanged, ask_contact, remove_contact};
use usecases::export_trail::{Which as Rows, export_trail};
use usecases::finish_proof::{Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::own_data::own_data;
use usecases::ports::store::Sought;
use usecases::ports::vault::KeyUse;
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_password::reopen_password;
use usecases::see_activity::{Which, see_activity};
use usecases::see_contact::{ChannelSeen, see_contact};
use usecases::see_reopening::see_reopening;
use usecases::show_step_up::{NotShown, show_step_up};
use usecases::take_activity::take_activity;
use usecases::take_own_data::{NotTaken, take_own_data};
use usecases::verify_contact::{NotVerified, see_verifying, verify_contact};
use usecases::who::who;

testkit::on_both! {
    a_new_address_is_used_once_its_code_came_back_and_old_and_new_are_told
    for_an_hour_the_old_address_goes_on_hearing_beside_the_new
    a_second_change_waits_until_the_hour_is_over
    a_code_works_once_in_its_session_and_for_a_quarter_of_an_hour
    the_fifth_wrong_code_ends_the_attempt_and_changes_nothing
    of_two_who_give_the_code_at_once_one_changes_the_address
    a_step_up_is_spent_once_for_its_own_purpose_in_its_own_session
    of_two_who_spend_a_step_up_at_once_one_gets_through
    wrong_codes_at_a_step_up_count_as_wrong_codes
    a_code_that_signed_her_in_makes_no_step_up
    a_block_meanwhile_ends_step_ups_and_attempts
    an_address_is_taken_away_and_the_last_one_stays
    a_file_of_hrs_never_overwrites_what_she_verified
    what_was_changed_before_a_block_is_taken_back_when_it_is_opened
    what_she_changed_long_before_stays_when_it_is_opened
    each_way_leaves_and_is_tried_again_by_itself
    a_phone_that_is_off_for_an_hour_gets_everything_afterwards
    a_welcome_by_sms_opens_nothing
    nothing_secret_waits_in_the_outbox
    a_notice_says_in_which_browser_and_from_where
    her_own_data_is_whole_and_holds_no_secret
    however_much_the_trail_holds_of_her_it_is_taken_out_whole
    what_an_operator_took_out_of_the_trail_each_sees_and_not_why
    an_address_that_was_given_up_meanwhile_gets_no_code
    a_change_refused_by_rule_leaves_an_event_and_the_step_up_unspent
    an_attempt_refused_by_rule_leaves_an_event_and_is_over
    where_no_sms_is_sent_no_step_up_is_made_for_a_mobile
}

const MAIL: ChannelKind = ChannelKind::PrivateMail;
const MOBILE: ChannelKind = ChannelKind::Mobile;
const OWN: &str = "own@private.example";
const OF_HR: &str = "p0@private.example";
const WORK: &str = "p0@nordby.example";
const PHONE: &str = "+4512345678";

/// Somebody signed in, with no letter waiting.
async fn signed_in(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    rig.letters().await;
    app
}

async fn channel(rig: &Rig, kind: ChannelKind) -> ChannelSeen {
    let seen = see_contact(&rig.cx(), &rig.here().await).await.unwrap();
    seen.channels.into_iter().find(|it| it.kind == kind).unwrap()
}

fn text(address: Option<&Address>) -> Option<&str> {
    address.map(Address::as_str)
}

async fn block(rig: &Rig) {
    block_by_session(&rig.cx(), &rig.here().await).await.unwrap();
}

async fn a_new_address_is_used_once_its_code_came_back_and_old_and_new_are_told(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = rig.asked(&app, MAIL, OWN).await;
    assert_eq!(text(channel(&rig, MAIL).await.address.as_ref()), Some(OF_HR), "not before");
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::ContactCode), [OWN], "the code goes to the new address alone");
    let code = letters[0].code().unwrap();
    assert!(letters[0].not_me().is_none(), "nobody knows yet whose address it is");
    let (half, rest) = code.split_at(4);
    let typed = format!("{half} {rest}");
    verify_contact(&rig.cx(), &rig.here().await, flow, &typed).await.unwrap();
    let seen = channel(&rig, MAIL).await;
    assert_eq!((text(seen.address.as_ref()), seen.own), (Some(OWN), true));
    let told = rig.letters().await;
    assert_eq!(sent_to(&told, Template::ContactChanged), [OWN, WORK, OF_HR]);
    assert!(told.iter().all(|letter| letter.not_me().is_some()), "each asks whether it was her");
    let events = [EventKind::StepUpDone, EventKind::ContactAsked, EventKind::ContactChanged];
    let seen = see_activity(&rig.cx(), &rig.here().await, Which::Changes, 1).await.unwrap().rows;
    for kind in events {
        assert_eq!(rig.events(kind).await, 1, "{}", kind.word());
        assert_eq!(seen.iter().filter(|it| it.kind == kind).count(), 1, "she sees {}", kind.word());
    }
}

async fn for_an_hour_the_old_address_goes_on_hearing_beside_the_new(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, OWN).await;
    rig.verified(&app, MOBILE, PHONE).await;
    rig.letters().await;
    rig.phone.empty();
    rig.clock.advance(SignedDuration::from_mins(20));
    block(&rig).await;
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::Blocked), [OWN, WORK, OF_HR]);
    assert_eq!(rig.phone.empty()[0].to, PHONE);
}

async fn a_second_change_waits_until_the_hour_is_over(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, OWN).await;
    let changed_at = rig.cx().now;
    let flow = rig.step_up(&app, StepUpFor::Contact(MAIL)).await;
    let again = ask_contact(&rig.cx(), &rig.here().await, flow, MAIL, "third@private.example").await;
    let Err(NotChanged::Refused(Rule::CoolsOff(until))) = again else { panic!("taken: {again:?}") };
    assert_eq!(until, changed_at + hours(1));
    let removed = remove_contact(&rig.cx(), &rig.here().await, flow, MAIL).await;
    assert!(matches!(removed, Err(NotChanged::Refused(Rule::CoolsOff(_)))), "{removed:?}");
    assert_eq!(channel(&rig, MAIL).await.cools_off, Some(until));
    rig.clock.advance(hours(1));
    rig.sign_in(1, 0, &app).await;
    assert_eq!(channel(&rig, MAIL).await.cools_off, None);
    rig.verified(&app, MAIL, "third@private.example").await;
    assert_eq!(rig.events(EventKind::ContactChanged).await, 2);
    assert_eq!(text(channel(&rig, MAIL).await.besides.as_ref()), Some(OWN));
}

async fn a_code_works_once_in_its_session_and_for_a_quarter_of_an_hour(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = rig.asked(&app, MAIL, OWN).await;
    let right = rig.contact_code(OWN).await;
    let first = rig.here().await;
    // The same browser, signed in anew: another session.
    rig.clock.advance(SignedDuration::from_secs(30));
    rig.sign_in(1, 0, &app).await;
    let other = verify_contact(&rig.cx(), &rig.here().await, flow, &right).await;
    assert!(matches!(other, Err(NotVerified::NoFlow(NoFlow::Gone))), "{other:?}");
    let ended = verify_contact(&rig.cx(), &first, flow, &right).await;
    assert!(matches!(ended, Err(NotVerified::NoFlow(NoFlow::Gone))), "its session was ended: {ended:?}");

    let flow = rig.asked(&app, MAIL, OWN).await;
    let late = rig.contact_code(OWN).await;
    assert_ne!(late, right, "each attempt has its own");
    rig.clock.advance(SignedDuration::from_mins(15));
    let over = verify_contact(&rig.cx(), &rig.here().await, flow, &late).await;
    assert!(matches!(over, Err(NotVerified::NoFlow(NoFlow::Gone))), "{over:?}");
    assert!(see_verifying(&rig.cx(), &rig.here().await, flow).await.is_err());

    let flow = rig.asked(&app, MAIL, OWN).await;
    let once = rig.contact_code(OWN).await;
    verify_contact(&rig.cx(), &rig.here().await, flow, &once).await.unwrap();
    let twice = verify_contact(&rig.cx(), &rig.here().await, flow, &once).await;
    assert!(matches!(twice, Err(NotVerified::NoFlow(NoFlow::Gone))), "{twice:?}");
    assert_eq!(rig.events(EventKind::ContactChanged).await, 1);
}

async fn the_fifth_wrong_code_ends_the_attempt_and_changes_nothing(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = rig.asked(&app, MOBILE, PHONE).await;
    let right = rig.contact_code(PHONE).await;
    let wrong = if right == "00000000" { "00000001" } else { "00000000" };
    for expected in [4, 3, 2, 1] {
        let tried = verify_contact(&rig.cx(), &rig.here().await, flow, wrong).await;
        assert!(matches!(tried, Err(NotVerified::Wrong { left }) if left == expected), "{tried:?}");
    }
    let fifth = verify_contact(&rig.cx(), &rig.here().await, flow, wrong).await;
    assert!(matches!(fifth, Err(NotVerified::Over)), "{fifth:?}");
    let after = verify_contact(&rig.cx(), &rig.here().await, flow, &right).await;
    assert!(matches!(after, Err(NotVerified::NoFlow(NoFlow::Gone))), "{after:?}");
    assert_eq!(channel(&rig, MOBILE).await.address, None);
    assert_eq!(rig.events(EventKind::ContactRefused).await, 5);
}

async fn of_two_who_give_the_code_at_once_one_changes_the_address(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = rig.asked(&app, MAIL, OWN).await;
    let right = rig.contact_code(OWN).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let (one, other) =
        tokio::join!(verify_contact(&cx, &here, flow, &right), verify_contact(&cx, &here, flow, &right));
    assert_eq!([one.is_ok(), other.is_ok()].into_iter().filter(|done| *done).count(), 1);
    assert_eq!(rig.events(EventKind::ContactChanged).await, 1);
}

async fn a_step_up_is_spent_once_for_its_own_purpose_in_its_own_session(rig: Rig) {
    let app = signed_in(&rig).await;
    let session = rig.here().await;
    let unmade = begin_step_up(&rig.cx(), &session, StepUpFor::OwnData).await.unwrap();
    let early = take_own_data(&rig.cx(), &session, unmade).await;
    assert!(matches!(early, Err(NotTaken::NotFresh(NotFresh::NotShown))), "{early:?}");
    let flow = rig.step_up(&app, StepUpFor::Contact(MAIL)).await;
    let other = take_own_data(&rig.cx(), &session, flow).await;
    assert!(matches!(other, Err(NotTaken::NotFresh(NotFresh::OtherPurpose))), "{other:?}");
    let other = ask_contact(&rig.cx(), &session, flow, MOBILE, PHONE).await;
    assert!(matches!(other, Err(NotChanged::NotFresh(NotFresh::OtherPurpose))), "{other:?}");
    // Made in this session, tried by somebody signed in elsewhere who knows its handle.
    let stranger = rig.enrol(2, 2).await;
    rig.sign_in(2, 2, &stranger).await;
    let elsewhere = who(&rig.browser(2)).await.unwrap().unwrap();
    for cx in [rig.browser(2), rig.cx()] {
        let taken = ask_contact(&cx, &elsewhere, flow, MAIL, OWN).await;
        assert!(matches!(taken, Err(NotChanged::NoFlow(NoFlow::Gone))), "{taken:?}");
    }
    ask_contact(&rig.cx(), &session, flow, MAIL, OWN).await.unwrap();
    let twice = ask_contact(&rig.cx(), &session, flow, MAIL, OWN).await;
    assert!(matches!(twice, Err(NotChanged::NoFlow(NoFlow::Gone))), "{twice:?}");
    let late = rig.step_up(&app, StepUpFor::OwnData).await;
    rig.clock.advance(SignedDuration::from_mins(5));
    let late = take_own_data(&rig.cx(), &session, late).await;
    assert!(matches!(late, Err(NotTaken::NoFlow(NoFlow::Gone))), "{late:?}");
    assert_eq!(rig.events(EventKind::OwnDataTaken).await, 0);
}

async fn of_two_who_spend_a_step_up_at_once_one_gets_through(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = rig.step_up(&app, StepUpFor::Contact(MAIL)).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let (asking, removing) =
        tokio::join!(ask_contact(&cx, &here, flow, MAIL, OWN), remove_contact(&cx, &here, flow, MAIL));
    assert!(asking.is_ok() != removing.is_ok(), "{asking:?} {removing:?}");
}

async fn wrong_codes_at_a_step_up_count_as_wrong_codes(rig: Rig) {
    let app = signed_in(&rig).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let flow = begin_step_up(&cx, &here, StepUpFor::OwnData).await.unwrap();
    for _ in 0..10 {
        let wrong = show_step_up(&cx, &here, flow, &app.wrong_code(cx.now)).await;
        assert!(matches!(wrong, Err(NotShown::Wrong { .. })), "{wrong:?}");
    }
    rig.clock.advance(SignedDuration::from_secs(30));
    let cx = rig.cx();
    let right = show_step_up(&cx, &here, flow, &app.code(cx.now)).await;
    assert!(matches!(right, Err(NotShown::CodesClosed(CodeDoor::Paused(_)))), "{right:?}");
    let seen = see_step_up(&cx, &here, flow).await.unwrap();
    assert!(matches!(seen.codes, CodeDoor::Paused(_)) && !seen.fresh, "{seen:?}");
    assert_eq!(rig.events(EventKind::StepUpRefused).await, 11);
}

async fn a_code_that_signed_her_in_makes_no_step_up(rig: Rig) {
    let app = signed_in(&rig).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let flow = begin_step_up(&cx, &here, StepUpFor::OwnData).await.unwrap();
    let again = show_step_up(&cx, &here, flow, &app.code(cx.now)).await;
    assert!(matches!(again, Err(NotShown::Wrong { .. })), "it was shown at the sign-in: {again:?}");
}

async fn a_block_meanwhile_ends_step_ups_and_attempts(rig: Rig) {
    let app = signed_in(&rig).await;
    let attempt = rig.asked(&app, MAIL, OWN).await;
    let right = rig.contact_code(OWN).await;
    let made = rig.step_up(&app, StepUpFor::Contact(MOBILE)).await;
    let thief = rig.here().await;
    block(&rig).await;
    let verified = verify_contact(&rig.cx(), &thief, attempt, &right).await;
    assert!(matches!(verified, Err(NotVerified::NoFlow(NoFlow::Gone))), "{verified:?}");
    let asked = ask_contact(&rig.cx(), &thief, made, MOBILE, PHONE).await;
    assert!(matches!(asked, Err(NotChanged::NoFlow(NoFlow::Gone))), "{asked:?}");
    let fresh = begin_step_up(&rig.cx(), &thief, StepUpFor::OwnData).await.unwrap();
    rig.clock.advance(SignedDuration::from_secs(30));
    let cx = rig.cx();
    let shown = show_step_up(&cx, &thief, fresh, &app.code(cx.now)).await;
    assert!(matches!(shown, Err(NotShown::SignedOut)), "{shown:?}");
    assert_eq!(rig.events(EventKind::ContactChanged).await, 0);
}

async fn an_address_is_taken_away_and_the_last_one_stays(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = rig.step_up(&app, StepUpFor::Contact(MAIL)).await;
    remove_contact(&rig.cx(), &rig.here().await, flow, MAIL).await.unwrap();
    let seen = channel(&rig, MAIL).await;
    assert_eq!((seen.address, seen.own), (None, true));
    let told = rig.letters().await;
    assert_eq!(sent_to(&told, Template::ContactChanged), [WORK, OF_HR], "the one that goes hears of it");
    rig.clock.advance(hours(1));
    rig.sign_in(1, 0, &app).await;
    block(&rig).await;
    assert_eq!(sent_to(&rig.letters().await, Template::Blocked), [WORK]);

    let alone =
        HrLine { contact: domain::person::Contact { work_mail: None, ..hr::line(3).contact }, ..hr::line(3) };
    rig.import(vec![alone]).await.unwrap();
    let letters = rig.letters().await;
    let token = letters.iter().find_map(Posted::token).unwrap().to_owned();
    let flow = rig.begin(3, &token).await;
    rig.accept(3, flow).await;
    rig.prove_in(3, flow, 3).await;
    rig.choose(3, flow).await;
    let app = rig.register(3, flow).await;
    usecases::finish_enrolment::finish_enrolment(&rig.browser(3), flow).await.unwrap();
    rig.sign_in(3, 3, &app).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    let (cx, here) = (rig.browser(3), who(&rig.browser(3)).await.unwrap().unwrap());
    let made = begin_step_up(&cx, &here, StepUpFor::Contact(MAIL)).await.unwrap();
    show_step_up(&cx, &here, made, &app.code(cx.now)).await.unwrap();
    let last = remove_contact(&cx, &here, made, MAIL).await;
    assert!(matches!(last, Err(NotChanged::Refused(Rule::LastWay))), "{last:?}");
}

async fn a_file_of_hrs_never_overwrites_what_she_verified(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, OWN).await;
    rig.letters().await;
    rig.clock.advance(hours(1));
    let mut line = hr::line(0);
    line.contact.private_mail = "attacker@private.example".try_into().ok();
    line.contact.mobile = Mobile::try_from("87654321").ok();
    rig.import(vec![line]).await.unwrap();
    rig.sign_in(1, 0, &app).await;
    let (mail, mobile) = (channel(&rig, MAIL).await, channel(&rig, MOBILE).await);
    assert_eq!((text(mail.address.as_ref()), mail.own), (Some(OWN), true));
    assert_eq!((text(mobile.address.as_ref()), mobile.own), (Some("+4587654321"), false), "HR's, as HR's");
    block(&rig).await;
    assert_eq!(sent_to(&rig.letters().await, Template::Blocked), [OWN, WORK]);
}

/// Blocked, and opened again with MitID, keeping her app; gives what the page said is taken back.
async fn reopened(rig: &Rig) -> Vec<ChannelKind> {
    block(rig).await;
    let callback = rig.trip_for(1, Purpose::Reopening, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    let Ok(Proved::Reopening(flow)) = finish_proof(&rig.cx(), "test", &callback).await else {
        panic!("not proved")
    };
    let cx = rig.cx();
    reopen_password(&cx, flow, Password::typed("tolv gule tulipaner".to_owned())).await.unwrap();
    let person = rig.person(0).await.id;
    let apps = rig.look().await.apps_of(person).await.unwrap();
    reopen_factors(&cx, flow, apps.into_iter().map(|(app, _)| app.id).collect()).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
    let seen = see_reopening(&cx, flow).await.unwrap();
    reopen(&cx, flow).await.unwrap();
    seen.taken_back
}

async fn what_was_changed_before_a_block_is_taken_back_when_it_is_opened(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, "thief@private.example").await;
    assert_eq!(reopened(&rig).await, [MAIL]);
    let person = rig.person(0).await.id;
    let channels = rig.look().await.channels_of(person).await.unwrap();
    assert_eq!(channels.private_mail, None, "what HR holds counts again");
    assert_eq!(rig.events(EventKind::ContactTakenBack).await, 1);
    let letters = rig.letters().await;
    assert_eq!(sent_to(&letters, Template::Reopened), [WORK, OF_HR], "and the thief hears no more");
}

async fn what_she_changed_long_before_stays_when_it_is_opened(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, OWN).await;
    rig.clock.advance(hours(2));
    rig.sign_in(1, 0, &app).await;
    assert!(reopened(&rig).await.is_empty());
    assert_eq!(rig.events(EventKind::ContactTakenBack).await, 0);
    assert_eq!(sent_to(&rig.letters().await, Template::Reopened), [OWN, WORK]);
}

async fn each_way_leaves_and_is_tried_again_by_itself(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MOBILE, PHONE).await;
    rig.letters().await;
    rig.phone.empty();
    rig.phone.close();
    block(&rig).await;
    let done = rig.deliver().await;
    assert_eq!((done.sent, done.failed, done.dropped), (2, 1, 0), "two letters left, the SMS waits");
    rig.phone.open();
    rig.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(rig.deliver().await.sent, 1);
    let sms = rig.phone.empty();
    assert_eq!((sms.len(), sms[0].to.as_str()), (1, PHONE));
    assert!(sms[0].text.starts_with(Template::Blocked.word()) && sms[0].not_me().is_none(), "{sms:?}");
    assert_eq!(sent_to(&rig.post.empty(), Template::Blocked), [WORK, OF_HR], "each once");
}

async fn a_phone_that_is_off_for_an_hour_gets_everything_afterwards(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MOBILE, PHONE).await;
    rig.letters().await;
    let before = rig.phone.empty().len();
    rig.phone.close();
    rig.post.close();
    rig.clock.advance(hours(1));
    rig.sign_in(1, 0, &app).await;
    block(&rig).await;
    for _ in 0..60 {
        rig.deliver().await;
        rig.clock.advance(SignedDuration::from_mins(1));
    }
    assert!(
        before > 0 && rig.phone.empty().is_empty() && rig.post.empty().is_empty(),
        "nothing left meanwhile"
    );
    rig.phone.open();
    rig.post.open();
    rig.clock.advance(hours(1));
    rig.deliver().await;
    let (sms, letters) = (rig.phone.empty(), rig.post.empty());
    assert_eq!((sms.len(), sent_to(&letters, Template::Blocked)), (1, vec![WORK, OF_HR]));
    let mut ids: Vec<_> = sms.iter().chain(&letters).map(|it| it.message_id.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), sms.len() + letters.len(), "each is a message of its own");
    assert_eq!(rig.look().await.waiting_and_dead().await.unwrap().1, 0, "none was given up");
}

async fn a_welcome_by_sms_opens_nothing(rig: Rig) {
    let mut line = hr::line(0);
    line.contact.mobile = Mobile::try_from(PHONE).ok();
    rig.import(vec![line]).await.unwrap();
    let sms = rig.sms().await;
    assert_eq!((sms.len(), sms[0].to.as_str()), (1, PHONE));
    let about = rig.post.empty();
    assert_eq!(sent_to(&about, Template::Welcome), [OF_HR], "the link goes by mail alone");
}

async fn nothing_secret_waits_in_the_outbox(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = rig.asked(&app, MAIL, OWN).await;
    let mut tx = rig.change().await;
    let waiting = tx.take_due(Lane::Mail, rig.cx().now, rig.cx().now, 9).await.unwrap();
    tx.commit().await.unwrap();
    let rows = format!("{waiting:?}");
    let right = rig.contact_code(OWN).await;
    assert!(!rows.contains(OWN) && !rows.contains(&right), "{rows}");
    let kept = rig.look().await.flow(flow).await.unwrap().unwrap();
    assert!(!serde_json::to_string(&kept).unwrap().contains(&right), "the code is kept nowhere");
}

async fn a_notice_says_in_which_browser_and_from_where(rig: Rig) {
    rig.import(vec![hr::line(0)]).await.unwrap();
    let welcome = rig.letters().await;
    assert!(!welcome[0].text.contains("192.0.2.1"), "an operator's import was made in no browser");
    let token = welcome[0].token().unwrap().to_owned();
    let flow = rig.begin(1, &token).await;
    rig.accept(1, flow).await;
    rig.prove_in(1, flow, 0).await;
    rig.choose(1, flow).await;
    let app = rig.register(1, flow).await;
    usecases::finish_enrolment::finish_enrolment(&rig.cx(), flow).await.unwrap();
    rig.sign_in(1, 0, &app).await;
    block(&rig).await;
    let letters = rig.letters().await;
    assert!(letters.len() > 6, "{letters:?}");
    for letter in letters {
        let says = letter.text.contains("Firefox, Linux|192.0.2.1");
        let organisation = letter.to == "it@nordby.example";
        assert_eq!(says, !organisation, "{letter:?}: her whereabouts are told to her and nobody else");
    }
}

/// A copy is due within a minute. It is whole in one answer, and nothing waits for a job: that bar is met here by how it is made.
async fn her_own_data_is_whole_and_holds_no_secret(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, OWN).await;
    let made = rig.step_up(&app, StepUpFor::OwnData).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let flow = take_own_data(&cx, &here, made).await.unwrap();
    let twice = take_own_data(&cx, &here, made).await;
    assert!(matches!(twice, Err(NotTaken::NoFlow(NoFlow::Gone))), "{twice:?}");
    let data = own_data(&cx, &here, flow).await.unwrap();
    assert_eq!((data.person.user_name.as_str(), data.relations.len(), data.terms.len()), ("p0", 1, 1));
    assert_eq!((data.proofs.len(), data.login_methods.len(), data.sessions.len()), (1, 1, 1));
    assert_eq!(data.contact.own[0].address.as_deref(), Some(OWN));
    let cpr = hr::cpr(0);
    assert_eq!(data.person.cpr, format!("{}-****", cpr.get(..6).unwrap()));
    let count = data.events.iter().filter(|it| it.what == EventKind::SignedIn.word()).count();
    assert_eq!(count, 1);
    assert!(data.events.iter().any(|it| it.details.get("browser").is_some_and(|it| it == "Firefox, Linux")));
    let changed = data.events.iter().find(|it| it.what == EventKind::ContactChanged.word()).unwrap();
    assert_eq!(changed.facts.get("kind").map(String::as_str), Some(MAIL.word()));
    let written = serde_json::to_string(&data).unwrap();
    let hash = rig.look().await.password_hash(here.person.id).await.unwrap().unwrap();
    for secret in [cpr.as_str(), hash.as_str(), "receipt", "mac", "seed"] {
        assert!(!written.contains(secret), "{secret}");
    }
    assert_eq!(rig.events(EventKind::OwnDataTaken).await, 1);
    rig.clock.advance(SignedDuration::from_mins(15));
    assert!(matches!(own_data(&rig.cx(), &here, flow).await, Err(NoFlow::Gone)), "not for ever");
}

async fn however_much_the_trail_holds_of_her_it_is_taken_out_whole(rig: Rig) {
    let app = signed_in(&rig).await;
    let here = rig.here().await;
    let kinds = [EventKind::SignedIn.word()];
    let row = rig.look().await.rows_about(here.person.id, &kinds, 1).await.unwrap().remove(0);
    for (first, many) in [(1_u128, 2100_u128), (5000, 3)] {
        while rig.sequence().await > 0 {}
        let mut tx = rig.change().await;
        for number in first..first + many {
            let origin = Some(tx.mark(rig.house.keeping.instance));
            let id = uuid::Uuid::from_u128(number).into();
            let mut row = Row { id, origin, ..row.clone() };
            row.mac = rig.house.vault.mac(KeyUse::Trail, &row.encoded()).unwrap();
            tx.append(&row).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    assert_eq!(rig.events(EventKind::SignedIn).await, 2104);
    let told = take_activity(&rig.cx(), &here).await.unwrap();
    assert_eq!(told.iter().filter(|it| it.kind == EventKind::SignedIn).count(), 2104);
    assert!(told.is_sorted_by(|one, next| one.at >= next.at), "the newest first");
    let made = rig.step_up(&app, StepUpFor::OwnData).await;
    let flow = take_own_data(&rig.cx(), &here, made).await.unwrap();
    let data = own_data(&rig.cx(), &here, flow).await.unwrap();
    assert_eq!(data.events.iter().filter(|it| it.what == kinds[0]).count(), 2104, "each once");
}

async fn what_an_operator_took_out_of_the_trail_each_sees_and_not_why(rig: Rig) {
    let app = signed_in(&rig).await;
    while rig.sequence().await > 0 {}
    assert!(keep_checkpoints(&rig.cx()).await.unwrap().signed);
    export_trail(&rig.cx(), &hr::operator("ops1"), Rows::All, &mut Vec::new()).await.unwrap();
    let (cx, here) = (rig.cx(), rig.here().await);
    let seen = see_activity(&cx, &here, Which::Changes, 1).await.unwrap().rows;
    let mut out = seen.iter().filter(|it| it.kind == EventKind::TrailExported);
    let one = out.next().unwrap();
    assert!(one.by == Doer::Operator && one.browser.is_empty() && one.address.is_empty(), "{one:?}");
    assert!(out.next().is_none(), "once");
    // However often that is.
    let kinds = [EventKind::TrailExported.word()];
    let all = Sought { kinds: &kinds, from: Timestamp::UNIX_EPOCH, before: Timestamp::MAX, request_ends: "" };
    let (_, row) = rig.look().await.rows_sought(all, None, 1).await.unwrap().remove(0);
    let mut tx = rig.change().await;
    for number in 1..=250_u128 {
        let origin = Some(tx.mark(rig.house.keeping.instance));
        let mut more = Row { id: uuid::Uuid::from_u128(number).into(), origin, ..row.clone() };
        more.mac = rig.house.vault.mac(KeyUse::Trail, &more.encoded()).unwrap();
        tx.append(&more).await.unwrap();
    }
    tx.commit().await.unwrap();
    let table = take_activity(&cx, &here).await.unwrap();
    assert_eq!(table.iter().filter(|it| it.kind == EventKind::TrailExported).count(), 251);
    let made = rig.step_up(&app, StepUpFor::OwnData).await;
    let flow = take_own_data(&rig.cx(), &here, made).await.unwrap();
    let data = own_data(&rig.cx(), &here, flow).await.unwrap();
    let one = data.events.iter().find(|it| it.what == EventKind::TrailExported.word()).unwrap();
    assert_eq!((one.by, one.facts.len(), one.details.len()), ("an operator", 0, 0), "{one:?}");
    assert_eq!(data.events.iter().filter(|it| it.what == one.what).count(), 251);
}

async fn an_address_that_was_given_up_meanwhile_gets_no_code(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.asked(&app, MAIL, OWN).await;
    rig.post.close();
    rig.deliver().await;
    rig.clock.advance(SignedDuration::from_mins(16));
    rig.post.open();
    let done = rig.deliver().await;
    assert_eq!((done.sent, done.dropped), (0, 1), "a code that works no more is not sent");
}

async fn a_change_refused_by_rule_leaves_an_event_and_the_step_up_unspent(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, OWN).await;
    let flow = rig.step_up(&app, StepUpFor::Contact(MAIL)).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asked = ask_contact(&cx, &here, flow, MAIL, "third@private.example").await;
    assert!(matches!(asked, Err(NotChanged::Refused(Rule::CoolsOff(_)))), "{asked:?}");
    assert_eq!(rig.events(EventKind::ContactRefused).await, 1);
    let removed = remove_contact(&cx, &here, flow, MAIL).await;
    assert!(matches!(removed, Err(NotChanged::Refused(Rule::CoolsOff(_)))), "{removed:?}");
    assert_eq!(rig.events(EventKind::ContactRefused).await, 2);
}

async fn an_attempt_refused_by_rule_leaves_an_event_and_is_over(rig: Rig) {
    let app = signed_in(&rig).await;
    let late = rig.asked(&app, MAIL, "late@private.example").await;
    let code = rig.contact_code("late@private.example").await;
    rig.verified(&app, MAIL, OWN).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let refused = verify_contact(&cx, &here, late, &code).await;
    assert!(matches!(refused, Err(NotVerified::Refused(Rule::CoolsOff(_)))), "{refused:?}");
    assert_eq!(rig.events(EventKind::ContactRefused).await, 1);
    let again = verify_contact(&cx, &here, late, &code).await;
    assert!(matches!(again, Err(NotVerified::NoFlow(NoFlow::Gone))), "{again:?}");
    assert_eq!(text(channel(&rig, MAIL).await.address.as_ref()), Some(OWN));
}

async fn where_no_sms_is_sent_no_step_up_is_made_for_a_mobile(rig: Rig) {
    let rig = rig.without_texts();
    signed_in(&rig).await;
    let (cx, here) = (rig.cx(), rig.here().await);
    let asked = begin_step_up(&cx, &here, StepUpFor::Contact(MOBILE)).await;
    assert!(matches!(asked, Err(NoFlow::Gone)), "{asked:?}");
    begin_step_up(&cx, &here, StepUpFor::Contact(MAIL)).await.unwrap();
}
