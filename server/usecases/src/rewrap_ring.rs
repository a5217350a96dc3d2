//! The key ring wrapped under another key-encryption key, as when somebody may have read the one before, or it moves from a
//! passphrase to a credential (security decision 24). What the keys sealed stays as it is.
//!
//! The event is committed after the deed, by the same run: a run that ends in between is run again, finds the ring under the
//! other key-encryption key and tells of it.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::ring::{KekKind, Rewrap, Ring, RingFault};
use crate::ports::store::StoreFault;
use crate::record::record;
use domain::audit::EventKind;
use domain::notice::Template;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rewrapped {
    /// How many keys the ring holds, retired ones too.
    pub keys: usize,
    /// Whether this run wrapped them; else an earlier one had.
    pub now: bool,
}

/// Why the ring stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum NotRewrapped {
    /// The ring cannot be read or changed.
    #[error(transparent)]
    Ring(#[from] RingFault),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotRewrapped {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Wraps the ring under the other key-encryption key, which is of this kind.
pub async fn rewrap_ring(
    cx: &Cx,
    ring: &dyn Ring,
    other: &dyn Rewrap,
    by: &Operator,
    to: KekKind,
) -> Result<Rewrapped, NotRewrapped> {
    let keys = ring.versions()?.len();
    // No transaction is open meanwhile: it waits for the disk and for whoever else changes the ring, and a block for nobody.
    let now = other.rewrap()?;
    let mut tx = cx.house.store.begin("rewrap_ring").await?;
    let entry = by.entry(EventKind::RingRewrapped).fact("kek", to.word()).fact("keys", keys);
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    tx.commit().await?;
    Ok(Rewrapped { keys, now })
}
