//! Taking up what signs: for SAML services, and for applications.

use crate::fault::CommandFault;
use crate::tell;
use usecases::House;
use usecases::ports::store;
use usecases::ports::vault::{KeyUse, Vault};
use usecases::record::token_key_place;
use usecases::take_up_signing_keys::{NotTakenUp, take_up_signing_keys};

/// Takes up the keys that sign by SAML. Where they are all retired, as a recovery may leave them, nothing is signed until there is
/// another, and the house opens all the same: blocking stays open (security decision 7).
pub(super) async fn sign(house: &House) -> Result<(), CommandFault> {
    let failed = "taking up the signing keys";
    match take_up_signing_keys(house).await {
        Err(NotTakenUp::NoneActive) => {}
        taken => return taken.map_err(CommandFault::during(failed)),
    }
    let mut tx = house.store.look("signing_keys").await.map_err(CommandFault::during(failed))?;
    if tx.signing_keys().await.map_err(CommandFault::during(failed))?.is_empty() {
        return Err(CommandFault::refused(NotTakenUp::NoneActive.to_string()));
    }
    tell(&format!("NOTHING IS SIGNED FOR SAML SERVICES: {}", NotTakenUp::NoneActive));
    Ok(())
}

/// Takes up the keys that tokens are signed with, as they are in the database now. Without any, applications are told that
/// nothing can be signed.
pub(crate) async fn token_keys(
    store: &dyn store::Store,
    vault: &dyn Vault,
    tokens: &oidc::Wire,
) -> Result<(), CommandFault> {
    let failed = "taking up the keys for tokens";
    let mut tx = store.reading("token_keys").await.map_err(CommandFault::during(failed))?;
    let mut opened = Vec::new();
    for key in tx.token_keys().await.map_err(CommandFault::during(failed))? {
        let place = token_key_place(key.id);
        let private =
            vault.open(KeyUse::Signing, &place, &key.sealed).map_err(CommandFault::during(failed))?;
        opened.push(oidc::OwnKey { id: key.id, kind: key.kind, private, signs_from: key.signs_from });
    }
    tokens.take_up(&opened).map_err(CommandFault::during(failed))
}
