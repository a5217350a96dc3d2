//! Employees come from HR. The feed is an attack surface: what it may not do is refused here (security decision 21).

mod newcomer;
mod plan;
mod take;

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::vault::Sealed;
use crate::record::{Entry, record};
use crate::turn::Turn;
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::hr::{HrLine, LineError, Sweep, SweepRefused};
use domain::ids::{ImportId, PersonId};
use domain::notice::Template;
use plan::{Plan, Planned};
use std::sync::{Mutex, PoisonError};
use take::Taken;

/// Most lines taken in one transaction.
const BATCH: usize = 100;
/// No further line is begun in a transaction that lasted this long: none may last over 50 ms.
const LONG: SignedDuration = SignedDuration::from_millis(25);

/// A feed as read: good lines and errors, in the order of the file.
#[derive(Debug)]
pub struct Feed {
    /// Each line after the header.
    pub lines: Vec<Result<HrLine, LineError>>,
    /// SHA-256 of the file as delivered.
    pub hash: [u8; 32],
}

/// Who imports what.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Who, and why.
    pub by: Operator,
    /// Where the file came from.
    pub source: String,
    /// Takes a file that ends or changes more than the guard allows. Not on a usual day.
    pub confirmed: bool,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReport {
    /// Which run.
    pub import: ImportId,
    /// New relations, of new and known people.
    pub added: usize,
    /// Lines that changed something else than the last day reached.
    pub changed: usize,
    /// Lines that said nothing new.
    pub unchanged: usize,
    /// Relations closed because their last day has passed.
    pub ended: usize,
    /// CPR numbers corrected before their owner proved anything; also counted as changed.
    pub cpr_changes: usize,
    /// Lines not taken, in the order of the file.
    pub errors: Vec<LineError>,
}

/// Why nothing, or not everything, was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file does too much at once. Nothing was changed; confirm it with a reason if it is right.
    #[error(transparent)]
    Refused(#[from] SweepRefused),
    /// The house failed. Whole batches before that were kept; import the file again.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<crate::ports::store::StoreFault> for ImportError {
    fn from(fault: crate::ports::store::StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// One run, as every line of it sees it.
pub(crate) struct Run<'a> {
    cx: &'a Cx,
    import: ImportId,
    actor: Actor,
    ahead: Mutex<Ahead>,
}

/// Ids and keys for who may be added next. Keys are kept many at a time, before the transaction that adds their owners: each
/// by itself would wait for the disk.
#[derive(Default)]
struct Ahead {
    ready: Vec<(PersonId, Sealed)>,
    /// How many the batch under way took.
    taken: usize,
}

impl Run<'_> {
    /// Keeps keys for as many newcomers as the last batch had. Those that nobody takes open nothing.
    async fn make_ready(&self, lines: usize) -> Result<(), Fault> {
        let cx = self.cx;
        let missing = {
            let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut ahead.taken).min(lines).saturating_sub(ahead.ready.len())
        };
        if missing == 0 {
            return Ok(());
        }
        let mut made = Vec::with_capacity(missing);
        for _ in 0..missing {
            made.push(self.one_more()?);
        }
        cx.house.store.look("keys_ahead").await?.keep_trail_keys(&made).await?;
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner).ready.extend(made);
        Ok(())
    }

    /// The id and the key of whoever is added now.
    fn newcomer(&self) -> Result<(PersonId, Sealed), Fault> {
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        ahead.taken += 1;
        ahead.ready.pop().map_or_else(|| self.one_more(), Ok)
    }

    fn one_more(&self) -> Result<(PersonId, Sealed), Fault> {
        let id = self.cx.id()?;
        Ok((id, self.cx.house.vault.person_key(id)?))
    }

    fn entry(&self, kind: EventKind) -> Entry {
        Entry::new(kind, self.actor.clone()).fact("import", self.import)
    }
}

