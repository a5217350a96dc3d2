//! The million most common leaked passwords as a binary fuse filter: nine bits each, no false "no", and a false "yes"
//! once in about 256. Where the list comes from and its licence: `data/README.md`.

use std::fmt;

use aws_lc_rs::digest;
use domain::password::Password;
use usecases::ports::people::Leaks;
use xorf::{BinaryFuse8, BinaryFuse8Ref, DmaSerializable as _, Filter as _, FilterRef as _};
use zeroize::Zeroizing;

static EMBEDDED: &[u8] = include_bytes!("../data/leaked.bin");

/// The embedded list. Capitals do not count, in the list or in the password: `PassWord1234` is as leaked as
/// `password1234`.
pub struct LeakFilter(BinaryFuse8Ref<'static>);

impl LeakFilter {
    /// Looks into the embedded bytes where they lie; nothing is copied.
    pub fn embedded() -> Self {
        const { assert!(include_bytes!("../data/leaked.bin").len() > BinaryFuse8::DESCRIPTOR_LEN) };
        let (descriptor, fingerprints) = EMBEDDED.split_at(BinaryFuse8::DESCRIPTOR_LEN);
        Self(BinaryFuse8Ref::from_dma(descriptor, fingerprints))
    }
}

impl fmt::Debug for LeakFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeakFilter").finish_non_exhaustive()
    }
}

impl Leaks for LeakFilter {
    fn contains(&self, password: &Password) -> bool {
        self.0.contains(&key(password.expose()))
    }
}

/// Makes the bytes to embed from a list with one password a line; also says how many different ones there are.
pub fn compile(list: &str) -> Result<(Vec<u8>, usize), &'static str> {
    let mut keys: Vec<u64> = list.lines().filter(|line| !line.is_empty()).map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    let filter = BinaryFuse8::try_from(&keys)?;
    let mut bytes = vec![0; BinaryFuse8::DESCRIPTOR_LEN];
    filter.dma_copy_descriptor_to(&mut bytes);
    bytes.extend_from_slice(filter.dma_fingerprints());
    Ok((bytes, keys.len()))
}

fn key(password: &str) -> u64 {
    let folded = Zeroizing::new(password.to_lowercase());
    let hash = digest::digest(&digest::SHA256, folded.as_bytes());
    hash.as_ref().first_chunk().map_or(0, |first| u64::from_le_bytes(*first))
}
