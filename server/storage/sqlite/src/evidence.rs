//! All a decision to issue rests on, in one message: it is asked at every answer to a service.

use crate::admission::{PublishedRow, published};
use crate::batch::{values, words};
use crate::shared::{AssociationRow, PersonRow, ProofingRow, SessionRow, fault, time_if};
use crate::tx::SqliteTx;
use domain::Timestamp;
use domain::association::Association;
use domain::cpr::CprStatus;
use domain::factor::FactorKind;
use domain::ids::{Epoch, PersonId, SessionId};
use domain::person::Person;
use domain::proofing::{IdentityProofing, Means};
use domain::standing::Standing;
use domain::terms::Accepted;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Evidence, StoreFault};

/// One of her relations; what there is once stands in each.
struct EvidenceRow {
    session: Uuid,
    person: Uuid,
    session_epoch: i64,
    browser: Uuid,
    shown: Json<Vec<(FactorKind, Timestamp)>>,
    began_at: i64,
    seen_at: i64,
    user_name: String,
    given_name: String,
    family_name: String,
    work_mail: Option<String>,
    private_mail: Option<String>,
    mobile: Option<String>,
    epoch: i64,
    renamed_at: Option<i64>,
    held: bool,
    proofing: Option<Uuid>,
    proved_at: Option<i64>,
    level: Option<String>,
    means: Option<Json<Means>>,
    register: Option<Json<CprStatus>>,
    process: Option<String>,
    accepted: Option<Json<Accepted>>,
    association: Option<Uuid>,
    cvr: Option<String>,
    employee_number: Option<String>,
    unit: Option<String>,
    starts_on: Option<String>,
    ends_on: Option<String>,
    activated_at: Option<i64>,
    closed_at: Option<i64>,
}

/// See [`usecases::ports::store::Sessions::evidence`]. The only writer holds the whole file.
pub(crate) async fn of(tx: &mut SqliteTx, id: SessionId) -> Result<Option<Evidence>, StoreFault> {
    let id = Uuid::from(id);
    let about = || {
        sqlx::query_as!(
            EvidenceRow,
            r#"select s.id as "session: Uuid", s.person as "person: Uuid", s.epoch as session_epoch,
               s.browser as "browser: Uuid", s.shown as "shown: _", s.began_at, s.seen_at, p.user_name,
               p.given_name, p.family_name, p.work_mail, p.private_mail, p.mobile, p.epoch, p.renamed_at,
               exists (select 1 from holds h where h.person = p.id) as "held!: bool",
               f.id as "proofing?: Uuid", f.at as "proved_at?", f.level as "level?", f.means as "means?: _",
               f.register as "register?: _", f.process as "process?", c.accepted as "accepted?: _",
               a.id as "association?: Uuid", a.cvr as "cvr?", a.employee_number as "employee_number?", a.unit as "unit?",
               a.starts_on as "starts_on?", a.ends_on as "ends_on?", a.activated_at as "activated_at?",
               a.closed_at as "closed_at?"
               from sessions s join persons p on p.id = s.person
               left join proofings f on f.id =
                   (select id from proofings where person = p.id and at > coalesce(p.proofs_void_at, -1)
                    order by at desc, id desc limit 1)
               left join acceptances c on c.id =
                   (select id from acceptances where person = p.id order by at desc, id desc limit 1)
               left join associations a on a.person = p.id
               where s.id = $1 and s.ended_at is null order by a.starts_on, a.id"#,
            id
        )
    };
    let terms = || published!();
    let asked = [words(about()), words(terms())];
    let [rows, held_out] = tx.batch(values(about())?, asked).await?;
    let mut rows = about().fetch_all(rows).await.map_err(fault)?;
    let published = terms().fetch_all(held_out).await.map_err(fault)?;
    let Some(first) = rows.first_mut() else { return Ok(None) };
    let person = PersonId::from(first.person);
    let holds = if first.held { tx.holds_of(person).await? } else { Vec::new() };
    let standing = Standing::of(holds, Epoch(first.epoch));
    let session = first.session()?;
    let who = first.person()?;
    let proofing = first.proofing()?;
    let renamed_at = time_if(first.renamed_at)?;
    let accepted = first.accepted.take().map(|Json(accepted)| accepted.terms);
    let associations = rows.into_iter().filter_map(EvidenceRow::association).collect::<Result<_, _>>()?;
    let published = published.into_iter().map(|row| row.record.0).collect();
    Ok(Some(Evidence {
        session,
        person: who,
        standing,
        proofing,
        renamed_at,
        associations,
        published,
        accepted,
    }))
}

impl EvidenceRow {
    fn session(&mut self) -> Result<domain::session::Session, StoreFault> {
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

/// What a joined row must have where it is there at all.
fn there<T>(value: Option<T>) -> Result<T, StoreFault> {
    value.ok_or(StoreFault::Unreadable("a row joined to a session"))
}
