//! Secret files: readable by their owner alone, never half written, never overwritten by accident.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use zeroize::Zeroizing;

use crate::KeyFault;

/// No key file is longer.
const LONGEST: u64 = 1 << 20;

/// Who besides the owner may read a file.
#[derive(Clone, Copy)]
pub(crate) enum Readers {
    /// Nobody.
    Owner,
    /// The group: a service manager grants its credentials through the group's bits (an ACL's mask shows there).
    Group,
}

impl Readers {
    #[cfg(unix)]
    fn forbidden(self) -> u32 {
        match self {
            Self::Owner => 0o077,
            Self::Group => 0o007,
        }
    }
}

/// Reads a secret, unless others may read it too.
pub(crate) fn read(path: &Path, readers: Readers) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
    let file = File::open(path).map_err(|why| KeyFault::not_read(path, why))?;
    let about = file.metadata().map_err(|why| KeyFault::not_read(path, why))?;
    guard(path, &about, readers)?;
    if about.len() > LONGEST {
        return Err(KeyFault::malformed(path, "it is too long"));
    }
    // Room from the start: a growing buffer would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(about.len() + 1).unwrap_or(0)));
    file.take(LONGEST).read_to_end(&mut bytes).map_err(|why| KeyFault::not_read(path, why))?;
    Ok(bytes)
}

#[cfg(unix)]
fn guard(path: &Path, about: &fs::Metadata, readers: Readers) -> Result<(), KeyFault> {
    use std::os::unix::fs::MetadataExt as _;
    if about.mode() & readers.forbidden() == 0 {
        Ok(())
    } else {
        Err(KeyFault::OpenToOthers { path: path.to_owned() })
    }
}

#[cfg(not(unix))]
fn guard(_: &Path, _: &fs::Metadata, _: Readers) -> Result<(), KeyFault> {
    Ok(())
}

/// What a look at a file shows without reading it: whoever replaced or wrote it since shows another sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sight {
    written: Option<SystemTime>,
    length: u64,
    /// The inode, which a file put in the place of another does not share.
    file: u64,
}

/// Looks at a file; none when it is not there or cannot be looked at.
pub(crate) fn look(path: &Path) -> Option<Sight> {
    let about = fs::metadata(path).ok()?;
    #[cfg(unix)]
    let file = std::os::unix::fs::MetadataExt::ino(&about);
    #[cfg(not(unix))]
    let file = 0;
    Some(Sight { written: about.modified().ok(), length: about.len(), file })
}

/// Writes a new secret. Refuses when there is one: a key overwritten is everything under it lost.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<(), KeyFault> {
    let draft = draft(path, bytes)?;
    let made = fs::hard_link(&draft, path).map_err(|why| KeyFault::not_written(path, why));
    fs::remove_file(&draft).map_err(|why| KeyFault::not_written(&draft, why))?;
    made?;
    settle(path)
}

/// Writes a secret anew: after a crash there is either the old file or the new one. The old one goes once the draft, as it
/// lies on the disk, `passes`; one that does not is taken away.
pub(crate) fn replace(
    path: &Path,
    bytes: &[u8],
    passes: impl FnOnce(&Path) -> Result<(), KeyFault>,
) -> Result<(), KeyFault> {
    let draft = draft(path, bytes)?;
    if let Err(why) = passes(&draft) {
        fs::remove_file(&draft).map_err(|why| KeyFault::not_written(&draft, why))?;
        return Err(why);
    }
    fs::rename(&draft, path).map_err(|why| KeyFault::not_written(path, why))?;
    settle(path)
}

fn draft(path: &Path, bytes: &[u8]) -> Result<PathBuf, KeyFault> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let draft = path.with_file_name(name);
    write(&draft, bytes).map_err(|why| KeyFault::not_written(&draft, why))?;
    Ok(draft)
}

fn write(draft: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // One left by a crash is not worth keeping; removing it keeps its permissions from being inherited.
    match fs::remove_file(draft) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => return Err(why),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Keeps other processes from changing files of this folder until the answer is dropped.
pub(crate) fn hold(path: &Path) -> Result<Option<File>, KeyFault> {
    let held = || {
        let folder = File::open(folder(path))?;
        folder.lock()?;
        Ok(folder)
    };
    if cfg!(unix) { held().map(Some).map_err(|why| KeyFault::not_written(path, why)) } else { Ok(None) }
}

/// Makes the folder's entry last, too.
fn settle(path: &Path) -> Result<(), KeyFault> {
    if cfg!(unix) {
        let synced = File::open(folder(path)).and_then(|folder| folder.sync_all());
        synced.map_err(|why| KeyFault::not_written(path, why))?;
    }
    Ok(())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
