//! Choosing a new password after MitID, or after a passkey that alone is Substantial: a forgotten one, with nothing else
//! asked (security decision 15).

use crate::ids::PersonId;
use crate::proofing::{FreshProof, Purpose};
use crate::reopening::NotYet;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// From the proof to the new password.
pub const RESET_HOLDS: SignedDuration = SignedDuration::from_mins(15);

/// One reset under way. Exists only after a proof made for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reset {
    /// Who proved herself.
    pub person: PersonId,
    proof: FreshProof,
}

impl Reset {
    /// Begins with a proof made for it.
    ///
    /// # Errors
    /// [`NotYet::WrongProof`]
    pub fn begin(person: PersonId, proof: FreshProof) -> Result<Self, NotYet> {
        if proof.purpose == Purpose::Reset { Ok(Self { person, proof }) } else { Err(NotYet::WrongProof) }
    }

    /// Until when the password may be chosen.
    pub fn until(&self) -> Timestamp {
        self.proof.at.saturating_add(RESET_HOLDS).unwrap_or(self.proof.at)
    }

    /// The proof, while it holds.
    ///
    /// # Errors
    /// [`NotYet::ProofRanOut`]
    pub fn proof(&self, now: Timestamp) -> Result<FreshProof, NotYet> {
        if now < self.until() { Ok(self.proof) } else { Err(NotYet::ProofRanOut) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn proof(purpose: Purpose) -> FreshProof {
        let (proofing, flow) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        FreshProof::mitid(proofing, (purpose, flow), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn only_a_proof_made_for_it_resets_and_only_for_a_quarter() {
        let person: PersonId = Uuid::from_u128(3).into();
        for other in Purpose::ALL.into_iter().filter(|it| *it != Purpose::Reset) {
            assert_eq!(Reset::begin(person, proof(other)), Err(NotYet::WrongProof));
        }
        let reset = Reset::begin(person, proof(Purpose::Reset)).unwrap();
        assert!(reset.proof(Timestamp::from_second(899).unwrap()).is_ok());
        assert_eq!(reset.proof(Timestamp::from_second(900).unwrap()), Err(NotYet::ProofRanOut));
    }
}
