//! Long exports that auditors ordered are made aside, one after the other by each instance (NSIS 4.1.7.4–5).
//!
//! Whoever makes one has it on lease, and says with each piece how far it is; one that is not heard of for two minutes is
//! begun anew by whoever comes, and what came before is dropped. At each piece it is asked whether it is still theirs to
//! make and whether she who ordered it still has the role.

mod making;

use crate::auditor::still_auditor;
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::restriction::closed_to;
use crate::turn::Turn;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::evidence::{CancelledFor, Job, JobState, LEASE, Stage};
use making::make;

/// Pieces dropped in one transaction: what is deleted is overwritten, and nobody is to wait for that.
pub(crate) const PIECES: u32 = 8;
/// Orders looked at in one transaction.
const ORDERS: u32 = 20;

/// Drops files whose time is over, and makes what was ordered until nothing waits; gives how many were made. May be
/// dropped at any point: who comes after the lease begins anew.
pub async fn run_exports(cx: &Cx) -> Result<u64, Fault> {
    // Looked up without the writer's lock: most times there is nothing to do.
    if !cx.house.store.look("run_exports").await?.exports_wait(cx.house.clock.now()).await? {
        return Ok(0);
    }
    drop_spent(cx).await?;
    let mut made = 0;
    while let Some(job) = claim(cx).await? {
        made += u64::from(make(cx, job).await?);
    }
    Ok(made)
}

/// The same, at this moment: a long run says of each row when it was written.
fn fresh(cx: &Cx) -> Cx {
    Cx { now: cx.house.clock.now(), ..cx.clone() }
}

/// Until when who makes one has it, if nothing more is heard.
fn lease(now: Timestamp) -> Timestamp {
    now.saturating_add(LEASE).unwrap_or(now)
}

async fn drop_spent(cx: &Cx) -> Result<(), Fault> {
    let cx = &fresh(cx);
    let mut tx = cx.house.store.begin("expire_exports").await?;
    for job in tx.spent_export_jobs(cx.now, ORDERS).await? {
        let job = job.expired(cx.now).map_err(|_| Fault::Encoding)?;
        tx.put_export_job(&job, None).await?;
    }
    tx.commit().await?;
    let mut turn = Turn::begin(cx);
    loop {
        let mut tx = cx.house.store.begin("drop_pieces").await?;
        let gone = tx.drop_spent_pieces(cx.now, PIECES).await?;
        tx.commit().await?;
        if gone < u64::from(PIECES) {
            return Ok(());
        }
        turn.pass_on(cx).await;
    }
}

/// The next one to make, on lease; none where nothing waits. One whose owner lost the role is cancelled, one that broke off
/// too often is given up.
async fn claim(cx: &Cx) -> Result<Option<Job>, Fault> {
    loop {
        let cx = &fresh(cx);
        let mut tx = cx.house.store.begin("claim_export").await?;
        let Some(mut job) = tx.due_export_job(cx.now).await? else { return Ok(None) };
        let job = if still_auditor(cx, tx.as_mut(), job.by).await? {
            // Whoever was restricted since it was ordered is so in it.
            job.order.restricted = closed_to(cx, tx.as_mut(), job.by, job.order.evidence).await?;
            job.begun(cx.now)
        } else {
            job.cancelled(CancelledFor::RoleLost, cx.now)
        };
        let job = job.map_err(|_| Fault::Encoding)?;
        let begun = job.stage() == Stage::Running;
        keep(cx, tx, &job).await?;
        if begun {
            return Ok(Some(job));
        }
    }
}

/// Keeps it as it is now, on lease while it is made; where it ended the trail says so.
async fn keep(cx: &Cx, mut tx: Box<dyn Tx>, job: &Job) -> Result<(), Fault> {
    let leased_until = (job.stage() == Stage::Running).then(|| lease(cx.now));
    tx.put_export_job(job, leased_until).await?;
    let ended = match job.state {
        JobState::Cancelled { why, .. } => Some((EventKind::ExportCancelled, why.word())),
        JobState::Failed { why, .. } => Some((EventKind::ExportFailed, why.word())),
        _ => None,
    };
    if let Some((kind, why)) = ended {
        let entry = Entry::by_system(kind).fact("export", job.order.evidence.word());
        record(cx, tx.as_mut(), entry.fact("job", job.id).fact("why", why)).await?;
    }
    Ok(tx.commit().await?)
}
