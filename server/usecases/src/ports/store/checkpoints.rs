//! Checkpoints of the trail, and the nodes of its tree.

use super::StoreFault;
use async_trait::async_trait;
use domain::Timestamp;
use domain::audit::tree::{Frontier, Node};
use domain::audit::{Hash, Link};

/// A signed checkpoint as the database keeps it: enough to go on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCheckpoint {
    /// Counted from one.
    pub number: u64,
    /// The tree it stands for.
    pub tree: Frontier,
    /// The chain's hash there.
    pub chain: Hash,
    /// The signed note.
    pub note: String,
}

/// Checkpoints and the tree.
#[async_trait]
pub trait Checkpoints {
    /// Links after a place without their rows, at most `limit`.
    async fn links_after(&mut self, place: i64, limit: u32) -> Result<Vec<Link>, StoreFault>;
    /// The first and the last place of rows from a time on and before another; none where there are none.
    async fn places_between(
        &mut self,
        from: Timestamp,
        before: Timestamp,
    ) -> Result<Option<(i64, i64)>, StoreFault>;
    /// Keeps nodes of the tree; one that is there stays.
    async fn put_nodes(&mut self, nodes: &[(Node, Hash)]) -> Result<(), StoreFault>;
    /// So many kept nodes of one level side by side, from the first index on; fewer where they are not there.
    async fn nodes(&mut self, first: Node, many: u32) -> Result<Vec<Hash>, StoreFault>;
    /// Keeps a checkpoint; [`StoreFault::Conflict`] when there is one of that number.
    async fn put_checkpoint(&mut self, checkpoint: &KeptCheckpoint) -> Result<(), StoreFault>;
    /// The newest.
    async fn last_checkpoint(&mut self) -> Result<Option<KeptCheckpoint>, StoreFault>;
    /// Those after a number, in their order, at most `limit`.
    async fn checkpoints_after(&mut self, number: u64, limit: u32)
    -> Result<Vec<KeptCheckpoint>, StoreFault>;
}
