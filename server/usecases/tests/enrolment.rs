//! Day one: from the link to an active login, and everything that may go wrong on the way.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::audit::EventKind;
use domain::cpr::{Cpr, CprStatus, RegisterStatus};
use domain::enrolment::{NotNow, Step};
use domain::hr::HrLine;
use domain::ids::FlowId;
use domain::issue::Missing;
use domain::level::AssuranceLevel;
use domain::password::{Password, Weak};
use domain::proofing::{BrokerAnswer, Refusal};
use domain::terms::NotRead;
use domain::throttle::SOURCE_A_MINUTE;
use domain::{Date, SignedDuration, Timestamp};
use std::collections::BTreeMap;
use testkit::{FewLeaks, PASSWORD, Rig, ScriptedMitid, day, good_answer, hours, hr};
use usecases::begin_enrolment::{LinkRefused, begin_enrolment, look_at_link, resume_enrolment};
use usecases::choose_password::{PasswordNotSet, choose_password};
use usecases::finish_enrolment::{NotFinished, finish_enrolment};
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::issue::{NotIssued, issue};
use usecases::keep_codes::keep_codes;
use usecases::read_terms::{TermsRefused, accept_terms, decline_terms, turn_page};
use usecases::register_app::{AppRefused, offer_app, register_app};
use usecases::save_connection::{Settings, save_connection};
use usecases::see_enrolment::see_enrolment;
use usecases::show_code::{CodeWrong, show_code};

