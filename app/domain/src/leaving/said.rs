//! What a service said about logging out.

use crate::ids::{FlowId, RelyingPartyId};
use serde::{Deserialize, Serialize};

/// What a service said about logging out; its signature held.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogoutSaid {
    /// It wants a session to end.
    Request(LogoutRequested),
    /// It answers a request of ours.
    Answer(LogoutAnswered),
}

/// A service wants a session to end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutRequested {
    /// Which service.
    pub relying_party: RelyingPartyId,
    /// The request's own id.
    pub message_id: String,
    /// Whose, by the name it knows her by; none where it is no name of the kind it is given.
    pub name_id: Option<String>,
    /// Which, by the indexes it was given; all of hers there without any.
    pub session_indexes: Vec<String>,
    /// Opaque, given back unchanged.
    pub relay_state: Option<String>,
}

/// A service answers a request of ours.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutAnswered {
    /// Which service.
    pub relying_party: RelyingPartyId,
    /// The answer's own id.
    pub message_id: String,
    /// The request it answers.
    pub in_response_to: String,
    /// The way out the request belonged to, where that can be read.
    pub walk: Option<FlowId>,
    /// Why its session is not over, as a word; none: it is.
    pub refused: Option<String>,
}

impl LogoutSaid {
    /// The message's own id.
    pub fn message_id(&self) -> &str {
        match self {
            Self::Request(asked) => &asked.message_id,
            Self::Answer(answer) => &answer.message_id,
        }
    }

    /// Who said it.
    pub fn relying_party(&self) -> RelyingPartyId {
        match self {
            Self::Request(asked) => asked.relying_party,
            Self::Answer(answer) => answer.relying_party,
        }
    }
}

impl core::fmt::Debug for LogoutSaid {
    /// Never the name it knows her by.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("LogoutSaid").field("message_id", &self.message_id()).finish_non_exhaustive()
    }
}
impl core::fmt::Debug for LogoutRequested {
    /// Never the name it knows her by.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("LogoutRequested").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}
impl core::fmt::Debug for LogoutAnswered {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("LogoutAnswered").field("in_response_to", &self.in_response_to).finish_non_exhaustive()
    }
}
