//! How many notices wait and how many were given up: for whoever runs the house.

use crate::context::House;
use crate::fault::Fault;

/// What the outbox holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Outbox {
    /// To be sent, or tried again.
    pub waiting: u64,
    /// Given up: each has its `notice.failed` in the trail, with the reason.
    pub dead: u64,
}

/// Counts them.
pub async fn see_outbox(house: &House) -> Result<Outbox, Fault> {
    let mut tx = house.store.look("see_outbox").await?;
    let (waiting, dead) = tx.waiting_and_dead().await?;
    Ok(Outbox { waiting, dead })
}
