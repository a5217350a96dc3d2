//! What she sees first once she is in.

use domain::Timestamp;
use domain::factor::MeanKind;
use domain::ids::{FactorId, RoleId};
use domain::level::AssuranceLevel;
use domain::reconfirmation::Reconfirmation;
use domain::role::RoleKind;

/// Page 34.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Her name.
    pub name: String,
    /// What she logs in with.
    pub user_name: String,
    /// The level of this login now; none when it may not be used.
    pub level: Option<AssuranceLevel>,
    /// When she logged in this time.
    pub signed_in_at: Timestamp,
    /// When she signed in the time before.
    pub signed_in_before: Option<Timestamp>,
    /// Her login methods.
    pub factors: Vec<MethodLine>,
    /// The version of the terms she accepted.
    pub terms: Option<String>,
    /// When she must prove it again; none who was never proved.
    pub reconfirm: Option<Reconfirmation>,
    /// Where she works.
    pub units: Vec<String>,
    /// Roles she holds, each until when.
    pub roles: Vec<(RoleKind, Timestamp)>,
    /// Roles that wait for her acceptance.
    pub pending_roles: Vec<PendingRole>,
    /// How many recovery codes are left on her sheet.
    pub recovery: u32,
    /// The login method she is asked about: which, and what she calls it.
    pub check: Option<(FactorId, String)>,
}

/// One of her login methods, in a line.
#[derive(Clone, Debug)]
pub struct MethodLine {
    /// What she calls it.
    pub name: String,
    /// What it is.
    pub kind: MeanKind,
    /// Since when.
    pub added_at: Timestamp,
    /// Last used.
    pub used_at: Option<Timestamp>,
    /// Whether it counts for anything: the model of a key may be denied by now.
    pub counts: bool,
}

/// A role that waits for her.
#[derive(Clone, Debug)]
pub struct PendingRole {
    /// Which.
    pub id: RoleId,
    /// What.
    pub kind: RoleKind,
    /// Since when it waits.
    pub proposed_at: Timestamp,
}
