//! What becomes of her factors when she opens her login again.

use crate::enrolment::PendingSeed;
use crate::factor::{AuthenticatorApp, FactorName};
use crate::ids::FactorId;
use crate::suspension::SUSPECT_BEFORE;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What becomes of her factors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Factors {
    pub(super) keep: BTreeSet<FactorId>,
    pub(super) seed: Option<PendingSeed>,
    pub(super) new: Option<NewApp>,
    #[serde(default)]
    pub(super) key: Option<NewKey>,
}

impl Factors {
    /// A login has two factors, so a password alone opens nothing again.
    pub(super) fn suffice(&self) -> bool {
        !self.keep.is_empty() || self.new.is_some() || self.key.is_some()
    }
}

/// An app that answered rightly during the reopening and counts from the confirmation on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApp {
    /// The app.
    pub app: AuthenticatorApp,
    /// Its seed, sealed where it will stand.
    pub sealed: Vec<u8>,
}

/// A passkey or security key that answered rightly during the reopening and counts from the confirmation on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// What it is to be called.
    pub name: FactorName,
    /// What is kept of it, sealed.
    pub sealed: Vec<u8>,
}

/// Whether a factor is marked for removal beforehand: added within the hour before the block, or after it.
pub fn suspect(added_at: Timestamp, blocked_at: Timestamp) -> bool {
    let from = blocked_at.saturating_sub(SUSPECT_BEFORE).unwrap_or(blocked_at);
    added_at >= from
}
