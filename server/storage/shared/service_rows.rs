//! Rows of services: how they are connected, what they asked, who is at them, and the keys that sign for them.

use super::values::{count, time, time_if};
use domain::connection::Connection;
use domain::oidc::client::Client;
use domain::oidc::request::AuthorizeRequest;
use domain::relying_party::RelyingParty;
use domain::signing_key::SigningLife;
use domain::visit::{Ending, Visit};
use sqlx::types::{Json, Uuid};
use usecases::ports::oidc::TokenKeyKind;
use usecases::ports::store::{Posted, Pushed, SigningKey, StoreFault, TokenKey};
use usecases::ports::vault::Sealed;

pub(crate) struct RelyingPartyRow {
    pub(crate) id: Uuid,
    pub(crate) record: Json<RelyingParty>,
}

impl From<RelyingPartyRow> for RelyingParty {
    /// The row's id stands: a connection saved again under the same entity id keeps it.
    fn from(row: RelyingPartyRow) -> Self {
        Self { id: row.id.into(), ..row.record.0 }
    }
}

pub(crate) struct PostedRow {
    pub(crate) id: Uuid,
    pub(crate) relying_party: Uuid,
    pub(crate) message_id: String,
    pub(crate) message: String,
    pub(crate) relay_state: Option<String>,
    pub(crate) until: i64,
}

impl TryFrom<PostedRow> for Posted {
    type Error = StoreFault;
    fn try_from(row: PostedRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            relying_party: row.relying_party.into(),
            message_id: row.message_id,
            message: row.message,
            relay_state: row.relay_state,
            until: time(row.until)?,
        })
    }
}

/// A connection before it is known which protocol it speaks.
pub(crate) struct ConnectionRow {
    pub(crate) id: Uuid,
    pub(crate) protocol: String,
    pub(crate) record: Json<serde_json::Value>,
}

impl TryFrom<ConnectionRow> for Connection {
    type Error = StoreFault;
    fn try_from(row: ConnectionRow) -> Result<Self, StoreFault> {
        let unreadable = |_: serde_json::Error| StoreFault::Unreadable("a connection");
        let (id, record) = (row.id.into(), row.record.0);
        match row.protocol.as_str() {
            "saml" => {
                let rp: RelyingParty = serde_json::from_value(record).map_err(unreadable)?;
                Ok(Self::Saml(Box::new(RelyingParty { id, ..rp })))
            }
            "oidc" => {
                let client: Client = serde_json::from_value(record).map_err(unreadable)?;
                Ok(Self::Oidc(Box::new(Client { id, ..client })))
            }
            _ => Err(StoreFault::Unreadable("the protocol of a connection")),
        }
    }
}

pub(crate) struct ClientRow {
    pub(crate) id: Uuid,
    pub(crate) record: Json<Client>,
}

impl From<ClientRow> for Client {
    /// The row's id stands, as for a SAML service.
    fn from(row: ClientRow) -> Self {
        Self { id: row.id.into(), ..row.record.0 }
    }
}

pub(crate) struct PushedRow {
    pub(crate) id: Uuid,
    pub(crate) request: Json<AuthorizeRequest>,
    pub(crate) until: i64,
}

impl TryFrom<PushedRow> for Pushed {
    type Error = StoreFault;
    fn try_from(row: PushedRow) -> Result<Self, StoreFault> {
        Ok(Self { id: row.id.into(), request: row.request.0, until: time(row.until)? })
    }
}

pub(crate) struct TokenKeyRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) sealed: Vec<u8>,
    pub(crate) created_at: i64,
    pub(crate) signs_from: i64,
}

impl TryFrom<TokenKeyRow> for TokenKey {
    type Error = StoreFault;
    fn try_from(row: TokenKeyRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            kind: TokenKeyKind::from_word(&row.kind).ok_or(StoreFault::Unreadable("the kind of a key"))?,
            sealed: Sealed(row.sealed),
            created_at: time(row.created_at)?,
            signs_from: time(row.signs_from)?,
        })
    }
}

pub(crate) struct SigningKeyRow {
    pub(crate) id: Uuid,
    pub(crate) sealed: Vec<u8>,
    pub(crate) certificate: Vec<u8>,
    pub(crate) created_at: i64,
    pub(crate) stage: String,
    pub(crate) since: i64,
}

impl TryFrom<SigningKeyRow> for SigningKey {
    type Error = StoreFault;
    fn try_from(row: SigningKeyRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            sealed: Sealed(row.sealed),
            certificate: row.certificate,
            created_at: time(row.created_at)?,
            life: SigningLife::read(&row.stage, time(row.since)?)
                .ok_or(StoreFault::Unreadable("the life of a signing key"))?,
        })
    }
}

pub(crate) struct VisitRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) session: Uuid,
    pub(crate) relying_party: Uuid,
    pub(crate) name_id: String,
    pub(crate) session_index: String,
    pub(crate) began_at: i64,
    pub(crate) until: i64,
    pub(crate) ending: String,
    pub(crate) ended_at: Option<i64>,
    pub(crate) attempts: i64,
}

impl TryFrom<VisitRow> for (Visit, u32) {
    type Error = StoreFault;
    fn try_from(row: VisitRow) -> Result<Self, StoreFault> {
        let ending = Ending::from_word(&row.ending, time_if(row.ended_at)?);
        let visit = Visit {
            id: row.id.into(),
            person: row.person.into(),
            session: row.session.into(),
            relying_party: row.relying_party.into(),
            name_id: row.name_id,
            session_index: row.session_index,
            began_at: time(row.began_at)?,
            until: time(row.until)?,
            ending: ending.ok_or(StoreFault::Unreadable("what came of ending a visit"))?,
        };
        Ok((visit, count(row.attempts)?))
    }
}
