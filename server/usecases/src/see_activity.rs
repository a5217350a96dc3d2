//! Her own activity (page 39): what the trail holds about her, in plain kinds, the newest first.

mod part;

pub(crate) use part::part;

use crate::called::{service_of, services_of};
use crate::context::{Cx, House};
use crate::fault::Fault;
use crate::ports::store::{Sought, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::who::Here;
use domain::audit::{Actor, Doer, EventKind, Row};
use domain::ids::PersonId;
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// How many rows of each part are on a page: a few months of an ordinary login.
pub(crate) const ROWS: u32 = 200;
/// How many pages there are at most: what is older yet stands in the table of all of it.
const PAGES: u32 = 20;
/// What staff read of everybody at once: it names nobody, and each sees it.
const OF_EVERYBODY: [EventKind; 2] = [EventKind::ManyRead, EventKind::TrailExported];
/// As far ahead the clock of another instance may be.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// Which part of it is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// Everything people recognise.
    #[default]
    All,
    /// Signing in and out, and services.
    SignIns,
    /// What changed at the login itself.
    Changes,
    /// What did not succeed.
    Refused,
}

impl Which {
    /// The parts, which have nothing in common.
    pub(crate) const PARTS: [Self; 3] = [Self::SignIns, Self::Changes, Self::Refused];

    /// The parts that are looked at.
    fn parts(self) -> impl Iterator<Item = Self> {
        Self::PARTS.into_iter().filter(move |one| self == Self::All || self == *one)
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// What.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: Doer,
    /// At which service, where it was at one.
    pub service: String,
    /// In which browser, where that was kept and is hers to know.
    pub browser: String,
    /// From which address, where that was kept and is hers to know.
    pub address: String,
    /// What to quote.
    pub reference: String,
}

/// A page of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Which page, from one on.
    pub page: u32,
    /// The newest first.
    pub rows: Vec<Happened>,
    /// Whether a page of what is older follows; the last page leaves the rest to the table of all of it.
    pub older: bool,
}

/// Reads a page of it, from one on; a number past the last page is the last. Only ever her own: who she is comes from the
/// session, never from the request.
pub async fn see_activity(cx: &Cx, here: &Here, which: Which, page: u32) -> Result<Activity, Fault> {
    let (mut tx, page) = (cx.house.store.reading("see_activity").await?, page.clamp(1, PAGES));
    let (mut found, mut older) = (Vec::new(), false);
    for one in which.parts() {
        let (rows, more) = page_of(cx, tx.as_mut(), here.person.id, (one, page)).await?;
        found.extend(rows);
        older |= more && page < PAGES;
    }
    Ok(Activity { page, rows: told(cx, tx.as_mut(), here.person.id, found).await?, older })
}

/// A page of a part, and whether there is more behind it. What was done with everybody at once stands between her own rows.
async fn page_of(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    (one, page): (Which, u32),
) -> Result<(Vec<Row>, bool), Fault> {
    let count = |rows: u32| usize::try_from(rows).unwrap_or(usize::MAX);
    let (kinds, passed, end) = (kinds(one).collect::<Vec<_>>(), ROWS * (page - 1), ROWS * page);
    let mut rows = tx.rows_about(person, &kinds, end + 1).await?;
    let more = rows.len() > count(end);
    rows.truncate(count(end));
    let before = count(passed).checked_sub(1).and_then(|last| rows.get(last)).map(|row| row.at);
    let mut rows: Vec<_> = rows.into_iter().skip(count(passed)).collect();
    if one == Which::Changes {
        let of_everybody = of_everybody(cx, tx, &rows, before, Some(ROWS)).await?;
        rows.extend(of_everybody);
    }
    Ok((rows, more))
}

