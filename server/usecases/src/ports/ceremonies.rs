//! Passkeys and security keys between browser and server (WebAuthn level 3).
//!
//! The use case keeps what an adapter remembers, sealed, in a flow of its own that is spent at the first answer: an answer
//! is taken once, by whichever instance it reaches. An adapter checks what cryptography and the standard say; what an
//! answer counts for, counters and copies included, is decided by [`domain::factor::Passkey`].

use domain::factor::{Assertion, CredentialId, NewPasskey, PasskeyKind, StoredKey};
use domain::ids::PersonId;

/// What is asked of a browser.
#[derive(Clone)]
pub struct Asked {
    /// The options of `navigator.credentials.create` or `get`, as JSON with base64url for bytes.
    pub options: String,
    /// What must be remembered until the answer, the challenge with it.
    pub state: Vec<u8>,
}

impl core::fmt::Debug for Asked {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Asked(…)")
    }
}

/// For whom a new key is made.
#[derive(Clone, Debug)]
pub struct NewKeyFor {
    /// Whose it will be. The key keeps her id, which tells nothing about her.
    pub person: PersonId,
    /// Her user name, for the list her device shows.
    pub user_name: String,
    /// Her full name, likewise.
    pub full_name: String,
    /// What she was asked for: a passkey must verify its owner, a security key may.
    pub kind: PasskeyKind,
    /// Those she has: none of them is registered twice.
    pub known: Vec<CredentialId>,
}

/// A key of hers that may answer.
#[derive(Clone, Debug)]
pub struct KnownKey {
    /// The name it goes by.
    pub credential: CredentialId,
    /// How it can be reached.
    pub transports: Vec<String>,
}

/// Whose key an answer claims to be from; nothing of it is checked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The key.
    pub credential: CredentialId,
    /// Whose the key says it is; security keys do not say.
    pub person: Option<PersonId>,
}

/// Conducts ceremonies. Algorithms ES256 and RS256 alone.
pub trait Ceremonies: Send + Sync {
    /// Asks for a new key.
    ///
    /// # Errors
    /// [`CeremonyDown`]
    fn ask_new(&self, of: &NewKeyFor) -> Result<Asked, CeremonyDown>;

    /// Takes the answer: challenge, origin, user presence, verification where a passkey was asked for, algorithm and
    /// attestation statement are checked. Whether it is attested is told, not demanded.
    ///
    /// # Errors
    /// [`KeyRefused`]
    fn new_key(&self, kind: PasskeyKind, state: &[u8], answer: &str) -> Result<NewPasskey, KeyRefused>;

    /// Asks one of these keys to answer, verifying its owner where it can. Of no keys: asks whatever passkey the browser
    /// finds for this site, which must verify its owner.
    ///
    /// # Errors
    /// [`CeremonyDown`]
    fn ask(&self, keys: &[KnownKey]) -> Result<Asked, CeremonyDown>;

    /// Which key an answer claims to be from.
    ///
    /// # Errors
    /// [`KeyRefused`] when it is no answer at all.
    fn claimed(&self, answer: &str) -> Result<Claimed, KeyRefused>;

    /// Takes the answer of this key: challenge, origin, user presence, signature, and verification where it was demanded.
    ///
    /// # Errors
    /// [`KeyRefused`]
    fn answered(&self, state: &[u8], answer: &str, key: &StoredKey) -> Result<Assertion, KeyRefused>;
}

/// No ceremony can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no ceremony can be begun")]
pub struct CeremonyDown;

/// Why an answer is not taken. For the trail; a person is told one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum KeyRefused {
    /// It cannot be read.
    #[error("no answer")]
    Malformed,
    /// It answers another challenge.
    #[error("another challenge")]
    Challenge,
    /// It was made for another site.
    #[error("another origin")]
    Origin,
    /// The owner was not verified, or was not there.
    #[error("the owner was not verified")]
    NotVerified,
    /// It is from another key than those that were asked.
    #[error("another key")]
    OtherKey,
    /// The key's signature does not hold.
    #[error("the signature does not hold")]
    Signature,
    /// What its maker states about it does not hold.
    #[error("the attestation does not hold")]
    Attestation,
    /// Something else the standard demands is missing.
    #[error("not as the standard demands")]
    Other,
}

impl KeyRefused {
    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Challenge => "challenge",
            Self::Origin => "origin",
            Self::NotVerified => "not-verified",
            Self::OtherKey => "other-key",
            Self::Signature => "signature",
            Self::Attestation => "attestation",
            Self::Other => "other",
        }
    }
}
