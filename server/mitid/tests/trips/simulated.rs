use crate::browser::{Browser, location};
use crate::support::{SystemEntropy, TestClock, ask, brokers, profile, query};
use domain::cpr::{Cpr, RegisterStatus};
use domain::level::AssuranceLevel;
use domain::proofing::{Assessed, BrokerAnswer, Refusal, assess};
use mitid::{BrokerProfile, BrokerRegister, Brokers, Client};
use simulator::{Config, DemoOnly, SamplePerson, Simulator};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use text::Say;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use usecases::ports::chance::Clock;
use usecases::ports::mitid::{CprRegister, Departure, MitidBroker};
use usecases::ports::store::Stamp;

const BACK: &str = "http://127.0.0.1:9/mitid/neb";

/// The simulator on a port of its own, and a relying party that knows it.
struct Place {
    issuer: String,
    clock: Arc<TestClock>,
    brokers: Brokers,
    browser: Browser,
    server: Server,
}

fn client(secret: &str) -> Client<'_> {
    Client { id: "municipality", secret, redirect_uri: BACK }
}

async fn place() -> Place {
    place_with("demo: s+cret&%", |profile| profile).await
}

async fn place_with(secret: &str, change: impl FnOnce(BrokerProfile) -> BrokerProfile) -> Place {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}/simulator/op", listener.local_addr().unwrap());
    let clock = TestClock::start();
    let server = Server::start(listener, &issuer, clock.clone());
    let brokers = brokers(change(profile(&issuer, client(secret))), clock.clone());
    Place { issuer, clock, brokers, browser: Browser::new(), server }
}

/// A simulator being served; ends with the test's runtime at the latest.
struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    fn start(listener: TcpListener, issuer: &str, clock: Arc<TestClock>) -> Self {
        let config = Config {
            issuer: issuer.to_owned(),
            client_id: "municipality".into(),
            client_secret: "demo: s+cret&%".into(),
            redirect_uri: BACK.into(),
            people: vec![
                SamplePerson::new("Anna <Prøve>", "6101900001", Say::new("Er inviteret", "Is invited"))
                    .unwrap(),
                SamplePerson::new("Bo Prøve", "6102900002", Say::new("Er ikke inviteret", "Is not invited"))
                    .unwrap(),
            ],
            clock,
            entropy: Arc::new(SystemEntropy),
        };
        let router = Simulator::router(DemoOnly::of(Stamp::Demo).unwrap(), config).unwrap();
        let app = axum::Router::new().nest("/simulator/op", router);
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = axum::serve(listener, app).with_graceful_shutdown(async { drop(stopped.await) });
        let task = tokio::spawn(async { serving.await.unwrap() });
        Self { address, stop, task }
    }

    /// Ends it and every connection; gives its address.
    async fn end(self) -> SocketAddr {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
        self.address
    }
}

impl Place {
    async fn depart(&self) -> Departure {
        self.brokers.depart(ask("the flow")).await.unwrap()
    }

    /// Goes to the simulator and chooses; gives what comes back.
    async fn choose(&mut self, departure: &Departure, choice: &[(&str, &str)]) -> BTreeMap<String, String> {
        let page = self.browser.get(&departure.address).await.text().await.unwrap();
        let ticket = ticket(&page);
        let address = format!("{}/connect/choose", self.issuer);
        let response = self.browser.post(&address, &[&[("ticket", ticket.as_str())], choice].concat()).await;
        let back = location(&response).expect("the simulator sends the browser back");
        assert!(back.starts_with(BACK));
        query(&back)
    }

    async fn arrive(
        &self,
        trip: &Departure,
        callback: &BTreeMap<String, String>,
    ) -> Result<BrokerAnswer, Refusal> {
        self.brokers.arrive(&trip.profile, &trip.memory, callback, self.clock.now()).await
    }

    async fn trip(&mut self, choice: &[(&str, &str)]) -> Result<Assessed, Refusal> {
        let departure = self.depart().await;
        let asked_at = self.clock.now();
        let callback = self.choose(&departure, choice).await;
        assess(self.arrive(&departure, &callback).await?, asked_at, self.clock.now())
    }
}

