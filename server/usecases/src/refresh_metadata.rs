//! Metadata that services publish is fetched anew, every hour, by itself; of what an administrator handed in the end is
//! watched.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::saml::MetadataLine;
use crate::take_metadata::{Outcome, read, settle, warn_of_end};

/// What came of one round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Versions that said what was known.
    pub same: usize,
    /// Versions that are in use from now on.
    pub taken: usize,
    /// Versions that wait for an administrator.
    pub waiting: usize,
    /// Versions that could not be fetched or used.
    pub troubled: usize,
}

/// Fetches whatever is due, one after the other, each settled in a transaction of its own. `loopback_http`: plain http to
/// this machine is good enough, in the demo.
pub async fn refresh_metadata(
    cx: &Cx,
    line: &dyn MetadataLine,
    loopback_http: bool,
) -> Result<Refreshed, Fault> {
    let mut tx = cx.house.store.look("refresh_metadata").await?;
    let all = tx.relying_parties().await?;
    drop(tx);
    let mut round = Refreshed::default();
    for rp in all {
        // A round may take a while.
        let cx = &Cx { now: cx.house.clock.now(), ..cx.clone() };
        let Some(source) = rp.source.clone() else {
            warn_of_end(cx, &rp).await?;
            continue;
        };
        if !source.is_due(cx.now) {
            continue;
        }
        let fetched = line.fetch(&source.url).await;
        let version = read(cx, &rp, &source, fetched, loopback_http);
        let mut tx = cx.house.store.begin("refresh_metadata").await?;
        let outcome = settle(cx, tx.as_mut(), (&rp, &source), version, None).await?;
        tx.commit().await?;
        match outcome {
            Outcome::Same => round.same += 1,
            Outcome::Taken(_) => round.taken += 1,
            Outcome::Waits(_) => round.waiting += 1,
            Outcome::Trouble(_) => round.troubled += 1,
            Outcome::Gone => {}
        }
    }
    Ok(round)
}
