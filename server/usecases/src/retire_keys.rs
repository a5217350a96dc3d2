//! The end of a key's life: an older version that nothing needs any more opens nothing from then on.
//!
//! Three things must be so: no printed sheet is known by it, it has not sealed for as long as anything made under it may live, and of what can be sealed
//! anew nothing lies under it. The trail is never sealed anew, so its keys stay accepted as long as it is kept.

use crate::context::Cx;
use crate::fault::Fault;
use crate::meet_keys::{NotMet, meet_keys};
use crate::operator::Operator;
use crate::ports::ring::{KeyState, KeyVersion, Ring, RingFault};
use crate::ports::vault::KeyUse;
use crate::rotate_keys::reseal;
use domain::{SignedDuration, Timestamp};

/// Why no key is retired.
#[derive(Debug, thiserror::Error)]
pub enum NotRetired {
    /// The ring cannot be read or changed.
    #[error(transparent)]
    Ring(#[from] RingFault),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<NotMet> for NotRetired {
    fn from(fault: NotMet) -> Self {
        match fault {
            NotMet::Ring(fault) => Self::Ring(fault),
            NotMet::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Why an older key goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// What it sealed may live until then.
    Until(Timestamp),
    /// Something still lies under an older key of this purpose and does not open or was being changed.
    InUse,
    /// Codes on a sheet somebody still has are known by it; a sheet lasts until it is used or replaced.
    Sheets,
    /// The trail, its checkpoints, or what is kept outside, is verified and read with it.
    Trail,
}

/// What became of the older keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retired {
    /// Those whose life ended now.
    pub retired: Vec<(KeyUse, u32)>,
    /// Those that go on, and why.
    pub staying: Vec<(KeyUse, u32, Stays)>,
}

/// Retires what nothing needs any more. What was left under older keys is sealed anew first.
pub async fn retire_keys(cx: &Cx, ring: &dyn Ring, by: &Operator) -> Result<Retired, NotRetired> {
    let left = reseal(cx).await?.left;
    let sheet = oldest_sheet(cx).await?;
    let mut found = Retired::default();
    for key in ring.versions()?.into_iter().filter(|key| key.state == KeyState::Accepted) {
        let stays = match rests(&key) {
            None => Some(Stays::Trail),
            Some(until) if cx.now < until => Some(Stays::Until(until)),
            Some(_) if key.purpose == KeyUse::Codes && sheet.is_some_and(|made| made <= key.since) => {
                Some(Stays::Sheets)
            }
            Some(_) => left.contains(&key.purpose).then_some(Stays::InUse),
        };
        match stays {
            Some(why) => found.staying.push((key.purpose, key.version, why)),
            None => found.retired.push((key.purpose, key.version)),
        }
    }
    ring.retire(&found.retired, cx.now)?;
    meet_keys(cx, ring, Some(by)).await?;
    Ok(found)
}

async fn oldest_sheet(cx: &Cx) -> Result<Option<Timestamp>, Fault> {
    let mut tx = cx.house.store.reading("retire_keys").await?;
    Ok(tx.oldest_sheet().await?)
}

/// When nothing made under this older key lives any more; never for the trail's and for what is kept outside.
fn rests(key: &KeyVersion) -> Option<Timestamp> {
    let hours = match key.purpose {
        // Longer than any transaction or import that had the older key in hand.
        KeyUse::CprSeal | KeyUse::CprIndex | KeyUse::Signing => 1,
        // A flow holds an offered seed or a trip to MitID, and is deleted a day after its end.
        KeyUse::Seeds | KeyUse::Memory => 26,
        // An invitation lives for thirty days, a count of wrong answers for thirty-one.
        KeyUse::Codes => 24 * 32,
        // The cookie's own age.
        KeyUse::Devices => 24 * 366,
        KeyUse::People | KeyUse::Trail | KeyUse::Outside | KeyUse::Checkpoints | KeyUse::Names => {
            return None;
        }
    };
    Some(key.since.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(key.since))
}
