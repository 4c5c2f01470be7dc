//! Judging a batch of a partner's journal against what is held of it.

use passerelle_journal::{
    Commitment, EnvelopeHash, Evidence, Frontier, Hash, LogKey, MemoryTree, Misbehaviour,
    MustPersist, Refusal, Replay, Salt, SignedCheckpoint, VerifiedCheckpoint, WitnessState, merkle,
};
use passerelle_model::Digest;

use crate::Error;
use crate::message::{Entries, WireEntry};

/// What this node holds of a partner's journal.
#[derive(Debug, Clone)]
pub struct HeldJournal {
    /// The last head that was accepted.
    pub witness: WitnessState,
    /// Its frontier.
    pub frontier: Frontier,
    /// The signed checkpoint of that head; empty text before the first.
    pub checkpoint: String,
}

/// A batch that continues the held journal; store all of it, then co-sign.
#[derive(Debug)]
pub struct Continues {
    /// The permit to co-sign once it is stored.
    pub head: MustPersist,
    /// Frontier after the batch.
    pub frontier: Frontier,
    /// Entries that are new here, with their indices.
    pub fresh: Vec<(u64, WireEntry)>,
    /// Complete tiles of 256 leaves that the new entries finish: level, index, root.
    pub tiles: Vec<(u8, u64, Hash)>,
}

/// Judges a batch. `known` are the commitments held for the indices from `batch.start` up to
/// the held size (needed only where the batch begins before it); `all_known` are all that are
/// held. They are needed only when the partner contradicts itself: without them
/// [`Error::LeavesNeeded`] asks the caller to read them and judge again.
///
/// # Errors
/// [`Error::Gap`] asks the partner to start again from what is held; [`Error::Equivocation`]
/// carries proof that the partner signed two histories; anything else is a batch that is
/// refused whole.
pub fn check(
    batch: &Entries,
    held: &HeldJournal,
    key: &LogKey,
    known: &[Digest],
    all_known: Option<&[Digest]>,
) -> Result<Continues, Error> {
    let size = held.witness.size();
    if batch.start > size {
        return Err(Error::Gap {
            held: size,
            start: batch.start,
        });
    }
    let head = SignedCheckpoint::open(&batch.checkpoint, key)?;
    let end = batch.start.saturating_add(batch.entries.len() as u64);
    if head.size() != end {
        return Err(Error::Root);
    }
    check_commitments(batch)?;
    let overlap = usize::try_from(size.min(end) - batch.start).unwrap_or(usize::MAX);
    let same = batch
        .entries
        .iter()
        .zip(known)
        .take(overlap)
        .all(|(e, k)| e.commitment == *k);
    if !same || known.len() < overlap {
        return Err(contradiction(
            batch,
            held,
            key,
            &head,
            all_known.ok_or(Error::LeavesNeeded)?,
        ));
    }
    if end < size {
        return Err(behind(
            held,
            key,
            &head,
            all_known.ok_or(Error::LeavesNeeded)?,
            size,
        ));
    }
    continue_from(batch, held, key, &head, overlap, all_known)
}

fn continue_from(
    batch: &Entries,
    held: &HeldJournal,
    key: &LogKey,
    head: &VerifiedCheckpoint,
    overlap: usize,
    all_known: Option<&[Digest]>,
) -> Result<Continues, Error> {
    let size = held.witness.size();
    let fresh: Vec<(u64, WireEntry)> = (size..)
        .zip(batch.entries.iter().skip(overlap).cloned())
        .collect();
    let leaves: Vec<Hash> = fresh
        .iter()
        .map(|(_, entry)| leaf(&entry.commitment))
        .collect();
    let mut replay = Replay::new(&held.witness, held.frontier.clone()).map_err(Error::Witness)?;
    let mut frontier = held.frontier.clone();
    let tiles = merkle::completed(&mut frontier, &leaves)?
        .into_iter()
        .filter(|(node, _)| node.level > 0 && node.level % 8 == 0)
        .map(|(node, root)| (node.level / 8, node.index, root))
        .collect();
    replay.extend(&leaves)?;
    match held.witness.advance(head, Evidence::Replay(&replay)) {
        Ok(must) => Ok(Continues {
            head: must,
            frontier,
            fresh,
            tiles,
        }),
        Err(Refusal::Equivocation { .. }) => Err(contradiction(
            batch,
            held,
            key,
            head,
            all_known.ok_or(Error::LeavesNeeded)?,
        )),
        Err(Refusal::Inconsistent { .. }) => Err(Error::Root),
        Err(other) => Err(Error::Witness(other)),
    }
}

