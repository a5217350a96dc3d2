//! Whether the database still is what was kept outside: asked when the programme starts, and whenever one of the two
//! looks otherwise than it was left (security decision 7). Whoever cannot tell issues nothing.

use crate::checkpoints::is_behind;
use crate::context::{Cx, House};
use crate::fault::Fault;
use crate::outside::{Apart, Known, State, Written, head, read};
use crate::ports::outside::OutsideFault;
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::ids::OutsideId;

/// Compares, and keeps what was seen; a change of mind leaves an event. The first time ever it makes the file.
pub async fn compare_outside(cx: &Cx) -> Result<State, Fault> {
    let before = cx.house.outside.state();
    let now = look(cx).await?;
    cx.house.outside.set(now.clone());
    let (was, is) = (why(&before), why(&now));
    if was != is && !(before == State::Apart(Apart::NotCompared) && is.is_none()) {
        let entry = match is {
            Some(why) => Entry::by_system(EventKind::OutsideApart).fact("why", why),
            None => Entry::by_system(EventKind::OutsideAgrees),
        };
        let mut tx = cx.house.store.begin("compare_outside").await?;
        record(cx, tx.as_mut(), entry).await?;
        tx.commit().await?;
    }
    Ok(now)
}

fn why(state: &State) -> Option<&'static str> {
    match state {
        State::Unwatched | State::Agrees(_) => None,
        State::Apart(apart) => Some(apart.word()),
    }
}

/// The same, and changes nothing: neither makes a file nor keeps what it saw.
pub async fn see_outside(house: &House) -> Result<State, Fault> {
    let Some(place) = house.outside.place() else {
        let mut tx = house.store.reading("see_outside").await?;
        let kept = tx.outside_files().await? > 0;
        return Ok(if kept { State::Apart(Apart::NotNamed) } else { State::Unwatched });
    };
    let standing = match place.read().await {
        Ok(Some(standing)) => standing,
        Ok(None) => return Ok(State::Apart(Apart::Moved)),
        Err(fault) => return Ok(State::Apart(Apart::Unreadable(fault.to_string()))),
    };
    let written = match read(house, &standing.text, standing.size)? {
        Ok(written) => written,
        Err(apart) => return Ok(State::Apart(apart)),
    };
    let mut tx = house.store.reading("see_outside").await?;
    if let Some(apart) = weigh(tx.as_mut(), &written).await? {
        return Ok(State::Apart(apart));
    }
    Ok(match is_behind(house, tx.as_mut()).await? {
        None => State::Agrees(written.known),
        Some(checkpoint) => State::Apart(Apart::TrailBehind(checkpoint)),
    })
}

async fn look(cx: &Cx) -> Result<State, Fault> {
    let seen = see_outside(&cx.house).await?;
    if seen != State::Apart(Apart::Moved) {
        if let State::Agrees(known) = &seen {
            note(cx, known).await?;
        }
        return Ok(seen);
    }
    if !is_first(cx.house.store.reading("begin_outside").await?.as_mut()).await? {
        return Ok(seen);
    }
    let known = match make(cx).await? {
        Ok(known) => known,
        Err(apart) => return Ok(State::Apart(apart)),
    };
    let mut tx = cx.house.store.begin("begin_outside").await?;
    tx.lock_outside().await?;
    if !is_first(tx.as_mut()).await? {
        // Another instance came first meanwhile: what this file is then, the next comparison says.
        return Ok(State::Apart(Apart::NotCompared));
    }
    know(cx, tx.as_mut(), &known).await?;
    tx.commit().await?;
    Ok(State::Agrees(known))
}

/// Nothing was ever kept outside, and no recovery has begun: only then a file is made unasked.
async fn is_first(tx: &mut dyn Tx) -> Result<bool, Fault> {
    Ok(tx.outside_files().await? == 0 && tx.recovery().await?.is_none())
}

/// A file that agrees and is not known here, as after a crash between the two, is known from now on.
async fn note(cx: &Cx, known: &Known) -> Result<(), Fault> {
    if cx.house.store.look("outside_file").await?.outside_file(known.file).await?.is_some() {
        return Ok(());
    }
    let mut tx = cx.house.store.begin("note_outside").await?;
    tx.put_outside_file(known.file, known.place, cx.now).await?;
    Ok(tx.commit().await?)
}

/// Makes the file, outside of any transaction: a disk takes as long as it takes, and every writer would wait for it. It
/// is there before the database knows it: after a crash between the two it agrees, and is noted.
pub(crate) async fn make(cx: &Cx) -> Result<Result<Known, Apart>, Fault> {
    let Some(place) = cx.house.outside.place() else { return Ok(Err(Apart::NotNamed)) };
    let file: OutsideId = cx.handle()?;
    Ok(match place.begin(&head(&cx.house, file)?).await {
        Ok(size) => Ok(Known { file, size, place: 0, mac: [0; 32] }),
        Err(OutsideFault::Changed) => Err(Apart::NotCompared),
        Err(OutsideFault::Unusable(why)) => Err(Apart::Unreadable(why)),
    })
}

/// Lets the database know a file that was made just now.
pub(crate) async fn know(cx: &Cx, tx: &mut dyn Tx, known: &Known) -> Result<(), Fault> {
    tx.put_outside_file(known.file, known.place, cx.now).await?;
    record(cx, tx, Entry::by_system(EventKind::OutsideBegun).fact("file", known.file)).await
}

/// Why they do not agree; none when they do.
pub(crate) async fn weigh(tx: &mut dyn Tx, written: &Written) -> Result<Option<Apart>, Fault> {
    let last = tx.last_line().await?;
    let end = last.as_ref().map_or(0, |line| line.place);
    let outside = written.known.place;
    let common = end.min(outside);
    let theirs = written.lines.iter().find(|line| line.place == common);
    let ours = match (common, last) {
        (0, _) => None,
        (_, Some(last)) if last.place == common => Some(last),
        _ => tx.lines_after(common.saturating_sub(1), 1).await?.into_iter().next(),
    };
    if theirs != ours.as_ref() {
        return Ok(Some(Apart::Forked(common)));
    }
    if tx.recovery().await?.is_some() {
        return Ok(Some(Apart::Interrupted));
    }
    if outside > end {
        return Ok(Some(Apart::Behind(outside.saturating_sub(end))));
    }
    let written = tx.outside_file(written.known.file).await?.unwrap_or(0);
    Ok((written > outside).then(|| Apart::Shortened(written.saturating_sub(outside))))
}
