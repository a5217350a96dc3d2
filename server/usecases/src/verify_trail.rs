//! Walking the whole trail: was a row changed, removed, added or moved (NSIS 6.7)?

use crate::fault::Fault;
use crate::ports::store::{Store, Tx};
use crate::ports::vault::{KeyUse, Vault};
use domain::audit::{Follower, Row, Tampered};

/// Links read on one view of the database.
const PAGE: u32 = 1000;
/// The most unsequenced rows looked at; a sequencer that is alive never leaves as many.
const TAIL: u32 = 100_000;

/// What a walk along the trail found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Rows of the chain that hold.
    pub checked: u64,
    /// Rows that have no place in the chain yet.
    pub unsequenced: u64,
    /// The first thing that is wrong, where the walk stopped.
    pub first: Option<Tampered>,
}

/// Verifies every row and every link, then the rows that wait for a place. Reads only; needs no stop of anything.
pub async fn verify_trail(store: &dyn Store, vault: &dyn Vault) -> Result<Report, Fault> {
    let mut follower = Follower::default();
    let mut report = Report { checked: 0, unsequenced: 0, first: None };
    loop {
        let mut tx = store.reading("verify_trail").await?;
        let page = tx.chained_after(follower.place(), PAGE).await?;
        for (link, row) in &page {
            let authentic = row.as_ref().map_or(Ok(false), |row| is_authentic(vault, row))?;
            if let Err(wrong) = follower.check(link, row.as_ref(), authentic) {
                return Ok(Report {
                    first: Some(wrong),
                    unsequenced: tx.unsequenced_count().await?,
                    ..report
                });
            }
            report.checked += 1;
        }
        if page.is_empty() {
            // On the same view as the end of the chain, so that no row is in neither.
            let first = tail(tx.as_mut(), vault, follower.place()).await?;
            return Ok(Report { unsequenced: tx.unsequenced_count().await?, first, ..report });
        }
    }
}

/// What is wrong with the rows that wait for a place behind the end of the chain.
async fn tail(tx: &mut dyn Tx, vault: &dyn Vault, end: i64) -> Result<Option<Tampered>, Fault> {
    let rows = tx.unsequenced(TAIL).await?;
    for row in &rows {
        if !is_authentic(vault, row)? {
            return Ok(Some(Tampered::Added { event: row.id }));
        }
    }
    // A row beside the chain and beside the queue: what readers of the trail would see and nobody chained.
    if let Some(event) = tx.stray_row().await? {
        return Ok(Some(Tampered::Added { event }));
    }
    // A row that was written and waits, but is not there.
    let read = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let gone = read < u64::from(TAIL) && read < tx.unsequenced_count().await?;
    Ok(gone.then_some(Tampered::Removed { place: end + 1 }))
}

fn is_authentic(vault: &dyn Vault, row: &Row) -> Result<bool, Fault> {
    Ok(vault.macs(KeyUse::Trail, &row.encoded())?.contains(&row.mac))
}
