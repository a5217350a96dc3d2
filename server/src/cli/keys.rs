//! `keys`: what protects what is kept, and what answers by SAML are signed with.

use super::{Where, Why};
use clap::{Args, Subcommand};
use domain::ids::KeyId;
use std::path::PathBuf;
use std::str::FromStr;

/// What `keys rotate` gives new keys.
const ROTATED: [&str; 11] = [
    "cpr-seal",
    "cpr-index",
    "seeds",
    "codes",
    "signing",
    "people",
    "trail",
    "memory",
    "devices",
    "outside",
    "checkpoints",
];

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Make the key-encryption key (where it is a file), the key ring and a signing key.
    Create {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        why: Why,
    },
    /// Give purposes new keys and seal anew what is kept under the old ones, while `serve` goes on. Interrupted, it goes
    /// on where it was when it is run again.
    Rotate {
        #[command(flatten)]
        at: Where,
        /// Which; all of them when none is named. Names for services are never rotated.
        #[arg(value_parser = ROTATED)]
        purposes: Vec<String>,
        /// Stop when the new keys are announced: copy the ring to every machine, then run `keys rotate` again.
        #[arg(long)]
        announce_only: bool,
        #[command(flatten)]
        why: Why,
    },
    /// Give applications new keys to verify tokens with: published at once, used from tomorrow on. What no token can be
    /// verified with any more is destroyed.
    Roll {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        why: Why,
    },
    /// End the lives of older keys that nothing needs any more; says which go on, and until when.
    Retire {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        why: Why,
    },
    /// Give people new keys of their own whose keys are lost. What the trail holds sealed under the lost ones opens no more:
    /// first put the newest copy of the keys back.
    ReplaceLost {
        #[command(flatten)]
        at: Where,
        /// The store of the keys is gone for good, and no copy is left: make an empty one first.
        #[arg(long)]
        new_store: bool,
        #[command(flatten)]
        why: Why,
    },
    /// Look after the copies of people's own keys of the trail: how old each is, which are too old, and which say no day. A copy
    /// is a file whose name begins with its day, such as 2026-11-30.db.
    PersonCopies {
        #[command(flatten)]
        at: Where,
        /// The folder in which the copies lie, and nothing else.
        #[arg(long, value_name = "DIR")]
        folder: PathBuf,
        /// Make today's copy first (SQLite; with PostgreSQL `pg_dump` makes it).
        #[arg(long)]
        make: bool,
        /// Delete each before it is older than thirty days: from the twenty-ninth on, for whoever comes by once a day.
        #[arg(long)]
        delete: bool,
        #[command(flatten)]
        why: Why,
    },
    /// Wrap the key ring under another key-encryption key, which the configuration names afterwards. What runs goes on with the
    /// keys it has and needs the new one when it is started again: see docs/operations.md.
    Rewrap {
        #[command(flatten)]
        at: Where,
        /// `credential:NAME`, which the service manager hands to this command; or `passphrase:FILE`, which is made where it is
        /// not there.
        #[arg(long, value_name = "KIND:WHICH")]
        to: NewKek,
        /// With `passphrase:FILE`: where its passphrase is read from.
        #[arg(long, value_name = "FILE")]
        passphrase_from: Option<PathBuf>,
        #[command(flatten)]
        why: Why,
    },
    /// The keys that answers by SAML are signed with, one after the other; see docs/operations.md.
    #[command(subcommand)]
    Saml(SamlKeys),
}

/// Another key-encryption key, as it is named at the command line.
#[derive(Clone, Debug)]
pub(crate) enum NewKek {
    /// A credential of the service manager's.
    Credential(String),
    /// A file that opens with a passphrase.
    Passphrase(PathBuf),
    /// A file in clear, of a demo.
    Bare(PathBuf),
}

impl FromStr for NewKek {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some(("credential", name)) if !name.is_empty() => Ok(Self::Credential(name.to_owned())),
            Some(("passphrase", file)) if !file.is_empty() => Ok(Self::Passphrase(file.into())),
            Some(("bare", file)) if !file.is_empty() => Ok(Self::Bare(file.into())),
            _ => Err("name credential:NAME or passphrase:FILE"),
        }
    }
}

/// A signing key, and one step of its life.
#[derive(Args, Clone, Debug)]
pub(crate) struct KeyStep {
    #[command(flatten)]
    pub(crate) at: Where,
    /// Which, as `keys saml list` names it.
    pub(crate) key: KeyId,
    #[command(flatten)]
    pub(crate) why: Why,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SamlKeys {
    /// How far each is, until when its certificate lasts, and which services are pinned to it.
    List {
        #[command(flatten)]
        at: Where,
    },
    /// Make the key that signs next. Nobody knows of it yet.
    Create {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        why: Why,
    },
    /// Take a key that was drawn elsewhere, with the certificate that an authority made out for it, to sign next. Nobody knows
    /// of it yet.
    Import {
        #[command(flatten)]
        at: Where,
        /// PEM: the private key (PKCS#8, not enciphered) and its certificate; `-` for what comes through a pipe.
        file: PathBuf,
        #[command(flatten)]
        why: Why,
    },
    /// Put it into our metadata beside the one that signs: services take it up before they need it.
    Publish {
        #[command(flatten)]
        step: KeyStep,
    },
    /// Let it sign, a week after it was published. The one before it signs only for services pinned to it.
    Activate {
        #[command(flatten)]
        step: KeyStep,
        /// At once: services that have not taken it up refuse our answers.
        #[arg(long)]
        now: bool,
    },
    /// Let a replaced key sign for nobody any more, when no service is pinned to it.
    Retire {
        #[command(flatten)]
        step: KeyStep,
        /// Although services are pinned to it: they refuse our answers.
        #[arg(long)]
        now: bool,
    },
    /// Delete a retired key, a day after it was retired.
    Destroy {
        #[command(flatten)]
        step: KeyStep,
        /// At once; it leaves our metadata too.
        #[arg(long)]
        now: bool,
    },
}