testkit::on_both! {
    a_line_in_the_feed_becomes_somebody_who_signs_in
    person_and_organisation_hear_that_it_is_active_and_nobody_is_invited_any_more
    a_link_that_is_unknown_replaced_too_old_or_used_up_opens_nothing
    a_dead_link_leaves_a_row_about_its_owner_and_made_up_ones_do_not_bury_it
    the_link_is_dead_once_the_login_is_active
    the_link_opened_in_another_browser_shows_nothing_of_the_first
    terms_are_accepted_only_read_in_order_to_the_end_and_ticked
    declining_before_the_proof_is_written_down_and_leaves_the_way_open
    terms_that_change_while_they_are_read_begin_anew_at_the_first_page
    terms_that_change_between_accept_and_proof_are_read_before_anything_is_stored
    a_callback_works_once_in_its_browser_and_in_its_time
    a_callback_at_another_brokers_address_is_refused_and_spends_the_trip
    two_callbacks_at_once_make_one_proof
    a_proof_made_to_find_the_link_is_not_spent_on_an_enrolment
    looking_for_a_link_tells_nobody_whether_there_is_one
    an_hour_after_the_proof_only_a_new_one_goes_on
    a_new_trip_that_is_not_taken_costs_nothing_of_the_hour
    begun_again_on_another_device_it_takes_a_new_proof_and_keeps_the_password
    a_relation_that_ends_before_the_proof_stops_the_proof
    a_relation_that_ends_after_the_proof_ends_the_enrolment
    a_feed_that_changes_the_number_she_just_proved_holds_her_login_and_ends_the_enrolment
    a_feed_that_corrects_the_number_before_the_proof_asks_the_new_owner_for_it
    a_password_that_is_short_leaked_or_her_own_name_is_not_taken
    an_app_counts_after_one_right_code_and_the_offer_survives_a_wrong_one
    the_code_shown_at_registration_signs_nobody_in
    finishing_needs_every_step_and_twice_is_once
    who_begins_later_makes_ready_now_and_services_wait_for_her_first_day
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Proofs, accepts, passwords, apps.
async fn kept(rig: &Rig) -> [i64; 4] {
    let mut kept = [0; 4];
    for (count, table) in kept.iter_mut().zip(["proofings", "acceptances", "passwords", "authenticator_apps"])
    {
        *count = rig.number(&format!("select count(*) from {table}")).await;
    }
    kept
}

const NOTHING: [i64; 4] = [0; 4];

async fn step(rig: &Rig, browser: u128, flow: FlowId) -> Step {
    see_enrolment(&rig.browser(browser), flow).await.unwrap().step
}

async fn accepted(rig: &Rig) -> FlowId {
    let token = rig.invite(0).await;
    let flow = rig.begin(1, &token).await;
    rig.accept(1, flow).await;
    flow
}

async fn come_back(
    rig: &Rig,
    browser: u128,
    callback: &BTreeMap<String, String>,
) -> Result<Proved, ProofFailed> {
    finish_proof(&rig.browser(browser), "test", callback).await
}

fn good(rig: &Rig) -> BrokerAnswer {
    good_answer(&hr::cpr(0), rig.cx().now)
}

async fn subjects(rig: &Rig) -> Vec<String> {
    let mut subjects: Vec<_> = rig.letters().await.into_iter().map(|letter| letter.subject).collect();
    subjects.sort();
    subjects
}

/// Her line, over since yesterday.
fn ended() -> HrLine {
    HrLine { starts_on: day("2026-01-01"), ends_on: Some(day("2026-11-01")), ..hr::line(0) }
}

fn other_cpr() -> HrLine {
    HrLine { cpr: Cpr::parse(&hr::cpr(9)).unwrap(), ..hr::line(0) }
}

async fn password(rig: &Rig, flow: FlowId, text: &str) -> Result<(), PasswordNotSet> {
    choose_password(&rig.cx(), flow, Password::typed(text.to_owned())).await
}

async fn a_line_in_the_feed_becomes_somebody_who_signs_in(rig: Rig) {
    let token = rig.invite(0).await;
    let flow = rig.begin(1, &token).await;
    assert_eq!(step(&rig, 1, flow).await, Step::Terms { page: 1 });
    rig.accept(1, flow).await;
    assert_eq!((step(&rig, 1, flow).await, kept(&rig).await), (Step::Proof, NOTHING));
    rig.prove_in(1, flow, 0).await;
    assert_eq!((step(&rig, 1, flow).await, kept(&rig).await), (Step::Password, [1, 1, 0, 0]));
    rig.choose(1, flow).await;
    assert_eq!(step(&rig, 1, flow).await, Step::Factor);
    let app = rig.register(1, flow).await;
    assert_eq!((step(&rig, 1, flow).await, kept(&rig).await), (Step::Finish, [1, 1, 1, 1]));
    assert!(rig.relations(0).await[0].activated_at.is_none());
    finish_enrolment(&rig.cx(), flow).await.unwrap();
    assert_eq!(step(&rig, 1, flow).await, Step::Codes);
    keep_codes(&rig.cx(), flow, true).await.unwrap();
    assert_eq!(step(&rig, 1, flow).await, Step::Done);
    assert_eq!(rig.relations(0).await[0].activated_at, Some(rig.cx().now));
    let signed_in = rig.sign_in(1, 0, &app).await;
    assert!(rig.look().await.session(signed_in.session).await.unwrap().is_some());
}

async fn person_and_organisation_hear_that_it_is_active_and_nobody_is_invited_any_more(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    // She asks for her link again while she is at it; that letter waits.
    let callback = rig.trip(2, None).await;
    rig.mitid.answers(good(&rig));
    assert_eq!(come_back(&rig, 2, &callback).await.unwrap(), Proved::Finding);
    rig.choose(1, flow).await;
    rig.register(1, flow).await;
    finish_enrolment(&rig.cx(), flow).await.unwrap();
    let told = [
        "active",
        "active-to-organisation",
        "codes-printed",
        "codes-printed",
        "factor-added",
        "factor-added",
        "identity-proved",
        "identity-proved",
        "terms-accepted",
    ];
    assert_eq!(subjects(&rig).await, told, "what a thief would hide goes to both her addresses");
    rig.clock.advance(hours(24 * 6));
    assert!(subjects(&rig).await.is_empty(), "no reminder either");
}

async fn a_link_that_is_unknown_replaced_too_old_or_used_up_opens_nothing(rig: Rig) {
    let old = rig.invite(0).await;
    rig.clock.advance(MINUTE);
    let callback = rig.trip(1, None).await;
    rig.mitid.answers(good(&rig));
    come_back(&rig, 1, &callback).await.unwrap();
    let new = rig.letters().await[0].token().unwrap().to_owned();
    assert_ne!(old, new);
    for dead in ["", "0000", &old, &new.to_uppercase()] {
        let looked = look_at_link(&rig.cx(), dead).await;
        assert!(matches!(looked, Err(LinkRefused::Dead)), "{dead}");
        assert!(matches!(begin_enrolment(&rig.cx(), dead).await, Err(LinkRefused::Dead)), "{dead}");
    }
    let until = look_at_link(&rig.cx(), &new).await.unwrap();
    assert_eq!(until, rig.cx().now + hours(24 * 30));
    rig.clock.advance(hours(24 * 30));
    assert!(matches!(begin_enrolment(&rig.cx(), &new).await, Err(LinkRefused::Dead)));
    assert_eq!(rig.events(EventKind::EnrolmentBegun).await, 0);
    assert_eq!(rig.events(EventKind::EnrolmentRefused).await, 5, "each try, and no look");
}

async fn a_dead_link_leaves_a_row_about_its_owner_and_made_up_ones_do_not_bury_it(rig: Rig) {
    let token = rig.invite(0).await;
    let person = rig.person(0).await.id;
    rig.clock.advance(hours(24 * 30));
    assert!(matches!(begin_enrolment(&rig.cx(), &token).await, Err(LinkRefused::Dead)));
    for n in 0..200 {
        let made_up = format!("{n:064x}");
        assert!(matches!(begin_enrolment(&rig.browser(9), &made_up).await, Err(LinkRefused::Dead)));
    }
    let kind = EventKind::EnrolmentRefused;
    assert_eq!(rig.events(kind).await, u64::from(SOURCE_A_MINUTE), "one source, one minute");
    assert_eq!(rig.look().await.rows_about(person, &[kind.word()], 100).await.unwrap().len(), 1);
    rig.clock.advance(MINUTE);
    assert!(begin_enrolment(&rig.cx(), &token).await.is_err());
    assert_eq!(rig.look().await.rows_about(person, &[kind.word()], 100).await.unwrap().len(), 2);
}

async fn the_link_is_dead_once_the_login_is_active(rig: Rig) {
    let token = rig.invite(0).await;
    let flow = rig.begin(1, &token).await;
    rig.accept(1, flow).await;
    rig.prove_in(1, flow, 0).await;
    rig.choose(1, flow).await;
    rig.register(1, flow).await;
    assert!(look_at_link(&rig.cx(), &token).await.is_ok());
    finish_enrolment(&rig.cx(), flow).await.unwrap();
    assert!(matches!(look_at_link(&rig.cx(), &token).await, Err(LinkRefused::Dead)));
}

async fn the_link_opened_in_another_browser_shows_nothing_of_the_first(rig: Rig) {
    let token = rig.invite(0).await;
    let hers = rig.begin(1, &token).await;
    rig.read(1, hers).await;
    assert!(matches!(see_enrolment(&rig.browser(2), hers).await, Err(NoFlow::Gone)));
    assert!(resume_enrolment(&rig.browser(2), &token, Some(hers)).await.unwrap().is_none());
    assert_eq!(resume_enrolment(&rig.browser(1), &token, Some(hers)).await.unwrap(), Some(hers));
    let his = rig.begin(2, &token).await;
    assert_eq!(step(&rig, 2, his).await, Step::Terms { page: 1 });
    accept_terms(&rig.cx(), hers, true).await.unwrap();
    rig.prove_in(1, hers, 0).await;
    rig.choose(1, hers).await;
    let seen = see_enrolment(&rig.browser(2), his).await.unwrap();
    assert_eq!((seen.step, seen.user_name, seen.full_name), (Step::Terms { page: 1 }, None, None));
    assert!(!seen.on_record.password && seen.own_words.is_empty() && seen.accepted.is_none());
    let password = Password::typed(PASSWORD.to_owned());
    let refused = choose_password(&rig.browser(2), his, password).await;
    assert!(matches!(refused, Err(PasswordNotSet::NotNow(NotNow::StepBefore))));
    assert!(matches!(offer_app(&rig.browser(2), his).await, Err(AppRefused::NotNow(NotNow::StepBefore))));
}

async fn terms_are_accepted_only_read_in_order_to_the_end_and_ticked(rig: Rig) {
    let token = rig.invite(0).await;
    let (flow, cx) = (rig.begin(1, &token).await, rig.cx());
    let skipped = turn_page(&cx, flow, 3).await;
    assert!(matches!(skipped, Err(TermsRefused::NotRead(NotRead::OutOfOrder { next: 1 }))));
    turn_page(&cx, flow, 1).await.unwrap();
    let unread = accept_terms(&cx, flow, true).await;
    assert!(matches!(unread, Err(TermsRefused::NotRead(NotRead::PagesMissing { next: 2 }))));
    rig.read(1, flow).await;
    let unticked = accept_terms(&cx, flow, false).await;
    assert!(matches!(unticked, Err(TermsRefused::NotRead(NotRead::NotTicked))));
    assert_eq!((rig.events(EventKind::EnrolmentRefused).await, kept(&rig).await), (3, NOTHING));
    assert_eq!(step(&rig, 1, flow).await, Step::Terms { page: 5 });
    accept_terms(&cx, flow, true).await.unwrap();
    assert!(matches!(turn_page(&cx, flow, 1).await, Err(TermsRefused::NotNow)));
    assert!(matches!(accept_terms(&cx, flow, true).await, Err(TermsRefused::NotNow)));
}

async fn declining_before_the_proof_is_written_down_and_leaves_the_way_open(rig: Rig) {
    let token = rig.invite(0).await;
    let flow = rig.begin(1, &token).await;
    decline_terms(&rig.cx(), flow).await.unwrap();
    assert_eq!(rig.events(EventKind::TermsDeclined).await, 1);
    assert!(rig.standing(0).await.is_active(), "nobody knows who declined");
    rig.accept(1, flow).await;
}

async fn terms_that_change_while_they_are_read_begin_anew_at_the_first_page(rig: Rig) {
    let token = rig.invite(0).await;
    let flow = rig.begin(1, &token).await;
    turn_page(&rig.cx(), flow, 1).await.unwrap();
    rig.terms.publish("2.0");
    let refused = turn_page(&rig.cx(), flow, 2).await;
    assert!(matches!(refused, Err(TermsRefused::NotRead(NotRead::NewVersion))));
    assert_eq!(step(&rig, 1, flow).await, Step::Terms { page: 1 });
    rig.read(1, flow).await;
    rig.terms.publish("3.0");
    let refused = accept_terms(&rig.cx(), flow, true).await;
    assert!(matches!(refused, Err(TermsRefused::NotRead(NotRead::NewVersion))));
    assert_eq!(step(&rig, 1, flow).await, Step::Terms { page: 1 });
    assert_eq!((rig.events(EventKind::EnrolmentRefused).await, kept(&rig).await), (2, NOTHING));
}

async fn terms_that_change_between_accept_and_proof_are_read_before_anything_is_stored(rig: Rig) {
    let flow = accepted(&rig).await;
    let callback = rig.trip(1, Some(flow)).await;
    rig.terms.publish("2.0");
    rig.mitid.answers(good(&rig));
    let back = come_back(&rig, 1, &callback).await;
    assert!(matches!(back, Err(ProofFailed::NewTerms(to)) if to == flow));
    assert_eq!((kept(&rig).await, rig.events(EventKind::EnrolmentRefused).await), (NOTHING, 1));
    assert_eq!(step(&rig, 1, flow).await, Step::Terms { page: 1 });
    rig.accept(1, flow).await;
    rig.prove_in(1, flow, 0).await;
    let id = rig.person(0).await.id;
    let accepted = rig.look().await.last_acceptance(id).await.unwrap().unwrap().accepted;
    assert_eq!((accepted.terms, accepted.shown.len()), (rig.house.terms.version().hash, 5));
    assert_eq!(kept(&rig).await, [1, 1, 0, 0]);
}

/// Makes the next callback end in this refusal.
fn script(rig: &Rig, refusal: Refusal) {
    let good = good(rig);
    let bad = match refusal {
        Refusal::Aborted | Refusal::Technical | Refusal::OtherBroker => return rig.mitid.refuses(refusal),
        Refusal::Lost => BrokerAnswer { auth_time: Some(Timestamp::UNIX_EPOCH), ..good },
        Refusal::LevelTooLow => BrokerAnswer { ial: Some(AssuranceLevel::Low), ..good },
        Refusal::NoCpr => BrokerAnswer { cpr: None, ..good },
        Refusal::OtherPerson => BrokerAnswer { cpr: Cpr::parse(&hr::cpr(9)).ok(), ..good },
        Refusal::Register => {
            let dead = CprStatus { status: RegisterStatus::Dead, source: "test".into(), at: rig.cx().now };
            BrokerAnswer { register: Some(dead), ..good }
        }
        Refusal::RegisterSilent => BrokerAnswer { register: None, ..good },
    };
    rig.mitid.answers(bad);
}

#[tokio::test]
async fn every_refusal_of_a_proof_leaves_an_event_and_nothing_else_and_she_can_try_again() {
    use Refusal::{Aborted, LevelTooLow, Lost, NoCpr, OtherPerson, Register, RegisterSilent, Technical};
    let rig = Rig::on_sqlite().await;
    let flow = accepted(&rig).await;
    let all = [Aborted, Lost, LevelTooLow, NoCpr, OtherPerson, Register, RegisterSilent, Technical];
    for (refusal, before) in all.into_iter().zip(0..) {
        let callback = rig.trip(1, Some(flow)).await;
        script(&rig, refusal);
        let failed = come_back(&rig, 1, &callback).await.unwrap_err();
        let expected = matches!(failed, ProofFailed::Refused { refusal: it, back } if it == refusal && back == Some(flow));
        assert!(expected, "{refusal:?}: {failed:?}");
        assert_eq!((kept(&rig).await, rig.events(EventKind::ProofRefused).await), (NOTHING, before + 1));
        let word = format!("select count(*) from audit_events where facts like '%\"{}\"%'", refusal.word());
        assert_eq!(rig.number(&word).await, 1, "{refusal:?}");
    }
    assert!(subjects(&rig).await.is_empty());
    rig.prove_in(1, flow, 0).await;
}

fn lost(outcome: &Result<Proved, ProofFailed>) -> bool {
    matches!(outcome, Err(ProofFailed::Refused { refusal: Refusal::Lost, .. }))
}

async fn a_callback_works_once_in_its_browser_and_in_its_time(rig: Rig) {
    let flow = accepted(&rig).await;
    let late = rig.trip(1, Some(flow)).await;
    rig.clock.advance(SignedDuration::from_mins(14));
    let callback = rig.trip(1, Some(flow)).await;
    rig.clock.advance(MINUTE);
    rig.mitid.answers(good(&rig));
    assert!(lost(&come_back(&rig, 1, &late).await), "late");
    assert!(lost(&come_back(&rig, 2, &callback).await), "another browser");
    assert!(lost(&come_back(&rig, 1, &ScriptedMitid::callback(&flow.to_string())).await), "not a trip");
    assert!(lost(&come_back(&rig, 1, &BTreeMap::new()).await), "no state");
    assert_eq!((kept(&rig).await, rig.events(EventKind::ProofRefused).await), (NOTHING, 4));
    come_back(&rig, 1, &callback).await.unwrap();
    rig.mitid.answers(good(&rig));
    assert!(lost(&come_back(&rig, 1, &callback).await), "replayed");
    assert_eq!((kept(&rig).await, rig.events(EventKind::ProofRefused).await), ([1, 1, 0, 0], 5));
}

async fn a_callback_at_another_brokers_address_is_refused_and_spends_the_trip(rig: Rig) {
    let flow = accepted(&rig).await;
    let callback = rig.trip(1, Some(flow)).await;
    rig.mitid.answers(good(&rig));
    let mixed_up = finish_proof(&rig.browser(1), "another", &callback).await;
    let other_broker = Refusal::OtherBroker;
    assert!(
        matches!(mixed_up, Err(ProofFailed::Refused { refusal, back: Some(back) }) if refusal == other_broker && back == flow)
    );
    assert_eq!((kept(&rig).await, rig.events(EventKind::ProofRefused).await), (NOTHING, 1));
    assert!(lost(&come_back(&rig, 1, &callback).await), "the trip is over");
    assert_eq!(kept(&rig).await, NOTHING);
}

async fn two_callbacks_at_once_make_one_proof(rig: Rig) {
    let flow = accepted(&rig).await;
    let callback = rig.trip(1, Some(flow)).await;
    rig.mitid.answers(good(&rig));
    rig.mitid.answers(good(&rig));
    let (one, two) = tokio::join!(come_back(&rig, 1, &callback), come_back(&rig, 1, &callback));
    assert!(one.is_ok() != two.is_ok() && (lost(&one) || lost(&two)));
    assert_eq!(kept(&rig).await, [1, 1, 0, 0]);
}

async fn a_proof_made_to_find_the_link_is_not_spent_on_an_enrolment(rig: Rig) {
    let flow = accepted(&rig).await;
    let callback = rig.trip(1, None).await;
    rig.mitid.answers(good(&rig));
    assert_eq!(come_back(&rig, 1, &callback).await.unwrap(), Proved::Finding);
    assert_eq!((step(&rig, 1, flow).await, kept(&rig).await), (Step::Proof, NOTHING));
    let refused = password(&rig, flow, PASSWORD).await;
    assert!(matches!(refused, Err(PasswordNotSet::NotNow(NotNow::StepBefore))));
}

async fn looking_for_a_link_tells_nobody_whether_there_is_one(rig: Rig) {
    rig.invite(0).await;
    for p in [0, 7] {
        let callback = rig.trip(1, None).await;
        rig.mitid.answers(good_answer(&hr::cpr(p), rig.cx().now));
        assert_eq!(come_back(&rig, 1, &callback).await.unwrap(), Proved::Finding);
    }
    let letters = rig.letters().await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "p0@private.example"));
}

