//! What an application asked in one request that was read and found to be its own.

use super::client::{Claim, Client, hash};
use crate::ids::{RelyingPartyId, VisitId};
use crate::issue::Demand;
use crate::level::AssuranceLevel;
use crate::stateable::Stateable;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How the answer travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// In the query of the redirect.
    Query,
    /// In a form the browser posts.
    FormPost,
}

/// Where an answer goes, once that is proved to be an address of the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTo {
    /// The redirect URI.
    pub redirect_uri: String,
    /// How.
    pub mode: Mode,
    /// Opaque, given back unchanged.
    pub state: Option<String>,
}

/// The claims asked for, by scope or by name; what the connection releases is looked at when they are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// At the userinfo endpoint.
    pub userinfo: BTreeSet<Claim>,
    /// In the id token.
    pub id_token: BTreeSet<Claim>,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizeRequest {
    /// Who asks.
    pub relying_party: RelyingPartyId,
    /// What people call it.
    pub display_name: String,
    /// Where the answer goes.
    pub answer: AnswerTo,
    /// Bound into the id token.
    pub nonce: Option<String>,
    /// The PKCE challenge: the SHA-256 of what the client will show (RFC 7636, S256 alone).
    pub challenge: [u8; 32],
    /// The scopes we know, in order, `openid` among them.
    pub scopes: Vec<String>,
    /// The claims asked for.
    pub asked: Asked,
    /// The least level asked for.
    pub level: Option<AssuranceLevel>,
    /// Every factor must be shown anew.
    pub force: bool,
    /// Nothing may be asked of the person.
    pub passive: bool,
    /// How old the authentication may be.
    pub max_age: Option<SignedDuration>,
    /// An earlier visit of whoever the application means.
    pub hint: Option<VisitId>,
    /// What she may type as her user name.
    pub login_hint: Option<String>,
    /// The languages the application would like, best first.
    pub languages: Vec<String>,
    /// When it arrived.
    pub at: Timestamp,
}

impl AuthorizeRequest {
    /// What the trail calls it. Nothing is kept for that: what the application drew for this request alone (its challenge, RFC
    /// 7636 7.1, its nonce, its state) makes the id, so what was pushed and what its browser brings are one request; and so
    /// is one whose address is brought again.
    pub fn id(&self) -> String {
        let part = |it: Option<&str>| it.map_or_else(|| "-".to_owned(), |it| format!("{}:{it}", it.len()));
        let [nonce, state] = [&self.nonce, &self.answer.state].map(|it| part(it.as_deref()));
        let said = format!("{} {nonce} {state}", self.relying_party);
        let mut bytes = [0; 16];
        let digest = hash(&[said.as_bytes(), self.challenge.as_slice()].concat());
        bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
    }

    /// What a token for it must rest on.
    pub fn demand(&self, client: &Client) -> Demand {
        let force = self.force || !client.single_sign_on;
        let oldest = self.max_age.map(|age| self.at.saturating_sub(age).unwrap_or(self.at));
        Demand {
            level: self.level,
            may_state: Stateable::ANY,
            least: client.demands,
            federation: client.federation,
            longest_session: client.longest_session,
            asked_at: self.at,
            fresh_since: if force { Some(self.at) } else { oldest },
        }
    }
}
