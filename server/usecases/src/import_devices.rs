//! A delivery of code devices comes into the stock: all of it, or nothing.

use crate::context::{Cx, hex};
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::store::StoreFault;
use crate::ports::vault::{KeyUse, Mac, Sealed};
use crate::record::{Entry, record, seed_place};
use domain::audit::EventKind;
use domain::code_device::{CodeDevice, Delivered, Delivery, DeliveryFault, Life, LifeWord, Misread, Serial};
use domain::ids::FactorId;
use domain::notice::Template;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Seeds looked at together.
const PAGE: u32 = 500;

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum NotImported {
    /// These are here already, or share a seed with another: where in the file they stand.
    #[error("the delivery is refused: {} devices in it cannot be taken", .0.len())]
    Refused(Vec<DeliveryFault>),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotImported {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Takes a delivery into the stock and gives how many devices that were. `source` is what the file was called.
pub async fn import_devices(
    cx: &Cx,
    delivery: Delivery,
    by: &Operator,
    source: &str,
) -> Result<usize, NotImported> {
    let entry = |kind| {
        by.entry(kind)
            .fact("sha256", hex(&delivery.sha256))
            .fact("source", source)
            .fact("devices", delivery.devices.len())
            .fact("signed", delivery.signed)
    };
    let faults = faults(cx, &delivery.devices).await?;
    if !faults.is_empty() {
        return Err(refuse(cx, entry(EventKind::DevicesRefused), faults).await?);
    }
    let devices = seal(cx, &delivery.devices)?;
    match put(cx, &devices, entry(EventKind::DevicesImported)).await {
        Ok(()) => Ok(devices.len()),
        // Somebody else imported one of them just then: the file is looked at again, and says which.
        Err(Fault::Store(StoreFault::Conflict(what))) => match self::faults(cx, &delivery.devices).await? {
            faults if faults.is_empty() => Err(StoreFault::Conflict(what).into()),
            faults => Err(refuse(cx, entry(EventKind::DevicesRefused), faults).await?),
        },
        Err(fault) => Err(fault.into()),
    }
}

/// The seeds are sealed before the transaction begins, which is over in some milliseconds.
fn seal(cx: &Cx, delivered: &[Delivered]) -> Result<Vec<(CodeDevice, Sealed)>, Fault> {
    let sealed = delivered.iter().map(|it| {
        let id: FactorId = cx.id()?;
        let seed = cx.house.vault.seal(KeyUse::Seeds, &seed_place(id), &it.seed)?;
        let device = CodeDevice {
            id,
            serial: it.serial.clone(),
            manufacturer: it.manufacturer.clone(),
            model: it.model.clone(),
            hash: it.hash,
            digits: it.digits,
            moving: it.moving,
            life: Life::InStock { since: cx.now },
        };
        Ok((device, seed))
    });
    sealed.collect()
}

async fn put(cx: &Cx, devices: &[(CodeDevice, Sealed)], entry: Entry) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("import_devices").await?;
    tx.add_devices(devices).await?;
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), Template::DevicesChanged).await?;
    Ok(tx.commit().await?)
}

/// What speaks against a delivery besides the file itself: a number that is here, or a seed that is, under any number.
async fn faults(cx: &Cx, delivered: &[Delivered]) -> Result<Vec<DeliveryFault>, Fault> {
    let serials: Vec<Serial> = delivered.iter().map(|it| it.serial.clone()).collect();
    let mut tx = cx.house.store.look("devices_among").await?;
    let known: Vec<Serial> = tx.devices_among(&serials).await?.into_iter().map(|it| it.serial).collect();
    drop(tx);
    let seeds = seeds(cx).await?;
    let mut faults = Vec::new();
    for it in delivered {
        let fault = |what, why| DeliveryFault { place: it.place, what, why };
        faults.extend(match seeds.get(&seed_mac(cx, &it.seed)?) {
            Some(LifeWord::Leaked) => Some(fault("the seed", Misread::SeedLeaked)),
            _ if known.contains(&it.serial) => Some(fault("the serial number", Misread::Known)),
            Some(_) => Some(fault("the seed", Misread::SeedShared)),
            None => None,
        });
    }
    Ok(faults)
}

/// Seeds are compared by it, never themselves; made anew for each comparison and kept nowhere.
fn seed_mac(cx: &Cx, seed: &[u8]) -> Result<Mac, Fault> {
    let material = Zeroizing::new([b"device-seed:".as_slice(), seed].concat());
    Ok(cx.house.vault.mac(KeyUse::Codes, &material)?)
}

/// A MAC of every seed there ever was, with what became of its device.
async fn seeds(cx: &Cx) -> Result<BTreeMap<Mac, LifeWord>, Fault> {
    let (mut seeds, mut after) = (BTreeMap::new(), None);
    loop {
        let mut tx = cx.house.store.look("all_devices").await?;
        let page = tx.all_devices(after, PAGE).await?;
        drop(tx);
        let Some((last, _)) = page.last() else { return Ok(seeds) };
        after = Some(last.id);
        for (device, sealed) in page {
            let seed = cx.house.vault.open(KeyUse::Seeds, &seed_place(device.id), &sealed)?;
            seeds.insert(seed_mac(cx, &seed)?, device.life.word());
        }
    }
}

async fn refuse(cx: &Cx, entry: Entry, faults: Vec<DeliveryFault>) -> Result<NotImported, Fault> {
    let mut tx = cx.house.store.begin("import_devices").await?;
    record(cx, tx.as_mut(), entry.fact("refused", faults.len())).await?;
    tx.commit().await?;
    Ok(NotImported::Refused(faults))
}
