//! Whether rows of the trail wait for their place and get none (security decision 28). For whoever runs the house.

use crate::context::House;
use crate::fault::Fault;
use domain::{SignedDuration, Timestamp};

/// What comes behind a row that was changed waits for a minute, and a long import writes rows that are as old as its beginning:
/// who waits longer waits for a sequencer that stands still.
const STANDS: SignedDuration = SignedDuration::from_mins(2);

/// How many wait for longer than two minutes. Those that were changed get no place, and are counted by themselves.
pub async fn see_late_rows(house: &House) -> Result<u64, Fault> {
    let before = house.clock.now().saturating_sub(STANDS).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut tx = house.store.look("see_late_rows").await?;
    let waiting = tx.waiting_between(Timestamp::UNIX_EPOCH, before).await?;
    Ok(waiting.saturating_sub(u64::try_from(house.keeping.refused.count()).unwrap_or(u64::MAX)))
}
