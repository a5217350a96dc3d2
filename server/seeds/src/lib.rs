//! Seed files of hardware code devices, read strictly: our CSV (`docs/code-devices.md`) and PSKC (RFC 6030).
//!
//! A file comes from a manufacturer by mail or on a disc, so it is as hostile as any other. It is taken whole or not at
//! all: where something in it is wrong, every fault is named by its line, and nothing of it is given.

mod bytes;
mod lines;
mod pskc;
mod table;
mod values;

use aws_lc_rs::digest;
use domain::code_device::{Delivered, Delivery, DeliveryFault, Misread};
use std::collections::BTreeSet;
use zeroize::Zeroizing;

/// The largest file that is read: some thousands of devices.
pub const LARGEST: usize = 4 * 1024 * 1024;
/// Most devices one file may bring: they are all put into the stock by one short transaction.
pub const MOST_DEVICES: usize = 1000;
/// Most faults of one file that are named.
const MOST_FAULTS: usize = 100;

/// What opens an encrypted file. Agreed with the manufacturer, and not on the way the file came.
#[derive(Default)]
pub enum Unlock {
    /// Nothing: the file is in clear.
    #[default]
    Nothing,
    /// A key both know.
    Key(Zeroizing<Vec<u8>>),
    /// A password a key is made from (PBKDF2).
    Password(Zeroizing<String>),
}

impl core::fmt::Debug for Unlock {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Key(_) => "Key(…)",
            Self::Password(_) => "Password(…)",
        })
    }
}

/// A key of AES as people exchange it: 32, 48 or 64 hexadecimal digits.
pub fn key_in_hex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    bytes::hex(text).filter(|key| matches!(key.len(), 16 | 24 | 32))
}

/// Why nothing of a file was taken. Never repeats what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Larger than [`LARGEST`].
    #[error("the file is larger than 4 MiB")]
    TooLarge,
    /// More devices than [`MOST_DEVICES`].
    #[error("the file holds more than {} devices; split it", MOST_DEVICES)]
    TooMany,
    /// Not UTF-8 from this line on.
    #[error("line {0} is not UTF-8")]
    NotUtf8(u64),
    /// No device in it.
    #[error("the file holds no device")]
    Empty,
    /// The first line of a CSV file lacks a column, or has one that is none, or the seed in two ways.
    #[error("the header {0}")]
    Header(&'static str),
    /// XML that may hide something or is none, from this line on.
    #[error("line {line}: {why}")]
    Xml {
        /// The line.
        line: u64,
        /// Why.
        why: &'static str,
    },
    /// These are wrong, in the order of the file.
    #[error("the file is refused: {} places in it are wrong", .0.len())]
    Faults(Vec<DeliveryFault>),
}

/// Reads a whole file: PSKC where it begins as XML does, else CSV.
///
/// # Errors
/// [`Unreadable`]
pub fn read(bytes: &[u8], unlock: &Unlock) -> Result<Delivery, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    let text = core::str::from_utf8(bytes).map_err(|wrong| not_utf8(bytes, wrong.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read =
        if text.trim_start().starts_with('<') { pskc::read(text, unlock)? } else { table::read(text)? };
    let Read { found, signed } = read;
    if found.len() > MOST_DEVICES {
        return Err(Unreadable::TooMany);
    }
    let mut faults = Vec::new();
    let mut devices = Vec::new();
    for each in found {
        match each {
            Ok(device) => devices.push(device),
            Err(fault) => faults.push(fault),
        }
    }
    faults.extend(repeated(&devices));
    faults.sort_by_key(|fault| fault.place);
    faults.truncate(MOST_FAULTS);
    if !faults.is_empty() {
        return Err(Unreadable::Faults(faults));
    }
    if devices.is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut sha256 = [0; 32];
    sha256.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    Ok(Delivery { devices, sha256, signed })
}

/// What a format's reader gives: every device, or what is wrong with it.
struct Read {
    found: Vec<Result<Delivered, DeliveryFault>>,
    signed: bool,
}

/// Two of one number, or two with one seed: codes of either would be the other's.
fn repeated(devices: &[Delivered]) -> Vec<DeliveryFault> {
    let (mut serials, mut seeds, mut faults) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for device in devices {
        let fault = |what| DeliveryFault { place: device.place, what, why: Misread::Repeated };
        if !serials.insert(&device.serial) {
            faults.push(fault("the serial number"));
        } else if !seeds.insert(device.seed.as_slice()) {
            faults.push(fault("the seed"));
        }
    }
    faults
}

fn not_utf8(bytes: &[u8], valid: usize) -> Unreadable {
    Unreadable::NotUtf8(lines::line_at(bytes, valid))
}
