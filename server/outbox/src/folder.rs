//! Letters as files, for the demo and for tests.

use crate::mime::message;
use async_trait::async_trait;
use lettre::message::Mailbox;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use usecases::ports::people::{Letter, NotSent, Post};

/// Puts each letter into a folder as `000001-MESSAGE-ID.eml`, in the order of sending. The folder and its files are
/// for their owner only: letters hold links.
#[derive(Debug)]
pub struct FolderPost {
    folder: PathBuf,
    next: AtomicU64,
}

impl FolderPost {
    /// Into this folder, which is made when the first letter comes; goes on counting where an earlier run stopped.
    pub fn new(folder: &Path) -> Self {
        let there = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let last = there.filter_map(|entry| number(&entry.file_name().to_string_lossy())).max();
        Self { folder: folder.to_owned(), next: AtomicU64::new(last.unwrap_or(0) + 1) }
    }

    async fn put(&self, letter: &Letter, content: Vec<u8>) -> io::Result<()> {
        let mut making = tokio::fs::DirBuilder::new();
        #[cfg(unix)]
        making.mode(0o700);
        making.recursive(true).create(&self.folder).await?;
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let name = format!("{number:06}-{}", letter.message_id.replace(['/', '\\'], "_"));
        let unfinished = self.folder.join(format!(".{name}"));
        write_private(&unfinished, &content).await?;
        // Appears whole or not at all.
        tokio::fs::rename(unfinished, self.folder.join(format!("{name}.eml"))).await
    }
}

fn number(file: &str) -> Option<u64> {
    file.strip_suffix(".eml")?.split('-').next()?.parse().ok()
}

async fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    use tokio::io::AsyncWriteExt as _;
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).await?;
    file.write_all(content).await?;
    file.flush().await
}

#[async_trait]
impl Post for FolderPost {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let from: Mailbox = "NSIS-ID <nsis-id@localhost.example>"
            .parse()
            .map_err(|_| NotSent("the sender cannot be written".to_owned()))?;
        let content = message(letter, &from)?.formatted();
        self.put(letter, content).await.map_err(|error| NotSent(format!("the folder: {}", error.kind())))
    }
}
