//! The way out through her browser: services that can only be told there are asked to end her session one after another
//! (SAML profiles 4.4.3). Her own session is over before it begins, so that whatever comes of it opens nothing.
//!
//! Each step is taken once: a service is asked by one message and only the answer to that one counts; whoever began it is
//! answered once. She need not wait for anybody: what was not answered is passed over, and said.
//!
//! Applications of OpenID Connect answer nothing (OIDC Front-Channel Logout 1.0): before anybody is asked, one page shows each
//! of them its address in a frame. What came of that nobody can know.

mod said;
#[cfg(test)]
mod tests;
mod walk;

pub use said::{LogoutAnswered, LogoutRequested, LogoutSaid};

use crate::ids::{RelyingPartyId, SessionId, VisitId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A way out through services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// The session that was ended.
    pub session: SessionId,
    /// Who is to hear how it went.
    pub asker: Asker,
    /// Applications to be told in frames of one page, until she went on from there.
    #[serde(default)]
    framed: Vec<Call>,
    /// Services nobody asked yet, in their order.
    left: Vec<Call>,
    stage: Stage,
}

/// Who began it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asker {
    /// She herself, at the portal.
    Portal,
    /// A SAML service, by a request.
    Service {
        /// Which.
        relying_party: RelyingPartyId,
        /// The request's own id.
        message: String,
        /// Opaque, given back unchanged.
        relay_state: Option<String>,
    },
    /// An application, which said where she goes afterwards.
    Application {
        /// What people call it.
        name: String,
        /// One of its own addresses.
        address: String,
        /// Opaque, given back unchanged.
        state: Option<String>,
    },
}

/// One service to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Which.
    pub relying_party: RelyingPartyId,
    /// What people call it.
    pub service: String,
    /// Her sessions there that it knows by one name.
    pub visits: Vec<VisitId>,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    /// Nobody is asked at the moment.
    Between,
    /// The page with the frames was shown.
    Shown {
        /// When, for the first time.
        at: Timestamp,
    },
    /// This one was asked and has not answered.
    Asked {
        /// Which.
        call: Call,
        /// The request's own id.
        message: String,
        /// When.
        at: Timestamp,
    },
    /// Nobody is left, and whoever began it was not answered.
    Over,
    /// Whoever began it was answered by this message.
    Answered {
        /// The answer's own id.
        message: String,
    },
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// These applications are told in frames of one page; she goes on from there herself.
    Show {
        /// Which.
        calls: &'a [Call],
        /// Nobody has shown them yet.
        first: bool,
    },
    /// This service is asked.
    Ask(&'a Call),
    /// This one was asked; she waits for it, or passes it over.
    Wait(&'a Call),
    /// Whoever began it hears how it went.
    Answer(&'a Asker),
    /// Nothing.
    Done,
}

/// That is not what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another step comes first")]
pub struct NotNow;

impl Leaving {
    /// Begins with these applications to tell in frames, and then these services to ask.
    pub fn begin(session: SessionId, asker: Asker, framed: Vec<Call>, left: Vec<Call>) -> Self {
        Self { session, asker, framed, left, stage: Stage::Between }.settled()
    }

    /// What comes next.
    pub fn step(&self) -> Step<'_> {
        if !self.framed.is_empty() {
            return Step::Show { calls: &self.framed, first: self.stage == Stage::Between };
        }
        match (&self.stage, self.left.first()) {
            (Stage::Between, Some(call)) => Step::Ask(call),
            (Stage::Asked { call, .. }, _) => Step::Wait(call),
            (Stage::Between | Stage::Shown { .. } | Stage::Over, _) if self.asker != Asker::Portal => {
                Step::Answer(&self.asker)
            }
            (Stage::Between | Stage::Shown { .. } | Stage::Over | Stage::Answered { .. }, _) => Step::Done,
        }
    }

    /// Whether somebody is still to be told or asked, or has not answered.
    pub fn is_walking(&self) -> bool {
        matches!(self.step(), Step::Show { .. } | Step::Ask(_) | Step::Wait(_))
    }

    /// Whether this session at a service is one nobody has given up waiting for.
    pub fn waits_for(&self, visit: VisitId) -> bool {
        let asked = match &self.stage {
            Stage::Asked { call, .. } => Some(call),
            Stage::Between | Stage::Shown { .. } | Stage::Over | Stage::Answered { .. } => None,
        };
        self.framed.iter().chain(&self.left).chain(asked).any(|call| call.visits.contains(&visit))
    }

    /// With nobody left it is over.
    fn settled(self) -> Self {
        let nobody = self.framed.is_empty() && self.left.is_empty();
        Self { stage: if nobody { Stage::Over } else { Stage::Between }, ..self }
    }
}
