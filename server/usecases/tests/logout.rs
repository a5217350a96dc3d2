//! Single logout through the browser: whose session ends, who is told, and what is believed. On both databases.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::flow::FLOW_HOLDS;
use domain::ids::FlowId;
use domain::visit::{Ending, Visit};
use std::sync::Arc;
use testkit::{App, Application, Rig, StubLine, receive};
use usecases::end_visits::{end_visits, services_to_tell};
use usecases::flows::NoFlow;
use usecases::leave::{Left, leave};
use usecases::pass_on::{Pass, pass_on};
use usecases::ports::oidc::Parameters;
use usecases::ports::saml::{FrontMessage, Inbound, SoapLine, Way};
use usecases::receive_logout::{Going, LogoutRefused, bring_logout, receive_logout, take_logout};
use usecases::receive_request::{Received, receive_request};
use usecases::save_connection::{Settings, save_connection};
use usecases::see_sessions::end_all_sessions;
use usecases::see_way_out::{LeftState, see_way_out};
use usecases::walk_out::{Next, go_on};
use usecases::who::{sign_out, who};

testkit::on_both! {
    her_own_session_is_over_before_anybody_is_asked
    services_are_asked_one_after_another_and_each_answer_counts_once
    one_service_is_asked_once_however_often_she_went_there
    who_a_back_channel_reaches_is_not_walked_to
    a_service_ends_the_session_of_this_browser_and_hears_that_all_are_out
    a_service_hears_that_not_all_are_out
    nobody_elses_session_ends
    a_name_or_index_that_is_not_hers_ends_nothing
    a_message_is_taken_once
    an_answer_for_another_walk_or_browser_changes_nothing
    a_walk_that_ran_out_takes_no_answer
    she_need_not_wait_for_anybody
    a_walk_outlives_the_service_it_was_to_ask
    a_form_is_heard_in_the_browser_that_brought_it_once
    the_end_of_all_sessions_walks_through_those_of_this_browser
    a_sign_out_without_services_leaves_no_walk
    a_service_she_comes_to_while_she_leaves_is_on_the_way_out
    applications_are_told_in_frames_once_and_may_stay_open
    an_application_gets_her_back_after_the_frames
    frames_of_an_application_that_takes_them_no_more_are_left_out
}

const FRONT: &str = "https://front.no-line.example";
const OTHER: &str = "https://front-two.no-line.example";
const SOAP: &str = "https://sp.example";
const ALONE: &str = "https://no-line.example";

/// Somebody signed in, in browser 1, and at these services.
async fn at(rig: &Rig, services: &[&str]) -> App {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    for service in services {
        save_connection(&rig.cx(), "ops1", "a service", service, Settings::default()).await.unwrap();
        visit(rig, 1, service, "in").await;
    }
    app
}

async fn visit(rig: &Rig, browser: u128, service: &str, message: &str) {
    // One after another: so services are asked, too.
    rig.clock.advance(SignedDuration::from_secs(1));
    let received = receive(&rig.browser(browser), &format!("{service}|{message}")).await.unwrap();
    assert!(matches!(received, Received::Answered(_)), "{received:?}");
}

async fn visits(rig: &Rig, p: u32) -> Vec<Visit> {
    let person = rig.person(p).await.id;
    rig.look().await.visits_of(person, rig.cx().now).await.unwrap()
}

/// What became of her visit at a service.
async fn ending(rig: &Rig, service: &str) -> Ending {
    let rp = rig.look().await.relying_party_by_entity(service).await.unwrap().unwrap().id;
    visits(rig, 0).await.iter().find(|it| it.relying_party == rp).unwrap().ending
}

/// A service's request, for the newest session it was given in her name.
async fn request(rig: &Rig, service: &str, message: &str) -> String {
    let rp = rig.look().await.relying_party_by_entity(service).await.unwrap().unwrap().id;
    let all = visits(rig, 0).await;
    let visit = all.iter().rfind(|it| it.relying_party == rp).unwrap();
    format!("{service}|{message}|out|{}|{}", visit.name_id, visit.session_index)
}

async fn out(rig: &Rig) -> FlowId {
    let way = sign_out(&rig.cx()).await.unwrap().unwrap();
    assert!(way.asks);
    way.flow
}

