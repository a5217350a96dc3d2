//! Erasing people. What is deleted stays in the files until the database's own cleaning (`vacuum`) has come by.

use crate::shared::{fault, one, time, time_if};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::erasure::Voice;
use domain::ids::PersonId;
use sqlx::types::Uuid;
use usecases::ports::store::{Erasures, StoreFault};
use usecases::ports::vault::Mac;

#[async_trait]
impl Erasures for PgTx {
    async fn erasure_asked(&mut self, id: PersonId) -> Result<Option<Voice>, StoreFault> {
        let id = Uuid::from(id);
        let asked = sqlx::query!("select asked_by, asked_at from erasure_voices where person = $1", id);
        let asked = asked.fetch_optional(self.db()).await.map_err(fault)?;
        asked.map(|it| Ok(Voice { by: it.asked_by, at: time(it.asked_at)? })).transpose()
    }

    async fn ask_erasure(&mut self, id: PersonId, voice: &Voice) -> Result<(), StoreFault> {
        let (id, at) = (Uuid::from(id), voice.at.as_microsecond());
        let ask = sqlx::query!(
            "insert into erasure_voices (person, asked_by, asked_at) values ($1, $2, $3)
             on conflict (person) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at",
            id,
            voice.by,
            at
        );
        ask.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn newest_row_about(
        &mut self,
        id: PersonId,
        apart: &[&str],
    ) -> Result<Option<Timestamp>, StoreFault> {
        let id = Uuid::from(id);
        let apart: Vec<String> = apart.iter().map(|kind| (*kind).to_owned()).collect();
        let newest = sqlx::query_scalar!(
            "select max(at) from audit_events where subject = $1 and kind <> all($2)",
            id,
            &apart
        );
        time_if(newest.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn user_names_of(&mut self, id: PersonId) -> Result<Vec<String>, StoreFault> {
        let id = Uuid::from(id);
        let names = sqlx::query_scalar!("select name from user_names where person = $1 order by name", id);
        names.fetch_all(self.db()).await.map_err(fault)
    }

    async fn erase_person(&mut self, id: PersonId, names: &[Mac], at: Timestamp) -> Result<(), StoreFault> {
        self.destroys_key_of(id);
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        let noted =
            sqlx::query!("insert into erasures (person, at) values ($1, $2) on conflict do nothing", id, at);
        noted.execute(self.db()).await.map_err(fault)?;
        let names: Vec<Vec<u8>> = names.iter().map(|mac| mac.to_vec()).collect();
        let reserved = sqlx::query!(
            "insert into erased_names (mac) select * from unnest($1::bytea[]) on conflict do nothing",
            &names
        );
        reserved.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!(
            "delete from authorizations where visit in (select id from visits where person = $1)",
            id
        );
        gone.execute(self.db()).await.map_err(fault)?;
        let lost = sqlx::query!(
            "update code_devices set holder = null, name = null, life = 'lost', since = $2 where holder = $1",
            id,
            at
        );
        lost.execute(self.db()).await.map_err(fault)?;
        self.erase_rows(id).await?;
        let gone = sqlx::query!("delete from persons where id = $1", id);
        one(gone.execute(self.db()).await.map_err(fault)?.rows_affected(), "a person that is not there")
    }

    async fn erased_at(&mut self, id: PersonId) -> Result<Option<Timestamp>, StoreFault> {
        let id = Uuid::from(id);
        let at = sqlx::query_scalar!("select at from erasures where person = $1", id);
        time_if(at.fetch_optional(self.db()).await.map_err(fault)?)
    }

    async fn name_was_erased(&mut self, macs: &[Mac]) -> Result<bool, StoreFault> {
        let macs: Vec<Vec<u8>> = macs.iter().map(|mac| mac.to_vec()).collect();
        let known = sqlx::query_scalar!(
            r#"select exists (select 1 from erased_names where mac = any($1)) as "it!""#,
            &macs
        );
        known.fetch_one(self.db()).await.map_err(fault)
    }
}

impl PgTx {
    /// Every row that is hers, but her own.
    async fn erase_rows(&mut self, id: Uuid) -> Result<(), StoreFault> {
        let gone = sqlx::query!(
            "delete from export_pieces where job in (select id from export_jobs where person = $1 or about = $1)",
            id
        );
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from export_jobs where person = $1 or about = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from erasure_voices where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from holds where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from associations where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from acceptances where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from proofings where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from roles where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from passwords where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from authenticator_apps where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from passkeys where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from primary_factors where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from flows where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from invitations where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from sessions where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from outbox where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from wrong_codes where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from known_sources where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from open_enrolments where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from printed_codes where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from visits where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from contact_channels where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from terms_told where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from trail_keys where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from user_names where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from registered where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        let gone = sqlx::query!("delete from registered_names where person = $1", id);
        gone.execute(self.db()).await.map_err(fault)?;
        Ok(())
    }
}
