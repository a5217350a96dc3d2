//! The terms, how they are read, and who accepted which version (NSIS 3.1.1, 4.1.2.3).

use crate::calendar::days_before;
use crate::ids::{AcceptanceId, PersonId};
use core::fmt;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The SHA-256 of everything a person is shown, in every language: what she accepts is this text and no other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TermsHash([u8; 32]);

impl TermsHash {
    /// Hashes the pages in their order; lengths are hashed too, so that text cannot move between pages unseen.
    pub fn of<'a>(pages: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Sha256::new();
        for page in pages {
            hash.update(u64::try_from(page.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(page.as_bytes());
        }
        Self(hash.finalize().into())
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> =
            text.chars().map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
        let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| (high << 4) | low).collect();
        let bytes: [u8; 32] = bytes.try_into().ok()?;
        rest.is_empty().then_some(Self(bytes))
    }

    /// The bytes, for keeping.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for TermsHash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for TermsHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
impl fmt::Debug for TermsHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TermsHash({self})")
    }
}

/// One published version of the terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsVersion {
    /// What it says, as a hash.
    pub hash: TermsHash,
    /// What people call it, such as `1.0`.
    pub version: String,
    /// From when it holds.
    pub date: Date,
    /// How many pages it has; at least one.
    pub pages: u8,
}

/// So many days before the last one whoever has not accepted a new version is told (notice 4).
pub const TOLD_BEFORE: [i32; 2] = [14, 3];

/// What the day by which a version must be accepted asks for today, of everybody who has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing yet.
    Later,
    /// They are told.
    Near,
    /// It is over: their logins are held (NSIS 3.2.3.4; security decision 8).
    Over,
}

/// By `last`, that day included, seen from today.
pub fn due(last: Date, today: Date) -> Due {
    let [first, ..] = TOLD_BEFORE;
    if today > last {
        Due::Over
    } else if today >= days_before(last, first) {
        Due::Near
    } else {
        Due::Later
    }
}

/// A reading under way: which pages of which version were shown, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    terms: TermsHash,
    pages: u8,
    shown: Vec<Timestamp>,
}

/// Why a page cannot be turned, or the terms not be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// A new version was published while this one was being read.
    #[error("another version of the terms holds now")]
    NewVersion,
    /// The page is not the next one.
    #[error("page {next} comes next")]
    OutOfOrder {
        /// The page to show.
        next: u8,
    },
    /// Not every page was shown.
    #[error("page {next} was not shown")]
    PagesMissing {
        /// The page to show.
        next: u8,
    },
    /// The box was not ticked.
    #[error("the box was not ticked")]
    NotTicked,
}

impl Reading {
    /// Opens this version at its first page.
    pub fn begin(terms: &TermsVersion) -> Self {
        Self { terms: terms.hash, pages: terms.pages.max(1), shown: Vec::new() }
    }

    /// Which version is being read.
    pub fn terms(&self) -> TermsHash {
        self.terms
    }

    /// The page to show next, counted from one; the last page again when all were shown.
    pub fn next_page(&self) -> u8 {
        let turned = u8::try_from(self.shown.len()).unwrap_or(u8::MAX);
        turned.saturating_add(1).min(self.pages)
    }

    /// Whether `page` may be looked at: those already turned, and the next.
    pub fn may_show(&self, page: u8) -> bool {
        page >= 1 && page <= self.next_page()
    }

    /// Records that `page` was shown. Turning a page again, as a double click does, changes nothing.
    ///
    /// # Errors
    /// [`NotRead::NewVersion`], or [`NotRead::OutOfOrder`] when a page between was not shown.
    pub fn turn(mut self, page: u8, current: TermsHash, at: Timestamp) -> Result<Self, NotRead> {
        let turned = self.shown.len();
        if current != self.terms {
            Err(NotRead::NewVersion)
        } else if page == 0 || usize::from(page) > turned + 1 || page > self.pages {
            Err(NotRead::OutOfOrder { next: self.next_page() })
        } else {
            if usize::from(page) == turned + 1 {
                self.shown.push(at);
            }
            Ok(self)
        }
    }

