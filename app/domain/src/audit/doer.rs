//! Who did what happened at somebody's login, as its owner is told, and what she can do where it was not right.

use super::{Actor, EventKind};
use crate::ids::PersonId;
use crate::role::RoleEnd;
use crate::standing::Origin;
use std::collections::BTreeMap;

/// Who did it, as far as its owner is concerned. An operator who reads HR's file in carries out what HR says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// Whoever used her login: she, as far as was shown.
    Herself,
    /// Somebody at a browser who had not shown who she is.
    Unknown,
    /// Another person, such as an auditor.
    Another,
    /// HR: its file, or the last day it gave a relation.
    Hr,
    /// The CPR register, asked at a proof.
    Register,
    /// An operator of the municipality.
    Operator,
    /// The house itself.
    House {
        /// Whether it answered what somebody did at a browser a moment ago; else it is a chore.
        answering: bool,
    },
}

/// What she can do where it was not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Block her login and nothing else: it may have been somebody else.
    Block,
    /// Talk to her manager: it is corrected where HR keeps it.
    AskHr,
    /// Call the municipality: a block keeps strangers out, but undoes nothing of it.
    Call,
}

impl Doer {
    /// Of an event about `owner`, or about many of whom she is one. `facts` are those of the event.
    pub fn of(owner: PersonId, kind: EventKind, actor: &Actor, facts: &BTreeMap<String, String>) -> Self {
        match actor {
            Actor::Person(by) if *by == owner => Self::Herself,
            Actor::Person(_) => Self::Another,
            Actor::Unknown => Self::Unknown,
            Actor::System | Actor::Operator(_) if from_hr(kind, facts) => Self::Hr,
            Actor::System if kind == EventKind::Held && says(facts, "origin", Origin::Register.word()) => {
                Self::Register
            }
            Actor::System => Self::House { answering: answers(kind) },
            Actor::Operator(_) => Self::Operator,
        }
    }

    /// What she can do where it was not right.
    pub fn remedy(self) -> Remedy {
        match self {
            Self::Herself | Self::Unknown | Self::House { answering: true } => Remedy::Block,
            Self::Hr => Remedy::AskHr,
            Self::Another | Self::Register | Self::Operator | Self::House { answering: false } => {
                Remedy::Call
            }
        }
    }

    /// Whether it came from a browser she is to recognise. Where others sat is not hers to know, and a house sits nowhere.
    pub fn is_at_a_browser(self) -> bool {
        self.remedy() == Remedy::Block
    }
}

fn says(facts: &BTreeMap<String, String>, name: &str, word: &str) -> bool {
    facts.get(name).is_some_and(|said| said == word)
}

/// Whether HR had it done: what its file says, and what follows from the end of the last relation or from another number.
fn from_hr(kind: EventKind, facts: &BTreeMap<String, String>) -> bool {
    match kind {
        EventKind::PersonImported | EventKind::AssociationActivated | EventKind::AssociationClosed => true,
        EventKind::Held => {
            [Origin::Association, Origin::Reconfirmation].iter().any(|it| says(facts, "origin", it.word()))
        }
        EventKind::RoleEnded => says(facts, "why", RoleEnd::Left.word()),
        _ => facts.contains_key("import"),
    }
}

/// Whether what the house did by itself answers somebody at a browser: that one may be a stranger.
fn answers(kind: EventKind) -> bool {
    matches!(kind, EventKind::CodesStopped | EventKind::TokenRefused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn doer(kind: EventKind, actor: &Actor, facts: &[(&str, &str)]) -> Doer {
        let facts = facts.iter().map(|(name, word)| ((*name).to_owned(), (*word).to_owned())).collect();
        Doer::of(Uuid::from_u128(1).into(), kind, actor, &facts)
    }

    #[test]
    fn who_did_it_is_told_by_the_actor_and_by_what_hr_or_a_register_had_said() {
        let operator = Actor::Operator("ops1".into());
        for (kind, actor, facts, told) in [
            (EventKind::SignedIn, Actor::Person(Uuid::from_u128(1).into()), vec![], Doer::Herself),
            (EventKind::AssociationClosed, Actor::Person(Uuid::from_u128(1).into()), vec![], Doer::Herself),
            (EventKind::TrailRead, Actor::Person(Uuid::from_u128(2).into()), vec![], Doer::Another),
            (EventKind::BlockRefused, Actor::Unknown, vec![], Doer::Unknown),
            (EventKind::PersonImported, operator.clone(), vec![("import", "7")], Doer::Hr),
            (EventKind::Invited, operator.clone(), vec![("import", "7")], Doer::Hr),
            (EventKind::Invited, operator.clone(), vec![("after", "lifted")], Doer::Operator),
            (EventKind::AssociationClosed, Actor::System, vec![], Doer::Hr),
            (EventKind::RoleEnded, Actor::System, vec![("why", "association-ended")], Doer::Hr),
            (EventKind::Held, Actor::System, vec![("origin", "association")], Doer::Hr),
            (EventKind::Held, operator.clone(), vec![("origin", "reconfirmation")], Doer::Hr),
            (EventKind::Held, Actor::System, vec![("origin", "register")], Doer::Register),
            (EventKind::Held, Actor::System, vec![("origin", "terms")], Doer::House { answering: false }),
            (EventKind::Held, operator.clone(), vec![("origin", "security")], Doer::Operator),
            (EventKind::DeviceHandedOut, operator, vec![], Doer::Operator),
            (EventKind::CodesStopped, Actor::System, vec![], Doer::House { answering: true }),
        ] {
            assert_eq!(doer(kind, &actor, &facts), told, "{kind:?} {actor:?} {facts:?}");
        }
    }

    #[test]
    fn a_block_alone_is_an_answer_only_where_somebody_was_at_a_browser() {
        for (told, remedy) in [
            (Doer::Herself, Remedy::Block),
            (Doer::Unknown, Remedy::Block),
            (Doer::House { answering: true }, Remedy::Block),
            (Doer::Hr, Remedy::AskHr),
            (Doer::Another, Remedy::Call),
            (Doer::Register, Remedy::Call),
            (Doer::Operator, Remedy::Call),
            (Doer::House { answering: false }, Remedy::Call),
        ] {
            assert_eq!(
                (told.remedy(), told.is_at_a_browser()),
                (remedy, remedy == Remedy::Block),
                "{told:?}"
            );
        }
    }
}
