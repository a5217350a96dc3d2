//! The audit trail. Triggers refuse every change; `audit_waiting` holds the rows that have no place in the chain.

use crate::appended::as_kept;
use crate::shared::{AuditRow, LinkRow, all, bytes32, count, fault, time_if};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::Timestamp;
use domain::audit::{Hash, Link, Origin, Row};
use domain::ids::{EventId, InstanceId, PersonId};
use sqlx::types::Uuid;
use std::collections::HashMap;
use usecases::ports::store::{StoreFault, Trail};

/// The lock that whoever writes the chain holds, like no other of this programme.
const SEQUENCER: i64 = 0x6e73_6973_6964;

macro_rules! rows {
    ($tail:literal $(, $value:expr)*) => {
        sqlx::query_as!(
            AuditRow,
            "select e.id, e.format, e.at, e.kind, e.actor, e.subject,
               e.request, e.facts, e.personal, e.instance, e.lane, e.counter, e.mac from audit_events e " + $tail
            $(, $value)*
        )
    };
}
pub(crate) use rows;

#[async_trait]
impl Trail for PgTx {
    fn mark(&mut self, instance: InstanceId) -> Origin {
        self.lane(instance).next()
    }

    /// Nobody waits for it: it is written with those behind it, before the next question or with the commit, which fails where it
    /// cannot be.
    async fn append(&mut self, row: &Row) -> Result<(), StoreFault> {
        self.append_row(as_kept(row)?).await.map_err(fault)
    }

