//! Reopening, step four: she looked at what happened lately. A step of its own, so that nobody confirms blindly.

use crate::context::Cx;
use crate::flows;
use crate::record::{Entry, record};
use crate::reopen_password::StepRefused;
use domain::audit::EventKind;
use domain::flow::About;
use domain::ids::FlowId;

/// Notes that she looked. Twice is the same as once.
pub async fn reopen_activity(cx: &Cx, id: FlowId) -> Result<(), StepRefused> {
    let mut tx = cx.house.store.begin("reopen_activity").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let before = flows::reopening(&flow)?.clone();
    let person = before.person;
    let after = before.clone().look(cx.now)?;
    if after == before {
        return Ok(());
    }
    let until = after.until();
    tx.save_flow(&flow.onward(About::Reopening(after), cx.now).until(until)).await?;
    let entry = Entry::by(EventKind::ReopeningStep, person).fact("step", "activity");
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}
