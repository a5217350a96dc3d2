//! Signing in: passwords, codes, and what is asked at the door.

use domain::Timestamp;
use domain::ids::{FactorId, FlowId};

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
