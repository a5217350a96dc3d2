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

/// How a service comes to know that a session is over (security decision 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutKind {
    /// From us, without the browser: wherever she signs out, and at a block.
    BackChannel,
    /// Through her browser, when she signs out in it.
    FrontChannel,
    /// Not at all: its session ends by itself.
    None,
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

    /// How it comes to know that a session is over. What needs no browser goes first.
    pub fn logout(&self) -> LogoutKind {
        match self {
            _ if self.is_told() => LogoutKind::BackChannel,
            Self::Saml(rp) if rp.front_logout.is_some() => LogoutKind::FrontChannel,
            Self::Oidc(client) if client.front_channel_logout.is_some() => LogoutKind::FrontChannel,
            Self::Saml(_) | Self::Oidc(_) => LogoutKind::None,
        }
    }
}
