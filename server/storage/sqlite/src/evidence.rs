//! All a decision to issue rests on, in one question: it is asked at every answer to a service.

use crate::shared::{EvidenceRow, evidence, fault};
use crate::tx::SqliteTx;
use domain::ids::{Epoch, PersonId, SessionId};
use domain::standing::Standing;
use sqlx::types::Uuid;
use usecases::ports::store::{Evidence, StoreFault};

/// See [`usecases::ports::store::Sessions::evidence`]. The only writer holds the whole file.
pub(crate) async fn of(tx: &mut SqliteTx, id: SessionId) -> Result<Option<Evidence>, StoreFault> {
    let id = Uuid::from(id);
    let rows = sqlx::query_as!(
        EvidenceRow,
        r#"select s.id as "session: Uuid", s.person as "person: Uuid", s.epoch as session_epoch,
           s.browser as "browser: Uuid", s.shown as "shown: _", s.began_at, s.seen_at, p.user_name,
           p.given_name, p.family_name, p.work_mail, p.private_mail, p.mobile, p.epoch, p.renamed_at,
           exists (select 1 from holds h where h.person = p.id) as "held!: bool",
           f.id as "proofing?: Uuid", f.at as "proved_at?", f.level as "level?", f.means as "means?: _",
           f.register as "register?: _", f.process as "process?", c.accepted as "accepted?: _",
           (select json_group_array(json(record)) from (select record from terms_published order by number desc))
               as "published?: _",
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
    );
    let rows = rows.fetch_all(tx.db()).await.map_err(fault)?;
    let Some(first) = rows.first() else { return Ok(None) };
    let (person, epoch) = (PersonId::from(first.person), Epoch(first.epoch));
    let holds = if first.held { tx.holds_of(person).await? } else { Vec::new() };
    evidence(rows, Standing::of(holds, epoch))
}
