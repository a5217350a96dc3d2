//! Looks every second for notices that are due.

use core::time::Duration;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use usecases::House;
use usecases::deliver_notices::deliver_notices;
use usecases::ports::people::{Carrier, Post, Scribe, Texts};

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);
/// Notices taken at once. Few enough to be sent within their lease by a server that is slow to answer.
const BATCH: u32 = 20;

/// Delivers letters until told to stop. What was being sent then is sent again later, under the same message id.
pub async fn run_post(
    house: Arc<House>,
    post: Arc<dyn Post>,
    scribe: Arc<dyn Scribe>,
    stopped: watch::Receiver<bool>,
) {
    run(&house, Carrier::Post(post.as_ref()), scribe.as_ref(), stopped).await;
}

/// The same with SMS, beside it: a gateway that hangs keeps no letter waiting.
pub async fn run_texts(
    house: Arc<House>,
    texts: Arc<dyn Texts>,
    scribe: Arc<dyn Scribe>,
    stopped: watch::Receiver<bool>,
) {
    run(&house, Carrier::Texts(texts.as_ref()), scribe.as_ref(), stopped).await;
}

async fn run(house: &Arc<House>, by: Carrier<'_>, scribe: &dyn Scribe, mut stopped: watch::Receiver<bool>) {
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            () = async { ticks.tick().await; deliver(house, by, scribe).await } => {}
        }
    }
}

/// Sends everything that is due, batch by batch. A fault of the house is logged; the notices wait.
async fn deliver(house: &Arc<House>, by: Carrier<'_>, scribe: &dyn Scribe) {
    loop {
        match deliver_notices(house, by, scribe, BATCH).await {
            Ok(done) => {
                if done.failed + done.dead > 0 {
                    tracing::warn!(failed = done.failed, dead = done.dead, "notices were not taken");
                }
                if done.settled() < usize::try_from(BATCH).unwrap_or(usize::MAX) {
                    return;
                }
            }
            Err(error) => {
                tracing::error!(%error, "notices could not be delivered");
                return;
            }
        }
    }
}
