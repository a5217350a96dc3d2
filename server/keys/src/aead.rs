//! AES-256-GCM-SIV (RFC 8452) with random nonces, in the one layout everything sealed here has:
//! head, 12 bytes of nonce, ciphertext, 16 bytes of tag. The head is the caller's and is authenticated by what it puts
//! into the associated data.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use usecases::ports::chance::Entropy;
use zeroize::Zeroizing;

use crate::{KeyBytes, KeyFault};

/// A key ready to seal and open.
pub(crate) struct Cipher(LessSafeKey);

impl Cipher {
    pub(crate) fn new(key: &KeyBytes) -> Result<Self, KeyFault> {
        let key = UnboundKey::new(&AES_256_GCM_SIV, key.expose()).map_err(|_| KeyFault::Cipher)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Seals `clear` behind `head`. A nonce that ever repeated would show only that two values are equal.
    pub(crate) fn seal(
        &self,
        entropy: &dyn Entropy,
        head: &[u8],
        about: &[u8],
        clear: &[u8],
    ) -> Result<Vec<u8>, KeyFault> {
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce).map_err(|_| KeyFault::NoEntropy)?;
        // Sized for the whole, so that no shorter copy with the clear text in it is left behind.
        let mut sealed = Vec::with_capacity(head.len() + NONCE_LEN + clear.len() + AES_256_GCM_SIV.tag_len());
        sealed.extend_from_slice(head);
        sealed.extend_from_slice(&nonce);
        let start = sealed.len();
        sealed.extend_from_slice(clear);
        let body = sealed.get_mut(start..).ok_or(KeyFault::Cipher)?;
        let tag = self
            .0
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about), body)
            .map_err(|_| KeyFault::Cipher)?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what stands after the head.
    pub(crate) fn open(&self, about: &[u8], body: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
        let (nonce, body) = body.split_first_chunk::<NONCE_LEN>().ok_or(KeyFault::DoesNotOpen)?;
        let mut clear = Zeroizing::new(body.to_vec());
        let length = self
            .0
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(about), &mut clear)
            .map_err(|_| KeyFault::DoesNotOpen)?
            .len();
        clear.truncate(length);
        Ok(clear)
    }
}

/// Joins parts so that no two lists of parts give the same bytes.
pub(crate) fn about(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        // A length that does not fit is no longer a place or a word; the widest number keeps the parts apart.
        bytes.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::about;

    #[test]
    fn parts_cut_elsewhere_are_other_parts() {
        assert_ne!(about(&[b"person", b"cpr"]), about(&[b"personc", b"pr"]));
        assert_ne!(about(&[b"person", b""]), about(&[b"person"]));
    }
}
