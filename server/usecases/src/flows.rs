//! Fetching the flow a request belongs to.

use crate::context::Cx;
use crate::fault::Fault;
use crate::means;
use crate::ports::store::Tx;
use domain::ceremony::Ceremony;
use domain::contact::Verifying;
use domain::enrolment::{Enrolment, OnRecord};
use domain::factor::Mean;
use domain::flow::{About, Flow, FlowGone};
use domain::ids::{Epoch, FlowId, PersonId};
use domain::leaving::Leaving;
use domain::on_phone::OnPhone;
use domain::reopening::Reopening;
use domain::reset::Reset;
use domain::sign_in::SignIn;
use domain::step_up::StepUp;
use domain::suspension::Door;

/// Why a request's flow cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum NoFlow {
    /// Unknown, run out, of another browser, or about something else. One case on purpose.
    #[error("the flow cannot be used here")]
    Gone,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<FlowGone> for NoFlow {
    fn from(_: FlowGone) -> Self {
        Self::Gone
    }
}
impl From<crate::ports::store::StoreFault> for NoFlow {
    fn from(fault: crate::ports::store::StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// The flow, locked, usable by this browser now.
pub(crate) async fn locked(cx: &Cx, tx: &mut dyn Tx, id: FlowId) -> Result<Flow, NoFlow> {
    let flow = tx.flow_for_update(id).await?.ok_or(NoFlow::Gone)?;
    Ok(flow.usable(cx.browser, cx.now)?)
}

/// The flow, to look at.
pub(crate) async fn seen(cx: &Cx, tx: &mut dyn Tx, id: FlowId) -> Result<Flow, NoFlow> {
    let flow = tx.flow(id).await?.ok_or(NoFlow::Gone)?;
    Ok(flow.usable(cx.browser, cx.now)?)
}

/// The enrolment in a flow.
pub(crate) fn enrolment(flow: &Flow) -> Result<&Enrolment, NoFlow> {
    match &flow.about {
        About::Enrolment(enrolment) => Ok(enrolment),
        _ => Err(NoFlow::Gone),
    }
}

/// The sign-in in a flow.
pub(crate) fn sign_in(flow: &Flow) -> Result<&SignIn, NoFlow> {
    match &flow.about {
        About::SignIn(sign_in) => Ok(sign_in),
        _ => Err(NoFlow::Gone),
    }
}

/// Once she signed out, or somebody else signed in at this browser, nobody answers what a sign-in still asks of her.
pub(crate) async fn signed_in_still(tx: &mut dyn Tx, sign_in: &SignIn) -> Result<(), NoFlow> {
    let session = sign_in.session().ok_or(NoFlow::Gone)?;
    tx.session(session).await?.map(drop).ok_or(NoFlow::Gone)
}

/// The reopening in a flow.
pub(crate) fn reopening(flow: &Flow) -> Result<&Reopening, NoFlow> {
    match &flow.about {
        About::Reopening(reopening) => Ok(reopening),
        _ => Err(NoFlow::Gone),
    }
}

/// The reset in a flow.
pub(crate) fn reset(flow: &Flow) -> Result<&Reset, NoFlow> {
    match &flow.about {
        About::Reset(reset) => Ok(reset),
        _ => Err(NoFlow::Gone),
    }
}

/// The block that waits for one more yes in a flow: of whom, asked at which epoch, by which door.
pub(crate) fn blocking(flow: &Flow) -> Result<(PersonId, Epoch, Door), NoFlow> {
    match &flow.about {
        About::Blocking(person, epoch, door) => Ok((*person, *epoch, *door)),
        _ => Err(NoFlow::Gone),
    }
}

/// The sheet of codes in a flow, sealed, and whose it is.
pub(crate) fn sheet(flow: &Flow) -> Result<(PersonId, &[u8]), NoFlow> {
    match &flow.about {
        About::Sheet(person, sealed) => Ok((*person, sealed)),
        _ => Err(NoFlow::Gone),
    }
}

/// The step-up in a flow.
pub(crate) fn step_up(flow: &Flow) -> Result<&StepUp, NoFlow> {
    match &flow.about {
        About::StepUp(step_up) => Ok(step_up),
        _ => Err(NoFlow::Gone),
    }
}

/// The address that is being verified in a flow.
pub(crate) fn verifying(flow: &Flow) -> Result<&Verifying, NoFlow> {
    match &flow.about {
        About::Verifying(verifying) => Ok(verifying),
        _ => Err(NoFlow::Gone),
    }
}

/// The ceremony in a flow.
pub(crate) fn ceremony(flow: &Flow) -> Result<&Ceremony, NoFlow> {
    match &flow.about {
        About::Ceremony(ceremony) => Ok(ceremony),
        _ => Err(NoFlow::Gone),
    }
}

/// What goes on between a computer and a phone, in the computer's flow.
pub(crate) fn on_phone(flow: &Flow) -> Result<&OnPhone, NoFlow> {
    match &flow.about {
        About::OnPhone(on_phone) => Ok(on_phone),
        _ => Err(NoFlow::Gone),
    }
}

/// The way out in a flow.
pub(crate) fn leaving(flow: &Flow) -> Result<&Leaving, NoFlow> {
    match &flow.about {
        About::Leaving(leaving) => Ok(leaving),
        _ => Err(NoFlow::Gone),
    }
}

/// What of an enrolment's later steps is on record.
pub(crate) async fn on_record(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<OnRecord, Fault> {
    let hers = means::of(cx, tx, person).await?;
    Ok(OnRecord {
        password: tx.password_hash(person).await?.is_some(),
        factor: hers.means().iter().any(Mean::counts),
    })
}