/// Imports a feed: the guard first, over the whole file; then line by line, each whole or not at all, in short
/// transactions. The same file again changes nothing.
pub async fn import_employees(
    cx: &Cx,
    feed: Feed,
    options: ImportOptions,
) -> Result<ImportReport, ImportError> {
    let (feed, options) = (&feed, &options);
    let run = Run {
        cx,
        import: cx.id().map_err(Fault::from)?,
        actor: Actor::Operator(options.by.name.clone()),
        ahead: Mutex::default(),
    };
    let plan = Plan::of(cx, feed)?;
    let sweep = plan.sweep(cx).await?;
    if let (Err(refused), false) = (sweep.allowed(), options.confirmed) {
        write_refusal(&run, feed, options, sweep).await?;
        return Err(refused.into());
    }
    write_run(&run, feed, options, sweep).await?;
    let mut report = ImportReport::begin(run.import, plan.refused);
    let mut turn = Turn::begin(cx);
    let (mut lines, mut told) = (plan.lines.as_slice(), false);
    while !lines.is_empty() {
        lines = take_batch(&run, lines, (&mut report, &mut told)).await?;
        turn.pass_on(cx).await;
    }
    report.errors.sort_by_key(|error| error.line);
    Ok(report)
}

/// Takes as many lines as one short transaction holds; gives the rest. Administrators are told with the first line that
/// says something new.
async fn take_batch<'a, 'b>(
    run: &Run<'_>,
    mut lines: &'a [Planned<'b>],
    (report, told): (&mut ImportReport, &mut bool),
) -> Result<&'a [Planned<'b>], Fault> {
    let clock = &run.cx.house.clock;
    run.make_ready(lines.len().min(BATCH)).await?;
    let mut tx = run.cx.house.store.begin("import_employees").await?;
    let (begun, mut taken) = (clock.now(), Vec::new());
    while let Some((line, rest)) = lines.split_first() {
        taken.push(take::take(run, tx.as_mut(), line).await?);
        lines = rest;
        if taken.len() >= BATCH || clock.now().duration_since(begun) >= LONG {
            break;
        }
    }
    if !*told && taken.iter().any(|line| !matches!(line, Taken::Unchanged)) {
        tell_administrators(run.cx, tx.as_mut(), Template::FeedImported).await?;
        *told = true;
    }
    tx.commit().await?;
    for taken in taken {
        report.count(taken);
    }
    Ok(lines)
}

async fn write_run(run: &Run<'_>, feed: &Feed, options: &ImportOptions, sweep: Sweep) -> Result<(), Fault> {
    let cx = run.cx;
    let mut tx = cx.house.store.begin("import_run").await?;
    tx.add_import(run.import, cx.now, &options.by.name, &options.source, feed.hash).await?;
    let unreadable = feed.lines.iter().filter(|line| line.is_err()).count();
    let entry = about_file(run, EventKind::FeedImported, feed, options, sweep).fact("unreadable", unreadable);
    let entry = if options.confirmed { entry.fact("confirmed", true) } else { entry };
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}

async fn write_refusal(
    run: &Run<'_>,
    feed: &Feed,
    options: &ImportOptions,
    sweep: Sweep,
) -> Result<(), Fault> {
    let mut tx = run.cx.house.store.begin("import_refused").await?;
    let entry = about_file(run, EventKind::FeedRefused, feed, options, sweep).fact("open", sweep.open);
    record(run.cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}

fn about_file(run: &Run<'_>, kind: EventKind, feed: &Feed, options: &ImportOptions, sweep: Sweep) -> Entry {
    options
        .by
        .entry(kind)
        .fact("import", run.import)
        .fact("sha256", crate::context::hex(&feed.hash))
        .fact("source", &options.source)
        .fact("lines", feed.lines.len())
        .fact("ending", sweep.ended)
        .fact("cpr-changes", sweep.cpr_changes)
}

impl ImportReport {
    fn begin(import: ImportId, errors: Vec<LineError>) -> Self {
        Self { import, added: 0, changed: 0, unchanged: 0, ended: 0, cpr_changes: 0, errors }
    }

    fn count(&mut self, taken: Taken) {
        match taken {
            Taken::Added => self.added += 1,
            Taken::Changed => self.changed += 1,
            Taken::CprCorrected => {
                self.changed += 1;
                self.cpr_changes += 1;
            }
            Taken::Unchanged => self.unchanged += 1,
            Taken::Ended => self.ended += 1,
            Taken::Refused(error) => self.errors.push(error),
        }
    }
}

impl core::fmt::Display for ImportReport {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { import, added, changed, unchanged, ended, cpr_changes, errors } = self;
        write!(f, "added {added}, changed {changed} (CPR numbers {cpr_changes}), ended {ended}, ")?;
        write!(f, "unchanged {unchanged}, refused {}; run {import}", errors.len())
    }
}