/// Every parcel opens the commitment it came with.
fn check_commitments(batch: &Entries) -> Result<(), Error> {
    for (index, entry) in (batch.start..).zip(&batch.entries) {
        let Some(parcel) = &entry.parcel else {
            continue;
        };
        let salt = Salt::from_bytes(*parcel.salt.as_bytes());
        let commitment = Commitment::new(&salt, &EnvelopeHash::of(&parcel.envelope));
        if commitment.as_bytes() != entry.commitment.as_bytes() {
            return Err(Error::Commitment(index));
        }
    }
    Ok(())
}

/// The partner signed a head whose tree is not the held one. Where the entries at hand give
/// the root that it signed, that is proof; otherwise the batch is only wrong.
fn contradiction(
    batch: &Entries,
    held: &HeldJournal,
    key: &LogKey,
    head: &VerifiedCheckpoint,
    known: &[Digest],
) -> Error {
    let prefix = usize::try_from(batch.start).unwrap_or(usize::MAX);
    let told = known.iter().take(prefix).copied();
    let claimed: Vec<Digest> = told
        .chain(batch.entries.iter().map(|entry| entry.commitment))
        .collect();
    let larger = if head.size() < held.witness.size() {
        known
    } else {
        &claimed
    };
    evidence(head, held, key, larger)
        .map_or_else(|error| error, |proof| Error::Equivocation(Box::new(proof)))
}

/// A head smaller than the held one: harmless if our own tree had that root then.
fn behind(
    held: &HeldJournal,
    key: &LogKey,
    head: &VerifiedCheckpoint,
    known: &[Digest],
    size: u64,
) -> Error {
    match tree(known).and_then(|tree| Ok(merkle::root(&tree, head.size())?)) {
        Ok(root) if root == *head.root() => Error::Gap {
            held: size,
            start: head.size(),
        },
        Ok(_) => evidence(head, held, key, known)
            .map_or_else(|error| error, |proof| Error::Equivocation(Box::new(proof))),
        Err(error) => error,
    }
}

/// Builds the proof that `head` and the held checkpoint contradict each other; it is checked
/// while it is built. `larger` are the leaves of the larger of the two trees.
fn evidence(
    head: &VerifiedCheckpoint,
    held: &HeldJournal,
    key: &LogKey,
    larger: &[Digest],
) -> Result<Misbehaviour, Error> {
    let ours = SignedCheckpoint::open(&held.checkpoint, key)?;
    let (old, new) = if head.size() < ours.size() {
        (head, &ours)
    } else {
        (&ours, head)
    };
    let proof = if old.size() == new.size() {
        Misbehaviour::same_size(old, new)
    } else {
        let path = merkle::prefix_proof(&tree(larger)?, old.size(), new.size())?;
        Misbehaviour::rewritten(old, new, path)
    };
    proof.map_err(|_| Error::Root)
}

fn tree(commitments: &[Digest]) -> Result<MemoryTree, Error> {
    let leaves: Vec<Hash> = commitments.iter().map(leaf).collect();
    let mut tree = MemoryTree::new();
    for chunk in leaves.chunks(crate::message::MAX_BATCH_ENTRIES) {
        tree.append(chunk)?;
    }
    Ok(tree)
}

fn leaf(commitment: &Digest) -> Hash {
    merkle::leaf_hash(commitment.as_bytes())
}
