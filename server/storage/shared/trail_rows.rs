//! Rows of the trail, of what stands for it, and of what waits for its place outside.

use super::values::{bytes32, count, time};
use domain::audit::tree::{Frontier, cover};
use domain::audit::{Emptied, Hash, Link, Origin, Row};
use domain::ids::RecordId;
use sqlx::types::Uuid;
use usecases::ports::store::{KeptCheckpoint, Line, StoreFault};

pub(crate) struct AuditRow {
    pub(crate) id: Uuid,
    pub(crate) format: i64,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) actor: String,
    pub(crate) subject: Option<Uuid>,
    pub(crate) request: Uuid,
    pub(crate) facts: String,
    pub(crate) personal: Vec<u8>,
    pub(crate) instance: Option<Uuid>,
    pub(crate) lane: Option<i64>,
    pub(crate) counter: Option<i64>,
    pub(crate) mac: Vec<u8>,
}

/// A row of the trail with its place in the chain, where it has one.
pub(crate) struct PlacedRow {
    pub(crate) place: Option<i64>,
    pub(crate) id: Uuid,
    pub(crate) format: i64,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) actor: String,
    pub(crate) subject: Option<Uuid>,
    pub(crate) request: Uuid,
    pub(crate) facts: String,
    pub(crate) personal: Vec<u8>,
    pub(crate) instance: Option<Uuid>,
    pub(crate) lane: Option<i64>,
    pub(crate) counter: Option<i64>,
    pub(crate) mac: Vec<u8>,
}

impl TryFrom<PlacedRow> for (Option<i64>, Row) {
    type Error = StoreFault;
    fn try_from(row: PlacedRow) -> Result<Self, StoreFault> {
        let of_trail = AuditRow {
            id: row.id,
            format: row.format,
            at: row.at,
            kind: row.kind,
            actor: row.actor,
            subject: row.subject,
            request: row.request,
            facts: row.facts,
            personal: row.personal,
            instance: row.instance,
            lane: row.lane,
            counter: row.counter,
            mac: row.mac,
        };
        Ok((row.place, of_trail.try_into()?))
    }
}

fn origin(
    instance: Option<Uuid>,
    lane: Option<i64>,
    counter: Option<i64>,
) -> Result<Option<Origin>, StoreFault> {
    let (Some(instance), Some(lane), Some(number)) = (instance, lane, counter) else {
        return Ok(None);
    };
    Ok(Some(Origin { instance: instance.into(), lane: count(lane)?, number: count(number)? }))
}

impl TryFrom<AuditRow> for Row {
    type Error = StoreFault;
    fn try_from(row: AuditRow) -> Result<Self, StoreFault> {
        let origin = origin(row.instance, row.lane, row.counter)?;
        Ok(Self {
            id: row.id.into(),
            format: count(row.format)?,
            at: time(row.at)?,
            kind: row.kind,
            actor: row.actor,
            subject: row.subject.map(Into::into),
            request: row.request.into(),
            facts: row.facts,
            personal: row.personal,
            origin,
            mac: bytes32(row.mac, "a MAC")?,
        })
    }
}

pub(crate) struct EmptiedRow {
    pub(crate) place: i64,
    pub(crate) event: Uuid,
    pub(crate) format: i64,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) instance: Option<Uuid>,
    pub(crate) lane: Option<i64>,
    pub(crate) counter: Option<i64>,
    pub(crate) body: Vec<u8>,
    pub(crate) mac: Vec<u8>,
}

impl TryFrom<EmptiedRow> for (i64, Emptied) {
    type Error = StoreFault;
    fn try_from(row: EmptiedRow) -> Result<Self, StoreFault> {
        let left = Emptied {
            id: row.event.into(),
            format: count(row.format)?,
            at: time(row.at)?,
            kind: row.kind,
            origin: origin(row.instance, row.lane, row.counter)?,
            body: Hash(bytes32(row.body, "the digest of a row")?),
            mac: bytes32(row.mac, "a MAC")?,
        };
        Ok((row.place, left))
    }
}

pub(crate) struct LinkRow {
    pub(crate) place: i64,
    pub(crate) event: Uuid,
    pub(crate) leaf: Option<Vec<u8>>,
    pub(crate) hash: Vec<u8>,
}

impl TryFrom<LinkRow> for Link {
    type Error = StoreFault;
    fn try_from(row: LinkRow) -> Result<Self, StoreFault> {
        let hash = Hash(bytes32(row.hash, "a hash of the chain")?);
        let leaf = row.leaf.map(|leaf| bytes32(leaf, "a leaf")).transpose()?.map(Hash);
        Ok(Self { place: row.place, event: row.event.into(), leaf, hash })
    }
}

pub(crate) struct CheckpointRow {
    pub(crate) number: i64,
    pub(crate) size: i64,
    pub(crate) chain: Vec<u8>,
    pub(crate) peaks: Vec<u8>,
    pub(crate) note: String,
}

impl TryFrom<CheckpointRow> for KeptCheckpoint {
    type Error = StoreFault;
    fn try_from(row: CheckpointRow) -> Result<Self, StoreFault> {
        let wrong = StoreFault::Unreadable("a checkpoint");
        let peaks = row.peaks.chunks(32).map(|peak| bytes32(peak.to_vec(), "a checkpoint").map(Hash));
        let tree = Frontier::of(count(row.size)?, peaks.collect::<Result<_, _>>()?).ok_or(wrong)?;
        let chain = Hash(bytes32(row.chain, "a checkpoint")?);
        Ok(Self { number: count(row.number)?, tree, chain, note: row.note })
    }
}

/// The roots of a tree side by side.
pub(crate) fn peaks(tree: &Frontier) -> Vec<u8> {
    debug_assert_eq!(tree.peaks().len(), cover(0, tree.size()).len(), "a tree is made of its own subtrees");
    tree.peaks().iter().flat_map(|peak| peak.0).collect()
}

/// A record that waits for its place outside.
pub(crate) struct RecordRow {
    pub(crate) id: Uuid,
    pub(crate) body: String,
}

impl From<RecordRow> for (RecordId, String) {
    fn from(row: RecordRow) -> Self {
        (row.id.into(), row.body)
    }
}

/// A place outside, as a column holds it.
pub(crate) fn placed(place: u64) -> Result<i64, StoreFault> {
    i64::try_from(place).map_err(|_| StoreFault::Unreadable("a place outside"))
}

pub(crate) struct LineRow {
    pub(crate) place: i64,
    pub(crate) id: Uuid,
    pub(crate) body: String,
    pub(crate) mac: Vec<u8>,
}

impl TryFrom<LineRow> for Line {
    type Error = StoreFault;
    fn try_from(row: LineRow) -> Result<Self, StoreFault> {
        let mac = bytes32(row.mac, "a MAC of a line kept outside")?;
        Ok(Self { place: count(row.place)?, id: row.id.into(), body: row.body, mac })
    }
}
