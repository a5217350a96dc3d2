//! Values that both formats share.

use domain::code_device::{DeliveryFault, Misread, Place};
use zeroize::Zeroizing;

/// The largest counter taken: far beyond what a button is ever pressed.
const LARGEST_COUNTER: i64 = 1 << 48;

/// Where a value stands, for saying what is wrong with it.
#[derive(Clone, Copy)]
pub(crate) struct At {
    pub(crate) place: Place,
    pub(crate) what: &'static str,
}

impl At {
    pub(crate) fn fault(self, why: Misread) -> DeliveryFault {
        DeliveryFault { place: self.place, what: self.what, why }
    }

    /// Reads what has a shape.
    pub(crate) fn shaped<T: TryFrom<String>>(self, text: &str) -> Result<T, DeliveryFault> {
        T::try_from(text.to_owned()).map_err(|_| self.fault(Misread::Malformed))
    }

    /// Reads a number that is one of few.
    pub(crate) fn number<N: core::str::FromStr, T: TryFrom<N>>(self, text: &str) -> Result<T, DeliveryFault> {
        let number = text.trim().parse::<N>().map_err(|_| self.fault(Misread::Malformed))?;
        T::try_from(number).map_err(|_| self.fault(Misread::Unsupported))
    }

    /// Reads the counter of a button.
    pub(crate) fn counter(self, text: &str) -> Result<i64, DeliveryFault> {
        let counter = text.trim().parse::<i64>().ok();
        let fits = |counter: &i64| (0..=LARGEST_COUNTER).contains(counter);
        counter.filter(fits).ok_or_else(|| self.fault(Misread::Malformed))
    }

    /// A seed of 128 to 512 bits (RFC 4226, R6: at least 128).
    pub(crate) fn seed(self, bytes: Option<Zeroizing<Vec<u8>>>) -> Result<Zeroizing<Vec<u8>>, DeliveryFault> {
        let bytes = bytes.ok_or_else(|| self.fault(Misread::Malformed))?;
        if (16..=64).contains(&bytes.len()) { Ok(bytes) } else { Err(self.fault(Misread::WrongLength)) }
    }
}
