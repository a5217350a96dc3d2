//! People whose own keys of the trail are lost, as when an older copy of the keys was put back, get new ones: without, nothing
//! they do can be written down, and so nothing is done. What was sealed under the lost keys opens no more.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::vault::{Sealed, VaultFault};
use crate::record::record;
use domain::audit::EventKind;
use domain::ids::PersonId;
use domain::notice::Template;

/// Gives them new keys; says whom. The event comes first: interrupted, it is run again and says so again.
pub async fn replace_lost_keys(cx: &Cx, by: &Operator) -> Result<Vec<PersonId>, Fault> {
    let store = &cx.house.store;
    let lost = store.reading("lost_keys").await?.people_without_key(u32::MAX).await?;
    if lost.is_empty() {
        return Ok(lost);
    }
    let keys = lost.iter().map(|id| cx.house.vault.person_key(*id).map(|key| (*id, key)));
    let keys: Vec<(PersonId, Sealed)> = keys.collect::<Result<_, VaultFault>>()?;
    let mut tx = store.begin("replace_lost_keys").await?;
    record(cx, tx.as_mut(), by.entry(EventKind::PersonKeysReplaced).fact("people", lost.len())).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    tx.commit().await?;
    store.look("keep_keys").await?.keep_trail_keys(&keys).await?;
    Ok(lost)
}