/// Asks the next service; gives whom and by which message.
async fn ask(rig: &Rig, flow: FlowId) -> (String, String) {
    match go_on(&rig.cx(), flow).await.unwrap() {
        Next::Ask(FrontMessage { address, message_id, way: Way::Address, .. }) => {
            (address.split("/slo?").next().unwrap().to_owned(), message_id)
        }
        other => panic!("nobody was asked: {other:?}"),
    }
}

async fn answer(rig: &Rig, said: &str) -> Result<Going, LogoutRefused> {
    receive_logout(&rig.cx(), said).await
}

/// What a service that sent her is told.
async fn told(rig: &Rig, flow: FlowId) -> String {
    match go_on(&rig.cx(), flow).await.unwrap() {
        Next::Answer(message) => message.address,
        other => panic!("not answered: {other:?}"),
    }
}

async fn state(rig: &Rig, flow: FlowId) -> Vec<LeftState> {
    see_way_out(&rig.cx(), flow).await.unwrap().services.iter().map(|it| it.state).collect()
}

/// Names tell services apart on the receipt, and the fakes all have one name.
async fn rename(rig: &Rig, service: &str) {
    let mut tx = rig.change().await;
    let mut rp = tx.relying_party_by_entity(service).await.unwrap().unwrap();
    rp.display_name = service.to_owned();
    tx.put_relying_party(&rp).await.unwrap();
    tx.commit().await.unwrap();
}

async fn her_own_session_is_over_before_anybody_is_asked(rig: Rig) {
    at(&rig, &[FRONT]).await;
    let flow = out(&rig).await;
    assert!(who(&rig.cx()).await.unwrap().is_none());
    assert_eq!(rig.events(EventKind::LogoutAsked).await, 0);
    let (service, _) = ask(&rig, flow).await;
    assert_eq!(service, FRONT);
    assert_eq!(rig.events(EventKind::LogoutAsked).await, 1);
    assert!(matches!(go_on(&rig.cx(), flow).await.unwrap(), Next::Wait(_)), "once");
    assert_eq!(rig.events(EventKind::LogoutAsked).await, 1);
}

async fn services_are_asked_one_after_another_and_each_answer_counts_once(rig: Rig) {
    at(&rig, &[FRONT, OTHER]).await;
    rename(&rig, FRONT).await;
    let flow = out(&rig).await;
    let (_, first) = ask(&rig, flow).await;
    let going = answer(&rig, &format!("{FRONT}|a1|over|{first}|{flow}|")).await.unwrap();
    assert!(matches!(going, Going::On { flow: on, straight: true } if on == flow));
    assert_eq!(ending(&rig, FRONT).await, Ending::Confirmed(rig.cx().now));
    let twice = answer(&rig, &format!("{FRONT}|a2|over|{first}|{flow}|logout-refused")).await;
    assert!(matches!(twice, Err(LogoutRefused::NotAsked)), "{twice:?}");
    assert_eq!(ending(&rig, FRONT).await, Ending::Confirmed(rig.cx().now), "it stays confirmed");
    let (service, second) = ask(&rig, flow).await;
    assert_eq!(service, OTHER);
    assert_eq!(state(&rig, flow).await, [LeftState::Confirmed, LeftState::Waits]);
    answer(&rig, &format!("{OTHER}|a1|over|{second}|{flow}|logout-refused")).await.unwrap();
    assert!(matches!(go_on(&rig.cx(), flow).await.unwrap(), Next::Receipt));
    assert_eq!(ending(&rig, OTHER).await, Ending::NotConfirmed);
    let seen = see_way_out(&rig.cx(), flow).await.unwrap();
    assert!(!seen.walking && !seen.unanswered);
    assert!(matches!(seen.services[..], [_, ref last] if matches!(last.state, LeftState::MayStay(_))));
    assert_eq!(rig.events(EventKind::ServiceTold).await, 2);
}

async fn one_service_is_asked_once_however_often_she_went_there(rig: Rig) {
    at(&rig, &[FRONT]).await;
    visit(&rig, 1, FRONT, "again").await;
    let flow = out(&rig).await;
    let Next::Ask(message) = go_on(&rig.cx(), flow).await.unwrap() else { panic!("nobody was asked") };
    for visit in visits(&rig, 0).await {
        assert!(message.address.contains(&visit.session_index), "{}", message.address);
    }
    let id = message.message_id;
    answer(&rig, &format!("{FRONT}|a1|over|{id}|{flow}|")).await.unwrap();
    assert!(visits(&rig, 0).await.iter().all(|it| it.ending == Ending::Confirmed(rig.cx().now)));
    assert!(matches!(go_on(&rig.cx(), flow).await.unwrap(), Next::Receipt));
}

