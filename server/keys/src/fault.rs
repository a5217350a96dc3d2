//! What goes wrong with key files, said to the operator who has to mend it.

use std::io;
use std::path::{Path, PathBuf};

/// Why keys cannot be made, read or changed. Holds paths and reasons, never a key.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// The file cannot be read.
    #[error("{path} cannot be read: {why}")]
    NotRead {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// The file cannot be written.
    #[error("{path} cannot be written: {why}")]
    NotWritten {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// Others may read it: then it is no secret any more.
    #[error(
        "{path} can be read by others; keep it to its owner (chmod 600) and judge whether the key must be replaced"
    )]
    OpenToOthers {
        /// Which file.
        path: PathBuf,
    },
    /// The file is not what it should be.
    #[error("{path} is not a key file of this programme: {why}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it, without its content.
        why: &'static str,
    },
    /// Wrong passphrase, wrong key-encryption key, or changed by hand.
    #[error("a key does not open: wrong passphrase, wrong key-encryption key, or a changed key file")]
    DoesNotOpen,
    /// A key-encryption key in clear is for the demo alone (NSIS 4.1.6.3).
    #[error("a bare key file works only in the demo; use a passphrase file or a service credential")]
    BareOutsideDemo,
    /// The passphrase would be the weakest link.
    #[error(
        "a passphrase has at least {} characters; five random words are good",
        crate::kek::SHORTEST_PASSPHRASE
    )]
    WeakPassphrase,
    /// The service manager hands out this key; the programme cannot make it.
    #[error("a service credential is made with systemd-creds: 32 random bytes, sealed to this host")]
    MadeElsewhere,
    /// Not started by a service manager that hands out credentials.
    #[error("there is no service credential of that name: is LoadCredentialEncrypted= set in the unit?")]
    NoCredential,
    /// A purpose has no active key.
    #[error("the key ring has no active key for {0}")]
    NoKey(&'static str),
    /// No such version of a key.
    #[error("the key ring has no such version")]
    NoSuchVersion,
    /// Someone else changed the ring after it was read: going on would lose a key that may have sealed something.
    #[error("the key ring was changed meanwhile; try again")]
    ChangedMeanwhile,
    /// The newest key cannot be retired: rotate first.
    #[error("this version is the active or the coming one; rotate before retiring it")]
    StillActive,
    /// The ring lies under this key-encryption key already: nobody is shut out by wrapping it under the same.
    #[error("the key ring lies under this key-encryption key already")]
    SameKek,
    /// The system's random generator failed.
    #[error("the system gives no random bytes")]
    NoEntropy,
    /// The cipher failed.
    #[error("the cipher failed")]
    Cipher,
}

impl KeyFault {
    pub(crate) fn not_read(path: &Path, why: io::Error) -> Self {
        Self::NotRead { path: path.to_owned(), why }
    }

    pub(crate) fn not_written(path: &Path, why: io::Error) -> Self {
        Self::NotWritten { path: path.to_owned(), why }
    }

    pub(crate) fn malformed(path: &Path, why: &'static str) -> Self {
        Self::Malformed { path: path.to_owned(), why }
    }
}
