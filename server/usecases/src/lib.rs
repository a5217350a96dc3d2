//! One file per thing that can be done, and the ports they need.
//!
//! A use case authorises, decides by the pure domain, changes, writes the audit event and queues the notices in one
//! transaction. [`Cx`] says who asks, from where and when; [`House`] holds what the programme was wired with.

mod authenticator;
pub mod begin_enrolment;
pub mod begin_sign_in;
pub mod choose_password;
pub mod close_associations;
mod codes;
pub mod context;
pub mod deliver_notices;
mod doors;
pub mod fault;
pub mod finish_enrolment;
pub mod finish_proof;
pub mod flows;
mod hold;
pub mod import_employees;
pub mod invitation;
pub mod issue;
pub mod meet_keys;
pub mod note_migration;
pub mod operator;
pub mod overview;
pub mod ports;
pub mod read_terms;
pub mod receive_request;
pub mod record;
pub mod register_app;
pub mod retire_keys;
pub mod revoke_enrolments;
pub mod roles;
pub mod rotate_keys;
pub mod save_connection;
pub mod see_enrolment;
pub mod sequence_trail;
pub mod show_code;
pub mod show_password;
pub mod start_proof;
pub mod tidy;
mod turn;
pub mod verify_trail;
pub mod watch_clocks;
pub mod who;

pub use context::{Cx, House, Policy, Source};
pub use fault::Fault;
pub use operator::{Operator, Reason};
