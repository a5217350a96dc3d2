//! A login its owner blocked before it was ever active: there is nothing to open again, so she begins anew.

use crate::context::Cx;
use crate::fault::Fault;
use crate::invitation::invite;
use crate::outside::keep_outside;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::take_back_contact::take_back_contact;
use domain::association::Association;
use domain::audit::{Actor, EventKind};
use domain::ids::{PersonId, ProofingId};
use domain::notice::Template;
use domain::outside::Deed;
use domain::printed::PrintedKind;
use domain::standing::{Origin, Standing};
use domain::suspension::blocked_since;

/// Whether only its owner holds it, no relation made it active, and one waits for a login.
pub(super) fn blocked_unfinished(cx: &Cx, standing: &Standing, relations: &[Association]) -> bool {
    let today = cx.today();
    let hers =
        standing.held_by(Origin::Owner) && standing.holds().iter().all(|it| it.origin == Origin::Owner);
    let active = relations.iter().any(Association::gives_login);
    let waits = relations.iter().any(|it| it.closed_at.is_none() && !it.is_over(today));
    hers && !active && waits
}

/// Lifts her own holds, ends what was chosen by whoever made her block, and invites her. Her row
/// is locked. Flows from before end with the epoch they were begun under.
pub(super) async fn begin_anew(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, standing): (PersonId, Standing),
    proofing: ProofingId,
) -> Result<(), Fault> {
    let blocked_at = blocked_since(&standing).unwrap_or(cx.now);
    take_back_contact(cx, tx, (person, blocked_at), (&Actor::Person(person), "beginning-anew")).await?;
    let epoch = standing.lift(Origin::Owner).epoch();
    tx.lift_holds(person, Origin::Owner, epoch).await?;
    tx.note_opened(person, epoch).await?;
    tx.withdraw(person, Template::RevocationNear).await?;
    tx.end_sessions(person, cx.now).await?;
    tx.enrolment_over(person).await?;
    let means = tx.revoke_means(person).await?;
    for deed in [Deed::Lifted(Origin::Owner), Deed::MeansRevoked] {
        keep_outside(cx, tx, Some((person, epoch)), deed).await?;
    }
    for kind in [PrintedKind::Blocking, PrintedKind::Recovery] {
        tx.put_printed(person, kind, &[], cx.now).await?;
    }
    let lifted = Entry::by(EventKind::HoldLifted, person).fact("origin", Origin::Owner.word());
    record(cx, tx, lifted.fact("why", "not-activated").fact("proofing", proofing)).await?;
    if means > 0 {
        let entry = Entry::by(EventKind::MeansRevoked, person).fact("means", means);
        record(cx, tx, entry.fact("why", "not-activated")).await?;
    }
    let entry = Entry::by(EventKind::Invited, person).fact("after", "block");
    invite(cx, tx, (person, epoch), entry).await
}
