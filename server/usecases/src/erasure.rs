//! What proposing, approving and re-applying the erasure of a person have in common (security decision 29).

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::Operator;
use crate::outside::keep_outside;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, Mac, VaultFault};
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::erasure::{ErasureRefused, Known};
use domain::ids::{Epoch, PersonId};
use domain::outside::Deed;
use domain::person::UserName;
use domain::registered::NameKind;
use domain::retention::{Category, utc_day};

/// Events that tell of operators who deal with what is kept of her: they are no reason to keep it longer.
const APART: [EventKind; 6] = [
    EventKind::ErasureProposed,
    EventKind::ErasureRefused,
    EventKind::PersonErased,
    EventKind::LiftAsked,
    EventKind::HoldLifted,
    EventKind::HoldRefused,
];

/// Why a person is not erased.
#[derive(Debug, thiserror::Error)]
pub enum NotErased {
    /// Nobody by that user name.
    #[error("nobody by that user name")]
    Nobody,
    /// The rules of erasure.
    #[error(transparent)]
    Refused(#[from] ErasureRefused),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotErased {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Whoever it is, her row locked, and whether her time has come.
pub(crate) async fn due(
    cx: &Cx,
    tx: &mut dyn Tx,
    name: &UserName,
) -> Result<(PersonId, Result<(), ErasureRefused>), NotErased> {
    let person = tx.person_by_user_name(name).await?.ok_or(NotErased::Nobody)?;
    tx.person_for_update(person).await?.ok_or(NotErased::Nobody)?;
    let relations = tx.associations_of(person).await?;
    let standing = tx.standing(person).await?;
    let has_device = !tx.devices_of(person).await?.is_empty();
    let last_event = tx.newest_row_about(person, &APART.map(EventKind::word)).await?;
    let known = Known { relations: &relations, standing: &standing, has_device, last_event };
    let before = cx.house.policy.retention.of(Category::Central).before(utc_day(cx.now));
    Ok((person, known.may_be_erased(before)))
}

/// Leaves an event of an operator who was not obeyed.
pub(crate) async fn refuse(
    cx: &Cx,
    tx: &mut dyn Tx,
    (by, during): (&Operator, &'static str),
    (person, why): (PersonId, ErasureRefused),
) -> Result<(), Fault> {
    let entry = by.entry(EventKind::ErasureRefused).about(person).fact("during", during);
    record(cx, tx, entry.fact("why", why.word())).await
}

/// Erases her in this transaction. The event comes first: its sealed part goes with her key.
pub(crate) async fn erase(cx: &Cx, tx: &mut dyn Tx, person: PersonId, entry: Entry) -> Result<(), Fault> {
    if tx.trail_key_of(person).await?.is_none() {
        // It was destroyed, and a backup from before has her: what is written of her now goes with one that lasts no longer.
        tx.keep_trail_keys(&[(person, cx.house.vault.person_key(person)?)]).await?;
    }
    record(cx, tx, entry.about(person)).await?;
    let (names, registered) = (tx.user_names_of(person).await?, tx.registered_names_of(person).await?);
    let registered = registered.iter().map(|(kind, name)| covered_registered(kind, name));
    let covered = names.iter().map(|name| covered(name)).chain(registered);
    let names = covered.map(|bytes| cx.house.vault.mac(KeyUse::Names, &bytes));
    let names: Vec<Mac> = names.collect::<Result<_, VaultFault>>()?;
    Ok(tx.erase_person(person, &names, cx.now).await?)
}

/// What stays outside of the database of it, so that a restored backup is erased again.
pub(crate) async fn ship(cx: &Cx, tx: &mut dyn Tx, person: PersonId, epoch: Epoch) -> Result<(), Fault> {
    keep_outside(cx, tx, Some((person, epoch)), Deed::Erased).await
}

/// Whether somebody who was erased had this user name: it is given to nobody else (security decision 21).
pub(crate) async fn was_erased(cx: &Cx, tx: &mut dyn Tx, name: &UserName) -> Result<bool, Fault> {
    let macs = cx.house.vault.macs(KeyUse::Names, &covered(name.as_str()))?;
    Ok(tx.name_was_erased(&macs).await?)
}

/// Whether a partner knew somebody who was erased by this name: it is registered for nobody else.
pub(crate) async fn was_registered(
    cx: &Cx,
    tx: &mut dyn Tx,
    (kind, name): (NameKind, &str),
) -> Result<bool, Fault> {
    let macs = cx.house.vault.macs(KeyUse::Names, &covered_registered(kind.word(), name))?;
    Ok(tx.name_was_erased(&macs).await?)
}

/// The same of a name a partner knew her by.
fn covered_registered(kind: &str, name: &str) -> Vec<u8> {
    format!("erased-registered-name:{kind}:{name}").into_bytes()
}

/// What the MAC of a user name covers. Keys for names are never rotated, so it is known for ever.
fn covered(name: &str) -> Vec<u8> {
    format!("erased-user-name:{name}").into_bytes()
}
