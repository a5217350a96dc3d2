//! Where somebody signed in from.

use crate::shared::fault;
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::PersonId;
use sqlx::types::Uuid;
use usecases::ports::store::{KnownSources, StoreFault};
use usecases::ports::vault::Mac;

#[async_trait]
impl KnownSources for SqliteTx {
    async fn know_source(&mut self, id: PersonId, source: Mac, at: Timestamp) -> Result<(), StoreFault> {
        let (id, source, at) = (Uuid::from(id), source.as_slice(), at.as_microsecond());
        later!(
            self,
            "insert into known_sources (person, source, at) values ($1, $2, $3)
             on conflict (person, source) do update set at = excluded.at",
            id,
            source,
            at
        )
    }

    async fn knows_source(&mut self, id: PersonId, sources: &[Mac]) -> Result<bool, StoreFault> {
        let id = Uuid::from(id);
        for source in sources {
            let source = source.as_slice();
            let known = sqlx::query_scalar!(
                "select at from known_sources where person = $1 and source = $2",
                id,
                source
            );
            if known.fetch_optional(self.db()).await.map_err(fault)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn prune_sources(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
        let (before, limit) = (before.as_microsecond(), i64::from(limit));
        let prune = sqlx::query!(
            "delete from known_sources where (person, source) in
                (select person, source from known_sources where at < $1 limit $2)",
            before,
            limit
        );
        Ok(prune.execute(self.db()).await.map_err(fault)?.rows_affected())
    }
}
