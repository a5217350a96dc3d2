//! OpenID Connect on the wire, as the use cases see it.

use core::fmt;
use domain::Timestamp;
use domain::factor::FactorKind;
use domain::ids::{RelyingPartyId, VisitId};
use domain::level::{AssuranceLevel, Chain};
use domain::oidc::client::Client;
use domain::oidc::refusal::Refusal;
use domain::oidc::request::{AnswerTo, AuthorizeRequest};
use domain::visit::Visit;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Parameters of a request, each given once.
pub type Parameters = BTreeMap<String, String>;

/// A request to begin a sign-in that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{refusal}")]
pub struct NotAsked {
    /// Why.
    pub refusal: Refusal,
    /// Set once the redirect URI is proved to be the client's: only then is anything sent there.
    pub answer: Option<Box<AnswerTo>>,
}

/// A registration that cannot be used; says exactly what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotRegistered(pub String);

/// A client's statement that was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asserted {
    /// Its own id, to be used once.
    pub id: String,
    /// Until when it could be used again.
    pub until: Timestamp,
}

/// What an id token of ours says about a session, however old it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Whom it was made for.
    pub client_id: String,
    /// The visit.
    pub visit: VisitId,
}

/// What an id token says.
#[derive(Clone, Debug)]
pub struct IdToken<'a> {
    /// The name the application knows her by.
    pub subject: &'a str,
    /// The visit.
    pub visit: VisitId,
    /// Its own id, by which the trail knows it.
    pub id: &'a str,
    /// Bound in where the application asked.
    pub nonce: Option<&'a str>,
    /// When she authenticated.
    pub authenticated_at: Timestamp,
    /// The level; none at a pilot, which states none.
    pub level: Option<AssuranceLevel>,
    /// What it was computed from.
    pub chain: Chain,
    /// What she showed.
    pub methods: &'a [FactorKind],
    /// The access token that goes with it.
    pub access_token: &'a str,
    /// What else she lets the application know.
    pub claims: &'a Map<String, Value>,
    /// Until when the application may rely on it.
    pub until: Timestamp,
}

/// A token that cannot be signed: a reason fit for a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unsigned(pub &'static str);

/// What an application is told by its back channel (OIDC Back-Channel Logout 2.5).
#[derive(Clone, PartialEq, Eq)]
pub struct LogoutPost {
    /// Where to; `https` outside of the demo.
    pub address: String,
    /// The logout token.
    pub token: String,
    /// The authority that vouches for the certificate there, as DER; none: the public ones.
    pub authority: Option<Vec<u8>>,
}

impl fmt::Debug for LogoutPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogoutPost").field("address", &self.address).finish_non_exhaustive()
    }
}

/// An answer to an application, by the browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// What people call it.
    pub service: String,
    /// Where to, and how.
    pub to: AnswerTo,
    /// What: `code` or `error`, and `iss` always (RFC 9207).
    pub fields: Vec<(&'static str, String)>,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("to", &self.to.redirect_uri).finish_non_exhaustive()
    }
}

/// The kind of a key that tokens are signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKeyKind {
    /// RSA of 3072 bits, for RS256 and PS256.
    Rsa,
    /// P-256, for ES256.
    P256,
}

impl TokenKeyKind {
    /// All.
    pub const ALL: [Self; 2] = [Self::Rsa, Self::P256];

    /// The word kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::P256 => "p256",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Reads requests and writes tokens. Signs with the keys it was given.
pub trait OidcWire: Send + Sync {
    /// Reads a registration into a connection; `id` is fresh, and `secret` the hash of what the client will show where
    /// it is registered for that.
    fn registration(
        &self,
        text: &str,
        id: RelyingPartyId,
        secret: [u8; 32],
        loopback_http: bool,
    ) -> Result<Client, NotRegistered>;

    /// Reads a request of this client.
    fn read(
        &self,
        parameters: &Parameters,
        client: &Client,
        now: Timestamp,
    ) -> Result<AuthorizeRequest, NotAsked>;

    /// Who a statement claims to be from; believed by [`OidcWire::assertion`] only.
    fn claims_to_be(&self, assertion: &str) -> Option<String>;

    /// Verifies a client's statement about itself (RFC 7523): by its own keys, for us, fresh. Whether it is used for the
    /// first time is for the caller to see. The fault is a word for the log.
    fn assertion(&self, client: &Client, assertion: &str, now: Timestamp) -> Result<Asserted, &'static str>;

    /// Verifies that a certificate, DER, is one this client proves itself by, and may be believed now (RFC 8705 2). That whoever
    /// sent it holds its key is for the edge to know. Gives its SHA-256; the fault is a word for the log.
    fn certificate(
        &self,
        client: &Client,
        shown: Option<&[u8]>,
        now: Timestamp,
    ) -> Result<[u8; 32], &'static str>;

    /// Writes an id token.
    fn id_token(&self, client: &Client, says: &IdToken<'_>, now: Timestamp) -> Result<String, Unsigned>;

    /// Reads an id token of ours, however old; none for any other.
    fn hint(&self, token: &str, now: Timestamp) -> Option<Hint>;

    /// Writes what an application is told when a visit is over; `id` is fresh.
    fn logout(&self, to: &Client, visit: &Visit, id: String, now: Timestamp) -> Result<LogoutPost, Unsigned>;

    /// The addresses that her browser shows in frames, so that an application ends these sessions of hers, by the `sid`s it
    /// was given (OIDC Front-Channel Logout 3); none where it takes none.
    fn front_logout(&self, to: &Client, sessions: &[String]) -> Vec<String>;

    /// A new private key, PKCS#8.
    fn new_key(&self, kind: TokenKeyKind) -> Result<Zeroizing<Vec<u8>>, Unsigned>;

    /// What we do, for applications to read (OIDC Discovery 3).
    fn discovery(&self) -> String;

    /// The keys tokens are verified with (RFC 7517 5).
    fn keys(&self) -> String;
}
