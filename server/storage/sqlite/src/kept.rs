//! Single facts about the database, and rewriting for key rotation.

use crate::shared::{bytes32, fault, time};
use crate::tx::SqliteTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{FactorId, KeyId, PersonId, RotationId};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Kept, KeyStep, Rotation, Stamp, StoreFault};
use usecases::ports::vault::{Mac, Sealed};

#[async_trait]
impl Kept for SqliteTx {
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
    ) -> Result<Vec<(PersonId, Sealed, Mac)>, StoreFault> {
        let (after, limit) = (after.map_or(Uuid::nil(), Uuid::from), i64::from(limit));
        let page = sqlx::query!(
            r#"select id as "id: Uuid", cpr, cpr_index from persons where id > $1 order by id limit $2"#,
            after,
            limit
        );
        let page = page.fetch_all(self.db()).await.map_err(fault)?;
        let read = page.into_iter().map(|row| {
            Ok((row.id.into(), Sealed(row.cpr), bytes32(row.cpr_index, "an index of a CPR number")?))
        });
        read.collect()
    }

    async fn reseal_cpr(
        &mut self,
        id: PersonId,
        before: &Sealed,
        after: &Sealed,
        index: Mac,
    ) -> Result<bool, StoreFault> {
        let (id, before, after, index) =
            (Uuid::from(id), before.0.as_slice(), after.0.as_slice(), index.as_slice());
        let reseal = sqlx::query!(
            "update persons set cpr = $3, cpr_index = $4 where id = $1 and cpr = $2",
            id,
            before,
            after,
            index
        );
        Ok(reseal.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn sealed_seeds(
        &mut self,
        after: Option<FactorId>,
        limit: u32,
    ) -> Result<Vec<(FactorId, Sealed)>, StoreFault> {
        let (after, limit) = (after.map_or(Uuid::nil(), Uuid::from), i64::from(limit));
        let page = sqlx::query!(
            r#"select id as "id!: Uuid", seed as "seed!: Vec<u8>" from (
                   select id, seed from authenticator_apps union all select id, seed from code_devices)
               where id > $1 order by id limit $2"#,
            after,
            limit
        );
        let page = page.fetch_all(self.db()).await.map_err(fault)?;
        Ok(page.into_iter().map(|row| (row.id.into(), Sealed(row.seed))).collect())
    }

    async fn reseal_seed(&mut self, id: FactorId, seed: &Sealed) -> Result<bool, StoreFault> {
        let (id, seed) = (Uuid::from(id), seed.0.as_slice());
        let app = sqlx::query!("update authenticator_apps set seed = $2 where id = $1", id, seed);
        let apps = app.execute(self.db()).await.map_err(fault)?.rows_affected();
        let device = sqlx::query!("update code_devices set seed = $2 where id = $1", id, seed);
        Ok(apps + device.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn reseal_signing_key(&mut self, id: KeyId, sealed: &Sealed) -> Result<bool, StoreFault> {
        let (id, sealed) = (Uuid::from(id), sealed.0.as_slice());
        let reseal = sqlx::query!("update signing_keys set sealed = $2 where id = $1", id, sealed);
        Ok(reseal.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    /// The only writer holds the whole file.
    async fn rotation_for_update(&mut self) -> Result<Option<Rotation>, StoreFault> {
        let under_way = sqlx::query_scalar!(
            r#"select record as "record: Json<Rotation>" from key_rotations where ended_at is null"#
        );
        Ok(under_way.fetch_optional(self.db()).await.map_err(fault)?.map(|Json(rotation)| rotation))
    }

    async fn put_rotation(&mut self, rotation: &Rotation) -> Result<(), StoreFault> {
        let (id, record) = (Uuid::from(rotation.id), Json(rotation));
        let put = sqlx::query!(
            "insert into key_rotations (id, record) values ($1, $2)
             on conflict (id) do update set record = excluded.record",
            id,
            record
        );
        put.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn end_rotation(&mut self, id: RotationId, at: Timestamp) -> Result<bool, StoreFault> {
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        let end =
            sqlx::query!("update key_rotations set ended_at = $2 where id = $1 and ended_at is null", id, at);
        Ok(end.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn tell_of_key(&mut self, key: KeyId, step: KeyStep, at: Timestamp) -> Result<bool, StoreFault> {
        let (key, step, at) = (Uuid::from(key), step.word(), at.as_microsecond());
        let tell = sqlx::query!(
            "insert into known_keys (key, step, at) values ($1, $2, $3) on conflict do nothing",
            key,
            step,
            at
        );
        Ok(tell.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn database_now(&mut self) -> Result<Timestamp, StoreFault> {
        let millis =
            sqlx::query_scalar!(r#"select cast(unixepoch('subsec') * 1000 as integer) as "now!: i64""#);
        time(millis.fetch_one(self.db()).await.map_err(fault)?.saturating_mul(1000))
    }
}
