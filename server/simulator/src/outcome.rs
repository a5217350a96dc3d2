//! What can happen at a broker.

use crate::words;
use text::Say;

/// What the person at the page chose to let happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything as it should be.
    #[default]
    Proved,
    /// Only level Low.
    LowLevel,
    /// A MitID without a CPR number.
    NoCpr,
    /// The MitID of somebody nobody invited.
    OtherCpr,
    /// The register says missing.
    Missing,
    /// The register gave the broker no answer.
    RegisterSilent,
    /// She stopped.
    Aborted,
    /// It took too long.
    TimedOut,
    /// The broker failed.
    Fault,
    /// The broker keeps the browser: no callback ever comes.
    NeverReturns,
}

impl Outcome {
    /// What can go wrong: the word of the form, and what the button says.
    pub(crate) const WRONG: [(Self, &'static str, Say); 9] = [
        (Self::Aborted, "aborted", words::ABORT),
        (Self::TimedOut, "timed-out", words::TIME_OUT),
        (Self::LowLevel, "low-level", words::LOW),
        (Self::NoCpr, "no-cpr", words::NO_CPR),
        (Self::OtherCpr, "other-cpr", words::OTHER_CPR),
        (Self::Missing, "missing", words::MISSING),
        (Self::RegisterSilent, "register-silent", words::SILENT),
        (Self::Fault, "fault", words::FAULT),
        (Self::NeverReturns, "never-returns", words::NEVER),
    ];

    /// Reads the word of the form.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::WRONG.into_iter().find_map(|(outcome, known, _)| (known == word).then_some(outcome))
    }

    /// The pair of `error` and `error_description` it sends the browser back with.
    pub(crate) fn refusal(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Aborted => Some(("access_denied", "mitid_user_aborted")),
            Self::TimedOut => Some(("access_denied", "mitid_timeout")),
            Self::Fault => Some(("server_error", "mitid_internal_error")),
            _ => None,
        }
    }
}
