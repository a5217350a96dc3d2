//! The successor of the key that signs by SAML is published ahead: services learn of it before they need it.

use crate::context::Cx;
use crate::operator::{Operator, tell_administrators};
use crate::record::record;
use crate::signing_keys::{NotMoved, about, found, go_on};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::notice::Template;

/// Publishes a key that was made; gives from when on it may sign.
pub async fn publish_signing_key(cx: &Cx, by: &Operator, id: KeyId) -> Result<Timestamp, NotMoved> {
    let mut tx = cx.house.store.begin("publish_signing_key").await?;
    let key = found(tx.as_mut(), id).await?;
    let life = key.life.published(cx.now)?;
    let from = life.signs_from().unwrap_or(cx.now);
    go_on(tx.as_mut(), &key, life).await?;
    record(cx, tx.as_mut(), about(by, EventKind::KeyPublished, id).fact("signs-from", from)).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    tx.commit().await?;
    Ok(from)
}
