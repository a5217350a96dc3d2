//! Deleting what has run out: flows, sessions, message ids, counts, sent notices.

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
    /// Counts of wrong passwords. Wrong codes and the stop they led to are never forgotten by age.
    pub wrong: u64,
    /// Sources people signed in from.
    pub sources: u64,
    /// Notices that were sent.
    pub notices: u64,
    /// Where people were logged in.
    pub visits: u64,
    /// What applications were allowed, and what they pushed.
    pub authorizations: u64,
}

/// Deletes what nobody can use any more: flows a day after their end, sessions, counts and sent
/// notices and visits after thirty days or a day more, a source half a year after its last sign-in.
pub async fn tidy(house: &House) -> Result<Tidied, Fault> {
    let now = house.clock.now();
    let ago = |hours| now.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(now);
    let mut tx = house.store.begin("tidy").await?;
    let tidied = Tidied {
        flows: tx.prune_flows(ago(24)).await?,
        sessions: tx.prune_sessions(ago(24 * 30)).await?,
        messages: tx.prune_messages(now).await?,
        wrong: tx.prune_wrong(ago(24 * 31)).await?,
        sources: tx.prune_sources(ago(24 * 183)).await?,
        notices: tx.prune_sent(ago(24 * 30)).await?,
        // A receipt lasts as long as its block: thirty days at most.
        visits: tx.prune_visits(ago(24 * 31)).await?,
        // A while longer than they count: a token that comes too late is told from one nobody made.
        authorizations: tx.prune_authorizations(ago(24)).await?,
    };
    tx.commit().await?;
    Ok(tidied)
}
