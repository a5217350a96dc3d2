//! "Continue on your phone": the computer shows a link (security decision 20). From the account, with a step-up that is
//! spent here; or in an enrolment, after the proof.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::means;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use crate::show_step_up::spend_step_up;
use crate::who::Here;
use domain::audit::EventKind;
use domain::enrolment::NotNow;
use domain::factor::{Authority, NotAdded};
use domain::flow::{About, Flow};
use domain::ids::{Epoch, FlowId, PersonId};
use domain::on_phone::{Ground, ON_PHONE_HOLDS, OnPhone};
use domain::step_up::{NotFresh, StepUpFor};

/// Why no link is shown.
#[derive(Debug, thiserror::Error)]
pub enum NoLink {
    /// The rules of her portfolio; the step-up stays.
    #[error(transparent)]
    NotAdded(#[from] NotAdded),
    /// The step-up is missing, over, or for something else.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// The hour after the proof is over, or another step comes first.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// No such flow here, or signed out.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NoLink {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NoLink {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Shows a link from the account; gives the flow of this computer. The step-up is spent: what was five minutes from it is
/// now ten, for this alone.
pub async fn continue_on_phone(cx: &Cx, here: &Here, step_up: FlowId) -> Result<FlowId, NoLink> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("continue_on_phone").await?;
    let fresh = spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Factors)).await??;
    means::of(cx, tx.as_mut(), person).await?.ground(&Authority::StepUp(fresh), cx.now)?;
    let id = show(cx, tx.as_mut(), (person, here.session.epoch), Ground::Account(fresh)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Shows a link in an enrolment.
pub async fn continue_enrolment_on_phone(cx: &Cx, enrolment: FlowId) -> Result<FlowId, NoLink> {
    let mut tx = cx.house.store.begin("continue_enrolment_on_phone").await?;
    let flow = flows::locked(cx, tx.as_mut(), enrolment).await?;
    flows::enrolment(&flow)?.proof(cx.now)?;
    let whose = flow.person.ok_or(NoFlow::Gone)?;
    let id = show(cx, tx.as_mut(), whose, Ground::Enrolment(enrolment)).await?;
    tx.commit().await?;
    Ok(id)
}

async fn show(cx: &Cx, tx: &mut dyn Tx, whose: (PersonId, Epoch), ground: Ground) -> Result<FlowId, Fault> {
    let about = About::OnPhone(Box::new(OnPhone::show(ground)));
    let flow = Flow::start(cx.handle()?, cx.browser, about, cx.now);
    // From the step-up on, not from the link: so long and no longer it is good for this.
    let from = match ground {
        Ground::Account(shown) => shown.at,
        Ground::Enrolment(_) => cx.now,
    };
    let until = from.saturating_add(ON_PHONE_HOLDS).unwrap_or(cx.now);
    tx.add_flow(&Flow { person: Some(whose), ..flow.clone() }.until(until)).await?;
    let what = match ground {
        Ground::Account(_) => "account",
        Ground::Enrolment(_) => "enrolment",
    };
    record(cx, tx, Entry::by(EventKind::PhoneOffered, whose.0).fact("for", what)).await?;
    Ok(flow.id)
}
