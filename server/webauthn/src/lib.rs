//! Passkeys and security keys between browser and server (WebAuthn level 3), on `webauthn-rs-core`.
//!
//! The core rather than the wrapper above it: that one asks for verification by type of key, refuses counters and copies
//! itself, and has no key that is either. Here what the standard lets a server decide is decided by
//! [`domain::factor::Passkey`], and the core checks what cryptography and the standard demand. What its documentation asks
//! of whoever uses it directly is kept so: verification is demanded when asked and judged by the flag of the very answer;
//! challenges are spent by the use case at the first answer; a key is taken only where no other of its name is on record;
//! only this site's own origin is allowed; algorithms are ES256 and RS256.

mod ask;
mod metadata;
mod refusal;
mod site;
mod take;

pub use metadata::{BadMetadata, Metadata, ModelStatement};
pub use site::{BadSite, Keys};
