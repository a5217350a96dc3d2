//! Our keys, as the wire took them up: which signs for whom, and what our metadata says of them.

use std::sync::Arc;

use domain::Timestamp;
use domain::ids::KeyId;
use domain::signing_key::SigningLife;
use usecases::ports::saml::{Keys, NewKey, NotTaken, OurKey, Variant};
use zeroize::Zeroizing;

use super::{OFFERED, OFFERED_BY_A_PILOT, Settings, not_taken};
use crate::certificate::Certificate;
use crate::metadata::IdentityProvider;
use crate::sign::{SignFault, SigningKey};
use crate::values::NameIdFormat;

/// Our metadata in every variant, made once for each set of keys.
const VARIANTS: [Variant; 6] = [
    Variant { keys: Keys::All, without_post: false },
    Variant { keys: Keys::All, without_post: true },
    Variant { keys: Keys::One, without_post: false },
    Variant { keys: Keys::One, without_post: true },
    Variant { keys: Keys::Next, without_post: false },
    Variant { keys: Keys::Next, without_post: true },
];

/// What a set is made of: another life of a key, or one that is published no more, makes another set.
type MadeOf = Vec<(KeyId, SigningLife, bool)>;

/// Those that were taken up together.
#[derive(Debug, Default)]
pub(super) struct KeySet {
    /// Those that sign for somebody, the active one first.
    signers: Vec<(KeyId, Arc<SigningKey>)>,
    metadata: Vec<(Variant, String)>,
    made_of: MadeOf,
}

impl KeySet {
    /// Prepares them, and writes our metadata, signed by the active one.
    pub(super) fn of(settings: &Settings, keys: &[OurKey], now: Timestamp) -> Result<Self, NotTaken> {
        let mut known: Vec<&OurKey> = keys.iter().filter(|key| key.life.is_published(now)).collect();
        known.sort_by_key(|key| rank(key.life));
        let signing = known.iter().filter(|key| key.life.may_sign());
        let signers: Vec<_> = signing.map(|key| prepared(key)).collect::<Result<_, _>>()?;
        let active = known.first().zip(signers.first()).filter(|(key, _)| key.life.is_active());
        let (_, (_, signer)) = active.ok_or_else(|| not_taken(SignFault::NoActiveKey.code()))?;
        let certificates = known.iter().map(|key| Ok((key.life, certificate(key)?)));
        let certificates: Vec<_> = certificates.collect::<Result<_, NotTaken>>()?;
        let mut metadata = Vec::new();
        for variant in VARIANTS {
            let shown = shown(&certificates, variant.keys);
            if !shown.is_empty() {
                metadata.push((variant, published(settings, signer, &shown, variant)?));
            }
        }
        Ok(Self { metadata, made_of: made_of(keys, now), signers })
    }

    /// Whether it was made of just these.
    pub(super) fn is_of(&self, keys: &[OurKey], now: Timestamp) -> bool {
        self.made_of == made_of(keys, now)
    }

    /// Whether each of its signers may still sign, by what is known of them now.
    pub(super) fn may_go_on(&self, keys: &[OurKey]) -> bool {
        let may = |id: KeyId| keys.iter().any(|key| key.id == id && key.life.may_sign());
        self.signers.iter().all(|(id, _)| may(*id))
    }

    /// The key for a connection that is pinned to this one, or to none. A pin to a key that signs for nobody any more
    /// holds nobody up: the active one signs, and a service that does not know it refuses.
    pub(super) fn signer(&self, pinned: Option<KeyId>) -> Result<Arc<SigningKey>, NotTaken> {
        let pinned = pinned.and_then(|pin| self.signers.iter().find(|(id, _)| *id == pin));
        let signer = pinned.or_else(|| self.signers.first());
        let (_, key) = signer.ok_or_else(|| not_taken(SignFault::NoActiveKey.code()))?;
        Ok(Arc::clone(key))
    }

    /// Our metadata; none where there is no key for it.
    pub(super) fn metadata(&self, variant: Variant) -> Option<String> {
        self.metadata.iter().find(|(made, _)| *made == variant).map(|(_, metadata)| metadata.clone())
    }
}

/// A key that was drawn elsewhere, with its certificate out of what was handed over with it, such as a whole chain.
pub(super) fn brought(private: &[u8], certificates: &[Vec<u8>], now: Timestamp) -> Result<NewKey, SignFault> {
    for der in certificates {
        // An authority's own may hold a key that we would not sign with; it is not meant to be ours.
        let Ok(certificate) = Certificate::from_der(der) else { continue };
        match SigningKey::new(private, certificate) {
            Ok(key) if key.certificate().is_in_time(now) => {
                return Ok(NewKey { private: Zeroizing::new(private.to_vec()), certificate: der.clone() });
            }
            Ok(_) => return Err(SignFault::OutOfTime),
            Err(SignFault::OtherCertificate) => {}
            Err(fault) => return Err(fault),
        }
    }
    Err(SignFault::OtherCertificate)
}

/// The order they are published in: whoever reads only the first reads the one that signs.
const fn rank(life: SigningLife) -> u8 {
    match life {
        SigningLife::Active(_) => 0,
        SigningLife::Published(_) => 1,
        SigningLife::Replaced(_) => 2,
        SigningLife::Retired(_) => 3,
        SigningLife::Created(_) => 4,
    }
}

fn made_of(keys: &[OurKey], now: Timestamp) -> MadeOf {
    keys.iter().map(|key| (key.id, key.life, key.life.is_published(now))).collect()
}

fn certificate(key: &OurKey) -> Result<Certificate, NotTaken> {
    Certificate::from_der(&key.certificate).map_err(|fault| not_taken(fault.code()))
}

fn prepared(key: &OurKey) -> Result<(KeyId, Arc<SigningKey>), NotTaken> {
    let unusable = || not_taken(SignFault::UnusableKey.code());
    let private = key.private.as_ref().ok_or_else(unusable)?;
    let signing = SigningKey::new(private, certificate(key)?).map_err(|fault| not_taken(fault.code()))?;
    Ok((key.id, Arc::new(signing)))
}

/// The certificates of a variant, the active one first.
fn shown(certificates: &[(SigningLife, Certificate)], keys: Keys) -> Vec<Certificate> {
    let belongs = |life: SigningLife| match keys {
        Keys::All => true,
        Keys::One => life.is_active(),
        Keys::Next => life.waits(),
    };
    certificates
        .iter()
        .filter(|(life, _)| belongs(*life))
        .map(|(_, certificate)| certificate.clone())
        .collect()
}

fn published(
    settings: &Settings,
    signer: &SigningKey,
    signing: &[Certificate],
    variant: Variant,
) -> Result<String, NotTaken> {
    let own = IdentityProvider {
        entity_id: &settings.entity_id,
        single_sign_on: &settings.single_sign_on,
        single_logout: Some(&settings.single_logout),
        signing,
        name_id_formats: &[NameIdFormat::Persistent, NameIdFormat::Transient],
        attributes: if settings.states_levels { &OFFERED } else { &OFFERED_BY_A_PILOT },
    };
    own.to_signed_xml(signer, !variant.without_post).map_err(|fault| not_taken(fault.code()))
}
