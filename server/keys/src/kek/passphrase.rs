//! A key-encryption key wrapped under a passphrase.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use usecases::ports::chance::Entropy;
use zeroize::Zeroizing;

use crate::aead::{Cipher, about};
use crate::file::{self, Readers};
use crate::{KeyBytes, KeyFault};

const FORMAT: u32 = 1;
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// A file that asks for more than this is an attack on the machine, not a stronger key.
const MOST: Cost = Cost { memory_kib: 1024 * 1024, passes: 32, lanes: 16 };

/// What lies on disk. The cost parameters need no authentication: with others the passphrase gives another key.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped {
    format: u32,
    salt: String,
    key: String,
    argon2id: Cost,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

pub(super) fn create(
    path: &Path,
    passphrase: &SecretString,
    key: &KeyBytes,
    entropy: &dyn Entropy,
) -> Result<(), KeyFault> {
    super::strong(passphrase)?;
    let mut salt = [0; 16];
    entropy.fill(&mut salt).map_err(|_| KeyFault::NoEntropy)?;
    let cost = Cost { memory_kib: MEMORY_KIB, passes: PASSES, lanes: LANES };
    let wrapped = cipher(passphrase, &salt, cost)?.seal(entropy, &[], &purpose(), key.expose())?;
    let file = Wrapped {
        format: FORMAT,
        salt: STANDARD.encode(salt),
        key: STANDARD.encode(wrapped),
        argon2id: cost,
    };
    let text =
        toml::to_string(&file).map_err(|_| KeyFault::malformed(path, "it cannot be written as TOML"))?;
    file::create(path, text.as_bytes())
}

pub(super) fn open(path: &Path, passphrase: &SecretString) -> Result<KeyBytes, KeyFault> {
    let file = read(path)?;
    let decode = |text| STANDARD.decode(text).map_err(|_| KeyFault::malformed(path, "its base64 is broken"));
    let (salt, wrapped) = (decode(&file.salt)?, decode(&file.key)?);
    let key = cipher(passphrase, &salt, file.argon2id)?.open(&purpose(), &wrapped)?;
    KeyBytes::from_slice(&key).ok_or(KeyFault::DoesNotOpen)
}

fn read(path: &Path) -> Result<Wrapped, KeyFault> {
    let bytes = file::read(path, Readers::Owner)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| KeyFault::malformed(path, "it is not text"))?;
    let file: Wrapped =
        toml::from_str(text).map_err(|_| KeyFault::malformed(path, "it is no passphrase-wrapped key"))?;
    let Cost { memory_kib, passes, lanes } = file.argon2id;
    if file.format != FORMAT {
        return Err(KeyFault::malformed(path, "its format is newer than this programme"));
    }
    if memory_kib > MOST.memory_kib || passes > MOST.passes || lanes > MOST.lanes {
        return Err(KeyFault::malformed(path, "it asks for more memory or passes than sense allows"));
    }
    Ok(file)
}

fn cipher(passphrase: &SecretString, salt: &[u8], cost: Cost) -> Result<Cipher, KeyFault> {
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, None).map_err(|_| KeyFault::DoesNotOpen)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose_secret().as_bytes(), salt, key.as_mut())
        .map_err(|_| KeyFault::DoesNotOpen)?;
    Cipher::new(&KeyBytes::from_slice(key.as_ref()).ok_or(KeyFault::Cipher)?)
}

fn purpose() -> Vec<u8> {
    about(&[b"nsis-id key-encryption key", &FORMAT.to_be_bytes()])
}
