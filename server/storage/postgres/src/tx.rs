//! One transaction. What it answers stands in the files named after the ports.

use crate::PostgresStore;
use crate::appended::{self, MOST};
use crate::ask::Ask;
use crate::shared::{AuditRow, Lane, Lanes, TrailKeys, Writing, fault};
use async_trait::async_trait;
use domain::ids::{InstanceId, PersonId};
use sqlx::pool::PoolConnection;
use sqlx::{Error, PgConnection, Postgres, Transaction};
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
    /// Rows of the trail that are not written yet, in order.
    appended: Vec<AuditRow>,
    /// Something said on it failed, or rows of the trail are not known to have been written: nothing of it is kept.
    spoiled: bool,
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
        let (erased, appended, spoiled) = (Vec::new(), Vec::new(), false);
        Self { held, name, keys, erased, lanes, lane: None, appended, spoiled, writing: None }
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

    /// Appends a row of the trail, which counts on its lane from here on. Nobody waits for it: it is written with others, before
    /// the next question or with the commit.
    pub(crate) async fn append_row(&mut self, row: AuditRow) -> Result<(), Error> {
        self.appended.push(row);
        if let Some(lane) = &mut self.lane {
            lane.wrote();
        }
        // Who may not write is told at once.
        if self.appended.len() >= MOST || self.writing.is_none() {
            self.write_appended().await?;
        }
        Ok(())
    }

    /// Writes the rows that were appended. Fails where anything said before did: an error that is passed over must not leave the
    /// half of it to be committed, nor a lane that counts what was never written.
    pub(crate) async fn write_appended(&mut self) -> Result<(), Error> {
        if self.spoiled {
            return Err(Error::Protocol("a transaction that failed goes no further".to_owned()));
        }
        if self.appended.is_empty() {
            return Ok(());
        }
        // Until it was done: also whoever goes away meanwhile leaves nothing.
        self.spoiled = true;
        let rows = std::mem::take(&mut self.appended);
        Box::pin(appended::write(self.parts().0, &rows)).await?;
        self.spoiled = false;
        Ok(())
    }

    /// Asks a question, after everything that was appended to the trail.
    pub(crate) fn db(&mut self) -> Ask<'_> {
        Ask(self)
    }

    /// The connection, and whether something said on it failed.
    pub(crate) fn parts(&mut self) -> (&mut PgConnection, &mut bool) {
        let connection: &mut PgConnection = match &mut self.held {
            Held::Tx(tx) => tx,
            Held::Look(connection) => connection,
        };
        (connection, &mut self.spoiled)
    }
}

#[async_trait]
impl Tx for PgTx {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreFault> {
        // What is refused here was never asked to be kept: its lane goes on.
        self.write_appended().await.map_err(fault)?;
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
