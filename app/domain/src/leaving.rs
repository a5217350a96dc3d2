//! The way out through her browser: services that can only be told there are asked to end her session one after another
//! (SAML profiles 4.4.3). Her own session is over before it begins, so that whatever comes of it opens nothing.
//!
//! Each step is taken once: a service is asked by one message and only the answer to that one counts; whoever began it is
//! answered once. She need not wait for anybody: what was not answered is passed over, and said.
//!
//! Applications of OpenID Connect answer nothing (OIDC Front-Channel Logout 1.0): before anybody is asked, one page shows each
//! of them its address in a frame. What came of that nobody can know.

use crate::ids::{FlowId, RelyingPartyId, SessionId, VisitId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A way out through services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// The session that was ended.
    pub session: SessionId,
    /// Who is to hear how it went.
    pub asker: Asker,
    /// Applications to be told in frames of one page, until she went on from there.
    #[serde(default)]
    framed: Vec<Call>,
    /// Services nobody asked yet, in their order.
    left: Vec<Call>,
    stage: Stage,
}

/// Who began it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asker {
    /// She herself, at the portal.
    Portal,
    /// A SAML service, by a request.
    Service {
        /// Which.
        relying_party: RelyingPartyId,
        /// The request's own id.
        message: String,
        /// Opaque, given back unchanged.
        relay_state: Option<String>,
    },
    /// An application, which said where she goes afterwards.
    Application {
        /// What people call it.
        name: String,
        /// One of its own addresses.
        address: String,
        /// Opaque, given back unchanged.
        state: Option<String>,
    },
}

/// One service to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Which.
    pub relying_party: RelyingPartyId,
    /// What people call it.
    pub service: String,
    /// Her sessions there that it knows by one name.
    pub visits: Vec<VisitId>,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    /// Nobody is asked at the moment.
    Between,
    /// The page with the frames was shown.
    Shown {
        /// When, for the first time.
        at: Timestamp,
    },
    /// This one was asked and has not answered.
    Asked {
        /// Which.
        call: Call,
        /// The request's own id.
        message: String,
        /// When.
        at: Timestamp,
    },
    /// Nobody is left, and whoever began it was not answered.
    Over,
    /// Whoever began it was answered by this message.
    Answered {
        /// The answer's own id.
        message: String,
    },
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// These applications are told in frames of one page; she goes on from there herself.
    Show {
        /// Which.
        calls: &'a [Call],
        /// Nobody has shown them yet.
        first: bool,
    },
    /// This service is asked.
    Ask(&'a Call),
    /// This one was asked; she waits for it, or passes it over.
    Wait(&'a Call),
    /// Whoever began it hears how it went.
    Answer(&'a Asker),
    /// Nothing.
    Done,
}

/// That is not what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("another step comes first")]
pub struct NotNow;

impl Leaving {
    /// Begins with these applications to tell in frames, and then these services to ask.
    pub fn begin(session: SessionId, asker: Asker, framed: Vec<Call>, left: Vec<Call>) -> Self {
        Self { session, asker, framed, left, stage: Stage::Between }.settled()
    }

    /// What comes next.
    pub fn step(&self) -> Step<'_> {
        if !self.framed.is_empty() {
            return Step::Show { calls: &self.framed, first: self.stage == Stage::Between };
        }
        match (&self.stage, self.left.first()) {
            (Stage::Between, Some(call)) => Step::Ask(call),
            (Stage::Asked { call, .. }, _) => Step::Wait(call),
            (Stage::Between | Stage::Shown { .. } | Stage::Over, _) if self.asker != Asker::Portal => {
                Step::Answer(&self.asker)
            }
            (Stage::Between | Stage::Shown { .. } | Stage::Over | Stage::Answered { .. }, _) => Step::Done,
        }
    }

    /// Whether somebody is still to be told or asked, or has not answered.
    pub fn is_walking(&self) -> bool {
        matches!(self.step(), Step::Show { .. } | Step::Ask(_) | Step::Wait(_))
    }

    /// Whether this session at a service is one nobody has given up waiting for.
    pub fn waits_for(&self, visit: VisitId) -> bool {
        let asked = match &self.stage {
            Stage::Asked { call, .. } => Some(call),
            Stage::Between | Stage::Shown { .. } | Stage::Over | Stage::Answered { .. } => None,
        };
        self.framed.iter().chain(&self.left).chain(asked).any(|call| call.visits.contains(&visit))
    }

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

    /// With nobody left it is over.
    fn settled(self) -> Self {
        let nobody = self.framed.is_empty() && self.left.is_empty();
        Self { stage: if nobody { Stage::Over } else { Stage::Between }, ..self }
    }
}

/// What a service said about logging out; its signature held.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogoutSaid {
    /// It wants a session to end.
    Request(LogoutRequested),
    /// It answers a request of ours.
    Answer(LogoutAnswered),
}

