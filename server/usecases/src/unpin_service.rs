//! A connection is signed for by the key that signs for all, from now on.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::store::StoreFault;
use crate::record::record;
use domain::audit::EventKind;
use domain::notice::Template;

/// Why nothing is unpinned.
#[derive(Debug, thiserror::Error)]
pub enum NotUnpinned {
    /// No such connection.
    #[error(
        "no SAML service of this entity id is connected: `nsis-id keys saml list` names those that are pinned"
    )]
    Unknown,
    /// It is pinned to nothing.
    #[error("this service is pinned to no key: the one that is active signs for it already")]
    NotPinned,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotUnpinned {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Takes its pin away.
pub async fn unpin_service(cx: &Cx, by: &Operator, entity_id: &str) -> Result<(), NotUnpinned> {
    let mut tx = cx.house.store.begin("unpin_service").await?;
    let known = tx.relying_party_by_entity(entity_id).await?.ok_or(NotUnpinned::Unknown)?;
    let mut rp = tx.relying_party_for_update(known.id).await?.ok_or(NotUnpinned::Unknown)?;
    let pin = rp.pin.take().ok_or(NotUnpinned::NotPinned)?;
    tx.put_relying_party(&rp).await?;
    let entry = by.entry(EventKind::ConnectionUnpinned).fact("service", &rp.entity_id);
    record(cx, tx.as_mut(), entry.fact("key", pin.key)).await?;
    tell_administrators(cx, tx.as_mut(), Template::ServiceSaved).await?;
    Ok(tx.commit().await?)
}
