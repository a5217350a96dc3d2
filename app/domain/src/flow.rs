//! A flow through pages is a record: handle, browser, expiry, single use, and what it is about (security decision 3).

use crate::ceremony::Ceremony;
use crate::contact::Verifying;
use crate::enrolment::Enrolment;
use crate::evidence::{Looked, Made, Sample};
use crate::ids::{BrowserId, Epoch, FlowId, PersonId, SessionId};
use crate::leaving::{Leaving, LogoutSaid};
use crate::on_phone::OnPhone;
use crate::proofing::Purpose;
use crate::reopening::Reopening;
use crate::reset::Reset;
use crate::sign_in::SignIn;
use crate::step_up::StepUp;
use crate::suspension::Door;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A flow that nobody touches for this long is over.
pub const FLOW_HOLDS: SignedDuration = SignedDuration::from_mins(15);

/// So many trips to MitID a browser may have open that began while nobody was known: one for each thing there is to prove,
/// and one to spare. An older one that never came back makes place.
pub const TRIPS_AT_ONCE: u32 = 5;

/// One flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// Its handle; stands in addresses, useless in another browser.
    pub id: FlowId,
    /// The browser that started it.
    pub browser: BrowserId,
    /// Once known, whose it is, at which epoch.
    pub person: Option<(PersonId, Epoch)>,
    /// When it ends if nothing happens.
    pub expires_at: Timestamp,
    /// What it is about.
    pub about: About,
}

/// What a flow is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// Becoming able to log in.
    Enrolment(Enrolment),
    /// Signing in.
    SignIn(SignIn),
    /// Away at a MitID broker.
    Mitid(Trip),
    /// Asked once more whether to block this person's login; who asks has shown the right to, at this epoch. The flow is
    /// nobody's: another door may block meanwhile, and whoever says yes then reads that the login is blocked.
    Blocking(PersonId, Epoch, Door),
    /// That question, answered with yes: who clicks twice is shown the same receipt.
    Blocked(PersonId, Door),
    /// Opening a blocked login again.
    Reopening(Box<Reopening>),
    /// Choosing a new password.
    Reset(Reset),
    /// Looking at a sheet of codes that was printed just now: whose, and the sheet, sealed. Shown in this browser for
    /// as long as the flow lives, so that a reload loses nothing.
    Sheet(PersonId, Vec<u8>),
    /// Confirming again who sits at an open session.
    StepUp(StepUp),
    /// A new address for notices, to which a code was sent.
    Verifying(Verifying),
    /// Her own data, ready to be taken out in this session for as long as the flow lives.
    OwnData(PersonId, SessionId),
    /// A browser was asked for a passkey or security key.
    Ceremony(Ceremony),
    /// Going on with a phone: the flow of the computer that shows the link.
    OnPhone(Box<OnPhone>),
    /// The same, the flow of the phone that opened the link: what there is to know stands in the computer's.
    PhoneOf(FlowId),
    /// An export an auditor made, to be taken out in her session for as long as the flow lives.
    Export(Box<Made>),
    /// A sample an auditor drew, likewise.
    Sample(Sample),
    /// What an auditor looked for or opened, likewise.
    Looked(Box<Looked>),
    /// Telling services through her browser that her session is over.
    Leaving(Box<Leaving>),
    /// What a service said about logging out, brought by a form of its own: its signature held. No cookie came with it, so
    /// it waits for the look that brings them. It belongs to no browser: whoever brings a service's message may bring it.
    Brought(Box<LogoutSaid>),
}

/// A trip to a MitID broker and back; spent at the first callback, whatever that says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trip {
    /// What the proof will be for.
    pub purpose: Purpose,
    /// The flow it serves, where there is one.
    pub serves: Option<FlowId>,
    /// The broker profile whose token endpoint is used, whatever the callback says (mix-up).
    pub profile: String,
    /// When it began; an older authentication is not accepted.
    pub began_at: Timestamp,
    /// What the broker adapter must remember (nonce, PKCE verifier), sealed.
    pub sealed: Vec<u8>,
}

/// Why a flow cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FlowGone {
    /// Unknown, or used up.
    #[error("no such flow")]
    Unknown,
    /// Nobody touched it for too long.
    #[error("the flow has run out")]
    Expired,
    /// It belongs to another browser.
    #[error("the flow belongs to another browser")]
    OtherBrowser,
}

impl Flow {
    /// Starts a flow.
    pub fn start(id: FlowId, browser: BrowserId, about: About, now: Timestamp) -> Self {
        Self { id, browser, person: None, expires_at: later(now), about }
    }

    /// Checks that it may be used here and now.
    ///
    /// # Errors
    /// [`FlowGone`]
    pub fn usable(self, browser: BrowserId, now: Timestamp) -> Result<Self, FlowGone> {
        if self.browser != browser {
            Err(FlowGone::OtherBrowser)
        } else if now >= self.expires_at {
            Err(FlowGone::Expired)
        } else {
            Ok(self)
        }
    }

    /// The same flow one step further, with a new quarter of an hour.
    #[must_use]
    pub fn onward(self, about: About, now: Timestamp) -> Self {
        Self { about, expires_at: later(now), ..self }
    }

    /// The same flow with `hold` to go.
    #[must_use]
    pub fn until(self, expires_at: Timestamp) -> Self {
        Self { expires_at, ..self }
    }
}

fn later(now: Timestamp) -> Timestamp {
    now.saturating_add(FLOW_HOLDS).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign_in::Target;
    use uuid::Uuid;

    #[test]
    fn a_flow_works_only_in_its_browser_and_its_time() {
        let browser: BrowserId = Uuid::from_u128(1).into();
        let now = Timestamp::UNIX_EPOCH;
        let flow = Flow::start(
            Uuid::from_u128(2).into(),
            browser,
            About::SignIn(SignIn::begin(Target::Portal)),
            now,
        );
        assert!(flow.clone().usable(browser, now).is_ok());
        assert_eq!(flow.clone().usable(Uuid::from_u128(3).into(), now), Err(FlowGone::OtherBrowser));
        assert_eq!(flow.usable(browser, now + FLOW_HOLDS), Err(FlowGone::Expired));
    }
}
