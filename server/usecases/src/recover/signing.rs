//! Signing keys that were retired when the database was newer sign no more; where one of them was active, the one that was
//! published after it takes its place, as it did then.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::{SigningKey, Tx};
use crate::record::{Entry, record};
use crate::signing_keys::PURPOSE;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::KeyId;
use std::collections::BTreeMap;

/// Retires them again, each since when it was retired; gives how many. Done before, it does nothing.
pub(super) async fn retire_again(cx: &Cx, over: &BTreeMap<KeyId, Timestamp>) -> Result<u64, Fault> {
    if over.is_empty() {
        return Ok(0);
    }
    let mut tx = cx.house.store.begin("retire_signing_again").await?;
    let keys = tx.signing_keys().await?;
    let (mut ended, mut signed) = (0, false);
    for key in &keys {
        let Some(life) = over.get(&key.id).and_then(|at| key.life.retired_again(*at)) else { continue };
        if tx.move_signing_key(key.id, key.life, life).await? {
            ended += 1;
            signed |= key.life.is_active();
            record(cx, tx.as_mut(), event(EventKind::KeyRetired, key.id)).await?;
        }
    }
    let next =
        keys.iter().find(|key| signed && !over.contains_key(&key.id) && key.life.signs_from().is_some());
    if let Some(next) = next {
        activate(cx, tx.as_mut(), next).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// Without one that was published, nothing is signed until an operator makes one.
async fn activate(cx: &Cx, tx: &mut dyn Tx, next: &SigningKey) -> Result<(), Fault> {
    let Ok(life) = next.life.activated(cx.now, true) else { return Ok(()) };
    if tx.move_signing_key(next.id, next.life, life).await? {
        record(cx, tx, event(EventKind::KeyActivated, next.id)).await?;
    }
    Ok(())
}

fn event(kind: EventKind, key: KeyId) -> Entry {
    Entry::by_system(kind).fact("key", key).fact("purpose", PURPOSE).fact("recovered", true)
}
