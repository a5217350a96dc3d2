//! Letters and SMS as files, for the demo and for tests.

use crate::mime::message;
use async_trait::async_trait;
use lettre::message::Mailbox;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use usecases::ports::people::{Letter, NotSent, Post, TextMessage, Texts};

/// A folder in which things lie in the order of sending, as `000001-ID.ENDING`. It and its files are for their owner
/// only: letters hold links.
#[derive(Debug)]
struct Folder {
    place: PathBuf,
    ending: &'static str,
    next: AtomicU64,
}

impl Folder {
    /// Made when the first thing comes; goes on counting where an earlier run stopped.
    fn new(folder: &Path, ending: &'static str) -> Self {
        let there = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let last = there.filter_map(|entry| number(&entry.file_name().to_string_lossy(), ending)).max();
        Self { place: folder.to_owned(), ending, next: AtomicU64::new(last.unwrap_or(0) + 1) }
    }

    async fn put(&self, id: &str, content: Vec<u8>) -> Result<(), NotSent> {
        self.write(id, content).await.map_err(|error| NotSent(format!("the folder: {}", error.kind())))
    }

    async fn write(&self, id: &str, content: Vec<u8>) -> io::Result<()> {
        let mut making = tokio::fs::DirBuilder::new();
        #[cfg(unix)]
        making.mode(0o700);
        making.recursive(true).create(&self.place).await?;
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let name = format!("{number:06}-{}", id.replace(['/', '\\'], "_"));
        let unfinished = self.place.join(format!(".{name}"));
        write_private(&unfinished, &content).await?;
        // Appears whole or not at all.
        tokio::fs::rename(unfinished, self.place.join(format!("{name}.{}", self.ending))).await
    }
}

fn number(file: &str, ending: &str) -> Option<u64> {
    file.strip_suffix(ending)?.strip_suffix('.')?.split('-').next()?.parse().ok()
}

/// Puts each letter into a folder as `000001-MESSAGE-ID.eml`.
#[derive(Debug)]
pub struct FolderPost(Folder);

impl FolderPost {
    /// Into this folder.
    pub fn new(folder: &Path) -> Self {
        Self(Folder::new(folder, "eml"))
    }
}

/// Puts each SMS into a folder as `000001-ID.txt`: the number on the first line, the text below an empty one.
#[derive(Debug)]
pub struct FolderTexts(Folder);

impl FolderTexts {
    /// Into this folder.
    pub fn new(folder: &Path) -> Self {
        Self(Folder::new(folder, "txt"))
    }
}

#[async_trait]
impl Texts for FolderTexts {
    async fn send(&self, message: &TextMessage) -> Result<(), NotSent> {
        self.0.put(&message.id, format!("{}\n\n{}\n", message.to, message.text).into_bytes()).await
    }
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
        self.0.put(&letter.message_id, content).await
    }
}
