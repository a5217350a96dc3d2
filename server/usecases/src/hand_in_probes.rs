//! An operator hands in how each door of a block answered another machine, day by day (NSIS 3.2.3.6). A day of a door is
//! handed in once: what was said of it is not said differently later.

use crate::context::Cx;
use crate::fault::Fault;
use crate::measured::measured_since;
use crate::operator::Operator;
use crate::ports::store::StoreFault;
use crate::record::record;
use domain::Date;
use domain::audit::EventKind;
use domain::calendar::day_begins;
use domain::evidence::Measured;
use std::collections::BTreeSet;

/// So many days are handed in at once.
pub const MOST_DAYS: usize = 31;

/// What came of it: days of one door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandedIn {
    /// How many are in the trail now and were not before.
    pub new: usize,
    /// How many were in it, and stay as they were said first.
    pub known: usize,
}

/// Why nothing is handed in.
#[derive(Debug, thiserror::Error)]
pub enum NotHandedIn {
    /// Some of it is about a day that is not over.
    #[error("{0} is not over: hand it in tomorrow")]
    NotOver(Date),
    /// It is about more days than are taken at once.
    #[error("more than {MOST_DAYS} days at once: hand in fewer")]
    TooMany,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotHandedIn {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Writes an event for each day of a door that none tells of yet.
pub async fn hand_in_probes(cx: &Cx, by: &Operator, days: &[Measured]) -> Result<HandedIn, NotHandedIn> {
    if let Some(it) = days.iter().find(|it| it.day >= cx.today()) {
        return Err(NotHandedIn::NotOver(it.day));
    }
    let all: BTreeSet<_> = days.iter().map(|it| it.day).collect();
    if all.len() > MOST_DAYS {
        return Err(NotHandedIn::TooMany);
    }
    let Some(first) = all.first() else { return Ok(HandedIn { new: 0, known: 0 }) };
    let mut tx = cx.house.store.begin("hand_in_probes").await?;
    let told = measured_since(cx, tx.as_mut(), day_begins(*first)).await?;
    let mut told: BTreeSet<_> = told.iter().map(|it| (it.day, it.door.word())).collect();
    let mut new = 0;
    for it in days {
        if told.insert((it.day, it.door.word())) {
            let entry = by.entry(EventKind::DoorMeasured);
            let entry = it.facts().into_iter().fold(entry, |entry, (name, value)| entry.fact(name, value));
            record(cx, tx.as_mut(), entry).await?;
            new += 1;
        }
    }
    tx.commit().await?;
    Ok(HandedIn { new, known: days.len().saturating_sub(new) })
}
