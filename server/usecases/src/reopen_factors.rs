//! Reopening, step four: which factors are hers. Nothing is removed before the confirmation.

use crate::context::Cx;
use crate::flows;
use crate::means;
use crate::record::{Entry, record};
use crate::reopen_password::StepRefused;
use domain::audit::EventKind;
use domain::flow::About;
use domain::ids::{FactorId, FlowId};
use std::collections::BTreeSet;

/// Stages what she keeps. An id that is not hers keeps nothing: only her own are looked at when it is applied. Nor does a key
/// whose model is not admitted any more: it lets nobody in, so she is asked for another.
pub async fn reopen_factors(cx: &Cx, id: FlowId, keep: BTreeSet<FactorId>) -> Result<(), StepRefused> {
    let mut tx = cx.house.store.begin("reopen_factors").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let reopening = flows::reopening(&flow)?.clone();
    let person = reopening.person;
    let hers = means::of(cx, tx.as_mut(), person).await?;
    let own: BTreeSet<FactorId> =
        hers.means().iter().filter(|mean| mean.counts()).map(|mean| mean.id).collect();
    let keep: BTreeSet<FactorId> = keep.intersection(&own).copied().collect();
    let entry = Entry::by(EventKind::ReopeningStep, person)
        .fact("step", "factors")
        .fact("kept", keep.len())
        .fact("of", own.len());
    let reopening = reopening.review(keep, cx.now)?;
    let until = reopening.until();
    tx.save_flow(&flow.onward(About::Reopening(Box::new(reopening)), cx.now).until(until)).await?;
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}
