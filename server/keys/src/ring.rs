//! The key ring: for each purpose one active key and older ones still accepted, each wrapped under the key-encryption
//! key, in one file.

mod entry;
mod on_disk;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::Timestamp;
use usecases::ports::chance::Entropy;
pub use usecases::ports::ring::{KeyState, KeyVersion};
use usecases::ports::vault::KeyUse;

use crate::file::{self, Readers};
use crate::{Kek, KeyBytes, KeyFault};
use entry::{Entries, Entry};
pub use on_disk::{OtherKek, RingOnDisk};

/// The ring and the key-encryption key that opens it. Every change is on disk before it is true here.
pub struct KeyRing {
    path: PathBuf,
    kek: Arc<dyn Kek>,
    entries: Entries,
    /// The file as it was last read or written, to notice who else writes it.
    text: Vec<u8>,
}

impl KeyRing {
    /// Makes a ring with one new key for every purpose. Never overwrites a file.
    pub fn create(
        path: impl Into<PathBuf>,
        kek: Arc<dyn Kek>,
        at: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Self, KeyFault> {
        let mut entries = Entries::default();
        for purpose in KeyUse::ALL {
            entries.push(Entry::new(kek.as_ref(), purpose, 1, KeyState::Active, at, entropy)?);
        }
        let path = path.into();
        let text = entries.to_text(&path)?.into_bytes();
        file::create(&path, &text)?;
        Ok(Self { path, kek, entries, text })
    }

    /// Reads a ring and opens every living key once: a ring with a gap, or under another key-encryption key, is refused
    /// here and not in the middle of a request.
    pub fn load(path: impl Into<PathBuf>, kek: Arc<dyn Kek>) -> Result<Self, KeyFault> {
        let path = path.into();
        let text = file::read(&path, Readers::Owner)?.to_vec();
        let ring = Self { entries: Entries::from_text(&path, &text)?, path, kek, text };
        for purpose in KeyUse::ALL {
            ring.living(purpose)?;
        }
        Ok(ring)
    }

    /// The same, where a newer programme has purposes that the ring was made without: each of those gets its first key. A
    /// purpose that ever had one is left as it is.
    pub fn complete(
        path: impl Into<PathBuf>,
        kek: Arc<dyn Kek>,
        at: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Self, KeyFault> {
        let path = path.into();
        let text = file::read(&path, Readers::Owner)?.to_vec();
        let mut ring = Self { entries: Entries::from_text(&path, &text)?, path, kek, text };
        // Before anything is added: a ring whose keys lie under two key-encryption keys opens with neither.
        for entry in ring.entries.iter().filter(|entry| entry.about.state != KeyState::Retired) {
            entry.open(ring.kek.as_ref())?;
        }
        let mut entries = ring.entries.clone();
        for purpose in KeyUse::ALL.into_iter().filter(|purpose| ring.entries.of(*purpose).next().is_none()) {
            entries.push(Entry::new(ring.kek.as_ref(), purpose, 1, KeyState::Active, at, entropy)?);
        }
        ring.keep(entries)?;
        for purpose in KeyUse::ALL {
            ring.living(purpose)?;
        }
        Ok(ring)
    }

    /// All keys with their lives, in the order of the file.
    pub fn versions(&self) -> impl Iterator<Item = KeyVersion> + '_ {
        self.entries.iter().map(|entry| entry.about)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What opens it.
    pub(crate) fn kek(&self) -> Arc<dyn Kek> {
        Arc::clone(&self.kek)
    }

    /// Gives each of these purposes a coming key, unless it has one.
    pub fn announce(
        &mut self,
        purposes: &[KeyUse],
        at: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<(), KeyFault> {
        let mut entries = self.entries.clone();
        for purpose in purposes {
            if entries.of(*purpose).any(|entry| entry.about.state == KeyState::Coming) {
                continue;
            }
            let newest = entries.of(*purpose).map(|entry| entry.about.version).max().unwrap_or(0);
            let kek = self.kek.as_ref();
            entries.push(Entry::new(kek, *purpose, newest + 1, KeyState::Coming, at, entropy)?);
        }
        self.keep(entries)
    }

    /// Makes the coming key of each of these purposes the active one; the one before stays accepted.
    pub fn activate(&mut self, purposes: &[KeyUse], at: Timestamp) -> Result<(), KeyFault> {
        let mut entries = self.entries.clone();
        let kek = self.kek.as_ref();
        for purpose in purposes {
            if !entries.of(*purpose).any(|entry| entry.about.state == KeyState::Coming) {
                continue;
            }
            for entry in entries.of_mut(*purpose) {
                match entry.about.state {
                    KeyState::Active => entry.enter(kek, KeyState::Accepted, at)?,
                    KeyState::Coming => entry.enter(kek, KeyState::Active, at)?,
                    KeyState::Accepted | KeyState::Retired => {}
                }
            }
        }
        self.keep(entries)
    }

    /// Ends the life of accepted versions: what is still sealed under them opens no more.
    pub fn retire(&mut self, keys: &[(KeyUse, u32)], at: Timestamp) -> Result<(), KeyFault> {
        let mut entries = self.entries.clone();
        for (purpose, version) in keys {
            let entry = entries
                .of_mut(*purpose)
                .find(|entry| entry.about.version == *version)
                .ok_or(KeyFault::NoSuchVersion)?;
            match entry.about.state {
                KeyState::Active | KeyState::Coming => return Err(KeyFault::StillActive),
                KeyState::Accepted => entry.enter(self.kek.as_ref(), KeyState::Retired, at)?,
                KeyState::Retired => {}
            }
        }
        self.keep(entries)
    }

    /// Wraps every key, retired ones too, under another key-encryption key. The new file is read back, and each key in it
    /// opened and compared, before the old one goes. [`KeyFault::SameKek`] when it is no other.
    pub fn rewrap(&mut self, kek: Arc<dyn Kek>) -> Result<(), KeyFault> {
        if self.entries.iter().all(|entry| entry.open(kek.as_ref()).is_ok()) {
            return Err(KeyFault::SameKek);
        }
        let mut entries = self.entries.clone();
        for entry in entries.iter_mut() {
            entry.rewrap(self.kek.as_ref(), kek.as_ref())?;
        }
        self.keep_if(entries, |ring, draft| ring.is_whole_in(draft, kek.as_ref()))?;
        self.kek = kek;
        Ok(())
    }

    /// Whether every key of this ring lies in this file, under that key-encryption key.
    fn is_whole_in(&self, file: &Path, kek: &dyn Kek) -> Result<(), KeyFault> {
        let read = Entries::from_text(file, &file::read(file, Readers::Owner)?)?;
        let other = || KeyFault::malformed(file, "what is read back is not what was written");
        if read.iter().count() != self.entries.iter().count() {
            return Err(other());
        }
        for (read, own) in read.iter().zip(self.entries.iter()) {
            let (key, own_key) = (read.open(kek)?, own.open(self.kek.as_ref())?);
            if read.about != own.about || key.expose() != own_key.expose() {
                return Err(other());
            }
        }
        Ok(())
    }

    /// The keys of a purpose that are not retired, the active one first, then the newest.
    pub(crate) fn living(&self, purpose: KeyUse) -> Result<Vec<(u32, KeyBytes)>, KeyFault> {
        let mut living: Vec<&Entry> =
            self.entries.of(purpose).filter(|entry| entry.about.state != KeyState::Retired).collect();
        living.sort_by_key(|entry| (entry.about.state != KeyState::Active, u32::MAX - entry.about.version));
        if living.first().is_none_or(|first| first.about.state != KeyState::Active) {
            return Err(KeyFault::NoKey(purpose.word()));
        }
        living.into_iter().map(|entry| Ok((entry.about.version, entry.open(self.kek.as_ref())?))).collect()
    }

    fn keep(&mut self, entries: Entries) -> Result<(), KeyFault> {
        self.keep_if(entries, |_, _| Ok(()))
    }

    /// The same, where the new file, as it lies on the disk, must pass before the old one goes.
    fn keep_if(
        &mut self,
        entries: Entries,
        passes: impl FnOnce(&Self, &Path) -> Result<(), KeyFault>,
    ) -> Result<(), KeyFault> {
        if entries == self.entries {
            return Ok(());
        }
        let text = entries.to_text(&self.path)?.into_bytes();
        let _held = file::hold(&self.path)?;
        if *file::read(&self.path, Readers::Owner)? != self.text {
            return Err(KeyFault::ChangedMeanwhile);
        }
        let before: &Self = self;
        file::replace(&before.path, &text, |draft| passes(before, draft))?;
        (self.entries, self.text) = (entries, text);
        Ok(())
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").field("path", &self.path).finish_non_exhaustive()
    }
}
