//! A walk along the trail from its first row on, held against checkpoints that were kept outside.

use super::checkpoint::Checkpoint;
use super::tree::Frontier;
use super::{Emptied, Follower, Hash, Link, Origin, Row};
use crate::ids::{EventId, InstanceId};
use crate::retention::{Account, Rule};
use std::collections::{BTreeMap, VecDeque};

/// What a verifier found wrong, with the first place where it shows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Tampered {
    /// A row's content does not match its MAC or the chain.
    #[error("row {event} at place {place} was changed")]
    Changed {
        /// Where.
        place: i64,
        /// Which.
        event: EventId,
    },
    /// A chained row is gone.
    #[error("the row at place {place} was removed")]
    Removed {
        /// Where.
        place: i64,
    },
    /// A row that nobody with the key wrote.
    #[error("row {event} was added")]
    Added {
        /// Which.
        event: EventId,
    },
    /// The chain itself has a gap, or its hashes do not follow.
    #[error("the chain does not hold at place {place}")]
    Broken {
        /// Where.
        place: i64,
    },
    /// An instance counted a row that is not there: it was taken away before it was chained.
    #[error(
        "row {number} that instance {instance} wrote on its lane {lane} is not there; it stood before place {place}"
    )]
    Missing {
        /// Before which place.
        place: i64,
        /// Who wrote it.
        instance: InstanceId,
        /// On which of its lanes.
        lane: u32,
        /// Which of that lane.
        number: u64,
    },
    /// A row is empty, and nothing in the trail says that it was kept long enough.
    #[error("the row at place {place} was emptied, and no rule of retention took it")]
    Emptied {
        /// Where.
        place: i64,
    },
    /// The rows are not those a signed checkpoint stands for.
    #[error(
        "checkpoint {number} stands for other rows: something from place {from} to place {to} was changed, or all of it replaced"
    )]
    Unlike {
        /// Which checkpoint.
        number: u64,
        /// The first place that may be wrong.
        from: u64,
        /// The last.
        to: u64,
    },
    /// A signed checkpoint stands for more rows than there are.
    #[error(
        "the trail ends at place {end} and checkpoint {number} stands for {size} rows: the end was cut off, or an older backup took the place of the database"
    )]
    Short {
        /// The last place.
        end: u64,
        /// Which checkpoint.
        number: u64,
        /// How many rows it stands for.
        size: u64,
    },
    /// A line of the checkpoints is none, or no known key signed it.
    #[error("line {line} of the checkpoints was changed or is not signed by a key that was given")]
    Forged {
        /// Which line.
        line: u64,
    },
    /// A line of an export is not what the programme writes.
    #[error("line {line} of the export cannot be read")]
    Garbled {
        /// Which line.
        line: u64,
    },
    /// The export is not the one that was sealed.
    #[error("the export was changed or cut after it was made: its seal does not hold")]
    Unsealed,
}

/// Follows the rows, counts each instance's own, grows the tree, and compares it with every checkpoint on the way.
#[derive(Clone, Debug)]
pub struct Walk {
    follower: Follower,
    tree: Frontier,
    lanes: BTreeMap<(InstanceId, u32), u64>,
    /// The trail was walked from its first row: lanes begin at one.
    whole: bool,
    waiting: VecDeque<Checkpoint>,
    agreed: u64,
    seen: usize,
    /// Rows that are empty, and rules that say so.
    account: Account,
    /// Rules behind the last checkpoint that agreed, where nothing else vouches for them.
    claimed: Vec<Rule>,
}

impl Walk {
    /// From the first row on.
    pub fn from_the_start(checkpoints: Vec<Checkpoint>) -> Self {
        Self::begin(Follower::default(), Frontier::default(), true, checkpoints)
    }

    /// From a later place on: the chain's hash and the tree before it.
    pub fn from_place(hash: Hash, tree: Frontier, checkpoints: Vec<Checkpoint>) -> Self {
        let before = i64::try_from(tree.size()).unwrap_or(i64::MAX);
        Self::begin(Follower::at(before, hash), tree, false, checkpoints)
    }

