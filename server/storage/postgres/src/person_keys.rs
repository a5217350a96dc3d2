//! Each person's own key of the trail, in a schema of its own, best in another database (security decision 29): whoever
//! copies the database copies none of them.

use crate::shared::{AtHand, fault, keys_fault};
use crate::silence::{SaidNothing, Silence};
use crate::tx::PgTx;
use crate::{Forgetful, PATIENCE, PostgresStore, TIMEOUTS, way};
use async_trait::async_trait;
use domain::ids::PersonId;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use sqlx::types::Uuid;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;
use usecases::ports::store::{Outside as _, PersonKeys, StoreFault};
use usecases::ports::vault::Sealed;

/// How many connections one instance holds at most: each asks for one row.
const CONNECTIONS: u32 = 6;
/// How long one key is waited for, rows of the database being locked meanwhile: a block goes on without it. Whoever comes
/// in the ten seconds after that does not wait.
const AT_MOST: Duration = Duration::from_secs(2);
/// People, or keys, of one page.
const PAGE: u32 = 200;
/// One instance at a time makes the schema.
const SCHEMA: &str = "select pg_advisory_xact_lock(290); create schema if not exists person_keys";

/// The schema `person_keys`. Nothing is asked before the first question, so that a copy of a database is looked at without.
#[derive(Debug)]
pub(crate) struct KeyDatabase {
    pool: PgPool,
    at_hand: AtHand,
    silence: Silence,
}

impl KeyDatabase {
    pub(crate) fn at(url: &str) -> Result<Self, StoreFault> {
        let options = way::options(url).map_err(keys_fault)?;
        let options = options.application_name("nsis-id keys").options(TIMEOUTS);
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
        let pool = pool.connect_lazy_with(options.options([("search_path", "person_keys")]));
        Ok(Self { pool, at_hand: AtHand::default(), silence: Silence::default() })
    }

