//! Rows of the trail that are empty, held against the rules that say why.

use super::utc_day;
use crate::audit::catalogue::Keep;
use crate::audit::{Emptied, EventKind, Tampered};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a record of retention in the trail says: rows of that category from before then may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which category.
    pub keep: Keep,
    /// What is older may be empty.
    pub before: Timestamp,
    /// When the record was written.
    pub at: Timestamp,
}

impl Rule {
    /// Whether a house may have such a rule: nothing goes earlier than the least it keeps.
    pub fn holds(&self) -> bool {
        self.keep.least().is_some_and(|least| self.before <= least.before(utc_day(self.at)))
    }
}

/// Rows that are empty, and rules that say so. Which came first does not matter: a rule is written when rows are emptied,
/// and stands far behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The first place of each category and day.
    emptied: BTreeMap<(Keep, Date), i64>,
    /// Until when, at most.
    rules: BTreeMap<Keep, Timestamp>,
}

impl Account {
    /// Notes a row that is empty.
    ///
    /// # Errors
    /// [`Tampered::Emptied`] when rows of its kind are never emptied.
    pub fn note(&mut self, left: &Emptied, place: i64) -> Result<(), Tampered> {
        let keep = EventKind::from_word(&left.kind).map(|kind| kind.about().keep);
        let keep = keep.filter(|keep| keep.least().is_some()).ok_or(Tampered::Emptied { place })?;
        let first = self.emptied.entry((keep, utc_day(left.at))).or_insert(place);
        *first = place.min(*first);
        Ok(())
    }

    /// Notes a rule; one that no house may have counts for nothing.
    pub fn allow(&mut self, rule: &Rule) {
        if rule.holds() {
            let latest = self.rules.entry(rule.keep).or_insert(rule.before);
            *latest = rule.before.max(*latest);
        }
    }

    /// Which categories have empty rows.
    pub fn categories(&self) -> impl Iterator<Item = Keep> + '_ {
        Keep::ALL.into_iter().filter(move |keep| self.emptied.keys().any(|(it, _)| it == keep))
    }

    /// Whether every empty row is older than a rule of its category says.
    ///
    /// # Errors
    /// [`Tampered::Emptied`], with the first that is not.
    pub fn settle(&self) -> Result<(), Tampered> {
        let open = self
            .emptied
            .iter()
            .filter(|((keep, day), _)| self.rules.get(keep).is_none_or(|before| *day >= utc_day(*before)));
        let open = open.map(|(_, place)| *place);
        open.min().map_or(Ok(()), |place| Err(Tampered::Emptied { place }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{FORMAT, Hash};
    use uuid::Uuid;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn left(kind: EventKind, when: &str) -> Emptied {
        Emptied {
            id: Uuid::from_u128(1).into(),
            format: FORMAT,
            at: at(when),
            kind: kind.word().into(),
            origin: None,
            body: Hash::START,
            mac: [0; 32],
        }
    }

    fn rule(keep: Keep, before: &str, when: &str) -> Rule {
        Rule { keep, before: at(before), at: at(when) }
    }

    #[test]
    fn a_row_may_be_empty_that_is_older_than_a_rule_of_its_category_and_no_other() {
        let ruled = |rules: &[Rule]| {
            let mut account = Account::default();
            account.note(&left(EventKind::SignedIn, "2025-09-30T23:59:59Z"), 7).unwrap();
            account.note(&left(EventKind::SignedIn, "2025-10-01T00:00:00Z"), 9).unwrap();
            account.note(&left(EventKind::SignedIn, "2025-10-01T10:00:00Z"), 8).unwrap();
            for rule in rules {
                account.allow(rule);
            }
            account.settle()
        };
        let (sign_in, central) = (Keep::SignIn, Keep::Central);
        assert_eq!(ruled(&[rule(sign_in, "2025-10-02T00:00:00Z", "2026-11-02T08:00:00Z")]), Ok(()));
        assert_eq!(ruled(&[]), Err(Tampered::Emptied { place: 7 }));
        let earlier = rule(sign_in, "2025-10-01T00:00:00Z", "2026-11-01T08:00:00Z");
        assert_eq!(ruled(&[earlier]), Err(Tampered::Emptied { place: 8 }), "the day that is not over");
        let other = rule(central, "2025-10-02T00:00:00Z", "2030-11-02T08:00:00Z");
        assert_eq!(ruled(&[other]), Err(Tampered::Emptied { place: 7 }), "of another category");
        let hasty = rule(sign_in, "2025-10-03T00:00:00Z", "2026-11-02T08:00:00Z");
        assert_eq!(ruled(&[hasty]), Err(Tampered::Emptied { place: 7 }), "earlier than any house may");
    }

    #[test]
    fn what_says_why_rows_are_empty_is_never_emptied_itself() {
        let mut account = Account::default();
        for kind in [EventKind::RowsExpired.word(), "a.kind-of-tomorrow"] {
            let strange = Emptied { kind: kind.into(), ..left(EventKind::SignedIn, "1999-01-01T00:00:00Z") };
            assert_eq!(account.note(&strange, 3), Err(Tampered::Emptied { place: 3 }), "{kind}");
        }
    }
}
