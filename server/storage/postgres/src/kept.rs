//! Single facts about the database, and rewriting for key rotation.

use crate::shared::{fault, one, time};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{FactorId, PersonId};
use sqlx::types::Uuid;
use usecases::ports::store::{Kept, Stamp, StoreFault};
use usecases::ports::vault::Sealed;

#[async_trait]
impl Kept for PgTx {
    async fn stamp(&mut self) -> Result<Option<Stamp>, StoreFault> {
        let word =
            sqlx::query_scalar!("select word from stamp").fetch_optional(self.db()).await.map_err(fault)?;
        word.map(|word| Stamp::from_word(&word).ok_or(StoreFault::Unreadable("a stamp"))).transpose()
    }

    async fn set_stamp(&mut self, stamp: Stamp) -> Result<(), StoreFault> {
        let word = stamp.word();
        let set = sqlx::query!("insert into stamp (one, word) values (1, $1) on conflict do nothing", word);
        set.execute(self.db()).await.map_err(fault)?;
        if self.stamp().await? == Some(stamp) { Ok(()) } else { Err(StoreFault::Conflict("a stamp")) }
    }

    async fn sealed_cprs(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Sealed)>, StoreFault> {
        let (after, limit) = (after.map_or(Uuid::nil(), Uuid::from), i64::from(limit));
        let page =
            sqlx::query!("select id, cpr from persons where id > $1 order by id limit $2", after, limit);
        let page = page.fetch_all(self.db()).await.map_err(fault)?;
        Ok(page.into_iter().map(|row| (row.id.into(), Sealed(row.cpr))).collect())
    }

    async fn sealed_seeds(
        &mut self,
        after: Option<FactorId>,
        limit: u32,
    ) -> Result<Vec<(FactorId, Sealed)>, StoreFault> {
        let (after, limit) = (after.map_or(Uuid::nil(), Uuid::from), i64::from(limit));
        let page = sqlx::query!(
            "select id, seed from authenticator_apps where id > $1 order by id limit $2",
            after,
            limit
        );
        let page = page.fetch_all(self.db()).await.map_err(fault)?;
        Ok(page.into_iter().map(|row| (row.id.into(), Sealed(row.seed))).collect())
    }

    async fn reseal_seed(&mut self, id: FactorId, seed: &Sealed) -> Result<(), StoreFault> {
        let (id, seed) = (Uuid::from(id), seed.0.as_slice());
        let reseal = sqlx::query!("update authenticator_apps set seed = $2 where id = $1", id, seed);
        one(
            reseal.execute(self.db()).await.map_err(fault)?.rows_affected(),
            "an authenticator that is not there",
        )
    }

    /// A key that was shredded stays shredded.
    async fn rewrap_trail_key(&mut self, id: PersonId, key: &Sealed) -> Result<(), StoreFault> {
        let (id, key) = (Uuid::from(id), key.0.as_slice());
        let rewrap = sqlx::query!(
            "update trail_keys set wrapped = $2 where person = $1 and wrapped is not null",
            id,
            key
        );
        one(rewrap.execute(self.db()).await.map_err(fault)?.rows_affected(), "a trail key that is not there")
    }

    async fn database_now(&mut self) -> Result<Timestamp, StoreFault> {
        let micros = sqlx::query_scalar!(
            r#"select (extract(epoch from clock_timestamp()) * 1000000)::bigint as "now!""#
        );
        time(micros.fetch_one(self.db()).await.map_err(fault)?)
    }
}