async fn an_hour_after_the_proof_only_a_new_one_goes_on(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.clock.advance(MINUTE * 61);
    let refused = password(&rig, flow, PASSWORD).await;
    assert!(matches!(refused, Err(PasswordNotSet::NotNow(NotNow::ProofRanOut))));
    assert!(matches!(offer_app(&rig.cx(), flow).await, Err(AppRefused::NotNow(NotNow::ProofRanOut))));
    let seen = see_enrolment(&rig.cx(), flow).await.unwrap();
    assert_eq!((seen.step, seen.full_name), (Step::Proof, None));
    rig.prove_in(1, flow, 0).await;
    rig.choose(1, flow).await;
    rig.register(1, flow).await;
    rig.clock.advance(MINUTE * 61);
    let refused = finish_enrolment(&rig.cx(), flow).await;
    assert!(matches!(refused, Err(NotFinished::NotNow(NotNow::ProofRanOut))));
    assert!(rig.relations(0).await[0].activated_at.is_none());
    rig.prove_in(1, flow, 0).await;
    finish_enrolment(&rig.cx(), flow).await.unwrap();
    assert_eq!(kept(&rig).await, [3, 1, 1, 1]);
}

async fn a_new_trip_that_is_not_taken_costs_nothing_of_the_hour(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.trip(1, Some(flow)).await;
    rig.clock.advance(MINUTE * 59);
    rig.choose(1, flow).await;
}

