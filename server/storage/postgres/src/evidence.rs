//! All a decision to issue rests on, in two questions: it is asked at every answer to a service.

use crate::shared::{EvidenceRow, evidence, fault};
use crate::tx::PgTx;
use domain::ids::{Epoch, PersonId, SessionId};
use domain::standing::Standing;
use sqlx::types::Uuid;
use usecases::ports::store::{Evidence, StoreFault};

/// See [`usecases::ports::store::Sessions::evidence`]. The session tells whose row to hold; everything that is given, the
/// session too, is read after that row is held, so that it sees what was committed before. Sessions end under it, also where
/// her epoch stays.
pub(crate) async fn of(tx: &mut PgTx, id: SessionId) -> Result<Option<Evidence>, StoreFault> {
    let id = Uuid::from(id);
    let hold = sqlx::query_scalar!(
        "select p.id from sessions s join persons p on p.id = s.person
         where s.id = $1 and s.ended_at is null for share of p",
        id
    );
    if hold.fetch_optional(tx.db()).await.map_err(fault)?.is_none() {
        return Ok(None);
    }
    let rows = sqlx::query_as!(
        EvidenceRow,
        r#"select s.id as "session!", s.person as "person!", s.epoch as "session_epoch!", s.browser as "browser!",
           s.shown as "shown!: _", s.began_at as "began_at!", s.seen_at as "seen_at!", p.user_name as "user_name!",
           p.given_name as "given_name!", p.family_name as "family_name!", p.work_mail as "work_mail?",
           p.private_mail as "private_mail?", p.mobile as "mobile?", p.epoch as "epoch!",
           p.renamed_at as "renamed_at?",
           exists (select 1 from holds h where h.person = p.id) as "held!",
           f.id as "proofing?", f.at as "proved_at?", f.level as "level?", f.means as "means?: _",
           f.register as "register?: _", f.process as "process?", c.accepted as "accepted?: _",
           (select json_agg(t.record order by t.number desc) from terms_published t) as "published?: _",
           a.id as "association?", a.cvr as "cvr?", a.employee_number as "employee_number?", a.unit as "unit?",
           a.starts_on::text as "starts_on?", a.ends_on::text as "ends_on?", a.activated_at as "activated_at?",
           a.closed_at as "closed_at?"
           from sessions s join persons p on p.id = s.person
           left join lateral (select * from proofings where person = p.id and at > coalesce(p.proofs_void_at, -1)
               order by at desc, id desc limit 1) f on true
           left join lateral (select accepted from acceptances where person = p.id
               order by at desc, id desc limit 1) c on true
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
