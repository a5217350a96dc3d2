//! Long exports an auditor ordered, as her pages show them. They are hers in whichever session, and nobody else's.

use crate::auditor::{NotAuditor, NotSeen, auditor};
use crate::context::Cx;
use crate::flows::NoFlow;
use crate::ports::store::{StoreFault, Tx};
use crate::who::Here;
use domain::evidence::Job;
use domain::ids::ExportJobId;

/// One of hers, while it is kept and she is an auditor.
pub async fn see_order(cx: &Cx, here: &Here, id: ExportJobId) -> Result<Job, NotSeen> {
    let mut tx = cx.house.store.look("see_order").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let job = tx.export_job(id).await?;
    job.filter(|job| job.by == here.person.id).ok_or_else(|| NoFlow::Gone.into())
}

/// All of them, the newest first.
pub async fn see_orders(cx: &Cx, here: &Here) -> Result<Vec<Job>, NotAuditor> {
    let mut tx = cx.house.store.look("see_orders").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let mut orders = tx.export_jobs_of(here.person.id).await?;
    orders.sort_by_key(|job| std::cmp::Reverse(job.order.at));
    Ok(orders)
}

/// One of hers, locked.
pub(crate) async fn locked(tx: &mut dyn Tx, here: &Here, id: ExportJobId) -> Result<Option<Job>, StoreFault> {
    Ok(tx.export_job_for_update(id).await?.filter(|job| job.by == here.person.id))
}
