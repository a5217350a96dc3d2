//! What people sign in with.

use super::StoreFault;
use crate::ports::vault::{Mac, Sealed};
use async_trait::async_trait;
use domain::Timestamp;
use domain::factor::{AuthenticatorApp, TimeStep};
use domain::flow::Flow;
use domain::ids::{FactorId, FlowId, PersonId};
use domain::person::UserName;
use domain::standing::Standing;

/// Passwords and authenticator apps.
#[async_trait]
pub trait Credentials {
    /// Who has this user name, and her password's hash if she has one.
    async fn password_of(
        &mut self,
        name: &UserName,
    ) -> Result<Option<(PersonId, Option<String>)>, StoreFault>;
    /// What a right password is held against once more: its flow locked as by [`super::Flows::flow_for_update`], and then her
    /// row held steady as by [`super::People::standing_steady`]. `sources` are the MACs of where she is.
    async fn password_shown(
        &mut self,
        flow: FlowId,
        id: PersonId,
        sources: &[Mac],
    ) -> Result<PasswordShown, StoreFault>;
    /// Her password's hash, PHC string.
    async fn password_hash(&mut self, id: PersonId) -> Result<Option<String>, StoreFault>;
    /// Sets it.
    async fn set_password_hash(&mut self, id: PersonId, hash: &str, at: Timestamp) -> Result<(), StoreFault>;
    /// When it was set.
    async fn password_set_at(&mut self, id: PersonId) -> Result<Option<Timestamp>, StoreFault>;
    /// Takes away her password, all her authenticator apps and all her keys, and puts her code devices aside; gives how many
    /// of all.
    async fn revoke_means(&mut self, id: PersonId) -> Result<u64, StoreFault>;
    /// Her authenticator apps with their sealed seeds.
    async fn apps_of(&mut self, id: PersonId) -> Result<Vec<(AuthenticatorApp, Sealed)>, StoreFault>;
    /// Adds one.
    async fn add_app(&mut self, app: &AuthenticatorApp, seed: &Sealed) -> Result<(), StoreFault>;
    /// Accepts a step of one that was found newer than the last in this transaction, with the count of her codes locked: so
    /// nobody accepts another meanwhile. One that is not newer is a fault.
    async fn use_up_step(&mut self, id: FactorId, step: TimeStep, at: Timestamp) -> Result<(), StoreFault>;
}

/// What a right password is held against once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordShown {
    /// Its flow, where it is there.
    pub flow: Option<Flow>,
    /// As [`super::People::standing_steady`].
    pub standing: Option<Standing>,
    /// As [`Credentials::password_hash`].
    pub hash: Option<String>,
    /// Whether she has any passkey or security key.
    pub has_keys: bool,
    /// Whether she signed in before, and from none of these sources.
    pub elsewhere: bool,
}
