//! Getting one's own journal back: a node that was set back asks a partner for the entries of
//! its own journal that the partner holds, or is handed them, and believes nothing but its own
//! signature.
//!
//! Every piece ends anywhere; a proof leads from its end to the head that the asker once signed.
//! So each piece is judged and stored on its own, however long the journal is, and no piece can
//! hold another entry than the one that was signed: a partner may withhold, never invent.

use minicbor::{Decode, Encode};
use passerelle_envelope::MAX_HANDED_KEYS;
use passerelle_journal::merkle::{self, MAX_PROOF_HASHES};
use passerelle_journal::{
    Commitment, EnvelopeHash, Frontier, Hash, LogKey, Salt, SignedCheckpoint, VerifiedCheckpoint,
};
use passerelle_model::{ChannelId, Digest};

use crate::Error;
use crate::message::{MAX_BATCH_ENTRIES, MAX_NOTE_BYTES, Message, WireEntry, limit};

/// Longest list of content keys that comes with a piece, in bytes.
pub const MAX_KEYS_BYTES: usize = 32 * MAX_HANDED_KEYS + 4096;

/// Asks for entries of the speaker's own journal that the listener holds.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Recover {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// From which index: what the speaker has.
    #[n(1)]
    pub start: u64,
}

/// Consecutive entries of the listener's own journal, given back to it: the answer to
/// [`Recover`], or handed over unasked.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Returned {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// Index of the first entry.
    #[n(1)]
    pub start: u64,
    /// The entries, each with its content where the speaker was a recipient and still holds it.
    #[n(2)]
    pub entries: Vec<WireEntry>,
    /// Their content keys, sealed to the listener's node; empty where there is no content.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub keys: Vec<u8>,
    /// Proof that the tree at the end of the entries is the beginning of that of the
    /// checkpoint, both roots written out (RFC 6962, section 2.1.2); empty where they are one.
    #[n(4)]
    pub proof: Vec<Digest>,
    /// The listener's own signed checkpoint, the largest that the speaker holds.
    #[n(5)]
    pub checkpoint: String,
}

/// Answer to a handed-over [`Returned`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Regained {
    /// How long the speaker's own journal is now.
    #[n(0)]
    pub size: u64,
}

impl Message for Recover {}
impl Message for Regained {}

impl Message for Returned {
    fn check(&self) -> Result<(), Error> {
        limit("entries", self.entries.len(), MAX_BATCH_ENTRIES)?;
        limit("content keys", self.keys.len(), MAX_KEYS_BYTES)?;
        limit("proof hashes", self.proof.len(), MAX_PROOF_HASHES)?;
        limit("checkpoint bytes", self.checkpoint.len(), MAX_NOTE_BYTES)
    }
}

impl Returned {
    /// Index after the last entry.
    pub fn end(&self) -> u64 {
        self.start.saturating_add(self.entries.len() as u64)
    }

    /// To what its content keys are bound: channel, first index and checkpoint.
    pub fn context(channel: &ChannelId, start: u64, checkpoint: &str) -> Vec<u8> {
        format!("{channel}\n{start}\n{checkpoint}").into_bytes()
    }
}

/// Entries that stand in what we signed; store them, then ask for the next.
#[derive(Debug)]
pub struct Stands {
    /// Those that are new here, with their indices.
    pub fresh: Vec<(u64, WireEntry)>,
    /// How many at the front of the piece are held already.
    pub known: usize,
    /// Frontier after them.
    pub frontier: Frontier,
    /// Complete tiles of 256 leaves that they finish: level, index, root.
    pub tiles: Vec<(u8, u64, Hash)>,
    /// The head of ours in which they stand.
    pub head: VerifiedCheckpoint,
}

