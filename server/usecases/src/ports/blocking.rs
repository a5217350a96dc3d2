//! What blocking and reopening ask of the store beyond people and sessions.

use super::store::StoreFault;
use super::vault::Mac;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{Epoch, FactorId, NoticeId, PersonId, RelyingPartyId, VisitId};
use domain::notice::Notice;
use domain::printed::{Printed, PrintedKind};
use domain::visit::{Ending, Visit};

/// Printed codes, links in notices, and where a person is logged in.
#[async_trait]
pub trait Blocking {
    /// Replaces her codes of a kind by these; the old ones are dead, used or not.
    async fn put_printed(
        &mut self,
        id: PersonId,
        kind: PrintedKind,
        macs: &[Mac],
        at: Timestamp,
    ) -> Result<(), StoreFault>;
    /// The code with any of these MACs; none when it is not hers. Nothing is locked by looking.
    async fn printed(
        &mut self,
        id: PersonId,
        kind: PrintedKind,
        macs: &[Mac],
    ) -> Result<Option<Printed>, StoreFault>;
    /// Uses up every code of a kind that she has.
    async fn spend_printed(
        &mut self,
        id: PersonId,
        kind: PrintedKind,
        at: Timestamp,
    ) -> Result<(), StoreFault>;
    /// Uses up the one with any of these MACs; false when it is not hers, or was used.
    async fn use_printed(
        &mut self,
        id: PersonId,
        kind: PrintedKind,
        macs: &[Mac],
        at: Timestamp,
    ) -> Result<bool, StoreFault>;
    /// When the oldest sheet with an unused code was made; none when there is no unused code.
    async fn oldest_sheet(&mut self) -> Result<Option<Timestamp>, StoreFault>;
    /// How many of a kind are unused.
    async fn printed_left(&mut self, id: PersonId, kind: PrintedKind) -> Result<u32, StoreFault>;

    /// Notes the epoch she opened her login with: what was sent under an older one is dead.
    async fn note_opened(&mut self, id: PersonId, epoch: Epoch) -> Result<(), StoreFault>;
    /// That epoch; the first one when she never had to.
    async fn opened_epoch(&mut self, id: PersonId) -> Result<Epoch, StoreFault>;
    /// Logins whose owner blocked them before then and never opened them, the longest blocked first.
    async fn suspended_before(&mut self, before: Timestamp, limit: u32) -> Result<Vec<PersonId>, StoreFault>;
    /// A notice that was queued, with her epoch then; sent or not.
    async fn notice(&mut self, id: NoticeId) -> Result<Option<(Notice, Epoch)>, StoreFault>;

    /// Takes an authenticator away, or puts a code device aside; false when she did not sign in with it.
    async fn remove_app(&mut self, person: PersonId, app: FactorId) -> Result<bool, StoreFault>;

    /// Remembers a token handed to a service. The caller holds the person's row steady.
    async fn add_visit(&mut self, visit: &Visit) -> Result<(), StoreFault>;
    /// Her visits that had not ended by themselves at `now`, the oldest first.
    async fn visits_of(&mut self, id: PersonId, now: Timestamp) -> Result<Vec<Visit>, StoreFault>;
    /// Services where she has visits that nobody was asked to end and that have not ended by themselves.
    async fn services_visited(
        &mut self,
        id: PersonId,
        now: Timestamp,
    ) -> Result<Vec<RelyingPartyId>, StoreFault>;
    /// Sets what comes of ending all of those at one service; with [`Ending::Asked`] they are due at `due`.
    async fn end_visits_at(
        &mut self,
        id: PersonId,
        service: RelyingPartyId,
        ending: Ending,
        due: Option<Timestamp>,
    ) -> Result<(), StoreFault>;
    /// Sets what comes of ending one; with [`Ending::Asked`] it is due at `due`.
    async fn end_visit(
        &mut self,
        id: VisitId,
        ending: Ending,
        due: Option<Timestamp>,
    ) -> Result<(), StoreFault>;
    /// Services that are to be told of a visit now.
    async fn services_to_tell(&mut self, now: Timestamp) -> Result<Vec<RelyingPartyId>, StoreFault>;
    /// Takes visits one service is to be told of now, each leased until `lease`, with the failures so far.
    async fn take_visits_to_end(
        &mut self,
        service: RelyingPartyId,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> Result<Vec<(Visit, u32)>, StoreFault>;
    /// A service did not answer; it is told again at `retry`.
    async fn visit_not_ended(&mut self, id: VisitId, retry: Timestamp) -> Result<(), StoreFault>;
    /// Deletes visits that ended by themselves before, at most `limit`; gives how many.
    async fn prune_visits(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;
}
