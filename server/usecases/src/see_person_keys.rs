//! Whether the store of people's own keys of the trail answers: without it nothing anybody does can be written down but a
//! block (security decision 29). For whoever runs the house.

use crate::context::House;
use crate::fault::Fault;

/// Whether it answers. Asked for nobody's key: what is remembered of somebody's says nothing of the store.
pub async fn see_person_keys(house: &House) -> Result<bool, Fault> {
    let mut tx = house.store.look("see_person_keys").await?;
    Ok(tx.trail_key_from_store(uuid::Uuid::nil().into()).await.is_ok())
}
