//! Deleting by rule. Triggers let a row of the trail go only where what is left of it stands, and refuse that before its
//! time.

use crate::shared::{AuditRow, EmptiedRow, actor, all, fault};
use crate::trail::{hex, rows};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::audit::{Emptied, Row};
use domain::ids::{EventId, PersonId};
use domain::retention::Run;
use domain::standing::Origin;
use domain::{Date, Timestamp};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Retention, StoreFault};

#[async_trait]
impl Retention for SqliteTx {
    async fn retention_done(&mut self, day: Date) -> Result<bool, StoreFault> {
        let day = day.to_string();
        let done = sqlx::query_scalar!(
            r#"select exists (select 1 from retention_runs where day = $1 and ended_at is not null) as "it!: bool""#,
            day
        );
        done.fetch_one(self.db()).await.map_err(fault)
    }

    /// The only writer holds the whole file.
    async fn retention_for_update(&mut self, fresh: &Run) -> Result<Option<Run>, StoreFault> {
        let under_way = self.under_way().await?;
        if under_way.is_some() {
            return Ok(under_way);
        }
        let (day, record) = (fresh.day.to_string(), Json(fresh));
        let begin = sqlx::query!(
            "insert into retention_runs (day, record) values ($1, $2) on conflict do nothing",
            day,
            record
        );
        begin.execute(self.db()).await.map_err(fault)?;
        self.under_way().await
    }

    async fn put_retention(&mut self, run: &Run, ended_at: Option<Timestamp>) -> Result<(), StoreFault> {
        let (day, record, ended_at) =
            (run.day.to_string(), Json(run), ended_at.map(Timestamp::as_microsecond));
        later!(
            self,
            "update retention_runs set record = $2, ended_at = $3 where day = $1 and ended_at is null",
            day,
            record,
            ended_at;
            or "a run of retention"
        )
    }

    async fn held_by(&mut self, origins: &[Origin]) -> Result<Vec<PersonId>, StoreFault> {
        let origins = Json(origins.iter().map(|origin| origin.word()).collect::<Vec<_>>());
        let held = sqlx::query_scalar!(
            r#"select distinct person as "person!: Uuid" from holds
               where origin in (select value from json_each($1)) order by person"#,
            origins
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
        let (kinds, before, limit) = (Json(kinds), before.as_microsecond(), i64::from(limit));
        let kept: Vec<_> = kept
            .iter()
            .map(|id| Ok((Uuid::from(*id).simple().to_string(), actor(*id)?)))
            .collect::<Result<_, StoreFault>>()?;
        let kept = Json(kept);
        let rows = rows!(
            "join audit_chain c on c.event = e.id
             where e.kind in (select value from json_each($1)) and e.at < $2 and e.format >= 3
                 and not exists (
                     select 1 from json_each($3) k
                     where e.subject = unhex(k.value ->> 0) or e.actor = k.value ->> 1)
             limit $4",
            kinds,
            before,
            kept,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn empty_rows(&mut self, rule: EventId, rows: &[Emptied]) -> Result<(), StoreFault> {
        let rule = Uuid::from(rule);
        let left: Vec<_> =
            rows.iter().map(|row| (Uuid::from(row.id).simple().to_string(), hex(&row.body.0))).collect();
        let left = Json(left);
        later!(
            self,
            "insert into audit_expired (place, event, format, at, kind, instance, lane, counter, body, mac, rule)
             select c.place, e.id, e.format, e.at, e.kind, e.instance, e.lane, e.counter, unhex(j.value ->> 1), e.mac, $2
             from json_each($1) j join audit_events e on e.id = unhex(j.value ->> 0)
                 join audit_chain c on c.event = e.id",
            left,
            rule
        )?;
        later!(
            self,
            "delete from audit_events where id in (select unhex(j.value ->> 0) from json_each($1) j)",
            left
        )
    }

    async fn emptied_between(&mut self, after: i64, to: i64) -> Result<Vec<(i64, Emptied)>, StoreFault> {
        let rows = sqlx::query_as!(
            EmptiedRow,
            r#"select place, event as "event: Uuid", format, at, kind, instance as "instance: Uuid", lane, counter,
                   body, mac
               from audit_expired where place > $1 and place <= $2 order by place"#,
            after,
            to
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn rule_places(&mut self, up_to: i64) -> Result<Vec<i64>, StoreFault> {
        let places = sqlx::query_scalar!(
            r#"select place as "place!: i64" from (
                   select c.place, row_number() over (
                       partition by e.facts ->> '$.category' order by e.facts ->> '$.before' desc, c.place) as rank
                   from audit_events e join audit_chain c on c.event = e.id
                   where e.kind = 'trail.expired' and c.place <= $1)
               where rank = 1"#,
            up_to
        );
        places.fetch_all(self.db()).await.map_err(fault)
    }
}

impl SqliteTx {
    async fn under_way(&mut self) -> Result<Option<Run>, StoreFault> {
        let run = sqlx::query_scalar!(
            r#"select record as "record: Json<Run>" from retention_runs where ended_at is null"#
        );
        Ok(run.fetch_optional(self.db()).await.map_err(fault)?.map(|Json(run)| run))
    }
}
