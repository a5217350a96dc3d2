//! How rows are chained, and followed link by link.

use super::{Row, Tampered};
use crate::ids::EventId;
use core::fmt;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A hash in the chain.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What stands before the first row.
    pub const START: Self = Self([0; 32]);

    /// The link after this one: covers the place, the link before and the row.
    #[must_use]
    pub fn then(self, place: i64, leaf: Hash) -> Self {
        let hash = Sha256::new()
            .chain_update([1])
            .chain_update(place.to_be_bytes())
            .chain_update(self.0)
            .chain_update(leaf.0);
        Self(hash.finalize().into())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(8).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One link: the place of a row, and the chain's hash there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Counted from one, without gaps.
    pub place: i64,
    /// Which row.
    pub event: EventId,
    /// The leaf of the row; none in a link from before leaves were kept.
    pub leaf: Option<Hash>,
    /// The chain's hash after it.
    pub hash: Hash,
}

/// Follows the chain row by row.
#[derive(Clone, Debug)]
pub struct Follower {
    place: i64,
    hash: Hash,
}

impl Default for Follower {
    fn default() -> Self {
        Self { place: 0, hash: Hash::START }
    }
}

impl Follower {
    /// Goes on from a place already followed.
    pub fn at(place: i64, hash: Hash) -> Self {
        Self { place, hash }
    }

    /// How far it came.
    pub fn place(&self) -> i64 {
        self.place
    }

    /// The chain's hash there.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Appends a row; gives the link to keep.
    pub fn append(&mut self, row: &Row) -> Link {
        self.place += 1;
        let leaf = row.leaf();
        self.hash = self.hash.then(self.place, leaf);
        Link { place: self.place, event: row.id, leaf: Some(leaf), hash: self.hash }
    }

    /// Checks the next link against its row; gives its leaf. `authentic` tells whether the row's MAC holds.
    ///
    /// # Errors
    /// [`Tampered`]
    pub fn check(&mut self, link: &Link, row: Option<&Row>, authentic: bool) -> Result<Hash, Tampered> {
        let place = self.place + 1;
        if link.place != place {
            return Err(Tampered::Broken { place });
        }
        let row = row.ok_or(Tampered::Removed { place })?;
        if !authentic {
            return Err(Tampered::Changed { place, event: row.id });
        }
        self.follow(link, row.leaf())
    }

    /// Checks the next link without its row, by the leaf that is kept with it; gives the leaf.
    ///
    /// # Errors
    /// [`Tampered`]
    pub fn follow(&mut self, link: &Link, leaf: Hash) -> Result<Hash, Tampered> {
        let place = self.place + 1;
        let expected = self.hash.then(place, leaf);
        if link.place != place || expected != link.hash || link.leaf.is_some_and(|kept| kept != leaf) {
            return Err(Tampered::Broken { place });
        }
        (self.place, self.hash) = (place, expected);
        Ok(leaf)
    }
}
