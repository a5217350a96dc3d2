//! She ends her own work relation (NSIS 5.2.1, security decision 23): a fresh factor first, then one transaction, and person
//! and organisation are told. Nothing opens it again but HR's line with a later first day.

use crate::authenticator::spend_code;
use crate::close_associations::close;
use crate::codes::{self, Codes};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::show_step_up::{Showing, spend_step_up};
use crate::who::Here;
use domain::association::Association;
use domain::audit::{Actor, EventKind};
use domain::ids::{AssociationId, PersonId};
use domain::notice::Template;
use domain::step_up::{NotFresh, StepUpFor};
use domain::throttle::CodeDoor;

/// Why it was not ended.
#[derive(Debug, thiserror::Error)]
pub enum NotEnded {
    /// Not hers, or ended before: as unknown as one that does not exist.
    #[error("no open relation of hers")]
    Unknown,
    /// The code does not fit, or was used before.
    #[error("the code does not fit")]
    Wrong,
    /// Codes are paused or stopped: the page says what opens them.
    #[error("codes are closed")]
    CodesClosed(CodeDoor),
    /// The step-up is over, or was made for something else: she confirms again.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// The session ended meanwhile.
    #[error("signed out")]
    SignedOut,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A step-up that is not there is one to make again.
impl From<NoFlow> for NotEnded {
    fn from(no_flow: NoFlow) -> Self {
        match no_flow {
            NoFlow::Gone => Self::NotFresh(NotFresh::RanOut),
            NoFlow::Fault(fault) => Self::Fault(fault),
        }
    }
}
impl From<StoreFault> for NotEnded {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// What is left of her login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Another relation: she may sign in again.
    Login,
    /// It was the last one: the login is closed.
    Nothing,
}

/// Her open relations, the oldest first, and whether a code may be shown now.
pub async fn see_associations(cx: &Cx, here: &Here) -> Result<(Vec<Association>, CodeDoor), Fault> {
    let mut tx = cx.house.store.reading("see_associations").await?;
    let door = codes::look(cx, tx.as_mut(), here.person.id).await?;
    let mut relations = tx.associations_of(here.person.id).await?;
    relations.retain(|it| it.closed_at.is_none());
    Ok((relations, door))
}

/// Ends one of hers. Her sessions end with it, as with every relation that is closed; without another one her login is
/// held. A wrong code counts as one at a sign-in: whoever sits at an open session does not guess either.
pub async fn end_association(
    cx: &Cx,
    here: &Here,
    id: AssociationId,
    showing: &Showing,
) -> Result<Left, NotEnded> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("end_association").await?;
    if let Showing::StepUp(flow) = showing {
        spend_step_up(cx, tx.as_mut(), here, (*flow, StepUpFor::Relation)).await??;
    }
    let owner = tx.person_for_update(person).await?.ok_or(NotEnded::SignedOut)?;
    if tx.session(here.session.id).await?.is_none() || owner.epoch != here.session.epoch {
        return Err(NotEnded::SignedOut);
    }
    let open = |it: &Association| it.person == person && it.closed_at.is_none();
    let association = tx.association(id).await?.filter(open).ok_or(NotEnded::Unknown)?;
    if let Showing::Code(code) = showing {
        let count = Codes::of(cx, tx.as_mut(), person).await?;
        let door = count.door(cx);
        if !matches!(door, CodeDoor::Open { .. }) {
            return Err(refused(cx, tx, person, "codes-closed", NotEnded::CodesClosed(door)).await?);
        }
        if spend_code(cx, tx.as_mut(), &count, code).await?.is_none() {
            count.wrong(cx, tx.as_mut()).await?;
            return Err(refused(cx, tx, person, "code", NotEnded::Wrong).await?);
        }
        count.right(tx.as_mut()).await?;
    }
    close(cx, tx.as_mut(), association, &Actor::Person(person)).await?;
    tell(cx, tx.as_mut(), person, Template::EndedToOrganisation).await?;
    let left = if tx.standing(person).await?.is_active() { Left::Login } else { Left::Nothing };
    tx.commit().await?;
    Ok(left)
}

async fn refused(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    why: &'static str,
    refused: NotEnded,
) -> Result<NotEnded, NotEnded> {
    let entry = Entry::by(EventKind::FactorRefused, person).fact("why", why);
    record(cx, tx.as_mut(), entry.fact("for", "ending-a-relation")).await?;
    tx.commit().await?;
    Ok(refused)
}
