//! A browser whose cookie could not be given a new id: whoever has a copy of the old one is to find nothing behind it.

use crate::context::Cx;
use crate::fault::Fault;
use crate::who::end_here;
use domain::ids::FlowId;
use domain::leaving::Asker;

/// Ends the session of this browser (NSIS 6.6), and uses up the flow it went on with, where it is this browser's. What was
/// done before stays done. Without either it is no fault.
pub async fn abandon(cx: &Cx, flow: Option<FlowId>) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("abandon").await?;
    if let Some(id) = flow
        && let Some(flow) = tx.flow_for_update(id).await?
        && flow.browser == cx.browser
    {
        tx.spend_flow(id).await?;
    }
    end_here(cx, tx.as_mut(), Asker::Portal).await?;
    tx.commit().await?;
    Ok(())
}
