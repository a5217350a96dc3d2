//! The vault over a local key ring.
//!
//! It follows the ring's file: one look at it before each use, so that a rotation is taken up by everything that runs, at
//! once and without being told. What serves looks every 100 ms instead ([`LocalVault::look_now_and_then`]), and again before a
//! key is not known. A ring that cannot be taken up is reported, and the keys of before go on.
//!
//! A sealed value is: format (1 byte), key version (4 bytes), nonce (12), ciphertext, tag (16). Purpose, version and
//! place are authenticated, so a value moved to another row, column or purpose does not open.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use domain::audit::checkpoint::{PublicKey, Signature};
use domain::ids::PersonId;
use usecases::ports::chance::{Clock, Entropy};
use usecases::ports::vault::{KeyUse, Mac, Sealed, Signatures, Vault, VaultFault};
use zeroize::Zeroizing;

use crate::aead::{Cipher, about};
use crate::file::{self, Sight};
use crate::{Kek, KeyBytes, KeyFault, KeyRing};

const FORMAT: u8 = 1;

/// How long what was seen of the ring counts where it is looked at now and then, in microseconds.
const LATELY: i64 = 100_000;

/// Seals, opens, indexes and authenticates with the keys of a ring.
pub struct LocalVault {
    held: RwLock<Held>,
    path: PathBuf,
    kek: Arc<dyn Kek>,
    entropy: Arc<dyn Entropy>,
    now_and_then: OnceLock<NowAndThen>,
}

/// Until when no look at the ring is needed.
struct NowAndThen {
    clock: Arc<dyn Clock>,
    /// When it was looked at last, in microseconds since 1970.
    looked_at: AtomicI64,
}

impl NowAndThen {
    /// Whether it was looked at lately. Who hears that it was not looks; a clock that was set back counts as not.
    fn lately(&self) -> bool {
        let now = self.clock.now().as_microsecond();
        let looked_at = self.looked_at.load(Ordering::Acquire);
        if now.checked_sub(looked_at).is_some_and(|since| (0..LATELY).contains(&since)) {
            return true;
        }
        self.looked_at.store(now, Ordering::Release);
        false
    }
}

/// The keys, and the sight of the file they were read from.
struct Held {
    keys: Arc<Keys>,
    sight: Option<Sight>,
}

/// The living keys of each purpose, the active one first; never an empty list.
type Keys = BTreeMap<KeyUse, Vec<Living>>;

struct Living {
    version: u32,
    cipher: Cipher,
    mac: hmac::Key,
    /// Of the one purpose that signs.
    pair: Option<Ed25519KeyPair>,
}

impl LocalVault {
    /// Takes the keys out of an opened ring and follows its file from then on.
    pub fn new(ring: &KeyRing, entropy: Arc<dyn Entropy>) -> Result<Self, KeyFault> {
        // Not the sight of now: whoever wrote after this ring was read is found at the first use.
        let held = Held { keys: Arc::new(prepare(ring)?), sight: None };
        Ok(Self {
            held: RwLock::new(held),
            path: ring.path().to_owned(),
            kek: ring.kek(),
            entropy,
            now_and_then: OnceLock::new(),
        })
    }

    /// From now on it looks at the ring's file every 100 ms by this clock, and not before each use: for what serves, where a
    /// rotation is announced seconds before it counts.
    pub fn look_now_and_then(&self, clock: Arc<dyn Clock>) {
        // Said once: a second clock would not make it better.
        self.now_and_then.get_or_init(|| NowAndThen { clock, looked_at: AtomicI64::new(i64::MIN) });
    }

