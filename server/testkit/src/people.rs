//! Passwords that hash at once, and mail that stays in a box.

use async_trait::async_trait;
use domain::password::Password;
use sha2::{Digest, Sha256};
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use usecases::ports::people::{
    About, Hasher, HasherDown, Lane, Leaks, Letter, NotSent, Place, Post, Scribe, TextMessage, Texts,
};

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

    fn place(&self, lane: Lane) -> Result<Place, HasherDown> {
        Ok(lane.into())
    }

    async fn verify(&self, password: Password, hash: Option<String>, _at: Place) -> Result<bool, HasherDown> {
        Ok(hash.is_some_and(|hash| hash == quick(&password)))
    }
}

/// Something that happens once.
type Deed = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Hashes as [`QuickHasher`] does and counts how often it verified, against a hash or against none.
#[derive(Default)]
pub struct CountingHasher {
    verified: AtomicU64,
    late: AtomicU64,
    full: Mutex<Vec<Lane>>,
    meanwhile: Mutex<Option<Deed>>,
}

impl std::fmt::Debug for CountingHasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("CountingHasher").field(&self.verified).finish()
    }
}

impl CountingHasher {
    /// How often it verified.
    pub fn verified(&self) -> u64 {
        self.verified.load(Ordering::Relaxed)
    }

    /// How often of these in the slow lane.
    pub fn late(&self) -> u64 {
        self.late.load(Ordering::Relaxed)
    }

    /// From now on these lanes have no room, and all others have.
    pub fn are_full(&self, lanes: &[Lane]) {
        *self.full.lock().expect("a whole hasher") = lanes.to_vec();
    }

    /// The next time it verifies, this happens before anybody hears the outcome.
    pub fn meanwhile(&self, deed: impl Future<Output = ()> + Send + 'static) {
        *self.meanwhile.lock().expect("a whole hasher") = Some(Box::pin(deed));
    }
}

#[async_trait]
impl Hasher for CountingHasher {
    async fn hash(&self, password: Password) -> Result<String, HasherDown> {
        QuickHasher.hash(password).await
    }

    fn place(&self, lane: Lane) -> Result<Place, HasherDown> {
        let full = self.full.lock().expect("a whole hasher").contains(&lane);
        if full { Err(HasherDown) } else { Ok(Place::held(lane, ())) }
    }

    async fn verify(&self, password: Password, hash: Option<String>, at: Place) -> Result<bool, HasherDown> {
        let lane = at.lane();
        let at = if at.hold().is_some() { lane.into() } else { self.place(lane)? };
        if lane == Lane::Late {
            self.late.fetch_add(1, Ordering::Relaxed);
        }
        self.verified.fetch_add(1, Ordering::Relaxed);
        let deed = self.meanwhile.lock().expect("a whole hasher").take();
        if let Some(deed) = deed {
            deed.await;
        }
        QuickHasher.verify(password, hash, at).await
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

    /// The code in it.
    pub fn code(&self) -> Option<&str> {
        let (_, after) = self.text.split_once("code=")?;
        after.split_whitespace().next()
    }

    /// The secret part of the "it was not me" link in it.
    pub fn not_me(&self) -> Option<&str> {
        let (_, after) = self.text.split_once("/var-det-dig/")?;
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

/// A phone's messages lie in a box as letters do.
#[async_trait]
impl Texts for PostBox {
    async fn send(&self, message: &TextMessage) -> Result<(), NotSent> {
        if *self.closed.lock().expect("a whole box") {
            return Err(NotSent("the phone is off".into()));
        }
        self.letters.lock().expect("a whole box").push(Posted {
            message_id: message.id.clone(),
            to: message.to.clone(),
            subject: String::new(),
            text: message.text.clone(),
        });
        Ok(())
    }
}

/// Writes the bare facts, so that a test can read them back.
#[derive(Clone, Copy, Debug)]
pub struct PlainScribe;

impl Scribe for PlainScribe {
    fn write_short(&self, about: &About, to: &str) -> TextMessage {
        let letter = self.write(about, to);
        TextMessage {
            id: letter.message_id,
            to: letter.to,
            text: format!("{}\n{}", letter.subject, letter.text),
        }
    }

    fn write(&self, about: &About, to: &str) -> Letter {
        let code = about.code.as_ref().map_or_else(String::new, |code| format!("code={}", code.digits));
        let from =
            about.from.as_ref().map_or_else(String::new, |from| format!("{}|{}", from.agent, from.address));
        let link = about.link.as_ref().map_or("", |link| link.address.as_str());
        let text = format!(
            "{}\n{}\n{:?}\n{}\n{link}\n{}\n{code}\n{from}\n",
            about.reader,
            about.full_name,
            about.particulars,
            about.reference,
            about.not_me.as_deref().unwrap_or_default()
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
