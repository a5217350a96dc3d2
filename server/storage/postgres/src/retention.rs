//! Deleting by rule. Triggers let a row of the trail go only where what is left of it stands, and refuse that before its
//! time.

use crate::shared::{AuditRow, EmptiedRow, actor, all, fault, one};
use crate::trail::rows;
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::audit::{Emptied, Row};
use domain::ids::{EventId, PersonId};
use domain::retention::Run;
use domain::standing::Origin;
use domain::{Date, Timestamp};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Retention, StoreFault};

#[async_trait]
impl Retention for PgTx {
    async fn retention_done(&mut self, day: Date) -> Result<bool, StoreFault> {
        let day = day.to_string();
        let done = sqlx::query_scalar!(
            r#"select exists (select 1 from retention_runs
                   where day = $1::text::date and ended_at is not null) as "it!""#,
            day
        );
        done.fetch_one(self.db()).await.map_err(fault)
    }

    async fn retention_for_update(&mut self, fresh: &Run) -> Result<Option<Run>, StoreFault> {
        let under_way = self.under_way().await?;
        if under_way.is_some() {
            return Ok(under_way);
        }
        // Of two that begin at once one waits here, and finds the other's then.
        let (day, record) = (fresh.day.to_string(), Json(fresh));
        let begin = sqlx::query!(
            "insert into retention_runs (day, record) values ($1::text::date, $2) on conflict do nothing",
            day,
            record as _
        );
        begin.execute(self.db()).await.map_err(fault)?;
        self.under_way().await
    }

    async fn put_retention(&mut self, run: &Run, ended_at: Option<Timestamp>) -> Result<(), StoreFault> {
        let (day, record, ended_at) =
            (run.day.to_string(), Json(run), ended_at.map(Timestamp::as_microsecond));
        let put = sqlx::query!(
            "update retention_runs set record = $2, ended_at = $3
             where day = $1::text::date and ended_at is null",
            day,
            record as _,
            ended_at
        );
        one(put.execute(self.db()).await.map_err(fault)?.rows_affected(), "a run of retention")
    }

    async fn held_by(&mut self, origins: &[Origin]) -> Result<Vec<PersonId>, StoreFault> {
        let origins: Vec<String> = origins.iter().map(|origin| origin.word().to_owned()).collect();
        let held = sqlx::query_scalar!(
            "select distinct person from holds where origin = any($1) order by person",
            &origins
        );
        let held = held.fetch_all(self.db()).await.map_err(fault)?;
        Ok(held.into_iter().map(Into::into).collect())
    }

    async fn expired_rows(
        &mut self,
        kinds: &[&str],
        before: Timestamp,
        kept: &[PersonId],
        limit: u32,
    ) -> Result<Vec<Row>, StoreFault> {
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let actors = kept.iter().map(|id| actor(*id)).collect::<Result<Vec<String>, _>>()?;
        let kept: Vec<Uuid> = kept.iter().map(|id| Uuid::from(*id)).collect();
        let rows = rows!(
            "join audit_chain c on c.event = e.id
             where e.kind = any($1) and e.at < $2 and e.format >= 3
                 and not coalesce(e.subject = any($3), false) and not e.actor = any($4)
             limit $5",
            &kinds,
            before,
            &kept,
            &actors,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn empty_rows(&mut self, rule: EventId, rows: &[Emptied]) -> Result<(), StoreFault> {
        let rule = Uuid::from(rule);
        let events: Vec<Uuid> = rows.iter().map(|row| row.id.into()).collect();
        let bodies: Vec<Vec<u8>> = rows.iter().map(|row| row.body.0.to_vec()).collect();
        let left = sqlx::query!(
            "insert into audit_expired (place, event, format, at, kind, instance, lane, counter, body, mac, rule)
             select c.place, e.id, e.format, e.at, e.kind, e.instance, e.lane, e.counter, j.body, e.mac, $3
             from unnest($1::uuid[], $2::bytea[]) as j (event, body) join audit_events e on e.id = j.event
                 join audit_chain c on c.event = e.id",
            &events,
            &bodies,
            rule
        );
        left.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from audit_events where id = any($1)", &events);
        gone.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn emptied_between(&mut self, after: i64, to: i64) -> Result<Vec<(i64, Emptied)>, StoreFault> {
        let rows = sqlx::query_as!(
            EmptiedRow,
            "select place, event, format, at, kind, instance, lane, counter, body, mac
             from audit_expired where place > $1 and place <= $2 order by place",
            after,
            to
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn rule_places(&mut self, up_to: i64) -> Result<Vec<i64>, StoreFault> {
        let places = sqlx::query_scalar!(
            r#"select distinct on (e.facts::json ->> 'category') c.place as "place!"
               from audit_events e join audit_chain c on c.event = e.id
               where e.kind = 'trail.expired' and c.place <= $1
               order by e.facts::json ->> 'category', e.facts::json ->> 'before' desc, c.place"#,
            up_to
        );
        places.fetch_all(self.db()).await.map_err(fault)
    }
}

impl PgTx {
    async fn under_way(&mut self) -> Result<Option<Run>, StoreFault> {
        let run = sqlx::query_scalar!(
            r#"select record as "record: Json<Run>" from retention_runs where ended_at is null for update"#
        );
        Ok(run.fetch_optional(self.db()).await.map_err(fault)?.map(|Json(run)| run))
    }
}
