//! How people are reached, and what they are shown of themselves.

use crate::shared::{AcceptedRow, AuditRow, ChannelRow, PersonRow, ProofingRow, all, channels, fault};
use crate::tx::SqliteTx;
use async_trait::async_trait;
use domain::audit::Row;
use domain::contact::{Address, ChannelKind, Channels, Own};
use domain::ids::{NoticeId, PersonId, RequestId};
use domain::proofing::IdentityProofing;
use domain::terms::TermsAcceptance;
use sqlx::types::Uuid;
use usecases::ports::store::{Reach, StoreFault};

#[async_trait]
impl Reach for SqliteTx {
    async fn channels_of(&mut self, id: PersonId) -> Result<Channels, StoreFault> {
        let id = Uuid::from(id);
        let person = sqlx::query_as!(
            PersonRow,
            r#"select id as "id: Uuid", user_name, given_name, family_name, work_mail, private_mail, mobile, epoch
               from persons where id = $1"#,
            id
        );
        let person = person.fetch_optional(self.db()).await.map_err(fault)?;
        let own = sqlx::query_as!(
            ChannelRow,
            "select kind, address, changed_at, before from contact_channels where person = $1",
            id
        );
        channels(person, own.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn put_channel(&mut self, id: PersonId, kind: ChannelKind, own: &Own) -> Result<(), StoreFault> {
        let (id, kind, changed_at) = (Uuid::from(id), kind.word(), own.changed_at.as_microsecond());
        let (address, before) =
            (own.address.as_ref().map(Address::as_str), own.before.as_ref().map(Address::as_str));
        let put = sqlx::query!(
            "insert into contact_channels (person, kind, address, changed_at, before) values ($1, $2, $3, $4, $5)
             on conflict (person, kind) do update set
                address = excluded.address, changed_at = excluded.changed_at, before = excluded.before",
            id,
            kind,
            address,
            changed_at,
            before
        );
        put.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn forget_channel(&mut self, id: PersonId, kind: ChannelKind) -> Result<bool, StoreFault> {
        let (id, kind) = (Uuid::from(id), kind.word());
        let forget = sqlx::query!("delete from contact_channels where person = $1 and kind = $2", id, kind);
        Ok(forget.execute(self.db()).await.map_err(fault)?.rows_affected() > 0)
    }

    async fn drop_notice(&mut self, id: NoticeId) -> Result<(), StoreFault> {
        let id = Uuid::from(id);
        let drop_it = sqlx::query!("delete from outbox where id = $1 and sent_at is null", id);
        drop_it.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn rows_of_request(
        &mut self,
        id: PersonId,
        request: RequestId,
        limit: u32,
    ) -> Result<Vec<Row>, StoreFault> {
        let (id, request, limit) = (Uuid::from(id), Uuid::from(request), i64::from(limit));
        let rows = sqlx::query_as!(
            AuditRow,
            r#"select e.id as "id: Uuid", e.format, e.at, e.kind, e.actor, e.subject as "subject: Uuid",
               e.request as "request: Uuid", e.facts, e.personal, e.instance as "instance: Uuid", e.lane, e.counter, e.mac from audit_events e
               where e.subject = $1 and e.request = $2 and e.kind not in ('notice.sent', 'notice.failed')
               order by e.number desc limit $3"#,
            id,
            request,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn acceptances_of(&mut self, id: PersonId) -> Result<Vec<(TermsAcceptance, String)>, StoreFault> {
        let id = Uuid::from(id);
        let rows = sqlx::query_as!(
            AcceptedRow,
            r#"select a.id as "id: Uuid", a.person as "person: Uuid", a.accepted as "accepted: _", t.version
               from acceptances a join terms t on t.hash = a.terms
               where a.person = $1 order by a.at desc, a.id desc"#,
            id
        );
        let rows = rows.fetch_all(self.db()).await.map_err(fault)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn proofings_of(&mut self, id: PersonId) -> Result<Vec<IdentityProofing>, StoreFault> {
        let id = Uuid::from(id);
        let rows = sqlx::query_as!(
            ProofingRow,
            r#"select id as "id: Uuid", person as "person: Uuid", at, level, means as "means: _", register as "register: _", process
               from proofings where person = $1 order by at desc, id desc"#,
            id
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }
}
