//! An auditor's questions.

use crate::shared::{EmployedRow, PlacedRow, all, fault};
use crate::tx::SqliteTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::audit::Row;
use domain::ids::{EventId, PersonId};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Audits, Employed, Sought, StoreFault};

#[async_trait]
impl Audits for SqliteTx {
    async fn rows_sought(
        &mut self,
        sought: Sought<'_>,
        behind: Option<(Timestamp, EventId)>,
        limit: u32,
    ) -> Result<Vec<(Option<i64>, Row)>, StoreFault> {
        let (from, limit) = (sought.from.as_microsecond(), i64::from(limit));
        // Nothing of that instant itself is behind the smallest id.
        let behind = behind.filter(|(at, _)| *at < sought.before);
        let (at, id) = behind.map_or((sought.before, Uuid::nil()), |(at, id)| (at, id.into()));
        let at = at.as_microsecond();
        let (kinds, ends) = (Json(sought.kinds), sought.request_ends);
        // Of each kind as many as there may be in all, along the index: what is older is not looked at.
        let rows = sqlx::query_as!(
            PlacedRow,
            r#"select c.place as "place?", e.id as "id!: Uuid", e.format as "format!", e.at as "at!", e.kind as "kind!",
               e.actor as "actor!", e.subject as "subject?: Uuid", e.request as "request!: Uuid", e.facts as "facts!",
               e.personal as "personal!", e.instance as "instance?: Uuid", e.lane as "lane?", e.counter as "counter?",
               e.mac as "mac!"
               from json_each($1) k cross join audit_events e left join audit_chain c on c.event = e.id
               where e.id in (
                   select x.id from audit_events x
                   where x.kind = k.value and x.at >= $2 and x.at <= $3 and (x.at, x.id) < ($3, $4)
                     and lower(hex(x.request)) like '%' || $5
                   order by x.at desc, x.id desc limit $6)
               order by e.at desc, e.id desc limit $6"#,
            kinds,
            from,
            at,
            id,
            ends,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn last_place(&mut self) -> Result<i64, StoreFault> {
        let last = sqlx::query_scalar!("select place from audit_chain order by place desc limit 1");
        Ok(last.fetch_optional(self.db()).await.map_err(fault)?.unwrap_or(0))
    }

    async fn employed_after(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<Employed>, StoreFault> {
        let (after, limit) = (after.map_or(Uuid::nil(), Uuid::from), i64::from(limit));
        let rows = sqlx::query_as!(
            EmployedRow,
            r#"select p.id as "person!: Uuid", f.at as "at?", f.level as "level?", p.renamed_at as "renamed_at?",
               c.terms as "terms?", exists (select 1 from holds h where h.person = p.id) as "held!: bool"
               from persons p
               left join proofings f on f.id =
                   (select id from proofings where person = p.id and at > coalesce(p.proofs_void_at, -1)
                      order by at desc, id desc limit 1)
               left join acceptances c on c.id =
                   (select id from acceptances where person = p.id order by at desc, id desc limit 1)
               where p.id > $1
                 and exists (select 1 from associations a where a.person = p.id and a.closed_at is null)
               order by p.id limit $2"#,
            after,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }
}