fn ticket(page: &str) -> String {
    let (_, rest) = page.split_once(r#"name="ticket" value=""#).expect("a page with choices");
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_sample_person_is_proved_at_substantial() {
    let mut place = place().await;
    let departure = place.depart().await;
    let callback = place.choose(&departure, &[("person", "0")]).await;
    let answer = place.arrive(&departure, &callback).await.unwrap();
    assert_eq!(answer.issuer, place.issuer);
    assert_eq!(answer.means, ["code_app"]);
    assert_eq!(
        [answer.loa, answer.ial, answer.aal],
        [Some(AssuranceLevel::Substantial); 3],
        "each level by itself"
    );
    let assessed = assess(answer, place.clock.now(), place.clock.now()).unwrap();
    let cpr = Cpr::parse("6101900001").unwrap();
    assert!(*assessed.cpr() == cpr);
    let status = BrokerRegister.look_up(&cpr, &assessed, place.clock.now()).await.unwrap();
    assert_eq!(status.status, RegisterStatus::Resident);
}

#[tokio::test]
async fn each_thing_that_goes_wrong_is_told_as_what_it_is() {
    let mut place = place().await;
    for (outcome, refusal) in [
        ("aborted", Refusal::Aborted),
        ("timed-out", Refusal::Lost),
        ("fault", Refusal::Technical),
        ("low-level", Refusal::LevelTooLow),
        ("no-cpr", Refusal::NoCpr),
    ] {
        let trip = place.trip(&[("person", "0"), ("outcome", outcome)]).await;
        assert_eq!(trip.unwrap_err(), refusal, "{outcome}");
    }
}

#[tokio::test]
async fn another_number_is_nobodys_in_the_demo() {
    let mut place = place().await;
    let other = place.trip(&[("person", "0"), ("outcome", "other-cpr")]).await.unwrap();
    assert!(other.cpr().is_replacement());
    for known in ["6101900001", "6102900002"] {
        assert!(*other.cpr() != Cpr::parse(known).unwrap());
    }
}

#[tokio::test]
async fn the_register_may_say_missing_or_nothing() {
    let mut place = place().await;
    let missing = place.trip(&[("person", "0"), ("outcome", "missing")]).await.unwrap();
    let status = BrokerRegister.look_up(missing.cpr(), &missing, place.clock.now()).await.unwrap();
    assert_eq!(status.status, RegisterStatus::Missing);
    let silent = place.trip(&[("person", "0"), ("outcome", "register-silent")]).await.unwrap();
    let status = BrokerRegister.look_up(silent.cpr(), &silent, place.clock.now()).await;
    assert_eq!(status.unwrap_err(), Refusal::RegisterSilent);
}

#[tokio::test]
async fn a_trip_can_end_at_the_broker() {
    let mut place = place().await;
    let departure = place.depart().await;
    let page = place.browser.get(&departure.address).await.text().await.unwrap();
    let form = [("ticket", ticket(&page)), ("person", "0".into()), ("outcome", "never-returns".into())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let response = place.browser.post(&format!("{}/connect/choose", place.issuer), &form).await;
    assert_eq!(location(&response), None);
    assert!(response.text().await.unwrap().contains("Her stopper turen"));
}

#[tokio::test]
async fn a_code_is_spent_once_and_within_a_minute() {
    let mut place = place().await;
    let departure = place.depart().await;
    let callback = place.choose(&departure, &[("person", "0")]).await;
    assert!(place.arrive(&departure, &callback).await.is_ok());
    assert_eq!(place.arrive(&departure, &callback).await.unwrap_err(), Refusal::Lost);

    let late = place.depart().await;
    let callback = place.choose(&late, &[("person", "0")]).await;
    place.clock.advance(61);
    assert_eq!(place.arrive(&late, &callback).await.unwrap_err(), Refusal::Lost);
}

#[tokio::test]
async fn two_trips_never_lend_each_other_their_code() {
    let mut place = place().await;
    let (first, second) = (place.depart().await, place.depart().await);
    let callback = place.choose(&first, &[("person", "0")]).await;
    // The same state, another verifier: only PKCE tells them apart.
    assert_eq!(place.arrive(&second, &callback).await.unwrap_err(), Refusal::Lost);
}

#[tokio::test]
async fn another_flows_memory_or_profile_is_refused() {
    let mut place = place().await;
    let departure = place.depart().await;
    let callback = place.choose(&departure, &[("person", "0")]).await;
    let now = place.clock.now();
    let other = place.brokers.depart(ask("another flow")).await.unwrap();
    let lost = place.brokers.arrive("neb", &other.memory, &callback, now).await;
    assert_eq!(lost.unwrap_err(), Refusal::Lost);
    let unknown = place.brokers.arrive("nobody", &departure.memory, &callback, now).await;
    assert_eq!(unknown.unwrap_err(), Refusal::Technical);
    let garbled = place.brokers.arrive("neb", b"not a memory", &callback, now).await;
    assert_eq!(garbled.unwrap_err(), Refusal::Lost);
}

#[tokio::test]
async fn an_answer_that_names_another_issuer_costs_no_code() {
    let mut place = place().await;
    let departure = place.depart().await;
    let good = place.choose(&departure, &[("person", "0")]).await;
    let mut mixed_up = good.clone();
    mixed_up.insert("iss".into(), "https://evil.dk/op".into());
    assert_eq!(place.arrive(&departure, &mixed_up).await.unwrap_err(), Refusal::Technical);
    assert!(place.arrive(&departure, &good).await.is_ok(), "nothing was sent to anybody");
}

#[tokio::test]
async fn a_wrong_secret_is_a_technical_fault() {
    let mut place = place_with("guessed", |profile| profile).await;
    assert_eq!(place.trip(&[("person", "0")]).await.unwrap_err(), Refusal::Technical);
}

#[tokio::test]
async fn another_issuer_than_the_pinned_one_is_never_used() {
    let place = place_with("demo: s+cret&%", |profile| BrokerProfile {
        issuer: format!("{}/", profile.issuer),
        ..profile
    })
    .await;
    assert_eq!(place.brokers.depart(ask("s")).await.unwrap_err(), Refusal::Technical);
}

#[tokio::test]
async fn a_request_the_simulator_cannot_use_never_returns() {
    let mut place = place().await;
    let good = place.depart().await.address;
    for (part, instead) in [
        ("client_id=municipality", "client_id=somebody"),
        ("neb&", "neb2&"),
        ("code_challenge_method=S256", "code_challenge_method=plain"),
        ("prompt=login", "prompt=none"),
        ("prompt=login", "prompt=login&prompt=login"),
        ("ssn.details_name", "ssn.details_everything"),
        ("substantial", "low"),
        ("idp_values=mitid", "idp_values=mitid_erhverv"),
    ] {
        let address = good.replacen(part, instead, 1);
        assert_ne!(address, good, "{part}");
        let response = place.browser.get(&address).await;
        assert_eq!(response.status(), 400, "{instead}");
        assert_eq!(location(&response), None);
    }
}

#[tokio::test]
async fn the_page_says_what_it_is_and_cannot_be_written_into() {
    let mut place = place().await;
    let departure = place.brokers.depart(usecases::ports::mitid::ProofAsk {
        reference_text: "<script>alert(1)</script>".into(),
        ..ask("s")
    });
    let response = place.browser.get(&departure.await.unwrap().address).await;
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(policy.contains("form-action 'self' http://127.0.0.1:9;"), "{policy}");
    let page = response.text().await.unwrap();
    assert!(page.contains("Dette er ikke MitID"));
    assert!(page.contains("Anna &lt;Prøve&gt;"));
    assert!(!page.contains("<script"));
    assert!(!page.contains("6101900001"), "a number is no label");
}

#[tokio::test]
async fn the_page_speaks_the_language_the_trip_asks_for() {
    let mut place = place().await;
    let english = usecases::ports::mitid::ProofAsk { language: "en", ..ask("s") };
    let departure = place.brokers.depart(english).await.unwrap();
    let page = place.browser.get(&departure.address).await.text().await.unwrap();
    for said in [r#"<html lang="en">"#, "Who do you want to be?", "Is invited", "Level too low", "not MitID"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let danish = place.depart().await;
    let page = place.browser.get(&danish.address).await.text().await.unwrap();
    assert!(page.contains(r#"<html lang="da">"#) && page.contains("Hvem vil du være?"));
}

#[tokio::test]
async fn a_page_is_used_once() {
    let mut place = place().await;
    let departure = place.depart().await;
    let page = place.browser.get(&departure.address).await.text().await.unwrap();
    let (ticket, address) = (ticket(&page), format!("{}/connect/choose", place.issuer));
    let choice = [("ticket", ticket.as_str()), ("person", "0")];
    assert!(location(&place.browser.post(&address, &choice).await).is_some());
    assert_eq!(place.browser.post(&address, &choice).await.status(), 400);
    let beyond = [("ticket", ticket.as_str()), ("person", "7")];
    assert_eq!(place.browser.post(&address, &beyond).await.status(), 400);
}

#[tokio::test]
async fn a_broker_may_change_its_key_while_people_are_on_their_way() {
    let mut place = place().await;
    assert!(place.trip(&[("person", "0")]).await.is_ok());
    let departure = place.depart().await;
    let address = place.server.end().await;
    let listener = TcpListener::bind(address).await.unwrap();
    place.server = Server::start(listener, &place.issuer, place.clock.clone());

    let callback = place.choose(&departure, &[("person", "0")]).await;
    let at_once = place.arrive(&departure, &callback).await;
    assert_eq!(at_once.unwrap_err(), Refusal::Technical, "keys are asked for once a minute at most");
    place.clock.advance(61);
    assert!(place.trip(&[("person", "0")]).await.is_ok());
}

#[tokio::test]
async fn what_a_broker_published_serves_for_a_day_when_it_is_silent() {
    let place = place().await;
    assert!(place.brokers.depart(ask("s")).await.is_ok());
    place.server.end().await;
    place.clock.advance(23 * 3600);
    assert!(place.brokers.depart(ask("s")).await.is_ok());
    place.clock.advance(2 * 3600);
    assert_eq!(place.brokers.depart(ask("s")).await.unwrap_err(), Refusal::Technical);
}

#[tokio::test]
async fn the_policy_names_where_a_browser_goes() {
    let place = place().await;
    let origin = place.issuer.trim_end_matches("/simulator/op");
    assert_eq!(place.brokers.origins(), [origin]);
}