async fn begun_again_on_another_device_it_takes_a_new_proof_and_keeps_the_password(rig: Rig) {
    let token = rig.invite(0).await;
    let first = rig.begin(1, &token).await;
    rig.accept(1, first).await;
    rig.prove_in(1, first, 0).await;
    rig.choose(1, first).await;
    rig.clock.advance(hours(20));
    assert!(matches!(see_enrolment(&rig.cx(), first).await, Err(NoFlow::Gone)));
    let second = rig.begin(2, &token).await;
    let seen = see_enrolment(&rig.browser(2), second).await.unwrap();
    assert_eq!((seen.step, seen.user_name, seen.on_record.password), (Step::Proof, None, false));
    rig.prove_in(2, second, 0).await;
    assert_eq!(step(&rig, 2, second).await, Step::Factor);
    let app = rig.register(2, second).await;
    finish_enrolment(&rig.browser(2), second).await.unwrap();
    assert_eq!(kept(&rig).await, [2, 1, 1, 1]);
    rig.sign_in(3, 0, &app).await;
}

async fn a_relation_that_ends_before_the_proof_stops_the_proof(rig: Rig) {
    let flow = accepted(&rig).await;
    let callback = rig.trip(1, Some(flow)).await;
    rig.import(vec![ended()]).await.unwrap();
    // Somebody else at her link is told the same as ever, and no row says that it was she.
    rig.mitid.answers(BrokerAnswer { cpr: Cpr::parse(&hr::cpr(9)).ok(), ..good(&rig) });
    let stranger = come_back(&rig, 1, &callback).await;
    assert!(
        matches!(stranger, Err(ProofFailed::Refused { refusal: Refusal::OtherPerson, .. })),
        "{stranger:?}"
    );
    assert_eq!(rig.events(EventKind::EnrolmentRefused).await, 0);
    let callback = rig.trip(1, Some(flow)).await;
    rig.mitid.answers(good(&rig));
    let hers = come_back(&rig, 1, &callback).await;
    assert!(matches!(hers, Err(ProofFailed::NothingToFinish)), "{hers:?}");
    assert_eq!((kept(&rig).await, rig.events(EventKind::EnrolmentRefused).await), (NOTHING, 1));
}