/// Judges a piece against our own journal. `claimed` is the size that the partner has shown our
/// signature for.
///
/// # Errors
/// [`Error::Gap`] where it begins after what we have; [`Error::Withheld`] where it brings
/// nothing, or its checkpoint is smaller than what the partner claimed; [`Error::NotOurs`] where
/// its entries do not lead to what we signed; [`Error::Commitment`]; and what a checkpoint of
/// another key gives.
pub fn judge(
    piece: &Returned,
    frontier: &Frontier,
    claimed: u64,
    key: &LogKey,
) -> Result<Stands, Error> {
    let (size, end) = (frontier.size(), piece.end());
    if piece.start > size {
        return Err(Error::Gap {
            held: size,
            start: piece.start,
        });
    }
    let head = SignedCheckpoint::open(&piece.checkpoint, key)?;
    if end <= size || head.size() < claimed {
        return Err(Error::Withheld);
    }
    if end > head.size() {
        return Err(Error::NotOurs);
    }
    let known = usize::try_from(size - piece.start).unwrap_or(usize::MAX);
    let fresh: Vec<(u64, WireEntry)> = (size..)
        .zip(piece.entries.iter().skip(known).cloned())
        .collect();
    fresh
        .iter()
        .try_for_each(|(index, entry)| opens(*index, entry))?;
    let leaves: Vec<Hash> = fresh
        .iter()
        .map(|(_, entry)| merkle::leaf_hash(entry.commitment.as_bytes()))
        .collect();
    let mut after = frontier.clone();
    let tiles = merkle::completed(&mut after, &leaves)?
        .into_iter()
        .filter(|(node, _)| node.level > 0 && node.level % 8 == 0)
        .map(|(node, root)| (node.level / 8, node.index, root))
        .collect();
    leads_to(&after, &piece.proof, &head)?;
    Ok(Stands {
        fresh,
        known,
        frontier: after,
        tiles,
        head,
    })
}

/// The envelope is the one its leaf commits to.
fn opens(index: u64, entry: &WireEntry) -> Result<(), Error> {
    let Some(parcel) = &entry.parcel else {
        return Ok(());
    };
    let salt = Salt::from_bytes(*parcel.salt.as_bytes());
    let found = Commitment::new(&salt, &EnvelopeHash::of(&parcel.envelope));
    match found.as_bytes() == entry.commitment.as_bytes() {
        true => Ok(()),
        false => Err(Error::Commitment(index)),
    }
}

/// The tree is the beginning of the one that was signed.
fn leads_to(tree: &Frontier, proof: &[Digest], head: &VerifiedCheckpoint) -> Result<(), Error> {
    let stands = if tree.size() == head.size() {
        proof.is_empty() && tree.root() == *head.root()
    } else {
        let hashes: Vec<Hash> = proof
            .iter()
            .map(|hash| Hash::from_bytes(*hash.as_bytes()))
            .collect();
        merkle::consistency_roots(tree.size(), head.size(), &hashes)
            .is_ok_and(|roots| roots == (tree.root(), *head.root()))
    };
    if stands { Ok(()) } else { Err(Error::NotOurs) }
}

#[cfg(test)]
mod tests {
    use passerelle_journal::{Checkpoint, KeyName, LogSigner, MemoryTree};
    use proptest::prelude::*;

    use super::*;

    fn signer(seed: u8) -> LogSigner {
        LogSigner::from_seed(KeyName::parse("passerelle/x").unwrap(), &[seed; 32])
    }

    fn leaf(of: u8, index: u64) -> Digest {
        let mut bytes = [of; 32];
        bytes[..8].copy_from_slice(&index.to_be_bytes());
        Digest::new(bytes)
    }

    fn tree(leaves: &[Digest]) -> MemoryTree {
        let mut tree = MemoryTree::new();
        let hashes: Vec<Hash> = leaves
            .iter()
            .map(|leaf| merkle::leaf_hash(leaf.as_bytes()))
            .collect();
        tree.append(&hashes).unwrap();
        tree
    }

    fn journal(size: u64) -> Vec<Digest> {
        (0..size).map(|index| leaf(1, index)).collect()
    }

    fn frontier(size: u64) -> Frontier {
        tree(&journal(size)).frontier().clone()
    }

    /// What an honest partner gives of a journal of `size`, signed by `seed`.
    fn piece(start: u64, end: u64, size: u64, seed: u8) -> Returned {
        let all = tree(&journal(size));
        let proof = match end < size && end > 0 {
            true => merkle::prefix_proof(&all, end, size).unwrap(),
            false => vec![],
        };
        let name = signer(seed).key().name().clone();
        let head = Checkpoint::new(name, size, all.root()).unwrap();
        Returned {
            channel: "ma-be".parse().unwrap(),
            start,
            entries: (start..end)
                .map(|index| WireEntry {
                    commitment: leaf(1, index),
                    parcel: None,
                })
                .collect(),
            keys: vec![],
            proof: proof
                .iter()
                .map(|hash| Digest::new(*hash.as_bytes()))
                .collect(),
            checkpoint: head.sign(&signer(seed)).unwrap().to_string(),
        }
    }

