//! An auditor takes evidence out for a period: a table and JSON with the same rows, and a manifest that is signed as an
//! export of the trail is sealed (NSIS 4.1.7.4–5).
//!
//! The rows are read once to digest them, and again when a file is taken: neither holds more than a page of them.

use crate::auditor::{NotAuditor, auditor, refuse};
use crate::context::{Cx, hex};
use crate::evidence::{Form, Rows, Writer, present};
use crate::fault::Fault;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record};
use crate::see_exports::trail_since;
use crate::who::Here;
use domain::audit::checkpoint::{Note, instant, origin};
use domain::audit::{Actor, EventKind, Hash};
use domain::evidence::{Evidence, Made, Manifest, Order, Part, Period};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// So many places of the trail are read within one request; a longer period is taken in parts.
const MOST: i64 = 400_000;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Which export.
    pub evidence: Evidence,
    /// For which period.
    pub period: Period,
    /// About whom, for the one that is about one person.
    pub about: Option<PersonId>,
}

/// Why none is made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// She is no auditor.
    #[error(transparent)]
    NotAuditor(#[from] NotAuditor),
    /// There is nobody of that id, or nothing about her can be read any more.
    #[error("nobody of that id")]
    Nobody,
    /// The period holds more than is read within one request.
    #[error("the period is too long for one export")]
    TooMuch,
}

impl From<Fault> for NotMade {
    fn from(fault: Fault) -> Self {
        Self::NotAuditor(fault.into())
    }
}
impl From<StoreFault> for NotMade {
    fn from(fault: StoreFault) -> Self {
        Self::NotAuditor(fault.into())
    }
}

/// Makes one, open to this browser and session for a quarter of an hour; gives the flow. That it was made is in the trail,
/// and that a person's was read, which she sees herself.
pub async fn make_export(cx: &Cx, here: &Here, asked: Asked) -> Result<FlowId, NotMade> {
    let order = match order(cx, here, asked).await {
        Err(NotMade::NotAuditor(NotAuditor::NoRole)) => {
            refuse(cx, here, "export").await?;
            return Err(NotAuditor::NoRole.into());
        }
        order => order?,
    };
    let manifest = digested(cx, &order).await?;
    let signed = sign(cx, &manifest)?;
    let by = (here.person.id, here.session.id);
    let about = About::Export(Box::new(Made { order, manifest: signed, by }));
    let mut flow = Flow::start(cx.handle().map_err(Fault::from)?, cx.browser, about, cx.now);
    flow.person = Some((here.person.id, here.session.epoch));
    let mut tx = cx.house.store.begin("make_export").await?;
    auditor(cx, tx.as_mut(), here).await?;
    tx.add_flow(&flow).await?;
    tell(cx, tx.as_mut(), here, &manifest).await?;
    tx.commit().await?;
    Ok(flow.id)
}

async fn tell(cx: &Cx, tx: &mut dyn Tx, here: &Here, manifest: &Manifest) -> Result<(), Fault> {
    let Manifest { period, rows, .. } = manifest;
    let digest: [u8; 32] = Sha256::digest(manifest.text()).into();
    let by = || Actor::Person(here.person.id);
    let entry = Entry::new(EventKind::ExportMade, by())
        .fact("export", manifest.evidence.word())
        .fact("period", format!("{} {}", instant(period.from), instant(period.before)))
        .fact("rows", rows)
        .fact("sha256", hex(&digest));
    record(cx, tx, entry).await?;
    if let Some(person) = manifest.about {
        record(cx, tx, Entry::new(EventKind::TrailRead, by()).about(person).fact("rows", rows)).await?;
    }
    Ok(())
}

/// What is read, fixed before the first row of it is.
async fn order(cx: &Cx, here: &Here, asked: Asked) -> Result<Order, NotMade> {
    let Asked { evidence, period, about } = asked;
    let mut tx = cx.house.store.reading("make_export").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let about = about.filter(|_| evidence == Evidence::Person);
    if evidence == Evidence::Person {
        let person = about.ok_or(NotMade::Nobody)?;
        tx.trail_key_of(person).await?.ok_or(NotMade::Nobody)?;
    }
    let none = about.is_some() || evidence.kinds().is_empty();
    let places = if none { None } else { tx.places_between(period.from, period.before).await? };
    let places = places.unwrap_or((1, 0));
    if places.1.saturating_sub(places.0) >= MOST {
        return Err(NotMade::TooMuch);
    }
    let since = trail_since(tx.as_mut()).await?;
    // What happens while it is made is not in it: who reads it again reads the same.
    let period = Period { before: period.before.min(cx.now), ..period };
    let present = present(cx, tx.as_mut(), evidence).await?;
    Ok(Order { evidence, period, about, places, since, present, at: cx.now })
}

/// Reads every row once and says what the files will be.
async fn digested(cx: &Cx, order: &Order) -> Result<Manifest, Fault> {
    let mut files: Vec<Tally> = Form::ALL.map(|form| Tally::begin(order, form)).into();
    for file in &mut files {
        let head = file.writer.head(order)?;
        file.take(&head);
    }
    let mut rows = Rows::of(Arc::clone(&cx.house), order.clone());
    while let Some(lines) = rows.next_page().await? {
        for file in &mut files {
            let lines = file.writer.lines(&lines)?;
            file.take(&lines);
        }
    }
    let (told, gone) = rows.counts();
    Ok(Manifest {
        origin: origin(&cx.house.policy.public_url),
        evidence: order.evidence,
        period: order.period,
        about: order.about,
        places: order.places,
        rows: told,
        gone,
        since: order.since,
        parts: files.into_iter().map(Tally::end).collect(),
        at: order.at,
    })
}

fn sign(cx: &Cx, manifest: &Manifest) -> Result<String, Fault> {
    let text = manifest.text();
    let (key, signature) = cx.house.vault.sign(KeyUse::Checkpoints, text.as_bytes())?;
    Ok(Note::signed(text, &manifest.origin, &key, signature).written())
}

/// A file that is digested and not kept.
struct Tally {
    name: String,
    writer: Writer,
    bytes: u64,
    digest: Sha256,
}

impl Tally {
    fn begin(order: &Order, form: Form) -> Self {
        let name = format!("{}.{}", order.evidence.file(), form.word());
        Self { name, writer: Writer::of(order, form), bytes: 0, digest: Sha256::new() }
    }

    fn take(&mut self, piece: &[u8]) {
        self.bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.digest.update(piece);
    }

    fn end(mut self) -> Part {
        let tail = self.writer.tail();
        self.take(&tail);
        Part { name: self.name, bytes: self.bytes, digest: Hash(self.digest.finalize().into()) }
    }
}
