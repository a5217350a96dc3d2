//! Outages that were announced.

use domain::Timestamp;
use domain::status::Outage;
use serde::Deserialize;

/// A time in which not everything works, said to people before and while it goes on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnnouncedOutage {
    /// When it begins, with its zone: `2026-12-05T22:00:00+01:00`.
    pub(crate) from: Timestamp,
    /// When it is over.
    pub(crate) until: Timestamp,
    /// What people notice, in Danish.
    pub(crate) da: String,
    /// The same in English.
    pub(crate) en: String,
}

impl AnnouncedOutage {
    /// As pages tell it.
    pub(crate) fn outage(self) -> Outage {
        Outage { from: self.from, until: self.until, says: [self.da, self.en] }
    }

    /// Why it cannot be told.
    pub(super) fn objection(&self) -> Option<String> {
        let why = if self.until <= self.from {
            "until must be after from"
        } else if [&self.da, &self.en].into_iter().any(|text| text.trim().is_empty()) {
            "da and en must both say what people notice"
        } else {
            return None;
        };
        Some(format!("outage from {}: {why}", self.from))
    }
}
