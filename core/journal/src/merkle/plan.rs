//! Building roots and proofs from stored subtree hashes.

use super::MAX_TREE_SIZE;
use super::frontier::join;
use super::hash::Hash;
use super::tree::{Hashes, Node};
use crate::error::Error;

/// Inclusion proof of the leaf at `index` in the tree of `size` leaves (RFC 6962 section 2.1.1):
/// from the leaf's sibling up. Reads O(log n) hashes.
///
/// # Errors
/// [`Error::Range`] unless `index < size <= MAX_TREE_SIZE`, and the errors of `hashes`.
pub fn inclusion_proof(hashes: &impl Hashes, index: u64, size: u64) -> Result<Vec<Hash>, Error> {
    Plan::inclusion(index, size)?.run(hashes)
}

/// Consistency proof between the trees of `old` and `new` leaves (RFC 6962 section 2.1.2).
/// Empty when `old` is zero or equal to `new`. Reads O(log n) hashes.
///
/// # Errors
/// [`Error::Range`] unless `old <= new <= MAX_TREE_SIZE`, and the errors of `hashes`.
pub fn consistency_proof(hashes: &impl Hashes, old: u64, new: u64) -> Result<Vec<Hash>, Error> {
    Plan::consistency(old, new)?.run(hashes)
}

/// The consistency proof with its starting hash always written out, so that **both** roots follow
/// from it alone (see [`consistency_roots`](super::consistency_roots)). It differs from
/// [`consistency_proof`] only where `old` is a power of two.
///
/// # Errors
/// [`Error::Range`] unless `0 < old < new <= MAX_TREE_SIZE`, and the errors of `hashes`.
pub fn prefix_proof(hashes: &impl Hashes, old: u64, new: u64) -> Result<Vec<Hash>, Error> {
    Plan::prefix(old, new)?.run(hashes)
}

/// Root of the tree of the first `size` leaves, from O(log n) stored hashes.
///
/// # Errors
/// [`Error::Range`] above [`MAX_TREE_SIZE`], and the errors of `hashes`.
pub fn root(hashes: &impl Hashes, size: u64) -> Result<Hash, Error> {
    let roots = Plan::root(size)?.run(hashes)?;
    Ok(roots.first().copied().unwrap_or(Hash::EMPTY))
}

/// What to read from storage to build a proof, for storage that is read in batches: read
/// [`Plan::reads`] in one go, hand the hashes to [`Plan::assemble`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    reads: Vec<Node>,
    /// How many consecutive reads are joined into each hash of the result.
    spans: Vec<usize>,
}

impl Plan {
    /// Plan of [`inclusion_proof`].
    ///
    /// # Errors
    /// [`Error::Range`] unless `index < size <= MAX_TREE_SIZE`.
    pub fn inclusion(index: u64, size: u64) -> Result<Self, Error> {
        check_size(size)?;
        if index >= size {
            return Err(Error::Range { what: "leaf index" });
        }
        let (path, _) = descend(size, |start, end| (end - start > 1).then_some(index));
        Ok(Self::of(path))
    }

    /// Plan of [`consistency_proof`].
    ///
    /// # Errors
    /// [`Error::Range`] unless `old <= new <= MAX_TREE_SIZE`.
    pub fn consistency(old: u64, new: u64) -> Result<Self, Error> {
        check_sizes(old, new)?;
        if old == 0 || old == new {
            return Ok(Self::of(Vec::new()));
        }
        let (mut path, seed) = descend_to_edge(old, new);
        if seed.0 > 0 {
            path.insert(0, seed);
        }
        Ok(Self::of(path))
    }

    /// Plan of [`prefix_proof`].
    ///
    /// # Errors
    /// [`Error::Range`] unless `0 < old < new <= MAX_TREE_SIZE`.
    pub fn prefix(old: u64, new: u64) -> Result<Self, Error> {
        check_sizes(old, new)?;
        if old == 0 || old == new {
            return Err(Error::Range { what: "old size" });
        }
        let (mut path, seed) = descend_to_edge(old, new);
        path.insert(0, seed);
        Ok(Self::of(path))
    }

    /// Plan of [`root`]: its one hash, or none for the empty tree.
    ///
    /// # Errors
    /// [`Error::Range`] above [`MAX_TREE_SIZE`].
    pub fn root(size: u64) -> Result<Self, Error> {
        check_size(size)?;
        let whole = (size > 0).then_some((0, size));
        Ok(Self::of(whole.into_iter().collect()))
    }

    /// The subtrees to read, in the order [`Plan::assemble`] takes them.
    pub fn reads(&self) -> &[Node] {
        &self.reads
    }

    /// Builds the result from the hashes of [`Plan::reads`], in the same order.
    ///
    /// # Errors
    /// [`Error::Malformed`] when the number of hashes differs.
    pub fn assemble(&self, hashes: &[Hash]) -> Result<Vec<Hash>, Error> {
        let malformed = Error::malformed("hashes read for a proof", "wrong number");
        let mut rest = hashes;
        let mut result = Vec::with_capacity(self.spans.len());
        for span in &self.spans {
            let split = rest
                .split_at_checked(*span)
                .ok_or_else(|| malformed.clone())?;
            result.extend(join(split.0));
            rest = split.1;
        }
        rest.is_empty().then_some(result).ok_or(malformed)
    }

