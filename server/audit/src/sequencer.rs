//! Gives committed rows their place in the chain, twice a second.

use core::time::Duration;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use usecases::see_late_rows::TOO_LONG;
use usecases::sequence_trail::sequence_trail;
use usecases::{Fault, House};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);
/// Rows chained in one transaction, so that none lasts over 50 ms.
const BATCH: u32 = 500;

/// Sequences until told to stop, and then once more: whoever stops in order leaves nothing that waits. A failure is logged and
/// tried again: rows wait, none is lost.
pub async fn run(house: Arc<House>, mut stopped: watch::Receiver<bool>) {
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // From now on somebody should come to the end of what waits.
    house.keeping.reached.keep(house.clock.now());
    let mut is_last = false;
    while !is_last {
        tokio::select! {
            _ = stopped.changed() => is_last = true,
            _ = ticks.tick() => {}
        }
        if let Err(error) = sequence(&house).await {
            tracing::error!(%error, "the trail could not be sequenced");
        }
    }
}

/// Chains everything that waits, batch by batch.
async fn sequence(house: &Arc<House>) -> Result<(), Fault> {
    loop {
        let done = sequence_trail(house, BATCH).await?;
        if done.waited > TOO_LONG {
            tracing::warn!(seconds = done.waited.as_secs(), rows = done.rows, "the trail is chained late");
        }
        if done.rows < usize::try_from(BATCH).unwrap_or(usize::MAX) {
            return Ok(());
        }
    }
}
