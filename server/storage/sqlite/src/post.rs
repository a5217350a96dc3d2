//! The outbox.

use crate::shared::{NoticeRow, all, count, fault, word};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{NoticeId, PersonId};
use domain::notice::{Lane, Notice, Template};
use sqlx::types::Uuid;
use usecases::ports::store::{Post, StoreFault};

#[async_trait]
impl Post for SqliteTx {
    async fn enqueue(&mut self, notice: &Notice) -> Result<(), StoreFault> {
        let (id, person, template) =
            (Uuid::from(notice.id), Uuid::from(notice.person), word(&notice.template)?);
        let (at, request) = (notice.at.as_microsecond(), Uuid::from(notice.request));
        let (channel, flow) = (word(&notice.channel)?, notice.flow.map(Uuid::from));
        let due_at = notice.due_at.as_microsecond();
        later!(
            self,
            "insert into outbox (id, person, template, at, request, due_at, epoch, channel, flow)
             values ($1, $2, $3, $4, $5, $6, (select epoch from persons where id = $2), $7, $8)",
            id,
            person,
            template,
            at,
            request,
            due_at,
            channel,
            flow
        )
    }

    async fn take_due(
        &mut self,
        lane: Lane,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> Result<Vec<(Notice, u32)>, StoreFault> {
        let (now, lease, limit) = (now.as_microsecond(), lease.as_microsecond(), i64::from(limit));
        let sms = lane == Lane::Sms;
        let rows = sqlx::query_as!(
            NoticeRow,
            r#"update outbox set leased_until = $2
               where id in (
                   select id from outbox
                   where sent_at is null and dead = 0 and due_at <= $1 and (leased_until is null or leased_until <= $1)
                       and (channel in ('Sms', 'SmsBefore')) = $4
                   order by due_at, id limit $3
               )
               returning id as "id!: Uuid", person as "person!: Uuid", template, at, request as "request!: Uuid",
                   due_at, attempts, epoch, channel, flow as "flow: Uuid""#,
            now,
            lease,
            limit,
            sms
        );
        let mut rows = rows.fetch_all(self.db()).await.map_err(fault)?;
        rows.sort_by_key(|row| (row.due_at, row.id));
        all(rows)
    }

    async fn sent(&mut self, id: NoticeId, at: Timestamp) -> Result<(), StoreFault> {
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        later!(self, "update outbox set sent_at = $2, leased_until = null where id = $1", id, at)
    }

    async fn not_sent(
        &mut self,
        id: NoticeId,
        why: &str,
        retry: Option<Timestamp>,
    ) -> Result<(), StoreFault> {
        let (id, retry) = (Uuid::from(id), retry.map(Timestamp::as_microsecond));
        later!(
            self,
            "update outbox set attempts = attempts + 1, failure = $2, leased_until = null,
                due_at = coalesce($3, due_at), dead = ($3 is null)
             where id = $1 and sent_at is null",
            id,
            why,
            retry
        )
    }

    async fn withdraw(&mut self, id: PersonId, template: Template) -> Result<u64, StoreFault> {
        let (id, template) = (Uuid::from(id), word(&template)?);
        let withdraw = sqlx::query!(
            "delete from outbox where person = $1 and template = $2 and sent_at is null",
            id,
            template
        );
        Ok(withdraw.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn waits(
        &mut self,
        id: PersonId,
        template: Template,
        since: Timestamp,
    ) -> Result<bool, StoreFault> {
        let (id, template, since) = (Uuid::from(id), word(&template)?, since.as_microsecond());
        let waiting = sqlx::query_scalar!(
            "select count(*) from outbox
             where person = $1 and template = $2 and at > $3 and sent_at is null
                 and epoch >= (select opened_epoch from persons where id = $1)",
            id,
            template,
            since
        );
        Ok(waiting.fetch_one(self.db()).await.map_err(fault)? > 0)
    }

    async fn prune_sent(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let prune = sqlx::query!(
            "delete from outbox where id in
                (select id from outbox where sent_at < $1 or (dead = 1 and due_at < $1) limit $2)",
            before,
            limit
        );
        Ok(prune.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn waiting_and_dead(&mut self) -> Result<(u64, u64), StoreFault> {
        let counts = sqlx::query!(
            r#"select count(*) as "unsent!: i64", coalesce(sum(dead), 0) as "dead!: i64"
               from outbox where sent_at is null"#
        );
        let counts = counts.fetch_one(self.db()).await.map_err(fault)?;
        Ok((count(counts.unsent - counts.dead)?, count(counts.dead)?))
    }
}
