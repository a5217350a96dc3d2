//! Page 8: a code that nobody used, and the step-up is made. Wrong ones count as wrong codes (security decision 19).

use crate::authenticator::spend_code;
use crate::codes::Codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use crate::who::Here;
use domain::audit::EventKind;
use domain::flow::{About, Flow};
use domain::ids::{FactorId, FlowId};
use domain::step_up::{FreshStepUp, NotFresh, StepUp, StepUpFor};
use domain::throttle::CodeDoor;

/// Why it was not made.
#[derive(Debug, thiserror::Error)]
pub enum NotShown {
    /// The code does not fit, or was used before.
    #[error("the code does not fit")]
    Wrong {
        /// Tries before the pause.
        left: u32,
    },
    /// Codes are paused or stopped: the page says what opens them.
    #[error("codes are closed")]
    CodesClosed(CodeDoor),
    /// The passkey or security key is not taken; costs no try.
    #[error("the key is not taken")]
    Key,
    /// The login is held.
    #[error("the login is held")]
    Held,
    /// The session ended meanwhile.
    #[error("signed out")]
    SignedOut,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotShown {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotShown {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Shows the code. Made again it lasts anew; what it was for stays. Gives what it is for.
pub async fn show_step_up(cx: &Cx, here: &Here, id: FlowId, typed: &str) -> Result<StepUpFor, NotShown> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("show_step_up").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let step_up = flows::step_up(&flow)?.clone();
    if step_up.session != here.session.id {
        return Err(NoFlow::Gone.into());
    }
    if !is_live(tx.as_mut(), here, &flow).await? {
        return Err(NotShown::SignedOut);
    }
    let codes = Codes::of(cx, tx.as_mut(), person).await?;
    let door = codes.door(cx);
    let CodeDoor::Open { left } = door else {
        return Err(refuse(cx, tx, here, "codes-closed", NotShown::CodesClosed(door)).await?);
    };
    let Some((kind, factor)) = spend_code(cx, tx.as_mut(), &codes, typed).await? else {
        codes.wrong(cx, tx.as_mut()).await?;
        let left = left.saturating_sub(1);
        return Err(refuse(cx, tx, here, "code", NotShown::Wrong { left }).await?);
    };
    codes.right(tx.as_mut()).await?;
    let purpose = make(cx, tx.as_mut(), here, (flow, step_up), (kind.word(), factor)).await?;
    tx.commit().await?;
    Ok(purpose)
}

/// Makes the step-up: this one of her login methods was shown.
pub(crate) async fn make(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
    (flow, step_up): (Flow, StepUp),
    (by, factor): (&'static str, FactorId),
) -> Result<StepUpFor, Fault> {
    let (purpose, made) = (step_up.purpose, step_up.shown(factor, cx.now));
    let until = made.until().unwrap_or(cx.now);
    tx.save_flow(&flow.onward(About::StepUp(made), cx.now).until(until)).await?;
    let entry = Entry::by(EventKind::StepUpDone, here.person.id).fact("for", purpose.word()).fact("by", by);
    record(cx, tx, entry.fact("session", here.session.id).fact("factor", factor)).await?;
    Ok(purpose)
}

/// How she shows at a form itself that it is her.
pub enum Showing {
    /// By a code that stands in it.
    Code(String),
    /// By a step-up that was made for it before, with whatever she has; spent by it.
    StepUp(FlowId),
}

impl core::fmt::Debug for Showing {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Code(_) => f.write_str("Code(…)"),
            Self::StepUp(id) => f.debug_tuple("StepUp").field(id).finish(),
        }
    }
}

/// Whether her session goes on and nothing was put on her login since: her row is held steady from here to the commit.
pub(crate) async fn is_live(tx: &mut dyn Tx, here: &Here, flow: &Flow) -> Result<bool, Fault> {
    let Some(standing) = tx.standing_steady(here.person.id).await? else { return Ok(false) };
    let epoch = standing.epoch();
    Ok(standing.is_active()
        && here.session.epoch == epoch
        && flow.person == Some((here.person.id, epoch))
        && tx.session(here.session.id).await?.is_some())
}

/// Spends a step-up made in this session for this purpose: whatever comes of it, it opens nothing a second time.
///
/// # Errors
/// [`NoFlow`] where there is none here; [`NotFresh`] where it is not made, ran out, or is for something else.
pub(crate) async fn spend_step_up(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
    (id, purpose): (FlowId, StepUpFor),
) -> Result<Result<FreshStepUp, NotFresh>, NoFlow> {
    let flow = flows::locked(cx, tx, id).await?;
    let fresh = match flows::step_up(&flow)?.fresh(id, purpose, here.session.id, cx.now) {
        Ok(fresh) => fresh,
        Err(NotFresh::OtherSession) => return Err(NoFlow::Gone),
        Err(not) => return Ok(Err(not)),
    };
    // For a change, not only steady: of two at once that hold it steady, neither could change it.
    tx.person_for_update(here.person.id).await?.ok_or(NoFlow::Gone)?;
    if !is_live(tx, here, &flow).await? || !tx.spend_flow(id).await? {
        return Err(NoFlow::Gone);
    }
    Ok(Ok(fresh))
}

pub(crate) async fn refuse(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    here: &Here,
    why: &'static str,
    refused: NotShown,
) -> Result<NotShown, NotShown> {
    record(cx, tx.as_mut(), Entry::by(EventKind::StepUpRefused, here.person.id).fact("why", why)).await?;
    tx.commit().await?;
    Ok(refused)
}
