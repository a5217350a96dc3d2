//! When people were proved, what HR changed since, and whom to tell.

use crate::shared::{fault, time, time_if};
use crate::tx::SqliteTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{PersonId, ProofingId};
use domain::level::AssuranceLevel;
use domain::reconfirmation::Proved;
use sqlx::types::Uuid;
use usecases::ports::store::{Reconfirmations, StoreFault};

#[async_trait]
impl Reconfirmations for SqliteTx {
    async fn proved(&mut self, id: PersonId) -> Result<Option<Proved>, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query!(
            r#"select f.at as "at!", f.level as "level!", p.renamed_at as "renamed_at?"
               from proofings f join persons p on p.id = f.person
               where f.person = $1 order by f.at desc, f.id desc limit 1"#,
            id
        );
        let Some(row) = row.fetch_optional(self.db()).await.map_err(fault)? else { return Ok(None) };
        let level = AssuranceLevel::from_word(&row.level).ok_or(StoreFault::Unreadable("a level"))?;
        Ok(Some(Proved { at: time(row.at)?, level, renamed_at: time_if(row.renamed_at)? }))
    }

    async fn note_renamed(&mut self, id: PersonId, at: Timestamp) -> Result<(), StoreFault> {
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        let note = sqlx::query!(
            "update persons set renamed_at = $2 where id = $1 and (renamed_at is null or renamed_at < $2)",
            id,
            at
        );
        note.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn proofs_running_out(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<(ProofingId, PersonId)>, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let rows = sqlx::query!(
            r#"select id as "id!: Uuid", person as "person!: Uuid" from proofings
               where running_out_at is null and at < $1 order by at, id limit $2"#,
            before,
            limit
        );
        let rows = rows.fetch_all(self.db()).await.map_err(fault)?;
        Ok(rows.into_iter().map(|row| (row.id.into(), row.person.into())).collect())
    }

    async fn note_running_out(&mut self, id: ProofingId, at: Timestamp) -> Result<bool, StoreFault> {
        let (id, at) = (Uuid::from(id), at.as_microsecond());
        let note = sqlx::query!(
            "update proofings set running_out_at = $2 where id = $1 and running_out_at is null",
            id,
            at
        );
        Ok(note.execute(self.db()).await.map_err(fault)?.rows_affected() > 0)
    }
}
