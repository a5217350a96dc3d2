//! The lanes an instance writes the trail on: each lent to one transaction at a time, which counts its rows on from where
//! the last one that was committed ended. So a lane has no gaps, and no transaction waits for another.

use domain::audit::Origin;
use domain::ids::InstanceId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// All lanes of a store. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lanes(Arc<Mutex<HashMap<InstanceId, Free>>>);

#[derive(Debug, Default)]
struct Free {
    made: u32,
    /// Lanes nobody writes on, with the last row that was committed there.
    lanes: Vec<(u32, u64)>,
}

impl Lanes {
    /// Lends a lane; the one given back last is lent first, so that there are few.
    pub(crate) fn lend(&self, instance: InstanceId) -> Lane {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let free = all.entry(instance).or_default();
        let (number, committed) = free.lanes.pop().unwrap_or_else(|| {
            free.made = free.made.saturating_add(1);
            (free.made, 0)
        });
        Lane { lanes: self.clone(), instance, number, committed, written: 0, unknown: false }
    }

    fn take_back(&self, instance: InstanceId, lane: (u32, u64)) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(instance).or_default().lanes.push(lane);
    }
}

/// One lane, lent. Dropped it is given back, and what was not committed is counted again by the next.
#[derive(Debug)]
pub(crate) struct Lane {
    lanes: Lanes,
    instance: InstanceId,
    number: u32,
    committed: u64,
    written: u64,
    /// Nobody knows whether the database committed: the lane ends here.
    unknown: bool,
}

impl Lane {
    /// What the next row is marked with.
    pub(crate) fn next(&self) -> Origin {
        let number = self.committed.saturating_add(self.written).saturating_add(1);
        Origin { instance: self.instance, lane: self.number, number }
    }

    /// A row was written with it.
    pub(crate) fn wrote(&mut self) {
        self.written = self.written.saturating_add(1);
    }

    /// Whether it may have been committed: once the commit is asked for, unless it is certain that it was refused.
    pub(crate) fn in_doubt(&mut self, unknown: bool) {
        self.unknown = unknown;
    }

    /// And made.
    pub(crate) fn made(&mut self) {
        self.committed = self.committed.saturating_add(self.written);
        (self.written, self.unknown) = (0, false);
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        if !self.unknown {
            self.lanes.take_back(self.instance, (self.number, self.committed));
        }
    }
}
