//! Seeds of code devices are known by others: the devices are out of use for good, and who signed in with one is held
//! (security decision 8; NSIS 3.2.3.4).

use crate::context::{Cx, hex};
use crate::fault::Fault;
use crate::hold::hold;
use crate::operator::{Operator, tell_administrators};
use crate::outside::keep_outside;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::return_device::taken_from;
use crate::turn::Turn;
use domain::audit::{Actor, EventKind};
use domain::code_device::Serial;
use domain::ids::PersonId;
use domain::notice::Template;
use domain::outside::Deed;
use domain::standing::Origin;
use std::collections::BTreeMap;

/// The reason of the hold.
const LEAKED: &str = "seed-leaked";
/// How often devices are looked at again that changed hands meanwhile.
const ROUNDS: u32 = 5;
/// Most devices that nobody has, in one short transaction.
const BATCH: usize = 50;

/// Which seeds are known by others.
#[derive(Clone, Debug)]
pub struct Leak {
    /// Who says so, and why.
    pub by: Operator,
    /// The numbers of their devices.
    pub serials: Vec<Serial>,
    /// The file that leaked, if it is known.
    pub sha256: Option<[u8; 32]>,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Devices put out of use.
    pub devices: usize,
    /// Of these, those that somebody had who had not shown a code yet.
    pub waiting: usize,
    /// People whose login is held.
    pub people: usize,
    /// Devices that were known to be known before.
    pub before: usize,
    /// Numbers of no device here.
    pub unknown: Vec<Serial>,
    /// Devices that changed hands all the while: run it again.
    pub left: Vec<Serial>,
}

/// Puts the devices out of use and holds whoever signs in with one; those first, each person in a transaction of her own.
/// Interrupted, it goes on where it was when it is run again.
pub async fn hold_leaked_seeds(cx: &Cx, leak: Leak) -> Result<Held, Fault> {
    let mut done = begin(cx, &leak).await?;
    let mut serials = leak.serials.clone();
    serials.retain(|serial| !done.unknown.contains(serial));
    let mut turn = Turn::begin(cx);
    for _ in 0..ROUNDS {
        let mut changed = Vec::new();
        for (holder, serials) in by_holder(cx, &serials).await? {
            for some in serials.chunks(if holder.is_some() { serials.len() } else { BATCH }) {
                changed.extend(put_out_of_use(cx, &leak.by, (holder, some), &mut done).await?);
                turn.pass_on(cx).await;
            }
        }
        serials = changed;
        if serials.is_empty() {
            break;
        }
    }
    done.left = serials;
    Ok(done)
}

/// Says what was said, before anything is done.
async fn begin(cx: &Cx, leak: &Leak) -> Result<Held, Fault> {
    let mut tx = cx.house.store.begin_at_once("hold_leaked_seeds").await?;
    let known = tx.devices_among(&leak.serials).await?;
    let is_unknown = |serial: &&Serial| !known.iter().any(|device| device.serial == **serial);
    let unknown: Vec<Serial> = leak.serials.iter().filter(is_unknown).cloned().collect();
    let entry =
        leak.by.entry(EventKind::SeedsLeaked).fact("devices", known.len()).fact("unknown", unknown.len());
    let entry = leak.sha256.iter().fold(entry, |entry, hash| entry.fact("sha256", hex(hash)));
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), Template::DevicesChanged).await?;
    tx.commit().await?;
    Ok(Held { unknown, ..Held::default() })
}

/// The devices by who has them: whoever signs in with one comes first, then whoever only has one, then nobody's.
async fn by_holder(cx: &Cx, serials: &[Serial]) -> Result<Vec<(Option<PersonId>, Vec<Serial>)>, Fault> {
    let mut groups: BTreeMap<Option<PersonId>, (bool, Vec<Serial>)> = BTreeMap::new();
    for device in cx.house.store.look("devices_among").await?.devices_among(serials).await? {
        let group = groups.entry(device.life.holder()).or_default();
        group.0 |= device.in_use().is_some();
        group.1.push(device.serial);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(holder, (active, _))| (!active, holder.is_none()));
    Ok(groups.into_iter().map(|(holder, (_, serials))| (holder, serials)).collect())
}

/// One holder's devices, or some that nobody has, in one transaction. Gives those that changed hands meanwhile.
async fn put_out_of_use(
    cx: &Cx,
    by: &Operator,
    (holder, serials): (Option<PersonId>, &[Serial]),
    done: &mut Held,
) -> Result<Vec<Serial>, Fault> {
    // Ahead of everybody who waits to write: until it commits, a stranger's code is as good as hers.
    let mut tx = cx.house.store.begin_at_once("hold_leaked_seeds").await?;
    if let Some(person) = holder {
        tx.person_for_update(person).await?.ok_or(Fault::Encoding)?;
    }
    let (mut now, mut changed) = (Held::default(), Vec::new());
    for serial in serials {
        let (device, _) =
            tx.device_for_update(serial).await?.ok_or(StoreFault::Unreadable("a code device"))?;
        if device.life.holder() != holder {
            changed.push(serial.clone());
            continue;
        }
        let counted = device.in_use().is_some();
        let Ok(leaked) = device.leaked(cx.now) else {
            now.before += 1;
            continue;
        };
        tx.put_device(&leaked).await?;
        keep_outside(cx, tx.as_mut(), None, Deed::DeviceGone(leaked.id)).await?;
        let entry = by.entry(EventKind::DeviceLeaked).fact("device", leaked.id).fact("serial", serial);
        record(cx, tx.as_mut(), holder.into_iter().fold(entry, Entry::about)).await?;
        now.devices += 1;
        match holder {
            Some(person) if counted => {
                taken_from(cx, tx.as_mut(), by, (person, &leaked), LEAKED).await?;
                now.people = 1;
            }
            Some(_) => now.waiting += 1,
            None => {}
        }
    }
    if let (Some(person), 1) = (holder, now.people) {
        stop(cx, tx.as_mut(), by, person).await?;
    }
    tx.commit().await?;
    done.devices += now.devices;
    done.waiting += now.waiting;
    done.people += now.people;
    done.before += now.before;
    Ok(changed)
}

/// One hold for all her devices: nobody can tell which of the sign-ins before it were hers.
async fn stop(cx: &Cx, tx: &mut dyn Tx, by: &Operator, person: PersonId) -> Result<(), Fault> {
    hold(cx, tx, person, &Actor::Operator(by.name.clone()), (Origin::Security, LEAKED)).await?;
    tell(cx, tx, person, Template::SeedLeaked).await
}

impl core::fmt::Display for Held {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { devices, waiting, people, before, unknown, left } = self;
        write!(f, "out of use {devices} (handed out and not in use {waiting}), held {people} people, ")?;
        write!(f, "known before {before}, of no device here {}, left {}", unknown.len(), left.len())
    }
}
