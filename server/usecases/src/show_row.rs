//! An auditor opens a row of the trail: what is sealed in it, and whether it is the row that was signed for. Whoever it is
//! about sees that it was read, and so does whoever did it: where she sat is what is sealed.

use crate::auditor::{NotAuditor, NotSeen, auditor, keep_looked, looked, only_auditor, read_about};
use crate::checkpoints::own;
use crate::context::{Cx, House};
use crate::evidence::{Line, keyholders};
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::ports::store::{Sought, StoreFault, Tx};
use crate::ports::vault::{KeyUse, Sealed};
use crate::prove_trail::resolve;
use crate::record::{Entry, record};
use crate::restriction::may_read;
use crate::who::Here;
use domain::audit::tree::{includes, inclusion};
use domain::audit::{Actor, EventKind, Row};
use domain::evidence::Opened;
use domain::ids::{EventId, FlowId, PersonId};
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Why no row is opened.
#[derive(Debug, thiserror::Error)]
pub enum NotShown {
    /// She is no auditor.
    #[error(transparent)]
    NotAuditor(#[from] NotAuditor),
    /// There is no such row, or it was emptied by rule meanwhile.
    #[error("no such row")]
    NoRow,
    /// What is kept of this person, whose part of the row it is, is restricted, and she named no case it is needed for.
    #[error("what is kept of her is restricted")]
    Restricted(PersonId),
}

impl From<Fault> for NotShown {
    fn from(fault: Fault) -> Self {
        Self::NotAuditor(fault.into())
    }
}
impl From<StoreFault> for NotShown {
    fn from(fault: StoreFault) -> Self {
        Self::NotAuditor(fault.into())
    }
}

/// A row that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownRow {
    /// Which.
    pub id: EventId,
    /// What it says, with what was sealed; nothing sealed once the key of whom it is about is destroyed.
    pub line: Line,
    /// Whether its MAC holds under a key of this house.
    pub authentic: bool,
    /// Whether it is among the rows of the newest checkpoint.
    pub signed_for: SignedFor,
    /// The search it was found by.
    pub from: Option<FlowId>,
    /// Until when it is open.
    pub until: Timestamp,
}

/// Whether a row is among those a signed checkpoint stands for (RFC 6962, 2.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedFor {
    /// It waits for its place, or for the next checkpoint.
    NotYet,
    /// It is, proved now from its leaf up to the signed root of the checkpoint of this number.
    Proved(u64),
    /// It should be, and is not: the trail or its checkpoint was changed.
    Not(u64),
}

/// Opens a row for this browser and session for a quarter of an hour; `from` is the search it was found by. Gives the flow,
/// and what kind of row it is.
pub async fn show_row(
    cx: &Cx,
    here: &Here,
    id: EventId,
    from: Option<FlowId>,
) -> Result<(FlowId, Option<EventKind>), NotShown> {
    only_auditor(cx, here, "row").await?;
    let mut tx = cx.house.store.begin("show_row").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let row = tx.row(id).await?.ok_or(NotShown::NoRow)?;
    for person in keyholders(&row) {
        if !may_read(cx, tx.as_mut(), here, person).await? {
            return Err(NotShown::Restricted(person));
        }
    }
    for person in whoever_hears(tx.as_mut(), here, &row).await? {
        let entry =
            Entry::new(EventKind::TrailRead, Actor::Person(here.person.id)).fact("rows", 1).fact("row", id);
        match person {
            Some(person) => read_about(cx, tx.as_mut(), here.person.id, (person, entry)).await?,
            None => record(cx, tx.as_mut(), entry).await?,
        }
    }
    let flow = keep_looked(cx, tx.as_mut(), here, Opened::Row(id, from)).await?;
    tx.commit().await?;
    Ok((flow, EventKind::from_word(&row.kind)))
}

/// Whom one event each tells of it; one about nobody where there is none. Of what the auditor did herself only another hears,
/// and of somebody who was erased nobody is left to.
async fn whoever_hears(tx: &mut dyn Tx, here: &Here, row: &Row) -> Result<Vec<Option<PersonId>>, StoreFault> {
    let mut hear = Vec::new();
    for person in keyholders(row) {
        let is_told = row.subject == Some(person) || person != here.person.id;
        if is_told && tx.trail_key_of(person).await?.is_some() {
            hear.push(Some(person));
        }
    }
    // Their rows are locked in one order, whoever reads which row.
    hear.sort_unstable();
    if hear.is_empty() {
        hear.push(None);
    }
    Ok(hear)
}