    fn keys(&self) -> Arc<Keys> {
        if self.now_and_then.get().is_some_and(NowAndThen::lately) {
            return Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner).keys);
        }
        self.looked_up()
    }

    /// The keys after a look at the ring.
    fn looked_up(&self) -> Arc<Keys> {
        let sight = file::look(&self.path);
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        if sight.is_none() || held.sight == sight {
            return Arc::clone(&held.keys);
        }
        drop(held);
        self.take_up(sight)
    }

    /// Reads the changed ring. One of many that notice does it; the others wait for a millisecond.
    fn take_up(&self, sight: Option<Sight>) -> Arc<Keys> {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if held.sight != sight {
            held.sight = sight;
            match KeyRing::load(&self.path, Arc::clone(&self.kek)).and_then(|ring| prepare(&ring)) {
                Ok(keys) => held.keys = Arc::new(keys),
                Err(KeyFault::DoesNotOpen) => {
                    tracing::error!(
                        "the changed key ring does not open: where it was wrapped under another key-encryption key, the keys \
                         before it go on, and this instance must be started again with that one before keys are rotated"
                    );
                }
                Err(error) => {
                    tracing::error!(%error, "the changed key ring is not taken up; the keys before it go on");
                }
            }
        }
        Arc::clone(&held.keys)
    }

    fn person_cipher(&self, person: PersonId, wrapped: &Sealed) -> Result<Cipher, VaultFault> {
        let key = self.open(KeyUse::People, &person_place(person), wrapped)?;
        let key = KeyBytes::from_slice(&key).ok_or(VaultFault::DoesNotOpen)?;
        Cipher::new(&key).map_err(outward)
    }
}

impl fmt::Debug for LocalVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalVault").finish_non_exhaustive()
    }
}

impl Vault for LocalVault {
    fn seal(&self, key: KeyUse, place: &str, clear: &[u8]) -> Result<Sealed, VaultFault> {
        let keys = self.keys();
        let active = keys.get(&key).and_then(|living| living.first()).ok_or(VaultFault::NoKey)?;
        let [v0, v1, v2, v3] = active.version.to_be_bytes();
        let head = [FORMAT, v0, v1, v2, v3];
        let about = bound(key, active.version, place);
        active.cipher.seal(self.entropy.as_ref(), &head, &about, clear).map(Sealed).map_err(outward)
    }

