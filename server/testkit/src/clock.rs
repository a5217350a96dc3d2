//! Time that stands still until a test moves it, and chance that repeats itself.

use async_trait::async_trait;
use domain::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use usecases::ports::chance::{Clock, Entropy, NoEntropy};
use usecases::ports::store::{DatabaseClock, StoreFault};

/// A clock that stands still.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// Stands at this instant, such as `2026-11-02T08:00:00Z`.
    pub fn at(text: &str) -> Self {
        Self(Mutex::new(text.parse().expect("an instant")))
    }

    /// Moves it to another instant.
    pub fn set(&self, text: &str) {
        *self.0.lock().expect("a whole clock") = text.parse().expect("an instant");
    }

    /// Moves it forward.
    pub fn advance(&self, time: SignedDuration) {
        let mut now = self.0.lock().expect("a whole clock");
        *now = now.saturating_add(time).expect("time within reach");
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("a whole clock")
    }
}

/// A database's clock: goes with the other one, so far apart from it as a test says.
#[derive(Debug)]
pub struct DatabaseClockApart {
    beside: Arc<FixedClock>,
    apart: Mutex<SignedDuration>,
}

impl From<Arc<FixedClock>> for DatabaseClockApart {
    fn from(beside: Arc<FixedClock>) -> Self {
        Self { beside, apart: Mutex::new(SignedDuration::ZERO) }
    }
}

impl DatabaseClockApart {
    /// From now on it shows so much more than the other one.
    pub fn set_apart(&self, apart: SignedDuration) {
        *self.apart.lock().expect("a whole clock") = apart;
    }
}

#[async_trait]
impl DatabaseClock for DatabaseClockApart {
    async fn database_now(&self) -> Result<Timestamp, StoreFault> {
        let apart = *self.apart.lock().expect("a whole clock");
        Ok(self.beside.now().saturating_add(apart).expect("time within reach"))
    }
}

/// Bytes that look random and are the same in every run.
#[derive(Debug)]
pub struct SeededEntropy {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededEntropy {
    /// Another seed gives other bytes.
    pub fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(self.drawn.fetch_add(1, Ordering::Relaxed).to_be_bytes())
                .finalize();
            chunk.iter_mut().zip(block).for_each(|(byte, drawn)| *byte = drawn);
        }
        Ok(())
    }
}

/// A generator that is out of order.
#[derive(Clone, Copy, Debug)]
pub struct DryEntropy;

impl Entropy for DryEntropy {
    fn fill(&self, _: &mut [u8]) -> Result<(), NoEntropy> {
        Err(NoEntropy)
    }
}
