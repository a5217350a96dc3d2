//! Committed rows of the trail get their place in the chain, by one sequencer at a time.

use crate::context::House;
use crate::ports::store::StoreFault;
use domain::audit::Follower;
use domain::{SignedDuration, Timestamp};

/// One batch of the sequencer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sequenced {
    /// How many rows were chained.
    pub rows: usize,
    /// How long the oldest of them had waited; more than two seconds is worth an alarm.
    pub waited: SignedDuration,
}

/// Chains at most `limit` rows.
pub async fn sequence_trail(house: &House, limit: u32) -> Result<Sequenced, StoreFault> {
    // Looked up without the writer's lock: most times there is nothing to do.
    if house.store.look("sequence_trail").await?.unsequenced_count().await? == 0 {
        return Ok(Sequenced::default());
    }
    let mut tx = house.store.begin_at_once("sequence_trail").await?;
    let (place, hash) = tx.chain_end().await?;
    let rows = tx.unsequenced(limit).await?;
    let mut follower = Follower::at(place, hash);
    let links: Vec<_> = rows.iter().map(|row| follower.append(row)).collect();
    tx.chain(&links).await?;
    tx.commit().await?;
    let oldest = rows.iter().map(|row| row.at).min();
    Ok(Sequenced { rows: rows.len(), waited: oldest.map_or(SignedDuration::ZERO, |at| since(house, at)) })
}

fn since(house: &House, at: Timestamp) -> SignedDuration {
    house.clock.now().duration_since(at)
}
