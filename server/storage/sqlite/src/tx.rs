//! One transaction. What it answers stands in the files named after the ports.

use crate::line::Lent;
use crate::shared::fault;
use async_trait::async_trait;
use domain::ids::PersonId;
use sqlx::SqliteConnection;
use usecases::ports::store::{StoreFault, Tx};
use usecases::ports::vault::Sealed;

/// One transaction, or one look without any; dropping it rolls back.
pub(crate) struct SqliteTx {
    lent: Lent,
    name: &'static str,
    /// Whether a transaction was begun around what is asked.
    whole: bool,
    /// The wrapped key of somebody's part of the trail, read along with her standing.
    pub(crate) trail_key: Option<(PersonId, Option<Sealed>)>,
}

impl SqliteTx {
    /// Begins a transaction by these words.
    pub(crate) async fn begin(
        mut lent: Lent,
        words: &'static str,
        name: &'static str,
    ) -> Result<Self, StoreFault> {
        lent.begin(words).await.map_err(fault)?;
        Ok(Self { lent, name, whole: true, trail_key: None })
    }

    /// Questions that each see their own moment.
    pub(crate) fn look(lent: Lent, name: &'static str) -> Self {
        Self { lent, name, whole: false, trail_key: None }
    }

    /// Keeps what was read of somebody's key, where nobody can change it before this transaction ends.
    pub(crate) fn keep_trail_key(&mut self, id: PersonId, key: Option<Vec<u8>>) {
        self.trail_key = self.whole.then(|| (id, key.map(Sealed)));
    }

    /// The connection the transaction runs on.
    pub(crate) fn db(&mut self) -> &mut SqliteConnection {
        self.lent.db()
    }
}

#[async_trait]
impl Tx for SqliteTx {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreFault> {
        if self.whole {
            self.lent.commit().await.map_err(fault)?;
        }
        tracing::trace!(transaction = self.name, "committed");
        Ok(())
    }
}
