//! Letting others write between two batches.

use crate::context::Cx;
use core::time::Duration;
use domain::{SignedDuration, Timestamp};

/// Work without a pause.
const WORK: SignedDuration = SignedDuration::from_millis(200);
/// A pause. SQLite gives its one writer's place to whoever asks at the right moment, not to whoever waited longest;
/// another process of this house asks every 5 ms, so within this pause each that waits gets in.
const PAUSE: Duration = Duration::from_millis(20);

/// How long the database has been ours.
pub(crate) struct Turn(Timestamp);

impl Turn {
    pub(crate) fn begin(cx: &Cx) -> Self {
        Self(cx.house.clock.now())
    }

    /// Between two transactions: pauses when it is somebody else's turn.
    pub(crate) async fn pass_on(&mut self, cx: &Cx) {
        if cx.house.clock.now().duration_since(self.0) >= WORK {
            tokio::time::sleep(PAUSE).await;
            *self = Self::begin(cx);
        }
    }
}
