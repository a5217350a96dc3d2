//! Putting a hold on a login, inside the transaction of the use case that calls.

use crate::context::Cx;
use crate::fault::Fault;
use crate::leave_services::end_visits;
use crate::outside::keep_outside;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use domain::audit::{Actor, EventKind};
use domain::ids::{HoldId, PersonId};
use domain::notice::Template;
use domain::outside::Deed;
use domain::standing::{Hold, Origin};
use domain::suspension::Door;

/// Adds a hold, also when one exists (security decision 5), and ends what was begun under the old epoch. `reason` is
/// a fixed word of the catalogue.
pub(crate) async fn hold(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    actor: &Actor,
    why: (Origin, &'static str),
) -> Result<HoldId, Fault> {
    hold_saying(cx, tx, person, Entry::new(EventKind::Held, actor.clone()), why).await
}

/// The same, with what else its event says.
pub(crate) async fn hold_saying(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    entry: Entry,
    (origin, reason): (Origin, &'static str),
) -> Result<HoldId, Fault> {
    let hold = Hold { id: cx.id()?, origin, reason: reason.to_owned(), at: cx.now };
    // Locked before anything is read: an issue or a new session waits, and then sees the raised epoch.
    tx.person_for_update(person).await?;
    let epoch = tx.standing(person).await?.hold(hold.clone()).epoch();
    tx.add_hold(person, &hold, epoch).await?;
    let kept = Deed::Held { hold: hold.id, origin, reason: reason.to_owned() };
    keep_outside(cx, tx, Some((person, epoch)), kept).await?;
    tx.end_sessions(person, cx.now).await?;
    // Whoever holds it: what may not be used here may not be used there either.
    end_visits(cx, tx, person).await?;
    // Without waiting: an issue under way in one of them waits for this row, and is refused by the epoch.
    tx.sweep_flows(person).await?;
    uninvite(tx, person).await?;
    let entry =
        entry.about(person).fact("hold", hold.id).fact("origin", hold.said_origin()).fact("reason", reason);
    // How long its owner waited for it (NSIS 3.2.3.4): all but the commit.
    let entry = match Door::from_word(reason) {
        Some(_) => entry.fact("took-ms", cx.house.clock.now().duration_since(cx.now).as_millis().max(0)),
        None => entry,
    };
    record(cx, tx, entry).await?;
    Ok(hold.id)
}

/// Ends an invitation and takes back the mails that would carry it.
pub(crate) async fn uninvite(tx: &mut dyn Tx, person: PersonId) -> Result<(), Fault> {
    tx.end_invitation(person).await?;
    tx.withdraw(person, Template::Welcome).await?;
    tx.withdraw(person, Template::Reminder).await?;
    Ok(())
}
