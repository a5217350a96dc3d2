//! Everything the trail keeps about a person, however much that is.

use crate::fault::Fault;
use crate::ports::store::Tx;
use domain::audit::Row;
use domain::ids::{EventId, PersonId};
use std::collections::HashSet;

/// Rows that are read at once.
const PAGE: u32 = 1000;

/// All rows of these kinds about her, the newest first. On one view of the database, so that none is passed over.
pub(crate) async fn all_about(tx: &mut dyn Tx, id: PersonId, kinds: &[&str]) -> Result<Vec<Row>, Fault> {
    // What waits for its place in the chain is among the newest.
    let waiting = u32::try_from(tx.unsequenced_count().await?).unwrap_or(u32::MAX);
    let limit = waiting.saturating_add(PAGE);
    let mut rows = tx.rows_about(id, kinds, limit).await?;
    if is_last(rows.len(), limit) {
        return Ok(rows);
    }
    let newest: HashSet<EventId> = rows.iter().map(|row| row.id).collect();
    let mut older = Vec::new();
    let mut reached = 0;
    loop {
        let page = tx.chained_about(id, (reached, i64::MAX), PAGE).await?;
        let last = is_last(page.len(), PAGE);
        reached = page.last().map_or(reached, |(place, _)| *place);
        let page = page.into_iter().map(|(_, row)| row);
        older.extend(page.filter(|row| kinds.contains(&row.kind.as_str()) && !newest.contains(&row.id)));
        if last {
            break;
        }
    }
    rows.extend(older.into_iter().rev());
    Ok(rows)
}

/// Nothing is left behind a page that is short.
fn is_last(read: usize, limit: u32) -> bool {
    usize::try_from(limit).is_ok_and(|limit| read < limit)
}
