//! The store: one transaction at a time, every row behind a typed question.
//!
//! A look-up gives `Option`; "not found" is no fault. Every write happens in a transaction that either commits whole
//! or leaves nothing. Network calls and hashing never happen inside one, and none lasts over 50 ms.

use super::blocking::Blocking;
use super::vault::{KeyUse, Mac, Sealed};
use async_trait::async_trait;
use domain::association::{Association, Cvr};
use domain::audit::{Hash, Link, Row};
use domain::factor::{AuthenticatorApp, TimeStep};
use domain::flow::Flow;
use domain::ids::{
    AssociationId, BrowserId, Epoch, EventId, FactorId, FlowId, ImportId, KeyId, NoticeId, PersonId,
    RelyingPartyId, RoleId, RotationId, SessionId,
};
use domain::notice::{Notice, Template};
use domain::person::{Person, UserName};
use domain::proofing::IdentityProofing;
use domain::relying_party::RelyingParty;
use domain::role::Role;
use domain::session::Session;
use domain::standing::{Hold, Origin, Standing};
use domain::terms::{TermsAcceptance, TermsHash, TermsVersion};
use domain::throttle::{CodeCount, Wrong};
use domain::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A database behind one port.
#[async_trait]
pub trait Store: Send + Sync {
    /// Begins a transaction that may write. `name` stands in metrics. Dropping it rolls back.
    /// SQLite: `BEGIN IMMEDIATE`; PostgreSQL: read committed, rows locked where the question says so.
    async fn begin(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault>;

    /// The same, ahead of everybody who waits to write: a block must not stand behind a storm of logins.
    async fn begin_at_once(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault>;

    /// Begins a transaction that only reads, on a consistent view, beside writers.
    async fn reading(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault>;

    /// For one question that reads: as [`Store::reading`], but of two questions each may see its own moment.
    async fn look(&self, name: &'static str) -> Result<Box<dyn Tx>, StoreFault>;
}

/// The database's own clock, to compare with ours (security decision 27).
#[async_trait]
pub trait DatabaseClock: Send + Sync {
    /// What it shows now, in UTC.
    async fn database_now(&self) -> Result<Timestamp, StoreFault>;
}

/// The database failed or is not there. No database, no token.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The database said so.
    #[error("the database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row holds something this programme cannot read.
    #[error("a row cannot be read: {0}")]
    Unreadable(&'static str),
    /// Something that must be unique is there already.
    #[error("already there: {0}")]
    Conflict(&'static str),
}

/// One transaction.
#[async_trait]
pub trait Tx:
    People + Credentials + Flows + Sessions + Services + Trail + Post + Blocking + Kept + Send + Sync
{
    /// Makes everything lasting. Bytes are released to the world only after this returned.
    async fn commit(self: Box<Self>) -> Result<(), StoreFault>;
}

/// A person as HR's feed makes her.
#[derive(Debug)]
pub struct NewPerson<'a> {
    /// Who.
    pub person: &'a Person,
    /// Her number, sealed.
    pub cpr: &'a Sealed,
    /// Her number's blind index.
    pub cpr_index: Mac,
    /// The wrapped key of her part of the trail.
    pub trail_key: &'a Sealed,
    /// When.
    pub at: Timestamp,
}

/// People, relations, holds, proofs and accepts.
#[async_trait]
pub trait People {
    /// One person.
    async fn person(&mut self, id: PersonId) -> Result<Option<Person>, StoreFault>;
    /// One person, her row locked so that nobody puts a hold meanwhile (`FOR SHARE`).
    async fn person_steady(&mut self, id: PersonId) -> Result<Option<Person>, StoreFault>;
    /// One person, her row locked for a change (`FOR UPDATE`).
    async fn person_for_update(&mut self, id: PersonId) -> Result<Option<Person>, StoreFault>;
    /// By any of these blind indexes.
    async fn person_by_cpr(&mut self, indexes: &[Mac]) -> Result<Option<PersonId>, StoreFault>;
    /// By user name.
    async fn person_by_user_name(&mut self, name: &UserName) -> Result<Option<PersonId>, StoreFault>;
    /// Who ever had this user name; names are never given to another.
    async fn user_name_owner(&mut self, name: &UserName) -> Result<Option<PersonId>, StoreFault>;
    /// Adds a person and reserves her user name for ever.
    async fn add_person(&mut self, new: NewPerson<'_>) -> Result<(), StoreFault>;
    /// Changes names, contact and user name (reserving the new one). Never the epoch.
    async fn change_person(&mut self, person: &Person) -> Result<(), StoreFault>;
    /// Her sealed number.
    async fn cpr_of(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault>;
    /// Replaces her number (only ever before a proofing).
    async fn set_cpr(&mut self, id: PersonId, cpr: &Sealed, index: Mac) -> Result<(), StoreFault>;
    /// The wrapped key of her part of the trail; none once shredded.
    async fn trail_key_of(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault>;
    /// Her open holds and epoch.
    async fn standing(&mut self, id: PersonId) -> Result<Standing, StoreFault>;
    /// The same, her row held steady from before it is read, as by [`People::person_steady`]; none where nobody is.
    async fn standing_steady(&mut self, id: PersonId) -> Result<Option<Standing>, StoreFault>;
    /// Adds a hold and sets the raised epoch, in one.
    async fn add_hold(&mut self, id: PersonId, hold: &Hold, epoch: Epoch) -> Result<(), StoreFault>;
    /// How many people have an open hold of an origin that was put since then.
    async fn holds_since(&mut self, origin: Origin, since: Timestamp) -> Result<u64, StoreFault>;
    /// Lifts her holds of one origin and sets the raised epoch, in one; every other hold stays. Gives how many.
    async fn lift_holds(&mut self, id: PersonId, origin: Origin, epoch: Epoch) -> Result<u64, StoreFault>;

    /// Her relations, oldest first.
    async fn associations_of(&mut self, id: PersonId) -> Result<Vec<Association>, StoreFault>;
    /// By HR's number.
    async fn association_by_number(
        &mut self,
        cvr: &Cvr,
        employee_number: &str,
    ) -> Result<Option<Association>, StoreFault>;
    /// Adds or changes one.
    async fn put_association(&mut self, association: &Association) -> Result<(), StoreFault>;
    /// How many are open.
    async fn open_associations(&mut self) -> Result<u64, StoreFault>;
    /// Open ones whose last day is before `today`, at most `limit`.
    async fn associations_over(&mut self, today: Date, limit: u32) -> Result<Vec<AssociationId>, StoreFault>;
    /// One of them.
    async fn association(&mut self, id: AssociationId) -> Result<Option<Association>, StoreFault>;

    /// Keeps a version of the terms; the same hash twice is one.
    async fn keep_terms(&mut self, terms: &TermsVersion) -> Result<(), StoreFault>;
    /// Records an accept.
    async fn add_acceptance(&mut self, acceptance: &TermsAcceptance) -> Result<(), StoreFault>;
    /// Her newest accept.
    async fn last_acceptance(&mut self, id: PersonId) -> Result<Option<TermsAcceptance>, StoreFault>;

    /// Records a proof.
    async fn add_proofing(&mut self, proofing: &IdentityProofing) -> Result<(), StoreFault>;
    /// Her newest proof.
    async fn last_proofing(&mut self, id: PersonId) -> Result<Option<IdentityProofing>, StoreFault>;

    /// Adds or changes a role.
    async fn put_role(&mut self, role: &Role) -> Result<(), StoreFault>;
    /// One role.
    async fn role(&mut self, id: RoleId) -> Result<Option<Role>, StoreFault>;
    /// Her roles.
    async fn roles_of(&mut self, id: PersonId) -> Result<Vec<Role>, StoreFault>;
    /// All roles, newest first.
    async fn roles(&mut self) -> Result<Vec<Role>, StoreFault>;

    /// Remembers a run of the HR feed.
    async fn add_import(
        &mut self,
        id: ImportId,
        at: Timestamp,
        operator: &str,
        source: &str,
        hash: [u8; 32],
    ) -> Result<(), StoreFault>;
}

/// Passwords, authenticators and the count of wrong answers.
#[async_trait]
pub trait Credentials {
    /// Who has this user name, and her password's hash if she has one.
    async fn password_of(
        &mut self,
        name: &UserName,
    ) -> Result<Option<(PersonId, Option<String>)>, StoreFault>;
    /// Her password's hash, PHC string.
    async fn password_hash(&mut self, id: PersonId) -> Result<Option<String>, StoreFault>;
    /// Sets it.
    async fn set_password_hash(&mut self, id: PersonId, hash: &str, at: Timestamp) -> Result<(), StoreFault>;
    /// When it was set.
    async fn password_set_at(&mut self, id: PersonId) -> Result<Option<Timestamp>, StoreFault>;
    /// Takes away her password and all her authenticator apps; gives how many of both.
    async fn revoke_means(&mut self, id: PersonId) -> Result<u64, StoreFault>;
    /// Her authenticator apps with their sealed seeds.
    async fn apps_of(&mut self, id: PersonId) -> Result<Vec<(AuthenticatorApp, Sealed)>, StoreFault>;
    /// Adds one.
    async fn add_app(&mut self, app: &AuthenticatorApp, seed: &Sealed) -> Result<(), StoreFault>;
    /// Accepts a step of one if it is newer than the last; false when it is not (also when another request was faster).
    async fn spend_step(&mut self, id: FactorId, step: TimeStep, at: Timestamp) -> Result<bool, StoreFault>;

    /// Wrong answers in a row behind a door (a MAC of account and source), the door locked until the end of the
    /// transaction: of any number of guesses at once, each sees what those before it counted.
    async fn wrong_for_update(&mut self, door: Mac) -> Result<Wrong, StoreFault>;
    /// Wrong answers behind a door since then.
    async fn wrong_since(&mut self, door: Mac, since: Timestamp) -> Result<u32, StoreFault>;
    /// When the n-th newest wrong answer behind a door was, counted from one; none when there are fewer.
    async fn nth_newest_wrong(&mut self, door: Mac, n: u32) -> Result<Option<Timestamp>, StoreFault>;
    /// What stands behind the doors of a guess. Locked as by [`Credentials::wrong_for_update`], in this order: its own
    /// door and its source's.
    async fn guesses_for_update(&mut self, at: GuessDoors) -> Result<Guesses, StoreFault>;
    /// Counts one more.
    async fn count_wrong(&mut self, door: Mac, at: Timestamp) -> Result<Wrong, StoreFault>;
    /// Counts one more behind each of these doors, in this order; at most three.
    async fn count_wrong_at(&mut self, doors: &[Mac], at: Timestamp) -> Result<(), StoreFault>;
    /// Takes back, at each of these doors in this order, at most three, one that was counted at that instant: it was
    /// right, or nobody could tell.
    async fn take_back_wrong(&mut self, doors: &[Mac], at: Timestamp) -> Result<(), StoreFault>;
    /// A right answer: the row of wrong ones begins anew (the month's count stays).
    async fn forget_wrong(&mut self, door: Mac) -> Result<(), StoreFault>;
    /// Deletes counts older than that; gives how many.
    async fn prune_wrong(&mut self, before: Timestamp) -> Result<u64, StoreFault>;

    /// Wrong codes at her login, locked until the end of the transaction. Kept until a proof, whatever its age.
    async fn codes_for_update(&mut self, id: PersonId) -> Result<CodeCount, StoreFault>;
    /// The same, and the wrong answers behind `door` since then, or since her last proof where that came later.
    async fn codes_since(
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
    /// Forgets sources nobody signed in from since then; gives how many.
    async fn prune_sources(&mut self, before: Timestamp) -> Result<u64, StoreFault>;
}

/// The doors of a guess by somebody who may be a stranger.
#[derive(Clone, Copy, Debug)]
pub struct GuessDoors {
    /// Its own: of account and source.
    pub own: Mac,
    /// Of the source, and which of the newest wrong answers there is asked for, counted from one.
    pub source: (Mac, u32),
    /// Of the account, likewise.
    pub account: (Mac, u32),
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
}

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
    /// Deletes those that ran out before; gives how many.
    async fn prune_flows(&mut self, before: Timestamp) -> Result<u64, StoreFault>;

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

/// Signed-in sessions.
#[async_trait]
pub trait Sessions {
    /// Adds one. The caller holds the person's row steady.
    async fn add_session(&mut self, session: &Session) -> Result<(), StoreFault>;
    /// The same, and ends the one its browser had, the newest, when this one begins.
    async fn replace_session(&mut self, session: &Session) -> Result<(), StoreFault>;
    /// A session and all a decision to issue rests on, her row held steady as by [`People::person_steady`].
    async fn evidence(&mut self, id: SessionId) -> Result<Option<Evidence>, StoreFault>;
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
    /// Deletes those that began before; gives how many.
    async fn prune_sessions(&mut self, before: Timestamp) -> Result<u64, StoreFault>;
}

/// What a decision to issue rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The session, which was not ended.
    pub session: Session,
    /// As [`People::standing`].
    pub standing: Standing,
    /// As [`People::last_proofing`].
    pub proofing: Option<IdentityProofing>,
    /// As [`People::associations_of`].
    pub associations: Vec<Association>,
    /// Which terms she accepted last.
    pub accepted: Option<TermsHash>,
}

/// A signing key as kept.
#[derive(Clone, Debug)]
pub struct SigningKey {
    /// Which.
    pub id: KeyId,
    /// The private key, PKCS#8 DER, sealed.
    pub sealed: Sealed,
    /// Its certificate, DER.
    pub certificate: Vec<u8>,
    /// Since when.
    pub created_at: Timestamp,
}

/// Connections, their keys and what they sent.
#[async_trait]
pub trait Services {
    /// By entity id.
    async fn relying_party_by_entity(&mut self, entity_id: &str) -> Result<Option<RelyingParty>, StoreFault>;
    /// By id.
    async fn relying_party(&mut self, id: RelyingPartyId) -> Result<Option<RelyingParty>, StoreFault>;
    /// All.
    async fn relying_parties(&mut self) -> Result<Vec<RelyingParty>, StoreFault>;
    /// Adds or replaces (same entity id keeps its id).
    async fn put_relying_party(&mut self, rp: &RelyingParty) -> Result<(), StoreFault>;
    /// Remembers a message id of a service; false when it was there: a replay. Shared by all instances.
    async fn first_time(
        &mut self,
        rp: RelyingPartyId,
        message_id: &str,
        until: Timestamp,
    ) -> Result<bool, StoreFault>;
    /// Forgets messages that could not be replayed any more.
    async fn prune_messages(&mut self, before: Timestamp) -> Result<u64, StoreFault>;
    /// The signing keys, newest first.
    async fn signing_keys(&mut self) -> Result<Vec<SigningKey>, StoreFault>;
    /// Adds one.
    async fn add_signing_key(&mut self, key: &SigningKey) -> Result<(), StoreFault>;
}

/// The audit trail.
#[async_trait]
pub trait Trail {
    /// Writes a row; it can never be changed or removed.
    async fn append(&mut self, row: &Row) -> Result<(), StoreFault>;
    /// Rows that are not in the chain yet, in their order, at most `limit`. Never "greater than the last id": a slow
    /// transaction's row must not be skipped.
    async fn unsequenced(&mut self, limit: u32) -> Result<Vec<Row>, StoreFault>;
    /// How many are not in the chain.
    async fn unsequenced_count(&mut self) -> Result<u64, StoreFault>;
    /// A row that neither has a place in the chain nor waits for one: it was not written through this store.
    async fn stray_row(&mut self) -> Result<Option<EventId>, StoreFault>;
    /// The end of the chain, locked so that one sequencer works at a time.
    async fn chain_end(&mut self) -> Result<(i64, Hash), StoreFault>;
    /// Adds links at its end.
    async fn chain(&mut self, links: &[Link]) -> Result<(), StoreFault>;
    /// Links after a place, each with its row if that is still there, at most `limit`.
    async fn chained_after(&mut self, place: i64, limit: u32)
    -> Result<Vec<(Link, Option<Row>)>, StoreFault>;
    /// The newest rows of these kinds about a person.
    async fn rows_about(&mut self, id: PersonId, kinds: &[&str], limit: u32) -> Result<Vec<Row>, StoreFault>;
    /// One row.
    async fn row(&mut self, id: EventId) -> Result<Option<Row>, StoreFault>;
    /// How many rows of each kind since then: for coverage tests and figures.
    async fn rows_of_kind(&mut self, kind: &str, since: Timestamp) -> Result<u64, StoreFault>;
}

/// The outbox.
#[async_trait]
pub trait Post {
    /// Queues a notice; leaves with the transaction.
    async fn enqueue(&mut self, notice: &Notice) -> Result<(), StoreFault>;
    /// Takes notices that are due, each leased until `lease`, so that two instances do not send the same; with the
    /// number of failures so far.
    async fn take_due(
        &mut self,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> Result<Vec<(Notice, u32)>, StoreFault>;
    /// It was sent.
    async fn sent(&mut self, id: NoticeId, at: Timestamp) -> Result<(), StoreFault>;
    /// It was not; again at `retry`, or never (a dead letter).
    async fn not_sent(&mut self, id: NoticeId, why: &str, retry: Option<Timestamp>)
    -> Result<(), StoreFault>;
    /// Takes back notices of a kind for a person that have not left.
    async fn withdraw(&mut self, id: PersonId, template: Template) -> Result<u64, StoreFault>;
    /// Deletes notices that were sent before then; gives how many.
    async fn prune_sent(&mut self, before: Timestamp) -> Result<u64, StoreFault>;
    /// How many wait and how many are dead.
    async fn waiting_and_dead(&mut self) -> Result<(u64, u64), StoreFault>;
}

/// What a database was made for. Stamped once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// Demo: simulator, sample people.
    Demo,
    /// Pilot: real people, no NSIS level.
    Pilot,
    /// Production.
    Production,
}

impl Stamp {
    /// The word kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Pilot => "pilot",
            Self::Production => "production",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Demo, Self::Pilot, Self::Production].into_iter().find(|stamp| stamp.word() == word)
    }
}

/// A rotation of keys that is under way. Written before the first key is made, so that whoever comes after a crash knows
/// which keys to make and goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// Which.
    pub id: RotationId,
    /// Since when.
    pub begun_at: Timestamp,
    /// The version each purpose gets.
    pub targets: BTreeMap<KeyUse, u32>,
    /// What was sealed anew so far.
    pub resealed: Resealed,
}

/// How many values were sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resealed {
    /// CPR numbers sealed anew.
    pub cprs: u64,
    /// CPR numbers indexed anew.
    pub indexes: u64,
    /// Authenticator seeds.
    pub seeds: u64,
    /// Persons' own keys of the trail, wrapped anew.
    pub trail_keys: u64,
    /// Signing keys.
    pub signing_keys: u64,
}

impl core::ops::AddAssign for Resealed {
    fn add_assign(&mut self, more: Self) {
        self.cprs += more.cprs;
        self.indexes += more.indexes;
        self.seeds += more.seeds;
        self.trail_keys += more.trail_keys;
        self.signing_keys += more.signing_keys;
    }
}

/// What the trail tells of a key, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyStep {
    /// It was made.
    Created,
    /// Its life ended.
    Retired,
}

impl KeyStep {
    /// The word kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Retired => "retired",
        }
    }
}

