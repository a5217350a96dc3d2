//! What becomes of an order, in states and in words.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What became of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobState {
    /// It waits.
    Ordered,
    /// It is made.
    Running {
        /// Which try, from one: who tries sees by it whether it is still theirs.
        tries: u32,
        /// Since when.
        begun_at: Timestamp,
        /// How much of it was read.
        done: u64,
    },
    /// Its files can be taken.
    Ready {
        /// What proves them, signed.
        manifest: String,
        /// Until when.
        until: Timestamp,
        /// When one was taken last.
        taken_at: Option<Timestamp>,
    },
    /// They could be, and are gone.
    Expired {
        /// Since when.
        at: Timestamp,
        /// Whether one was taken.
        taken: bool,
    },
    /// It was cancelled, or its files were thrown away.
    Cancelled {
        /// When.
        at: Timestamp,
        /// Why.
        why: CancelledFor,
    },
    /// It could not be made.
    Failed {
        /// When.
        at: Timestamp,
        /// Why.
        why: FailedFor,
    },
}

/// Why an order was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CancelledFor {
    /// Whoever ordered it said so.
    Asked,
    /// She is no auditor any more, or may not sign in.
    RoleLost,
}

impl CancelledFor {
    /// A word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::RoleLost => "role-lost",
        }
    }
}

/// Why an order could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailedFor {
    /// It was begun as often as may be, and broke off each time.
    Interrupted,
    /// Its files would be larger than may be.
    TooLarge,
}

impl FailedFor {
    /// A word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Interrupted => "interrupted",
            Self::TooLarge => "too-large",
        }
    }
}

/// How far an order is, without its details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It waits.
    Ordered,
    /// It is made.
    Running,
    /// Its files can be taken.
    Ready,
    /// Nothing more becomes of it.
    Over,
}

impl Stage {
    /// A word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Over => "over",
        }
    }
}
