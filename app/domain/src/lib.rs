//! What is true: people, proofs, factors, holds and the level they add up to.
//!
//! Pure: no clock, no randomness, no I/O. Time, ids and random bytes come in as arguments; a state is an enum
//! with data, a transition consumes the old state and may refuse with a reason. Compiles to WASM.

pub mod algorithms;
pub mod association;
pub mod audit;
pub mod calendar;
pub mod ceremony;
pub mod clocks;
pub mod code;
pub mod code_device;
pub mod connection;
pub mod contact;
pub mod cpr;
pub mod enrolment;
pub mod erasure;
pub mod evidence;
pub mod factor;
pub mod flow;
pub mod hr;
pub mod ids;
pub mod issue;
pub mod leaving;
pub mod level;
pub mod lift;
pub mod notice;
pub mod nsis;
pub mod oidc;
pub mod on_phone;
pub mod outside;
pub mod password;
pub mod person;
pub mod person_copies;
pub mod printed;
pub mod proofing;
pub mod publication;
pub mod reconfirmation;
pub mod registered;
pub mod relying_party;
pub mod renewal;
pub mod reopening;
pub mod reset;
pub mod restriction;
pub mod retention;
pub mod role;
pub mod session;
pub mod sign_in;
pub mod signing_key;
pub mod standing;
pub mod stateable;
pub mod status;
pub mod step_up;
pub mod suspension;
pub mod terms;
pub mod throttle;
pub mod visit;

/// An instant in UTC; people see it in Europe/Copenhagen.
pub use jiff::{SignedDuration, Timestamp, civil::Date};
