//! What she signs in with (page 35), and which ways a sign-in has from here (page 4).

use crate::code_devices::active;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::means;
use crate::ports::store::Tx;
use crate::see_activity::{ROWS, personal};
use crate::who::Here;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::code_device::Life;
use domain::factor::{MeanKind, Worth};
use domain::ids::{FactorId, FlowId, PersonId};
use domain::printed::PrintedKind;
use std::collections::BTreeMap;

/// One of her login methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorSeen {
    /// Which.
    pub id: FactorId,
    /// What.
    pub kind: MeanKind,
    /// What she calls it.
    pub name: String,
    /// What it counts for at best; nothing where it is not admitted any more.
    pub worth: Option<Worth>,
    /// Whether it may be copied to a cloud; she is told to take it away there too.
    pub synced: bool,
    /// Since when.
    pub added_at: Timestamp,
    /// When it was used last.
    pub used_at: Option<Timestamp>,
    /// What the browser said about itself then, where that was kept.
    pub browser: String,
    /// The address it was used from then, where that was kept.
    pub address: String,
    /// Whether it is asked for first.
    pub primary: bool,
    /// Whether it is the last way in: another is added before it can be removed.
    pub last: bool,
}

/// Her login methods, the oldest first.
pub async fn see_factors(cx: &Cx, here: &Here) -> Result<Vec<FactorSeen>, Fault> {
    let person = here.person.id;
    let mut tx = cx.house.store.reading("see_factors").await?;
    let portfolio = means::of(cx, tx.as_mut(), person).await?;
    let apps = tx.apps_of(person).await?;
    let keys = tx.passkeys_of(person).await?;
    let devices = active(tx.as_mut(), person).await?;
    let named = apps.iter().map(|(app, _)| (app.id, (app.name.as_str(), app.used_at, false)));
    let keyed =
        keys.iter().map(|key| (key.id, (key.name.as_str(), key.used_at, key.registered.backup_eligible)));
    let mut named: BTreeMap<FactorId, _> = named.chain(keyed).collect();
    for (device, _) in &devices {
        if let Some(in_use) = device.in_use() {
            named.insert(device.id, (in_use.name.as_str(), Some(in_use.used_at), false));
        }
    }
    let mut from = uses(cx, tx.as_mut(), here).await?;
    let mut seen: Vec<FactorSeen> = Vec::new();
    for mean in portfolio.means() {
        let Some((name, used_at, synced)) = named.get(&mean.id).copied() else { continue };
        let mut whence = from.remove(&mean.id.to_string()).unwrap_or_default();
        seen.push(FactorSeen {
            id: mean.id,
            kind: mean.kind,
            name: name.to_owned(),
            worth: mean.worth,
            synced,
            added_at: mean.added_at,
            used_at,
            browser: whence.remove("browser").unwrap_or_default(),
            address: whence.remove("address").unwrap_or_default(),
            primary: portfolio.primary() == Some(mean.id),
            last: !portfolio.opens_without(mean.id),
        });
    }
    seen.sort_by_key(|it| it.added_at);
    Ok(seen)
}

/// Whether a code device was handed out to her that waits for its first code.
pub async fn device_waits(cx: &Cx, here: &Here) -> Result<bool, Fault> {
    let mut tx = cx.house.store.look("device_waits").await?;
    let devices = tx.devices_of(here.person.id).await?;
    Ok(devices.iter().any(|(device, _)| matches!(device.life, Life::HandedOut { .. })))
}

/// How many recovery codes are left on her sheet.
pub async fn recovery_left(cx: &Cx, here: &Here) -> Result<u32, Fault> {
    let mut tx = cx.house.store.look("recovery_left").await?;
    Ok(tx.printed_left(here.person.id, PrintedKind::Recovery).await?)
}

