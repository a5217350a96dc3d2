//! Typed identifiers: a [`PersonId`] cannot be passed where a [`FactorId`] is meant.

use core::fmt;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
        impl core::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(&self.0, f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )+};
}

ids! {
    /// A human with a work relation.
    PersonId,
    /// One work relation of a person to an organisation.
    AssociationId,
    /// One event that proved who someone is (NSIS 3.1.2).
    ProofingId,
    /// One authenticator a person registered.
    FactorId,
    /// One accept of one version of the terms.
    AcceptanceId,
    /// One draft of new terms.
    DraftId,
    /// One hold on a person's login.
    HoldId,
    /// One signed-in session.
    SessionId,
    /// One flow through pages; 128 random bits, bound to a browser, safe in an address.
    FlowId,
    /// The browser a flow or session belongs to.
    BrowserId,
    /// A service that trusts our tokens.
    RelyingPartyId,
    /// One row of the audit trail.
    EventId,
    /// One notice in the outbox.
    NoticeId,
    /// One run of the HR feed.
    ImportId,
    /// One token handed to a service, and the session it began there.
    VisitId,
    /// One role held or proposed.
    RoleId,
    /// One key with a life cycle.
    KeyId,
    /// One rotation of keys.
    RotationId,
    /// One record that is also kept outside the database.
    RecordId,
    /// One place outside where records are kept.
    OutsideId,
    /// One recovery of a database that fell behind.
    RecoveryId,
    /// One request an application pushed; 128 random bits.
    PushedId,
    /// One long export an auditor ordered; 128 random bits, safe in an address.
    ExportJobId,
    /// One message of a service that came by a form and waits for its browser; 128 random bits.
    PostedId,
    /// One run of the programme.
    InstanceId,
    /// One request to this service, also the reference a person can quote.
    RequestId,
}

/// A UUIDv7 for `at` with the given random bytes: sortable by time, unguessable beyond it (RFC 9562, 5.7).
pub fn time_ordered(at: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// A UUID of 122 random bits (RFC 9562, 5.4), for handles that must not tell when they were made.
pub fn unguessable(random: [u8; 16]) -> Uuid {
    uuid::Builder::from_random_bytes(random).into_uuid()
}

/// A short reference a person can read aloud, such as `7K3Q-92AB`: the last 40 bits of a request id
/// in Crockford's base 32.
pub fn reference(id: Uuid) -> String {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let low = id.as_u128() & ((1 << 40) - 1);
    let mut text = String::with_capacity(9);
    for position in (0..8u32).rev() {
        let digit = usize::try_from((low >> (5 * position)) & 31).unwrap_or(0);
        text.push(DIGITS.get(digit).copied().map_or('0', char::from));
        if position == 4 {
            text.push('-');
        }
    }
    text
}

/// Counts the holds ever put on a person; everything issued under an older epoch is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Epoch(pub i64);

impl Epoch {
    /// The epoch after one more hold.
    #[must_use]
    pub fn raised(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_eight_readable_characters() {
        let text = reference(Uuid::from_u128(u128::MAX));
        assert_eq!(text, "ZZZZ-ZZZZ");
        assert_eq!(reference(Uuid::from_u128(0)), "0000-0000");
    }

    #[test]
    fn ids_made_later_sort_later() {
        let early = time_ordered(Timestamp::from_second(1_000).unwrap(), [9; 10]);
        let late = time_ordered(Timestamp::from_second(1_001).unwrap(), [0; 10]);
        assert!(early < late);
    }
}