async fn a_relation_that_ends_after_the_proof_ends_the_enrolment(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    rig.choose(1, flow).await;
    rig.register(1, flow).await;
    rig.import(vec![ended()]).await.unwrap();
    assert!(matches!(finish_enrolment(&rig.cx(), flow).await, Err(NotFinished::NoFlow(NoFlow::Gone))));
    assert!(rig.relations(0).await[0].activated_at.is_none());
    assert_eq!(rig.events(EventKind::EnrolmentFinished).await, 0);
}

#[tokio::test]
async fn a_last_day_that_passes_at_midnight_is_not_activated_though_nobody_closed_it_yet() {
    let rig = Rig::on_sqlite().await;
    rig.clock.set("2026-11-02T22:30:00Z");
    let flow = accepted(&rig).await;
    rig.import(vec![HrLine { ends_on: Some(day("2026-11-02")), ..hr::line(0) }]).await.unwrap();
    rig.prove_in(1, flow, 0).await;
    rig.choose(1, flow).await;
    rig.register(1, flow).await;
    rig.clock.advance(MINUTE * 40);
    rig.letters().await;
    assert!(matches!(finish_enrolment(&rig.cx(), flow).await, Err(NotFinished::NotAllowed)));
    // Nobody saw a sheet, so there is none, and no letter of one.
    assert_eq!(rig.number("select count(*) from printed_codes").await, 0);
    assert_eq!(rig.events(EventKind::CodesPrinted).await, 0);
    assert!(subjects(&rig).await.is_empty());
    assert_eq!(
        (rig.events(EventKind::EnrolmentRefused).await, rig.events(EventKind::AssociationActivated).await),
        (1, 0)
    );
}

