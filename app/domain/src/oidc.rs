//! OpenID Connect: who may ask, what is asked, and what came of it. The wire is `server/oidc`.

pub mod authorization;
pub mod client;
pub mod refusal;
pub mod request;
pub mod ticket;
