//! The rules of a witness (C2SP `tlog-witness`) as a state machine without I/O.
//!
//! ```text
//! WitnessState ──advance(head, evidence)──▶ MustPersist ──persisted()──▶ Persisted ──▶ cosign
//!                     └─▶ Refusal
//! ```
//!
//! Only a [`Persisted`] lets [`WitnessSigner::cosign`](crate::cosign::WitnessSigner::cosign) be
//! called, and [`MustPersist::persisted`] is the only way to one: forgetting to make the new head
//! durable before co-signing cannot happen by omission.
//!
//! An accepted head alone is not a permit:
//! ```compile_fail,E0308
//! # use passerelle_journal::{MustPersist, WitnessSigner};
//! fn hasty(witness: &WitnessSigner, accepted: MustPersist) {
//!     let _ = witness.cosign(accepted, 0);
//! }
//! ```
//! and a checkpoint that nobody verified is not judged at all:
//! ```compile_fail,E0308
//! # use passerelle_journal::{Evidence, SignedCheckpoint, WitnessState};
//! fn trusting(state: &WitnessState, head: &SignedCheckpoint, evidence: Evidence<'_>) {
//!     let _ = state.advance(head, evidence);
//! }
//! ```

use crate::checkpoint::{Checkpoint, VerifiedCheckpoint};
use crate::error::Error;
use crate::merkle::{Frontier, Hash, verify_consistency};
use crate::note::KeyName;

/// The largest head of one log that the witness has ever accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessState {
    head: Checkpoint,
}

impl WitnessState {
    /// The state before anything was seen of a log.
    pub fn fresh(origin: KeyName) -> Self {
        Self {
            head: Checkpoint::empty(origin),
        }
    }

    /// The state as stored after the last [`MustPersist`].
    ///
    /// # Errors
    /// As [`Checkpoint::new`].
    pub fn restore(origin: KeyName, size: u64, root: Hash) -> Result<Self, Error> {
        Ok(Self {
            head: Checkpoint::new(origin, size, root)?,
        })
    }

    /// The log.
    pub fn origin(&self) -> &KeyName {
        self.head.origin()
    }

    /// Number of leaves of the head; zero before anything was seen.
    pub fn size(&self) -> u64 {
        self.head.size()
    }

    /// Root hash of the head.
    pub fn root(&self) -> &Hash {
        self.head.root()
    }

    /// Judges whether `new` continues the log from this head.
    ///
    /// The head held already is accepted again, so that a co-signature that got lost can be given
    /// once more.
    ///
    /// # Errors
    /// The [`Refusal`] names the rule that was broken. [`Refusal::Equivocation`] and, with the
    /// leaves at hand, [`Refusal::Inconsistent`] are grounds for a
    /// [`Misbehaviour`](crate::misbehaviour::Misbehaviour).
    pub fn advance(
        &self,
        new: &VerifiedCheckpoint,
        evidence: Evidence<'_>,
    ) -> Result<MustPersist, Refusal> {
        self.check_head(new)?;
        match evidence {
            Evidence::Proof { old, hashes } => self.check_proof(new, old, hashes)?,
            Evidence::Replay(replay) => self.check_replay(new, replay)?,
        }
        Ok(MustPersist {
            before: self.clone(),
            head: new.clone(),
        })
    }

    fn check_head(&self, new: &VerifiedCheckpoint) -> Result<(), Refusal> {
        if new.origin() != self.origin() {
            let (expected, found) = (self.origin().to_string(), new.origin().to_string());
            return Err(Refusal::Origin { expected, found });
        }
        let (held, offered) = (self.size(), new.size());
        if offered < held {
            return Err(Refusal::Stale { held, offered });
        }
        if offered == held && new.root() != self.root() {
            return Err(Refusal::Equivocation { size: held });
        }
        Ok(())
    }

    fn check_proof(
        &self,
        new: &VerifiedCheckpoint,
        old: u64,
        hashes: &[Hash],
    ) -> Result<(), Refusal> {
        let (held, offered) = (self.size(), new.size());
        if old != held {
            return Err(Refusal::Base { held, offered: old });
        }
        verify_consistency(held, self.root(), offered, new.root(), hashes)
            .map_err(|_| Refusal::Inconsistent { held, offered })
    }

