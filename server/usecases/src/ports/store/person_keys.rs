//! Each person's own key of her part of the trail, in a store of its own.

use super::StoreFault;
use crate::ports::vault::Sealed;
use async_trait::async_trait;
use domain::ids::PersonId;

/// Each person's own key of her part of the trail (security decision 29). They lie in a store of their own, which is backed
/// up apart from the database and for 30 days at most: a key that was destroyed does not come back with the database.
///
/// What is changed here is lasting at once, whatever becomes of the transaction: a key is there before whom it belongs to,
/// and one whose person was never added opens nothing. Keys of who was erased go once that was committed.
#[async_trait]
pub trait PersonKeys {
    /// The wrapped key of her part of the trail; none once it was destroyed. Remembered for a few seconds, so that another
    /// process's change may be seen that late.
    async fn trail_key_of(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault>;
    /// The same, asked of the store itself whatever is remembered: it takes as long for whom it was just asked about as for
    /// anybody.
    async fn trail_key_from_store(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault>;
    /// Keeps these keys, all or none, lasting when this returns; one that is there already stays. One of who is added by and
    /// by may be kept ahead.
    async fn keep_trail_keys(&mut self, keys: &[(PersonId, Sealed)]) -> Result<(), StoreFault>;
    /// A page of wrapped keys by person id after `after`.
    async fn trail_keys(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Sealed)>, StoreFault>;
    /// Replaces these wrapped keys, all or none, and waits for the disk once; gives how many were there. One that was destroyed
    /// stays destroyed.
    async fn rewrap_trail_keys(&mut self, keys: &[(PersonId, Sealed)]) -> Result<u64, StoreFault>;
    /// The first people without a key, by id: nothing of what they do can be written down.
    async fn people_without_key(&mut self, limit: u32) -> Result<Vec<PersonId>, StoreFault>;
    /// Destroys the keys of everybody who was erased; gives how many were still there, as after a crash or in an older copy
    /// of the keys that was put back.
    async fn destroy_keys_of_erased(&mut self) -> Result<u64, StoreFault>;
}
