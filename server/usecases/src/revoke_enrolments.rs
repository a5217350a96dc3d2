//! An enrolment that was proved and not finished within fourteen days is revoked (security decision 1, NSIS 3.2.2).

use crate::chores::{Chore, deal_with_all};
use crate::context::Cx;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::hold::uninvite;
use crate::outside::keep_outside;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use async_trait::async_trait;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::enrolment::UNFINISHED_HOLDS;
use domain::ids::PersonId;
use domain::outside::Deed;

/// Revokes every enrolment whose time is over; gives how many. Password, login methods and link are gone: she begins
/// anew with a new link, which she gets at `/kom-i-gang` with MitID.
pub async fn revoke_enrolments(cx: &Cx) -> Result<u64, Fault> {
    let before = cx.now.saturating_sub(UNFINISHED_HOLDS).unwrap_or(cx.now);
    deal_with_all(cx, &Unfinished { before }).await
}

/// Enrolments that were proved before then and are not finished.
struct Unfinished {
    before: Timestamp,
}

#[async_trait]
impl Chore for Unfinished {
    type Item = PersonId;
    const NAME: &'static str = "revoke_enrolments";

    async fn due(&self, _: &Cx, tx: &mut dyn Tx, limit: u32) -> Result<Vec<PersonId>, Fault> {
        Ok(tx.enrolments_open_before(self.before, limit).await?)
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
    // Before her row, as everybody who works in a flow locks them.
    tx.end_flows(person).await?;
    let Some(locked) = tx.person_for_update(person).await? else { return Ok(false) };
    // Read again under the lock: she may have proved anew, or finished, meanwhile.
    if tx.enrolment_open_since(person).await?.is_none_or(|since| since >= before) {
        return Ok(false);
    }
    tx.enrolment_over(person).await?;
    if has_login(tx, person).await? {
        // A second browser proved her after the first had finished: the login is hers and stays.
        return Ok(false);
    }
    uninvite(tx, person).await?;
    let means = tx.revoke_means(person).await?;
    keep_outside(cx, tx, Some((person, locked.epoch)), Deed::MeansRevoked).await?;
    let entry = Entry::by_system(EventKind::EnrolmentRevoked).about(person);
    record(cx, tx, entry.fact("why", "not-activated").fact("means", means)).await?;
    Ok(true)
}
