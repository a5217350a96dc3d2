//! The ring behind its port: read anew for every question, so that whoever changed it last is heard.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use domain::Timestamp;
use usecases::ports::chance::Entropy;
use usecases::ports::ring::{KeyVersion, Rewrap, Ring, RingFault};
use usecases::ports::vault::KeyUse;

use super::KeyRing;
use crate::{Kek, KeyFault};

/// A ring in its file.
pub struct RingOnDisk {
    path: PathBuf,
    kek: Arc<dyn Kek>,
    entropy: Arc<dyn Entropy>,
}

impl RingOnDisk {
    /// The file this ring was read from.
    pub fn of(ring: &KeyRing, entropy: Arc<dyn Entropy>) -> Self {
        Self { path: ring.path().to_owned(), kek: ring.kek(), entropy }
    }

    fn read(&self) -> Result<KeyRing, KeyFault> {
        KeyRing::load(&self.path, Arc::clone(&self.kek))
    }
}

impl fmt::Debug for RingOnDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RingOnDisk").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Ring for RingOnDisk {
    fn versions(&self) -> Result<Vec<KeyVersion>, RingFault> {
        Ok(self.read().map_err(outward)?.versions().collect())
    }

    fn announce(&self, purposes: &[KeyUse], at: Timestamp) -> Result<(), RingFault> {
        let announce = |mut ring: KeyRing| ring.announce(purposes, at, self.entropy.as_ref());
        self.read().and_then(announce).map_err(outward)
    }

    fn activate(&self, purposes: &[KeyUse], at: Timestamp) -> Result<(), RingFault> {
        self.read().and_then(|mut ring| ring.activate(purposes, at)).map_err(outward)
    }

    fn retire(&self, keys: &[(KeyUse, u32)], at: Timestamp) -> Result<(), RingFault> {
        self.read().and_then(|mut ring| ring.retire(keys, at)).map_err(outward)
    }
}

/// A ring in its file, and another key-encryption key for it.
pub struct OtherKek {
    ring: PathBuf,
    old: Arc<dyn Kek>,
    new: Arc<dyn Kek>,
}

impl OtherKek {
    /// The other key-encryption key of this ring.
    pub fn of(ring: &RingOnDisk, new: Arc<dyn Kek>) -> Self {
        Self { ring: ring.path.clone(), old: Arc::clone(&ring.kek), new }
    }
}

impl fmt::Debug for OtherKek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtherKek").field("ring", &self.ring).finish_non_exhaustive()
    }
}

impl Rewrap for OtherKek {
    fn rewrap(&self) -> Result<bool, RingFault> {
        if KeyRing::load(&self.ring, Arc::clone(&self.new)).is_ok() {
            return Ok(false);
        }
        let ring = KeyRing::load(&self.ring, Arc::clone(&self.old));
        ring.and_then(|mut ring| ring.rewrap(Arc::clone(&self.new))).map_err(outward)?;
        Ok(true)
    }
}

fn outward(fault: KeyFault) -> RingFault {
    RingFault(Box::new(fault))
}