    fn judged(piece: &Returned, held: u64, claimed: u64) -> Result<Stands, Error> {
        judge(piece, &frontier(held), claimed, signer(1).key())
    }

    #[test]
    fn what_was_signed_comes_back_in_pieces() {
        let mut held = frontier(3);
        for (start, end) in [(3, 4), (2, 8), (8, 300), (300, 1000)] {
            let stands = judge(&piece(start, end, 1000, 1), &held, 1000, signer(1).key()).unwrap();
            assert_eq!(stands.known as u64, held.size() - start);
            assert_eq!(stands.fresh.len() as u64, end - held.size());
            held = stands.frontier;
        }
        assert_eq!(held.root(), tree(&journal(1000)).root());
    }

    #[test]
    fn invented_withheld_and_foreign_pieces_are_refused() {
        let code = |piece: Returned, claimed| judged(&piece, 5, claimed).unwrap_err().code();
        let good = piece(5, 9, 20, 1);
        assert!(judged(&good, 5, 20).is_ok());
        assert_eq!(code(piece(6, 9, 20, 1), 20), "E_GAP");
        assert_eq!(code(piece(5, 5, 20, 1), 20), "E_RECOVERY_WITHHELD");
        assert_eq!(code(piece(3, 5, 20, 1), 20), "E_RECOVERY_WITHHELD");
        assert_eq!(code(good.clone(), 21), "E_RECOVERY_WITHHELD");
        assert_ne!(code(piece(5, 9, 20, 2), 20), "E_RECOVERY_WITHHELD");
        let spoil = |change: fn(&mut Returned)| {
            let mut spoilt = good.clone();
            change(&mut spoilt);
            code(spoilt, 20)
        };
        assert_eq!(
            spoil(|piece| piece.entries[1].commitment = leaf(2, 6)),
            "E_RECOVERY_NOT_OURS"
        );
        assert_eq!(
            spoil(|piece| piece.entries.swap(0, 1)),
            "E_RECOVERY_NOT_OURS"
        );
        assert_eq!(
            spoil(|piece| drop(piece.entries.pop())),
            "E_RECOVERY_NOT_OURS"
        );
        assert_eq!(spoil(|piece| piece.proof.clear()), "E_RECOVERY_NOT_OURS");
        assert_eq!(
            spoil(|piece| piece.entries.extend(vec![piece.entries[0].clone(); 20])),
            "E_RECOVERY_NOT_OURS"
        );
        let parcel = Some(crate::message::Parcel {
            salt: leaf(1, 1),
            envelope: vec![1],
        });
        let mut forged = good.clone();
        forged.entries[2].parcel = parcel;
        assert_eq!(code(forged, 20), "E_COMMITMENT");
    }

    #[test]
    fn a_journal_that_went_on_after_it_was_set_back_does_not_take_the_lost_end() {
        let mut own = journal(5);
        own.push(leaf(3, 5));
        let forked = tree(&own).frontier().clone();
        let refused = judge(&piece(6, 9, 20, 1), &forked, 20, signer(1).key());
        assert_eq!(refused.unwrap_err().code(), "E_RECOVERY_NOT_OURS");
    }

    #[test]
    fn messages_read_back_and_are_limited() {
        let good = piece(5, 9, 20, 1);
        assert_eq!(Returned::from_bytes(&good.to_bytes()).unwrap(), good);
        let mut long = good;
        long.keys = vec![0; MAX_KEYS_BYTES + 1];
        assert_eq!(
            Returned::from_bytes(&long.to_bytes()).unwrap_err().code(),
            "E_TOO_LARGE"
        );
    }

    proptest! {
        #[test]
        fn any_cut_of_an_honest_journal_is_taken(
            held in 0_u64..600, more in 1_u64..300, rest in 0_u64..600,
        ) {
            let end = held + more;
            let stands = judged(&piece(held, end, end + rest, 1), held, end + rest).unwrap();
            prop_assert_eq!(stands.frontier.root(), tree(&journal(end)).root());
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Returned::from_bytes(&bytes);
            let _ = Recover::from_bytes(&bytes);
            let _ = Regained::from_bytes(&bytes);
        }
    }
}
