//! Rows of the trail that belong in an export.

use super::line::Line;
use super::whole::{Counts, Whole};
use crate::context::House;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::{KeyUse, Sealed};
use crate::see_activity::by_another;
use crate::verify_trail::left_of;
use domain::audit::catalogue::WHERE_FROM;
use domain::audit::{Actor, EventKind, Row};
use domain::evidence::{Evidence, LAST_DAY, Order, RESTRICTED};
use domain::ids::{AssociationId, PersonId};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Places looked at on one view of the database.
const PAGE: i64 = 1000;

/// Keys of people's parts of the trail that were fetched for this page; none once shredded.
type Keys = HashMap<PersonId, Option<Sealed>>;

/// The rows of an order, from its first place to its last.
#[derive(Debug)]
pub(crate) struct Rows {
    house: Arc<House>,
    order: Order,
    opens: bool,
    reached: i64,
    /// Rows about a person that were looked at.
    looked: u64,
    counts: Counts,
    whole: Whole,
    /// Of whom something sealed was opened in an export about everybody.
    read: BTreeSet<PersonId>,
}

impl Rows {
    pub(crate) fn of(house: Arc<House>, order: Order) -> Self {
        let opens = !order.evidence.sealed().is_empty();
        let reached = order.places.0.saturating_sub(1);
        let whole = Whole::of(Arc::clone(&house));
        let counts = Counts::default();
        Self { house, order, opens, reached, looked: 0, counts, whole, read: BTreeSet::new() }
    }

    pub(crate) fn order(&self) -> &Order {
        &self.order
    }

    /// What was counted so far.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Of whom something sealed was opened so far in an export about everybody.
    pub(crate) fn read(self) -> BTreeSet<PersonId> {
        self.read
    }

    /// How many places of the trail were passed so far, or rows about a person.
    pub(crate) fn done(&self) -> u64 {
        let (first, last) = self.order.places;
        match self.order.about {
            Some(_) => self.looked,
            None => {
                u64::try_from(self.reached.min(last).saturating_sub(first).saturating_add(1)).unwrap_or(0)
            }
        }
    }

    /// The next rows, never none of them; none at all behind the last.
    pub(crate) async fn next_page(&mut self) -> Result<Option<Vec<Line>>, Fault> {
        loop {
            match self.step().await? {
                Some(lines) if lines.is_empty() => {}
                lines => return Ok(lines),
            }
        }
    }

    /// One page further: the rows of it that belong in the export, which may be none; none at all behind the last page.
    pub(crate) async fn step(&mut self) -> Result<Option<Vec<Line>>, Fault> {
        if self.reached >= self.order.places.1 {
            return Ok(None);
        }
        let lines = match self.order.about {
            Some(person) => self.of_person(person).await?,
            None => self.of_trail().await?,
        };
        self.counts.told += u64::try_from(lines.len()).unwrap_or(u64::MAX);
        Ok(Some(lines))
    }

    async fn of_trail(&mut self) -> Result<Vec<Line>, Fault> {
        let last = self.order.places.1;
        let limit = u32::try_from((last - self.reached).min(PAGE)).unwrap_or(u32::MAX);
        let mut tx = self.house.store.reading("export").await?;
        let page = tx.chained_after(self.reached, limit).await?;
        // Nothing is left of the end when the page is short, or goes past it.
        let over = page.len() < usize::try_from(limit).unwrap_or(usize::MAX)
            || page.last().is_some_and(|(link, _)| link.place >= last);
        let left = left_of(tx.as_mut(), self.reached, &page).await?;
        let (mut keys, mut lines) = (Keys::new(), Vec::new());
        for (link, row) in page.into_iter().filter(|(link, _)| link.place <= last) {
            self.pass(link.place);
            match row {
                Some(row) if self.whole.holds(&row)? => {
                    let told = self.line(tx.as_mut(), &mut keys, link.place, &row).await?;
                    let mut opened = told.iter().flat_map(|it| it.sealed.values());
                    if opened.any(|value| value != RESTRICTED) {
                        self.read.extend(keyholders(&row));
                    }
                    lines.extend(told);
                }
                Some(_) => self.counts.breaks(link.place, 1),
                None => {
                    let by_rule = match left.get(&link.place) {
                        Some(left) => self.whole.went_by_rule(tx.as_mut(), link.place, left).await?,
                        None => false,
                    };
                    if by_rule {
                        self.counts.gone += 1;
                    } else {
                        self.counts.breaks(link.place, 1);
                    }
                }
            }
        }
        if over {
            self.pass(last.saturating_add(1));
        }
        Ok(lines)
    }

    /// Goes on to a place. Each has its link for ever: what lies between was taken away.
    fn pass(&mut self, place: i64) {
        let between = u64::try_from(place - self.reached - 1).unwrap_or(0);
        self.counts.breaks(self.reached.saturating_add(1), between);
        self.reached = place;
    }

