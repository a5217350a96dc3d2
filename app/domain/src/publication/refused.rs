//! Why a draft goes no further.

use super::pages::PageRefused;

/// Why a draft goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefused {
    /// A name is missing, too long, or another version's.
    #[error("the version needs a name of its own")]
    VersionName,
    /// Only who began it writes and proposes it.
    #[error("somebody else is writing it")]
    NotYours,
    /// It is not at that point.
    #[error("the draft is not waiting for this")]
    NotWaiting,
    /// A page cannot be taken like that.
    #[error(transparent)]
    Page(#[from] PageRefused),
    /// A page lacks something in one of the languages.
    #[error("page {page} is not whole in both languages")]
    Incomplete {
        /// Which, counted from one.
        page: u8,
    },
    /// It says what the newest version says.
    #[error("nothing is different")]
    Unchanged,
    /// Another version was published since it was begun, or the files changed.
    #[error("the draft follows a version that is not the newest any more")]
    Stale,
    /// Who wrote it does not publish it.
    #[error("a second, other administrator must publish it")]
    SamePerson,
    /// It does not say what was proposed, or not what was read.
    #[error("the text is not the one that was proposed")]
    OtherText,
    /// It would hold from a day that has passed, or before a version that was published earlier.
    #[error("the first day is too early")]
    FirstDay,
    /// It would hold from a day more than a year away.
    #[error("the first day is too far away")]
    TooFar,
    /// Nobody could be told in time.
    #[error("the last day to accept is too near, or too far away")]
    LastDay,
}

impl DraftRefused {
    /// The word in the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::VersionName => "version-name",
            Self::NotYours => "not-yours",
            Self::NotWaiting => "not-waiting",
            Self::Page(_) => "page",
            Self::Incomplete { .. } => "incomplete",
            Self::Unchanged => "unchanged",
            Self::Stale => "stale",
            Self::SamePerson => "same-person",
            Self::OtherText => "other-text",
            Self::FirstDay => "first-day",
            Self::TooFar => "too-far",
            Self::LastDay => "last-day",
        }
    }
}
