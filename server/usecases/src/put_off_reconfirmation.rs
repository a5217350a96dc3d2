//! "Not now": she goes on without confirming anew, as long as it is not overdue where she goes, with a leaked password for as
//! long as its grace lasts, or without trying the login method she was asked about.

use crate::check_factors;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::flow::About;
use domain::ids::{FlowId, PersonId};
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
    let step = sign_in.step();
    let sign_in = sign_in.put_off().map_err(|_| NotPutOff::NotNow)?;
    flows::signed_in_still(tx.as_mut(), &sign_in).await?;
    let (person, _) = flow.person.ok_or(NotPutOff::NotNow)?;
    tx.save_flow(&flow.onward(About::SignIn(sign_in), cx.now)).await?;
    match step {
        Step::ChangePassword => note(cx, tx.as_mut(), EventKind::PasswordPutOff, person).await?,
        // Of what she tried out meanwhile there is nothing to note.
        Step::CheckMethod => {
            if let Some(named) = check_factors::due(cx, tx.as_mut(), person).await? {
                check_factors::asked(cx, tx.as_mut(), person, named.id).await?;
            }
        }
        _ => note(cx, tx.as_mut(), EventKind::ReconfirmationPutOff, person).await?,
    }
    tx.commit().await?;
    Ok(())
}

async fn note(cx: &Cx, tx: &mut dyn Tx, what: EventKind, person: PersonId) -> Result<(), Fault> {
    record(cx, tx, Entry::by(what, person)).await.map(drop)
}
