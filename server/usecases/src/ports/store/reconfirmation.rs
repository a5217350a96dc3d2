//! What confirming anew asks of the store.

use super::StoreFault;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{PersonId, ProofingId};
use domain::reconfirmation::Proved;

/// When people were proved, what HR changed since, and whom to tell.
#[async_trait]
pub trait Reconfirmations {
    /// When she was proved last, and what HR changed since; none while she never was.
    async fn proved(&mut self, id: PersonId) -> Result<Option<Proved>, StoreFault>;
    /// Notes that HR changed her name; never an earlier instant than one noted before.
    async fn note_renamed(&mut self, id: PersonId, at: Timestamp) -> Result<(), StoreFault>;
    /// Proofs made before that instant of which it was not noted yet that they run out, the oldest first.
    async fn proofs_running_out(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<(ProofingId, PersonId)>, StoreFault>;
    /// Notes that it is known of a proof that it runs out; false when it was noted before.
    async fn note_running_out(&mut self, id: ProofingId, at: Timestamp) -> Result<bool, StoreFault>;
}
