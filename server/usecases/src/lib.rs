//! One file per thing that can be done, and the ports they need.
//!
//! A use case authorises, decides by the pure domain, changes, writes the audit event and queues the notices in one
//! transaction. [`Cx`] says who asks, from where and when; [`House`] holds what the programme was wired with.

pub mod context;
pub mod fault;
pub mod invitation;
pub mod ports;
pub mod record;

pub use context::{Cx, House, Policy, Source};
pub use fault::Fault;
