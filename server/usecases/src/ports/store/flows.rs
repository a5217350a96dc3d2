//! Flows, invitations and enrolments under way.

use super::StoreFault;
use crate::ports::vault::Mac;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ceremony::Serves;
use domain::flow::Flow;
use domain::ids::{BrowserId, Epoch, FlowId, PersonId};

/// Flows and one-time links.
#[async_trait]
pub trait Flows {
    /// Adds a flow.
    async fn add_flow(&mut self, flow: &Flow) -> Result<(), StoreFault>;
    /// One flow, to look at.
    async fn flow(&mut self, id: FlowId) -> Result<Option<Flow>, StoreFault>;
    /// One flow, locked until the end of the transaction.
    async fn flow_for_update(&mut self, id: FlowId) -> Result<Option<Flow>, StoreFault>;
    /// Keeps it as it is now.
    async fn save_flow(&mut self, flow: &Flow) -> Result<(), StoreFault>;
    /// Uses it up; false when it was already.
    async fn spend_flow(&mut self, id: FlowId) -> Result<bool, StoreFault>;
    /// Uses up one that this transaction locked; refuses the commit where it is not there.
    async fn use_up_flow(&mut self, id: FlowId) -> Result<(), StoreFault>;
    /// Ends all flows of a person, waiting for those in use. Flows are locked before their person: whoever holds her
    /// row already calls [`Flows::sweep_flows`].
    async fn end_flows(&mut self, id: PersonId) -> Result<u64, StoreFault>;
    /// Ends all flows of a person but those in use this moment, without waiting. Only where her epoch rises with it,
    /// or where what those go on to do is refused by what the caller changed: they come too late by themselves.
    async fn sweep_flows(&mut self, id: PersonId) -> Result<(), StoreFault>;
    /// Locks all flows of a person until the end of the transaction: for who will end some of them once she is locked
    /// too. Flows come before their person, everywhere.
    async fn lock_flows(&mut self, id: PersonId) -> Result<(), StoreFault>;
    /// Ends all flows of a person but those of one browser.
    async fn end_flows_elsewhere(&mut self, id: PersonId, browser: BrowserId) -> Result<u64, StoreFault>;
    /// Ends the trips to MitID this browser began while nobody was known and that serve no other flow, but for so many of
    /// the newest; gives how many.
    async fn end_idle_trips(&mut self, browser: BrowserId, keep: u32) -> Result<u64, StoreFault>;
    /// Ends the questions for a key that this browser was asked for just this, of this person or of nobody known, but for
    /// those in use this moment.
    async fn end_same_questions(
        &mut self,
        browser: BrowserId,
        person: Option<PersonId>,
        serves: &Serves,
    ) -> Result<(), StoreFault>;
    /// Ends the questions for a key this browser was asked whose answer would begin a sign-in, but for so many of the newest
    /// and those in use this moment.
    async fn end_idle_questions(&mut self, browser: BrowserId, keep: u32) -> Result<(), StoreFault>;
    /// Deletes those that ran out before, at most `limit`; gives how many.
    async fn prune_flows(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;

    /// Keeps an invitation: whose, at which epoch, until when. One open invitation a person; a newer one replaces it.
    async fn put_invitation(
        &mut self,
        id: PersonId,
        mac: Mac,
        epoch: Epoch,
        until: Timestamp,
    ) -> Result<(), StoreFault>;
    /// The invitation behind any of these MACs.
    async fn invitation(&mut self, macs: &[Mac]) -> Result<Option<Invitation>, StoreFault>;
    /// Ends her invitation.
    async fn end_invitation(&mut self, id: PersonId) -> Result<(), StoreFault>;

    /// Notes that she proved who she is in an enrolment that is not finished; a newer proof replaces the one before.
    async fn enrolment_open(&mut self, id: PersonId, proved_at: Timestamp) -> Result<(), StoreFault>;
    /// When she did, while it is not finished.
    async fn enrolment_open_since(&mut self, id: PersonId) -> Result<Option<Timestamp>, StoreFault>;
    /// Whose enrolments were proved before then and are not finished, oldest first, at most `limit`.
    async fn enrolments_open_before(
        &mut self,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<PersonId>, StoreFault>;
    /// It is finished, or given up.
    async fn enrolment_over(&mut self, id: PersonId) -> Result<(), StoreFault>;
}

/// An invitation to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Whose.
    pub person: PersonId,
    /// Her epoch when it was made.
    pub epoch: Epoch,
    /// Until when.
    pub until: Timestamp,
}
