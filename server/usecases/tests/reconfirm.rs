//! Confirming anew with MitID, every year and after a new name; what reminds of it, and what is refused before it. Every
//! promise on both databases.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::cpr::{Cpr, CprStatus, RegisterStatus};
use domain::hr::HrLine;
use domain::ids::FlowId;
use domain::issue::Missing;
use domain::notice::Template;
use domain::proofing::{Purpose, Refusal};
use domain::reconfirmation::{Because, Reconfirmation};
use domain::sign_in::Step;
use domain::standing::Origin;
use std::collections::BTreeMap;
use testkit::{App, Posted, Rig, day, good_answer, hours, hr, receive};
use usecases::announce_reconfirmation::announce_reconfirmation;
use usecases::begin_sign_in::see_sign_in;
use usecases::block_by_session::block_by_session;
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::issue::{NotIssued, issue};
use usecases::put_off_reconfirmation::{NotPutOff, put_off_reconfirmation};
use usecases::read_terms::accept_terms;
use usecases::receive_request::Received;
use usecases::save_connection::{Settings, save_connection};
use usecases::see_reconfirmation::{NotAsked, see_asked, see_reconfirmation};
use usecases::start_proof::{ProofNotStarted, start_proof};
use usecases::suspend::reference;
use usecases::who::{Here, sign_out, who};

testkit::on_both! {
    overdue_an_open_session_gives_no_token_and_after_mitid_the_same_flow_does
    a_service_that_demands_no_level_is_answered_all_the_same
    a_passive_request_is_answered_no_while_it_is_overdue
    within_the_month_a_sign_in_asks_once_and_may_go_on
    new_terms_come_alone
    what_is_overdue_where_she_goes_is_not_put_off
    the_portal_stays_open_and_she_confirms_from_it
    a_new_name_from_hr_is_told_and_asks_at_once
    a_new_name_before_the_proof_asks_nothing
    another_number_from_hr_is_told_and_holds
    she_is_told_three_times_and_once_each
    a_proof_meanwhile_takes_back_what_was_queued
    nobody_is_told_of_an_older_proof_or_without_a_login
    a_letter_already_due_is_not_sent_to_who_confirmed_or_is_blocked
    another_persons_mitid_confirms_nothing
    what_the_register_says_of_the_dead_holds_her_login
    a_block_on_the_way_ends_the_trip
    of_a_block_and_a_proof_at_once_the_block_always_holds
    a_callback_confirms_once_in_its_browser
    a_proof_for_something_else_confirms_nothing
    nobody_leaves_to_confirm_without_a_session
    who_signed_out_on_the_way_confirms_nothing
}

const SERVICE: &str = "https://sp.example";

/// A connected service, and somebody who finished day one on 2 November 2026.
async fn enrolled(rig: &Rig) -> App {
    save_connection(&rig.cx(), "ops1", "a new service", SERVICE, Settings::default()).await.unwrap();
    rig.enrol(1, 0).await
}

/// The same, signed in so many days later.
async fn after(rig: &Rig, days: i64) -> App {
    let app = enrolled(rig).await;
    rig.clock.advance(hours(24 * days));
    rig.sign_in(1, 0, &app).await;
    app
}

async fn here(rig: &Rig) -> Here {
    who(&rig.cx()).await.unwrap().unwrap()
}

async fn ask(rig: &Rig, message: &str) -> FlowId {
    let query = format!("{SERVICE}|{message}");
    if who(&rig.cx()).await.unwrap().is_some() {
        return rig.before_answer(&rig.cx(), &query).await;
    }
    match receive(&rig.cx(), &query).await.unwrap() {
        Received::SignIn(flow) => flow,
        other => panic!("refused: {other:?}"),
    }
}

async fn step(rig: &Rig, flow: FlowId) -> Step {
    see_sign_in(&rig.cx(), flow).await.unwrap().step
}

/// Off to MitID to confirm; gives what the browser brings back.
async fn away(rig: &Rig, flow: Option<FlowId>) -> BTreeMap<String, String> {
    rig.trip_for(1, Purpose::Reconfirmation, flow).await
}

/// Back from it as the p-th person.
async fn back(rig: &Rig, callback: &BTreeMap<String, String>, p: u32) -> Result<Proved, ProofFailed> {
    rig.mitid.answers(good_answer(&hr::cpr(p), rig.cx().now));
    finish_proof(&rig.cx(), "test", callback).await
}

