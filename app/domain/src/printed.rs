//! Codes on a person's printed sheet: the blocking code, which can only block, and recovery codes, which are
//! possession and nothing more (security decisions 9, 10 and 16). Only keyed MACs of them are kept.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Crockford's base 32: no I, L, O or U, so that nothing on paper is read as something else.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits of a blocking code: 60 bits.
const BLOCKING: usize = 12;
/// Digits of a recovery code: 65 bits, at least the 64 that are demanded.
const RECOVERY: usize = 13;
/// How many recovery codes stand on a sheet.
pub const RECOVERY_CODES: usize = 10;

/// What a printed code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PrintedKind {
    /// Blocks the login, and can do nothing else.
    Blocking,
    /// Possession of the sheet, once.
    Recovery,
}

impl PrintedKind {
    /// The word kept in the database and mixed into the MAC.
    pub fn word(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::Recovery => "recovery",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Blocking, Self::Recovery].into_iter().find(|kind| kind.word() == word)
    }

    fn digits(self) -> usize {
        match self {
            Self::Blocking => BLOCKING,
            Self::Recovery => RECOVERY,
        }
    }
}

/// What is known of a printed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// Hers, and never used.
    Unused,
    /// Hers, and used up.
    Used,
}

/// A code as it is compared: digits only, upper case. Secret: `Debug` shows stars.
#[derive(Clone, PartialEq, Eq)]
pub struct PrintedCode {
    kind: PrintedKind,
    digits: String,
}

/// What was typed is no code of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a code of that kind")]
pub struct NotACode;

impl PrintedCode {
    /// A fresh code of random bytes.
    pub fn of(kind: PrintedKind, random: [u8; 9]) -> Self {
        let bits = random.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        let digits = (0..kind.digits()).map(|at| digit(bits >> (5 * at))).collect();
        Self { kind, digits }
    }

    /// What a person typed: case, spaces and hyphens do not matter, and O, I and L are read as what they look like.
    ///
    /// # Errors
    /// [`NotACode`]
    pub fn typed(kind: PrintedKind, text: &str) -> Result<Self, NotACode> {
        let digits: Option<String> =
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.')).map(read).collect();
        match digits {
            Some(digits) if digits.len() == kind.digits() => Ok(Self { kind, digits }),
            _ => Err(NotACode),
        }
    }

    /// What it is for.
    pub fn kind(&self) -> PrintedKind {
        self.kind
    }

    /// The digits, for the MAC.
    pub fn expose(&self) -> &str {
        &self.digits
    }

    /// As it stands on the sheet: groups of four, the first with what is over. Nobody loses a lonely last digit.
    pub fn printed(&self) -> String {
        let mut text = String::with_capacity(self.digits.len() + 2);
        for (at, character) in self.digits.chars().enumerate() {
            if at >= 4 && (self.digits.len() - at).is_multiple_of(4) {
                text.push('-');
            }
            text.push(character);
        }
        text
    }
}

impl fmt::Debug for PrintedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrintedCode({}, ****)", self.kind.word())
    }
}

impl FromStr for PrintedKind {
    type Err = NotACode;
    fn from_str(word: &str) -> Result<Self, NotACode> {
        Self::from_word(word).ok_or(NotACode)
    }
}

fn digit(bits: u128) -> char {
    let at = usize::try_from(bits & 31).unwrap_or_default();
    DIGITS.get(at).copied().map_or('0', char::from)
}

fn read(typed: char) -> Option<char> {
    let upper = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    DIGITS.iter().any(|digit| char::from(*digit) == upper).then_some(upper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_can_be_typed(random in any::<[u8; 9]>()) {
            for kind in [PrintedKind::Blocking, PrintedKind::Recovery] {
                let code = PrintedCode::of(kind, random);
                let sloppy = code.printed().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
                prop_assert_eq!(PrintedCode::typed(kind, &sloppy), Ok(code.clone()));
                prop_assert_eq!(PrintedCode::typed(kind, &code.printed()), Ok(code));
            }
        }

        #[test]
        fn every_bit_counts(random in any::<[u8; 9]>(), bit in 0usize..60) {
            let mut other = random;
            // The lowest sixty bits are the code; each of them changes it.
            let at = 8 - bit / 8;
            if let Some(byte) = other.get_mut(at) {
                *byte ^= 1 << (bit % 8);
            }
            prop_assert_ne!(
                PrintedCode::of(PrintedKind::Blocking, random).printed(),
                PrintedCode::of(PrintedKind::Blocking, other).printed()
            );
        }
    }

    #[test]
    fn a_code_stands_in_groups_that_are_easy_to_copy_and_shows_nothing_by_debug() {
        for (kind, groups) in [(PrintedKind::Blocking, [4, 4, 4]), (PrintedKind::Recovery, [5, 4, 4])] {
            let code = PrintedCode::of(kind, [7; 9]);
            let printed: Vec<usize> = code.printed().split('-').map(str::len).collect();
            assert_eq!(printed, groups, "{kind:?}");
            assert!(!format!("{code:?}").contains(code.expose()));
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for wrong in ["", "1234-5678-9AB", "1234-5678-9ABCD", "1234-5678-9ABU", "ÆØÅ4-5678-9ABC"] {
            assert_eq!(PrintedCode::typed(PrintedKind::Blocking, wrong), Err(NotACode), "{wrong}");
        }
    }
}
