//! Why a proof did not succeed, and which page says so.

use serde::{Deserialize, Serialize};

/// Why a proof with MitID did not succeed. Four pages show these; the person is never blamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// She stopped on the way.
    #[error("aborted by the person")]
    Aborted,
    /// It took too long, cookies were lost, or the answer came twice or to another browser.
    #[error("timed out or lost on the way")]
    Lost,
    /// MitID answered with less than Substantial, or with another kind of identity.
    #[error("level or kind of identity too low")]
    LevelTooLow,
    /// This MitID has no CPR number.
    #[error("no CPR number")]
    NoCpr,
    /// Another person's MitID.
    #[error("another person's CPR number")]
    OtherPerson,
    /// The register says dead, missing or withdrawn.
    #[error("refused by the register")]
    Register,
    /// The register could not be asked; never proofed on a guess.
    #[error("the register gave no answer")]
    RegisterSilent,
    /// A fault at the broker or between us and it.
    #[error("technical fault")]
    Technical,
    /// The answer came to another broker's address than the one the trip went to (mix-up, RFC 9700 section 4.4).
    #[error("came back to another broker's address")]
    OtherBroker,
}

/// Which of the four pages shows a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalPage {
    /// You stopped: nothing happened, try again when you like.
    Stopped,
    /// Try again.
    Retry,
    /// Not possible this way: see Borgerservice.
    OtherWay,
    /// Not our day: later, with a reference.
    Later,
}

impl Refusal {
    /// The page for this refusal.
    pub fn page(self) -> RefusalPage {
        match self {
            Self::Aborted => RefusalPage::Stopped,
            Self::Lost | Self::OtherBroker => RefusalPage::Retry,
            Self::LevelTooLow | Self::NoCpr | Self::OtherPerson | Self::Register => RefusalPage::OtherWay,
            Self::RegisterSilent | Self::Technical => RefusalPage::Later,
        }
    }

    /// The word that stands in audit events.
    pub fn word(self) -> &'static str {
        match self {
            Self::Aborted => "aborted",
            Self::Lost => "lost",
            Self::LevelTooLow => "level-too-low",
            Self::NoCpr => "no-cpr",
            Self::OtherPerson => "other-person",
            Self::Register => "register-refused",
            Self::RegisterSilent => "register-silent",
            Self::Technical => "technical",
            Self::OtherBroker => "other-broker",
        }
    }
}
