//! Blocking one's own login: five doors, each with its bad paths, on both databases (NSIS 3.2.3; security decisions 5–13).
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

#[path = "block/cost.rs"]
mod cost;

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::ids::FlowId;
use domain::password::Password;
use domain::printed::PrintedKind;
use domain::proofing::{Purpose, Refusal};
use domain::standing::{Hold, Origin};
use domain::suspension::Door;
use domain::visit::Ending;
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::{App, PASSWORD, Rig, StubLine, good_answer, hours, hr};
use usecases::block_by_code::{NotBlocked, block_by_code};
use usecases::block_by_notice::{block_by_notice, look_at_notice};
use usecases::block_by_password::block_by_password;
use usecases::block_by_session::block_by_session;
use usecases::confirm_block::{confirm_block, see_block};
use usecases::context::Cx;
use usecases::echo_of_block::echo_of_block;
use usecases::end_visits::{end_visits, services_to_tell};
use usecases::finish_enrolment::finish_enrolment;
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::issue::issue;
use usecases::keep_codes::{NotKept, keep_codes, see_codes};
use usecases::ports::saml::SoapLine;
use usecases::ports::vault::{KeyUse, Sealed};
use usecases::save_connection::{BackChannelCa, Settings, save_connection};
use usecases::see_activity::{Which, see_activity};
use usecases::see_receipt::{ServiceSeen, see_receipt};
use usecases::suspend::{BRAKE_AT, Opened, Receipt};
use usecases::who::{Here, who};

testkit::on_both! {
    the_code_blocks_once_however_it_is_typed
    a_wrong_code_and_an_unknown_name_are_answered_alike
    the_right_code_blocks_after_a_thousand_wrong_ones
    user_name_and_password_block_and_a_wrong_password_does_not
    the_link_in_a_letter_blocks_and_looking_does_nothing
    a_link_dies_with_age_and_with_a_reopening
    mitid_blocks_whom_it_names_after_one_yes
    a_callback_for_a_block_used_twice_late_or_in_another_browser_does_no_harm
    an_echo_of_a_block_is_that_block_and_a_later_one_is_new
    a_second_click_that_comes_when_the_session_is_over_is_shown_what_the_first_did
    a_yes_from_before_a_block_by_another_door_reads_that_the_login_is_blocked
    a_yes_from_before_a_hold_of_another_puts_her_own_beside_it
    one_owner_alone_never_turns_the_brake_on
    a_stranger_cannot_bury_what_happened_at_a_login
    a_thousand_addresses_block_and_lock_out_nobody
    an_open_session_blocks_its_own_login
    a_login_whose_own_key_of_the_trail_is_lost_is_blocked_all_the_same
    a_hold_of_the_municipality_stays_beside_ones_own
    forty_owners_block_from_one_address_within_minutes_by_every_door
    services_are_told_and_the_receipt_says_what_they_answered
    a_service_that_does_not_answer_may_stay_open
    who_vouches_for_a_service_is_kept_until_it_is_said_anew
    only_a_session_or_mitid_is_told_of_services
    a_code_a_link_and_a_password_tell_of_services_only_where_their_owner_is_signed_in
    the_sheet_is_shown_until_it_is_kept
}

const SERVICE: &str = "https://sp.example";
const SILENT: &str = "https://no-line.example";

/// Day one of the p-th person, with her blocking code.
async fn enrolled(rig: &Rig, browser: u128, p: u32) -> (App, String) {
    let flow = rig.proved(browser, p).await;
    rig.choose(browser, flow).await;
    let app = rig.register(browser, flow).await;
    finish_enrolment(&rig.browser(browser), flow).await.unwrap();
    let (sheet, _) = see_codes(&rig.browser(browser), flow).await.unwrap();
    (app, sheet.blocking.printed())
}

fn name(p: u32) -> String {
    hr::line(p).user_name.to_string()
}

fn blocked(opened: Result<Opened, NotBlocked>) -> Receipt {
    match opened {
        Ok(Opened::Blocked(receipt)) => receipt,
        other => panic!("not blocked: {other:?}"),
    }
}

fn wrong(opened: Result<Opened, NotBlocked>) -> bool {
    matches!(opened, Err(NotBlocked::Wrong))
}

async fn reasons(rig: &Rig, p: u32) -> Vec<(Origin, String)> {
    rig.standing(p).await.holds().iter().map(|hold| (hold.origin, hold.reason.clone())).collect()
}

async fn here(rig: &Rig, browser: u128) -> Here {
    who(&rig.browser(browser)).await.unwrap().unwrap()
}

/// A token for the browser's session at a service; its flow, not yet answered.
async fn asked(rig: &Rig, browser: u128, service: &str, message: &str) -> FlowId {
    rig.before_answer(&rig.browser(browser), &format!("{service}|{message}")).await
}

async fn connect(rig: &Rig, service: &str) {
    save_connection(&rig.cx(), "ops1", "a new service", service, Settings::default()).await.unwrap();
}

async fn by_password(cx: &Cx, name: &str, text: &str) -> Result<Opened, NotBlocked> {
    block_by_password(cx, name, Password::typed(text.to_owned())).await
}

