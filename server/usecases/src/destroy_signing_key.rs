//! The end of a signing key: its private half is deleted, and our metadata names it no more.

use crate::context::Cx;
use crate::operator::{Operator, tell_administrators};
use crate::record::record;
use crate::signing_keys::{NotMoved, about, found};
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::notice::Template;
use domain::signing_key::Destroyed;

/// Destroys a retired key, or one nobody ever knew of. `urgent`: although what it signed may still be looked at.
pub async fn destroy_signing_key(cx: &Cx, by: &Operator, id: KeyId, urgent: bool) -> Result<(), NotMoved> {
    let mut tx = cx.house.store.begin("destroy_signing_key").await?;
    let key = found(tx.as_mut(), id).await?;
    let _gone: Destroyed = key.life.destroyed(cx.now, urgent)?;
    if !tx.drop_signing_key(id, key.life).await? {
        return Err(NotMoved::Meanwhile);
    }
    let early = key.life.is_published(cx.now);
    record(cx, tx.as_mut(), about(by, EventKind::KeyDestroyed, id).fact("urgent", early)).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    Ok(tx.commit().await?)
}
