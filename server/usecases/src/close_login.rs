//! A login is closed for good, inside the transaction of the use case that calls: what she signs in with is gone, and a
//! full enrolment makes a new login. Her row is locked.

use crate::context::Cx;
use crate::fault::Fault;
use crate::outside::keep_outside;
use crate::ports::store::Tx;
use domain::ids::{Epoch, PersonId};
use domain::notice::Template;
use domain::outside::Deed;
use domain::printed::PrintedKind;

/// Ends everything she signs in with and everything begun with it; gives how many means there were.
pub(crate) async fn end_means(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, epoch): (PersonId, Epoch),
) -> Result<u64, Fault> {
    keep_outside(cx, tx, Some((person, epoch)), Deed::MeansRevoked).await?;
    // Links in notices from before are as dead as after a reopening.
    tx.note_opened(person, epoch).await?;
    tx.end_sessions(person, cx.now).await?;
    tx.sweep_flows(person).await?;
    tx.withdraw(person, Template::RevocationNear).await?;
    let means = tx.revoke_means(person).await?;
    for kind in [PrintedKind::Blocking, PrintedKind::Recovery] {
        tx.put_printed(person, kind, &[], cx.now).await?;
    }
    Ok(means)
}

/// Her open relations wait for a login again; true when there is one.
pub(crate) async fn deactivate(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let today = cx.today();
    let mut any = false;
    for mut association in tx.associations_of(person).await? {
        if association.closed_at.is_some() || association.is_over(today) {
            continue;
        }
        any = true;
        association.activated_at = None;
        tx.put_association(&association).await?;
    }
    Ok(any)
}
