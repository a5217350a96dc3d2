//! The Merkle tree over the chained rows (RFC 6962, 2.1): one hash stands for all rows up to a place, and a handful of
//! hashes show that a row is among them, or that an older tree is the beginning of a newer one.
//!
//! Nothing here holds the tree. A [`Frontier`] grows it leaf by leaf in a few hundred bytes; a proof is first a list of
//! [`Range`]s, each the sum of a few perfect subtrees ([`Node`]) that a store keeps or adds up.

use super::Hash;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The root of a tree without leaves.
pub fn empty() -> Hash {
    Hash(Sha256::new().finalize().into())
}

/// The parent of two nodes.
pub fn parent(left: Hash, right: Hash) -> Hash {
    Hash(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// A perfect subtree: 2^`level` leaves, the first of them `index` × 2^`level`, counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// The height above the leaves.
    pub level: u32,
    /// Which of that height.
    pub index: u64,
}

/// The roots of the perfect subtrees that make up a tree, the largest first: all that is needed to go on growing it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Of a tree of that size, from the roots of [`cover`]`(0, size)`; none when their number is wrong.
    pub fn of(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (u64::try_from(peaks.len()).ok()? == u64::from(size.count_ones())).then_some(Self { size, peaks })
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots, the largest first.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds a leaf; tells of every subtree that became whole by it.
    pub fn push(&mut self, leaf: Hash, mut whole: impl FnMut(Node, Hash)) {
        let (mut hash, mut level) = (leaf, 0);
        whole(Node { level, index: self.size }, hash);
        while (self.size >> level) & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = parent(left, hash);
            level += 1;
            whole(Node { level, index: self.size >> level }, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The hash that stands for all leaves.
    pub fn root(&self) -> Hash {
        sum(&self.peaks).unwrap_or_else(empty)
    }
}

/// Neighbours added up from the right, as the right edge of a tree is; none of none.
pub fn sum(hashes: &[Hash]) -> Option<Hash> {
    hashes.iter().rev().copied().reduce(|right, left| parent(left, right))
}

/// Whole neighbours added up to the one node above them all; none unless their number is a power of two.
pub fn fold(mut hashes: Vec<Hash>) -> Option<Hash> {
    while hashes.len() > 1 {
        hashes = hashes
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => Some(parent(*left, *right)),
                _ => None,
            })
            .collect::<Option<_>>()?;
    }
    hashes.pop()
}

/// Leaves `from..to`, counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub from: u64,
    /// Behind the last.
    pub to: u64,
}

impl Range {
    /// The perfect subtrees that make it up, from left to right.
    pub fn cover(self) -> Vec<Node> {
        cover(self.from, self.to)
    }
}

/// The perfect subtrees that make up the leaves `from..to`, from left to right.
pub fn cover(mut from: u64, to: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    while from < to {
        let fits = (to - from).ilog2();
        let level = from.trailing_zeros().min(fits);
        nodes.push(Node { level, index: from >> level });
        from += 1 << level;
    }
    nodes
}

/// The largest power of two below that many leaves.
fn split(many: u64) -> u64 {
    1 << (many.max(2) - 1).ilog2()
}

/// The ranges whose hashes show that leaf `index` is in a tree of `size` leaves, the nearest first (RFC 6962, 2.1.1).
pub fn inclusion(index: u64, size: u64) -> Vec<Range> {
    let mut path = Vec::new();
    let (mut from, mut to) = (0, size);
    while to - from > 1 && index < size {
        let middle = from + split(to - from);
        if index < middle {
            path.push(Range { from: middle, to });
            to = middle;
        } else {
            path.push(Range { from, to: middle });
            from = middle;
        }
    }
    path.reverse();
    path
}

/// The ranges whose hashes show that a tree of `old` leaves is the beginning of one of `new` (RFC 6962, 2.1.2).
pub fn consistency(old: u64, new: u64) -> Vec<Range> {
    let mut proof = Vec::new();
    let (mut from, mut to, mut whole) = (0, new, true);
    if old == 0 || old > new {
        return proof;
    }
    while to != old {
        let middle = from + split(to - from);
        if old <= middle {
            proof.push(Range { from: middle, to });
            to = middle;
        } else {
            proof.push(Range { from, to: middle });
            (from, whole) = (middle, false);
        }
    }
    if !whole {
        proof.push(Range { from, to });
    }
    proof.reverse();
    proof
}

/// Whether the path shows that this leaf is the one at `index` of the tree (RFC 9162, 2.1.3.2).
pub fn includes(root: Hash, size: u64, index: u64, leaf: Hash, path: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for side in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = parent(*side, hash);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = parent(hash, *side);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && hash == root
}

