//! "Continue on your phone": somebody at a computer registers a login method of her phone, without typing a word there
//! (security decision 20).
//!
//! Two browsers take part. The *desk* is the computer, whose session was just stepped up or whose owner just proved who
//! she is: it shows a link as a picture. The *phone* opens the link and shows a number, which is typed at the desk: so the
//! desk knows that the phone it lets in is the one beside it. What the phone then makes counts for nothing until the desk
//! says yes to its name. The link opens once; a second opening ends everything.

use crate::enrolment::PendingSeed;
use crate::factor::{FactorName, MeanKind, PasskeyKind, TimeStep};
use crate::ids::FlowId;
use crate::step_up::FreshStepUp;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// From showing the link to saying yes.
pub const ON_PHONE_HOLDS: SignedDuration = SignedDuration::from_mins(10);

/// So many wrong numbers end it.
pub const NUMBER_TRIES: u8 = 3;

/// Digits of the number.
pub const NUMBER_DIGITS: usize = 6;

/// On what ground the desk may add a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ground {
    /// A step-up in an open session; spent when the link was shown.
    Account(FreshStepUp),
    /// An enrolment whose proof is fresh, asked again when the desk says yes.
    Enrolment(FlowId),
}

/// One such crossing, kept at the desk's flow; the phone's flow only points at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnPhone {
    /// On what ground.
    pub ground: Ground,
    /// The flow of the phone that opened the link, once one did.
    pub phone: Option<FlowId>,
    stage: Stage,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The link waits for a phone.
    Shown,
    /// A phone opened it and shows its number.
    Opened {
        /// Wrong numbers typed at the desk so far.
        wrong: u8,
    },
    /// The number was typed: the phone may make a method.
    Admitted {
        /// The seed of an app that it was offered.
        seed: Option<PendingSeed>,
    },
    /// It made one, which waits for the desk's yes.
    Made(Box<Made>),
    /// It is over.
    Over(Ended),
}

/// What a phone made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// What it is to be called.
    pub name: FactorName,
    /// What it is.
    pub what: NewMean,
    /// In which browser, by the browser's own account, and from which address: what tells her phone from another's.
    pub from: MadeFrom,
}

/// Where something was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeFrom {
    /// What the browser calls itself.
    pub agent: String,
    /// The address.
    pub address: String,
}

/// A method that answered once and counts for nothing yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NewMean {
    /// An app.
    App {
        /// Its seed, sealed.
        seed: PendingSeed,
        /// The step of the code it answered with.
        step: TimeStep,
    },
    /// A passkey or security key.
    Key {
        /// What the phone was asked for.
        kind: PasskeyKind,
        /// What is kept of it, sealed.
        sealed: Vec<u8>,
    },
}

impl Made {
    /// What it is.
    pub fn kind(&self) -> MeanKind {
        match &self.what {
            NewMean::App { .. } => MeanKind::App,
            NewMean::Key { kind, .. } => MeanKind::Key(*kind),
        }
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ended {
    /// The desk said yes.
    Confirmed,
    /// The desk said yes, and it could not be added.
    Refused,
    /// The desk said no, or left it.
    Left,
    /// The link was opened a second time, by another browser.
    SecondOpening,
    /// Too many wrong numbers.
    WrongNumbers,
}

impl Ended {
    /// The word kept in the trail and in pages' addresses of nobody.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Left => "left",
            Self::SecondOpening => "second-opening",
            Self::WrongNumbers => "wrong-numbers",
        }
    }
}

/// This is not what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another step comes next")]
pub struct NotNext;

/// What came of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// It was right.
    Admitted(OnPhone),
    /// It was wrong; so many tries are left, and none ends it.
    Wrong(OnPhone, u8),
}

impl OnPhone {
    /// Shows the link.
    pub const fn show(ground: Ground) -> Self {
        Self { ground, phone: None, stage: Stage::Shown }
    }

    /// How far it is.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The word that pages compare to know whether anything happened meanwhile.
    pub const fn word(&self) -> &'static str {
        match &self.stage {
            Stage::Shown => "shown",
            Stage::Opened { .. } => "opened",
            Stage::Admitted { seed: None } => "admitted",
            Stage::Admitted { seed: Some(_) } => "app",
            Stage::Made(_) => "made",
            Stage::Over(_) => "over",
        }
    }

    /// A browser opens the link, `phone` being the flow it would go on in. The first is let in to show its number; every
    /// other ends it, however far it was.
    #[must_use]
    pub fn opened(self, phone: FlowId) -> Self {
        match self.stage {
            Stage::Shown => Self { phone: Some(phone), stage: Stage::Opened { wrong: 0 }, ..self },
            Stage::Over(_) => self,
            Stage::Opened { .. } | Stage::Admitted { .. } | Stage::Made(_) => {
                Self { stage: Stage::Over(Ended::SecondOpening), ..self }
            }
        }
    }

    /// A number was typed at the desk.
    ///
    /// # Errors
    /// [`NotNext`] where no phone waits for one.
    pub fn numbered(self, right: bool) -> Result<Numbered, NotNext> {
        let Stage::Opened { wrong } = self.stage else { return Err(NotNext) };
        if right {
            return Ok(Numbered::Admitted(Self { stage: Stage::Admitted { seed: None }, ..self }));
        }
        let wrong = wrong.saturating_add(1);
        let left = NUMBER_TRIES.saturating_sub(wrong);
        let stage = if left == 0 { Stage::Over(Ended::WrongNumbers) } else { Stage::Opened { wrong } };
        Ok(Numbered::Wrong(Self { stage, ..self }, left))
    }

    /// The phone is offered the seed of an app.
    ///
    /// # Errors
    /// [`NotNext`]
    pub fn offering(self, seed: PendingSeed) -> Result<Self, NotNext> {
        self.admitted()?;
        Ok(Self { stage: Stage::Admitted { seed: Some(seed) }, ..self })
    }

    /// The seed the phone was offered, while it may make a method.
    ///
    /// # Errors
    /// [`NotNext`]
    pub fn admitted(&self) -> Result<Option<&PendingSeed>, NotNext> {
        match &self.stage {
            Stage::Admitted { seed } => Ok(seed.as_ref()),
            _ => Err(NotNext),
        }
    }

    /// The phone made a method.
    ///
    /// # Errors
    /// [`NotNext`]
    pub fn made(self, made: Made) -> Result<Self, NotNext> {
        self.admitted()?;
        Ok(Self { stage: Stage::Made(Box::new(made)), ..self })
    }

    /// The desk says yes to what was made: it is to be added now, on this ground, once.
    ///
    /// # Errors
    /// [`NotNext`] where nothing waits for a yes.
    pub fn confirmed(self) -> Result<(Self, Made), NotNext> {
        let Stage::Made(made) = self.stage else { return Err(NotNext) };
        Ok((Self { stage: Stage::Over(Ended::Confirmed), ..self }, *made))
    }

    /// What the desk said yes to could not be added.
    #[must_use]
    pub fn refused(self) -> Self {
        Self { stage: Stage::Over(Ended::Refused), ..self }
    }

    /// The desk leaves it, at any step. What ended before stays as it ended.
    #[must_use]
    pub fn left(self) -> Self {
        match self.stage {
            Stage::Over(_) => self,
            _ => Self { stage: Stage::Over(Ended::Left), ..self },
        }
    }
}

#[cfg(test)]
#[path = "on_phone_tests.rs"]
mod tests;
