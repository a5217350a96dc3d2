//! What the pages of passkeys, security keys and code devices show, and where their ceremonies are asked for.

use super::seen::AppSetup;
use domain::Timestamp;
use domain::factor::{MeanKind, PasskeyKind, Worth};
use domain::ids::{FactorId, FlowId};
use domain::throttle::CodeDoor;

/// What a browser may ask to be asked, and the address where it asks. The answer is JSON to a script, `ceremony` and
/// `options`; whoever has none is sent back to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A key to sign in with (pages 1 and 3).
    SignIn,
    /// A new key in an enrolment (pages 29 and 30).
    New,
    /// One more key (pages 29 and 30, from page 35).
    Another,
    /// A new key on a phone, for an account that is open elsewhere.
    Phone,
    /// A new key at a sign-in, instead of a login method that is gone.
    Replacement,
    /// A new key while opening a blocked login, where no other is kept.
    Reopened,
    /// A key to confirm again with (page 8).
    StepUp,
    /// A key to try out (page 36).
    Test,
    /// A passkey instead of MitID, to open a blocked login (page 20).
    Reopening,
    /// The same, to choose a new password (page 38).
    Reset,
}

impl Ask {
    /// Everything.
    pub const ALL: [Self; 10] = [
        Self::SignIn,
        Self::New,
        Self::Another,
        Self::Phone,
        Self::Replacement,
        Self::Reopened,
        Self::StepUp,
        Self::Test,
        Self::Reopening,
        Self::Reset,
    ];

    /// Where it is asked.
    pub const fn path(self) -> &'static str {
        match self {
            Self::SignIn => "/handling/noegle-spoerg",
            Self::New => "/handling/noegle-ny",
            Self::Another => "/handling/noegle-en-mere",
            Self::Phone => "/handling/noegle-paa-telefon",
            Self::Replacement => "/handling/noegle-gendan",
            Self::Reopened => "/handling/noegle-genaktiver-ny",
            Self::StepUp => "/handling/noegle-bekraeft",
            Self::Test => "/handling/noegle-proev",
            Self::Reopening => "/handling/noegle-genaktiver",
            Self::Reset => "/handling/noegle-nulstil",
        }
    }
}

/// Page 3.
#[derive(Clone, Debug)]
pub struct KeyPage {
    /// The flow; none where nobody asked for one yet.
    pub flow: Option<FlowId>,
    /// What people call the service; none for the portal.
    pub service: Option<String>,
    /// The password was right: one of her own keys is asked. Else whatever passkey the browser finds.
    pub after_password: bool,
}

/// Page 4: what she has beside what she was asked for.
#[derive(Clone, Debug)]
pub struct WaysPage {
    /// The flow.
    pub flow: FlowId,
    /// What people call the service; none for the portal.
    pub service: Option<String>,
    /// A code of an app or a code device.
    pub code: bool,
    /// A passkey or security key.
    pub key: bool,
    /// A code device, which may have gone apart from us.
    pub device: bool,
    /// How many recovery codes are left on her sheet.
    pub recovery: u32,
}

/// Page 5.
#[derive(Clone, Debug)]
pub struct RecoveryPage {
    /// The flow.
    pub flow: FlowId,
    /// What people call the service; none for the portal.
    pub service: Option<String>,
    /// How many are left.
    pub left: u32,
}

/// After a recovery code.
#[derive(Clone, Debug)]
pub struct RegainPage {
    /// The flow.
    pub flow: FlowId,
    /// What people call the service; none for the portal.
    pub service: Option<String>,
    /// What comes next.
    pub step: RegainStep,
    /// How many recovery codes are left.
    pub left: u32,
}

/// What comes after a recovery code.
#[derive(Clone, Debug)]
pub enum RegainStep {
    /// She proves with MitID who she is.
    Prove,
    /// She adds an app.
    App(Box<AppSetup>),
}

/// Pages 29 and 30.
#[derive(Clone, Debug)]
pub struct KeySetup {
    /// The enrolment, or the step-up it is added with.
    pub flow: FlowId,
    /// What she is asked for.
    pub kind: PasskeyKind,
    /// The name that is proposed.
    pub proposed_name: String,
}

/// Taking a code device into use.
#[derive(Clone, Debug)]
pub struct DeviceSetup {
    /// The enrolment, or the step-up it is added with.
    pub flow: FlowId,
    /// The name that is proposed.
    pub proposed_name: String,
}

/// Bringing a code device into step again.
#[derive(Clone, Debug)]
pub struct ApartPage {
    /// The sign-in; none at an open session.
    pub flow: Option<FlowId>,
}

/// Page 35.
#[derive(Clone, Debug)]
pub struct MethodsPage {
    /// The oldest first.
    pub methods: Vec<MethodShown>,
    /// Whether a code device that was handed out to her waits for its first code.
    pub device_waits: bool,
    /// How many recovery codes are left on her sheet.
    pub recovery: u32,
}

/// Page 35 once she confirmed again: what she may do in the next minutes, once.
#[derive(Clone, Debug)]
pub struct OpenMethodsPage {
    /// The step-up's flow.
    pub flow: FlowId,
    /// The oldest first.
    pub methods: Vec<MethodShown>,
}

/// Page 36: before one goes.
#[derive(Clone, Debug)]
pub struct RemovalPage {
    /// The step-up's flow.
    pub flow: FlowId,
    /// Which.
    pub method: MethodShown,
    /// What she signs in with afterwards: those that count.
    pub left: Vec<MethodShown>,
}

/// Page 36.
#[derive(Clone, Debug)]
pub struct MethodPage {
    /// Which.
    pub method: MethodShown,
    /// Whether a code may be typed now.
    pub codes: CodeDoor,
}

/// One login method.
#[derive(Clone, Debug)]
pub struct MethodShown {
    /// Which.
    pub id: FactorId,
    /// What.
    pub kind: MeanKind,
    /// What she calls it.
    pub name: String,
    /// What it counts for when it verifies her; nothing where it is not admitted any more.
    pub worth: Option<Worth>,
    /// It may be copied to a cloud.
    pub synced: bool,
    /// Since when.
    pub added_at: Timestamp,
    /// Last used.
    pub used_at: Option<Timestamp>,
    /// What the browser said about itself then; read by [`text::browser::name`], never shown.
    pub agent: String,
    /// The address it was used from then, where that is known.
    pub address: String,
    /// Asked for first.
    pub primary: bool,
    /// The last way in.
    pub last: bool,
}
