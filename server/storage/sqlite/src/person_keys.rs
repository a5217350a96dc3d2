//! Each person's own key of the trail, in a file of its own (security decision 29): whoever copies the database copies none
//! of them.

use crate::line::{Line, PATIENCE};
use crate::shared::{PAGE, fault, keys_fault};
use crate::tx::{SqliteTx, later};
use crate::{SqliteStore, make_private};
use domain::ids::PersonId;
use sqlx::Error;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::types::Uuid;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tokio::sync::OnceCell;
use usecases::ports::store::{StoreFault, Tx as _};
use usecases::ports::vault::Sealed;

/// How many may read at once: each asks for one row.
const READERS: u32 = 2;

/// What asks for them.
pub(crate) type KeyTx = SqliteTx;
/// Where they lie.
pub(crate) type KeyPlace = KeyFile;

/// The file. Nothing is opened before the first question, so that a copy of a database is looked at without one.
#[derive(Debug)]
pub(crate) struct KeyFile {
    file: PathBuf,
    lines: OnceCell<Lines>,
}

#[derive(Debug)]
struct Lines {
    writer: Line,
    readers: Line,
}

impl Lines {
    async fn open(file: &Path) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new().filename(file).busy_timeout(PATIENCE);
        let writing =
            options.clone().journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        // What is destroyed is overwritten.
        let writer = Line::new(writing.pragma("secure_delete", "on"), 1).await?;
        let readers = Line::new(options.pragma("query_only", "on"), READERS).await?;
        Ok(Self { writer, readers })
    }
}

impl KeyFile {
    pub(crate) fn at(file: PathBuf) -> Self {
        Self { file, lines: OnceCell::new() }
    }

    async fn lines(&self) -> Result<&Lines, StoreFault> {
        self.lines.get_or_try_init(|| Lines::open(&self.file)).await.map_err(keys_fault)
    }

    /// Makes the file if it is not there, readable for its owner only, and brings its table up to date.
    pub(crate) async fn migrate(&self) -> Result<(), StoreFault> {
        make_private(&self.file).map_err(keys_fault)?;
        let mut lent = self.lines().await?.writer.lend().await.map_err(keys_fault)?;
        let migrated = sqlx::migrate!("./person_keys").run_direct(None, lent.db(), false).await;
        migrated.map_err(keys_fault)
    }

    /// Whether there is such a file.
    pub(crate) fn is_there(&self) -> bool {
        self.file.exists()
    }

    pub(crate) async fn close(&self) {
        if let Some(lines) = self.lines.get() {
            lines.readers.close().await;
            lines.writer.close().await;
        }
    }

    pub(crate) async fn read(&self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        let person = Uuid::from(id);
        let mut lent = self.lines().await?.readers.lend().await.map_err(keys_fault)?;
        let key = sqlx::query_scalar!("select wrapped from trail_keys where person = $1", person);
        Ok(key.fetch_optional(lent.db()).await.map_err(keys_fault)?.flatten().map(Sealed))
    }

