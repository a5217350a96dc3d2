//! One attempt to sign in, credited to one request of one service.

mod asked;
mod recovery;
mod shown;

#[cfg(test)]
mod tests;

pub use asked::Asked;
pub use recovery::REPLACING_HOLDS;
pub use shown::{KeyShown, PasswordShown, Shown};

use crate::enrolment::PendingSeed;
use crate::ids::{PersonId, SessionId};
use crate::oidc::request::AuthorizeRequest;
use crate::proofing::FreshProof;
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
    /// The password shown in it is known from leaks, and may be used until then.
    #[serde(default)]
    leaked: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    Identify,
    Code { person: PersonId, password_at: Timestamp },
    Key { person: PersonId, shown_at: Timestamp },
    Recovery { person: PersonId, password_at: Timestamp },
    Replace { person: PersonId, password_at: Timestamp, proof: FreshProof, seed: Option<PendingSeed> },
    Terms { session: SessionId, reading: Reading },
    Reconfirm { session: SessionId, asked: Asked },
    Leaked { session: SessionId },
    Check { session: SessionId },
    Signed { session: SessionId },
    GivenUp,
}

/// What a person has to do next in a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// User name and password, or a passkey.
    Identify,
    /// A second factor beside the password: a code, a passkey or a security key.
    Code,
    /// The password beside a passkey that does not count alone.
    Password,
    /// A recovery code was shown beside the password: prove with MitID who she is (security decision 16).
    Recover,
    /// She proved it: add what replaces the login method she does not have.
    Replace,
    /// Read and accept new terms, at this page.
    Terms {
        /// Counted from one.
        page: u8,
    },
    /// Confirm anew with MitID who she is.
    Reconfirm,
    /// Change a password that is known from leaks, or put it off.
    ChangePassword,
    /// Say whether she still has a login method that she added four weeks ago and did not use since, or put it off.
    CheckMethod,
    /// Go where it leads.
    Go,
}

/// A step that does not belong to the stage the attempt is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another step comes first")]
pub struct OutOfTurn;

impl SignIn {
    /// Begins.
    pub fn begin(target: Target) -> Self {
        Self { target, stage: Stage::Identify, leaked: None }
    }

    /// Begins with a session that is already there and good enough.
    pub fn with_session(target: Target, session: SessionId) -> Self {
        Self { target, stage: Stage::Signed { session }, leaked: None }
    }

    /// What comes next.
    pub fn step(&self) -> Step {
        match &self.stage {
            Stage::Identify => Step::Identify,
            Stage::Code { .. } => Step::Code,
            Stage::Key { .. } => Step::Password,
            Stage::Recovery { .. } => Step::Recover,
            Stage::Replace { .. } => Step::Replace,
            Stage::Terms { reading, .. } => Step::Terms { page: reading.next_page() },
            Stage::Reconfirm { .. } => Step::Reconfirm,
            Stage::Leaked { .. } => Step::ChangePassword,
            Stage::Check { .. } => Step::CheckMethod,
            Stage::Signed { .. } | Stage::GivenUp => Step::Go,
        }
    }

    /// The session it led to.
    pub fn session(&self) -> Option<SessionId> {
        match &self.stage {
            Stage::Terms { session, .. }
            | Stage::Reconfirm { session, .. }
            | Stage::Leaked { session }
            | Stage::Check { session }
            | Stage::Signed { session } => Some(*session),
            Stage::Identify
            | Stage::Code { .. }
            | Stage::Key { .. }
            | Stage::Recovery { .. }
            | Stage::Replace { .. }
            | Stage::GivenUp => None,
        }
    }

    /// She gives up: the service that waits is answered no, and nothing else can be done in it any more. What was shown in it is
    /// forgotten; a session it led to goes on by itself.
    ///
    /// # Errors
    /// [`OutOfTurn`] where it leads to the portal: nobody waits for an answer.
    pub fn given_up(self) -> Result<Self, OutOfTurn> {
        match self.target {
            Target::Portal => Err(OutOfTurn),
            Target::Service(_) | Target::Application(_) => {
                Ok(Self { stage: Stage::GivenUp, leaked: None, ..self })
            }
        }
    }

    /// Whether she gave up.
    pub fn is_given_up(&self) -> bool {
        self.stage == Stage::GivenUp
    }
}
