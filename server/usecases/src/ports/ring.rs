//! The keys of each purpose and their lives. A ring shows what may be told about keys, never a key.

use super::vault::KeyUse;
use domain::Timestamp;
use domain::ids::KeyId;

/// Where a key is in its life. The order is the order of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyState {
    /// Opens and verifies already and seals nothing yet, so that every process knows it before anything is sealed
    /// under it.
    Coming,
    /// The one that seals. Each purpose has exactly one.
    Active,
    /// Still opens and verifies, until everything is sealed anew.
    Accepted,
    /// Does nothing any more. Kept wrapped, for the keeper of old backups.
    Retired,
}

/// What may be told about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyVersion {
    /// Its name in the trail.
    pub id: KeyId,
    /// What it is for.
    pub purpose: KeyUse,
    /// Counts from 1 within the purpose; stands in front of everything it sealed.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Where it is in its life.
    pub state: KeyState,
    /// Since when it is there.
    pub since: Timestamp,
}

/// The ring. Every change is lasting when it returns, and every running process takes it up by itself.
pub trait Ring: Send + Sync {
    /// All keys, retired ones too, in the order they were made.
    fn versions(&self) -> Result<Vec<KeyVersion>, RingFault>;

    /// Gives each of these purposes a coming key, unless it has one.
    fn announce(&self, purposes: &[KeyUse], at: Timestamp) -> Result<(), RingFault>;

    /// Lets the coming keys of these purposes seal from now on; the ones before stay accepted. Nothing happens to a
    /// purpose without one.
    fn activate(&self, purposes: &[KeyUse], at: Timestamp) -> Result<(), RingFault>;

    /// Ends the life of accepted versions: what is still sealed under them opens no more.
    fn retire(&self, keys: &[(KeyUse, u32)], at: Timestamp) -> Result<(), RingFault>;
}

/// The ring beside another key-encryption key.
pub trait Rewrap: Send + Sync {
    /// Wraps every key, retired ones too, under the other key-encryption key; lasting when it returns, and at every moment
    /// there is one whole ring. `false` when it lies under that one already: it can be done again.
    fn rewrap(&self) -> Result<bool, RingFault>;
}

/// What kind of key-encryption key a ring lies under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KekKind {
    /// A credential the service manager opens.
    Credential,
    /// A file that opens with a passphrase.
    Passphrase,
    /// A file in clear, of a demo.
    Bare,
}

impl KekKind {
    /// A stable word for the trail and the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::Passphrase => "passphrase",
            Self::Bare => "bare",
        }
    }
}

/// The ring cannot be read or changed. The cause holds paths and reasons, never a key.
#[derive(Debug, thiserror::Error)]
#[error("the key ring")]
pub struct RingFault(#[source] pub Box<dyn std::error::Error + Send + Sync>);
