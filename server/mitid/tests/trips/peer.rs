//! Against npm `oidc-provider`, a certified provider, made to speak like a broker.

use crate::browser::Browser;
use crate::support::{TestClock, ask, brokers, profile, query};
use domain::proofing::{BrokerAnswer, Refusal, assess};
use mitid::{BrokerRegister, Brokers, Client};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use usecases::ports::chance::Clock;
use usecases::ports::mitid::{CprRegister, Departure, MitidBroker};

const BACK: &str = "http://127.0.0.1:9/mitid/peer";
const SECRET: &str = "a secret: with +/&% in it";

/// The provider's process; ended when dropped.
struct Peer {
    process: Child,
    issuer: String,
    /// Kept open, so that its later lines do not end it.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Peer {
    fn start() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let installed = Command::new(here.join("../../scripts/peers")).status().unwrap();
        assert!(installed.success(), "scripts/peers installs the provider");
        let mut process = Command::new("node")
            .arg("provider.mjs")
            .current_dir(here.join("tests/peer"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap()).lines();
        let ready = output.find_map(|line| line.unwrap().strip_prefix("ready ").map(str::to_owned));
        let issuer = ready.expect("the provider says where it is");
        Self { process, issuer, _output: output }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Visit {
    peer: Peer,
    clock: Arc<TestClock>,
    brokers: Brokers,
}

impl Visit {
    fn new(client: &str) -> Self {
        let peer = Peer::start();
        let clock = TestClock::start();
        let client = Client { id: client, secret: SECRET, redirect_uri: BACK };
        let brokers = brokers(profile(&peer.issuer, client), clock.clone());
        Self { peer, clock, brokers }
    }

    /// Departs, signs in as the account, comes back.
    async fn there_and_back(&self, account: &str) -> (Departure, BTreeMap<String, String>) {
        let departure = self.brokers.depart(ask("the flow")).await.unwrap();
        let address = format!("{}&account={account}", departure.address);
        let callback = Browser::new().follow_until(&address, BACK).await;
        (departure, query(&callback))
    }

    async fn arrive(
        &self,
        memory: &[u8],
        callback: &BTreeMap<String, String>,
    ) -> Result<BrokerAnswer, Refusal> {
        self.brokers.arrive("neb", memory, callback, self.clock.now()).await
    }

    async fn trip(&self, account: &str) -> Result<BrokerAnswer, Refusal> {
        let (departure, callback) = self.there_and_back(account).await;
        self.arrive(&departure.memory, &callback).await
    }
}

#[tokio::test]
async fn a_person_is_proved_whichever_way_the_broker_signs() {
    for client in ["rs", "ps", "es"] {
        let visit = Visit::new(client);
        let answer = visit.trip("good").await.unwrap();
        assert_eq!(answer.issuer, visit.peer.issuer);
        let now = visit.clock.now();
        let assessed = assess(answer, now, now).unwrap();
        let register = BrokerRegister.look_up(assessed.cpr(), &assessed, now).await;
        assert!(register.is_ok_and(|register| register.status.allows_proofing()), "{client}");
    }
}

#[tokio::test]
async fn what_does_not_hold_is_refused() {
    let visit = Visit::new("rs");
    let signed_again = visit.trip("signed-again").await;
    assert!(signed_again.is_ok(), "the answers below are refused for what is wrong in them");
    for (account, refusal) in [
        ("aborted", Refusal::Aborted),
        ("wrong-audience", Refusal::Technical),
        ("expired", Refusal::Technical),
        ("other-token", Refusal::Technical),
        ("other-key", Refusal::Technical),
        ("unsigned", Refusal::Technical),
        ("other-subject", Refusal::Technical),
        ("endless", Refusal::Technical),
        ("broken-exchange", Refusal::Technical),
    ] {
        assert_eq!(visit.trip(account).await.unwrap_err(), refusal, "{account}");
    }
}

#[tokio::test]
async fn what_holds_but_is_not_enough_is_refused() {
    let visit = Visit::new("rs");
    for (account, refusal) in [
        ("low", Refusal::LevelTooLow),
        ("professional", Refusal::LevelTooLow),
        ("stale", Refusal::Lost),
        ("no-cpr", Refusal::NoCpr),
    ] {
        let answer = visit.trip(account).await.unwrap();
        let now = visit.clock.now();
        assert_eq!(assess(answer, now, now).unwrap_err(), refusal, "{account}");
    }
}

#[tokio::test]
async fn the_answer_of_another_trip_is_lost() {
    let visit = Visit::new("rs");
    let (departure, callback) = visit.there_and_back("good").await;
    let mut memory: serde_json::Value = serde_json::from_slice(&departure.memory).unwrap();
    memory["nonce"] = "of another trip".into();
    let answer = visit.arrive(&serde_json::to_vec(&memory).unwrap(), &callback).await;
    assert_eq!(answer.unwrap_err(), Refusal::Lost);
}

#[tokio::test]
async fn a_code_is_spent_once() {
    let visit = Visit::new("rs");
    let (departure, callback) = visit.there_and_back("good").await;
    assert!(visit.arrive(&departure.memory, &callback).await.is_ok());
    assert_eq!(visit.arrive(&departure.memory, &callback).await.unwrap_err(), Refusal::Lost);
}

#[tokio::test]
async fn a_broker_that_is_gone_is_a_technical_fault() {
    let mut visit = Visit::new("rs");
    let (departure, callback) = visit.there_and_back("good").await;
    visit.peer.process.kill().unwrap();
    visit.peer.process.wait().unwrap();
    assert_eq!(visit.arrive(&departure.memory, &callback).await.unwrap_err(), Refusal::Technical);

    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client { id: "rs", secret: SECRET, redirect_uri: BACK };
    let brokers = brokers(profile(&format!("http://{nobody}"), client), visit.clock.clone());
    assert_eq!(brokers.depart(ask("s")).await.unwrap_err(), Refusal::Technical);
}
