//! A key-encryption key held in memory.

use std::sync::Arc;

use usecases::ports::chance::Entropy;

use super::Kek;
use crate::aead::Cipher;
use crate::{KeyBytes, KeyFault};

pub(super) struct LocalKek {
    cipher: Cipher,
    entropy: Arc<dyn Entropy>,
}

impl LocalKek {
    pub(super) fn new(key: &KeyBytes, entropy: Arc<dyn Entropy>) -> Result<Self, KeyFault> {
        Ok(Self { cipher: Cipher::new(key)?, entropy })
    }
}

impl Kek for LocalKek {
    fn wrap(&self, about: &[u8], key: &KeyBytes) -> Result<Vec<u8>, KeyFault> {
        self.cipher.seal(self.entropy.as_ref(), &[], about, key.expose())
    }

    fn open(&self, about: &[u8], wrapped: &[u8]) -> Result<KeyBytes, KeyFault> {
        let key = self.cipher.open(about, wrapped)?;
        KeyBytes::from_slice(&key).ok_or(KeyFault::DoesNotOpen)
    }
}