async fn a_feed_that_changes_the_number_she_just_proved_holds_her_login_and_ends_the_enrolment(rig: Rig) {
    let token = rig.invite(0).await;
    let flow = rig.begin(1, &token).await;
    rig.accept(1, flow).await;
    rig.prove_in(1, flow, 0).await;
    rig.choose(1, flow).await;
    assert_eq!(rig.import(vec![other_cpr()]).await.unwrap().errors.len(), 1);
    assert!(matches!(offer_app(&rig.cx(), flow).await, Err(AppRefused::NoFlow(NoFlow::Gone))));
    assert!(matches!(begin_enrolment(&rig.cx(), &token).await, Err(LinkRefused::Dead)));
    assert_eq!(rig.events(EventKind::Held).await, 1);
}

async fn a_feed_that_corrects_the_number_before_the_proof_asks_the_new_owner_for_it(rig: Rig) {
    let flow = accepted(&rig).await;
    rig.import(vec![other_cpr()]).await.unwrap();
    let callback = rig.trip(1, Some(flow)).await;
    rig.mitid.answers(good(&rig));
    let refused = come_back(&rig, 1, &callback).await;
    assert!(matches!(refused, Err(ProofFailed::Refused { refusal: Refusal::OtherPerson, .. })));
    assert_eq!(kept(&rig).await, NOTHING);
}

