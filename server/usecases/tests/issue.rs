//! A service asks and gets its answer: once, only while everything holds, never after a committed hold.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::cpr::Cpr;
use domain::factor::FactorKind;
use domain::flow::{About, Flow};
use domain::hr::HrLine;
use domain::ids::FlowId;
use domain::issue::Missing;
use domain::password::Password;
use domain::session::Session;
use domain::sign_in::{SignIn, Step, Target};
use domain::terms::{Accepted, Accepting, Reading, TermsAcceptance};
use testkit::{App, PASSWORD, Rig, day, hours, hr, receive};
use usecases::begin_sign_in::{begin_sign_in, see_sign_in};
use usecases::context::Cx;
use usecases::flows::NoFlow;
use usecases::give_up::{NotGivenUp, give_up};
use usecases::issue::{NotIssued, issue};
use usecases::ports::saml::Outgoing;
use usecases::read_terms::{accept_terms, decline_terms};
use usecases::receive_request::{Received, RequestRefused};
use usecases::save_connection::{NotSaved, Settings, save_connection};
use usecases::see_activity::{Which, see_activity};
use usecases::see_data::see_data;
use usecases::show_code::{CodeWrong, show_code};
use usecases::show_password::{PasswordWrong, show_password};
use usecases::take_activity::take_activity;
use usecases::who::{sign_out, who};

testkit::on_both! {
    a_request_of_before_the_pilot_is_refused_at_the_moment_of_issue
    two_looks_at_once_give_one_token
    a_message_is_taken_once_by_all_instances_together
    a_passive_request_is_answered_by_a_session_or_refused_and_never_asks_her_anything
    what_a_step_mends_is_mended_before_a_session_answers
    a_level_nobody_here_reaches_is_refused_in_the_services_own_words
    an_answer_waits_only_in_the_browser_that_asked
    who_gives_up_at_whatever_step_is_answered_no_once_and_nothing_of_it_goes_on
    signed_out_meanwhile_means_signing_in_again
    a_relation_past_its_last_day_gets_no_token_though_nobody_closed_it_yet
    an_overdue_proof_gets_no_token
    terms_published_after_the_sign_in_are_accepted_before_the_token
    a_hold_committed_before_the_answer_leaves_nothing_to_answer_with
    a_connection_without_a_safe_address_is_not_saved
    metadata_taken_again_keeps_the_connection_it_was
    her_activity_and_her_data_name_the_services_she_was_at
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const SERVICE: &str = "https://sp.example";

async fn connect(rig: &Rig, service: &str) {
    save_connection(&rig.cx(), "ops1", "a new service", service, Settings::default()).await.unwrap();
}

/// A connected service, and somebody who finished day one.
async fn connected(rig: &Rig) -> App {
    connect(rig, SERVICE).await;
    rig.enrol(1, 0).await
}

/// The same, signed in in browser 1.
async fn signed_in(rig: &Rig) -> App {
    let app = connected(rig).await;
    rig.sign_in(1, 0, &app).await;
    app
}

async fn ask(rig: &Rig, message: &str) -> Received {
    receive(&rig.cx(), &format!("{SERVICE}|{message}")).await.unwrap()
}

fn sign_in_first(received: Received) -> FlowId {
    match received {
        Received::SignIn(flow) => flow,
        other => panic!("no sign-in: {other:?}"),
    }
}

fn answered(received: Received) -> Outgoing {
    match received {
        Received::Answered(outgoing) => outgoing,
        other => panic!("not answered: {other:?}"),
    }
}

/// A sign-in in browser 1 that stands right before its answer.
async fn waiting(rig: &Rig, message: &str) -> FlowId {
    rig.before_answer(&rig.cx(), &format!("{SERVICE}|{message}")).await
}

fn refused(received: Received) -> String {
    match received {
        Received::Refuse(outgoing) => outgoing.response,
        other => panic!("no refusal: {other:?}"),
    }
}

async fn answer(rig: &Rig, flow: FlowId) -> Result<Outgoing, NotIssued> {
    issue(&rig.cx(), flow).await
}

/// No token was issued, one was refused.
async fn nothing_issued(rig: &Rig) {
    let outcome = (rig.events(EventKind::TokenIssued).await, rig.events(EventKind::TokenRefused).await);
    assert_eq!(outcome, (0, 1));
}

/// HR names another number for somebody who proved hers.
fn other_cpr() -> HrLine {
    HrLine { cpr: Cpr::parse(&hr::cpr(9)).unwrap(), ..hr::line(0) }
}

#[tokio::test]
async fn a_request_leads_through_a_sign_in_to_one_token() {
    let rig = Rig::on_sqlite().await;
    let app = connected(&rig).await;
    let flow = sign_in_first(ask(&rig, "m1").await);
    let seen = see_sign_in(&rig.cx(), flow).await.unwrap();
    assert_eq!((seen.step, seen.service.as_deref()), (Step::Identify, Some("A service")));
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::Step(Missing::SignIn))));
    rig.show_password(&rig.cx(), flow, 0).await;
    rig.show_code(1, flow, &app).await;
    let token = answer(&rig, flow).await.unwrap();
    assert_eq!(token.address, format!("{SERVICE}/acs"));
    assert!(token.response.ends_with(" at Substantial for 00000000"), "{}", token.response);
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::NoFlow(NoFlow::Gone))), "answered once");
    assert_eq!(rig.events(EventKind::TokenIssued).await, 1);
    let facts =
        "select count(*) from audit_events where kind = 'token.issued' and facts like '%\"cause\":\"Fresh\"%'
                 and facts like '%\"in-response-to\":\"m1\"%' and facts like '%\"level\":\"Substantial\"%'";
    assert_eq!(rig.number(facts).await, 1);
}

