//! One transaction. What it answers stands in the files named after the ports.

use crate::PostgresStore;
use crate::shared::{Lane, Lanes, TrailKeys, Writing, fault};
use async_trait::async_trait;
use domain::ids::{InstanceId, PersonId};
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Transaction};
use std::sync::Arc;
use usecases::ports::store::{StoreFault, Tx};

/// One transaction, or one look without any; dropping it rolls back.
pub(crate) struct PgTx {
    held: Held,
    name: &'static str,
    keys: Arc<TrailKeys>,
    /// Whose keys are destroyed once it is committed.
    erased: Vec<PersonId>,
    lanes: Lanes,
    /// The lane it writes the trail on, once it does.
    lane: Option<Lane>,
    /// How long it lasts, where it may write.
    writing: Option<Writing>,
}

/// What it asks on.
enum Held {
    /// A transaction.
    Tx(Transaction<'static, Postgres>),
    /// Questions that each see their own moment, on a connection that only reads.
    Look(PoolConnection<Postgres>),
}

impl PgTx {
    /// A transaction that may write.
    pub(crate) fn writing(
        tx: Transaction<'static, Postgres>,
        store: &PostgresStore,
        name: &'static str,
    ) -> Self {
        Self { writing: Some(Writing::begins(name)), ..Self::on(Held::Tx(tx), store, name) }
    }

    /// A transaction that reads.
    pub(crate) fn reading(
        tx: Transaction<'static, Postgres>,
        store: &PostgresStore,
        name: &'static str,
    ) -> Self {
        Self::on(Held::Tx(tx), store, name)
    }

    /// Questions that each see their own moment.
    pub(crate) fn look(
        connection: PoolConnection<Postgres>,
        store: &PostgresStore,
        name: &'static str,
    ) -> Self {
        Self::on(Held::Look(connection), store, name)
    }

    fn on(held: Held, store: &PostgresStore, name: &'static str) -> Self {
        let (keys, lanes) = (Arc::clone(&store.keys), store.lanes.clone());
        Self { held, name, keys, erased: Vec::new(), lanes, lane: None, writing: None }
    }

    /// People's own keys of the trail.
    pub(crate) fn keys(&self) -> &TrailKeys {
        &self.keys
    }

    /// Her key is destroyed once this is committed.
    pub(crate) fn destroys_key_of(&mut self, id: PersonId) {
        self.erased.push(id);
    }

    /// The lane it writes the trail on.
    pub(crate) fn lane(&mut self, instance: InstanceId) -> &mut Lane {
        self.lane.get_or_insert_with(|| self.lanes.lend(instance))
    }

    /// A row was written on it.
    pub(crate) fn wrote_row(&mut self) {
        if let Some(lane) = &mut self.lane {
            lane.wrote();
        }
    }

    /// The connection the transaction runs on.
    pub(crate) fn db(&mut self) -> &mut PgConnection {
        match &mut self.held {
            Held::Tx(tx) => tx,
            Held::Look(connection) => connection,
        }
    }
}

#[async_trait]
impl Tx for PgTx {
    async fn commit(self: Box<Self>) -> Result<(), StoreFault> {
        let Self { held, name, keys, erased, mut lane, writing, .. } = *self;
        if let Some(lane) = &mut lane {
            lane.in_doubt(true);
        }
        if let Held::Tx(tx) = held {
            tx.commit().await.map_err(fault)?;
        }
        drop(writing);
        if let Some(lane) = &mut lane {
            lane.made();
        }
        if !erased.is_empty()
            && let Err(error) = keys.destroy(&erased).await
        {
            // She is erased; her key is looked for again within an hour, and when the programme starts.
            tracing::error!(%error, "the key of somebody who was erased could not be destroyed yet");
        }
        tracing::trace!(transaction = name, "committed");
        Ok(())
    }
}
