//! What computer and phone show while somebody goes on with her phone.

use super::forms::Typed;
use super::seen::AppSetup;
use domain::Timestamp;
use domain::factor::MeanKind;
use domain::ids::FlowId;
use domain::on_phone::{Ended, MadeFrom};

/// The computer's page.
#[derive(Clone, Debug)]
pub struct PhoneDeskPage {
    /// Its flow.
    pub flow: FlowId,
    /// The enrolment it serves; none for an account.
    pub enrolment: Option<FlowId>,
    /// Until when.
    pub until: Timestamp,
    /// How far.
    pub stage: PhoneDeskStage,
    /// The word that changes when anything happened.
    pub word: &'static str,
}

/// How far the computer's side is.
#[derive(Clone, Debug)]
pub enum PhoneDeskStage {
    /// The link, as picture and text.
    Show {
        /// SVG.
        picture: String,
        /// The same as text.
        address: Typed,
    },
    /// A phone opened it.
    Number,
    /// The phone is at work.
    Waiting,
    /// What it made, its name, and where.
    Confirm(MeanKind, String, MadeFrom),
    /// It is over.
    Over(Ended),
}

/// The phone's page.
#[derive(Clone, Debug)]
pub struct PhonePage {
    /// Its flow.
    pub flow: FlowId,
    /// How far.
    pub stage: PhoneStage,
    /// The word that changes when anything happened.
    pub word: &'static str,
}

/// How far the phone's side is.
#[derive(Clone, Debug)]
pub enum PhoneStage {
    /// The number to type at the computer.
    Number(Typed),
    /// What to add to this account?
    Choose(String),
    /// An app was chosen.
    App(Box<AppSetup>),
    /// It made one, called so.
    Made(String),
    /// It is over.
    Over(Ended),
}
