//! What the pages of blocking show.

use domain::Timestamp;
use domain::ids::FlowId;
use domain::notice::Template;

/// Page 17, where a flow knows whose login it is.
#[derive(Clone, Copy, Debug)]
pub struct BlockQuestion {
    /// The flow.
    pub flow: FlowId,
    /// Whether the receipt will say until when services may stay open.
    pub lists_services: bool,
}

/// Page 18.
#[derive(Clone, Debug)]
pub struct BlockReceipt {
    /// When, to the second.
    pub at: Timestamp,
    /// The block's reference, such as `SP-7K3Q-92AB`.
    pub reference: String,
    /// Where she was signed in; none when the door told too little about who sits here.
    pub services: Option<Vec<ServiceEnding>>,
}

/// What came of a session at a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceEnding {
    /// The service said that it is over.
    Closed {
        /// What people call it.
        name: String,
        /// When.
        at: Timestamp,
    },
    /// It is being told.
    Asked {
        /// What people call it.
        name: String,
        /// Until when it may stay open.
        until: Timestamp,
    },
    /// It cannot be told, or did not say that it is over.
    Open {
        /// What people call it.
        name: String,
        /// Until when it may stay open.
        until: Timestamp,
    },
    /// It said nothing, and its own time has run out since.
    Over {
        /// What people call it.
        name: String,
        /// When, at the latest.
        at: Timestamp,
    },
}

/// Page 19: what the letter told, and no more.
#[derive(Clone, Debug)]
pub struct WasItYou {
    /// Which letter.
    pub template: Template,
    /// When it happened.
    pub at: Timestamp,
    /// The reference in the letter.
    pub reference: String,
}

/// Page 31. Holds the codes: shown, never serialised.
#[derive(Clone)]
pub struct CodeSheet {
    /// The flow.
    pub flow: FlowId,
    /// Whose, for whoever finds two sheets in a drawer.
    pub user_name: String,
    /// When it was made.
    pub at: Timestamp,
    /// When the one it replaces was made; none where it is her first.
    pub replaces: Option<Timestamp>,
    /// She made it herself, signed in.
    pub renewed: bool,
    /// The public address, for the paper.
    pub url: String,
    /// The blocking code as printed.
    pub blocking: String,
    /// The recovery codes as printed.
    pub recovery: Vec<String>,
}

impl core::fmt::Debug for CodeSheet {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CodeSheet").field("flow", &self.flow).finish_non_exhaustive()
    }
}
