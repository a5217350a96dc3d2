//! The leaked and most common passwords that are long enough to be chosen at all, as a binary fuse filter: sixteen bits
//! of each, no false "no", and a false "yes" once in some thirty thousand. Where the list comes from and its licence:
//! `data/README.md`.

use std::fmt;

use aws_lc_rs::digest;
use domain::password::{Password, SHORTEST, bare};
use usecases::ports::people::Leaks;
use xorf::{BinaryFuse16, BinaryFuse16Ref, DmaSerializable as _, Filter, FilterRef as _};
use zeroize::Zeroizing;

/// The filter reads its fingerprints where they lie, two bytes at a time.
#[repr(C, align(2))]
struct Aligned<T: ?Sized>(T);

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../data/leaked.bin"));

/// The embedded list. Capitals do not count, in the list or in the password, and neither does what is no letter at
/// both ends: `PassWord1234` is as leaked as `password1234`, `!justinbieber99` as `justinbieber`.
pub struct LeakFilter(BinaryFuse16Ref<'static>);

impl LeakFilter {
    /// Looks into the embedded bytes where they lie; nothing is copied.
    pub fn embedded() -> Self {
        const { assert!(include_bytes!("../data/leaked.bin").len() > BinaryFuse16::DESCRIPTOR_LEN) };
        const { assert!(cfg!(target_endian = "little"), "the file's fingerprints have their lower byte first") };
        let (descriptor, fingerprints) = EMBEDDED.0.split_at(BinaryFuse16::DESCRIPTOR_LEN);
        Self(BinaryFuse16Ref::from_dma(descriptor, fingerprints))
    }
}

impl fmt::Debug for LeakFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeakFilter").finish_non_exhaustive()
    }
}

impl Leaks for LeakFilter {
    fn contains(&self, password: &Password) -> bool {
        keys(password.expose()).any(|key| self.0.contains(&key))
    }
}

/// A filter made from a list.
pub struct Compiled {
    filter: BinaryFuse16,
    /// How many different keys it holds.
    pub keys: usize,
}

impl fmt::Debug for Compiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compiled").field("keys", &self.keys).finish_non_exhaustive()
    }
}

impl Compiled {
    /// Makes the filter from a list with one password a line; those that are too short to be chosen are left out.
    pub fn of(list: &str) -> Result<Self, &'static str> {
        let mut keys: Vec<u64> = list.lines().flat_map(keys).collect();
        keys.sort_unstable();
        keys.dedup();
        Ok(Self { filter: BinaryFuse16::try_from(&keys)?, keys: keys.len() })
    }

    /// The bytes to embed.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; BinaryFuse16::DESCRIPTOR_LEN];
        self.filter.dma_copy_descriptor_to(&mut bytes);
        bytes.extend_from_slice(self.filter.dma_fingerprints());
        bytes
    }

    /// How many of a list, in whatever capitals, could be chosen and are not found: none, or the filter is broken.
    pub fn missing(&self, list: &str) -> usize {
        let long = list.lines().filter(|line| line.chars().count() >= SHORTEST);
        long.filter(|line| !self.contains(&Password::typed(line.to_ascii_uppercase()))).count()
    }
}

impl Leaks for Compiled {
    fn contains(&self, password: &Password) -> bool {
        keys(password.expose()).any(|key| self.filter.contains(&key))
    }
}

/// The keys of the forms that count: folded, and stripped of what decorates it, as far as they are long enough.
fn keys(password: &str) -> impl Iterator<Item = u64> {
    let forms = [password.to_lowercase(), bare(password)].map(Zeroizing::new);
    forms.into_iter().filter(|form| form.chars().count() >= SHORTEST).map(|form| key(&form))
}

fn key(form: &str) -> u64 {
    let hash = digest::digest(&digest::SHA256, form.as_bytes());
    hash.as_ref().first_chunk().map_or(0, |first| u64::from_le_bytes(*first))
}
