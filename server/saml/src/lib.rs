//! SAML 2.0 on the wire, for an identity provider under OIOSAML 3: parse, check, sign, encrypt.
//!
//! Nothing here reads a clock, a database or a socket; ids, times and keys come in as arguments.
//! The way of a request through this crate:
//!
//! 1. [`metadata::read`] once per connection → [`metadata::ServiceProvider`].
//! 2. [`redirect::Unverified::from_query`] takes the raw query apart;
//!    [`claimed_issuer`](redirect::Unverified::claimed_issuer) says whose certificates to try;
//!    [`verify`](redirect::Unverified::verify) → [`redirect::Verified`]. [`posted::Unverified`] does the same for a form.
//! 3. [`authn_request::check`] → [`authn_request::AuthnRequest`], or a
//!    [`Rejected`](authn_request::Rejected) that says whether the service may be told.
//! 4. [`RequestedContext::state`](authn_request::RequestedContext::state) says what level may be
//!    stated; [`response::SignIn::to_response`] or [`error_response::Failure::to_response`] write
//!    the answer with a [`sign::SigningKey`] and an [`encrypt::Recipient`]; [`form::PostForm`]
//!    packs it.
//!
//! Logging out goes by [`logout`] from server to server, and by [`front_logout`] through the browser, where messages come
//! as queries or as forms ([`posted`]).
//!
//! [`port::Wire`] is all of it behind the use cases' port; [`metadata::IdentityProvider`] writes our own metadata and [`keygen`] makes a signing key.
//! Every error carries a stable `code()` for the log, without personal data.

pub mod attributes;
pub mod authn_request;
pub mod certificate;
pub mod encrypt;
mod enveloped;
pub mod error_response;
pub mod form;
pub mod front_logout;
pub mod keygen;
pub mod logout;
pub mod metadata;
mod names;
pub mod port;
pub mod posted;
pub mod privileges;
mod reason;
pub mod redirect;
pub mod response;
pub mod sign;
pub mod values;
mod xml;

pub use xml::XmlFault;

/// Why a message was refused, whichever gate refused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its XML is unsafe or malformed.
    #[error(transparent)]
    Xml(#[from] XmlFault),
    /// Its packaging or signature is wrong.
    #[error(transparent)]
    Redirect(#[from] redirect::RedirectFault),
    /// The same, where it came by a form.
    #[error(transparent)]
    Posted(#[from] posted::PostedFault),
    /// Its content is wrong.
    #[error(transparent)]
    Request(#[from] authn_request::RequestFault),
    /// Its content, about logging out, is wrong.
    #[error(transparent)]
    Logout(#[from] front_logout::FrontLogoutFault),
}

impl Refusal {
    /// A stable word for logs and audit records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xml(fault) => fault.code(),
            Self::Redirect(fault) => fault.code(),
            Self::Posted(fault) => fault.code(),
            Self::Request(fault) => fault.code(),
            Self::Logout(fault) => fault.code(),
        }
    }
}
