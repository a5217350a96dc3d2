//! The figures an auditor looks at first: who accepted the terms, who is proved at which level, who blocked a login by
//! which door and how fast, and how long it took to open it again (page 53). Nobody's name or id stays in them.

use super::uptime::of_hundred;
use super::{Period, Uptimes};
use crate::ids::PersonId;
use crate::level::AssuranceLevel;
use crate::suspension::Door;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// People with an open work relation, as they stood when the figures were taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headcount {
    /// How many there are.
    pub of: u64,
    /// Of them, who accepted terms that are enough now.
    pub accepted: u64,
    /// Who never proved who she is, or must do it anew in full.
    pub unproved: u64,
    /// Whose proof gives Low now.
    pub low: u64,
    /// Whose proof gives Substantial now.
    pub substantial: u64,
    /// Whose proof gives High now.
    pub high: u64,
    /// Whose login is held.
    pub held: u64,
}

impl Headcount {
    /// One more person.
    pub fn count(&mut self, level: Option<AssuranceLevel>, accepted: bool, held: bool) {
        self.of += 1;
        self.accepted += u64::from(accepted);
        self.held += u64::from(held);
        let level = match level {
            None => &mut self.unproved,
            Some(AssuranceLevel::Low) => &mut self.low,
            Some(AssuranceLevel::Substantial) => &mut self.substantial,
            Some(AssuranceLevel::High) => &mut self.high,
        };
        *level += 1;
    }

    /// How many in a hundred accepted, rounded down: a hundred is all of them. None where there is nobody.
    pub fn accepted_share(&self) -> Option<u64> {
        self.accepted.saturating_mul(100).checked_div(self.of)
    }
}

/// How long logins were blocked that were opened again within the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopenings {
    /// How many.
    pub many: u64,
    /// The time of the one in the middle, in seconds.
    pub median: u64,
    /// The longest, in seconds.
    pub longest: u64,
    /// Blocked in the period and not opened in it.
    pub still: u64,
}

/// How long a block took, from the request that blocks to the row that says it is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quickness {
    /// By which door.
    pub door: Door,
    /// How many blocks say it.
    pub many: u64,
    /// No more than this for half of them, in milliseconds.
    pub half: u64,
    /// No more than this for ninety-nine of a hundred, in milliseconds.
    pub most: u64,
}

/// The figures of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Of which period.
    pub period: Period,
    /// When they were taken; the headcount is of this instant.
    pub at: Timestamp,
    /// Who works here.
    pub people: Headcount,
    /// Accepts of terms in the period.
    pub accepts: u64,
    /// Blocks by owners in the period: each door by its word.
    pub blocks: Vec<(String, u64)>,
    /// How long they took; doors nobody blocked by are left out.
    #[serde(default)]
    pub quickness: Vec<Quickness>,
    /// Holds put by others.
    pub holds: u64,
    /// Tries to block that were refused.
    pub refused: u64,
    /// How long it took to open them again.
    pub reopenings: Reopenings,
    /// How each door answered from outside.
    #[serde(default)]
    pub uptime: Uptimes,
    /// Events of the period that are not counted, since somebody changed them.
    #[serde(default)]
    pub broken: u64,
}

/// Figures while they are taken: what happened is told in the order it happened.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    people: Headcount,
    accepts: u64,
    blocks: HashMap<&'static str, u64>,
    holds: u64,
    refused: u64,
    open: HashMap<PersonId, Timestamp>,
    took: Vec<u64>,
    quick: HashMap<&'static str, Vec<u64>>,
    uptime: Uptimes,
    broken: u64,
}

impl Tally {
    /// One more person with a work relation; see [`Headcount::count`].
    pub fn person(&mut self, level: Option<AssuranceLevel>, accepted: bool, held: bool) {
        self.people.count(level, accepted, held);
    }

    /// Terms were accepted.
    pub fn accept(&mut self) {
        self.accepts += 1;
    }

    /// An owner blocked her login. Once more while it is blocked is one more block, and its time begins with the first.
    pub fn block(&mut self, person: PersonId, door: Door, at: Timestamp) {
        *self.blocks.entry(door.word()).or_default() += 1;
        self.open.entry(person).or_insert(at);
    }

