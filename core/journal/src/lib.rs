//! The journal of Passerelle: an append-only log that its keeper cannot rewrite unseen.
//!
//! # In scope
//! - [`merkle`]: the tree of RFC 6962, inclusion and consistency proofs, and the [`Frontier`] and
//!   subtree hashes a node stores to produce them.
//! - [`tile`]: the tree as static files, readable by any C2SP `tlog-tiles` client.
//! - [`note`], [`checkpoint`], [`cosign`]: signed tree heads and the co-signatures of witnesses
//!   (C2SP `signed-note`, `tlog-checkpoint`, `tlog-cosignature`).
//! - [`witness`]: when a head may be co-signed (C2SP `tlog-witness`), as a state machine.
//! - [`proof`]: the proof file of one entry (C2SP `tlog-proof`), verified offline.
//! - [`misbehaviour`]: proof that a log broke its promise, for others to check.
//! - [`commitment`]: what a leaf is, so that content can be erased from a log that cannot.
//!
//! # Out of scope
//! Storage, network, clock and the system's randomness: hashes are read through a trait or a
//! plan, time and randomness are handed in. What an envelope holds and whether it may be kept
//! (crates `envelope` and `rules`). ECDSA, RFC 6962 and ML-DSA note signatures.
//!
//! # Recipe
//! **Keeping a log.** Hold the [`Frontier`] of the log. For a batch of envelopes, in one
//! transaction: make a [`Commitment`] of each, pass their leaf hashes to [`merkle::completed`],
//! store entries, returned subtree hashes and [`Frontier::to_bytes`]. After it has committed,
//! sign [`Checkpoint::new`] of the new size and root, and hand it to the partner.
//!
//! **Witnessing a log.** Keep the [`WitnessState`] and the frontier of the partner's log. Open the
//! partner's checkpoint with [`SignedCheckpoint::open`], hash the received leaves in a
//! [`Replay`], call [`WitnessState::advance`], store everything durably, then
//! [`MustPersist::persisted`] and [`WitnessSigner::cosign`].
//!
//! **Giving a receipt.** Verify the partner's line with [`WitnessKey::verify`], put it on the
//! checkpoint, take [`merkle::inclusion_proof`] (or a [`merkle::Plan`]) and write a [`LogProof`].
//!
//! **Being lied to.** On [`Refusal::Equivocation`] keep both
//! checkpoints in a [`Misbehaviour`]; on
//! [`Refusal::Inconsistent`] obtain the leaves of the new tree and
//! add their [`merkle::prefix_proof`].
//!
//! ```
//! use passerelle_journal::{Checkpoint, Evidence, KeyName, LogProof, LogSigner, MemoryTree};
//! use passerelle_journal::{WitnessSigner, WitnessState, merkle};
//!
//! # fn main() -> Result<(), passerelle_journal::Error> {
//! let origin = KeyName::parse("rabat.example/journal/1")?;
//! let log = LogSigner::from_seed(origin.clone(), &[1; 32]);
//! let witness = WitnessSigner::from_seed(KeyName::parse("brussels.example")?, &[2; 32]);
//!
//! let mut tree = MemoryTree::new();
//! tree.append(&[merkle::leaf_hash(b"one"), merkle::leaf_hash(b"two")])?;
//! let signed = Checkpoint::new(origin.clone(), tree.size(), tree.root())?.sign(&log)?;
//!
//! let head = signed.verify(log.key())?;
//! let accepted = WitnessState::fresh(origin)
//!     .advance(&head, Evidence::Proof { old: 0, hashes: &[] })?;
//! // ... store accepted.after(), commit ...
//! let line = witness.cosign(accepted.persisted(), 1_780_000_000)?;
//!
//! let path = merkle::inclusion_proof(&tree, 1, tree.size())?;
//! let receipt = LogProof::new(1, path, signed.with_signature(line)?)?.to_string();
//! LogProof::parse(&receipt)?.verify(b"two", log.key(), &[witness.key().clone()])?;
//! # Ok(())
//! # }
//! ```

pub mod checkpoint;
pub mod commitment;
pub mod cosign;
mod error;
pub mod merkle;
pub mod misbehaviour;
pub mod note;
pub mod proof;
mod text;
pub mod tile;
pub mod witness;

pub use checkpoint::{Checkpoint, LogKey, LogSigner, SignedCheckpoint, VerifiedCheckpoint};
pub use commitment::{Commitment, EnvelopeHash, Salt};
pub use cosign::{VerifiedCosignature, WitnessKey, WitnessSigner};
pub use error::Error;
pub use merkle::{Frontier, Hash, Hashes, MemoryTree, Node};
pub use misbehaviour::Misbehaviour;
pub use note::{KeyName, Note, NoteKey, SignatureLine};
pub use proof::{LogProof, VerifiedProof};
pub use tile::Tile;
pub use witness::{Evidence, MustPersist, Persisted, Refusal, Replay, WitnessState};