/// Whether the proof shows that the tree of the `old` size and root is the beginning of the `new` one (RFC 9162, 2.1.4.2).
pub fn goes_on(old: (u64, Hash), new: (u64, Hash), proof: &[Hash]) -> bool {
    let ((old, old_root), (new, new_root)) = (old, new);
    if old == 0 || old >= new {
        return proof.is_empty() && (old == 0 || (old, old_root) == (new, new_root));
    }
    let mut steps = proof.iter().copied();
    let first = if old.is_power_of_two() { Some(old_root) } else { steps.next() };
    let Some(first) = first else { return false };
    let (mut at, mut last) = (old - 1, new - 1);
    while at & 1 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let (mut of_old, mut of_new) = (first, first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            (of_old, of_new) = (parent(step, of_old), parent(step, of_new));
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            of_new = parent(of_new, step);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && (of_old, of_new) == (old_root, new_root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use proptest::prelude::*;

    fn leaf(n: u64) -> Hash {
        Hash(Sha256::new().chain_update([0]).chain_update(n.to_be_bytes()).finalize().into())
    }

    fn frontier(from: u64, to: u64) -> Frontier {
        let mut frontier = Frontier::default();
        (from..to).for_each(|n| frontier.push(leaf(n), |_, _| {}));
        frontier
    }

    fn resolve(ranges: &[Range]) -> Vec<Hash> {
        let root = |range: &Range| {
            let nodes = range.cover();
            let hash = |node: &Node| {
                let first = node.index << node.level;
                fold((first..first + (1 << node.level)).map(leaf).collect()).unwrap()
            };
            sum(&nodes.iter().map(hash).collect::<Vec<_>>()).unwrap()
        };
        ranges.iter().map(root).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn roots_and_proofs_are_those_of_another_implementation(old in 1u64..70, more in 0u64..70, at in 0u64..140) {
            let (new, at) = (old + more, at % (old + more));
            let mut theirs = MemoryBackedTree::<Sha256, [u8; 8]>::new();
            let mut old_root = None;
            for n in 0..new {
                theirs.push(n.to_be_bytes());
                if n + 1 == old { old_root = Some(theirs.root()); }
            }
            let bytes = |hashes: &[Hash]| hashes.iter().flat_map(|hash| hash.0).collect::<Vec<u8>>();
            let root = frontier(0, new).root();
            let their_root = theirs.root();
            prop_assert_eq!(&root.0[..], &their_root.as_bytes()[..]);
            let path = resolve(&inclusion(at, new));
            prop_assert_eq!(bytes(&path), theirs.prove_inclusion(at.try_into().unwrap()).as_bytes().to_vec());
            prop_assert!(includes(root, new, at, leaf(at), &path));
            let proof = resolve(&consistency(old, new));
            if more > 0 {
                let theirs = theirs.prove_consistency(more.try_into().unwrap());
                prop_assert_eq!(bytes(&proof), theirs.as_bytes().to_vec());
            }
            let before = frontier(0, old).root();
            let their_before = old_root.unwrap();
            prop_assert_eq!(&before.0[..], &their_before.as_bytes()[..]);
            prop_assert!(goes_on((old, before), (new, root), &proof));
        }

        #[test]
        fn a_proof_for_anything_else_shows_nothing(old in 1u64..60, more in 1u64..60, at in 0u64..120, bit in 0usize..8) {
            let (new, at) = (old + more, at % (old + more));
            let root = frontier(0, new).root();
            let path = resolve(&inclusion(at, new));
            prop_assert!(!includes(root, new, at, leaf(at + 1), &path));
            prop_assert!(!includes(root, new, (at + 1) % new, leaf(at), &path) || new == 1);
            prop_assert!(!includes(root, new, at, leaf(at), &[path.clone(), vec![leaf(0)]].concat()));
            let before = frontier(0, old).root();
            let proof = resolve(&consistency(old, new));
            let mut other = before;
            other.0[0] ^= 1 << bit;
            prop_assert!(!goes_on((old, other), (new, root), &proof));
            prop_assert!(!goes_on((old, before), (new, other), &proof));
            for drop in 0..proof.len() {
                let mut short = proof.clone();
                short.remove(drop);
                prop_assert!(!goes_on((old, before), (new, root), &short));
            }
        }

        #[test]
        fn subtrees_that_became_whole_add_up_to_any_beginning(size in 1u64..600) {
            let (mut frontier, mut kept) = (Frontier::default(), std::collections::BTreeMap::new());
            for n in 0..size {
                frontier.push(leaf(n), |node, hash| { kept.insert(node, hash); });
            }
            let peaks: Vec<Hash> = cover(0, size).iter().map(|node| kept[node]).collect();
            prop_assert_eq!(&peaks, frontier.peaks());
            prop_assert_eq!(Frontier::of(size, peaks), Some(frontier));
        }
    }

    #[test]
    fn an_empty_tree_and_one_leaf_are_as_the_standard_says() {
        assert_eq!(format!("{:?}", Frontier::default().root()), "e3b0c44298fc1c14", "the hash of nothing");
        assert_eq!(frontier(0, 1).root(), leaf(0));
        assert!(inclusion(0, 1).is_empty() && consistency(1, 1).is_empty() && consistency(2, 1).is_empty());
        assert_eq!(Frontier::of(3, vec![leaf(1)]), None);
        assert_eq!(fold(vec![leaf(1); 3]), None);
    }
}
