//! The question that comes once for each login method, four weeks after it was added: does she still have it? What she does
//! not use since she is asked about while a session of hers is open, not on the day she needs it.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::means::{self, Named};
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::see_activity::ROWS;
use crate::who::Here;
use domain::audit::EventKind;
use domain::factor::{Mean, check_is_due};
use domain::ids::{FactorId, FlowId, PersonId};
use domain::sign_in::Step;
use std::collections::{BTreeMap, BTreeSet};

/// The oldest she is to be asked about, where there is one.
pub async fn see_check(cx: &Cx, here: &Here) -> Result<Option<Named>, Fault> {
    let mut tx = cx.house.store.reading("see_check").await?;
    due(cx, tx.as_mut(), here.person.id).await
}

/// The same at a sign-in that stops to ask, before it goes on where it leads; none where there is nothing to ask any more.
pub async fn see_check_at_sign_in(cx: &Cx, id: FlowId) -> Result<Option<Named>, NoFlow> {
    let mut tx = cx.house.store.reading("see_check_at_sign_in").await.map_err(Fault::from)?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?;
    let (Step::CheckMethod, Some((person, _))) = (sign_in.step(), flow.person) else {
        return Ok(None);
    };
    flows::signed_in_still(tx.as_mut(), sign_in).await?;
    Ok(due(cx, tx.as_mut(), person).await?)
}

/// "Later": she is not asked about it again. One that is not hers, or not due, is passed over.
pub async fn put_off_check(cx: &Cx, here: &Here, factor: FactorId) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("put_off_check").await?;
    let person = here.person.id;
    if due(cx, tx.as_mut(), person).await?.is_none_or(|it| it.id != factor) {
        return Ok(());
    }
    asked(cx, tx.as_mut(), person, factor).await?;
    Ok(tx.commit().await?)
}

/// She was asked about one: not again.
pub(crate) async fn asked(cx: &Cx, tx: &mut dyn Tx, person: PersonId, factor: FactorId) -> Result<(), Fault> {
    let entry = Entry::by(EventKind::FactorCheckPutOff, person).fact("factor", factor);
    record(cx, tx, entry).await.map(drop)
}

/// The oldest that is due.
pub(crate) async fn due(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Option<Named>, Fault> {
    let mut all = means::named(tx, person).await?;
    all.retain(|it| check_is_due(it.added_at, it.used_at, cx.now));
    if all.is_empty() {
        return Ok(None);
    }
    let (asked, hers) = (put_off(tx, person).await?, means::of(cx, tx, person).await?);
    // One that is not admitted any more cannot be tried.
    let counts = |id| hers.mean(id).is_some_and(Mean::counts);
    all.retain(|it| counts(it.id) && !asked.contains(&it.id.to_string()));
    Ok(all.into_iter().min_by_key(|it| it.added_at))
}

/// Which she put off, as the trail tells.
async fn put_off(tx: &mut dyn Tx, person: PersonId) -> Result<BTreeSet<String>, Fault> {
    let rows = tx.rows_about(person, &[EventKind::FactorCheckPutOff.word()], ROWS).await?;
    let factor = |facts: &str| {
        serde_json::from_str::<BTreeMap<String, String>>(facts).ok().and_then(|mut it| it.remove("factor"))
    };
    Ok(rows.iter().filter_map(|row| factor(&row.facts)).collect())
}