    fn check_replay(&self, new: &VerifiedCheckpoint, replay: &Replay) -> Result<(), Refusal> {
        let (held, offered) = (self.size(), new.size());
        if replay.base != *self {
            return Err(Refusal::Base {
                held,
                offered: replay.base.size(),
            });
        }
        let frontier = &replay.frontier;
        if frontier.size() != offered || frontier.root() != *new.root() {
            return Err(Refusal::Inconsistent { held, offered });
        }
        Ok(())
    }
}

/// What shows that a new head continues the held one.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// A consistency proof by the log. Enough to witness; the leaves need not be known.
    Proof {
        /// The size the proof starts from.
        old: u64,
        /// The proof (RFC 6962 section 2.1.2), empty from size zero or to the same size.
        hashes: &'a [Hash],
    },
    /// All leaves between the two heads, hashed by the witness itself. Needs no proof, and shows
    /// that the witness holds every leaf.
    Replay(&'a Replay),
}

/// The leaves after a witnessed head, being hashed onto it batch by batch.
#[derive(Clone, Debug)]
pub struct Replay {
    base: WitnessState,
    frontier: Frontier,
}

impl Replay {
    /// Starts from the held head, with its stored frontier.
    ///
    /// # Errors
    /// [`Refusal::Base`] when the frontier is not that of the head.
    pub fn new(base: &WitnessState, frontier: Frontier) -> Result<Self, Refusal> {
        if frontier.size() != base.size() || frontier.root() != *base.root() {
            return Err(Refusal::Base {
                held: base.size(),
                offered: frontier.size(),
            });
        }
        Ok(Self {
            base: base.clone(),
            frontier,
        })
    }

    /// Hashes the next leaves. Stop exactly at the size of the head to be judged.
    ///
    /// # Errors
    /// As [`Frontier::extend`]; nothing changes then.
    pub fn extend(&mut self, leaves: &[Hash]) -> Result<(), Error> {
        self.frontier.extend(leaves)
    }

    /// The frontier reached, to be stored together with the new head.
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }
}

/// A head that was accepted and must now be made durable.
#[derive(Debug)]
#[must_use = "store the new head, then call `persisted`"]
pub struct MustPersist {
    before: WitnessState,
    head: VerifiedCheckpoint,
}

impl MustPersist {
    /// The state to replace. Store [`MustPersist::after`] only where this one still stands, in one
    /// transaction; otherwise two requests at once could roll the head back.
    pub fn before(&self) -> &WitnessState {
        &self.before
    }

    /// The state to store.
    pub fn after(&self) -> WitnessState {
        WitnessState {
            head: self.head.checkpoint().clone(),
        }
    }

    /// The checkpoint that was accepted.
    pub fn head(&self) -> &VerifiedCheckpoint {
        &self.head
    }

    /// **Call only after the new state is durable**: the transaction that replaced
    /// [`MustPersist::before`] by [`MustPersist::after`] has committed, together with everything
    /// the co-signature vouches for. A crash between co-signing and storing would let this witness
    /// sign two histories.
    pub fn persisted(self) -> Persisted {
        Persisted { head: self.head }
    }
}

/// A head that was accepted and is durable: the permit to co-sign it, once.
#[derive(Debug)]
#[must_use = "hand it to `WitnessSigner::cosign`"]
pub struct Persisted {
    head: VerifiedCheckpoint,
}

impl Persisted {
    /// The head that may be co-signed.
    pub fn checkpoint(&self) -> &Checkpoint {
        self.head.checkpoint()
    }
}

