//! Signs and keeps checkpoints, once a minute.

use core::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use usecases::Cx;
use usecases::keep_checkpoints::keep_checkpoints;

/// Between two checkpoints: what is changed and chained anew within it shows in none.
const PAUSE: Duration = Duration::from_mins(1);

/// Keeps checkpoints until told to stop, and once more then. A failure is logged and tried again.
pub async fn keep(cx: impl Fn() -> Cx + Send, mut stopped: watch::Receiver<bool>) {
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let last = tokio::select! {
            _ = stopped.changed() => true,
            _ = ticks.tick() => false,
        };
        match keep_checkpoints(&cx()).await.map(|kept| kept.apart) {
            Ok(None) => {}
            Ok(Some(why)) => tracing::error!(why = why.word(), "no checkpoint of the trail is kept: {why}"),
            Err(error) => tracing::error!(%error, "no checkpoint of the trail could be made"),
        }
        if last {
            return;
        }
    }
}
