//! `audit`: the trail, its checkpoints, and what proves them.

use super::{Where, Why, day};
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Follow the whole trail and check every row against the keys and against the checkpoints kept outside; says the
    /// first that was changed, removed, added or swapped, and whether the end was cut off or all of it replaced. Of the
    /// configured database the trail tells that it was verified, by whom, and what came of it.
    Verify {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        what: Against,
    },
    /// Take rows of the trail out into a file that proves itself with nothing but the public key.
    Export {
        #[command(flatten)]
        at: Where,
        /// The file; it must not be there yet.
        file: PathBuf,
        /// The first day, in Danish time; left out: from the first row on.
        #[arg(long, value_name = "DAY", value_parser = day, requires = "to")]
        from: Option<domain::Date>,
        /// The last day.
        #[arg(long, value_name = "DAY", value_parser = day, requires = "from")]
        to: Option<domain::Date>,
        #[command(flatten)]
        why: Why,
    },
    /// Print the public keys checkpoints are signed with, the one that signs now first. Hand them to whoever verifies.
    Keys {
        #[command(flatten)]
        at: Where,
    },
    /// Print what shows that a row is among those the last checkpoint stands for, and with --since that an older
    /// checkpoint is its beginning (RFC 6962), as JSON.
    Prove {
        #[command(flatten)]
        at: Where,
        /// The place of the row.
        place: u64,
        /// The number of the older checkpoint.
        #[arg(long, value_name = "NUMBER")]
        since: Option<u64>,
    },
}

/// What is verified, and against what.
#[derive(Args, Clone, Debug)]
pub(crate) struct Against {
    /// Another database than the configured one, such as a restored copy: `sqlite:FILE` or a PostgreSQL address.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) database: Option<String>,
    /// It is a backup: that it ends before the newest checkpoint is said and is nothing wrong.
    #[arg(long)]
    pub(crate) backup: bool,
    /// An export, instead of a database.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["database", "backup"], requires = "public_key")]
    pub(crate) export: Option<PathBuf>,
    /// The checkpoints that were kept outside; left out: the configured file.
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoints: Option<PathBuf>,
    /// The public keys (PEM) checkpoints are signed with. With them neither configuration nor keys are needed, and the
    /// MACs of rows are not compared; the checkpoints cover them.
    #[arg(long, value_name = "FILE")]
    pub(crate) public_key: Option<PathBuf>,
}
