//! Where a sign-in stops: a pause, a blocked login, and what could not be.

use domain::Timestamp;
use domain::ids::FlowId;

/// Page 10.
#[derive(Clone, Debug)]
pub struct Pause {
    /// The flow to go on with.
    pub flow: FlowId,
    /// What people call the service that waits for her; none for the portal.
    pub service: Option<String>,
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
    /// The flow it stopped.
    pub flow: FlowId,
    /// What people call the service that waits for her; none for the portal.
    pub service: Option<String>,
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
    /// What the CPR register says of her.
    Register,
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
    /// Her cookie could not be given a new id when she had shown who she is: nobody is signed in.
    NotRenewed,
}