async fn a_password_that_is_short_leaked_or_her_own_name_is_not_taken(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    let own = ["Maja Prøve 20261", "12 MAJA PRØVE 2026", "Nordby Kommune 2026", "!!!!Velkommen2026"];
    let weak = [("kort", Weak::TooShort), (FewLeaks::LEAKED, Weak::Leaked)];
    for (text, why) in weak.into_iter().chain(own.map(|text| (text, Weak::Obvious))) {
        let refused = password(&rig, flow, text).await;
        assert!(matches!(refused, Err(PasswordNotSet::Weak(it)) if it == why), "{text}");
    }
    assert_eq!(
        (rig.events(EventKind::PasswordRefused).await, rig.events(EventKind::PasswordSet).await),
        (6, 0)
    );
    assert_eq!(kept(&rig).await, [1, 1, 0, 0]);
    rig.choose(1, flow).await;
}

async fn an_app_counts_after_one_right_code_and_the_offer_survives_a_wrong_one(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    let cx = rig.cx();
    let early = register_app(&cx, flow, "Phone".into(), "123456").await;
    assert!(matches!(early, Err(AppRefused::NotNow(NotNow::StepBefore))), "nothing was offered");
    let app = testkit::App::with_seed(&offer_app(&cx, flow).await.unwrap().secret);
    for wrong in [app.wrong_code(cx.now).as_str(), "", "12345", "abcdef"] {
        let refused = register_app(&cx, flow, "Phone".into(), wrong).await;
        assert!(matches!(refused, Err(AppRefused::Code)), "{wrong}");
    }
    let unnamed = register_app(&cx, flow, " ".into(), &app.code(cx.now)).await;
    assert!(matches!(unnamed, Err(AppRefused::Name)));
    assert_eq!((rig.events(EventKind::FactorRefused).await, kept(&rig).await), (4, [1, 1, 0, 0]));
    let again = testkit::App::with_seed(&offer_app(&cx, flow).await.unwrap().secret);
    assert_eq!(again.code(cx.now), app.code(cx.now), "a reload does not break what was scanned");
    register_app(&cx, flow, "Phone".into(), &app.code(cx.now)).await.unwrap();
    assert_eq!(rig.events(EventKind::FactorOffered).await, 1);
    let twice = register_app(&cx, flow, "Phone".into(), &app.code(cx.now)).await;
    assert!(matches!(twice, Err(AppRefused::NotNow(NotNow::StepBefore))));
}

