//! The count of wrong answers.

use super::StoreFault;
use crate::ports::vault::{Mac, Sealed};
use async_trait::async_trait;
use domain::Timestamp;
use domain::code_device::CodeDevice;
use domain::factor::AuthenticatorApp;
use domain::ids::PersonId;
use domain::throttle::{CodeCount, Wrong};

/// Wrong answers behind doors (MACs of account and source), and wrong codes at a login.
#[async_trait]
pub trait WrongAnswers {
    /// Wrong answers in a row behind a door (a MAC of account and source), the door locked until the end of the
    /// transaction: of any number of guesses at once, each sees what those before it counted.
    async fn wrong_for_update(&mut self, door: Mac) -> Result<Wrong, StoreFault>;
    /// Wrong answers behind a door since then.
    async fn wrong_since(&mut self, door: Mac, since: Timestamp) -> Result<u32, StoreFault>;
    /// When the n-th newest wrong answer behind a door was, counted from one; none when there are fewer.
    async fn nth_newest_wrong(&mut self, door: Mac, n: u32) -> Result<Option<Timestamp>, StoreFault>;
    /// What stands behind the doors of a guess. Locked as by [`WrongAnswers::wrong_for_update`], in this order: its own
    /// door and its source's.
    async fn guesses_for_update(&mut self, at: &GuessDoors) -> Result<Guesses, StoreFault>;
    /// Counts one more.
    async fn count_wrong(&mut self, door: Mac, at: Timestamp) -> Result<Wrong, StoreFault>;
    /// Counts one more behind each of these doors, in this order; at most three.
    async fn count_wrong_at(&mut self, doors: &[Mac], at: Timestamp) -> Result<(), StoreFault>;
    /// Takes back, at each of these doors in this order, at most three, one that was counted at that instant: it was
    /// right, or nobody could tell.
    async fn take_back_wrong(&mut self, doors: &[Mac], at: Timestamp) -> Result<(), StoreFault>;
    /// A right answer: the row of wrong ones begins anew (the month's count stays).
    async fn forget_wrong(&mut self, door: Mac) -> Result<(), StoreFault>;
    /// Deletes counts older than that and doors nothing is known of any more, at most `limit` of each; gives how many of both.
    async fn prune_wrong(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;

    /// Wrong codes at her login, locked until the end of the transaction. Kept whatever their age: see [`CodeCount`].
    async fn codes_for_update(&mut self, id: PersonId) -> Result<CodeCount, StoreFault>;
    /// The same, and the wrong answers behind `door` since then, or since her last proof where that came later.
    async fn codes_since(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<(CodeCount, u32), StoreFault>;
    /// The same, and what her codes are tried against: all that a code is held against.
    async fn codes_with_means(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<CodesOnRecord, StoreFault>;
    /// As [`WrongAnswers::codes_since`] for a page: nothing is locked, and nobody who writes keeps it waiting.
    async fn look_at_codes(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<(CodeCount, u32), StoreFault>;
    /// Keeps them as they are now.
    async fn keep_codes(&mut self, id: PersonId, count: CodeCount) -> Result<(), StoreFault>;
}

/// All that a code is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodesOnRecord {
    /// Wrong codes at her login.
    pub count: CodeCount,
    /// The wrong answers behind the door that was asked about.
    pub lately: u32,
    /// As [`super::Credentials::apps_of`].
    pub apps: Vec<(AuthenticatorApp, Sealed)>,
    /// As [`super::CodeDevices::devices_of`].
    pub devices: Vec<(CodeDevice, Sealed)>,
}

/// The doors of a guess by somebody who may be a stranger.
#[derive(Clone, Debug)]
pub struct GuessDoors {
    /// Its own: of account and source.
    pub own: Mac,
    /// Of the source, and which of the newest wrong answers there is asked for, counted from one.
    pub source: (Mac, u32),
    /// Of the account, likewise.
    pub account: (Mac, u32),
    /// Whose account it is, an id nobody has where it is nobody's, and where the guess is made, as by
    /// [`super::KnownSources::knows_source`].
    pub owner: (PersonId, Vec<Mac>),
}

/// What stands behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guesses {
    /// Wrong ones in a row at its own door.
    pub wrong: Wrong,
    /// When the asked one at the source was; none when there are fewer.
    pub at_source: Option<Timestamp>,
    /// When the asked one at the account was.
    pub at_account: Option<Timestamp>,
    /// As [`super::KnownSources::knows_source`] of its owner; nobody's is not known.
    pub knows_source: bool,
}
