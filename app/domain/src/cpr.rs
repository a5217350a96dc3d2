//! The CPR number and what the register says about it.

use core::fmt;
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A Danish civil registration number, ten digits.
///
/// Compared in constant time, wiped when dropped, and printed as stars. The check digit is not verified:
/// modulus 11 has not held since 2007. Replacement numbers (day + 60) are accepted by shape, but never come
/// from MitID and so never prove anybody.
#[derive(Clone)]
pub struct Cpr([u8; 10]);

impl Cpr {
    /// Reads `DDMMYY-NNNN` or ten digits in a row.
    ///
    /// # Errors
    /// [`NotACpr`] when it is not ten digits or the first six are no date.
    pub fn parse(text: &str) -> Result<Self, NotACpr> {
        let mut digits = [0u8; 10];
        let mut given =
            text.trim().bytes().enumerate().filter(|(at, byte)| !(*at == 6 && *byte == b'-')).map(|(_, b)| b);
        for slot in &mut digits {
            *slot = given.next().filter(u8::is_ascii_digit).ok_or(NotACpr)?;
        }
        if given.next().is_some() { Err(NotACpr) } else { Self(digits).checked() }
    }

    fn checked(self) -> Result<Self, NotACpr> {
        let [d1, d2, m1, m2, y1, y2, ..] = self.0;
        let pair = |tens: u8, ones: u8| i16::from(tens - b'0') * 10 + i16::from(ones - b'0');
        let day = pair(d1, d2);
        let day = if day > 60 { day - 60 } else { day };
        let (Ok(day), Ok(month)) = (i8::try_from(day), i8::try_from(pair(m1, m2))) else {
            return Err(NotACpr);
        };
        // Either century may be meant; 2000 is the leap year, so a date wrong in both is wrong.
        let exists = |century: i16| civil::Date::new(century + pair(y1, y2), month, day).is_ok();
        if exists(1900) || exists(2000) { Ok(self) } else { Err(NotACpr) }
    }

    /// Day 61–91: a number made outside the register, for people without one and for tests.
    pub fn is_replacement(&self) -> bool {
        self.0.first().is_some_and(|tens| *tens >= b'6')
    }

    /// The ten digits, for sealing and indexing only.
    pub fn expose(&self) -> &[u8; 10] {
        &self.0
    }
}

impl PartialEq for Cpr {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}
impl Eq for Cpr {}

impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cpr(**********)")
    }
}

impl Drop for Cpr {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The text is not a CPR number. Does not repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a CPR number")]
pub struct NotACpr;

/// What the register says of a person (status codes of the CPR office).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegisterStatus {
    /// 01, 03, 05, 07: resident in Denmark or Greenland.
    Resident,
    /// 20: an administrative number, not resident.
    Administrative,
    /// 30 or 50: annulled or deleted.
    Withdrawn,
    /// 60: the number was replaced by another.
    Renumbered,
    /// 70: missing.
    Missing,
    /// 80: emigrated.
    Emigrated,
    /// 90: dead.
    Dead,
}

impl RegisterStatus {
    /// Whether a person with this status may be proofed at Substantial (NSIS 3.1.2.6).
    pub fn allows_proofing(self) -> bool {
        matches!(self, Self::Resident | Self::Administrative | Self::Emigrated)
    }

    /// Whether it is a reason to hold a login in use (NSIS 3.2.3.4): nobody can be the one it was issued to. Somebody whose
    /// number was replaced is there; HR names the new one.
    pub fn holds_a_login(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Missing | Self::Dead)
    }
}

/// One answer of a register: what it said, when, and which register.
///
/// No proofing at Substantial exists without one (NSIS 3.1.2.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CprStatus {
    /// What it said.
    pub status: RegisterStatus,
    /// Which register said it, such as `broker:ssn.details`.
    pub source: String,
    /// When it said so.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hyphen_and_no_hyphen_are_the_same_number() {
        assert_eq!(Cpr::parse("610190-0001").unwrap(), Cpr::parse("6101900001").unwrap());
    }

    #[test]
    fn what_is_no_date_is_no_number() {
        for wrong in
            ["", "6113900001", "0001900001", "61019000011", "610190000", "610190-00x1", "31-0290-001"]
        {
            assert_eq!(Cpr::parse(wrong), Err(NotACpr), "{wrong}");
        }
    }

    #[test]
    fn it_never_shows_itself() {
        let cpr = Cpr::parse("6101900001").unwrap();
        assert!(!format!("{cpr:?}").contains("0001"));
        assert!(cpr.is_replacement());
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".{0,14}") {
            let _ = Cpr::parse(&text);
        }
    }
}