/// What was read of more people than are told one by one, and rows an operator took out, in the time of these rows of hers: from
/// the oldest of them on, and before what is newer than they are. What was before she came is none of hers. So many of the newest, as
/// a page holds, or all.
pub(crate) async fn of_everybody(
    cx: &Cx,
    tx: &mut dyn Tx,
    hers: &[Row],
    before: Option<Timestamp>,
    most: Option<u32>,
) -> Result<Vec<Row>, Fault> {
    let Some(from) = hers.iter().map(|row| row.at).min() else { return Ok(Vec::new()) };
    let before = before.or_else(|| cx.now.saturating_add(AHEAD).ok()).unwrap_or(cx.now);
    let kinds = OF_EVERYBODY.map(EventKind::word);
    let sought = Sought { kinds: &kinds, from, before, request_ends: "" };
    let count = |rows: u32| usize::try_from(rows).unwrap_or(usize::MAX);
    let mut rows: Vec<Row> = Vec::new();
    loop {
        let behind = rows.last().map(|row| (row.at, row.id));
        let page = tx.rows_sought(sought, behind, ROWS).await?;
        let is_last = page.len() < count(ROWS);
        rows.extend(page.into_iter().map(|(_, row)| row));
        if is_last || most.is_some_and(|most| rows.len() >= count(most)) {
            return Ok(rows);
        }
    }
}

/// What happened lately at her login, as far as people recognise it.
pub(crate) async fn happened(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    which: Which,
    rows: u32,
) -> Result<Vec<Happened>, Fault> {
    let mut found = Vec::new();
    // Each part has its own share: what strangers try, or a thief repeats, never pushes out what changed.
    for one in which.parts() {
        let kinds: Vec<&str> = kinds(one).collect();
        found.extend(tx.rows_about(person, &kinds, rows).await?);
    }
    told(cx, tx, person, found).await
}

/// The words of the kinds in a part.
pub(crate) fn kinds(which: Which) -> impl Iterator<Item = &'static str> {
    EventKind::ALL.iter().filter(move |kind| part(**kind) == Some(which)).map(|kind| kind.word())
}

/// What these rows about her tell her, the newest first.
pub(crate) async fn told(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    mut found: Vec<Row>,
) -> Result<Vec<Happened>, Fault> {
    let key = tx.trail_key_of(person).await?.ok_or(Fault::NoPersonKey)?;
    found.sort_by_key(|row| std::cmp::Reverse(row.at));
    let services = services_of(tx, &found).await?;
    let told = found.iter().filter_map(|row| Some((EventKind::from_word(&row.kind)?, row)));
    Ok(told
        .map(|(kind, row)| {
            let by = doer_of(person, kind, row);
            let mut personal = personal(&cx.house, person, &key, row);
            if !by.is_at_a_browser() {
                personal.clear();
            }
            Happened {
                kind,
                at: row.at,
                by,
                service: service_of(row).and_then(|id| services.get(&id).cloned()).unwrap_or_default(),
                browser: personal.remove("browser").unwrap_or_default(),
                address: personal.remove("address").unwrap_or_default(),
                reference: domain::ids::reference(row.request.into()),
            }
        })
        .collect())
}

/// Who did it, as she is told.
fn doer_of(person: PersonId, kind: EventKind, row: &Row) -> Doer {
    let actor = serde_json::from_str(&row.actor).unwrap_or(Actor::Unknown);
    let facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap_or_default();
    Doer::of(person, kind, &actor, &facts)
}

/// Whether another person did it, or an operator with everybody at once: where that one sat, and why, is not hers to know.
pub(crate) fn by_another(person: PersonId, row: &Row) -> bool {
    match serde_json::from_str(&row.actor) {
        Ok(Actor::Person(by)) => by != person,
        _ => row.subject.is_none(),
    }
}

/// Where from; empty once her key is shredded or the row was not sealed under it.
pub(crate) fn personal(house: &House, person: PersonId, key: &Sealed, row: &Row) -> BTreeMap<String, String> {
    let place = format!("audit_events/personal/{}", row.id);
    let clear = house.vault.open_for(person, key, &place, &row.personal);
    let clear = clear.or_else(|_| house.vault.open(KeyUse::People, &place, &Sealed(row.personal.clone())));
    clear.ok().and_then(|clear| serde_json::from_slice(&clear).ok()).unwrap_or_default()
}
