//! Connections, their keys and what they sent.

use crate::shared::{PostedRow, RelyingPartyRow, SigningKeyRow, all, fault};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{KeyId, PostedId, RelyingPartyId};
use domain::relying_party::RelyingParty;
use domain::signing_key::SigningLife;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Posted, Services, SigningKey, StoreFault, TAKEN_MESSAGE};

macro_rules! relying_parties {
    ($tail:literal $(, $value:expr)*) => {
        sqlx::query_as!(
            RelyingPartyRow,
            r#"select id, record as "record: _" from relying_parties "# + $tail
            $(, $value)*
        )
    };
}

#[async_trait]
impl Services for PgTx {
    async fn relying_party_by_entity(&mut self, entity_id: &str) -> Result<Option<RelyingParty>, StoreFault> {
        let row = relying_parties!("where entity_id = $1 and protocol = 'saml'", entity_id);
        Ok(row.fetch_optional(self.db()).await.map_err(fault)?.map(Into::into))
    }

    async fn relying_party(&mut self, id: RelyingPartyId) -> Result<Option<RelyingParty>, StoreFault> {
        let id = Uuid::from(id);
        let row = relying_parties!("where id = $1 and protocol = 'saml'", id);
        Ok(row.fetch_optional(self.db()).await.map_err(fault)?.map(Into::into))
    }

    async fn relying_party_for_update(
        &mut self,
        id: RelyingPartyId,
    ) -> Result<Option<RelyingParty>, StoreFault> {
        let id = Uuid::from(id);
        let row = relying_parties!("where id = $1 and protocol = 'saml' for no key update", id);
        Ok(row.fetch_optional(self.db()).await.map_err(fault)?.map(Into::into))
    }

    async fn relying_parties(&mut self) -> Result<Vec<RelyingParty>, StoreFault> {
        let rows = relying_parties!("where protocol = 'saml' order by entity_id")
            .fetch_all(self.db())
            .await
            .map_err(fault)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn put_relying_party(&mut self, rp: &RelyingParty) -> Result<(), StoreFault> {
        let (id, record) = (Uuid::from(rp.id), Json(rp));
        let replace = sqlx::query!(
            "update relying_parties set record = $2 where entity_id = $1 and protocol = 'saml'",
            rp.entity_id,
            record as _
        );
        if replace.execute(self.db()).await.map_err(fault)?.rows_affected() == 1 {
            return Ok(());
        }
        let record = Json(rp);
        let add = sqlx::query!(
            "insert into relying_parties (id, entity_id, record) values ($1, $2, $3)
             on conflict (id) do update set entity_id = excluded.entity_id, record = excluded.record",
            id,
            rp.entity_id,
            record as _
        );
        add.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn first_time(
        &mut self,
        rp: RelyingPartyId,
        message_id: &str,
        until: Timestamp,
    ) -> Result<bool, StoreFault> {
        let (rp, until) = (Uuid::from(rp), until.as_microsecond());
        let remember = sqlx::query!(
            "insert into saml_messages (relying_party, message_id, until) values ($1, $2, $3)
             on conflict do nothing",
            rp,
            message_id,
            until
        );
        Ok(remember.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn take_message(
        &mut self,
        rp: RelyingPartyId,
        message_id: &str,
        until: Timestamp,
    ) -> Result<(), StoreFault> {
        let first = self.first_time(rp, message_id, until).await?;
        if first { Ok(()) } else { Err(StoreFault::Conflict(TAKEN_MESSAGE)) }
    }

    async fn add_posted(&mut self, posted: &Posted) -> Result<bool, StoreFault> {
        let (id, relying_party) = (Uuid::from(posted.id), Uuid::from(posted.relying_party));
        let until = posted.until.as_microsecond();
        let add = sqlx::query!(
            "insert into posted_messages (id, relying_party, message_id, message, relay_state, until)
             values ($1, $2, $3, $4, $5, $6) on conflict (relying_party, message_id) do nothing",
            id,
            relying_party,
            posted.message_id,
            posted.message,
            posted.relay_state,
            until
        );
        Ok(add.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn take_posted(&mut self, id: PostedId) -> Result<Option<Posted>, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query_as!(
            PostedRow,
            r#"delete from posted_messages where id = $1
               returning id, relying_party, message_id, message, relay_state, until"#,
            id
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Posted::try_from).transpose()
    }

    async fn prune_messages(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let posted = sqlx::query!(
            "delete from posted_messages where id in (select id from posted_messages where until < $1 limit $2)",
            before,
            limit
        );
        let posted = posted.execute(self.db()).await.map_err(fault)?.rows_affected();
        let left = limit.saturating_sub(i64::try_from(posted).unwrap_or(limit));
        let prune = sqlx::query!(
            "delete from saml_messages where (relying_party, message_id) in
                (select relying_party, message_id from saml_messages where until < $1 limit $2)",
            before,
            left
        );
        Ok(posted + prune.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn signing_keys(&mut self) -> Result<Vec<SigningKey>, StoreFault> {
        let rows = sqlx::query_as!(
            SigningKeyRow,
            "select id, sealed, certificate, created_at, stage, since
               from signing_keys order by created_at desc, id desc"
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn add_signing_key(&mut self, key: &SigningKey) -> Result<(), StoreFault> {
        let (id, sealed, created_at) =
            (Uuid::from(key.id), key.sealed.0.as_slice(), key.created_at.as_microsecond());
        let (stage, since) = (key.life.word(), key.life.since().as_microsecond());
        let add = sqlx::query!(
            "insert into signing_keys (id, sealed, certificate, created_at, stage, since)
             values ($1, $2, $3, $4, $5, $6)",
            id,
            sealed,
            key.certificate,
            created_at,
            stage,
            since
        );
        add.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn move_signing_key(
        &mut self,
        id: KeyId,
        before: SigningLife,
        after: SigningLife,
    ) -> Result<bool, StoreFault> {
        let (id, old, new) = (Uuid::from(id), before.word(), after.word());
        let since = after.since().as_microsecond();
        let go_on = sqlx::query!(
            "update signing_keys set stage = $3, since = $4 where id = $1 and stage = $2",
            id,
            old,
            new,
            since
        );
        Ok(go_on.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn drop_signing_key(&mut self, id: KeyId, before: SigningLife) -> Result<bool, StoreFault> {
        let (id, old) = (Uuid::from(id), before.word());
        let gone = sqlx::query!("delete from signing_keys where id = $1 and stage = $2", id, old);
        Ok(gone.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }
}
