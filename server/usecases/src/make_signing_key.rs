//! A successor of the key that signs by SAML (NSIS 6.11): made, and known to nobody yet.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::saml::{KeyWish, NewKey, NotTaken};
use crate::ports::store::{KeyStep, SigningKey, StoreFault};
use crate::ports::vault::KeyUse;
use crate::record::{record, signing_place};
use crate::signing_keys::about;
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::ids::KeyId;
use domain::notice::Template;
use domain::signing_key::SigningLife;

/// How long its certificate lasts, as NemLog-in's own do.
pub const CERTIFICATE_LASTS: SignedDuration = SignedDuration::from_hours(24 * 365 * 3);

/// Why no key is made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// One comes after another.
    #[error(
        "{0} waits to sign already: publish and activate it, or destroy it, with `nsis-id keys saml`; then make another"
    )]
    Waits(KeyId),
    /// The generator failed, or a key that was brought in cannot be used.
    #[error(transparent)]
    Generator(#[from] NotTaken),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotMade {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Makes a key and its certificate. It stands in no metadata until it is published.
pub async fn make_signing_key(cx: &Cx, by: &Operator) -> Result<KeyId, NotMade> {
    // Before the transaction: drawing an RSA key takes a second.
    nobody_waits(cx).await?;
    let made = drawn(cx)?;
    keep(cx, by, made, false).await
}

/// One comes after another.
pub(crate) async fn nobody_waits(cx: &Cx) -> Result<(), NotMade> {
    let mut look = cx.house.store.look("make_signing_key").await?;
    match look.signing_keys().await?.iter().find(|key| key.life.waits()) {
        Some(waits) => Err(NotMade::Waits(waits.id)),
        None => Ok(()),
    }
}

fn drawn(cx: &Cx) -> Result<NewKey, NotMade> {
    let mut serial = [0u8; 16];
    cx.house.entropy.fill(&mut serial).map_err(Fault::from)?;
    let until = cx.now.saturating_add(CERTIFICATE_LASTS).unwrap_or(cx.now);
    let wish = KeyWish { organisation: &cx.house.policy.municipality, serial, from: cx.now, until };
    Ok(cx.house.saml.new_key(&wish)?)
}

/// Seals it, and keeps it for the steps that come next. Of one that was brought in the trail says so: it lay elsewhere before.
pub(crate) async fn keep(cx: &Cx, by: &Operator, made: NewKey, brought: bool) -> Result<KeyId, NotMade> {
    let id: KeyId = cx.id().map_err(Fault::from)?;
    let sealed = cx.house.vault.seal(KeyUse::Signing, &signing_place(id), &made.private);
    let (sealed, life) = (sealed.map_err(Fault::from)?, SigningLife::Created(cx.now));
    let key = SigningKey { id, sealed, certificate: made.certificate, created_at: cx.now, life };
    let mut tx = cx.house.store.begin("make_signing_key").await?;
    tx.add_signing_key(&key).await?;
    tx.tell_of_key(key.id, KeyStep::Created, cx.now).await?;
    let entry = about(by, EventKind::KeyCreated, key.id);
    let entry = if brought { entry.fact("brought", true) } else { entry };
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    tx.commit().await?;
    Ok(key.id)
}
