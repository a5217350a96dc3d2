//! Rows of flows, sessions, services, the trail and the outbox.

use super::values::{bytes32, count, from_word, time, time_if};
use domain::Timestamp;
use domain::audit::tree::{Frontier, cover};
use domain::audit::{Emptied, Hash, Link, Origin, Row};
use domain::connection::Connection;
use domain::flow::{About, Flow};
use domain::ids::{Epoch, RecordId};
use domain::notice::{Channel, Notice, Template};
use domain::oidc::client::Client;
use domain::oidc::request::AuthorizeRequest;
use domain::relying_party::RelyingParty;
use domain::session::Session;
use domain::signing_key::SigningLife;
use domain::visit::{Ending, Visit};
use sqlx::types::{Json, Uuid};
use usecases::ports::oidc::TokenKeyKind;
use usecases::ports::store::{
    Invitation, KeptCheckpoint, Line, Posted, Pushed, SigningKey, StoreFault, TokenKey,
};
use usecases::ports::vault::Sealed;

pub(crate) struct FlowRow {
    pub(crate) id: Uuid,
    pub(crate) browser: Uuid,
    pub(crate) person: Option<Uuid>,
    pub(crate) epoch: Option<i64>,
    pub(crate) expires_at: i64,
    pub(crate) about: Json<About>,
}

impl TryFrom<FlowRow> for Flow {
    type Error = StoreFault;
    fn try_from(row: FlowRow) -> Result<Self, StoreFault> {
        let person = row.person.map(Into::into);
        Ok(Self {
            id: row.id.into(),
            browser: row.browser.into(),
            person: person.zip(row.epoch.map(Epoch)),
            expires_at: time(row.expires_at)?,
            about: row.about.0,
        })
    }
}

pub(crate) struct InvitationRow {
    pub(crate) person: Uuid,
    pub(crate) epoch: i64,
    pub(crate) until: i64,
}

impl TryFrom<InvitationRow> for Invitation {
    type Error = StoreFault;
    fn try_from(row: InvitationRow) -> Result<Self, StoreFault> {
        Ok(Self { person: row.person.into(), epoch: Epoch(row.epoch), until: time(row.until)? })
    }
}

pub(crate) struct SessionRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) epoch: i64,
    pub(crate) browser: Uuid,
    pub(crate) shown: Json<Vec<(domain::factor::FactorKind, Timestamp)>>,
    pub(crate) began_at: i64,
    pub(crate) seen_at: i64,
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreFault;
    fn try_from(row: SessionRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            person: row.person.into(),
            epoch: Epoch(row.epoch),
            browser: row.browser.into(),
            shown: row.shown.0,
            began_at: time(row.began_at)?,
            seen_at: time(row.seen_at)?,
        })
    }
}

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

pub(crate) struct AuditRow {
    pub(crate) id: Uuid,
    pub(crate) format: i64,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) actor: String,
    pub(crate) subject: Option<Uuid>,
    pub(crate) request: Uuid,
    pub(crate) facts: String,
    pub(crate) personal: Vec<u8>,
    pub(crate) instance: Option<Uuid>,
    pub(crate) lane: Option<i64>,
    pub(crate) counter: Option<i64>,
    pub(crate) mac: Vec<u8>,
}

/// A row of the trail with its place in the chain, where it has one.
pub(crate) struct PlacedRow {
    pub(crate) place: Option<i64>,
    pub(crate) id: Uuid,
    pub(crate) format: i64,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) actor: String,
    pub(crate) subject: Option<Uuid>,
    pub(crate) request: Uuid,
    pub(crate) facts: String,
    pub(crate) personal: Vec<u8>,
    pub(crate) instance: Option<Uuid>,
    pub(crate) lane: Option<i64>,
    pub(crate) counter: Option<i64>,
    pub(crate) mac: Vec<u8>,
}

impl TryFrom<PlacedRow> for (Option<i64>, Row) {
    type Error = StoreFault;
    fn try_from(row: PlacedRow) -> Result<Self, StoreFault> {
        let of_trail = AuditRow {
            id: row.id,
            format: row.format,
            at: row.at,
            kind: row.kind,
            actor: row.actor,
            subject: row.subject,
            request: row.request,
            facts: row.facts,
            personal: row.personal,
            instance: row.instance,
            lane: row.lane,
            counter: row.counter,
            mac: row.mac,
        };
        Ok((row.place, of_trail.try_into()?))
    }
}

fn origin(
    instance: Option<Uuid>,
    lane: Option<i64>,
    counter: Option<i64>,
) -> Result<Option<Origin>, StoreFault> {
    let (Some(instance), Some(lane), Some(number)) = (instance, lane, counter) else {
        return Ok(None);
    };
    Ok(Some(Origin { instance: instance.into(), lane: count(lane)?, number: count(number)? }))
}