    /// Adds them, all or none; one that is there already stays. Gives those that were not. On the disk when this returns.
    pub(crate) async fn add<'k>(
        &self,
        keys: &[&'k (PersonId, Sealed)],
    ) -> Result<Vec<&'k (PersonId, Sealed)>, StoreFault> {
        let mut added = Vec::new();
        let mut lent = self.lines().await?.writer.lend().await.map_err(keys_fault)?;
        lent.opened();
        sqlx::query("begin immediate").execute(lent.db()).await.map_err(keys_fault)?;
        for key in keys {
            let (person, wrapped) = (Uuid::from(key.0), key.1.0.as_slice());
            let insert = sqlx::query!(
                "insert into trail_keys (person, wrapped) values ($1, $2) on conflict do nothing",
                person,
                wrapped
            );
            if insert.execute(lent.db()).await.map_err(keys_fault)?.rows_affected() == 1 {
                added.push(*key);
            }
        }
        sqlx::query("commit").execute(lent.db()).await.map_err(keys_fault)?;
        lent.closed();
        Ok(added)
    }

    /// Copies it into this file, which is empty. Nothing of what was destroyed is in the copy.
    pub(crate) async fn copy(&self, to: &Path) -> Result<(), StoreFault> {
        let to = to.to_str().ok_or_else(|| keys_fault("the name of its copy is not text"))?.to_owned();
        // Not by a reader: those may write nothing, not even elsewhere.
        let mut lent = self.lines().await?.writer.lend().await.map_err(keys_fault)?;
        sqlx::query("vacuum into $1").bind(to).execute(lent.db()).await.map_err(keys_fault)?;
        Ok(())
    }

    pub(crate) async fn page(
        &self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Sealed)>, StoreFault> {
        let (after, limit) = (after.map_or(Uuid::nil(), Uuid::from), i64::from(limit));
        let mut lent = self.lines().await?.readers.lend().await.map_err(keys_fault)?;
        let page = sqlx::query!(
            r#"select person as "person: Uuid", wrapped as "wrapped!" from trail_keys
               where person > $1 and wrapped is not null order by person limit $2"#,
            after,
            limit
        );
        let page = page.fetch_all(lent.db()).await.map_err(keys_fault)?;
        Ok(page.into_iter().map(|row| (row.person.into(), Sealed(row.wrapped))).collect())
    }

    /// Replaces them, all or none; gives how many there were.
    pub(crate) async fn rewrap(&self, keys: &[(PersonId, Sealed)]) -> Result<u64, StoreFault> {
        let mut there = 0;
        let mut lent = self.lines().await?.writer.lend().await.map_err(keys_fault)?;
        lent.opened();
        sqlx::query("begin immediate").execute(lent.db()).await.map_err(keys_fault)?;
        for (id, key) in keys {
            let (person, wrapped) = (Uuid::from(*id), key.0.as_slice());
            let rewrap = sqlx::query!(
                "update trail_keys set wrapped = $2 where person = $1 and wrapped is not null",
                person,
                wrapped
            );
            there += rewrap.execute(lent.db()).await.map_err(keys_fault)?.rows_affected();
        }
        sqlx::query("commit").execute(lent.db()).await.map_err(keys_fault)?;
        lent.closed();
        Ok(there)
    }

    /// Destroys these keys, also in the file's log; gives how many there were.
    pub(crate) async fn destroy(&self, people: &[PersonId]) -> Result<u64, StoreFault> {
        let mut lent = self.lines().await?.writer.lend().await.map_err(keys_fault)?;
        let mut gone = 0;
        for id in people {
            let person = Uuid::from(*id);
            let delete = sqlx::query!("delete from trail_keys where person = $1", person);
            gone += delete.execute(lent.db()).await.map_err(keys_fault)?.rows_affected();
        }
        // Also where none is left: whoever destroyed one may have died before this, or met a reader.
        sqlx::query("pragma wal_checkpoint(truncate)").execute(lent.db()).await.map_err(keys_fault)?;
        Ok(gone)
    }

    pub(crate) async fn people(&self) -> Result<BTreeSet<PersonId>, StoreFault> {
        let mut lent = self.lines().await?.readers.lend().await.map_err(keys_fault)?;
        let people =
            sqlx::query_scalar!(r#"select person as "person: Uuid" from trail_keys order by person"#);
        let people = people.fetch_all(lent.db()).await.map_err(keys_fault)?;
        Ok(people.into_iter().map(PersonId::from).collect())
    }
}

/// Whoever was erased.
pub(crate) async fn erased(tx: &mut KeyTx) -> Result<Vec<PersonId>, StoreFault> {
    let erased = sqlx::query_scalar!(r#"select person as "person: Uuid" from erasures order by person"#);
    let erased = erased.fetch_all(tx.db()).await.map_err(fault)?;
    Ok(erased.into_iter().map(PersonId::from).collect())
}

/// Whether the database knows people whose keys do not lie in it: they have them in the file.
pub(crate) async fn lie_apart(store: &SqliteStore) -> Result<bool, StoreFault> {
    let lent = store.readers.lend().await.map_err(fault)?;
    let mut tx = SqliteTx::look(lent, store, "keys_lie_apart");
    let apart = sqlx::query_scalar!(
        r#"select exists (
               select 1 from persons p where not exists (select 1 from trail_keys k where k.person = p.id)
           ) as "it!: bool""#
    );
    let apart = apart.fetch_one(tx.db()).await;
    apart.map_err(fault)
}

/// Moves keys that still lie in the database, as they did once, into their file: a page is copied first and taken away
/// afterwards, so whoever is interrupted goes on, and done again it finds nothing.
pub(crate) async fn move_keys(store: &SqliteStore) -> Result<(), StoreFault> {
    loop {
        let lent = store.readers.lend().await.map_err(fault)?;
        let page = left_behind(&mut SqliteTx::look(lent, store, "keys_left_behind")).await?;
        if page.is_empty() {
            return Ok(());
        }
        store.keys.keep(&page).await?;
        let lent = store.writer.lend().await.map_err(fault)?;
        let mut tx = SqliteTx::writing(lent, store, "move_keys");
        for (id, _) in page {
            let person = Uuid::from(id);
            later!(tx, "delete from trail_keys where person = $1", person)?;
        }
        Box::new(tx).commit().await?;
    }
}

async fn left_behind(tx: &mut SqliteTx) -> Result<Vec<(PersonId, Sealed)>, StoreFault> {
    let (first, limit) = (Uuid::nil(), i64::from(PAGE));
    let page = sqlx::query!(
        r#"select person as "person: Uuid", wrapped as "wrapped!" from trail_keys
               where person > $1 and wrapped is not null order by person limit $2"#,
        first,
        limit
    );
    let page = page.fetch_all(tx.db()).await.map_err(fault)?;
    Ok(page.into_iter().map(|row| (row.person.into(), Sealed(row.wrapped))).collect())
}
