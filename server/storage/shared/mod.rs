//! What both storage crates do alike: a row is read the same way whichever database it came from.
//!
//! Compiled into each of them; not a crate, because adapters know no other adapter.

mod at_hand;
mod devices;
mod fault;
mod lanes;
mod people;
mod record;
mod rows;
mod values;

pub(crate) use at_hand::AtHand;
pub(crate) use devices::{DeviceNow, DeviceRow};
pub(crate) use fault::{fault, keys_fault, one};
pub(crate) use lanes::{Lane, Lanes};
pub(crate) use people::*;
pub(crate) use record::{backend, hash, read, until, written};
pub(crate) use rows::*;
pub(crate) use values::{actor, all, bytes32, count, kept, time, time_if, word};