/// The same house as a pilot: policy is decided when the programme starts.
fn piloted(rig: &Rig) -> Cx {
    let house = &rig.house;
    let policy = usecases::Policy { pilot: true, ..house.policy.clone() };
    let house = usecases::House {
        store: house.store.clone(),
        database_clock: house.database_clock.clone(),
        vault: house.vault.clone(),
        hasher: house.hasher.clone(),
        leaks: house.leaks.clone(),
        mitid: house.mitid.clone(),
        register: house.register.clone(),
        ceremonies: house.ceremonies.clone(),
        saml: house.saml.clone(),
        oidc: house.oidc.clone(),
        terms: house.terms.clone(),
        clock: house.clock.clone(),
        entropy: house.entropy.clone(),
        outside: house.outside.clone(),
        keeping: house.keeping.clone(),
        policy,
    };
    Cx { house: std::sync::Arc::new(house), ..rig.cx() }
}

#[tokio::test]
async fn a_pilot_answers_without_a_level_and_refuses_a_service_that_asks_for_one() {
    let rig = Rig::on_sqlite().await;
    signed_in(&rig).await;
    let cx = piloted(&rig);
    let asked = receive(&cx, &format!("{SERVICE}|m1")).await;
    assert!(matches!(asked, Err(RequestRefused::Pilot { service }) if service == "A service"));
    let passive = receive(&cx, &format!("{SERVICE}|m2|passive")).await.unwrap();
    assert_eq!(refused(passive), "NoAuthnContext");
    assert_eq!(rig.events(EventKind::RequestRefused).await, 2);
    let token = answered(receive(&cx, &format!("{SERVICE}|m3|no-level")).await.unwrap());
    assert!(token.response.ends_with(" at no level for 00000000"), "{}", token.response);
    let facts =
        "select count(*) from audit_events where kind = 'token.issued' and facts like '%\"level\":\"none\"%'";
    assert_eq!(rig.number(facts).await, 1);
}

async fn a_request_of_before_the_pilot_is_refused_at_the_moment_of_issue(rig: Rig) {
    signed_in(&rig).await;
    let flow = waiting(&rig, "m1").await;
    assert!(matches!(issue(&piloted(&rig), flow).await, Err(NotIssued::Refused(Missing::Pilot))));
    nothing_issued(&rig).await;
}

async fn two_looks_at_once_give_one_token(rig: Rig) {
    signed_in(&rig).await;
    let flow = waiting(&rig, "m1").await;
    let (one, two) = tokio::join!(answer(&rig, flow), answer(&rig, flow));
    assert!(one.is_ok() != two.is_ok());
    assert_eq!(rig.events(EventKind::TokenIssued).await, 1);
}

