//! Passkeys and security keys, and which login method is asked for first.

use crate::shared::{PasskeyRow, all, fault};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::factor::{CredentialId, FactorName, Passkey, Registered};
use domain::ids::{FactorId, PersonId};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Passkeys, StoreFault};

#[async_trait]
impl Passkeys for SqliteTx {
    async fn passkeys_of(&mut self, id: PersonId) -> Result<Vec<Passkey>, StoreFault> {
        let id = Uuid::from(id);
        let rows = sqlx::query_as!(
            PasskeyRow,
            r#"select id as "id: Uuid", person as "person: Uuid", credential, name, added_at, added_by, used_at, counter,
                   registered as "registered: Json<Registered>", stored
               from passkeys where person = $1 order by added_at, id"#,
            id
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn passkey(&mut self, credential: &CredentialId) -> Result<Option<Passkey>, StoreFault> {
        let credential = credential.0.as_slice();
        let row = sqlx::query_as!(
            PasskeyRow,
            r#"select id as "id: Uuid", person as "person: Uuid", credential, name, added_at, added_by, used_at, counter,
                   registered as "registered: Json<Registered>", stored
               from passkeys where credential = $1"#,
            credential
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Passkey::try_from).transpose()
    }

    /// The only writer holds the whole file.
    async fn passkey_for_update(&mut self, credential: &CredentialId) -> Result<Option<Passkey>, StoreFault> {
        self.passkey(credential).await
    }

    async fn add_passkey(&mut self, key: &Passkey) -> Result<bool, StoreFault> {
        let (id, person, name) = (Uuid::from(key.id), Uuid::from(key.person), key.name.as_str());
        let (credential, stored) = (key.credential.0.as_slice(), key.stored.0.as_slice());
        let (added_at, added_by) = (key.added_at.as_microsecond(), key.added.word());
        let (used_at, counter) = (key.used_at.map(Timestamp::as_microsecond), i64::from(key.counter));
        let registered = Json(&key.registered);
        let add = sqlx::query!(
            "insert into passkeys
                (id, person, credential, name, added_at, added_by, used_at, counter, registered, stored)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (credential) do nothing",
            id,
            person,
            credential,
            name,
            added_at,
            added_by,
            used_at,
            counter,
            registered,
            stored
        );
        Ok(add.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn save_passkey(&mut self, key: &Passkey) -> Result<(), StoreFault> {
        let (id, person) = (Uuid::from(key.id), Uuid::from(key.person));
        let (used_at, counter) = (key.used_at.map(Timestamp::as_microsecond), i64::from(key.counter));
        let registered = Json(&key.registered);
        later!(self, "update passkeys set used_at = $3, counter = $4, registered = $5 where id = $1 and person = $2",
            id,
            person,
            used_at,
            counter,
            registered; or "a passkey that is not there")
    }

    async fn remove_passkey(&mut self, person: PersonId, id: FactorId) -> Result<bool, StoreFault> {
        let (person, id) = (Uuid::from(person), Uuid::from(id));
        let remove = sqlx::query!("delete from passkeys where id = $1 and person = $2", id, person);
        Ok(remove.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn rename_factor(
        &mut self,
        person: PersonId,
        id: FactorId,
        name: &FactorName,
    ) -> Result<bool, StoreFault> {
        let (person, id, name) = (Uuid::from(person), Uuid::from(id), name.as_str());
        let key =
            sqlx::query!("update passkeys set name = $3 where id = $1 and person = $2", id, person, name);
        if key.execute(self.db()).await.map_err(fault)?.rows_affected() == 1 {
            return Ok(true);
        }
        let app = sqlx::query!(
            "update authenticator_apps set name = $3 where id = $1 and person = $2",
            id,
            person,
            name
        );
        Ok(app.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn primary_factor(&mut self, person: PersonId) -> Result<Option<FactorId>, StoreFault> {
        let person = Uuid::from(person);
        let factor = sqlx::query_scalar!(
            r#"select factor as "factor: Uuid" from primary_factors where person = $1"#,
            person
        );
        Ok(factor.fetch_optional(self.db()).await.map_err(fault)?.map(Into::into))
    }

    async fn set_primary_factor(&mut self, person: PersonId, id: FactorId) -> Result<(), StoreFault> {
        let (person, id) = (Uuid::from(person), Uuid::from(id));
        let set = sqlx::query!(
            "insert into primary_factors (person, factor) values ($1, $2)
             on conflict (person) do update set factor = excluded.factor",
            person,
            id
        );
        set.execute(self.db()).await.map_err(fault).map(drop)
    }
}
