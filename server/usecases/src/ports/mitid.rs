//! Proof from outside: MitID brokers and the CPR register.

use async_trait::async_trait;
use domain::Timestamp;
use domain::cpr::{Cpr, CprStatus};
use domain::proofing::{Assessed, BrokerAnswer, Refusal};
use std::collections::BTreeMap;

/// What we ask of a broker.
#[derive(Clone, Debug)]
pub struct ProofAsk {
    /// What the person sees in the MitID app, at most 130 characters.
    pub reference_text: String,
    /// `da` or `en`.
    pub language: &'static str,
    /// The value that comes back as `state`: the flow's handle.
    pub state: String,
}

/// A trip to a broker that is about to begin.
pub struct Departure {
    /// Where the browser goes.
    pub address: String,
    /// Which profile was used; its endpoints alone are used at the return.
    pub profile: String,
    /// What must be remembered until the return (nonce, PKCE verifier). Secret: seal it.
    pub memory: Vec<u8>,
}

impl core::fmt::Debug for Departure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Departure").field("profile", &self.profile).finish_non_exhaustive()
    }
}

/// A relying party towards MitID brokers.
#[async_trait]
pub trait MitidBroker: Send + Sync {
    /// Prepares a trip: code flow with PKCE S256, nonce, `prompt=login`, level Substantial.
    async fn depart(&self, ask: ProofAsk) -> Result<Departure, Refusal>;

    /// Takes the parameters of the callback and asks the broker for the answer. Checks signature, nonce, issuer,
    /// audience and equal `sub`; judges nothing else.
    async fn arrive(
        &self,
        profile: &str,
        memory: &[u8],
        callback: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<BrokerAnswer, Refusal>;

    /// The origins a browser may be sent to, for the content security policy of the page where a trip begins.
    fn origins(&self) -> Vec<String>;
}

/// Asks whether a person is alive, not missing, and still has her number (NSIS 3.1.2.6).
#[async_trait]
pub trait CprRegister: Send + Sync {
    /// Looks the number up. `answer` is what the broker said, for the register that relies on the broker's own look-up.
    ///
    /// # Errors
    /// [`Refusal::RegisterSilent`] when there is no answer: then nobody is proved.
    async fn look_up(&self, cpr: &Cpr, answer: &Assessed, now: Timestamp) -> Result<CprStatus, Refusal>;
}
