//! Proposing and accepting roles (security decision 22).

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::who::Here;
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::factor::authentication_level;
use domain::ids::RoleId;
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
    let by = Proposer::Operator(operator.to_owned());
    let mut tx = cx.house.store.begin("propose_role").await?;
    let person = tx.person_by_user_name(user_name).await?.ok_or(RoleNotGiven::Nobody)?;
    let all = tx.roles().await?;
    let administrators =
        all.iter().filter(|it| it.kind == RoleKind::Administrator && it.is_held(cx.now)).count();
    if administrators >= 2 {
        return Err(RoleNotGiven::AdministratorsExist);
    }
    let mine: Vec<Role> = all.into_iter().filter(|it| it.person == person && it.kind == kind).collect();
    if mine.iter().any(|it| it.is_held(cx.now)) {
        return Err(RoleNotGiven::HeldAlready);
    }
    let waiting = mine.into_iter().find(|it| {
        matches!(it.state, RoleState::Proposed { .. })
            && cx.now.duration_since(it.proposed_at) <= domain::role::PROPOSAL_WAITS
    });
    let role = match waiting {
        Some(role) => role.seconded(by, cx.now)?,
        None => Role {
            id: cx.id().map_err(Fault::from)?,
            person,
            kind,
            proposed_at: cx.now,
            state: RoleState::Proposed { by },
        },
    };
    tx.put_role(&role).await?;
    let entry = Entry::new(EventKind::RoleProposed, Actor::Operator(operator.to_owned()))
        .about(person)
        .fact("role", kind.word())
        .fact("second", matches!(role.state, RoleState::Seconded { .. }))
        .fact("reason", reason);
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), &role).await?;
    tx.commit().await?;
    Ok(match role.state {
        RoleState::Proposed { .. } => Proposed::NeedsSecond(role.id),
        _ => Proposed::NeedsAcceptance(role.id),
    })
}

/// The person and every administrator hear of a proposal.
async fn tell_administrators(cx: &Cx, tx: &mut dyn Tx, role: &Role) -> Result<(), Fault> {
    let roles = tx.roles().await?;
    let administrators = roles.iter().filter(|it| it.kind == RoleKind::Administrator && it.is_held(cx.now));
    let mut told: Vec<_> = administrators.map(|it| it.person).chain([role.person]).collect();
    told.sort_unstable();
    told.dedup();
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
    tx.person_steady(here.person.id).await?.ok_or(RoleNotGiven::Nobody)?;
    let standing = tx.standing(here.person.id).await?;
    let proved = tx.last_proofing(here.person.id).await?.and_then(|it| it.level_at(cx.now));
    let live = tx.session(here.session.id).await?.is_some() && standing.epoch() == here.session.epoch;
    if !standing.is_active() || !live || proved < Some(AssuranceLevel::Substantial) {
        return Err(RoleNotGiven::StepUp);
    }
    // Somebody else's role is as unknown as one that does not exist.
    let role = tx.role(id).await?.filter(|role| role.person == here.person.id).ok_or(RoleNotGiven::Nobody)?;
    let role = role.accepted(cx.now)?;
    tx.put_role(&role).await?;
    let entry = Entry::by(EventKind::RoleAccepted, here.person.id).fact("role", role.kind.word());
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}
