//! Who is to confirm anew within thirty days is told in good time: thirty days, a week and a day before. The letters are
//! queued at once, so that a proof made meanwhile takes them back; that a proof runs out is noted with it, so that nobody
//! is told twice, however often this runs and on however many instances.

use crate::context::Cx;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell_at};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::{PersonId, ProofingId};
use domain::notice::Template;
use domain::reconfirmation::{reminders, told_if_proved_before};

/// How many are looked at in one transaction, so that none lasts over 50 ms.
const BATCH: u32 = 25;

/// Looks at every proof that runs out within thirty days; gives how many people are told.
pub async fn announce_reconfirmation(cx: &Cx) -> Result<u64, Fault> {
    let before = told_if_proved_before(cx.today());
    let mut told = 0;
    while any(cx, before).await? {
        let mut tx = cx.house.store.begin("announce_reconfirmation").await?;
        for (proof, person) in tx.proofs_running_out(before, BATCH).await? {
            told += u64::from(announce(cx, tx.as_mut(), proof, person).await?);
        }
        tx.commit().await?;
    }
    Ok(told)
}

/// Looked up without the writer's lock: most times there is nothing to do.
async fn any(cx: &Cx, before: Timestamp) -> Result<bool, Fault> {
    let mut tx = cx.house.store.reading("announce_reconfirmation").await?;
    Ok(!tx.proofs_running_out(before, 1).await?.is_empty())
}

/// Notes it, and queues her letters where there is something to tell: it is her newest proof, and she has a login.
async fn announce(cx: &Cx, tx: &mut dyn Tx, proof: ProofingId, person: PersonId) -> Result<bool, Fault> {
    tx.person_for_update(person).await?;
    // Another instance may have come first.
    if !tx.note_running_out(proof, cx.now).await? {
        return Ok(false);
    }
    let newest = tx.last_proofing(person).await?.filter(|it| it.id == proof);
    let (Some(newest), true) = (newest, has_login(tx, person).await?) else { return Ok(false) };
    let letters = reminders(newest.at, cx.now);
    for due in &letters {
        tell_at(cx, tx, person, Template::ReconfirmationNear, *due).await?;
    }
    if letters.is_empty() {
        return Ok(false);
    }
    let entry = Entry::by_system(EventKind::ReconfirmationNear).about(person);
    record(cx, tx, entry.fact("proofing", proof).fact("letters", letters.len())).await?;
    Ok(true)
}
