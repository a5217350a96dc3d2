//! What the trail says of how each door of a block answered from outside.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::{Sought, Tx};
use crate::verify_trail::holds;
use domain::audit::EventKind;
use domain::evidence::Measured;
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Rows asked for at once: two hundred days of five doors.
const PAGE: u32 = 1000;

/// What was written by another at the same time may say so much later when it was.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);

/// Every day of a door that was handed in since an instant, what was said first first: of two commands at once each may write
/// the same day. What another wrote while this one waited for its turn is among them. A day is handed in when it is over: what
/// is told of it was never written before it. What somebody changed since says nothing.
pub(crate) async fn measured_since(
    cx: &Cx,
    tx: &mut dyn Tx,
    from: Timestamp,
) -> Result<Vec<Measured>, Fault> {
    let kinds = [EventKind::DoorMeasured.word()];
    let before = cx.now.saturating_add(AHEAD).unwrap_or(cx.now);
    let sought = Sought { kinds: &kinds, from, before, request_ends: "" };
    let (mut behind, mut told) = (None, Vec::new());
    loop {
        let page = tx.rows_sought(sought, behind, PAGE).await?;
        for (_, row) in &page {
            if holds(&cx.house, row)? {
                let facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap_or_default();
                told.extend(Measured::read(&facts));
            }
        }
        if page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
            told.reverse();
            return Ok(told);
        }
        behind = page.last().map(|(_, row)| (row.at, row.id));
    }
}
