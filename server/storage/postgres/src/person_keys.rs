//! Each person's own key of the trail, in a schema of its own, best in another database (security decision 29): whoever
//! copies the database copies none of them.

use crate::shared::{PAGE, fault, keys_fault};
use crate::silence::{SaidNothing, Silence};
use crate::tx::PgTx;
use crate::{Forgetful, PATIENCE, PostgresStore, TIMEOUTS, way};
use domain::ids::PersonId;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use sqlx::types::Uuid;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;
use usecases::ports::store::StoreFault;
use usecases::ports::vault::Sealed;

/// How many connections one instance holds at most: each asks for one row.
const CONNECTIONS: u32 = 6;
/// How long one key is waited for, rows of the database being locked meanwhile: a block goes on without it. Whoever comes
/// in the ten seconds after that does not wait.
const AT_MOST: Duration = Duration::from_secs(2);
/// One instance at a time makes the schema.
const SCHEMA: &str = "select pg_advisory_xact_lock(290); create schema if not exists person_keys";

/// What asks for them.
pub(crate) type KeyTx = PgTx;
/// Where they lie.
pub(crate) type KeyPlace = KeyDatabase;

/// The schema `person_keys`. Nothing is asked before the first question, so that a copy of a database is looked at without.
#[derive(Debug)]
pub(crate) struct KeyDatabase {
    pool: PgPool,
    silence: Silence,
}

impl KeyDatabase {
    pub(crate) fn at(url: &str) -> Result<Self, StoreFault> {
        let options = way::options(url).map_err(keys_fault)?;
        let options = options.application_name("nsis-id keys").options(TIMEOUTS);
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
        let pool = pool.connect_lazy_with(options.options([("search_path", "person_keys")]));
        Ok(Self { pool, silence: Silence::default() })
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

    pub(crate) async fn read(&self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        let (person, since) = (Uuid::from(id), Instant::now());
        if !self.silence.may_ask(since) {
            return Err(keys_fault(SaidNothing));
        }
        let key = sqlx::query_scalar!("select wrapped from trail_keys where person = $1", person);
        let asked = tokio::time::timeout(AT_MOST, key.fetch_optional(&self.pool)).await;
        let asked = asked.inspect_err(|_| self.silence.said_nothing(since, Instant::now()));
        let key = asked.map_err(keys_fault)?.map_err(keys_fault)?.flatten().map(Sealed);
        self.silence.answered(Instant::now());
        Ok(key)
    }

    /// Adds them, all or none; one that is there already stays. Gives those that were not. Committed when this returns.
    pub(crate) async fn add<'k>(
        &self,
        keys: &[&'k (PersonId, Sealed)],
    ) -> Result<Vec<&'k (PersonId, Sealed)>, StoreFault> {
        let mut added = Vec::new();
        let mut tx = self.pool.begin().await.map_err(keys_fault)?;
        for key in keys {
            let (person, wrapped) = (Uuid::from(key.0), key.1.0.as_slice());
            let insert = sqlx::query!(
                "insert into trail_keys (person, wrapped) values ($1, $2) on conflict do nothing",
                person,
                wrapped
            );
            if insert.execute(&mut *tx).await.map_err(keys_fault)?.rows_affected() == 1 {
                added.push(*key);
            }
        }
        tx.commit().await.map_err(keys_fault)?;
        Ok(added)
    }

    pub(crate) async fn page(
        &self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Sealed)>, StoreFault> {
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
    pub(crate) async fn rewrap(&self, keys: &[(PersonId, Sealed)]) -> Result<u64, StoreFault> {
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
        Ok(there)
    }

    /// Destroys these keys; gives how many there were. The bytes go with the database's own cleaning.
    pub(crate) async fn destroy(&self, people: &[PersonId]) -> Result<u64, StoreFault> {
        let mut gone = 0;
        for id in people {
            let person = Uuid::from(*id);
            let delete = sqlx::query!("delete from trail_keys where person = $1", person);
            gone += delete.execute(&self.pool).await.map_err(keys_fault)?.rows_affected();
        }
        Ok(gone)
    }

    pub(crate) async fn people(&self) -> Result<BTreeSet<PersonId>, StoreFault> {
        let people = sqlx::query_scalar!("select person from trail_keys order by person");
        let people = people.fetch_all(&self.pool).await.map_err(keys_fault)?;
        Ok(people.into_iter().map(PersonId::from).collect())
    }
}

/// Whoever was erased.
pub(crate) async fn erased(tx: &mut KeyTx) -> Result<Vec<PersonId>, StoreFault> {
    let erased = sqlx::query_scalar!("select person from erasures order by person");
    let erased = erased.fetch_all(tx.db()).await.map_err(fault)?;
    Ok(erased.into_iter().map(PersonId::from).collect())
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
