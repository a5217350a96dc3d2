//! What is also kept outside, as the database has it; and what a recovery does to everybody.

use super::StoreFault;
use crate::ports::vault::Mac;
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{Epoch, OutsideId, PersonId, RecordId, RecoveryId};
use serde::{Deserialize, Serialize};

/// A record with its place in the chain: each MAC covers the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counts from one, without a gap.
    pub place: u64,
    /// Which record.
    pub id: RecordId,
    /// The record as it was written, byte by byte.
    pub body: String,
    /// The MAC.
    pub mac: Mac,
}

/// A recovery under way: whoever comes after a crash goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// Which.
    pub id: RecoveryId,
    /// The last place the database knew.
    pub from: u64,
    /// The last place outside.
    pub to: u64,
    /// The last person who was given what she was owed.
    pub given: Option<PersonId>,
    /// The last person whose sessions were ended.
    pub ended: Option<PersonId>,
    /// What was done so far.
    pub done: Recovered,
}

/// What a recovery did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovered {
    /// Records the database had never had.
    pub records: u64,
    /// Holds that were put again.
    pub holds: u64,
    /// People whose means were taken away again.
    pub revoked: u64,
    /// Authenticators that were taken away again.
    pub factors: u64,
    /// People who open their logins with MitID because what they sign in with is lost.
    pub opened_anew: u64,
    /// Keys whose lives were ended again.
    pub keys: u64,
    /// Everybody: epoch raised, sessions and flows ended, recovery codes void.
    pub people: u64,
    /// Whom the database does not know.
    pub unknown: Vec<PersonId>,
    /// Who was erased again.
    pub erased: Vec<PersonId>,
}

/// Records that are also kept outside.
#[async_trait]
pub trait Outside {
    /// Queues a record; leaves with the transaction. Whoever has a person's row locked queues in the order of her epochs.
    async fn queue_record(&mut self, id: RecordId, body: &str) -> Result<(), StoreFault>;
    /// Records without a place, in the order they were queued, at most `limit`.
    async fn waiting_records(&mut self, limit: u32) -> Result<Vec<(RecordId, String)>, StoreFault>;
    /// How many have no place.
    async fn records_waiting(&mut self) -> Result<u64, StoreFault>;
    /// Until the end of the transaction nobody else gives places or recovers.
    async fn lock_outside(&mut self) -> Result<(), StoreFault>;
    /// The last line.
    async fn last_line(&mut self) -> Result<Option<Line>, StoreFault>;
    /// Gives records their places; one that is not there is added, one that has its place keeps it.
    async fn place_records(&mut self, lines: &[Line]) -> Result<(), StoreFault>;
    /// Lines after a place, at most `limit`.
    async fn lines_after(&mut self, place: u64, limit: u32) -> Result<Vec<Line>, StoreFault>;
    /// Up to which place a file was written.
    async fn outside_file(&mut self, id: OutsideId) -> Result<Option<u64>, StoreFault>;
    /// How many files there are.
    async fn outside_files(&mut self) -> Result<u64, StoreFault>;
    /// Notes that a file was written up to there; never lowers it.
    async fn put_outside_file(&mut self, id: OutsideId, place: u64, at: Timestamp) -> Result<(), StoreFault>;

    /// The recovery under way.
    async fn recovery(&mut self) -> Result<Option<Recovery>, StoreFault>;
    /// Adds it, or keeps it as it is now; [`StoreFault::Conflict`] when another one is under way.
    async fn put_recovery(&mut self, recovery: &Recovery) -> Result<(), StoreFault>;
    /// Ends it; false when it was ended before.
    async fn end_recovery(&mut self, id: RecoveryId, at: Timestamp) -> Result<bool, StoreFault>;
    /// A page of everybody after `after`.
    async fn people_after(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<PersonId>, StoreFault>;
    /// Raises her epoch; one that is as high already stays.
    async fn raise_epoch(&mut self, id: PersonId, epoch: Epoch) -> Result<(), StoreFault>;
}
