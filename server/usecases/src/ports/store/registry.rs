//! What is registered about people beside HR's feed.

use super::StoreFault;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::PersonId;
use domain::registered::{NameKind, Registered};

/// Job functions, and what partners know people by.
#[async_trait]
pub trait Registry {
    /// What is registered about her.
    async fn registered(&mut self, id: PersonId) -> Result<Option<Registered>, StoreFault>;
    /// Whose a partner's name is, or was.
    async fn registered_name_owner(
        &mut self,
        kind: NameKind,
        name: &str,
    ) -> Result<Option<PersonId>, StoreFault>;
    /// Every name a partner ever knew her by: the word of its kind, and the name.
    async fn registered_names_of(&mut self, id: PersonId) -> Result<Vec<(String, String)>, StoreFault>;
    /// Registers it, in place of what was, and reserves its names for her for ever; [`StoreFault::Conflict`] when one of
    /// them is, or was, somebody else's.
    async fn register(&mut self, id: PersonId, says: &Registered, at: Timestamp) -> Result<(), StoreFault>;
}
