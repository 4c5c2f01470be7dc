//! The right edge of a growing tree.

use super::hash::{HASH_BYTES, Hash, node_hash};
use super::tree::Node;
use super::{MAX_BATCH_LEAVES, MAX_TREE_SIZE};
use crate::error::{Error, within};

/// Appends leaf hashes and returns every perfect subtree they complete, leaves included.
///
/// The result is what a log stores, in one batch, in the transaction that appends the leaves: at
/// most two hashes per leaf on average. Rows come in the order they complete, so a later row may
/// rest on an earlier one but never the other way round. Nothing changes on error.
///
/// # Errors
/// [`Error::Limit`] above [`MAX_BATCH_LEAVES`] or [`MAX_TREE_SIZE`].
pub fn completed(frontier: &mut Frontier, leaves: &[Hash]) -> Result<Vec<(Node, Hash)>, Error> {
    frontier.check_room(leaves.len())?;
    let mut rows = Vec::with_capacity(2 * leaves.len());
    for leaf in leaves {
        frontier.push(*leaf, |node, hash| rows.push((node, hash)));
    }
    Ok(rows)
}

/// The size of a tree and the roots of the perfect subtrees along its right edge, largest first:
/// all that is needed to append leaves and to know the root (also called a compact range).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The frontier of the empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Rebuilds a frontier from the stored roots of its perfect subtrees, largest first, as named
    /// by [`Frontier::nodes`].
    ///
    /// # Errors
    /// [`Error::Range`] for a size above [`MAX_TREE_SIZE`], [`Error::Malformed`] when the number
    /// of peaks is not the number of one bits in the size.
    pub fn from_peaks(size: u64, peaks: Vec<Hash>) -> Result<Self, Error> {
        if size > MAX_TREE_SIZE {
            return Err(Error::Range { what: "tree size" });
        }
        if peaks.len() != size.count_ones() as usize {
            return Err(Error::malformed("frontier", "wrong number of peaks"));
        }
        Ok(Self { size, peaks })
    }

    /// The frontier of a tree with these leaf hashes, however many.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`MAX_TREE_SIZE`].
    pub fn from_leaves(leaves: impl IntoIterator<Item = Hash>) -> Result<Self, Error> {
        let mut frontier = Self::new();
        leaves
            .into_iter()
            .try_for_each(|leaf| frontier.append(leaf))?;
        Ok(frontier)
    }

    /// The subtrees whose hashes make up the frontier of a tree of this size, largest first: what
    /// to read from storage for [`Frontier::from_peaks`].
    pub fn nodes(size: u64) -> Vec<Node> {
        Node::cover(0, size)
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends one leaf hash; amortised constant time.
    ///
    /// # Errors
    /// [`Error::Limit`] when the tree already holds [`MAX_TREE_SIZE`] leaves.
    pub fn append(&mut self, leaf: Hash) -> Result<(), Error> {
        self.check_room(1)?;
        self.push(leaf, |_, _| ());
        Ok(())
    }

    /// Appends leaf hashes; nothing changes on error. Use [`completed`] to store subtrees as well.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`MAX_BATCH_LEAVES`] or [`MAX_TREE_SIZE`].
    pub fn extend(&mut self, leaves: &[Hash]) -> Result<(), Error> {
        self.check_room(leaves.len())?;
        leaves.iter().for_each(|leaf| self.push(*leaf, |_, _| ()));
        Ok(())
    }

    /// Root hash of the tree (RFC 6962 section 2.1).
    pub fn root(&self) -> Hash {
        join(&self.peaks).unwrap_or(Hash::EMPTY)
    }

    /// Canonical bytes: the size as eight big-endian bytes, then the peaks, largest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        self.peaks
            .iter()
            .for_each(|peak| bytes.extend_from_slice(peak.as_bytes()));
        bytes
    }

    /// Reads [`Frontier::to_bytes`].
    ///
    /// # Errors
    /// [`Error::Malformed`] for any other length than the size calls for, [`Error::Range`] above
    /// [`MAX_TREE_SIZE`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let malformed = Error::malformed("frontier", "wrong length");
        let (size, peaks) = bytes.split_first_chunk().ok_or_else(|| malformed.clone())?;
        let size = u64::from_be_bytes(*size);
        if peaks.len() != size.count_ones() as usize * HASH_BYTES {
            return Err(malformed);
        }
        let peaks = peaks.chunks_exact(HASH_BYTES).map(Hash::try_from);
        Self::from_peaks(size, peaks.collect::<Result<_, _>>()?)
    }

    fn check_room(&self, leaves: usize) -> Result<(), Error> {
        within("leaves in one batch", leaves, MAX_BATCH_LEAVES)?;
        if leaves as u64 > MAX_TREE_SIZE - self.size {
            return Err(Error::Limit {
                what: "tree size",
                limit: MAX_TREE_SIZE,
            });
        }
        Ok(())
    }

    /// Adds a leaf, merging peaks of equal height like the carries of a binary counter.
    fn push(&mut self, leaf: Hash, mut done: impl FnMut(Node, Hash)) {
        let mut node = Node::leaf(self.size);
        let mut hash = leaf;
        done(node, hash);
        while node.index % 2 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            node = node.parent();
            done(node, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }
}

