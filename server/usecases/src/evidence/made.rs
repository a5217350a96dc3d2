//! What proves the files of an export, and what the trail says of it.

use super::whole::Counts;
use super::{Form, Line, Writer};
use crate::auditor::read_about;
use crate::context::{Cx, hex};
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record};
use domain::audit::checkpoint::{Note, instant, origin};
use domain::audit::{Actor, EventKind, Hash};
use domain::evidence::{Manifest, Order, Part};
use domain::ids::{ExportJobId, PersonId};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A file while it is written: digested, and kept by whoever writes it, or not.
pub(crate) struct Tally {
    name: String,
    writer: Writer,
    bytes: u64,
    digest: Sha256,
}

impl Tally {
    pub(crate) fn begin(order: &Order, form: Form) -> Self {
        let name = format!("{}.{}", order.evidence.file(), form.word());
        Self { name, writer: Writer::of(order, form), bytes: 0, digest: Sha256::new() }
    }

    /// What stands before the first row.
    pub(crate) fn head(&mut self, order: &Order) -> Result<Vec<u8>, Fault> {
        let piece = self.writer.head(order)?;
        Ok(self.took(piece))
    }

    /// Some rows.
    pub(crate) fn lines(&mut self, lines: &[Line]) -> Result<Vec<u8>, Fault> {
        let piece = self.writer.lines(lines)?;
        Ok(self.took(piece))
    }

    /// What stands behind the last.
    pub(crate) fn tail(&mut self) -> Vec<u8> {
        let piece = self.writer.tail();
        self.took(piece)
    }

    /// How many bytes it has so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What it is, as a manifest names it.
    pub(crate) fn end(self) -> Part {
        Part { name: self.name, bytes: self.bytes, digest: Hash(self.digest.finalize().into()) }
    }

    fn took(&mut self, piece: Vec<u8>) -> Vec<u8> {
        self.bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.digest.update(&piece);
        piece
    }
}

/// The manifest of files that are whole: how many rows are in them, and how many places had none any more, or none that holds.
pub(crate) fn manifest(cx: &Cx, order: &Order, counts: Counts, files: Vec<Tally>) -> Manifest {
    Manifest {
        origin: origin(&cx.house.policy.public_url),
        evidence: order.evidence,
        period: order.period,
        about: order.about,
        places: order.places,
        rows: counts.told,
        gone: counts.gone,
        broken: counts.broken,
        waiting: order.waiting,
        since: order.since,
        parts: files.into_iter().map(Tally::end).collect(),
        at: order.at,
    }
}

/// Signed by the key of the checkpoints.
pub(crate) fn sign(cx: &Cx, manifest: &Manifest) -> Result<String, Fault> {
    let text = manifest.text();
    let (key, signature) = cx.house.vault.sign(KeyUse::Checkpoints, text.as_bytes())?;
    Ok(Note::signed(text, &manifest.origin, &key, signature).written())
}

/// People of whom an export about everybody opened something, and who each have an event of their own; of more there is one
/// that all see.
const ONE_BY_ONE: usize = 200;

/// Writes down that it was made, and that a person's was read, which she sees herself and hears of; of one about everybody,
/// that something sealed of these was opened, which they see.
pub(crate) async fn tell(
    cx: &Cx,
    tx: &mut dyn Tx,
    by: PersonId,
    (manifest, job, read): (&Manifest, Option<ExportJobId>, &BTreeSet<PersonId>),
) -> Result<(), Fault> {
    let rows = manifest.rows;
    let digest: [u8; 32] = Sha256::digest(manifest.text()).into();
    let entry = Entry::new(EventKind::ExportMade, Actor::Person(by))
        .fact("export", manifest.evidence.word())
        .fact("period", period(manifest.period))
        .fact("rows", rows)
        .fact("sha256", hex(&digest));
    record(cx, tx, of_job(entry, job)).await?;
    if let Some(person) = manifest.about {
        let read = Entry::new(EventKind::TrailRead, Actor::Person(by)).fact("rows", rows);
        return read_about(cx, tx, by, (person, read)).await;
    }
    let what = |kind| {
        let entry = Entry::new(kind, Actor::Person(by)).fact("export", manifest.evidence.word());
        of_job(entry.fact("period", period(manifest.period)), job)
    };
    let others: Vec<_> = read.iter().copied().filter(|person| *person != by).collect();
    if others.len() > ONE_BY_ONE {
        return record(cx, tx, what(EventKind::ManyRead).fact("people", others.len())).await;
    }
    for person in others {
        // Of who was erased meanwhile nobody is left to see it.
        if tx.trail_key_of(person).await?.is_some() {
            record(cx, tx, what(EventKind::PartRead).about(person)).await?;
        }
    }
    Ok(())
}

fn of_job(entry: Entry, job: Option<ExportJobId>) -> Entry {
    job.into_iter().fold(entry, |entry, job| entry.fact("job", job))
}

/// A period as a fact.
pub(crate) fn period(period: domain::evidence::Period) -> String {
    format!("{} {}", instant(period.from), instant(period.before))
}
