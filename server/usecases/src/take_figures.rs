//! An auditor takes the figures of a period (page 53). They are counted once and kept in her flow: whoever looks at the page
//! again sees the same.

use crate::auditor::{NotAuditor, NotSeen, auditor, keep_looked, looked, only_auditor};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::measured::measured_since;
use crate::ports::store::Sought;
use crate::record::{Entry, record};
use crate::terms_in_force::terms_in_force;
use crate::verify_trail::holds;
use crate::who::Here;
use domain::Timestamp;
use domain::audit::checkpoint::instant;
use domain::audit::{Actor, EventKind, Row};
use domain::evidence::{Figures, Opened, Period, Tally, Uptimes};
use domain::ids::{FlowId, PersonId};
use domain::standing::Origin;
use domain::suspension::Door;
use std::collections::BTreeMap;

/// Rows or people read on one view of the database.
const PAGE: u32 = 1000;
/// The events that are counted.
const COUNTED: [EventKind; 4] =
    [EventKind::TermsAccepted, EventKind::Held, EventKind::BlockRefused, EventKind::Reopened];

/// Counts them, and keeps them for this browser and session for a quarter of an hour; gives the flow.
pub async fn take_figures(cx: &Cx, here: &Here, period: Period) -> Result<FlowId, NotAuditor> {
    only_auditor(cx, here, "figures").await?;
    let mut tally = Tally::default();
    people(cx, &mut tally).await?;
    happened(cx, period, &mut tally).await?;
    tally.measured(uptimes(cx, period).await?);
    let figures = tally.taken(period, cx.now);
    let told = format!("{} {}", instant(period.from), instant(period.before));
    let entry = Entry::new(EventKind::FiguresTaken, Actor::Person(here.person.id)).fact("period", told);
    let mut tx = cx.house.store.begin("take_figures").await?;
    auditor(cx, tx.as_mut(), here).await?;
    let flow = keep_looked(cx, tx.as_mut(), here, Opened::Figures(figures)).await?;
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(flow)
}

/// The figures this session took in a flow of this browser, and until when they are shown.
pub async fn see_figures(cx: &Cx, here: &Here, id: FlowId) -> Result<(Figures, Timestamp), NotSeen> {
    let mut tx = cx.house.store.reading("see_figures").await?;
    match looked(cx, tx.as_mut(), here, id).await? {
        (Opened::Figures(figures), until) => Ok((figures, until)),
        _ => Err(NoFlow::Gone.into()),
    }
}

/// Everybody with a work relation, as she stands now.
async fn people(cx: &Cx, tally: &mut Tally) -> Result<(), Fault> {
    let mut tx = cx.house.store.reading("take_figures").await?;
    let terms = terms_in_force(cx, tx.as_mut()).await?;
    drop(tx);
    let mut after = None;
    loop {
        let page = cx.house.store.look("take_figures").await?.employed_after(after, PAGE).await?;
        let Some(last) = page.last().map(|it| it.person) else { return Ok(()) };
        for it in page {
            let level = it.proved.map(|proved| proved.level(cx.now));
            tally.person(level, terms.settled_by(it.accepted), it.held);
        }
        after = Some(last);
    }
}

/// What was handed in of a period's days.
async fn uptimes(cx: &Cx, period: Period) -> Result<Uptimes, Fault> {
    let mut tx = cx.house.store.reading("take_figures").await?;
    let told = measured_since(cx, tx.as_mut(), period.from).await?;
    Ok(Uptimes::over(period, cx.today(), &told))
}

/// What happened in a period. It is found the newest first; strangers may have tried to block any number of logins, so only
/// what is told in its order is kept until the end, and of that no more than is counted.
async fn happened(cx: &Cx, period: Period, tally: &mut Tally) -> Result<(), Fault> {
    let kinds = COUNTED.map(EventKind::word);
    let sought = Sought { kinds: &kinds, from: period.from, before: period.before, request_ends: "" };
    let (mut behind, mut timed) = (None, Vec::new());
    loop {
        let page = cx.house.store.look("take_figures").await?.rows_sought(sought, behind, PAGE).await?;
        for (_, row) in &page {
            if holds(&cx.house, row)? {
                timed.extend(count(tally, row));
            } else {
                tally.passed_over();
            }
        }
        if page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
            break;
        }
        behind = page.last().map(|(_, row)| (row.at, row.id));
    }
    for Timed { person, at, what } in timed.into_iter().rev() {
        match what {
            Some(door) => tally.block(person, door, at),
            None => tally.reopen(person, at),
        }
    }
    Ok(())
}

/// A block of an owner by this door, or a reopening where it is none: the time between the two is counted.
struct Timed {
    person: PersonId,
    at: Timestamp,
    what: Option<Door>,
}

/// Counts what needs no order; gives what does.
fn count(tally: &mut Tally, row: &Row) -> Option<Timed> {
    let facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap_or_default();
    let fact = |name: &str| facts.get(name).map(String::as_str);
    match (EventKind::from_word(&row.kind), row.subject) {
        (Some(EventKind::TermsAccepted), _) => tally.accept(),
        (Some(EventKind::BlockRefused), _) => tally.refuse(),
        (Some(EventKind::Reopened), Some(person)) => return Some(Timed { person, at: row.at, what: None }),
        (Some(EventKind::Held), Some(person)) => {
            let own = fact("origin") == Some(Origin::Owner.word());
            let door = fact("reason").and_then(Door::from_word).filter(|_| own);
            if let Some(door) = door {
                // A block that was put again after a restore, and one from before this was noted, say no time.
                if let Some(millis) = fact("took-ms").and_then(|millis| millis.parse().ok()) {
                    tally.quick(door, millis);
                }
                return Some(Timed { person, at: row.at, what: Some(door) });
            }
            tally.hold();
        }
        _ => {}
    }
    None
}
