//! One transaction. What it answers stands in the files named after the ports.

use crate::shared::{Lane, Lanes, fault};
use async_trait::async_trait;
use domain::ids::InstanceId;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Transaction};
use usecases::ports::store::{StoreFault, Tx};

/// One transaction, or one look without any; dropping it rolls back.
pub(crate) struct PgTx {
    held: Held,
    name: &'static str,
    lanes: Lanes,
    /// The lane it writes the trail on, once it does.
    lane: Option<Lane>,
}

/// What it asks on.
enum Held {
    /// A transaction.
    Tx(Transaction<'static, Postgres>),
    /// Questions that each see their own moment, on a connection that only reads.
    Look(PoolConnection<Postgres>),
}

impl PgTx {
    pub(crate) fn new(tx: Transaction<'static, Postgres>, lanes: Lanes, name: &'static str) -> Self {
        Self { held: Held::Tx(tx), name, lanes, lane: None }
    }

    /// Questions that each see their own moment.
    pub(crate) fn look(connection: PoolConnection<Postgres>, lanes: Lanes, name: &'static str) -> Self {
        Self { held: Held::Look(connection), name, lanes, lane: None }
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
        let Self { held, name, mut lane, .. } = *self;
        if let Some(lane) = &mut lane {
            lane.in_doubt(true);
        }
        if let Held::Tx(tx) = held {
            tx.commit().await.map_err(fault)?;
        }
        if let Some(lane) = &mut lane {
            lane.made();
        }
        tracing::trace!(transaction = name, "committed");
        Ok(())
    }
}
