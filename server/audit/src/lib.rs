//! Sequencer and verifier of the audit trail.

mod sequencer;

pub use sequencer::run;
pub use usecases::verify_trail::{Report, verify_trail as verify};
