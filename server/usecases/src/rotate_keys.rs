//! New versions of the purpose keys, and everything kept sealed anew under them, while everything runs (security
//! decision 24).
//!
//! A rotation goes through steps that can each be done again: it is written down, the new keys are *announced* (every
//! running process opens with them, none seals yet), after a moment they are made *active*, what is kept is sealed and
//! indexed anew in short transactions, and it ends. Whoever finds one under way goes on with it, so a crash at any point
//! loses nothing. Old keys stay accepted; [`crate::retire_keys`] ends their lives.

mod reseal;

use crate::context::Cx;
use crate::fault::Fault;
use crate::meet_keys::{NotMet, meet_keys};
use crate::operator::{Operator, tell_administrators};
use crate::ports::ring::{KeyState, KeyVersion, Ring, RingFault};
use crate::ports::store::{Resealed, Rotation, StoreFault};
use crate::ports::vault::KeyUse;
use crate::record::record;
use core::time::Duration;
use domain::audit::EventKind;
use domain::notice::Template;
pub(crate) use reseal::reseal;
use std::collections::BTreeSet;

/// What an operator asks for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Who, and why.
    pub by: Operator,
    /// Which purposes; none means all that can be rotated. Counts only when no rotation is under way.
    pub purposes: Vec<KeyUse>,
    /// Stop once the new keys are announced, so that the ring can be copied to other machines first.
    pub announce_only: bool,
    /// How long the new keys are known before the first of them seals, and how long after that before
    /// anything is sealed anew: longer than a request takes.
    pub settle: Duration,
}

/// How far a rotation came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The version each purpose gets.
    pub targets: Vec<(KeyUse, u32)>,
    /// Whether it went on where another run was interrupted.
    pub resumed: bool,
    /// What was sealed anew, over all runs; none when it was only announced.
    pub done: Option<Resealed>,
    /// Purposes of which something still lies under an older key: it did not open, or changed meanwhile.
    pub left: BTreeSet<KeyUse>,
}