/// Why a witness does not go along with a head.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The head is of another log.
    #[error("the state is of the log {expected}, the head of {found}")]
    Origin {
        /// The log of the state.
        expected: String,
        /// The log of the head.
        found: String,
    },
    /// The head is smaller than the one held. Send one of at least that size.
    #[error("the head has {offered} leaves, {held} are held already")]
    Stale {
        /// Size of the head held.
        held: u64,
        /// Size of the head offered.
        offered: u64,
    },
    /// The evidence does not start from the head held. Send one that starts there.
    #[error("the evidence starts from size {offered}, the head held is of size {held}")]
    Base {
        /// Size of the head held.
        held: u64,
        /// Size the evidence starts from.
        offered: u64,
    },
    /// The log signed two roots for one size.
    #[error("the log signed two different trees of {size} leaves")]
    Equivocation {
        /// The size.
        size: u64,
    },
    /// The evidence does not lead from the head held to the one offered.
    #[error("the head of {offered} leaves is not shown to continue the one of {held}")]
    Inconsistent {
        /// Size of the head held.
        held: u64,
        /// Size of the head offered.
        offered: u64,
    },
}

impl Refusal {
    /// The stable code shared by API, command line and desk.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Origin { .. } => "E_WITNESS_ORIGIN",
            Self::Stale { .. } => "E_WITNESS_STALE",
            Self::Base { .. } => "E_WITNESS_BASE",
            Self::Equivocation { .. } => "E_WITNESS_EQUIVOCATION",
            Self::Inconsistent { .. } => "E_WITNESS_INCONSISTENT",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::LogSigner;
    use crate::merkle::{MemoryTree, consistency_proof, leaf_hash};

