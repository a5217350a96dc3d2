//! The successor takes over: it signs by SAML for everybody who is not pinned to another, and the one before it for nobody
//! else.

use crate::context::Cx;
use crate::operator::{Operator, tell_administrators};
use crate::record::record;
use crate::signing_keys::{NotMoved, about, go_on};
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::notice::Template;

/// Activates a published key, in one breath with the end of the one before; gives that one. `urgent`: without waiting
/// until it was published long enough.
pub async fn activate_signing_key(
    cx: &Cx,
    by: &Operator,
    id: KeyId,
    urgent: bool,
) -> Result<Option<KeyId>, NotMoved> {
    let mut tx = cx.house.store.begin("activate_signing_key").await?;
    let keys = tx.signing_keys().await?;
    let key = keys.iter().find(|key| key.id == id).ok_or(NotMoved::Unknown)?;
    let life = key.life.activated(cx.now, urgent)?;
    let early = key.life.signs_from().is_some_and(|from| cx.now < from);
    let before = keys.iter().find(|key| key.life.is_active());
    // The old one first: never two are active.
    if let Some(before) = before {
        go_on(tx.as_mut(), before, before.life.replaced(cx.now)).await?;
    }
    go_on(tx.as_mut(), key, life).await?;
    let replaced = before.map(|key| key.id);
    let entry = about(by, EventKind::KeyActivated, id).fact("urgent", early);
    let entry = replaced.into_iter().fold(entry, |entry, old| entry.fact("replaced", old));
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    tx.commit().await?;
    Ok(replaced)
}
