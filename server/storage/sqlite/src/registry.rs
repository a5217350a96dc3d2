//! What is registered about people beside HR's feed.

use crate::shared::fault;
use crate::tx::SqliteTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::PersonId;
use domain::registered::{NameKind, Registered};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Registry, StoreFault};

#[async_trait]
impl Registry for SqliteTx {
    async fn registered(&mut self, id: PersonId) -> Result<Option<Registered>, StoreFault> {
        let person = Uuid::from(id);
        let row = sqlx::query_scalar!(
            r#"select record as "record: Json<Registered>" from registered where person = $1"#,
            person
        );
        Ok(row.fetch_optional(self.db()).await.map_err(fault)?.map(|record| record.0))
    }

    async fn registered_name_owner(
        &mut self,
        kind: NameKind,
        name: &str,
    ) -> Result<Option<PersonId>, StoreFault> {
        Ok(self.named(kind.word(), name).await?.map(Into::into))
    }

    async fn registered_names_of(&mut self, id: PersonId) -> Result<Vec<(String, String)>, StoreFault> {
        let person = Uuid::from(id);
        let names = sqlx::query!(
            "select kind, name from registered_names where person = $1 order by kind, name",
            person
        );
        let names = names.fetch_all(self.db()).await.map_err(fault)?;
        Ok(names.into_iter().map(|it| (it.kind, it.name)).collect())
    }

    async fn register(&mut self, id: PersonId, says: &Registered, at: Timestamp) -> Result<(), StoreFault> {
        let person = Uuid::from(id);
        for (kind, name) in says.names() {
            let kind = kind.word();
            let reserve = sqlx::query!(
                "insert into registered_names (kind, name, person) values ($1, $2, $3) on conflict do nothing",
                kind,
                name,
                person
            );
            reserve.execute(self.db()).await.map_err(fault)?;
            if self.named(kind, &name).await? != Some(person) {
                return Err(StoreFault::Conflict("a name registered for somebody else"));
            }
        }
        let (record, at) = (Json(says), at.as_microsecond());
        let write = sqlx::query!(
            "insert into registered (person, record, at) values ($1, $2, $3)
             on conflict (person) do update set record = excluded.record, at = excluded.at",
            person,
            record,
            at
        );
        write.execute(self.db()).await.map_err(fault).map(drop)
    }
}

impl SqliteTx {
    async fn named(&mut self, kind: &str, name: &str) -> Result<Option<Uuid>, StoreFault> {
        let owner = sqlx::query_scalar!(
            r#"select person as "person!: Uuid" from registered_names where kind = $1 and name = $2"#,
            kind,
            name
        );
        owner.fetch_optional(self.db()).await.map_err(fault)
    }
}
