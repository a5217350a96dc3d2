//! The audit trail.

use super::StoreFault;
use async_trait::async_trait;
use domain::Timestamp;
use domain::audit::{Hash, Link, Origin, Row};
use domain::ids::{EventId, InstanceId, PersonId};

/// The audit trail.
#[async_trait]
pub trait Trail {
    /// What the next row of this transaction is marked with. It counts once that row is appended and the transaction is
    /// committed; else the next one is marked the same.
    fn mark(&mut self, instance: InstanceId) -> Origin;
    /// Writes a row; it can never be changed or removed. Whether it could be written may be told later: it refuses the next
    /// question then, or the commit, and leaves nothing of its transaction.
    async fn append(&mut self, row: &Row) -> Result<(), StoreFault>;
    /// Rows that are not in the chain yet, in their order, at most `limit`. Never "greater than the last id": a slow
    /// transaction's row must not be skipped.
    async fn unsequenced(&mut self, limit: u32) -> Result<Vec<Row>, StoreFault>;
    /// How many are not in the chain.
    async fn unsequenced_count(&mut self) -> Result<u64, StoreFault>;
    /// A row that neither has a place in the chain nor waits for one: it was not written through this store.
    async fn stray_row(&mut self) -> Result<Option<EventId>, StoreFault>;
    /// The end of the chain, locked so that one sequencer works at a time.
    async fn chain_end(&mut self) -> Result<(i64, Hash), StoreFault>;
    /// Adds links at its end.
    async fn chain(&mut self, links: &[Link]) -> Result<(), StoreFault>;
    /// Links after a place, each with its row if that is still there, at most `limit`.
    async fn chained_after(&mut self, place: i64, limit: u32)
    -> Result<Vec<(Link, Option<Row>)>, StoreFault>;
    /// How far the chain reaches: its last place, and when the row there was written, if that is still there to tell.
    async fn chain_reach(&mut self) -> Result<Option<(i64, Option<Timestamp>)>, StoreFault>;
    /// How many rows from an instant on and before another have no place in the chain yet.
    async fn waiting_between(&mut self, from: Timestamp, before: Timestamp) -> Result<u64, StoreFault>;
    /// Rows about a person that have a place behind the first of these and up to the second, each with it, in their order,
    /// at most `limit`.
    async fn chained_about(
        &mut self,
        id: PersonId,
        places: (i64, i64),
        limit: u32,
    ) -> Result<Vec<(i64, Row)>, StoreFault>;
    /// How many of these there are.
    async fn chained_about_count(&mut self, id: PersonId, places: (i64, i64)) -> Result<u64, StoreFault>;
    /// The newest rows of these kinds about a person.
    async fn rows_about(&mut self, id: PersonId, kinds: &[&str], limit: u32) -> Result<Vec<Row>, StoreFault>;
    /// One row.
    async fn row(&mut self, id: EventId) -> Result<Option<Row>, StoreFault>;
    /// How many rows of each kind since then: for coverage tests and figures.
    async fn rows_of_kind(&mut self, kind: &str, since: Timestamp) -> Result<u64, StoreFault>;
}
