//! What the pages of a person's own login show: opening it again, the sheet of codes, her activity and sessions.

use super::{CodeFrom, KeptFor};
use domain::audit::{Doer, EventKind};
use domain::connection::LogoutKind;
use domain::contact::ChannelKind;
use domain::factor::MeanKind;
use domain::ids::{AssociationId, FactorId, FlowId, SessionId};
use domain::reconfirmation::Reconfirmation;
use domain::throttle::CodeDoor;
use domain::{Date, Timestamp, standing::Origin};

/// Page 20, after the proof.
#[derive(Debug)]
pub struct ReopeningPage {
    /// The flow.
    pub flow: FlowId,
    /// The step that is next, or one she went back to.
    pub step: ReopeningShown,
    /// Until when she may finish.
    pub until: Timestamp,
}

/// One step of it.
#[derive(Debug)]
pub enum ReopeningShown {
    /// Step 2.
    Password {
        /// For password managers.
        user_name: String,
        /// Her names, which a password must not be.
        names: Vec<String>,
    },
    /// Step 3.
    Factors(Vec<FactorShown>),
    /// Step 3, when she keeps none.
    App(Box<super::AppSetup>),
    /// Step 4.
    Activity(Vec<HappenedShown>),
    /// Step 5.
    Confirm {
        /// What becomes of what she has.
        factors: Vec<FactorShown>,
        /// What she calls the new app.
        new_app: Option<String>,
        /// The contact channels whose change is taken back.
        taken_back: Vec<ChannelKind>,
    },
}

/// A login method to keep or not.
#[derive(Clone, Debug)]
pub struct FactorShown {
    /// Which.
    pub id: FactorId,
    /// What.
    pub kind: MeanKind,
    /// What she calls it.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
    /// Last used.
    pub used_at: Option<Timestamp>,
    /// Whether it goes: as she said, or marked beforehand.
    pub goes: bool,
}

/// Something that happened at her login.
#[derive(Clone, Debug)]
pub struct HappenedShown {
    /// What.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: Doer,
    /// What the browser said about itself, where that is known; read by [`text::browser::name`], never shown.
    pub agent: String,
    /// From which address, where that is known.
    pub address: String,
    /// At which service, where it was at one.
    pub service: String,
    /// What to quote.
    pub reference: String,
}

/// Choosing a new password after MitID (pages 38 and 26).
#[derive(Clone, Debug)]
pub struct ResetPage {
    /// The flow.
    pub flow: FlowId,
    /// For password managers.
    pub user_name: String,
    /// Her names, which a password must not be.
    pub names: Vec<String>,
}

/// Why a login is neither opened nor given a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cannot {
    /// A reset was asked for, not a reopening.
    pub reset: bool,
    /// Why.
    pub why: CannotWhy,
}

/// As far as its owner is told; whose hold it is tells whom to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum CannotWhy {
    /// Held by another than the owner.
    Held(Origin),
    /// Blocked for too long.
    Revoked,
    /// It is not blocked.
    NotBlocked,
    /// She blocked it herself: opening comes first.
    BlockedFirst,
    /// This MitID has no login here.
    NoLogin,
    /// She blocked it before it was ever active: a new invitation was mailed to her.
    Anew,
    /// Something else is missing.
    Missing,
}

/// Page 9 where it asks to confirm anew, and the same from the overview.
#[derive(Clone, Debug)]
pub struct ReconfirmPage {
    /// The sign-in that asks; none from the overview.
    pub flow: Option<FlowId>,
    /// What people call the service she is on her way to.
    pub service: Option<String>,
    /// Where she stands.
    pub state: Reconfirmation,
    /// Whether she may put it off.
    pub may_put_off: bool,
}

/// Page 37.
#[derive(Clone, Debug)]
pub struct ChangePage {
    /// For password managers.
    pub user_name: String,
    /// Her names, which a password must not be.
    pub names: Vec<String>,
    /// The step-up she made for it; none where a code stands in the form.
    pub step_up: Option<FlowId>,
    /// Whether anything of hers shows codes.
    pub has_codes: bool,
    /// What that is.
    pub from: CodeFrom,
    /// Whether she has a passkey or security key.
    pub has_key: bool,
    /// Whether a code may be typed now.
    pub codes: CodeDoor,
}

/// Page 39.
#[derive(Clone, Debug)]
pub struct ActivityPage {
    /// The part that is shown, as its address has it.
    pub part: ActivityPart,
    /// Which page of it, from one on.
    pub page: u32,
    /// Whether one of what is older follows.
    pub older: bool,
    /// The newest first.
    pub rows: Vec<HappenedShown>,
    /// How long it is kept.
    pub kept: KeptFor,
}

/// A part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ActivityPart {
    /// Everything.
    #[default]
    All,
    /// Signing in and out.
    SignIns,
    /// Changes at the login.
    Changes,
    /// What was refused.
    Refused,
}

impl ActivityPart {
    /// Every part, in the order of the page.
    pub const ALL: [Self; 4] = [Self::All, Self::SignIns, Self::Changes, Self::Refused];

    /// Its page.
    pub const fn path(self) -> &'static str {
        match self {
            Self::All => "/konto/aktivitet",
            Self::SignIns => "/konto/aktivitet/login",
            Self::Changes => "/konto/aktivitet/aendringer",
            Self::Refused => "/konto/aktivitet/afvist",
        }
    }
}

/// Page 40.
#[derive(Clone, Debug)]
pub struct SessionsPage {
    /// Her sessions, the newest first.
    pub sessions: Vec<SessionShown>,
    /// Systems that may be open.
    pub services: Vec<ServiceShown>,
}

/// A system that may be open.
#[derive(Clone, Debug)]
pub struct ServiceShown {
    /// What people call it.
    pub name: String,
    /// Until when at the latest.
    pub until: Timestamp,
    /// How it comes to know that she signed out.
    pub logout: LogoutKind,
}

/// One session.
#[derive(Clone, Debug)]
pub struct SessionShown {
    /// Which.
    pub id: SessionId,
    /// Since when.
    pub began_at: Timestamp,
    /// Last used.
    pub seen_at: Timestamp,
    /// The one she looks with.
    pub this: bool,
    /// What the browser said about itself when it began; read by [`text::browser::name`], never shown.
    pub agent: String,
    /// The address it began from, where that is known.
    pub address: String,
}

/// Her work relations.
#[derive(Clone, Debug)]
pub struct RelationsPage {
    /// The step-up she made to end one; none where she only looks.
    pub step_up: Option<FlowId>,
    /// Those that are open, the oldest first.
    pub relations: Vec<RelationShown>,
}

/// One of them, before she ends it.
#[derive(Clone, Debug)]
pub struct RelationPage {
    /// Which.
    pub relation: RelationShown,
    /// Whether she has no other.
    pub last: bool,
    /// The step-up she made for it; none where a code stands in the form.
    pub step_up: Option<FlowId>,
    /// Whether anything of hers shows codes.
    pub has_codes: bool,
    /// What that is.
    pub from: CodeFrom,
    /// Whether she has a passkey or security key.
    pub has_key: bool,
    /// Whether a code may be typed now.
    pub codes: CodeDoor,
}

/// A work relation.
#[derive(Clone, Debug)]
pub struct RelationShown {
    /// Which.
    pub id: AssociationId,
    /// Where.
    pub unit: String,
    /// HR's number for it.
    pub employee_number: String,
    /// First day.
    pub starts_on: Date,
    /// Last day, when known.
    pub ends_on: Option<Date>,
}
