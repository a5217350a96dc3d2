//! What an auditor takes out: eighteen exports for a chosen period, each with the requirements it serves, where its rows
//! come from, and what nobody collects yet (NSIS 4.1.7.4–5).

mod figures;
mod gap;
mod job;
mod looked;
mod manifest;
mod sample;
mod table;
mod uptime;

pub use figures::{Figures, Headcount, Quickness, Reopenings, Tally};
pub use gap::Gap;
pub use job::{
    AT_ONCE, CancelledFor, FILES_HOLD, FailedFor, Job, JobRefused, JobState, LARGEST, LEASE, MOST_OPEN,
    MOST_TRIES, Stage,
};
pub use looked::{Looked, Opened, Quoted, Search};
pub use manifest::{Manifest, Part};
pub use sample::{Draw, LARGEST_SAMPLE, Sample};
pub use uptime::{Measured, Probe, Uptime, Uptimes};

use crate::audit::catalogue::WHERE_FROM;
use crate::audit::{Actor, EventKind};
use crate::calendar::day_begins;
use crate::ids::{PersonId, SessionId};
use crate::standing::Origin;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Evidence {
    /// Means of login that were issued, and on what.
    Means,
    /// Everything that happened to one person.
    Person,
    /// What the CPR register said of whom.
    Register,
    /// Blocks and revocations.
    Blocks,
    /// Reopenings and renewals.
    Reopenings,
    /// Relations that ended.
    Leavers,
    /// Relations that were made.
    Links,
    /// Who may do more than look after herself.
    Staff,
    /// What they did.
    Privileged,
    /// Whether the trail is whole.
    Integrity,
    /// Tokens and the requests for them.
    Tokens,
    /// Keys and their lives.
    Keys,
    /// Settings and their changes.
    Configuration,
    /// How much of the time a block was possible.
    Uptime,
    /// What was deleted, and when.
    Retention,
    /// Versions of the published texts.
    Documents,
    /// Restores, drills and incidents.
    Incidents,
    /// The control schema, filled in.
    Controls,
}

/// Rows of the present that stand beside those of the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present {
    /// Roles that are held or wait.
    Roles,
    /// Keys, and the algorithms in use.
    Keys,
    /// The newest checkpoint of the trail.
    Checkpoint,
    /// Connections and times.
    Settings,
    /// The terms that hold, and the other texts.
    Terms,
    /// How each door of a block answered over the period.
    Uptime,
    /// The requirements, and how each is met.
    Requirements,
}

/// How much of an export is collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collected {
    /// All of it.
    InFull,
    /// Not all: it counts as open.
    InPart,
}

impl Evidence {
    /// All of them, by their numbers.
    pub const ALL: [Self; 18] = [
        Self::Means,
        Self::Person,
        Self::Register,
        Self::Blocks,
        Self::Reopenings,
        Self::Leavers,
        Self::Links,
        Self::Staff,
        Self::Privileged,
        Self::Integrity,
        Self::Tokens,
        Self::Keys,
        Self::Configuration,
        Self::Uptime,
        Self::Retention,
        Self::Documents,
        Self::Incidents,
        Self::Controls,
    ];

    /// Its number, from one.
    pub fn number(self) -> u8 {
        (1..).zip(Self::ALL).find(|(_, it)| *it == self).map_or(0, |(number, _)| number)
    }

    /// Reads the number as a form has it.
    pub fn from_number(text: &str) -> Option<Self> {
        let number: u8 = text.trim().parse().ok()?;
        Self::ALL.into_iter().find(|it| it.number() == number)
    }

