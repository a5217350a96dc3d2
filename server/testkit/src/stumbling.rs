//! A store and a ring that work for so many steps and then never again, as when the power goes.

use crate::PlainRing;
use async_trait::async_trait;
use domain::Timestamp;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use usecases::ports::ring::{KeyVersion, Ring, RingFault};
use usecases::ports::store::{Store, StoreFault, Tx};
use usecases::ports::vault::KeyUse;

/// Both, with one count of steps. Cloning shares it.
#[derive(Clone)]
pub struct Stumbling {
    left: Arc<AtomicU32>,
    store: Arc<dyn Store>,
    ring: PlainRing,
}

impl Stumbling {
    pub(crate) fn after(steps: u32, store: Arc<dyn Store>, ring: PlainRing) -> Self {
        Self { left: Arc::new(AtomicU32::new(steps)), store, ring }
    }

    fn step(&self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let taken = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        taken.map(drop).map_err(|_| "the power went".into())
    }
}

impl fmt::Debug for Stumbling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stumbling").field(&self.left).finish()
    }
}

#[async_trait]
impl Store for Stumbling {
    async fn begin(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        self.step().map_err(StoreFault::Database)?;
        self.store.begin(name).await
    }

    async fn begin_at_once(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        self.step().map_err(StoreFault::Database)?;
        self.store.begin_at_once(name).await
    }

    async fn reading(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        self.step().map_err(StoreFault::Database)?;
        self.store.reading(name).await
    }

    async fn look(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault> {
        self.step().map_err(StoreFault::Database)?;
        self.store.look(name).await
    }
}

impl Ring for Stumbling {
    fn versions(&self) -> Result<Vec<KeyVersion>, RingFault> {
        self.step().map_err(RingFault)?;
        self.ring.versions()
    }

    fn announce(&self, purposes: &[KeyUse], at: Timestamp) -> Result<(), RingFault> {
        self.step().map_err(RingFault)?;
        self.ring.announce(purposes, at)
    }

    fn activate(&self, purposes: &[KeyUse], at: Timestamp) -> Result<(), RingFault> {
        self.step().map_err(RingFault)?;
        self.ring.activate(purposes, at)
    }

    fn retire(&self, keys: &[(KeyUse, u32)], at: Timestamp) -> Result<(), RingFault> {
        self.step().map_err(RingFault)?;
        self.ring.retire(keys, at)
    }
}
