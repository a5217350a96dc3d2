//! Everything a person signs in with, read and taken away in one place, whatever its kind.

use crate::code_devices::active;
use crate::context::Cx;
use crate::fault::Fault;
use crate::outside::keep_outside;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::factor::{Added, COOL_OFF, Mean, MeanKind, Passkey, Portfolio, Worth};
use domain::ids::{Epoch, FactorId, PersonId};
use domain::notice::Template;
use domain::outside::Deed;
use std::collections::BTreeMap;

/// So many additions are looked at: more than anybody makes in an hour.
const ROWS: u32 = 50;

/// Her portfolio as it is now. Whoever goes on to change it has locked her row.
pub(crate) async fn of(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Portfolio, Fault> {
    let password = tx.password_hash(person).await?.is_some();
    let apps = tx.apps_of(person).await?.into_iter().map(|(app, _)| Mean {
        id: app.id,
        kind: MeanKind::App,
        worth: Some(Worth::Beside),
        added_at: app.added_at,
        added: app.added,
    });
    let keys = tx.passkeys_of(person).await?.into_iter().map(|key| Mean {
        id: key.id,
        kind: MeanKind::Key(key.registered.kind),
        worth: key.best(&cx.house.policy.models),
        added_at: key.added_at,
        added: key.added,
    });
    let mut means: Vec<Mean> = apps.chain(keys).collect();
    for (device, _) in active(tx, person).await? {
        if let Some(in_use) = device.in_use() {
            let mut mean = taken_into_use(device.id, in_use.since, &means);
            let young = cx.now.duration_since(in_use.since) < COOL_OFF;
            if young && let_in_by_recovery(tx, person, in_use.since).await? {
                mean.added = Added::Recovery;
            }
            means.push(mean);
        }
    }
    Ok(Portfolio::of(password, means, tx.primary_factor(person).await?))
}

/// A code device keeps no ground: one taken into use while something added by recovery was young is as young.
fn taken_into_use(id: FactorId, since: Timestamp, others: &[Mean]) -> Mean {
    let young = |it: &&Mean| it.added == Added::Recovery && it.added_at <= since;
    let cools = |it: &Mean| since.duration_since(it.added_at) < COOL_OFF;
    let added = if others.iter().filter(young).any(cools) { Added::Recovery } else { Added::StepUp };
    Mean { id, kind: MeanKind::CodeDevice, worth: Some(Worth::Beside), added_at: since, added }
}

/// Whether something was added by recovery in the hour before. The trail knows: it may have been taken away since, and what
/// it let in is as young all the same.
async fn let_in_by_recovery(tx: &mut dyn Tx, person: PersonId, since: Timestamp) -> Result<bool, StoreFault> {
    let rows = tx.rows_about(person, &[EventKind::FactorAdded.word()], ROWS).await?;
    Ok(rows.iter().filter(|row| row.at <= since && since.duration_since(row.at) < COOL_OFF).any(|row| {
        let facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap_or_default();
        let says = |name: &str, word: &str| facts.get(name).is_some_and(|said| said == word);
        says("ground", Added::Recovery.word()) || says("during", "reopening")
    }))
}

/// Her keys that are asked to answer: those whose models are admitted still.
pub(crate) async fn keys(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Passkey>, StoreFault> {
    let mut keys = tx.passkeys_of(person).await?;
    keys.retain(|key| key.best(&cx.house.policy.models).is_some());
    Ok(keys)
}

/// One as its owner knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub id: FactorId,
    /// Since when.
    pub added_at: Timestamp,
    /// When it was used last.
    pub used_at: Option<Timestamp>,
    /// What she calls it.
    pub name: String,
    /// What it is.
    pub kind: MeanKind,
}

/// What she calls each of them.
pub(crate) async fn named(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Named>, StoreFault> {
    let apps = tx.apps_of(person).await?.into_iter().map(|(app, _)| Named {
        id: app.id,
        added_at: app.added_at,
        used_at: app.used_at,
        name: app.name.into(),
        kind: MeanKind::App,
    });
    let keys = tx.passkeys_of(person).await?.into_iter().map(|key| Named {
        id: key.id,
        added_at: key.added_at,
        used_at: key.used_at,
        name: key.name.into(),
        kind: MeanKind::Key(key.registered.kind),
    });
    let mut all: Vec<Named> = apps.chain(keys).collect();
    for (device, _) in active(tx, person).await? {
        if let Some(in_use) = device.in_use() {
            let (added_at, used_at) = (in_use.since, Some(in_use.used_at));
            let name = in_use.name.clone().into();
            all.push(Named { id: device.id, added_at, used_at, name, kind: MeanKind::CodeDevice });
        }
    }
    Ok(all)
}

/// Takes one away: here, outside, in the trail, and she is told. A code device stays with her and does not count any more.
pub(crate) async fn take_away(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, epoch): (PersonId, Epoch),
    mean: &Mean,
    during: &'static str,
) -> Result<(), Fault> {
    match mean.kind {
        MeanKind::App | MeanKind::CodeDevice => tx.remove_app(person, mean.id).await?,
        MeanKind::Key(_) => tx.remove_passkey(person, mean.id).await?,
    };
    keep_outside(cx, tx, Some((person, epoch)), Deed::FactorRemoved(mean.id)).await?;
    let entry = Entry::by(EventKind::FactorRemoved, person)
        .fact("factor", mean.id)
        .fact("kind", mean.kind.word())
        .fact("during", during);
    record(cx, tx, entry).await?;
    tell(cx, tx, person, Template::FactorRemoved).await
}
