//! The last yes of a block by MitID: the proof is behind her, the person known.

use crate::block_by_code::{NotBlocked, note_wrong};
use crate::context::Cx;
use crate::flows::{self, NoFlow};
use crate::suspend::{Receipt, blocked_by, suspend};
use domain::flow::{About, Flow};
use domain::ids::FlowId;

/// Whether this browser may be asked.
pub async fn see_block(cx: &Cx, id: FlowId) -> Result<(), NoFlow> {
    let mut tx = cx.house.store.reading("see_block").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    flows::blocking(&flow).map(drop)
}

/// Blocks whom the flow names. Answered twice, it shows the same receipt; from before a reopening, it is dead.
pub async fn confirm_block(cx: &Cx, id: FlowId) -> Result<Receipt, NotBlocked> {
    let mut tx = cx.house.store.begin_at_once("confirm_block").await?;
    let flow = match flows::locked(cx, tx.as_mut(), id).await {
        Ok(flow) => flow,
        Err(NoFlow::Gone) => return Err(NotBlocked::Wrong),
        Err(NoFlow::Fault(fault)) => return Err(fault.into()),
    };
    if let About::Blocked(person, door) = flow.about {
        return blocked_by(tx.as_mut(), person, door).await?.ok_or(NotBlocked::Wrong);
    }
    let Ok((person, door)) = flows::blocking(&flow) else { return Err(NotBlocked::Wrong) };
    let opened = tx.opened_epoch(person).await?;
    if flow.person.is_none_or(|(_, epoch)| epoch < opened) {
        note_wrong(cx, tx, Some(person), door).await?;
        return Err(NotBlocked::Wrong);
    }
    // Nobody's from now on, so that it outlives the block for a second click.
    let done = Flow { person: None, ..flow.onward(About::Blocked(person, door), cx.now) };
    tx.save_flow(&done).await?;
    let receipt = suspend(cx, tx.as_mut(), person, door).await?;
    tx.commit().await?;
    Ok(receipt)
}