#[tokio::test]
async fn a_session_answers_and_the_name_is_the_same_at_each_visit_and_another_at_each_service() {
    let rig = Rig::on_sqlite().await;
    signed_in(&rig).await;
    connect(&rig, "https://other.example").await;
    let mut names = Vec::new();
    for query in ["https://sp.example|m1", "https://sp.example|m2", "https://other.example|m1"] {
        names.push(answered(receive(&rig.cx(), query).await.unwrap()).response);
    }
    assert_eq!(names[0], names[1]);
    assert_ne!(names[0], names[2]);
    let from_session = "select count(*) from audit_events where facts like '%\"cause\":\"Session\"%'";
    assert_eq!(rig.number(from_session).await, 3);
}

async fn her_activity_and_her_data_name_the_services_she_was_at(rig: Rig) {
    signed_in(&rig).await;
    let here = rig.here().await;
    assert!(see_data(&rig.cx(), &here).await.unwrap().told.is_empty(), "nobody was told yet");
    answered(receive(&rig.cx(), "https://sp.example|m1").await.unwrap());
    rig.clock.advance(MINUTE);
    answered(receive(&rig.cx(), "https://sp.example|m2").await.unwrap());
    let told = see_data(&rig.cx(), &here).await.unwrap().told;
    assert_eq!(told, [("A service".to_owned(), rig.cx().now)], "once, with the last time");
    let all = take_activity(&rig.cx(), &here).await.unwrap();
    let at: Vec<_> =
        all.iter().filter(|it| !it.service.is_empty()).map(|it| (it.kind, it.service.as_str())).collect();
    assert_eq!(at, [(EventKind::TokenIssued, "A service"); 2]);
    let page = see_activity(&rig.cx(), &here, Which::All, 1).await.unwrap().rows;
    assert_eq!(all, page, "what is not much stands on the page too");
}

async fn a_message_is_taken_once_by_all_instances_together(rig: Rig) {
    signed_in(&rig).await;
    let twin = rig.twin().await;
    ask(&rig, "m1").await;
    for instance in [&rig, &twin] {
        let again = receive(&instance.cx(), "https://sp.example|m1").await;
        assert!(matches!(again, Err(RequestRefused::Replayed)));
    }
    let (here, there) = (rig.cx(), twin.cx());
    let query = "https://sp.example|m2";
    let (here, there) = tokio::join!(receive(&here, query), receive(&there, query));
    assert!(here.is_ok() != there.is_ok());
    assert_eq!(rig.events(EventKind::RequestReceived).await, 2);
    assert_eq!(rig.events(EventKind::RequestRefused).await, 3);
}

#[tokio::test]
async fn a_stranger_and_a_forged_request_are_refused_here_and_start_nothing() {
    let rig = Rig::on_sqlite().await;
    signed_in(&rig).await;
    let unknown = receive(&rig.cx(), "https://stranger.example|m1").await;
    assert!(matches!(unknown, Err(RequestRefused::Unknown)));
    for query in ["https://sp.example|m1|forged", "https://sp.example", ""] {
        assert!(receive(&rig.cx(), query).await.is_err(), "{query}");
    }
    assert_eq!(rig.events(EventKind::RequestRefused).await, 4);
    assert_eq!(rig.number("select count(*) from saml_messages").await, 0);
    answered(ask(&rig, "m1").await);
}

async fn a_passive_request_is_answered_by_a_session_or_refused_and_never_asks_her_anything(rig: Rig) {
    let app = connected(&rig).await;
    assert_eq!(refused(ask(&rig, "m1|passive").await), "NoPassive");
    assert_eq!(rig.events(EventKind::RequestRefused).await, 1);
    rig.sign_in(1, 0, &app).await;
    assert!(answered(ask(&rig, "m2|passive").await).response.contains("Substantial"));
    let flow = waiting(&rig, "m3|passive").await;
    rig.terms.publish("2.0");
    assert_eq!(answer(&rig, flow).await.unwrap().response, "NoPassive");
    assert_eq!((rig.events(EventKind::TokenIssued).await, rig.events(EventKind::TokenRefused).await), (1, 1));
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::NoFlow(NoFlow::Gone))));
}

