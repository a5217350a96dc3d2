//! A code device comes back into the stock, or is lost. Either way it counts at nobody's login any more.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::outside::keep_outside;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{record, tell};
use domain::audit::EventKind;
use domain::code_device::{CodeDevice, Serial, WrongLife};
use domain::ids::PersonId;
use domain::notice::Template;
use domain::outside::Deed;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It lies in stock again and may go out again.
    Returned,
    /// Nobody knows where it is. It never goes out again.
    Lost,
}

impl Fate {
    fn word(self) -> &'static str {
        match self {
            Self::Returned => "device-returned",
            Self::Lost => "device-lost",
        }
    }
}

/// Why it is not taken back.
#[derive(Debug, thiserror::Error)]
pub enum NotReturned {
    /// No device of that number.
    #[error("there is no device of that number")]
    NoDevice,
    /// Nobody had it, it is lost already, or its seed is known by others.
    #[error(transparent)]
    WrongLife(#[from] WrongLife),
    /// Somebody else got it just then.
    #[error("somebody else is changing this device just now; try again")]
    Changing,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotReturned {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Takes it back, or notes that it is lost. Its holder hears of it if she signed in with it.
pub async fn return_device(cx: &Cx, by: &Operator, serial: &Serial, fate: Fate) -> Result<(), NotReturned> {
    let mut tx = cx.house.store.begin("return_device").await?;
    // Looked at before it is locked: its holder's row is locked first, here as everywhere.
    let known = tx.devices_among(core::slice::from_ref(serial)).await?;
    let holder = known.first().ok_or(NotReturned::NoDevice)?.life.holder();
    if let Some(person) = holder {
        tx.person_for_update(person).await?.ok_or(Fault::Encoding)?;
    }
    let (device, _) = tx.device_for_update(serial).await?.ok_or(NotReturned::NoDevice)?;
    if device.life.holder() != holder {
        return Err(NotReturned::Changing);
    }
    let counted = device.in_use().is_some();
    let after = match fate {
        Fate::Returned => device.clone().returned(cx.now),
        Fate::Lost => device.clone().lost(cx.now),
    };
    let after = match after {
        Ok(after) => after,
        Err(WrongLife(life)) => {
            let entry = by.entry(EventKind::DeviceRefused).fact("serial", serial).fact("why", life.word());
            record(cx, tx.as_mut(), entry.fact("during", fate.word())).await?;
            tx.commit().await?;
            return Err(WrongLife(life).into());
        }
    };
    tx.put_device(&after).await?;
    if fate == Fate::Lost {
        keep_outside(cx, tx.as_mut(), None, Deed::DeviceGone(after.id)).await?;
    }
    let entry = by.entry(EventKind::DeviceReturned).fact("device", after.id).fact("serial", serial);
    let entry = holder.into_iter().fold(entry, crate::record::Entry::about);
    record(cx, tx.as_mut(), entry.fact("why", fate.word())).await?;
    if let (true, Some(person)) = (counted, holder) {
        taken_from(cx, tx.as_mut(), by, (person, &after), fate.word()).await?;
        tell(cx, tx.as_mut(), person, Template::FactorRemoved).await?;
    }
    tell_administrators(cx, tx.as_mut(), Template::DevicesChanged).await?;
    tx.commit().await?;
    Ok(())
}

/// It counted at somebody's login, and does not any more. Her row is locked.
pub(crate) async fn taken_from(
    cx: &Cx,
    tx: &mut dyn Tx,
    by: &Operator,
    (person, device): (PersonId, &CodeDevice),
    why: &'static str,
) -> Result<(), Fault> {
    let epoch = tx.standing(person).await?.epoch();
    keep_outside(cx, tx, Some((person, epoch)), Deed::FactorRemoved(device.id)).await?;
    let entry = by.entry(EventKind::FactorRemoved).about(person).fact("factor", device.id);
    record(cx, tx, entry.fact("kind", "code-device").fact("why", why)).await
}
