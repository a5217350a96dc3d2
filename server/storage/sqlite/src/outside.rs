//! What is also kept outside.

use crate::shared::{LineRow, RecordRow, all, count, fault, one, placed};
use crate::tx::SqliteTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{Epoch, OutsideId, PersonId, RecordId, RecoveryId};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Line, Outside, Recovery, StoreFault};

#[async_trait]
impl Outside for SqliteTx {
    async fn queue_record(&mut self, id: RecordId, body: &str) -> Result<(), StoreFault> {
        let id = Uuid::from(id);
        let queue = sqlx::query!("insert into outside_records (id, body) values ($1, $2)", id, body);
        queue.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn waiting_records(&mut self, limit: u32) -> Result<Vec<(RecordId, String)>, StoreFault> {
        let limit = i64::from(limit);
        let rows = sqlx::query_as!(
            RecordRow,
            r#"select id as "id!: Uuid", body from outside_records where place is null order by number limit $1"#,
            limit
        );
        let rows = rows.fetch_all(self.db()).await.map_err(fault)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn records_waiting(&mut self) -> Result<u64, StoreFault> {
        let waiting = sqlx::query_scalar!(
            r#"select count(*) as "count!: i64" from outside_records where place is null"#
        );
        count(waiting.fetch_one(self.db()).await.map_err(fault)?)
    }

    /// The only writer holds the whole file.
    async fn lock_outside(&mut self) -> Result<(), StoreFault> {
        Ok(())
    }

    async fn last_line(&mut self) -> Result<Option<Line>, StoreFault> {
        let last = sqlx::query_as!(
            LineRow,
            r#"select place as "place!", id as "id!: Uuid", body, mac as "mac!" from outside_records
               where place is not null order by place desc limit 1"#
        );
        last.fetch_optional(self.db()).await.map_err(fault)?.map(Line::try_from).transpose()
    }

    async fn place_records(&mut self, lines: &[Line]) -> Result<(), StoreFault> {
        for line in lines {
            let (id, place, mac) = (Uuid::from(line.id), placed(line.place)?, line.mac.as_slice());
            let put = sqlx::query!(
                "insert into outside_records (id, body, place, mac) values ($1, $2, $3, $4)
                 on conflict (id) do update set place = excluded.place, mac = excluded.mac
                 where outside_records.place is null",
                id,
                line.body,
                place,
                mac
            );
            put.execute(self.db()).await.map_err(fault)?;
        }
        Ok(())
    }

    async fn lines_after(&mut self, place: u64, limit: u32) -> Result<Vec<Line>, StoreFault> {
        let (place, limit) = (placed(place)?, i64::from(limit));
        let rows = sqlx::query_as!(
            LineRow,
            r#"select place as "place!", id as "id!: Uuid", body, mac as "mac!" from outside_records
               where place > $1 order by place limit $2"#,
            place,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn outside_file(&mut self, id: OutsideId) -> Result<Option<u64>, StoreFault> {
        let id = Uuid::from(id);
        let place = sqlx::query_scalar!("select place from outside_files where id = $1", id);
        place.fetch_optional(self.db()).await.map_err(fault)?.map(count).transpose()
    }

    async fn outside_files(&mut self) -> Result<u64, StoreFault> {
        let many = sqlx::query_scalar!(r#"select count(*) as "count!: i64" from outside_files"#);
        count(many.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn put_outside_file(&mut self, id: OutsideId, place: u64, at: Timestamp) -> Result<(), StoreFault> {
        let (id, place, at) = (Uuid::from(id), placed(place)?, at.as_microsecond());
        let put = sqlx::query!(
            "insert into outside_files (id, place, begun_at) values ($1, $2, $3)
             on conflict (id) do update set place = excluded.place where outside_files.place < excluded.place",
            id,
            place,
            at
        );
        put.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn recovery(&mut self) -> Result<Option<Recovery>, StoreFault> {
        let under_way = sqlx::query_scalar!(
            r#"select record as "record: Json<Recovery>" from recoveries where ended_at is null"#
        );
        Ok(under_way.fetch_optional(self.db()).await.map_err(fault)?.map(|Json(recovery)| recovery))
    }

    async fn put_recovery(&mut self, recovery: &Recovery) -> Result<(), StoreFault> {
        let (id, record) = (Uuid::from(recovery.id), Json(recovery));
        let put = sqlx::query!(
            "insert into recoveries (id, record) values ($1, $2)
             on conflict (id) do update set record = excluded.record",
            id,
            record
        );
        put.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn end_recovery(&mut self, id: RecoveryId, at: Timestamp) -> Result<bool, StoreFault> {
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        let end =
            sqlx::query!("update recoveries set ended_at = $2 where id = $1 and ended_at is null", id, at);
        Ok(end.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn people_after(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<PersonId>, StoreFault> {
        let (after, limit) = (after.map_or(Uuid::nil(), Uuid::from), i64::from(limit));
        let people = sqlx::query_scalar!(
            r#"select id as "id!: Uuid" from persons where id > $1 order by id limit $2"#,
            after,
            limit
        );
        let people = people.fetch_all(self.db()).await.map_err(fault)?;
        Ok(people.into_iter().map(PersonId::from).collect())
    }

    async fn raise_epoch(&mut self, id: PersonId, epoch: Epoch) -> Result<(), StoreFault> {
        let (id, epoch) = (Uuid::from(id), epoch.0);
        let raise = sqlx::query!("update persons set epoch = max(epoch, $2) where id = $1", id, epoch);
        one(raise.execute(self.db()).await.map_err(fault)?.rows_affected(), "a person who is not there")
    }
}
