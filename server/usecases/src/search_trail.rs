//! An auditor looks for rows of the trail: by kind, time, outcome, reference or place, and never by what is personal in them
//! (page 54). Nothing sealed is opened: that is [`crate::show_row`]'s.

use crate::auditor::{NotAuditor, NotSeen, auditor, keep_looked, looked, only_auditor};
use crate::context::Cx;
use crate::evidence::Line;
use crate::flows::NoFlow;
use crate::ports::store::{Sought, StoreFault, Tx};
use crate::record::{Entry, record};
use crate::who::Here;
use domain::Timestamp;
use domain::audit::checkpoint::instant;
use domain::audit::{Actor, Emptied, EventKind, Row};
use domain::evidence::{Opened, Quoted, Search};
use domain::ids::{EventId, FlowId};

/// Rows on a page.
pub const PAGE: u32 = 50;

/// A page of what a search finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was looked for.
    pub search: Search,
    /// The newest first.
    pub rows: Vec<FoundRow>,
    /// A place that was asked for and whose row was kept long enough: what is left of it.
    pub emptied: Option<(i64, Emptied)>,
    /// The row behind which there is more.
    pub next: Option<EventId>,
    /// Until when it is open.
    pub until: Timestamp,
}

/// One of them, with nothing of what is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRow {
    /// Which.
    pub id: EventId,
    /// What it says.
    pub line: Line,
}

impl FoundRow {
    fn of((place, row): &(Option<i64>, Row)) -> Self {
        Self { id: row.id, line: Line::of(*place, row) }
    }
}

/// Keeps the search for this browser and session for a quarter of an hour, and what was looked for in the trail; gives the
/// flow.
pub async fn search_trail(cx: &Cx, here: &Here, search: Search) -> Result<FlowId, NotAuditor> {
    only_auditor(cx, here, "search").await?;
    let period = format!("{} {}", instant(search.period.from), instant(search.period.before));
    let entry = Entry::new(EventKind::TrailSearched, Actor::Person(here.person.id))
        .fact("period", period)
        .fact("sought", search.told());
    let mut tx = cx.house.store.begin("search_trail").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let flow = keep_looked(cx, tx.as_mut(), here, Opened::Found(search)).await?;
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(flow)
}

/// What is found now, a page of it: the newest, or what is older than the row `behind`. One that is not there any more is
/// [`NoFlow::Gone`].
pub async fn see_search(cx: &Cx, here: &Here, id: FlowId, behind: Option<EventId>) -> Result<Found, NotSeen> {
    let mut tx = cx.house.store.reading("see_search").await?;
    let (Opened::Found(search), until) = looked(cx, tx.as_mut(), here, id).await? else {
        return Err(NoFlow::Gone.into());
    };
    if let Some(place) = search.place {
        let (rows, emptied) = at_place(tx.as_mut(), place).await?;
        return Ok(Found { search, rows, emptied, next: None, until });
    }
    let behind = match behind {
        None => None,
        Some(id) => Some(tx.row(id).await?.map(|row| (row.at, row.id)).ok_or(NoFlow::Gone)?),
    };
    let kinds: Vec<_> = search.fitting().into_iter().map(EventKind::word).collect();
    let within = search.within();
    let request_ends = search.request.as_ref().map_or("", Quoted::ends);
    let sought = Sought { kinds: &kinds, from: within.from, before: within.before, request_ends };
    let mut found = tx.rows_sought(sought, behind, PAGE + 1).await?;
    let more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more).map(|(_, row)| row.id);
    let rows = found.iter().map(FoundRow::of).collect();
    Ok(Found { search, rows, emptied: None, next, until })
}

/// The row at a place, or what is left of it.
async fn at_place(
    tx: &mut dyn Tx,
    place: i64,
) -> Result<(Vec<FoundRow>, Option<(i64, Emptied)>), StoreFault> {
    let before = place.saturating_sub(1);
    let link = tx.chained_after(before, 1).await?.pop().filter(|(link, _)| link.place == place);
    match link {
        None => Ok((Vec::new(), None)),
        Some((_, Some(row))) => Ok((vec![FoundRow::of(&(Some(place), row))], None)),
        Some((_, None)) => Ok((Vec::new(), tx.emptied_between(before, place).await?.pop())),
    }
}