    fn begin(follower: Follower, tree: Frontier, whole: bool, mut all: Vec<Checkpoint>) -> Self {
        all.sort_by_key(|it| (it.size, it.number));
        let agreed = tree.size();
        let waiting = all.into_iter().filter(|it| it.size >= agreed).collect();
        Self {
            follower,
            tree,
            lanes: BTreeMap::new(),
            whole,
            waiting,
            agreed,
            seen: 0,
            account: Account::default(),
            claimed: Vec::new(),
        }
    }

    /// How far it came.
    pub fn place(&self) -> i64 {
        self.follower.place()
    }

    /// The tree over what was walked.
    pub fn tree(&self) -> &Frontier {
        &self.tree
    }

    /// How many checkpoints agreed.
    pub fn agreed(&self) -> usize {
        self.seen
    }

    /// The next link and its row. `authentic` tells whether the row's MAC holds, where there is a key to tell it.
    ///
    /// # Errors
    /// [`Tampered`]
    pub fn step(&mut self, link: &Link, row: Option<&Row>, authentic: bool) -> Result<(), Tampered> {
        self.compare()?;
        let leaf = self.follower.check(link, row, authentic)?;
        if let Some(row) = row {
            self.count(row.origin, link.place)?;
        }
        self.tree.push(leaf, |_, _| {});
        Ok(())
    }

    /// A row that was emptied by rule (NSIS 4.1.4.3): what is left proves its place, its lane, its time and its kind. That a
    /// rule took it is seen at the end, by [`Walk::settle`].
    ///
    /// # Errors
    /// [`Tampered`]
    pub fn pass_over(&mut self, link: &Link, left: &Emptied, authentic: bool) -> Result<(), Tampered> {
        self.compare()?;
        let place = self.follower.place() + 1;
        if !authentic {
            return Err(Tampered::Changed { place, event: left.id });
        }
        let leaf = self.follower.follow(link, left.leaf())?;
        self.count(left.origin, place)?;
        self.account.note(left, place)?;
        self.tree.push(leaf, |_, _| {});
        Ok(())
    }

    /// A rule that stands in the trail, in a row that holds.
    pub fn allow(&mut self, rule: &Rule) {
        self.account.allow(rule);
    }

    /// A rule in the row that was just walked, whose MAC nobody could compare: it counts once a checkpoint over that row
    /// agrees. Whoever owns the database writes behind the last one as he likes.
    pub fn claim(&mut self, rule: Rule) {
        self.claimed.push(rule);
    }

    /// Every rule was seen: does each empty row have one?
    ///
    /// # Errors
    /// [`Tampered::Emptied`]
    pub fn settle(&self) -> Result<(), Tampered> {
        self.account.settle()
    }

    /// A row behind the end of the chain, which waits for its place.
    ///
    /// # Errors
    /// [`Tampered::Missing`]
    pub fn waiting(&mut self, row: &Row) -> Result<(), Tampered> {
        self.count(row.origin, self.follower.place() + 1)
    }

    /// The end was reached.
    ///
    /// # Errors
    /// [`Tampered::Short`] when a checkpoint stands for more, [`Tampered::Unlike`]
    pub fn end(&mut self) -> Result<(), Tampered> {
        self.compare()?;
        match self.waiting.back() {
            None => Ok(()),
            Some(last) => {
                Err(Tampered::Short { end: self.tree.size(), number: last.number, size: last.size })
            }
        }
    }

    fn count(&mut self, origin: Option<Origin>, place: i64) -> Result<(), Tampered> {
        let Some(origin) = origin else { return Ok(()) };
        let key = (origin.instance, origin.lane);
        let before = self.lanes.insert(key, origin.number);
        let next = match before {
            Some(before) => before.saturating_add(1),
            None if self.whole => 1,
            // In the middle of the trail a lane may go on.
            None => origin.number,
        };
        if origin.number == next {
            return Ok(());
        }
        Err(Tampered::Missing { place, instance: origin.instance, lane: origin.lane, number: next })
    }