/// A service wants a session to end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutRequested {
    /// Which service.
    pub relying_party: RelyingPartyId,
    /// The request's own id.
    pub message_id: String,
    /// Whose, by the name it knows her by; none where it is no name of the kind it is given.
    pub name_id: Option<String>,
    /// Which, by the indexes it was given; all of hers there without any.
    pub session_indexes: Vec<String>,
    /// Opaque, given back unchanged.
    pub relay_state: Option<String>,
}

/// A service answers a request of ours.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutAnswered {
    /// Which service.
    pub relying_party: RelyingPartyId,
    /// The answer's own id.
    pub message_id: String,
    /// The request it answers.
    pub in_response_to: String,
    /// The way out the request belonged to, where that can be read.
    pub walk: Option<FlowId>,
    /// Why its session is not over, as a word; none: it is.
    pub refused: Option<String>,
}

impl LogoutSaid {
    /// The message's own id.
    pub fn message_id(&self) -> &str {
        match self {
            Self::Request(asked) => &asked.message_id,
            Self::Answer(answer) => &answer.message_id,
        }
    }

    /// Who said it.
    pub fn relying_party(&self) -> RelyingPartyId {
        match self {
            Self::Request(asked) => asked.relying_party,
            Self::Answer(answer) => answer.relying_party,
        }
    }
}

impl core::fmt::Debug for LogoutSaid {
    /// Never the name it knows her by.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("LogoutSaid").field("message_id", &self.message_id()).finish_non_exhaustive()
    }
}
impl core::fmt::Debug for LogoutRequested {
    /// Never the name it knows her by.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("LogoutRequested").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}
impl core::fmt::Debug for LogoutAnswered {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("LogoutAnswered").field("in_response_to", &self.in_response_to).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn call(number: u128) -> Call {
        Call {
            relying_party: Uuid::from_u128(number).into(),
            service: format!("Service {number}"),
            visits: vec![Uuid::from_u128(100 + number).into()],
        }
    }

    fn service() -> Asker {
        Asker::Service {
            relying_party: Uuid::from_u128(9).into(),
            message: "_ask".into(),
            relay_state: Some("opaque".into()),
        }
    }

    fn through(asker: Asker, numbers: &[u128]) -> Leaving {
        framing(asker, &[], numbers)
    }

    fn framing(asker: Asker, framed: &[u128], numbers: &[u128]) -> Leaving {
        let calls = |numbers: &[u128]| numbers.iter().map(|number| call(*number)).collect();
        Leaving::begin(Uuid::from_u128(1).into(), asker, calls(framed), calls(numbers))
    }

    fn asked(leaving: Leaving, message: &str) -> Leaving {
        leaving.asked(message.into(), Timestamp::UNIX_EPOCH).unwrap()
    }

    fn by(number: u128) -> RelyingPartyId {
        Uuid::from_u128(number).into()
    }

    #[test]
    fn services_are_asked_one_after_another_and_whoever_began_it_hears_last_and_once() {
        let leaving = through(service(), &[1, 2]);
        assert_eq!(leaving.step(), Step::Ask(&call(1)));
        assert_eq!(leaving.clone().told("_early".into()), Err(NotNow));
        let leaving = asked(leaving, "_m1");
        assert_eq!(leaving.step(), Step::Wait(&call(1)));
        assert_eq!(leaving.clone().asked("_m2".into(), Timestamp::UNIX_EPOCH), Err(NotNow), "one at a time");
        let (leaving, over) = leaving.answered(by(1), "_m1").unwrap();
        assert_eq!(over, call(1));
        let (leaving, _) = asked(leaving, "_m2").answered(by(2), "_m2").unwrap();
        assert_eq!(leaving.step(), Step::Answer(&service()));
        let leaving = leaving.told("_answer".into()).unwrap();
        assert_eq!((leaving.step(), leaving.is_walking()), (Step::Done, false));
        assert_eq!(leaving.told("_twice".into()), Err(NotNow));
    }

    #[test]
    fn only_the_service_that_was_asked_answers_and_only_that_message_and_once() {
        let leaving = asked(through(Asker::Portal, &[1, 2]), "_m1");
        assert_eq!(leaving.clone().answered(by(2), "_m1"), Err(NotNow), "another service");
        assert_eq!(leaving.clone().answered(by(1), "_m2"), Err(NotNow), "another message");
        let (leaving, _) = leaving.answered(by(1), "_m1").unwrap();
        assert_eq!(leaving.answered(by(1), "_m1"), Err(NotNow), "twice");
    }

