//! Who may do more than look after herself. Roles never come from HR and always run out (security decision 22).

use crate::ids::{PersonId, RoleId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RoleKind {
    /// Connections, terms, roles, policy.
    Administrator,
    /// Enrols in person (*registrant*).
    Registrar,
    /// Helps and blocks; never sets or sees a password.
    ServiceDesk,
    /// Reads and proves (*revisor*).
    Auditor,
}

impl RoleKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Administrator, Self::Registrar, Self::ServiceDesk, Self::Auditor];

    /// The word used on the command line, in the database and the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Registrar => "registrar",
            Self::ServiceDesk => "service-desk",
            Self::Auditor => "auditor",
        }
    }

    /// Whether nobody holds it beside `other`: whoever decides is not who proves that it was right (NSIS 4.1.5).
    pub fn excludes(self, other: Self) -> bool {
        matches!((self, other), (Self::Administrator, Self::Auditor) | (Self::Auditor, Self::Administrator))
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How long a role lasts before it must be given again.
pub const ROLE_LASTS: SignedDuration = SignedDuration::from_hours(24 * 365);
/// How long a proposal waits.
pub const PROPOSAL_WAITS: SignedDuration = SignedDuration::from_hours(24 * 14);

/// Who proposed or seconded a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proposer {
    /// Somebody at the command line, by the operating system's name.
    Operator(String),
    /// An administrator.
    Administrator(PersonId),
}

/// How far a role has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoleState {
    /// Proposed by one; a second, other proposer must agree.
    Proposed {
        /// By whom.
        by: Proposer,
    },
    /// Two agreed; waits for the person's own acceptance at Substantial.
    Seconded {
        /// Both.
        by: [Proposer; 2],
    },
    /// She accepted it.
    Held {
        /// Since.
        since: Timestamp,
        /// Until.
        until: Timestamp,
    },
    /// It was ended before its time, and comes back as a new proposal or not at all.
    Ended {
        /// When.
        at: Timestamp,
        /// Why.
        why: RoleEnd,
    },
}

impl RoleState {
    /// The word used in the trail.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Proposed { .. } => "proposed",
            Self::Seconded { .. } => "seconded",
            Self::Held { .. } => "held",
            Self::Ended { .. } => "ended",
        }
    }
}

/// Why a role was ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoleEnd {
    /// Her last work relation ended.
    Left,
}

impl RoleEnd {
    /// The word used in the trail and in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "association-ended",
        }
    }
}

/// One role of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Which.
    pub id: RoleId,
    /// Whose.
    pub person: PersonId,
    /// What.
    pub kind: RoleKind,
    /// When proposed.
    pub proposed_at: Timestamp,
    /// How far.
    pub state: RoleState,
}

/// Why a role is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoleRefused {
    /// The second voice is the first one's, or the person's own.
    #[error("a second, other person must agree")]
    SamePerson,
    /// It is not at that point.
    #[error("the role is not waiting for this")]
    NotWaiting,
    /// It waited too long.
    #[error("the proposal has run out")]
    RanOut,
    /// She holds a role that is never held beside it.
    #[error(
        "she holds the {0} role, and nobody is administrator and auditor at once: propose somebody else, or wait until that role runs out"
    )]
    Excluded(&'static str),
}

