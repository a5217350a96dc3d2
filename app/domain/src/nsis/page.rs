//! The page made of the rows: `docs/nsis.md`.

use super::{CHAPTERS, Owner, Requirement, State, all, exports};
use core::fmt::Write as _;

/// The page of requirements, as it stands in `docs/nsis.md`.
pub fn page() -> String {
    let mut page = format!("{OPENING}\n{}\n", counts());
    for chapter in &CHAPTERS {
        let _ = write!(page, "\n## {}\n\n{HEAD}", chapter.title);
        for row in chapter.rows {
            let _ = writeln!(page, "{}", line(row));
        }
    }
    let _ = write!(page, "\n{OWNERS}");
    for owner in Owner::ALL {
        let _ = writeln!(page, "| {} | {} |", owner.word(), ids(|row| row.owner == Some(owner)));
    }
    let _ = write!(page, "\n{TAKEN_OUT}");
    for (number, shows) in exports() {
        let _ = writeln!(page, "| {number} | {shows} | {} |", ids(|row| row.exports.contains(&number)));
    }
    page
}

fn counts() -> String {
    let many = |state: State| all().filter(|row| row.state() == state).count();
    format!(
        "Of {} requirements {} are proved, {} wired, {} open, {} their owners', and {} not demanded here.",
        all().count(),
        many(State::Proved),
        many(State::Wired),
        many(State::Open),
        many(State::Owners),
        many(State::NotDemanded)
    )
}

fn line(row: &Requirement) -> String {
    format!(
        "| {} | {} | {} | {} | {} | {} | {} |",
        row.id,
        row.level.word(),
        row.demands,
        or_dash(row.control.to_owned()),
        or_dash(quoted(row.tests)),
        or_dash(evidence(row)),
        state(row)
    )
}

fn evidence(row: &Requirement) -> String {
    let events: Vec<_> = row.events.iter().map(|kind| kind.word()).collect();
    let exports: Vec<_> = row.exports.iter().map(u8::to_string).collect();
    let exports = if exports.is_empty() { String::new() } else { format!("export {}", exports.join(", ")) };
    joined([quoted(&events), row.beside.to_owned(), exports])
}

fn state(row: &Requirement) -> String {
    let owner = row.owner.map_or_else(String::new, |owner| format!("owner: {}", owner.word()));
    joined([row.state().word().to_owned(), row.left(), owner])
}

fn joined(parts: [String; 3]) -> String {
    let said: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join("; ")
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

fn ids(chosen: impl Fn(&Requirement) -> bool) -> String {
    or_dash(all().filter(|row| chosen(row)).map(|row| row.id).collect::<Vec<_>>().join(", "))
}

const HEAD: &str = "\
| NSIS | level | demands | control | test | evidence | state |
|---|---|---|---|---|---|---|
";

const OPENING: &str = "\
# NSIS 2.0.2a at Substantial (*Betydelig*): requirement, control, test, evidence

<!-- Made from app/domain/src/nsis: WRITE_DOCS=1 cargo test -p domain nsis -->

For the auditor and for whoever changes something the auditor looks at. A requirement counts as met when a test named here
shows the behaviour *and* the trail shows that it happened. Every requirement of levels Low and Substantial stands here once,
by the standard's id and in our words; one without a test and without an owner fails a test, and so does a name that does not exist.

State: **proved** (the whole is tested) · **wired** (rule and wiring are there, each part is tested, and the whole is at
most a story in `end2end/tests`) · **open** (something it demands is not there) · **the owner's** (no software can meet it) ·
**not demanded** (of this service, for the reason given). Evidence names [events](events.md) of the trail, what proves it besides,
and the auditor's exports by [number](#exports), taken out for a period at `/revision` ([the trail](trail.md#an-auditors-exports));
one whose source is not collected yet says so, and each requirement it leaves unshown counts as open.

Requirements of level High are not claimed.
";

const OWNERS: &str = "\
## What no software can do

For the municipality to write, decide and show, by whom:

| owner | NSIS |
|---|---|
";

const TAKEN_OUT: &str = "\
## Exports

| # | shows, for a period | NSIS |
|---|---|---|
";
