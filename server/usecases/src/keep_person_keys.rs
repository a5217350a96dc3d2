//! Looks after people's own keys of the trail, which lie apart from the database: what an erasure left of them is destroyed,
//! and that some are lost is said.

use crate::context::Cx;
use crate::fault::Fault;

/// Destroys the keys of who was erased, as a crash or an older copy of the keys may have left them; gives how many people have
/// no key, and says so in the log.
pub async fn keep_person_keys(cx: &Cx) -> Result<usize, Fault> {
    let mut tx = cx.house.store.reading("person_keys").await?;
    let destroyed = tx.destroy_keys_of_erased().await?;
    if destroyed > 0 {
        tracing::warn!(destroyed, "keys of people who were erased were still there, and are destroyed");
    }
    let without = tx.people_without_key(u32::MAX).await?.len();
    if without > 0 {
        tracing::error!(
            without,
            "people have no key of their own in the store of keys: nothing they do can be written down, so they cannot sign \
             in; they can block. After a restore of the database run `nsis-id recover`; else put the newest copy of the keys \
             back, or run `nsis-id keys replace-lost`"
        );
    }
    Ok(without)
}
