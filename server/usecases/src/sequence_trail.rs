//! Committed rows of the trail get their place in the chain, by one sequencer at a time.
//!
//! A row whose MAC does not hold gets none: somebody changed or added it before it was chained, or wrote it under a key this
//! instance lacks. It stays where it waits, as evidence; it is told once, and whoever watches the house is told while it is
//! there. For a minute everything behind it waits too, so that an instance that has its key puts it where it belongs; then
//! the chain goes on without it, and the counter of its lane shows the gap.

use crate::context::{Cx, House, Source};
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::verify_trail::is_authentic;
use core::net::{IpAddr, Ipv4Addr};
use domain::audit::{EventKind, Follower, Row};
use domain::ids::EventId;
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;

/// So long the chain waits for a row that does not hold.
const GRACE: SignedDuration = SignedDuration::from_mins(1);
/// So many of those that were seen before are passed by to come to those behind them.
const PASSED_BY: usize = 10_000;

/// One batch of the sequencer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sequenced {
    /// How many rows were chained.
    pub rows: usize,
    /// How long the oldest of them had waited; more than two seconds is worth an alarm.
    pub waited: SignedDuration,
}

/// Chains at most `limit` rows.
pub async fn sequence_trail(house: &Arc<House>, limit: u32) -> Result<Sequenced, Fault> {
    let began = house.clock.now();
    // Looked up without the writer's lock: most times there is nothing to do.
    if house.store.look("sequence_trail").await?.unsequenced_count().await? == 0 {
        house.keeping.refused.keep(BTreeMap::new());
        house.keeping.reached.keep(began);
        return Ok(Sequenced::default());
    }
    let mut tx = house.store.begin_at_once("sequence_trail").await?;
    let (place, hash) = tx.chain_end().await?;
    let before = house.keeping.refused.seen();
    // They stay at the head, and must not fill the batch.
    let passed_by = u32::try_from(before.len().min(PASSED_BY)).unwrap_or(0);
    let most = limit.saturating_add(passed_by);
    let waiting = tx.unsequenced(most).await?;
    let are_all = u32::try_from(waiting.len()).is_ok_and(|many| many < most);
    let refused = refused(house, &waiting, &before)?;
    let rows = to_chain(waiting, &refused, house.clock.now());
    let mut follower = Follower::at(place, hash);
    let links: Vec<_> = rows.iter().map(|row| follower.append(row)).collect();
    tx.chain(&links).await?;
    let news: Vec<EventId> = refused.keys().filter(|id| !before.contains_key(id)).copied().collect();
    if let Some(first) = news.first() {
        alarm(house, tx.as_mut(), *first, news.len()).await?;
    }
    tx.commit().await?;
    house.keeping.refused.keep(refused);
    if are_all {
        house.keeping.reached.keep(began);
    }
    let oldest = rows.iter().map(|row| row.at).min();
    Ok(Sequenced { rows: rows.len(), waited: oldest.map_or(SignedDuration::ZERO, |at| since(house, at)) })
}

/// The rows that do not hold, each with when it was seen first.
fn refused(
    house: &House,
    waiting: &[Row],
    before: &BTreeMap<EventId, Timestamp>,
) -> Result<BTreeMap<EventId, Timestamp>, Fault> {
    let now = house.clock.now();
    let mut refused = BTreeMap::new();
    for row in waiting {
        if !is_authentic(Some(house.vault.as_ref()), &row.encoded(), &row.mac)? {
            refused.insert(row.id, before.get(&row.id).copied().unwrap_or(now));
        }
    }
    Ok(refused)
}

/// Those that get a place now.
fn to_chain(waiting: Vec<Row>, refused: &BTreeMap<EventId, Timestamp>, now: Timestamp) -> Vec<Row> {
    let is_waited_for =
        |row: &Row| refused.get(&row.id).is_some_and(|seen| now.duration_since(*seen) < GRACE);
    let until = waiting.iter().position(is_waited_for).unwrap_or(waiting.len());
    waiting.into_iter().take(until).filter(|row| !refused.contains_key(&row.id)).collect()
}

/// Says so in the log and in the trail, behind the rows themselves.
async fn alarm(house: &Arc<House>, tx: &mut dyn Tx, first: EventId, rows: usize) -> Result<(), Fault> {
    tracing::error!(
        event = %first,
        rows,
        "rows of the trail are not as this house wrote them and are not chained: run `nsis-id audit verify`"
    );
    let source = Source { address: IpAddr::V4(Ipv4Addr::LOCALHOST), agent: "sequencer".into() };
    let cx = Cx::new(Arc::clone(house), source, uuid::Uuid::nil().into())?;
    let entry = Entry::by_system(EventKind::RowsRefused).fact("row", first).fact("rows", rows);
    record(&cx, tx, entry).await
}

fn since(house: &House, at: Timestamp) -> SignedDuration {
    house.clock.now().duration_since(at)
}
