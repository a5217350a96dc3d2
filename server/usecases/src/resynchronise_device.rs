//! A code device and we have gone apart, and two codes in a row bring us together again (RFC 4226, 7.4).

use crate::code_devices::fitting;
use crate::codes::Codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::record::{Entry, record, seed_place};
use crate::who::Here;
use domain::audit::EventKind;
use domain::code_device::{CodeDevice, Moving, typed_digits};
use domain::ids::{FactorId, FlowId, PersonId};
use domain::throttle::CodeDoor;

/// Where she does it.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// At a sign-in, after the right password: a device that was pressed too often must not keep her out.
    SignIn(FlowId),
    /// At an open session.
    Session(&'a Here),
}

/// Why they were not brought together.
#[derive(Debug, thiserror::Error)]
pub enum StillApart {
    /// No device of hers shows these two in a row.
    #[error("no device shows these two codes in a row")]
    Wrong {
        /// Tries before the pause.
        left: u32,
    },
    /// Too many wrong codes: the page says what opens them.
    #[error("codes are closed")]
    CodesClosed(CodeDoor),
    /// The password comes first.
    #[error("another step comes first")]
    NotNow,
    /// No such flow or session here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for StillApart {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for StillApart {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Looks further than a sign-in does for two codes in a row, and goes on from there. Neither is accepted again, so a sign-in
/// takes the next one. A wrong pair counts as one wrong code, in the same count.
pub async fn resynchronise_device(
    cx: &Cx,
    place: Place<'_>,
    first: &str,
    second: &str,
) -> Result<FactorId, StillApart> {
    let mut tx = cx.house.store.begin("resynchronise_device").await?;
    let person = admitted(cx, tx.as_mut(), place).await?;
    let codes = Codes::of(cx, tx.as_mut(), person).await?;
    let door = codes.door(cx);
    let CodeDoor::Open { left } = door else {
        return Err(refuse(cx, tx, person, "codes-closed", StillApart::CodesClosed(door)).await?);
    };
    let pair = typed_digits(first).zip(typed_digits(second));
    for (device, sealed) in codes.devices() {
        let Some((first, second)) = &pair else { break };
        let Some(at) = in_a_row(cx, device, sealed, (first, second))? else { continue };
        // Locked only now, and looked at again: another request may have been faster.
        let Some((device, _)) = tx.device_for_update(&device.serial).await? else { continue };
        let (before, of) = (device.moving, device.life.holder());
        let Ok(device) = device.resynchronised(at, cx.now) else { continue };
        if device.in_use().is_none() || of != Some(person) {
            continue;
        }
        tx.put_device(&device).await?;
        codes.right(tx.as_mut()).await?;
        let entry = Entry::by(EventKind::DeviceResynchronised, person).fact("factor", device.id);
        record(cx, tx.as_mut(), entry.fact("passed", passed(before, device.moving))).await?;
        tx.commit().await?;
        return Ok(device.id);
    }
    codes.wrong(cx, tx.as_mut()).await?;
    let left = left.saturating_sub(1);
    Err(refuse(cx, tx, person, "code", StillApart::Wrong { left }).await?)
}

/// Whose devices are looked at. Her row is held steady from here to the commit.
async fn admitted(cx: &Cx, tx: &mut dyn Tx, place: Place<'_>) -> Result<PersonId, StillApart> {
    match place {
        Place::SignIn(id) => {
            let flow = flows::locked(cx, tx, id).await?;
            let person = flows::sign_in(&flow)?.awaiting_code().ok_or(StillApart::NotNow)?;
            let standing = tx.standing_steady(person).await?.ok_or(NoFlow::Gone)?;
            if flow.person != Some((person, standing.epoch())) {
                return Err(NoFlow::Gone.into());
            }
            Ok(person)
        }
        Place::Session(here) => {
            let person = here.person.id;
            let standing = tx.standing_steady(person).await?.ok_or(NoFlow::Gone)?;
            let live = standing.is_active()
                && standing.epoch() == here.session.epoch
                && tx.session(here.session.id).await?.is_some();
            if live { Ok(person) } else { Err(NoFlow::Gone.into()) }
        }
    }
}

/// Where the second stands, if the device shows both one after the other.
fn in_a_row(
    cx: &Cx,
    device: &CodeDevice,
    sealed: &Sealed,
    (first, second): (&str, &str),
) -> Result<Option<i64>, Fault> {
    let seed = cx.house.vault.open(KeyUse::Seeds, &seed_place(device.id), sealed)?;
    let window = device.moving.at_resync(cx.now);
    let next = window.start() + 1..=window.end() + 1;
    let first = fitting(device, &seed, first, window)?;
    if first.is_empty() {
        return Ok(None);
    }
    Ok(Moving::in_a_row(&first, &fitting(device, &seed, second, next)?))
}

/// How far apart they had gone: presses nobody typed, or steps of the clock.
fn passed(before: Moving, after: Moving) -> i64 {
    match (before, after) {
        (Moving::Clock { drift: before, .. }, Moving::Clock { drift: after, .. }) => after - before,
        (Moving::Button { next: before }, Moving::Button { next: after }) => after - before - 2,
        _ => 0,
    }
}

async fn refuse(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    why: &'static str,
    refused: StillApart,
) -> Result<StillApart, StillApart> {
    let entry = Entry::by(EventKind::FactorRefused, person).fact("why", why).fact("kind", "code-device");
    record(cx, tx.as_mut(), entry.fact("during", "resynchronising")).await?;
    tx.commit().await?;
    Ok(refused)
}
