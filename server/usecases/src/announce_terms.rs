//! Whoever has not accepted a new version of the terms is told in good time, a fortnight and three days before the last day
//! (notice 4). Both letters are queued at once, so that her accept takes them back; that she was told is noted with it, so
//! that nobody is told twice, however often this runs and on however many instances.

use crate::chores::{Chore, deal_with_all};
use crate::context::Cx;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell_at};
use crate::terms_in_force::terms_in_force;
use async_trait::async_trait;
use domain::Date;
use domain::audit::EventKind;
use domain::calendar::letters_before;
use domain::ids::PersonId;
use domain::notice::Template;
use domain::publication::InForce;
use domain::terms::{Due, TOLD_BEFORE, TermsHash, due};

/// Tells everybody who is behind, once the last day is near; gives how many.
pub async fn announce_terms(cx: &Cx) -> Result<u64, Fault> {
    deal_with_all(cx, &Behind).await
}

/// People who have not accepted the terms and were not told.
struct Behind;

#[async_trait]
impl Chore for Behind {
    type Item = PersonId;
    const NAME: &'static str = "announce_terms";

    async fn due(&self, cx: &Cx, tx: &mut dyn Tx, limit: u32) -> Result<Vec<PersonId>, Fault> {
        let Some((terms, _)) = near(cx, tx).await? else { return Ok(Vec::new()) };
        Ok(tx.untold_of_terms(&terms.enough(), terms.binding, limit).await?)
    }

    async fn deal(&self, cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
        // Read again: another version may hold since the look.
        let Some((terms, last)) = near(cx, tx).await? else { return Ok(false) };
        announce(cx, tx, person, (terms.binding, last)).await
    }
}

/// The terms that hold, once their last day is near.
async fn near(cx: &Cx, tx: &mut dyn Tx) -> Result<Option<(InForce, Date)>, Fault> {
    let terms = terms_in_force(cx, tx).await?;
    let last = terms.accept_by.filter(|last| due(*last, cx.today()) == Due::Near);
    Ok(last.map(|last| (terms, last)))
}

async fn announce(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    (terms, last): (TermsHash, Date),
) -> Result<bool, Fault> {
    tx.person_for_update(person).await?;
    // Another instance may have come first.
    if !tx.note_terms_told(person, terms, cx.now).await? || !has_login(tx, person).await? {
        return Ok(false);
    }
    let letters = letters_before(last, &TOLD_BEFORE, cx.now);
    for at in &letters {
        tell_at(cx, tx, person, Template::TermsNear, *at).await?;
    }
    let entry = Entry::by_system(EventKind::TermsNear).about(person);
    record(cx, tx, entry.fact("terms", terms).fact("letters", letters.len())).await?;
    Ok(true)
}
