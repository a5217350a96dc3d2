//! The command line, which teaches.

mod audit;
#[cfg(feature = "demo")]
mod demo;
mod devices;
mod keys;
mod outside;
mod people;
mod service;

pub(crate) use self::audit::{Against, Audit};
#[cfg(feature = "demo")]
pub(crate) use self::demo::DemoArgs;
pub(crate) use self::devices::{DeviceFile, Devices};
pub(crate) use self::keys::{KeyStep, Keys, NewKek, SamlKeys};
pub(crate) use self::outside::{Outside, Probe};
pub(crate) use self::people::{Erase, Hold, Role};
pub(crate) use self::service::Service;

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// NSIS-ID: a municipality's own identity provider at NSIS level Substantial.
///
/// For real:        write nsis-id.toml, then  nsis-id keys create,  nsis-id migrate,
///                  nsis-id check-config,  nsis-id import people.csv,
///                  nsis-id service add metadata.xml,  nsis-id serve
#[derive(Debug, Parser)]
#[command(name = "nsis-id", version, verbatim_doc_comment)]
#[cfg_attr(feature = "demo", command(after_help = "Try it: nsis-id demo"))]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Which database and keys a command works on.
#[derive(Args, Clone, Debug)]
pub(crate) struct Where {
    /// The configuration of this installation.
    #[arg(long, value_name = "FILE", default_value = "nsis-id.toml", env = "NSIS_ID_CONFIG")]
    pub(crate) config: PathBuf,
    /// Work on the demo in this folder instead.
    #[arg(long, value_name = "DIR")]
    pub(crate) demo: Option<PathBuf>,
}

/// Every command that changes something says why.
#[derive(Args, Clone, Debug)]
pub(crate) struct Why {
    /// Why; stands in the audit trail with your operating-system name.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve for real. Refuses the simulator, test brokers, bare keys and plain http, and says why.
    Serve {
        #[command(flatten)]
        at: Where,
        /// Real people, but every page is marked and no NSIS level is issued.
        #[arg(long)]
        pilot: bool,
    },
    /// Show everything on this machine: portal, MitID simulator, a service and sample people.
    #[cfg(feature = "demo")]
    Demo(DemoArgs),
    /// Said, not served: this programme is for operation.
    #[cfg(not(feature = "demo"))]
    #[command(hide = true)]
    Demo {
        /// Whatever the demo would have been told.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// Bring the database to this programme's version.
    Migrate {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        why: Why,
    },
    /// Read HR's feed (CSV). Doing it twice changes nothing; see docs/hr-feed.md for the columns.
    Import {
        #[command(flatten)]
        at: Where,
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        why: Why,
        /// Take a file that ends or changes more than the guard allows; the reason then says who confirmed it.
        #[arg(long)]
        confirm_sweep: bool,
    },
    /// The keys that protect what is kept.
    #[command(subcommand)]
    Keys(Keys),
    /// The services that trust our tokens.
    #[command(subcommand)]
    Service(Service),
    /// Check the configuration as `serve` would, and start nothing.
    CheckConfig {
        #[command(flatten)]
        at: Where,
    },
    /// Bring a restored database up to what is kept outside: blocks from after the backup hold again, and nothing anybody
    /// has in hand counts any more. Interrupted, it goes on where it was when it is run again.
    Recover {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        why: Why,
        /// Also where the database has everything: for a restored one whose file outside is lost.
        #[arg(long)]
        anyway: bool,
    },
    /// What is kept outside the database.
    #[command(subcommand)]
    Outside(Outside),
    /// Whether each door of a block works, asked from another machine and kept as a figure.
    #[command(subcommand)]
    Probe(Probe),
    /// The audit trail.
    #[command(subcommand)]
    Audit(Audit),
    /// The municipality's own blocks of a login.
    #[command(subcommand)]
    Hold(Hold),
    /// Erasing people who left long ago.
    #[command(subcommand)]
    Erase(Erase),
    /// Roles beyond one's own login.
    #[command(subcommand)]
    Role(Role),
    /// Hardware code devices: the stock, and who has them.
    #[command(subcommand)]
    Devices(Devices),
}

/// A day as people write it for machines.
fn day(text: &str) -> Result<domain::Date, String> {
    text.parse().map_err(|_| "a day looks like 2026-11-02".to_owned())
}
