//! What an auditor's first page shows besides the list of exports (page 53).

use crate::auditor::{NotAuditor, auditor};
use crate::context::Cx;
use crate::ports::store::{StoreFault, Tx};
use crate::who::Here;
use domain::Timestamp;

/// Since when there is a trail to take something out of; none before its first row was chained.
pub async fn see_exports(cx: &Cx, here: &Here) -> Result<Option<Timestamp>, NotAuditor> {
    let mut tx = cx.house.store.reading("see_exports").await?;
    auditor(cx, tx.as_mut(), here).await?;
    Ok(trail_since(tx.as_mut()).await?)
}

/// When the first row of the trail was written; also once it was kept long enough and is empty.
pub(crate) async fn trail_since(tx: &mut dyn Tx) -> Result<Option<Timestamp>, StoreFault> {
    let Some((link, row)) = tx.chained_after(0, 1).await?.pop() else { return Ok(None) };
    if let Some(row) = row {
        return Ok(Some(row.at));
    }
    let left = tx.emptied_between(link.place - 1, link.place).await?;
    Ok(left.first().map(|(_, left)| left.at))
}
