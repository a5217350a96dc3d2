//! Checkpoints leave for the places outside: compared first, then signed, then written (security decision 28).
//!
//! The place itself says how far it is. A database that does not know the last checkpoint there is older or another one:
//! nothing is signed or written then, and it is an alarm. Every instance keeps a place of its own with all checkpoints.

use crate::checkpoint_trail::{Signed, checkpoint_trail};
use crate::checkpoints::{Common, Unlike, compare, line, unusable};
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::checkpoints::CheckpointPlace;
use crate::ports::outside::OutsideFault;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::audit::checkpoint::GivenUp;

/// Checkpoints written at a time.
const BATCH: u32 = 200;

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Whether this instance signed a new one.
    pub signed: bool,
    /// How many were written outside.
    pub written: u64,
    /// Why none may be.
    pub apart: Option<Unlike>,
}

/// Compares, signs and writes; a change of mind leaves an event.
pub async fn keep_checkpoints(cx: &Cx) -> Result<Kept, Fault> {
    keep(cx, None).await
}

/// The same for a database that a restore put in the place of a newer one.
pub(crate) async fn keep(cx: &Cx, given_up: Option<(GivenUp, u64)>) -> Result<Kept, Fault> {
    let mut kept = Kept::default();
    let place = cx.house.keeping.place.clone();
    if let Some(place) = &place
        && given_up.is_none()
    {
        kept = write(cx, place.as_ref()).await?;
    }
    if kept.apart.is_none() {
        match checkpoint_trail(cx, given_up).await? {
            Signed::Made(_, note) => {
                kept.signed = true;
                tell(cx, &line(&note)?);
            }
            Signed::Refused(why) => kept.apart = Some(why),
            Signed::Nothing | Signed::Elsewhere => {}
        }
    }
    if let Some(place) = &place
        && kept.apart.is_none()
    {
        let more = write(cx, place.as_ref()).await?;
        kept = Kept { written: kept.written + more.written, apart: more.apart, ..kept };
    }
    note_change(cx, kept.apart.clone()).await?;
    Ok(kept)
}

fn tell(cx: &Cx, line: &str) {
    for herald in &cx.house.keeping.heralds {
        if let Err(error) = herald.tell(line.trim_end()) {
            tracing::error!(%error, "a checkpoint could not be told");
        }
    }
}

/// Writes what the place lacks.
async fn write(cx: &Cx, place: &dyn CheckpointPlace) -> Result<Kept, Fault> {
    let mut look = cx.house.store.reading("keep_checkpoints").await?;
    let (mut after, mut number) = match compare(&cx.house, look.as_mut(), place).await? {
        Common::Nothing => (None, 0),
        Common::Agrees { line, number } => (Some(line), number),
        Common::Unlike(why) => return Ok(Kept { apart: Some(why), ..Kept::default() }),
    };
    drop(look);
    let (is_new, mut written) = (after.is_none(), 0_u64);
    loop {
        let page = cx.house.store.look("keep_checkpoints").await?.checkpoints_after(number, BATCH).await?;
        let Some(last) = page.last() else { break };
        let lines = page.iter().map(|kept| line(&kept.note)).collect::<Result<Vec<_>, _>>()?;
        match place.append(after.as_deref(), &lines.concat()).await {
            Ok(()) => {}
            // Somebody wrote there meanwhile: the next round compares again.
            Err(OutsideFault::Changed) => return Ok(Kept { written, ..Kept::default() }),
            Err(fault) => return Ok(Kept { written, apart: Some(unusable(&fault)), ..Kept::default() }),
        }
        written = written.saturating_add(u64::try_from(page.len()).unwrap_or(0));
        (after, number) = (lines.last().map(|line| line.trim_end().to_owned()), last.number);
    }
    if is_new && written > 0 {
        // Whoever takes a file away, to hide what stood there, leaves this.
        let entry = Entry::by_system(EventKind::CheckpointsBegun).fact("up-to", number);
        let mut tx = cx.house.store.begin("keep_checkpoints").await?;
        record(cx, tx.as_mut(), entry).await?;
        tx.commit().await?;
    }
    Ok(Kept { written, ..Kept::default() })
}

async fn note_change(cx: &Cx, now: Option<Unlike>) -> Result<(), Fault> {
    let before = cx.house.keeping.apart.replace(now.clone());
    let entry = match (before, now) {
        (before, Some(why)) if before.as_ref().map(Unlike::word) != Some(why.word()) => {
            Entry::by_system(EventKind::CheckpointsApart).fact("why", why.word())
        }
        (Some(_), None) => Entry::by_system(EventKind::CheckpointsAgree),
        _ => return Ok(()),
    };
    let mut tx = cx.house.store.begin("keep_checkpoints").await?;
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}
