//! What can go wrong that is nobody's decision: the database, the keys, chance.

use crate::ports::ceremonies::CeremonyDown;
use crate::ports::chance::NoEntropy;
use crate::ports::people::NotHashed;
use crate::ports::store::StoreFault;
use crate::ports::vault::VaultFault;

/// A fault of the house. People see "not our day" with a reference; the log gets the source.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The keys.
    #[error(transparent)]
    Vault(#[from] VaultFault),
    /// Chance.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// Password hashing.
    #[error(transparent)]
    Hasher(#[from] NotHashed),
    /// Passkeys and security keys.
    #[error(transparent)]
    Ceremony(#[from] CeremonyDown),
    /// The database may be older than what is kept outside: no session and no token is made (security decision 7).
    #[error("the database and what is kept outside do not agree")]
    OutsideApart,
    /// Somebody has no key of her own in the store of people's own keys, so nothing she does can be written down.
    #[error(
        "somebody has no key of her own in the store of people's own keys: see Backups in the operations manual"
    )]
    NoPersonKey,
    /// A value could not be written or read as it must be.
    #[error("a value cannot be encoded")]
    Encoding,
}