/// Where from each of them was used last, by its id: the trail holds it, under her own key.
async fn uses(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, Fault> {
    let person = here.person.id;
    let key = tx.trail_key_of(person).await?.ok_or(Fault::NoPersonKey)?;
    let kinds = [EventKind::SignedIn, EventKind::StepUpDone, EventKind::KeyAccepted, EventKind::FactorTested];
    let rows = tx.rows_about(person, &kinds.map(EventKind::word), ROWS).await?;
    let mut uses = BTreeMap::new();
    // The newest come first.
    for row in &rows {
        let facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap_or_default();
        if let Some(factor) = facts.get("factor")
            && !uses.contains_key(factor)
        {
            uses.insert(factor.clone(), personal(&cx.house, person, &key, row));
        }
    }
    Ok(uses)
}

/// The ways a sign-in has after the password. MitID and the desk come besides.
#[expect(clippy::struct_excessive_bools, reason = "each is there or not by itself")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// A code, of whatever shows one.
    pub code: bool,
    /// An app.
    pub app: bool,
    /// A code device, which may have gone apart from us.
    pub device: bool,
    /// A passkey or security key.
    pub key: bool,
    /// Whether a key is asked for first: she chose one, or has nothing else.
    pub key_first: bool,
    /// How many recovery codes are left on her sheet.
    pub recovery: u32,
}

/// Which ways this sign-in has now; none before the password.
pub async fn see_ways(cx: &Cx, id: FlowId) -> Result<Ways, NoFlow> {
    let mut tx = cx.house.store.reading("see_ways").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    match flows::sign_in(&flow)?.awaiting_code() {
        Some(person) => Ok(ways(cx, tx.as_mut(), person).await?),
        None => Ok(Ways::default()),
    }
}

/// Whether a key is asked for next at this sign-in. Most people have none, and then nothing else is looked up.
pub async fn asks_for_key(cx: &Cx, id: FlowId) -> Result<bool, NoFlow> {
    let mut tx = cx.house.store.reading("asks_for_key").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let Some(person) = flows::sign_in(&flow)?.awaiting_code() else { return Ok(false) };
    if tx.passkeys_of(person).await?.is_empty() {
        return Ok(false);
    }
    let ways = ways(cx, tx.as_mut(), person).await?;
    Ok(ways.key && ways.key_first)
}

/// Whose sign-in a recovery code brought on: her user name, and how many codes are left.
pub async fn see_regaining(cx: &Cx, id: FlowId) -> Result<(String, u32), NoFlow> {
    let mut tx = cx.house.store.reading("see_regaining").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let person = flows::sign_in(&flow)?.awaiting_proof().ok_or(NoFlow::Gone)?;
    let left = tx.printed_left(person, PrintedKind::Recovery).await?;
    let person = tx.person(person).await?.ok_or(NoFlow::Gone)?;
    Ok((person.user_name.to_string(), left))
}

/// The same for a step-up of this session.
pub async fn see_step_up_ways(cx: &Cx, here: &Here) -> Result<Ways, Fault> {
    let mut tx = cx.house.store.reading("see_step_up_ways").await?;
    ways(cx, tx.as_mut(), here.person.id).await
}

async fn ways(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Ways, Fault> {
    let portfolio = means::of(cx, tx, person).await?;
    let is_key = |kind: MeanKind| matches!(kind, MeanKind::Key(_));
    let counting = || portfolio.means().iter().filter(|mean| mean.counts());
    let key = counting().any(|mean| is_key(mean.kind));
    let code = counting().any(|mean| !is_key(mean.kind));
    let chosen = counting().find(|mean| Some(mean.id) == portfolio.primary()).map(|mean| is_key(mean.kind));
    let app = counting().any(|mean| mean.kind == MeanKind::App);
    let device = counting().any(|mean| mean.kind == MeanKind::CodeDevice);
    let recovery = tx.printed_left(person, PrintedKind::Recovery).await?;
    Ok(Ways { code, app, device, key, key_first: chosen.unwrap_or(key && !code), recovery })
}
