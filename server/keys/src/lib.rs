//! Keys and what they protect: sealing, blind index, MACs, password hashes.
//!
//! One key-encryption key ([`kek`]) wraps a ring of keys, one per purpose and version ([`ring`]). The [`vault`] works
//! with the opened ring; nothing else in the house sees a key. Passwords have no key: they are hashed on a pool of their
//! own ([`hasher`]) and looked up among leaked ones ([`leaks`]).

mod aead;
pub mod chance;
pub mod copies;
pub mod fault;
mod file;
pub mod hasher;
pub mod kek;
pub mod leaks;
mod line;
pub mod public;
pub mod ring;
mod room;
mod secret;
pub mod vault;
pub mod words;

pub use chance::{SystemClock, SystemEntropy};
pub use fault::KeyFault;
pub use hasher::{ArgonHasher, Pool};
pub use kek::{Kek, KekSource};
pub use leaks::LeakFilter;
pub use ring::{KeyRing, KeyState, KeyVersion, OtherKek, RingOnDisk};
pub use secrecy::SecretString;
pub use secret::KeyBytes;
pub use vault::{Ed25519, LocalVault};
pub use words::obvious_words;
