//! Stored subtree hashes.

use super::frontier::{Frontier, completed};
use super::hash::Hash;
use crate::error::Error;

/// A perfect subtree: the `2^level` leaves from `index * 2^level` on. Level 0 is the leaf hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// Height of the subtree.
    pub level: u8,
    /// Index among the subtrees of that height, from the left.
    pub index: u64,
}

impl Node {
    /// The leaf at this index.
    pub const fn leaf(index: u64) -> Self {
        Self { level: 0, index }
    }

    /// The subtree of twice the size that contains this one.
    pub(super) const fn parent(self) -> Self {
        Self {
            level: self.level.saturating_add(1),
            index: self.index / 2,
        }
    }

    /// The perfect subtrees, largest first, that make up the leaves `start..end`.
    ///
    /// `start` must be a multiple of the least power of two that is not below `end - start`, as
    /// it always is for the ranges RFC 6962 hashes.
    pub(super) fn cover(start: u64, end: u64) -> Vec<Self> {
        let length = end.saturating_sub(start);
        let levels = (0..64).rev().filter(|level| length >> level & 1 == 1);
        let mut from = start;
        let next = |level: u8| {
            let node = Self {
                level,
                index: from >> level,
            };
            from += 1 << level;
            node
        };
        levels.map(next).collect()
    }
}

/// Reads the stored hash of a perfect subtree.
///
/// Implement it over whatever was stored from [`completed`]. Where reads are costly or
/// asynchronous use a [`Plan`](super::Plan), which names all reads at once.
pub trait Hashes {
    /// The hash of this perfect subtree.
    ///
    /// # Errors
    /// [`Error::Missing`] when it is not stored, [`Error::Storage`] when reading failed.
    fn subtree(&self, node: Node) -> Result<Hash, Error>;
}

impl<T: Hashes + ?Sized> Hashes for &T {
    fn subtree(&self, node: Node) -> Result<Hash, Error> {
        (**self).subtree(node)
    }
}

/// A tree held in memory with every perfect subtree, for tests, tools and small trees.
#[derive(Clone, Debug, Default)]
pub struct MemoryTree {
    levels: Vec<Vec<Hash>>,
    frontier: Frontier,
}

impl MemoryTree {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends leaf hashes; nothing changes on error.
    ///
    /// # Errors
    /// As [`completed`].
    pub fn append(&mut self, leaves: &[Hash]) -> Result<(), Error> {
        for (node, hash) in completed(&mut self.frontier, leaves)? {
            self.store(node, hash);
        }
        Ok(())
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Root hash over all leaves.
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// The right edge.
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Rows of one level come from left to right, and a level starts only after the one below.
    fn store(&mut self, node: Node, hash: Hash) {
        match self.levels.get_mut(usize::from(node.level)) {
            Some(level) => level.push(hash),
            None => self.levels.push(vec![hash]),
        }
    }
}

impl Hashes for MemoryTree {
    fn subtree(&self, node: Node) -> Result<Hash, Error> {
        let Node { level, index } = node;
        let hashes = self.levels.get(usize::from(level));
        let index_here = usize::try_from(index).ok();
        let hash = hashes.zip(index_here).and_then(|(hashes, i)| hashes.get(i));
        hash.copied().ok_or(Error::Missing { level, index })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{leaf_hash, node_hash};

    #[test]
    fn cover_names_the_perfect_subtrees() {
        let node = |level, index| Node { level, index };
        assert_eq!(Node::cover(0, 0), []);
        assert_eq!(Node::cover(0, 7), [node(2, 0), node(1, 2), node(0, 6)]);
        assert_eq!(Node::cover(4, 7), [node(1, 2), node(0, 6)]);
    }

    #[test]
    fn memory_tree_stores_every_perfect_subtree() {
        let leaves: Vec<_> = (0..6u8).map(|i| leaf_hash(&[i])).collect();
        let mut tree = MemoryTree::new();
        tree.append(&leaves).unwrap();
        let pair = tree.subtree(Node { level: 1, index: 2 }).unwrap();
        assert_eq!(pair, node_hash(&leaves[4], &leaves[5]));
        let absent = tree.subtree(Node { level: 2, index: 1 });
        assert_eq!(absent, Err(Error::Missing { level: 2, index: 1 }));
        assert!(
            tree.subtree(Node {
                level: 63,
                index: u64::MAX
            })
            .is_err()
        );
    }
}
