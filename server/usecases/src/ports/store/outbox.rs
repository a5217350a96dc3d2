//! Notices that wait to leave.

use super::StoreFault;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{NoticeId, PersonId};
use domain::notice::{Lane, Notice, Template};

/// The outbox.
#[async_trait]
pub trait Post {
    /// Queues a notice; leaves with the transaction.
    async fn enqueue(&mut self, notice: &Notice) -> Result<(), StoreFault>;
    /// Takes notices of a lane that are due, each leased until `lease`, so that two instances do not send the same; with
    /// the number of failures so far.
    async fn take_due(
        &mut self,
        lane: Lane,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> Result<Vec<(Notice, u32)>, StoreFault>;
    /// It was sent.
    async fn sent(&mut self, id: NoticeId, at: Timestamp) -> Result<(), StoreFault>;
    /// It was not; again at `retry`, or never (a dead letter).
    async fn not_sent(&mut self, id: NoticeId, why: &str, retry: Option<Timestamp>)
    -> Result<(), StoreFault>;
    /// Takes back notices of a kind for a person that have not left.
    async fn withdraw(&mut self, id: PersonId, template: Template) -> Result<u64, StoreFault>;
    /// Whether a notice of a kind about a person that was queued after `since`, and since she last opened her blocked login,
    /// has not left: the link in an older one is dead.
    async fn waits(&mut self, id: PersonId, template: Template, since: Timestamp)
    -> Result<bool, StoreFault>;
    /// Deletes notices that were sent before then, and dead ones that were due before, at most `limit`; gives how many.
    async fn prune_sent(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;
    /// How many wait and how many are dead.
    async fn waiting_and_dead(&mut self) -> Result<(u64, u64), StoreFault>;
}