async fn confirm(rig: &Rig, flow: Option<FlowId>) {
    rig.clock.advance(SignedDuration::from_secs(1));
    let callback = away(rig, flow).await;
    assert_eq!(back(rig, &callback, 0).await.unwrap(), Proved::Reconfirmed(flow));
}

async fn state(rig: &Rig) -> Reconfirmation {
    let id = rig.person(0).await.id;
    rig.look().await.proved(id).await.unwrap().unwrap().reconfirmation(rig.cx().now)
}

fn is_lost(done: &Result<Proved, ProofFailed>) -> bool {
    matches!(done, Err(ProofFailed::Refused { refusal: Refusal::Lost, back: None }))
}

/// HR's line with another name.
fn renamed() -> HrLine {
    HrLine { family_name: "Nyt Navn".try_into().unwrap(), ..hr::line(0) }
}

fn count(letters: &[Posted], subject: &str) -> usize {
    letters.iter().filter(|letter| letter.subject == subject).count()
}

async fn overdue_an_open_session_gives_no_token_and_after_mitid_the_same_flow_does(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.clock.set("2027-11-02T22:40:00Z");
    let flow = rig.password_shown(1, 0).await;
    assert_eq!(rig.show_code(1, flow, &app).await.next, Step::Reconfirm, "the last day");
    let flow = ask(&rig, "m1").await;
    issue(&rig.cx(), flow).await.unwrap();
    rig.clock.set("2027-11-02T23:00:00Z");
    let flow = ask(&rig, "m2").await;
    for _ in 0..2 {
        let refused = issue(&rig.cx(), flow).await;
        assert!(
            matches!(refused, Err(NotIssued::Step(Missing::Reconfirmation))),
            "the same session, the next day"
        );
    }
    assert_eq!((step(&rig, flow).await, rig.events(EventKind::TokenIssued).await), (Step::Reconfirm, 1));
    let seen = see_asked(&rig.cx(), Some(&here(&rig).await), flow).await.unwrap();
    let because = Because::AYear(day("2027-11-02"));
    assert_eq!((seen.state, seen.may_put_off), (Reconfirmation::Overdue(because), false));
    assert_eq!(seen.service.as_deref(), Some("A service"));
    confirm(&rig, Some(flow)).await;
    assert_eq!(step(&rig, flow).await, Step::Go);
    let token = issue(&rig.cx(), flow).await.unwrap();
    assert!(token.response.contains(" at Substantial for "), "{}", token.response);
    assert_eq!(state(&rig).await, Reconfirmation::Later(day("2028-11-03")));
    assert_eq!(rig.events(EventKind::Reconfirmed).await, 1);
    assert_eq!(count(&rig.letters().await, "identity-proved"), 2, "to both her addresses");
}

async fn a_service_that_demands_no_level_is_answered_all_the_same(rig: Rig) {
    use domain::level::AssuranceLevel;
    let _ = after(&rig, 400).await;
    let mut tx = rig.change().await;
    let service = tx.relying_party_by_entity(SERVICE).await.unwrap().unwrap();
    let easy = domain::relying_party::RelyingParty { demands: AssuranceLevel::Low, ..service };
    tx.put_relying_party(&easy).await.unwrap();
    tx.commit().await.unwrap();
    let flow = ask(&rig, "m1|no-level").await;
    let token = issue(&rig.cx(), flow).await.unwrap();
    assert!(token.response.contains(" at Low for "), "{}", token.response);
    let flow = ask(&rig, "m2").await;
    let refused = issue(&rig.cx(), flow).await;
    assert!(matches!(refused, Err(NotIssued::Step(Missing::Reconfirmation))), "it asks for Substantial now");
}

async fn a_passive_request_is_answered_no_while_it_is_overdue(rig: Rig) {
    let _ = after(&rig, 400).await;
    let flow = ask(&rig, "m1|passive").await;
    assert_eq!(issue(&rig.cx(), flow).await.unwrap().response, "NoPassive");
    assert_eq!(rig.events(EventKind::TokenRefused).await, 1);
    confirm(&rig, None).await;
    let flow = ask(&rig, "m2|passive").await;
    assert!(issue(&rig.cx(), flow).await.unwrap().response.contains(" at Substantial for "));
}

