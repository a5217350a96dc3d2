//! What a device is made like: fixed at the factory, read from the seed file.

use crate::person::Malformed;
use core::fmt;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($name:ident) => {
        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
        impl $name {
            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// The number on its back: 1–40 letters, digits and `-._/`, capitals alike. Nobody reads a small l from a 1 there, so it
/// names a device and proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Serial(String);
words!(Serial);

impl TryFrom<String> for Serial {
    type Error = Malformed;
    fn try_from(text: String) -> Result<Self, Malformed> {
        let text = text.trim().to_ascii_uppercase();
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"-._/".contains(&b);
        if (1..=40).contains(&text.len()) && text.bytes().all(fits) {
            Ok(Self(text))
        } else {
            Err(Malformed("serial number"))
        }
    }
}

/// Who made it, or what they call the model: 1–60 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);
words!(Label);

impl TryFrom<String> for Label {
    type Error = Malformed;
    fn try_from(text: String) -> Result<Self, Malformed> {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (1..=60).contains(&folded.chars().count()) && !folded.chars().any(char::is_control);
        if fits { Ok(Self(folded)) } else { Err(Malformed("manufacturer or model")) }
    }
}

/// How long its codes are: 6 to 8 digits (RFC 4226, 5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Digits(u8);

impl Digits {
    /// What most show.
    pub const SIX: Self = Self(6);

    /// How many.
    pub fn count(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Digits {
    type Error = Malformed;
    fn try_from(count: u8) -> Result<Self, Malformed> {
        if (6..=8).contains(&count) { Ok(Self(count)) } else { Err(Malformed("length of a code")) }
    }
}

impl From<Digits> for u8 {
    fn from(digits: Digits) -> Self {
        digits.0
    }
}

/// How long one code of a device with a clock counts: 30 or 60 seconds. Others are not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct StepLength(u32);

impl StepLength {
    /// What most have.
    pub const HALF_A_MINUTE: Self = Self(30);

    /// In seconds.
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for StepLength {
    type Error = Malformed;
    fn try_from(seconds: u32) -> Result<Self, Malformed> {
        if seconds == 30 || seconds == 60 { Ok(Self(seconds)) } else { Err(Malformed("length of a step")) }
    }
}

impl From<StepLength> for u32 {
    fn from(step: StepLength) -> Self {
        step.0
    }
}

/// The hash its codes are made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HashAlgorithm {
    /// What nearly all have. Safe as it is used here (RFC 4226, appendix B).
    Sha1,
    /// RFC 6238.
    Sha256,
    /// RFC 6238.
    Sha512,
}

impl HashAlgorithm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sha1, Self::Sha256, Self::Sha512];

    /// The word in files and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// Reads the word, capitals, hyphens and a leading `HMAC` passed over: `HMAC-SHA-256` is `sha256`.
    pub fn from_word(word: &str) -> Option<Self> {
        let bare = word.trim().to_ascii_lowercase().replace('-', "");
        let bare = bare.strip_prefix("hmac").unwrap_or(&bare);
        Self::ALL.into_iter().find(|hash| hash.word() == bare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_one_whatever_its_capitals() {
        assert_eq!(Serial::try_from(" ab-12.3/x ".to_owned()).unwrap().as_str(), "AB-12.3/X");
        for wrong in ["", "a b", "æ1", "1\n2", &"9".repeat(41)] {
            assert!(Serial::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn hashes_are_known_by_the_names_manufacturers_give_them() {
        for (word, hash) in [
            ("SHA1", HashAlgorithm::Sha1),
            ("HMAC-SHA-256", HashAlgorithm::Sha256),
            ("HMAC-SHA512", HashAlgorithm::Sha512),
        ] {
            assert_eq!(HashAlgorithm::from_word(word), Some(hash));
        }
        assert_eq!(HashAlgorithm::from_word("MD5"), None);
    }

    #[test]
    fn only_lengths_that_are_made_are_taken() {
        let digits: Vec<u8> = (0..=255).filter(|n| Digits::try_from(*n).is_ok()).collect();
        assert_eq!(digits, [6, 7, 8]);
        let steps: Vec<u32> = (0..=600).filter(|n| StepLength::try_from(*n).is_ok()).collect();
        assert_eq!(steps, [30, 60]);
    }
}
