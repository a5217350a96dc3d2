//! A service that trusts us, by the protocol it speaks.

use crate::ids::RelyingPartyId;
use crate::oidc::client::Client;
use crate::relying_party::RelyingParty;

/// One connected service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// By SAML.
    Saml(Box<RelyingParty>),
    /// By OpenID Connect.
    Oidc(Box<Client>),
}

impl Connection {
    /// Which.
    pub fn id(&self) -> RelyingPartyId {
        match self {
            Self::Saml(rp) => rp.id,
            Self::Oidc(client) => client.id,
        }
    }

    /// What people call it.
    pub fn display_name(&self) -> &str {
        match self {
            Self::Saml(rp) => &rp.display_name,
            Self::Oidc(client) => &client.display_name,
        }
    }

    /// Whether it can be told, without the browser, that a session is over (security decision 11).
    pub fn is_told(&self) -> bool {
        match self {
            Self::Saml(rp) => rp.soap_logout.is_some(),
            Self::Oidc(client) => client.back_channel_logout.is_some(),
        }
    }
}
