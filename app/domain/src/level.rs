//! NSIS levels and how they combine.

use core::fmt;
use serde::{Deserialize, Serialize};

/// An NSIS assurance level. Ordered: the level of a chain is its lowest link (NSIS 6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AssuranceLevel {
    /// *Lav*
    Low,
    /// *Betydelig*
    Substantial,
    /// *Høj*
    High,
}

impl AssuranceLevel {
    /// The bare word of an assertion's attribute: `Low`, `Substantial` or `High`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Substantial => "Substantial",
            Self::High => "High",
        }
    }

    /// Reads the bare word, in the capitals of any broker (`SUBSTANTIAL`, `Substantial`).
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Low, Self::Substantial, Self::High]
            .into_iter()
            .find(|level| level.word().eq_ignore_ascii_case(word))
    }

    /// Reads a level address of a SAML request: `https://data.gov.dk/concept/core/nsis/loa/Substantial`.
    pub fn from_loa_uri(uri: &str) -> Option<Self> {
        uri.strip_prefix("https://data.gov.dk/concept/core/nsis/loa/").and_then(Self::exact)
    }

    /// Writes the level address of a SAML request.
    pub fn loa_uri(self) -> String {
        format!("https://data.gov.dk/concept/core/nsis/loa/{}", self.word())
    }

    fn exact(word: &str) -> Option<Self> {
        Self::from_word(word).filter(|level| level.word() == word)
    }
}

impl fmt::Display for AssuranceLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The three links a token's level is made of, each proved on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// How well we know who the person is.
    pub identity: AssuranceLevel,
    /// How well she just proved to be that person.
    pub authentication: AssuranceLevel,
    /// How well the connection to the service is protected.
    pub federation: AssuranceLevel,
}

impl Chain {
    /// The level a token may carry: the lowest of its links, never stored, always computed (NSIS 6.2).
    pub fn level(self) -> AssuranceLevel {
        self.identity.min(self.authentication).min(self.federation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_level() -> impl Strategy<Value = AssuranceLevel> {
        prop_oneof![Just(AssuranceLevel::Low), Just(AssuranceLevel::Substantial), Just(AssuranceLevel::High)]
    }

    proptest! {
        #[test]
        fn no_link_is_weaker_than_the_level_of_the_chain(a in any_level(), b in any_level(), c in any_level()) {
            let level = Chain { identity: a, authentication: b, federation: c }.level();
            prop_assert!(level <= a && level <= b && level <= c);
            prop_assert!(level == a || level == b || level == c);
        }
    }

    #[test]
    fn addresses_are_read_exactly_and_words_in_any_capitals() {
        assert_eq!(
            AssuranceLevel::from_loa_uri("https://data.gov.dk/concept/core/nsis/loa/Substantial"),
            Some(AssuranceLevel::Substantial)
        );
        assert_eq!(
            AssuranceLevel::from_loa_uri("https://data.gov.dk/concept/core/nsis/loa/substantial"),
            None
        );
        assert_eq!(AssuranceLevel::from_word("SUBSTANTIAL"), Some(AssuranceLevel::Substantial));
    }
}
