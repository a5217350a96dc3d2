//! What pages show: plain data, one type a page.

mod documents;
mod enrolment;
mod hand_over;
mod overview;
mod sign_in;
mod stopped;
mod way_out;

pub use documents::{Document, TextPage};
pub use enrolment::{
    AppSetup, Enrolled, EnrolmentPage, Found, ProofPage, ProofRefused, Review, StepState, Tasks, TermsPage,
    WaitingPage, Welcome,
};
pub use hand_over::{Carried, HandOver};
pub use overview::{MethodLine, Overview, PendingRole};
pub use sign_in::{CheckPage, CodeFrom, CodePage, LeakedPage, SignInPage};
pub use stopped::{Blocked, BlockedBy, Broken, BrokenKind, Pause, PausedDoor};
pub use way_out::{LeftToDo, SignedOut, ToldInFrame, WayOutPage, WayOutStep};

use domain::flow::FlowGone;

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
