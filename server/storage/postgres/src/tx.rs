//! One transaction. What it answers stands in the files named after the ports.

use crate::shared::fault;
use async_trait::async_trait;
use sqlx::{PgConnection, Postgres, Transaction};
use usecases::ports::store::{StoreFault, Tx};

/// One transaction; dropping it rolls back.
pub(crate) struct PgTx {
    tx: Transaction<'static, Postgres>,
    name: &'static str,
}

impl PgTx {
    pub(crate) fn new(tx: Transaction<'static, Postgres>, name: &'static str) -> Self {
        Self { tx, name }
    }

    /// The connection the transaction runs on.
    pub(crate) fn db(&mut self) -> &mut PgConnection {
        &mut self.tx
    }
}

#[async_trait]
impl Tx for PgTx {
    async fn commit(self: Box<Self>) -> Result<(), StoreFault> {
        self.tx.commit().await.map_err(fault)?;
        tracing::trace!(transaction = self.name, "committed");
        Ok(())
    }
}
