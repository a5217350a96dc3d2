//! Every key leaves an event when it is made and when its life ends, whichever command did that, or whoever copied a
//! ring here: each step of a key that this database has not been told of yet is told, once.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::outside::keep_outside;
use crate::ports::ring::{KeyState, KeyVersion, Ring, RingFault};
use crate::ports::store::{KeyStep, StoreFault, Tx};
use crate::record::{Entry, record};
use crate::signing_keys::PURPOSE;
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::notice::Template;
use domain::outside::Deed;

/// Why the trail does not tell of the keys.
#[derive(Debug, thiserror::Error)]
pub enum NotMet {
    /// The ring cannot be read.
    #[error(transparent)]
    Ring(#[from] RingFault),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotMet {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Tells what is new of the ring's keys and of the signing keys; gives how many steps that were. `by` is none when the
/// programme itself finds them.
pub async fn meet_keys(cx: &Cx, ring: &dyn Ring, by: Option<&Operator>) -> Result<usize, NotMet> {
    let versions = ring.versions()?;
    let mut tx = cx.house.store.begin("meet_keys").await?;
    let told =
        tell_of_ring(cx, tx.as_mut(), &versions, by).await? + tell_of_signing(cx, tx.as_mut(), by).await?;
    if told > 0 {
        tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
        tx.commit().await?;
    }
    Ok(told)
}

async fn tell_of_ring(
    cx: &Cx,
    tx: &mut dyn Tx,
    versions: &[KeyVersion],
    by: Option<&Operator>,
) -> Result<usize, Fault> {
    let mut told = 0;
    for key in versions {
        let is_new = tx.tell_of_key(key.id, KeyStep::Created, cx.now).await?;
        let ended =
            key.state == KeyState::Retired && tx.tell_of_key(key.id, KeyStep::Retired, cx.now).await?;
        for (kind, happened) in [(EventKind::KeyCreated, is_new), (EventKind::KeyRetired, ended)] {
            if happened {
                let entry = about(kind, key.id, key.purpose.word(), by).fact("version", key.version);
                record(cx, tx, entry).await?;
                told += 1;
            }
        }
        if ended {
            keep_outside(cx, tx, None, Deed::KeyRetired(key.id)).await?;
        }
    }
    Ok(told)
}

async fn tell_of_signing(cx: &Cx, tx: &mut dyn Tx, by: Option<&Operator>) -> Result<usize, Fault> {
    let mut told = 0;
    let keys = tx.signing_keys().await?;
    for key in &keys {
        if tx.tell_of_key(key.id, KeyStep::Created, cx.now).await? {
            record(cx, tx, about(EventKind::KeyCreated, key.id, PURPOSE, by)).await?;
            // The first of all signs from the day it is made; one that is made in the place of others takes over.
            if key.life.is_active() && keys.len() > 1 {
                record(cx, tx, about(EventKind::KeyActivated, key.id, PURPOSE, by)).await?;
            }
            told += 1;
        }
    }
    Ok(told)
}

fn about(kind: EventKind, key: KeyId, purpose: &str, by: Option<&Operator>) -> Entry {
    by.map_or_else(|| Entry::by_system(kind), |by| by.entry(kind)).fact("key", key).fact("purpose", purpose)
}
