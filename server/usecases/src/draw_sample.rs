//! An auditor draws a random sample of people. The seed is told, so that anybody with the ids draws the same.

use crate::auditor::{NotAuditor, NotSeen, auditor, refuse};
use crate::context::{Cx, hex};
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use crate::restriction::may_read;
use crate::who::Here;
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::evidence::{Draw, LARGEST_SAMPLE, Sample};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};

/// People asked for at once.
const PAGE: u32 = 1000;
/// What stands where what is kept of her is restricted: her id is enough to name a case for it.
const NOT_SAID: &str = "–";
/// The longest seed, in characters.
const LONGEST_SEED: usize = 40;

/// Why none is drawn.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    /// She is no auditor.
    #[error(transparent)]
    NotAuditor(#[from] NotAuditor),
    /// A seed is letters a to z, digits and hyphens, at most forty.
    #[error("the seed is letters, digits and hyphens")]
    Seed,
    /// From one to a hundred people.
    #[error("from one to a hundred people")]
    Size,
}

impl From<Fault> for NotDrawn {
    fn from(fault: Fault) -> Self {
        Self::NotAuditor(fault.into())
    }
}
impl From<StoreFault> for NotDrawn {
    fn from(fault: StoreFault) -> Self {
        Self::NotAuditor(fault.into())
    }
}

/// Somebody in a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Who.
    pub id: PersonId,
    /// Her name.
    pub name: String,
    /// Her user name.
    pub user_name: String,
}

/// A sample that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What was drawn.
    pub sample: Sample,
    /// Who is in it and still there.
    pub people: Vec<Drawn>,
    /// Until when it is open.
    pub until: Timestamp,
}

/// Draws so many people of everybody there is, by this seed, or by one that is drawn too where it is empty. Gives the flow
/// that shows it to this browser and session for a quarter of an hour.
pub async fn draw_sample(cx: &Cx, here: &Here, seed: &str, many: u16) -> Result<FlowId, NotDrawn> {
    let mut tx = cx.house.store.look("draw_sample").await?;
    let allowed = auditor(cx, tx.as_mut(), here).await;
    drop(tx);
    if matches!(allowed, Err(NotAuditor::NoRole)) {
        refuse(cx, here, "sample").await?;
    }
    allowed?;
    if !(1..=LARGEST_SAMPLE).contains(&many) {
        return Err(NotDrawn::Size);
    }
    let seed = if seed.trim().is_empty() { new_seed(cx)? } else { seed.trim().to_owned() };
    if seed.len() > LONGEST_SEED || !seed.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(NotDrawn::Seed);
    }
    let sample = everybody(cx, Draw::begin(&seed, many)).await?.drawn((here.person.id, here.session.id));
    let entry = Entry::new(EventKind::SampleDrawn, Actor::Person(here.person.id))
        .fact("seed", &sample.seed)
        .fact("people", sample.people.len())
        .fact("of", sample.of);
    let (id, drawn) = (cx.handle().map_err(Fault::from)?, sample.people.clone());
    let mut flow = Flow::start(id, cx.browser, About::Sample(sample), cx.now);
    flow.person = Some((here.person.id, here.session.epoch));
    let mut tx = cx.house.store.begin("draw_sample").await?;
    auditor(cx, tx.as_mut(), here).await?;
    tx.add_flow(&flow).await?;
    record(cx, tx.as_mut(), entry).await?;
    // Each is told by an event of her own, also who is an id alone: a case that is named later shows her name.
    for person in drawn.into_iter().filter(|person| *person != here.person.id) {
        if tx.trail_key_of(person).await?.is_some() {
            let named = Entry::new(EventKind::NameRead, Actor::Person(here.person.id)).fact("seed", &seed);
            record(cx, tx.as_mut(), named.about(person)).await?;
        }
    }
    tx.commit().await?;
    Ok(flow.id)
}

fn new_seed(cx: &Cx) -> Result<String, Fault> {
    let mut random = [0u8; 8];
    cx.house.entropy.fill(&mut random)?;
    Ok(hex(&random))
}

async fn everybody(cx: &Cx, mut draw: Draw) -> Result<Draw, Fault> {
    let mut after = None;
    loop {
        let page = cx.house.store.look("draw_sample").await?.people_after(after, PAGE).await?;
        let Some(last) = page.last().copied() else { return Ok(draw) };
        for person in page {
            draw.offer(person);
        }
        after = Some(last);
    }
}

/// The sample of this session in a flow of this browser, with the names of those in it.
pub async fn see_sample(cx: &Cx, here: &Here, id: FlowId) -> Result<Opened, NotSeen> {
    let mut tx = cx.house.store.reading("see_sample").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let sample = match flow.about {
        About::Sample(sample) if sample.by == (here.person.id, here.session.id) => sample,
        _ => return Err(NoFlow::Gone.into()),
    };
    let mut people = Vec::with_capacity(sample.people.len());
    for id in &sample.people {
        if let Some(person) = tx.person(*id).await? {
            let (name, user_name) = if may_read(cx, tx.as_mut(), here, *id).await? {
                (person.full_name(), person.user_name.to_string())
            } else {
                (NOT_SAID.to_owned(), NOT_SAID.to_owned())
            };
            people.push(Drawn { id: *id, name, user_name });
        }
    }
    Ok(Opened { sample, people, until: flow.expires_at })
}
