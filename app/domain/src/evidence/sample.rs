//! A random sample that anybody can draw again: of everybody those whose SHA-256 of seed and id is the lowest.

use crate::ids::{PersonId, SessionId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// So many people a sample may have.
pub const LARGEST_SAMPLE: u16 = 100;

/// A sample that was drawn: kept in a flow of the auditor's until it runs out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// By which seed.
    pub seed: String,
    /// Of how many people.
    pub of: u64,
    /// Who, in the order of their hashes.
    pub people: Vec<PersonId>,
    /// By whom, in which session.
    pub by: (PersonId, SessionId),
}

/// A sample while it is drawn. Holds no more people than it will have.
#[derive(Clone, Debug)]
pub struct Draw {
    seed: String,
    many: usize,
    lowest: BTreeSet<([u8; 32], PersonId)>,
    of: u64,
}

impl Draw {
    /// Begins one of so many people.
    pub fn begin(seed: &str, many: u16) -> Self {
        let many = usize::from(many.clamp(1, LARGEST_SAMPLE));
        Self { seed: seed.to_owned(), many, lowest: BTreeSet::new(), of: 0 }
    }

    /// One more person it is drawn of; the order is all the same.
    pub fn offer(&mut self, person: PersonId) {
        self.of += 1;
        self.lowest.insert((rank(&self.seed, person), person));
        if self.lowest.len() > self.many {
            self.lowest.pop_last();
        }
    }

    /// Everybody was offered.
    pub fn drawn(self, by: (PersonId, SessionId)) -> Sample {
        let people = self.lowest.into_iter().map(|(_, person)| person).collect();
        Sample { seed: self.seed, of: self.of, people, by }
    }
}

/// SHA-256 of the seed, a line end, and the id as people write it.
fn rank(seed: &str, person: PersonId) -> [u8; 32] {
    Sha256::new().chain_update(seed).chain_update("\n").chain_update(person.to_string()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn sample(seed: &str, many: u16, people: impl Iterator<Item = u128>) -> Sample {
        let mut draw = Draw::begin(seed, many);
        people.for_each(|n| draw.offer(Uuid::from_u128(n).into()));
        draw.drawn((Uuid::from_u128(900).into(), Uuid::from_u128(901).into()))
    }

    #[test]
    fn the_same_seed_draws_the_same_people_in_whatever_order_they_come() {
        let one = sample("november", 5, 1..=200);
        assert_eq!(one, sample("november", 5, (1..=200).rev()));
        assert_eq!((one.people.len(), one.of), (5, 200));
        assert_ne!(one.people, sample("december", 5, 1..=200).people);
    }

    #[test]
    fn it_can_be_drawn_again_with_any_tool_that_knows_sha_256() {
        let id = "00000000-0000-0000-0000-000000000001";
        let expected: [u8; 32] = Sha256::digest(format!("november\n{id}")).into();
        assert_eq!(rank("november", id.parse().unwrap()), expected);
    }

    #[test]
    fn nobody_is_drawn_twice_and_few_people_are_all_drawn() {
        let all = sample("november", 50, 1..=3);
        assert_eq!((all.people.len(), all.of), (3, 3));
    }
}
