//! A file outside the database that only grows: on another disk or another machine, so that whoever loses or restores
//! the one still has the other.

use async_trait::async_trait;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use usecases::ports::outside::{OutsideFault, OutsidePlace, Standing};

/// A file of records, readable for its owner only. Every line is on the disk before it counts.
#[derive(Clone, Debug)]
pub struct OutsideFile(PathBuf);

impl OutsideFile {
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
impl OutsidePlace for OutsideFile {
    async fn read(&self) -> Result<Option<Standing>, OutsideFault> {
        self.beside(|path| match if_there(File::open(path))? {
            None => Ok(None),
            Some(mut file) => whole_lines(&mut file).map(Some),
        })
        .await
    }

    async fn size(&self) -> Result<Option<u64>, OutsideFault> {
        self.beside(|path| Ok(if_there(std::fs::metadata(path))?.map(|about| about.len()))).await
    }

    async fn begin(&self, first: &str) -> Result<u64, OutsideFault> {
        let first = first.to_owned();
        self.beside(move |path| {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => OutsideFault::Changed,
                _ => unusable(&error),
            })?;
            write(&mut file, &first)?;
            // The name itself must survive a power cut too.
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = File::open(folder.unwrap_or(Path::new("."))).map_err(|error| unusable(&error))?;
            folder.sync_all().map_err(|error| unusable(&error))?;
            size_of(&first)
        })
        .await
    }

    async fn append(&self, after: u64, lines: &str) -> Result<u64, OutsideFault> {
        let lines = lines.to_owned();
        self.beside(move |path| {
            let mut file =
                OpenOptions::new().read(true).write(true).open(path).map_err(|error| unusable(&error))?;
            // Two instances that were given one file take turns; the second finds that it changed.
            file.lock().map_err(|error| unusable(&error))?;
            if !ends_at(&mut file, after)? {
                return Err(OutsideFault::Changed);
            }
            file.set_len(after).map_err(|error| unusable(&error))?;
            file.seek(SeekFrom::Start(after)).map_err(|error| unusable(&error))?;
            write(&mut file, &lines)?;
            Ok(after.saturating_add(size_of(&lines)?))
        })
        .await
    }

    fn name(&self) -> String {
        self.0.display().to_string()
    }
}

fn write(file: &mut File, lines: &str) -> Result<(), OutsideFault> {
    file.write_all(lines.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| unusable(&error))
}

/// Whether whole lines end there: behind it stands nothing, or half a line.
fn ends_at(file: &mut File, after: u64) -> Result<bool, OutsideFault> {
    let size = file.metadata().map_err(|error| unusable(&error))?.len();
    if size < after {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(after)).map_err(|error| unusable(&error))?;
    let mut rest = Vec::new();
    file.read_to_end(&mut rest).map_err(|error| unusable(&error))?;
    Ok(!rest.contains(&b'\n'))
}

fn whole_lines(file: &mut File) -> Result<Standing, OutsideFault> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| unusable(&error))?;
    // A crash while writing leaves half a line; nothing counts before its end was written.
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at.saturating_add(1));
    bytes.truncate(whole);
    let text = String::from_utf8(bytes).map_err(|_| OutsideFault::Unusable("it is no text".to_owned()))?;
    Ok(Standing { size: size_of(&text)?, text })
}

fn size_of(text: &str) -> Result<u64, OutsideFault> {
    u64::try_from(text.len()).map_err(|_| OutsideFault::Unusable("it is too long".to_owned()))
}

fn if_there<T>(done: io::Result<T>) -> Result<Option<T>, OutsideFault> {
    match done {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(&error)),
    }
}

fn unusable(error: &io::Error) -> OutsideFault {
    OutsideFault::Unusable(error.to_string())
}
