//! From rows to what is true and back. Shared by both storage crates: their columns differ, their rows do not.

use domain::association::{Association, Cvr};
use domain::audit::{Hash, Link, Row};
use domain::factor::{AuthenticatorApp, FactorName, TimeStep};
use domain::flow::{About, Flow};
use domain::ids::Epoch;
use domain::level::AssuranceLevel;
use domain::notice::{Notice, Template};
use domain::person::{Contact, Person};
use domain::proofing::IdentityProofing;
use domain::relying_party::RelyingParty;
use domain::role::{Role, RoleKind, RoleState};
use domain::session::Session;
use domain::standing::{Hold, Origin};
use domain::terms::{Accepted, TermsAcceptance};
use domain::{Date, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Invitation, SigningKey, StoreFault};
use usecases::ports::vault::Sealed;

/// Reads microseconds since 1970.
pub(crate) fn time(micros: i64) -> Result<Timestamp, StoreFault> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreFault::Unreadable("a time"))
}

/// Reads a time that may not have come yet.
pub(crate) fn time_if(micros: Option<i64>) -> Result<Option<Timestamp>, StoreFault> {
    micros.map(time).transpose()
}

/// Reads an ISO 8601 day.
fn day(text: &str) -> Result<Date, StoreFault> {
    text.parse().map_err(|_| StoreFault::Unreadable("a day"))
}

/// Reads a value that has a shape.
fn shaped<T: TryFrom<String>>(text: String, what: &'static str) -> Result<T, StoreFault> {
    T::try_from(text).map_err(|_| StoreFault::Unreadable(what))
}

/// Reads a value that has a shape, where there is one.
fn shaped_if<T: TryFrom<String>>(text: Option<String>, what: &'static str) -> Result<Option<T>, StoreFault> {
    text.map(|text| shaped(text, what)).transpose()
}

/// Reads thirty-two bytes.
pub(crate) fn bytes32(bytes: Vec<u8>, what: &'static str) -> Result<[u8; 32], StoreFault> {
    bytes.try_into().map_err(|_| StoreFault::Unreadable(what))
}

/// Reads a count.
pub(crate) fn count<T: TryFrom<i64>>(number: i64) -> Result<T, StoreFault> {
    T::try_from(number).map_err(|_| StoreFault::Unreadable("a count"))
}

/// The word of a plain enum, as serde writes it.
pub(crate) fn word(value: &impl Serialize) -> Result<String, StoreFault> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreFault::Unreadable("a word")),
    }
}

/// Reads the word of a plain enum.
fn from_word<T: DeserializeOwned>(word: String) -> Result<T, StoreFault> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| StoreFault::Unreadable("a word"))
}

/// Reads every row, or none.
pub(crate) fn all<R, T: TryFrom<R, Error = StoreFault>>(rows: Vec<R>) -> Result<Vec<T>, StoreFault> {
    rows.into_iter().map(T::try_from).collect()
}

pub(crate) struct PersonRow {
    pub(crate) id: Uuid,
    pub(crate) user_name: String,
    pub(crate) given_name: String,
    pub(crate) family_name: String,
    pub(crate) work_mail: Option<String>,
    pub(crate) private_mail: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) epoch: i64,
}

impl TryFrom<PersonRow> for Person {
    type Error = StoreFault;
    fn try_from(row: PersonRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            user_name: shaped(row.user_name, "a user name")?,
            given_name: shaped(row.given_name, "a name")?,
            family_name: shaped(row.family_name, "a name")?,
            contact: Contact {
                work_mail: shaped_if(row.work_mail, "a mail address")?,
                private_mail: shaped_if(row.private_mail, "a mail address")?,
                mobile: shaped_if(row.mobile, "a phone number")?,
            },
            epoch: Epoch(row.epoch),
        })
    }
}

pub(crate) struct HoldRow {
    pub(crate) id: Uuid,
    pub(crate) origin: String,
    pub(crate) reason: String,
    pub(crate) at: i64,
}

impl TryFrom<HoldRow> for Hold {
    type Error = StoreFault;
    fn try_from(row: HoldRow) -> Result<Self, StoreFault> {
        let origin = Origin::from_word(&row.origin).ok_or(StoreFault::Unreadable("a hold's origin"))?;
        Ok(Self { id: row.id.into(), origin, reason: row.reason, at: time(row.at)? })
    }
}

pub(crate) struct AssociationRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) cvr: String,
    pub(crate) employee_number: String,
    pub(crate) unit: String,
    pub(crate) starts_on: String,
    pub(crate) ends_on: Option<String>,
    pub(crate) activated_at: Option<i64>,
    pub(crate) closed_at: Option<i64>,
}

