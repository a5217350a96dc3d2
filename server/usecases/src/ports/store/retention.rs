//! Deleting by rule: the run of a day, and rows of the trail that were kept long enough.

use super::StoreFault;
use async_trait::async_trait;
use domain::audit::{Emptied, Row};
use domain::ids::{EventId, PersonId};
use domain::retention::Run;
use domain::standing::Origin;
use domain::{Date, Timestamp};

/// Deleting by rule.
#[async_trait]
pub trait Retention {
    /// Whether the run of that day is done.
    async fn retention_done(&mut self, day: Date) -> Result<bool, StoreFault>;
    /// The run under way, locked until the end of the transaction; else this one is begun. None when the run of its day is
    /// done. One is under way at a time.
    async fn retention_for_update(&mut self, fresh: &Run) -> Result<Option<Run>, StoreFault>;
    /// Keeps it as it is now; with a time it is done.
    async fn put_retention(&mut self, run: &Run, ended_at: Option<Timestamp>) -> Result<(), StoreFault>;
    /// Everybody with an open hold of one of these origins.
    async fn held_by(&mut self, origins: &[Origin]) -> Result<Vec<PersonId>, StoreFault>;
    /// Rows of these kinds from before a time that can be emptied: chained, of a format that allows it, and neither about
    /// nor by somebody of `kept`. At most `limit`, in any order.
    async fn expired_rows(
        &mut self,
        kinds: &[&str],
        before: Timestamp,
        kept: &[PersonId],
        limit: u32,
    ) -> Result<Vec<Row>, StoreFault>;
    /// Empties chained rows for good. The database itself refuses every row that is not from before the time the rule says,
    /// which is a row of the trail itself, written before.
    async fn empty_rows(&mut self, rule: EventId, rows: &[Emptied]) -> Result<(), StoreFault>;
    /// What is left of emptied rows behind a place and up to another, each with its own.
    async fn emptied_between(&mut self, after: i64, to: i64) -> Result<Vec<(i64, Emptied)>, StoreFault>;
    /// The place of the rule of each category that reaches furthest, among those up to a place.
    async fn rule_places(&mut self, up_to: i64) -> Result<Vec<i64>, StoreFault>;
}
