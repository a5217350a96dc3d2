//! What pages show: plain data, one type a page. Long because every field says what it promises; read it like an index.

use domain::factor::MeanKind;
use domain::flow::FlowGone;
use domain::ids::{FactorId, FlowId, RoleId};
use domain::level::AssuranceLevel;
use domain::proofing::RefusalPage;
use domain::reconfirmation::Reconfirmation;
use domain::role::RoleKind;
use domain::{Date, Timestamp};

/// What a page shows, or why it is not shown.
pub type Seen<T> = Result<T, Stop>;

/// Why a page is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Another page comes first, or instead: a path of this house (303).
    Go(String),
    /// There is no such page (404).
    Missing,
    /// The flow is over; says how to begin again (410).
    Gone(FlowGone),
    /// The invitation is not known, used, replaced or too old; one answer for all (410).
    LinkDead,
    /// The link for a phone opens nothing any more.
    PhoneLinkDead,
    /// The page is for auditors, and she is none, or not at Substantial (403).
    NotAuditor,
    /// Something failed on our side; the page shows the request's reference (500).
    Fault,
    /// Something outside does not answer now (503).
    Busy,
}

/// Page 1, and page 8 when it is asked anew.
#[derive(Clone, Debug, Default)]
pub struct SignInPage {
    /// The flow, where a service asked.
    pub flow: Option<FlowId>,
    /// What people call the service; none for the portal itself.
    pub service: Option<String>,
    /// The services behind it, as it names them: nobody has checked that.
    pub behind: Vec<String>,
    /// Whom the service means; she may type another name.
    pub hint: Option<String>,
    /// There is a session, but the service or the action wants it shown anew: the user name to carry over.
    pub again_as: Option<String>,
    /// A key was shown that does not count alone: whose password comes next.
    pub known_as: Option<String>,
}

/// Page 2.
#[derive(Clone, Debug)]
pub struct CodePage {
    /// The flow.
    pub flow: FlowId,
    /// What people call the service; none for the portal.
    pub service: Option<String>,
    /// What shows her codes.
    pub from: CodeFrom,
}

/// What shows the codes somebody is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFrom {
    /// An authenticator app: six digits.
    App,
    /// A code device: six to eight digits.
    Device,
    /// She has both.
    Either,
}

impl CodeFrom {
    /// By what she has; an app where nothing is known.
    pub const fn of(app: bool, device: bool) -> Self {
        match (app, device) {
            (_, false) => Self::App,
            (false, true) => Self::Device,
            (true, true) => Self::Either,
        }
    }
}

/// Page 10.
#[derive(Clone, Debug)]
pub struct Pause {
    /// The flow to go on with.
    pub flow: FlowId,
    /// What was tried too often.
    pub door: PausedDoor,
    /// When to try again; none after a code stop, which only a proof ends.
    pub until: Option<Timestamp>,
}

/// What was tried too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PausedDoor {
    /// User name and password.
    Password,
    /// The code.
    Code,
}

/// Page 11.
#[derive(Clone, Debug)]
pub struct Blocked {
    /// Who put the hold.
    pub by: BlockedBy,
    /// Since when.
    pub at: Timestamp,
    /// The hold's reference.
    pub reference: String,
}

/// Who put a hold, as far as the owner is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockedBy {
    /// She herself.
    Owner,
    /// The municipality.
    Municipality,
    /// The work relation ended.
    Association,
    /// Her leaked password was not changed in time.
    LeakedPassword,
    /// The terms were declined or are overdue.
    Terms,
    /// A proof with MitID is overdue.
    Reconfirmation,
}

/// Page 12.
#[derive(Clone, Debug)]
pub struct Broken {
    /// What it was.
    pub kind: BrokenKind,
    /// The reference to quote.
    pub reference: String,
    /// What people call the service, when it is known.
    pub service: Option<String>,
}

/// Why a sign-in could not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenKind {
    /// The service is not connected, or its message is not to be believed.
    UnknownService,
    /// The message is too old or was used before: go back and try again.
    Stale,
    /// The service demands more than this login can give.
    LevelTooHigh,
    /// The service demands a level, and this is a pilot that states none.
    Pilot,
    /// The login may not be used for it: no active association, overdue proof.
    NotEntitled,
    /// The flow is over, or belongs to another browser.
    FlowGone,
    /// Our clocks are too far apart to issue anything.
    Clocks,
    /// Too many passwords wait to be checked: nothing is wrong, and nothing was counted.
    Crowded,
    /// A service's message about logging out is not to be believed, or about nobody here: nothing ended.
    NotOut,
    /// Something failed on our side.
    Fault,
    /// An enrolment has nothing to finish: the work relation ended, or the login is held.
    NothingToFinish,
}