    fn run(&self, hashes: &impl Hashes) -> Result<Vec<Hash>, Error> {
        let reads = self.reads.iter().map(|node| hashes.subtree(*node));
        self.assemble(&reads.collect::<Result<Vec<_>, _>>()?)
    }

    fn of(ranges: Vec<Range>) -> Self {
        let covers: Vec<_> = ranges
            .into_iter()
            .map(|(start, end)| Node::cover(start, end))
            .collect();
        let spans = covers.iter().map(Vec::len).collect();
        Self {
            reads: covers.concat(),
            spans,
        }
    }
}

/// Leaves from (inclusive) to (exclusive).
type Range = (u64, u64);

/// Walks from the root towards the last leaf of the old tree and stops at the first subtree that
/// ends with it: that subtree is where both roots are computed from.
fn descend_to_edge(old: u64, new: u64) -> (Vec<Range>, Range) {
    descend(new, |_, end| (end != old).then(|| old - 1))
}

/// Walks from the root downwards as long as `towards` names a leaf to go to. Returns the siblings
/// passed by, lowest first, and the subtree reached.
fn descend(size: u64, towards: impl Fn(u64, u64) -> Option<u64>) -> (Vec<Range>, Range) {
    let (mut start, mut end) = (0, size);
    let mut siblings = Vec::new();
    while let Some(leaf) = towards(start, end) {
        let middle = start + split(end - start);
        if leaf < middle {
            siblings.push((middle, end));
            end = middle;
        } else {
            siblings.push((start, middle));
            start = middle;
        }
    }
    siblings.reverse();
    (siblings, (start, end))
}

/// The largest power of two below `length`, which must be at least two.
fn split(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}

fn check_size(size: u64) -> Result<(), Error> {
    match size {
        0..=MAX_TREE_SIZE => Ok(()),
        _ => Err(Error::Range { what: "tree size" }),
    }
}

fn check_sizes(old: u64, new: u64) -> Result<(), Error> {
    check_size(new)?;
    if old > new {
        return Err(Error::Range { what: "old size" });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::merkle::{MAX_PROOF_HASHES, MemoryTree, leaf_hash};

    struct Counting<'a>(&'a MemoryTree, Cell<usize>);

    impl Hashes for Counting<'_> {
        fn subtree(&self, node: Node) -> Result<Hash, Error> {
            self.1.set(self.1.get() + 1);
            self.0.subtree(node)
        }
    }

    #[test]
    fn a_million_leaves_need_few_reads() {
        let size = 1_000_003;
        let mut tree = MemoryTree::new();
        let leaves: Vec<_> = (0..size)
            .map(|i: u64| leaf_hash(&i.to_be_bytes()))
            .collect();
        leaves
            .chunks(60_000)
            .for_each(|batch| tree.append(batch).unwrap());
        for at in [0, 1, 524_287, 524_288, 999_999, size - 1] {
            let counting = Counting(&tree, Cell::new(0));
            inclusion_proof(&counting, at, size).unwrap();
            consistency_proof(&counting, at, size).unwrap();
            root(&counting, size).unwrap();
            assert!(counting.1.get() <= 80, "{}", counting.1.get());
        }
    }

    #[test]
    fn impossible_numbers_are_refused() {
        for (index, size) in [(0, 0), (1, 1), (2, 1), (0, MAX_TREE_SIZE + 1)] {
            assert!(Plan::inclusion(index, size).is_err());
        }
        for (old, new) in [(2, 1), (0, MAX_TREE_SIZE + 1), (u64::MAX, u64::MAX)] {
            assert!(Plan::consistency(old, new).is_err());
            assert!(Plan::prefix(old, new).is_err());
        }
        assert!(Plan::prefix(0, 1).is_err());
        assert!(Plan::prefix(1, 1).is_err());
        assert!(Plan::root(MAX_TREE_SIZE + 1).is_err());
    }

    #[test]
    fn the_largest_tree_stays_within_the_limit() {
        for at in [1, 2, 1 << 62, MAX_TREE_SIZE - 2, MAX_TREE_SIZE - 1] {
            for plan in [
                Plan::inclusion(at, MAX_TREE_SIZE),
                Plan::prefix(at, MAX_TREE_SIZE),
            ] {
                assert!(plan.unwrap().spans.len() <= MAX_PROOF_HASHES);
            }
        }
    }

    #[test]
    fn assemble_takes_exactly_the_hashes_asked_for() {
        let plan = Plan::inclusion(2, 7).unwrap();
        let hashes = vec![Hash::EMPTY; plan.reads().len()];
        assert_eq!(plan.assemble(&hashes).unwrap().len(), 3);
        assert!(plan.assemble(&hashes[1..]).is_err());
        assert!(
            plan.assemble(&[hashes, vec![Hash::EMPTY]].concat())
                .is_err()
        );
    }

    #[test]
    fn a_missing_hash_is_named() {
        let tree = MemoryTree::new();
        let missing = Error::Missing { level: 0, index: 1 };
        assert_eq!(inclusion_proof(&tree, 0, 2), Err(missing));
    }
}