/// Single facts about the database, and rewriting for key rotation.
#[async_trait]
pub trait Kept {
    /// What it was made for.
    async fn stamp(&mut self) -> Result<Option<Stamp>, StoreFault>;
    /// Stamps it, once; [`StoreFault::Conflict`] when it bears another stamp.
    async fn set_stamp(&mut self, stamp: Stamp) -> Result<(), StoreFault>;
    /// A page of sealed numbers with their blind indexes by person id after `after`, for re-sealing.
    async fn sealed_cprs(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Sealed, Mac)>, StoreFault>;
    /// Replaces a sealed number and its index, unless it is another than `before` by now or somebody is changing the
    /// person just then; says whether it did.
    async fn reseal_cpr(
        &mut self,
        id: PersonId,
        before: &Sealed,
        after: &Sealed,
        index: Mac,
    ) -> Result<bool, StoreFault>;
    /// A page of sealed seeds by factor id after `after`.
    async fn sealed_seeds(
        &mut self,
        after: Option<FactorId>,
        limit: u32,
    ) -> Result<Vec<(FactorId, Sealed)>, StoreFault>;
    /// Replaces a sealed seed; false when it is gone or somebody is changing the app just then.
    async fn reseal_seed(&mut self, id: FactorId, seed: &Sealed) -> Result<bool, StoreFault>;
    /// A page of wrapped trail keys by person id after `after`; shredded ones are left out.
    async fn trail_keys(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Sealed)>, StoreFault>;
    /// Replaces a sealed signing key; false when it is gone.
    async fn reseal_signing_key(&mut self, id: KeyId, sealed: &Sealed) -> Result<bool, StoreFault>;
    /// Replaces a wrapped trail key; false when it is gone. One that was shredded stays shredded.
    async fn rewrap_trail_key(&mut self, id: PersonId, key: &Sealed) -> Result<bool, StoreFault>;
    /// The rotation under way, locked until the end of the transaction.
    async fn rotation_for_update(&mut self) -> Result<Option<Rotation>, StoreFault>;
    /// Adds it, or keeps it as it is now; [`StoreFault::Conflict`] when another one is under way.
    async fn put_rotation(&mut self, rotation: &Rotation) -> Result<(), StoreFault>;
    /// Ends it; false when it was ended before.
    async fn end_rotation(&mut self, id: RotationId, at: Timestamp) -> Result<bool, StoreFault>;
    /// Notes that the trail tells of this step of a key; false when it has before.
    async fn tell_of_key(&mut self, key: KeyId, step: KeyStep, at: Timestamp) -> Result<bool, StoreFault>;
    /// The database's clock, to compare with ours.
    async fn database_now(&mut self) -> Result<Timestamp, StoreFault>;
}
