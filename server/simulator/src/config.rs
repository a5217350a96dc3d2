//! What a simulator is made with, and what it publishes about itself.

use crate::Desk;
use crate::json::json as answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use core::fmt;
use domain::cpr::Cpr;
use serde_json::json;
use std::sync::Arc;
use text::Say;
use url::{Host, Url};
use usecases::ports::chance::{Clock, Entropy};
use usecases::ports::store::Stamp;

/// Permission to simulate. Only a database stamped `demo` gives it (security decision 25).
#[derive(Debug)]
pub struct DemoOnly(());

impl DemoOnly {
    /// Permission, if the database is stamped so.
    pub fn of(stamp: Stamp) -> Option<Self> {
        (stamp == Stamp::Demo).then_some(Self(()))
    }
}

/// Somebody who does not exist.
#[derive(Clone, Debug)]
pub struct SamplePerson {
    pub(crate) name: String,
    pub(crate) cpr: Cpr,
    pub(crate) note: Say,
}

/// The number is no replacement number, so it might be somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sample person needs a replacement number (day + 60)")]
pub struct NotASample;

impl SamplePerson {
    /// A person with a name, a replacement number and a line about what she is an example of, in both languages.
    ///
    /// # Errors
    /// [`NotASample`] when the number could be real.
    pub fn new(name: &str, cpr: &str, note: Say) -> Result<Self, NotASample> {
        let cpr = Cpr::parse(cpr).ok().filter(Cpr::is_replacement).ok_or(NotASample)?;
        Ok(Self { name: name.to_owned(), cpr, note })
    }
}

/// What a simulator is made with.
#[derive(Clone)]
pub struct Config {
    /// Its issuer, such as `http://localhost:3000/simulator/op`; without a slash at the end.
    pub issuer: String,
    /// The one client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// The one address it sends browsers back to.
    pub redirect_uri: String,
    /// Whom one can be.
    pub people: Vec<SamplePerson>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Config {
    /// Whether the issuer is on this machine.
    pub(crate) fn is_here(&self) -> bool {
        is_here(&self.issuer)
    }

    /// The path everything is below.
    pub(crate) fn path(&self) -> String {
        path_of(&self.issuer)
    }

    /// Where a browser goes from here.
    pub(crate) fn return_origin(&self) -> String {
        Url::parse(&self.redirect_uri).map(|back| back.origin().ascii_serialization()).unwrap_or_default()
    }
}

/// Whether an address is on this machine.
pub(crate) fn is_here(address: &str) -> bool {
    let Ok(address) = Url::parse(address) else { return false };
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// The path of an address, without a slash at the end.
pub(crate) fn path_of(address: &str) -> String {
    Url::parse(address).map(|address| address.path().trim_end_matches('/').to_owned()).unwrap_or_default()
}

/// The shape of the broker's own, which names no scopes and no claims.
pub(crate) async fn discovery(State(desk): State<Arc<Desk>>) -> Response {
    let issuer = &desk.config.issuer;
    let published = json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/openid-configuration/jwks"),
        "authorization_endpoint": format!("{issuer}/connect/authorize"),
        "token_endpoint": format!("{issuer}/connect/token"),
        "userinfo_endpoint": format!("{issuer}/connect/userinfo"),
        "grant_types_supported": ["authorization_code"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "subject_types_supported": ["public"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["login"],
        "authorization_response_iss_parameter_supported": true,
    });
    answer(StatusCode::OK, &published)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_demo_may_simulate() {
        assert!(DemoOnly::of(Stamp::Demo).is_some());
        assert!(DemoOnly::of(Stamp::Pilot).is_none());
        assert!(DemoOnly::of(Stamp::Production).is_none());
    }

    #[test]
    fn a_number_that_might_be_somebodys_is_refused() {
        let note = Say::new("Ny", "New");
        assert!(SamplePerson::new("Anna", "6101900001", note).is_ok());
        assert_eq!(SamplePerson::new("Anna", &["010190", "0000"].concat(), note).unwrap_err(), NotASample);
        assert_eq!(SamplePerson::new("Anna", "", note).unwrap_err(), NotASample);
    }
}
