//! The tree over buckets: which bucket belongs to the index that was announced.
//!
//! Hashing is that of RFC 6962, section 2.1, over a power of two of leaves.

use sha2::{Digest as _, Sha256};

use crate::Error;

/// Root of the tree: what a manifest announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Root(pub [u8; 32]);

/// Hashes that lead from one bucket to the root, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(pub Vec<[u8; 32]>);

/// All hashes of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tree {
    /// Leaves first, root last.
    levels: Vec<Vec<[u8; 32]>>,
}

impl Tree {
    /// Over leaves whose number is a power of two.
    pub(super) fn over(leaves: Vec<[u8; 32]>) -> Self {
        let mut levels = vec![leaves];
        while let Some(last) = levels.last().filter(|level| level.len() > 1) {
            let next = last.chunks_exact(2).map(pair).collect();
            levels.push(next);
        }
        Self { levels }
    }

    pub(super) fn root(&self) -> Root {
        let root = self.levels.last().and_then(|level| level.first());
        Root(root.copied().unwrap_or_default())
    }

    /// The path of a leaf; shorter than it should be where there is no such leaf.
    pub(super) fn path(&self, leaf: usize) -> Path {
        let mut at = leaf;
        let mut hashes = Vec::new();
        for level in self.levels.iter().take(self.levels.len().saturating_sub(1)) {
            hashes.extend(level.get(at ^ 1).copied());
            at /= 2;
        }
        Path(hashes)
    }
}

impl Path {
    /// Whether these bytes are the bucket of this number under the root.
    ///
    /// # Errors
    /// `E_MATCH_FILE`.
    pub(super) fn check(
        &self,
        bucket: &[u8],
        number: usize,
        depth: u32,
        root: &Root,
    ) -> Result<(), Error> {
        let mut hash = leaf_hash(bucket);
        let mut at = number;
        for beside in &self.0 {
            hash = match at % 2 {
                0 => pair(&[hash, *beside]),
                _ => pair(&[*beside, hash]),
            };
            at /= 2;
        }
        match self.0.len() == depth as usize && at == 0 && hash == root.0 {
            true => Ok(()),
            false => Err(Error::File {
                what: "bucket",
                why: "does not belong to the index that was announced",
            }),
        }
    }
}

pub(super) fn leaf_hash(bucket: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update([0])
        .chain_update(bucket)
        .finalize()
        .into()
}

fn pair(pair: &[[u8; 32]]) -> [u8; 32] {
    let mut hash = Sha256::new().chain_update([1]);
    for half in pair {
        hash.update(half);
    }
    hash.finalize().into()
}
