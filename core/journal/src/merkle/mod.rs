//! The Merkle tree of RFC 6962, with the proofs of RFC 9162 section 2.1.
//!
//! Nothing here needs the whole tree. A log keeps a [`Frontier`] (a few hundred bytes) to append
//! and to know its root, stores the perfect subtrees that [`completed`] yields, and reads back
//! O(log n) of them for a proof: either one by one through [`Hashes`], or in one batch through a
//! [`Plan`].

mod frontier;
mod hash;
mod plan;
mod tree;
mod verify;

pub use frontier::{Frontier, completed};
pub use hash::{HASH_BYTES, Hash, leaf_hash, node_hash};
pub use plan::{Plan, consistency_proof, inclusion_proof, prefix_proof, root};
pub use tree::{Hashes, MemoryTree, Node};
pub use verify::{consistency_roots, verify_consistency, verify_inclusion};

/// Most leaves a tree may hold: 2^63 - 1, the range of the signed sizes of other implementations.
pub const MAX_TREE_SIZE: u64 = i64::MAX as u64;

/// Most hashes in one proof: one per level of the largest tree, and one to start from.
pub const MAX_PROOF_HASHES: usize = 64;

/// Most leaves appended by one call.
pub const MAX_BATCH_LEAVES: usize = 65_536;
