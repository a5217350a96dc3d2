//! Making one long export: its files are written side by side, and each is kept in sealed pieces as it grows.

use super::{PIECES, fresh, keep};
use crate::auditor::still_auditor;
use crate::context::Cx;
use crate::evidence::{Form, Rows, Tally, manifest, piece_place, sign, tell};
use crate::fault::Fault;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::turn::Turn;
use domain::evidence::{CancelledFor, FailedFor, Job, LARGEST, Order};
use domain::ids::ExportJobId;
use std::sync::Arc;

/// Bytes of a piece before it is sealed.
const PIECE: usize = 256 * 1024;
/// Pages that are read before it is said again how far it is, where none of them filled a piece.
const BEAT: u32 = 10;

/// Why it is not made to its end now.
#[derive(Debug)]
enum Stopped {
    /// It was cancelled, given up, or somebody else makes it.
    NotOurs,
    /// The house failed: whoever comes after the lease begins anew.
    Fault(Fault),
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
impl From<StoreFault> for Stopped {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Makes it; false when it was cancelled or taken over meanwhile, or given up.
pub(super) async fn make(cx: &Cx, job: Job) -> Result<bool, Fault> {
    let Some(tries) = job.tries() else { return Ok(false) };
    let files = Form::ALL.map(|form| File::begin(&job.order, form)).into();
    let making = Making { cx, id: job.id, tries, files, pages: 0, turn: Turn::begin(cx) };
    match making.all(job.order).await {
        Ok(()) => Ok(true),
        Err(Stopped::NotOurs) => Ok(false),
        Err(Stopped::Fault(fault)) => Err(fault),
    }
}

/// A file while it is written.
struct File {
    form: Form,
    tally: Tally,
    /// What is written and not kept yet.
    tail: Vec<u8>,
    /// How many pieces are kept.
    pieces: u32,
}

impl File {
    fn begin(order: &Order, form: Form) -> Self {
        Self { form, tally: Tally::begin(order, form), tail: Vec::new(), pieces: 0 }
    }

    /// Takes away what fills a piece, or everything; gives the pieces with their places, sealed.
    fn sealed(&mut self, cx: &Cx, id: ExportJobId, all: bool) -> Result<Vec<(Form, u32, Sealed)>, Fault> {
        let mut pieces = Vec::new();
        while self.tail.len() >= PIECE || (all && !self.tail.is_empty()) {
            let rest = self.tail.split_off(self.tail.len().min(PIECE));
            let clear = std::mem::replace(&mut self.tail, rest);
            let place = piece_place(id, (self.form.word(), self.pieces));
            pieces.push((self.form, self.pieces, cx.house.vault.seal(KeyUse::Memory, &place, &clear)?));
            self.pieces += 1;
        }
        Ok(pieces)
    }
}

struct Making<'a> {
    cx: &'a Cx,
    id: ExportJobId,
    tries: u32,
    files: Vec<File>,
    pages: u32,
    turn: Turn,
}

impl Making<'_> {
    async fn all(mut self, order: Order) -> Result<(), Stopped> {
        self.drop_what_was_before().await?;
        for file in &mut self.files {
            let head = file.tally.head(&order)?;
            file.tail.extend(head);
        }
        let mut rows = Rows::of(Arc::clone(&self.cx.house), order.clone());
        while let Some(lines) = rows.step().await? {
            for file in &mut self.files {
                let lines = file.tally.lines(&lines)?;
                file.tail.extend(lines);
            }
            self.pages += 1;
            self.went(rows.done(), false).await?;
            self.turn.pass_on(self.cx).await;
        }
        for file in &mut self.files {
            let tail = file.tally.tail();
            file.tail.extend(tail);
        }
        self.went(rows.done(), true).await?;
        self.finish(&order, rows).await
    }

    /// Pieces of a try that broke off.
    async fn drop_what_was_before(&mut self) -> Result<(), Stopped> {
        if self.tries == 1 {
            return Ok(());
        }
        loop {
            let cx = &fresh(self.cx);
            let (mut tx, job) = self.ours(cx, "drop_pieces").await?;
            let gone = tx.drop_export_pieces(self.id, PIECES).await?;
            keep(cx, tx, &job).await?;
            if gone < u64::from(PIECES) {
                return Ok(());
            }
            self.turn.pass_on(self.cx).await;
        }
    }

    /// Keeps the pieces that are full, or all, and says how much was read.
    async fn went(&mut self, done: u64, all: bool) -> Result<(), Stopped> {
        let mut pieces = Vec::new();
        for file in &mut self.files {
            pieces.extend(file.sealed(self.cx, self.id, all)?);
        }
        if pieces.is_empty() && !self.pages.is_multiple_of(BEAT) {
            return Ok(());
        }
        let cx = &fresh(self.cx);
        let (mut tx, job) = self.ours(cx, "keep_pieces").await?;
        if self.files.iter().map(|file| file.tally.bytes()).sum::<u64>() > LARGEST {
            let job = job.failed(self.tries, FailedFor::TooLarge, cx.now);
            keep(cx, tx, &job.map_err(|_| Stopped::NotOurs)?).await?;
            return Err(Stopped::NotOurs);
        }
        for (form, number, sealed) in pieces {
            tx.add_export_piece(self.id, (form.word(), number), &sealed).await?;
        }
        let job = job.went(self.tries, done).map_err(|_| Stopped::NotOurs)?;
        Ok(keep(cx, tx, &job).await?)
    }

    /// Everything is kept: it can be taken.
    async fn finish(self, order: &Order, rows: Rows) -> Result<(), Stopped> {
        let cx = &fresh(self.cx);
        let (mut tx, job) = self.ours(cx, "finish_export").await?;
        let files = self.files.into_iter().map(|file| file.tally).collect();
        let manifest = manifest(cx, order, rows.counts(), files);
        let job = job.made(self.tries, sign(cx, &manifest)?).map_err(|_| Stopped::NotOurs)?;
        tell(cx, tx.as_mut(), job.by, (&manifest, Some(job.id), &rows.read())).await?;
        Ok(keep(cx, tx, &job).await?)
    }

    /// The order, locked, while it is ours to make; cancelled where she who ordered it lost the role.
    async fn ours(&self, cx: &Cx, name: &'static str) -> Result<(Box<dyn Tx>, Job), Stopped> {
        let mut tx = cx.house.store.begin(name).await?;
        let job = tx.export_job_for_update(self.id).await?.ok_or(Stopped::NotOurs)?;
        if job.tries() != Some(self.tries) {
            return Err(Stopped::NotOurs);
        }
        if still_auditor(cx, tx.as_mut(), job.by).await? {
            return Ok((tx, job));
        }
        let job = job.cancelled(CancelledFor::RoleLost, cx.now).map_err(|_| Stopped::NotOurs)?;
        keep(cx, tx, &job).await?;
        Err(Stopped::NotOurs)
    }
}
