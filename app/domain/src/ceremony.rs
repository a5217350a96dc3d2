//! What the browser was asked to do with a passkey or security key: once, within minutes, for one thing.

use crate::factor::PasskeyKind;
use crate::ids::{FlowId, SessionId};
use crate::proofing::Purpose;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// From the asking to the answer: long enough to fetch a key or a phone, and no longer than a step-up lasts.
pub const CEREMONY_HOLDS: SignedDuration = SignedDuration::from_mins(5);

/// So many questions a browser may have open that begin a sign-in with their answer: one of each tab somebody has open, and
/// some to spare. An older one makes place.
pub const QUESTIONS_AT_ONCE: u32 = 5;

/// One ceremony under way; spent at the first answer, whatever that says (WebAuthn 13.4.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// What the answer is for. No other use takes it.
    pub serves: Serves,
    /// What the adapter must remember, the challenge with it; sealed.
    pub sealed: Vec<u8>,
}

/// What a ceremony serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Serves {
    /// Registering one in an enrolment.
    Enrolment {
        /// The enrolment.
        flow: FlowId,
        /// What she was asked for.
        kind: PasskeyKind,
    },
    /// Registering one more from the account.
    Account {
        /// In which session.
        session: SessionId,
        /// The step-up it is spent with.
        step_up: FlowId,
        /// What she was asked for.
        kind: PasskeyKind,
    },
    /// Signing in.
    SignIn {
        /// The sign-in.
        flow: FlowId,
        /// It begins with a right answer: a page that merely offers passkeys begins nothing.
        begins: bool,
    },
    /// Confirming again who sits at an open session.
    StepUp {
        /// The step-up.
        flow: FlowId,
    },
    /// Registering one on a phone, for an account that is open elsewhere.
    Phone {
        /// The phone's flow.
        flow: FlowId,
        /// What she was asked for.
        kind: PasskeyKind,
    },
    /// Registering one at a sign-in, instead of a login method she does not have any more.
    Replacement {
        /// The sign-in.
        flow: FlowId,
        /// What she was asked for.
        kind: PasskeyKind,
    },
    /// Registering one while opening a blocked login, where no other is kept.
    Reopening {
        /// The reopening.
        flow: FlowId,
        /// What she was asked for.
        kind: PasskeyKind,
    },
    /// Opening her blocked login or choosing a new password, instead of MitID. Who answers is not known before.
    Renewal {
        /// Which of the two.
        purpose: Purpose,
    },
    /// Trying one out.
    Test {
        /// In which session.
        session: SessionId,
    },
}
