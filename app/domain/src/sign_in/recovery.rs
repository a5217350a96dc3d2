//! The way in for who has lost a method: a recovery code, a proof, and a new method (security decision 16).

use super::shown::Shown;
use super::{OutOfTurn, SignIn, Stage};
use crate::enrolment::PendingSeed;
use crate::factor::FactorKind;
use crate::ids::PersonId;
use crate::proofing::{FreshProof, Purpose};
use crate::reopening::NotYet;
use jiff::{SignedDuration, Timestamp};

/// From the proof after a recovery code to the method that replaces the missing one.
pub const REPLACING_HOLDS: SignedDuration = SignedDuration::from_mins(15);

impl SignIn {
    /// A code of her printed sheet was right, beside her password. It opens a proof of who she is and nothing else (security
    /// decision 16).
    ///
    /// # Errors
    /// [`OutOfTurn`] before the password.
    pub fn recovery_shown(self) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Code { person, password_at } => {
                Ok(Self { stage: Stage::Recovery { person, password_at }, ..self })
            }
            _ => Err(OutOfTurn),
        }
    }

    /// Who may prove who she is after a recovery code; also once more, when the time after a proof is over.
    pub fn awaiting_proof(&self) -> Option<PersonId> {
        match self.stage {
            Stage::Recovery { person, .. } | Stage::Replace { person, .. } => Some(person),
            _ => None,
        }
    }

    /// She proved who she is, after a recovery code: she may add what replaces the method she does not have.
    ///
    /// # Errors
    /// [`OutOfTurn`] without a recovery code before, and for a proof made for something else.
    pub fn recovered(self, proof: FreshProof) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Recovery { person, password_at } | Stage::Replace { person, password_at, .. }
                if proof.purpose == Purpose::Recovery =>
            {
                let stage = Stage::Replace { person, password_at, proof, seed: None };
                Ok(Self { stage, ..self })
            }
            _ => Err(OutOfTurn),
        }
    }

    /// Who adds a replacement, by which proof, while that holds.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn replacing(&self, now: Timestamp) -> Result<(PersonId, FreshProof), NotYet> {
        match &self.stage {
            Stage::Replace { person, proof, .. } => {
                let until = proof.at.saturating_add(REPLACING_HOLDS).unwrap_or(proof.at);
                if now < until { Ok((*person, *proof)) } else { Err(NotYet::ProofRanOut) }
            }
            _ => Err(NotYet::StepBefore),
        }
    }

    /// Offers the seed of a new app in it; the one before is dead.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn offering(self, offered: PendingSeed, now: Timestamp) -> Result<Self, NotYet> {
        self.replacing(now)?;
        match self.stage {
            Stage::Replace { person, password_at, proof, .. } => {
                let stage = Stage::Replace { person, password_at, proof, seed: Some(offered) };
                Ok(Self { stage, ..self })
            }
            _ => Err(NotYet::StepBefore),
        }
    }

    /// The seed that is offered in it.
    pub fn offered(&self) -> Option<&PendingSeed> {
        match &self.stage {
            Stage::Replace { seed, .. } => seed.as_ref(),
            _ => None,
        }
    }

    /// A new method of this kind was added by a right answer of it: with the password that is enough.
    ///
    /// # Errors
    /// [`NotYet`]
    pub fn replaced(&self, by: FactorKind, now: Timestamp) -> Result<Shown, NotYet> {
        let (person, _) = self.replacing(now)?;
        match self.stage {
            Stage::Replace { password_at, .. } => {
                Ok(Shown { person, factors: vec![(FactorKind::Password, password_at), (by, now)] })
            }
            _ => Err(NotYet::StepBefore),
        }
    }
}