async fn the_code_shown_at_registration_signs_nobody_in(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    let flow = rig.password_shown(1, 0).await;
    let cx = rig.cx();
    for used in [app.code(cx.now), app.code(cx.now - SignedDuration::from_secs(30))] {
        assert!(matches!(show_code(&cx, flow, &used).await, Err(CodeWrong::Wrong { .. })));
    }
    rig.show_code(1, flow, &app).await;
}

async fn finishing_needs_every_step_and_twice_is_once(rig: Rig) {
    let flow = rig.proved(1, 0).await;
    for _ in 0..2 {
        let early = finish_enrolment(&rig.cx(), flow).await;
        assert!(matches!(early, Err(NotFinished::NotNow(NotNow::StepBefore))));
        rig.choose(1, flow).await;
    }
    rig.register(1, flow).await;
    rig.letters().await;
    let (click, double) = (rig.cx(), rig.cx());
    let both = tokio::join!(finish_enrolment(&click, flow), finish_enrolment(&double, flow));
    assert!(matches!(both, (Ok(()), Ok(()))));
    let at_once = [EventKind::EnrolmentFinished, EventKind::AssociationActivated];
    for kind in at_once {
        assert_eq!(rig.events(kind).await, 1, "{kind:?}");
    }
    assert_eq!(subjects(&rig).await, ["active", "active-to-organisation", "codes-printed", "codes-printed"]);
}

async fn works_from(rig: &Rig, flow: FlowId) -> Option<Date> {
    see_enrolment(&rig.cx(), flow).await.unwrap().works_from
}

async fn who_begins_later_makes_ready_now_and_services_wait_for_her_first_day(rig: Rig) {
    const SERVICE: &str = "https://sp.example";
    let first_day = day("2026-12-01");
    save_connection(&rig.cx(), "ops1", "a new service", SERVICE, Settings::default()).await.unwrap();
    rig.import(vec![HrLine { starts_on: first_day, ..hr::line(0) }]).await.unwrap();
    let letters = rig.letters().await;
    let token = letters.iter().find_map(|letter| letter.token()).unwrap().to_owned();
    let flow = rig.begin(1, &token).await;
    rig.accept(1, flow).await;
    assert_eq!(works_from(&rig, flow).await, None, "the link may have reached somebody else");
    rig.prove_in(1, flow, 0).await;
    assert_eq!(works_from(&rig, flow).await, Some(first_day));
    rig.choose(1, flow).await;
    let app = rig.register(1, flow).await;
    finish_enrolment(&rig.cx(), flow).await.unwrap();
    assert_eq!(works_from(&rig, flow).await, Some(first_day), "finished, and it says the same");
    rig.sign_in(1, 0, &app).await;
    let early = rig.before_answer(&rig.cx(), "https://sp.example|m1").await;
    assert!(matches!(issue(&rig.cx(), early).await, Err(NotIssued::Refused(Missing::Association))));
    // Midnight in Copenhagen.
    rig.clock.set("2026-11-30T23:00:00Z");
    rig.sign_in(2, 0, &app).await;
    let answered = rig.before_answer(&rig.browser(2), "https://sp.example|m2").await;
    issue(&rig.browser(2), answered).await.unwrap();
}
