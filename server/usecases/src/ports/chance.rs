//! Time and chance: the only doors through which they come in.

use domain::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes fit for secrets.
pub trait Entropy: Send + Sync {
    /// Fills the slice.
    ///
    /// # Errors
    /// [`NoEntropy`] when the system has none to give; nothing may go on then.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
}

/// The system's random generator failed.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("no random bytes")]
pub struct NoEntropy;
