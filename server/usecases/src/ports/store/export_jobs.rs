//! Long exports that auditors ordered, and their files while they can be taken.

use super::StoreFault;
use crate::ports::vault::Sealed;
use async_trait::async_trait;
use domain::Timestamp;
use domain::evidence::Job;
use domain::ids::{ExportJobId, PersonId};

/// Orders of long exports.
#[async_trait]
pub trait ExportJobs {
    /// Adds an order.
    async fn add_export_job(&mut self, job: &Job) -> Result<(), StoreFault>;
    /// One, to look at.
    async fn export_job(&mut self, id: ExportJobId) -> Result<Option<Job>, StoreFault>;
    /// One, locked until the end of the transaction.
    async fn export_job_for_update(&mut self, id: ExportJobId) -> Result<Option<Job>, StoreFault>;
    /// Those somebody ordered, at most fifty: those that are not over, then the others, the newest first.
    async fn export_jobs_of(&mut self, person: PersonId) -> Result<Vec<Job>, StoreFault>;
    /// Whether there is anything to do: an order to begin, files to be over, pieces to drop.
    async fn exports_wait(&mut self, now: Timestamp) -> Result<bool, StoreFault>;
    /// The order that waited longest, or whose lease is over, locked; one that another transaction holds is passed over.
    async fn due_export_job(&mut self, now: Timestamp) -> Result<Option<Job>, StoreFault>;
    /// Those whose files are over and do not say so, locked, at most `limit`; passed over as above.
    async fn spent_export_jobs(&mut self, now: Timestamp, limit: u32) -> Result<Vec<Job>, StoreFault>;
    /// Keeps it as it is now, leased until then or to nobody; refuses the commit where it is not there.
    async fn put_export_job(&mut self, job: &Job, leased_until: Option<Timestamp>) -> Result<(), StoreFault>;
    /// Adds a piece of one of its files; pieces are counted from nought.
    async fn add_export_piece(
        &mut self,
        id: ExportJobId,
        place: (&str, u32),
        sealed: &Sealed,
    ) -> Result<(), StoreFault>;
    /// A piece of one of its files.
    async fn export_piece(
        &mut self,
        id: ExportJobId,
        place: (&str, u32),
    ) -> Result<Option<Sealed>, StoreFault>;
    /// Drops pieces of one order, at most `limit`; gives how many.
    async fn drop_export_pieces(&mut self, id: ExportJobId, limit: u32) -> Result<u64, StoreFault>;
    /// Drops pieces of orders whose files are of no use since then or longer, at most `limit`; gives how many.
    async fn drop_spent_pieces(&mut self, since: Timestamp, limit: u32) -> Result<u64, StoreFault>;
    /// Deletes orders that were over before then and have no piece left, at most `limit`; gives how many.
    async fn prune_export_jobs(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;
}