#[tokio::test]
async fn a_service_that_forces_gets_fresh_factors_and_not_the_session() {
    let rig = Rig::on_sqlite().await;
    let app = signed_in(&rig).await;
    rig.clock.advance(MINUTE);
    let flow = sign_in_first(ask(&rig, "m1|force").await);
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::Step(Missing::SignIn))));
    rig.show_password(&rig.cx(), flow, 0).await;
    rig.show_code(1, flow, &app).await;
    answer(&rig, flow).await.unwrap();
    let fresh = "select count(*) from audit_events where facts like '%\"cause\":\"Fresh\"%'";
    assert_eq!(rig.number(fresh).await, 1);
    assert_eq!(refused(ask(&rig, "m2|force|passive").await), "NoPassive");
}

#[tokio::test]
async fn a_session_is_answered_with_one_commit_that_tells_of_request_and_token() {
    let rig = Rig::on_sqlite().await;
    signed_in(&rig).await;
    let token = answered(ask(&rig, "m1").await);
    assert!(token.response.ends_with(" at Substantial for 00000000"), "{}", token.response);
    let told =
        "select count(distinct request) from audit_events where kind in ('saml.request', 'token.issued')";
    assert_eq!(rig.number(told).await, 1);
    assert_eq!(
        (rig.events(EventKind::RequestReceived).await, rig.events(EventKind::TokenIssued).await),
        (1, 1)
    );
    let for_services = "select count(*) from flows where about like '%\"Service\"%'";
    assert_eq!(rig.number(for_services).await, 0, "nothing waits");
    assert_eq!(rig.number("select count(*) from visits").await, 1);
    let again = receive(&rig.cx(), &format!("{SERVICE}|m1")).await;
    assert!(matches!(again, Err(RequestRefused::Replayed)));
    assert_eq!(rig.events(EventKind::TokenIssued).await, 1);
}

async fn what_a_step_mends_is_mended_before_a_session_answers(rig: Rig) {
    signed_in(&rig).await;
    rig.terms.publish("2.0");
    let Received::Step(flow) = ask(&rig, "m1").await else { panic!("the terms come first") };
    nothing_issued(&rig).await;
    assert_eq!(see_sign_in(&rig.cx(), flow).await.unwrap().step, Step::Terms { page: 1 });
    rig.read(1, flow).await;
    accept_terms(&rig.cx(), flow, true).await.unwrap();
    answer(&rig, flow).await.unwrap();
    assert_eq!(rig.events(EventKind::RequestReceived).await, 1);
}

#[tokio::test]
async fn what_no_step_mends_leaves_nothing_that_waits() {
    let rig = Rig::on_sqlite().await;
    signed_in(&rig).await;
    let held = "insert into holds (id, person, origin, reason, at) select x'01020304050607080910111213141516', id, 'security', 'test', 0 from persons";
    rig.tamper(held).await;
    let refused = ask(&rig, "m1").await;
    let Received::Missing { missing: Missing::Held, service } = refused else { panic!("{refused:?}") };
    assert_eq!(service, "A service");
    nothing_issued(&rig).await;
    assert_eq!(rig.number("select count(*) from flows where about like '%\"Service\"%'").await, 0);
    let passive = answered(ask(&rig, "m2|passive").await);
    assert_eq!(passive.response, "NoPassive");
}

async fn a_level_nobody_here_reaches_is_refused_in_the_services_own_words(rig: Rig) {
    signed_in(&rig).await;
    assert_eq!(refused(ask(&rig, "m1|high").await), "NoAuthnContext");
    assert_eq!(rig.events(EventKind::RequestRefused).await, 1);
}

async fn an_answer_waits_only_in_the_browser_that_asked(rig: Rig) {
    signed_in(&rig).await;
    let flow = waiting(&rig, "m1").await;
    assert!(matches!(issue(&rig.browser(2), flow).await, Err(NotIssued::NoFlow(NoFlow::Gone))));
    assert_eq!(rig.events(EventKind::TokenIssued).await, 0);
}

