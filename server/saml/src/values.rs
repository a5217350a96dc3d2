//! Small values that several messages share.

use jiff::{SignedDuration, Timestamp};

use crate::reason::reasons;

/// Clock difference accepted between a partner and us (OIO-GE-01 allows three to five minutes).
pub const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(3);

reasons! {
    /// Why a value cannot be used in a message.
    ValueFault {
        BadMessageId = "message-id-invalid", "A message id must be an XML name of at most 256 characters.";
        BadInstant = "instant-invalid", "A time is not written as UTC in the form of xs:dateTime.";
    }
}

/// The id of a message or assertion: an XML name (`xs:ID`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MessageId(String);

impl MessageId {
    const LONGEST: usize = 256;

    /// Accepts an id that came with a message.
    pub fn parse(text: &str) -> Result<Self, ValueFault> {
        let mut characters = text.chars();
        let first = characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
        let rest = characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if first && rest && text.len() <= Self::LONGEST {
            Ok(Self(text.to_owned()))
        } else {
            Err(ValueFault::BadMessageId)
        }
    }

    /// Makes an id from at least 128 random bits (SAML core 1.3.4); the caller draws them.
    pub fn from_random(bits: [u8; 20]) -> Self {
        Self(format!("_{}", hex(&bits)))
    }

    /// The id as it stands in the message.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An NSIS level of assurance, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Lav.
    Low,
    /// Betydelig.
    Substantial,
    /// Høj.
    High,
}

impl Level {
    /// Every level, weakest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Substantial, Self::High];

    /// The class reference that asks for this level.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Low => "https://data.gov.dk/concept/core/nsis/loa/Low",
            Self::Substantial => "https://data.gov.dk/concept/core/nsis/loa/Substantial",
            Self::High => "https://data.gov.dk/concept/core/nsis/loa/High",
        }
    }

    /// The bare word an assertion states the level with.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Substantial => "Substantial",
            Self::High => "High",
        }
    }

    /// The level a class reference asks for, if it is one.
    pub fn from_uri(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.uri() == uri)
    }
}

/// How a person is named towards a service (`saml:NameID/@Format`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameIdFormat {
    /// Lasting, and different at every service unless the partner registered the value.
    Persistent,
    /// New at every sign-in.
    Transient,
    /// The form the municipal Context Handler asks for.
    X509SubjectName,
    /// Whatever both sides agreed on, such as a UNI-ID.
    Unspecified,
}

impl NameIdFormat {
    /// Every format we can issue.
    pub const ALL: [Self; 4] = [Self::Persistent, Self::Transient, Self::X509SubjectName, Self::Unspecified];

    /// The format's identifier.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Persistent => "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
            Self::Transient => "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
            Self::X509SubjectName => "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
            Self::Unspecified => "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
        }
    }

    /// The format with this identifier, if we can issue it.
    pub fn from_uri(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.uri() == uri)
    }
}

/// A person's name at one service. Its value may identify her, so `Debug` leaves it out.
#[derive(Clone, PartialEq, Eq)]
pub struct NameId {
    /// The form of the value.
    pub format: NameIdFormat,
    /// The value, byte for byte as the partner knows it.
    pub value: String,
    /// Whether the value is a CPR number, which may never leave unencrypted.
    pub confidential: bool,
}

impl std::fmt::Debug for NameId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NameId").field("format", &self.format).finish_non_exhaustive()
    }
}

/// Where the answer to a request goes. It exists only after the address was found in the
/// service's own metadata and the request's signature was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnTo {
    /// The service's assertion consumer address.
    pub address: String,
    /// The request being answered.
    pub request: MessageId,
    /// What the service wants back unchanged; opaque, never an address of ours.
    pub relay_state: Option<String>,
}

/// Reads an `xs:dateTime` in UTC, the only form SAML allows (core 1.3.3).
pub(crate) fn parse_instant(text: &str) -> Result<Timestamp, ValueFault> {
    let shape =
        text.len() >= 20 && text.is_ascii() && text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T');
    if !shape {
        return Err(ValueFault::BadInstant);
    }
    text.parse().map_err(|_| ValueFault::BadInstant)
}

/// Writes an `xs:dateTime` in UTC with whole seconds.
pub(crate) fn format_instant(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Bytes as lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0x0f])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

/// `instant` moved by `by`; at the end of time it stands still.
pub(crate) fn shifted(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_ids_are_xml_names() {
        for good in ["_0a", "a-b.c", "_ABC"] {
            assert_eq!(MessageId::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "0a", "a b", "a:b", "a\"b", "-a", &"a".repeat(257)] {
            assert_eq!(MessageId::parse(bad), Err(ValueFault::BadMessageId), "{bad}");
        }
        let made = MessageId::from_random([7; 20]);
        assert_eq!(MessageId::parse(made.as_str()), Ok(made));
    }

    #[test]
    fn only_utc_is_read_and_whole_seconds_are_written() {
        let instant = parse_instant("2026-11-21T20:00:00.1234567Z").unwrap();
        assert_eq!(format_instant(instant), "2026-11-21T20:00:00Z");
        for bad in [
            "2026-11-21T20:00:00",
            "2026-11-21T20:00:00+01:00",
            "2026-11-21 20:00:00Z",
            "2026-11-21T20:00Z",
            "2026-13-21T20:00:00Z",
            "",
        ] {
            assert_eq!(parse_instant(bad), Err(ValueFault::BadInstant), "{bad}");
        }
    }

    #[test]
    fn a_level_is_known_by_its_uri_and_stated_by_its_word() {
        for level in Level::ALL {
            assert_eq!(Level::from_uri(level.uri()), Some(level));
            assert!(level.uri().ends_with(level.word()));
        }
        assert_eq!(Level::from_uri("https://data.gov.dk/concept/core/nsis/loa/low"), None);
    }

    #[test]
    fn a_name_id_is_not_shown_by_debug() {
        let name_id = NameId { format: NameIdFormat::Persistent, value: "secret".into(), confidential: true };
        assert!(!format!("{name_id:?}").contains("secret"));
    }
}