async fn who_a_back_channel_reaches_is_not_walked_to(rig: Rig) {
    at(&rig, &[SOAP, ALONE]).await;
    rename(&rig, SOAP).await;
    let way = sign_out(&rig.cx()).await.unwrap().unwrap();
    assert!(!way.asks, "nobody is asked through her browser");
    assert!(matches!(go_on(&rig.cx(), way.flow).await.unwrap(), Next::Receipt));
    let until = visits(&rig, 0).await[1].until;
    assert_eq!(state(&rig, way.flow).await, [LeftState::BeingTold, LeftState::MayStay(until)]);
    let line = Arc::new(StubLine::default());
    line.answers(Some("ended"));
    let dyn_line: Arc<dyn SoapLine> = line;
    for service in services_to_tell(&rig.house).await.unwrap() {
        end_visits(&rig.house, &dyn_line, service, 9).await.unwrap();
    }
    assert_eq!(state(&rig, way.flow).await, [LeftState::Confirmed, LeftState::MayStay(until)]);
}

async fn a_service_ends_the_session_of_this_browser_and_hears_that_all_are_out(rig: Rig) {
    at(&rig, &[FRONT, OTHER]).await;
    let Going::Out(way) = answer(&rig, &request(&rig, FRONT, "m1").await).await.unwrap() else {
        panic!("not out")
    };
    assert!(who(&rig.cx()).await.unwrap().is_none());
    assert_eq!(ending(&rig, FRONT).await, Ending::Confirmed(rig.cx().now), "it said so itself");
    let (service, id) = ask(&rig, way.flow).await;
    assert_eq!(service, OTHER, "the first is not asked what it said");
    answer(&rig, &format!("{OTHER}|a1|over|{id}|{}|", way.flow)).await.unwrap();
    let said = told(&rig, way.flow).await;
    assert!(
        said.starts_with(&format!("{FRONT}/slo/answer?")) && said.ends_with("|over|m1|everywhere"),
        "{said}"
    );
    assert!(matches!(go_on(&rig.cx(), way.flow).await.unwrap(), Next::Receipt), "answered once");
    for kind in
        [EventKind::LogoutReceived, EventKind::LogoutAsked, EventKind::LogoutAnswered, EventKind::SignedOut]
    {
        assert_eq!(rig.events(kind).await, 1, "{kind:?}");
    }
}

async fn a_service_hears_that_not_all_are_out(rig: Rig) {
    let app = at(&rig, &[FRONT, SOAP]).await;
    let Going::Out(way) = answer(&rig, &request(&rig, FRONT, "m1").await).await.unwrap() else {
        panic!("not out")
    };
    assert!(!way.asks);
    assert!(told(&rig, way.flow).await.ends_with("|over|m1|partly"), "one is still being told");
    save_connection(&rig.cx(), "ops1", "a service", OTHER, Settings::default()).await.unwrap();
    rig.sign_in(1, 0, &app).await;
    visit(&rig, 1, FRONT, "in-2").await;
    visit(&rig, 1, OTHER, "in-2").await;
    let Going::Out(way) = answer(&rig, &request(&rig, FRONT, "m2").await).await.unwrap() else {
        panic!("not out")
    };
    let (_, id) = ask(&rig, way.flow).await;
    answer(&rig, &format!("{OTHER}|a1|over|{id}|{}|logout-partial", way.flow)).await.unwrap();
    assert!(told(&rig, way.flow).await.ends_with("|over|m2|partly"), "one did not end all of it");
}

