//! Where somebody signed in from.

use super::StoreFault;
use crate::ports::vault::Mac;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::PersonId;

/// The sources somebody is known from.
#[async_trait]
pub trait KnownSources {
    /// Notes that she signed in from a source (a MAC of person and network).
    async fn know_source(&mut self, id: PersonId, source: Mac, at: Timestamp) -> Result<(), StoreFault>;
    /// Whether she signed in from any of these.
    async fn knows_source(&mut self, id: PersonId, sources: &[Mac]) -> Result<bool, StoreFault>;
    /// Forgets sources nobody signed in from since then, at most `limit`; gives how many.
    async fn prune_sources(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;
}