    /// Makes the schema if it is not there, and brings its table up to date.
    pub(crate) async fn migrate(&self) -> Result<(), StoreFault> {
        let commit = sqlx::query_scalar!(r#"select current_setting('synchronous_commit') as "setting!""#);
        if commit.fetch_one(&self.pool).await.map_err(keys_fault)? == "off" {
            return Err(keys_fault(Forgetful));
        }
        sqlx::raw_sql(SCHEMA).execute(&self.pool).await.map_err(keys_fault)?;
        let migrated = sqlx::migrate!("./person_keys").run(&self.pool).await;
        migrated.map_err(keys_fault)
    }

    /// Whether anybody answers there.
    pub(crate) async fn is_there(&self) -> bool {
        let asked = tokio::time::timeout(AT_MOST, sqlx::query("select 1").execute(&self.pool)).await;
        asked.is_ok_and(|answered| answered.is_ok())
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    async fn of(&self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        if let Some(key) = self.at_hand.of(id) {
            return Ok(Some(key));
        }
        self.afresh(id).await
    }

    async fn afresh(&self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        let (person, since) = (Uuid::from(id), Instant::now());
        if !self.silence.may_ask(since) {
            return Err(keys_fault(SaidNothing));
        }
        let key = sqlx::query_scalar!("select wrapped from trail_keys where person = $1", person);
        let asked = tokio::time::timeout(AT_MOST, key.fetch_optional(&self.pool)).await;
        let asked = asked.inspect_err(|_| self.silence.said_nothing(since, Instant::now()));
        let key = asked.map_err(keys_fault)?.map_err(keys_fault)?.flatten().map(Sealed);
        self.silence.answered(Instant::now());
        if let Some(key) = &key {
            self.at_hand.keep(id, key);
        }
        Ok(key)
    }

    /// Keeps them, all or none; one that is there already stays. Committed when this returns.
    pub(crate) async fn keep(&self, keys: &[(PersonId, Sealed)]) -> Result<(), StoreFault> {
        let fresh: Vec<_> =
            keys.iter().filter(|(id, key)| self.at_hand.of(*id).as_ref() != Some(key)).collect();
        if fresh.is_empty() {
            return Ok(());
        }
        let mut kept = Vec::new();
        let mut tx = self.pool.begin().await.map_err(keys_fault)?;
        for (id, key) in fresh {
            let (person, wrapped) = (Uuid::from(*id), key.0.as_slice());
            let insert = sqlx::query!(
                "insert into trail_keys (person, wrapped) values ($1, $2) on conflict do nothing",
                person,
                wrapped
            );
            if insert.execute(&mut *tx).await.map_err(keys_fault)?.rows_affected() == 1 {
                kept.push((*id, key));
            }
        }
        tx.commit().await.map_err(keys_fault)?;
        for (id, key) in kept {
            self.at_hand.keep(id, key);
        }
        Ok(())
    }

    async fn page(&self, after: Option<PersonId>, limit: u32) -> Result<Vec<(PersonId, Sealed)>, StoreFault> {
        let (after, limit) = (after.map_or(Uuid::nil(), Uuid::from), i64::from(limit));
        let page = sqlx::query!(
            r#"select person, wrapped as "wrapped!" from trail_keys
               where person > $1 and wrapped is not null order by person limit $2"#,
            after,
            limit
        );
        let page = page.fetch_all(&self.pool).await.map_err(keys_fault)?;
        Ok(page.into_iter().map(|row| (row.person.into(), Sealed(row.wrapped))).collect())
    }

    /// Replaces them, all or none; gives how many there were.
    async fn rewrap(&self, keys: &[(PersonId, Sealed)]) -> Result<u64, StoreFault> {
        let mut there = 0;
        let mut tx = self.pool.begin().await.map_err(keys_fault)?;
        for (id, key) in keys {
            let (person, wrapped) = (Uuid::from(*id), key.0.as_slice());
            let rewrap = sqlx::query!(
                "update trail_keys set wrapped = $2 where person = $1 and wrapped is not null",
                person,
                wrapped
            );
            there += rewrap.execute(&mut *tx).await.map_err(keys_fault)?.rows_affected();
        }
        tx.commit().await.map_err(keys_fault)?;
        keys.iter().for_each(|(id, _)| self.at_hand.forget(*id));
        Ok(there)
    }

    /// Destroys these keys; gives how many there were. The bytes go with the database's own cleaning.
    pub(crate) async fn destroy(&self, people: &[PersonId]) -> Result<u64, StoreFault> {
        let mut gone = 0;
        for id in people {
            let person = Uuid::from(*id);
            let delete = sqlx::query!("delete from trail_keys where person = $1", person);
            gone += delete.execute(&self.pool).await.map_err(keys_fault)?.rows_affected();
            self.at_hand.forget(*id);
        }
        Ok(gone)
    }

    async fn people(&self) -> Result<BTreeSet<PersonId>, StoreFault> {
        let people = sqlx::query_scalar!("select person from trail_keys order by person");
        let people = people.fetch_all(&self.pool).await.map_err(keys_fault)?;
        Ok(people.into_iter().map(PersonId::from).collect())
    }
}

#[async_trait]
impl PersonKeys for PgTx {
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
        let erased = sqlx::query_scalar!("select person from erasures order by person");
        let erased = erased.fetch_all(self.db()).await.map_err(fault)?;
        let erased: Vec<PersonId> = erased.into_iter().map(PersonId::from).collect();
        self.keys().destroy(&erased).await
    }
}

/// Moves keys that still lie in the database, as they did once, into their schema: a page is copied first and taken away
/// afterwards, so whoever is interrupted goes on, and done again it finds nothing.
pub(crate) async fn move_keys(store: &PostgresStore) -> Result<(), StoreFault> {
    loop {
        let (first, limit) = (Uuid::nil(), i64::from(PAGE));
        let page = sqlx::query!(
            r#"select person, wrapped as "wrapped!" from trail_keys
               where person > $1 and wrapped is not null order by person limit $2"#,
            first,
            limit
        );
        let page = page.fetch_all(&store.pool).await.map_err(fault)?;
        let page: Vec<_> =
            page.into_iter().map(|row| (PersonId::from(row.person), Sealed(row.wrapped))).collect();
        if page.is_empty() {
            return Ok(());
        }
        store.keys.keep(&page).await?;
        let mut tx = store.pool.begin().await.map_err(fault)?;
        for (id, _) in page {
            let person = Uuid::from(id);
            let delete = sqlx::query!("delete from trail_keys where person = $1", person);
            delete.execute(&mut *tx).await.map_err(fault)?;
        }
        tx.commit().await.map_err(fault)?;
    }
}
