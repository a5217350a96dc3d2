//! What one person is owed, inside the transaction of a few.

use crate::context::Cx;
use crate::end_roles::end_roles_of;
use crate::erasure::erase;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::hold::hold;
use crate::ports::store::{Recovered, Tx};
use crate::record::{Entry, record, tell};
use crate::suspend::warn_in_time;
use domain::audit::{Actor, EventKind};
use domain::ids::PersonId;
use domain::notice::Template;
use domain::outside::Owed;
use domain::printed::PrintedKind;
use domain::standing::Origin;

/// The reason of the hold put on whose ways in are lost: her own to open, with MitID.
const RESTORED: &str = "restored";

/// Puts her holds again as they were, takes away again what was taken away, roles too, and closes the login of whoever changed what
/// she signs in with: its newer half is lost with the database, its older half is what she put away. Her own hold is put,
/// so she opens it herself, with MitID, another password and her login methods gone through.
pub(super) async fn give(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    owed: &Owed,
    done: &mut Recovered,
) -> Result<(), Fault> {
    if tx.person_for_update(person).await?.is_none() {
        // Whoever was erased before the backup too is not missed.
        if !owed.erased {
            done.unknown.push(person);
        }
        return Ok(());
    }
    if owed.erased {
        let entry = Entry::by_system(EventKind::PersonErased).fact("recovered", true);
        erase(cx, tx, person, entry).await?;
        done.erased.push(person);
        return Ok(());
    }
    let holds = put_again(cx, tx, person, owed).await?;
    if owed.left {
        end_roles_of(cx, tx, person, &Actor::System).await?;
    }
    let means = if owed.means { revoke(cx, tx, person).await? } else { 0 };
    let mut factors = 0_u64;
    for factor in &owed.factors {
        let gone = tx.remove_app(person, *factor).await? || tx.remove_passkey(person, *factor).await?;
        factors += u64::from(gone);
    }
    // Whoever never finished begins anew anyway.
    let anew = owed.changed && has_login(tx, person).await? && tx.standing(person).await?.is_active();
    if anew {
        hold(cx, tx, person, &Actor::System, (Origin::Owner, RESTORED)).await?;
        warn_in_time(cx, tx, person).await?;
        tell(cx, tx, person, Template::OpenAnew).await?;
    }
    // Above every epoch she ever had: nothing made under one of those may fit again.
    let epoch = tx.standing(person).await?.epoch().max(owed.epoch).raised();
    tx.raise_epoch(person, epoch).await?;
    done.holds += holds;
    done.revoked += u64::from(owed.means);
    done.factors += factors;
    done.opened_anew += u64::from(anew);
    let entry = Entry::by_system(EventKind::LoginRecovered)
        .about(person)
        .fact("holds", holds)
        .fact("means", means)
        .fact("factors", factors)
        .fact("opens-anew", anew);
    record(cx, tx, entry).await
}

/// Her holds, with the origin, reason and time they had.
async fn put_again(cx: &Cx, tx: &mut dyn Tx, person: PersonId, owed: &Owed) -> Result<u64, Fault> {
    let mut put = 0;
    for missing in &owed.holds {
        let standing = tx.standing(person).await?;
        if standing.holds().iter().any(|hold| hold.id == missing.id) {
            continue;
        }
        let epoch = standing.epoch().max(owed.epoch).raised();
        tx.add_hold(person, missing, epoch).await?;
        put += 1;
        let entry = Entry::by_system(EventKind::Held)
            .about(person)
            .fact("hold", missing.id)
            .fact("origin", missing.said_origin())
            .fact("reason", &missing.reason)
            .fact("recovered", true);
        record(cx, tx, entry).await?;
        if missing.origin == Origin::Owner {
            warn_in_time(cx, tx, person).await?;
        }
    }
    Ok(put)
}

/// Everything she signed in with, her printed codes included.
async fn revoke(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<u64, Fault> {
    let means = tx.revoke_means(person).await?;
    for kind in [PrintedKind::Blocking, PrintedKind::Recovery] {
        tx.put_printed(person, kind, &[], cx.now).await?;
    }
    let entry = Entry::by_system(EventKind::MeansRevoked).about(person).fact("means", means);
    record(cx, tx, entry.fact("why", "recovered")).await?;
    Ok(means)
}
