//! An enrolment that was proved and not finished within fourteen days is revoked (security decision 1, NSIS 3.2.2).

use crate::context::Cx;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::hold::uninvite;
use crate::outside::keep_outside;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::enrolment::UNFINISHED_HOLDS;
use domain::ids::PersonId;
use domain::outside::Deed;

/// How many are revoked in one transaction, so that none lasts over 50 ms.
const BATCH: u32 = 25;

/// Revokes every enrolment whose time is over; gives how many. Password, login methods and link are gone: she begins
/// anew with a new link, which she gets at `/kom-i-gang` with MitID.
pub async fn revoke_enrolments(cx: &Cx) -> Result<u64, Fault> {
    let before = cx.now.saturating_sub(UNFINISHED_HOLDS).unwrap_or(cx.now);
    let mut revoked = 0;
    while any_over(cx, before).await? {
        let mut tx = cx.house.store.begin("revoke_enrolments").await?;
        for person in tx.enrolments_open_before(before, BATCH).await? {
            revoked += u64::from(revoke_if_over(cx, tx.as_mut(), person, before).await?);
        }
        tx.commit().await?;
    }
    Ok(revoked)
}

/// Looked up without the writer's lock: most times there is nothing to do.
async fn any_over(cx: &Cx, before: Timestamp) -> Result<bool, Fault> {
    let mut tx = cx.house.store.reading("revoke_enrolments").await?;
    Ok(!tx.enrolments_open_before(before, 1).await?.is_empty())
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