async fn within_the_month_a_sign_in_asks_once_and_may_go_on(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.clock.set("2027-10-02T08:00:00Z");
    assert_eq!(rig.sign_in(1, 0, &app).await.next, Step::Go, "thirty-one days before");
    rig.clock.set("2027-10-03T08:00:00Z");
    let flow = rig.password_shown(1, 0).await;
    assert_eq!(rig.show_code(1, flow, &app).await.next, Step::Reconfirm);
    let seen = see_asked(&rig.cx(), Some(&here(&rig).await), flow).await.unwrap();
    assert_eq!((seen.state, seen.may_put_off), (Reconfirmation::Near(day("2027-11-02")), true));
    put_off_reconfirmation(&rig.cx(), flow).await.unwrap();
    assert_eq!(step(&rig, flow).await, Step::Go);
    let again = put_off_reconfirmation(&rig.cx(), flow).await;
    assert!(matches!(again, Err(NotPutOff::NotNow)), "once");
    assert_eq!(rig.events(EventKind::ReconfirmationPutOff).await, 1);
    let flow = ask(&rig, "m1").await;
    assert_eq!(step(&rig, flow).await, Step::Go, "once a sign-in");
    issue(&rig.cx(), flow).await.unwrap();
}

async fn new_terms_come_alone(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.clock.set("2027-10-20T08:00:00Z");
    rig.terms.publish("2.0");
    let flow = rig.password_shown(1, 0).await;
    assert_eq!(rig.show_code(1, flow, &app).await.next, Step::Terms { page: 1 });
    rig.read(1, flow).await;
    accept_terms(&rig.cx(), flow, true).await.unwrap();
    assert_eq!(step(&rig, flow).await, Step::Go, "one ask only");
}

async fn what_is_overdue_where_she_goes_is_not_put_off(rig: Rig) {
    let _ = after(&rig, 400).await;
    let flow = ask(&rig, "m1").await;
    assert!(issue(&rig.cx(), flow).await.is_err());
    assert!(matches!(put_off_reconfirmation(&rig.cx(), flow).await, Err(NotPutOff::NotNow)));
    assert!(put_off_reconfirmation(&rig.browser(2), flow).await.is_err(), "and not in another browser");
    assert_eq!(
        (step(&rig, flow).await, rig.events(EventKind::ReconfirmationPutOff).await),
        (Step::Reconfirm, 0)
    );
    assert_eq!(rig.events(EventKind::TokenIssued).await, 0);
}

async fn the_portal_stays_open_and_she_confirms_from_it(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.clock.advance(hours(24 * 400));
    assert_eq!(rig.sign_in(1, 0, &app).await.next, Step::Go, "the portal itself asks nothing");
    let asked = ask(&rig, "m1").await;
    assert!(issue(&rig.cx(), asked).await.is_err());
    let because = see_reconfirmation(&rig.cx(), &here(&rig).await).await.unwrap();
    assert_eq!(because, Some(Reconfirmation::Overdue(Because::AYear(day("2027-11-02")))));
    confirm(&rig, None).await;
    assert!(matches!(state(&rig).await, Reconfirmation::Later(_)));
    let gone = see_asked(&rig.cx(), Some(&here(&rig).await), asked).await;
    assert!(matches!(gone, Err(NotAsked::GoOn { to_service: true })), "the other tab goes on");
    issue(&rig.cx(), asked).await.unwrap();
}

async fn a_new_name_from_hr_is_told_and_asks_at_once(rig: Rig) {
    let _ = after(&rig, 3).await;
    rig.import(vec![renamed()]).await.unwrap();
    let letters = rig.letters().await;
    assert_eq!((count(&letters, "name-changed"), letters.len()), (1, 1));
    rig.import(vec![renamed()]).await.unwrap();
    assert!(rig.letters().await.is_empty(), "the same file again");
    let now = rig.cx().now;
    assert_eq!(state(&rig).await, Reconfirmation::Overdue(Because::NewName(now)));
    assert!(rig.standing(0).await.is_active(), "no hold");
    let flow = ask(&rig, "m1").await;
    let refused = issue(&rig.cx(), flow).await;
    assert!(matches!(refused, Err(NotIssued::Step(Missing::Reconfirmation))));
    confirm(&rig, Some(flow)).await;
    issue(&rig.cx(), flow).await.unwrap();
    assert!(matches!(state(&rig).await, Reconfirmation::Later(_)));
    // Queued again and confirmed before it leaves: nothing is told.
    rig.letters().await;
    rig.clock.advance(hours(0));
    rig.import(vec![hr::line(0)]).await.unwrap();
    confirm(&rig, None).await;
    assert_eq!(count(&rig.letters().await, "name-changed"), 0);
}

