//! What is also written outside the database, so that a restored backup revives no blocked login (security decision 7).
//!
//! A record names a person by her id: random bits and the millisecond HR's feed made her, which say nothing without the
//! database, and nothing at all once she is erased from it. A keyed name would have to be computed for everybody at a
//! recovery, under every key that ever was. No name, number, address or free text is in a record.

use crate::ids::{Epoch, FactorId, HoldId, KeyId, PersonId, RecordId};
use crate::standing::{Hold, Origin};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The format of records written today. A reader refuses a newer one; new kinds of deeds raise it.
pub const FORMAT: u16 = 2;

/// One thing a restored backup must not have forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The format.
    pub format: u16,
    /// Which; the same wherever it is kept.
    pub id: RecordId,
    /// When.
    pub at: Timestamp,
    /// Whose login; none for what is about a key.
    pub person: Option<PersonId>,
    /// Her epoch afterwards.
    pub epoch: Epoch,
    /// What.
    pub deed: Deed,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// A hold was put.
    Held {
        /// Which.
        hold: HoldId,
        /// By whom.
        origin: Origin,
        /// Why, as a fixed word.
        reason: String,
    },
    /// Her holds of one origin were lifted.
    Lifted(Origin),
    /// Her password was replaced: the one before must not count again.
    PasswordReplaced,
    /// An authenticator was taken away.
    FactorRemoved(FactorId),
    /// All she signs in with was taken away.
    MeansRevoked,
    /// A key's life ended.
    KeyRetired(KeyId),
    /// A code device is lost, or its seed is known by others: it never goes out again. Of nobody's login.
    DeviceGone(FactorId),
    /// She was erased: her key of the trail was destroyed, and what else was kept of her is gone.
    Erased,
}

/// What a database that fell behind owes one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is owed or not by itself")]
pub struct Owed {
    /// Holds that were put and not lifted since, in their order.
    pub holds: Vec<Hold>,
    /// The highest epoch she ever had.
    pub epoch: Epoch,
    /// Everything she signs in with must go.
    pub means: bool,
    /// These must go.
    pub factors: BTreeSet<FactorId>,
    /// What she signs in with changed in a way the database does not know: it is not hers any more until she has shown
    /// with MitID who she is.
    pub changed: bool,
    /// Her last relation ended, whether or not she came back since: the roles the database gives her ended with it.
    pub left: bool,
    /// She must be erased again.
    pub erased: bool,
}

/// What each person is owed by records a database has never had, in the order they were written. A lifted hold is not put
/// again; one the database still has stays, and its owner lifts it once more: whoever is let in by mistake is worse off
/// than whoever is asked twice.
pub fn owed<'a>(records: impl IntoIterator<Item = &'a Record>) -> BTreeMap<PersonId, Owed> {
    let mut all: BTreeMap<PersonId, Owed> = BTreeMap::new();
    for record in records {
        let Some(person) = record.person else { continue };
        let owed = all.entry(person).or_default();
        owed.epoch = owed.epoch.max(record.epoch);
        match &record.deed {
            Deed::Held { hold, origin, reason } => {
                owed.left |= *origin == Origin::Association;
                owed.holds.push(Hold { id: *hold, origin: *origin, reason: reason.clone(), at: record.at });
            }
            Deed::Lifted(origin) => owed.holds.retain(|hold| hold.origin != *origin),
            Deed::PasswordReplaced => owed.changed = true,
            Deed::FactorRemoved(factor) => {
                owed.changed = true;
                owed.factors.insert(*factor);
            }
            Deed::MeansRevoked => (owed.changed, owed.means) = (true, true),
            Deed::Erased => owed.erased = true,
            Deed::KeyRetired(_) | Deed::DeviceGone(_) => {}
        }
    }
    all
}

/// The code devices that never go out again.
pub fn gone<'a>(records: impl IntoIterator<Item = &'a Record>) -> BTreeSet<FactorId> {
    let device = |record: &Record| match record.deed {
        Deed::DeviceGone(device) => Some(device),
        _ => None,
    };
    records.into_iter().filter_map(device).collect()
}

/// The keys whose lives ended, and when.
pub fn retired<'a>(records: impl IntoIterator<Item = &'a Record>) -> BTreeMap<KeyId, Timestamp> {
    let key = |record: &Record| match record.deed {
        Deed::KeyRetired(key) => Some((key, record.at)),
        _ => None,
    };
    records.into_iter().filter_map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn record(person: u128, epoch: i64, deed: Deed) -> Record {
        Record {
            format: FORMAT,
            id: Uuid::from_u128(9).into(),
            at: Timestamp::UNIX_EPOCH,
            person: Some(Uuid::from_u128(person).into()),
            epoch: Epoch(epoch),
            deed,
        }
    }

    fn held(id: u128, origin: Origin) -> Deed {
        Deed::Held { hold: Uuid::from_u128(id).into(), origin, reason: "by-code".into() }
    }

    #[test]
    fn a_hold_that_was_lifted_is_not_put_again_and_every_other_one_is() {
        let all = [
            record(1, 1, held(1, Origin::Owner)),
            record(1, 2, held(2, Origin::Security)),
            record(2, 1, held(3, Origin::Owner)),
            record(1, 3, Deed::Lifted(Origin::Owner)),
            record(1, 4, held(4, Origin::Owner)),
        ];
        let owed = owed(&all);
        let ids = |person: u128| -> Vec<Uuid> {
            owed[&Uuid::from_u128(person).into()].holds.iter().map(|hold| hold.id.into()).collect()
        };
        assert_eq!(ids(1), [2, 4].map(Uuid::from_u128));
        assert_eq!(ids(2), [Uuid::from_u128(3)]);
        assert_eq!(owed[&Uuid::from_u128(1).into()].epoch, Epoch(4));
    }

    #[test]
    fn whose_last_relation_ended_lost_her_roles_also_where_she_came_back_since() {
        let all = [
            record(1, 1, held(1, Origin::Association)),
            record(1, 2, Deed::Lifted(Origin::Association)),
            record(2, 1, held(2, Origin::Owner)),
        ];
        let owed = owed(&all);
        let of = |person: u128| &owed[&Uuid::from_u128(person).into()];
        assert!(of(1).left && of(1).holds.is_empty() && !of(2).left);
    }

    #[test]
    fn whoever_replaced_what_she_signs_in_with_is_known_by_it() {
        let factor = Uuid::from_u128(7).into();
        let all = [
            record(1, 3, Deed::Lifted(Origin::Owner)),
            record(2, 3, Deed::PasswordReplaced),
            record(3, 3, Deed::FactorRemoved(factor)),
            record(4, 3, Deed::MeansRevoked),
        ];
        let owed = owed(&all);
        let of = |person: u128| &owed[&Uuid::from_u128(person).into()];
        assert_eq!([1, 2, 3, 4].map(|person| of(person).changed), [false, true, true, true]);
        assert_eq!([1, 2, 3, 4].map(|person| of(person).means), [false, false, false, true]);
        assert_eq!(of(3).factors, BTreeSet::from([factor]));
    }

    #[test]
    fn a_record_reads_as_it_was_written_and_holds_ids_and_words_only() {
        let written = record(1, 3, held(2, Origin::Owner));
        let text = serde_json::to_string(&written).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), written);
        assert_eq!(
            text,
            r#"{"format":2,"id":"00000000-0000-0000-0000-000000000009","at":"1970-01-01T00:00:00Z","person":"00000000-0000-0000-0000-000000000001","epoch":3,"deed":{"held":{"hold":"00000000-0000-0000-0000-000000000002","origin":"Owner","reason":"by-code"}}}"#
        );
    }
}
