//! Who is to confirm anew within thirty days is told in good time: thirty days, a week and a day before. The letters are
//! queued at once, so that a proof made meanwhile takes them back; that a proof runs out is noted with it, so that nobody
//! is told twice, however often this runs and on however many instances.

use crate::chores::{Chore, deal_with_all};
use crate::context::Cx;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell_at};
use async_trait::async_trait;
use core::fmt::{self, Display, Formatter};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::{PersonId, ProofingId};
use domain::notice::Template;
use domain::reconfirmation::{reminders, told_if_proved_before};

/// Looks at every proof that runs out within thirty days; gives how many people are told.
pub async fn announce_reconfirmation(cx: &Cx) -> Result<u64, Fault> {
    deal_with_all(cx, &RunningOut { before: told_if_proved_before(cx.today()) }).await
}

/// Proofs made before then of which nobody was told yet that they run out.
struct RunningOut {
    before: Timestamp,
}

/// One of them; in the log it is called by its owner.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Proof {
    id: ProofingId,
    person: PersonId,
}

impl Display for Proof {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.person.fmt(f)
    }
}

#[async_trait]
impl Chore for RunningOut {
    type Item = Proof;
    const NAME: &'static str = "announce_reconfirmation";

    async fn due(&self, _: &Cx, tx: &mut dyn Tx, limit: u32) -> Result<Vec<Proof>, Fault> {
        let proofs = tx.proofs_running_out(self.before, limit).await?;
        Ok(proofs.into_iter().map(|(id, person)| Proof { id, person }).collect())
    }

    async fn deal(&self, cx: &Cx, tx: &mut dyn Tx, proof: Proof) -> Result<bool, Fault> {
        announce(cx, tx, proof.id, proof.person).await
    }
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
