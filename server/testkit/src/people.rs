//! Passwords that hash at once, and mail that stays in a box.

use async_trait::async_trait;
use domain::password::Password;
use sha2::{Digest, Sha256};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use usecases::ports::people::{About, Hasher, HasherDown, Leaks, Letter, NotSent, Post, Scribe};

/// Hashes in no time and protects nothing.
#[derive(Clone, Copy, Debug)]
pub struct QuickHasher;

fn quick(password: &Password) -> String {
    let hash = Sha256::digest(password.expose());
    hash.iter().fold("$quick$".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

#[async_trait]
impl Hasher for QuickHasher {
    async fn hash(&self, password: Password) -> Result<String, HasherDown> {
        Ok(quick(&password))
    }

    async fn verify(&self, password: Password, hash: Option<String>) -> Result<bool, HasherDown> {
        Ok(hash.is_some_and(|hash| hash == quick(&password)))
    }
}

/// Hashes as [`QuickHasher`] does and counts how often it verified, against a hash or against none.
#[derive(Debug, Default)]
pub struct CountingHasher {
    verified: AtomicU64,
}

impl CountingHasher {
    /// How often it verified.
    pub fn verified(&self) -> u64 {
        self.verified.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Hasher for CountingHasher {
    async fn hash(&self, password: Password) -> Result<String, HasherDown> {
        QuickHasher.hash(password).await
    }

    async fn verify(&self, password: Password, hash: Option<String>) -> Result<bool, HasherDown> {
        self.verified.fetch_add(1, Ordering::Relaxed);
        QuickHasher.verify(password, hash).await
    }
}

/// Knows a few leaked passwords.
#[derive(Clone, Copy, Debug)]
pub struct FewLeaks;

impl FewLeaks {
    /// One that is long enough and leaked all the same.
    pub const LEAKED: &str = "correcthorsebatterystaple";
}

impl Leaks for FewLeaks {
    fn contains(&self, password: &Password) -> bool {
        password.expose() == Self::LEAKED
    }
}

/// One letter, as it was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Its own id.
    pub message_id: String,
    /// To whom.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

impl Posted {
    /// The secret part of the welcome link in it.
    pub fn token(&self) -> Option<&str> {
        let (_, after) = self.text.split_once("/kom-i-gang/")?;
        after.split_whitespace().next()
    }
}

/// Collects letters.
#[derive(Debug, Default)]
pub struct PostBox {
    letters: Mutex<Vec<Posted>>,
    closed: Mutex<bool>,
}

impl PostBox {
    /// Takes out what has come, oldest first.
    pub fn empty(&self) -> Vec<Posted> {
        std::mem::take(&mut *self.letters.lock().expect("a whole box"))
    }

    /// From now on nothing is taken.
    pub fn close(&self) {
        *self.closed.lock().expect("a whole box") = true;
    }

    /// From now on letters are taken again.
    pub fn open(&self) {
        *self.closed.lock().expect("a whole box") = false;
    }
}

#[async_trait]
impl Post for PostBox {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        if *self.closed.lock().expect("a whole box") {
            return Err(NotSent("the box is closed".into()));
        }
        self.letters.lock().expect("a whole box").push(Posted {
            message_id: letter.message_id.clone(),
            to: letter.to.clone(),
            subject: letter.subject.clone(),
            text: letter.text.clone(),
        });
        Ok(())
    }
}

/// Writes the bare facts, so that a test can read them back.
#[derive(Clone, Copy, Debug)]
pub struct PlainScribe;

impl Scribe for PlainScribe {
    fn write(&self, about: &About, to: &str) -> Letter {
        let link = about.link.as_ref().map_or("", |link| link.address.as_str());
        let text = format!(
            "{}\n{}\n{:?}\n{}\n{link}\n",
            about.reader, about.full_name, about.particulars, about.reference
        );
        Letter {
            message_id: about.notice.id.to_string(),
            to: to.to_owned(),
            subject: about.notice.template.word().to_owned(),
            html: String::new(),
            text,
        }
    }
}
