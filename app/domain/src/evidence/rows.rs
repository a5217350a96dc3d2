//! Which events and facts each export takes.

use super::Evidence;
use super::table::OFFICE;
use crate::audit::catalogue::WHERE_FROM;
use crate::audit::{Actor, EventKind};
use crate::ids::PersonId;
use crate::standing::Origin;
use std::collections::{BTreeMap, BTreeSet};

impl Evidence {
    /// Whether this sealed fact is opened in it. Whom it is about stands there by her id; a name, an address or a browser is
    /// opened in the trail of one person alone.
    pub fn opens(self, sealed: &str) -> bool {
        self == Self::Person || self.entry().opens.contains(&sealed)
    }

    /// Whether an event of one of its kinds belongs in it.
    pub fn takes(
        self,
        kind: EventKind,
        actor: &Actor,
        subject: Option<PersonId>,
        facts: &BTreeMap<String, String>,
    ) -> bool {
        if self == Self::Register && kind == EventKind::Held {
            return facts.get("origin").is_some_and(|it| it == Origin::Register.word());
        }
        if self == Self::Privileged {
            return OFFICE.contains(&kind)
                || match actor {
                    Actor::Operator(_) => true,
                    Actor::Person(person) => subject != Some(*person),
                    Actor::Unknown | Actor::System => false,
                };
        }
        let is_notice = matches!(kind, EventKind::NoticeSent | EventKind::NoticeFailed);
        self == Self::Person
            || !is_notice
            || facts.get("template").is_some_and(|it| self.entry().notices.contains(&it.as_str()))
    }

    /// Names of the facts its rows may have, in order.
    pub fn facts(self) -> Vec<&'static str> {
        let names: BTreeSet<_> = self.kinds().iter().flat_map(|kind| kind.about().facts).copied().collect();
        let added = (self == Self::Leavers).then_some(LAST_DAY);
        names.into_iter().chain(added).collect()
    }

    /// Names of the sealed facts that are opened in it, in order.
    pub fn sealed(self) -> Vec<&'static str> {
        let sealed = self.kinds().iter().flat_map(|kind| kind.about().sealed).chain(&WHERE_FROM).copied();
        let names: BTreeSet<_> = sealed.filter(|name| self.opens(name)).collect();
        names.into_iter().collect()
    }
}

/// What stands in the place of what is sealed of somebody whose data are restricted.
pub const RESTRICTED: &str = "restricted";

/// The fact that is added to a relation that ended: HR's last day of it.
pub const LAST_DAY: &str = "last-day";
