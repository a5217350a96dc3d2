//! A row as it is kept, how it is encoded, and what is left of it when it is emptied.

use super::Hash;
use crate::ids::{EventId, InstanceId, PersonId, RequestId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The format of rows written today: 3 covers the content of a row by a digest, so that it can be emptied and what is left
/// still proves when it was written and what it was; 2 says which instance wrote the row; 1 did not.
pub const FORMAT: i16 = 3;
/// From this format on a row can be emptied.
pub const EMPTIABLE: i16 = 3;

/// Who wrote a row. An instance writes on a few lanes side by side, one transaction at a time on each, and counts the
/// rows of each lane from one without a gap: a row that was committed and taken away before it was chained leaves one
/// (security decision 28). One counter for all would make every transaction of an instance wait for the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// One run of the programme.
    pub instance: InstanceId,
    /// One of its lanes, counted from one.
    pub lane: u32,
    /// The row on that lane, counted from one.
    pub number: u64,
}

/// One row of the trail as kept: everything but its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which.
    pub id: EventId,
    /// The format of the row.
    pub format: i16,
    /// When, to the microsecond in UTC.
    pub at: Timestamp,
    /// What, as a word of the catalogue.
    pub kind: String,
    /// By whom, as JSON.
    pub actor: String,
    /// About whom.
    pub subject: Option<PersonId>,
    /// In which request.
    pub request: RequestId,
    /// The facts, as JSON with sorted keys.
    pub facts: String,
    /// The personal part, sealed.
    pub personal: Vec<u8>,
    /// Who wrote it; none in a row of format 1.
    pub origin: Option<Origin>,
    /// A MAC over [`Row::encoded`] under a key the database does not hold.
    pub mac: [u8; 32],
}

impl Row {
    /// The bytes that are hashed and authenticated: every field but the MAC, each with its length before it. From format 3
    /// on what can be emptied is in them as its digest.
    pub fn encoded(&self) -> Vec<u8> {
        if let Some(left) = self.emptied() {
            return left.encoded();
        }
        let mut fields = Fields::with_room_for(256 + self.facts.len() + self.personal.len());
        fields.add(&self.format.to_be_bytes());
        fields.add(uuid::Uuid::from(self.id).as_bytes());
        fields.add(&self.at.as_microsecond().to_be_bytes());
        fields.add(self.kind.as_bytes());
        self.content(&mut fields);
        if self.format >= 2 {
            fields.origin(self.origin);
        }
        fields.0
    }

    /// What can be emptied: by whom, about whom, in which request, and what.
    fn content(&self, fields: &mut Fields) {
        fields.add(self.actor.as_bytes());
        fields.add(self.subject.map(uuid::Uuid::from).as_ref().map_or(&[][..], |id| id.as_bytes()));
        fields.add(uuid::Uuid::from(self.request).as_bytes());
        fields.add(self.facts.as_bytes());
        fields.add(&self.personal);
    }

    /// What is left of it when it is emptied; none of a row from before that was possible.
    pub fn emptied(&self) -> Option<Emptied> {
        if self.format < EMPTIABLE {
            return None;
        }
        let mut content = Fields::with_room_for(128 + self.facts.len() + self.personal.len());
        self.content(&mut content);
        Some(Emptied {
            id: self.id,
            format: self.format,
            at: self.at,
            kind: self.kind.clone(),
            origin: self.origin,
            body: Hash(Sha256::digest(content.0).into()),
            mac: self.mac,
        })
    }

    /// The leaf of this row: its encoding and its MAC.
    pub fn leaf(&self) -> Hash {
        leaf(&self.encoded(), &self.mac)
    }
}

/// What is left of a row whose content is gone by rule: enough to prove its place, when it was written and what it was, and
/// nothing of whom it was about. Its MAC and its leaf are those of the row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emptied {
    /// Which.
    pub id: EventId,
    /// The format of the row.
    pub format: i16,
    /// When it was written.
    pub at: Timestamp,
    /// What it was, as a word of the catalogue.
    pub kind: String,
    /// Who wrote it.
    pub origin: Option<Origin>,
    /// The digest of what is gone. A request's id and ciphertext are in it, so nobody guesses what it was.
    pub body: Hash,
    /// The MAC.
    pub mac: [u8; 32],
}

impl Emptied {
    /// As [`Row::encoded`] of the row.
    pub fn encoded(&self) -> Vec<u8> {
        let mut fields = Fields::with_room_for(256);
        fields.add(&self.format.to_be_bytes());
        fields.add(uuid::Uuid::from(self.id).as_bytes());
        fields.add(&self.at.as_microsecond().to_be_bytes());
        fields.add(self.kind.as_bytes());
        fields.origin(self.origin);
        fields.add(&self.body.0);
        fields.0
    }

    /// As [`Row::leaf`] of the row.
    pub fn leaf(&self) -> Hash {
        leaf(&self.encoded(), &self.mac)
    }
}

/// Fields one behind the other, each with its length before it.
struct Fields(Vec<u8>);

impl Fields {
    fn with_room_for(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    fn add(&mut self, value: &[u8]) {
        self.0.extend_from_slice(&u64::try_from(value.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.extend_from_slice(value);
    }

    fn origin(&mut self, origin: Option<Origin>) {
        let Some(Origin { instance, lane, number }) = origin else {
            (0..3).for_each(|_| self.add(&[]));
            return;
        };
        self.add(uuid::Uuid::from(instance).as_bytes());
        self.add(&lane.to_be_bytes());
        self.add(&number.to_be_bytes());
    }
}

fn leaf(encoded: &[u8], mac: &[u8; 32]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(encoded).chain_update(mac).finalize().into())
}
