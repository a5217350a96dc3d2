//! One event before it is sealed into a row, and who did it.

use super::EventKind;
use crate::ids::{EventId, PersonId, RequestId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// A person, known by proof, password or session.
    Person(PersonId),
    /// Somebody who has not said or proved who she is.
    Unknown,
    /// The system itself.
    System,
    /// Somebody at the command line, by the operating system's name.
    Operator(String),
}

impl Actor {
    /// Under whose key what an event seals lies, for one about `subject`: where from is the whereabouts of whoever did it, so
    /// a person's goes with her when she is erased, whomever she did something with. Of what nobody known did, it goes with
    /// whom it is about; none: with the house.
    pub fn seals_for(&self, subject: Option<PersonId>) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Unknown | Self::System | Self::Operator(_) => subject,
        }
    }
}

/// One event before it is sealed into a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// By whom.
    pub actor: Actor,
    /// About whom.
    pub subject: Option<PersonId>,
    /// In which request.
    pub request: RequestId,
    /// Facts without personal data: levels, words, ids of messages.
    pub facts: BTreeMap<&'static str, String>,
    /// Facts about the person or her whereabouts: address, browser. Sealed under the subject's own key.
    pub personal: BTreeMap<&'static str, String>,
}
