//! A code device that was handed out is taken into use by its holder, with one code (NSIS 3.2.2: only the owner got it).

use crate::code_devices::fitting;
use crate::codes::{Codes, place_added};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::means;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record, seed_place, tell};
use crate::show_step_up::{is_live, spend_step_up};
use crate::who::Here;
use domain::audit::EventKind;
use domain::code_device::{Life, Serial, typed_digits};
use domain::enrolment::NotNow;
use domain::factor::{FactorName, MOST_MEANS};
use domain::ids::{FactorId, FlowId, PersonId};
use domain::notice::Template;
use domain::step_up::{NotFresh, StepUpFor};
use domain::throttle::CodeDoor;

/// Where she takes it into use.
#[derive(Clone, Copy, Debug)]
pub enum Way<'a> {
    /// In her enrolment, within the hour after the proof (security decision 1).
    Enrolment(FlowId),
    /// At an open session, with a step-up made for it. A wrong code does not spend the step-up.
    Session(&'a Here, FlowId),
}

/// Why it is not taken into use.
#[derive(Debug, thiserror::Error)]
pub enum DeviceRefused {
    /// The name is empty or too long.
    #[error("the name does not fit")]
    Name,
    /// Nothing is handed out to her that waits for its first code.
    #[error("no device waits for a code")]
    NoDevice,
    /// No waiting device of hers shows this code.
    #[error("the code does not fit")]
    Code {
        /// Tries before the pause.
        left: u32,
    },
    /// She has as many login methods as one may have. The step-up stays.
    #[error("too many login methods")]
    TooMany,
    /// Too many wrong codes: the page says what opens them.
    #[error("codes are closed")]
    CodesClosed(CodeDoor),
    /// The hour after the proof is over, or another step comes first.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The step-up is not made, ran out, or is for something else.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for DeviceRefused {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for DeviceRefused {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Takes into use whichever of the devices handed out to her shows this code. Wrong codes count as wrong codes do at a
/// sign-in: who sits here may not be who was meant to get the device.
pub async fn activate_device(
    cx: &Cx,
    way: Way<'_>,
    name: String,
    typed: &str,
) -> Result<FactorId, DeviceRefused> {
    let name = FactorName::try_from(name).map_err(|_| DeviceRefused::Name)?;
    let mut tx = cx.house.store.begin("activate_device").await?;
    let person = admitted(cx, tx.as_mut(), way).await?;
    let codes = Codes::of(cx, tx.as_mut(), person).await?;
    let door = codes.door(cx);
    let CodeDoor::Open { left } = door else {
        return Err(refuse(cx, tx, person, "codes-closed", DeviceRefused::CodesClosed(door)).await?);
    };
    let Some((serial, place)) = shown(cx, tx.as_mut(), person, typed).await? else {
        codes.wrong(cx, tx.as_mut()).await?;
        let left = left.saturating_sub(1);
        return Err(refuse(cx, tx, person, "code", DeviceRefused::Code { left }).await?);
    };
    if means::of(cx, tx.as_mut(), person).await?.means().len() >= MOST_MEANS {
        return Err(refuse(cx, tx, person, "portfolio", DeviceRefused::TooMany).await?);
    }
    if let Way::Session(here, step_up) = way {
        spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::CodeDevice)).await??;
    }
    // Locked only now, and looked at again: another request may have been faster.
    let (device, _) = tx.device_for_update(&serial).await?.ok_or(DeviceRefused::NoDevice)?;
    let Ok(device) = device.activated(person, name, place, cx.now) else {
        return Err(DeviceRefused::NoDevice);
    };
    tx.put_device(&device).await?;
    codes.right(tx.as_mut()).await?;
    let entry = Entry::by(EventKind::FactorAdded, person).fact("kind", "code-device");
    record(cx, tx.as_mut(), entry.fact("factor", device.id).fact("serial", &serial)).await?;
    tell(cx, tx.as_mut(), person, Template::FactorAdded).await?;
    place_added(cx, tx.as_mut(), person).await?;
    tx.commit().await?;
    Ok(device.id)
}

/// Who may do it here. Her row is held from here to the commit.
async fn admitted(cx: &Cx, tx: &mut dyn Tx, way: Way<'_>) -> Result<PersonId, DeviceRefused> {
    match way {
        Way::Enrolment(id) => {
            let flow = flows::locked(cx, tx, id).await?;
            let enrolment = flows::enrolment(&flow)?;
            enrolment.proof(cx.now)?;
            let person = enrolment.invited;
            tx.person_for_update(person).await?.ok_or(NoFlow::Gone)?;
            Ok(person)
        }
        Way::Session(here, id) => {
            let flow = flows::locked(cx, tx, id).await?;
            match flows::step_up(&flow)?.fresh(id, StepUpFor::CodeDevice, here.session.id, cx.now) {
                Err(NotFresh::OtherSession) => return Err(NoFlow::Gone.into()),
                fresh => fresh?,
            };
            tx.person_for_update(here.person.id).await?.ok_or(NoFlow::Gone)?;
            if !is_live(tx, here, &flow).await? {
                return Err(NoFlow::Gone.into());
            }
            Ok(here.person.id)
        }
    }
}

/// Which of the devices handed out to her shows this code, and where in its row that stands.
async fn shown(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    typed: &str,
) -> Result<Option<(Serial, i64)>, DeviceRefused> {
    let mut waiting = tx.devices_of(person).await?;
    waiting.retain(|(device, _)| matches!(device.life, Life::HandedOut { .. }));
    if waiting.is_empty() {
        return Err(DeviceRefused::NoDevice);
    }
    let Some(code) = typed_digits(typed) else { return Ok(None) };
    for (device, sealed) in waiting {
        let seed = cx.house.vault.open(KeyUse::Seeds, &seed_place(device.id), &sealed);
        let places =
            fitting(&device, &seed.map_err(Fault::from)?, &code, device.moving.at_activation(cx.now))?;
        if let Some(place) = places.first() {
            return Ok(Some((device.serial, *place)));
        }
    }
    Ok(None)
}

async fn refuse(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    why: &'static str,
    refused: DeviceRefused,
) -> Result<DeviceRefused, DeviceRefused> {
    let entry = Entry::by(EventKind::FactorRefused, person).fact("why", why).fact("kind", "code-device");
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(refused)
}
