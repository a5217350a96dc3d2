//! What came of one request: from the code through every refresh to its end. The refresh tokens of an authorization are
//! one family: using any of them twice ends them all (RFC 9700 2.2.2, 4.14.2).

use super::client::hash;
use super::request::{Asked, AuthorizeRequest};
use super::ticket::CODE_HOLDS;
use crate::ids::{Epoch, PersonId, SessionId, VisitId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One authorization; its name is the visit it began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorization {
    /// The visit, and on the wire `sid`.
    pub visit: VisitId,
    /// Who.
    pub person: PersonId,
    /// Her epoch then: a hold ends what was authorized before it.
    pub epoch: Epoch,
    /// The session of ours it rests on; when that is ended, so is this.
    pub session: SessionId,
    /// What was asked; the client, the redirect URI, the challenge and the nonce are those of the code.
    pub request: AuthorizeRequest,
    /// When it ends whatever happens.
    pub until: Timestamp,
    /// SHA-256 of the certificate its tokens count together with; none: they count for whoever holds them (RFC 8705 3).
    #[serde(default)]
    pub bound_to: Option<[u8; 32]>,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    /// A code is out.
    Code { until: Timestamp },
    /// Tokens are out; the newest refresh token has this number.
    Open { generation: u32 },
    /// It is over.
    Ended,
}

/// Why a code is not exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotExchanged {
    /// It was exchanged before: whoever holds what came of it may be a thief, so that ends too (RFC 6749 4.1.2).
    #[error("code-used-twice")]
    Twice,
    /// It is too old, or what it stood for is over.
    #[error("code-over")]
    Over,
    /// Another redirect URI than it was made for.
    #[error("code-other-redirect")]
    OtherRedirect,
    /// What is shown is not what was promised (RFC 7636).
    #[error("code-verifier")]
    Verifier,
}

/// Why a refresh token is not exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRefreshed {
    /// It was exchanged before: one of two who hold it is a thief.
    #[error("refresh-used-twice")]
    Twice,
    /// What it stood for is over.
    #[error("refresh-over")]
    Over,
}

impl Authorization {
    /// Begins with a code.
    pub fn begin(
        visit: VisitId,
        (person, epoch): (PersonId, Epoch),
        session: SessionId,
        request: AuthorizeRequest,
        (now, until): (Timestamp, Timestamp),
    ) -> Self {
        let code = now.saturating_add(CODE_HOLDS).unwrap_or(now).min(until);
        let stage = Stage::Code { until: code };
        Self { visit, person, epoch, session, request, until, bound_to: None, stage }
    }

    /// The same, whose tokens count together with this certificate from now on.
    #[must_use]
    pub fn bound(self, to: Option<[u8; 32]>) -> Self {
        Self { bound_to: to, ..self }
    }

    /// Whether an access token of it may be shown by whoever proved to hold this certificate, given by its SHA-256.
    pub fn may_be_shown_with(&self, certificate: Option<[u8; 32]>) -> bool {
        self.bound_to.is_none() || self.bound_to == certificate
    }

    /// Until when its code may be exchanged.
    pub fn code_until(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Code { until } => Some(until),
            Stage::Open { .. } | Stage::Ended => None,
        }
    }

    /// Exchanges the code. Whatever is wrong with how that is done, the code is spent: [`Authorization::ended`].
    ///
    /// # Errors
    /// [`NotExchanged`]
    pub fn exchange(self, redirect_uri: &str, verifier: &str, now: Timestamp) -> Result<Self, NotExchanged> {
        match self.stage {
            Stage::Open { .. } => Err(NotExchanged::Twice),
            Stage::Ended => Err(NotExchanged::Over),
            Stage::Code { until } if now >= until => Err(NotExchanged::Over),
            Stage::Code { .. } if redirect_uri != self.request.answer.redirect_uri => {
                Err(NotExchanged::OtherRedirect)
            }
            Stage::Code { .. } if !promised(&self.request.challenge, verifier) => Err(NotExchanged::Verifier),
            Stage::Code { .. } => Ok(Self { stage: Stage::Open { generation: 1 }, ..self }),
        }
    }

    /// Exchanges the refresh token of this number for the next.
    ///
    /// # Errors
    /// [`NotRefreshed`]
    pub fn refresh(self, generation: u32, now: Timestamp) -> Result<Self, NotRefreshed> {
        match self.stage {
            Stage::Open { generation: newest } if now >= self.until || generation > newest => {
                Err(NotRefreshed::Over)
            }
            Stage::Open { generation: newest } if generation < newest => Err(NotRefreshed::Twice),
            Stage::Open { generation: newest } => {
                Ok(Self { stage: Stage::Open { generation: newest.saturating_add(1) }, ..self })
            }
            Stage::Code { .. } | Stage::Ended => Err(NotRefreshed::Over),
        }
    }

    /// The number of the newest tokens, while it is open at `now`.
    pub fn open(&self, now: Timestamp) -> Option<u32> {
        match self.stage {
            Stage::Open { generation } if now < self.until => Some(generation),
            Stage::Open { .. } | Stage::Code { .. } | Stage::Ended => None,
        }
    }

    /// The same, over: nothing that came of it counts any more.
    #[must_use]
    pub fn ended(self) -> Self {
        Self { stage: Stage::Ended, ..self }
    }

    /// What the application asked to be told.
    pub fn asked(&self) -> &Asked {
        &self.request.asked
    }
}

