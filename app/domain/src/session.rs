//! A signed-in session: what was shown, when, and how long it lasts (NSIS 6.5, 6.6).

use crate::factor::FactorKind;
use crate::ids::{BrowserId, Epoch, PersonId, SessionId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long sessions last; configurable only downward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionTimes {
    /// Without use.
    pub idle: SignedDuration,
    /// In all.
    pub absolute: SignedDuration,
}

impl Default for SessionTimes {
    fn default() -> Self {
        Self { idle: SignedDuration::from_mins(30), absolute: SignedDuration::from_mins(60) }
    }
}

impl SessionTimes {
    /// The same without the limit on doing nothing here: for what an application asks while she works there.
    #[must_use]
    pub fn at_work(self) -> Self {
        Self { idle: self.absolute, ..self }
    }
}

/// One signed-in session of one person in one browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// The person's epoch when it began; a hold raises hers and so ends this.
    pub epoch: Epoch,
    /// The browser it lives in.
    pub browser: BrowserId,
    /// The factors shown, each with the time.
    pub shown: Vec<(FactorKind, Timestamp)>,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ended {
    /// Not used for too long, or too old.
    #[error("the session has run out")]
    RanOut,
    /// A hold was put on the person meanwhile.
    #[error("the session was ended")]
    Revoked,
    /// It belongs to another browser.
    #[error("the session belongs to another browser")]
    OtherBrowser,
}

impl Session {
    /// Whether it still holds for a person at this epoch.
    ///
    /// # Errors
    /// [`Ended`]
    pub fn alive(
        &self,
        browser: BrowserId,
        epoch: Epoch,
        times: SessionTimes,
        now: Timestamp,
    ) -> Result<(), Ended> {
        if self.browser != browser {
            Err(Ended::OtherBrowser)
        } else if self.epoch != epoch {
            Err(Ended::Revoked)
        } else if now >= self.ends_at(times) {
            Err(Ended::RanOut)
        } else {
            Ok(())
        }
    }

    /// When it ends if it is not used again.
    pub fn ends_at(&self, times: SessionTimes) -> Timestamp {
        let idle = self.seen_at.saturating_add(times.idle).unwrap_or(self.seen_at);
        idle.min(self.must_end_at(times))
    }

    /// When it ends whatever happens.
    pub fn must_end_at(&self, times: SessionTimes) -> Timestamp {
        self.began_at.saturating_add(times.absolute).unwrap_or(self.began_at)
    }

    /// When the oldest of its factors was shown: the instant of authentication a token names.
    pub fn authenticated_at(&self) -> Timestamp {
        self.shown.iter().map(|(_, at)| *at).min().unwrap_or(self.began_at)
    }

    /// Last seen is written at most once a minute.
    pub fn wants_touch(&self, now: Timestamp) -> bool {
        now.duration_since(self.seen_at) >= SignedDuration::from_mins(1)
    }

    /// The kinds of factor shown.
    pub fn kinds(&self) -> Vec<FactorKind> {
        self.shown.iter().map(|(kind, _)| *kind).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }
    fn sample() -> Session {
        Session {
            id: Uuid::from_u128(1).into(),
            person: Uuid::from_u128(2).into(),
            epoch: Epoch(3),
            browser: Uuid::from_u128(4).into(),
            shown: vec![(FactorKind::Password, at(0)), (FactorKind::AuthenticatorApp, at(1))],
            began_at: at(1),
            seen_at: at(1),
        }
    }

    #[test]
    fn it_ends_after_half_an_hour_unused_and_after_one_hour_anyhow() {
        let times = SessionTimes::default();
        let session = sample();
        assert_eq!(session.alive(session.browser, Epoch(3), times, at(30)), Ok(()));
        assert_eq!(session.alive(session.browser, Epoch(3), times, at(31)), Err(Ended::RanOut));
        let used = Session { seen_at: at(59), ..sample() };
        assert_eq!(used.alive(used.browser, Epoch(3), times, at(60)), Ok(()));
        assert_eq!(used.alive(used.browser, Epoch(3), times, at(61)), Err(Ended::RanOut));
    }

    #[test]
    fn a_raised_epoch_or_another_browser_ends_it() {
        let session = sample();
        let times = SessionTimes::default();
        assert_eq!(session.alive(session.browser, Epoch(4), times, at(2)), Err(Ended::Revoked));
        assert_eq!(
            session.alive(Uuid::from_u128(5).into(), Epoch(3), times, at(2)),
            Err(Ended::OtherBrowser)
        );
    }
}
