//! Whether each door of a block would open now: asked by whoever keeps the figures of its availability (NSIS 3.2.3.6).

use crate::context::House;
use crate::fault::Fault;
use crate::ports::people::Lane;
use crate::ports::vault::{KeyUse, Sealed};
use core::time::Duration;
use domain::password::Password;
use domain::suspension::Door;
use std::future::Future;
use tokio::time::timeout;

/// What takes longer does not work.
const PATIENCE: Duration = Duration::from_secs(5);
/// Where what is sealed to see whether it can be lies: nowhere.
const PLACE: &str = "see_doors";

/// What a door needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A database that takes what is written.
    Database,
    /// Keys that seal, open and sign.
    Keys,
    /// Passwords that are compared, in the lane of blocks.
    Hashing,
    /// A MitID broker in the configuration. Whether it answers is asked from outside, by `nsis-id probe`.
    Broker,
}

impl Need {
    /// A word for whoever reads the figures.
    pub fn word(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Keys => "keys",
            Self::Hashing => "hashing",
            Self::Broker => "broker",
        }
    }
}

/// Each door with what it lacks; none when it would open. Nothing is changed: what is written to see whether it can be is
/// taken back. That a disk is full shows only at a commit, which is not tried.
pub async fn see_doors(house: &House) -> [(Door, Option<Need>); 5] {
    let database = works("database", writes(house)).await;
    let keys = seals(house).is_ok();
    let hashing = works("hashing", compares(house)).await;
    let broker = !house.mitid.origins().is_empty();
    Door::ALL.map(|door| {
        let own = match door {
            Door::Session | Door::Code | Door::Notice => None,
            Door::Password => Some((hashing, Need::Hashing)),
            Door::Mitid => Some((broker, Need::Broker)),
        };
        let mut all = [(database, Need::Database), (keys, Need::Keys)].into_iter().chain(own);
        (door, all.find_map(|(works, need)| (!works).then_some(need)))
    })
}

async fn works(what: &'static str, trial: impl Future<Output = Result<(), Fault>>) -> bool {
    match timeout(PATIENCE, trial).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::error!(%error, what, "a door of blocking does not work");
            false
        }
        Err(_) => {
            tracing::error!(what, "a door of blocking does not answer");
            false
        }
    }
}

/// Counts a wrong answer at a door that nobody has, and takes it back by dropping the transaction.
async fn writes(house: &House) -> Result<(), Fault> {
    let door = house.vault.mac(KeyUse::Codes, PLACE.as_bytes())?;
    let mut tx = house.store.begin_at_once("see_doors").await?;
    tx.count_wrong(door, house.clock.now()).await?;
    Ok(())
}

fn seals(house: &House) -> Result<(), Fault> {
    house.vault.mac(KeyUse::Trail, PLACE.as_bytes())?;
    let sealed: Sealed = house.vault.seal(KeyUse::Memory, PLACE, b"open")?;
    house.vault.open(KeyUse::Memory, PLACE, &sealed)?;
    Ok(())
}

async fn compares(house: &House) -> Result<(), Fault> {
    house.hasher.verify(Password::typed(PLACE.to_owned()), None, Lane::Blocking.into()).await?;
    Ok(())
}
