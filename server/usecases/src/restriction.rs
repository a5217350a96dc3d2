//! Who reads what is kept of somebody whose erasure was refused (GDPR article 18): she herself, and an auditor who named the
//! case it is needed for. Who is restricted stands in the trail: nothing else is kept of it.

use crate::context::Cx;
use crate::ports::store::{StoreFault, Tx};
use crate::who::Here;
use domain::audit::{Actor, EventKind, Row};
use domain::ids::PersonId;
use domain::restriction::{CASE_HOLDS, is_restricted};
use std::collections::BTreeMap;

/// As many refusals, or cases, are looked at: the newest.
const ROWS: u32 = 100;

/// Whether this auditor may read what is kept of her: it is her own or not restricted, or she named a case for it within a day.
/// Of who was erased nothing is left to restrict.
pub(crate) async fn may_read(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
    person: PersonId,
) -> Result<bool, StoreFault> {
    if person == here.person.id || !restricted(tx, person).await? {
        return Ok(true);
    }
    let since = cx.now.saturating_sub(CASE_HOLDS).unwrap_or(cx.now);
    let by_her = Actor::Person(here.person.id);
    let named = tx.rows_about(person, &[EventKind::CaseNamed.word()], ROWS).await?;
    Ok(named
        .iter()
        .any(|row| row.at >= since && serde_json::from_str(&row.actor).is_ok_and(|by: Actor| by == by_her)))
}

async fn restricted(tx: &mut dyn Tx, person: PersonId) -> Result<bool, StoreFault> {
    let refused = tx.rows_about(person, &[EventKind::ErasureRefused.word()], ROWS).await?;
    if refused.is_empty() || tx.person(person).await?.is_none() {
        return Ok(false);
    }
    let words: Vec<String> = refused.iter().filter_map(why).collect();
    let relations = tx.associations_of(person).await?;
    Ok(is_restricted(words.iter().map(String::as_str), &relations))
}

fn why(row: &Row) -> Option<String> {
    let mut facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).ok()?;
    facts.remove("why")
}
