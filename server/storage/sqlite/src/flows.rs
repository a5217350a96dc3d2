//! Flows and one-time links.

use crate::shared::{FlowRow, InvitationRow, fault, time_if};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ceremony::Serves;
use domain::flow::Flow;
use domain::ids::{BrowserId, Epoch, FlowId, PersonId};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Flows, Invitation, StoreFault};
use usecases::ports::vault::Mac;

#[async_trait]
impl Flows for SqliteTx {
    async fn add_flow(&mut self, flow: &Flow) -> Result<(), StoreFault> {
        let (id, browser) = (Uuid::from(flow.id), Uuid::from(flow.browser));
        let (person, epoch) = flow.person.map(|(id, epoch)| (Uuid::from(id), epoch.0)).unzip();
        let (expires_at, about) = (flow.expires_at.as_microsecond(), Json(&flow.about));
        later!(
            self,
            "insert into flows (id, browser, person, epoch, expires_at, about) values ($1, $2, $3, $4, $5, $6)",
            id,
            browser,
            person,
            epoch,
            expires_at,
            about
        )
    }

    async fn flow(&mut self, id: FlowId) -> Result<Option<Flow>, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query_as!(
            FlowRow,
            r#"select id as "id: Uuid", browser as "browser: Uuid", person as "person: Uuid", epoch, expires_at,
               about as "about: _" from flows where id = $1"#,
            id
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Flow::try_from).transpose()
    }

    /// The only writer holds the whole file.
    async fn flow_for_update(&mut self, id: FlowId) -> Result<Option<Flow>, StoreFault> {
        self.flow(id).await
    }

    async fn save_flow(&mut self, flow: &Flow) -> Result<(), StoreFault> {
        let id = Uuid::from(flow.id);
        let (person, epoch) = flow.person.map(|(id, epoch)| (Uuid::from(id), epoch.0)).unzip();
        let (expires_at, about) = (flow.expires_at.as_microsecond(), Json(&flow.about));
        // Never the browser: a flow does not change hands.
        later!(self, "update flows set person = $2, epoch = $3, expires_at = $4, about = $5 where id = $1",
            id,
            person,
            epoch,
            expires_at,
            about; or "a flow that is used up")
    }

    async fn spend_flow(&mut self, id: FlowId) -> Result<bool, StoreFault> {
        let id = Uuid::from(id);
        let spend = sqlx::query!("delete from flows where id = $1", id);
        Ok(spend.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn use_up_flow(&mut self, id: FlowId) -> Result<(), StoreFault> {
        let id = Uuid::from(id);
        later!(self, "delete from flows where id = $1", id; or "a flow that is used up")
    }

    async fn end_flows(&mut self, id: PersonId) -> Result<u64, StoreFault> {
        let id = Uuid::from(id);
        let end = sqlx::query!("delete from flows where person = $1", id);
        Ok(end.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn sweep_flows(&mut self, id: PersonId) -> Result<(), StoreFault> {
        let id = Uuid::from(id);
        later!(self, "delete from flows where person = $1", id)
    }

    async fn lock_flows(&mut self, id: PersonId) -> Result<(), StoreFault> {
        // Whoever may write has the whole file.
        let _ = id;
        Ok(())
    }

    async fn end_flows_elsewhere(&mut self, id: PersonId, browser: BrowserId) -> Result<u64, StoreFault> {
        let (id, browser) = (Uuid::from(id), Uuid::from(browser));
        let end = sqlx::query!("delete from flows where person = $1 and browser <> $2", id, browser);
        Ok(end.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn end_idle_trips(&mut self, browser: BrowserId, keep: u32) -> Result<u64, StoreFault> {
        let (browser, keep) = (Uuid::from(browser), i64::from(keep));
        let end = sqlx::query!(
            "delete from flows where id in (select id from flows where browser = $1 and person is null
             and json_extract(about, '$.Mitid.purpose') is not null and json_extract(about, '$.Mitid.serves') is null
             order by expires_at desc, id limit -1 offset $2)",
            browser,
            keep
        );
        Ok(end.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn end_same_questions(
        &mut self,
        browser: BrowserId,
        person: Option<PersonId>,
        serves: &Serves,
    ) -> Result<(), StoreFault> {
        let (browser, serves) = (Uuid::from(browser), Json(serves));
        match person.map(Uuid::from) {
            Some(person) => later!(
                self,
                "delete from flows where person = $1 and browser = $2
                 and json_extract(about, '$.Ceremony.serves') = json($3)",
                person,
                browser,
                serves
            ),
            None => later!(
                self,
                "delete from flows where browser = $1 and person is null
                 and json_extract(about, '$.Ceremony.serves') = json($2)",
                browser,
                serves
            ),
        }
    }

    async fn end_idle_questions(&mut self, browser: BrowserId, keep: u32) -> Result<(), StoreFault> {
        let (browser, keep) = (Uuid::from(browser), i64::from(keep));
        later!(
            self,
            "delete from flows where id in (select id from flows where browser = $1 and person is null
             and json_extract(about, '$.Ceremony.serves.SignIn.begins') = 1
             order by expires_at desc, id limit -1 offset $2)",
            browser,
            keep
        )
    }

    async fn prune_flows(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let prune = sqlx::query!(
            "delete from flows where id in (select id from flows where expires_at < $1 limit $2)",
            before,
            limit
        );
        Ok(prune.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn put_invitation(
        &mut self,
        id: PersonId,
        mac: Mac,
        epoch: Epoch,
        until: Timestamp,
    ) -> Result<(), StoreFault> {
        let (id, mac, epoch, until) = (Uuid::from(id), mac.as_slice(), epoch.0, until.as_microsecond());
        later!(self, "insert into invitations (person, mac, epoch, until) values ($1, $2, $3, $4)
             on conflict (person) do update set mac = excluded.mac, epoch = excluded.epoch, until = excluded.until",
            id,
            mac,
            epoch,
            until)
    }

    async fn invitation(&mut self, macs: &[Mac]) -> Result<Option<Invitation>, StoreFault> {
        for mac in macs {
            let mac = mac.as_slice();
            let row = sqlx::query_as!(
                InvitationRow,
                r#"select person as "person: Uuid", epoch, until from invitations where mac = $1"#,
                mac
            );
            if let Some(row) = row.fetch_optional(self.db()).await.map_err(fault)? {
                return Invitation::try_from(row).map(Some);
            }
        }
        Ok(None)
    }

    async fn end_invitation(&mut self, id: PersonId) -> Result<(), StoreFault> {
        let id = Uuid::from(id);
        later!(self, "delete from invitations where person = $1", id)
    }

    async fn enrolment_open(&mut self, id: PersonId, proved_at: Timestamp) -> Result<(), StoreFault> {
        let (id, proved_at) = (Uuid::from(id), proved_at.as_microsecond());
        later!(
            self,
            "insert into open_enrolments (person, proved_at) values ($1, $2)
             on conflict (person) do update set proved_at = excluded.proved_at",
            id,
            proved_at
        )
    }

    async fn enrolment_open_since(&mut self, id: PersonId) -> Result<Option<Timestamp>, StoreFault> {
        let id = Uuid::from(id);
        let since = sqlx::query_scalar!("select proved_at from open_enrolments where person = $1", id);
        time_if(since.fetch_optional(self.db()).await.map_err(fault)?)
    }

    async fn enrolments_open_before(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<PersonId>, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let open = sqlx::query_scalar!(
            r#"select person as "person: Uuid" from open_enrolments where proved_at < $1 order by proved_at, person limit $2"#,
            before,
            limit
        );
        let open = open.fetch_all(self.db()).await.map_err(fault)?;
        Ok(open.into_iter().map(Into::into).collect())
    }

    async fn enrolment_over(&mut self, id: PersonId) -> Result<(), StoreFault> {
        let id = Uuid::from(id);
        later!(self, "delete from open_enrolments where person = $1", id)
    }
}
