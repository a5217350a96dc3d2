//! Proofs against a checkpoint: that a row is among those it stands for, and that an older checkpoint is its beginning
//! (RFC 6962, 2.1.1 and 2.1.2). A handful of look-ups, however long the trail is.

use crate::checkpoint_trail::STRIDE;
use crate::fault::Fault;
use crate::ports::store::{Store, StoreFault, Tx};
use domain::audit::Hash;
use domain::audit::tree::{Node, Range, consistency, cover, fold, inclusion, sum};

/// The hashes that show that the row at a place (counted from one) is in the tree over the first `size` rows.
pub async fn prove_row(store: &dyn Store, place: u64, size: u64) -> Result<Vec<Hash>, Fault> {
    resolve(store.reading("prove_row").await?.as_mut(), &inclusion(place.saturating_sub(1), size)).await
}

/// The hashes that show that the tree over `old` rows is the beginning of the one over `new`.
pub async fn prove_growth(store: &dyn Store, old: u64, new: u64) -> Result<Vec<Hash>, Fault> {
    resolve(store.reading("prove_growth").await?.as_mut(), &consistency(old, new)).await
}

/// The hashes of ranges of leaves, in the view of a transaction.
pub(crate) async fn resolve(tx: &mut dyn Tx, ranges: &[Range]) -> Result<Vec<Hash>, Fault> {
    let mut hashes = Vec::with_capacity(ranges.len());
    for range in ranges {
        let nodes = roots(tx, range.from, range.to).await?;
        hashes.push(sum(&nodes).ok_or(LACKS)?);
    }
    Ok(hashes)
}

const LACKS: StoreFault = StoreFault::Unreadable("a node of the trail's tree");

/// The roots of the perfect subtrees over the leaves `from..to`.
pub(crate) async fn roots(tx: &mut dyn Tx, from: u64, to: u64) -> Result<Vec<Hash>, StoreFault> {
    let mut roots = Vec::new();
    for node in cover(from, to) {
        roots.push(root(tx, node).await?);
    }
    Ok(roots)
}

/// The hash of a node: its descendants of the next kept level, added up.
async fn root(tx: &mut dyn Tx, node: Node) -> Result<Hash, StoreFault> {
    let kept = node.level - node.level % STRIDE;
    let many = 1_u32 << (node.level - kept);
    let first = node.index.checked_mul(u64::from(many)).ok_or(LACKS)?;
    let hashes = if kept == 0 {
        let place = i64::try_from(first).map_err(|_| LACKS)?;
        let links = tx.links_after(place, many).await?;
        let mut leaves: Option<Vec<Hash>> = links.iter().map(|link| link.leaf).collect();
        if leaves.is_none() {
            let rows = tx.chained_after(place, many).await?;
            leaves = rows.into_iter().map(|(_, row)| row.map(|row| row.leaf())).collect();
        }
        leaves.ok_or(LACKS)?
    } else {
        tx.nodes(Node { level: kept, index: first }, many).await?
    };
    if u32::try_from(hashes.len()) != Ok(many) {
        return Err(LACKS);
    }
    fold(hashes).ok_or(LACKS)
}
