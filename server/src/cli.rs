//! The command line, which teaches.

use clap::{Args, Parser, Subcommand};
use domain::ids::KeyId;
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

/// What the demo needs to know.
#[cfg(feature = "demo")]
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
    /// A PostgreSQL address instead of an `SQLite` file.
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// This many made-up people besides the sample ones, to see and measure a house that is full.
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=10_000))]
    pub(crate) people: u32,
}

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
        #[command(flatten)]
        why: Why,
    },
    /// The keys that answers by SAML are signed with, one after the other; see docs/operations.md.
    #[command(subcommand)]
    Saml(SamlKeys),
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
}

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Follow the whole trail and check every row against the keys and against the checkpoints kept outside; says the
    /// first that was changed, removed, added or swapped, and whether the end was cut off or all of it replaced.
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

#[derive(Debug, Subcommand)]
pub(crate) enum Hold {
    /// Close somebody's login at once: sessions end, services that can be told are told, and she hears whom to call. Her
    /// own reopening does not lift it.
    Put {
        #[command(flatten)]
        at: Where,
        /// Whose, by user name.
        user_name: String,
        /// On her behalf, or on suspicion.
        #[arg(long, value_parser = ["service-desk", "security"])]
        origin: String,
        #[command(flatten)]
        why: Why,
    },
    /// Lift a hold its owner cannot settle. Two different operators must say the same; then she opens her login herself,
    /// with MitID. After another CPR number from HR (reconfirmation) she enrols in full.
    Lift {
        #[command(flatten)]
        at: Where,
        /// Whose, by user name.
        user_name: String,
        /// Whose hold it is, as the trail names it.
        #[arg(long, value_parser = ["service-desk", "security", "register", "reconfirmation"])]
        origin: String,
        #[command(flatten)]
        why: Why,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Erase {
    /// Propose to erase a person: every relation of hers is over, nothing about her is younger than what must be kept, and
    /// no hold of security keeps it. A second, other operator must approve it within two weeks.
    Propose {
        #[command(flatten)]
        at: Where,
        /// Whom, by user name.
        user_name: String,
        #[command(flatten)]
        why: Why,
    },
    /// Approve what another operator proposed. Her key of the trail is destroyed and every row that is hers goes; nothing
    /// brings her back but HR's feed, as somebody new.
    Approve {
        #[command(flatten)]
        at: Where,
        /// Whom, by user name.
        user_name: String,
        #[command(flatten)]
        why: Why,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Role {
    /// Propose a role. Two different operators must propose the same; then the person accepts it in the portal.
    Propose {
        #[command(flatten)]
        at: Where,
        /// Whose, by user name.
        user_name: String,
        /// Which.
        #[arg(value_parser = ["administrator", "registrar", "service-desk", "auditor"])]
        role: String,
        #[command(flatten)]
        why: Why,
    },
}

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

/// A day as people write it for machines.
fn day(text: &str) -> Result<domain::Date, String> {
    text.parse().map_err(|_| "a day looks like 2026-11-02".to_owned())
}
