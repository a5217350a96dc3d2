//! A folder of stamps: of checkpoint 17 the note as `17.note` and the stamp as `17.tsr`, as `openssl ts -verify` takes them.

use async_trait::async_trait;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use usecases::ports::outside::OutsideFault;
use usecases::ports::stamps::StampPlace;

/// What the name of a stamp ends with.
const STAMP: &str = "tsr";

/// A folder of stamps, readable for its owner only; made when the first is kept.
#[derive(Clone, Debug)]
pub struct StampFolder(PathBuf);

impl StampFolder {
    /// At this path; the folder above must be there.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Does it beside the requests: a disk may take its time.
    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, OutsideFault> {
        let path = self.0.clone();
        let done = tokio::task::spawn_blocking(move || work(&path)).await;
        let done = done.map_err(|error| OutsideFault::Unusable(error.to_string()))?;
        done.map_err(|error| OutsideFault::Unusable(error.to_string()))
    }
}

#[async_trait]
impl StampPlace for StampFolder {
    async fn newest(&self) -> Result<Option<u64>, OutsideFault> {
        self.beside(|folder| match std::fs::read_dir(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
            Ok(entries) => {
                let mut newest = None;
                for entry in entries {
                    newest = newest.max(number(&entry?.path()));
                }
                Ok(newest)
            }
        })
        .await
    }

    async fn keep(&self, number: u64, note: &str, stamp: &[u8]) -> Result<(), OutsideFault> {
        let (note, stamp) = (note.to_owned(), stamp.to_owned());
        self.beside(move |folder| {
            let mut made = DirBuilder::new();
            std::os::unix::fs::DirBuilderExt::mode(made.recursive(true), 0o700);
            made.create(folder)?;
            write(&folder.join(format!("{number}.note")), note.as_bytes())?;
            // Under its name only when it is whole: by that it is known to be there.
            let (half, whole) = (folder.join("half"), folder.join(format!("{number}.{STAMP}")));
            write(&half, &stamp)?;
            std::fs::rename(&half, &whole)?;
            File::open(folder)?.sync_all()
        })
        .await
    }
}

/// The number of the checkpoint a file is a stamp of.
fn number(path: &Path) -> Option<u64> {
    let is_stamp = path.extension().is_some_and(|end| end == STAMP);
    path.file_stem().filter(|_| is_stamp)?.to_str()?.parse().ok()
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