async fn the_code_blocks_once_however_it_is_typed(rig: Rig) {
    let (_, code) = enrolled(&rig, 1, 0).await;
    let before = rig.standing(0).await.epoch();
    let typed = code.to_lowercase().replace('-', " ");
    let receipt = blocked(block_by_code(&rig.browser(9), &name(0), &typed).await);
    assert_eq!((receipt.door, receipt.at), (Door::Code, rig.cx().now));
    assert!(receipt.reference().starts_with("SP-"));
    assert_eq!(reasons(&rig, 0).await, [(Origin::Owner, "by-code".to_owned())]);
    assert!(rig.standing(0).await.epoch() > before);
    rig.clock.advance(hours(5));
    let again = blocked(block_by_code(&rig.browser(8), &name(0), &code).await);
    assert_eq!(again, receipt, "a code is spent, and says what it did");
    assert_eq!(reasons(&rig, 0).await.len(), 1);
    assert!(see_receipt(&rig.cx(), &receipt).await.unwrap().is_some());
    assert_eq!(rig.events(EventKind::Held).await, 1);
}

async fn a_wrong_code_and_an_unknown_name_are_answered_alike(rig: Rig) {
    let (_, code) = enrolled(&rig, 1, 0).await;
    let (_, other) = enrolled(&rig, 2, 1).await;
    let cases = [
        (name(0), "0000-0000-0000"),
        (name(0), ""),
        (name(0), &other),
        ("nobody".into(), &code),
        (name(1), &code),
    ];
    for (name, code) in cases {
        assert!(wrong(block_by_code(&rig.browser(9), &name, code).await), "{name}");
    }
    assert_eq!(rig.events(EventKind::BlockRefused).await, 5);
    assert!(rig.standing(0).await.is_active() && rig.standing(1).await.is_active());
    blocked(block_by_code(&rig.browser(9), &name(0), &code).await);
}

async fn the_right_code_blocks_after_a_thousand_wrong_ones(rig: Rig) {
    let (_, code) = enrolled(&rig, 1, 0).await;
    for n in 0..1000u32 {
        let guess = format!("{n:012}");
        assert!(wrong(block_by_code(&rig.browser(u128::from(n)), &name(0), &guess).await));
    }
    blocked(block_by_code(&rig.browser(9), &name(0), &code).await);
}

async fn user_name_and_password_block_and_a_wrong_password_does_not(rig: Rig) {
    enrolled(&rig, 1, 0).await;
    let before = rig.hasher.verified();
    assert!(wrong(by_password(&rig.browser(9), &name(0), "wrong enough words").await));
    assert!(wrong(by_password(&rig.browser(9), "nobody", PASSWORD).await));
    assert_eq!(rig.hasher.verified(), before + 2, "an unknown name takes as long");
    assert!(rig.standing(0).await.is_active());
    let receipt = blocked(by_password(&rig.browser(9), &name(0), PASSWORD).await);
    assert_eq!(receipt.door, Door::Password);
    assert_eq!(reasons(&rig, 0).await, [(Origin::Owner, "by-password".to_owned())]);
}

async fn the_link_in_a_letter_blocks_and_looking_does_nothing(rig: Rig) {
    enrolled(&rig, 1, 0).await;
    let letters = rig.letters().await;
    let letter = letters.iter().find(|letter| letter.subject == "factor-added").unwrap();
    let token = letter.not_me().unwrap().to_owned();
    let welcome = letters.iter().find(|letter| letter.subject == "active-to-organisation").unwrap();
    assert_eq!(welcome.not_me(), None, "a letter to others blocks nobody");
    for _ in 0..3 {
        let seen = look_at_notice(&rig.browser(7), &token).await.unwrap().unwrap();
        assert_eq!(seen.template.word(), "factor-added");
    }
    assert!(rig.standing(0).await.is_active(), "a mail scanner looked");
    let forged = format!("{}0", &token.get(..token.len() - 1).unwrap());
    let forged = if forged == token { format!("{}1", token.get(..token.len() - 1).unwrap()) } else { forged };
    for dead in [forged.as_str(), "", "x.y", "019a0000-0000-7000-8000-000000000009.00"] {
        assert!(wrong(block_by_notice(&rig.browser(7), dead).await), "{dead}");
        assert_eq!(look_at_notice(&rig.browser(7), dead).await.unwrap(), None);
    }
    assert_eq!(blocked(block_by_notice(&rig.browser(7), &token).await).door, Door::Notice);
    let told: Vec<_> = rig.letters().await.into_iter().map(|letter| (letter.subject, letter.to)).collect();
    assert!(told.iter().any(|(subject, _)| subject == "blocked"), "{told:?}");
}

