//! Walking the whole trail: was a row changed, removed, added or moved, or the end cut off, or all of it replaced
//! (NSIS 6.7)?
//!
//! A row that was kept long enough is empty; what is left of it proves where and when it was written and what it was, and a
//! row of the trail itself must say that its time had come.
//!
//! What stands in the database alone tells of everything but the last two: whoever owns it and has the keys could chain
//! a trail of his own. Those are told by checkpoints that were kept outside.

use crate::context::House;
use crate::fault::Fault;
use crate::keep_retention::rule_of;
use crate::ports::store::{Store, StoreFault, Tx};
use crate::ports::vault::{KeyUse, Mac, Vault};
use domain::audit::checkpoint::Checkpoint;
use domain::audit::{Emptied, Link, Row, Walk};
use domain::retention::Rule;
use std::collections::HashMap;

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
        let left = left_of(tx.as_mut(), walk.place(), &page).await?;
        for (link, row) in &page {
            if let Err(wrong) = step(vault, &mut walk, (link, row.as_ref()), left.get(&link.place))? {
                return found(tx.as_mut(), &walk, checked, Some(wrong)).await;
            }
            checked += 1;
        }
        if page.is_empty() {
            // On the same view as the end of the chain, so that no row is in neither.
            let end = walk.end().err();
            let waiting = tail(tx.as_mut(), vault, &mut walk).await?;
            // Every rule was seen by now: each is there before a row is empty, and only grows older.
            let within = waiting.or(walk.settle().err());
            let wrong = match end {
                // An end that is missing may be a backup's age, and hides nothing of what is there.
                Some(short @ Tampered::Short { .. }) => within.or(Some(short)),
                end => end.or(within),
            };
            return found(tx.as_mut(), &walk, checked, wrong).await;
        }
    }
}

/// What is left of the rows of a page that are not there.
pub(crate) async fn left_of(
    tx: &mut dyn Tx,
    after: i64,
    page: &[(Link, Option<Row>)],
) -> Result<HashMap<i64, Emptied>, StoreFault> {
    let whole = page.iter().all(|(_, row)| row.is_some());
    let Some((last, _)) = page.last().filter(|_| !whole) else { return Ok(HashMap::new()) };
    Ok(tx.emptied_between(after, last.place).await?.into_iter().collect())
}

/// One link, with its row or with what is left of it.
fn step(
    vault: Option<&dyn Vault>,
    walk: &mut Walk,
    (link, row): (&Link, Option<&Row>),
    left: Option<&Emptied>,
) -> Result<Result<(), Tampered>, Fault> {
    if let (None, Some(left)) = (row, left) {
        let authentic = is_authentic(vault, &left.encoded(), &left.mac)?;
        return Ok(walk.pass_over(link, left, authentic));
    }
    let authentic = row.map_or(Ok(false), |row| is_authentic(vault, &row.encoded(), &row.mac))?;
    let stepped = walk.step(link, row, authentic);
    if let Some(rule) = row.and_then(rule_of) {
        heed(vault, walk, rule);
    }
    Ok(stepped)
}

/// A rule in a row whose MAC holds; where there is no key to tell, in one that a checkpoint must stand for.
fn heed(vault: Option<&dyn Vault>, walk: &mut Walk, rule: Rule) {
    match vault {
        Some(_) => walk.allow(&rule),
        None => walk.claim(rule),
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
        if !is_authentic(vault, &row.encoded(), &row.mac)? {
            return Ok(Some(Tampered::Added { event: row.id }));
        }
        if let Err(missing) = walk.waiting(row) {
            return Ok(Some(missing));
        }
        if let Some(rule) = rule_of(row) {
            heed(vault, walk, rule);
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

/// Whether this house wrote a row as it stands: what is counted or handed out goes by no other.
pub(crate) fn holds(house: &House, row: &Row) -> Result<bool, Fault> {
    is_authentic(Some(house.vault.as_ref()), &row.encoded(), &row.mac)
}

/// Whether a MAC of the trail holds; where there is no key to tell it, it is taken.
pub(crate) fn is_authentic(vault: Option<&dyn Vault>, encoded: &[u8], mac: &Mac) -> Result<bool, Fault> {
    let Some(vault) = vault else { return Ok(true) };
    Ok(vault.macs(KeyUse::Trail, encoded)?.contains(mac))
}
