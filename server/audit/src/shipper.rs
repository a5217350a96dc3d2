//! Sends records outside, twice a second, and compares the two anew every ten minutes.

use core::time::Duration;
use std::future::Future;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval};
use usecases::compare_outside::compare_outside;
use usecases::outside::{Apart, State};
use usecases::ship_outside::ship_outside;
use usecases::{Cx, Fault};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);
/// Between two comparisons of everything: a line changed in the middle leaves the size as it was.
const WHOLE: Duration = Duration::from_mins(10);
/// How often it is said again that nothing is issued.
const AGAIN: Duration = Duration::from_mins(1);

/// Ships until told to stop. A failure is logged and tried again: records wait, none is lost.
pub async fn ship(cx: impl Fn() -> Cx + Send, mut stopped: watch::Receiver<bool>) {
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut compared, mut said) = (Instant::now(), None);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = ticks.tick() => {}
        }
        let cx = cx();
        if compared.elapsed() >= WHOLE {
            compared = Instant::now();
            tell(compare_outside(&cx)).await;
        }
        tell(ship_outside(&cx)).await;
        said = complain(&cx, said);
    }
}

async fn tell<T>(work: impl Future<Output = Result<T, Fault>>) {
    if let Err(error) = work.await {
        tracing::error!(%error, "records could not be sent outside");
    }
}

/// Says why nothing is issued: at once, and again every minute.
fn complain(cx: &Cx, said: Option<(Instant, Apart)>) -> Option<(Instant, Apart)> {
    let State::Apart(apart) = cx.house.outside.state() else {
        if said.is_some() {
            tracing::info!("the database and what is kept outside agree: sessions and tokens are made again");
        }
        return None;
    };
    match said {
        Some((at, before)) if before == apart && at.elapsed() < AGAIN => Some((at, before)),
        _ => {
            tracing::error!(
                why = apart.word(),
                "no sessions and no tokens are made, blocking goes on: {apart}"
            );
            Some((Instant::now(), apart))
        }
    }
}
