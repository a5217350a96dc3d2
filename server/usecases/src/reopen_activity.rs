//! Reopening, step four: she looked at what happened lately. A step of its own, so that nobody confirms blindly.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::reopen_password::StepRefused;
use crate::terms_in_force::terms_in_force;
use domain::audit::EventKind;
use domain::flow::About;
use domain::ids::FlowId;
use domain::reopening::Reopening;
use domain::standing::Origin;

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
    // What she would open is used under the terms in force: those she has not accepted come next.
    let after = if agrees(cx, tx.as_mut(), &after).await? {
        after
    } else {
        let current = terms_in_force(cx, tx.as_mut()).await?.terms;
        tx.keep_terms(&current).await?;
        after.with_terms(&current)
    };
    let until = after.until();
    tx.save_flow(&flow.onward(About::Reopening(Box::new(after)), cx.now).until(until)).await?;
    let entry = Entry::by(EventKind::ReopeningStep, person).fact("step", "activity");
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether she accepted the terms in force: here, or before, and did not decline them since.
pub(crate) async fn agrees(cx: &Cx, tx: &mut dyn Tx, reopening: &Reopening) -> Result<bool, Fault> {
    let in_force = terms_in_force(cx, tx).await?;
    if in_force.settled_by(reopening.accepted()) {
        return Ok(true);
    }
    let declined = tx.standing(reopening.person).await?.held_by(Origin::Terms);
    let before = tx.last_acceptance(reopening.person).await?.map(|last| last.accepted.terms);
    Ok(!declined && in_force.settled_by(before))
}
