//! The keys of a new house: key-encryption key, ring and signing key. What exists stays.

use super::{Plan, chance};
use crate::database::{self, Database};
use crate::fault::CommandFault;
use domain::Timestamp;
use domain::signing_key::SigningLife;
use keys::{KeyRing, LocalVault};
use saml::keygen::{self, CertificateWish};
use std::sync::Arc;
use usecases::make_signing_key::CERTIFICATE_LASTS;
use usecases::ports::chance::Entropy;
use usecases::ports::store;
use usecases::ports::vault::{KeyUse, Vault as _};
use usecases::record::signing_place;

/// Makes keys where there are none: key-encryption key, ring, signing key. What exists stays. The trail is told of them
/// by [`Installation::meet_keys`](super::Installation::meet_keys), which needs an installation with keys.
pub(super) async fn create_keys(plan: &Plan) -> Result<Database, CommandFault> {
    let (clock, entropy) = chance();
    let now = clock.now();
    let database = Database::open(&plan.database, plan.person_keys.as_deref()).await?;
    database.migrate().await?;
    let store = database.store();
    database::stamp(store.as_ref(), plan.stamp).await?;
    let ring = if plan.ring.exists() {
        let kek = plan
            .kek
            .load(Arc::clone(&entropy))
            .map_err(CommandFault::during("taking up the key-encryption key"))?;
        KeyRing::complete(&plan.ring, kek, now, entropy.as_ref())
            .map_err(CommandFault::during("opening the key ring"))?
    } else {
        let kek = match plan.kek.create(Arc::clone(&entropy)) {
            Ok(kek) => kek,
            Err(keys::KeyFault::MadeElsewhere) => plan
                .kek
                .load(Arc::clone(&entropy))
                .map_err(CommandFault::during("taking up the credential"))?,
            Err(fault) => return Err(CommandFault::during("making the key-encryption key")(fault)),
        };
        KeyRing::create(&plan.ring, kek, now, entropy.as_ref())
            .map_err(CommandFault::during("making the key ring"))?
    };
    let vault =
        LocalVault::new(&ring, Arc::clone(&entropy)).map_err(CommandFault::during("taking up the keys"))?;
    create_signing_key(store.as_ref(), &vault, plan, now, entropy.as_ref()).await?;
    Ok(database)
}

async fn create_signing_key(
    store: &dyn store::Store,
    vault: &LocalVault,
    plan: &Plan,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<(), CommandFault> {
    let failed = "keeping the signing key";
    let mut tx = store.begin("create_signing_key").await.map_err(CommandFault::during(failed))?;
    let keys = tx.signing_keys().await.map_err(CommandFault::during(failed))?;
    if keys.iter().any(|key| key.life.is_active()) {
        return Ok(());
    }
    let private = keygen::signing_key().map_err(CommandFault::during("making the signing key"))?;
    let (mut serial, mut random) = ([0u8; 16], [0u8; 10]);
    entropy
        .fill(&mut serial)
        .and_then(|()| entropy.fill(&mut random))
        .map_err(CommandFault::during(failed))?;
    let wish = CertificateWish {
        common_name: &plan.entity_id,
        organisation: &plan.municipality.name,
        serial,
        not_before: now,
        not_after: now.saturating_add(CERTIFICATE_LASTS).unwrap_or(now),
    };
    let certificate =
        keygen::self_signed(&private, &wish).map_err(CommandFault::during("making the certificate"))?;
    let id = domain::ids::time_ordered(now, random).into();
    let sealed =
        vault.seal(KeyUse::Signing, &signing_place(id), &private).map_err(CommandFault::during(failed))?;
    let (certificate, life) = (certificate.der().to_vec(), SigningLife::Active(now));
    let key = store::SigningKey { id, sealed, certificate, created_at: now, life };
    tx.add_signing_key(&key).await.map_err(CommandFault::during(failed))?;
    tx.commit().await.map_err(CommandFault::during(failed))
}
