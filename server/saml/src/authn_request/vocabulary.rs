//! The words for levels that a service may use in a request, beside the addresses of NSIS (oiosaml 1.2, 3.1, 3.2).

use crate::values::Level;

/// Whose words a connection understands. The addresses of NSIS belong to all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Vocabulary {
    /// The addresses of NSIS alone.
    #[default]
    Nsis,
    /// Also those of the municipalities' Context Handler: `urn:dk:gov:saml:attribute:AssuranceLevel:3`.
    ContextHandler,
    /// Also those of Unilogin's broker: `dk:unilogin:loa:ToFaktor`.
    Unilogin,
}

/// The older levels, after NIST: two is Low, three is Substantial, four is High. One asks for less than Low.
const ASSURANCE_LEVELS: [(&str, Level); 4] = [
    ("urn:dk:gov:saml:attribute:AssuranceLevel:1", Level::Low),
    ("urn:dk:gov:saml:attribute:AssuranceLevel:2", Level::Low),
    ("urn:dk:gov:saml:attribute:AssuranceLevel:3", Level::Substantial),
    ("urn:dk:gov:saml:attribute:AssuranceLevel:4", Level::High),
];
/// One factor says nothing above Low; two are what we demand for Substantial.
const FACTORS: [(&str, Level); 2] =
    [("dk:unilogin:loa:EnFaktor", Level::Low), ("dk:unilogin:loa:ToFaktor", Level::Substantial)];

impl Vocabulary {
    /// The level a class reference asks for, if this vocabulary has it.
    pub fn level(self, reference: &str) -> Option<Level> {
        let known = |words: &[(&str, Level)]| {
            words.iter().find(|(word, _)| *word == reference).map(|(_, level)| *level)
        };
        Level::from_uri(reference).or_else(|| match self {
            Self::Nsis => None,
            Self::ContextHandler => known(&ASSURANCE_LEVELS),
            Self::Unilogin => known(&FACTORS).or_else(|| known(&ASSURANCE_LEVELS)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_broker_is_understood_in_its_own_words_and_no_other() {
        let three = "urn:dk:gov:saml:attribute:AssuranceLevel:3";
        let two_factors = "dk:unilogin:loa:ToFaktor";
        for (vocabulary, word, level) in [
            (Vocabulary::Nsis, Level::Substantial.uri(), Some(Level::Substantial)),
            (Vocabulary::Nsis, three, None),
            (Vocabulary::Nsis, two_factors, None),
            (Vocabulary::ContextHandler, three, Some(Level::Substantial)),
            (Vocabulary::ContextHandler, two_factors, None),
            (Vocabulary::ContextHandler, Level::Low.uri(), Some(Level::Low)),
            (Vocabulary::Unilogin, three, Some(Level::Substantial)),
            (Vocabulary::Unilogin, two_factors, Some(Level::Substantial)),
            (Vocabulary::Unilogin, "dk:unilogin:loa:tofaktor", None),
        ] {
            assert_eq!(vocabulary.level(word), level, "{vocabulary:?} {word}");
        }
    }
}
