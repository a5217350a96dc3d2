//! Stamps of checkpoints by somebody else (RFC 3161): that a checkpoint was there at a time.

use super::outside::OutsideFault;
use async_trait::async_trait;

/// A time-stamp authority.
#[async_trait]
pub trait StampAuthority: Send + Sync {
    /// Its answer (`TimeStampResp`, DER) over a SHA-256 digest; `nonce` is in it. That it was granted is looked at, and that it
    /// speaks of this digest; who signed it is verified by whoever needs it.
    async fn stamp(&self, digest: &[u8; 32], nonce: u64) -> Result<Vec<u8>, NotStamped>;
}

/// Why nothing was stamped.
#[derive(Debug, thiserror::Error)]
pub enum NotStamped {
    /// It cannot be reached, or not in time.
    #[error("the time-stamp authority cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It answered with this status of HTTP.
    #[error("the time-stamp authority answered {0}")]
    Status(u16),
    /// What it answered is no stamp that was granted over what was asked.
    #[error("the time-stamp authority granted no stamp over what was asked")]
    NotGranted,
}

/// Where stamps are kept, beside the checkpoints outside.
#[async_trait]
pub trait StampPlace: Send + Sync {
    /// The number of the newest checkpoint with a stamp there.
    async fn newest(&self) -> Result<Option<u64>, OutsideFault>;
    /// Keeps a stamp, and the note it is over, byte by byte; lasting when it returns.
    async fn keep(&self, number: u64, note: &str, stamp: &[u8]) -> Result<(), OutsideFault>;
}