/// Everybody who holds two roles now that nobody holds together, each once: from before that was refused.
pub fn excluded(roles: &[Role], now: Timestamp) -> Vec<PersonId> {
    let held: Vec<_> = roles.iter().filter(|role| role.is_held(now)).collect();
    let both = held
        .iter()
        .filter(|one| held.iter().any(|other| one.person == other.person && one.kind.excludes(other.kind)));
    let mut found: Vec<_> = both.map(|role| role.person).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether nobody is administrator now and somebody was: where nobody ever was, the house is still beginning. Two who leave at
/// the same moment may each have seen the other, so that nobody was told.
pub fn lacks_administrators(roles: &[Role], now: Timestamp) -> bool {
    let theirs = || roles.iter().filter(|role| role.kind == RoleKind::Administrator);
    let was = |role: &Role| matches!(role.state, RoleState::Held { .. } | RoleState::Ended { .. });
    theirs().any(was) && !theirs().any(|role| role.is_held(now))
}

impl Role {
    /// A second voice. Never oneself, never the same voice twice.
    ///
    /// # Errors
    /// [`RoleRefused`]
    pub fn seconded(self, second: Proposer, now: Timestamp) -> Result<Self, RoleRefused> {
        if now.duration_since(self.proposed_at) > PROPOSAL_WAITS {
            return Err(RoleRefused::RanOut);
        }
        let RoleState::Proposed { by } = self.state else { return Err(RoleRefused::NotWaiting) };
        let own = Proposer::Administrator(self.person);
        if second == by || second == own || by == own {
            return Err(RoleRefused::SamePerson);
        }
        Ok(Self { state: RoleState::Seconded { by: [by, second] }, ..self })
    }

    /// The person accepts it, signed in at Substantial with every factor just shown (the caller proves that).
    ///
    /// # Errors
    /// [`RoleRefused`]
    pub fn accepted(self, now: Timestamp) -> Result<Self, RoleRefused> {
        if now.duration_since(self.proposed_at) > PROPOSAL_WAITS {
            return Err(RoleRefused::RanOut);
        }
        let RoleState::Seconded { .. } = self.state else { return Err(RoleRefused::NotWaiting) };
        let until = now.saturating_add(ROLE_LASTS).unwrap_or(now);
        Ok(Self { state: RoleState::Held { since: now, until }, ..self })
    }

    /// Whether somebody who has these roles may be proposed for one of this kind, or accept it.
    ///
    /// # Errors
    /// [`RoleRefused::Excluded`]
    pub fn fits(kind: RoleKind, beside: &[Self], now: Timestamp) -> Result<(), RoleRefused> {
        let mut others = beside.iter().filter(|it| it.is_held(now) && it.kind.excludes(kind));
        others.next().map_or(Ok(()), |other| Err(RoleRefused::Excluded(other.kind.word())))
    }

    /// Ends it, held or on its way; none where it is over already, ended or run out.
    #[must_use]
    pub fn ended(self, why: RoleEnd, now: Timestamp) -> Option<Self> {
        self.is_open(now).then_some(Self { state: RoleState::Ended { at: now, why }, ..self })
    }

    /// Whether it gives rights, or may still come to.
    pub fn is_open(&self, now: Timestamp) -> bool {
        match self.state {
            RoleState::Proposed { .. } | RoleState::Seconded { .. } => {
                now.duration_since(self.proposed_at) <= PROPOSAL_WAITS
            }
            RoleState::Held { until, .. } => now < until,
            RoleState::Ended { .. } => false,
        }
    }

    /// Whether it gives rights now.
    pub fn is_held(&self, now: Timestamp) -> bool {
        matches!(self.state, RoleState::Held { until, .. } if now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn proposed() -> Role {
        Role {
            id: Uuid::from_u128(1).into(),
            person: Uuid::from_u128(2).into(),
            kind: RoleKind::Administrator,
            proposed_at: Timestamp::UNIX_EPOCH,
            state: RoleState::Proposed { by: Proposer::Operator("ops1".into()) },
        }
    }
    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn one_voice_twice_is_one_voice_and_ones_own_is_none() {
        assert_eq!(proposed().seconded(Proposer::Operator("ops1".into()), NOW), Err(RoleRefused::SamePerson));
        assert_eq!(
            proposed().seconded(Proposer::Administrator(proposed().person), NOW),
            Err(RoleRefused::SamePerson)
        );
    }

    #[test]
    fn administrators_are_missed_where_there_was_one_and_nowhere_else() {
        let held = |until: i64| {
            let until = NOW + SignedDuration::from_hours(until);
            Role { state: RoleState::Held { since: NOW, until }, ..proposed() }
        };
        let ended = Role { state: RoleState::Ended { at: NOW, why: RoleEnd::Left }, ..proposed() };
        let auditor = Role { kind: RoleKind::Auditor, ..held(1) };
        assert!(!lacks_administrators(&[proposed(), auditor.clone()], NOW), "the house is still beginning");
        assert!(lacks_administrators(&[ended.clone(), auditor], NOW));
        assert!(lacks_administrators(&[held(0), proposed()], NOW), "it ran out");
        assert!(!lacks_administrators(&[ended, held(1)], NOW));
    }

    #[test]
    fn a_role_gives_no_rights_before_its_owner_accepted_it_and_runs_out() {
        let seconded = proposed().seconded(Proposer::Operator("ops2".into()), NOW).unwrap();
        assert!(!proposed().is_held(NOW) && !seconded.is_held(NOW));
        let held = seconded.accepted(NOW).unwrap();
        assert!(held.is_held(NOW) && !held.is_held(NOW + ROLE_LASTS));
        assert_eq!(proposed().accepted(NOW), Err(RoleRefused::NotWaiting));
    }

    #[test]
    fn a_role_that_was_ended_gives_no_rights_and_is_taken_up_by_nobody_again() {
        let seconded = proposed().seconded(Proposer::Operator("ops2".into()), NOW).unwrap();
        let held = seconded.clone().accepted(NOW).unwrap();
        for role in [proposed(), seconded.clone(), held.clone()] {
            assert!(role.is_open(NOW));
            let ended = role.ended(RoleEnd::Left, NOW).unwrap();
            assert_eq!(ended.state, RoleState::Ended { at: NOW, why: RoleEnd::Left });
            assert!(!ended.is_held(NOW) && !ended.is_open(NOW));
            let again = ended.clone().seconded(Proposer::Operator("ops3".into()), NOW);
            assert_eq!(again, Err(RoleRefused::NotWaiting));
            assert_eq!(ended.clone().accepted(NOW), Err(RoleRefused::NotWaiting));
            assert_eq!(ended.ended(RoleEnd::Left, NOW), None, "once");
        }
        let late = NOW + PROPOSAL_WAITS + SignedDuration::from_secs(1);
        assert_eq!(proposed().ended(RoleEnd::Left, late), None, "it ran out");
        assert_eq!(seconded.ended(RoleEnd::Left, late), None, "it ran out");
        assert_eq!(held.ended(RoleEnd::Left, NOW + ROLE_LASTS), None, "it was over");
    }

    #[test]
    fn nobody_decides_and_proves_at_once() {
        let held = |kind, person| Role {
            kind,
            person: Uuid::from_u128(person).into(),
            state: RoleState::Held { since: NOW, until: NOW + ROLE_LASTS },
            ..proposed()
        };
        for one in RoleKind::ALL {
            for other in RoleKind::ALL {
                let apart = [one, other].contains(&RoleKind::Administrator)
                    && [one, other].contains(&RoleKind::Auditor)
                    && one != other;
                assert_eq!(one.excludes(other), apart, "{one:?} {other:?}");
                assert_eq!(Role::fits(one, &[held(other, 2)], NOW).is_err(), apart, "{one:?} {other:?}");
                assert_eq!(Role::fits(one, &[held(other, 2)], NOW + ROLE_LASTS), Ok(()), "it ran out");
            }
        }
        let roles = [
            held(RoleKind::Administrator, 2),
            held(RoleKind::Auditor, 3),
            held(RoleKind::Registrar, 3),
            held(RoleKind::Auditor, 2),
            held(RoleKind::Administrator, 2),
        ];
        assert_eq!(excluded(&roles, NOW), [PersonId::from(Uuid::from_u128(2))]);
        assert!(excluded(&roles, NOW + ROLE_LASTS).is_empty());
    }
}
