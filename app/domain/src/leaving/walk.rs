//! The steps of a way out: each is taken once, and only when it is what comes next.

use super::{Call, Leaving, NotNow, Stage, Step};
use crate::ids::RelyingPartyId;
use jiff::Timestamp;

impl Leaving {
    /// The page with the frames is shown now. It may be shown again until she goes on.
    ///
    /// # Errors
    /// [`NotNow`] where there is nothing to show, or it was shown before.
    pub fn shown(self, at: Timestamp) -> Result<Self, NotNow> {
        match self.step() {
            Step::Show { first: true, .. } => Ok(Self { stage: Stage::Shown { at }, ..self }),
            _ => Err(NotNow),
        }
    }

    /// She went on from the page with the frames, or there was nothing to show on it. Gives whom it was about.
    ///
    /// # Errors
    /// [`NotNow`] where nobody is to be told in a frame any more.
    pub fn past_frames(self) -> Result<(Self, Vec<Call>), NotNow> {
        if self.framed.is_empty() {
            return Err(NotNow);
        }
        let Self { session, asker, framed, left, .. } = self;
        Ok((Self { session, asker, framed: Vec::new(), left, stage: Stage::Between }.settled(), framed))
    }

    /// The next service was asked by this message.
    ///
    /// # Errors
    /// [`NotNow`]
    pub fn asked(mut self, message: String, at: Timestamp) -> Result<Self, NotNow> {
        if !matches!(self.step(), Step::Ask(_)) {
            return Err(NotNow);
        }
        let call = self.left.remove(0);
        Ok(Self { stage: Stage::Asked { call, message, at }, ..self })
    }

    /// The service that was asked answered that very message; gives what it was asked about.
    ///
    /// # Errors
    /// [`NotNow`] for an answer of another service or to another message.
    pub fn answered(self, by: RelyingPartyId, to: &str) -> Result<(Self, Call), NotNow> {
        match &self.stage {
            Stage::Asked { call, message, .. } if call.relying_party == by && message == to => {
                self.passed_over()
            }
            _ => Err(NotNow),
        }
    }

    /// She does not wait for the service that was asked: its answer counts no more. Gives what it was asked about.
    ///
    /// # Errors
    /// [`NotNow`] where nobody was asked.
    pub fn passed_over(self) -> Result<(Self, Call), NotNow> {
        match self.stage {
            Stage::Asked { call, .. } => Ok((Self { stage: Stage::Between, ..self }.settled(), call)),
            Stage::Between | Stage::Shown { .. } | Stage::Over | Stage::Answered { .. } => Err(NotNow),
        }
    }

    /// The next service cannot be asked after all; gives what it would have been asked about.
    ///
    /// # Errors
    /// [`NotNow`]
    pub fn left_out(mut self) -> Result<(Self, Call), NotNow> {
        if !matches!(self.step(), Step::Ask(_)) {
            return Err(NotNow);
        }
        let call = self.left.remove(0);
        Ok((self.settled(), call))
    }

    /// The service that was asked is asked once more, by another message; an answer to the first counts no more.
    ///
    /// # Errors
    /// [`NotNow`] where nobody was asked.
    pub fn again(mut self) -> Result<Self, NotNow> {
        match self.stage {
            Stage::Asked { call, .. } => {
                self.left.insert(0, call);
                Ok(Self { stage: Stage::Between, ..self })
            }
            Stage::Between | Stage::Shown { .. } | Stage::Over | Stage::Answered { .. } => Err(NotNow),
        }
    }

    /// She waits for nobody any more; gives what was not answered, and what was not asked.
    pub fn stopped(self) -> (Self, Vec<Call>, Vec<Call>) {
        let Self { session, asker, mut framed, left, stage } = self;
        let (waited_for, stage) = match stage {
            Stage::Asked { call, .. } => (vec![call], Stage::Over),
            Stage::Shown { .. } => (core::mem::take(&mut framed), Stage::Over),
            Stage::Between => (Vec::new(), Stage::Over),
            over @ (Stage::Over | Stage::Answered { .. }) => (Vec::new(), over),
        };
        framed.extend(left);
        (Self { session, asker, framed: Vec::new(), left: Vec::new(), stage }, waited_for, framed)
    }

    /// Whoever began it was answered by this message.
    ///
    /// # Errors
    /// [`NotNow`] while somebody is left, and once it was.
    pub fn told(self, message: String) -> Result<Self, NotNow> {
        match self.step() {
            Step::Answer(_) => Ok(Self { stage: Stage::Answered { message }, ..self }),
            Step::Show { .. } | Step::Ask(_) | Step::Wait(_) | Step::Done => Err(NotNow),
        }
    }
}
