//! A proof just made, and what it may be spent on.

use crate::ids::{FactorId, FlowId, ProofingId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a proof may be spent on. A proof made for one purpose and flow is accepted by no other (security decision 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Purpose {
    /// To get a login.
    Enrolment,
    /// To find out which invitation is hers.
    Finding,
    /// To block her login.
    Blocking,
    /// To open her blocked login again.
    Reopening,
    /// To choose a new password.
    Reset,
    /// To confirm anew who she is, while she is signed in.
    Reconfirmation,
    /// To add a login method in a sign-in that a recovery code brought here (security decision 16).
    Recovery,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 7] = [
        Self::Enrolment,
        Self::Finding,
        Self::Blocking,
        Self::Reopening,
        Self::Reset,
        Self::Reconfirmation,
        Self::Recovery,
    ];
}

/// What a proof just made was made with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProvedWith {
    /// With MitID: it is a proofing of its own.
    #[default]
    Mitid,
    /// With a passkey of hers that alone is Substantial: it rests on the proofing that stands (security decision 15).
    Key(FactorId),
}

impl ProvedWith {
    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mitid => "mitid",
            Self::Key(_) => "passkey",
        }
    }

    /// The key, where it was one.
    pub fn key(self) -> Option<FactorId> {
        match self {
            Self::Mitid => None,
            Self::Key(id) => Some(id),
        }
    }
}

/// A proof just made, spendable in one flow for one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshProof {
    /// Which proofing.
    pub proofing: ProofingId,
    /// What it was made with. An instance of before made none with anything but MitID.
    #[serde(default)]
    pub with: ProvedWith,
    /// What for.
    pub purpose: Purpose,
    /// In which flow.
    pub flow: FlowId,
    /// When.
    pub at: Timestamp,
}

impl FreshProof {
    /// One with MitID, for this purpose in this flow.
    pub fn mitid(proofing: ProofingId, (purpose, flow): (Purpose, FlowId), at: Timestamp) -> Self {
        Self { proofing, with: ProvedWith::Mitid, purpose, flow, at }
    }
}
