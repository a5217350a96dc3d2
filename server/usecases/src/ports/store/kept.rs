//! Single facts about the database, and rewriting for the rotation of keys.

use super::StoreFault;
use crate::ports::vault::{KeyUse, Mac, Sealed};
use async_trait::async_trait;
use domain::Timestamp;
use domain::ids::{FactorId, KeyId, PersonId, RotationId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Seeds of authenticators and of code devices.
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
    /// A page of sealed seeds, of authenticator apps and of code devices, by factor id after `after`.
    async fn sealed_seeds(
        &mut self,
        after: Option<FactorId>,
        limit: u32,
    ) -> Result<Vec<(FactorId, Sealed)>, StoreFault>;
    /// Replaces a sealed seed; false when it is gone or somebody is changing its row just then.
    async fn reseal_seed(&mut self, id: FactorId, seed: &Sealed) -> Result<bool, StoreFault>;
    /// Replaces a sealed signing key; false when it is gone.
    async fn reseal_signing_key(&mut self, id: KeyId, sealed: &Sealed) -> Result<bool, StoreFault>;
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