    /// Every checkpoint that stands for exactly what was walked so far.
    fn compare(&mut self) -> Result<(), Tampered> {
        let size = self.tree.size();
        while self.waiting.front().is_some_and(|it| it.size == size) {
            let Some(checkpoint) = self.waiting.pop_front() else { break };
            if checkpoint.root != self.tree.root() {
                let from = self.agreed.saturating_add(1).min(size);
                return Err(Tampered::Unlike { number: checkpoint.number, from, to: size });
            }
            (self.agreed, self.seen) = (size, self.seen + 1);
            let account = &mut self.account;
            self.claimed.drain(..).for_each(|rule| account.allow(&rule));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::FORMAT;
    use crate::audit::catalogue::Keep;
    use jiff::Timestamp;
    use uuid::Uuid;

    fn row(n: u128, lane: u32, number: u64) -> Row {
        Row {
            id: Uuid::from_u128(n).into(),
            format: FORMAT,
            at: Timestamp::UNIX_EPOCH,
            kind: "terms.accepted".into(),
            actor: "\"System\"".into(),
            subject: None,
            request: Uuid::from_u128(1).into(),
            facts: "{}".into(),
            personal: vec![],
            origin: Some(Origin { instance: Uuid::from_u128(5).into(), lane, number }),
            mac: [7; 32],
        }
    }

    fn rows() -> Vec<Row> {
        vec![row(1, 1, 1), row(2, 2, 1), row(3, 1, 2), row(4, 1, 3), row(5, 2, 2)]
    }

    fn checkpoint(number: u64, rows: &[Row]) -> Checkpoint {
        let mut tree = Frontier::default();
        for row in rows {
            tree.push(row.leaf(), |_, _| {});
        }
        let at = Timestamp::UNIX_EPOCH;
        Checkpoint {
            origin: "a/trail".into(),
            size: tree.size(),
            root: tree.root(),
            number,
            at,
            given_up: None,
        }
    }

    fn walk(rows: &[Row], checkpoints: Vec<Checkpoint>) -> Result<usize, Tampered> {
        let (mut follower, mut walk) = (Follower::default(), Walk::from_the_start(checkpoints));
        for row in rows {
            walk.step(&follower.append(row), Some(row), true)?;
        }
        walk.end()?;
        Ok(walk.agreed())
    }

    #[test]
    fn a_trail_agrees_with_every_checkpoint_of_its_own() {
        let rows = rows();
        let all = (0..=5).map(|n| checkpoint(n + 1, &rows[..usize::try_from(n).unwrap()])).collect();
        assert_eq!(walk(&rows, all), Ok(6));
    }

    #[test]
    fn a_trail_that_was_chained_anew_is_told_by_the_checkpoint_between_whose_places_it_differs() {
        let rows = rows();
        let kept = vec![checkpoint(1, &rows[..2]), checkpoint(2, &rows)];
        let mut other = rows.clone();
        other[3].facts = "{\"level\":\"High\"}".into();
        assert_eq!(walk(&other, kept.clone()), Err(Tampered::Unlike { number: 2, from: 3, to: 5 }));
        assert_eq!(walk(&rows[..3], kept), Err(Tampered::Short { end: 3, number: 2, size: 5 }));
    }

    #[test]
    fn a_row_an_instance_counted_and_nobody_chained_is_named() {
        let instance = Uuid::from_u128(5).into();
        let mut rows = rows();
        rows.remove(2);
        let missing = Tampered::Missing { place: 3, instance, lane: 1, number: 2 };
        assert_eq!(walk(&rows, vec![]), Err(missing));
        rows.remove(0);
        let missing = Tampered::Missing { place: 2, instance, lane: 1, number: 1 };
        assert_eq!(walk(&rows, vec![]), Err(missing), "the first of a lane too");
    }

    #[test]
    fn a_row_that_was_emptied_by_rule_is_passed_over_and_one_more_is_missed() {
        let rows = rows();
        let mut follower = Follower::default();
        let links: Vec<_> = rows.iter().map(|row| follower.append(row)).collect();
        let kept = vec![checkpoint(1, &rows)];
        let at: Timestamp = "2026-11-02T08:00:00Z".parse().unwrap();
        let rule = Rule { keep: Keep::Central, before: "2021-11-02T00:00:00Z".parse().unwrap(), at };
        let gone = |gone: &[usize], left_out: &[usize], rules: &[Rule]| {
            let mut walk = Walk::from_the_start(kept.clone());
            for (at, (link, row)) in links.iter().zip(&rows).enumerate() {
                if gone.contains(&at) {
                    walk.pass_over(link, &row.emptied().unwrap(), true)?;
                } else {
                    walk.step(link, (!left_out.contains(&at)).then_some(row), true)?;
                }
            }
            walk.end()?;
            for rule in rules {
                walk.allow(rule);
            }
            walk.settle()
        };
        assert_eq!(gone(&[0, 2, 4], &[], &[rule]), Ok(()));
        assert_eq!(gone(&[0], &[2], &[rule]), Err(Tampered::Removed { place: 3 }));
        assert_eq!(gone(&[1, 4], &[], &[]), Err(Tampered::Emptied { place: 2 }), "without a rule");
        let other = Rule { keep: Keep::SignIn, ..rule };
        assert_eq!(gone(&[1, 4], &[], &[other]), Err(Tampered::Emptied { place: 2 }), "of another category");
    }

    #[test]
    fn a_rule_nobody_has_the_key_of_counts_once_a_checkpoint_stands_for_it() {
        let rows = rows();
        let at: Timestamp = "2026-11-02T08:00:00Z".parse().unwrap();
        let rule = Rule { keep: Keep::Central, before: "2021-11-02T00:00:00Z".parse().unwrap(), at };
        // The rule stands in the fourth row.
        let under = |checkpoints: Vec<Checkpoint>| {
            let (mut follower, mut walk) = (Follower::default(), Walk::from_the_start(checkpoints));
            for (place, row) in (1..).zip(&rows) {
                let link = follower.append(row);
                if place == 1 {
                    walk.pass_over(&link, &row.emptied().unwrap(), true)?;
                } else {
                    walk.step(&link, Some(row), true)?;
                }
                if place == 4 {
                    walk.claim(rule);
                }
            }
            walk.end()?;
            walk.settle()
        };
        assert_eq!(under(vec![checkpoint(1, &rows)]), Ok(()));
        assert_eq!(under(vec![checkpoint(1, &rows[..4])]), Ok(()));
        for unvouched in [vec![], vec![checkpoint(1, &rows[..3])]] {
            assert_eq!(under(unvouched), Err(Tampered::Emptied { place: 1 }));
        }
    }

    #[test]
    fn what_is_left_of_another_row_or_was_changed_does_not_pass() {
        let rows = rows();
        let link = Follower::default().append(&rows[0]);
        let (left, other) = (rows[0].emptied().unwrap(), rows[1].emptied().unwrap());
        let passes =
            |left: &Emptied, authentic| Walk::from_the_start(vec![]).pass_over(&link, left, authentic);
        assert_eq!(passes(&left, true), Ok(()));
        assert_eq!(passes(&left, false), Err(Tampered::Changed { place: 1, event: left.id }));
        let earlier = Emptied { at: Timestamp::MIN, ..left.clone() };
        for wrong in [other, earlier, Emptied { kind: "sign-in.done".into(), ..left }] {
            assert_eq!(passes(&wrong, true), Err(Tampered::Broken { place: 1 }), "{wrong:?}");
        }
    }

    #[test]
    fn from_the_middle_on_a_lane_goes_on_where_it_is() {
        let rows = rows();
        let mut follower = Follower::default();
        let links: Vec<_> = rows.iter().map(|row| follower.append(row)).collect();
        let mut tree = Frontier::default();
        for row in &rows[..2] {
            tree.push(row.leaf(), |_, _| {});
        }
        let all = vec![checkpoint(1, &rows[..1]), checkpoint(2, &rows)];
        let mut walk = Walk::from_place(links[1].hash, tree, all);
        for (link, row) in links.iter().zip(&rows).skip(2) {
            walk.step(link, Some(row), true).unwrap();
        }
        walk.end().unwrap();
        assert_eq!(walk.agreed(), 1, "the one before has nothing to compare");
    }
}
