//! Once a day everything that was kept long enough is deleted (NSIS 4.1.4.3): rows of the trail are emptied, the rest goes.
//!
//! Work goes in small batches, so that nobody who signs in waits. The run stands in the database as far as it came: whoever
//! comes after a crash, on whichever instance, goes on. Rows of the trail are emptied in the transaction of a row that says
//! so, by category and horizon; a verifier takes no empty row without one. When all is done an event says how many went.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record, record_as};
use crate::run_exports::PIECES;
use crate::turn::Turn;
use crate::watch_clocks::see_clocks;
use domain::Date;
use domain::audit::catalogue::Keep;
use domain::audit::checkpoint::instant;
use domain::audit::{Emptied, EventKind, Row};
use domain::ids::EventId;
use domain::retention::{Category, Line, Rule, Run, utc_day};
use domain::standing::Origin;
use std::collections::BTreeMap;

/// Rows of one transaction.
const BATCH: u32 = 200;

/// Deletes what is due today; gives the run when this call ended it, and nothing when there is nothing to do. Where the
/// clocks are too far apart to issue by, they are too far apart to delete by.
pub async fn keep_retention(cx: &Cx) -> Result<Option<Run>, Fault> {
    let day = utc_day(cx.now);
    if cx.house.store.look("retention_done").await?.retention_done(day).await? {
        return Ok(None);
    }
    if !see_clocks(&cx.house).await?.may_issue() {
        tracing::error!(
            "nothing is deleted by age: the clocks of this machine and of the database are apart"
        );
        return Ok(None);
    }
    let mut turn = Turn::begin(cx);
    loop {
        match step(cx, day).await? {
            Step::Idle => return Ok(None),
            Step::Went => turn.pass_on(cx).await,
            Step::Ended(run) => return Ok(Some(run)),
        }
    }
}

/// What one transaction came to.
enum Step {
    /// The day's run is done.
    Idle,
    /// Some are gone.
    Went,
    /// That was the last.
    Ended(Run),
}

async fn step(cx: &Cx, day: Date) -> Result<Step, Fault> {
    // A long run says of each row when it was written.
    let cx = &Cx { now: cx.house.clock.now(), ..cx.clone() };
    let periods = &cx.house.policy.retention;
    let fresh = Run::begin(day, periods);
    let mut tx = cx.house.store.begin("retention").await?;
    let Some(run) = tx.retention_for_update(&fresh).await? else { return Ok(Step::Idle) };
    let run = run.within(periods, utc_day(cx.now));
    let Some(line) = run.next() else {
        tx.put_retention(&run, Some(cx.now)).await?;
        record(cx, tx.as_mut(), told(&run)).await?;
        tx.commit().await?;
        return Ok(Step::Ended(run));
    };
    let (gone, more) = match line.what.keep() {
        Some(keep) => empty(cx, tx.as_mut(), keep, line).await?,
        None => delete(tx.as_mut(), line).await?,
    };
    let run = run.took(line.what, gone, more);
    tx.put_retention(&run, None).await?;
    tx.commit().await?;
    Ok(Step::Went)
}

/// What the day's run did: how many of each category, and from before which day.
fn told(run: &Run) -> Entry {
    let entry = Entry::by_system(EventKind::RetentionDone);
    run.lines.iter().fold(entry, |entry, line| {
        entry.fact(line.what.word(), format!("{} before {}", line.gone, utc_day(line.before)))
    })
}

/// Empties some rows of the trail; gives how many, and whether some may be left. One that does not hold is evidence, and
/// stays; so do those of somebody about whom a case is open.
async fn empty(cx: &Cx, tx: &mut dyn Tx, keep: Keep, line: Line) -> Result<(u64, bool), Fault> {
    // Looked at anew for each batch: a case may be opened meanwhile.
    let cases: Vec<Origin> = Origin::ALL.into_iter().filter(|origin| origin.keeps_rows()).collect();
    let kept = tx.held_by(&cases).await?;
    let rows = tx.expired_rows(&keep.kinds(), line.before, &kept, BATCH).await?;
    let mut left = Vec::with_capacity(rows.len());
    for row in &rows {
        match row.emptied() {
            Some(emptied) if is_authentic(cx, &emptied)? => left.push(emptied),
            _ => {
                tracing::error!(event = %row.id, "a row of the trail does not hold and is kept: run `nsis-id audit verify`");
            }
        }
    }
    if left.is_empty() {
        return Ok((0, false));
    }
    let (rule, gone): (EventId, _) = (cx.id()?, u64::try_from(left.len()).unwrap_or(u64::MAX));
    let entry = Entry::by_system(EventKind::RowsExpired)
        .fact("category", keep.name())
        .fact("before", instant(line.before))
        .fact("rows", gone);
    record_as(cx, tx, rule, entry).await?;
    tx.empty_rows(rule, &left).await?;
    Ok((gone, rows.len() >= usize::try_from(BATCH).unwrap_or(usize::MAX)))
}

fn is_authentic(cx: &Cx, emptied: &Emptied) -> Result<bool, Fault> {
    Ok(cx.house.vault.macs(KeyUse::Trail, &emptied.encoded())?.contains(&emptied.mac))
}

/// Deletes some rows of another category; gives how many, and whether some may be left.
async fn delete(tx: &mut dyn Tx, line: Line) -> Result<(u64, bool), Fault> {
    // Orders are counted, and their pieces go before them.
    if line.what == Category::Exports && tx.drop_spent_pieces(line.before, PIECES).await? > 0 {
        return Ok((0, true));
    }
    let gone = match line.what {
        Category::Sessions => tx.prune_sessions(line.before, BATCH).await?,
        Category::Flows => tx.prune_flows(line.before, BATCH).await?,
        Category::Messages => tx.prune_messages(line.before, BATCH).await?,
        Category::Guesses => tx.prune_wrong(line.before, BATCH).await?,
        Category::Sources => tx.prune_sources(line.before, BATCH).await?,
        Category::Notices => tx.prune_sent(line.before, BATCH).await?,
        Category::Visits => tx.prune_visits(line.before, BATCH).await?,
        Category::Authorizations => tx.prune_authorizations(line.before, BATCH).await?,
        Category::Exports => tx.prune_export_jobs(line.before, BATCH).await?,
        // Rows of the trail are emptied.
        Category::Central | Category::Exchange | Category::SignIn => 0,
    };
    Ok((gone, gone >= u64::from(BATCH)))
}

/// The rule a row of the trail states; none where it is another row.
pub fn rule_of(row: &Row) -> Option<Rule> {
    if row.kind != EventKind::RowsExpired.word() {
        return None;
    }
    let facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).ok()?;
    let keep = Keep::from_name(facts.get("category")?)?;
    Some(Rule { keep, before: facts.get("before")?.parse().ok()?, at: row.at })
}
