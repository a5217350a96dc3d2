//! The last yes of a block by MitID: the proof is behind her, the person known.

use crate::block_by_code::{NotBlocked, note_wrong};
use crate::context::Cx;
use crate::doors::a_source_may_be_wrong;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::Tx;
use crate::suspend::{Receipt, blocked_by, lists_services, suspend};
use domain::flow::About;
use domain::ids::{Epoch, FlowId, PersonId};

/// Whether this browser may be asked; gives whether the receipt would list services.
pub async fn see_block(cx: &Cx, id: FlowId) -> Result<bool, NoFlow> {
    let mut tx = cx.house.store.reading("see_block").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let (person, _, door) = flows::blocking(&flow)?;
    Ok(lists_services(cx, tx.as_mut(), person, door).await?)
}

/// Blocks whom the flow names. Answered twice, it shows the same receipt; from before a reopening, or before anything
/// but a hold that raised the epoch, it is dead.
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
    let Ok((person, asked, door)) = flows::blocking(&flow) else { return Err(NotBlocked::Wrong) };
    if !may_still(tx.as_mut(), person, asked).await? {
        // The question stays where it is, and may be answered as often as somebody likes.
        if a_source_may_be_wrong(cx, tx.as_mut(), door).await? {
            note_wrong(cx, tx, Some(person), door).await?;
        }
        return Err(NotBlocked::Wrong);
    }
    tx.save_flow(&flow.onward(About::Blocked(person, door), cx.now)).await?;
    let receipt = suspend(cx, tx.as_mut(), person, door).await?;
    tx.commit().await?;
    Ok(receipt)
}

/// Whether the right shown at this epoch still holds: nothing raised it since, or the login is held, by whomever; her own
/// hold stands beside others.
async fn may_still(tx: &mut dyn Tx, person: PersonId, asked: Epoch) -> Result<bool, Fault> {
    let opened = tx.opened_epoch(person).await?;
    let standing = tx.standing(person).await?;
    Ok(asked >= opened && (asked == standing.epoch() || !standing.holds().is_empty()))
}
