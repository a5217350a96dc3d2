//! Proving who someone is (NSIS 3.1.2), here with MitID through a broker.

mod answer;
mod fresh;
mod refusal;
#[cfg(test)]
mod tests;

pub use answer::{Assessed, BrokerAnswer, Expected, FRESH_FOR, SKEW, assess};
pub use fresh::{FreshProof, ProvedWith, Purpose};
pub use refusal::{Refusal, RefusalPage};

use crate::cpr::CprStatus;
use crate::ids::{PersonId, ProofingId};
use crate::level::AssuranceLevel;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The version of the described process (NSIS 3.1.2.1) a proofing followed.
pub const PROCESS: &str = "mitid-1";

/// How someone was proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Means {
    /// With MitID through a broker.
    Mitid {
        /// The broker.
        issuer: String,
        /// The authenticators used.
        authenticators: Vec<String>,
        /// The broker's transaction.
        transaction: String,
        /// MitID's transaction.
        mitid_transaction: String,
        /// Hash of the signed answer.
        receipt: [u8; 32],
    },
}

/// One event that proved who someone is. Cannot be made without a register's answer (NSIS 3.1.2.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityProofing {
    /// Which.
    pub id: ProofingId,
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// At what level.
    pub level: AssuranceLevel,
    /// How.
    pub means: Means,
    /// What the register said.
    pub register: CprStatus,
    /// By which process.
    pub process: String,
}
