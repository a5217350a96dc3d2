//! A code device is given to somebody. It opens nothing before she has shown a code of it (NSIS 3.2.2).

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{record, tell};
use domain::audit::EventKind;
use domain::code_device::{CodeDevice, Serial, WrongLife};
use domain::ids::PersonId;
use domain::notice::Template;
use domain::person::UserName;

/// Why it is not handed out.
#[derive(Debug, thiserror::Error)]
pub enum NotHandedOut {
    /// No device of that number.
    #[error("there is no device of that number")]
    NoDevice,
    /// Nobody by that user name.
    #[error("nobody by that user name")]
    Nobody,
    /// She has no work relation.
    #[error("she has no work relation")]
    NoRelation,
    /// It does not lie in stock.
    #[error(transparent)]
    WrongLife(#[from] WrongLife),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl NotHandedOut {
    fn word(&self) -> &'static str {
        match self {
            Self::NoDevice => "no-device",
            Self::Nobody => "nobody",
            Self::NoRelation => "no-relation",
            Self::WrongLife(WrongLife(life)) => life.word(),
            Self::Fault(_) => "fault",
        }
    }
}

impl From<StoreFault> for NotHandedOut {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Hands it out. She and the administrators hear of it.
pub async fn hand_out_device(
    cx: &Cx,
    by: &Operator,
    serial: &Serial,
    to: &UserName,
) -> Result<(), NotHandedOut> {
    let mut tx = cx.house.store.begin("hand_out_device").await?;
    let person = tx.person_by_user_name(to).await?;
    let device = match decide(cx, tx.as_mut(), serial, person).await {
        Ok(device) => device,
        Err(NotHandedOut::Fault(fault)) => return Err(fault.into()),
        Err(refused) => {
            let entry = by.entry(EventKind::DeviceRefused).fact("serial", serial).fact("why", refused.word());
            let entry = person.into_iter().fold(entry, crate::record::Entry::about);
            record(cx, tx.as_mut(), entry.fact("during", "handing-out")).await?;
            tx.commit().await?;
            return Err(refused);
        }
    };
    let person = device.life.holder().ok_or(Fault::Encoding)?;
    tx.put_device(&device).await?;
    let entry = by.entry(EventKind::DeviceHandedOut).about(person);
    record(cx, tx.as_mut(), entry.fact("device", device.id).fact("serial", serial)).await?;
    tell(cx, tx.as_mut(), person, Template::DeviceHandedOut).await?;
    tell_administrators(cx, tx.as_mut(), Template::DevicesChanged).await?;
    tx.commit().await?;
    Ok(())
}

/// The device as it is afterwards; changes nothing. Her row is locked before the device's, here as everywhere.
async fn decide(
    cx: &Cx,
    tx: &mut dyn Tx,
    serial: &Serial,
    person: Option<PersonId>,
) -> Result<CodeDevice, NotHandedOut> {
    let person = person.ok_or(NotHandedOut::Nobody)?;
    tx.person_for_update(person).await?.ok_or(NotHandedOut::Nobody)?;
    let today = cx.today();
    let relations = tx.associations_of(person).await?;
    if !relations.iter().any(|it| it.closed_at.is_none() && !it.is_over(today)) {
        return Err(NotHandedOut::NoRelation);
    }
    let (device, _) = tx.device_for_update(serial).await?.ok_or(NotHandedOut::NoDevice)?;
    Ok(device.handed_out(person, cx.now)?)
}
