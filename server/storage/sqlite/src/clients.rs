//! Applications that ask by OpenID Connect, what they asked and what came of it.

use crate::shared::{ClientRow, ConnectionRow, PushedRow, TokenKeyRow, all, fault};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::connection::Connection;
use domain::ids::{KeyId, PushedId, RelyingPartyId, VisitId};
use domain::oidc::authorization::Authorization;
use domain::oidc::client::Client;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Clients, Pushed, StoreFault, TokenKey};
use usecases::ports::vault::Sealed;

#[async_trait]
impl Clients for SqliteTx {
    async fn connection(&mut self, id: RelyingPartyId) -> Result<Option<Connection>, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query_as!(
            ConnectionRow,
            r#"select id as "id: Uuid", protocol, record as "record: _" from relying_parties where id = $1"#,
            id
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Connection::try_from).transpose()
    }

    async fn client(&mut self, client_id: &str) -> Result<Option<Client>, StoreFault> {
        let row = sqlx::query_as!(
            ClientRow,
            r#"select id as "id: Uuid", record as "record: _" from relying_parties
               where entity_id = $1 and protocol = 'oidc'"#,
            client_id
        );
        Ok(row.fetch_optional(self.db()).await.map_err(fault)?.map(Into::into))
    }

    async fn clients(&mut self) -> Result<Vec<Client>, StoreFault> {
        let rows = sqlx::query_as!(
            ClientRow,
            r#"select id as "id: Uuid", record as "record: _" from relying_parties
               where protocol = 'oidc' order by entity_id"#
        );
        let rows = rows.fetch_all(self.db()).await.map_err(fault)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn put_client(&mut self, client: &Client) -> Result<(), StoreFault> {
        let (id, record) = (Uuid::from(client.id), Json(client));
        let put = sqlx::query!(
            "insert into relying_parties (id, entity_id, record, protocol) values ($1, $2, $3, 'oidc')
             on conflict (entity_id) do update set record = excluded.record
             where relying_parties.protocol = 'oidc'",
            id,
            client.client_id,
            record
        );
        match put.execute(self.db()).await.map_err(fault)?.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreFault::Conflict("the name of a SAML service")),
        }
    }

    async fn add_pushed(&mut self, pushed: &Pushed) -> Result<(), StoreFault> {
        let (id, relying_party) = (Uuid::from(pushed.id), Uuid::from(pushed.request.relying_party));
        let (request, until) = (Json(&pushed.request), pushed.until.as_microsecond());
        later!(
            self,
            "insert into pushed_requests (id, relying_party, request, until) values ($1, $2, $3, $4)",
            id,
            relying_party,
            request,
            until
        )
    }

    async fn pushed(&mut self, id: PushedId) -> Result<Option<Pushed>, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query_as!(
            PushedRow,
            r#"select id as "id: Uuid", request as "request: _", until from pushed_requests where id = $1"#,
            id
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Pushed::try_from).transpose()
    }

    async fn take_pushed(&mut self, id: PushedId) -> Result<bool, StoreFault> {
        let id = Uuid::from(id);
        let take = sqlx::query!("delete from pushed_requests where id = $1", id);
        Ok(take.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn add_authorization(&mut self, authorization: &Authorization) -> Result<(), StoreFault> {
        let (visit, record) = (Uuid::from(authorization.visit), Json(authorization));
        let until = authorization.until.as_microsecond();
        later!(
            self,
            "insert into authorizations (visit, record, until) values ($1, $2, $3)",
            visit,
            record,
            until
        )
    }

    async fn authorization(&mut self, visit: VisitId) -> Result<Option<Authorization>, StoreFault> {
        let visit = Uuid::from(visit);
        let row = sqlx::query_scalar!(
            r#"select record as "record: Json<Authorization>" from authorizations where visit = $1"#,
            visit
        );
        Ok(row.fetch_optional(self.db()).await.map_err(fault)?.map(|record| record.0))
    }

    /// The only writer holds the whole file.
    async fn authorization_for_update(
        &mut self,
        visit: VisitId,
    ) -> Result<Option<Authorization>, StoreFault> {
        self.authorization(visit).await
    }

    async fn save_authorization(&mut self, authorization: &Authorization) -> Result<(), StoreFault> {
        let (visit, record) = (Uuid::from(authorization.visit), Json(authorization));
        later!(
            self,
            "update authorizations set record = $2 where visit = $1",
            visit,
            record; or "an authorization that is not there"
        )
    }

    async fn prune_authorizations(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let pushed = sqlx::query!(
            "delete from pushed_requests where id in (select id from pushed_requests where until < $1 limit $2)",
            before,
            limit
        );
        let pushed = pushed.execute(self.db()).await.map_err(fault)?.rows_affected();
        let over = sqlx::query!(
            "delete from authorizations where visit in (select visit from authorizations where until < $1 limit $2)",
            before,
            limit
        );
        Ok(pushed + over.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn token_keys(&mut self) -> Result<Vec<TokenKey>, StoreFault> {
        let rows = sqlx::query_as!(
            TokenKeyRow,
            r#"select id as "id: Uuid", kind, sealed, created_at, signs_from from token_keys
               order by created_at desc, id desc"#
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn add_token_key(&mut self, key: &TokenKey) -> Result<(), StoreFault> {
        let (id, kind, sealed) = (Uuid::from(key.id), key.kind.word(), key.sealed.0.as_slice());
        let (created_at, signs_from) = (key.created_at.as_microsecond(), key.signs_from.as_microsecond());
        later!(
            self,
            "insert into token_keys (id, kind, sealed, created_at, signs_from) values ($1, $2, $3, $4, $5)",
            id,
            kind,
            sealed,
            created_at,
            signs_from
        )
    }

    async fn reseal_token_key(&mut self, id: KeyId, sealed: &Sealed) -> Result<bool, StoreFault> {
        let (id, sealed) = (Uuid::from(id), sealed.0.as_slice());
        let reseal = sqlx::query!("update token_keys set sealed = $2 where id = $1", id, sealed);
        Ok(reseal.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn drop_token_key(&mut self, id: KeyId) -> Result<bool, StoreFault> {
        let id = Uuid::from(id);
        let gone = sqlx::query!("delete from token_keys where id = $1", id);
        Ok(gone.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }
}
