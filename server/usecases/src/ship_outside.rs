//! Records leave for the place outside: each once and in order, within a second of what they tell of (security
//! decision 7).
//!
//! First they get their places in the chain, by one instance at a time; then whatever the file lacks is written to it.
//! The file itself says how far it is, so whoever dies between the two writes again what it had written, byte for byte,
//! or nothing. Every instance keeps a file of its own with all records in it: no lease is waited for, and a machine that
//! is lost takes one copy with it.

use crate::compare_outside::compare_outside;
use crate::context::Cx;
use crate::fault::Fault;
use crate::outside::{Known, State, next, written};
use crate::ports::store::Line;

/// Records given their places, or written, at a time, so that no transaction lasts over 50 ms.
const BATCH: u32 = 200;

/// Ships what waits; gives how many records were written. Nothing is given a place while the two do not agree: a database
/// that fell behind would give one that is taken.
pub async fn ship_outside(cx: &Cx) -> Result<u64, Fault> {
    let Some(place) = cx.house.outside.place() else { return Ok(0) };
    let State::Agrees(mut known) = cx.house.outside.state() else {
        compare_outside(cx).await?;
        return Ok(0);
    };
    if !matches!(place.size().await, Ok(Some(size)) if size == known.size) {
        let State::Agrees(now) = compare_outside(cx).await? else { return Ok(0) };
        known = now;
    }
    if !give_places(cx, &known).await? {
        compare_outside(cx).await?;
        return Ok(0);
    }
    let mut shipped = 0_u64;
    loop {
        let lines = cx.house.store.look("ship_outside").await?.lines_after(known.place, BATCH).await?;
        let Some(last) = lines.last() else { return Ok(shipped) };
        let text: String = lines.iter().map(written).collect();
        match place.append(known.size, &text).await {
            Ok(size) => known = Known { size, place: last.place, mac: last.mac, ..known },
            Err(fault) => {
                tracing::error!(error = %fault, place = place.name(), "a record could not be written outside; it waits");
                compare_outside(cx).await?;
                return Ok(shipped);
            }
        }
        cx.house.outside.set(State::Agrees(known));
        let mut tx = cx.house.store.begin_at_once("shipped_outside").await?;
        tx.put_outside_file(known.file, known.place, cx.now).await?;
        tx.commit().await?;
        shipped = shipped.saturating_add(u64::try_from(lines.len()).unwrap_or(0));
    }
}

/// Gives waiting records their places; false when the database is not where it was left.
async fn give_places(cx: &Cx, known: &Known) -> Result<bool, Fault> {
    let mut look = cx.house.store.look("ship_outside").await?;
    if !goes_on(look.last_line().await?.as_ref(), known) {
        return Ok(false);
    }
    if look.records_waiting().await? == 0 {
        return Ok(true);
    }
    drop(look);
    loop {
        let mut tx = cx.house.store.begin_at_once("place_records").await?;
        tx.lock_outside().await?;
        let mut last = tx.last_line().await?;
        if !goes_on(last.as_ref(), known) || tx.recovery().await?.is_some() {
            return Ok(false);
        }
        let mut lines = Vec::new();
        for (id, body) in tx.waiting_records(BATCH).await? {
            let line = next(&cx.house, last.as_ref(), id, body)?;
            lines.push(line.clone());
            last = Some(line);
        }
        if lines.is_empty() {
            return Ok(true);
        }
        tx.place_records(&lines).await?;
        tx.commit().await?;
    }
}

/// Whether the database has at least what was written.
fn goes_on(last: Option<&Line>, known: &Known) -> bool {
    match last {
        None => known.place == 0,
        Some(line) if line.place == known.place => line.mac == known.mac,
        Some(line) => line.place > known.place,
    }
}
