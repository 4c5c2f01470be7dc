//! Checking proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2).

use super::hash::{Hash, node_hash};
use super::{MAX_PROOF_HASHES, MAX_TREE_SIZE};
use crate::error::{Error, within};

/// Checks that `leaf` stands at `index` in the tree of `size` leaves with this `root`.
///
/// # Errors
/// [`Error::Range`] unless `index < size <= MAX_TREE_SIZE`, [`Error::Limit`] above
/// [`MAX_PROOF_HASHES`], [`Error::Proof`] for a wrong length or another root.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    root: &Hash,
    proof: &[Hash],
) -> Result<(), Error> {
    check(size, proof)?;
    if index >= size {
        return Err(Error::Range { what: "leaf index" });
    }
    let mut path = Path::new(index, size);
    let mut hash = *leaf;
    for sibling in proof {
        hash = match path.step().ok_or(NOT_INCLUDED)? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    if path.at_root() && hash == *root {
        Ok(())
    } else {
        Err(NOT_INCLUDED)
    }
}

/// Checks that the tree of `old` leaves with `old_root` is the beginning of the tree of `new`
/// leaves with `new_root`.
///
/// The empty tree begins every tree, and a tree begins itself: both take an empty proof, and the
/// roots must be the empty root or equal, respectively.
///
/// # Errors
/// [`Error::Range`] unless `old <= new <= MAX_TREE_SIZE`, [`Error::Limit`] above
/// [`MAX_PROOF_HASHES`], [`Error::Proof`] for a wrong length or other roots.
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), Error> {
    check(new, proof)?;
    let right = match old {
        _ if old > new => return Err(Error::Range { what: "old size" }),
        0 => proof.is_empty() && *old_root == Hash::EMPTY && (new > 0 || old_root == new_root),
        _ if old == new => proof.is_empty() && old_root == new_root,
        _ => {
            let seed = old.is_power_of_two().then_some(*old_root);
            let proof = seed.into_iter().chain(proof.iter().copied());
            roots(old, new, proof)? == (*old_root, *new_root)
        }
    };
    if right { Ok(()) } else { Err(NOT_CONSISTENT) }
}

/// Both roots, old and new, that a [`prefix_proof`](super::prefix_proof) leads to.
///
/// Whoever signed the new root has thereby fixed the old one, whatever else they signed: this is
/// what a proof of misbehaviour rests on. Note that a [`consistency_proof`](super::consistency_proof)
/// from a power of two must have the hash of the old tree put in front, which is what
/// `prefix_proof` does.
///
/// # Errors
/// [`Error::Range`] unless `0 < old < new <= MAX_TREE_SIZE`, [`Error::Limit`] above
/// [`MAX_PROOF_HASHES`], [`Error::Proof`] for a wrong length.
pub fn consistency_roots(old: u64, new: u64, proof: &[Hash]) -> Result<(Hash, Hash), Error> {
    check(new, proof)?;
    if old == 0 || old >= new {
        return Err(Error::Range { what: "old size" });
    }
    roots(old, new, proof.iter().copied())
}

const NOT_INCLUDED: Error = Error::Proof {
    what: "inclusion proof",
};
const NOT_CONSISTENT: Error = Error::Proof {
    what: "consistency proof",
};

fn check(size: u64, proof: &[Hash]) -> Result<(), Error> {
    within("proof", proof.len(), MAX_PROOF_HASHES)?;
    if size > MAX_TREE_SIZE {
        return Err(Error::Range { what: "tree size" });
    }
    Ok(())
}

/// Needs `0 < old < new`; the first hash is the largest subtree that ends with the old tree.
fn roots(old: u64, new: u64, proof: impl Iterator<Item = Hash>) -> Result<(Hash, Hash), Error> {
    let mut path = Path::new(old - 1, new);
    path.skip_right_edge();
    let mut proof = proof;
    let seed = proof.next().ok_or(NOT_CONSISTENT)?;
    let (mut old_root, mut new_root) = (seed, seed);
    for sibling in proof {
        match path.step().ok_or(NOT_CONSISTENT)? {
            Side::Left => {
                old_root = node_hash(&sibling, &old_root);
                new_root = node_hash(&sibling, &new_root);
            }
            Side::Right => new_root = node_hash(&new_root, &sibling),
        }
    }
    if path.at_root() {
        Ok((old_root, new_root))
    } else {
        Err(NOT_CONSISTENT)
    }
}

/// On which side of the current node its sibling stands.
enum Side {
    Left,
    Right,
}

/// The way from a leaf to the root: index of the current node and of the last node of its level
/// (`fn` and `sn` in RFC 9162).
struct Path {
    node: u64,
    last: u64,
}

impl Path {
    fn new(leaf: u64, size: u64) -> Self {
        Self {
            node: leaf,
            last: size - 1,
        }
    }

    /// Goes up to the next level that has a sibling; `None` at the root.
    fn step(&mut self) -> Option<Side> {
        if self.at_root() {
            return None;
        }
        // A last node without a sibling is lifted unchanged until it is a right child.
        while self.node == self.last && self.node.is_multiple_of(2) {
            self.up();
        }
        let side = if self.node % 2 == 1 {
            Side::Left
        } else {
            Side::Right
        };
        self.up();
        Some(side)
    }

    /// Goes up while the node is a right child: to the subtree whose hash starts the proof.
    fn skip_right_edge(&mut self) {
        while self.node % 2 == 1 {
            self.up();
        }
    }

