//! What concerns people from outside the house: passwords, mail.

use async_trait::async_trait;
use core::any::Any;
use domain::password::Password;

/// Hashes passwords on a bounded pool; a storm queues fairly and starves nothing else.
#[async_trait]
pub trait Hasher: Send + Sync {
    /// Hashes with Argon2id and a new salt; gives the PHC string.
    async fn hash(&self, password: Password) -> Result<String, NotHashed>;

    /// A place in a lane's line, or none at once where too many wait. Whoever writes before a password is looked at takes
    /// it first: a storm then writes no more than can be hashed, and the database stays free for everybody else.
    fn place(&self, lane: Lane) -> Result<Place, NotHashed>;

    /// Verifies. With none it verifies against a fixed hash and says no, so that unknown users take as long.
    async fn verify(&self, password: Password, hash: Option<String>, at: Place) -> Result<bool, NotHashed>;
}

/// A place in a lane's line. Given back when the password was looked at, or when it is dropped.
pub struct Place {
    lane: Lane,
    held: Option<Box<dyn Any + Send>>,
}

impl Place {
    /// One that is held as long as this is kept.
    pub fn held(lane: Lane, until_dropped: impl Any + Send) -> Self {
        Self { lane, held: Some(Box::new(until_dropped)) }
    }

    /// In which lane.
    pub fn lane(&self) -> Lane {
        self.lane
    }

    /// What holds it; none when it is still to be taken.
    pub fn hold(self) -> Option<Box<dyn Any + Send>> {
        self.held
    }
}

impl core::fmt::Debug for Place {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Place").field(&self.lane).finish()
    }
}

/// One that is taken only when the password comes: nothing was written before.
impl From<Lane> for Place {
    fn from(lane: Lane) -> Self {
        Self { lane, held: None }
    }
}

/// In which queue a password waits to be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// With everybody else's whose browser nobody knows.
    SignIn,
    /// By the same threads, in a line of their own of which every second one is: those of people this house has seen
    /// before, in this browser or a moment ago. Strangers never fill it.
    Known,
    /// In a queue of its own: a block never waits behind a storm of logins (security decision 10).
    Blocking,
    /// One at a time with a rest after each, behind a bound of its own and with no capacity of the two others: a block
    /// from where the limit of wrong ones is up. The right one still blocks, and a wrong one costs the guesser time.
    Late,
}

/// Why a password is not hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHashed {
    /// Too many wait in its lane: nothing is wrong, and in a moment there is room.
    #[error("too many passwords wait to be checked")]
    Full,
    /// The pool is gone or a hash on record cannot be read.
    #[error("passwords cannot be checked")]
    Down,
}

/// Knows leaked passwords.
pub trait Leaks: Send + Sync {
    /// Whether this one is (very probably) among them.
    fn contains(&self, password: &Password) -> bool;
}

/// A message ready to leave.
pub struct Letter {
    /// Its own id, stable over retries.
    pub message_id: String,
    /// To whom.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

impl core::fmt::Debug for Letter {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Letter").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// Carries mail.
#[async_trait]
pub trait Post: Send + Sync {
    /// Hands a letter to the next server.
    async fn send(&self, letter: &Letter) -> Result<(), NotSent>;
}

/// A short message to a phone, ready to leave.
pub struct TextMessage {
    /// Its own id, stable over retries: whoever carries it can see that twice is once.
    pub id: String,
    /// To which number, in E.164.
    pub to: String,
    /// What it says.
    pub text: String,
}

impl core::fmt::Debug for TextMessage {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("TextMessage").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Carries SMS.
#[async_trait]
pub trait Texts: Send + Sync {
    /// Hands a message to whoever sends it on.
    async fn send(&self, message: &TextMessage) -> Result<(), NotSent>;
}

/// Whoever carries what leaves by one lane.
#[derive(Clone, Copy)]
pub enum Carrier<'a> {
    /// Letters.
    Post(&'a dyn Post),
    /// SMS.
    Texts(&'a dyn Texts),
}

impl Carrier<'_> {
    /// Which lane.
    pub fn lane(self) -> domain::notice::Lane {
        match self {
            Self::Post(_) => domain::notice::Lane::Mail,
            Self::Texts(_) => domain::notice::Lane::Sms,
        }
    }
}

impl core::fmt::Debug for Carrier<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Carrier({:?})", self.lane())
    }
}

/// The letter was not taken. The text is fit for a log.
#[derive(Clone, Debug, thiserror::Error)]
#[error("not sent: {0}")]
pub struct NotSent(pub String);

/// Writes the text of a notice, in Danish and English; the words live outside the use cases.
pub trait Scribe: Send + Sync {
    /// The letter for `template`, to `to`.
    fn write(&self, about: &About, to: &str) -> Letter;
    /// The same in a few words, for a phone. No secret but the code that verifies the phone itself.
    fn write_short(&self, about: &About, to: &str) -> TextMessage;
}

/// What a notice's text is made of, read at sending.
#[derive(Clone)]
pub struct About {
    /// The notice.
    pub notice: domain::notice::Notice,
    /// How the reader is spoken to: the given name, or the organisation's.
    pub reader: String,
    /// Full name of the person it is about.
    pub full_name: String,
    /// The one-time address for the welcome and the reminder. Secret.
    pub link: Option<Link>,
    /// The address behind "was it not you?", for letters that ask. Secret: it blocks.
    pub not_me: Option<String>,
    /// The code that verifies a new address, for the notice that carries it. Secret.
    pub code: Option<OneTimeCode>,
    /// In which browser and from where it was done, when somebody at a browser did it.
    pub from: Option<CameFrom>,
    /// The reference to quote.
    pub reference: String,
    /// What only this kind of notice tells.
    pub particulars: Particulars,
}

/// Where something was done from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameFrom {
    /// What the browser said about itself; empty where that is not known. Never shown as it is.
    pub agent: String,
    /// The address; empty where that is not known.
    pub address: String,
}

/// A one-time code. Secret.
#[derive(Clone)]
pub struct OneTimeCode {
    /// Its digits.
    pub digits: String,
    /// The last instant it works.
    pub until: domain::Timestamp,
}

impl core::fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("OneTimeCode").field("until", &self.until).finish_non_exhaustive()
    }
}

/// A one-time address. Secret.
#[derive(Clone)]
pub struct Link {
    /// The whole address.
    pub address: String,
    /// The last instant it works.
    pub until: domain::Timestamp,
}

/// What only one kind of notice tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Particulars {
    /// Nothing more.
    None,
    /// How many steps of the enrolment are left.
    StepsLeft(u8),
    /// How many recovery codes are left.
    CodesLeft(u32),
    /// The version of the terms.
    Terms(String),
    /// What the person called the new login method, and what it is.
    Factor(String, domain::factor::MeanKind),
    /// The number HR knows the relation by.
    EmployeeNumber(String),
    /// The last day for it.
    Day(domain::Date),
    /// New places within some minutes.
    NewPlaces {
        /// Whether somebody signed in at one of them, or only knew the password.
        inside: bool,
        /// How many there were besides the one the letter names.
        also: u32,
    },
    /// Roles that nobody holds.
    Unheld(Vec<domain::role::RoleKind>),
    /// A role.
    Role {
        /// Which.
        kind: domain::role::RoleKind,
        /// Who proposed it.
        proposer: String,
        /// Whether the reader is not the one it is for.
        for_another: bool,
    },
}

impl core::fmt::Debug for About {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("About").field("notice", &self.notice).finish_non_exhaustive()
    }
}

impl core::fmt::Debug for Link {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Link").field("until", &self.until).finish_non_exhaustive()
    }
}
