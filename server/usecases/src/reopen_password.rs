//! Reopening, step three: a new password, kept aside until everything is confirmed.

use crate::choose_password::judge;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::people::Lane;
use crate::ports::store::StoreFault;
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::flow::About;
use domain::ids::FlowId;
use domain::password::{Password, Weak};
use domain::person::Person;
use domain::reopening::NotYet;

/// Why a step of a reopening is refused.
#[derive(Debug, thiserror::Error)]
pub enum StepRefused {
    /// The password is not strong enough.
    #[error(transparent)]
    Weak(Weak),
    /// It is the one she had: somebody may know it.
    #[error("the same password as before")]
    SameAsBefore,
    /// Another step comes first, or the hour is over.
    #[error(transparent)]
    NotYet(#[from] NotYet),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for StepRefused {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for StepRefused {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Stages the new password of a reopening. The old one never comes back (security decision 12).
pub async fn reopen_password(cx: &Cx, id: FlowId, password: Password) -> Result<(), StepRefused> {
    let (person, before) = proved(cx, id).await?;
    if let Err(weak) = judge(cx, &person, &password) {
        return Err(refused(cx, &person, &weak.to_string(), StepRefused::Weak(weak)).await?);
    }
    if cx.house.hasher.verify(password.clone(), before, Lane::Known.into()).await.map_err(Fault::from)? {
        return Err(refused(cx, &person, "same-as-before", StepRefused::SameAsBefore).await?);
    }
    let hash = cx.house.hasher.hash(password).await.map_err(Fault::from)?;
    let sealed = cx.house.vault.seal(KeyUse::Memory, &place(id), hash.as_bytes()).map_err(Fault::from)?;
    let mut tx = cx.house.store.begin("reopen_password").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let reopening = flows::reopening(&flow)?.clone().password(sealed.0, cx.now)?;
    let until = reopening.until();
    tx.save_flow(&flow.onward(About::Reopening(Box::new(reopening)), cx.now).until(until)).await?;
    let entry = Entry::by(EventKind::ReopeningStep, person.id).fact("step", "password");
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The place a staged password is bound to.
pub(crate) fn place(id: FlowId) -> String {
    format!("flows/password/{id}")
}

async fn proved(cx: &Cx, id: FlowId) -> Result<(Person, Option<String>), StepRefused> {
    let mut tx = cx.house.store.reading("reopen_password").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let reopening = flows::reopening(&flow)?;
    if cx.now >= reopening.until() {
        return Err(NotYet::ProofRanOut.into());
    }
    let person = tx.person(reopening.person).await?.ok_or(NoFlow::Gone)?;
    let before = tx.password_hash(person.id).await?;
    Ok((person, before))
}

async fn refused(
    cx: &Cx,
    person: &Person,
    why: &str,
    refused: StepRefused,
) -> Result<StepRefused, StepRefused> {
    let mut tx = cx.house.store.begin("refuse_password").await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::PasswordRefused, person.id).fact("why", why)).await?;
    tx.commit().await?;
    Ok(refused)
}