async fn who_gives_up_at_whatever_step_is_answered_no_once_and_nothing_of_it_goes_on(rig: Rig) {
    let gone = |given_up| matches!(given_up, Err(NotGivenUp::NoFlow(NoFlow::Gone)));
    let app = connected(&rig).await;
    let portal = begin_sign_in(&rig.cx()).await.unwrap();
    assert!(matches!(give_up(&rig.cx(), portal).await, Err(NotGivenUp::NobodyWaits)));

    let flow = sign_in_first(ask(&rig, "m1").await);
    assert!(gone(give_up(&rig.browser(2), flow).await), "another browser's");
    for _ in 0..2 {
        give_up(&rig.cx(), flow).await.unwrap();
    }
    assert_eq!(see_sign_in(&rig.cx(), flow).await.unwrap().step, Step::Go);
    let shown = show_password(&rig.cx(), flow, "p0", Password::typed(PASSWORD.to_owned())).await;
    assert!(matches!(shown, Err(PasswordWrong::NotNow)), "{shown:?}");
    let no = answer(&rig, flow).await.unwrap();
    assert_eq!((no.response.as_str(), no.refusal), ("AuthnFailed", true));
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::NoFlow(NoFlow::Gone))), "answered once");
    assert!(gone(give_up(&rig.cx(), flow).await), "it was answered");

    let flow = sign_in_first(ask(&rig, "m2").await);
    rig.show_password(&rig.cx(), flow, 0).await;
    give_up(&rig.cx(), flow).await.unwrap();
    let code = show_code(&rig.cx(), flow, &app.code(rig.cx().now)).await;
    assert!(matches!(code, Err(CodeWrong::NotNow)), "{code:?}");
    assert_eq!(answer(&rig, flow).await.unwrap().response, "AuthnFailed", "between two factors");

    let flow = sign_in_first(ask(&rig, "m3").await);
    rig.show_password(&rig.cx(), flow, 0).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    let (cx, code) = (rig.cx(), app.code(rig.cx().now));
    let (shown, given_up) = tokio::join!(show_code(&cx, flow, &code), give_up(&cx, flow));
    assert!(matches!(shown, Ok(_) | Err(CodeWrong::NotNow)), "{shown:?}");
    given_up.unwrap();
    assert_eq!(answer(&rig, flow).await.unwrap().response, "AuthnFailed", "whichever came first");

    rig.sign_in(1, 0, &app).await;
    let flow = waiting(&rig, "m4").await;
    give_up(&rig.cx(), flow).await.unwrap();
    assert_eq!(answer(&rig, flow).await.unwrap().response, "AuthnFailed", "after signing in");
    let token = answered(ask(&rig, "m5").await);
    assert!(!token.refusal && token.response.contains(" at Substantial for "), "her session goes on");
    assert_eq!((rig.events(EventKind::TokenIssued).await, rig.events(EventKind::TokenRefused).await), (1, 4));
    for message in ["m1", "m2", "m3", "m4"] {
        let told = format!(
            "select count(*) from audit_events where kind = 'token.refused' and facts like '%\"why\":\"given-up\"%'
                 and facts like '%\"service\":\"{SERVICE}\"%' and facts like '%\"in-response-to\":\"{message}\"%'
                 and facts like '%\"response\":\"_%'"
        );
        assert_eq!(rig.number(&told).await, 1, "{message}");
    }
}

#[tokio::test]
async fn an_address_that_the_service_left_meanwhile_gets_neither_a_token_nor_a_no() {
    let rig = Rig::on_sqlite().await;
    signed_in(&rig).await;
    let (token, no) = (waiting(&rig, "m1").await, waiting(&rig, "m2").await);
    give_up(&rig.cx(), no).await.unwrap();
    connect(&rig, "https://sp.example acs=https://sp.example/moved").await;
    for flow in [token, no] {
        assert!(matches!(answer(&rig, flow).await, Err(NotIssued::NoFlow(NoFlow::Gone))));
    }
    let told = (rig.events(EventKind::TokenIssued).await, rig.events(EventKind::TokenRefused).await);
    assert_eq!(told, (0, 0), "of an answer that nobody is sent");
}

async fn signed_out_meanwhile_means_signing_in_again(rig: Rig) {
    let app = signed_in(&rig).await;
    let flow = waiting(&rig, "m1").await;
    sign_out(&rig.cx()).await.unwrap();
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::Step(Missing::SignIn))));
    nothing_issued(&rig).await;
    assert_eq!(see_sign_in(&rig.cx(), flow).await.unwrap().step, Step::Identify);
    rig.show_password(&rig.cx(), flow, 0).await;
    rig.show_code(1, flow, &app).await;
    answer(&rig, flow).await.unwrap();
}

