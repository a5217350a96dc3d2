//! `service`: who trusts our tokens.

use super::{Where, Why, day};
use clap::Subcommand;
use domain::ids::KeyId;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Service {
    /// Add a SAML service by its metadata, or replace that of the same entity id.
    Add {
        #[command(flatten)]
        at: Where,
        /// The metadata file.
        metadata: PathBuf,
        #[command(flatten)]
        why: Why,
        /// A file of settings (TOML; docs/connecting.md). What is said here wins over it.
        #[arg(long, value_name = "FILE")]
        settings: Option<PathBuf>,
        /// What is usual with this partner; a new connection begins as oiosaml.
        #[arg(long, value_parser = ["oiosaml", "nemlog-in", "kombit", "stil", "plain"])]
        profile: Option<String>,
        /// What people call it.
        #[arg(long)]
        name: Option<String>,
        /// How assertions are encrypted; not at all only in the plain profile, and where nothing confidential is told.
        #[arg(long, value_parser = ["oaep-sha256-gcm", "oaep-mgf1p-gcm", "oaep-mgf1p-cbc", "none"])]
        encryption: Option<String>,
        /// What stands as authentication context.
        #[arg(long, value_parser = ["level-uri", "nsis", "echo"])]
        context: Option<String>,
        /// How many minutes ago at most she showed every factor, for a session to answer; 0: for each request anew; `none`:
        /// whenever it was.
        #[arg(long, value_name = "MINUTES|none")]
        fresh_minutes: Option<String>,
        /// The authority (PEM) behind the service's certificate where it is told of logouts; else the one that was saved
        /// before, or the public ones.
        #[arg(long, value_name = "FILE")]
        back_channel_ca: Option<PathBuf>,
        /// Forget the authority that was saved before: the public ones vouch for the service again.
        #[arg(long, conflicts_with = "back_channel_ca")]
        no_back_channel_ca: bool,
    },
    /// Register what services are told of people beside HR's feed: job functions, and what partners know them by (CSV;
    /// docs/connecting.md). Doing it twice changes nothing.
    People {
        #[command(flatten)]
        at: Where,
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        why: Why,
    },
    /// Fetch a service's metadata anew now, and take whatever it changes: you vouch for it.
    Refresh {
        #[command(flatten)]
        at: Where,
        /// Its entity id.
        entity_id: String,
        #[command(flatten)]
        why: Why,
    },
    /// Let one of our keys sign for a SAML service until a day, whichever signs for the others: for one that still holds
    /// the key before, or took the next one already.
    Pin {
        #[command(flatten)]
        at: Where,
        /// Its entity id.
        entity_id: String,
        /// Which key, as `keys saml list` names it.
        #[arg(long)]
        key: KeyId,
        /// The last day, in Danish time; at most 180 days from now.
        #[arg(long, value_name = "DAY", value_parser = day)]
        until: domain::Date,
        #[command(flatten)]
        why: Why,
    },
    /// Let the key that signs for the others sign for a SAML service too, from now on.
    Unpin {
        #[command(flatten)]
        at: Where,
        /// Its entity id.
        entity_id: String,
        #[command(flatten)]
        why: Why,
    },
    /// Add an OpenID Connect application by its registration (JSON), or replace that of the same client id.
    AddOidc {
        #[command(flatten)]
        at: Where,
        /// The registration.
        registration: PathBuf,
        #[command(flatten)]
        why: Why,
        /// Make a new secret, where the application has one; the old one ends at once.
        #[arg(long)]
        new_secret: bool,
        /// The authority (PEM) behind the application's certificate where it is told of logouts; else the public ones.
        #[arg(long, value_name = "FILE")]
        back_channel_ca: Option<PathBuf>,
    },
}
