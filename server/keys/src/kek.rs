//! The key-encryption key: where it comes from, and what it does (security decision 24, NSIS 4.1.6.3).
//!
//! It only ever wraps and opens other keys, so a token behind PKCS#11 that never shows its key fits the same trait.

mod local;
mod passphrase;

use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretString};
use usecases::ports::chance::Entropy;
use usecases::ports::store::Stamp;
use zeroize::{Zeroize as _, Zeroizing};

use crate::file::{self, Readers};
use crate::{KeyBytes, KeyFault};
use local::LocalKek;

/// Fewest characters of a passphrase.
pub const SHORTEST_PASSPHRASE: usize = 16;

/// Wraps keys. `about` says which key it is and is authenticated with it.
pub trait Kek: Send + Sync {
    /// Wraps a key.
    fn wrap(&self, about: &[u8], key: &KeyBytes) -> Result<Vec<u8>, KeyFault>;

    /// Opens a wrapped key. [`KeyFault::DoesNotOpen`] when it is another's, or of another `about`.
    fn open(&self, about: &[u8], wrapped: &[u8]) -> Result<KeyBytes, KeyFault>;
}

/// Where the key-encryption key is. A bare file can be named only for a demo, so nothing that serves can hold one.
pub struct KekSource(Kind);

enum Kind {
    Bare(PathBuf),
    Passphrase(PathBuf, SecretString),
    Credential(PathBuf),
}

impl KekSource {
    /// 32 bytes in base64, in clear: for a demo alone.
    pub fn bare_file(file: impl Into<PathBuf>, stamp: Stamp) -> Result<Self, KeyFault> {
        match stamp {
            Stamp::Demo => Ok(Self(Kind::Bare(file.into()))),
            Stamp::Pilot | Stamp::Production => Err(KeyFault::BareOutsideDemo),
        }
    }

    /// A file that opens with a passphrase (Argon2id, 64 MiB, 3 passes).
    pub fn passphrase_file(file: impl Into<PathBuf>, passphrase: SecretString) -> Self {
        Self(Kind::Passphrase(file.into(), passphrase))
    }

    /// A credential the service manager opened for this service: 32 bytes, raw or in base64, in the folder that
    /// `CREDENTIALS_DIRECTORY` names.
    pub fn credential(name: &str) -> Result<Self, KeyFault> {
        let folder = std::env::var_os("CREDENTIALS_DIRECTORY").ok_or(KeyFault::NoCredential)?;
        Self::credential_in(Path::new(&folder), name)
    }

    /// A credential in a folder of credentials; the name is a plain file name.
    pub fn credential_in(folder: &Path, name: &str) -> Result<Self, KeyFault> {
        let mut parts = Path::new(name).components();
        match (parts.next(), parts.next()) {
            (Some(Component::Normal(name)), None) => Ok(Self(Kind::Credential(folder.join(name)))),
            _ => Err(KeyFault::NoCredential),
        }
    }

    /// Takes the key up. For a passphrase file this takes a good part of a second.
    pub fn load(&self, entropy: Arc<dyn Entropy>) -> Result<Arc<dyn Kek>, KeyFault> {
        let key = match &self.0 {
            Kind::Bare(path) => plain(path, Readers::Owner)?,
            Kind::Passphrase(path, passphrase) => passphrase::open(path, passphrase)?,
            Kind::Credential(path) => plain(path, Readers::Group)?,
        };
        Ok(Arc::new(LocalKek::new(&key, entropy)?))
    }

    /// Makes a new key and its file, and takes it up. Never overwrites; a credential is made by the service manager's own
    /// tool.
    pub fn create(&self, entropy: Arc<dyn Entropy>) -> Result<Arc<dyn Kek>, KeyFault> {
        let key = KeyBytes::random(entropy.as_ref())?;
        match &self.0 {
            Kind::Bare(path) => {
                let mut text = Zeroizing::new(STANDARD.encode(key.expose()));
                text.push('\n');
                file::create(path, text.as_bytes())?;
            }
            Kind::Passphrase(path, passphrase) => {
                passphrase::create(path, passphrase, &key, entropy.as_ref())?;
            }
            Kind::Credential(_) => return Err(KeyFault::MadeElsewhere),
        }
        Ok(Arc::new(LocalKek::new(&key, entropy)?))
    }
}

impl fmt::Debug for KekSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Bare(path) => f.debug_tuple("Bare").field(path).finish(),
            Kind::Passphrase(path, _) => f.debug_tuple("Passphrase").field(path).finish(),
            Kind::Credential(path) => f.debug_tuple("Credential").field(path).finish(),
        }
    }
}

/// Reads a passphrase from a file of its own, such as a service credential: its first line.
pub fn read_passphrase(path: &Path) -> Result<SecretString, KeyFault> {
    let bytes = file::read(path, Readers::Group)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| KeyFault::malformed(path, "it is not text"))?;
    Ok(SecretString::from(text.lines().next().unwrap_or_default()))
}

fn plain(path: &Path, readers: Readers) -> Result<KeyBytes, KeyFault> {
    let bytes = file::read(path, readers)?;
    if let Some(key) = KeyBytes::from_slice(&bytes) {
        return Ok(key);
    }
    let mut decoded = STANDARD.decode(bytes.trim_ascii()).unwrap_or_default();
    let key = KeyBytes::from_slice(&decoded);
    decoded.zeroize();
    key.ok_or_else(|| KeyFault::malformed(path, "it holds no 32 bytes, raw or in base64"))
}

/// Long enough to be worth the work of guessing.
fn strong(passphrase: &SecretString) -> Result<(), KeyFault> {
    if passphrase.expose_secret().chars().count() < SHORTEST_PASSPHRASE {
        Err(KeyFault::WeakPassphrase)
    } else {
        Ok(())
    }
}
