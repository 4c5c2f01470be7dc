//! Proof that a log signed two statements of which at most one can be true.
//!
//! A log promises that every checkpoint continues every earlier one. Two signed checkpoints break
//! that promise when they name different roots for one size, or when the larger one has a
//! beginning of the smaller one's size with another root than was signed for it. Both can be
//! shown to anyone who holds the log's public key, without the leaves and without trusting
//! whoever shows it: an honest log cannot be accused, because the accuser would need its
//! signature or a SHA-256 collision.

use std::fmt;

use crate::checkpoint::{LogKey, SignedCheckpoint, VerifiedCheckpoint};
use crate::error::{Error, within};
use crate::merkle::{Hash, MAX_PROOF_HASHES, consistency_roots};
use crate::note::MAX_NOTE_BYTES;

/// Most bytes in a proof of misbehaviour.
pub const MAX_MISBEHAVIOUR_BYTES: usize = 2 * MAX_NOTE_BYTES + 8 * 1024;

/// What a proof of misbehaviour shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Two roots signed for one size.
    SameSize,
    /// A larger tree signed whose beginning is not the smaller one signed.
    Rewritten,
}

/// Two signed checkpoints of one log and the hashes that show that they contradict each other.
///
/// One that was read from a file claims something; [`Misbehaviour::verify`] says whether it is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misbehaviour {
    first: SignedCheckpoint,
    second: SignedCheckpoint,
    proof: Vec<Hash>,
}

impl Misbehaviour {
    /// From two checkpoints of one size.
    ///
    /// # Errors
    /// [`Error::NotMisbehaviour`] unless log and size are the same and the roots differ.
    pub fn same_size(
        first: &VerifiedCheckpoint,
        second: &VerifiedCheckpoint,
    ) -> Result<Self, Error> {
        Self::new(first, second, Vec::new(), Kind::SameSize)
    }

    /// From a checkpoint and a larger one that does not continue it. `proof` is the
    /// [`prefix_proof`](crate::merkle::prefix_proof) from the size of `old` in the tree of `new`.
    ///
    /// # Errors
    /// [`Error::NotMisbehaviour`] unless the log is the same, the proof leads to the root of
    /// `new`, and at the size of `old` it leads to another root than that of `old`;
    /// [`Error::Proof`] for a proof of the wrong length.
    pub fn rewritten(
        old: &VerifiedCheckpoint,
        new: &VerifiedCheckpoint,
        proof: Vec<Hash>,
    ) -> Result<Self, Error> {
        Self::new(old, new, proof, Kind::Rewritten)
    }

    /// Checks everything the proof claims, offline: both signatures and the contradiction.
    ///
    /// # Errors
    /// [`Error::Origin`], [`Error::Unsigned`] or [`Error::Signature`] when the log did not sign
    /// both; [`Error::NotMisbehaviour`] or [`Error::Proof`] when an honest log could have.
    pub fn verify(&self, key: &LogKey) -> Result<Kind, Error> {
        self.verify_across(key, key)
    }

    /// As [`Misbehaviour::verify`], for a log whose key was replaced between the two checkpoints.
    ///
    /// # Errors
    /// As [`Misbehaviour::verify`].
    pub fn verify_across(&self, first: &LogKey, second: &LogKey) -> Result<Kind, Error> {
        self.first.verify(first)?;
        self.second.verify(second)?;
        self.contradiction()
    }

    /// The first checkpoint, of the smaller size if they differ. Unverified after reading.
    pub fn first(&self) -> &SignedCheckpoint {
        &self.first
    }

    /// The second checkpoint. Unverified after reading.
    pub fn second(&self) -> &SignedCheckpoint {
        &self.second
    }

