//! Why a trip failed: for the log, and as a refusal for the person.

use domain::proofing::Refusal;

/// Why a trip failed. Texts are ours; nothing a broker or a browser sent stands in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Reason {
    #[error("no such broker profile")]
    UnknownProfile,
    #[error("no random bytes")]
    NoEntropy,
    #[error("what was remembered of the trip cannot be read")]
    Memory,
    #[error("the broker cannot be reached")]
    Unreachable,
    #[error("the broker answered with HTTP status {0}")]
    Status(u16),
    #[error("the broker's answer is too large")]
    TooLarge,
    #[error("the broker's answer is not what the protocol says: {0}")]
    Malformed(&'static str),
    #[error("the broker's published configuration does not hold: {0}")]
    Discovery(&'static str),
    #[error("the callback belongs to another trip or is incomplete: {0}")]
    Callback(&'static str),
    #[error("the callback names another issuer")]
    Issuer,
    #[error("the broker refused the code: used, expired or of another trip")]
    Grant,
    #[error("the signed answer does not hold: {0}")]
    IdToken(&'static str),
    #[error("the signed answer belongs to another trip")]
    Nonce,
    #[error("userinfo is about somebody else")]
    Subject,
    #[error("signed answer and userinfo contradict each other")]
    Contradiction,
    #[error("the broker sent the person back: {0:?}")]
    SentBack(Refusal),
}

impl Reason {
    /// What the person is told.
    pub(crate) fn refusal(self) -> Refusal {
        match self {
            Self::SentBack(refusal) => refusal,
            Self::Memory | Self::Callback(_) | Self::Grant | Self::Nonce => Refusal::Lost,
            _ => Refusal::Technical,
        }
    }

    /// Writes it to the log and says what the person is told.
    pub(crate) fn report(self, profile: &str) -> Refusal {
        let refusal = self.refusal();
        tracing::warn!(target: "mitid", profile, reason = %self, refusal = refusal.word(), "MitID trip ended");
        refusal
    }
}
