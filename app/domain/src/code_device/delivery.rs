//! What a manufacturer's seed file says, and what may be wrong with it. Never repeats a value: it may be a seed.

use super::made::{Digits, HashAlgorithm, Label, Serial};
use super::moving::Moving;
use core::fmt;
use zeroize::Zeroizing;

/// Where in a file something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, counted from one, a header included.
    pub line: u64,
    /// Which key package of an XML file, counted from one.
    pub package: Option<u32>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        self.package.map_or(Ok(()), |package| write!(f, " (key package {package})"))
    }
}

/// One device as delivered.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Where it stands in the file.
    pub place: Place,
    /// The number on its back.
    pub serial: Serial,
    /// Who made it.
    pub manufacturer: Option<Label>,
    /// What they call it.
    pub model: Option<Label>,
    /// The hash of its codes.
    pub hash: HashAlgorithm,
    /// How long its codes are.
    pub digits: Digits,
    /// Where it stands in its row of codes.
    pub moving: Moving,
    /// Its seed: 16 to 64 bytes (RFC 4226, R6).
    pub seed: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Delivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Delivered({}, {})", self.serial, self.place)
    }
}

/// A whole file.
#[derive(Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Every device in it, in the order of the file.
    pub devices: Vec<Delivered>,
    /// SHA-256 of the file as delivered.
    pub sha256: [u8; 32],
    /// Whether it bears a signature. Nobody has checked it: the file's way here is what is trusted.
    pub signed: bool,
}

/// Something in a file for which all of it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveryFault {
    /// Where.
    pub place: Place,
    /// Which column or element.
    pub what: &'static str,
    /// Why.
    pub why: Misread,
}

impl fmt::Display for DeliveryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.place, self.what, self.why)
    }
}

/// Why something in a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// It must be there.
    #[error("is missing")]
    Missing,
    /// It may be there once.
    #[error("is there twice")]
    Twice,
    /// The value does not have the shape it must have.
    #[error("cannot be read")]
    Malformed,
    /// A key of fewer than 128 or more than 512 bits.
    #[error("is shorter than 128 bits or longer than 512")]
    WrongLength,
    /// Something we do not do.
    #[error("is of a kind that is not supported here")]
    Unsupported,
    /// It is encrypted, and there is no key or password.
    #[error("is encrypted: the key or the password is needed")]
    Locked,
    /// Its MAC does not fit: the key is wrong, or the file was changed.
    #[error("does not fit: the key or password is wrong, or the file was changed")]
    Unauthentic,
    /// It is encrypted and nothing shows whether it was changed.
    #[error("is missing: what is encrypted must have one")]
    NoMac,
    /// The same device stands earlier in the file.
    #[error("stands earlier in the file too")]
    Repeated,
    /// A device of that number is here already.
    #[error("is here already")]
    Known,
    /// Another device has this seed.
    #[error("is that of another device")]
    SeedShared,
    /// The seed is known by others.
    #[error("is known by others, and is never handed out again")]
    SeedLeaked,
}
