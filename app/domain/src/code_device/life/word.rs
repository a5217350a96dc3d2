//! A life in a word.

use core::fmt;

/// A life in a word, for messages, the database and the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LifeWord {
    /// [`super::Life::InStock`]
    InStock,
    /// [`super::Life::HandedOut`]
    HandedOut,
    /// [`super::Life::Active`]
    Active,
    /// [`super::Life::Returned`]
    Returned,
    /// [`super::Life::Lost`]
    Lost,
    /// [`super::Life::Leaked`]
    Leaked,
}

impl LifeWord {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::InStock, Self::HandedOut, Self::Active, Self::Returned, Self::Lost, Self::Leaked];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::InStock => "in-stock",
            Self::HandedOut => "handed-out",
            Self::Active => "active",
            Self::Returned => "returned",
            Self::Lost => "lost",
            Self::Leaked => "leaked",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|life| life.word() == word)
    }
}

impl fmt::Display for LifeWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InStock => "in stock",
            Self::HandedOut => "handed out",
            Self::Active => "in use",
            Self::Returned => "returned",
            Self::Lost => "lost",
            Self::Leaked => "known by others",
        })
    }
}

/// The device is at another point of its life than this needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the device is {0}")]
pub struct WrongLife(pub LifeWord);