    /// How long a block took by this door, in milliseconds.
    pub fn quick(&mut self, door: Door, millis: u64) {
        self.quick.entry(door.word()).or_default().push(millis);
    }

    /// How each door answered from outside.
    pub fn measured(&mut self, uptime: Uptimes) {
        self.uptime = uptime;
    }

    /// An event is not as it was written: it counts for nothing.
    pub fn passed_over(&mut self) {
        self.broken += 1;
    }

    /// Somebody else put a hold.
    pub fn hold(&mut self) {
        self.holds += 1;
    }

    /// A try to block was refused.
    pub fn refuse(&mut self) {
        self.refused += 1;
    }

    /// A login was opened again; one that was blocked before the period is not timed.
    pub fn reopen(&mut self, person: PersonId, at: Timestamp) {
        if let Some(blocked) = self.open.remove(&person) {
            let took = at.duration_since(blocked).max(SignedDuration::ZERO).as_secs();
            self.took.push(u64::try_from(took).unwrap_or(0));
        }
    }

    /// Everything was told.
    pub fn taken(mut self, period: Period, at: Timestamp) -> Figures {
        self.took.sort_unstable();
        let median = self.took.get(self.took.len().saturating_sub(1) / 2).copied().unwrap_or(0);
        let many = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let by = |door: Door| (door.word().to_owned(), self.blocks.get(door.word()).copied().unwrap_or(0));
        let quickness = Door::ALL.into_iter().filter_map(|door| {
            let mut own = self.quick.remove(door.word())?;
            own.sort_unstable();
            let (half, most) = (of_hundred(&own, 50), of_hundred(&own, 99));
            Some(Quickness { door, many: many(own.len()), half, most })
        });
        let quickness = quickness.collect();
        Figures {
            period,
            at,
            people: self.people,
            accepts: self.accepts,
            blocks: Door::ALL.into_iter().map(by).collect(),
            quickness,
            holds: self.holds,
            refused: self.refused,
            reopenings: Reopenings {
                many: many(self.took.len()),
                median,
                longest: self.took.last().copied().unwrap_or(0),
                still: many(self.open.len()),
            },
            uptime: self.uptime,
            broken: self.broken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u128) -> PersonId {
        uuid::Uuid::from_u128(n).into()
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_hundred_in_a_hundred_is_everybody_and_nobody_is_no_share() {
        let mut people = Headcount::default();
        assert_eq!(people.accepted_share(), None);
        for n in 0..200 {
            people.count(Some(AssuranceLevel::Substantial), n != 0, n == 0);
        }
        assert_eq!((people.accepted_share(), people.held), (Some(99), 1), "199 of 200");
        people.count(None, true, false);
        people.count(Some(AssuranceLevel::Low), true, false);
        assert_eq!((people.of, people.substantial, people.low, people.unproved), (202, 200, 1, 1));
    }

    #[test]
    fn how_long_a_block_took_is_told_of_each_door_it_was_told_of() {
        let mut tally = Tally::default();
        (1..=100).rev().for_each(|millis| tally.quick(Door::Code, millis));
        tally.quick(Door::Session, 7);
        let told = tally.taken(Period::until(at(400)), at(400)).quickness;
        let of = |door, many, half, most| Quickness { door, many, half, most };
        assert_eq!(told, [of(Door::Session, 1, 7, 7), of(Door::Code, 100, 50, 99)]);
    }

    #[test]
    fn a_block_is_timed_from_its_first_click_to_the_opening_and_one_that_goes_on_is_counted() {
        let mut tally = Tally::default();
        tally.reopen(person(9), at(1));
        tally.block(person(1), Door::Session, at(10));
        tally.block(person(1), Door::Code, at(11));
        tally.block(person(2), Door::Session, at(20));
        tally.block(person(3), Door::Mitid, at(30));
        tally.reopen(person(1), at(110));
        tally.reopen(person(2), at(320));
        let figures = tally.taken(Period::until(at(400)), at(400));
        assert_eq!(figures.reopenings, Reopenings { many: 2, median: 100, longest: 300, still: 1 });
        let doors: Vec<_> = figures.blocks.iter().map(|(door, many)| (door.as_str(), *many)).collect();
        let by = [("by-session", 2), ("by-mitid", 1), ("by-code", 1), ("by-notice", 0), ("by-password", 0)];
        assert_eq!(doors, by);
    }
}
