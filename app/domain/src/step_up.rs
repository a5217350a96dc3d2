//! "Confirm again": a fresh proof of who sits at an open session, made for one thing, good for five minutes, spent once.

use crate::contact::ChannelKind;
use crate::enrolment::PendingSeed;
use crate::ids::{FactorId, FlowId, PersonId, SessionId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long it lasts once it was made.
pub const STEP_UP_HOLDS: SignedDuration = SignedDuration::from_mins(5);

/// What it is made for. What is made for one is no good for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StepUpFor {
    /// Changing where notices of this kind go.
    Contact(ChannelKind),
    /// Taking her own data out.
    OwnData,
    /// Adding, renaming or removing a login method.
    Factors,
    /// Taking a code device into use.
    CodeDevice,
    /// Printing a new sheet of codes; the one before is dead.
    Sheet,
    /// Another password, beside the current one.
    Password,
    /// Ending one of her work relations.
    Relation,
    /// Proposing or publishing terms, as an administrator.
    Terms,
}

impl StepUpFor {
    /// Everything it may be for.
    pub const ALL: [Self; 9] = [
        Self::Contact(ChannelKind::PrivateMail),
        Self::Contact(ChannelKind::Mobile),
        Self::OwnData,
        Self::Factors,
        Self::CodeDevice,
        Self::Sheet,
        Self::Password,
        Self::Relation,
        Self::Terms,
    ];

    /// The word in forms and the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contact(kind) => kind.word(),
            Self::OwnData => "own-data",
            Self::Factors => "factors",
            Self::CodeDevice => "code-device",
            Self::Sheet => "sheet",
            Self::Password => "password",
            Self::Relation => "relation",
            Self::Terms => "terms",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }
}

/// One step-up, asked for and perhaps made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepUp {
    /// Who is asked.
    pub person: PersonId,
    /// In which session.
    pub session: SessionId,
    /// What for.
    pub purpose: StepUpFor,
    shown_at: Option<Timestamp>,
    #[serde(default)]
    by: Option<FactorId>,
    #[serde(default)]
    seed: Option<PendingSeed>,
}

/// A step-up that was made. Only [`StepUp::fresh`] gives one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshStepUp {
    /// Who made it.
    pub person: PersonId,
    /// In which session.
    pub session: SessionId,
    /// What for.
    pub purpose: StepUpFor,
    /// The flow that is spent with it.
    pub flow: FlowId,
    /// Which of her login methods she showed; none where an instance of before made it, which knew no purpose that asks.
    pub by: Option<FactorId>,
    /// When.
    pub at: Timestamp,
}

/// Why a step-up opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFresh {
    /// The factor was not shown yet.
    #[error("not shown yet")]
    NotShown,
    /// Too long ago.
    #[error("the five minutes are over")]
    RanOut,
    /// Made for something else.
    #[error("made for another purpose")]
    OtherPurpose,
    /// Made in another session.
    #[error("made in another session")]
    OtherSession,
}

impl StepUp {
    /// Asks for it.
    pub fn ask(person: PersonId, session: SessionId, purpose: StepUpFor) -> Self {
        Self { person, session, purpose, shown_at: None, by: None, seed: None }
    }

    /// This one of her login methods was shown now. A password makes none.
    #[must_use]
    pub fn shown(self, by: FactorId, now: Timestamp) -> Self {
        Self { shown_at: Some(now), by: Some(by), ..self }
    }

    /// The same with the seed of a new app that is offered with it.
    #[must_use]
    pub fn offering(self, seed: PendingSeed) -> Self {
        Self { seed: Some(seed), ..self }
    }

    /// The seed that is offered with it.
    pub fn offered(&self) -> Option<&PendingSeed> {
        self.seed.as_ref()
    }

    /// Until when it lasts; none before the factor was shown.
    pub fn until(&self) -> Option<Timestamp> {
        self.shown_at.map(|at| at.saturating_add(STEP_UP_HOLDS).unwrap_or(at))
    }

    /// The proof, for this purpose in this session.
    ///
    /// # Errors
    /// [`NotFresh`]
    pub fn fresh(
        &self,
        flow: FlowId,
        purpose: StepUpFor,
        session: SessionId,
        now: Timestamp,
    ) -> Result<FreshStepUp, NotFresh> {
        if self.session != session {
            return Err(NotFresh::OtherSession);
        }
        if self.purpose != purpose {
            return Err(NotFresh::OtherPurpose);
        }
        let (Some(at), Some(until)) = (self.shown_at, self.until()) else { return Err(NotFresh::NotShown) };
        if now >= until {
            return Err(NotFresh::RanOut);
        }
        Ok(FreshStepUp { person: self.person, session, purpose, flow, by: self.by, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn it_is_good_for_its_purpose_in_its_session_for_five_minutes() {
        let (session, flow): (SessionId, FlowId) = (Uuid::from_u128(2).into(), Uuid::from_u128(3).into());
        for purpose in StepUpFor::ALL {
            let asked = StepUp::ask(Uuid::from_u128(1).into(), session, purpose);
            assert_eq!(asked.fresh(flow, purpose, session, at(0)), Err(NotFresh::NotShown));
            let made = asked.shown(Uuid::from_u128(4).into(), at(0));
            assert_eq!(made.fresh(flow, purpose, session, at(299)).unwrap().purpose, purpose);
            assert_eq!(made.fresh(flow, purpose, session, at(300)), Err(NotFresh::RanOut));
            let elsewhere = Uuid::from_u128(9).into();
            assert_eq!(made.fresh(flow, purpose, elsewhere, at(1)), Err(NotFresh::OtherSession));
            for other in StepUpFor::ALL.into_iter().filter(|other| *other != purpose) {
                assert_eq!(made.fresh(flow, other, session, at(1)), Err(NotFresh::OtherPurpose));
            }
        }
    }

    #[test]
    fn one_that_an_instance_of_before_wrote_is_read() {
        let id = Uuid::from_u128(1);
        let old = format!(r#"{{"person":"{id}","session":"{id}","purpose":"OwnData","shown_at":null}}"#);
        let read: StepUp = serde_json::from_str(&old).unwrap();
        assert_eq!(read, StepUp::ask(id.into(), id.into(), StepUpFor::OwnData));
    }

    #[test]
    fn its_words_are_read_back() {
        for purpose in StepUpFor::ALL {
            assert_eq!(StepUpFor::from_word(purpose.word()), Some(purpose));
        }
        assert_eq!(StepUpFor::from_word("block"), None);
    }
}