async fn nobody_elses_session_ends(rig: Rig) {
    at(&rig, &[FRONT]).await;
    let theirs = rig.enrol(2, 1).await;
    rig.sign_in(2, 1, &theirs).await;
    let query = request(&rig, FRONT, "m1").await;
    let heard = receive_logout(&rig.browser(2), &query).await.unwrap();
    assert!(matches!(heard, Going::Refuse(message) if message.address.ends_with("|over|m1|nobody")));
    let query = request(&rig, FRONT, "m2").await;
    let heard = receive_logout(&rig.browser(3), &query).await.unwrap();
    assert!(matches!(heard, Going::Refuse(_)), "nobody sits there");
    for browser in [1, 2] {
        assert!(who(&rig.browser(browser)).await.unwrap().is_some(), "{browser}");
    }
    assert_eq!(ending(&rig, FRONT).await, Ending::None);
    assert_eq!((rig.events(EventKind::LogoutRefused).await, rig.events(EventKind::SignedOut).await), (2, 0));
}

async fn a_name_or_index_that_is_not_hers_ends_nothing(rig: Rig) {
    at(&rig, &[FRONT, OTHER]).await;
    let own = request(&rig, FRONT, "m1").await;
    let parts: Vec<&str> = own.split('|').collect();
    let [_, _, _, name, index] = parts[..] else { panic!("{own}") };
    let foreign = request(&rig, OTHER, "x").await;
    let foreign: Vec<&str> = foreign.split('|').collect();
    for (message, name, index) in [
        ("m1", name, "_another"),
        ("m2", "another", index),
        ("m3", name, foreign[4]),
        ("m4", foreign[3], foreign[4]),
    ] {
        let heard = answer(&rig, &format!("{FRONT}|{message}|out|{name}|{index}")).await.unwrap();
        assert!(matches!(heard, Going::Refuse(_)), "{message}: {heard:?}");
    }
    assert!(who(&rig.cx()).await.unwrap().is_some());
    // Without an index it means all of hers there.
    let heard = answer(&rig, &format!("{FRONT}|m5|out|{name}")).await.unwrap();
    assert!(matches!(heard, Going::Out(_)), "{heard:?}");
}

async fn a_message_is_taken_once(rig: Rig) {
    at(&rig, &[FRONT]).await;
    let query = request(&rig, FRONT, "m1").await;
    // Another's browser brought it first: it ended nothing there, and ends nothing here.
    assert!(matches!(receive_logout(&rig.browser(2), &query).await, Ok(Going::Refuse(_))));
    for taken in [answer(&rig, &query).await.err(), bring_logout(&rig.cx(), &query).await.err()] {
        assert!(matches!(taken, Some(LogoutRefused::Replayed)), "{taken:?}");
    }
    assert!(who(&rig.cx()).await.unwrap().is_some());
    let forged = answer(&rig, &format!("{}|forged", request(&rig, FRONT, "m2").await)).await;
    assert!(matches!(forged, Err(LogoutRefused::NotTaken(_))), "{forged:?}");
    let stranger = answer(&rig, "https://stranger.example|m1|out|x|y").await;
    assert!(matches!(stranger, Err(LogoutRefused::Unknown)), "{stranger:?}");
    assert_eq!(rig.events(EventKind::LogoutRefused).await, 5);
}

async fn an_answer_for_another_walk_or_browser_changes_nothing(rig: Rig) {
    let app = at(&rig, &[FRONT]).await;
    let first = out(&rig).await;
    let (_, id) = ask(&rig, first).await;
    rig.sign_in(1, 0, &app).await;
    visit(&rig, 1, FRONT, "in-2").await;
    let second = out(&rig).await;
    let (_, other) = ask(&rig, second).await;
    for (case, said) in [
        ("the other walk", format!("{FRONT}|a1|over|{id}|{second}|")),
        ("no walk", format!("{FRONT}|a2|over|{id}||")),
        ("no such walk", format!("{FRONT}|a3|over|{id}|019a0000-0000-7000-8000-000000000009|")),
        ("nothing asked", format!("{FRONT}|a4|over|_nothing|{second}|")),
    ] {
        let heard = answer(&rig, &said).await;
        assert!(matches!(heard, Err(LogoutRefused::NotAsked)), "{case}: {heard:?}");
    }
    let elsewhere = receive_logout(&rig.browser(2), &format!("{FRONT}|a5|over|{id}|{first}|")).await;
    assert!(matches!(elsewhere, Err(LogoutRefused::NotAsked)), "{elsewhere:?}");
    assert!(visits(&rig, 0).await.iter().all(|it| it.ending == Ending::None));
    for (walk, id, message) in [(first, id, "a6"), (second, other, "a7")] {
        answer(&rig, &format!("{FRONT}|{message}|over|{id}|{walk}|")).await.unwrap();
    }
}

