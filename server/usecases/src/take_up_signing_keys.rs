//! The signing keys, as they are in the database now, are handed to whoever signs: at the start and every minute, so that
//! each step of their lives is followed without a restart.

use crate::context::House;
use crate::fault::Fault;
use crate::ports::saml::{NotTaken, OurKey};
use crate::ports::store::{SigningKey, StoreFault};
use crate::ports::vault::{KeyUse, VaultFault};
use crate::record::signing_place;

/// Why they are not taken up.
#[derive(Debug, thiserror::Error)]
pub enum NotTakenUp {
    /// Nothing can be signed.
    #[error("there is no signing key in use: run `nsis-id keys create --reason …`")]
    NoneActive,
    /// One cannot be used.
    #[error(transparent)]
    Wire(#[from] NotTaken),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotTakenUp {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Hands them over. A key that signs for nobody stays sealed.
pub async fn take_up_signing_keys(house: &House) -> Result<(), NotTakenUp> {
    let mut tx = house.store.look("take_up_signing_keys").await?;
    let keys = tx.signing_keys().await?;
    drop(tx);
    let mut unopened = None;
    let ours: Vec<_> = keys.into_iter().map(|key| opened(house, key, &mut unopened)).collect();
    let taken = house.saml.take_up(&ours, house.clock.now());
    // Handed over all the same: what was retired must sign no more, whether or not something takes its place, or opens.
    if let Some(fault) = unopened {
        return Err(Fault::from(fault).into());
    }
    if !ours.iter().any(|key| key.life.is_active()) {
        return Err(NotTakenUp::NoneActive);
    }
    Ok(taken?)
}

/// Without its private half where it signs for nobody, and where that does not open: then `unopened` says why.
fn opened(house: &House, key: SigningKey, unopened: &mut Option<VaultFault>) -> OurKey {
    let open = || house.vault.open(KeyUse::Signing, &signing_place(key.id), &key.sealed);
    let private = match key.life.may_sign().then(open) {
        Some(Ok(private)) => Some(private),
        Some(Err(fault)) => {
            *unopened = Some(fault);
            None
        }
        None => None,
    };
    OurKey { id: key.id, life: key.life, certificate: key.certificate, private }
}
