//! Checkpoints and the tree.

use crate::shared::{CheckpointRow, LinkRow, all, bytes32, fault, kept, peaks};
use crate::trail::hex;
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::audit::tree::Node;
use domain::audit::{Hash, Link};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Checkpoints, KeptCheckpoint, StoreFault};

#[async_trait]
impl Checkpoints for SqliteTx {
    async fn links_after(&mut self, place: i64, limit: u32) -> Result<Vec<Link>, StoreFault> {
        let limit = i64::from(limit);
        let links = sqlx::query_as!(
            LinkRow,
            r#"select place, event as "event: Uuid", leaf, hash from audit_chain
               where place > $1 order by place limit $2"#,
            place,
            limit
        );
        all(links.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn places_between(
        &mut self,
        from: Timestamp,
        before: Timestamp,
    ) -> Result<Option<(i64, i64)>, StoreFault> {
        let (from, before) = (from.as_microsecond(), before.as_microsecond());
        let found = sqlx::query!(
            r#"select min(place) as "first?: i64", max(place) as "last?: i64" from (
                   select c.place from audit_events e join audit_chain c on c.event = e.id where e.at >= $1 and e.at < $2
                   union all select place from audit_expired where at >= $1 and at < $2)"#,
            from,
            before
        );
        let found = found.fetch_one(self.db()).await.map_err(fault)?;
        Ok(found.first.zip(found.last))
    }

    async fn put_nodes(&mut self, nodes: &[(Node, Hash)]) -> Result<(), StoreFault> {
        let nodes: Vec<_> = nodes.iter().map(|(node, hash)| (node.level, node.index, hex(&hash.0))).collect();
        let nodes = Json(nodes);
        later!(
            self,
            "insert into audit_nodes (level, place, hash)
             select value ->> 0, value ->> 1, unhex(value ->> 2) from json_each($1) where true
             on conflict do nothing",
            nodes
        )
    }

    async fn nodes(&mut self, first: Node, many: u32) -> Result<Vec<Hash>, StoreFault> {
        let (level, from) = (i64::from(first.level), kept(first.index)?);
        let to = from.saturating_add(i64::from(many));
        let hashes = sqlx::query_scalar!(
            "select hash from audit_nodes where level = $1 and place >= $2 and place < $3 order by place",
            level,
            from,
            to
        );
        let hashes = hashes.fetch_all(self.db()).await.map_err(fault)?;
        hashes.into_iter().map(|hash| bytes32(hash, "a node").map(Hash)).collect()
    }

    async fn put_checkpoint(&mut self, checkpoint: &KeptCheckpoint) -> Result<(), StoreFault> {
        let (number, size) = (kept(checkpoint.number)?, kept(checkpoint.tree.size())?);
        let (chain, peaks) = (checkpoint.chain.0.as_slice(), peaks(&checkpoint.tree));
        later!(
            self,
            "insert into audit_checkpoints (number, size, chain, peaks, note) values ($1, $2, $3, $4, $5)",
            number,
            size,
            chain,
            peaks,
            checkpoint.note
        )
    }

    async fn last_checkpoint(&mut self) -> Result<Option<KeptCheckpoint>, StoreFault> {
        let last = sqlx::query_as!(
            CheckpointRow,
            "select number, size, chain, peaks, note from audit_checkpoints order by number desc limit 1"
        );
        last.fetch_optional(self.db()).await.map_err(fault)?.map(KeptCheckpoint::try_from).transpose()
    }

    async fn checkpoints_after(
        &mut self,
        number: u64,
        limit: u32,
    ) -> Result<Vec<KeptCheckpoint>, StoreFault> {
        let (number, limit) = (kept(number)?, i64::from(limit));
        let rows = sqlx::query_as!(
            CheckpointRow,
            "select number, size, chain, peaks, note from audit_checkpoints
             where number > $1 order by number limit $2",
            number,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }
}