    /// Reads the written form. Whether it is true, [`Misbehaviour::verify`] says.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`MAX_MISBEHAVIOUR_BYTES`] or [`MAX_PROOF_HASHES`],
    /// [`Error::Malformed`] for anything that is not the one way to write it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        within(WHAT, text.len(), MAX_MISBEHAVIOUR_BYTES)?;
        let mut parts = text.splitn(3, BEGIN);
        let (Some(head), Some(first), Some(second)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(Error::malformed(WHAT, "not two checkpoints"));
        };
        let proof = parse_hashes(head)?;
        let (first, second) = (parse_armoured(first)?, parse_armoured(second)?);
        let read = Self {
            first,
            second,
            proof,
        };
        // Header, sizes and origin repeat what the checkpoints say: they must say the same.
        if read.to_string() != text {
            return Err(Error::malformed(WHAT, "not the canonical form"));
        }
        Ok(read)
    }

    fn new(
        first: &VerifiedCheckpoint,
        second: &VerifiedCheckpoint,
        proof: Vec<Hash>,
        kind: Kind,
    ) -> Result<Self, Error> {
        let (first, second) = (first.signed().clone(), second.signed().clone());
        let claim = Self {
            first,
            second,
            proof,
        };
        if claim.contradiction()? == kind {
            Ok(claim)
        } else {
            Err(not("sizes do not fit"))
        }
    }

    /// The part of [`Misbehaviour::verify`] that is not about signatures.
    fn contradiction(&self) -> Result<Kind, Error> {
        let (first, second) = (self.first.unverified(), self.second.unverified());
        if first.origin() != second.origin() {
            return Err(not("two different logs"));
        }
        if first.size() == second.size() {
            return match self.proof.is_empty() && first.root() != second.root() {
                true => Ok(Kind::SameSize),
                false => Err(not("the roots of the one size agree")),
            };
        }
        let (old_root, new_root) = consistency_roots(first.size(), second.size(), &self.proof)?;
        if new_root != *second.root() {
            return Err(not("the hashes do not lead to the root of the larger tree"));
        }
        if old_root == *first.root() {
            return Err(not("the larger tree continues the smaller one"));
        }
        Ok(Kind::Rewritten)
    }

    fn kind_name(&self) -> &'static str {
        match self.first.unverified().size() == self.second.unverified().size() {
            true => "same-size",
            false => "rewritten",
        }
    }
}

impl fmt::Display for Misbehaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = (self.first.unverified(), self.second.unverified());
        writeln!(f, "{HEADER}")?;
        writeln!(f, "origin {}\nkind {}", first.origin(), self.kind_name())?;
        writeln!(f, "first {}\nsecond {}", first.size(), second.size())?;
        self.proof
            .iter()
            .try_for_each(|hash| writeln!(f, "{HASH}{}", hash.to_base64()))?;
        write!(f, "{BEGIN}{}{END}{BEGIN}{}{END}", self.first, self.second)
    }
}

const WHAT: &str = "proof of misbehaviour";
const HEADER: &str = "\
passerelle/misbehaviour/v1
# One log signed the two checkpoints below. At most one of them can be true.
# Whoever holds the public key of the log can check this file offline.";
const HASH: &str = "hash ";
const BEGIN: &str = "-----BEGIN SIGNED CHECKPOINT-----\n";
const END: &str = "-----END SIGNED CHECKPOINT-----\n";

fn not(why: &'static str) -> Error {
    Error::NotMisbehaviour { why }
}

fn parse_hashes(head: &str) -> Result<Vec<Hash>, Error> {
    let hashes = || head.lines().filter_map(|line| line.strip_prefix(HASH));
    within("proof", hashes().count(), MAX_PROOF_HASHES)?;
    hashes().map(Hash::from_base64).collect()
}