impl TryFrom<AuditRow> for Row {
    type Error = StoreFault;
    fn try_from(row: AuditRow) -> Result<Self, StoreFault> {
        let origin = origin(row.instance, row.lane, row.counter)?;
        Ok(Self {
            id: row.id.into(),
            format: count(row.format)?,
            at: time(row.at)?,
            kind: row.kind,
            actor: row.actor,
            subject: row.subject.map(Into::into),
            request: row.request.into(),
            facts: row.facts,
            personal: row.personal,
            origin,
            mac: bytes32(row.mac, "a MAC")?,
        })
    }
}

pub(crate) struct EmptiedRow {
    pub(crate) place: i64,
    pub(crate) event: Uuid,
    pub(crate) format: i64,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) instance: Option<Uuid>,
    pub(crate) lane: Option<i64>,
    pub(crate) counter: Option<i64>,
    pub(crate) body: Vec<u8>,
    pub(crate) mac: Vec<u8>,
}

impl TryFrom<EmptiedRow> for (i64, Emptied) {
    type Error = StoreFault;
    fn try_from(row: EmptiedRow) -> Result<Self, StoreFault> {
        let left = Emptied {
            id: row.event.into(),
            format: count(row.format)?,
            at: time(row.at)?,
            kind: row.kind,
            origin: origin(row.instance, row.lane, row.counter)?,
            body: Hash(bytes32(row.body, "the digest of a row")?),
            mac: bytes32(row.mac, "a MAC")?,
        };
        Ok((row.place, left))
    }
}

pub(crate) struct LinkRow {
    pub(crate) place: i64,
    pub(crate) event: Uuid,
    pub(crate) leaf: Option<Vec<u8>>,
    pub(crate) hash: Vec<u8>,
}

impl TryFrom<LinkRow> for Link {
    type Error = StoreFault;
    fn try_from(row: LinkRow) -> Result<Self, StoreFault> {
        let hash = Hash(bytes32(row.hash, "a hash of the chain")?);
        let leaf = row.leaf.map(|leaf| bytes32(leaf, "a leaf")).transpose()?.map(Hash);
        Ok(Self { place: row.place, event: row.event.into(), leaf, hash })
    }
}

pub(crate) struct CheckpointRow {
    pub(crate) number: i64,
    pub(crate) size: i64,
    pub(crate) chain: Vec<u8>,
    pub(crate) peaks: Vec<u8>,
    pub(crate) note: String,
}

impl TryFrom<CheckpointRow> for KeptCheckpoint {
    type Error = StoreFault;
    fn try_from(row: CheckpointRow) -> Result<Self, StoreFault> {
        let wrong = StoreFault::Unreadable("a checkpoint");
        let peaks = row.peaks.chunks(32).map(|peak| bytes32(peak.to_vec(), "a checkpoint").map(Hash));
        let tree = Frontier::of(count(row.size)?, peaks.collect::<Result<_, _>>()?).ok_or(wrong)?;
        let chain = Hash(bytes32(row.chain, "a checkpoint")?);
        Ok(Self { number: count(row.number)?, tree, chain, note: row.note })
    }
}

/// The roots of a tree side by side.
pub(crate) fn peaks(tree: &Frontier) -> Vec<u8> {
    debug_assert_eq!(tree.peaks().len(), cover(0, tree.size()).len(), "a tree is made of its own subtrees");
    tree.peaks().iter().flat_map(|peak| peak.0).collect()
}

pub(crate) struct NoticeRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) template: String,
    pub(crate) at: i64,
    pub(crate) request: Uuid,
    pub(crate) due_at: i64,
    pub(crate) attempts: i64,
    pub(crate) epoch: i64,
    pub(crate) channel: String,
    pub(crate) flow: Option<Uuid>,
}

impl TryFrom<NoticeRow> for (Notice, u32) {
    type Error = StoreFault;
    fn try_from(row: NoticeRow) -> Result<Self, StoreFault> {
        let notice = Notice {
            id: row.id.into(),
            person: row.person.into(),
            template: from_word::<Template>(row.template)?,
            channel: from_word::<Channel>(row.channel)?,
            at: time(row.at)?,
            request: row.request.into(),
            flow: row.flow.map(Into::into),
            due_at: time(row.due_at)?,
        };
        Ok((notice, count(row.attempts)?))
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

/// A record that waits for its place outside.
pub(crate) struct RecordRow {
    pub(crate) id: Uuid,
    pub(crate) body: String,
}

impl From<RecordRow> for (RecordId, String) {
    fn from(row: RecordRow) -> Self {
        (row.id.into(), row.body)
    }
}

/// A place outside, as a column holds it.
pub(crate) fn placed(place: u64) -> Result<i64, StoreFault> {
    i64::try_from(place).map_err(|_| StoreFault::Unreadable("a place outside"))
}

pub(crate) struct LineRow {
    pub(crate) place: i64,
    pub(crate) id: Uuid,
    pub(crate) body: String,
    pub(crate) mac: Vec<u8>,
}

impl TryFrom<LineRow> for Line {
    type Error = StoreFault;
    fn try_from(row: LineRow) -> Result<Self, StoreFault> {
        let mac = bytes32(row.mac, "a MAC of a line kept outside")?;
        Ok(Self { place: count(row.place)?, id: row.id.into(), body: row.body, mac })
    }
}
