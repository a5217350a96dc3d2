//! A new sheet of codes from the account, after a step-up (page 31). The one before is dead.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::ports::store::StoreFault;
use crate::print_codes::print_codes;
use crate::see_sheet::keep_sheet;
use crate::show_step_up::spend_step_up;
use crate::who::Here;
use domain::ids::FlowId;
use domain::step_up::{NotFresh, StepUpFor};

/// Why none is made.
#[derive(Debug, thiserror::Error)]
pub enum NotRenewed {
    /// The step-up is missing, over, or for something else.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// No such flow here, or signed out.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotRenewed {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotRenewed {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Makes it and spends the step-up; gives the flow of its page.
pub async fn renew_sheet(cx: &Cx, here: &Here, step_up: FlowId) -> Result<FlowId, NotRenewed> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("renew_sheet").await?;
    spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Sheet)).await??;
    let sheet = print_codes(cx, tx.as_mut(), person).await?;
    let page = keep_sheet(cx, tx.as_mut(), (person, here.session.epoch), &sheet).await?;
    tx.commit().await?;
    Ok(page)
}
