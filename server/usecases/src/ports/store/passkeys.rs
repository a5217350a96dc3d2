//! Passkeys and security keys, and which login method is asked for first.

use super::StoreFault;
use async_trait::async_trait;
use domain::factor::{CredentialId, FactorName, Passkey};
use domain::ids::{FactorId, PersonId};

/// Passkeys and security keys.
#[async_trait]
pub trait Passkeys {
    /// Hers, the oldest first.
    async fn passkeys_of(&mut self, id: PersonId) -> Result<Vec<Passkey>, StoreFault>;
    /// Whose key goes by this name, and the key.
    async fn passkey(&mut self, credential: &CredentialId) -> Result<Option<Passkey>, StoreFault>;
    /// The same, locked until the end of the transaction: of two answers at once the second sees the first one's counter.
    async fn passkey_for_update(&mut self, credential: &CredentialId) -> Result<Option<Passkey>, StoreFault>;
    /// Adds one; false when a key of that name is somebody's already, also when another request was faster.
    async fn add_passkey(&mut self, key: &Passkey) -> Result<bool, StoreFault>;
    /// Keeps what changed of one that this transaction locked: when it was used, its counter, what was seen of it.
    async fn save_passkey(&mut self, key: &Passkey) -> Result<(), StoreFault>;
    /// Takes one of hers away; false when she has none such.
    async fn remove_passkey(&mut self, person: PersonId, id: FactorId) -> Result<bool, StoreFault>;

    /// Gives one of her login methods, of any kind, another name; false when she has none such.
    async fn rename_factor(
        &mut self,
        person: PersonId,
        id: FactorId,
        name: &FactorName,
    ) -> Result<bool, StoreFault>;
    /// The one she wants to be asked for first. It may be gone by now.
    async fn primary_factor(&mut self, person: PersonId) -> Result<Option<FactorId>, StoreFault>;
    /// Keeps that choice.
    async fn set_primary_factor(&mut self, person: PersonId, id: FactorId) -> Result<(), StoreFault>;
}
