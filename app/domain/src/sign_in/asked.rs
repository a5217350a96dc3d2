//! What somebody is asked once she is in: new terms, who she is, a password, a method she did not use.

use super::{OutOfTurn, SignIn, Stage};
use crate::ids::SessionId;
use crate::proofing::{FreshProof, Purpose};
use crate::terms::Reading;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How she is asked to confirm anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// Ahead of time: she may put it off.
    InTime,
    /// It is overdue where she goes: it must be done first.
    Overdue,
}

impl SignIn {
    /// A session was created for it; with a reading when new terms must be accepted first.
    #[must_use]
    pub fn signed(self, session: SessionId, new_terms: Option<Reading>) -> Self {
        let stage = match new_terms {
            Some(reading) => Stage::Terms { session, reading },
            None => Stage::Signed { session },
        };
        Self { stage, ..self }
    }

    /// The reading of new terms, while there is one.
    pub fn reading(&self) -> Option<&Reading> {
        match &self.stage {
            Stage::Terms { reading, .. } => Some(reading),
            _ => None,
        }
    }

    /// A session is there, and she is asked to confirm anew who she is.
    #[must_use]
    pub fn asked(self, session: SessionId, asked: Asked) -> Self {
        Self { stage: Stage::Reconfirm { session, asked }, ..self }
    }

    /// How she is asked to confirm anew, while she is.
    pub fn asks(&self) -> Option<Asked> {
        match self.stage {
            Stage::Reconfirm { asked, .. } => Some(asked),
            _ => None,
        }
    }

    /// She confirmed anew, by a proof made for that.
    ///
    /// # Errors
    /// [`OutOfTurn`] when nothing was asked, or the proof was made for something else.
    pub fn reconfirmed(self, proof: &FreshProof) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Reconfirm { session, .. } if proof.purpose == Purpose::Reconfirmation => {
                Ok(Self { stage: Stage::Signed { session }, ..self })
            }
            _ => Err(OutOfTurn),
        }
    }

    /// The password that is shown in it is known from leaks; it may be used until then. None takes that back.
    #[must_use]
    pub fn leaked(self, until: Option<Timestamp>) -> Self {
        Self { leaked: until, ..self }
    }

    /// Until when the leaked password shown in it may be used; none where it is not known to be leaked.
    pub fn leaked_until(&self) -> Option<Timestamp> {
        self.leaked
    }

    /// A session is there, and she is asked to change her leaked password.
    #[must_use]
    pub fn asked_to_change(self, session: SessionId) -> Self {
        Self { stage: Stage::Leaked { session }, ..self }
    }

    /// A session is there, and she is asked whether she still has one of her login methods.
    #[must_use]
    pub fn asked_to_check(self, session: SessionId) -> Self {
        Self { stage: Stage::Check { session }, ..self }
    }

    /// She put off what she was asked.
    ///
    /// # Errors
    /// [`OutOfTurn`] when nothing was asked, or it must be done first.
    pub fn put_off(self) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Leaked { session }
            | Stage::Check { session }
            | Stage::Reconfirm { session, asked: Asked::InTime } => {
                Ok(Self { stage: Stage::Signed { session }, ..self })
            }
            _ => Err(OutOfTurn),
        }
    }
}
