//! One attempt to sign in, credited to one request of one service.

use crate::factor::FactorKind;
use crate::ids::{PersonId, SessionId};
use crate::oidc::request::AuthorizeRequest;
use crate::proofing::{FreshProof, Purpose};
use crate::relying_party::ServiceRequest;
use crate::terms::Reading;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a sign-in leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// To the portal's own overview.
    Portal,
    /// To a service that asked by SAML.
    Service(Box<ServiceRequest>),
    /// To an application that asked by OpenID Connect.
    Application(Box<AuthorizeRequest>),
}

impl Target {
    /// What people call the service it leads to; none for the portal.
    pub fn service(&self) -> Option<&str> {
        match self {
            Self::Portal => None,
            Self::Service(request) => Some(&request.display_name),
            Self::Application(request) => Some(&request.display_name),
        }
    }
}

/// One attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Where it leads.
    pub target: Target,
    stage: Stage,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    Identify,
    Code { person: PersonId, password_at: Timestamp },
    Terms { session: SessionId, reading: Reading },
    Reconfirm { session: SessionId, asked: Asked },
    Signed { session: SessionId },
}

/// What a person has to do next in a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// User name and password.
    Identify,
    /// The code.
    Code,
    /// Read and accept new terms, at this page.
    Terms {
        /// Counted from one.
        page: u8,
    },
    /// Confirm anew with MitID who she is.
    Reconfirm,
    /// Go where it leads.
    Go,
}

/// How she is asked to confirm anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// Ahead of time: she may put it off.
    InTime,
    /// It is overdue where she goes: it must be done first.
    Overdue,
}

/// A step that does not belong to the stage the attempt is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another step comes first")]
pub struct OutOfTurn;

/// Both factors shown, in this very attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BothShown {
    /// Who.
    pub person: PersonId,
    /// When the password was right.
    pub password_at: Timestamp,
    /// When the code was right.
    pub code_at: Timestamp,
}

impl BothShown {
    /// The kinds of factor, for the level.
    pub const KINDS: [FactorKind; 2] = [FactorKind::Password, FactorKind::AuthenticatorApp];
}

impl SignIn {
    /// Begins.
    pub fn begin(target: Target) -> Self {
        Self { target, stage: Stage::Identify }
    }

    /// Begins with a session that is already there and good enough.
    pub fn with_session(target: Target, session: SessionId) -> Self {
        Self { target, stage: Stage::Signed { session } }
    }

    /// What comes next.
    pub fn step(&self) -> Step {
        match &self.stage {
            Stage::Identify => Step::Identify,
            Stage::Code { .. } => Step::Code,
            Stage::Terms { reading, .. } => Step::Terms { page: reading.next_page() },
            Stage::Reconfirm { .. } => Step::Reconfirm,
            Stage::Signed { .. } => Step::Go,
        }
    }

    /// The password was right. Typing it again in the same attempt starts over with that person.
    ///
    /// # Errors
    /// [`OutOfTurn`] once signed in.
    pub fn password_shown(self, person: PersonId, at: Timestamp) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Identify | Stage::Code { .. } => {
                Ok(Self { stage: Stage::Code { person, password_at: at }, ..self })
            }
            Stage::Terms { .. } | Stage::Reconfirm { .. } | Stage::Signed { .. } => Err(OutOfTurn),
        }
    }

    /// Whose code is awaited.
    pub fn awaiting_code(&self) -> Option<PersonId> {
        match self.stage {
            Stage::Code { person, .. } => Some(person),
            _ => None,
        }
    }

    /// The code was right.
    ///
    /// # Errors
    /// [`OutOfTurn`] before the password.
    pub fn code_shown(&self, at: Timestamp) -> Result<BothShown, OutOfTurn> {
        match self.stage {
            Stage::Code { person, password_at } => Ok(BothShown { person, password_at, code_at: at }),
            _ => Err(OutOfTurn),
        }
    }

    /// A session was created for it; with a reading when new terms must be accepted first.
    #[must_use]
    pub fn signed(self, session: SessionId, new_terms: Option<Reading>) -> Self {
        let stage = match new_terms {
            Some(reading) => Stage::Terms { session, reading },
            None => Stage::Signed { session },
        };
        Self { stage, ..self }
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

    /// She put it off.
    ///
    /// # Errors
    /// [`OutOfTurn`] when nothing was asked, or it must be done first.
    pub fn put_off(self) -> Result<Self, OutOfTurn> {
        match self.stage {
            Stage::Reconfirm { session, asked: Asked::InTime } => {
                Ok(Self { stage: Stage::Signed { session }, ..self })
            }
            _ => Err(OutOfTurn),
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

    /// The session it led to.
    pub fn session(&self) -> Option<SessionId> {
        match &self.stage {
            Stage::Terms { session, .. } | Stage::Reconfirm { session, .. } | Stage::Signed { session } => {
                Some(*session)
            }
            Stage::Identify | Stage::Code { .. } => None,
        }
    }

    /// The reading of new terms, while there is one.
    pub fn reading(&self) -> Option<&Reading> {
        match &self.stage {
            Stage::Terms { reading, .. } => Some(reading),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_code_without_a_password_is_out_of_turn() {
        let it = SignIn::begin(Target::Portal);
        assert_eq!(it.code_shown(Timestamp::UNIX_EPOCH), Err(OutOfTurn));
        let it = it.password_shown(Uuid::from_u128(1).into(), Timestamp::UNIX_EPOCH).unwrap();
        assert!(it.code_shown(Timestamp::UNIX_EPOCH).is_ok());
    }

    #[test]
    fn nobody_becomes_somebody_else_after_signing_in() {
        let it = SignIn::begin(Target::Portal).signed(Uuid::from_u128(3).into(), None);
        assert_eq!(it.password_shown(Uuid::from_u128(2).into(), Timestamp::UNIX_EPOCH), Err(OutOfTurn));
    }

    fn proof(purpose: Purpose) -> FreshProof {
        let (proofing, flow) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        FreshProof { proofing, purpose, flow, at: Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn confirming_anew_is_put_off_only_in_time_and_done_only_by_a_proof_made_for_it() {
        let session: SessionId = Uuid::from_u128(3).into();
        let early = SignIn::begin(Target::Portal).asked(session, Asked::InTime);
        let late = SignIn::begin(Target::Portal).asked(session, Asked::Overdue);
        assert_eq!((early.step(), early.session()), (Step::Reconfirm, Some(session)));
        assert_eq!(early.clone().put_off().unwrap().step(), Step::Go);
        assert_eq!(late.clone().put_off(), Err(OutOfTurn));
        for other in
            [Purpose::Enrolment, Purpose::Finding, Purpose::Blocking, Purpose::Reopening, Purpose::Reset]
        {
            assert_eq!(late.clone().reconfirmed(&proof(other)), Err(OutOfTurn));
        }
        let right = proof(Purpose::Reconfirmation);
        assert_eq!(late.reconfirmed(&right).unwrap().step(), Step::Go);
        assert_eq!(SignIn::begin(Target::Portal).reconfirmed(&right), Err(OutOfTurn), "nobody is signed in");
    }
}