async fn a_new_name_before_the_proof_asks_nothing(rig: Rig) {
    let token = rig.invite(0).await;
    rig.import(vec![renamed()]).await.unwrap();
    rig.clock.advance(SignedDuration::from_secs(1));
    let flow = rig.begin(1, &token).await;
    rig.accept(1, flow).await;
    rig.prove_in(1, flow, 0).await;
    assert!(matches!(state(&rig).await, Reconfirmation::Later(_)));
    assert_eq!(count(&rig.letters().await, "name-changed"), 0);
}

async fn another_number_from_hr_is_told_and_holds(rig: Rig) {
    enrolled(&rig).await;
    let line = || HrLine { cpr: Cpr::parse(&hr::cpr(9)).unwrap(), ..hr::line(0) };
    rig.import(vec![line()]).await.unwrap();
    rig.import(vec![line()]).await.unwrap();
    assert_eq!(rig.standing(0).await.holds()[0].origin, Origin::Reconfirmation);
    assert_eq!(
        count(&rig.letters().await, "number-changed"),
        2,
        "once to each address, however often the file comes"
    );
}

async fn announced(rig: &Rig) -> u64 {
    announce_reconfirmation(&rig.cx()).await.unwrap()
}

async fn she_is_told_three_times_and_once_each(rig: Rig) {
    enrolled(&rig).await;
    rig.clock.set("2027-10-02T12:00:00Z");
    assert_eq!(announced(&rig).await, 0, "thirty-one days before");
    rig.clock.set("2027-10-03T05:00:00Z");
    assert_eq!(announced(&rig).await, 1);
    assert_eq!(announced(&rig).await, 0, "once, also after a restart");
    let mut letters = Vec::new();
    let days =
        ["10-03T05", "10-03T06", "10-10T06", "10-26T05", "10-26T06", "11-01T06", "11-01T07", "11-02T07"];
    for then in days {
        rig.clock.set(&format!("2027-{then}:00:00Z"));
        assert_eq!(announced(&rig).await, 0);
        let sent = rig.letters().await;
        assert!(sent.iter().all(|letter| letter.subject == "reconfirmation-near"), "{sent:?}");
        assert!(sent.iter().all(|letter| letter.text.contains("Day(2027-11-02)")), "{sent:?}");
        letters.push(sent.len());
    }
    assert_eq!(letters, [0, 1, 0, 0, 1, 0, 1, 0], "in the morning, thirty, seven and one day before");
    assert_eq!(rig.events(EventKind::ReconfirmationNear).await, 1);
}

async fn a_proof_meanwhile_takes_back_what_was_queued(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.clock.set("2027-10-03T08:00:00Z");
    assert_eq!(announced(&rig).await, 1);
    assert_eq!(count(&rig.letters().await, "reconfirmation-near"), 1);
    let flow = rig.password_shown(1, 0).await;
    rig.show_code(1, flow, &app).await;
    confirm(&rig, Some(flow)).await;
    assert_eq!(step(&rig, flow).await, Step::Go);
    assert_eq!(
        rig.look().await.waiting_and_dead().await.unwrap().0,
        2,
        "the receipt of the proof alone, to both addresses"
    );
    for then in ["2027-10-27T08:00:00Z", "2027-11-02T08:00:00Z", "2027-11-20T08:00:00Z"] {
        rig.clock.set(then);
        assert_eq!(announced(&rig).await, 0);
        assert_eq!(count(&rig.letters().await, "reconfirmation-near"), 0, "{then}");
    }
    rig.clock.set("2028-09-10T08:00:00Z");
    assert_eq!(announced(&rig).await, 1, "and of the new one in its time");
}

async fn nobody_is_told_of_an_older_proof_or_without_a_login(rig: Rig) {
    enrolled(&rig).await;
    rig.clock.advance(hours(24 * 100));
    rig.prove(0).await;
    rig.proved(3, 3).await;
    rig.enrol(4, 4).await;
    let left = HrLine { ends_on: Some(day("2027-03-01")), ..hr::line(4) };
    rig.import(vec![left]).await.unwrap();
    rig.letters().await;
    rig.clock.set("2027-10-20T08:00:00Z");
    usecases::close_associations::close_associations(&rig.cx()).await.unwrap();
    assert_eq!(announced(&rig).await, 0, "an older proof of hers");
    rig.clock.set("2028-01-20T08:00:00Z");
    assert_eq!(announced(&rig).await, 1, "the newest, of who has a login");
}

