//! A folder of copies of people's own keys, each still wrapped under the ring.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use domain::Timestamp;
use usecases::ports::person_copies::{CopiesFault, CopyFile, PersonCopies};

/// A folder of copies.
#[derive(Clone, Debug)]
pub struct CopyFolder(PathBuf);

impl CopyFolder {
    /// At this path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }
}

impl PersonCopies for CopyFolder {
    fn list(&self) -> Result<Vec<CopyFile>, CopiesFault> {
        let entries = fs::read_dir(&self.0).map_err(outward)?;
        let mut files =
            entries.map(|entry| seen(&entry?)).collect::<io::Result<Vec<_>>>().map_err(outward)?;
        files.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(files)
    }

    fn delete(&self, name: &str) -> Result<(), CopiesFault> {
        let file = self.0.join(name);
        // A name that leads elsewhere is none of this folder's.
        if file.parent() != Some(self.0.as_path()) || Path::new(name).file_name().is_none() {
            return Err(outward(io::Error::from(io::ErrorKind::InvalidInput)));
        }
        fs::remove_file(file).and_then(|()| File::open(&self.0)?.sync_all()).map_err(outward)
    }
}

/// A link is not followed: what it leads to lies elsewhere.
fn seen(entry: &fs::DirEntry) -> io::Result<CopyFile> {
    let about = entry.metadata()?;
    let written = about.is_file().then(|| about.modified()).transpose()?;
    let name = entry.file_name().to_string_lossy().into_owned();
    Ok(CopyFile { name, written: written.and_then(timestamp) })
}

fn timestamp(time: SystemTime) -> Option<Timestamp> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Timestamp::from_microsecond(i64::try_from(since.as_micros()).ok()?).ok()
}

fn outward(error: io::Error) -> CopiesFault {
    CopiesFault(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_folder_of_copies_shows_when_each_was_written_and_deletes_none_that_lies_elsewhere() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("copies");
        fs::create_dir_all(folder.join("2026-11-03")).unwrap();
        fs::write(dir.path().join("keys.db"), "").unwrap();
        fs::write(folder.join("2026-11-02.db"), "").unwrap();
        let written = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000);
        File::options()
            .write(true)
            .open(folder.join("2026-11-02.db"))
            .unwrap()
            .set_modified(written)
            .unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(dir.path().join("keys.db"), folder.join("2026-11-01.db")).unwrap();

        let copies = CopyFolder::at(&folder);
        let seen: Vec<_> = copies.list().unwrap().into_iter().map(|file| (file.name, file.written)).collect();
        let written = Some(Timestamp::from_second(1_790_000_000).unwrap());
        let expected = [("2026-11-01.db", None), ("2026-11-02.db", written), ("2026-11-03", None)];
        assert_eq!(seen, expected.map(|(name, written)| (name.to_owned(), written)));
        for elsewhere in ["../keys.db", "2026-11-03/..", "", ".."] {
            assert!(copies.delete(elsewhere).is_err(), "{elsewhere}");
        }
        copies.delete("2026-11-02.db").unwrap();
        assert!(dir.path().join("keys.db").exists() && !folder.join("2026-11-02.db").exists());
        assert!(CopyFolder::at(dir.path().join("nowhere")).list().is_err());
    }
}