async fn a_link_dies_with_age_and_with_a_reopening(rig: Rig) {
    enrolled(&rig, 1, 0).await;
    let letters = rig.letters().await;
    let token = letters.iter().find_map(|letter| letter.not_me()).unwrap().to_owned();
    assert!(look_at_notice(&rig.cx(), &token).await.unwrap().is_some(), "it lives");
    blocked(by_password(&rig.cx(), &name(0), PASSWORD).await);
    assert!(look_at_notice(&rig.cx(), &token).await.unwrap().is_some(), "a block does not kill it");
    let asked = question(&rig, 5, 0).await;
    opened(&rig, 0).await;
    assert!(wrong(block_by_notice(&rig.cx(), &token).await), "from before a reopening");
    let dead = confirm_block(&rig.browser(5), asked).await;
    assert!(matches!(dead, Err(NotBlocked::Wrong)), "so is a question from before it");
    assert!(rig.standing(0).await.is_active());
    enrolled(&rig, 2, 1).await;
    let letters = rig.letters().await;
    let token = letters.iter().find_map(|letter| letter.not_me()).unwrap().to_owned();
    rig.clock.advance(hours(24 * 10));
    assert!(wrong(block_by_notice(&rig.cx(), &token).await), "ten days old");
    assert!(rig.standing(1).await.is_active());
}

/// The last yes of a block by MitID, not yet given.
async fn question(rig: &Rig, browser: u128, p: u32) -> FlowId {
    let callback = rig.trip_for(browser, Purpose::Blocking, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(p), rig.cx().now));
    match finish_proof(&rig.browser(browser), "test", &callback).await {
        Ok(Proved::Blocking(flow)) => flow,
        other => panic!("no question: {other:?}"),
    }
}

