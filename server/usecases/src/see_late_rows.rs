//! Whether rows of the trail wait for their place and get none (security decision 28). For whoever runs the house.

use crate::context::House;
use crate::fault::Fault;
use domain::{SignedDuration, Timestamp};

/// A row that waits for its place for longer is an alarm (security decision 28).
pub const TOO_LONG: SignedDuration = SignedDuration::from_secs(2);
/// While the sequencer comes to the end of what waits, a row that looks older comes behind one that was changed, for a minute,
/// or is one of a long import that was committed just now, and as old as its beginning. Who waits longer waits for something else.
const STANDS: SignedDuration = SignedDuration::from_mins(2);

/// How many wait for longer than two seconds while the sequencer of this instance does not come to the end of them; else for
/// longer than two minutes. Those that were changed get no place, and are counted by themselves.
pub async fn see_late_rows(house: &House) -> Result<u64, Fault> {
    let now = house.clock.now();
    let patience = if house.keeping.reached.is_longer_ago(now, TOO_LONG) { TOO_LONG } else { STANDS };
    let before = now.saturating_sub(patience).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut tx = house.store.look("see_late_rows").await?;
    let waiting = tx.waiting_between(Timestamp::UNIX_EPOCH, before).await?;
    Ok(waiting.saturating_sub(u64::try_from(house.keeping.refused.count()).unwrap_or(u64::MAX)))
}
