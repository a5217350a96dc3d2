//! Rows of the trail of one transaction, written by one statement.

use crate::shared::{AuditRow, kept};
use domain::audit::Row;
use sqlx::types::Uuid;
use sqlx::{Error, PgConnection};
use usecases::ports::store::StoreFault;

/// So many go at once at most.
pub(crate) const MOST: usize = 100;

/// As the database keeps it.
pub(crate) fn as_kept(row: &Row) -> Result<AuditRow, StoreFault> {
    Ok(AuditRow {
        id: row.id.into(),
        format: row.format.into(),
        at: row.at.as_microsecond(),
        kind: row.kind.clone(),
        actor: row.actor.clone(),
        subject: row.subject.map(Uuid::from),
        request: row.request.into(),
        facts: row.facts.clone(),
        personal: row.personal.clone(),
        instance: row.origin.map(|origin| origin.instance.into()),
        lane: row.origin.map(|origin| origin.lane.into()),
        counter: row.origin.map(|origin| kept(origin.number)).transpose()?,
        mac: row.mac.to_vec(),
    })
}

/// Writes them in their order.
pub(crate) async fn write(db: &mut PgConnection, rows: &[AuditRow]) -> Result<(), Error> {
    match rows {
        [] => Ok(()),
        [row] => write_one(db, row).await,
        rows => write_all(db, rows).await,
    }
}

async fn write_one(db: &mut PgConnection, row: &AuditRow) -> Result<(), Error> {
    let append = sqlx::query!(
        "insert into audit_events (id, format, at, kind, actor, subject, request, facts, personal, mac,
             instance, lane, counter)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        row.id,
        row.format,
        row.at,
        row.kind,
        row.actor,
        row.subject,
        row.request,
        row.facts,
        row.personal,
        row.mac,
        row.instance,
        row.lane,
        row.counter
    );
    append.execute(db).await.map(drop)
}

/// The database numbers them in the order it gets them in, so they are put in theirs.
#[expect(clippy::as_conversions, reason = "how sqlx is told that elements may be null")]
async fn write_all(db: &mut PgConnection, rows: &[AuditRow]) -> Result<(), Error> {
    let ids = column(rows, |row| row.id);
    let formats = column(rows, |row| row.format);
    let ats = column(rows, |row| row.at);
    let kinds = column(rows, |row| row.kind.clone());
    let actors = column(rows, |row| row.actor.clone());
    let subjects = column(rows, |row| row.subject);
    let requests = column(rows, |row| row.request);
    let facts = column(rows, |row| row.facts.clone());
    let personal = column(rows, |row| row.personal.clone());
    let macs = column(rows, |row| row.mac.clone());
    let instances = column(rows, |row| row.instance);
    let lanes = column(rows, |row| row.lane);
    let counters = column(rows, |row| row.counter);
    let append = sqlx::query!(
        "insert into audit_events (id, format, at, kind, actor, subject, request, facts, personal, mac,
             instance, lane, counter)
         select j.id, j.format, j.at, j.kind, j.actor, j.subject, j.request, j.facts, j.personal, j.mac,
             j.instance, j.lane, j.counter
         from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::uuid[], $7::uuid[],
             $8::text[], $9::bytea[], $10::bytea[], $11::uuid[], $12::bigint[], $13::bigint[]) with ordinality
             as j (id, format, at, kind, actor, subject, request, facts, personal, mac, instance, lane, counter, nth)
         order by j.nth",
        &ids,
        &formats,
        &ats,
        &kinds,
        &actors,
        &subjects as &[Option<Uuid>],
        &requests,
        &facts,
        &personal,
        &macs,
        &instances as &[Option<Uuid>],
        &lanes as &[Option<i64>],
        &counters as &[Option<i64>]
    );
    append.execute(db).await.map(drop)
}

/// One column of them.
fn column<T>(rows: &[AuditRow], of: impl Fn(&AuditRow) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}
