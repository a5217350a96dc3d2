//! The relying party towards MitID brokers: OIDC profiles as data.
//!
//! A broker differs from the next in names and values, not in steps. What differs is a [`BrokerProfile`]; the steps
//! are here: discovery, authorization code with PKCE, exchange, checks of the signed answer, userinfo. What the
//! answer is worth is judged by `domain::proofing::assess`, not here.
//!
//! No token and no CPR number is ever logged, and no error text repeats what a broker sent.

mod answer;
mod broker;
mod broker_errors;
mod callback;
mod check;
mod claims;
mod departure;
mod discovery;
mod exchange;
mod id_token;
mod profile;
mod reason;
mod register;
mod userinfo;
mod wire;

pub use broker::Brokers;
pub use check::{Unfit, check};
pub use profile::{
    AskStyle, BrokerProfile, ClaimNames, Client, ClientSecret, Environment, LevelValues, Scheme,
    SigningAlgorithm,
};
pub use register::BrokerRegister;
