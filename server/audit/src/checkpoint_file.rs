//! A file outside the database that takes checkpoints and only grows.

use async_trait::async_trait;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use usecases::ports::checkpoints::CheckpointPlace;
use usecases::ports::outside::OutsideFault;

/// How much of the end is read to find the last line: a checkpoint takes a tenth of it.
const TAIL: u64 = 8192;

/// A file of checkpoints, readable for its owner only. Every line is on the disk before it counts.
#[derive(Clone, Debug)]
pub struct CheckpointFile(PathBuf);

impl CheckpointFile {
    /// At this path; the folder must be there.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Does it beside the requests: a disk may take its time.
    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> Result<T, OutsideFault> + Send + 'static,
    ) -> Result<T, OutsideFault> {
        let path = self.0.clone();
        let done = tokio::task::spawn_blocking(move || work(&path)).await;
        done.map_err(|error| OutsideFault::Unusable(error.to_string()))?
    }
}

#[async_trait]
impl CheckpointPlace for CheckpointFile {
    async fn last(&self) -> Result<Option<String>, OutsideFault> {
        self.beside(|path| match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            opened => Ok(opened.and_then(|mut file| tail(&mut file)).map_err(|error| unusable(&error))?.1),
        })
        .await
    }

    async fn read(&self) -> Result<Option<String>, OutsideFault> {
        self.beside(|path| match std::fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unusable(&error)),
            // A crash while writing leaves half a line; nothing counts before its end was written.
            Ok(text) => Ok(text.rfind('\n').and_then(|end| text.get(..=end)).map(str::to_owned)),
        })
        .await
    }

    async fn append(&self, after: Option<&str>, lines: &str) -> Result<(), OutsideFault> {
        let (after, lines) = (after.map(str::to_owned), lines.to_owned());
        self.beside(move |path| {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(after.is_none()).truncate(false);
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path).map_err(|error| unusable(&error))?;
            // Two instances that were given one file take turns; the second finds that it changed.
            file.lock().map_err(|error| unusable(&error))?;
            let (end, last) = tail(&mut file).map_err(|error| unusable(&error))?;
            if last != after {
                return Err(OutsideFault::Changed);
            }
            let written = file
                .set_len(end)
                .and_then(|()| file.seek(SeekFrom::Start(end)))
                .and_then(|_| file.write_all(lines.as_bytes()))
                .and_then(|()| file.sync_all());
            written.map_err(|error| unusable(&error))?;
            if after.is_none() {
                // The name itself must survive a power cut too.
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = File::open(folder.unwrap_or(Path::new(".")));
                folder.and_then(|folder| folder.sync_all()).map_err(|error| unusable(&error))?;
            }
            Ok(())
        })
        .await
    }

    fn name(&self) -> String {
        self.0.display().to_string()
    }
}

/// Where the last whole line ends, and that line.
fn tail(file: &mut File) -> io::Result<(u64, Option<String>)> {
    let size = file.metadata()?.len();
    let from = size.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') else {
        let whole =
            if from == 0 { Ok((0, None)) } else { Err(io::Error::other("its last line is too long")) };
        return whole;
    };
    let lines = bytes.get(..end).unwrap_or_default();
    let last = lines.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let last = String::from_utf8(last.to_vec()).map_err(|_| io::Error::other("it is no text"))?;
    let behind = u64::try_from(end).unwrap_or(u64::MAX).saturating_add(1);
    Ok((from.saturating_add(behind), Some(last)))
}

fn unusable(error: &io::Error) -> OutsideFault {
    OutsideFault::Unusable(error.to_string())
}
