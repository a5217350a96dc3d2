use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use domain::Timestamp;
use mitid::{BrokerProfile, Brokers, Client, Environment};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use url::Url;
use usecases::ports::chance::{Clock, Entropy, NoEntropy};
use usecases::ports::mitid::ProofAsk;
use usecases::ports::store::Stamp;

pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        SystemRandom::new().fill(bytes).map_err(|_| NoEntropy)
    }
}

/// A clock that starts now, since a provider in another process reads the machine's, and moves by hand.
pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn start() -> Arc<Self> {
        #[expect(clippy::disallowed_methods, reason = "the peer's tokens carry the machine's time")]
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        Arc::new(Self(AtomicI64::new(seconds.try_into().unwrap())))
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

pub(crate) fn profile(issuer: &str, client: Client<'_>) -> BrokerProfile {
    BrokerProfile::neb("neb", Environment::Test, issuer, client)
}

pub(crate) fn brokers(profile: BrokerProfile, clock: Arc<TestClock>) -> Brokers {
    Brokers::new(vec![profile], Stamp::Demo, clock, Arc::new(SystemEntropy)).unwrap()
}

pub(crate) fn ask(state: &str) -> ProofAsk {
    ProofAsk {
        reference_text: "Få dit login i Eksempel Kommune".into(), language: "da", state: state.into()
    }
}

/// The parameters of an address.
pub(crate) fn query(address: &str) -> BTreeMap<String, String> {
    Url::parse(address).unwrap().query_pairs().into_owned().collect()
}
