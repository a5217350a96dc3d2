//! Sequencer and verifier of the audit trail, and what is kept of it outside the database.

mod file;
mod sequencer;
mod shipper;

pub use file::OutsideFile;
pub use sequencer::run;
pub use shipper::ship;
pub use usecases::verify_trail::{Report, verify_trail as verify};
