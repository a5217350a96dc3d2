//! How the last tries with what others run went: MitID and the mail server. It stands in the memory of this process, for the
//! page that says what works; nothing is decided by it.

use crate::ports::chance::Clock;
use crate::ports::mitid::{Departure, MitidBroker, ProofAsk};
use crate::ports::people::{Letter, NotSent, Post};
use async_trait::async_trait;
use domain::proofing::{BrokerAnswer, Refusal};
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// So many in a row tell of them: a single one may be an address that is none, or somebody's made-up answer.
const IN_A_ROW: u32 = 3;
/// So long after the last one nobody knows any more.
const KNOWN_FOR: SignedDuration = SignedDuration::from_mins(15);

/// How the last tries with one of them went.
#[derive(Debug, Default)]
pub struct Lately(Mutex<(u32, Option<Timestamp>)>);

impl Lately {
    /// Notes one.
    pub fn note(&self, worked: bool, at: Timestamp) {
        if let Ok(mut seen) = self.0.lock() {
            *seen = if worked { (0, None) } else { (seen.0.saturating_add(1), Some(at)) };
        }
    }

    /// Whether none of the last worked, a short while ago.
    pub fn fails(&self, now: Timestamp) -> bool {
        self.0.lock().is_ok_and(|seen| {
            seen.0 >= IN_A_ROW && seen.1.is_some_and(|last| now.duration_since(last) < KNOWN_FOR)
        })
    }
}

/// What is watched.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// The brokers.
    pub mitid: Arc<Lately>,
    /// The mail server.
    pub mail: Arc<Lately>,
}

/// A port whose tries are noted.
pub struct Watched<T> {
    inner: T,
    lately: Arc<Lately>,
    clock: Arc<dyn Clock>,
}

impl<T> Watched<T> {
    /// Notes how tries of this port go.
    pub fn new(inner: T, lately: Arc<Lately>, clock: Arc<dyn Clock>) -> Self {
        Self { inner, lately, clock }
    }
}

impl<T> core::fmt::Debug for Watched<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Watched").field("lately", &self.lately).finish_non_exhaustive()
    }
}

#[async_trait]
impl<T: MitidBroker> MitidBroker for Watched<T> {
    async fn depart(&self, ask: ProofAsk) -> Result<Departure, Refusal> {
        let departure = self.inner.depart(ask).await;
        // What was published before serves a while, so a trip that begins says little; one that cannot says enough.
        if departure.is_err() {
            self.lately.note(false, self.clock.now());
        }
        departure
    }

    async fn arrive(
        &self,
        profile: &str,
        memory: &[u8],
        callback: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<BrokerAnswer, Refusal> {
        let arrival = self.inner.arrive(profile, memory, callback, now).await;
        match &arrival {
            Ok(_) => self.lately.note(true, self.clock.now()),
            Err(Refusal::Technical) => self.lately.note(false, self.clock.now()),
            // She stopped, or brought what belongs to no trip: that says nothing of them.
            Err(_) => {}
        }
        arrival
    }

    fn origins(&self) -> Vec<String> {
        self.inner.origins()
    }
}

#[async_trait]
impl Post for Watched<Arc<dyn Post>> {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let sent = self.inner.send(letter).await;
        self.lately.note(sent.is_ok(), self.clock.now());
        sent
    }
}
