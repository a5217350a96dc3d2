//! Signed checkpoints of the trail: what they are kept by, and whether the database is still the one they were made of
//! (security decision 28).

use crate::context::House;
use crate::fault::Fault;
use crate::ports::checkpoints::{CheckpointPlace, Herald};
use crate::ports::outside::OutsideFault;
use crate::ports::store::{KeptCheckpoint, Tx};
use crate::ports::vault::{KeyUse, Signatures};
use domain::audit::checkpoint::{Checkpoint, GivenUp, Note};
use domain::ids::{EventId, InstanceId};
use domain::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Checkpoints looked at in one transaction.
const PAGE: u32 = 200;

/// How this instance writes the trail and keeps what stands for it.
pub struct Keeping {
    /// Which run of the programme this is.
    pub instance: InstanceId,
    /// Where checkpoints are kept outside.
    pub place: Option<Arc<dyn CheckpointPlace>>,
    /// Who else is told of each.
    pub heralds: Vec<Arc<dyn Herald>>,
    /// Compares signatures.
    pub signatures: Arc<dyn Signatures>,
    /// Why the two were apart when they were last compared.
    pub apart: Apart,
    /// Rows that wait and get no place in the chain.
    pub refused: Refused,
    /// When the sequencer of this instance came to the end of what waits.
    pub reached: Reached,
}

impl core::fmt::Debug for Keeping {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Keeping").field("instance", &self.instance).finish_non_exhaustive()
    }
}

/// What was seen last, so that a change of mind is told once.
#[derive(Debug, Default)]
pub struct Apart(Mutex<Option<Unlike>>);

impl Apart {
    /// What was seen last.
    pub fn seen(&self) -> Option<Unlike> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps what is seen now; gives what was seen before.
    pub(crate) fn replace(&self, now: Option<Unlike>) -> Option<Unlike> {
        core::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), now)
    }
}

/// Rows that wait for a place in the chain and are not as this house wrote them, each with when it was seen first.
#[derive(Debug, Default)]
pub struct Refused(Mutex<BTreeMap<EventId, Timestamp>>);

impl Refused {
    /// How many there were when the sequencer looked last.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Those it saw last.
    pub(crate) fn seen(&self) -> BTreeMap<EventId, Timestamp> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Those it sees now.
    pub(crate) fn keep(&self, now: BTreeMap<EventId, Timestamp>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

/// When the sequencer of this instance last began a look that came to the end of what waited: whatever was committed before has
/// its place, or gets none. How old a waiting row is does not tell how long it waits: a long transaction commits rows that are as
/// old as its beginning.
#[derive(Debug, Default)]
pub struct Reached(Mutex<Option<Timestamp>>);

impl Reached {
    /// It looked at everything that was committed before; a sequencer that begins says so too.
    pub fn keep(&self, at: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    /// Whether that is longer ago than this. Never where no sequencer runs.
    pub(crate) fn is_longer_ago(&self, now: Timestamp, than: SignedDuration) -> bool {
        let reached = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        reached.is_some_and(|at| now.duration_since(at) > than)
    }
}

/// Why the database is not the one the last checkpoint outside was made of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unlike {
    /// The database does not know it: it is older, or another one.
    #[error(
        "the database does not know checkpoint {0}, which is kept outside: it is an older backup, or its trail was replaced"
    )]
    Behind(u64),
    /// The last line outside is none, or no key of ours signed it.
    #[error("the last checkpoint kept outside was changed, or is not of this house")]
    Forged,
    /// The place cannot be used.
    #[error("checkpoints cannot be kept outside: {0}")]
    Unusable(String),
    /// The trail itself does not go on from the last checkpoint the database keeps.
    #[error("the trail does not go on from its last checkpoint; nothing is signed: {0}")]
    Tampered(String),
}

impl Unlike {
    /// A word for the trail.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Behind(_) => "behind",
            Self::Forged => "forged",
            Self::Unusable(_) => "unusable",
            Self::Tampered(_) => "tampered",
        }
    }
}

/// A line of the place outside.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    checkpoint: std::borrow::Cow<'a, str>,
}

/// A note as a line, with its end.
pub fn line(note: &str) -> Result<String, Fault> {
    let line = Line { checkpoint: note.into() };
    serde_json::to_string(&line).map(|line| line + "\n").map_err(|_| Fault::Encoding)
}

/// The note of a line; none when it is something else.
pub fn note(line: &str) -> Option<String> {
    serde_json::from_str::<Line<'_>>(line).ok().map(|line| line.checkpoint.into_owned())
}

