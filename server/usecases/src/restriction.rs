//! Who reads what is kept of somebody whose erasure was refused (GDPR article 18): she herself, and an auditor who named the
//! case it is needed for. Who is restricted stands in the trail: nothing else is kept of it.

use crate::context::Cx;
use crate::ports::store::{Sought, StoreFault, Tx};
use crate::who::Here;
use domain::audit::{Actor, EventKind, Row};
use domain::evidence::Evidence;
use domain::ids::PersonId;
use domain::restriction::{CASE_HOLDS, is_restricted};
use domain::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// As many refusals, or cases, are looked at: the newest.
const ROWS: u32 = 100;
/// Refusals of anybody that are looked at at once.
const PAGE: u32 = 1000;
/// As far ahead the clock of another instance may be.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// Whether this auditor may read what is kept of her: it is her own or not restricted, or she named a case for it within a day.
/// Of who was erased nothing is left to restrict.
pub(crate) async fn may_read(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
    person: PersonId,
) -> Result<bool, StoreFault> {
    is_open_to(cx, tx, here.person.id, person).await
}

/// Of whom what is sealed stays closed to this auditor in an export about everybody, in the order of their ids; nobody where
/// it opens nothing. Asked once: whoever reads the export again reads the same.
pub(crate) async fn closed_to(
    cx: &Cx,
    tx: &mut dyn Tx,
    reader: PersonId,
    evidence: Evidence,
) -> Result<Vec<PersonId>, StoreFault> {
    let mut closed = Vec::new();
    if evidence == Evidence::Person || evidence.sealed().is_empty() {
        return Ok(closed);
    }
    for person in ever_refused(cx, tx).await? {
        if !is_open_to(cx, tx, reader, person).await? {
            closed.push(person);
        }
    }
    Ok(closed)
}

/// Everybody whose erasure was refused once.
async fn ever_refused(cx: &Cx, tx: &mut dyn Tx) -> Result<BTreeSet<PersonId>, StoreFault> {
    let kinds = [EventKind::ErasureRefused.word()];
    let before = cx.now.saturating_add(AHEAD).unwrap_or(cx.now);
    let sought = Sought { kinds: &kinds, from: Timestamp::UNIX_EPOCH, before, request_ends: "" };
    let (mut behind, mut refused) = (None, BTreeSet::new());
    loop {
        let page = tx.rows_sought(sought, behind, PAGE).await?;
        refused.extend(page.iter().filter_map(|(_, row)| row.subject));
        if page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
            return Ok(refused);
        }
        behind = page.last().map(|(_, row)| (row.at, row.id));
    }
}

async fn is_open_to(
    cx: &Cx,
    tx: &mut dyn Tx,
    reader: PersonId,
    person: PersonId,
) -> Result<bool, StoreFault> {
    if person == reader || !restricted(tx, person).await? {
        return Ok(true);
    }
    let since = cx.now.saturating_sub(CASE_HOLDS).unwrap_or(cx.now);
    let by_her = Actor::Person(reader);
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
