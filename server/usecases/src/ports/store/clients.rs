//! Applications that ask by OpenID Connect, what they asked and what came of it.

use super::StoreFault;
use crate::ports::oidc::TokenKeyKind;
use crate::ports::vault::Sealed;
use async_trait::async_trait;
use domain::Timestamp;
use domain::connection::Connection;
use domain::ids::{KeyId, PushedId, RelyingPartyId, VisitId};
use domain::oidc::authorization::Authorization;
use domain::oidc::client::Client;
use domain::oidc::request::AuthorizeRequest;

/// A request that came by the back channel and waits for its browser (RFC 9126).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// Its name, which nobody can guess.
    pub id: PushedId,
    /// What was asked.
    pub request: AuthorizeRequest,
    /// Until when.
    pub until: Timestamp,
}

/// A key that tokens are signed with, as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenKey {
    /// Which.
    pub id: KeyId,
    /// Of which kind.
    pub kind: TokenKeyKind,
    /// The private key, PKCS#8 DER, sealed.
    pub sealed: Sealed,
    /// Published since then.
    pub created_at: Timestamp,
    /// Signs from then on, until the next of its kind does.
    pub signs_from: Timestamp,
}

/// Applications that ask by OpenID Connect.
#[async_trait]
pub trait Clients {
    /// A connection of either protocol.
    async fn connection(&mut self, id: RelyingPartyId) -> Result<Option<Connection>, StoreFault>;
    /// By client id.
    async fn client(&mut self, client_id: &str) -> Result<Option<Client>, StoreFault>;
    /// All of them, by client id.
    async fn clients(&mut self) -> Result<Vec<Client>, StoreFault>;
    /// Adds or replaces (the same client id keeps its id); [`StoreFault::Conflict`] when the name is that of a SAML
    /// service.
    async fn put_client(&mut self, client: &Client) -> Result<(), StoreFault>;

    /// Keeps a pushed request.
    async fn add_pushed(&mut self, pushed: &Pushed) -> Result<(), StoreFault>;
    /// One, to look at.
    async fn pushed(&mut self, id: PushedId) -> Result<Option<Pushed>, StoreFault>;
    /// Uses it up; false when it was already.
    async fn take_pushed(&mut self, id: PushedId) -> Result<bool, StoreFault>;

    /// Adds an authorization. The caller holds the person's row steady.
    async fn add_authorization(&mut self, authorization: &Authorization) -> Result<(), StoreFault>;
    /// One, to look at.
    async fn authorization(&mut self, visit: VisitId) -> Result<Option<Authorization>, StoreFault>;
    /// One, locked until the end of the transaction. Before its person, everywhere.
    async fn authorization_for_update(&mut self, visit: VisitId)
    -> Result<Option<Authorization>, StoreFault>;
    /// Keeps it as it is now.
    async fn save_authorization(&mut self, authorization: &Authorization) -> Result<(), StoreFault>;
    /// Deletes pushed requests and authorizations that ran out before, at most `limit` of each; gives how many.
    async fn prune_authorizations(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;

    /// The keys tokens are signed with, newest first.
    async fn token_keys(&mut self) -> Result<Vec<TokenKey>, StoreFault>;
    /// Adds one.
    async fn add_token_key(&mut self, key: &TokenKey) -> Result<(), StoreFault>;
    /// Replaces a sealed key; false when it is gone.
    async fn reseal_token_key(&mut self, id: KeyId, sealed: &Sealed) -> Result<bool, StoreFault>;
    /// Deletes one; false when it is gone.
    async fn drop_token_key(&mut self, id: KeyId) -> Result<bool, StoreFault>;
}
