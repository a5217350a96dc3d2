//! What people sign in with, and the count of wrong answers.

use super::StoreFault;
use crate::ports::vault::{Mac, Sealed};
use async_trait::async_trait;
use domain::Timestamp;
use domain::code_device::CodeDevice;
use domain::factor::{AuthenticatorApp, TimeStep};
use domain::flow::Flow;
use domain::ids::{FactorId, FlowId, PersonId};
use domain::person::UserName;
use domain::standing::Standing;
use domain::throttle::{CodeCount, Wrong};

/// Passwords, authenticators and the count of wrong answers.
#[async_trait]
pub trait Credentials {
    /// Who has this user name, and her password's hash if she has one.
    async fn password_of(
        &mut self,
        name: &UserName,
    ) -> Result<Option<(PersonId, Option<String>)>, StoreFault>;
    /// What a right password is held against once more: its flow locked as by [`super::Flows::flow_for_update`], and then her
    /// row held steady as by [`super::People::standing_steady`]. `sources` are the MACs of where she is.
    async fn password_shown(
        &mut self,
        flow: FlowId,
        id: PersonId,
        sources: &[Mac],
    ) -> Result<PasswordShown, StoreFault>;
    /// Her password's hash, PHC string.
    async fn password_hash(&mut self, id: PersonId) -> Result<Option<String>, StoreFault>;
    /// Sets it.
    async fn set_password_hash(&mut self, id: PersonId, hash: &str, at: Timestamp) -> Result<(), StoreFault>;
    /// When it was set.
    async fn password_set_at(&mut self, id: PersonId) -> Result<Option<Timestamp>, StoreFault>;
    /// Takes away her password, all her authenticator apps and all her keys, and puts her code devices aside; gives how many
    /// of all.
    async fn revoke_means(&mut self, id: PersonId) -> Result<u64, StoreFault>;
    /// Her authenticator apps with their sealed seeds.
    async fn apps_of(&mut self, id: PersonId) -> Result<Vec<(AuthenticatorApp, Sealed)>, StoreFault>;
    /// Adds one.
    async fn add_app(&mut self, app: &AuthenticatorApp, seed: &Sealed) -> Result<(), StoreFault>;
    /// Accepts a step of one that was found newer than the last in this transaction, with the count of her codes locked: so
    /// nobody accepts another meanwhile. One that is not newer is a fault.
    async fn use_up_step(&mut self, id: FactorId, step: TimeStep, at: Timestamp) -> Result<(), StoreFault>;

    /// Wrong answers in a row behind a door (a MAC of account and source), the door locked until the end of the
    /// transaction: of any number of guesses at once, each sees what those before it counted.
    async fn wrong_for_update(&mut self, door: Mac) -> Result<Wrong, StoreFault>;
    /// Wrong answers behind a door since then.
    async fn wrong_since(&mut self, door: Mac, since: Timestamp) -> Result<u32, StoreFault>;
    /// When the n-th newest wrong answer behind a door was, counted from one; none when there are fewer.
    async fn nth_newest_wrong(&mut self, door: Mac, n: u32) -> Result<Option<Timestamp>, StoreFault>;
    /// What stands behind the doors of a guess. Locked as by [`Credentials::wrong_for_update`], in this order: its own
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

    /// Wrong codes at her login, locked until the end of the transaction. Kept until a proof, whatever its age.
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
    /// As [`Credentials::codes_since`] for a page: nothing is locked, and nobody who writes keeps it waiting.
    async fn look_at_codes(
        &mut self,
        id: PersonId,
        door: Mac,
        since: Timestamp,
    ) -> Result<(CodeCount, u32), StoreFault>;
    /// Keeps them as they are now.
    async fn keep_codes(&mut self, id: PersonId, count: CodeCount) -> Result<(), StoreFault>;

    /// Notes that she signed in from a source (a MAC of person and network).
    async fn know_source(&mut self, id: PersonId, source: Mac, at: Timestamp) -> Result<(), StoreFault>;
    /// Whether she signed in from any of these.
    async fn knows_source(&mut self, id: PersonId, sources: &[Mac]) -> Result<bool, StoreFault>;
    /// Forgets sources nobody signed in from since then, at most `limit`; gives how many.
    async fn prune_sources(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreFault>;
}

/// What a right password is held against once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordShown {
    /// Its flow, where it is there.
    pub flow: Option<Flow>,
    /// As [`super::People::standing_steady`].
    pub standing: Option<Standing>,
    /// As [`Credentials::password_hash`].
    pub hash: Option<String>,
    /// Whether she has any passkey or security key.
    pub has_keys: bool,
    /// Whether she signed in before, and from none of these sources.
    pub elsewhere: bool,
}

/// All that a code is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodesOnRecord {
    /// Wrong codes at her login.
    pub count: CodeCount,
    /// The wrong answers behind the door that was asked about.
    pub lately: u32,
    /// As [`Credentials::apps_of`].
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
    /// [`Credentials::knows_source`].
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
    /// As [`Credentials::knows_source`] of its owner; nobody's is not known.
    pub knows_source: bool,
}
