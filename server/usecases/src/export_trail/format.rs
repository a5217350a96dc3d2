//! The lines of an export: JSON, one a line. The header, the rows and what is left of rows, rules that stand elsewhere, the
//! checkpoint, the seal.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Timestamp;
use domain::audit::checkpoint::instant;
use domain::audit::{Emptied, Hash, Link, Origin, Row};
use domain::ids::{EventId, InstanceId, PersonId, RequestId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// How a header names the format.
pub const NAME: &str = "nsis-id trail 1";

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// [`NAME`].
    pub format: String,
    /// Which trail.
    pub origin: String,
    /// The first place, counted from one.
    pub from: u64,
    /// The last place.
    pub to: u64,
    /// How many rows the checkpoint stands for.
    pub size: u64,
    /// The chain's hash before the first row.
    #[serde(with = "hash")]
    pub chain: Hash,
    /// Roots of the whole subtrees before the first row, from left to right.
    #[serde(with = "hashes")]
    pub before: Vec<Hash>,
    /// Roots of the whole subtrees behind the last row, up to the checkpoint.
    #[serde(with = "hashes")]
    pub after: Vec<Hash>,
}

/// One row. Everything but `hash` is covered by the leaf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line<'a> {
    /// Its place, counted from one.
    pub place: i64,
    /// Which event.
    pub id: EventId,
    /// The format of the row.
    pub row: i16,
    /// When, in UTC with six digits of a second.
    #[serde(borrow)]
    pub at: Cow<'a, str>,
    /// What.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// By whom, JSON in a string: its bytes are covered.
    #[serde(borrow)]
    pub actor: Cow<'a, str>,
    /// About whom.
    pub subject: Option<PersonId>,
    /// In which request.
    pub request: RequestId,
    /// The facts, JSON in a string.
    #[serde(borrow)]
    pub facts: Cow<'a, str>,
    /// The sealed part, base64.
    #[serde(borrow)]
    pub personal: Cow<'a, str>,
    /// Which instance wrote it.
    pub instance: Option<InstanceId>,
    /// On which of its lanes.
    pub lane: Option<u32>,
    /// Which row of that lane.
    pub number: Option<u64>,
    /// The MAC under a key of the house.
    #[serde(with = "hash")]
    pub mac: Hash,
    /// The chain's hash behind it.
    #[serde(with = "hash")]
    pub hash: Hash,
}

impl<'a> Line<'a> {
    /// Of a row.
    pub fn of(link: &Link, row: &'a Row) -> Self {
        Self {
            place: link.place,
            id: row.id,
            row: row.format,
            at: instant(row.at).into(),
            kind: row.kind.as_str().into(),
            actor: row.actor.as_str().into(),
            subject: row.subject,
            request: row.request,
            facts: row.facts.as_str().into(),
            personal: STANDARD.encode(&row.personal).into(),
            instance: row.origin.map(|origin| origin.instance),
            lane: row.origin.map(|origin| origin.lane),
            number: row.origin.map(|origin| origin.number),
            mac: Hash(row.mac),
            hash: link.hash,
        }
    }

    /// The row again; none when a field is not written as [`Line::of`] writes it.
    pub fn read(self) -> Option<(Link, Row)> {
        let at = time(&self.at)?;
        let personal = STANDARD.decode(self.personal.as_bytes()).ok()?;
        let origin = origin(self.instance, self.lane, self.number)?;
        let row = Row {
            id: self.id,
            format: self.row,
            at,
            kind: self.kind.into_owned(),
            actor: self.actor.into_owned(),
            subject: self.subject,
            request: self.request,
            facts: self.facts.into_owned(),
            personal,
            origin,
            mac: self.mac.0,
        };
        let link = Link { place: self.place, event: self.id, leaf: None, hash: self.hash };
        Some((link, row))
    }
}

/// How a line of what is left of a row begins.
pub const EMPTIED: &[u8] = br#"{"emptied":"#;
/// How the line of a rule begins.
pub const RULE: &[u8] = br#"{"rule":"#;

/// What is left of a row that was kept long enough, in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmptiedLine<'a> {
    /// What is left.
    #[serde(borrow)]
    pub emptied: Left<'a>,
}

