//! The way out: she is signed out here, and services are told.

use super::hand_over::HandOver;
use domain::Timestamp;
use domain::ids::FlowId;

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
