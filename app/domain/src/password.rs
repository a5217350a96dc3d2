//! The rule for passwords: long, not leaked, not the obvious word. The island runs the same code as the server.

use core::fmt;
use jiff::SignedDuration;
use zeroize::Zeroize;

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most characters.
pub const LONGEST: usize = 256;

/// How long a password may still be used after it was found among leaked ones at a sign-in: two weekends are not needed to
/// change one, and somebody on leave is not there to be harmed meanwhile.
pub const LEAKED_GRACE: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Why a login is held whose leaked password was not changed in time (security decision 8).
pub const LEAKED_HOLD: &str = "password-leaked";

/// A password as typed. Wiped when dropped, has no `Debug` of its text.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Takes what was typed, unchanged.
    pub fn typed(text: String) -> Self {
        Self(text)
    }

    /// The text, for hashing and checking only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Drop for Password {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, thiserror::Error)]
pub enum Weak {
    /// Fewer than [`SHORTEST`] characters.
    #[error("too short")]
    TooShort,
    /// More than [`LONGEST`] characters.
    #[error("too long")]
    TooLong,
    /// It is, but for capitals and decoration, a name or an obvious word.
    #[error("an obvious word")]
    Obvious,
    /// It stands on the list of leaked passwords.
    #[error("leaked")]
    Leaked,
}

/// Checks length and the obvious: case-folded and with non-letters stripped at both ends, it must not *be* one of
/// `words` (her names, user name, the municipality, months, seasons, our list).
///
/// # Errors
/// [`Weak`], never [`Weak::Leaked`]: that answer needs the list.
pub fn check<'a>(password: &Password, words: impl IntoIterator<Item = &'a str>) -> Result<(), Weak> {
    let length = password.expose().chars().count();
    if length < SHORTEST {
        return Err(Weak::TooShort);
    }
    if length > LONGEST {
        return Err(Weak::TooLong);
    }
    let mut rest = bare(password.expose());
    let obvious = rest.is_empty() || words.into_iter().any(|word| bare(word) == rest);
    rest.zeroize();
    if obvious { Err(Weak::Obvious) } else { Ok(()) }
}

/// What is left without capitals and without what is no letter at both ends. It is a part of the password: wipe it.
pub fn bare(text: &str) -> String {
    text.to_lowercase().trim_matches(|c: char| !c.is_alphabetic()).to_owned()
}

/// Words nobody needs a list to guess; ours, kept short here and longer on the server.
pub const OBVIOUS: &[&str] = &[
    "adgangskode",
    "password",
    "kodeord",
    "velkommen",
    "velkommentilbage",
    "hemmelig",
    "kommune",
    "kommunen",
    "sommer",
    "efterår",
    "vinter",
    "forår",
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
    "mandag",
    "tirsdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lørdag",
    "søndag",
    "danmark",
    "københavn",
    "aarhus",
    "odense",
    "aalborg",
    "esbjerg",
    "qwertyuiop",
    "qwertyuiopå",
    "asdfghjkl",
    "asdfghjklæø",
    "jegelskerdig",
    "sygeplejerske",
    "hjemmepleje",
    "fodbold",
    "administrator",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn verdict(text: &str) -> Result<(), Weak> {
        check(
            &Password::typed(text.into()),
            OBVIOUS.iter().copied().chain(["maja", "holm", "Eksempel Kommune"]),
        )
    }

    #[test]
    fn length_is_counted_in_characters_and_nothing_must_be_mixed_in() {
        assert_eq!(verdict("ååååååååååå"), Err(Weak::TooShort));
        assert_eq!(verdict("grøn cykel ved åen"), Ok(()));
        assert_eq!(verdict(&"x".repeat(257)), Err(Weak::TooLong));
    }

    #[test]
    fn an_obvious_word_with_decoration_is_still_that_word() {
        for wrong in ["Velkommen2026!", "!!!Sygeplejerske1", "123456789012", "Eksempel Kommune 2026"] {
            assert_eq!(verdict(wrong), Err(Weak::Obvious), "{wrong}");
        }
        assert_eq!(verdict("velkommen til min have"), Ok(()));
    }

    proptest! {
        #[test]
        fn decoration_never_saves_an_obvious_word(before in "[0-9!?]{0,8}", after in "[0-9!?.]{0,8}") {
            let text = format!("{before}Administrator{after}");
            prop_assert_eq!(verdict(&text), Err(Weak::Obvious));
        }
    }
}
