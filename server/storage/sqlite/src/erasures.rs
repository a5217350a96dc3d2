//! Erasing people. What is deleted is overwritten in the file (`secure_delete`).

use crate::shared::{fault, time, time_if};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::erasure::Voice;
use domain::ids::PersonId;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Erasures, StoreFault};
use usecases::ports::vault::Mac;

#[async_trait]
impl Erasures for SqliteTx {
    async fn erasure_asked(&mut self, id: PersonId) -> Result<Option<Voice>, StoreFault> {
        let id = Uuid::from(id);
        let asked = sqlx::query!("select asked_by, asked_at from erasure_voices where person = $1", id);
        let asked = asked.fetch_optional(self.db()).await.map_err(fault)?;
        asked.map(|it| Ok(Voice { by: it.asked_by, at: time(it.asked_at)? })).transpose()
    }

    async fn ask_erasure(&mut self, id: PersonId, voice: &Voice) -> Result<(), StoreFault> {
        let (id, at) = (Uuid::from(id), voice.at.as_microsecond());
        later!(
            self,
            "insert into erasure_voices (person, asked_by, asked_at) values ($1, $2, $3)
             on conflict (person) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at",
            id,
            voice.by,
            at
        )
    }

    async fn newest_row_about(
        &mut self,
        id: PersonId,
        apart: &[&str],
    ) -> Result<Option<Timestamp>, StoreFault> {
        let (id, apart) = (Uuid::from(id), Json(apart));
        let newest = sqlx::query_scalar!(
            r#"select max(at) as "at?: i64" from audit_events
               where subject = $1 and kind not in (select value from json_each($2))"#,
            id,
            apart
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
        later!(self, "insert into erasures (person, at) values ($1, $2) on conflict do nothing", id, at)?;
        for name in names {
            let mac = name.as_slice();
            later!(self, "insert into erased_names (mac) values ($1) on conflict do nothing", mac)?;
        }
        later!(
            self,
            "delete from authorizations where visit in (select id from visits where person = $1)",
            id
        )?;
        later!(
            self,
            "update code_devices set holder = null, name = null, life = 'lost', since = $2 where holder = $1",
            id,
            at
        )?;
        later!(
            self,
            "delete from export_pieces where job in (select id from export_jobs where person = $1 or about = $1)",
            id
        )?;
        later!(self, "delete from export_jobs where person = $1 or about = $1", id)?;
        later!(self, "delete from erasure_voices where person = $1", id)?;
        later!(self, "delete from holds where person = $1", id)?;
        later!(self, "delete from associations where person = $1", id)?;
        later!(self, "delete from acceptances where person = $1", id)?;
        later!(self, "delete from proofings where person = $1", id)?;
        later!(self, "delete from roles where person = $1", id)?;
        later!(self, "delete from passwords where person = $1", id)?;
        later!(self, "delete from authenticator_apps where person = $1", id)?;
        later!(self, "delete from passkeys where person = $1", id)?;
        later!(self, "delete from primary_factors where person = $1", id)?;
        later!(self, "delete from flows where person = $1", id)?;
        later!(self, "delete from invitations where person = $1", id)?;
        later!(self, "delete from sessions where person = $1", id)?;
        later!(self, "delete from outbox where person = $1", id)?;
        later!(self, "delete from wrong_codes where person = $1", id)?;
        later!(self, "delete from known_sources where person = $1", id)?;
        later!(self, "delete from open_enrolments where person = $1", id)?;
        later!(self, "delete from printed_codes where person = $1", id)?;
        later!(self, "delete from visits where person = $1", id)?;
        later!(self, "delete from contact_channels where person = $1", id)?;
        later!(self, "delete from terms_told where person = $1", id)?;
        later!(self, "delete from trail_keys where person = $1", id)?;
        later!(self, "delete from user_names where person = $1", id)?;
        later!(self, "delete from registered where person = $1", id)?;
        later!(self, "delete from registered_names where person = $1", id)?;
        later!(self, "delete from persons where id = $1", id; or "a person that is not there")
    }

    async fn erased_at(&mut self, id: PersonId) -> Result<Option<Timestamp>, StoreFault> {
        let id = Uuid::from(id);
        let at = sqlx::query_scalar!("select at from erasures where person = $1", id);
        time_if(at.fetch_optional(self.db()).await.map_err(fault)?)
    }

    async fn name_was_erased(&mut self, macs: &[Mac]) -> Result<bool, StoreFault> {
        for mac in macs {
            let mac = mac.as_slice();
            let known = sqlx::query_scalar!("select count(*) from erased_names where mac = $1", mac);
            if known.fetch_one(self.db()).await.map_err(fault)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