/// What is left of a row. Everything but `hash` is covered by the leaf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left<'a> {
    /// Its place, counted from one.
    pub place: i64,
    /// Which event.
    pub id: EventId,
    /// The format of the row.
    pub row: i16,
    /// When, in UTC with six digits of a second.
    #[serde(borrow)]
    pub at: Cow<'a, str>,
    /// What.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// Which instance wrote it.
    pub instance: Option<InstanceId>,
    /// On which of its lanes.
    pub lane: Option<u32>,
    /// Which row of that lane.
    pub number: Option<u64>,
    /// The digest of what is gone.
    #[serde(with = "hash")]
    pub body: Hash,
    /// The MAC under a key of the house.
    #[serde(with = "hash")]
    pub mac: Hash,
    /// The chain's hash behind it.
    #[serde(with = "hash")]
    pub hash: Hash,
}

impl<'a> Left<'a> {
    /// Of what is left.
    pub fn of(link: &Link, left: &'a Emptied) -> Self {
        Self {
            place: link.place,
            id: left.id,
            row: left.format,
            at: instant(left.at).into(),
            kind: left.kind.as_str().into(),
            instance: left.origin.map(|origin| origin.instance),
            lane: left.origin.map(|origin| origin.lane),
            number: left.origin.map(|origin| origin.number),
            body: left.body,
            mac: Hash(left.mac),
            hash: link.hash,
        }
    }

    /// What is left, again; none when a field is not written as [`Left::of`] writes it.
    pub fn read(self) -> Option<(Link, Emptied)> {
        let left = Emptied {
            id: self.id,
            format: self.row,
            at: time(&self.at)?,
            kind: self.kind.into_owned(),
            origin: origin(self.instance, self.lane, self.number)?,
            body: self.body,
            mac: self.mac.0,
        };
        let link = Link { place: self.place, event: self.id, leaf: None, hash: self.hash };
        Some((link, left))
    }
}

/// A rule that took rows of the export and stands outside of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleLine<'a> {
    /// Its row.
    #[serde(borrow)]
    pub rule: Line<'a>,
    /// What shows that the checkpoint stands for it (RFC 6962, 2.1.1).
    #[serde(with = "hashes")]
    pub path: Vec<Hash>,
}

/// What is shown must be what is covered.
fn time(text: &str) -> Option<Timestamp> {
    let at: Timestamp = text.parse().ok()?;
    (instant(at) == text).then_some(at)
}

/// All of it, or none of it; anything between is no line of ours.
#[expect(clippy::option_option, reason = "a row without an origin is read, and a torn one is not")]
fn origin(instance: Option<InstanceId>, lane: Option<u32>, number: Option<u64>) -> Option<Option<Origin>> {
    match (instance, lane, number) {
        (Some(instance), Some(lane), Some(number)) => Some(Some(Origin { instance, lane, number })),
        (None, None, None) => Some(None),
        _ => None,
    }
}

/// The last two lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Closing {
    /// The signed checkpoint all of it adds up to.
    Checkpoint(String),
    /// The signed seal over every line before it.
    Seal(String),
}

mod hash {
    use super::{Deserialize, Deserializer, Hash, Serializer};
    use serde::de::Error as _;

    pub(super) fn serialize<S: Serializer>(hash: &Hash, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&crate::context::hex(&hash.0))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Hash, D::Error> {
        let text = <&'de str>::deserialize(from)?;
        super::unhex(text).ok_or_else(|| D::Error::custom("no hash"))
    }
}

mod hashes {
    use super::{Deserialize, Deserializer, Hash, Serialize, Serializer};
    use serde::de::Error as _;

    pub(super) fn serialize<S: Serializer>(hashes: &[Hash], to: S) -> Result<S::Ok, S::Error> {
        let texts: Vec<String> = hashes.iter().map(|hash| crate::context::hex(&hash.0)).collect();
        texts.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Hash>, D::Error> {
        let texts = <Vec<String>>::deserialize(from)?;
        let hashes: Option<Vec<Hash>> = texts.iter().map(|text| super::unhex(text)).collect();
        hashes.ok_or_else(|| D::Error::custom("no hashes"))
    }
}

/// Thirty-two bytes of lower-case hexadecimal.
fn unhex(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    let digits = text.as_bytes().chunks_exact(2);
    if text.len() != 64 {
        return None;
    }
    for (byte, digits) in hash.iter_mut().zip(digits) {
        let [high, low] = digits else { return None };
        *byte = digit(*high)? * 16 + digit(*low)?;
    }
    Some(Hash(hash))
}

fn digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}