impl TryFrom<AssociationRow> for Association {
    type Error = StoreFault;
    fn try_from(row: AssociationRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            person: row.person.into(),
            cvr: shaped::<Cvr>(row.cvr, "a CVR number")?,
            employee_number: row.employee_number,
            unit: row.unit,
            starts_on: day(&row.starts_on)?,
            ends_on: row.ends_on.as_deref().map(day).transpose()?,
            activated_at: time_if(row.activated_at)?,
            closed_at: time_if(row.closed_at)?,
        })
    }
}

pub(crate) struct AcceptanceRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) accepted: Json<Accepted>,
}

impl From<AcceptanceRow> for TermsAcceptance {
    fn from(row: AcceptanceRow) -> Self {
        Self { id: row.id.into(), person: row.person.into(), accepted: row.accepted.0 }
    }
}

pub(crate) struct ProofingRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) at: i64,
    pub(crate) level: String,
    pub(crate) means: Json<domain::proofing::Means>,
    pub(crate) register: Json<domain::cpr::CprStatus>,
    pub(crate) process: String,
}

impl TryFrom<ProofingRow> for IdentityProofing {
    type Error = StoreFault;
    fn try_from(row: ProofingRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            person: row.person.into(),
            at: time(row.at)?,
            level: AssuranceLevel::from_word(&row.level).ok_or(StoreFault::Unreadable("a level"))?,
            means: row.means.0,
            register: row.register.0,
            process: row.process,
        })
    }
}

pub(crate) struct RoleRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) kind: String,
    pub(crate) proposed_at: i64,
    pub(crate) state: Json<RoleState>,
}

impl TryFrom<RoleRow> for Role {
    type Error = StoreFault;
    fn try_from(row: RoleRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            person: row.person.into(),
            kind: RoleKind::from_word(&row.kind).ok_or(StoreFault::Unreadable("a role"))?,
            proposed_at: time(row.proposed_at)?,
            state: row.state.0,
        })
    }
}

pub(crate) struct AppRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) name: String,
    pub(crate) added_at: i64,
    pub(crate) used_at: Option<i64>,
    pub(crate) last_step: i64,
    pub(crate) seed: Vec<u8>,
}

impl TryFrom<AppRow> for (AuthenticatorApp, Sealed) {
    type Error = StoreFault;
    fn try_from(row: AppRow) -> Result<Self, StoreFault> {
        let app = AuthenticatorApp {
            id: row.id.into(),
            person: row.person.into(),
            name: shaped::<FactorName>(row.name, "a name of a login method")?,
            added_at: time(row.added_at)?,
            used_at: time_if(row.used_at)?,
            last_step: TimeStep(row.last_step),
        };
        Ok((app, Sealed(row.seed)))
    }
}

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

pub(crate) struct SigningKeyRow {
    pub(crate) id: Uuid,
    pub(crate) sealed: Vec<u8>,
    pub(crate) certificate: Vec<u8>,
    pub(crate) created_at: i64,
}

impl TryFrom<SigningKeyRow> for SigningKey {
    type Error = StoreFault;
    fn try_from(row: SigningKeyRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            sealed: Sealed(row.sealed),
            certificate: row.certificate,
            created_at: time(row.created_at)?,
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
    pub(crate) mac: Vec<u8>,
}

impl TryFrom<AuditRow> for Row {
    type Error = StoreFault;
    fn try_from(row: AuditRow) -> Result<Self, StoreFault> {
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
            mac: bytes32(row.mac, "a MAC")?,
        })
    }
}

pub(crate) struct LinkRow {
    pub(crate) place: i64,
    pub(crate) event: Uuid,
    pub(crate) hash: Vec<u8>,
}

impl TryFrom<LinkRow> for Link {
    type Error = StoreFault;
    fn try_from(row: LinkRow) -> Result<Self, StoreFault> {
        let hash = Hash(bytes32(row.hash, "a hash of the chain")?);
        Ok(Self { place: row.place, event: row.event.into(), hash })
    }
}

pub(crate) struct NoticeRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) template: String,
    pub(crate) at: i64,
    pub(crate) request: Uuid,
    pub(crate) due_at: i64,
    pub(crate) attempts: i64,
}

impl TryFrom<NoticeRow> for (Notice, u32) {
    type Error = StoreFault;
    fn try_from(row: NoticeRow) -> Result<Self, StoreFault> {
        let notice = Notice {
            id: row.id.into(),
            person: row.person.into(),
            template: from_word::<Template>(row.template)?,
            at: time(row.at)?,
            request: row.request.into(),
            due_at: time(row.due_at)?,
        };
        Ok((notice, count(row.attempts)?))
    }
}
