//! Published texts besides the terms: when an instance begins to serve with one that is another than the trail told of last,
//! the trail tells of it, so that each version has its day (NSIS 4.1.2). The text itself is a file of whoever runs the house.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::{Sought, Tx};
use crate::record::{Entry, record};
use crate::verify_trail::holds;
use domain::audit::EventKind;
use domain::{Date, SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Rows asked for at once.
const PAGE: u32 = 200;

/// A published text as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Which, as a word.
    pub document: &'static str,
    /// What it calls its version.
    pub version: String,
    /// From which day on, as it says.
    pub date: Date,
    /// The digest of the text in both languages, in hexadecimal, made as that of terms.
    pub digest: String,
}

/// Writes an event for each that is not as it was told last; gives how many there are.
pub async fn note_documents(cx: &Cx, now: &[Published]) -> Result<usize, Fault> {
    let mut tx = cx.house.store.begin("note_documents").await?;
    let before = told_last(cx, tx.as_mut(), now_included(cx.now)).await?;
    let mut told = 0;
    for it in now {
        if before.get(it.document).and_then(|facts| facts.get("sha256")) == Some(&it.digest) {
            continue;
        }
        let entry = Entry::by_system(EventKind::DocumentPublished)
            .fact("document", it.document)
            .fact("version", &it.version)
            .fact("holds-from", it.date)
            .fact("sha256", &it.digest);
        record(cx, tx.as_mut(), entry).await?;
        told += 1;
    }
    if told > 0 {
        tx.commit().await?;
    }
    Ok(told)
}

fn now_included(now: Timestamp) -> Timestamp {
    now.saturating_add(SignedDuration::from_micros(1)).unwrap_or(now)
}

/// What the trail told last of each text before an instant: its facts, by the text's word. What somebody changed since says
/// nothing.
pub(crate) async fn told_last(
    cx: &Cx,
    tx: &mut dyn Tx,
    before: Timestamp,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, Fault> {
    let kinds = [EventKind::DocumentPublished.word()];
    let sought = Sought { kinds: &kinds, from: Timestamp::UNIX_EPOCH, before, request_ends: "" };
    let (mut behind, mut told) = (None, BTreeMap::new());
    loop {
        let page = tx.rows_sought(sought, behind, PAGE).await?;
        for (_, row) in &page {
            let facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap_or_default();
            if let Some(document) = facts.get("document").cloned()
                && holds(&cx.house, row)?
            {
                // The newest comes first.
                told.entry(document).or_insert(facts);
            }
        }
        if page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
            return Ok(told);
        }
        behind = page.last().map(|(_, row)| (row.at, row.id));
    }
}