    #[test]
    fn who_is_asked_again_answers_the_second_message_alone() {
        let leaving = asked(through(Asker::Portal, &[1]), "_m1").again().unwrap();
        let leaving = asked(leaving, "_m2");
        assert_eq!(leaving.clone().answered(by(1), "_m1"), Err(NotNow));
        assert!(leaving.answered(by(1), "_m2").is_ok());
    }

    #[test]
    fn nobody_must_be_waited_for() {
        let leaving = asked(through(Asker::Portal, &[1, 2, 3]), "_m1");
        let waited: Vec<bool> =
            [1, 2, 4].map(|n| leaving.waits_for(Uuid::from_u128(100 + n).into())).to_vec();
        assert_eq!(waited, [true, true, false]);
        let (leaving, passed) = leaving.passed_over().unwrap();
        assert_eq!(passed, call(1));
        assert_eq!(leaving.step(), Step::Ask(&call(2)));
        let (leaving, waited_for, unasked) = asked(leaving, "_m2").stopped();
        assert_eq!((waited_for, unasked), (vec![call(2)], vec![call(3)]));
        assert_eq!((leaving.step(), leaving.is_walking()), (Step::Done, false));
        assert_eq!(leaving.clone().answered(by(2), "_m2"), Err(NotNow), "too late");
        assert_eq!(leaving.clone().passed_over(), Err(NotNow));
        assert_eq!(leaving.clone().left_out(), Err(NotNow));
        assert_eq!(leaving.again(), Err(NotNow));
    }

    #[test]
    fn frames_are_shown_before_anybody_is_asked_and_until_she_goes_on() {
        let leaving = framing(service(), &[7, 8], &[1]);
        let calls = [call(7), call(8)];
        assert_eq!(leaving.step(), Step::Show { calls: &calls, first: true });
        assert!(leaving.is_walking() && leaving.waits_for(Uuid::from_u128(107).into()));
        assert_eq!(leaving.clone().asked("_m1".into(), Timestamp::UNIX_EPOCH), Err(NotNow));
        assert_eq!(leaving.clone().left_out(), Err(NotNow));
        assert_eq!(leaving.clone().told("_early".into()), Err(NotNow));
        let (_, waited_for, unasked) = leaving.clone().stopped();
        assert_eq!((waited_for, unasked), (vec![], vec![call(7), call(8), call(1)]), "nobody saw them");
        let leaving = leaving.shown(Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(leaving.step(), Step::Show { calls: &calls, first: false });
        assert_eq!(leaving.clone().shown(Timestamp::UNIX_EPOCH), Err(NotNow), "the first time is once");
        assert_eq!(leaving.clone().passed_over(), Err(NotNow));
        assert_eq!(leaving.clone().again(), Err(NotNow));
        let (over, waited_for, unasked) = leaving.clone().stopped();
        assert_eq!((waited_for, unasked), (calls.to_vec(), vec![call(1)]));
        assert_eq!(over.step(), Step::Answer(&service()));
        let (leaving, told) = leaving.past_frames().unwrap();
        assert_eq!((told, leaving.step()), (calls.to_vec(), Step::Ask(&call(1))));
        assert_eq!(leaving.past_frames(), Err(NotNow));
        let (leaving, _) = framing(Asker::Portal, &[7], &[]).past_frames().unwrap();
        assert_eq!((leaving.step(), leaving.is_walking()), (Step::Done, false));
    }

    #[test]
    fn with_nobody_to_ask_it_is_over_at_once() {
        assert_eq!(through(Asker::Portal, &[]).step(), Step::Done);
        assert_eq!(through(service(), &[]).step(), Step::Answer(&service()));
        let (leaving, gone) = through(service(), &[1]).left_out().unwrap();
        assert_eq!((gone, leaving.step()), (call(1), Step::Answer(&service())));
        let (leaving, ..) = leaving.told("_answer".into()).unwrap().stopped();
        assert_eq!(leaving.step(), Step::Done, "answered already");
    }

    #[test]
    fn a_name_is_not_shown_by_debug() {
        let said = LogoutSaid::Request(LogoutRequested {
            relying_party: by(1),
            message_id: "_1".into(),
            name_id: Some("secret".into()),
            session_indexes: vec![],
            relay_state: None,
        });
        assert!(!format!("{said:?}").contains("secret"));
    }
}