/// Reads all lines of a place.
///
/// # Errors
/// The line of the first that was changed or is not signed by one of these keys.
pub fn read_lines(
    text: &str,
    keys: &[domain::audit::checkpoint::PublicKey],
    signatures: &dyn Signatures,
) -> Result<Vec<Checkpoint>, u64> {
    let notes: Vec<Option<String>> = text.lines().map(note).collect();
    let holds = |key: &_, data: &[u8], signature: &_| signatures.holds(key, data, signature);
    domain::audit::checkpoint::read_all(notes.iter().map(Option::as_deref), keys, holds)
}

/// A checkpoint of a note this house signed.
pub(crate) fn own(house: &House, note: &str) -> Result<Option<Checkpoint>, Fault> {
    let keys = house.vault.public_keys(KeyUse::Checkpoints)?;
    let signatures = &house.keeping.signatures;
    let signed = Note::read(note)
        .filter(|note| note.is_signed_by(&keys, |key, data, by| signatures.holds(key, data, by)));
    Ok(signed.and_then(|note| Checkpoint::read(&note.text)))
}

/// What the place outside and the database have in common.
pub(crate) enum Common {
    /// Nothing was ever kept there.
    Nothing,
    /// The database goes on behind this line: checkpoints after that number are missing there.
    Agrees { line: String, number: u64 },
    /// It does not.
    Unlike(Unlike),
}

/// Compares the last line outside with what the database keeps. Reads one line and a few rows.
pub(crate) async fn compare(
    house: &House,
    tx: &mut dyn Tx,
    place: &dyn CheckpointPlace,
) -> Result<Common, Fault> {
    let line = match place.last().await {
        Ok(None) => return Ok(Common::Nothing),
        Ok(Some(line)) => line,
        Err(fault) => return Ok(Common::Unlike(unusable(&fault))),
    };
    let Some(note) = note(&line) else { return Ok(Common::Unlike(Unlike::Forged)) };
    let Some(last) = own(house, &note)? else { return Ok(Common::Unlike(Unlike::Forged)) };
    let mut page = tx.checkpoints_after(last.number.saturating_sub(1), PAGE).await?;
    if page.first().is_some_and(|kept| kept.number == last.number && kept.note == note) {
        return Ok(Common::Agrees { line, number: last.number });
    }
    // A restore gave up what stands there, and said so.
    while let Some(end) = page.last().map(|kept| kept.number) {
        for kept in &page {
            let given_up = own(house, &kept.note)?.and_then(|it| it.given_up);
            if kept.number > last.number && given_up.is_some_and(|it| it.lost >= last.size) {
                return Ok(Common::Agrees { line, number: last.number });
            }
        }
        page = tx.checkpoints_after(end, PAGE).await?;
    }
    Ok(Common::Unlike(Unlike::Behind(last.number)))
}

pub(crate) fn unusable(fault: &OutsideFault) -> Unlike {
    Unlike::Unusable(fault.to_string())
}

/// What a restored database gives up of the trail that is kept outside, and the number of its next checkpoint.
pub(crate) async fn given_up(house: &House, tx: &mut dyn Tx) -> Result<Option<(GivenUp, u64)>, Fault> {
    let Some(place) = &house.keeping.place else { return Ok(None) };
    if !matches!(compare(house, tx, place.as_ref()).await?, Common::Unlike(Unlike::Behind(_))) {
        return Ok(None);
    }
    let Ok(Some(text)) = place.read().await else { return Ok(None) };
    let (mut kept, mut lost, mut number) = (0, 0, 0);
    for note in text.lines().filter_map(note) {
        let Some(outside) = own(house, &note)? else { continue };
        (lost, number) = (lost.max(outside.size), outside.number);
        let before = outside.number.saturating_sub(1);
        let ours = tx.checkpoints_after(before, 1).await?.pop();
        if ours.is_some_and(|ours: KeptCheckpoint| ours.note == note) {
            kept = outside.size;
        }
    }
    Ok(Some((GivenUp { kept, lost }, number.saturating_add(1))))
}

/// Whether the trail kept outside is ahead of the database: it is an older backup (security decision 7).
pub(crate) async fn is_behind(house: &House, tx: &mut dyn Tx) -> Result<Option<u64>, Fault> {
    let Some(place) = &house.keeping.place else { return Ok(None) };
    Ok(match compare(house, tx, place.as_ref()).await? {
        Common::Unlike(Unlike::Behind(number)) => Some(number),
        _ => None,
    })
}
