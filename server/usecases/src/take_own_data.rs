//! She takes out her own data (page 41): a step-up opens it to this browser and session for a quarter of an hour.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::ports::store::StoreFault;
use crate::record::{Entry, record, tell};
use crate::show_step_up::spend_step_up;
use crate::who::Here;
use domain::audit::EventKind;
use domain::flow::{About, Flow};
use domain::ids::FlowId;
use domain::notice::Template;
use domain::step_up::{NotFresh, StepUpFor};

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The step-up is missing, over, or for something else.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotTaken {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotTaken {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Opens her data to this browser and session for a quarter of an hour, by a step-up made for it, and tells her; gives
/// the flow.
pub async fn take_own_data(cx: &Cx, here: &Here, step_up: FlowId) -> Result<FlowId, NotTaken> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("take_own_data").await?;
    spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::OwnData)).await??;
    let about = About::OwnData(person, here.session.id);
    let mut flow = Flow::start(cx.handle().map_err(Fault::from)?, cx.browser, about, cx.now);
    flow.person = Some((person, here.session.epoch));
    tx.add_flow(&flow).await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::OwnDataTaken, person)).await?;
    tell(cx, tx.as_mut(), person, Template::OwnDataTaken).await?;
    tx.commit().await?;
    Ok(flow.id)
}
