//! One transaction. What it answers stands in the files named after the ports.

use crate::shared::fault;
use async_trait::async_trait;
use sqlx::{Sqlite, SqliteConnection, Transaction};
use usecases::ports::store::{StoreFault, Tx};

/// One transaction; dropping it rolls back.
pub(crate) struct SqliteTx {
    tx: Transaction<'static, Sqlite>,
    name: &'static str,
}

impl SqliteTx {
    pub(crate) fn new(tx: Transaction<'static, Sqlite>, name: &'static str) -> Self {
        Self { tx, name }
    }

    /// The connection the transaction runs on.
    pub(crate) fn db(&mut self) -> &mut SqliteConnection {
        &mut self.tx
    }
}

#[async_trait]
impl Tx for SqliteTx {
    async fn commit(self: Box<Self>) -> Result<(), StoreFault> {
        self.tx.commit().await.map_err(fault)?;
        tracing::trace!(transaction = self.name, "committed");
        Ok(())
    }
}