/// Root over perfect subtrees of falling size, as RFC 6962 nests them; `None` without any.
pub(super) fn join(peaks: &[Hash]) -> Option<Hash> {
    peaks
        .iter()
        .rev()
        .copied()
        .reduce(|right, left| node_hash(&left, &right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{MemoryTree, leaf_hash};

    fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|i| leaf_hash(&i.to_be_bytes())).collect()
    }

    #[test]
    fn agrees_with_the_whole_tree_at_every_size() {
        let mut frontier = Frontier::new();
        let mut tree = MemoryTree::new();
        for leaf in leaves(300) {
            assert_eq!(frontier.root(), tree.root());
            frontier.append(leaf).unwrap();
            tree.append(&[leaf]).unwrap();
        }
        assert_eq!(frontier.root(), tree.root());
        assert_eq!(frontier, Frontier::from_leaves(leaves(300)).unwrap());
    }

    #[test]
    fn bytes_return_and_other_lengths_do_not() {
        for size in [0, 1, 2, 3, 7, 8, 255, 256, 257] {
            let frontier = Frontier::from_leaves(leaves(size)).unwrap();
            let bytes = frontier.to_bytes();
            assert_eq!(Frontier::from_bytes(&bytes), Ok(frontier));
            assert!(Frontier::from_bytes(&bytes[..bytes.len() - 1]).is_err());
            assert!(Frontier::from_bytes(&[bytes, vec![0]].concat()).is_err());
        }
    }

    #[test]
    fn full_tree_takes_no_leaf() {
        let peaks = vec![Hash::EMPTY; 63];
        let mut full = Frontier::from_peaks(MAX_TREE_SIZE, peaks.clone()).unwrap();
        let before = full.clone();
        assert_eq!(
            full.append(Hash::EMPTY).unwrap_err().code(),
            "E_JOURNAL_LIMIT"
        );
        assert_eq!(
            full.extend(&[Hash::EMPTY]).unwrap_err().code(),
            "E_JOURNAL_LIMIT"
        );
        assert!(completed(&mut full, &[Hash::EMPTY]).is_err());
        assert_eq!(full, before);
        let over = Frontier::from_peaks(1 << 63, vec![Hash::EMPTY]);
        assert_eq!(over.unwrap_err().code(), "E_JOURNAL_RANGE");
        assert!(Frontier::from_peaks(3, vec![Hash::EMPTY]).is_err());
    }

    #[test]
    fn batches_have_a_limit() {
        let batch = vec![Hash::EMPTY; MAX_BATCH_LEAVES + 1];
        assert!(Frontier::new().extend(&batch).is_err());
        assert!(Frontier::new().extend(&batch[1..]).is_ok());
    }

    #[test]
    fn completed_rows_do_not_depend_on_batching() {
        let all = leaves(70);
        let whole = completed(&mut Frontier::new(), &all).unwrap();
        for cut in 0..70 {
            let mut frontier = Frontier::new();
            let mut rows = completed(&mut frontier, &all[..cut]).unwrap();
            rows.extend(completed(&mut frontier, &all[cut..]).unwrap());
            assert_eq!(rows, whole);
        }
    }

    #[test]
    fn peaks_can_be_read_back_from_stored_rows() {
        let mut frontier = Frontier::new();
        let rows = completed(&mut frontier, &leaves(77)).unwrap();
        let find = |node: &Node| rows.iter().find(|(n, _)| n == node).unwrap().1;
        let peaks = Frontier::nodes(77).iter().map(find).collect();
        assert_eq!(Frontier::from_peaks(77, peaks), Ok(frontier));
    }
}
