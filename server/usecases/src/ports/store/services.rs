//! Connections, their keys and what they sent.

use super::StoreFault;
use crate::ports::vault::Sealed;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{KeyId, PostedId, RelyingPartyId};
use domain::relying_party::RelyingParty;
use domain::signing_key::SigningLife;

/// A signing key as kept.
#[derive(Clone, Debug)]
pub struct SigningKey {
    /// Which.
    pub id: KeyId,
    /// The private key, PKCS#8 DER, sealed.
    pub sealed: Sealed,
    /// Its certificate, DER.
    pub certificate: Vec<u8>,
    /// Since when.
    pub created_at: Timestamp,
    /// How far its life is.
    pub life: SigningLife,
}

/// A message that came by a form of another site and waits for its browser (security decision 4). Its signature held
/// when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Its name, which nobody can guess.
    pub id: PostedId,
    /// Who sent it.
    pub relying_party: RelyingPartyId,
    /// Its own id.
    pub message_id: String,
    /// The field `SAMLRequest`.
    pub message: String,
    /// The field `RelayState`.
    pub relay_state: Option<String>,
    /// Until when.
    pub until: Timestamp,
}

/// What the conflict is about where a message was taken before.
pub const TAKEN_MESSAGE: &str = "a message of a service";

/// Connections, their keys and what they sent.
#[async_trait]
pub trait Services {
    /// By entity id.
    async fn relying_party_by_entity(&mut self, entity_id: &str) -> Result<Option<RelyingParty>, StoreFault>;
    /// By id.
    async fn relying_party(&mut self, id: RelyingPartyId) -> Result<Option<RelyingParty>, StoreFault>;
    /// By id, its row locked for a change (`FOR NO KEY UPDATE`): what it sends is taken meanwhile, nobody saves it.
    async fn relying_party_for_update(
        &mut self,
        id: RelyingPartyId,
    ) -> Result<Option<RelyingParty>, StoreFault>;
    /// All.
    async fn relying_parties(&mut self) -> Result<Vec<RelyingParty>, StoreFault>;
    /// Adds or replaces (same entity id keeps its id).
    async fn put_relying_party(&mut self, rp: &RelyingParty) -> Result<(), StoreFault>;
    /// Remembers a message id of a service; false when it was there: a replay. Shared by all instances.
    async fn first_time(
        &mut self,
        rp: RelyingPartyId,
        message_id: &str,
        until: Timestamp,
    ) -> Result<bool, StoreFault>;
    /// The same of one that is taken by this transaction: where it was there, the next question or the commit is refused at
    /// the latest, by a [`StoreFault::Conflict`] about a [`TAKEN_MESSAGE`].
    async fn take_message(
        &mut self,
        rp: RelyingPartyId,
        message_id: &str,
        until: Timestamp,
    ) -> Result<(), StoreFault>;
    /// Keeps a message for its browser; false when the same message of that service waits already.
    async fn add_posted(&mut self, posted: &Posted) -> Result<bool, StoreFault>;
    /// Takes it away; none when it was taken. Whether its time is over is the caller's to see.
    async fn take_posted(&mut self, id: PostedId) -> Result<Option<Posted>, StoreFault>;
    /// Forgets messages that could not be replayed any more, and those nobody came for, at most `limit`; gives how many.
    async fn prune_messages(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;
    /// The signing keys, newest first.
    async fn signing_keys(&mut self) -> Result<Vec<SigningKey>, StoreFault>;
    /// Adds one. Of two that are active the second is refused, at the latest when the transaction ends.
    async fn add_signing_key(&mut self, key: &SigningKey) -> Result<(), StoreFault>;
    /// Moves one on; false when its life is not `before` any more, or it is gone.
    async fn move_signing_key(
        &mut self,
        id: KeyId,
        before: SigningLife,
        after: SigningLife,
    ) -> Result<bool, StoreFault>;
    /// Destroys one, its private half with it; false when its life is not `before` any more, or it is gone.
    async fn drop_signing_key(&mut self, id: KeyId, before: SigningLife) -> Result<bool, StoreFault>;
}
