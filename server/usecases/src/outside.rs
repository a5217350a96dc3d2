//! What is also kept outside the database: queued with the change it tells of, and whether the two agree (security
//! decision 7).
//!
//! Whether they agree stands in the memory of this process and nowhere else: a flag in the database would come back
//! with the backup.

use crate::context::{Cx, House};
use crate::fault::Fault;
use crate::ports::outside::OutsidePlace;
use crate::ports::store::{Line, Tx};
use crate::ports::vault::{KeyUse, Mac, VaultFault};
use domain::ids::{Epoch, OutsideId, PersonId};
use domain::outside::{Deed, FORMAT, Record};
use std::sync::{Arc, RwLock};

/// Queues a record in the transaction of the change it tells of. Her row is locked, so that her records stand in the
/// order of what happened.
pub(crate) async fn keep_outside(
    cx: &Cx,
    tx: &mut dyn Tx,
    about: Option<(PersonId, Epoch)>,
    deed: Deed,
) -> Result<(), Fault> {
    let (person, epoch) = about.map_or((None, Epoch::default()), |(person, epoch)| (Some(person), epoch));
    let record = Record { format: FORMAT, id: cx.id()?, at: cx.now, person, epoch, deed };
    let body = serde_json::to_string(&record).map_err(|_| Fault::Encoding)?;
    Ok(tx.queue_record(record.id, &body).await?)
}

/// The place outside, and whether it agrees with the database.
pub struct Outside {
    place: Option<Arc<dyn OutsidePlace>>,
    state: RwLock<State>,
}

impl core::fmt::Debug for Outside {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Outside").field("state", &self.state()).finish_non_exhaustive()
    }
}

impl Outside {
    /// Nothing is kept outside. Whether that may be is [`crate::compare_outside`]'s to say; until then it may.
    pub fn nowhere() -> Self {
        Self { place: None, state: RwLock::new(State::Unwatched) }
    }

    /// Kept at this place. Nothing is issued before it was compared with the database.
    pub fn at(place: Arc<dyn OutsidePlace>) -> Self {
        Self { place: Some(place), state: RwLock::new(State::Apart(Apart::NotCompared)) }
    }

    /// The place.
    pub fn place(&self) -> Option<&Arc<dyn OutsidePlace>> {
        self.place.as_ref()
    }

    /// What was seen last.
    pub fn state(&self) -> State {
        // A poisoned lock is somebody's panic in the middle: what it left is nothing to rely on.
        self.state.read().map_or(State::Apart(Apart::NotCompared), |state| state.clone())
    }

    pub(crate) fn set(&self, state: State) {
        if let Ok(mut kept) = self.state.write() {
            *kept = state;
        }
    }

    /// Whether sessions and tokens may be made.
    pub fn is_open(&self) -> bool {
        !matches!(self.state(), State::Apart(_))
    }

    /// The same, for a use case that makes one.
    pub(crate) fn open(&self) -> Result<(), Fault> {
        if self.is_open() { Ok(()) } else { Err(Fault::OutsideApart) }
    }
}

/// What was seen last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing is kept outside, and nothing ever was.
    Unwatched,
    /// They agree, up to there.
    Agrees(Known),
    /// They do not, or nobody can tell: no session and no token is made.
    Apart(Apart),
}

/// How far the place outside was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Which file.
    pub file: OutsideId,
    /// Its size.
    pub size: u64,
    /// The last place in it.
    pub place: u64,
    /// The MAC there.
    pub mac: Mac,
}

/// Why nothing is issued. Said to the operator, with what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Apart {
    /// Nobody has compared them yet.
    #[error("what is kept outside has not been compared yet")]
    NotCompared,
    /// The database is older than what is kept outside.
    #[error(
        "the database is behind what is kept outside by {0} records, as after a restored backup: run `nsis-id recover --reason …`"
    )]
    Behind(u64),
    /// It has every record, but its trail is older than the checkpoints kept outside.
    #[error(
        "the database is older than checkpoint {0} of its trail, which is kept outside, as after a restored backup: run `nsis-id recover --reason …`"
    )]
    TrailBehind(u64),
    /// A recovery was begun and is not done.
    #[error("a recovery is not finished: run `nsis-id recover --reason …` again, and it goes on")]
    Interrupted,
    /// It was written, and is not there any more.
    #[error(
        "what was kept outside is not there any more: put the file back where the configuration says; only if it is lost for good, run `nsis-id outside begin`"
    )]
    Moved,
    /// It was written, and the configuration names no place any more.
    #[error(
        "the configuration names no place outside any more, though records were kept in one: name it again"
    )]
    NotNamed,
    /// It cannot be read.
    #[error("what is kept outside cannot be read ({0}): mend that, and issuing goes on by itself")]
    Unreadable(String),
    /// A line was changed, removed or moved, or is of another house.
    #[error(
        "what is kept outside was changed at line {0}: keep both as they are and call your security officer; an untouched copy of the file mends it"
    )]
    Broken(u64),
    /// It ends before what the database knows was written.
    #[error(
        "what is kept outside ends {0} records before what was written: keep both as they are and call your security officer; an untouched copy of the file mends it"
    )]
    Shortened(u64),
    /// Both go on, each by itself, from some place on.
    #[error(
        "the database and what is kept outside went different ways after record {0}: keep both as they are and call your security officer"
    )]
    Forked(u64),
}

