//! The newest checkpoint is stamped by a time-stamp authority (RFC 3161), where one is named: whoever has every key of this
//! house can still not say that it was there earlier (security decision 28).

use crate::context::House;
use crate::fault::Fault;
use crate::ports::outside::OutsideFault;
use crate::ports::stamps::{NotStamped, StampAuthority, StampPlace};
use crate::ports::store::StoreFault;
use sha2::{Digest as _, Sha256};

/// Why it has no stamp. Nothing else waits for one.
#[derive(Debug, thiserror::Error)]
pub enum NoStamp {
    /// The authority.
    #[error(transparent)]
    Authority(#[from] NotStamped),
    /// Where stamps are kept.
    #[error(transparent)]
    Place(#[from] OutsideFault),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NoStamp {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Has it stamped, if it is newer than the last that was; gives its number then.
pub async fn stamp_checkpoint(
    house: &House,
    authority: &dyn StampAuthority,
    place: &dyn StampPlace,
) -> Result<Option<u64>, NoStamp> {
    let newest = house.store.look("stamp_checkpoint").await?.last_checkpoint().await?;
    let Some(newest) = newest else { return Ok(None) };
    if place.newest().await? >= Some(newest.number) {
        return Ok(None);
    }
    let mut nonce = [0_u8; 8];
    house.entropy.fill(&mut nonce).map_err(Fault::from)?;
    let digest: [u8; 32] = Sha256::digest(newest.note.as_bytes()).into();
    let stamp = authority.stamp(&digest, u64::from_be_bytes(nonce)).await?;
    place.keep(newest.number, &newest.note, &stamp).await?;
    Ok(Some(newest.number))
}
