//! `outside` and `probe`: what is seen and kept on other machines.

use super::{Where, Why, day};
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Outside {
    /// Begin a file: on one more machine, or where the old one is lost for good.
    Begin {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        why: Why,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Probe {
    /// Ask each door once, and add a line for each to a file. Run it every minute by a timer.
    Run {
        /// The portal, such as `https://login.eksempelkommune.dk`
        url: String,
        /// The file.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// How available each door was over a period.
    Report {
        /// The file `probe run` wrote.
        file: PathBuf,
        /// The first day.
        #[arg(long, value_name = "DAY", value_parser = day)]
        from: domain::Date,
        /// The last day.
        #[arg(long, value_name = "DAY", value_parser = day)]
        to: domain::Date,
        /// As what.
        #[arg(long, value_parser = ["csv", "json"], default_value = "csv")]
        format: String,
    },
    /// Hand in what `probe run` wrote, day by day, for auditors: export 14 and the figures. Days that were handed in stay as
    /// they are, and today waits until it is over.
    HandIn {
        #[command(flatten)]
        at: Where,
        /// The file `probe run` wrote, copied from the other machine.
        file: PathBuf,
        #[command(flatten)]
        why: Why,
    },
}