async fn a_letter_already_due_is_not_sent_to_who_confirmed_or_is_blocked(rig: Rig) {
    let app = enrolled(&rig).await;
    rig.clock.set("2027-10-03T08:00:00Z");
    announced(&rig).await;
    rig.prove(0).await;
    assert_eq!(
        count(&rig.letters().await, "reconfirmation-near"),
        0,
        "proved past the use case that withdraws"
    );
    rig.clock.set("2028-09-05T08:00:00Z");
    assert_eq!(announced(&rig).await, 1);
    let flow = rig.password_shown(1, 0).await;
    rig.show_code(1, flow, &app).await;
    block_by_session(&rig.cx(), &here(&rig).await).await.unwrap();
    assert_eq!(count(&rig.letters().await, "reconfirmation-near"), 0, "she opens it with MitID first");
}

async fn another_persons_mitid_confirms_nothing(rig: Rig) {
    let _ = after(&rig, 400).await;
    rig.import(vec![hr::line(1)]).await.unwrap();
    let flow = ask(&rig, "m1").await;
    assert!(issue(&rig.cx(), flow).await.is_err());
    let callback = away(&rig, Some(flow)).await;
    let refused = back(&rig, &callback, 1).await;
    assert!(matches!(refused, Err(ProofFailed::Refused { refusal: Refusal::OtherPerson, back: None })));
    assert!(matches!(state(&rig).await, Reconfirmation::Overdue(_)));
    assert!(matches!(issue(&rig.cx(), flow).await, Err(NotIssued::Step(Missing::Reconfirmation))));
    let hers = rig.person(0).await.id;
    let rows = rig.look().await.rows_about(hers, &[EventKind::ProofRefused.word()], 9).await.unwrap();
    assert!(rows.iter().any(|row| row.facts.contains("other-person")), "{rows:?}");
    let other = rig.person(1).await.id;
    assert!(
        rig.look().await.last_proofing(other).await.unwrap().is_none(),
        "nobody else is proved by it either"
    );
    assert!(rig.standing(0).await.is_active());
}

async fn what_the_register_says_of_the_dead_holds_her_login(rig: Rig) {
    for (status, held) in [(RegisterStatus::Renumbered, false), (RegisterStatus::Dead, true)] {
        if !held {
            after(&rig, 400).await;
        }
        let callback = away(&rig, None).await;
        let mut answer = good_answer(&hr::cpr(0), rig.cx().now);
        answer.register = answer.register.map(|said| CprStatus { status, ..said });
        rig.mitid.answers(answer);
        let refused = finish_proof(&rig.cx(), "test", &callback).await;
        assert!(matches!(refused, Err(ProofFailed::Refused { refusal: Refusal::Register, .. })));
        let origins: Vec<Origin> = rig.standing(0).await.holds().iter().map(|it| it.origin).collect();
        assert_eq!(origins, if held { vec![Origin::Register] } else { vec![] }, "{status:?}");
        let letters = rig.letters().await;
        let told: Vec<_> =
            letters.iter().filter(|it| it.subject == Template::HeldByMunicipality.word()).collect();
        assert_eq!(told.is_empty(), !held, "{status:?}: {letters:?}");
        if held {
            let reference = reference(rig.standing(0).await.holds()[0].id);
            assert!(told.iter().all(|it| it.text.contains(&reference)), "what she reads aloud: {told:?}");
        }
    }
    assert!(who(&rig.cx()).await.unwrap().is_none(), "her session is over");
}

async fn a_block_on_the_way_ends_the_trip(rig: Rig) {
    let _ = after(&rig, 400).await;
    let flow = ask(&rig, "m1").await;
    assert!(issue(&rig.cx(), flow).await.is_err());
    let (served, own) = (away(&rig, Some(flow)).await, away(&rig, None).await);
    block_by_session(&rig.cx(), &here(&rig).await).await.unwrap();
    for callback in [served, own] {
        assert!(is_lost(&back(&rig, &callback, 0).await));
    }
    assert_eq!(rig.events(EventKind::Reconfirmed).await, 0);
    assert!(matches!(state(&rig).await, Reconfirmation::Overdue(_)), "nothing was stored");
}

