//! A connection is signed for by one key until a day: for a service that still holds the key before, or was handed the next
//! one before others (docs/connecting.md).

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::store::StoreFault;
use crate::record::record;
use crate::signing_keys::{NotMoved, found};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::notice::Template;
use domain::signing_key::{KeyPin, NotPinned};

/// Why it is not pinned.
#[derive(Debug, thiserror::Error)]
pub enum PinRefused {
    /// No such connection.
    #[error("no SAML service of this entity id is connected: `nsis-id service add` connects one")]
    Unknown,
    /// No such key.
    #[error("no signing key has this id: `nsis-id keys saml list` names them")]
    NoKey,
    /// Not to that key, or not until then.
    #[error(transparent)]
    Refused(#[from] NotPinned),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for PinRefused {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

impl From<NotMoved> for PinRefused {
    fn from(refused: NotMoved) -> Self {
        match refused {
            NotMoved::Fault(fault) => Self::Fault(fault),
            NotMoved::Unknown | NotMoved::Meanwhile | NotMoved::Stays(_) => Self::NoKey,
        }
    }
}

/// Pins it, in place of any pin before. Answers are signed so within a minute.
pub async fn pin_service(
    cx: &Cx,
    by: &Operator,
    entity_id: &str,
    key: KeyId,
    until: Timestamp,
) -> Result<(), PinRefused> {
    let mut tx = cx.house.store.begin("pin_service").await?;
    let known = tx.relying_party_by_entity(entity_id).await?.ok_or(PinRefused::Unknown)?;
    let mut rp = tx.relying_party_for_update(known.id).await?.ok_or(PinRefused::Unknown)?;
    let key = found(tx.as_mut(), key).await?;
    rp.pin = Some(KeyPin::new((key.id, key.life), until, cx.now)?);
    tx.put_relying_party(&rp).await?;
    let entry = by.entry(EventKind::ConnectionPinned).fact("service", &rp.entity_id);
    record(cx, tx.as_mut(), entry.fact("key", key.id).fact("until", until)).await?;
    tell_administrators(cx, tx.as_mut(), Template::ServiceSaved).await?;
    Ok(tx.commit().await?)
}
