//! Rows of hardware code devices.

use super::values::{count, shaped, shaped_if, time, time_if};
use domain::Timestamp;
use domain::code_device::{
    CodeDevice, Digits, HashAlgorithm, InUse, Life, LifeWord, Moving, Serial, StepLength,
};
use domain::factor::FactorName;
use domain::ids::PersonId;
use sqlx::types::Uuid;
use usecases::ports::store::StoreFault;
use usecases::ports::vault::Sealed;

pub(crate) struct DeviceRow {
    pub(crate) id: Uuid,
    pub(crate) serial: String,
    pub(crate) manufacturer: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) hash: String,
    pub(crate) digits: i64,
    pub(crate) step: Option<i64>,
    pub(crate) drift: i64,
    pub(crate) used: i64,
    pub(crate) life: String,
    pub(crate) since: i64,
    pub(crate) holder: Option<Uuid>,
    pub(crate) name: Option<String>,
    pub(crate) used_at: Option<i64>,
    pub(crate) seed: Vec<u8>,
}

impl TryFrom<DeviceRow> for (CodeDevice, Sealed) {
    type Error = StoreFault;
    fn try_from(row: DeviceRow) -> Result<Self, StoreFault> {
        let device = CodeDevice {
            id: row.id.into(),
            moving: moving(row.step, row.drift, row.used)?,
            life: life(&row.life, (row.since, row.used_at), row.holder, row.name)?,
            serial: shaped::<Serial>(row.serial, "a serial number")?,
            manufacturer: shaped_if(row.manufacturer, "a manufacturer")?,
            model: shaped_if(row.model, "a model")?,
            hash: HashAlgorithm::from_word(&row.hash).ok_or(StoreFault::Unreadable("a hash"))?,
            digits: Digits::try_from(count::<u8>(row.digits)?)
                .map_err(|_| StoreFault::Unreadable("the length of a code"))?,
        };
        Ok((device, Sealed(row.seed)))
    }
}

impl TryFrom<DeviceRow> for CodeDevice {
    type Error = StoreFault;
    fn try_from(row: DeviceRow) -> Result<Self, StoreFault> {
        <(Self, Sealed)>::try_from(row).map(|(device, _)| device)
    }
}

fn moving(step: Option<i64>, drift: i64, used: i64) -> Result<Moving, StoreFault> {
    let Some(step) = step else { return Ok(Moving::Button { next: used.saturating_add(1) }) };
    let step = StepLength::try_from(count::<u32>(step)?);
    let step = step.map_err(|_| StoreFault::Unreadable("the length of a step"))?;
    Ok(Moving::Clock { step, drift, last: (used >= 0).then_some(used) })
}

fn life(
    word: &str,
    (since, used_at): (i64, Option<i64>),
    holder: Option<Uuid>,
    name: Option<String>,
) -> Result<Life, StoreFault> {
    let (word, since) = (LifeWord::from_word(word).ok_or(StoreFault::Unreadable("a life"))?, time(since)?);
    let holder = || holder.map(PersonId::from).ok_or(StoreFault::Unreadable("who has a device"));
    Ok(match word {
        LifeWord::InStock => Life::InStock { since },
        LifeWord::HandedOut => Life::HandedOut { to: holder()?, at: since },
        LifeWord::Active => {
            let name = shaped_if::<FactorName>(name, "a name of a login method")?;
            let name = name.ok_or(StoreFault::Unreadable("a name of a login method"))?;
            let used_at = time_if(used_at)?.unwrap_or(since);
            Life::Active(InUse { of: holder()?, name, since, used_at })
        }
        LifeWord::Returned => Life::Returned { at: since },
        LifeWord::Lost => Life::Lost { at: since },
        LifeWord::Leaked => Life::Leaked { at: since },
    })
}

/// What of a device changes, as it is kept.
pub(crate) struct DeviceNow<'a> {
    pub(crate) step: Option<i64>,
    pub(crate) drift: i64,
    pub(crate) used: i64,
    pub(crate) life: &'static str,
    pub(crate) since: i64,
    pub(crate) holder: Option<Uuid>,
    pub(crate) name: Option<&'a str>,
    pub(crate) used_at: Option<i64>,
}

impl<'a> DeviceNow<'a> {
    pub(crate) fn of(device: &'a CodeDevice) -> Self {
        let (step, drift, used) = match device.moving {
            Moving::Clock { step, drift, last } => {
                (Some(i64::from(step.seconds())), drift, last.unwrap_or(-1))
            }
            Moving::Button { next } => (None, 0, next.saturating_sub(1)),
        };
        let since = match &device.life {
            Life::InStock { since } => *since,
            Life::Active(in_use) => in_use.since,
            Life::HandedOut { at, .. } | Life::Returned { at } | Life::Lost { at } | Life::Leaked { at } => {
                *at
            }
        };
        let in_use = device.in_use();
        Self {
            step,
            drift,
            used,
            life: device.life.word().word(),
            since: since.as_microsecond(),
            holder: device.life.holder().map(Uuid::from),
            name: in_use.map(|it| it.name.as_str()),
            used_at: in_use.map(|it| Timestamp::as_microsecond(it.used_at)),
        }
    }
}