async fn a_walk_that_ran_out_takes_no_answer(rig: Rig) {
    at(&rig, &[FRONT]).await;
    let flow = out(&rig).await;
    let (_, id) = ask(&rig, flow).await;
    // What goes on does not make it last longer.
    rig.clock.advance(FLOW_HOLDS - SignedDuration::from_mins(1));
    pass_on(&rig.cx(), flow, Pass::Again).await.unwrap();
    rig.clock.advance(SignedDuration::from_mins(1));
    assert!(matches!(go_on(&rig.cx(), flow).await, Err(NoFlow::Gone)));
    assert!(matches!(see_way_out(&rig.cx(), flow).await, Err(NoFlow::Gone)));
    let late = answer(&rig, &format!("{FRONT}|a1|over|{id}|{flow}|")).await;
    assert!(matches!(late, Err(LogoutRefused::NotAsked)), "{late:?}");
    assert_eq!(ending(&rig, FRONT).await, Ending::None);
}

async fn she_need_not_wait_for_anybody(rig: Rig) {
    at(&rig, &[FRONT, OTHER]).await;
    let Going::Out(way) = answer(&rig, &request(&rig, FRONT, "m1").await).await.unwrap() else {
        panic!("not out")
    };
    let (_, first) = ask(&rig, way.flow).await;
    pass_on(&rig.cx(), way.flow, Pass::Again).await.unwrap();
    let (service, second) = ask(&rig, way.flow).await;
    assert_eq!(service, OTHER);
    assert_ne!(first, second);
    pass_on(&rig.cx(), way.flow, Pass::Stop).await.unwrap();
    assert_eq!(ending(&rig, OTHER).await, Ending::NotConfirmed);
    let late = answer(&rig, &format!("{OTHER}|a1|over|{second}|{}|", way.flow)).await;
    assert!(matches!(late, Err(LogoutRefused::NotAsked)), "{late:?}");
    let seen = see_way_out(&rig.cx(), way.flow).await.unwrap();
    assert_eq!((seen.walking, seen.unanswered), (false, true));
    assert!(told(&rig, way.flow).await.ends_with("|over|m1|partly"), "and the first hears so");
    for pass in [Pass::Over, Pass::Again, Pass::Stop] {
        pass_on(&rig.cx(), way.flow, pass).await.unwrap();
        assert!(matches!(go_on(&rig.cx(), way.flow).await.unwrap(), Next::Receipt), "{pass:?}");
    }
    assert!(matches!(pass_on(&rig.browser(2), way.flow, Pass::Over).await, Err(NoFlow::Gone)));
}

async fn a_walk_outlives_the_service_it_was_to_ask(rig: Rig) {
    at(&rig, &[FRONT, OTHER]).await;
    let flow = out(&rig).await;
    let mut tx = rig.change().await;
    let mut rp = tx.relying_party_by_entity(FRONT).await.unwrap().unwrap();
    rp.front_logout = None;
    tx.put_relying_party(&rp).await.unwrap();
    tx.commit().await.unwrap();
    let (service, _) = ask(&rig, flow).await;
    assert_eq!(service, OTHER);
    assert_eq!(ending(&rig, FRONT).await, Ending::NotConfirmed);
}

async fn a_form_is_heard_in_the_browser_that_brought_it_once(rig: Rig) {
    at(&rig, &[FRONT]).await;
    let query = request(&rig, FRONT, "m1").await;
    // No cookie comes with a form of another site.
    let nobody = rig.browser(0);
    let kept = bring_logout(&nobody, &query).await.unwrap();
    assert!(who(&rig.cx()).await.unwrap().is_some(), "nothing ended yet");
    assert_eq!(rig.events(EventKind::LogoutBrought).await, 1);
    let Going::Out(way) = take_logout(&rig.cx(), kept).await.unwrap() else { panic!("not out") };
    assert!(told(&rig, way.flow).await.ends_with("|over|m1|everywhere"));
    let twice = take_logout(&rig.cx(), kept).await;
    assert!(matches!(twice, Err(LogoutRefused::NotAsked)), "{twice:?}");
    let query = format!("{FRONT}|m2|out|x");
    let kept = bring_logout(&nobody, &query).await.unwrap();
    rig.clock.advance(SignedDuration::from_mins(5));
    let late = take_logout(&rig.cx(), kept).await;
    assert!(matches!(late, Err(LogoutRefused::NotAsked)), "{late:?}");
}

