//! What both storage crates do alike: a row is read the same way whichever database it came from.
//!
//! Compiled into each of them; not a crate, because adapters know no other adapter.

mod devices;
mod evidence;
mod fault;
mod joined;
mod lanes;
mod people;
mod person_keys;
mod recent_keys;
mod record;
mod rows;
mod service_rows;
mod trail_rows;
mod values;
mod writing;
mod wrong_answers;

pub(crate) use devices::{DeviceNow, DeviceRow};
pub(crate) use evidence::{EvidenceRow, evidence};
pub(crate) use fault::{fault, keys_fault, one};
pub(crate) use lanes::{Lane, Lanes};
pub(crate) use people::*;
pub(crate) use person_keys::{PAGE, TrailKeys};
pub(crate) use record::{FoundRow, backend, before, browser_of, hash, until, written};
pub(crate) use rows::*;
pub(crate) use service_rows::*;
pub(crate) use trail_rows::*;
pub(crate) use values::{actor, all, bytes32, count, kept, time, time_if, word};
pub(crate) use writing::Writing;
pub(crate) use wrong_answers::{SLOTS, wrong, wrong_codes};