/// RFC 7636 4.1 and 4.6: 43 to 128 unreserved characters, whose SHA-256 was sent ahead.
fn promised(challenge: &[u8; 32], verifier: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&verifier.len())
        && verifier.bytes().all(unreserved)
        && hash(verifier.as_bytes()) == *challenge
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oidc::request::{AnswerTo, Mode};
    use jiff::SignedDuration;
    use uuid::Uuid;

    const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123";
    const BACK: &str = "https://app.example/back";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }
    fn begun() -> Authorization {
        let request = AuthorizeRequest {
            relying_party: Uuid::from_u128(1).into(),
            display_name: "App".into(),
            answer: AnswerTo { redirect_uri: BACK.into(), mode: Mode::Query, state: None },
            nonce: None,
            challenge: hash(VERIFIER.as_bytes()),
            scopes: vec!["openid".into()],
            asked: Asked::default(),
            level: None,
            force: false,
            passive: false,
            max_age: None,
            hint: None,
            login_hint: None,
            languages: Vec::new(),
            at: at(0),
        };
        let person = (Uuid::from_u128(2).into(), Epoch(0));
        let (visit, session) = (Uuid::from_u128(3).into(), Uuid::from_u128(4).into());
        Authorization::begin(visit, person, session, request, (at(0), at(3600)))
    }

    #[test]
    fn a_code_is_exchanged_once_within_a_minute_by_whoever_shows_what_was_promised() {
        let open = begun().exchange(BACK, VERIFIER, at(59)).unwrap();
        assert_eq!(open.open(at(59)), Some(1));
        assert_eq!(open.clone().exchange(BACK, VERIFIER, at(59)), Err(NotExchanged::Twice));
        assert_eq!(begun().exchange(BACK, VERIFIER, at(60)), Err(NotExchanged::Over));
        assert_eq!(
            begun().exchange("https://app.example/back/", VERIFIER, at(1)),
            Err(NotExchanged::OtherRedirect)
        );
        for wrong in ["", "short", &VERIFIER.to_uppercase(), &format!("{VERIFIER} "), &"a".repeat(129)] {
            assert_eq!(begun().exchange(BACK, wrong, at(1)), Err(NotExchanged::Verifier), "{wrong}");
        }
        assert_eq!(begun().ended().exchange(BACK, VERIFIER, at(1)), Err(NotExchanged::Over));
        assert_eq!(open.ended().open(at(59)), None);
    }

    #[test]
    fn what_is_bound_to_a_certificate_counts_with_no_other_and_not_alone() {
        let free = begun();
        assert!(free.may_be_shown_with(None) && free.may_be_shown_with(Some([1; 32])));
        let bound = begun().bound(Some([1; 32])).exchange(BACK, VERIFIER, at(1)).unwrap();
        assert!(bound.may_be_shown_with(Some([1; 32])));
        assert!(!bound.may_be_shown_with(Some([2; 32])) && !bound.may_be_shown_with(None));
    }

    #[test]
    fn an_older_refresh_token_is_one_used_twice() {
        let open = begun().exchange(BACK, VERIFIER, at(1)).unwrap();
        assert_eq!(begun().refresh(1, at(1)), Err(NotRefreshed::Over), "a code is no refresh token");
        let second = open.refresh(1, at(600)).unwrap();
        assert_eq!(second.open(at(600)), Some(2));
        assert_eq!(second.clone().refresh(1, at(601)), Err(NotRefreshed::Twice));
        assert_eq!(second.clone().refresh(3, at(601)), Err(NotRefreshed::Over), "the database is behind");
        assert_eq!(second.clone().refresh(2, at(3600)), Err(NotRefreshed::Over));
        assert_eq!(second.clone().ended().refresh(2, at(601)), Err(NotRefreshed::Over));
        assert!(second.refresh(2, at(3599)).is_ok());
    }

    #[test]
    fn a_code_outlives_no_session() {
        let until = at(0) + SignedDuration::from_secs(10);
        let Authorization { visit, person, epoch, session, request, .. } = begun();
        let short = Authorization::begin(visit, (person, epoch), session, request, (at(0), until));
        assert_eq!(short.exchange(BACK, VERIFIER, at(10)), Err(NotExchanged::Over));
    }
}