async fn a_relation_past_its_last_day_gets_no_token_though_nobody_closed_it_yet(rig: Rig) {
    rig.clock.set("2026-11-02T22:30:00Z");
    connect(&rig, SERVICE).await;
    let app = rig.enrol(1, 0).await;
    rig.import(vec![HrLine { ends_on: Some(day("2026-11-02")), ..hr::line(0) }]).await.unwrap();
    rig.sign_in(1, 0, &app).await;
    answered(ask(&rig, "m1").await);
    rig.clock.set("2026-11-02T22:55:00Z");
    let flow = waiting(&rig, "m2").await;
    rig.clock.set("2026-11-02T23:00:00Z");
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::Refused(Missing::Association))));
    assert_eq!((rig.events(EventKind::TokenIssued).await, rig.events(EventKind::TokenRefused).await), (1, 1));
}

async fn an_overdue_proof_gets_no_token(rig: Rig) {
    let app = connected(&rig).await;
    rig.clock.advance(hours(24 * 365) - MINUTE);
    rig.sign_in(1, 0, &app).await;
    answered(ask(&rig, "m1").await);
    rig.clock.advance(hours(48));
    rig.sign_in(1, 0, &app).await;
    let flow = waiting(&rig, "m2").await;
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::Step(Missing::Reconfirmation))));
    assert_eq!(rig.events(EventKind::TokenIssued).await, 1);
}

async fn terms_published_after_the_sign_in_are_accepted_before_the_token(rig: Rig) {
    signed_in(&rig).await;
    let flow = waiting(&rig, "m1").await;
    rig.terms.publish("2.0");
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::Step(Missing::Terms))));
    nothing_issued(&rig).await;
    assert_eq!(see_sign_in(&rig.cx(), flow).await.unwrap().step, Step::Terms { page: 1 });
    rig.read(1, flow).await;
    accept_terms(&rig.cx(), flow, true).await.unwrap();
    answer(&rig, flow).await.unwrap();
}

async fn a_hold_committed_before_the_answer_leaves_nothing_to_answer_with(rig: Rig) {
    signed_in(&rig).await;
    let flow = waiting(&rig, "m1").await;
    rig.import(vec![other_cpr()]).await.unwrap();
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::NoFlow(NoFlow::Gone))));
    assert_eq!(rig.events(EventKind::TokenIssued).await, 0);
    assert!(matches!(ask(&rig, "m2").await, Received::SignIn(_)));
}

#[tokio::test]
async fn a_hold_that_left_the_attempt_behind_is_seen_at_the_moment_of_issue() {
    let rig = Rig::on_sqlite().await;
    signed_in(&rig).await;
    let flow = waiting(&rig, "m1").await;
    let held = "insert into holds (id, person, origin, reason, at) select x'01020304050607080910111213141516', id, 'security', 'test', 0 from persons";
    rig.tamper(held).await;
    assert!(matches!(answer(&rig, flow).await, Err(NotIssued::Refused(Missing::Held))));
    nothing_issued(&rig).await;
}