    /// Its word in files and in the trail.
    pub fn word(self) -> &'static str {
        self.entry().word
    }

    /// What it holds, in English, for machines and their readers.
    pub fn says(self) -> &'static str {
        self.entry().says
    }

    /// The requirements it serves.
    pub fn nsis(self) -> &'static [&'static str] {
        self.entry().nsis
    }

    /// Kinds of events its rows are.
    pub fn kinds(self) -> &'static [EventKind] {
        self.entry().kinds
    }

    /// What of the present stands beside them.
    pub fn present(self) -> Option<Present> {
        self.entry().present
    }

    /// What nobody collects yet.
    pub fn gaps(self) -> &'static [Gap] {
        self.entry().gaps
    }

    /// How much of it is collected.
    pub fn collected(self) -> Collected {
        if self.gaps().is_empty() { Collected::InFull } else { Collected::InPart }
    }

    /// Whether this sealed fact is opened in it. Whom it is about stands there by her id; a name, an address or a browser is
    /// opened in the trail of one person alone.
    pub fn opens(self, sealed: &str) -> bool {
        self == Self::Person || self.entry().opens.contains(&sealed)
    }

    /// Whether an event of one of its kinds belongs in it.
    pub fn takes(
        self,
        kind: EventKind,
        actor: &Actor,
        subject: Option<PersonId>,
        facts: &BTreeMap<String, String>,
    ) -> bool {
        if self == Self::Register && kind == EventKind::Held {
            return facts.get("origin").is_some_and(|it| it == Origin::Register.word());
        }
        if self == Self::Privileged {
            return table::OFFICE.contains(&kind)
                || match actor {
                    Actor::Operator(_) => true,
                    Actor::Person(person) => subject != Some(*person),
                    Actor::Unknown | Actor::System => false,
                };
        }
        let is_notice = matches!(kind, EventKind::NoticeSent | EventKind::NoticeFailed);
        self == Self::Person
            || !is_notice
            || facts.get("template").is_some_and(|it| self.entry().notices.contains(&it.as_str()))
    }

    /// Names of the facts its rows may have, in order.
    pub fn facts(self) -> Vec<&'static str> {
        let names: BTreeSet<_> = self.kinds().iter().flat_map(|kind| kind.about().facts).copied().collect();
        let added = (self == Self::Leavers).then_some(LAST_DAY);
        names.into_iter().chain(added).collect()
    }

    /// Names of the sealed facts that are opened in it, in order.
    pub fn sealed(self) -> Vec<&'static str> {
        let sealed = self.kinds().iter().flat_map(|kind| kind.about().sealed).chain(&WHERE_FROM).copied();
        let names: BTreeSet<_> = sealed.filter(|name| self.opens(name)).collect();
        names.into_iter().collect()
    }

    /// What its files are called, without what tells them apart.
    pub fn file(self) -> String {
        format!("nsis-{:02}-{}", self.number(), self.word())
    }
}

/// The fact that is added to a relation that ended: HR's last day of it.
pub const LAST_DAY: &str = "last-day";

/// From an instant on, and before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first instant.
    pub from: Timestamp,
    /// The first one behind it.
    pub before: Timestamp,
}

/// The last day lies before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the last day lies before the first")]
pub struct Backwards;

impl Period {
    /// From the beginning of a day to the end of another, in Copenhagen.
    ///
    /// # Errors
    /// [`Backwards`]
    pub fn of_days(first: Date, last: Date) -> Result<Self, Backwards> {
        if last < first {
            return Err(Backwards);
        }
        let next = last.tomorrow().unwrap_or(Date::MAX);
        Ok(Self { from: day_begins(first), before: day_begins(next) })
    }

    /// Everything before now.
    pub fn until(now: Timestamp) -> Self {
        Self { from: Timestamp::UNIX_EPOCH, before: now }
    }

    /// The same, ending at the last row that has its place in the trail: what came later, or waits for its place, is in the
    /// next one.
    #[must_use]
    pub fn chained_until(self, last: Option<Timestamp>) -> Self {
        let end = last.map_or(self.before, |at| {
            at.saturating_add(SignedDuration::from_micros(1)).unwrap_or(at).min(self.before)
        });
        Self { before: end.max(self.from), ..self }
    }

    /// Whether an instant lies in it.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.before
    }
}

/// What was asked for, and all that its rows are read by: whoever reads it twice reads the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Which export.
    pub evidence: Evidence,
    /// For which period.
    pub period: Period,
    /// About whom, where it is about one person.
    pub about: Option<PersonId>,
    /// The first and the last place of the trail that is read; one less than the first where there is none.
    pub places: (i64, i64),
    /// How many events of the period asked for waited for their place in the trail then: they are not in it.
    #[serde(default)]
    pub waiting: u64,
    /// Since when there is a trail.
    pub since: Option<Timestamp>,
    /// Rows of the present, as they were then.
    pub present: Vec<BTreeMap<String, String>>,
    /// When it was made.
    pub at: Timestamp,
}