    fn at_root(&self) -> bool {
        self.last == 0
    }

    fn up(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{
        MemoryTree, consistency_proof, inclusion_proof, leaf_hash, prefix_proof, root,
    };

    const SIZES: u64 = 70;

    fn leaf(index: u64) -> Hash {
        leaf_hash(&index.to_be_bytes())
    }

    fn tree() -> MemoryTree {
        let mut tree = MemoryTree::new();
        tree.append(&(0..SIZES).map(leaf).collect::<Vec<_>>())
            .unwrap();
        tree
    }

    /// Every way to spoil a proof by one hash.
    fn spoiled(proof: &[Hash]) -> Vec<Vec<Hash>> {
        let mut all = vec![
            [proof, &[Hash::EMPTY]].concat(),
            [&[Hash::EMPTY], proof].concat(),
        ];
        for i in 0..proof.len() {
            let mut changed = proof.to_vec();
            changed[i] = Hash::EMPTY;
            let mut shorter = proof.to_vec();
            shorter.remove(i);
            all.extend([changed, shorter]);
        }
        all
    }

    #[test]
    fn every_inclusion_up_to_70_leaves() {
        let tree = tree();
        for size in 1..=SIZES {
            let root = root(&tree, size).unwrap();
            for index in 0..size {
                let proof = inclusion_proof(&tree, index, size).unwrap();
                verify_inclusion(&leaf(index), index, size, &root, &proof).unwrap();
                let other = verify_inclusion(&leaf(index + 1), index, size, &root, &proof);
                assert_eq!(other, Err(NOT_INCLUDED));
                for wrong in spoiled(&proof) {
                    assert!(verify_inclusion(&leaf(index), index, size, &root, &wrong).is_err());
                }
                let other = (index + 1) % size;
                let moved = verify_inclusion(&leaf(index), other, size, &root, &proof);
                assert_eq!(moved.is_ok(), other == index);
            }
        }
    }

    #[test]
    fn every_consistency_up_to_70_leaves() {
        let tree = tree();
        for new in 0..=SIZES {
            let new_root = root(&tree, new).unwrap();
            for old in 0..=new {
                let old_root = root(&tree, old).unwrap();
                let proof = consistency_proof(&tree, old, new).unwrap();
                verify_consistency(old, &old_root, new, &new_root, &proof).unwrap();
                for wrong in spoiled(&proof) {
                    assert!(verify_consistency(old, &old_root, new, &new_root, &wrong).is_err());
                }
                let other = leaf(999);
                assert!(verify_consistency(old, &other, new, &new_root, &proof).is_err());
                let other = verify_consistency(old, &old_root, new, &other, &proof);
                assert_eq!(other.is_ok(), old == 0 && new > 0);
            }
        }
    }

    #[test]
    fn prefix_proofs_lead_to_both_roots() {
        let tree = tree();
        for new in 2..=SIZES {
            for old in 1..new {
                let proof = prefix_proof(&tree, old, new).unwrap();
                let expected = (root(&tree, old).unwrap(), root(&tree, new).unwrap());
                assert_eq!(consistency_roots(old, new, &proof), Ok(expected));
                for wrong in spoiled(&proof) {
                    assert_ne!(consistency_roots(old, new, &wrong).ok(), Some(expected));
                }
            }
        }
        assert!(consistency_roots(0, 1, &[]).is_err());
        assert!(consistency_roots(1, 1, &[]).is_err());
        assert!(consistency_roots(1, 2, &[]).is_err());
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        let any = Hash::EMPTY;
        assert!(verify_inclusion(&any, 0, 0, &any, &[]).is_err());
        assert!(verify_inclusion(&any, 1, 1, &any, &[]).is_err());
        assert!(verify_inclusion(&any, 0, MAX_TREE_SIZE + 1, &any, &[]).is_err());
        assert!(verify_consistency(2, &any, 1, &any, &[]).is_err());
        let long = [any; MAX_PROOF_HASHES + 1];
        let error = verify_inclusion(&any, 0, 1, &any, &long).unwrap_err();
        assert_eq!(error.code(), "E_JOURNAL_LIMIT");
        assert!(verify_consistency(1, &any, MAX_TREE_SIZE, &any, &long).is_err());
        assert!(consistency_roots(1, MAX_TREE_SIZE, &long).is_err());
    }

    #[test]
    fn a_proof_cut_short_is_refused_even_where_the_hash_fits() {
        let any = leaf(0);
        assert_eq!(verify_inclusion(&any, 0, 2, &any, &[]), Err(NOT_INCLUDED));
        assert_eq!(
            verify_consistency(1, &any, 2, &any, &[]),
            Err(NOT_CONSISTENT)
        );
        assert_eq!(consistency_roots(1, 2, &[any]), Err(NOT_CONSISTENT));
    }

    #[test]
    fn only_the_empty_root_begins_every_tree() {
        let (empty, other) = (Hash::EMPTY, leaf(0));
        assert!(verify_consistency(0, &empty, 5, &other, &[]).is_ok());
        assert!(verify_consistency(0, &other, 5, &other, &[]).is_err());
        assert!(verify_consistency(0, &empty, 0, &other, &[]).is_err());
        assert!(verify_consistency(0, &empty, 5, &other, &[other]).is_err());
    }
}
