//! A restored database is brought up to what is kept outside (security decision 7): what was taken away since the backup
//! is taken away again, and nothing anybody has in hand counts any more.
//!
//! It goes through steps that can each be done again, in transactions of a few people; whoever finds one under way goes
//! on with it. Until it is done nothing is issued.

mod devices;
mod give;
mod signing;

use crate::checkpoints::given_up;
use crate::compare_outside::weigh;
use crate::context::Cx;
use crate::fault::Fault;
use crate::keep_checkpoints::keep;
use crate::meet_keys::{NotMet, meet_keys};
use crate::operator::{Operator, tell_administrators};
use crate::outside::{Apart, Written, read};
use crate::ports::outside::OutsideFault;
use crate::ports::ring::{KeyState, Ring, RingFault};
use crate::ports::store::{Recovered, Recovery, StoreFault, Tx};
use crate::record::record;
use crate::turn::Turn;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::{KeyId, PersonId};
use domain::notice::Template;
use domain::outside::{Owed, Record, gone, owed, retired};
use domain::printed::PrintedKind;
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

/// How many people in one transaction, so that none lasts over 50 ms.
const BATCH: usize = 20;
/// How many lines in one transaction.
const LINES: usize = 200;

/// Why nothing was recovered, or not all: run it again.
#[derive(Debug, thiserror::Error)]
pub enum NotRecovered {
    /// The configuration names no place outside.
    #[error("the configuration names no place outside: [outside] file = …")]
    NotNamed,
    /// Nothing is owed: the database has all that is kept outside.
    #[error("the database has everything that is kept outside; nothing was changed")]
    Agrees,
    /// What is kept outside cannot be trusted.
    #[error("{0}")]
    Apart(Apart),
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] OutsideFault),
    /// The key ring.
    #[error(transparent)]
    Ring(#[from] RingFault),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotRecovered {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

impl From<NotMet> for NotRecovered {
    fn from(fault: NotMet) -> Self {
        match fault {
            NotMet::Ring(fault) => Self::Ring(fault),
            NotMet::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Recovers, or goes on with the recovery that was interrupted. With `anyway` also where the database has everything: for
/// a restored database whose file outside is lost.
pub async fn recover(
    cx: &Cx,
    ring: &dyn Ring,
    by: &Operator,
    anyway: bool,
) -> Result<Recovered, NotRecovered> {
    let place = cx.house.outside.place().ok_or(NotRecovered::NotNamed)?;
    let standing = place.read().await?.ok_or(NotRecovered::Apart(Apart::Moved))?;
    let written =
        read(&cx.house, &standing.text, standing.size).map_err(Fault::from)?.map_err(NotRecovered::Apart)?;
    let behind = given_up(&cx.house, cx.house.store.reading("recover").await?.as_mut()).await?;
    let recovery = begin(cx, by, &written, anyway || behind.is_some()).await?;
    let missed: Vec<&Record> = (1_u64..)
        .zip(&written.records)
        .filter(|(place, _)| *place > recovery.from && *place <= recovery.to)
        .map(|(_, record)| record)
        .collect();
    take_lines(cx, &recovery, &written).await?;
    let owed = owed(missed.iter().copied());
    let mut turn = Turn::begin(cx);
    while give_some(cx, &owed).await? {
        turn.pass_on(cx).await;
    }
    while end_some(cx).await? {
        turn.pass_on(cx).await;
    }
    devices::put_away(cx, &gone(missed.iter().copied())).await?;
    let over = retired(missed.iter().copied());
    let keys = retire_again(cx, ring, &over)? + signing::retire_again(cx, &over).await?;
    meet_keys(cx, ring, Some(by)).await?;
    // The trail goes on under a checkpoint that says which rows of the lost one it gives up; it is there before the
    // recovery ends, so that no crash between the two leaves a trail nobody vouches for.
    if behind.is_some() {
        keep(cx, behind).await?;
    }
    finish(cx, by, &written, keys).await
}

async fn begin(cx: &Cx, by: &Operator, written: &Written, anyway: bool) -> Result<Recovery, NotRecovered> {
    let mut tx = cx.house.store.begin("begin_recovery").await?;
    tx.lock_outside().await?;
    let under_way = tx.recovery().await?;
    let resumed = under_way.is_some();
    match weigh(tx.as_mut(), written).await? {
        Some(Apart::Behind(_) | Apart::Interrupted) => {}
        Some(apart) => return Err(NotRecovered::Apart(apart)),
        None if anyway => {}
        None => return Err(NotRecovered::Agrees),
    }
    let from = tx.last_line().await?.map_or(0, |line| line.place);
    let to = written.known.place;
    let recovery = match under_way {
        // What was written meanwhile, by an instance on a newer database, is owed too.
        Some(recovery) => Recovery { to, ..recovery },
        None => Recovery {
            id: cx.id().map_err(Fault::from)?,
            from,
            to: to.max(from),
            given: None,
            ended: None,
            done: Recovered::default(),
        },
    };
    tx.put_recovery(&recovery).await?;
    let entry = by.entry(EventKind::RecoveryBegun).fact("recovery", recovery.id).fact("resumed", resumed);
    record(cx, tx.as_mut(), entry.fact("after", recovery.from).fact("up-to", recovery.to)).await?;
    tx.commit().await?;
    Ok(recovery)
}

/// The lines the database never had. From here on it would look as if it agreed, were there no recovery under way.
async fn take_lines(cx: &Cx, recovery: &Recovery, written: &Written) -> Result<(), NotRecovered> {
    let lines: Vec<_> = written.lines.iter().filter(|line| line.place > recovery.from).cloned().collect();
    for some in lines.chunks(LINES) {
        let mut tx = cx.house.store.begin("take_lines").await?;
        tx.lock_outside().await?;
        tx.place_records(some).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The recovery as far as it came, with everybody else who recovers kept waiting.
async fn locked(cx: &Cx, name: &'static str) -> Result<(Box<dyn Tx>, Recovery), Fault> {
    let mut tx = cx.house.store.begin(name).await?;
    tx.lock_outside().await?;
    let recovery = tx.recovery().await?.ok_or(Fault::Encoding)?;
    Ok((tx, recovery))
}

/// Gives the next few people what they are owed; false when nobody is left.
async fn give_some(cx: &Cx, owed: &BTreeMap<PersonId, Owed>) -> Result<bool, Fault> {
    let (mut tx, mut recovery) = locked(cx, "give_owed").await?;
    let after = recovery.given.map_or(Unbounded, Excluded);
    let some: Vec<_> = owed.range((after, Unbounded)).take(BATCH).collect();
    let Some((last, _)) = some.last() else { return Ok(false) };
    recovery.given = Some(**last);
    for (person, owed) in some {
        give::give(cx, tx.as_mut(), *person, owed, &mut recovery.done).await?;
    }
    tx.put_recovery(&recovery).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends what the next few people have in hand; false when nobody is left. Blocking codes go on: all they do is block.
async fn end_some(cx: &Cx) -> Result<bool, Fault> {
    let (mut tx, mut recovery) = locked(cx, "end_everything").await?;
    let some = tx.people_after(recovery.ended, u32::try_from(BATCH).unwrap_or(u32::MAX)).await?;
    let Some(last) = some.last() else { return Ok(false) };
    recovery.ended = Some(*last);
    for person in &some {
        tx.person_for_update(*person).await?;
        let epoch = tx.standing(*person).await?.epoch().raised();
        tx.raise_epoch(*person, epoch).await?;
        tx.end_sessions(*person, cx.now).await?;
        tx.sweep_flows(*person).await?;
        tx.put_printed(*person, PrintedKind::Recovery, &[], cx.now).await?;
        recovery.done.people += 1;
    }
    tx.put_recovery(&recovery).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends the lives of keys whose ring came back with them alive.
fn retire_again(cx: &Cx, ring: &dyn Ring, over: &BTreeMap<KeyId, Timestamp>) -> Result<u64, RingFault> {
    let alive: Vec<_> = ring
        .versions()?
        .into_iter()
        .filter(|key| key.state == KeyState::Accepted && over.contains_key(&key.id))
        .map(|key| (key.purpose, key.version))
        .collect();
    ring.retire(&alive, cx.now)?;
    Ok(u64::try_from(alive.len()).unwrap_or(u64::MAX))
}

async fn finish(cx: &Cx, by: &Operator, written: &Written, keys: u64) -> Result<Recovered, NotRecovered> {
    let (mut tx, recovery) = locked(cx, "finish_recovery").await?;
    let records = recovery.to.saturating_sub(recovery.from);
    let done = Recovered { records, keys: recovery.done.keys + keys, ..recovery.done };
    tx.put_outside_file(written.known.file, written.known.place, cx.now).await?;
    tx.end_recovery(recovery.id, cx.now).await?;
    let entry = by
        .entry(EventKind::Recovered)
        .fact("recovery", recovery.id)
        .fact("records", done.records)
        .fact("holds", done.holds)
        .fact("revoked", done.revoked)
        .fact("factors", done.factors)
        .fact("opened-anew", done.opened_anew)
        .fact("keys", done.keys)
        .fact("people", done.people)
        .fact("unknown", done.unknown.len())
        .fact("erased", done.erased.len());
    record(cx, tx.as_mut(), entry).await?;
    tell_administrators(cx, tx.as_mut(), Template::DatabaseRecovered).await?;
    tx.commit().await?;
    Ok(done)
}
