//! The keys that sign by SAML: how far each is, and who is pinned to it.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::SigningKey;
use domain::Timestamp;
use domain::ids::KeyId;
use domain::signing_key::SigningLife;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySeen {
    /// Which.
    pub id: KeyId,
    /// How far its life is.
    pub life: SigningLife,
    /// Its certificate, DER.
    pub certificate: Vec<u8>,
    /// The connections pinned to it now, by entity id, and until when.
    pub pinned: Vec<(String, Timestamp)>,
}

/// All of them, the newest first.
pub async fn see_signing_keys(cx: &Cx) -> Result<Vec<KeySeen>, Fault> {
    let mut tx = cx.house.store.reading("see_signing_keys").await?;
    let keys = tx.signing_keys().await?;
    let services = tx.relying_parties().await?;
    // A pin to a key that was retired before its day holds no more.
    let pinned = |key: &SigningKey| {
        let pins = services.iter().filter(|rp| key.life.may_sign() && rp.pinned_key(cx.now) == Some(key.id));
        pins.filter_map(|rp| rp.pin.map(|pin| (rp.entity_id.clone(), pin.until))).collect()
    };
    let seen = keys.into_iter().map(|key| KeySeen {
        pinned: pinned(&key),
        id: key.id,
        life: key.life,
        certificate: key.certificate,
    });
    Ok(seen.collect())
}
