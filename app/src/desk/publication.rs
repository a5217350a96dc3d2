//! What administrators see of the terms (page 56).

use domain::ids::{DraftId, FlowId};
use domain::publication::{Draft, Line, Published, Spread};
use domain::terms::{TermsHash, TermsVersion};

/// Page 56.
#[derive(Clone, Debug)]
pub struct PublicationPage {
    /// The version that holds now.
    pub in_force: TermsVersion,
    /// What was published, the newest first, with the names of who wrote and who published it.
    pub published: Vec<(Published, [String; 2])>,
    /// The draft that goes on.
    pub draft: Option<DraftShown>,
}

/// A draft beside the version it follows.
#[derive(Clone, Debug)]
pub struct DraftShown {
    /// The draft.
    pub draft: Draft,
    /// What it says, as a hash.
    pub hash: TermsHash,
    /// Whether she who looks writes it.
    pub own: bool,
    /// The name of who does.
    pub author: String,
    /// The version it is compared with.
    pub follows: TermsVersion,
    /// What is different, in Danish and in English.
    pub lines: [Vec<Line>; 2],
}

/// A page of her own draft.
#[derive(Clone, Debug)]
pub struct WriteTermsPage {
    /// The draft.
    pub draft: DraftId,
    /// What the version will be called.
    pub version: String,
    /// Which page, counted from one.
    pub page: u8,
    /// What it says; empty for one that is to be added.
    pub spread: Spread,
}

/// What a step-up for terms opens.
#[derive(Clone, Debug)]
pub struct OpenDraftPage {
    /// The step-up's flow.
    pub flow: FlowId,
    /// Which of the two.
    pub open: OpenDraft,
    /// The draft.
    pub shown: DraftShown,
}

/// What may be done with a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenDraft {
    /// Its author proposes it.
    Propose,
    /// Another administrator publishes it.
    Publish,
}
