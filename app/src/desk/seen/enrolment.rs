//! Becoming able to log in, from the link to the receipt.

use domain::ids::FlowId;
use domain::proofing::RefusalPage;
use domain::{Date, Timestamp};

/// Page 21 by link, before anything began. Names nobody: a link proves nothing.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// Until when the link works.
    pub until: Timestamp,
    /// The attempt this browser has already begun with it, and how far that is.
    pub begun: Option<(FlowId, Tasks)>,
}

/// After MitID without a link. The same words whether there was an invitation or not, but for the address.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Where the link was sent, masked (`m•••@e•••.dk`); none when nothing was found or sent.
    pub sent_to: Option<String>,
}

/// Page 21 while it is going on.
#[derive(Clone, Debug)]
pub struct EnrolmentPage {
    /// The flow.
    pub flow: FlowId,
    /// How far.
    pub tasks: Tasks,
    /// The path of the next step.
    pub next: String,
    /// The day from which services let her in, while her first day is to come.
    pub works_from: Option<Date>,
}

/// How far the four parts of an enrolment are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tasks {
    /// Terms.
    pub terms: StepState,
    /// Proof.
    pub proof: StepState,
    /// Password.
    pub password: StepState,
    /// Login method.
    pub factor: StepState,
}

/// How far one part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum StepState {
    /// Not begun.
    #[default]
    NotBegun,
    /// This one is next, or half done.
    Current,
    /// Done.
    Done,
}

/// Pages 22 and 23.
#[derive(Clone, Debug)]
pub struct TermsPage {
    /// The flow.
    pub flow: FlowId,
    /// What people call the service she is on her way to; none for the portal, and where nobody signs in.
    pub service: Option<String>,
    /// This page, counted from one.
    pub page: u8,
    /// How many there are; the last one carries the box.
    pub pages: u8,
    /// The page's own heading.
    pub heading: String,
    /// The page's text as HTML, ours.
    pub html: String,
    /// The version.
    pub version: String,
    /// Since when it holds.
    pub date: Date,
}

/// Page 24.
#[derive(Clone, Debug)]
pub struct ProofPage {
    /// The flow.
    pub flow: FlowId,
    /// She proved it before, but too long ago.
    pub again: bool,
}

/// The four pages for a proof that did not succeed.
#[derive(Clone, Debug)]
pub struct ProofRefused {
    /// The flow to try again in; none when it is lost.
    pub flow: Option<FlowId>,
    /// Where the trip began, when it served no enrolment: a path of this house.
    pub start: Option<String>,
    /// Which page.
    pub page: RefusalPage,
    /// The reference to quote.
    pub reference: String,
}

/// A page that only needs to know it is due.
#[derive(Clone, Debug)]
pub struct WaitingPage {
    /// The flow.
    pub flow: FlowId,
    /// The person's user name, for password managers; she is proved by now.
    pub user_name: String,
    /// Her names, which a password must not be.
    pub names: Vec<String>,
}

/// Page 28. Holds the seed: shown, never serialised.
#[derive(Clone)]
pub struct AppSetup {
    /// The flow.
    pub flow: FlowId,
    /// The picture, as an `<svg>` element of our own making.
    pub qr_svg: String,
    /// The seed in base 32.
    pub secret: String,
    /// The `otpauth://` address.
    pub otpauth: String,
    /// The account's name as the app will show it.
    pub account: String,
    /// A name to propose, such as `Min telefon`.
    pub proposed_name: String,
}

impl core::fmt::Debug for AppSetup {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("AppSetup").field("flow", &self.flow).finish_non_exhaustive()
    }
}

/// Page 32.
#[derive(Clone, Debug)]
pub struct Review {
    /// The flow.
    pub flow: FlowId,
    /// Her name.
    pub name: String,
    /// What she logs in with.
    pub user_name: String,
    /// The accepted version of the terms and when.
    pub terms: (String, Timestamp),
    /// When she proved who she is.
    pub proved_at: Timestamp,
    /// Until when she must finish.
    pub until: Timestamp,
    /// Names of her login methods.
    pub factors: Vec<String>,
    /// The day from which services let her in, while her first day is to come.
    pub works_from: Option<Date>,
}

/// Page 33.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// Her name.
    pub name: String,
    /// What she logs in with.
    pub user_name: String,
    /// When it was finished.
    pub at: Timestamp,
    /// The version of the terms she accepted, and when.
    pub terms: Option<(String, Timestamp)>,
    /// The reference of the receipt.
    pub reference: String,
    /// The last day to prove it again.
    pub reconfirm_by: Date,
    /// The day from which services let her in, while her first day is to come.
    pub works_from: Option<Date>,
}
