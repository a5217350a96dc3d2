//! How people are reached, and what they are shown of themselves.

use super::StoreFault;
use async_trait::async_trait;
use domain::audit::Row;
use domain::contact::{ChannelKind, Channels, Own};
use domain::ids::{NoticeId, PersonId, RequestId};
use domain::proofing::IdentityProofing;
use domain::terms::TermsAcceptance;

/// How people are reached, and what they are shown of themselves.
#[async_trait]
pub trait Reach {
    /// Every way to reach a person; nobody is reached by none.
    async fn channels_of(&mut self, id: PersonId) -> Result<Channels, StoreFault>;
    /// Keeps what she decided of a kind. The caller holds her row locked for a change.
    async fn put_channel(&mut self, id: PersonId, kind: ChannelKind, own: &Own) -> Result<(), StoreFault>;
    /// What she decided of a kind counts no more: what HR holds does; false when there was nothing.
    async fn forget_channel(&mut self, id: PersonId, kind: ChannelKind) -> Result<bool, StoreFault>;
    /// Takes back one notice that has not left.
    async fn drop_notice(&mut self, id: NoticeId) -> Result<(), StoreFault>;
    /// What the trail tells about a person of one request, the newest first, the sending of notices apart.
    async fn rows_of_request(
        &mut self,
        id: PersonId,
        request: RequestId,
        limit: u32,
    ) -> Result<Vec<Row>, StoreFault>;
    /// All her accepts with what people call the version, the newest first.
    async fn acceptances_of(&mut self, id: PersonId) -> Result<Vec<(TermsAcceptance, String)>, StoreFault>;
    /// All her proofs, the newest first.
    async fn proofings_of(&mut self, id: PersonId) -> Result<Vec<IdentityProofing>, StoreFault>;
}
