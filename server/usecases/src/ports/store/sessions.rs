//! Signed-in sessions, and what a decision to issue rests on.

use super::StoreFault;
use crate::ports::vault::Mac;
use async_trait::async_trait;
use domain::Timestamp;
use domain::association::Association;
use domain::ids::{BrowserId, PersonId, SessionId};
use domain::person::Person;
use domain::proofing::IdentityProofing;
use domain::publication::Published;
use domain::reconfirmation::Proved;
use domain::session::Session;
use domain::standing::Standing;
use domain::terms::TermsHash;

/// Signed-in sessions.
#[async_trait]
pub trait Sessions {
    /// Adds one. The caller holds the person's row steady.
    async fn add_session(&mut self, session: &Session) -> Result<(), StoreFault>;
    /// The same, and ends the one its browser had, the newest, when this one begins.
    async fn replace_session(&mut self, session: &Session) -> Result<(), StoreFault>;
    /// A session and all a decision to issue rests on, her row held steady as by [`super::People::person_steady`].
    async fn evidence(&mut self, id: SessionId) -> Result<Option<Evidence>, StoreFault>;
    /// All that decides whether she who showed enough gets her session, her row held steady as by
    /// [`super::People::person_steady`]; none where nobody is. `sources` are the MACs of where she is.
    async fn admission(&mut self, id: PersonId, sources: &[Mac]) -> Result<Option<Admission>, StoreFault>;
    /// The session of a browser as by [`Sessions::session_in`], with its person.
    async fn session_with_person(
        &mut self,
        browser: BrowserId,
    ) -> Result<Option<(Session, Person)>, StoreFault>;
    /// One session that was not ended.
    async fn session(&mut self, id: SessionId) -> Result<Option<Session>, StoreFault>;
    /// The session of a browser that was not ended, the newest.
    async fn session_in(&mut self, browser: BrowserId) -> Result<Option<Session>, StoreFault>;
    /// Notes its use; changes nothing once it was ended.
    async fn touch_session(&mut self, id: SessionId, at: Timestamp) -> Result<(), StoreFault>;
    /// Ends one; false when it was ended before.
    async fn end_session(&mut self, id: SessionId, at: Timestamp) -> Result<bool, StoreFault>;
    /// Those of a person that were not ended, the newest first.
    async fn sessions_of(&mut self, id: PersonId) -> Result<Vec<Session>, StoreFault>;
    /// Ends all of a person; gives how many.
    async fn end_sessions(&mut self, id: PersonId, at: Timestamp) -> Result<u64, StoreFault>;
    /// Deletes those that began before, at most `limit`; gives how many.
    async fn prune_sessions(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;
}

/// What a decision to issue rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The session, which was not ended.
    pub session: Session,
    /// Whose it is.
    pub person: Person,
    /// As [`super::People::standing`].
    pub standing: Standing,
    /// As [`super::Relations::last_proofing`].
    pub proofing: Option<IdentityProofing>,
    /// When HR changed her name the last time, if ever.
    pub renamed_at: Option<Timestamp>,
    /// As [`super::Relations::associations_of`].
    pub associations: Vec<Association>,
    /// As [`super::Publications::published_terms`].
    pub published: Vec<Published>,
    /// Which terms she accepted last.
    pub accepted: Option<TermsHash>,
}

/// What decides whether she who showed enough gets her session, and what is asked of her on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// As [`super::People::standing`].
    pub standing: Standing,
    /// As [`super::Relations::associations_of`].
    pub associations: Vec<Association>,
    /// As [`super::Publications::published_terms`].
    pub published: Vec<Published>,
    /// Which terms she accepted last.
    pub accepted: Option<TermsHash>,
    /// As [`super::Reconfirmations::proved`].
    pub proved: Option<Proved>,
    /// Whether she signed in before, and from none of these sources.
    pub elsewhere: bool,
}
