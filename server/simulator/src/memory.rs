//! What is remembered between requests; in memory, bounded, short.

use crate::outcome::Outcome;
use domain::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use text::Lang;

/// More than a demo ever holds at once.
const MOST: usize = 1_000;

/// How long a page may stand open before somebody chooses.
pub(crate) const PAGE_LIFE: SignedDuration = SignedDuration::from_mins(15);
/// How long a code may be spent.
pub(crate) const CODE_LIFE: SignedDuration = SignedDuration::from_secs(60);
/// How long an access token opens userinfo.
pub(crate) const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// An authorization request that was found good.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) challenge: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) reference_text: String,
    pub(crate) lang: Lang,
}

/// A sign-in that took place.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) request: Request,
    pub(crate) person: usize,
    pub(crate) outcome: Outcome,
    pub(crate) at: Timestamp,
    pub(crate) transaction: String,
}

/// Things that are taken once, before they expire.
pub(crate) struct Shelf<T>(Mutex<HashMap<String, (Timestamp, T)>>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Shelf<T> {
    /// Puts a thing there until an instant; false when the shelf is full.
    pub(crate) fn put(&self, name: String, thing: T, now: Timestamp, life: SignedDuration) -> bool {
        let mut things = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        things.retain(|_, (until, _)| *until > now);
        let Ok(until) = now.checked_add(life) else { return false };
        things.len() < MOST && things.insert(name, (until, thing)).is_none()
    }

    /// Takes it away.
    pub(crate) fn take(&self, name: &str, now: Timestamp) -> Option<T> {
        let mut things = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        things.remove(name).filter(|(until, _)| *until > now).map(|(_, thing)| thing)
    }

    /// Looks at it.
    pub(crate) fn look(&self, name: &str, now: Timestamp) -> Option<T> {
        let things = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        things.get(name).filter(|(until, _)| *until > now).map(|(_, thing)| thing.clone())
    }
}

/// All of it.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) pages: Shelf<Request>,
    pub(crate) codes: Shelf<Grant>,
    pub(crate) tokens: Shelf<Grant>,
}
