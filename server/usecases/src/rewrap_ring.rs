//! The key ring wrapped under another key-encryption key, as when somebody may have read the one before, or it moves from a
//! passphrase to a credential (security decision 24). What the keys sealed stays as it is.
//!
//! No transaction holds a file and the trail together, so the trail is told before the deed and after it: what was begun and
//! never ended says that somebody must look. A run that ends in between is run again, finds the ring under the other
//! key-encryption key and tells of it.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::ring::{KekKind, Rewrap, Ring, RingFault};
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
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

/// Wraps the ring under the other key-encryption key, which is of this kind. Where the trail cannot be told beforehand
/// nothing is wrapped.
pub async fn rewrap_ring(
    cx: &Cx,
    ring: &dyn Ring,
    other: &dyn Rewrap,
    by: &Operator,
    to: KekKind,
) -> Result<Rewrapped, NotRewrapped> {
    let keys = ring.versions()?.len();
    let entry = |kind| by.entry(kind).fact("kek", to.word()).fact("keys", keys);
    tell(cx, entry(EventKind::RingRewrapBegun)).await?;
    // No transaction is open meanwhile: it waits for the disk and for whoever else changes the ring, and a block for nobody.
    let now = match other.rewrap() {
        Ok(now) => now,
        Err(fault) => {
            if let Err(error) = tell(cx, entry(EventKind::RingRewrapFailed)).await {
                tracing::error!(%error, "the trail could not be told that the key ring was not wrapped");
            }
            return Err(fault.into());
        }
    };
    let mut tx = cx.house.store.begin("rewrap_ring").await?;
    record(cx, tx.as_mut(), entry(EventKind::RingRewrapped)).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    tx.commit().await?;
    Ok(Rewrapped { keys, now })
}

/// An event by itself.
async fn tell(cx: &Cx, entry: Entry) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("rewrap_ring").await?;
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(())
}
