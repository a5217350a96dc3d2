//! When people were proved, what HR changed since, and whom to tell.

use crate::shared::{ProofRow, ProvedRow, fault};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{PersonId, ProofingId};
use domain::reconfirmation::Proved;
use sqlx::types::Uuid;
use usecases::ports::store::{Reconfirmations, StoreFault};

#[async_trait]
impl Reconfirmations for PgTx {
    async fn proved(&mut self, id: PersonId) -> Result<Option<Proved>, StoreFault> {
        let id = Uuid::from(id);
        let row = sqlx::query_as!(
            ProvedRow,
            r#"select f.at as "at!", f.level as "level!", p.renamed_at as "renamed_at?"
               from proofings f join persons p on p.id = f.person
               where f.person = $1 and f.at > coalesce(p.proofs_void_at, -1) order by f.at desc, f.id desc limit 1"#,
            id
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(Proved::try_from).transpose()
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
        let rows = sqlx::query_as!(
            ProofRow,
            "select id, person from proofings
               where running_out_at is null and at < $1 order by at, id limit $2",
            before,
            limit
        );
        let rows = rows.fetch_all(self.db()).await.map_err(fault)?;
        Ok(rows.into_iter().map(Into::into).collect())
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