    async fn unsequenced(&mut self, limit: u32) -> Result<Vec<Row>, StoreFault> {
        let limit = i64::from(limit);
        let rows = rows!("join audit_waiting w on w.number = e.number order by w.number limit $1", limit);
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn unsequenced_count(&mut self) -> Result<u64, StoreFault> {
        let waiting = sqlx::query_scalar!(r#"select count(*) as "count!" from audit_waiting"#);
        count(waiting.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn stray_row(&mut self) -> Result<Option<EventId>, StoreFault> {
        let stray = sqlx::query_scalar!(
            "select id from audit_events e
               where not exists (select 1 from audit_chain c where c.event = e.id)
                 and not exists (select 1 from audit_waiting w where w.number = e.number)
               order by number limit 1"
        );
        Ok(stray.fetch_optional(self.db()).await.map_err(fault)?.map(EventId::from))
    }

    async fn chain_end(&mut self) -> Result<(i64, Hash), StoreFault> {
        // An empty chain has no row to lock. Held until the end of the transaction.
        let lock = sqlx::query!("select pg_advisory_xact_lock($1)", SEQUENCER);
        lock.execute(self.db()).await.map_err(fault)?;
        let end = sqlx::query!("select place, hash from audit_chain order by place desc limit 1");
        let end = end.fetch_optional(self.db()).await.map_err(fault)?;
        end.map_or(Ok((0, Hash::START)), |end| {
            Ok((end.place, Hash(bytes32(end.hash, "a hash of the chain")?)))
        })
    }

    async fn chain(&mut self, links: &[Link]) -> Result<(), StoreFault> {
        let places: Vec<i64> = links.iter().map(|link| link.place).collect();
        let events: Vec<Uuid> = links.iter().map(|link| link.event.into()).collect();
        let hashes: Vec<Vec<u8>> = links.iter().map(|link| link.hash.0.to_vec()).collect();
        let leaves: Vec<Option<Vec<u8>>> =
            links.iter().map(|link| link.leaf.map(|it| it.0.to_vec())).collect();
        #[expect(clippy::as_conversions, reason = "how sqlx is told that elements may be null")]
        let add = sqlx::query!(
            "insert into audit_chain (place, event, hash, leaf)
             select * from unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[])",
            &places,
            &events,
            &hashes,
            &leaves as &[Option<Vec<u8>>]
        );
        add.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn chained_after(
        &mut self,
        place: i64,
        limit: u32,
    ) -> Result<Vec<(Link, Option<Row>)>, StoreFault> {
        let limit = i64::from(limit);
        let links = sqlx::query_as!(
            LinkRow,
            "select place, event, leaf, hash from audit_chain where place > $1 order by place limit $2",
            place,
            limit
        );
        let links: Vec<Link> = all(links.fetch_all(self.db()).await.map_err(fault)?)?;
        let last = links.last().map_or(place, |link| link.place);
        let rows =
            rows!("join audit_chain c on c.event = e.id where c.place > $1 and c.place <= $2", place, last);
        let rows: Vec<Row> = all(rows.fetch_all(self.db()).await.map_err(fault)?)?;
        let mut rows: HashMap<EventId, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
        Ok(links.into_iter().map(|link| (link.clone(), rows.remove(&link.event))).collect())
    }

    async fn chain_reach(&mut self) -> Result<Option<(i64, Option<Timestamp>)>, StoreFault> {
        let reach = sqlx::query!(
            r#"select c.place as "place!", coalesce(e.at, x.at) as "at?" from audit_chain c
               left join audit_events e on e.id = c.event left join audit_expired x on x.place = c.place
               order by c.place desc limit 1"#
        );
        let reach = reach.fetch_optional(self.db()).await.map_err(fault)?;
        reach.map(|reach| Ok((reach.place, time_if(reach.at)?))).transpose()
    }

    async fn waiting_between(&mut self, from: Timestamp, before: Timestamp) -> Result<u64, StoreFault> {
        let (from, before) = (from.as_microsecond(), before.as_microsecond());
        let waiting = sqlx::query_scalar!(
            r#"select count(*) as "count!" from audit_waiting w join audit_events e on e.number = w.number
               where e.at >= $1 and e.at < $2"#,
            from,
            before
        );
        count(waiting.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn chained_about(
        &mut self,
        id: PersonId,
        (after, to): (i64, i64),
        limit: u32,
    ) -> Result<Vec<(i64, Row)>, StoreFault> {
        let (id, limit) = (Uuid::from(id), i64::from(limit));
        let links = sqlx::query_as!(
            LinkRow,
            "select c.place, c.event, c.leaf, c.hash
             from audit_events e join audit_chain c on c.event = e.id
             where e.subject = $1 and c.place > $2 and c.place <= $3 order by c.place limit $4",
            id,
            after,
            to,
            limit
        );
        let links: Vec<Link> = all(links.fetch_all(self.db()).await.map_err(fault)?)?;
        let last = links.last().map_or(after, |link| link.place);
        let rows = rows!(
            "join audit_chain c on c.event = e.id where e.subject = $1 and c.place > $2 and c.place <= $3",
            id,
            after,
            last
        );
        let rows: Vec<Row> = all(rows.fetch_all(self.db()).await.map_err(fault)?)?;
        let mut rows: HashMap<EventId, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
        Ok(links.into_iter().filter_map(|link| Some((link.place, rows.remove(&link.event)?))).collect())
    }

    async fn chained_about_count(
        &mut self,
        id: PersonId,
        (after, to): (i64, i64),
    ) -> Result<u64, StoreFault> {
        let id = Uuid::from(id);
        let rows = sqlx::query_scalar!(
            r#"select count(*) as "count!" from audit_events e join audit_chain c on c.event = e.id
               where e.subject = $1 and c.place > $2 and c.place <= $3"#,
            id,
            after,
            to
        );
        count(rows.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn rows_about(&mut self, id: PersonId, kinds: &[&str], limit: u32) -> Result<Vec<Row>, StoreFault> {
        let (id, limit) = (Uuid::from(id), i64::from(limit));
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let rows = rows!(
            "where e.subject = $1 and e.kind = any($2) order by e.number desc limit $3",
            id,
            &kinds,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn row(&mut self, id: EventId) -> Result<Option<Row>, StoreFault> {
        let id = Uuid::from(id);
        let row = rows!("where e.id = $1", id).fetch_optional(self.db()).await.map_err(fault)?;
        row.map(Row::try_from).transpose()
    }

    async fn rows_of_kind(&mut self, kind: &str, since: Timestamp) -> Result<u64, StoreFault> {
        let since = since.as_microsecond();
        let rows = sqlx::query_scalar!(
            r#"select count(*) as "count!" from audit_events where kind = $1 and at >= $2"#,
            kind,
            since
        );
        count(rows.fetch_one(self.db()).await.map_err(fault)?)
    }
}
