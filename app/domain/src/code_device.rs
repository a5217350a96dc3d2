//! Hardware code devices (OATH tokens): what they are, which of their codes fit now, and who has them.
//!
//! A code is worked out elsewhere, from a seed that stays sealed. What is decided here is which places in a device's row
//! of codes may be tried, and that each is accepted once (RFC 4226, RFC 6238; NSIS 3.3.1.4).

mod delivery;
mod life;
mod made;
mod moving;

pub use delivery::{Delivered, Delivery, DeliveryFault, Misread, Place};
pub use life::{CodeDevice, InUse, Life, LifeWord, NotActivated, WrongLife};
pub use made::{Digits, HashAlgorithm, Label, Serial, StepLength};
pub use moving::{Moving, NotNext, PRESSES_AHEAD, PRESSES_AT_ACTIVATION, PRESSES_AT_RESYNC};

/// The digits of a code as somebody typed it, spaces and hyphens forgiven; none when no device shows such a thing.
pub fn typed_digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    ((6..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factor::FactorKind::{AuthenticatorApp, CodeDevice, Password};
    use crate::factor::authentication_level;
    use crate::level::AssuranceLevel::{Low, Substantial};

    #[test]
    fn it_is_something_she_has_beside_a_password_and_nothing_more_beside_an_app() {
        for other in [AuthenticatorApp, CodeDevice] {
            assert_eq!(authentication_level(&[CodeDevice, other]), Some(Low));
        }
        assert_eq!(authentication_level(&[CodeDevice, Password]), Some(Substantial));
    }

    #[test]
    fn a_typed_code_has_six_to_eight_digits_and_nothing_else() {
        assert_eq!(typed_digits(" 1234 5678 ").as_deref(), Some("12345678"));
        assert_eq!(typed_digits("123-456").as_deref(), Some("123456"));
        for wrong in ["", "12345", "123456789", "12345a", "١٢٣٤٥٦"] {
            assert_eq!(typed_digits(wrong), None, "{wrong}");
        }
    }
}
