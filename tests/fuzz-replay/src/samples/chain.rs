//! The sample journal: its heads, all signed and co-signed, and a log that contradicts itself.

use passerelle_envelope::testing::{SAMPLE_TIME, SampleParty};
use passerelle_exchange::HeldJournal;
use passerelle_journal::merkle::{self, leaf_hash};
use passerelle_journal::{
    Checkpoint, Commitment, EnvelopeHash, Evidence, Frontier, Hash, KeyName, LogSigner, MemoryTree,
    Salt, SignatureLine, SignedCheckpoint, VerifiedCheckpoint, WitnessSigner, WitnessState,
};
use passerelle_model::{ChannelId, Digest};

use super::world::{done, to_usize};

/// Leaves of the sample journal.
pub(crate) const LEAVES: u64 = 13;
/// Leaves that the holder has before a batch comes.
pub(crate) const HELD: u64 = 5;
/// The leaf with the sealed sample record.
pub(crate) const RECORD_AT: u64 = 6;

/// Rabat's journal, which Brussels co-signs, and a log that contradicts itself.
#[derive(Debug)]
pub(crate) struct JournalSample {
    pub(crate) log: LogSigner,
    pub(crate) witness: WitnessSigner,
    pub(crate) salt: Salt,
    pub(crate) entries: Vec<[u8; 32]>,
    pub(crate) leaves: Vec<Hash>,
    pub(crate) tree: MemoryTree,
    pub(crate) heads: Vec<Checkpoint>,
    pub(crate) verified: Vec<VerifiedCheckpoint>,
    pub(crate) lines: Vec<SignatureLine>,
    pub(crate) liar: LogSigner,
    pub(crate) lies: Vec<Checkpoint>,
}

/// What Brussels holds of Rabat's journal.
#[derive(Debug)]
pub(crate) struct HeldSample {
    pub(crate) journal: HeldJournal,
    pub(crate) known: Vec<Digest>,
}

impl JournalSample {
    pub(crate) fn new(
        channel: &ChannelId,
        from: &SampleParty,
        by: &SampleParty,
        envelope: &[u8],
    ) -> Self {
        let origin = done(passerelle_exchange::journal_origin(channel, &from.party));
        let log = LogSigner::from_seed(origin, from.keyring.journal().seed());
        let name = done(passerelle_exchange::witness_name(&by.party));
        let witness = WitnessSigner::from_seed(name, by.keyring.witness().seed());
        let salt = Salt::from_bytes([7; 32]);
        let entries = entries(&salt, envelope);
        let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let tree = tree(&leaves);
        let heads: Vec<_> = (0..=LEAVES).map(|size| head(&log, &tree, size)).collect();
        let verified: Vec<_> = heads.iter().map(|head| signed(&log, head)).collect();
        let lines = verified
            .iter()
            .map(|head| cosigned(&witness, head))
            .collect();
        let liar = LogSigner::from_seed(done(KeyName::parse("liar.example")), &[9; 32]);
        let lies = lies(&liar, &leaves);
        Self {
            log,
            witness,
            salt,
            entries,
            leaves,
            tree,
            heads,
            verified,
            lines,
            liar,
            lies,
        }
    }

    /// The signed note of a head.
    pub(crate) fn note(&self, size: u64) -> SignedCheckpoint {
        let head = self
            .verified
            .get(to_usize(size))
            .map(VerifiedCheckpoint::signed);
        done(head.cloned().ok_or("no such head"))
    }

    /// The same with the holder's co-signature.
    pub(crate) fn cosigned_note(&self, size: u64) -> SignedCheckpoint {
        let line = done(
            self.lines
                .get(to_usize(size))
                .cloned()
                .ok_or("no such line"),
        );
        done(self.note(size).with_signature(line))
    }

    /// A head of the log that lies.
    pub(crate) fn lie(&self, number: usize) -> VerifiedCheckpoint {
        signed(&self.liar, done(self.lies.get(number).ok_or("no such lie")))
    }
}

impl HeldSample {
    pub(crate) fn new(journal: &JournalSample) -> Self {
        let (size, held) = (HELD, to_usize(HELD));
        let origin = journal.log.key().name().clone();
        let root = done(merkle::root(&journal.tree, size));
        let leaves = journal.leaves.iter().take(held).copied();
        let known = journal
            .entries
            .iter()
            .take(held)
            .map(|entry| Digest::new(*entry));
        let journal = HeldJournal {
            witness: done(WitnessState::restore(origin, size, root)),
            frontier: done(Frontier::from_leaves(leaves)),
            checkpoint: journal.note(size).to_string(),
        };
        Self {
            journal,
            known: known.collect(),
        }
    }
}

/// Commitments: one to the envelope, the others to nothing that is shown.
fn entries(salt: &Salt, envelope: &[u8]) -> Vec<[u8; 32]> {
    let real = Commitment::new(salt, &EnvelopeHash::of(envelope));
    let entry = |index| match index {
        RECORD_AT => *real.as_bytes(),
        _ => *leaf_hash(&index.to_be_bytes()).as_bytes(),
    };
    (0..LEAVES).map(entry).collect()
}

/// Two trees of 8 leaves, and one of 13 that continues the second.
fn lies(liar: &LogSigner, leaves: &[Hash]) -> Vec<Checkpoint> {
    let (truth, forged) = (tree(leaves), forged_tree(leaves));
    vec![
        head(liar, &truth, 8),
        head(liar, &forged, 8),
        head(liar, &forged, LEAVES),
    ]
}

/// The tree with another fourth leaf.
pub(crate) fn forged_tree(leaves: &[Hash]) -> MemoryTree {
    let mut others = leaves.to_vec();
    others
        .iter_mut()
        .skip(3)
        .take(1)
        .for_each(|leaf| *leaf = Hash::EMPTY);
    tree(&others)
}

pub(crate) fn tree(leaves: &[Hash]) -> MemoryTree {
    let mut tree = MemoryTree::new();
    done(tree.append(leaves));
    tree
}

fn head(log: &LogSigner, tree: &MemoryTree, size: u64) -> Checkpoint {
    let root = done(merkle::root(tree, size));
    done(Checkpoint::new(log.key().name().clone(), size, root))
}

fn signed(log: &LogSigner, head: &Checkpoint) -> VerifiedCheckpoint {
    done(done(head.sign(log)).verify(log.key()))
}

fn cosigned(witness: &WitnessSigner, head: &VerifiedCheckpoint) -> SignatureLine {
    let evidence = Evidence::Proof {
        old: 0,
        hashes: &[],
    };
    let accepted = WitnessState::fresh(head.origin().clone()).advance(head, evidence);
    done(witness.cosign(done(accepted).persisted(), SAMPLE_TIME.seconds()))
}
