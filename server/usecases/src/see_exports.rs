//! What an auditor's first page shows besides the list of exports (page 53).

use crate::auditor::{NotAuditor, auditor};
use crate::context::Cx;
use crate::who::Here;
use domain::Timestamp;

/// Since when there is a trail to take something out of; none before its first row was chained.
pub async fn see_exports(cx: &Cx, here: &Here) -> Result<Option<Timestamp>, NotAuditor> {
    let mut tx = cx.house.store.reading("see_exports").await?;
    auditor(cx, tx.as_mut(), here).await?;
    Ok(tx.chained_after(0, 1).await?.into_iter().find_map(|(_, row)| row).map(|row| row.at))
}