async fn the_end_of_all_sessions_walks_through_those_of_this_browser(rig: Rig) {
    let app = at(&rig, &[FRONT]).await;
    rig.sign_in(2, 0, &app).await;
    save_connection(&rig.cx(), "ops1", "a service", OTHER, Settings::default()).await.unwrap();
    visit(&rig, 2, OTHER, "in").await;
    let here = who(&rig.cx()).await.unwrap().unwrap();
    let ended = end_all_sessions(&rig.cx(), &here).await.unwrap();
    assert_eq!(ended.many, 2);
    let flow = ended.way.unwrap().flow;
    let (service, id) = ask(&rig, flow).await;
    assert_eq!(service, FRONT);
    answer(&rig, &format!("{FRONT}|a1|over|{id}|{flow}|")).await.unwrap();
    assert!(
        matches!(go_on(&rig.cx(), flow).await.unwrap(), Next::Receipt),
        "the other browser's is not its own"
    );
    assert_eq!(ending(&rig, OTHER).await, Ending::None);
}

async fn a_sign_out_without_services_leaves_no_walk(rig: Rig) {
    at(&rig, &[]).await;
    assert_eq!(sign_out(&rig.cx()).await.unwrap(), None);
    assert_eq!(sign_out(&rig.cx()).await.unwrap(), None, "she is signed out");
}

const IN_FRAMES: &str = r#", "frontchannel_logout_uri": "https://app.example/fc",
    "frontchannel_logout_session_required": true, "post_logout_redirect_uris": ["https://app.example/out"]"#;

/// She is at an application too; gives it, with an id token of hers.
async fn at_application(rig: &Rig, id: &str, more: &str) -> (Application, String) {
    let app = rig.application(id, more).await;
    let code = app.code(&rig.cx(), &[]).await;
    let tokens = app.exchange(&rig.cx(), &code).await.unwrap();
    (app, tokens.id_token)
}

/// The addresses that are shown in frames.
async fn shown(rig: &Rig, flow: FlowId) -> Vec<String> {
    match go_on(&rig.cx(), flow).await.unwrap() {
        Next::Show(frames) => frames.into_iter().map(|it| it.address).collect(),
        other => panic!("nothing is shown: {other:?}"),
    }
}

async fn applications_are_told_in_frames_once_and_may_stay_open(rig: Rig) {
    at(&rig, &[FRONT]).await;
    let (app, id_token) = at_application(&rig, "framed", IN_FRAMES).await;
    let again = app.code(&rig.cx(), &[]).await;
    app.exchange(&rig.cx(), &again).await.unwrap();
    let flow = out(&rig).await;
    assert!(who(&rig.cx()).await.unwrap().is_none(), "hers is over before");
    let addresses = shown(&rig, flow).await;
    let sid = testkit::claims(&id_token)["sid"].as_str().unwrap().to_owned();
    let issuer = rig.cx().house.policy.public_url.replace(':', "%3A").replace('/', "%2F");
    assert_eq!(addresses.len(), 2, "one for each session it knows");
    assert!(addresses.contains(&format!("https://app.example/fc?iss={issuer}&sid={sid}")), "{addresses:?}");
    assert_eq!(shown(&rig, flow).await, addresses, "until she goes on");
    assert_eq!(rig.events(EventKind::LogoutAsked).await, 1);
    assert_eq!(state(&rig, flow).await, [LeftState::Waits, LeftState::Waits]);
    for nothing in [Pass::Over, Pass::Again] {
        pass_on(&rig.cx(), flow, nothing).await.unwrap();
    }
    assert_eq!(shown(&rig, flow).await, addresses);
    pass_on(&rig.cx(), flow, Pass::Shown).await.unwrap();
    let (service, id) = ask(&rig, flow).await;
    assert_eq!(service, FRONT, "and then services are asked");
    pass_on(&rig.cx(), flow, Pass::Shown).await.unwrap();
    assert!(matches!(go_on(&rig.cx(), flow).await.unwrap(), Next::Wait(_)), "twice passes nobody over");
    answer(&rig, &format!("{FRONT}|a1|over|{id}|{flow}|")).await.unwrap();
    assert!(matches!(go_on(&rig.cx(), flow).await.unwrap(), Next::Receipt));
    let seen = see_way_out(&rig.cx(), flow).await.unwrap();
    let framed = seen.services.iter().find(|it| it.name == "An application").unwrap();
    assert!(matches!(framed.state, LeftState::MayStay(_)), "nobody knows: {framed:?}");
    let of_app = |it: &&Visit| it.relying_party == app.client.id;
    assert!(visits(&rig, 0).await.iter().filter(of_app).all(|it| it.ending == Ending::NotConfirmed));
}

