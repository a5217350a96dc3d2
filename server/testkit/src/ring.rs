//! A ring without a file: lives of keys, which the vault beside it honours.

use domain::Timestamp;
use std::sync::{Arc, Mutex};
use usecases::ports::ring::{KeyState, KeyVersion, Ring, RingFault};
use usecases::ports::vault::KeyUse;

/// Lives of keys. Cloning shares them.
#[derive(Clone, Debug)]
pub struct PlainRing(Arc<Mutex<Vec<KeyVersion>>>);

impl Default for PlainRing {
    fn default() -> Self {
        Self::of_versions(&[1])
    }
}

impl PlainRing {
    /// The same versions for every purpose: the first seals, the others are accepted.
    pub fn of_versions(versions: &[u32]) -> Self {
        let state = |at| if at == 0 { KeyState::Active } else { KeyState::Accepted };
        let of = |purpose| {
            versions
                .iter()
                .enumerate()
                .map(move |(at, version)| key(purpose, *version, state(at), Timestamp::UNIX_EPOCH))
        };
        Self(Arc::new(Mutex::new(KeyUse::ALL.into_iter().flat_map(of).collect())))
    }

    /// One of its own with the same keys, as a copy of the file.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self(Arc::new(Mutex::new(self.0.lock().expect("a whole ring").clone())))
    }

    /// All keys of a purpose.
    pub fn of(&self, purpose: KeyUse) -> Vec<KeyVersion> {
        let keys = self.0.lock().expect("a whole ring");
        keys.iter().filter(|key| key.purpose == purpose).copied().collect()
    }

    /// The version that seals.
    pub fn active(&self, purpose: KeyUse) -> u32 {
        let of = self.of(purpose);
        of.iter().find(|key| key.state == KeyState::Active).expect("an active key").version
    }

    fn enter(&self, at: Timestamp, next: impl Fn(&KeyVersion) -> Option<KeyState>) {
        for key in self.0.lock().expect("a whole ring").iter_mut() {
            if let Some(state) = next(key) {
                (key.state, key.since) = (state, at);
            }
        }
    }
}

fn key(purpose: KeyUse, version: u32, state: KeyState, at: Timestamp) -> KeyVersion {
    let place = KeyUse::ALL.into_iter().position(|it| it == purpose).expect("it is one of all");
    let id = uuid::Uuid::from_u64_pair(u64::try_from(place).expect("few"), u64::from(version)).into();
    KeyVersion { id, purpose, version, created_at: at, state, since: at }
}

impl Ring for PlainRing {
    fn versions(&self) -> Result<Vec<KeyVersion>, RingFault> {
        Ok(self.0.lock().expect("a whole ring").clone())
    }

    fn announce(&self, purposes: &[KeyUse], at: Timestamp) -> Result<(), RingFault> {
        for purpose in purposes {
            let of = self.of(*purpose);
            if of.iter().all(|key| key.state != KeyState::Coming) {
                let newest = of.iter().map(|key| key.version).max().unwrap_or(0);
                self.0.lock().expect("a whole ring").push(key(*purpose, newest + 1, KeyState::Coming, at));
            }
        }
        Ok(())
    }

    fn activate(&self, purposes: &[KeyUse], at: Timestamp) -> Result<(), RingFault> {
        for purpose in purposes {
            if self.of(*purpose).iter().any(|key| key.state == KeyState::Coming) {
                self.enter(at, |key| match key.state {
                    KeyState::Active if key.purpose == *purpose => Some(KeyState::Accepted),
                    KeyState::Coming if key.purpose == *purpose => Some(KeyState::Active),
                    _ => None,
                });
            }
        }
        Ok(())
    }

    fn retire(&self, keys: &[(KeyUse, u32)], at: Timestamp) -> Result<(), RingFault> {
        self.enter(at, |key| {
            (key.state == KeyState::Accepted && keys.contains(&(key.purpose, key.version)))
                .then_some(KeyState::Retired)
        });
        Ok(())
    }
}
