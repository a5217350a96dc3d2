//! A replaced key signs by SAML for nobody any more, pinned or not. That is also kept outside: no restored backup lets it
//! sign again (security decision 7).

use crate::context::Cx;
use crate::operator::{Operator, tell_administrators};
use crate::outside::keep_outside;
use crate::record::record;
use crate::signing_keys::{NotMoved, about, found, go_on, pinned_until};
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::notice::Template;
use domain::outside::Deed;

/// Retires it. `urgent`: although connections are pinned to it, which are then refused by their services.
pub async fn retire_signing_key(cx: &Cx, by: &Operator, id: KeyId, urgent: bool) -> Result<(), NotMoved> {
    let mut tx = cx.house.store.begin("retire_signing_key").await?;
    let key = found(tx.as_mut(), id).await?;
    let pinned = pinned_until(tx.as_mut(), id, cx.now).await?;
    let life = key.life.retired(pinned, cx.now, urgent)?;
    go_on(tx.as_mut(), &key, life).await?;
    let entry = about(by, EventKind::KeyRetired, id).fact("urgent", pinned.is_some());
    record(cx, tx.as_mut(), entry).await?;
    keep_outside(cx, tx.as_mut(), None, Deed::KeyRetired(id)).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    Ok(tx.commit().await?)
}
