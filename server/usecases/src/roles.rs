//! Proposing and accepting roles (security decision 22).

use crate::context::Cx;
use crate::end_roles::has_left;
use crate::fault::Fault;
use crate::operator::administrators;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::who::Here;
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::factor::authentication_level;
use domain::ids::{PersonId, RoleId};
use domain::level::AssuranceLevel;
use domain::notice::Template;
use domain::person::UserName;
use domain::role::{Proposer, Role, RoleKind, RoleRefused, RoleState};

/// Why a role is not proposed or accepted.
#[derive(Debug, thiserror::Error)]
pub enum RoleNotGiven {
    /// Nobody by that user name.
    #[error("nobody by that user name")]
    Nobody,
    /// The rules of roles.
    #[error(transparent)]
    Refused(#[from] RoleRefused),
    /// It is hers already.
    #[error("the role is held already")]
    HeldAlready,
    /// Roles end with the last work relation, and none begins without one.
    #[error("she has no open work relation: a role can be proposed once HR's list names her again")]
    NoRelation,
    /// Operators may propose only until the first two administrators act; afterwards administrators do.
    #[error("administrators exist: they propose roles, in the portal")]
    AdministratorsExist,
    /// Every factor must just have been shown.
    #[error("a fresh sign-in is needed")]
    StepUp,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl RoleNotGiven {
    /// The word of a refusal in the trail.
    fn word(&self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Refused(RoleRefused::SamePerson) => "same-person",
            Self::Refused(RoleRefused::NotWaiting) => "not-waiting",
            Self::Refused(RoleRefused::RanOut) => "ran-out",
            Self::Refused(RoleRefused::Excluded(_)) => "excluded",
            Self::HeldAlready => "held-already",
            Self::NoRelation => "no-relation",
            Self::AdministratorsExist => "administrators-exist",
            Self::StepUp => "step-up",
            Self::Fault(_) => "fault",
        }
    }
}

impl From<StoreFault> for RoleNotGiven {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// How far a proposal came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// A second, other operator must propose the same.
    NeedsSecond(RoleId),
    /// The person must accept it in the portal.
    NeedsAcceptance(RoleId),
}

/// Proposes a role from the command line; the second, different operator seconds it. Works only while there are fewer
/// than two administrators (bootstrap).
pub async fn propose_role(
    cx: &Cx,
    operator: &str,
    user_name: &UserName,
    kind: RoleKind,
    reason: &str,
) -> Result<Proposed, RoleNotGiven> {
    let mut tx = cx.house.store.begin("propose_role").await?;
    let person = tx.person_by_user_name(user_name).await?;
    let entry = |event| {
        let entry = Entry::new(event, Actor::Operator(operator.to_owned())).fact("role", kind.word());
        let entry = entry.personal("reason", reason);
        match person {
            Some(person) => entry.about(person),
            None => entry,
        }
    };
    let role = match decide(cx, tx.as_mut(), operator, person, kind).await {
        Ok(role) => role,
        Err(RoleNotGiven::Fault(fault)) => return Err(fault.into()),
        Err(refused) => {
            let entry = entry(EventKind::RoleRefused).fact("why", refused.word());
            record(cx, tx.as_mut(), entry.personal("user-name", user_name.as_str())).await?;
            tx.commit().await?;
            return Err(refused);
        }
    };
    tx.put_role(&role).await?;
    let second = matches!(role.state, RoleState::Seconded { .. });
    record(cx, tx.as_mut(), entry(EventKind::RoleProposed).fact("second", second)).await?;
    tell_of_proposal(cx, tx.as_mut(), &role).await?;
    tx.commit().await?;
    Ok(match role.state {
        RoleState::Proposed { .. } => Proposed::NeedsSecond(role.id),
        _ => Proposed::NeedsAcceptance(role.id),
    })
}

/// The role as it would be after this operator's voice; changes nothing.
async fn decide(
    cx: &Cx,
    tx: &mut dyn Tx,
    operator: &str,
    person: Option<PersonId>,
    kind: RoleKind,
) -> Result<Role, RoleNotGiven> {
    let by = Proposer::Operator(operator.to_owned());
    let person = person.ok_or(RoleNotGiven::Nobody)?;
    // Locked: her last relation may be ending.
    tx.person_for_update(person).await?;
    if has_left(tx, person).await? {
        return Err(RoleNotGiven::NoRelation);
    }
    if administrators(cx, tx).await?.len() >= 2 {
        return Err(RoleNotGiven::AdministratorsExist);
    }
    let all = tx.roles_of(person).await?;
    Role::fits(kind, &all, cx.now)?;
    let mine: Vec<Role> = all.into_iter().filter(|it| it.kind == kind).collect();
    if mine.iter().any(|it| it.is_held(cx.now)) {
        return Err(RoleNotGiven::HeldAlready);
    }
    let waiting = mine.into_iter().find(|it| {
        matches!(it.state, RoleState::Proposed { .. })
            && cx.now.duration_since(it.proposed_at) <= domain::role::PROPOSAL_WAITS
    });
    Ok(match waiting {
        Some(role) => role.seconded(by, cx.now)?,
        None => Role {
            id: cx.id().map_err(Fault::from)?,
            person,
            kind,
            proposed_at: cx.now,
            state: RoleState::Proposed { by },
        },
    })
}

/// The person and every administrator hear of a proposal.
async fn tell_of_proposal(cx: &Cx, tx: &mut dyn Tx, role: &Role) -> Result<(), Fault> {
    let mut told = administrators(cx, tx).await?;
    if !told.contains(&role.person) {
        told.push(role.person);
    }
    for person in told {
        tell(cx, tx, person, Template::RoleProposed).await?;
    }
    Ok(())
}

/// How fresh every factor must be to accept a role.
const STEP_UP_HOLDS: SignedDuration = SignedDuration::from_mins(5);

/// The person accepts a role proposed for her: signed in at Substantial with every factor just shown.
pub async fn accept_role(cx: &Cx, here: &Here, id: RoleId) -> Result<(), RoleNotGiven> {
    let fresh = cx.now.duration_since(here.session.authenticated_at()) <= STEP_UP_HOLDS;
    if !fresh || authentication_level(&here.session.kinds()) < Some(AssuranceLevel::Substantial) {
        return Err(RoleNotGiven::StepUp);
    }
    let mut tx = cx.house.store.begin("accept_role").await?;
    // Of two roles she accepts at once the second sees the first.
    tx.person_for_update(here.person.id).await?.ok_or(RoleNotGiven::Nobody)?;
    let standing = tx.standing(here.person.id).await?;
    let proved = tx.proved(here.person.id).await?.map(|it| it.level(cx.now));
    let live = tx.session(here.session.id).await?.is_some() && standing.epoch() == here.session.epoch;
    if !standing.is_active() || !live || proved < Some(AssuranceLevel::Substantial) {
        return Err(RoleNotGiven::StepUp);
    }
    // Somebody else's role is as unknown as one that does not exist.
    let role = tx.role(id).await?.filter(|role| role.person == here.person.id).ok_or(RoleNotGiven::Nobody)?;
    if let Err(apart) = Role::fits(role.kind, &tx.roles_of(here.person.id).await?, cx.now) {
        let entry = Entry::by(EventKind::RoleRefused, here.person.id).fact("role", role.kind.word());
        let refused = RoleNotGiven::from(apart);
        record(cx, tx.as_mut(), entry.fact("why", refused.word())).await?;
        tx.commit().await?;
        return Err(refused);
    }
    let role = role.accepted(cx.now)?;
    tx.put_role(&role).await?;
    let entry = Entry::by(EventKind::RoleAccepted, here.person.id).fact("role", role.kind.word());
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}
