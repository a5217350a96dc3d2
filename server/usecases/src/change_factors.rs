//! Removing and renaming login methods, and choosing the one that is asked for first.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::means;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::show_step_up::spend_step_up;
use crate::who::Here;
use domain::audit::EventKind;
use domain::factor::{FactorName, NotRemoved, Unknown};
use domain::ids::{FactorId, FlowId};
use domain::notice::Template;
use domain::step_up::{NotFresh, StepUpFor};

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum FactorsKept {
    /// The name is empty or too long.
    #[error("the name does not fit")]
    Name,
    /// The rules of her portfolio; the step-up stays portfolio.
    #[error(transparent)]
    NotRemoved(#[from] NotRemoved),
    /// She has no such method.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// The step-up is missing, over, or for something else.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// No such flow here, or signed out.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for FactorsKept {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for FactorsKept {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Removes one: another is added before the last can go. Sessions it opened go on; it opens no new one.
pub async fn remove_factor(cx: &Cx, here: &Here, step_up: FlowId, id: FactorId) -> Result<(), FactorsKept> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("remove_factor").await?;
    // Her row is locked by it: of two removals at once the second sees what the first left.
    let fresh = spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Factors)).await??;
    let portfolio = means::of(cx, tx.as_mut(), person).await?;
    let gone = portfolio.mean(id).copied();
    match (portfolio.remove(id, &fresh, cx.now), gone) {
        (Ok(_), Some(gone)) => {
            let whose = (person, here.session.epoch);
            means::take_away(cx, tx.as_mut(), whose, &gone, "account").await?;
            tx.commit().await?;
            Ok(())
        }
        (kept, _) => {
            drop(tx);
            let rule = kept.err().unwrap_or(NotRemoved::Unknown);
            note_refused(cx, here, id, rule).await?;
            Err(rule.into())
        }
    }
}

async fn note_refused(cx: &Cx, here: &Here, id: FactorId, rule: NotRemoved) -> Result<(), Fault> {
    let why = match rule {
        NotRemoved::Unknown => "unknown",
        NotRemoved::LastWayIn => "last-way-in",
        NotRemoved::CoolOff(_) => "cool-off",
        NotRemoved::OtherPurpose => "other-purpose",
    };
    let mut tx = cx.house.store.begin("refuse_factor").await?;
    let entry = Entry::by(EventKind::FactorRefused, here.person.id).fact("during", "removal");
    record(cx, tx.as_mut(), entry.fact("factor", id).fact("why", why)).await?;
    Ok(tx.commit().await?)
}

/// Gives one another name. What she knows them by tells her which is hers and which a thief's, so it takes a step-up and is
/// told, as every change to them. A name that does not fit spends none.
pub async fn rename_factor(
    cx: &Cx,
    here: &Here,
    step_up: FlowId,
    id: FactorId,
    name: String,
) -> Result<(), FactorsKept> {
    let name = FactorName::try_from(name).map_err(|_| FactorsKept::Name)?;
    let mut tx = cx.house.store.begin("rename_factor").await?;
    spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Factors)).await??;
    if !tx.rename_factor(here.person.id, id, &name).await? {
        return Err(Unknown.into());
    }
    let entry = Entry::by(EventKind::FactorRenamed, here.person.id).fact("factor", id);
    record(cx, tx.as_mut(), entry).await?;
    tell(cx, tx.as_mut(), here.person.id, Template::FactorRenamed).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks for this one first from now on. Takes no step-up: every other stays a way in.
pub async fn prefer_factor(cx: &Cx, here: &Here, id: FactorId) -> Result<(), FactorsKept> {
    let mut tx = steady(cx, here).await?;
    means::of(cx, tx.as_mut(), here.person.id).await?.prefer(id)?;
    tx.set_primary_factor(here.person.id, id).await?;
    let entry = Entry::by(EventKind::FactorPreferred, here.person.id).fact("factor", id);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}

/// A transaction in which she is signed in still, her row locked.
async fn steady(cx: &Cx, here: &Here) -> Result<Box<dyn Tx>, FactorsKept> {
    let mut tx = cx.house.store.begin("change_factors").await?;
    let person = tx.person_for_update(here.person.id).await?.ok_or(NoFlow::Gone)?;
    let signed_in = person.epoch == here.session.epoch && tx.session(here.session.id).await?.is_some();
    if signed_in { Ok(tx) } else { Err(NoFlow::Gone.into()) }
}