    /// Accepts: only with the tick, only this version, only after every page. The last page is the one the box
    /// stands on, so showing the box shows it.
    ///
    /// # Errors
    /// [`NotRead`]
    pub fn accept(
        mut self,
        ticked: bool,
        current: TermsHash,
        at: Timestamp,
        by: Accepting,
    ) -> Result<Accepted, NotRead> {
        if current != self.terms {
            return Err(NotRead::NewVersion);
        }
        if self.shown.len() + 1 < usize::from(self.pages) {
            return Err(NotRead::PagesMissing { next: self.next_page() });
        }
        if !ticked {
            return Err(NotRead::NotTicked);
        }
        if self.shown.len() < usize::from(self.pages) {
            self.shown.push(at);
        }
        Ok(Accepted { terms: self.terms, shown: self.shown, at, by })
    }
}

/// From where the box was ticked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepting {
    /// The address.
    pub address: String,
    /// What the browser calls itself, shortened.
    pub agent: String,
}

/// An accept that is not tied to a person yet: it is stored only together with the proofing that names its giver
/// (security decision 1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Which version.
    pub terms: TermsHash,
    /// When each page was shown.
    pub shown: Vec<Timestamp>,
    /// When the box was ticked and sent.
    pub at: Timestamp,
    /// From where.
    pub by: Accepting,
}

/// A person's accept of one version (NSIS 3.1.1.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsAcceptance {
    /// Which accept.
    pub id: AcceptanceId,
    /// Whose.
    pub person: PersonId,
    /// What was accepted, and how.
    pub accepted: Accepted,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_new_version_is_told_for_a_fortnight_and_holds_from_the_day_after_the_last() {
        let last = date(2026, 12, 20);
        for (today, expected) in [
            (date(2026, 12, 5), Due::Later),
            (date(2026, 12, 6), Due::Near),
            (date(2026, 12, 20), Due::Near),
            (date(2026, 12, 21), Due::Over),
        ] {
            assert_eq!(due(last, today), expected, "{today}");
        }
    }

    fn version(pages: u8) -> TermsVersion {
        TermsVersion {
            hash: TermsHash::of(["a", "b"]),
            version: "1.0".into(),
            date: date(2026, 11, 1),
            pages,
        }
    }
    fn by() -> Accepting {
        Accepting { address: "::1".into(), agent: "test".into() }
    }
    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn a_hash_is_read_back_and_nothing_else_is() {
        let hash = TermsHash::of(["a"]);
        assert_eq!(TermsHash::from_hex(&hash.to_string()), Some(hash));
        for other in ["", "ab", "x", &format!("{hash}0"), &format!("{hash}00"), &"g".repeat(64)] {
            assert_eq!(TermsHash::from_hex(other), None, "{other}");
        }
    }

    #[test]
    fn text_cannot_move_between_pages_without_changing_the_hash() {
        assert_ne!(TermsHash::of(["ab", "c"]), TermsHash::of(["a", "bc"]));
    }

    #[test]
    fn a_skipped_page_is_refused_and_the_next_one_named() {
        let reading = Reading::begin(&version(5));
        let hash = reading.terms();
        assert_eq!(reading.clone().turn(3, hash, AT), Err(NotRead::OutOfOrder { next: 1 }));
        assert_eq!(reading.accept(true, hash, AT, by()).unwrap_err(), NotRead::PagesMissing { next: 1 });
    }

    #[test]
    fn the_box_must_be_ticked_and_the_version_still_hold() {
        let hash = version(1).hash;
        let reading = Reading::begin(&version(1));
        assert_eq!(reading.clone().accept(false, hash, AT, by()).unwrap_err(), NotRead::NotTicked);
        assert_eq!(
            reading.clone().accept(true, TermsHash::of(["new"]), AT, by()).unwrap_err(),
            NotRead::NewVersion
        );
        assert!(reading.accept(true, hash, AT, by()).is_ok());
    }

    proptest! {
        #[test]
        fn no_sequence_of_turns_accepts_without_every_page(turns in proptest::collection::vec(0u8..8, 0..12), pages in 1u8..6) {
            let mut reading = Reading::begin(&version(pages));
            let hash = reading.terms();
            let mut turned = std::collections::BTreeSet::new();
            for page in turns {
                if let Ok(next) = reading.clone().turn(page, hash, AT) { reading = next; turned.insert(page); }
            }
            let all_but_last = (1..pages).all(|page| turned.contains(&page));
            prop_assert_eq!(reading.accept(true, hash, AT, by()).is_ok(), all_but_last);
        }
    }
}
