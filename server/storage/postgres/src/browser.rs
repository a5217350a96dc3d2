//! What a browser carries before anybody signed in, for tower-sessions.
//!
//! The library saves after the handler, outside the use case's transaction. So `save` changes a row that is there and
//! never makes one: a session that was deleted meanwhile stays deleted. Nobody is signed in by such a row.
//!
//! So no change of one waits for the disk (`unhurried`, for its own transaction): it is there a moment later, with the next
//! commit at the latest. A power cut before that takes a word for the next page, or
//! brings back the id a cookie had before a step-up.

use crate::shared::{FoundRow, backend, before, browser_of, hash, until, written};
use async_trait::async_trait;
use sqlx::PgPool;
use std::fmt;
use std::sync::Arc;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{ExpiredDeletion, Result, SessionStore};
use usecases::ports::chance::Clock;
use usecases::ports::records::is_postponed;

/// So many that ran out are deleted at a time.
const AT_A_TIME: i64 = 200;

/// Sessions of browsers. Holds a hash of each cookie, never the cookie.
#[derive(Clone)]
pub struct BrowserSessions {
    pool: PgPool,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for BrowserSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserSessions")
    }
}

impl BrowserSessions {
    pub(crate) fn new(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        Self { pool, clock }
    }

    /// Puts the record in the place of the one before, in one; not where that one is gone.
    async fn replaced(&self, before: &[u8], record: &Record) -> Result<bool> {
        let (id, data, until) = (hash(record.id), written(record)?, until(record)?);
        let (id, browser) = (id.as_slice(), browser_of(record));
        let replace = sqlx::query!(
            "update browser_sessions set id_hash = $2, data = $3, expires_at = $4, browser = $5 from (select set_config('synchronous_commit', 'off', true)) as unhurried where id_hash = $1",
            before,
            id,
            data,
            until,
            browser
        );
        Ok(replace.execute(&self.pool).await.map_err(backend)?.rows_affected() == 1)
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
            let create = sqlx::query!(
                "insert into browser_sessions (id_hash, data, expires_at, browser)
                 select $1::bytea, $2::text, $3::bigint, $4::uuid from (select set_config('synchronous_commit', 'off', true)) as unhurried on conflict do nothing",
                id,
                data,
                until,
                browser
            );
            if create.execute(&self.pool).await.map_err(backend)?.rows_affected() == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let (id, data, until) = (hash(record.id), written(record)?, until(record)?);
        let (id, browser) = (id.as_slice(), browser_of(record));
        let save = sqlx::query!(
            "update browser_sessions set data = $2, expires_at = $3, browser = $4 from (select set_config('synchronous_commit', 'off', true)) as unhurried where id_hash = $1",
            id,
            data,
            until,
            browser
        );
        save.execute(&self.pool).await.map_err(backend).map(drop)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let (hashed, now) = (hash(*id), self.clock.now().as_microsecond());
        let hashed = hashed.as_slice();
        let row = sqlx::query_as!(
            FoundRow,
            r#"select b.data as "data!", b.expires_at as "expires_at!", b.browser as "browser?", s.id as "session?",
               s.epoch as "session_epoch?", s.shown::text as "shown?", s.began_at as "began_at?", s.seen_at as "seen_at?",
               p.id as "person?", p.user_name as "user_name?", p.given_name as "given_name?",
               p.family_name as "family_name?", p.work_mail as "work_mail?", p.private_mail as "private_mail?",
               p.mobile as "mobile?", p.epoch as "epoch?"
               from browser_sessions b
               left join sessions s on s.browser = b.browser and s.ended_at is null
               left join persons p on p.id = s.person
               where b.id_hash = $1 and b.expires_at > $2 order by s.began_at desc, s.id desc limit 1"#,
            hashed,
            now
        );
        let row = row.fetch_optional(&self.pool).await.map_err(backend)?;
        row.map(|row| row.told(*id)).transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let id = hash(*id);
        let id = id.as_slice();
        if is_postponed() {
            return Ok(());
        }
        let delete = sqlx::query!(
            "delete from browser_sessions using (select set_config('synchronous_commit', 'off', true)) as unhurried where id_hash = $1",
            id
        );
        delete.execute(&self.pool).await.map_err(backend).map(drop)
    }
}

#[async_trait]
impl ExpiredDeletion for BrowserSessions {
    async fn delete_expired(&self) -> Result<()> {
        let now = self.clock.now().as_microsecond();
        loop {
            let delete = sqlx::query!(
                "delete from browser_sessions where id_hash in
                    (select id_hash from browser_sessions where expires_at <= $1 limit $2)",
                now,
                AT_A_TIME
            );
            if delete.execute(&self.pool).await.map_err(backend)?.rows_affected() == 0 {
                return Ok(());
            }
        }
    }
}
