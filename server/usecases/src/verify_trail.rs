//! Walking the whole trail: was a row changed, removed, added or moved, or the end cut off, or all of it replaced
//! (NSIS 6.7)?
//!
//! What stands in the database alone tells of everything but the last two: whoever owns it and has the keys could chain
//! a trail of his own. Those are told by checkpoints that were kept outside.

use crate::fault::Fault;
use crate::ports::store::{Store, Tx};
use crate::ports::vault::{KeyUse, Vault};
use domain::audit::checkpoint::Checkpoint;
use domain::audit::{Row, Walk};

pub use domain::audit::Tampered;

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

/// The same, held against checkpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What the walk found.
    pub report: Report,
    /// How many checkpoints agreed.
    pub agreed: usize,
}

/// Verifies every row and every link, then the rows that wait for a place. Reads only; needs no stop of anything.
pub async fn verify_trail(store: &dyn Store, vault: &dyn Vault) -> Result<Report, Fault> {
    Ok(verify_against(store, Some(vault), Vec::new()).await?.report)
}

/// The same, held against checkpoints whose signatures hold. Without a vault the rows' MACs are not compared: somebody
/// else's database, or one whose keys are not at hand; the checkpoints cover them all the same.
pub async fn verify_against(
    store: &dyn Store,
    vault: Option<&dyn Vault>,
    checkpoints: Vec<Checkpoint>,
) -> Result<Verified, Fault> {
    let mut walk = Walk::from_the_start(checkpoints);
    let mut checked = 0;
    loop {
        let mut tx = store.reading("verify_trail").await?;
        let page = tx.chained_after(walk.place(), PAGE).await?;
        for (link, row) in &page {
            let authentic = row.as_ref().map_or(Ok(false), |row| is_authentic(vault, row))?;
            if let Err(wrong) = walk.step(link, row.as_ref(), authentic) {
                return found(tx.as_mut(), &walk, checked, Some(wrong)).await;
            }
            checked += 1;
        }
        if page.is_empty() {
            // On the same view as the end of the chain, so that no row is in neither.
            let mut wrong = walk.end().err();
            if wrong.is_none() {
                wrong = tail(tx.as_mut(), vault, &mut walk).await?;
            }
            return found(tx.as_mut(), &walk, checked, wrong).await;
        }
    }
}

async fn found(
    tx: &mut dyn Tx,
    walk: &Walk,
    checked: u64,
    first: Option<Tampered>,
) -> Result<Verified, Fault> {
    let report = Report { checked, unsequenced: tx.unsequenced_count().await?, first };
    Ok(Verified { report, agreed: walk.agreed() })
}

/// What is wrong with the rows that wait for a place behind the end of the chain.
async fn tail(
    tx: &mut dyn Tx,
    vault: Option<&dyn Vault>,
    walk: &mut Walk,
) -> Result<Option<Tampered>, Fault> {
    let rows = tx.unsequenced(TAIL).await?;
    for row in &rows {
        if !is_authentic(vault, row)? {
            return Ok(Some(Tampered::Added { event: row.id }));
        }
        if let Err(missing) = walk.waiting(row) {
            return Ok(Some(missing));
        }
    }
    // A row beside the chain and beside the queue: what readers of the trail would see and nobody chained.
    if let Some(event) = tx.stray_row().await? {
        return Ok(Some(Tampered::Added { event }));
    }
    // A row that was written and waits, but is not there.
    let read = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let gone = read < u64::from(TAIL) && read < tx.unsequenced_count().await?;
    Ok(gone.then_some(Tampered::Removed { place: walk.place() + 1 }))
}

fn is_authentic(vault: Option<&dyn Vault>, row: &Row) -> Result<bool, Fault> {
    let Some(vault) = vault else { return Ok(true) };
    Ok(vault.macs(KeyUse::Trail, &row.encoded())?.contains(&row.mac))
}
