//! Rows about people and what they prove themselves with.

use super::joined::beside_a_person;
use super::values::{all, bytes32, count, day, shaped, shaped_if, there, time, time_if};
use domain::association::{Association, Cvr};
use domain::contact::{Address, ChannelKind, Channels, Own};
use domain::factor::{
    Added, AuthenticatorApp, CredentialId, FactorName, Passkey, Registered, StoredKey, TimeStep,
};
use domain::ids::{Epoch, PersonId, ProofingId};
use domain::level::AssuranceLevel;
use domain::lift::Asked;
use domain::person::{Contact, Person};
use domain::proofing::IdentityProofing;
use domain::reconfirmation::Proved;
use domain::role::{Role, RoleKind, RoleState};
use domain::standing::{Hold, Origin};
use domain::terms::{Accepted, TermsAcceptance, TermsHash};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Employed, LineOnRecord, StoreFault};
use usecases::ports::vault::Sealed;

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

beside_a_person! {
    /// What is on record about a line of HR's; each part may be missing.
    KnownRow {
        relation: Option<Uuid>,
        relation_of: Option<Uuid>,
        cvr: Option<String>,
        employee_number: Option<String>,
        unit: Option<String>,
        starts_on: Option<String>,
        ends_on: Option<String>,
        activated_at: Option<i64>,
        closed_at: Option<i64>,
        name_owner: Option<Uuid>,
    }
}

impl TryFrom<KnownRow> for LineOnRecord {
    type Error = StoreFault;
    fn try_from(mut row: KnownRow) -> Result<Self, StoreFault> {
        let name_owner = row.name_owner.map(Into::into);
        Ok(Self { person: row.whose()?, relation: row.relation()?, name_owner })
    }
}

impl KnownRow {
    fn relation(self) -> Result<Option<Association>, StoreFault> {
        let Some(id) = self.relation else { return Ok(None) };
        let row = AssociationRow {
            id,
            person: there(self.relation_of)?,
            cvr: there(self.cvr)?,
            employee_number: there(self.employee_number)?,
            unit: there(self.unit)?,
            starts_on: there(self.starts_on)?,
            ends_on: self.ends_on,
            activated_at: self.activated_at,
            closed_at: self.closed_at,
        };
        row.try_into().map(Some)
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

pub(crate) struct AskedRow {
    pub(crate) hold: Uuid,
    pub(crate) asked_by: String,
    pub(crate) asked_at: i64,
}

impl TryFrom<AskedRow> for Asked {
    type Error = StoreFault;
    fn try_from(row: AskedRow) -> Result<Self, StoreFault> {
        Ok(Self { hold: row.hold.into(), by: row.asked_by, at: time(row.asked_at)? })
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

/// The same, with what people call the version.
pub(crate) struct AcceptedRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) accepted: Json<Accepted>,
    pub(crate) version: String,
}

impl From<AcceptedRow> for (TermsAcceptance, String) {
    fn from(row: AcceptedRow) -> Self {
        let accept =
            TermsAcceptance { id: row.id.into(), person: row.person.into(), accepted: row.accepted.0 };
        (accept, row.version)
    }
}

pub(crate) struct ChannelRow {
    pub(crate) kind: String,
    pub(crate) address: Option<String>,
    pub(crate) changed_at: i64,
    pub(crate) before: Option<String>,
}

impl TryFrom<ChannelRow> for (ChannelKind, Own) {
    type Error = StoreFault;
    fn try_from(row: ChannelRow) -> Result<Self, StoreFault> {
        let kind = ChannelKind::from_word(&row.kind).ok_or(StoreFault::Unreadable("a kind of channel"))?;
        let read = |text: Option<String>| -> Result<Option<Address>, StoreFault> {
            text.map(|text| kind.read(&text).ok_or(StoreFault::Unreadable("an address"))).transpose()
        };
        let own =
            Own { address: read(row.address)?, changed_at: time(row.changed_at)?, before: read(row.before)? };
        Ok((kind, own))
    }
}

/// Where notices to her go: what HR holds beside what she decided herself.
pub(crate) fn channels(hr: Option<PersonRow>, own: Vec<ChannelRow>) -> Result<Channels, StoreFault> {
    let hr = hr.map(Person::try_from).transpose()?.map(|person| person.contact).unwrap_or_default();
    let mut channels = Channels { hr, ..Channels::default() };
    for (kind, own) in all::<_, (ChannelKind, Own)>(own)? {
        match kind {
            ChannelKind::PrivateMail => channels.private_mail = Some(own),
            ChannelKind::Mobile => channels.mobile = Some(own),
        }
    }
    Ok(channels)
}

/// Her newest proof, and whether HR changed her name since.
pub(crate) struct ProvedRow {
    pub(crate) at: i64,
    pub(crate) level: String,
    pub(crate) renamed_at: Option<i64>,
}

impl TryFrom<ProvedRow> for Proved {
    type Error = StoreFault;
    fn try_from(row: ProvedRow) -> Result<Self, StoreFault> {
        let level = AssuranceLevel::from_word(&row.level).ok_or(StoreFault::Unreadable("a level"))?;
        Ok(Self { at: time(row.at)?, level, renamed_at: time_if(row.renamed_at)? })
    }
}

/// Somebody with an open work relation, and how she stands.
pub(crate) struct EmployedRow {
    pub(crate) person: Uuid,
    pub(crate) at: Option<i64>,
    pub(crate) level: Option<String>,
    pub(crate) renamed_at: Option<i64>,
    pub(crate) terms: Option<Vec<u8>>,
    pub(crate) held: bool,
}

impl TryFrom<EmployedRow> for Employed {
    type Error = StoreFault;
    fn try_from(row: EmployedRow) -> Result<Self, StoreFault> {
        let EmployedRow { person, at, level, renamed_at, terms, held } = row;
        let proved = at.zip(level).map(|(at, level)| ProvedRow { at, level, renamed_at });
        let accepted = terms.map(|terms| bytes32(terms, "the digest of terms").map(TermsHash::from));
        Ok(Self {
            person: person.into(),
            proved: proved.map(Proved::try_from).transpose()?,
            accepted: accepted.transpose()?,
            held,
        })
    }
}

/// A proof and whose it is.
pub(crate) struct ProofRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
}

impl From<ProofRow> for (ProofingId, PersonId) {
    fn from(row: ProofRow) -> Self {
        (row.id.into(), row.person.into())
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
    pub(crate) added_by: String,
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
            added: ground(&row.added_by)?,
            used_at: time_if(row.used_at)?,
            last_step: TimeStep(row.last_step),
        };
        Ok((app, Sealed(row.seed)))
    }
}

fn ground(word: &str) -> Result<Added, StoreFault> {
    Added::from_word(word).ok_or(StoreFault::Unreadable("the ground of a login method"))
}

pub(crate) struct PasskeyRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) credential: Vec<u8>,
    pub(crate) name: String,
    pub(crate) added_at: i64,
    pub(crate) added_by: String,
    pub(crate) used_at: Option<i64>,
    pub(crate) counter: i64,
    pub(crate) registered: Json<Registered>,
    pub(crate) stored: Vec<u8>,
}

impl TryFrom<PasskeyRow> for Passkey {
    type Error = StoreFault;
    fn try_from(row: PasskeyRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            person: row.person.into(),
            name: shaped::<FactorName>(row.name, "a name of a login method")?,
            added_at: time(row.added_at)?,
            added: ground(&row.added_by)?,
            used_at: time_if(row.used_at)?,
            credential: CredentialId(row.credential),
            registered: row.registered.0,
            counter: count(row.counter)?,
            stored: StoredKey(row.stored),
        })
    }
}
