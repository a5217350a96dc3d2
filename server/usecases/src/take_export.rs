//! An auditor takes a file of a long export she ordered. It lies sealed in pieces, and is opened as it is sent.

use crate::auditor::{NotSeen, auditor};
use crate::context::Cx;
use crate::evidence::{Form, piece_place};
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record};
use crate::restriction::{closed_to, may_read};
use crate::see_order::locked;
use crate::who::Here;
use domain::audit::{Actor, EventKind};
use domain::evidence::{Evidence, Job};
use domain::ids::ExportJobId;

/// A file while it is taken. Holds one piece of it, however long it is.
#[derive(Debug)]
pub struct Taking {
    cx: Cx,
    here: Here,
    id: ExportJobId,
    form: Form,
    next: u32,
    left: u64,
}

/// Begins to take a file, which the trail tells; gives what it is called without its end, too.
pub async fn take_export(
    cx: &Cx,
    here: &Here,
    id: ExportJobId,
    form: Form,
) -> Result<(Evidence, Taking), NotSeen> {
    let mut tx = cx.house.store.begin("take_export").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let job = locked(tx.as_mut(), here, id).await?.ok_or(NoFlow::Gone)?;
    if !may_take(cx, tx.as_mut(), here, &job).await? {
        return Err(NoFlow::Gone.into());
    }
    let job = job.taken(cx.now).map_err(|_| NoFlow::Gone)?;
    let (evidence, left) = (job.order.evidence, size(&job, form).ok_or(Fault::Encoding)?);
    tx.put_export_job(&job, None).await?;
    let entry = Entry::new(EventKind::ExportTaken, Actor::Person(here.person.id))
        .fact("export", evidence.word())
        .fact("job", id)
        .fact("form", form.word());
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok((evidence, Taking { cx: cx.clone(), here: here.clone(), id, form, next: 0, left }))
}

/// Whether what it holds may still be read: erased since it was made, nothing of one person is; where somebody was restricted
/// since who is open in it, or the case was named too long ago, she who ordered it orders it anew, and names the case there.
async fn may_take(cx: &Cx, tx: &mut dyn Tx, here: &Here, job: &Job) -> Result<bool, StoreFault> {
    if let Some(person) = job.order.about {
        return Ok(tx.person(person).await?.is_some() && may_read(cx, tx, here, person).await?);
    }
    let closed = closed_to(cx, tx, here.person.id, job.order.evidence).await?;
    Ok(closed.iter().all(|it| job.order.restricted.binary_search(it).is_ok()))
}

/// How many bytes its manifest says that a file has.
fn size(job: &Job, form: Form) -> Option<u64> {
    let name = format!("{}.{}", job.order.evidence.file(), form.word());
    let parts = job.manifest()?.parts;
    parts.into_iter().find(|part| part.name == name).map(|part| part.bytes)
}

impl Taking {
    /// The next piece of the file; none at its end. Asked anew each time whether it is hers to take.
    pub async fn next_part(&mut self) -> Result<Option<Vec<u8>>, NotSeen> {
        if self.left == 0 {
            return Ok(None);
        }
        let cx = Cx { now: self.cx.house.clock.now(), ..self.cx.clone() };
        let mut tx = cx.house.store.reading("take_export").await?;
        auditor(&cx, tx.as_mut(), &self.here).await?;
        tx.export_job(self.id).await?.filter(|job| job.is_ready(cx.now)).ok_or(NoFlow::Gone)?;
        let place = (self.form.word(), self.next);
        let sealed = tx.export_piece(self.id, place).await?.ok_or(NoFlow::Gone)?;
        drop(tx);
        let place = piece_place(self.id, place);
        let clear = cx.house.vault.open(KeyUse::Memory, &place, &sealed).map_err(Fault::from)?;
        self.next += 1;
        self.left = self.left.saturating_sub(u64::try_from(clear.len()).unwrap_or(u64::MAX));
        Ok(Some(clear.to_vec()))
    }
}
