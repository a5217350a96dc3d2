//! Page 8: she is asked to confirm again who she is, for one thing.

use crate::codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::who::Here;
use domain::contact::ChannelKind;
use domain::flow::{About, Flow};
use domain::ids::FlowId;
use domain::step_up::{StepUp, StepUpFor};
use domain::throttle::CodeDoor;

/// Asks for a step-up; gives its flow, which belongs to this browser and session. A mobile that this house sends nothing
/// to is no address: there is nothing to confirm for.
pub async fn begin_step_up(cx: &Cx, here: &Here, purpose: StepUpFor) -> Result<FlowId, NoFlow> {
    if purpose == StepUpFor::Contact(ChannelKind::Mobile) && !cx.house.policy.texts {
        return Err(NoFlow::Gone);
    }
    let mut tx = cx.house.store.begin("begin_step_up").await?;
    let about = About::StepUp(StepUp::ask(here.person.id, here.session.id, purpose));
    let mut flow = Flow::start(cx.handle().map_err(Fault::from)?, cx.browser, about, cx.now);
    flow.person = Some((here.person.id, here.session.epoch));
    tx.add_flow(&flow).await?;
    tx.commit().await?;
    Ok(flow.id)
}

/// A step-up as its page shows it.
#[derive(Clone, Copy, Debug)]
pub struct StepUpSeen {
    /// What it is for.
    pub purpose: StepUpFor,
    /// Whether it was made and still lasts.
    pub fresh: bool,
    /// Whether a code may be shown now.
    pub codes: CodeDoor,
}

/// Looks at a step-up of this session; changes and locks nothing.
pub async fn see_step_up(cx: &Cx, here: &Here, id: FlowId) -> Result<StepUpSeen, NoFlow> {
    let mut tx = cx.house.store.reading("see_step_up").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let step_up = flows::step_up(&flow)?;
    if step_up.session != here.session.id {
        return Err(NoFlow::Gone);
    }
    let codes = codes::look(cx, tx.as_mut(), here.person.id).await?;
    let fresh = step_up.fresh(id, step_up.purpose, here.session.id, cx.now).is_ok();
    Ok(StepUpSeen { purpose: step_up.purpose, fresh, codes })
}