    fn open(&self, key: KeyUse, place: &str, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, VaultFault> {
        let (head, body) = sealed.0.split_first_chunk::<5>().ok_or(VaultFault::DoesNotOpen)?;
        let [FORMAT, version @ ..] = *head else {
            return Err(VaultFault::DoesNotOpen);
        };
        let version = u32::from_be_bytes(version);
        let is_its = |living: &&Living| living.version == version;
        let mut keys = self.keys();
        if !keys.get(&key).is_some_and(|living| living.iter().any(|living| is_its(&living))) {
            keys = self.looked_up();
        }
        let living = keys.get(&key).ok_or(VaultFault::NoKey)?;
        let own = living.iter().find(is_its).ok_or(VaultFault::DoesNotOpen)?;
        own.cipher.open(&bound(key, version, place), body).map_err(outward)
    }

    fn is_current(&self, key: KeyUse, sealed: &Sealed) -> Result<bool, VaultFault> {
        let keys = self.keys();
        let active = keys.get(&key).and_then(|living| living.first()).ok_or(VaultFault::NoKey)?;
        let [v0, v1, v2, v3] = active.version.to_be_bytes();
        Ok(sealed.0.starts_with(&[FORMAT, v0, v1, v2, v3]))
    }

    fn mac(&self, key: KeyUse, data: &[u8]) -> Result<Mac, VaultFault> {
        let keys = self.keys();
        let active = keys.get(&key).and_then(|living| living.first()).ok_or(VaultFault::NoKey)?;
        sign(active, data)
    }

    fn macs(&self, key: KeyUse, data: &[u8]) -> Result<Vec<Mac>, VaultFault> {
        self.keys().get(&key).ok_or(VaultFault::NoKey)?.iter().map(|living| sign(living, data)).collect()
    }

    fn sign(&self, key: KeyUse, data: &[u8]) -> Result<(PublicKey, Signature), VaultFault> {
        let keys = self.keys();
        let active = keys.get(&key).and_then(|living| living.first()).ok_or(VaultFault::NoKey)?;
        let pair = active.pair.as_ref().ok_or(VaultFault::NoKey)?;
        let signature = pair.sign(data).as_ref().try_into().map_err(|_| VaultFault::Cipher)?;
        Ok((public_half(pair)?, signature))
    }

    fn public_keys(&self, key: KeyUse) -> Result<Vec<PublicKey>, VaultFault> {
        let keys = self.keys();
        let living = keys.get(&key).ok_or(VaultFault::NoKey)?;
        living.iter().map(|key| public_half(key.pair.as_ref().ok_or(VaultFault::NoKey)?)).collect()
    }

    fn person_key(&self, person: PersonId) -> Result<Sealed, VaultFault> {
        let key = KeyBytes::random(self.entropy.as_ref()).map_err(outward)?;
        self.seal(KeyUse::People, &person_place(person), key.expose())
    }

    fn rewrap_person_key(&self, person: PersonId, wrapped: &Sealed) -> Result<Sealed, VaultFault> {
        let place = person_place(person);
        let key = self.open(KeyUse::People, &place, wrapped)?;
        self.seal(KeyUse::People, &place, &key)
    }

    fn seal_for(
        &self,
        person: PersonId,
        wrapped: &Sealed,
        place: &str,
        clear: &[u8],
    ) -> Result<Vec<u8>, VaultFault> {
        self.person_cipher(person, wrapped)?
            .seal(self.entropy.as_ref(), &[FORMAT], &bound_to(person, place), clear)
            .map_err(outward)
    }

    fn open_for(
        &self,
        person: PersonId,
        wrapped: &Sealed,
        place: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultFault> {
        let Some((&FORMAT, body)) = sealed.split_first() else {
            return Err(VaultFault::DoesNotOpen);
        };
        self.person_cipher(person, wrapped)?.open(&bound_to(person, place), body).map_err(outward)
    }
}

fn prepare(ring: &KeyRing) -> Result<Keys, KeyFault> {
    let prepared = |purpose: KeyUse, (version, key): (u32, KeyBytes)| {
        let mac = hmac::Key::new(hmac::HMAC_SHA256, key.derive("mac")?.expose());
        let pair = match purpose {
            KeyUse::Checkpoints => {
                let seed = key.derive("sign")?;
                Some(Ed25519KeyPair::from_seed_unchecked(seed.expose()).map_err(|_| KeyFault::Cipher)?)
            }
            _ => None,
        };
        Ok(Living { version, cipher: Cipher::new(&key.derive("seal")?)?, mac, pair })
    };
    KeyUse::ALL
        .into_iter()
        .map(|purpose| {
            let living = ring.living(purpose)?.into_iter().map(|key| prepared(purpose, key));
            Ok((purpose, living.collect::<Result<_, _>>()?))
        })
        .collect()
}

fn public_half(pair: &Ed25519KeyPair) -> Result<PublicKey, VaultFault> {
    pair.public_key().as_ref().try_into().map_err(|_| VaultFault::Cipher)
}

/// Compares signatures; needs no key ring, so a verifier away from this house has it too.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ed25519;

impl Signatures for Ed25519 {
    fn holds(&self, key: &PublicKey, data: &[u8], signature: &Signature) -> bool {
        UnparsedPublicKey::new(&ED25519, key).verify(data, signature).is_ok()
    }
}

fn sign(key: &Living, data: &[u8]) -> Result<Mac, VaultFault> {
    hmac::sign(&key.mac, data).as_ref().try_into().map_err(|_| VaultFault::Cipher)
}

fn bound(key: KeyUse, version: u32, place: &str) -> Vec<u8> {
    about(&[b"nsis-id sealed", &[FORMAT], key.word().as_bytes(), &version.to_be_bytes(), place.as_bytes()])
}

fn bound_to(person: PersonId, place: &str) -> Vec<u8> {
    about(&[b"nsis-id sealed for", &[FORMAT], person.to_string().as_bytes(), place.as_bytes()])
}

fn person_place(person: PersonId) -> String {
    format!("person key/{person}")
}

fn outward(fault: KeyFault) -> VaultFault {
    match fault {
        KeyFault::DoesNotOpen => VaultFault::DoesNotOpen,
        _ => VaultFault::Cipher,
    }
}