async fn an_application_gets_her_back_after_the_frames(rig: Rig) {
    at(&rig, &[]).await;
    let more = IN_FRAMES.replace("true", "false");
    let (_, id_token) = at_application(&rig, "framed", &more).await;
    let here = who(&rig.cx()).await.unwrap();
    let parameters: Parameters = [
        ("id_token_hint", id_token.as_str()),
        ("post_logout_redirect_uri", "https://app.example/out"),
        ("state", "s"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let Left::Walk(way) = leave(&rig.cx(), here.as_ref(), &parameters).await.unwrap() else {
        panic!("no way out")
    };
    assert!(way.asks);
    assert_eq!(shown(&rig, way.flow).await, ["https://app.example/fc"], "it need not be told which");
    pass_on(&rig.browser(2), way.flow, Pass::Shown).await.unwrap_err();
    pass_on(&rig.cx(), way.flow, Pass::Shown).await.unwrap();
    let next = go_on(&rig.cx(), way.flow).await.unwrap();
    assert!(
        matches!(&next, Next::Back { address, state: Some(state), .. }
            if address == "https://app.example/out" && state == "s"),
        "{next:?}"
    );
}

async fn frames_of_an_application_that_takes_them_no_more_are_left_out(rig: Rig) {
    let phone = at(&rig, &[]).await;
    let (mut app, _) = at_application(&rig, "framed", IN_FRAMES).await;
    let flow = out(&rig).await;
    app.client.front_channel_logout = None;
    let mut tx = rig.change().await;
    tx.put_client(&app.client).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(go_on(&rig.cx(), flow).await.unwrap(), Next::Receipt));
    assert_eq!(rig.events(EventKind::LogoutAsked).await, 0);
    assert!(visits(&rig, 0).await.iter().all(|it| it.ending == Ending::NotConfirmed));
    // Who a back channel reaches as well is told by that alone, and a block uses nothing else.
    let both = format!(r#"{IN_FRAMES}, "backchannel_logout_uri": "https://app.example/bc""#);
    rig.sign_in(1, 0, &phone).await;
    at_application(&rig, "both", &both).await;
    let way = sign_out(&rig.cx()).await.unwrap().unwrap();
    assert!(!way.asks);
    assert!(visits(&rig, 0).await.iter().any(|it| it.ending == Ending::Asked));
}

/// A race: of every session at a service that she got, the way out knows.
async fn a_service_she_comes_to_while_she_leaves_is_on_the_way_out(rig: Rig) {
    let app = at(&rig, &[FRONT]).await;
    for n in 0..24_u32 {
        if n > 0 {
            rig.sign_in(1, 0, &app).await;
            visit(&rig, 1, FRONT, &format!("in-{n}")).await;
        }
        let asked = request(&rig, FRONT, &format!("out-{n}")).await;
        let here = who(&rig.cx()).await.unwrap();
        let (cx, query) = (rig.cx(), format!("{FRONT}|beside-{n}"));
        let coming =
            tokio::spawn(async move { receive_request(&cx, here, Inbound::Redirect(&query)).await.is_ok() });
        for _ in 0..n % 7 {
            tokio::task::yield_now().await;
        }
        let flow = if n.is_multiple_of(2) {
            sign_out(&rig.cx()).await.unwrap().unwrap().flow
        } else {
            let Going::Out(way) = answer(&rig, &asked).await.unwrap() else { panic!("not out") };
            way.flow
        };
        assert!(coming.await.unwrap());
        let left = state(&rig, flow).await;
        assert!(!left.iter().any(|it| matches!(it, LeftState::MayStay(_))), "round {n}: {left:?}");
    }
}
