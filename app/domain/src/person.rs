//! A human with a work relation, and how to reach her.

use crate::ids::{Epoch, PersonId};
use core::fmt;
use serde::{Deserialize, Serialize};

macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident, $what:literal, $read:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text, normalised.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl TryFrom<String> for $name {
            type Error = Malformed;
            fn try_from(text: String) -> Result<Self, Malformed> {
                let read: fn(&str) -> Option<String> = $read;
                read(text.trim()).map(Self).ok_or(Malformed($what))
            }
        }
        impl TryFrom<&str> for $name {
            type Error = Malformed;
            fn try_from(text: &str) -> Result<Self, Malformed> { text.to_owned().try_into() }
        }
        impl From<$name> for String {
            fn from(value: $name) -> String { value.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}({})", stringify!($name), self.0) }
        }
    };
}

/// A value that does not have the shape it must have; names the kind, never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {0}")]
pub struct Malformed(pub &'static str);

text_value!(
    /// What a person types to say who she is: 2–64 of letters, digits, `.`, `-`, `_`, `@`; compared in lower case.
    UserName, "user name", |text| {
        let lower = text.to_lowercase();
        let fits = (2..=64).contains(&lower.chars().count())
            && lower.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'));
        fits.then_some(lower)
    }
);
text_value!(
    /// A mail address: one `@`, no white space, a dot in the domain, at most 254 characters.
    Mail, "mail address", |text| {
        let (local, domain) = text.rsplit_once('@')?;
        let plain = |part: &str| !part.is_empty() && part.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';' | '"'));
        (text.len() <= 254 && plain(local) && !local.contains('@') && plain(domain) && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')).then(|| text.to_owned())
    }
);
text_value!(
    /// A phone number in E.164 (`+4512345678`); eight bare digits are Danish.
    Mobile, "phone number", |text| {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
        let number = match digits.strip_prefix("00") {
            Some(rest) => format!("+{rest}"),
            None if digits.len() == 8 => format!("+45{digits}"),
            None => digits,
        };
        let rest = number.strip_prefix('+')?;
        ((8..=15).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit())).then(|| number.clone())
    }
);
text_value!(
    /// A given or family name: 1–100 characters, none of them control characters.
    Name, "name", |text| {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        ((1..=100).contains(&folded.chars().count()) && !folded.chars().any(char::is_control)).then_some(folded)
    }
);

/// Where notices go. HR holds these until the person verified her own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Contact {
    /// Mail at work.
    pub work_mail: Option<Mail>,
    /// Private mail; first choice before the first day, when the work account is not open yet.
    pub private_mail: Option<Mail>,
    /// Mobile phone.
    pub mobile: Option<Mobile>,
}

impl Contact {
    /// Where the welcome link goes: private mail, else work mail.
    pub fn for_welcome(&self) -> Option<&Mail> {
        self.private_mail.as_ref().or(self.work_mail.as_ref())
    }
}

/// A human with a work relation. Her CPR number is kept sealed beside this record, never in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// What she types.
    pub user_name: UserName,
    /// Given name(s).
    pub given_name: Name,
    /// Family name.
    pub family_name: Name,
    /// Where notices go.
    pub contact: Contact,
    /// Counts the holds ever put on her.
    pub epoch: Epoch,
}

impl Person {
    /// Given and family name.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_normalised_or_refused() {
        assert_eq!(UserName::try_from(" Maja.Holm ").unwrap().as_str(), "maja.holm");
        assert!(UserName::try_from("a b").is_err());
        assert_eq!(Mobile::try_from("12 34 56 78").unwrap().as_str(), "+4512345678");
        assert!(Mobile::try_from("12").is_err());
        assert!(Mail::try_from("maja@example.dk").is_ok());
        for wrong in [
            "maja",
            "maja@",
            "@example.dk",
            "ma ja@example.dk",
            "a@b@example.dk",
            "maja@example",
            "x\r\nBcc: y@example.dk",
        ] {
            assert!(Mail::try_from(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Name::try_from("  Maja   Holm ").unwrap().as_str(), "Maja Holm");
    }
}
