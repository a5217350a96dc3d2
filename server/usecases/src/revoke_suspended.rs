//! A login its owner blocked and did not open within thirty days is closed for good (NSIS 3.2.3): what she signed in
//! with is gone, and a full enrolment makes a new login.

use crate::chores::{Chore, deal_with_all};
use crate::close_login::{deactivate, end_means};
use crate::context::Cx;
use crate::fault::Fault;
use crate::invitation::invite;
use crate::outside::keep_outside;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell};
use crate::take_back_contact::take_back_contact;
use async_trait::async_trait;
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::ids::PersonId;
use domain::notice::Template;
use domain::outside::Deed;
use domain::standing::Origin;
use domain::suspension::{SUSPENSION_HOLDS, blocked_since, suspended_since};

/// Closes every login whose thirty days are over; gives how many. Holds of others stay. Who may still have a login gets
/// a new invitation at once; everybody else when HR says so again.
pub async fn revoke_suspended(cx: &Cx) -> Result<u64, Fault> {
    let before = cx.now.saturating_sub(SUSPENSION_HOLDS).unwrap_or(cx.now);
    deal_with_all(cx, &Suspended { before }).await
}

/// Logins their owners blocked before then and never opened.
struct Suspended {
    before: Timestamp,
}

#[async_trait]
impl Chore for Suspended {
    type Item = PersonId;
    const NAME: &'static str = "revoke_suspended";

    async fn due(&self, _: &Cx, tx: &mut dyn Tx, limit: u32) -> Result<Vec<PersonId>, Fault> {
        Ok(tx.suspended_before(self.before, limit).await?)
    }

    async fn deal(&self, cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
        revoke_if_over(cx, tx, person, self.before).await
    }
}

async fn revoke_if_over(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    before: Timestamp,
) -> Result<bool, Fault> {
    tx.person_for_update(person).await?;
    // Read again under the lock: she may have opened it meanwhile.
    let held = tx.standing(person).await?;
    if suspended_since(&held).is_none_or(|since| since >= before) {
        return Ok(false);
    }
    let blocked_at = blocked_since(&held).unwrap_or(cx.now);
    // Before anything is told: whoever she blocked it for does not hear in her place.
    take_back_contact(cx, tx, (person, blocked_at), (&Actor::System, "revocation")).await?;
    let lifted = held.lift(Origin::Owner);
    let epoch = lifted.epoch();
    tx.lift_holds(person, Origin::Owner, epoch).await?;
    keep_outside(cx, tx, Some((person, epoch)), Deed::Lifted(Origin::Owner)).await?;
    let means = end_means(cx, tx, (person, epoch)).await?;
    let waits = deactivate(cx, tx, person).await?;
    let entry = Entry::by_system(EventKind::SuspensionRevoked).about(person);
    record(cx, tx, entry.fact("why", "not-reopened").fact("means", means)).await?;
    tell(cx, tx, person, Template::Revoked).await?;
    if waits && lifted.is_active() {
        let entry = Entry::by_system(EventKind::Invited).fact("after", "revocation");
        invite(cx, tx, (person, epoch), entry).await?;
    }
    Ok(true)
}
