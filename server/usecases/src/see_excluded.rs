//! Whether anybody holds two roles that nobody may hold together: from before that was refused. For whoever runs the house.

use crate::context::House;
use crate::fault::Fault;
use domain::role::excluded;

/// How many do.
pub async fn see_excluded(house: &House) -> Result<usize, Fault> {
    let roles = house.store.look("see_excluded").await?.roles().await?;
    Ok(excluded(&roles, house.clock.now()).len())
}
