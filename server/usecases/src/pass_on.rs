//! She does not wait for a service on her way out.

use crate::context::Cx;
use crate::flows::{self, NoFlow};
use crate::walk_out::{Told, keep, past_frames, settle};
use domain::ids::FlowId;
use domain::leaving::Step;

/// What she decides while a service does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Go on without its answer.
    Over,
    /// Go on from the page with the frames.
    Shown,
    /// Ask it once more.
    Again,
    /// Wait for nobody any more.
    Stop,
}

/// Does not wait. Where there is nothing to wait for it changes nothing.
pub async fn pass_on(cx: &Cx, id: FlowId, pass: Pass) -> Result<(), NoFlow> {
    let mut tx = cx.house.store.begin("pass_on").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let leaving = flows::leaving(&flow)?.clone();
    let (person, _) = flow.person.ok_or(NoFlow::Gone)?;
    let leaving = match pass {
        Pass::Over => {
            let Ok((leaving, call)) = leaving.passed_over() else { return Ok(()) };
            settle(cx, tx.as_mut(), person, &call, &Told::not(None, "not-waited-for")).await?;
            leaving
        }
        Pass::Shown => {
            if !matches!(leaving.step(), Step::Show { .. }) {
                return Ok(());
            }
            past_frames(cx, tx.as_mut(), person, leaving, "in-frame").await?
        }
        Pass::Again => {
            let Ok(leaving) = leaving.again() else { return Ok(()) };
            leaving
        }
        Pass::Stop => {
            let (leaving, waited_for, unasked) = leaving.stopped();
            let waited_for = waited_for.iter().map(|call| (call, "not-waited-for"));
            for (call, why) in waited_for.chain(unasked.iter().map(|call| (call, "not-asked"))) {
                settle(cx, tx.as_mut(), person, call, &Told::not(None, why)).await?;
            }
            leaving
        }
    };
    keep(tx.as_mut(), flow, leaving).await?;
    tx.commit().await?;
    Ok(())
}
