//! What a browser carries before anybody signed in, for tower-sessions.
//!
//! The library saves after the handler, outside the use case's transaction. So `save` changes a row that is there and
//! never makes one: a session that was deleted meanwhile stays deleted. Nobody is signed in by such a row.
//!
//! So no change of one waits for the disk: the next transaction's commit takes it along, and that is the sequencer's within
//! a second. A power cut before that takes a word for the next page, or brings back the id a cookie had before a step-up; who
//! signed in and what was blocked is on the disk by then.

use crate::SqliteStore;
use crate::line::{Lent, Line, Patience};
use crate::shared::{FoundRow, backend, before, browser_of, hash, until, written};
use async_trait::async_trait;
use sqlx::types::Uuid;
use std::fmt;
use std::sync::Arc;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{ExpiredDeletion, Result, SessionStore};
use usecases::ports::chance::Clock;
use usecases::ports::records::is_postponed;

/// So many that ran out are deleted at a time.
const AT_A_TIME: i64 = 200;

/// Makes a change, again and again while another process writes.
macro_rules! patiently {
    ($lent:ident, $change:expr) => {{
        let patience = Patience::new();
        loop {
            match $change.execute($lent.db()).await {
                Err(error) if patience.lasts(&error) => {}
                done => break done.map_err(backend),
            }
        }
    }};
}

/// Sessions of browsers. Holds a hash of each cookie, never the cookie.
#[derive(Clone)]
pub struct BrowserSessions {
    /// Only its place in the line is taken.
    writer: Line,
    unhurried: Line,
    readers: Line,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for BrowserSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserSessions")
    }
}

impl BrowserSessions {
    pub(crate) fn new(store: &SqliteStore, clock: Arc<dyn Clock>) -> Self {
        let SqliteStore { writer, unhurried, readers, .. } = store.clone();
        Self { writer, unhurried, readers, clock }
    }

    /// A connection that writes, with everybody else kept waiting until both are dropped.
    async fn write(&self) -> Result<(Lent, Lent)> {
        let turn = self.writer.lend().await.map_err(backend)?;
        Ok((turn, self.unhurried.lend().await.map_err(backend)?))
    }

    /// Puts the record in the place of the one before, in one; not where that one is gone.
    async fn replaced(&self, before: &[u8], record: &Record) -> Result<bool> {
        let (id, data, until) = (hash(record.id), written(record)?, until(record)?);
        let (id, browser) = (id.as_slice(), browser_of(record));
        let (_turn, mut lent) = self.write().await?;
        let replaced = patiently!(
            lent,
            sqlx::query!(
                "update browser_sessions set id_hash = $2, data = $3, expires_at = $4, browser = $5 where id_hash = $1",
                before,
                id,
                data,
                until,
                browser
            )
        )?;
        Ok(replaced.rows_affected() == 1)
    }
}

#[async_trait]
impl SessionStore for BrowserSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        if let Some(before) = before(record)
            && self.replaced(&before, record).await?
        {
            return Ok(());
        }
        loop {
            let (id, data, until) = (hash(record.id), written(record)?, until(record)?);
            let (id, browser) = (id.as_slice(), browser_of(record));
            let (_turn, mut lent) = self.write().await?;
            let created = patiently!(
                lent,
                sqlx::query!(
                    "insert into browser_sessions (id_hash, data, expires_at, browser) values ($1, $2, $3, $4) on conflict do nothing",
                    id,
                    data,
                    until,
                    browser
                )
            )?;
            if created.rows_affected() == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let (id, data, until) = (hash(record.id), written(record)?, until(record)?);
        let (id, browser) = (id.as_slice(), browser_of(record));
        let (_turn, mut lent) = self.write().await?;
        let saved = patiently!(
            lent,
            sqlx::query!(
                "update browser_sessions set data = $2, expires_at = $3, browser = $4 where id_hash = $1",
                id,
                data,
                until,
                browser
            )
        );
        saved.map(drop)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let (hashed, now) = (hash(*id), self.clock.now().as_microsecond());
        let hashed = hashed.as_slice();
        let row = sqlx::query_as!(
            FoundRow,
            r#"select b.data as "data!", b.expires_at as "expires_at!", b.browser as "browser?: Uuid", s.id as "session?: Uuid",
               s.epoch as "session_epoch?", s.shown as "shown?", s.began_at as "began_at?", s.seen_at as "seen_at?",
               p.id as "person?: Uuid", p.user_name as "user_name?", p.given_name as "given_name?",
               p.family_name as "family_name?", p.work_mail as "work_mail?", p.private_mail as "private_mail?",
               p.mobile as "mobile?", p.epoch as "epoch?"
               from browser_sessions b
               left join sessions s on s.browser = b.browser and s.ended_at is null
               left join persons p on p.id = s.person
               where b.id_hash = $1 and b.expires_at > $2 order by s.began_at desc, s.id desc limit 1"#,
            hashed,
            now
        );
        let row =
            row.fetch_optional(self.readers.lend().await.map_err(backend)?.db()).await.map_err(backend)?;
        row.map(|row| row.told(*id)).transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let id = hash(*id);
        let id = id.as_slice();
        if is_postponed() {
            return Ok(());
        }
        let (_turn, mut lent) = self.write().await?;
        patiently!(lent, sqlx::query!("delete from browser_sessions where id_hash = $1", id)).map(drop)
    }
}

#[async_trait]
impl ExpiredDeletion for BrowserSessions {
    async fn delete_expired(&self) -> Result<()> {
        let now = self.clock.now().as_microsecond();
        loop {
            // Whoever stands in the line goes in between.
            let (_turn, mut lent) = self.write().await?;
            let gone = patiently!(
                lent,
                sqlx::query!(
                    "delete from browser_sessions where id_hash in
                        (select id_hash from browser_sessions where expires_at <= $1 limit $2)",
                    now,
                    AT_A_TIME
                )
            )?;
            if gone.rows_affected() == 0 {
                return Ok(());
            }
        }
    }
}
