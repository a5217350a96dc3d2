//! Keys and what they protect. Each purpose has keys of its own below one key-encryption key (security decision 24).

use domain::audit::checkpoint::{PublicKey, Signature};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// What a key is for. A key of one purpose opens nothing of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyUse {
    /// Seals CPR numbers.
    CprSeal,
    /// Finds CPR numbers without opening them.
    CprIndex,
    /// Seals authenticator seeds.
    Seeds,
    /// MACs of links and codes.
    Codes,
    /// Seals signing keys.
    Signing,
    /// Wraps each person's own key of the trail.
    People,
    /// MACs of the trail's rows.
    Trail,
    /// Seals what must be remembered between two requests.
    Memory,
    /// Signs device cookies.
    Devices,
    /// Makes pairwise names.
    Names,
    /// MACs of what is kept outside the database.
    Outside,
    /// Signs checkpoints of the trail, and exports of it.
    Checkpoints,
}

impl KeyUse {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::CprSeal,
        Self::CprIndex,
        Self::Seeds,
        Self::Codes,
        Self::Signing,
        Self::People,
        Self::Trail,
        Self::Memory,
        Self::Devices,
        Self::Names,
        Self::Outside,
        Self::Checkpoints,
    ];

    /// The word kept in key files and associated data.
    pub fn word(self) -> &'static str {
        match self {
            Self::CprSeal => "cpr-seal",
            Self::CprIndex => "cpr-index",
            Self::Seeds => "seeds",
            Self::Codes => "codes",
            Self::Signing => "signing",
            Self::People => "people",
            Self::Trail => "trail",
            Self::Memory => "memory",
            Self::Devices => "devices",
            Self::Names => "names",
            Self::Outside => "outside",
            Self::Checkpoints => "checkpoints",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word() == word)
    }
}

/// A sealed value: the key's version and the ciphertext, opaque to everything but the vault.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl core::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// A keyed MAC. Two versions of a key live side by side during a rotation.
pub type Mac = [u8; 32];

/// Seals, opens, indexes and authenticates.
pub trait Vault: Send + Sync {
    /// Seals under the newest key of the purpose. `place` (table, column, row) is authenticated with it: a value
    /// moved elsewhere does not open.
    fn seal(&self, key: KeyUse, place: &str, clear: &[u8]) -> Result<Sealed, VaultFault>;

    /// Opens.
    fn open(&self, key: KeyUse, place: &str, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, VaultFault>;

    /// Whether this was sealed under the key of the purpose that seals today. Opens nothing.
    fn is_current(&self, key: KeyUse, sealed: &Sealed) -> Result<bool, VaultFault>;

    /// A MAC under the newest key of the purpose.
    fn mac(&self, key: KeyUse, data: &[u8]) -> Result<Mac, VaultFault>;

    /// The MACs under every key still accepted, newest first: for looking up and verifying during a rotation.
    fn macs(&self, key: KeyUse, data: &[u8]) -> Result<Vec<Mac>, VaultFault>;

    /// Signs with the key pair of the purpose's active key (Ed25519); gives the public half beside the signature.
    fn sign(&self, key: KeyUse, data: &[u8]) -> Result<(PublicKey, Signature), VaultFault>;

    /// The public halves of every key still accepted, newest first.
    fn public_keys(&self, key: KeyUse) -> Result<Vec<PublicKey>, VaultFault>;

    /// A new key for one person's part of the trail, wrapped.
    fn person_key(&self, person: domain::ids::PersonId) -> Result<Sealed, VaultFault>;

    /// The same person's key, wrapped under the key that seals today.
    fn rewrap_person_key(
        &self,
        person: domain::ids::PersonId,
        wrapped: &Sealed,
    ) -> Result<Sealed, VaultFault>;

    /// Seals under a person's own key.
    fn seal_for(
        &self,
        person: domain::ids::PersonId,
        wrapped: &Sealed,
        place: &str,
        clear: &[u8],
    ) -> Result<Vec<u8>, VaultFault>;

    /// Opens what was sealed under a person's own key.
    fn open_for(
        &self,
        person: domain::ids::PersonId,
        wrapped: &Sealed,
        place: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultFault>;
}

/// Compares a signature with a public key; holds no secret.
pub trait Signatures: Send + Sync {
    /// Whether this key signed these bytes (Ed25519, RFC 8032).
    fn holds(&self, key: &PublicKey, data: &[u8], signature: &Signature) -> bool;
}

/// Something sealed does not open, or a key is missing. Says nothing about the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultFault {
    /// The value was changed, moved, or sealed under a key we do not have.
    #[error("a sealed value does not open")]
    DoesNotOpen,
    /// No key for the purpose.
    #[error("a key is missing")]
    NoKey,
    /// The cipher or the random generator failed.
    #[error("the cipher failed")]
    Cipher,
}
