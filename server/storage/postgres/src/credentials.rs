//! Passwords and authenticator apps.

use crate::shared::{AppRow, all, fault, one, time_if};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::factor::{AuthenticatorApp, TimeStep};
use domain::ids::{FactorId, FlowId, PersonId};
use domain::person::UserName;
use sqlx::types::Uuid;
use usecases::ports::store::{Credentials, PasswordShown, StoreFault};
use usecases::ports::vault::{Mac, Sealed};

#[async_trait]
impl Credentials for PgTx {
    async fn password_of(
        &mut self,
        name: &UserName,
    ) -> Result<Option<(PersonId, Option<String>)>, StoreFault> {
        let name = name.as_str();
        let row = sqlx::query!(
            r#"select p.id, w.hash as "hash?" from persons p left join passwords w on w.person = p.id
               where p.user_name = $1"#,
            name
        );
        let row = row.fetch_optional(self.db()).await.map_err(fault)?;
        Ok(row.map(|row| (row.id.into(), row.hash)))
    }

    async fn password_shown(
        &mut self,
        flow: FlowId,
        id: PersonId,
        sources: &[Mac],
    ) -> Result<PasswordShown, StoreFault> {
        crate::password_shown::of(self, flow, id, sources).await
    }

    async fn password_hash(&mut self, id: PersonId) -> Result<Option<String>, StoreFault> {
        let id = Uuid::from(id);
        let hash = sqlx::query_scalar!("select hash from passwords where person = $1", id);
        hash.fetch_optional(self.db()).await.map_err(fault)
    }

    async fn set_password_hash(&mut self, id: PersonId, hash: &str, at: Timestamp) -> Result<(), StoreFault> {
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        let set = sqlx::query!(
            "insert into passwords (person, hash, set_at) values ($1, $2, $3)
             on conflict (person) do update set hash = excluded.hash, set_at = excluded.set_at",
            id,
            hash,
            at
        );
        set.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn password_set_at(&mut self, id: PersonId) -> Result<Option<Timestamp>, StoreFault> {
        let id = Uuid::from(id);
        let at = sqlx::query_scalar!("select set_at from passwords where person = $1", id);
        time_if(at.fetch_optional(self.db()).await.map_err(fault)?)
    }

    async fn revoke_means(&mut self, id: PersonId) -> Result<u64, StoreFault> {
        let id = Uuid::from(id);
        let password = sqlx::query!("delete from passwords where person = $1", id);
        let password = password.execute(self.db()).await.map_err(fault)?.rows_affected();
        let apps = sqlx::query!("delete from authenticator_apps where person = $1", id);
        let apps = apps.execute(self.db()).await.map_err(fault)?.rows_affected();
        // She still has them: they are handed out to her, and open nothing before she shows a code again.
        let devices = sqlx::query!(
            "update code_devices set life = 'handed-out', name = null, used_at = null
             where holder = $1 and life = 'active'",
            id
        );
        let keys = sqlx::query!("delete from passkeys where person = $1", id);
        let keys = keys.execute(self.db()).await.map_err(fault)?.rows_affected();
        Ok(password + apps + keys + devices.execute(self.db()).await.map_err(fault)?.rows_affected())
    }

    async fn apps_of(&mut self, id: PersonId) -> Result<Vec<(AuthenticatorApp, Sealed)>, StoreFault> {
        let id = Uuid::from(id);
        let rows = sqlx::query_as!(
            AppRow,
            "select id, person, name, added_at, added_by, used_at, last_step, seed
               from authenticator_apps where person = $1 order by added_at, id",
            id
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn add_app(&mut self, app: &AuthenticatorApp, seed: &Sealed) -> Result<(), StoreFault> {
        let (id, person, name) = (Uuid::from(app.id), Uuid::from(app.person), app.name.as_str());
        let (added_at, used_at) = (app.added_at.as_microsecond(), app.used_at.map(Timestamp::as_microsecond));
        let (last_step, seed, added_by) = (app.last_step.0, seed.0.as_slice(), app.added.word());
        let add = sqlx::query!(
            "insert into authenticator_apps (id, person, name, added_at, added_by, used_at, last_step, seed)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            person,
            name,
            added_at,
            added_by,
            used_at,
            last_step,
            seed
        );
        add.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn use_up_step(&mut self, id: FactorId, step: TimeStep, at: Timestamp) -> Result<(), StoreFault> {
        let (id, step, at) = (Uuid::from(id), step.0, at.as_microsecond());
        let spend = sqlx::query!(
            "update authenticator_apps set last_step = $2, used_at = $3 where id = $1 and last_step < $2",
            id,
            step,
            at
        );
        one(spend.execute(self.db()).await.map_err(fault)?.rows_affected(), "a step that is used up")
    }
}
