//! What a browser carries before anybody signed in, for tower-sessions.
//!
//! The library saves after the handler, outside the use case's transaction. So `save` changes a row that is there and
//! never makes one: a session that was deleted meanwhile stays deleted. Nobody is signed in by such a row.
//!
//! So no change of one waits for the disk: the next transaction's commit takes it along, and that is the sequencer's within
//! a second. A power cut before that takes a word for the next page, or brings back the id a cookie had before a step-up; who
//! signed in and what was blocked is on the disk by then.
//!
//! A cookie gets a new id by a deletion and, at the end of the same request, a new session. What was deleted opens nothing from
//! that moment on, for this process knows of it and no other asks; the new session takes its row over, so that the file
//! changes once. Where no session follows, the row goes with the next that is made, or with those that ran out.

use crate::SqliteStore;
use crate::line::{Lent, Line, Patience};
use crate::shared::{backend, hash, read, until, written};
use crate::threshold::hexed;
use async_trait::async_trait;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{ExpiredDeletion, Result, SessionStore};
use usecases::ports::chance::Clock;

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

/// So many rows that open nothing lie in the file at most.
const MOST_LEFT: usize = 64;

/// What the id of a session is found by.
type Hashed = [u8; 32];

/// Sessions that were deleted and whose rows the file still holds. Cloning shares them.
#[derive(Clone, Default)]
pub(crate) struct Left(Arc<Mutex<BTreeSet<Hashed>>>);

impl fmt::Debug for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Left").field("rows", &self.rows().len()).finish_non_exhaustive()
    }
}

impl Left {
    fn rows(&self) -> MutexGuard<'_, BTreeSet<Hashed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has(&self, id: &Hashed) -> bool {
        self.rows().contains(id)
    }

    /// Gives how many there are with it.
    fn add(&self, id: Hashed) -> usize {
        let mut rows = self.rows();
        rows.insert(id);
        rows.len()
    }

    fn any(&self) -> Option<Hashed> {
        self.rows().first().copied()
    }

    fn all(&self) -> Vec<Hashed> {
        self.rows().iter().copied().collect()
    }

    /// The file holds none of these any more.
    fn over(&self, ids: &[Hashed]) {
        let mut rows = self.rows();
        for id in ids {
            rows.remove(id);
        }
    }
}

/// Sessions of browsers. Holds a hash of each cookie, never the cookie.
#[derive(Clone)]
pub struct BrowserSessions {
    /// Only its place in the line is taken.
    writer: Line,
    unhurried: Line,
    readers: Line,
    left: Left,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for BrowserSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserSessions")
    }
}

impl BrowserSessions {
    pub(crate) fn new(store: &SqliteStore, clock: Arc<dyn Clock>) -> Self {
        let SqliteStore { writer, unhurried, readers, left, .. } = store.clone();
        Self { writer, unhurried, readers, left, clock }
    }

    /// A connection that writes, with everybody else kept waiting until both are dropped.
    async fn write(&self) -> Result<(Lent, Lent)> {
        let turn = self.writer.lend().await.map_err(backend)?;
        Ok((turn, self.unhurried.lend().await.map_err(backend)?))
    }

    /// Deletes the rows of those that ran out, and of those that were deleted.
    async fn sweep(&self) -> Result<()> {
        let now = self.clock.now().as_microsecond();
        let (_turn, mut lent) = self.write().await?;
        let left = self.left.all();
        let ids = hexed(&left);
        patiently!(
            lent,
            sqlx::query!(
                "delete from browser_sessions
                 where expires_at <= $1 or id_hash in (select unhex(value) from json_each($2))",
                now,
                ids
            )
        )?;
        self.left.over(&left);
        Ok(())
    }
}

#[async_trait]
impl SessionStore for BrowserSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            let (id, data, until) = (hash(record.id), written(record)?, until(record)?);
            let id = id.as_slice();
            let (_turn, mut lent) = self.write().await?;
            if let Some(left) = self.left.any() {
                let old = left.as_slice();
                let taken_over = patiently!(
                    lent,
                    sqlx::query!(
                        "update or ignore browser_sessions set id_hash = $1, data = $2, expires_at = $3 where id_hash = $4",
                        id,
                        data,
                        until,
                        old
                    )
                )?;
                if taken_over.rows_affected() == 1 {
                    self.left.over(&[left]);
                    return Ok(());
                }
            }
            let created = patiently!(
                lent,
                sqlx::query!(
                    "insert into browser_sessions (id_hash, data, expires_at) values ($1, $2, $3) on conflict do nothing",
                    id,
                    data,
                    until
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
        let (_turn, mut lent) = self.write().await?;
        if self.left.has(&id) {
            return Ok(());
        }
        let id = id.as_slice();
        let saved = patiently!(
            lent,
            sqlx::query!(
                "update browser_sessions set data = $2, expires_at = $3 where id_hash = $1",
                id,
                data,
                until
            )
        );
        saved.map(drop)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let (hashed, now) = (hash(*id), self.clock.now().as_microsecond());
        if self.left.has(&hashed) {
            return Ok(None);
        }
        let hashed = hashed.as_slice();
        let row = sqlx::query!(
            "select data, expires_at from browser_sessions where id_hash = $1 and expires_at > $2",
            hashed,
            now
        );
        let row =
            row.fetch_optional(self.readers.lend().await.map_err(backend)?.db()).await.map_err(backend)?;
        row.map(|row| read(*id, &row.data, row.expires_at)).transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        if self.left.add(hash(*id)) > MOST_LEFT { self.sweep().await } else { Ok(()) }
    }
}

#[async_trait]
impl ExpiredDeletion for BrowserSessions {
    async fn delete_expired(&self) -> Result<()> {
        self.sweep().await
    }
}
