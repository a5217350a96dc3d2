//! Reopening, step three for who keeps no factor: a passkey or security key instead of an app ([`crate::reopen_app`]), kept
//! aside until everything is confirmed.

use crate::ceremonies::Asking;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record};
use crate::register_passkey::{ask, check, take};
use crate::reopen_app::{NewAppRefused, at_step, onward};
use domain::audit::EventKind;
use domain::ceremony::Serves;
use domain::factor::{FactorName, PasskeyKind};
use domain::ids::FlowId;
use domain::reopening::NewKey;
use zeroize::Zeroizing;

/// Asks for the key.
pub async fn ask_reopening_key(cx: &Cx, id: FlowId, kind: PasskeyKind) -> Result<Asking, NewAppRefused> {
    let mut tx = cx.house.store.begin("ask_reopening_key").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let reopening = at_step(cx, &flow)?;
    let person = tx.person(reopening.person).await?.ok_or(NoFlow::Gone)?;
    let serves = Serves::Reopening { flow: id, kind };
    let asking = ask(cx, tx.as_mut(), &person, (serves, flow.person), kind).await?;
    tx.commit().await?;
    Ok(asking)
}

/// Stages the key that answered, under a name. It counts from the confirmation on.
pub async fn reopen_key(cx: &Cx, ceremony: FlowId, name: String, answer: &str) -> Result<(), NewAppRefused> {
    let name = FactorName::try_from(name).map_err(|_| NewAppRefused::Name)?;
    let taken = take(cx, ceremony, |it| matches!(it, Serves::Reopening { .. })).await?;
    let Serves::Reopening { flow: id, kind } = taken.serves else { return Err(NoFlow::Gone.into()) };
    let (person, _) = taken.person.ok_or(NoFlow::Gone)?;
    let new = check(cx, person, (kind, &taken), answer).await?;
    let clear = Zeroizing::new(serde_json::to_vec(&new).map_err(|_| Fault::Encoding)?);
    let sealed = cx.house.vault.seal(KeyUse::Memory, &key_place(id), &clear).map_err(Fault::from)?;
    let mut tx = cx.house.store.begin("reopen_key").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let reopening = at_step(cx, &flow)?;
    if reopening.person != person {
        return Err(NoFlow::Gone.into());
    }
    let staged = reopening.add_key(NewKey { name, sealed: sealed.0 }, cx.now)?;
    tx.save_flow(&onward(cx, flow, staged)).await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::ReopeningStep, person).fact("step", "key")).await?;
    tx.commit().await?;
    Ok(())
}

/// Where the key waits.
pub(crate) fn key_place(id: FlowId) -> String {
    format!("flows/reopening-key/{id}")
}