impl Apart {
    /// A word for the trail.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotCompared => "not-compared",
            Self::Behind(_) => "behind",
            Self::TrailBehind(_) => "trail-behind",
            Self::Interrupted => "interrupted",
            Self::Moved => "moved",
            Self::NotNamed => "not-named",
            Self::Unreadable(_) => "unreadable",
            Self::Broken(_) => "broken",
            Self::Shortened(_) => "shortened",
            Self::Forked(_) => "forked",
        }
    }
}

/// A file as it was read, every line of it verified.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) known: Known,
    pub(crate) lines: Vec<Line>,
    pub(crate) records: Vec<Record>,
}

/// The MAC before the first record.
const START: Mac = [0; 32];
/// How the first line begins, with the format of the file.
const HEAD: &str = "nsis-id outside 1";

/// The first line of a file.
pub(crate) fn head(house: &House, file: OutsideId) -> Result<String, VaultFault> {
    let mac = house.vault.mac(KeyUse::Outside, format!("{HEAD} {file}").as_bytes())?;
    Ok(format!("{HEAD} {file} {}\n", crate::context::hex(&mac)))
}

/// A line of a file.
pub(crate) fn written(line: &Line) -> String {
    format!("{} {} {}\n", line.place, crate::context::hex(&line.mac), line.body)
}

/// The line after the one with that place and MAC; the first where there is none.
pub(crate) fn next(
    house: &House,
    before: Option<&Line>,
    id: domain::ids::RecordId,
    body: String,
) -> Result<Line, VaultFault> {
    let (place, mac) = before.map_or((0, START), |line| (line.place, line.mac));
    let place = place.saturating_add(1);
    let mac = house.vault.mac(KeyUse::Outside, &covered(&mac, place, &body))?;
    Ok(Line { place, id, body, mac })
}

/// What a line's MAC covers: the one before it, its place, its record.
fn covered(before: &Mac, place: u64, body: &str) -> Vec<u8> {
    [b"outside record".as_slice(), before, &place.to_be_bytes(), body.as_bytes()].concat()
}

/// Reads a file line by line; whatever does not follow is named by its line.
pub(crate) fn read(house: &House, text: &str, size: u64) -> Result<Result<Written, Apart>, VaultFault> {
    let mut rest = text.lines();
    let Some(file) = read_head(house, rest.next().unwrap_or_default())? else {
        return Ok(Err(Apart::Broken(1)));
    };
    let (mut lines, mut records, mut mac) = (Vec::new(), Vec::new(), START);
    for (place, text) in (1_u64..).zip(rest) {
        let Some((line, record)) = read_line(house, &mac, place, text)? else {
            return Ok(Err(Apart::Broken(place.saturating_add(1))));
        };
        mac = line.mac;
        lines.push(line);
        records.push(record);
    }
    let place = lines.last().map_or(0, |line| line.place);
    Ok(Ok(Written { known: Known { file, size, place, mac }, lines, records }))
}

fn read_head(house: &House, line: &str) -> Result<Option<OutsideId>, VaultFault> {
    let Some((said, mac)) = line.rsplit_once(' ') else { return Ok(None) };
    let file = said.strip_prefix(HEAD).and_then(|id| id.trim_start().parse().ok());
    let Some(file) = file else { return Ok(None) };
    let right = house.vault.macs(KeyUse::Outside, format!("{HEAD} {file}").as_bytes())?;
    Ok(right.iter().any(|right| crate::context::hex(right) == mac).then_some(file))
}

fn read_line(
    house: &House,
    before: &Mac,
    place: u64,
    text: &str,
) -> Result<Option<(Line, Record)>, VaultFault> {
    let mut parts = text.splitn(3, ' ');
    let (Some(said), Some(mac), Some(body)) = (parts.next(), parts.next(), parts.next()) else {
        return Ok(None);
    };
    if said.parse::<u64>() != Ok(place) {
        return Ok(None);
    }
    let right = house.vault.macs(KeyUse::Outside, &covered(before, place, body))?;
    let Some(right) = right.into_iter().find(|right| crate::context::hex(right) == mac) else {
        return Ok(None);
    };
    let Ok(record) = serde_json::from_str::<Record>(body) else { return Ok(None) };
    if record.format > FORMAT {
        return Ok(None);
    }
    Ok(Some((Line { place, id: record.id, body: body.to_owned(), mac: right }, record)))
}
