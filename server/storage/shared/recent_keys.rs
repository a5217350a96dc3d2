//! Wrapped keys that were read a moment ago: what somebody does comes a few events at a time.

use domain::ids::PersonId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use usecases::ports::vault::Sealed;

/// How long one is remembered. So late another process's change of it may be seen.
const MOMENT: Duration = Duration::from_secs(5);
/// How many are, at most.
const MANY: usize = 2_000;

/// Wrapped keys that were read or kept lately.
#[derive(Debug, Default)]
pub(crate) struct RecentKeys(Mutex<HashMap<PersonId, (Instant, Sealed)>>);

impl RecentKeys {
    /// Hers, if it was read or kept a moment ago.
    pub(crate) fn of(&self, id: PersonId) -> Option<Sealed> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&id).filter(|(since, _)| since.elapsed() < MOMENT).map(|(_, key)| key.clone())
    }

    /// Remembers hers.
    #[expect(clippy::disallowed_methods, reason = "how long it lies here is no time of the house's")]
    pub(crate) fn keep(&self, id: PersonId, key: &Sealed) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MANY {
            held.clear();
        }
        held.insert(id, (Instant::now(), key.clone()));
    }

    /// Remembers hers no more.
    pub(crate) fn forget(&self, id: PersonId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}