/// Opens a login as a reopening does.
async fn opened(rig: &Rig, p: u32) {
    let person = rig.person(p).await.id;
    let mut tx = rig.change().await;
    let epoch = tx.standing(person).await.unwrap().lift(Origin::Owner).epoch();
    tx.lift_holds(person, Origin::Owner, epoch).await.unwrap();
    tx.note_opened(person, epoch).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_yes_from_before_a_block_by_another_door_reads_that_the_login_is_blocked(rig: Rig) {
    enrolled(&rig, 1, 0).await;
    let asked = question(&rig, 5, 0).await;
    rig.clock.advance(SignedDuration::from_secs(90));
    let first = blocked(by_password(&rig.browser(7), &name(0), PASSWORD).await);
    rig.clock.advance(SignedDuration::from_secs(90));
    let receipt = confirm_block(&rig.browser(5), asked).await.unwrap();
    assert_eq!(receipt.door, Door::Mitid);
    assert_ne!(receipt.hold, first.hold, "a hold of its own stands beside the first");
    assert_eq!(confirm_block(&rig.browser(5), asked).await.unwrap(), receipt, "answered twice");
    assert_eq!(reasons(&rig, 0).await.len(), 2);
}

async fn a_yes_from_before_a_hold_of_another_puts_her_own_beside_it(rig: Rig) {
    enrolled(&rig, 1, 0).await;
    let asked = question(&rig, 5, 0).await;
    let (person, cx) = (rig.person(0).await.id, rig.cx());
    let (origin, reason) = (Origin::ServiceDesk, "suspicion".to_owned());
    let theirs = Hold { id: cx.id().unwrap(), origin, reason, at: cx.now };
    let mut tx = rig.change().await;
    let epoch = tx.standing(person).await.unwrap().hold(theirs.clone()).epoch();
    tx.add_hold(person, &theirs, epoch).await.unwrap();
    tx.commit().await.unwrap();
    confirm_block(&rig.browser(5), asked).await.unwrap();
    let origins: Vec<_> = rig.standing(0).await.holds().iter().map(|hold| hold.origin).collect();
    assert_eq!((origins.len(), origins.contains(&Origin::Owner)), (2, true), "{origins:?}");
}

async fn an_echo_of_a_block_is_that_block_and_a_later_one_is_new(rig: Rig) {
    enrolled(&rig, 1, 0).await;
    let first = blocked(by_password(&rig.browser(7), &name(0), PASSWORD).await);
    rig.clock.advance(SignedDuration::from_secs(59));
    assert_eq!(blocked(by_password(&rig.browser(8), &name(0), PASSWORD).await), first);
    assert_eq!(rig.events(EventKind::Held).await, 1);
    rig.clock.advance(SignedDuration::from_secs(1));
    let later = blocked(by_password(&rig.browser(8), &name(0), PASSWORD).await);
    assert_ne!(later.hold, first.hold);
    assert_eq!(reasons(&rig, 0).await.len(), 2);
}

async fn a_second_click_that_comes_when_the_session_is_over_is_shown_what_the_first_did(rig: Rig) {
    let (app, code) = enrolled(&rig, 1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let owner = here(&rig, 1).await;
    let echo = async || echo_of_block(&rig.browser(1), owner.person.id).await.unwrap();
    blocked(block_by_code(&rig.browser(9), &name(0), &code).await);
    assert_eq!(echo().await, None, "another door's block is not this click's");
    let receipt = block_by_session(&rig.browser(1), &owner).await.unwrap();
    assert_eq!(echo().await, Some(receipt));
    assert_eq!(rig.events(EventKind::Held).await, 2, "nothing is put a second time");
    rig.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(echo().await, None, "a minute later it is a click of its own");
}

async fn one_owner_alone_never_turns_the_brake_on(rig: Rig) {
    enrolled(&rig, 1, 0).await;
    for _ in 0..=BRAKE_AT {
        rig.clock.advance(SignedDuration::from_secs(50));
        rig.clock.advance(SignedDuration::from_secs(11));
        blocked(by_password(&rig.browser(8), &name(0), PASSWORD).await);
    }
    assert_eq!(rig.events(EventKind::MassBlocking).await, 0);
}

async fn a_stranger_cannot_bury_what_happened_at_a_login(rig: Rig) {
    let (app, _) = enrolled(&rig, 1, 0).await;
    for n in 0..600u32 {
        let guess = format!("{n:012}");
        assert!(wrong(block_by_code(&rig.browser(9), &name(0), &guess).await));
    }
    assert_eq!(rig.events(EventKind::BlockRefused).await, 20, "one source, one minute");
    rig.clock.advance(SignedDuration::from_secs(61));
    assert!(wrong(block_by_code(&rig.browser(9), &name(0), "0000-0000-0000").await));
    assert_eq!(rig.events(EventKind::BlockRefused).await, 21, "and then it is worth a row again");
    for n in 0..200 {
        let mut cx = rig.browser(9);
        cx.source.address = std::net::Ipv4Addr::new(10, 0, 0, n).into();
        assert!(wrong(block_by_code(&cx, &name(0), "0000-0000-0000").await));
    }
    rig.sign_in(1, 0, &app).await;
    let seen = see_activity(&rig.browser(1), &here(&rig, 1).await, Which::All, 1).await.unwrap().rows;
    assert!(seen.iter().any(|it| it.kind == EventKind::FactorAdded), "what changed is still there");
    assert!(seen.iter().any(|it| it.kind == EventKind::BlockRefused), "and so is that somebody tried");
}

async fn a_thousand_addresses_block_and_lock_out_nobody(rig: Rig) {
    let (app, _) = enrolled(&rig, 1, 0).await;
    rig.sign_in(1, 0, &app).await;
    rig.letters().await;
    let before = rig.standing(0).await;
    for n in 0..1000u32 {
        let mut cx = rig.browser(1000 + u128::from(n));
        // One of them sits where she does; nobody knows more than her user name.
        if n > 0 {
            cx.source.address = std::net::Ipv4Addr::from_bits(0xC612_0000 + n).into();
        }
        let link = format!("019a0000-0000-7000-8000-{n:012}.{n:064x}");
        assert!(wrong(block_by_code(&cx, &name(0), &format!("{n:012}")).await), "a code, {n}");
        assert!(wrong(by_password(&cx, &name(0), "wrong enough words").await), "a password, {n}");
        assert!(wrong(block_by_notice(&cx, &link).await), "a link, {n}");
    }
    assert_eq!(rig.standing(0).await, before, "no hold, and the epoch is what it was");
    for kind in [EventKind::Held, EventKind::MassBlocking] {
        assert_eq!(rig.events(kind).await, 0, "{kind:?}");
    }
    assert_eq!(rig.events(EventKind::BlockRefused).await, 2000, "the codes and passwords, not the links");
    assert!(rig.letters().await.is_empty(), "nobody is written to");
    rig.sign_in(1, 0, &app).await;
    assert!(who(&rig.browser(1)).await.unwrap().is_some());
    assert_eq!(blocked(by_password(&rig.browser(2), &name(0), PASSWORD).await).door, Door::Password);
    assert!(who(&rig.browser(1)).await.unwrap().is_none());
}

async fn mitid_blocks_whom_it_names_after_one_yes(rig: Rig) {
    enrolled(&rig, 1, 0).await;
    let flow = question(&rig, 5, 0).await;
    assert!(rig.standing(0).await.is_active(), "nothing before the yes");
    assert!(matches!(confirm_block(&rig.browser(6), flow).await, Err(NotBlocked::Wrong)), "another browser");
    let receipt = confirm_block(&rig.browser(5), flow).await.unwrap();
    assert_eq!(receipt.door, Door::Mitid);
    assert_eq!(confirm_block(&rig.browser(5), flow).await.unwrap(), receipt, "a second click");
    assert!(matches!(confirm_block(&rig.browser(6), flow).await, Err(NotBlocked::Wrong)), "hers alone");
    assert_eq!(rig.events(EventKind::Held).await, 1);
    let callback = rig.trip_for(5, Purpose::Blocking, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(7), rig.cx().now));
    let nobody = finish_proof(&rig.browser(5), "test", &callback).await;
    let Err(ProofFailed::NothingBlocked(why)) = nobody else { panic!("{nobody:?}") };
    assert!(matches!(*why, ProofFailed::NoLogin(Purpose::Blocking)), "{why:?}");
}

async fn a_callback_for_a_block_used_twice_late_or_in_another_browser_does_no_harm(rig: Rig) {
    enrolled(&rig, 1, 0).await;
    let answers = || rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    let lost = async |browser, callback: &BTreeMap<String, String>| {
        let back = finish_proof(&rig.browser(browser), "test", callback).await;
        matches!(back, Err(ProofFailed::Refused { refusal: Refusal::Lost, .. }))
    };
    let questions = "select count(*) from flows where cast(about as text) like '{\"Blocking\"%'";
    let late = rig.trip_for(5, Purpose::Blocking, None).await;
    rig.clock.advance(SignedDuration::from_mins(14));
    let callback = rig.trip_for(5, Purpose::Blocking, None).await;
    rig.clock.advance(SignedDuration::from_mins(1));
    answers();
    assert!(lost(5, &late).await, "late");
    assert!(lost(6, &callback).await, "in another browser");
    assert_eq!(rig.number(questions).await, 0, "nobody is asked");
    let Ok(Proved::Blocking(asked)) = finish_proof(&rig.browser(5), "test", &callback).await else {
        panic!("it is good in its own browser still")
    };
    answers();
    assert!(lost(5, &callback).await && lost(6, &callback).await, "spent");
    assert_eq!(rig.number(questions).await, 1, "one question of one callback");
    assert!(rig.standing(0).await.is_active(), "nothing is blocked by coming back");
    confirm_block(&rig.browser(5), asked).await.unwrap();
    opened(&rig, 0).await;
    assert!(lost(5, &callback).await, "spent after a reopening too");
    assert!(matches!(confirm_block(&rig.browser(5), asked).await, Err(NotBlocked::Wrong)));
    assert!(rig.standing(0).await.is_active());
    assert_eq!(rig.events(EventKind::Held).await, 1);
}

/// The sealed part of the newest row about her login that was closed, as the house's own key opens it.
async fn under_the_houses_key(rig: &Rig) -> String {
    let person = rig.person(0).await.id;
    let held = rig.look().await.rows_about(person, &[EventKind::Held.word()], 1).await.unwrap();
    let held = held.first().unwrap();
    let place = format!("audit_events/personal/{}", held.id);
    let clear = rig.house.vault.open(KeyUse::People, &place, &Sealed(held.personal.clone())).unwrap();
    String::from_utf8(clear.to_vec()).unwrap()
}

async fn a_login_whose_own_key_of_the_trail_is_lost_is_blocked_all_the_same(rig: Rig) {
    let (_, code) = enrolled(&rig, 1, 0).await;
    rig.letters().await;
    rig.lose_keys().await;
    let twin = rig.twin().await;
    for known_or_not in [name(0), "nobody.at.all".to_owned()] {
        let guess = block_by_code(&twin.browser(9), &known_or_not, "AAAA-BBBB-CCCC").await;
        assert!(wrong(guess), "answered alike: {known_or_not}");
    }
    assert_eq!(rig.events(EventKind::BlockRefused).await, 2);
    blocked(block_by_code(&twin.browser(9), &name(0), &code).await);
    assert!(!rig.standing(0).await.is_active());
    let sealed = under_the_houses_key(&rig).await;
    assert!(
        sealed.contains("Firefox, Linux") && sealed.contains("192.0.2.1"),
        "nothing of it is lost: {sealed}"
    );
    told_once(&twin).await;
}

/// She hears of the block at once, and once: that the letter left is written down wherever her key is, but not to whom.
async fn told_once(twin: &Rig) {
    twin.clock.advance(SignedDuration::from_hours(1));
    let told: Vec<_> = twin.letters().await.into_iter().map(|letter| letter.subject).collect();
    assert!(told.contains(&"blocked".to_owned()), "{told:?}");
    twin.clock.advance(SignedDuration::from_mins(11));
    assert!(twin.letters().await.is_empty(), "no letter leaves twice");
    let person = twin.person(0).await.id;
    let sent = twin.look().await.rows_about(person, &[EventKind::NoticeSent.word()], 1).await.unwrap();
    let sent = sent.first().unwrap();
    let place = format!("audit_events/personal/{}", sent.id);
    let clear = twin.house.vault.open(KeyUse::People, &place, &Sealed(sent.personal.clone())).unwrap();
    assert!(!String::from_utf8_lossy(&clear).contains('@'), "nothing of hers outlives her");
}

#[tokio::test]
async fn a_login_is_blocked_while_the_store_of_peoples_own_keys_is_away() {
    let rig = Rig::on_sqlite().await;
    let (_, code) = enrolled(&rig, 1, 0).await;
    rig.letters().await;
    let keys = storage_sqlite::SqliteStore::beside(&rig.file());
    std::fs::rename(&keys, keys.with_extension("away")).unwrap();
    // Nothing is opened before the first question.
    let twin = rig.twin().await;
    blocked(block_by_code(&twin.browser(9), &name(0), &code).await);
    assert!(!rig.standing(0).await.is_active());
    assert!(under_the_houses_key(&rig).await.contains("192.0.2.1"));
    told_once(&twin).await;
    assert!(twin.import(vec![hr::line(7)]).await.is_err(), "nobody is added whose key cannot be kept");
}

/// A machine that takes calls and says nothing: where it is, and how many called.
fn says_nothing() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, calls) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&calls);
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for call in listener.incoming() {
            held.push(call);
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    (address, calls)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_keys_that_says_nothing_is_waited_for_once_and_not_by_each_block() {
    let rig = Rig::on_postgres().await;
    let mut codes = Vec::new();
    for p in 0..3 {
        codes.push(enrolled(&rig, u128::from(p) + 1, p).await.1);
    }
    let (address, calls) = says_nothing();
    let twin = rig.twin_asking(&format!("postgres://keys@{address}/keys")).await;
    for (p, code) in (0..).zip(&codes) {
        blocked(block_by_code(&twin.browser(9), &name(p), code).await);
        assert!(!rig.standing(p).await.is_active());
        assert_eq!(calls.load(Ordering::SeqCst), 1, "the first asked for all: {p}");
    }
    for known_or_not in [name(0), "nobody.at.all".to_owned()] {
        assert!(wrong(block_by_code(&twin.browser(9), &known_or_not, "AAAA-BBBB-CCCC").await));
    }
    assert_eq!(calls.load(Ordering::SeqCst), 1, "and a wrong code waits no more than that");
    assert!(under_the_houses_key(&rig).await.contains("192.0.2.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_name_nobody_has_the_store_of_keys_is_asked_as_at_one_somebody_has() {
    let rig = Rig::on_postgres().await;
    enrolled(&rig, 1, 0).await;
    for (minutes, known_or_not) in (1..).zip([name(0), "nobody.at.all".to_owned()]) {
        let (address, calls) = says_nothing();
        let twin = rig.twin_asking(&format!("postgres://keys@{address}/keys")).await;
        twin.clock.advance(SignedDuration::from_mins(minutes));
        assert!(wrong(block_by_code(&twin.browser(9), &known_or_not, "AAAA-BBBB-CCCC").await));
        assert_eq!(calls.load(Ordering::SeqCst), 1, "{known_or_not}: the time it takes tells nothing");
    }
}

async fn an_open_session_blocks_its_own_login(rig: Rig) {
    let (app, _) = enrolled(&rig, 1, 0).await;
    rig.sign_in(1, 0, &app).await;
    rig.sign_in(2, 0, &app).await;
    let receipt = block_by_session(&rig.browser(1), &here(&rig, 1).await).await.unwrap();
    assert_eq!(receipt.door, Door::Session);
    for browser in [1, 2] {
        assert!(who(&rig.browser(browser)).await.unwrap().is_none(), "every session has ended");
    }
}

async fn a_hold_of_the_municipality_stays_beside_ones_own(rig: Rig) {
    let (_, code) = enrolled(&rig, 1, 0).await;
    blocked(block_by_code(&rig.browser(9), &name(0), &code).await);
    let person = rig.person(0).await.id;
    let hold = Hold {
        id: rig.cx().id().unwrap(),
        origin: Origin::ServiceDesk,
        reason: "suspicion".into(),
        at: rig.cx().now,
    };
    let mut tx = rig.change().await;
    let epoch = tx.standing(person).await.unwrap().hold(hold.clone()).epoch();
    tx.add_hold(person, &hold, epoch).await.unwrap();
    let lifted = tx.standing(person).await.unwrap().lift(Origin::Owner).epoch();
    tx.lift_holds(person, Origin::Owner, lifted).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(reasons(&rig, 0).await, [(Origin::ServiceDesk, "suspicion".to_owned())]);
}

async fn forty_owners_block_from_one_address_within_minutes_by_every_door(rig: Rig) {
    for (first, door) in (0..).step_by(40).zip(Door::ALL) {
        let mut keys = Vec::new();
        for p in first..first + 40 {
            keys.push(key_to(&rig, p, door).await);
        }
        let mut questions = 0;
        for (p, key) in (first..).zip(keys) {
            rig.clock.advance(SignedDuration::from_secs(7));
            if let Opened::Asked(flow) = key.turned(&rig, p).await {
                questions += 1;
                assert!(rig.standing(p).await.is_active(), "asked, not blocked");
                let cx = rig.browser(u128::from(p) + 1);
                let lists_services = door == Door::Mitid || is_signed_in(p, door);
                assert_eq!(see_block(&cx, flow).await.unwrap(), lists_services, "what the receipt will show");
                assert_eq!(confirm_block(&cx, flow).await.unwrap().lists_services, lists_services);
            }
            assert!(!rig.standing(p).await.is_active(), "owner {p} by {door:?}");
        }
        let asked = match door {
            Door::Mitid => 40,
            Door::Session => 0,
            _ => 40 - BRAKE_AT - 1,
        };
        assert_eq!(questions, asked, "the brake asks once more, and refuses nobody: {door:?}");
        rig.clock.advance(hours(1));
    }
    assert_eq!(rig.events(EventKind::MassBlocking).await, 5, "an alarm for each wave");
}

/// The last who blocks by password is signed in where she does.
fn is_signed_in(p: u32, door: Door) -> bool {
    door == Door::Password && p % 40 == 39
}

/// What opens a door to one owner.
enum Key {
    Session(Box<Here>),
    Mitid(FlowId),
    Code(String),
    Notice(String),
    Password,
}

async fn key_to(rig: &Rig, p: u32, door: Door) -> Key {
    let browser = u128::from(p) + 1;
    let (app, code) = enrolled(rig, browser, p).await;
    let letters = rig.letters().await;
    match door {
        Door::Session => {
            rig.sign_in(browser, p, &app).await;
            Key::Session(Box::new(here(rig, browser).await))
        }
        Door::Mitid => Key::Mitid(question(rig, browser, p).await),
        Door::Code => Key::Code(code),
        Door::Notice => Key::Notice(letters.iter().find_map(|it| it.not_me()).unwrap().to_owned()),
        Door::Password => {
            if is_signed_in(p, door) {
                rig.sign_in(browser, p, &app).await;
            }
            Key::Password
        }
    }
}

impl Key {
    async fn turned(self, rig: &Rig, p: u32) -> Opened {
        let cx = rig.browser(u128::from(p) + 1);
        match self {
            Self::Session(here) => Opened::Blocked(block_by_session(&cx, &here).await.unwrap()),
            Self::Mitid(flow) => Opened::Asked(flow),
            Self::Code(code) => block_by_code(&cx, &name(p), &code).await.unwrap(),
            Self::Notice(token) => block_by_notice(&cx, &token).await.unwrap(),
            Self::Password => by_password(&cx, &name(p), PASSWORD).await.unwrap(),
        }
    }
}

async fn services_are_told_and_the_receipt_says_what_they_answered(rig: Rig) {
    connect(&rig, SERVICE).await;
    connect(&rig, SILENT).await;
    let (app, _) = enrolled(&rig, 1, 0).await;
    rig.sign_in(1, 0, &app).await;
    for (service, message) in [(SERVICE, "m1"), (SILENT, "m2")] {
        let flow = asked(&rig, 1, service, message).await;
        issue(&rig.browser(1), flow).await.unwrap();
    }
    let receipt = block_by_session(&rig.browser(1), &here(&rig, 1).await).await.unwrap();
    let seen = services(&rig, &receipt).await;
    let until = seen.iter().map(|one| one.until).min().unwrap();
    assert!(until > rig.cx().now, "each has an end of its own");
    let endings: Vec<Ending> = seen.iter().map(|one| one.ending).collect();
    assert_eq!(endings, [Ending::Asked, Ending::NotConfirmed], "one can be told, one cannot");
    let line = Arc::new(StubLine::default());
    line.answers(Some("ended"));
    assert_eq!(tell(&rig, &line).await, 1);
    let told = line.asked();
    assert_eq!(told.len(), 1);
    assert!(
        told.iter().all(|one| one.address == format!("{SERVICE}/logout") && one.body.starts_with("end _"))
    );
    let ended = services(&rig, &receipt).await.first().map(|one| one.ending);
    assert_eq!(ended, Some(Ending::Confirmed(rig.cx().now)));
    assert_eq!(tell(&rig, &line).await, 0, "told once");
}

/// Tells every service that is due, once; gives how many visits were settled or put off.
async fn tell(rig: &Rig, line: &Arc<StubLine>) -> usize {
    let line: Arc<dyn SoapLine> = line.clone();
    let mut told = 0;
    for service in services_to_tell(&rig.house).await.unwrap() {
        told += end_visits(&rig.house, &line, service, 9).await.unwrap();
    }
    told
}

async fn services(rig: &Rig, receipt: &Receipt) -> Vec<ServiceSeen> {
    see_receipt(&rig.cx(), receipt).await.unwrap().unwrap().services.unwrap()
}

async fn a_service_that_does_not_answer_may_stay_open(rig: Rig) {
    connect(&rig, SERVICE).await;
    let (app, _) = enrolled(&rig, 1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let flow = asked(&rig, 1, SERVICE, "m1").await;
    issue(&rig.browser(1), flow).await.unwrap();
    let receipt = block_by_session(&rig.browser(1), &here(&rig, 1).await).await.unwrap();
    let line = Arc::new(StubLine::default());
    for answer in [None, Some("partly"), None, None, None, None, None] {
        line.answers(answer);
        tell(&rig, &line).await;
        rig.clock.advance(SignedDuration::from_secs(61));
    }
    assert_eq!(line.asked().len(), 7);
    let last: Vec<Ending> = services(&rig, &receipt).await.iter().map(|one| one.ending).collect();
    assert_eq!(last, [Ending::NotConfirmed]);
    line.answers(Some("ended"));
    assert_eq!(tell(&rig, &line).await, 0, "given up");
}

async fn who_vouches_for_a_service_is_kept_until_it_is_said_anew(rig: Rig) {
    let save = async |back_channel_ca| {
        let settings = Settings { back_channel_ca, ..Settings::default() };
        let saved = save_connection(&rig.cx(), "ops1", "a service", SERVICE, settings).await.unwrap();
        let kept = rig.look().await.relying_party(saved.id).await.unwrap().unwrap();
        assert_eq!(saved.back_channel_ca, kept.back_channel_ca);
        kept.back_channel_ca
    };
    assert_eq!(save(BackChannelCa::AsBefore).await, None, "new: the public ones");
    assert_eq!(save(BackChannelCa::Own(vec![6, 7])).await, Some(vec![6, 7]));
    assert_eq!(save(BackChannelCa::AsBefore).await, Some(vec![6, 7]), "nothing was said of it");
    assert_eq!(save(BackChannelCa::Own(vec![8])).await, Some(vec![8]));
    assert_eq!(save(BackChannelCa::Public).await, None);
    let mut told: Vec<String> = Vec::new();
    for row in rig.look().await.unsequenced(99).await.unwrap() {
        if row.kind == EventKind::ConnectionSaved.word() {
            let mut facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap();
            told.push(facts.remove("back-channel-authority").unwrap());
        }
    }
    assert_eq!(told, ["public", "given", "kept", "given", "dropped"]);
}

async fn only_a_session_or_mitid_is_told_of_services(rig: Rig) {
    connect(&rig, SERVICE).await;
    let (app, code) = enrolled(&rig, 1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let flow = asked(&rig, 1, SERVICE, "m1").await;
    issue(&rig.browser(1), flow).await.unwrap();
    let receipt = blocked(block_by_code(&rig.browser(9), &name(0), &code).await);
    let seen = see_receipt(&rig.cx(), &receipt).await.unwrap().unwrap();
    assert_eq!(seen.services, None, "who has the code need not be who was signed in");
}

async fn a_code_a_link_and_a_password_tell_of_services_only_where_their_owner_is_signed_in(rig: Rig) {
    connect(&rig, SERVICE).await;
    // Somebody else who sits at a browser of her own.
    let (theirs, _) = enrolled(&rig, 90, 50).await;
    rig.sign_in(90, 50, &theirs).await;
    for (p, door) in (0..).zip([Door::Code, Door::Notice, Door::Password]) {
        for (p, case) in (5 * p..).zip(["hers", "nobody's", "another's", "over", "unreadable"]) {
            let (owner, thief) = (u128::from(p) + 1, u128::from(p) + 101);
            let (app, code) = enrolled(&rig, owner, p).await;
            let letters = rig.letters().await;
            let mut to_her = letters.iter().filter(|it| it.to.starts_with(&format!("{}@", name(p))));
            let token = to_her.find_map(|it| it.not_me()).unwrap().to_owned();
            for browser in [thief, owner] {
                rig.sign_in(browser, p, &app).await;
                let flow = asked(&rig, browser, SERVICE, &format!("m{browser}")).await;
                issue(&rig.browser(browser), flow).await.unwrap();
            }
            match case {
                "over" => rig.clock.advance(SignedDuration::from_mins(31)),
                // As a newer programme wrote it that is gone again.
                "unreadable" => {
                    let whose = format!("person = (select id from persons where user_name = '{}')", name(p));
                    let says = "update sessions set shown = '[[\"oracle\",0]]' where ended_at is null and";
                    rig.as_owner(&format!("{says} {whose}")).await;
                }
                _ => {}
            }
            let cx = rig.browser(match case {
                "nobody's" => 99,
                "another's" => 90,
                _ => owner,
            });
            let receipt = blocked(match door {
                Door::Code => block_by_code(&cx, &name(p), &code).await,
                Door::Notice => block_by_notice(&cx, &token).await,
                _ => by_password(&cx, &name(p), PASSWORD).await,
            });
            let services = see_receipt(&rig.cx(), &receipt).await.unwrap().unwrap().services;
            let browsers = services.map(|services| services.len());
            assert_eq!(browsers, (case == "hers").then_some(2), "{door:?}, {case}: the thief's and hers");
            assert!(
                who(&cx).await.unwrap().is_none_or(|here| here.person.id != receipt.person),
                "it ended here too"
            );
            rig.clock.advance(hours(1));
            rig.sign_in(90, 50, &theirs).await;
        }
    }
}

async fn the_sheet_is_shown_until_it_is_kept(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    rig.register(1, flow).await;
    assert!(see_codes(&rig.browser(1), flow).await.is_err(), "not before the end");
    finish_enrolment(&rig.browser(1), flow).await.unwrap();
    let (first, user_name) = see_codes(&rig.browser(1), flow).await.unwrap();
    let (second, _) = see_codes(&rig.browser(1), flow).await.unwrap();
    assert_eq!((first.blocking.printed(), user_name), (second.blocking.printed(), name(0)));
    assert_eq!(first.recovery.len(), 10);
    assert!(see_codes(&rig.browser(2), flow).await.is_err(), "another browser");
    assert!(matches!(keep_codes(&rig.browser(1), flow, false).await, Err(NotKept::NotTicked)));
    keep_codes(&rig.browser(1), flow, true).await.unwrap();
    keep_codes(&rig.browser(1), flow, true).await.unwrap();
    assert!(see_codes(&rig.browser(1), flow).await.is_err(), "gone");
    let person = rig.person(0).await.id;
    let mut tx = rig.look().await;
    assert_eq!(tx.printed_left(person, PrintedKind::Blocking).await.unwrap(), 1);
    assert_eq!(tx.printed_left(person, PrintedKind::Recovery).await.unwrap(), 10);
}