/// An export that was made: kept in a flow of the auditor's until it runs out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// What is in it.
    pub order: Order,
    /// What it proves, signed.
    pub manifest: String,
    /// By whom, in which session.
    pub by: (PersonId, SessionId),
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn eighteen_exports_have_numbers_words_and_requirements_of_their_own() {
        let words: BTreeSet<_> = Evidence::ALL.iter().map(|it| it.word()).collect();
        assert_eq!(words.len(), 18);
        for (it, number) in Evidence::ALL.into_iter().zip(1u8..) {
            assert_eq!((it.number(), Evidence::from_number(&number.to_string())), (number, Some(it)));
            assert!(!it.nsis().is_empty() && !it.says().is_empty(), "{it:?}");
        }
        assert_eq!((Evidence::from_number("0"), Evidence::from_number("19")), (None, None));
    }

    #[test]
    fn what_has_no_source_counts_as_open_and_says_what_is_missing() {
        for it in Evidence::ALL {
            assert!(!it.kinds().is_empty() || it.present().is_some(), "{it:?} has no source");
        }
        let full = Evidence::ALL.into_iter().filter(|it| it.collected() == Collected::InFull);
        let full: Vec<_> = full.map(Evidence::number).collect();
        assert_eq!(full, [2, 4, 7, 10, 11, 12, 14, 15, 16]);
    }

    #[test]
    fn a_name_an_address_and_a_browser_are_opened_in_the_trail_of_one_person_alone() {
        for it in Evidence::ALL.into_iter().filter(|it| *it != Evidence::Person) {
            for sealed in ["address", "browser", "user-name", "to", "old", "new"] {
                assert!(!it.opens(sealed), "{it:?} opens {sealed}");
            }
        }
        assert!(Evidence::Person.sealed().contains(&"address"));
        assert_eq!(Evidence::Blocks.sealed(), ["reason"]);
    }

    #[test]
    fn what_staff_did_is_what_operators_did_and_what_people_did_to_others() {
        let (one, other): (PersonId, PersonId) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        let takes =
            |actor, subject| Evidence::Privileged.takes(EventKind::Held, &actor, subject, &BTreeMap::new());
        assert!(takes(Actor::Operator("ops1".into()), Some(one)));
        assert!(takes(Actor::Person(one), Some(other)) && takes(Actor::Person(one), None));
        assert!(!takes(Actor::Person(one), Some(one)));
        assert!(!takes(Actor::System, Some(one)) && !takes(Actor::Unknown, None));
        for kind in [EventKind::TermsPublished, EventKind::AuditorRefused] {
            let own = Evidence::Privileged.takes(kind, &Actor::Person(one), Some(one), &BTreeMap::new());
            assert!(own, "{kind:?} stands at her own login and is no private matter");
        }
    }

    #[test]
    fn of_holds_the_export_of_the_register_takes_those_it_led_to() {
        let takes = |origin: Origin| {
            let facts = BTreeMap::from([("origin".to_owned(), origin.word().to_owned())]);
            Evidence::Register.takes(EventKind::Held, &Actor::System, None, &facts)
        };
        assert!(takes(Origin::Register) && !takes(Origin::Owner) && !takes(Origin::Security));
    }

    #[test]
    fn of_notices_an_export_takes_those_it_is_about() {
        let told = |template: &str| {
            let facts = BTreeMap::from([("template".to_owned(), template.to_owned())]);
            Evidence::Blocks.takes(EventKind::NoticeSent, &Actor::System, None, &facts)
        };
        assert!(told("blocked") && !told("welcome"));
    }

    #[test]
    fn a_period_holds_its_first_and_its_last_day_and_nothing_besides() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let period = Period::of_days(day("2026-11-01"), day("2026-11-02")).unwrap();
        assert!(period.holds(at("2026-10-31T23:00:00Z")) && period.holds(at("2026-11-02T22:59:59.999999Z")));
        assert!(!period.holds(at("2026-10-31T22:59:59Z")) && !period.holds(at("2026-11-02T23:00:00Z")));
        assert_eq!(Period::of_days(day("2026-11-02"), day("2026-11-01")), Err(Backwards));
    }

    #[test]
    fn a_period_ends_behind_the_last_row_that_has_its_place_and_never_before_it_begins() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let period = Period { from: at("2026-11-01T00:00:00Z"), before: at("2026-11-30T00:00:00Z") };
        let last = at("2026-11-02T08:00:00Z");
        let cut = period.chained_until(Some(last));
        assert!(cut.holds(last) && !cut.holds(at("2026-11-02T08:00:00.000001Z")));
        assert_eq!(period.chained_until(Some(at("2027-01-01T00:00:00Z"))), period, "it was over before");
        assert_eq!(period.chained_until(None), period);
        let empty = period.chained_until(Some(at("2026-10-01T00:00:00Z")));
        assert_eq!((empty.from, empty.before), (period.from, period.from));
    }
}
