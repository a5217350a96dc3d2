//! Administrators are told, once, that the certificate of the key that signs by SAML ends soon: services know the key by it
//! (NSIS 6.11).

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::tell_administrators;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::signing_keys::PURPOSE;
use domain::audit::EventKind;
use domain::notice::Template;
use domain::{SignedDuration, Timestamp};

/// How long before: whoever is handed the next key by hand needs weeks.
pub const WARNED_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Looks at the key that signs; whether they were told now.
pub async fn warn_of_key_end(cx: &Cx) -> Result<bool, Fault> {
    let mut look = cx.house.store.look("warn_of_key_end").await?;
    let active = look.signing_keys().await?.into_iter().find(|key| key.life.is_active());
    let Some(key) = active else { return Ok(false) };
    let Some(end) = cx.house.saml.certificate_until(&key.certificate) else { return Ok(false) };
    let since = end.saturating_sub(WARNED_BEFORE).unwrap_or(cx.now);
    if cx.now < since || was_told(look.as_mut(), since).await? {
        return Ok(false);
    }
    drop(look);
    let mut tx = cx.house.store.begin("warn_of_key_end").await?;
    // It stays where it is, and is held: of two instances that look at once the second sees that they were told.
    if !tx.move_signing_key(key.id, key.life, key.life).await? || was_told(tx.as_mut(), since).await? {
        return Ok(false);
    }
    tracing::warn!(key = %key.id, %end, "the certificate of the key that signs ends soon");
    let entry = Entry::by_system(EventKind::KeyEnds).fact("key", key.id).fact("purpose", PURPOSE);
    record(cx, tx.as_mut(), entry.fact("until", end)).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeyEnds).await?;
    tx.commit().await?;
    Ok(true)
}

/// Of an end that is that near. Only one key is active, and its successor lasts for years.
async fn was_told(tx: &mut dyn Tx, since: Timestamp) -> Result<bool, Fault> {
    Ok(tx.rows_of_kind(EventKind::KeyEnds.word(), since).await? > 0)
}
