//! Before anything is changed: what the whole file would do, and which of a person's lines speaks for her.

use super::Feed;
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::{Named, Tx};
use crate::ports::vault::{KeyUse, Mac};
use domain::Date;
use domain::hr::{HrLine, LineError, LineFault, Sweep};
use domain::ids::PersonId;
use std::collections::{HashMap, HashSet};

/// Lines looked up on one view of the database.
const PAGE: usize = 500;

/// A good line, with what is needed to find its person.
pub(crate) struct Planned<'a> {
    pub(crate) line: &'a HrLine,
    /// The blind indexes of her number, under every key still accepted.
    pub(crate) indexes: Vec<Mac>,
    /// Whether names, user name and contact are taken from this line. Exactly one line of the file does that for each
    /// person: if each did, two that differ would undo each other at every import.
    pub(crate) speaks: bool,
}

/// The lines to take, and those that cannot be.
pub(crate) struct Plan<'a> {
    pub(crate) lines: Vec<Planned<'a>>,
    pub(crate) refused: Vec<LineError>,
}

impl<'a> Plan<'a> {
    pub(crate) fn of(cx: &Cx, feed: &'a Feed) -> Result<Self, Fault> {
        let mut plan = Self { lines: Vec::with_capacity(feed.lines.len()), refused: Vec::new() };
        let mut relations = HashSet::new();
        for line in &feed.lines {
            match line {
                Err(error) => plan.refused.push(error.clone()),
                Ok(line) if !relations.insert((&line.cvr, line.employee_number.as_str())) => {
                    plan.refused.push(refusal(line, "employee_number", LineFault::Twice));
                }
                Ok(line) => {
                    let indexes = cx.house.vault.macs(KeyUse::CprIndex, line.cpr.expose())?;
                    plan.lines.push(Planned { line, indexes, speaks: false });
                }
            }
        }
        let today = cx.today();
        plan.choose_speakers(today);
        // What begins is taken before what ends: who changes jobs within one file is never without a relation.
        plan.lines.sort_by_key(|planned| is_over(planned.line, today));
        Ok(plan)
    }

    /// The first line of a relation that is not over, else the first.
    fn choose_speakers(&mut self, today: Date) {
        let mut speakers: HashMap<Option<Mac>, (usize, bool)> = HashMap::new();
        for (at, planned) in self.lines.iter().enumerate() {
            let over = is_over(planned.line, today);
            let speaker = speakers.entry(planned.indexes.first().copied()).or_insert((at, over));
            if speaker.1 && !over {
                *speaker = (at, over);
            }
        }
        for (at, _) in speakers.into_values() {
            if let Some(planned) = self.lines.get_mut(at) {
                planned.speaks = true;
            }
        }
    }

    /// What the file would end and change.
    pub(crate) async fn sweep(&self, cx: &Cx) -> Result<Sweep, Fault> {
        let mut ended = 0;
        let mut renumbered = HashSet::new();
        for page in self.lines.chunks(PAGE) {
            let mut tx = cx.house.store.reading("import_guard").await?;
            for planned in page {
                let effect = effect(tx.as_mut(), planned).await?;
                ended += usize::from(effect.ends);
                renumbered.extend(effect.renumbers);
            }
        }
        let open = cx.house.store.reading("import_guard").await?.open_associations().await?;
        let open = usize::try_from(open).unwrap_or(usize::MAX);
        Ok(Sweep { open, ended, cpr_changes: renumbered.len() })
    }
}

struct Effect {
    ends: bool,
    renumbers: Option<PersonId>,
}

async fn effect(tx: &mut dyn Tx, planned: &Planned<'_>) -> Result<Effect, Fault> {
    let line = planned.line;
    let known = tx.line_on_record(named(line, &planned.indexes)).await?;
    let Some(relation) = known.relation.filter(|relation| relation.closed_at.is_none()) else {
        return Ok(Effect { ends: false, renumbers: None });
    };
    let person = known.person.map(|person| person.id);
    Ok(Effect {
        ends: is_sooner(line.ends_on, relation.ends_on),
        renumbers: (person != Some(relation.person)).then_some(relation.person),
    })
}

/// What to look for of a line.
pub(crate) fn named<'a>(line: &'a HrLine, indexes: &'a [Mac]) -> Named<'a> {
    Named { indexes, cvr: &line.cvr, employee_number: &line.employee_number, user_name: &line.user_name }
}

/// An earlier last day counts as ending, wherever it lies: else "everybody leaves tomorrow" would pass the guard.
fn is_sooner(new: Option<Date>, old: Option<Date>) -> bool {
    match (new, old) {
        (Some(new), Some(old)) => new < old,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// Whether the relation's last day has passed.
pub(crate) fn is_over(line: &HrLine, today: Date) -> bool {
    line.ends_on.is_some_and(|last| last < today)
}

/// A line that is not taken.
pub(crate) fn refusal(line: &HrLine, column: &'static str, reason: LineFault) -> LineError {
    LineError { line: line.line, column, reason }
}
