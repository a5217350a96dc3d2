//! What the tests of this crate share: a folder with a demo's key and ring in it.

use std::sync::Arc;

use domain::Timestamp;
use keys::{Kek, KekSource, KeyRing, LocalVault, SystemEntropy};
use tempfile::TempDir;
use usecases::ports::chance::Entropy;
use usecases::ports::store::Stamp;

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
