//! What the pages show of confirming again, contact channels, her own data and her terms.

use super::CodeFrom;
use domain::contact::ChannelKind;
use domain::ids::FlowId;
use domain::retention::Periods;
use domain::step_up::StepUpFor;
use domain::throttle::CodeDoor;
use domain::{Date, Timestamp};

/// Page 8.
#[derive(Clone, Copy, Debug)]
pub struct StepUpPage {
    /// The flow.
    pub flow: FlowId,
    /// What it is for.
    pub purpose: StepUpFor,
    /// Whether a code may be typed now.
    pub codes: CodeDoor,
    /// She has something that shows codes.
    pub code: bool,
    /// What that is.
    pub from: CodeFrom,
    /// She has a passkey or security key.
    pub key: bool,
    /// A key is asked for first.
    pub key_first: bool,
}

/// Page 43.
#[derive(Clone, Debug)]
pub struct ContactPage {
    /// Mail at work.
    pub work_mail: Option<String>,
    /// Her own kinds.
    pub channels: Vec<ChannelShown>,
}

/// One kind of channel.
#[derive(Clone, Debug)]
pub struct ChannelShown {
    /// Which.
    pub kind: ChannelKind,
    /// Where notices go.
    pub address: Option<String>,
    /// Whether she decided it herself.
    pub own: bool,
    /// The address that is told besides.
    pub besides: Option<String>,
    /// Until when that is so, and no further change is taken.
    pub cools_off: Option<Timestamp>,
}

/// Page 43, a change after the step-up.
#[derive(Clone, Debug)]
pub struct ChangeContactPage {
    /// The step-up's flow.
    pub flow: FlowId,
    /// Which kind.
    pub kind: ChannelKind,
    /// Whether there is one that may be taken away.
    pub may_go: bool,
}

/// Page 43, the code that was sent.
#[derive(Clone, Debug)]
pub struct VerifyPage {
    /// The flow.
    pub flow: FlowId,
    /// Where it was sent.
    pub address: String,
    /// Until when it works.
    pub until: Timestamp,
}

/// Page 41.
#[derive(Clone, Debug)]
pub struct DataPage {
    /// Her name.
    pub name: String,
    /// Her user name.
    pub user_name: String,
    /// Her number without its last four digits.
    pub cpr: String,
    /// Her units.
    pub units: Vec<String>,
    /// Services that were told about her, and when last; the latest first.
    pub told: Vec<(String, Timestamp)>,
    /// How long what happens is kept.
    pub kept: KeptFor,
}

/// How long what happens is kept (NSIS 4.1.4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptFor {
    /// What happened at a login, in months.
    pub central: u16,
    /// Services' requests and our answers, in months.
    pub exchange: u16,
    /// Details of each sign-in, in months.
    pub sign_in: u16,
    /// Where somebody was signed in, in days.
    pub sessions: u16,
    /// Notices that were sent, in days.
    pub notices: u16,
}

impl From<Periods> for KeptFor {
    fn from(periods: Periods) -> Self {
        let Periods { central, exchange, sign_in, sessions, notices } = periods;
        Self { central, exchange, sign_in, sessions, notices }
    }
}

/// Page 41, made.
#[derive(Clone, Copy, Debug)]
pub struct DataReadyPage {
    /// The flow.
    pub flow: FlowId,
    /// Until when it is open here.
    pub until: Timestamp,
}

/// Page 42.
#[derive(Clone, Debug)]
pub struct OwnTermsPage {
    /// The newest first.
    pub accepted: Vec<AcceptedShown>,
    /// What she has still to accept, or what comes next.
    pub new: Option<NewTermsShown>,
}

/// A version of the terms she has not accepted.
#[derive(Clone, Debug)]
pub struct NewTermsShown {
    /// What people call it.
    pub version: String,
    /// The first day it holds.
    pub from: Date,
    /// Whether that day is here.
    pub holds: bool,
    /// Whether she must accept it.
    pub asks: bool,
    /// The last day to do so.
    pub accept_by: Option<Date>,
}

/// One accept.
#[derive(Clone, Debug)]
pub struct AcceptedShown {
    /// What people call the version.
    pub version: String,
    /// Whether it is the one that holds now.
    pub current: bool,
    /// When.
    pub at: Timestamp,
    /// What the browser said about itself; read by [`text::browser::name`], never shown.
    pub agent: String,
    /// From which address.
    pub address: String,
    /// What to quote.
    pub reference: String,
}