/// The page that carries the answer to a service.
#[derive(Clone)]
pub struct HandOver {
    /// What people call the service.
    pub service: String,
    /// Where it goes.
    pub address: String,
    /// Origins the form and the redirects after it may reach, for this page's policy; `address`'s own included.
    pub origins: Vec<String>,
    /// How the browser carries it.
    pub carried: Carried,
}

/// How a browser carries an answer to a service.
#[derive(Clone)]
pub enum Carried {
    /// In these fields of a form.
    Form(Vec<(&'static str, String)>),
    /// In the address itself.
    Address,
}

impl core::fmt::Debug for Carried {
    /// Never what it carries.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Form(_) => "Form",
            Self::Address => "Address",
        })
    }
}

impl core::fmt::Debug for HandOver {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("HandOver").field("service", &self.service).finish_non_exhaustive()
    }
}

/// Page 13: she is signed out here, and how it stands at services.
#[derive(Clone, Debug, Default)]
pub struct SignedOut {
    /// Services that said that her session is over.
    pub closed: Vec<String>,
    /// Services that are being told, without her browser.
    pub being_told: Vec<String>,
    /// Services that are to be asked through her browser, or were and have not answered.
    pub waiting: Vec<String>,
    /// Services that may still be open, with when they close at the latest.
    pub still_open: Vec<(String, Timestamp)>,
    /// What is left to do.
    pub left: Option<LeftToDo>,
}

/// What is left to do on a way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftToDo {
    /// The way out.
    pub flow: FlowId,
    /// Somebody is still to be asked or waited for.
    pub ask: bool,
    /// Whoever sent her is to hear how it went.
    pub tell: bool,
}

/// The way out through services: she is signed out here, and now they are told.
#[derive(Debug)]
pub struct WayOutPage {
    /// The flow.
    pub flow: FlowId,
    /// What comes next.
    pub step: WayOutStep,
}

/// What comes next on a way out.
#[derive(Debug)]
pub enum WayOutStep {
    /// These applications are told in frames of this page, until she goes on.
    Show(Vec<ToldInFrame>),
    /// On to this service, to tell it.
    Tell(HandOver),
    /// Back to whoever sent her.
    Return(HandOver),
    /// This service was told and has not answered.
    Waits(String),
}

/// An application that is told in a frame of the page.
#[derive(Clone)]
pub struct ToldInFrame {
    /// What people call it.
    pub service: String,
    /// What the frame shows.
    pub address: String,
    /// The address's origin, for this page's policy.
    pub origin: String,
}

impl core::fmt::Debug for ToldInFrame {
    /// Never the address: it may name a session.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ToldInFrame").field("service", &self.service).finish_non_exhaustive()
    }
}

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

/// Page 9 where it asks to change a leaked password.
#[derive(Clone, Debug)]
pub struct LeakedPage {
    /// The flow.
    pub flow: FlowId,
    /// What people call the service she is on her way to.
    pub service: Option<String>,
    /// Until when the password may be used.
    pub until: Timestamp,
}

/// Page 9 where it asks whether she still has a login method.
#[derive(Clone, Debug)]
pub struct CheckPage {
    /// The flow.
    pub flow: FlowId,
    /// What people call the service she is on her way to.
    pub service: Option<String>,
    /// Which, and what she calls it; none once it answered.
    pub method: Option<(FactorId, String)>,
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

/// The texts of the municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// `/hjaelp`
    Help,
    /// `/tilgaengelighed`
    Accessibility,
    /// `/privatliv`
    Privacy,
    /// `/service`
    Service,
    /// `/tjenesteudbydere`: what whoever trusts our tokens must check (NSIS 4.1.2.2).
    RelyingParties,
    /// `/vilkaar`: all pages of the terms.
    Terms,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct TextPage {
    /// Its heading.
    pub title: String,
    /// Its text as HTML, ours.
    pub html: String,
    /// Its version and date.
    pub version: Option<(String, Date)>,
}
