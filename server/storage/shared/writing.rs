//! No transaction that writes lasts over 50 ms (security decision 6). One that did is told, so that whoever runs the house
//! hears of it before a block stands behind it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long one may last.
const LONGEST: Duration = Duration::from_millis(50);
/// On a machine that is too slow many do, and the log is not to be full of them.
const APART: Duration = Duration::from_mins(1);

static TOLD: Mutex<Told> = Mutex::new(Told { last: None, untold: 0 });

/// A transaction that may write, from its beginning until this is dropped.
pub(crate) struct Writing {
    name: &'static str,
    since: Instant,
}

impl Writing {
    /// It begins now.
    pub(crate) fn begins(name: &'static str) -> Self {
        Self { name, since: Instant::now() }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let (held, now) = (self.since.elapsed(), Instant::now());
        let told = TOLD.lock().unwrap_or_else(PoisonError::into_inner).tells(held, now);
        if let Some(more) = told {
            tracing::warn!(
                transaction = self.name,
                ?held,
                more,
                "a transaction that writes lasted over 50 ms"
            );
        }
    }
}

/// What was told of long ones.
struct Told {
    last: Option<Instant>,
    /// How many were not, since.
    untold: u64,
}

impl Told {
    /// Whether one that lasted so long is told now, and then how many were not told since the last one.
    fn tells(&mut self, held: Duration, now: Instant) -> Option<u64> {
        if held <= LONGEST {
            return None;
        }
        if self.last.is_some_and(|last| now.saturating_duration_since(last) < APART) {
            self.untold = self.untold.saturating_add(1);
            return None;
        }
        self.last = Some(now);
        Some(std::mem::take(&mut self.untold))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transaction_over_fifty_milliseconds_is_told_once_a_minute_and_the_others_are_counted() {
        let (mut told, begun) = (Told { last: None, untold: 0 }, Instant::now());
        let long = LONGEST + Duration::from_millis(1);
        assert_eq!(told.tells(LONGEST, begun), None, "as long as one may last");
        assert_eq!(told.tells(long, begun), Some(0));
        for seconds in [0, 1, 59] {
            assert_eq!(told.tells(long, begun + Duration::from_secs(seconds)), None);
        }
        assert_eq!(told.tells(LONGEST, begun + APART), None);
        assert_eq!(told.tells(long, begun + APART), Some(3));
        assert_eq!(told.tells(long, begun + APART + APART), Some(0), "counted once");
    }
}
