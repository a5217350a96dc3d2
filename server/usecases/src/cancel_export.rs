//! An auditor cancels a long export she ordered: it is made no further, and files that are there are thrown away.

use crate::auditor::{NotAuditor, auditor, refuse};
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use crate::see_order::locked;
use crate::who::Here;
use domain::audit::{Actor, EventKind};
use domain::evidence::{CancelledFor, JobRefused};
use domain::ids::ExportJobId;

/// Why it is not cancelled.
#[derive(Debug, thiserror::Error)]
pub enum NotCancelled {
    /// She is no auditor.
    #[error(transparent)]
    NotAuditor(#[from] NotAuditor),
    /// There is none of hers by that id.
    #[error("no such order of hers")]
    Unknown,
    /// It is over.
    #[error(transparent)]
    Refused(#[from] JobRefused),
}

impl From<Fault> for NotCancelled {
    fn from(fault: Fault) -> Self {
        Self::NotAuditor(fault.into())
    }
}
impl From<StoreFault> for NotCancelled {
    fn from(fault: StoreFault) -> Self {
        Self::NotAuditor(fault.into())
    }
}

/// Cancels it. Whoever makes it finds out at the next piece and stops.
pub async fn cancel_export(cx: &Cx, here: &Here, id: ExportJobId) -> Result<(), NotCancelled> {
    let mut tx = cx.house.store.begin("cancel_export").await?;
    let allowed = auditor(cx, tx.as_mut(), here).await;
    if matches!(allowed, Err(NotAuditor::NoRole)) {
        drop(tx);
        refuse(cx, here, "cancel").await?;
        return Err(NotAuditor::NoRole.into());
    }
    allowed?;
    let job = locked(tx.as_mut(), here, id).await?.ok_or(NotCancelled::Unknown)?;
    let job = job.cancelled(CancelledFor::Asked, cx.now)?;
    tx.put_export_job(&job, None).await?;
    let entry = Entry::new(EventKind::ExportCancelled, Actor::Person(here.person.id))
        .fact("export", job.order.evidence.word())
        .fact("job", id)
        .fact("why", CancelledFor::Asked.word());
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}
