//! A store in which something else happens just before one transaction begins: what two requests at once make of each other,
//! every time in the same order.

use async_trait::async_trait;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use usecases::ports::store::{Store, StoreFault, Tx};

type Deed = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The store. The deed is done once, whole, before the first transaction of that name that may write.
pub(crate) struct Meanwhile {
    store: Arc<dyn Store>,
    before: &'static str,
    deed: Mutex<Option<Deed>>,
}

impl Meanwhile {
    pub(crate) fn new(
        store: Arc<dyn Store>,
        before: &'static str,
        deed: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        Self { store, before, deed: Mutex::new(Some(Box::pin(deed))) }
    }
}

#[async_trait]
impl Store for Meanwhile {
    async fn begin(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        if name == self.before {
            let deed = self.deed.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(deed) = deed {
                deed.await;
            }
        }
        self.store.begin(name).await
    }

    async fn begin_at_once(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        self.store.begin_at_once(name).await
    }

    async fn reading(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        self.store.reading(name).await
    }

    async fn look(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        self.store.look(name).await
    }
}
