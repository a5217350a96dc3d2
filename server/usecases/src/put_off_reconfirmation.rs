//! "Not now": she goes on without confirming anew, as long as it is not overdue where she goes, or with a leaked password
//! for as long as its grace lasts.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::flow::About;
use domain::ids::FlowId;
use domain::sign_in::Step;

/// Why it is not put off.
#[derive(Debug, thiserror::Error)]
pub enum NotPutOff {
    /// Nothing is asked, or it must be done first.
    #[error("another step comes first")]
    NotNow,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotPutOff {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotPutOff {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Puts it off until her next sign-in. What is overdue is decided when a token is issued, never here.
pub async fn put_off_reconfirmation(cx: &Cx, id: FlowId) -> Result<(), NotPutOff> {
    let mut tx = cx.house.store.begin("put_off_reconfirmation").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let what = match sign_in.step() {
        Step::ChangePassword => EventKind::PasswordPutOff,
        _ => EventKind::ReconfirmationPutOff,
    };
    let sign_in = sign_in.put_off().map_err(|_| NotPutOff::NotNow)?;
    let (person, _) = flow.person.ok_or(NotPutOff::NotNow)?;
    tx.save_flow(&flow.onward(About::SignIn(sign_in), cx.now)).await?;
    record(cx, tx.as_mut(), Entry::by(what, person)).await?;
    tx.commit().await?;
    Ok(())
}