/// Everything day one leaves, for many people at once; the n-th is signed in in the n-th browser.
async fn crowd(rig: &Rig, size: u32) {
    rig.import((0..size).map(hr::line).collect()).await.unwrap();
    for n in 0..size {
        rig.prove(n).await;
        rig.activate(n).await;
        let (cx, person) = (rig.browser(n.into()), rig.person(n).await);
        let terms = rig.house.terms.version();
        let by = Accepting { address: String::new(), agent: String::new() };
        let accepted = Accepted { terms: terms.hash, shown: Vec::new(), at: cx.now, by };
        let session = Session {
            id: cx.handle().unwrap(),
            person: person.id,
            epoch: person.epoch,
            browser: cx.browser,
            shown: vec![(FactorKind::Password, cx.now), (FactorKind::AuthenticatorApp, cx.now)],
            began_at: cx.now,
            seen_at: cx.now,
        };
        let mut tx = rig.change().await;
        tx.keep_terms(&terms).await.unwrap();
        tx.add_acceptance(&TermsAcceptance { id: cx.id().unwrap(), person: person.id, accepted })
            .await
            .unwrap();
        tx.add_session(&session).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// What the trail says about her of holds and tokens, in the order of the commits.
async fn order(rig: &Rig, n: u32) -> Vec<String> {
    let id = rig.person(n).await.id;
    let words = [EventKind::Held, EventKind::TokenIssued].map(EventKind::word);
    let rows = rig.look().await.rows_about(id, &words, 100).await.unwrap();
    rows.into_iter().rev().map(|row| row.kind).collect()
}

/// A second tab of hers that stands at new terms; declining them there holds her login in one transaction.
async fn second_tab(rig: &Rig, cx: &Cx) -> FlowId {
    let session = rig.look().await.session_in(cx.browser).await.unwrap().unwrap();
    let reading = Reading::begin(&rig.house.terms.version());
    let about = About::SignIn(SignIn::begin(Target::Portal).signed(session.id, Some(reading)));
    let mut flow = Flow::start(cx.handle().unwrap(), cx.browser, about, cx.now);
    flow.person = Some((session.person, session.epoch));
    let mut tx = rig.change().await;
    tx.add_flow(&flow).await.unwrap();
    tx.commit().await.unwrap();
    flow.id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_a_hold_is_committed_no_token_is_however_they_race() {
    const PEOPLE: u32 = 200;
    let rig = Rig::on_sqlite().await;
    connect(&rig, SERVICE).await;
    crowd(&rig, PEOPLE).await;
    let mut came_first = [0, 0];
    for n in 0..PEOPLE {
        let (asks, holds) = (rig.browser(n.into()), rig.browser(n.into()));
        let query = format!("{SERVICE}|m{n}");
        let flow = rig.before_answer(&asks, &query).await;
        let tab = second_tab(&rig, &holds).await;
        // Of every four, two answer a sign-in that waits, and two at once.
        let issuing = async move {
            match n % 4 {
                0 | 1 => issue(&asks, flow).await.map_err(|refused| refused.to_string()),
                _ => match receive(&asks, &query).await {
                    Ok(Received::Answered(outgoing)) => Ok(outgoing),
                    other => Err(format!("{other:?}")),
                },
            }
        };
        let holding = async move { decline_terms(&holds, tab).await };
        let (issued, held) = if n % 2 == 0 {
            let (issuing, holding) = (tokio::spawn(issuing), tokio::spawn(holding));
            (issuing.await.unwrap(), holding.await.unwrap())
        } else {
            let (holding, issuing) = (tokio::spawn(holding), tokio::spawn(issuing));
            (issuing.await.unwrap(), holding.await.unwrap())
        };
        held.unwrap();
        let (held, token) = (EventKind::Held.word(), EventKind::TokenIssued.word());
        match (issued, order(&rig, n).await.as_slice()) {
            (Ok(_), [first, second]) => assert_eq!([first, second], [token, held], "{n}"),
            (Err(_), [only]) => assert_eq!(only, held, "{n}"),
            (issued, order) => panic!("{n}: {issued:?} beside {order:?}"),
        }
        came_first[order(&rig, n).await.len() % 2] += 1;
        assert!(issue(&rig.browser(n.into()), flow).await.is_err());
        assert!(who(&rig.browser(n.into())).await.unwrap().is_none());
    }
    assert!(came_first.into_iter().all(|times| times > 0), "no race: {came_first:?}");
}

async fn a_connection_without_a_safe_address_is_not_saved(rig: Rig) {
    let settings = |loopback_http| Settings { loopback_http, ..Settings::default() };
    for (address, loopback, fits) in [
        ("http://sp.example", true, false),
        ("http://localhost:8000", false, false),
        ("http://localhost.evil.example", true, false),
        ("http://localhost:8000", true, true),
    ] {
        let saved = save_connection(&rig.cx(), "ops1", "test", address, settings(loopback)).await;
        assert_eq!(saved.is_ok(), fits, "{address}");
        assert!(fits || matches!(saved, Err(NotSaved::Unsafe(_))), "{address}");
    }
    assert_eq!(rig.events(EventKind::ConnectionSaved).await, 1);
}

async fn metadata_taken_again_keeps_the_connection_it_was(rig: Rig) {
    connect(&rig, SERVICE).await;
    let before = rig.look().await.relying_party_by_entity(SERVICE).await.unwrap().unwrap();
    connect(&rig, SERVICE).await;
    let after = rig.look().await.relying_parties().await.unwrap();
    assert_eq!(after.iter().map(|rp| rp.id).collect::<Vec<_>>(), [before.id]);
}
