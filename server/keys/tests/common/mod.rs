//! What the tests of this crate share: a folder with a demo's key and ring in it.

use std::sync::Arc;

use domain::Timestamp;
use keys::{Kek, KekSource, KeyRing, KeyState, KeyVersion, LocalVault, SystemEntropy};
use tempfile::TempDir;
use usecases::ports::chance::Entropy;
use usecases::ports::store::Stamp;
use usecases::ports::vault::KeyUse;

pub(crate) struct Keys {
    pub(crate) folder: TempDir,
    pub(crate) ring: KeyRing,
}

impl Keys {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let ring =
            KeyRing::create(folder.path().join("keys.toml"), kek(&folder, "kek"), at(1), &SystemEntropy)
                .unwrap();
        Self { folder, ring }
    }

    /// Gives a purpose a new active key on the second day.
    pub(crate) fn rotate(&mut self, purpose: KeyUse) -> KeyVersion {
        self.ring.announce(&[purpose], at(2), &SystemEntropy).unwrap();
        self.ring.activate(&[purpose], at(2)).unwrap();
        let is_new = |key: &KeyVersion| key.purpose == purpose && key.state == KeyState::Active;
        self.ring.versions().find(is_new).unwrap()
    }

    /// The vault over the ring as it lies on disk.
    pub(crate) fn vault(&self) -> LocalVault {
        LocalVault::new(&KeyRing::load(self.ring.path(), self.kek()).unwrap(), entropy()).unwrap()
    }

    /// The key-encryption key it was made with, taken up anew.
    pub(crate) fn kek(&self) -> Arc<dyn Kek> {
        KekSource::bare_file(self.folder.path().join("kek"), Stamp::Demo).unwrap().load(entropy()).unwrap()
    }
}

/// A new key-encryption key of a demo.
pub(crate) fn kek(folder: &TempDir, name: &str) -> Arc<dyn Kek> {
    KekSource::bare_file(folder.path().join(name), Stamp::Demo).unwrap().create(entropy()).unwrap()
}

pub(crate) fn entropy() -> Arc<dyn Entropy> {
    Arc::new(SystemEntropy)
}

pub(crate) fn at(day: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + day * 86_400).unwrap()
}
