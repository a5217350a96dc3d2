//! One row of an export, as both of its files tell it.

use domain::Timestamp;
use domain::audit::checkpoint::instant;
use domain::audit::{Actor, Row};
use domain::ids::{PersonId, RequestId};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// One row of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its place in the trail; what an export holds has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<i64>,
    /// When.
    #[serde(serialize_with = "as_instant")]
    pub at: Timestamp,
    /// What, as a word of the catalogue.
    pub event: String,
    /// Which kind of actor.
    pub by: &'static str,
    /// A person's id, or the operating system's name of an operator.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// About whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<PersonId>,
    /// In which request.
    pub request: RequestId,
    /// The facts.
    pub facts: BTreeMap<String, String>,
    /// Sealed facts, as far as the export needs them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sealed: BTreeMap<String, String>,
}

impl Line {
    /// A row as it stands, with nothing of its sealed part.
    pub(crate) fn of(place: Option<i64>, row: &Row) -> Self {
        let actor = serde_json::from_str(&row.actor).unwrap_or(Actor::Unknown);
        let facts = serde_json::from_str(&row.facts).unwrap_or_default();
        Self::told(place, row, actor, facts)
    }

    pub(super) fn told(place: Option<i64>, row: &Row, actor: Actor, facts: BTreeMap<String, String>) -> Self {
        let (by, who) = match actor {
            Actor::Person(person) => ("person", person.to_string()),
            Actor::Operator(name) => ("operator", name),
            Actor::System => ("system", String::new()),
            Actor::Unknown => ("unknown", String::new()),
        };
        Self {
            place,
            at: row.at,
            event: row.kind.clone(),
            by,
            who,
            about: row.subject,
            request: row.request,
            facts,
            sealed: BTreeMap::new(),
        }
    }
}

fn as_instant<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&instant(*at))
}
