//! A key in memory.

use aws_lc_rs::hkdf;
use usecases::ports::chance::Entropy;
use zeroize::Zeroizing;

use crate::KeyFault;

/// 256 secret bits, wiped when dropped. Has no `Debug` and no `Clone`.
#[expect(missing_debug_implementations, reason = "a key is never shown, not even its type in a log")]
pub struct KeyBytes(Zeroizing<[u8; 32]>);

impl KeyBytes {
    /// New ones.
    pub fn random(entropy: &dyn Entropy) -> Result<Self, KeyFault> {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut()).map_err(|_| KeyFault::NoEntropy)?;
        Ok(Self(bytes))
    }

    /// Takes 32 bytes; any other number is no key.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return None;
        }
        key.copy_from_slice(bytes);
        Some(Self(key))
    }

    /// The bytes, for wrapping and for ciphers only.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key of its own for one `use_` of this key (HKDF-Expand, RFC 5869, 2.3), so that a key that seals never also
    /// authenticates.
    pub(crate) fn derive(&self, use_: &str) -> Result<Self, KeyFault> {
        let mut bytes = Zeroizing::new([0; 32]);
        hkdf::Prk::new_less_safe(hkdf::HKDF_SHA256, self.0.as_ref())
            .expand(&[use_.as_bytes()], hkdf::HKDF_SHA256)
            .and_then(|okm| okm.fill(bytes.as_mut()))
            .map_err(|_| KeyFault::Cipher)?;
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemEntropy;
    use core::fmt::Debug;
    use core::marker::PhantomData;

    /// `IS` is the inherent one for types with `Debug`, the trait's for all others.
    struct Shown<T>(PhantomData<T>);
    trait Hidden {
        const IS: bool = false;
    }
    impl<T> Hidden for Shown<T> {}
    impl<T: Debug> Shown<T> {
        const IS: bool = true;
    }

    #[test]
    fn a_key_cannot_be_shown() {
        const { assert!(Shown::<u8>::IS && !Shown::<KeyBytes>::IS) };
    }

    #[test]
    fn a_key_for_one_use_is_not_the_key_and_not_that_of_another_use() {
        let key = KeyBytes::random(&SystemEntropy).unwrap();
        let (seal, mac) = (key.derive("seal").unwrap(), key.derive("mac").unwrap());
        assert_ne!(seal.expose(), mac.expose());
        assert_ne!(seal.expose(), key.expose());
        assert_eq!(seal.expose(), key.derive("seal").unwrap().expose());
    }

    #[test]
    fn only_thirty_two_bytes_are_a_key() {
        assert!(KeyBytes::from_slice(&[1; 32]).is_some());
        assert!(KeyBytes::from_slice(&[1; 31]).is_none());
        assert!(KeyBytes::from_slice(&[1; 33]).is_none());
    }
}
