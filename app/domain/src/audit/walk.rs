//! A walk along the trail from its first row on, held against checkpoints that were kept outside.

use super::checkpoint::Checkpoint;
use super::tree::Frontier;
use super::{Emptied, Follower, Hash, Link, Origin, Row, Tampered};
use crate::ids::InstanceId;
use crate::retention::{Account, Rule};
use std::collections::{BTreeMap, VecDeque};

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
mod tests;
