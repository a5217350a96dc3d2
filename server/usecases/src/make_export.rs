//! An auditor takes evidence out for a period: a table and JSON with the same rows, and a manifest that is signed as an
//! export of the trail is sealed (NSIS 4.1.7.4–5).
//!
//! A short one is made while she waits: the rows are read once to digest them, and again when a file is taken; neither
//! holds more than a page of them. A long one is ordered, and made aside ([`crate::run_exports`]).

use crate::auditor::{NotAuditor, auditor, refuse};
use crate::context::Cx;
use crate::evidence::{Form, Rows, Tally, manifest, period, present, sign, tell};
use crate::fault::Fault;
use crate::places::places_within;
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use crate::restriction::{closed_to, may_read};
use crate::see_exports::trail_since;
use crate::who::Here;
use domain::audit::{Actor, EventKind};
use domain::evidence::{Evidence, Job, MOST_OPEN, Made, Manifest, Order, Period};
use domain::flow::{About, Flow};
use domain::ids::{ExportJobId, FlowId, PersonId};
use std::collections::BTreeSet;
use std::sync::Arc;

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

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// It is made, and open in this flow.
    Made(FlowId),
    /// It is long, and was ordered.
    Ordered(ExportJobId),
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
    /// What is kept of her is restricted, and she named no case it is needed for.
    #[error("what is kept of her is restricted")]
    Restricted,
    /// It is long, and she has as many ordered as may be open.
    #[error("as many exports as may be are ordered")]
    TooMany,
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

/// Makes a short one, open to this browser and session for a quarter of an hour, and orders a long one. That it was made or
/// ordered is in the trail, and that a person's was read, which she sees herself.
pub async fn make_export(cx: &Cx, here: &Here, asked: Asked) -> Result<Prepared, NotMade> {
    let (order, of) = match order(cx, here, asked).await {
        Err(NotMade::NotAuditor(NotAuditor::NoRole)) => {
            refuse(cx, here, "export").await?;
            return Err(NotAuditor::NoRole.into());
        }
        order => order?,
    };
    if of > cx.house.policy.exports_at_once {
        return aside(cx, here, Job::ordered(cx.handle().map_err(Fault::from)?, here.person.id, order, of))
            .await;
    }
    let (manifest, read) = digested(cx, &order).await?;
    let signed = sign(cx, &manifest)?;
    let by = (here.person.id, here.session.id);
    let about = About::Export(Box::new(Made { order, manifest: signed, by }));
    let mut flow = Flow::start(cx.handle().map_err(Fault::from)?, cx.browser, about, cx.now);
    flow.person = Some((here.person.id, here.session.epoch));
    let mut tx = cx.house.store.begin("make_export").await?;
    auditor(cx, tx.as_mut(), here).await?;
    tx.add_flow(&flow).await?;
    tell(cx, tx.as_mut(), here.person.id, (&manifest, None, &read)).await?;
    tx.commit().await?;
    Ok(Prepared::Made(flow.id))
}

/// Orders one that is long.
async fn aside(cx: &Cx, here: &Here, job: Job) -> Result<Prepared, NotMade> {
    let mut tx = cx.house.store.begin("order_export").await?;
    // Of two orders at once the second counts the first.
    tx.person_for_update(here.person.id).await?;
    auditor(cx, tx.as_mut(), here).await?;
    let orders = tx.export_jobs_of(here.person.id).await?;
    if orders.iter().filter(|it| it.is_open(cx.now)).count() >= MOST_OPEN {
        return Err(NotMade::TooMany);
    }
    tx.add_export_job(&job).await?;
    let entry = Entry::new(EventKind::ExportOrdered, Actor::Person(here.person.id))
        .fact("export", job.order.evidence.word())
        .fact("period", period(job.order.period))
        .fact("job", job.id)
        .fact("of", job.of);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(Prepared::Ordered(job.id))
}

/// What is read, fixed before the first row of it is, and how much that is.
async fn order(cx: &Cx, here: &Here, asked: Asked) -> Result<(Order, u64), NotMade> {
    let Asked { evidence, period, about } = asked;
    let mut tx = cx.house.store.reading("make_export").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let about = about.filter(|_| evidence == Evidence::Person);
    if evidence == Evidence::Person {
        let person = about.ok_or(NotMade::Nobody)?;
        tx.trail_key_of(person).await?.ok_or(NotMade::Nobody)?;
        if !may_read(cx, tx.as_mut(), here, person).await? {
            return Err(NotMade::Restricted);
        }
    }
    drop(tx);
    // What happens while it is made is not in it: who reads it again reads the same.
    let period = Period { before: period.before.min(cx.now), ..period };
    let read = if evidence.kinds().is_empty() {
        Read { period, places: (1, 0), waiting: 0, of: 0 }
    } else {
        read(cx, period, about).await?
    };
    let mut tx = cx.house.store.reading("make_export").await?;
    let tx = tx.as_mut();
    let since = trail_since(tx).await?;
    let Read { period, places, waiting, of } = read;
    let present = present(cx, tx, (evidence, period)).await?;
    let restricted = closed_to(cx, tx, here.person.id, evidence).await?;
    Ok((Order { evidence, period, about, places, waiting, since, present, restricted, at: cx.now }, of))
}

/// What of the trail is read.
struct Read {
    period: Period,
    places: (i64, i64),
    waiting: u64,
    of: u64,
}

/// Up to the last row that has its place. What waits for one is in the next export, and the manifest counts it.
async fn read(cx: &Cx, period: Period, about: Option<PersonId>) -> Result<Read, StoreFault> {
    let mut tx = cx.house.store.reading("make_export").await?;
    let waiting = tx.waiting_between(period.from, period.before).await?;
    let Some((last, at)) = tx.chain_reach().await? else {
        return Ok(Read { period, places: (1, 0), waiting, of: 0 });
    };
    let period = period.chained_until(at);
    if let Some(person) = about {
        let of = tx.chained_about_count(person, (0, last)).await?;
        return Ok(Read { period, places: (1, last), waiting, of });
    }
    let since = trail_since(tx.as_mut()).await?.unwrap_or(period.from);
    // No view is held while the days are asked one after another; what got its place meanwhile is in the next one.
    drop(tx);
    let lived = Period { from: since, before: cx.now };
    let found = places_within(cx.house.store.as_ref(), "make_export", period, lived).await?;
    let places = found.map(|(first, until)| (first, until.min(last))).filter(|(first, last)| first <= last);
    let places = places.unwrap_or((1, 0));
    let of = u64::try_from(places.1.saturating_sub(places.0).saturating_add(1)).unwrap_or(0);
    Ok(Read { period, places, waiting, of })
}

/// Reads every row once and says what the files will be, and of whom something sealed is opened in them.
async fn digested(cx: &Cx, order: &Order) -> Result<(Manifest, BTreeSet<PersonId>), Fault> {
    let mut files: Vec<Tally> = Form::ALL.map(|form| Tally::begin(order, form)).into();
    for file in &mut files {
        file.head(order)?;
    }
    let mut rows = Rows::of(Arc::clone(&cx.house), order.clone());
    while let Some(lines) = rows.next_page().await? {
        for file in &mut files {
            file.lines(&lines)?;
        }
    }
    for file in &mut files {
        file.tail();
    }
    Ok((manifest(cx, order, rows.counts(), files), rows.read()))
}
