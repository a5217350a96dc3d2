//! OpenID Connect on the wire, as a provider: what comes in is read strictly, what goes out is signed.
//!
//! No SQL and no HTTP types. What is asked is read in [`authorize`], which client asks is found out in [`assertion`] and
//! [`certificate`], what is said goes out by [`token`]; [`registration`] reads what an administrator saves. Signing and verifying is
//! `jsonwebtoken`'s; which algorithms and keys it may use is decided here.

pub mod assertion;
pub mod authorize;
pub mod certificate;
mod claims;
mod discovery;
mod front;
pub mod keys;
pub mod port;
pub mod registration;
mod revoked;
pub mod token;

pub use certificate::{Certificates, NoAuthority};
pub use keys::{KeyFault, OwnKey};
pub use port::Wire;

/// Where things are, below the issuer.
pub mod paths {
    /// Where browsers ask.
    pub const AUTHORIZE: &str = "/oidc/authorize";
    /// Where requests are pushed.
    pub const PAR: &str = "/oidc/par";
    /// Where codes and refresh tokens are exchanged.
    pub const TOKEN: &str = "/oidc/token";
    /// Where claims are given.
    pub const USERINFO: &str = "/oidc/userinfo";
    /// Where tokens are looked at.
    pub const INTROSPECT: &str = "/oidc/introspect";
    /// Where tokens are given back.
    pub const REVOKE: &str = "/oidc/revoke";
    /// Where browsers log out.
    pub const LOGOUT: &str = "/oidc/logout";
    /// The keys.
    pub const JWKS: &str = "/oidc/jwks";
}
