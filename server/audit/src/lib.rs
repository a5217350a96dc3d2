//! Sequencer and verifier of the audit trail, its checkpoints, and what is kept of it outside the database.

mod authority;
mod checkpoint_file;
mod checkpoints;
mod file;
mod offline;
mod sequencer;
mod shipper;
mod stamp_folder;
mod syslog;

pub use authority::{BadAuthority, TimeStampAuthority};
pub use checkpoint_file::CheckpointFile;
pub use checkpoints::keep;
pub use file::OutsideFile;
pub use offline::{Sound, Unsound, verify_export};
pub use sequencer::run;
pub use shipper::ship;
pub use stamp_folder::StampFolder;
pub use syslog::Syslog;
pub use usecases::verify_trail::{Report, Verified, verify_against, verify_trail as verify};