/// Why keys are not rotated.
#[derive(Debug, thiserror::Error)]
pub enum NotRotated {
    /// Each service would take everybody for a stranger.
    #[error("keys for names are never rotated: every service would take everybody for somebody new")]
    Names,
    /// The ring cannot be read or changed.
    #[error(transparent)]
    Ring(#[from] RingFault),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotRotated {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

impl From<NotMet> for NotRotated {
    fn from(fault: NotMet) -> Self {
        match fault {
            NotMet::Ring(fault) => Self::Ring(fault),
            NotMet::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Rotates, or goes on with the rotation that was interrupted.
pub async fn rotate_keys(cx: &Cx, ring: &dyn Ring, ask: &Ask) -> Result<Rotated, NotRotated> {
    let (rotation, resumed) = begin(cx, ring, ask).await?;
    announce(ring, &rotation)?;
    meet_keys(cx, ring, Some(&ask.by)).await?;
    let targets = rotation.targets.iter().map(|(purpose, version)| (*purpose, *version)).collect();
    if ask.announce_only {
        return Ok(Rotated { targets, resumed, done: None, left: BTreeSet::new() });
    }
    let coming = coming(&ring.versions()?, &rotation);
    if !coming.is_empty() {
        tokio::time::sleep(ask.settle).await;
        ring.activate(&coming, cx.house.clock.now())?;
    }
    if resumed || !coming.is_empty() {
        // Whoever serves looks now and then: nothing is sealed under the older keys any more behind what is sealed anew.
        tokio::time::sleep(ask.settle).await;
    }
    let left = reseal(cx).await?.left;
    let done = finish(cx, &rotation, &ask.by, &left).await?;
    Ok(Rotated { targets, resumed, done: Some(done), left })
}

/// Writes down what is going to be made, or finds what was.
async fn begin(cx: &Cx, ring: &dyn Ring, ask: &Ask) -> Result<(Rotation, bool), NotRotated> {
    let purposes = purposes(ask)?;
    let versions = ring.versions()?;
    let mut tx = cx.house.store.begin("begin_rotation").await?;
    let under_way = tx.rotation_for_update().await?;
    let resumed = under_way.is_some();
    let rotation = match under_way {
        Some(rotation) => rotation,
        None => Rotation {
            id: cx.id().map_err(Fault::from)?,
            begun_at: cx.now,
            targets: purposes.into_iter().map(|purpose| (purpose, next(&versions, purpose))).collect(),
            resealed: Resealed::default(),
        },
    };
    tx.put_rotation(&rotation).await?;
    let entry = ask.by.entry(EventKind::RotationBegun).fact("rotation", rotation.id).fact("resumed", resumed);
    record(cx, tx.as_mut(), entry.fact("keys", words(&rotation))).await?;
    tx.commit().await?;
    Ok((rotation, resumed))
}

fn purposes(ask: &Ask) -> Result<Vec<KeyUse>, NotRotated> {
    if ask.purposes.contains(&KeyUse::Names) {
        return Err(NotRotated::Names);
    }
    let all = || KeyUse::ALL.into_iter().filter(|purpose| *purpose != KeyUse::Names).collect();
    Ok(if ask.purposes.is_empty() { all() } else { ask.purposes.clone() })
}

/// The version a purpose gets: that of a key announced already, else one more than there is.
fn next(versions: &[KeyVersion], purpose: KeyUse) -> u32 {
    let own = || versions.iter().filter(|key| key.purpose == purpose);
    let announced = own().find(|key| key.state == KeyState::Coming).map(|key| key.version);
    announced.unwrap_or_else(|| own().map(|key| key.version).max().unwrap_or(0) + 1)
}

/// Makes the keys that are not there yet.
fn announce(ring: &dyn Ring, rotation: &Rotation) -> Result<(), RingFault> {
    let versions = ring.versions()?;
    let is_there = |(purpose, version): (&KeyUse, &u32)| {
        versions.iter().any(|key| key.purpose == *purpose && key.version >= *version)
    };
    let missing: Vec<_> =
        rotation.targets.iter().filter(|target| !is_there(*target)).map(|(purpose, _)| *purpose).collect();
    ring.announce(&missing, rotation.begun_at)
}

/// The purposes of this rotation whose new key does not seal yet.
fn coming(versions: &[KeyVersion], rotation: &Rotation) -> Vec<KeyUse> {
    let waits = |key: &&KeyVersion| {
        key.state == KeyState::Coming && rotation.targets.get(&key.purpose) == Some(&key.version)
    };
    versions.iter().filter(waits).map(|key| key.purpose).collect()
}

/// Ends it and says so, once; gives what was sealed anew over all runs.
async fn finish(
    cx: &Cx,
    rotation: &Rotation,
    by: &Operator,
    left: &BTreeSet<KeyUse>,
) -> Result<Resealed, NotRotated> {
    let mut tx = cx.house.store.begin("finish_rotation").await?;
    let counted = tx.rotation_for_update().await?.filter(|it| it.id == rotation.id);
    let Some(Rotation { resealed, .. }) = counted else { return Ok(rotation.resealed) };
    tx.end_rotation(rotation.id, cx.house.clock.now()).await?;
    let entry = by
        .entry(EventKind::KeysRotated)
        .fact("rotation", rotation.id)
        .fact("keys", words(rotation))
        .fact("cprs", resealed.cprs)
        .fact("indexes", resealed.indexes)
        .fact("seeds", resealed.seeds)
        .fact("trail-keys", resealed.trail_keys)
        .fact("signing-keys", resealed.signing_keys)
        .fact("left", left.iter().map(|purpose| purpose.word()).collect::<Vec<_>>().join(","));
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    tx.commit().await?;
    Ok(resealed)
}

/// Such as `cpr-seal 2, seeds 2`.
fn words(rotation: &Rotation) -> String {
    let each = rotation.targets.iter().map(|(purpose, version)| format!("{} {version}", purpose.word()));
    each.collect::<Vec<_>>().join(", ")
}
