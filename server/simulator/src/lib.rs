//! The strangers of the demo and of tests: a MitID broker and a service.
//!
//! [`Simulator`] is an OpenID provider with the answers of Signaturgruppen's broker, where a page lets you choose whom
//! to be and what goes wrong. It proves nobody: its people have replacement numbers, which no register knows; its pages
//! say what it is and look like nothing else. [`SampleService`] is a SAML service that trusts our tokens and shows what
//! it learned. Both start only with a [`DemoOnly`], which only a database stamped `demo` gives.

mod authorize;
mod choose;
mod claims;
mod config;
mod html;
mod json;
mod key;
mod lang;
mod memory;
mod outcome;
mod page;
mod random;
mod service;
mod token;
mod userinfo;
mod words;

pub use config::{Config, DemoOnly, NotASample, SamplePerson};
pub use service::{SampleService, ServiceConfig};

use axum::Router;
use axum::routing::{get, post};
use memory::Memory;
use std::sync::Arc;

/// The simulator.
#[derive(Clone, Copy, Debug)]
pub struct Simulator;

/// Why nothing can be simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unmade {
    /// Its own address is not of this machine.
    #[error("what is simulated must have an address of this machine")]
    NotHere,
    /// There is nobody to choose.
    #[error("the simulator needs at least one sample person")]
    Nobody,
    /// A key that was handed in cannot be read.
    #[error("a key cannot be read")]
    NoKey,
    /// The identity provider's metadata lacks its id, its address or its key.
    #[error("the identity provider's metadata cannot be read")]
    Metadata,
}

/// What every request sees.
struct Desk {
    config: Config,
    key: key::Making,
    memory: Memory,
}

impl Simulator {
    /// The routes below the issuer's path: nest them there.
    ///
    /// # Errors
    /// [`Unmade`]
    pub fn router(_: DemoOnly, config: Config) -> Result<Router, Unmade> {
        if !config.is_here() {
            return Err(Unmade::NotHere);
        }
        if config.people.is_empty() {
            return Err(Unmade::Nobody);
        }
        let desk =
            Arc::new(Desk { config, key: key::Making::new(key::Key::generate), memory: Memory::default() });
        key::begin(&desk);
        Ok(Router::new()
            .route("/.well-known/openid-configuration", get(config::discovery))
            .route("/.well-known/openid-configuration/jwks", get(key::published))
            .route("/connect/authorize", get(authorize::authorize))
            .route("/connect/choose", post(choose::choose))
            .route("/connect/token", post(token::token))
            .route("/connect/userinfo", get(userinfo::userinfo))
            .route("/Error", get(page::error))
            .with_state(desk))
    }
}
