//! Somebody at the command line verified the trail; the trail tells of it (NSIS 6.7).

use crate::context::Cx;
use crate::fault::Fault;
use crate::record::{Entry, record};
use crate::verify_trail::Report;
use domain::audit::{Actor, EventKind};

/// What was compared, and what came of it.
#[derive(Clone, Debug)]
pub struct Verification<'a> {
    /// What the walk found.
    pub report: &'a Report,
    /// The number of the newest checkpoint that was compared.
    pub checkpoint: Option<u64>,
    /// Whether a place outside is configured and nothing is kept there.
    pub lacks_outside: bool,
}

/// Writes down who verified the trail of this database, and whether it held. That a trail does not hold is written into it all
/// the same: who reads on behind the place it breaks at reads that it was seen.
pub async fn note_verification(cx: &Cx, by: &str, seen: &Verification<'_>) -> Result<(), Fault> {
    let Verification { report, checkpoint, lacks_outside } = seen;
    let outcome = match (&report.first, lacks_outside) {
        (Some(_), _) => "tampered",
        (None, true) => "outside-missing",
        (None, false) => "whole",
    };
    let entry = Entry::new(EventKind::TrailVerified, Actor::Operator(by.to_owned()))
        .fact("outcome", outcome)
        .fact("rows", report.checked)
        .fact("waiting", report.unsequenced);
    let entry = match &report.first {
        Some(found) => entry.fact("why", found),
        None => entry,
    };
    let entry = match checkpoint {
        Some(number) => entry.fact("checkpoint", number),
        None => entry,
    };
    let mut tx = cx.house.store.begin("note_verification").await?;
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}