fn parse_armoured(text: &str) -> Result<SignedCheckpoint, Error> {
    let note = text
        .strip_suffix(END)
        .ok_or(Error::malformed(WHAT, "a checkpoint has no end"))?;
    SignedCheckpoint::parse(note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::{Checkpoint, LogSigner};
    use crate::merkle::{MemoryTree, leaf_hash, prefix_proof};
    use crate::note::KeyName;

    fn log() -> LogSigner {
        LogSigner::from_seed(KeyName::parse("log").unwrap(), &[1; 32])
    }

    fn tree(count: u8, rewritten: Option<usize>) -> MemoryTree {
        let mut leaves: Vec<_> = (0..count).map(|i| leaf_hash(&[i])).collect();
        if let Some(at) = rewritten {
            leaves[at] = leaf_hash(b"rewritten");
        }
        let mut tree = MemoryTree::new();
        tree.append(&leaves).unwrap();
        tree
    }

    fn head(tree: &MemoryTree) -> VerifiedCheckpoint {
        signed_by(&log(), tree.size(), tree.root())
    }

    fn signed_by(log: &LogSigner, size: u64, root: Hash) -> VerifiedCheckpoint {
        let head = Checkpoint::new(log.key().name().clone(), size, root).unwrap();
        head.sign(log).unwrap().verify(log.key()).unwrap()
    }

    fn both_kinds() -> [Misbehaviour; 2] {
        let (old, forked, new) = (tree(8, None), tree(8, Some(3)), tree(13, Some(3)));
        let proof = prefix_proof(&new, 8, 13).unwrap();
        [
            Misbehaviour::same_size(&head(&old), &head(&forked)).unwrap(),
            Misbehaviour::rewritten(&head(&old), &head(&new), proof).unwrap(),
        ]
    }

    #[test]
    fn both_kinds_return_and_verify() {
        for (claim, kind) in both_kinds()
            .into_iter()
            .zip([Kind::SameSize, Kind::Rewritten])
        {
            assert_eq!(claim.verify(log().key()), Ok(kind));
            let read = Misbehaviour::parse(&claim.to_string()).unwrap();
            assert_eq!(read, claim);
            assert_eq!(read.verify(log().key()), Ok(kind));
        }
    }

    #[test]
    fn every_rewriting_can_be_shown() {
        for old_size in 1..17 {
            for new_size in old_size + 1..18 {
                let (old, new) = (tree(old_size, None), tree(new_size, Some(0)));
                let proof = prefix_proof(&new, old_size.into(), new_size.into()).unwrap();
                assert!(Misbehaviour::rewritten(&head(&old), &head(&new), proof).is_ok());
            }
        }
    }

    #[test]
    fn an_honest_log_cannot_be_accused() {
        let (old, new) = (tree(8, None), tree(13, None));
        let code = |claim: Result<Misbehaviour, Error>| claim.unwrap_err().code();
        let proof = prefix_proof(&new, 8, 13).unwrap();
        let honest = Misbehaviour::rewritten(&head(&old), &head(&new), proof.clone());
        assert_eq!(code(honest), "E_JOURNAL_NOT_MISBEHAVIOUR");
        let same = Misbehaviour::same_size(&head(&old), &head(&old));
        assert_eq!(code(same), "E_JOURNAL_NOT_MISBEHAVIOUR");
        let sizes = Misbehaviour::same_size(&head(&old), &head(&new));
        assert_eq!(code(sizes), "E_JOURNAL_PROOF");
        let swapped = Misbehaviour::rewritten(&head(&new), &head(&old), proof.clone());
        assert_eq!(code(swapped), "E_JOURNAL_RANGE");
        for at in 0..proof.len() {
            let mut invented = proof.clone();
            invented[at] = leaf_hash(b"invented");
            let invented = Misbehaviour::rewritten(&head(&old), &head(&new), invented);
            assert_eq!(code(invented), "E_JOURNAL_NOT_MISBEHAVIOUR");
        }
        let kinds = Misbehaviour::rewritten(&head(&old), &head(&tree(8, Some(1))), vec![]);
        assert_eq!(code(kinds), "E_JOURNAL_NOT_MISBEHAVIOUR");
    }

    #[test]
    fn two_logs_may_differ() {
        let other = LogSigner::from_seed(KeyName::parse("other").unwrap(), &[1; 32]);
        let claim = Misbehaviour::same_size(
            &signed_by(&log(), 3, leaf_hash(b"a")),
            &signed_by(&other, 3, leaf_hash(b"b")),
        );
        assert_eq!(claim.unwrap_err().code(), "E_JOURNAL_NOT_MISBEHAVIOUR");
    }

    #[test]
    fn a_written_accusation_of_an_honest_log_does_not_verify() {
        let (old, new) = (tree(8, None), tree(13, None));
        let claim = Misbehaviour {
            first: head(&old).signed().clone(),
            second: head(&new).signed().clone(),
            proof: prefix_proof(&new, 8, 13).unwrap(),
        };
        let read = Misbehaviour::parse(&claim.to_string()).unwrap();
        let error = read.verify(log().key()).unwrap_err();
        assert_eq!(error.code(), "E_JOURNAL_NOT_MISBEHAVIOUR");
    }

    #[test]
    fn no_byte_can_be_altered() {
        for claim in both_kinds() {
            let text = claim.to_string().into_bytes();
            for at in 0..text.len() {
                let mut altered = text.clone();
                altered[at] ^= 1;
                let Ok(altered) = String::from_utf8(altered) else {
                    continue;
                };
                let read = Misbehaviour::parse(&altered).and_then(|r| r.verify(log().key()));
                assert!(read.is_err(), "byte {at}");
            }
        }
    }

    #[test]
    fn a_replaced_key_does_not_hide_it() {
        let later = LogSigner::from_seed(log().key().name().clone(), &[2; 32]);
        let first = signed_by(&log(), 3, leaf_hash(b"a"));
        let second = signed_by(&later, 3, leaf_hash(b"b"));
        let claim = Misbehaviour::same_size(&first, &second).unwrap();
        assert!(claim.verify(log().key()).is_err());
        assert_eq!(
            claim.verify_across(log().key(), later.key()),
            Ok(Kind::SameSize)
        );
    }

    #[test]
    fn limits_hold() {
        let long = "x".repeat(MAX_MISBEHAVIOUR_BYTES + 1);
        assert_eq!(
            Misbehaviour::parse(&long).unwrap_err().code(),
            "E_JOURNAL_LIMIT"
        );
        let [_, claim] = both_kinds();
        let hash = format!("{HASH}{}\n", Hash::EMPTY.to_base64());
        let many = claim
            .to_string()
            .replacen(BEGIN, &format!("{}{BEGIN}", hash.repeat(65)), 1);
        assert_eq!(
            Misbehaviour::parse(&many).unwrap_err().code(),
            "E_JOURNAL_LIMIT"
        );
    }
}