    fn origin() -> KeyName {
        KeyName::parse("log").unwrap()
    }

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|i| leaf_hash(&[i])).collect()
    }

    fn tree(leaves: &[Hash]) -> MemoryTree {
        let mut tree = MemoryTree::new();
        tree.append(leaves).unwrap();
        tree
    }

    fn head(origin: KeyName, size: u64, root: Hash) -> VerifiedCheckpoint {
        let log = LogSigner::from_seed(origin.clone(), &[1; 32]);
        let signed = Checkpoint::new(origin, size, root)
            .unwrap()
            .sign(&log)
            .unwrap();
        signed.verify(log.key()).unwrap()
    }

    fn head_of(tree: &MemoryTree) -> VerifiedCheckpoint {
        head(origin(), tree.size(), tree.root())
    }

    fn state_of(tree: &MemoryTree) -> WitnessState {
        WitnessState::restore(origin(), tree.size(), tree.root()).unwrap()
    }

    fn proof(old: u64, hashes: &[Hash]) -> Evidence<'_> {
        Evidence::Proof { old, hashes }
    }

    #[test]
    fn a_witness_follows_an_honest_log_by_proof() {
        let mut state = WitnessState::fresh(origin());
        for count in [0, 1, 1, 4, 7, 8, 30] {
            let tree = tree(&leaves(count));
            let hashes = consistency_proof(&tree, state.size(), tree.size()).unwrap();
            let next = state
                .advance(&head_of(&tree), proof(state.size(), &hashes))
                .unwrap();
            assert_eq!(next.before(), &state);
            state = next.after();
            assert_eq!(state, state_of(&tree));
            assert_eq!(next.persisted().checkpoint(), head_of(&tree).checkpoint());
        }
    }

    #[test]
    fn a_witness_follows_an_honest_log_by_replay() {
        let all = leaves(30);
        let mut state = WitnessState::fresh(origin());
        let mut frontier = Frontier::new();
        for count in [0, 1, 4, 4, 30] {
            let tree = tree(&all[..count]);
            let mut replay = Replay::new(&state, frontier).unwrap();
            let seen = usize::try_from(state.size()).unwrap();
            all[seen..count]
                .chunks(3)
                .for_each(|batch| replay.extend(batch).unwrap());
            state = state
                .advance(&head_of(&tree), Evidence::Replay(&replay))
                .unwrap()
                .after();
            frontier = replay.frontier().clone();
        }
        assert_eq!(frontier, Frontier::from_leaves(all).unwrap());
    }

    #[test]
    fn another_log_is_refused() {
        let other = head(KeyName::parse("other").unwrap(), 1, leaves(1)[0]);
        let refusal = WitnessState::fresh(origin())
            .advance(&other, proof(0, &[]))
            .unwrap_err();
        assert_eq!(refusal.code(), "E_WITNESS_ORIGIN");
    }

    #[test]
    fn a_smaller_head_is_refused() {
        let state = state_of(&tree(&leaves(5)));
        let refusal = state
            .advance(&head_of(&tree(&leaves(4))), proof(5, &[]))
            .unwrap_err();
        assert_eq!(
            refusal,
            Refusal::Stale {
                held: 5,
                offered: 4
            }
        );
    }

    #[test]
    fn a_second_root_for_one_size_is_refused() {
        let state = state_of(&tree(&leaves(5)));
        let forked = head(origin(), 5, leaf_hash(b"fork"));
        let refusal = state.advance(&forked, proof(5, &[])).unwrap_err();
        assert_eq!(refusal, Refusal::Equivocation { size: 5 });
        let empty = WitnessState::fresh(origin());
        assert!(empty.advance(&head_of(&tree(&[])), proof(0, &[])).is_ok());
    }

    #[test]
    fn evidence_from_another_size_is_refused() {
        let (old, new) = (tree(&leaves(5)), tree(&leaves(9)));
        let hashes = consistency_proof(&new, 4, 9).unwrap();
        let refusal = state_of(&old)
            .advance(&head_of(&new), proof(4, &hashes))
            .unwrap_err();
        assert_eq!(
            refusal,
            Refusal::Base {
                held: 5,
                offered: 4
            }
        );

        let older = state_of(&tree(&leaves(4)));
        let frontier = Frontier::from_leaves(leaves(4)).unwrap();
        let mut replay = Replay::new(&older, frontier).unwrap();
        replay.extend(&leaves(9)[4..]).unwrap();
        let refusal = state_of(&old).advance(&head_of(&new), Evidence::Replay(&replay));
        assert_eq!(refusal.unwrap_err().code(), "E_WITNESS_BASE");
    }

    #[test]
    fn a_replay_starts_from_the_held_head_only() {
        let state = state_of(&tree(&leaves(4)));
        let mut other = leaves(4);
        other[0] = leaf_hash(b"other");
        for wrong in [leaves(3), other] {
            let frontier = Frontier::from_leaves(wrong).unwrap();
            assert_eq!(
                Replay::new(&state, frontier).unwrap_err().code(),
                "E_WITNESS_BASE"
            );
        }
    }

    #[test]
    fn a_rewritten_log_is_refused() {
        let old = tree(&leaves(5));
        let mut rewritten = leaves(9);
        rewritten[2] = leaf_hash(b"rewritten");
        let new = tree(&rewritten);
        let expected = Refusal::Inconsistent {
            held: 5,
            offered: 9,
        };

        let hashes = consistency_proof(&new, 5, 9).unwrap();
        for hashes in [&hashes[..], &[]] {
            let refusal = state_of(&old)
                .advance(&head_of(&new), proof(5, hashes))
                .unwrap_err();
            assert_eq!(refusal, expected);
        }
        let frontier = Frontier::from_leaves(leaves(5)).unwrap();
        let mut replay = Replay::new(&state_of(&old), frontier).unwrap();
        replay.extend(&leaves(9)[5..8]).unwrap();
        let short = state_of(&old).advance(&head_of(&new), Evidence::Replay(&replay));
        assert_eq!(short.unwrap_err(), expected);
        let misnamed = head(origin(), 9, replay.frontier().root());
        let misnamed = state_of(&old).advance(&misnamed, Evidence::Replay(&replay));
        assert_eq!(misnamed.unwrap_err(), expected);
        replay.extend(&leaves(9)[8..]).unwrap();
        let other_root = state_of(&old).advance(&head_of(&new), Evidence::Replay(&replay));
        assert_eq!(other_root.unwrap_err(), expected);
    }

    #[test]
    fn proofs_between_equal_sizes_are_empty() {
        let tree = tree(&leaves(5));
        let refusal = state_of(&tree).advance(&head_of(&tree), proof(5, &leaves(1)));
        assert_eq!(refusal.unwrap_err().code(), "E_WITNESS_INCONSISTENT");
    }

    #[test]
    fn an_impossible_state_is_not_restored() {
        assert!(WitnessState::restore(origin(), 0, leaf_hash(b"x")).is_err());
    }
}
