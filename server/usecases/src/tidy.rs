//! Deleting what has run out: flows, sessions, message ids, counts.

use crate::context::House;
use crate::fault::Fault;
use domain::SignedDuration;

/// How many rows were deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tidied {
    /// Flows.
    pub flows: u64,
    /// Sessions.
    pub sessions: u64,
    /// Message ids.
    pub messages: u64,
    /// Counts of wrong answers.
    pub wrong: u64,
}

/// Deletes what nobody can use any more: flows a day after their end, sessions and counts after thirty days and a day.
pub async fn tidy(house: &House) -> Result<Tidied, Fault> {
    let now = house.clock.now();
    let ago = |hours| now.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(now);
    let mut tx = house.store.begin("tidy").await?;
    let tidied = Tidied {
        flows: tx.prune_flows(ago(24)).await?,
        sessions: tx.prune_sessions(ago(24 * 30)).await?,
        messages: tx.prune_messages(now).await?,
        wrong: tx.prune_wrong(ago(24 * 31)).await?,
    };
    tx.commit().await?;
    Ok(tidied)
}
