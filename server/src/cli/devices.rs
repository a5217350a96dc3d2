//! `devices`: code devices in stock, in hands and lost.

use super::{Where, Why};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// A seed file, and what opens it.
#[derive(Args, Clone, Debug)]
pub(crate) struct DeviceFile {
    /// The manufacturer's file: CSV or PSKC; see docs/code-devices.md.
    pub(crate) file: PathBuf,
    /// A file with the key it is encrypted under, in hexadecimal.
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// A file with the password it is encrypted under.
    #[arg(long, value_name = "FILE", conflicts_with = "key_file")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Devices {
    /// Take a delivery into the stock: all of it, or nothing, with every fault by its line.
    Import {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        file: DeviceFile,
        #[command(flatten)]
        why: Why,
    },
    /// Give a device to somebody. It counts once she has shown a code of it.
    HandOut {
        #[command(flatten)]
        at: Where,
        /// The number on its back.
        serial: String,
        /// To whom, by user name.
        user_name: String,
        #[command(flatten)]
        why: Why,
    },
    /// Take a device back into the stock.
    Return {
        #[command(flatten)]
        at: Where,
        /// The number on its back.
        serial: String,
        #[command(flatten)]
        why: Why,
    },
    /// A device is lost: it counts at nobody's login and never goes out again.
    Lost {
        #[command(flatten)]
        at: Where,
        /// The number on its back.
        serial: String,
        #[command(flatten)]
        why: Why,
    },
    /// Seeds are known by others: their devices never go out again, and whoever signs in with one is held at once.
    Leaked {
        #[command(flatten)]
        at: Where,
        /// The numbers on the backs of the devices.
        serials: Vec<String>,
        /// The file whose seeds are known, as it was imported.
        #[arg(long, value_name = "FILE", required_unless_present = "serials")]
        file: Option<PathBuf>,
        /// A file with the key it is encrypted under, in hexadecimal.
        #[arg(long, value_name = "FILE", requires = "file")]
        key_file: Option<PathBuf>,
        /// A file with the password it is encrypted under.
        #[arg(long, value_name = "FILE", requires = "file", conflicts_with = "key_file")]
        password_file: Option<PathBuf>,
        #[command(flatten)]
        why: Why,
    },
}