async fn of_a_block_and_a_proof_at_once_the_block_always_holds(rig: Rig) {
    let app = after(&rig, 400).await;
    for round in 0..8u32 {
        let (callback, page) = (away(&rig, None).await, here(&rig).await);
        rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
        let (first, second) = (rig.cx(), rig.cx());
        let proof = tokio::spawn(async move { finish_proof(&first, "test", &callback).await });
        let block = tokio::spawn(async move { block_by_session(&second, &page).await.is_ok() });
        let (proof, block) = (proof.await.unwrap(), block.await.unwrap());
        assert!(block, "round {round}: nothing keeps a block from her");
        let refused = is_lost(&proof) || matches!(proof, Err(ProofFailed::NotAllowed));
        assert!(refused || matches!(proof, Ok(Proved::Reconfirmed(None))), "round {round}: {proof:?}");
        assert!(!rig.standing(0).await.is_active(), "round {round}");
        assert!(who(&rig.cx()).await.unwrap().is_none(), "round {round}");
        let mut tx = rig.change().await;
        let epoch = rig.standing(0).await.lift(Origin::Owner).epoch();
        tx.lift_holds(rig.person(0).await.id, Origin::Owner, epoch).await.unwrap();
        tx.commit().await.unwrap();
        // An answer nobody fetched must not wait for the next round.
        while rig
            .house
            .mitid
            .arrive("test", b"s", &testkit::ScriptedMitid::callback("s"), rig.cx().now)
            .await
            .is_ok()
        {}
        rig.sign_in(1, 0, &app).await;
    }
    let (done, stored) =
        (rig.events(EventKind::Reconfirmed).await, rig.events(EventKind::IdentityProved).await);
    assert_eq!(stored, done + 1, "each is whole or not there");
}

async fn a_callback_confirms_once_in_its_browser(rig: Rig) {
    let _ = after(&rig, 400).await;
    let callback = away(&rig, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(0), rig.cx().now));
    assert!(is_lost(&finish_proof(&rig.browser(2), "test", &callback).await), "in another browser");
    assert_eq!(finish_proof(&rig.cx(), "test", &callback).await.unwrap(), Proved::Reconfirmed(None));
    assert!(is_lost(&back(&rig, &callback, 0).await), "once");
    assert_eq!(rig.events(EventKind::Reconfirmed).await, 1);
}

async fn a_proof_for_something_else_confirms_nothing(rig: Rig) {
    let _ = after(&rig, 400).await;
    let flow = ask(&rig, "m1").await;
    assert!(issue(&rig.cx(), flow).await.is_err());
    let callback = rig.trip_for(1, Purpose::Blocking, None).await;
    assert!(matches!(back(&rig, &callback, 0).await, Ok(Proved::Blocking(_))));
    let callback = rig.trip_for(1, Purpose::Finding, None).await;
    assert!(matches!(back(&rig, &callback, 0).await, Ok(Proved::Finding)));
    assert!(matches!(state(&rig).await, Reconfirmation::Overdue(_)));
    assert_eq!(step(&rig, flow).await, Step::Reconfirm);
}

async fn nobody_leaves_to_confirm_without_a_session(rig: Rig) {
    let app = after(&rig, 400).await;
    let flow = ask(&rig, "m1").await;
    let early = start_proof(&rig.cx(), (Purpose::Reconfirmation, Some(flow)), "da").await;
    assert!(matches!(early, Err(ProofNotStarted::NotNow)), "nothing was asked of her in this flow yet");
    assert!(issue(&rig.cx(), flow).await.is_err());
    let elsewhere = start_proof(&rig.browser(2), (Purpose::Reconfirmation, None), "da").await;
    assert!(matches!(elsewhere, Err(ProofNotStarted::NotNow)));
    let elsewhere = start_proof(&rig.browser(2), (Purpose::Reconfirmation, Some(flow)), "da").await;
    assert!(elsewhere.is_err());
    sign_out(&rig.cx()).await.unwrap();
    let out = start_proof(&rig.cx(), (Purpose::Reconfirmation, Some(flow)), "da").await;
    assert!(matches!(out, Err(ProofNotStarted::NotNow)));
    rig.sign_in(1, 0, &app).await;
    let other = start_proof(&rig.cx(), (Purpose::Reconfirmation, Some(flow)), "da").await;
    assert!(matches!(other, Err(ProofNotStarted::NotNow)), "the flow belongs to the session that is over");
    assert!(
        matches!(issue(&rig.cx(), flow).await, Err(NotIssued::Step(Missing::SignIn))),
        "which it says itself"
    );
}

async fn who_signed_out_on_the_way_confirms_nothing(rig: Rig) {
    let _ = after(&rig, 400).await;
    let callback = away(&rig, None).await;
    sign_out(&rig.cx()).await.unwrap();
    assert!(is_lost(&back(&rig, &callback, 0).await));
    assert!(matches!(state(&rig).await, Reconfirmation::Overdue(_)));
}
