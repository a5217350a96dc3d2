//! `hold`, `erase` and `role`: what operators do about one person, two of them where it weighs.

use super::{Where, Why};
use clap::Subcommand;

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
