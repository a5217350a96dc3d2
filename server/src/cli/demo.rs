//! What the demo needs to know.

use clap::Args;
use std::path::PathBuf;

/// What the demo needs to know.
#[derive(Args, Clone, Debug)]
pub(crate) struct DemoArgs {
    /// Where to listen; only a loopback address.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:3000")]
    pub(crate) listen: std::net::SocketAddr,
    /// Where its database and keys are; made when missing.
    #[arg(long, value_name = "DIR", default_value = "demo")]
    pub(crate) data: PathBuf,
    /// Where letters are put as files; a folder beside the database when left out.
    #[arg(long, value_name = "DIR")]
    pub(crate) mail_dir: Option<PathBuf>,
    /// A folder of texts instead of the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub(crate) texts: Option<PathBuf>,
    /// What is decided of models of passkeys, as the section `passkeys` of a configuration says it, in a file of its own.
    #[arg(long, value_name = "FILE")]
    pub(crate) passkeys: Option<PathBuf>,
    /// A PostgreSQL address instead of an `SQLite` file.
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// This many made-up people besides the sample ones, to see and measure a house that is full.
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=10_000))]
    pub(crate) people: u32,
}
