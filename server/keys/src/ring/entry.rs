//! The ring as it lies on disk: TOML, one table per key. Everything told about a key is authenticated with it, so nobody
//! brings a retired key back by editing a word.

use std::collections::BTreeSet;
use std::path::Path;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Timestamp;
use domain::ids::{KeyId, time_ordered};
use serde::{Deserialize, Serialize};
use usecases::ports::chance::Entropy;
use usecases::ports::vault::KeyUse;

use super::{KeyState, KeyVersion};
use crate::{Kek, KeyBytes, KeyFault, aead};

const FORMAT: u32 = 1;

/// One key, wrapped.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) about: KeyVersion,
    wrapped: Vec<u8>,
}

impl Entry {
    /// A new key.
    pub(super) fn new(
        kek: &dyn Kek,
        purpose: KeyUse,
        version: u32,
        state: KeyState,
        at: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Self, KeyFault> {
        let mut random = [0; 10];
        entropy.fill(&mut random).map_err(|_| KeyFault::NoEntropy)?;
        let id = KeyId::from(time_ordered(at, random));
        let about = KeyVersion { id, purpose, version, created_at: at, state, since: at };
        let wrapped = kek.wrap(&bound(&about), &KeyBytes::random(entropy)?)?;
        Ok(Self { about, wrapped })
    }

    pub(super) fn open(&self, kek: &dyn Kek) -> Result<KeyBytes, KeyFault> {
        kek.open(&bound(&self.about), &self.wrapped)
    }

    /// Moves on to another state.
    pub(super) fn enter(&mut self, kek: &dyn Kek, state: KeyState, at: Timestamp) -> Result<(), KeyFault> {
        let key = self.open(kek)?;
        (self.about.state, self.about.since) = (state, at);
        self.wrapped = kek.wrap(&bound(&self.about), &key)?;
        Ok(())
    }

    pub(super) fn rewrap(&mut self, old: &dyn Kek, new: &dyn Kek) -> Result<(), KeyFault> {
        self.wrapped = new.wrap(&bound(&self.about), &self.open(old)?)?;
        Ok(())
    }
}

fn bound(about: &KeyVersion) -> Vec<u8> {
    let format = FORMAT.to_be_bytes();
    let (created_at, since) = (about.created_at.to_string(), about.since.to_string());
    let (purpose, version, id) = (about.purpose.word(), about.version.to_be_bytes(), about.id.to_string());
    let mut parts: Vec<&[u8]> = vec![
        b"nsis-id key ring",
        &format,
        purpose.as_bytes(),
        &version,
        id.as_bytes(),
        created_at.as_bytes(),
        match about.state {
            KeyState::Coming => b"coming",
            KeyState::Active => b"active",
            KeyState::Accepted => b"accepted",
            KeyState::Retired => b"retired",
        },
    ];
    // A key that never changed its state says nothing of it, as keys did before any could.
    if about.since != about.created_at {
        parts.push(since.as_bytes());
    }
    aead::about(&parts)
}

/// All keys, in the order they were made.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Entries(Vec<Entry>);

impl Entries {
    pub(super) fn push(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.0.iter_mut()
    }

    pub(super) fn of(&self, purpose: KeyUse) -> impl Iterator<Item = &Entry> {
        self.iter().filter(move |entry| entry.about.purpose == purpose)
    }

    pub(super) fn of_mut(&mut self, purpose: KeyUse) -> impl Iterator<Item = &mut Entry> {
        self.iter_mut().filter(move |entry| entry.about.purpose == purpose)
    }

    pub(super) fn to_text(&self, path: &Path) -> Result<String, KeyFault> {
        let file = File { format: FORMAT, key: self.iter().map(Row::from).collect() };
        toml::to_string(&file).map_err(|_| KeyFault::malformed(path, "it cannot be written as TOML"))
    }

    pub(super) fn from_text(path: &Path, bytes: &[u8]) -> Result<Self, KeyFault> {
        let file: File = std::str::from_utf8(bytes)
            .ok()
            .and_then(|text| toml::from_str(text).ok())
            .ok_or_else(|| KeyFault::malformed(path, "it is no key ring"))?;
        if file.format != FORMAT {
            return Err(KeyFault::malformed(path, "its format is newer than this programme"));
        }
        let entries: Option<Vec<Entry>> = file.key.into_iter().map(Row::read).collect();
        let entries = entries.ok_or_else(|| KeyFault::malformed(path, "one of its keys cannot be read"))?;
        if twice(entries.iter().map(|entry| (entry.about.purpose, entry.about.version)))
            || [KeyState::Active, KeyState::Coming].into_iter().any(|state| {
                twice(entries.iter().filter(|e| e.about.state == state).map(|e| e.about.purpose))
            })
        {
            return Err(KeyFault::malformed(path, "two of its keys are for the same"));
        }
        Ok(Self(entries))
    }
}

fn twice<T: Ord>(items: impl Iterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    items.into_iter().any(|item| !seen.insert(item))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    key: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    purpose: String,
    version: u32,
    id: KeyId,
    created_at: Timestamp,
    state: KeyState,
    /// Left out by a key that is still in its first state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<Timestamp>,
    wrapped: String,
}

impl From<&Entry> for Row {
    fn from(entry: &Entry) -> Self {
        let KeyVersion { id, purpose, version, created_at, state, since } = entry.about;
        let since = (since != created_at).then_some(since);
        let wrapped = STANDARD.encode(&entry.wrapped);
        Self { purpose: purpose.word().to_owned(), version, id, created_at, state, since, wrapped }
    }
}

impl Row {
    fn read(self) -> Option<Entry> {
        let purpose = KeyUse::from_word(&self.purpose)?;
        let Self { id, version, created_at, state, .. } = self;
        let since = self.since.unwrap_or(created_at);
        let wrapped = STANDARD.decode(&self.wrapped).ok()?;
        Some(Entry { about: KeyVersion { id, purpose, version, created_at, state, since }, wrapped })
    }
}
