//! All a decision to issue rests on, as it is read.

use super::values::{there, time_if};
use super::{AssociationRow, PersonRow, ProofingRow, SessionRow};
use domain::Timestamp;
use domain::association::Association;
use domain::cpr::CprStatus;
use domain::factor::FactorKind;
use domain::person::Person;
use domain::proofing::{IdentityProofing, Means};
use domain::publication::Published;
use domain::session::Session;
use domain::standing::Standing;
use domain::terms::Accepted;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Evidence, StoreFault};

/// One of her relations; what there is once stands in each.
pub(crate) struct EvidenceRow {
    pub(crate) session: Uuid,
    pub(crate) person: Uuid,
    pub(crate) session_epoch: i64,
    pub(crate) browser: Uuid,
    pub(crate) shown: Json<Vec<(FactorKind, Timestamp)>>,
    pub(crate) began_at: i64,
    pub(crate) seen_at: i64,
    pub(crate) user_name: String,
    pub(crate) given_name: String,
    pub(crate) family_name: String,
    pub(crate) work_mail: Option<String>,
    pub(crate) private_mail: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) epoch: i64,
    pub(crate) renamed_at: Option<i64>,
    pub(crate) held: bool,
    pub(crate) proofing: Option<Uuid>,
    pub(crate) proved_at: Option<i64>,
    pub(crate) level: Option<String>,
    pub(crate) means: Option<Json<Means>>,
    pub(crate) register: Option<Json<CprStatus>>,
    pub(crate) process: Option<String>,
    pub(crate) accepted: Option<Json<Accepted>>,
    /// The newest first.
    pub(crate) published: Option<Json<Vec<Published>>>,
    pub(crate) association: Option<Uuid>,
    pub(crate) cvr: Option<String>,
    pub(crate) employee_number: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) starts_on: Option<String>,
    pub(crate) ends_on: Option<String>,
    pub(crate) activated_at: Option<i64>,
    pub(crate) closed_at: Option<i64>,
}

/// All of it, with how she stands; nothing where there is no such session.
pub(crate) fn evidence(
    mut rows: Vec<EvidenceRow>,
    standing: Standing,
) -> Result<Option<Evidence>, StoreFault> {
    let Some(first) = rows.first_mut() else { return Ok(None) };
    let (session, person, proofing) = (first.session()?, first.person()?, first.proofing()?);
    let renamed_at = time_if(first.renamed_at)?;
    let accepted = first.accepted.take().map(|Json(accepted)| accepted.terms);
    let published = first.published.take().map_or_else(Vec::new, |Json(published)| published);
    let associations = rows.into_iter().filter_map(EvidenceRow::association).collect::<Result<_, _>>()?;
    Ok(Some(Evidence { session, person, standing, proofing, renamed_at, associations, published, accepted }))
}

impl EvidenceRow {
    fn session(&mut self) -> Result<Session, StoreFault> {
        let row = SessionRow {
            id: self.session,
            person: self.person,
            epoch: self.session_epoch,
            browser: self.browser,
            shown: Json(std::mem::take(&mut self.shown.0)),
            began_at: self.began_at,
            seen_at: self.seen_at,
        };
        row.try_into()
    }

    fn person(&mut self) -> Result<Person, StoreFault> {
        let row = PersonRow {
            id: self.person,
            user_name: std::mem::take(&mut self.user_name),
            given_name: std::mem::take(&mut self.given_name),
            family_name: std::mem::take(&mut self.family_name),
            work_mail: self.work_mail.take(),
            private_mail: self.private_mail.take(),
            mobile: self.mobile.take(),
            epoch: self.epoch,
        };
        row.try_into()
    }

    fn proofing(&mut self) -> Result<Option<IdentityProofing>, StoreFault> {
        let Some(id) = self.proofing else { return Ok(None) };
        let row = ProofingRow {
            id,
            person: self.person,
            at: there(self.proved_at)?,
            level: there(self.level.take())?,
            means: there(self.means.take())?,
            register: there(self.register.take())?,
            process: there(self.process.take())?,
        };
        row.try_into().map(Some)
    }

    fn association(self) -> Option<Result<Association, StoreFault>> {
        let id = self.association?;
        let row = || {
            Ok(AssociationRow {
                id,
                person: self.person,
                cvr: there(self.cvr)?,
                employee_number: there(self.employee_number)?,
                unit: there(self.unit)?,
                starts_on: there(self.starts_on)?,
                ends_on: self.ends_on,
                activated_at: self.activated_at,
                closed_at: self.closed_at,
            })
        };
        Some(row().and_then(Association::try_from))
    }
}
