//! The audit trail. Triggers refuse every change; `audit_waiting` holds the rows that have no place in the chain.

use crate::shared::{AuditRow, LinkRow, all, bytes32, count, fault, kept, time_if};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::Timestamp;
use domain::audit::{Hash, Link, Origin, Row};
use domain::ids::{EventId, InstanceId, PersonId};
use sqlx::types::{Json, Uuid};
use std::collections::HashMap;
use usecases::ports::store::{StoreFault, Trail};

macro_rules! rows {
    ($tail:literal $(, $value:expr)*) => {
        sqlx::query_as!(
            AuditRow,
            r#"select e.id as "id: Uuid", e.format, e.at, e.kind, e.actor, e.subject as "subject: Uuid",
               e.request as "request: Uuid", e.facts, e.personal, e.instance as "instance: Uuid", e.lane, e.counter,
               e.mac from audit_events e "# + $tail
            $(, $value)*
        )
    };
}
pub(crate) use rows;

#[async_trait]
impl Trail for SqliteTx {
    fn mark(&mut self, instance: InstanceId) -> Origin {
        self.lane(instance).next()
    }

    async fn append(&mut self, row: &Row) -> Result<(), StoreFault> {
        let (id, format, at) = (Uuid::from(row.id), i64::from(row.format), row.at.as_microsecond());
        let (subject, request, mac) =
            (row.subject.map(Uuid::from), Uuid::from(row.request), row.mac.as_slice());
        let instance = row.origin.map(|origin| Uuid::from(origin.instance));
        let lane = row.origin.map(|origin| i64::from(origin.lane));
        let counter = row.origin.map(|origin| kept(origin.number)).transpose()?;
        later!(
            self,
            "insert into audit_events (id, format, at, kind, actor, subject, request, facts, personal, mac,
                 instance, lane, counter)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            id,
            format,
            at,
            row.kind,
            row.actor,
            subject,
            request,
            row.facts,
            row.personal,
            mac,
            instance,
            lane,
            counter
        )?;
        self.wrote_row();
        Ok(())
    }

    async fn unsequenced(&mut self, limit: u32) -> Result<Vec<Row>, StoreFault> {
        let limit = i64::from(limit);
        let rows = rows!("join audit_waiting w on w.number = e.number order by w.number limit $1", limit);
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn unsequenced_count(&mut self) -> Result<u64, StoreFault> {
        let waiting = sqlx::query_scalar!("select count(*) from audit_waiting");
        count(waiting.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn stray_row(&mut self) -> Result<Option<EventId>, StoreFault> {
        let stray = sqlx::query_scalar!(
            r#"select id as "id: Uuid" from audit_events e
               where not exists (select 1 from audit_chain c where c.event = e.id)
                 and not exists (select 1 from audit_waiting w where w.number = e.number)
               order by number limit 1"#
        );
        Ok(stray.fetch_optional(self.db()).await.map_err(fault)?.map(EventId::from))
    }

    /// The only writer holds the whole file.
    async fn chain_end(&mut self) -> Result<(i64, Hash), StoreFault> {
        let end = sqlx::query!("select place, hash from audit_chain order by place desc limit 1");
        let end = end.fetch_optional(self.db()).await.map_err(fault)?;
        end.map_or(Ok((0, Hash::START)), |end| {
            Ok((end.place, Hash(bytes32(end.hash, "a hash of the chain")?)))
        })
    }

    async fn chain(&mut self, links: &[Link]) -> Result<(), StoreFault> {
        // One message for all of them.
        let links: Vec<_> = links
            .iter()
            .map(|link| {
                let leaf = link.leaf.map(|leaf| hex(&leaf.0));
                (link.place, Uuid::from(link.event).simple().to_string(), hex(&link.hash.0), leaf)
            })
            .collect();
        let links = Json(links);
        later!(
            self,
            "insert into audit_chain (place, event, hash, leaf)
             select value ->> 0, unhex(value ->> 1), unhex(value ->> 2), unhex(value ->> 3) from json_each($1)",
            links
        )
    }

    async fn chained_after(
        &mut self,
        place: i64,
        limit: u32,
    ) -> Result<Vec<(Link, Option<Row>)>, StoreFault> {
        let limit = i64::from(limit);
        let links = sqlx::query_as!(
            LinkRow,
            r#"select place, event as "event: Uuid", leaf, hash from audit_chain where place > $1 order by place limit $2"#,
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
            r#"select c.place as "place!: i64", coalesce(e.at, x.at) as "at?: i64" from audit_chain c
               left join audit_events e on e.id = c.event left join audit_expired x on x.place = c.place
               order by c.place desc limit 1"#
        );
        let reach = reach.fetch_optional(self.db()).await.map_err(fault)?;
        reach.map(|reach| Ok((reach.place, time_if(reach.at)?))).transpose()
    }

    async fn waiting_between(&mut self, from: Timestamp, before: Timestamp) -> Result<u64, StoreFault> {
        let (from, before) = (from.as_microsecond(), before.as_microsecond());
        let waiting = sqlx::query_scalar!(
            r#"select count(*) as "count!: i64" from audit_waiting w join audit_events e on e.number = w.number
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
            r#"select c.place as "place!: i64", c.event as "event!: Uuid", c.leaf as "leaf?: Vec<u8>",
                   c.hash as "hash!: Vec<u8>"
               from audit_events e join audit_chain c on c.event = e.id
               where e.subject = $1 and c.place > $2 and c.place <= $3 order by c.place limit $4"#,
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
            r#"select count(*) as "count!: i64" from audit_events e join audit_chain c on c.event = e.id
               where e.subject = $1 and c.place > $2 and c.place <= $3"#,
            id,
            after,
            to
        );
        count(rows.fetch_one(self.db()).await.map_err(fault)?)
    }

    async fn rows_about(&mut self, id: PersonId, kinds: &[&str], limit: u32) -> Result<Vec<Row>, StoreFault> {
        let (id, kinds, limit) = (Uuid::from(id), Json(kinds), i64::from(limit));
        let rows = rows!(
            "where e.subject = $1 and e.kind in (select value from json_each($2))
             order by e.number desc limit $3",
            id,
            kinds,
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
            "select count(*) from audit_events where kind = $1 and at >= $2",
            kind,
            since
        );
        count(rows.fetch_one(self.db()).await.map_err(fault)?)
    }
}

/// In hexadecimal, as `unhex` reads it.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
