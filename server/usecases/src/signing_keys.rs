//! What the steps of a signing key's life have in common (NSIS 6.11): each is taken once, from where the key is.

use crate::fault::Fault;
use crate::operator::Operator;
use crate::ports::store::{SigningKey, StoreFault, Tx};
use crate::record::Entry;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::signing_key::{KeyStays, SigningLife};

/// What these keys are for, in the trail.
pub(crate) const PURPOSE: &str = "saml-signature";

/// Why a key stays where it is.
#[derive(Debug, thiserror::Error)]
pub enum NotMoved {
    /// No such key.
    #[error("no signing key has this id: `nsis-id keys saml list` names them")]
    Unknown,
    /// Somebody else moved it in the same moment.
    #[error("somebody moved it in the same moment: look at it with `nsis-id keys saml list`")]
    Meanwhile,
    /// Its life does not go that way, or not yet.
    #[error(transparent)]
    Stays(#[from] KeyStays),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotMoved {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// The key of this id.
pub(crate) async fn found(tx: &mut dyn Tx, id: KeyId) -> Result<SigningKey, NotMoved> {
    tx.signing_keys().await?.into_iter().find(|key| key.id == id).ok_or(NotMoved::Unknown)
}

/// Moves it on from where it was read.
pub(crate) async fn go_on(tx: &mut dyn Tx, key: &SigningKey, life: SigningLife) -> Result<(), NotMoved> {
    if tx.move_signing_key(key.id, key.life, life).await? { Ok(()) } else { Err(NotMoved::Meanwhile) }
}

/// An event of an operator about it.
pub(crate) fn about(by: &Operator, kind: EventKind, key: KeyId) -> Entry {
    by.entry(kind).fact("key", key).fact("purpose", PURPOSE)
}

/// Until when the last connection is pinned to it; none where none is.
pub(crate) async fn pinned_until(
    tx: &mut dyn Tx,
    key: KeyId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreFault> {
    let pins = tx.relying_parties().await?.into_iter().filter_map(|rp| rp.pin);
    Ok(pins.filter(|pin| pin.key_at(now) == Some(key)).map(|pin| pin.until).max())
}