/// The row this session opened in a flow of this browser.
pub async fn see_row(cx: &Cx, here: &Here, id: FlowId) -> Result<ShownRow, NotSeen> {
    let mut tx = cx.house.store.reading("see_row").await?;
    let (row, from, until) = opened_row(cx, tx.as_mut(), here, id).await?;
    let place = place_of(tx.as_mut(), &row).await?;
    let sealed = unsealed(&cx.house, tx.as_mut(), &row).await?;
    let signed_for = signed_for(&cx.house, tx.as_mut(), place, &row).await?;
    let macs = cx.house.vault.macs(KeyUse::Trail, &row.encoded()).map_err(Fault::from)?;
    Ok(ShownRow {
        id: row.id,
        line: Line { sealed, ..Line::of(place, &row) },
        authentic: macs.contains(&row.mac),
        signed_for,
        from,
        until,
    })
}

/// The row of a flow, the search it was found by, and until when it is open.
pub(crate) async fn opened_row(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
    id: FlowId,
) -> Result<(Row, Option<FlowId>, Timestamp), NotSeen> {
    let (Opened::Row(event, from), until) = looked(cx, tx, here, id).await? else {
        return Err(NoFlow::Gone.into());
    };
    let row = tx.row(event).await?.ok_or(NoFlow::Gone)?;
    Ok((row, from, until))
}

/// Its place in the chain; none while it waits for one.
async fn place_of(tx: &mut dyn Tx, row: &Row) -> Result<Option<i64>, StoreFault> {
    let before = row.at.saturating_add(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MAX);
    let kinds = [row.kind.as_str()];
    let sought = Sought { kinds: &kinds, from: row.at, before, request_ends: "" };
    // A feed writes thousands of one kind at one instant: behind the id that follows this one it is the first.
    let next = Uuid::from(row.id).as_u128().checked_add(1);
    let behind = next.map(|next| (row.at, Uuid::from_u128(next).into()));
    let found = tx.rows_sought(sought, behind, 1).await?;
    Ok(found.into_iter().find(|(_, it)| it.id == row.id).and_then(|(place, _)| place))
}

/// What is sealed in a row; nothing once its key is destroyed.
async fn unsealed(house: &House, tx: &mut dyn Tx, row: &Row) -> Result<BTreeMap<String, String>, Fault> {
    let place = format!("audit_events/personal/{}", row.id);
    let mut clear = None;
    for person in keyholders(row) {
        if clear.is_some() {
            break;
        }
        let key = tx.trail_key_of(person).await?;
        clear = key.and_then(|key| house.vault.open_for(person, &key, &place, &row.personal).ok());
    }
    if clear.is_none() {
        clear = house.vault.open(KeyUse::People, &place, &Sealed(row.personal.clone())).ok();
    }
    Ok(clear.and_then(|clear| serde_json::from_slice(&clear).ok()).unwrap_or_default())
}

async fn signed_for(
    house: &House,
    tx: &mut dyn Tx,
    place: Option<i64>,
    row: &Row,
) -> Result<SignedFor, Fault> {
    let Some(place) = place.and_then(|place| u64::try_from(place).ok()) else { return Ok(SignedFor::NotYet) };
    let Some(last) = tx.last_checkpoint().await? else { return Ok(SignedFor::NotYet) };
    if place > last.tree.size() {
        return Ok(SignedFor::NotYet);
    }
    let Some(signed) = own(house, &last.note)? else { return Ok(SignedFor::Not(last.number)) };
    let index = place.saturating_sub(1);
    let path = match resolve(tx, &inclusion(index, signed.size)).await {
        Ok(path) => path,
        // A node that is not there proves nothing.
        Err(Fault::Store(StoreFault::Unreadable(_))) => return Ok(SignedFor::Not(signed.number)),
        Err(fault) => return Err(fault),
    };
    let holds = includes(signed.root, signed.size, index, row.leaf(), &path);
    Ok(if holds { SignedFor::Proved(signed.number) } else { SignedFor::Not(signed.number) })
}