    async fn of_person(&mut self, person: PersonId) -> Result<Vec<Line>, Fault> {
        let last = self.order.places.1;
        let limit = u32::try_from(PAGE).unwrap_or(u32::MAX);
        let mut tx = self.house.store.reading("export").await?;
        let page = tx.chained_about(person, (self.reached, last), limit).await?;
        self.looked += u64::try_from(page.len()).unwrap_or(u64::MAX);
        let over = page.len() < usize::try_from(limit).unwrap_or(usize::MAX);
        self.reached = page.last().filter(|_| !over).map_or(last, |(place, _)| *place);
        let (mut keys, mut lines) = (Keys::new(), Vec::new());
        for (place, row) in &page {
            if self.whole.holds(row)? {
                lines.extend(self.line(tx.as_mut(), &mut keys, *place, row).await?);
            } else {
                self.counts.breaks(*place, 1);
            }
        }
        Ok(lines)
    }

    /// The row as the export tells it; none when it does not belong in it.
    async fn line(
        &self,
        tx: &mut dyn Tx,
        keys: &mut Keys,
        place: i64,
        row: &Row,
    ) -> Result<Option<Line>, Fault> {
        let Order { evidence, period, .. } = self.order;
        let Some(kind) = EventKind::from_word(&row.kind) else { return Ok(None) };
        let actor = serde_json::from_str(&row.actor).unwrap_or(Actor::Unknown);
        let mut facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap_or_default();
        let belongs = evidence.kinds().contains(&kind)
            && period.holds(row.at)
            && evidence.takes(kind, &actor, row.subject, &facts);
        if !belongs {
            return Ok(None);
        }
        if let Some(day) = last_day(tx, evidence, kind, &facts).await? {
            facts.insert(LAST_DAY.to_owned(), day);
        }
        let sealed = self.opened(tx, keys, row).await?;
        Ok(Some(Line { sealed, ..Line::told(Some(place), row, actor, facts) }))
    }

    /// Whether its sealed part is of somebody whose data are restricted.
    fn is_closed(&self, row: &Row) -> bool {
        let closed = &self.order.restricted;
        !closed.is_empty() && keyholders(row).iter().any(|it| closed.binary_search(it).is_ok())
    }

    /// What of its sealed part the export needs; nothing once its key is shredded.
    async fn opened(
        &self,
        tx: &mut dyn Tx,
        keys: &mut Keys,
        row: &Row,
    ) -> Result<BTreeMap<String, String>, Fault> {
        if !self.opens {
            return Ok(BTreeMap::new());
        }
        let place = format!("audit_events/personal/{}", row.id);
        let vault = &self.house.vault;
        let mut clear = None;
        for person in keyholders(row) {
            if clear.is_some() {
                break;
            }
            if let Entry::Vacant(entry) = keys.entry(person) {
                entry.insert(tx.trail_key_of(person).await?);
            }
            let key = keys.get(&person).and_then(Option::as_ref);
            clear = key.and_then(|key| vault.open_for(person, key, &place, &row.personal).ok());
        }
        if clear.is_none() {
            clear = vault.open(KeyUse::People, &place, &Sealed(row.personal.clone())).ok();
        }
        let opened = clear.and_then(|clear| serde_json::from_slice(&clear).ok());
        let mut opened: BTreeMap<String, String> = opened.unwrap_or_default();
        // Of the trail of one person she hears alone: where another sat is opened with that row by itself, and told to both.
        let elsewhere = self.order.about.is_some_and(|about| by_another(about, row));
        opened.retain(|name, _| {
            self.order.evidence.opens(name) && !(elsewhere && WHERE_FROM.contains(&name.as_str()))
        });
        if self.is_closed(row) {
            for value in opened.values_mut() {
                RESTRICTED.clone_into(value);
            }
        }
        Ok(opened)
    }
}

/// Under whose keys what is sealed in a row may lie: of the person who did it, and in rows from before of whom it is about,
/// whoever did it. Nobody's where neither is known: then it lies under the house's, as what closed a login while her key was
/// not to be had does.
pub(crate) fn keyholders(row: &Row) -> Vec<PersonId> {
    let actor = serde_json::from_str(&row.actor).unwrap_or(Actor::Unknown);
    let did = actor.seals_for(row.subject);
    did.into_iter().chain(row.subject.filter(|about| did != Some(*about))).collect()
}

/// HR's last day of a relation that ended, to be held against the instant it was closed (NSIS 5.2.3).
async fn last_day(
    tx: &mut dyn Tx,
    evidence: Evidence,
    kind: EventKind,
    facts: &BTreeMap<String, String>,
) -> Result<Option<String>, Fault> {
    let id: Option<AssociationId> = facts.get("association").and_then(|id| id.parse().ok());
    let Some(id) = id.filter(|_| evidence == Evidence::Leavers && kind == EventKind::AssociationClosed)
    else {
        return Ok(None);
    };
    let relation = tx.association(id).await?;
    Ok(relation.and_then(|it| it.ends_on).map(|day| day.to_string()))
}
