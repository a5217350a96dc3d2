//! Each person's own key of the trail, in a file of its own (security decision 29): whoever copies the database copies none
//! of them.

use crate::line::{Line, PATIENCE};
use crate::shared::{AtHand, fault, keys_fault};
use crate::tx::{SqliteTx, later};
use crate::{SqliteStore, make_private};
use async_trait::async_trait;
use domain::ids::PersonId;
use sqlx::Error;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::types::Uuid;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tokio::sync::OnceCell;
use usecases::ports::store::{Outside as _, PersonKeys, StoreFault, Tx as _};
use usecases::ports::vault::Sealed;

/// How many may read at once: each asks for one row.
const READERS: u32 = 2;
/// People, or keys, of one page.
const PAGE: u32 = 200;

/// The file. Nothing is opened before the first question, so that a copy of a database is looked at without one.
#[derive(Debug)]
pub(crate) struct KeyFile {
    file: PathBuf,
    lines: OnceCell<Lines>,
    at_hand: AtHand,
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
        Self { file, lines: OnceCell::new(), at_hand: AtHand::default() }
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

    async fn of(&self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        if let Some(key) = self.at_hand.of(id) {
            return Ok(Some(key));
        }
        self.afresh(id).await
    }

    async fn afresh(&self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        let person = Uuid::from(id);
        let mut lent = self.lines().await?.readers.lend().await.map_err(keys_fault)?;
        let key = sqlx::query_scalar!("select wrapped from trail_keys where person = $1", person);
        let key = key.fetch_optional(lent.db()).await.map_err(keys_fault)?.flatten().map(Sealed);
        if let Some(key) = &key {
            self.at_hand.keep(id, key);
        }
        Ok(key)
    }

    /// Keeps them, all or none; one that is there already stays. On the disk when this returns.
    pub(crate) async fn keep(&self, keys: &[(PersonId, Sealed)]) -> Result<(), StoreFault> {
        let fresh: Vec<_> =
            keys.iter().filter(|(id, key)| self.at_hand.of(*id).as_ref() != Some(key)).collect();
        if fresh.is_empty() {
            return Ok(());
        }
        let mut kept = Vec::new();
        let mut lent = self.lines().await?.writer.lend().await.map_err(keys_fault)?;
        lent.opened();
        sqlx::query("begin immediate").execute(lent.db()).await.map_err(keys_fault)?;
        for (id, key) in fresh {
            let (person, wrapped) = (Uuid::from(*id), key.0.as_slice());
            let insert = sqlx::query!(
                "insert into trail_keys (person, wrapped) values ($1, $2) on conflict do nothing",
                person,
                wrapped
            );
            if insert.execute(lent.db()).await.map_err(keys_fault)?.rows_affected() == 1 {
                kept.push((*id, key));
            }
        }
        sqlx::query("commit").execute(lent.db()).await.map_err(keys_fault)?;
        lent.closed();
        for (id, key) in kept {
            self.at_hand.keep(id, key);
        }
        Ok(())
    }

    async fn page(&self, after: Option<PersonId>, limit: u32) -> Result<Vec<(PersonId, Sealed)>, StoreFault> {
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
    async fn rewrap(&self, keys: &[(PersonId, Sealed)]) -> Result<u64, StoreFault> {
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
        keys.iter().for_each(|(id, _)| self.at_hand.forget(*id));
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
            self.at_hand.forget(*id);
        }
        // Also where none is left: whoever destroyed one may have died before this, or met a reader.
        sqlx::query("pragma wal_checkpoint(truncate)").execute(lent.db()).await.map_err(keys_fault)?;
        Ok(gone)
    }

    async fn people(&self) -> Result<BTreeSet<PersonId>, StoreFault> {
        let mut lent = self.lines().await?.readers.lend().await.map_err(keys_fault)?;
        let people =
            sqlx::query_scalar!(r#"select person as "person: Uuid" from trail_keys order by person"#);
        let people = people.fetch_all(lent.db()).await.map_err(keys_fault)?;
        Ok(people.into_iter().map(PersonId::from).collect())
    }
}

#[async_trait]
impl PersonKeys for SqliteTx {
    async fn trail_key_of(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        self.keys().of(id).await
    }

    async fn trail_key_afresh(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        self.keys().afresh(id).await
    }

    async fn keep_trail_keys(&mut self, keys: &[(PersonId, Sealed)]) -> Result<(), StoreFault> {
        self.keys().keep(keys).await
    }

    async fn trail_keys(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Sealed)>, StoreFault> {
        self.keys().page(after, limit).await
    }

    async fn rewrap_trail_keys(&mut self, keys: &[(PersonId, Sealed)]) -> Result<u64, StoreFault> {
        self.keys().rewrap(keys).await
    }

    async fn people_without_key(&mut self, limit: u32) -> Result<Vec<PersonId>, StoreFault> {
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        // The keys are asked for last: whoever is added meanwhile has hers before she is there.
        let (mut without, mut after) = (Vec::new(), None);
        loop {
            let some = self.people_after(after, PAGE).await?;
            let Some(last) = some.last() else { break };
            after = Some(*last);
            without.extend(some);
        }
        let with = self.keys().people().await?;
        without.retain(|id| !with.contains(id));
        without.truncate(most);
        Ok(without)
    }

    async fn destroy_keys_of_erased(&mut self) -> Result<u64, StoreFault> {
        let erased = sqlx::query_scalar!(r#"select person as "person: Uuid" from erasures order by person"#);
        let erased = erased.fetch_all(self.db()).await.map_err(fault)?;
        let erased: Vec<PersonId> = erased.into_iter().map(PersonId::from).collect();
        self.keys().destroy(&erased).await
    }
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
