//! A broker that answers what the test says, and a register that repeats the broker.

use async_trait::async_trait;
use domain::Timestamp;
use domain::cpr::{Cpr, CprStatus, RegisterStatus};
use domain::level::AssuranceLevel;
use domain::proofing::{Assessed, BrokerAnswer, Refusal};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use usecases::ports::mitid::{CprRegister, Departure, MitidBroker, ProofAsk};

/// A broker with a queue of answers. A callback with another `state` than the trip's is lost; without an answer in
/// the queue there is a technical fault.
#[derive(Debug, Default)]
pub struct ScriptedMitid {
    answers: Mutex<VecDeque<Result<BrokerAnswer, Refusal>>>,
    asked: Mutex<Vec<ProofAsk>>,
}

impl ScriptedMitid {
    /// The next one to come back brings this.
    pub fn answers(&self, answer: BrokerAnswer) {
        self.answers.lock().expect("a whole script").push_back(Ok(answer));
    }

    /// The next one to come back does not succeed.
    pub fn refuses(&self, refusal: Refusal) {
        self.answers.lock().expect("a whole script").push_back(Err(refusal));
    }

    /// What was asked, oldest first.
    pub fn asked(&self) -> Vec<ProofAsk> {
        self.asked.lock().expect("a whole script").clone()
    }

    /// What a browser brings back from a trip that was asked with this state.
    pub fn callback(state: &str) -> BTreeMap<String, String> {
        [("state", state), ("code", "code")].map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }
}

#[async_trait]
impl MitidBroker for ScriptedMitid {
    async fn depart(&self, ask: ProofAsk) -> Result<Departure, Refusal> {
        let (address, memory) =
            (format!("https://broker.example/authorize?state={}", ask.state), ask.state.as_bytes().to_vec());
        self.asked.lock().expect("a whole script").push(ask);
        Ok(Departure { address, profile: "test".to_owned(), memory })
    }

    async fn arrive(
        &self,
        _profile: &str,
        memory: &[u8],
        callback: &BTreeMap<String, String>,
        _now: Timestamp,
    ) -> Result<BrokerAnswer, Refusal> {
        if callback.get("state").map(String::as_bytes) != Some(memory) {
            return Err(Refusal::Lost);
        }
        self.answers.lock().expect("a whole script").pop_front().unwrap_or(Err(Refusal::Technical))
    }

    fn origins(&self) -> Vec<String> {
        vec!["https://broker.example".to_owned()]
    }
}

/// The answer when everything is right: private MitID at Substantial, just now, resident in the register.
pub fn good_answer(cpr: &str, now: Timestamp) -> BrokerAnswer {
    let level = Some(AssuranceLevel::Substantial);
    BrokerAnswer {
        scheme: "mitid".into(),
        identity_type: "private".into(),
        loa: level,
        ial: level,
        aal: level,
        auth_time: Some(now),
        cpr: Cpr::parse(cpr).ok(),
        register: Some(CprStatus {
            status: RegisterStatus::Resident,
            source: "broker:ssn.details".into(),
            at: now,
        }),
        means: vec!["code_app".into()],
        issuer: "https://broker.example".into(),
        transaction: "t-1".into(),
        mitid_transaction: "m-1".into(),
        receipt: [1; 32],
    }
}

/// The register that relies on the broker's own look-up.
#[derive(Clone, Copy, Debug)]
pub struct BrokerSays;

#[async_trait]
impl CprRegister for BrokerSays {
    async fn look_up(&self, _: &Cpr, answer: &Assessed, _: Timestamp) -> Result<CprStatus, Refusal> {
        answer.broker_register().cloned().ok_or(Refusal::RegisterSilent)
    }
}
