//! The sheet at the end of an enrolment: looked at until she says that she keeps it, then gone.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::vault::{KeyUse, Sealed};
use crate::print_codes::{Sheet, sheet_place};
use domain::enrolment::NotNow;
use domain::flow::About;
use domain::ids::FlowId;

/// Why the sheet is not shown, or not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// Another step comes first, or the codes were shown and are gone.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The box is not ticked.
    #[error("the box is not ticked")]
    NotTicked,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<Fault> for NotKept {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}
impl From<crate::ports::store::StoreFault> for NotKept {
    fn from(fault: crate::ports::store::StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}

/// The codes of this browser's enrolment, and who they belong to by user name: paper is found without its owner.
pub async fn see_codes(cx: &Cx, id: FlowId) -> Result<(Sheet, String), NotKept> {
    let mut tx = cx.house.store.reading("see_codes").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?;
    let sealed = enrolment.sheet().ok_or(NotNow::StepBefore)?;
    let person = tx.person(enrolment.invited).await?.ok_or(NoFlow::Gone)?;
    let bytes = cx.house.vault.open(KeyUse::Memory, &sheet_place(id), &Sealed(sealed.to_vec()));
    let sheet = Sheet::from_bytes(&bytes.map_err(Fault::from)?).ok_or(Fault::Encoding)?;
    Ok((sheet, person.user_name.to_string()))
}

/// She has them: from now on nobody can look at them here. Doing it twice is the same as once.
pub async fn keep_codes(cx: &Cx, id: FlowId, ticked: bool) -> Result<(), NotKept> {
    let mut tx = cx.house.store.begin("keep_codes").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let enrolment = flows::enrolment(&flow)?.clone();
    if !ticked {
        return Err(NotKept::NotTicked);
    }
    let kept = enrolment.sheet_kept()?;
    tx.save_flow(&flow.onward(About::Enrolment(kept), cx.now)).await?;
    tx.commit().await?;
    Ok(())
}
