//! The proof file of one log entry (C2SP `tlog-proof`), the receipt of Passerelle.
//!
//! It holds the index of the entry, its inclusion proof, and the signed and co-signed checkpoint.
//! Whoever has the entry, the key of the log and the keys of the witnesses can check it offline.

use std::fmt;

use crate::checkpoint::{LogKey, SignedCheckpoint, VerifiedCheckpoint};
use crate::cosign::{VerifiedCosignature, WitnessKey};
use crate::error::{Error, within};
use crate::merkle::{Hash, MAX_PROOF_HASHES, MAX_TREE_SIZE, leaf_hash, verify_inclusion};
use crate::note::{MAX_NOTE_BYTES, MAX_SIGNATURES};
use crate::text;

/// File name extension of a proof file, without the dot.
pub const PROOF_EXTENSION: &str = "tlog-proof";

/// Most bytes of extra data in a proof file.
pub const MAX_EXTRA_BYTES: usize = 16 * 1024;

/// Most bytes in a proof file.
pub const MAX_PROOF_FILE_BYTES: usize = MAX_NOTE_BYTES + 32 * 1024;

/// A proof file as read: well-formed, but **nothing in it is verified**.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogProof {
    extra: Option<Vec<u8>>,
    index: u64,
    hashes: Vec<Hash>,
    checkpoint: SignedCheckpoint,
}

impl LogProof {
    /// Puts a proof file together from the inclusion proof of the entry at `index` in the tree of
    /// `checkpoint`.
    ///
    /// # Errors
    /// [`Error::Range`] when the tree has no such index, [`Error::Limit`] above
    /// [`MAX_PROOF_HASHES`].
    pub fn new(index: u64, hashes: Vec<Hash>, checkpoint: SignedCheckpoint) -> Result<Self, Error> {
        within("proof", hashes.len(), MAX_PROOF_HASHES)?;
        if index >= checkpoint.unverified().size() {
            return Err(Error::Range { what: "leaf index" });
        }
        Ok(Self {
            extra: None,
            index,
            hashes,
            checkpoint,
        })
    }

    /// Adds extra data. **Nothing authenticates it**: it may help to find things, never to decide.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`MAX_EXTRA_BYTES`], [`Error::Malformed`] for no bytes at all.
    pub fn with_extra(self, extra: Vec<u8>) -> Result<Self, Error> {
        within("extra data", extra.len(), MAX_EXTRA_BYTES)?;
        if extra.is_empty() {
            return Err(Error::malformed(WHAT, "empty extra data"));
        }
        Ok(Self {
            extra: Some(extra),
            ..self
        })
    }

    /// Reads a proof file.
    ///
    /// # Errors
    /// [`Error::Limit`] above the limits of this module and of notes, [`Error::Malformed`] for
    /// anything that is not the one way to write it.
    pub fn parse(file: &str) -> Result<Self, Error> {
        within(WHAT, file.len(), MAX_PROOF_FILE_BYTES)?;
        let blank = file.split_once("\n\n");
        let (head, note) = blank.ok_or(Error::malformed(WHAT, "no blank line"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(Error::malformed(WHAT, "another first line"));
        }
        let extra = lines
            .next_if(|line| line.starts_with(EXTRA))
            .map(parse_extra)
            .transpose()?;
        let index = parse_index(lines.next())?;
        within("proof", lines.clone().count(), MAX_PROOF_HASHES)?;
        let hashes = lines.map(Hash::from_base64).collect::<Result<_, _>>()?;
        let proof = Self::new(index, hashes, SignedCheckpoint::parse(note)?)?;
        extra.into_iter().try_fold(proof, Self::with_extra)
    }

    /// Checks that the log holds `entry`, and that every one of these witnesses has co-signed a
    /// checkpoint that covers it.
    ///
    /// # Errors
    /// [`Error::NoWitness`] for an empty list, [`Error::Limit`] above [`MAX_SIGNATURES`]
    /// witnesses; the errors of [`SignedCheckpoint::verify`], [`WitnessKey::verify_in`] and
    /// [`verify_inclusion`].
    pub fn verify(
        &self,
        entry: &[u8],
        log: &LogKey,
        witnesses: &[WitnessKey],
    ) -> Result<VerifiedProof, Error> {
        within("witnesses", witnesses.len(), MAX_SIGNATURES)?;
        if witnesses.is_empty() {
            return Err(Error::NoWitness);
        }
        let mut proof = self.verify_unwitnessed(entry, log)?;
        for witness in witnesses {
            proof
                .cosignatures
                .push(witness.verify_in(&proof.checkpoint)?);
        }
        Ok(proof)
    }

    /// Checks only that the log has signed a tree that holds `entry`. It may show other trees to
    /// others: a receipt needs [`LogProof::verify`].
    ///
    /// # Errors
    /// The errors of [`SignedCheckpoint::verify`] and [`verify_inclusion`].
    pub fn verify_unwitnessed(&self, entry: &[u8], log: &LogKey) -> Result<VerifiedProof, Error> {
        let checkpoint = self.checkpoint.verify(log)?;
        let (size, root) = (checkpoint.size(), checkpoint.root());
        verify_inclusion(&leaf_hash(entry), self.index, size, root, &self.hashes)?;
        Ok(VerifiedProof {
            index: self.index,
            checkpoint,
            cosignatures: Vec::new(),
        })
    }

    /// The extra data, which nothing authenticates.
    pub fn unverified_extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// The index the proof claims for its entry.
    pub fn unverified_index(&self) -> u64 {
        self.index
    }

    /// The inclusion proof, from the sibling of the leaf up.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The checkpoint, unverified: its origin tells which key to verify with.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "{EXTRA}{}", text::base64(extra))?;
        }
        writeln!(f, "{INDEX}{}", self.index)?;
        self.hashes
            .iter()
            .try_for_each(|hash| writeln!(f, "{}", hash.to_base64()))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// What a verified proof file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedProof {
    index: u64,
    checkpoint: VerifiedCheckpoint,
    cosignatures: Vec<VerifiedCosignature>,
}

impl VerifiedProof {
    /// Index of the entry in the log.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The head of a tree that holds the entry.
    pub fn checkpoint(&self) -> &VerifiedCheckpoint {
        &self.checkpoint
    }

    /// The co-signatures of the required witnesses, in the order these were given.
    pub fn cosignatures(&self) -> &[VerifiedCosignature] {
        &self.cosignatures
    }
}

const WHAT: &str = "proof file";
const HEADER: &str = "c2sp.org/tlog-proof@v1";
const EXTRA: &str = "extra ";
const INDEX: &str = "index ";

fn parse_extra(line: &str) -> Result<Vec<u8>, Error> {
    let base64 = line.strip_prefix(EXTRA).unwrap_or_default();
    within("extra data", base64.len(), MAX_EXTRA_BYTES.div_ceil(3) * 4)?;
    text::parse_base64("extra data", base64)
}

fn parse_index(line: Option<&str>) -> Result<u64, Error> {
    let index = line.and_then(|line| line.strip_prefix(INDEX));
    let index = text::parse_decimal(WHAT, index.ok_or(Error::malformed(WHAT, "no index"))?)?;
    if index >= MAX_TREE_SIZE {
        return Err(Error::Range { what: "leaf index" });
    }
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::{Checkpoint, LogSigner};
    use crate::cosign::WitnessSigner;
    use crate::merkle::{MemoryTree, inclusion_proof};
    use crate::note::KeyName;
    use crate::witness::{Evidence, WitnessState};

    const SIZE: u8 = 11;

    fn name(name: &str) -> KeyName {
        KeyName::parse(name).unwrap()
    }

    fn log() -> LogSigner {
        LogSigner::from_seed(name("log"), &[1; 32])
    }

    fn witness(number: u8) -> WitnessSigner {
        WitnessSigner::from_seed(name(&format!("witness{number}")), &[100 + number; 32])
    }

    fn witness_keys(numbers: &[u8]) -> Vec<WitnessKey> {
        numbers
            .iter()
            .map(|number| witness(*number).key().clone())
            .collect()
    }

    fn tree() -> MemoryTree {
        let mut tree = MemoryTree::new();
        tree.append(&(0..SIZE).map(|i| leaf_hash(&[i])).collect::<Vec<_>>())
            .unwrap();
        tree
    }

    fn cosigned(witnesses: &[u8]) -> SignedCheckpoint {
        let tree = tree();
        let head = Checkpoint::new(name("log"), tree.size(), tree.root()).unwrap();
        let signed = head.sign(&log()).unwrap();
        let head = signed.verify(log().key()).unwrap();
        witnesses.iter().fold(signed, |note, number| {
            let evidence = Evidence::Proof {
                old: 0,
                hashes: &[],
            };
            let accepted = WitnessState::fresh(name("log"))
                .advance(&head, evidence)
                .unwrap();
            let line = witness(*number)
                .cosign(accepted.persisted(), 1_780_000_000)
                .unwrap();
            note.with_signature(line).unwrap()
        })
    }

    fn proof(index: u8) -> LogProof {
        let hashes = inclusion_proof(&tree(), index.into(), SIZE.into()).unwrap();
        LogProof::new(index.into(), hashes, cosigned(&[1, 2])).unwrap()
    }

    #[test]
    fn proof_files_return_and_verify() {
        for index in 0..SIZE {
            let file = proof(index).to_string();
            let read = LogProof::parse(&file).unwrap();
            assert_eq!((&read, read.to_string()), (&proof(index), file));
            let shown = read
                .verify(&[index], log().key(), &witness_keys(&[2, 1]))
                .unwrap();
            assert_eq!(
                (shown.index(), shown.checkpoint().size()),
                (index.into(), SIZE.into())
            );
            let names: Vec<_> = shown
                .cosignatures()
                .iter()
                .map(|c| c.witness().as_str())
                .collect();
            assert_eq!(names, ["witness2", "witness1"]);
        }
    }

    #[test]
    fn the_form_is_that_of_the_specification() {
        let hash = Hash::EMPTY.to_base64();
        let checkpoint = cosigned(&[1]);
        let proof = LogProof::new(7, vec![Hash::EMPTY; 2], checkpoint.clone()).unwrap();
        let head = format!("index 7\n{hash}\n{hash}\n\n{checkpoint}");
        assert_eq!(proof.to_string(), format!("c2sp.org/tlog-proof@v1\n{head}"));
        let proof = proof.with_extra(vec![0]).unwrap();
        assert_eq!(
            proof.to_string(),
            format!("c2sp.org/tlog-proof@v1\nextra AA==\n{head}")
        );
        assert_eq!(LogProof::parse(&proof.to_string()), Ok(proof));
        let bare = format!("c2sp.org/tlog-proof@v1\nindex 0\n\n{checkpoint}");
        assert_eq!(LogProof::parse(&bare).unwrap().hashes(), []);
    }

    #[test]
    fn every_required_witness_must_have_signed() {
        let code = |keys: &[WitnessKey]| {
            proof(3)
                .verify(&[3], log().key(), keys)
                .map_err(|error| error.code())
        };
        assert_eq!(code(&witness_keys(&[1, 3])), Err("E_JOURNAL_UNSIGNED"));
        assert_eq!(code(&[]), Err("E_JOURNAL_NO_WITNESS"));
        assert_eq!(code(&witness_keys(&[1; 17])), Err("E_JOURNAL_LIMIT"));
        assert!(code(&witness_keys(&[1])).is_ok());
        let impostor = WitnessSigner::from_seed(name("witness1"), &[9; 32]);
        assert_eq!(code(&[impostor.key().clone()]), Err("E_JOURNAL_UNSIGNED"));
    }

    #[test]
    fn another_entry_index_or_log_is_refused() {
        let keys = witness_keys(&[1]);
        let verify = |proof: &LogProof, entry: &[u8], log: &LogSigner| {
            proof.verify(entry, log.key(), &keys).unwrap_err().code()
        };
        assert_eq!(verify(&proof(3), &[4], &log()), "E_JOURNAL_PROOF");
        let moved = LogProof {
            index: 4,
            ..proof(3)
        };
        assert_eq!(verify(&moved, &[3], &log()), "E_JOURNAL_PROOF");
        let other = LogSigner::from_seed(name("other"), &[1; 32]);
        assert_eq!(verify(&proof(3), &[3], &other), "E_JOURNAL_ORIGIN");
        let other = LogSigner::from_seed(name("log"), &[2; 32]);
        assert_eq!(verify(&proof(3), &[3], &other), "E_JOURNAL_UNSIGNED");
        let beyond = LogProof::new(SIZE.into(), vec![], cosigned(&[1]));
        assert_eq!(beyond.unwrap_err().code(), "E_JOURNAL_RANGE");
    }

    #[test]
    fn no_byte_can_be_altered() {
        let keys = witness_keys(&[1, 2]);
        let file = proof(3).to_string().into_bytes();
        for at in 0..file.len() {
            let mut altered = file.clone();
            altered[at] ^= 1;
            let Ok(altered) = String::from_utf8(altered) else {
                continue;
            };
            let read = LogProof::parse(&altered);
            let read = read.and_then(|proof| proof.verify(&[3], log().key(), &keys));
            assert!(read.is_err(), "byte {at}");
        }
    }

    #[test]
    fn files_that_are_not_canonical_are_refused() {
        let file = proof(3).to_string();
        let wrong = [
            file.replace("@v1", "@v2"),
            file.replace("index 3", "index 03"),
            file.replace("index 3", "index -3"),
            file.replace("index 3", "index 11"),
            file.replace("index 3", "index 9223372036854775807"),
            file.replace("index 3\n", ""),
            file.replace("index 3", "extra \nindex 3"),
            file.replace("index 3", "extra AA\nindex 3"),
            file.replace("index 3", "extra AA==\nextra AA==\nindex 3"),
            file.replace("index 3", "index 3\nextra AA=="),
            file.replacen("\n\n", "\n", 1),
            file.replacen("\n\n", "\n\n\n", 1),
            file.replace('\n', "\r\n"),
            format!("{file}\n"),
            format!("\n{file}"),
            String::new(),
        ];
        for file in wrong {
            assert!(LogProof::parse(&file).is_err(), "{file}");
        }
    }

    #[test]
    fn limits_hold() {
        let code = |file: &str| LogProof::parse(file).map_err(|error| error.code());
        let file = proof(3).to_string();
        let hash = format!("\n{}", Hash::EMPTY.to_base64());
        let many = file.replace("index 3", &format!("index 3{}", hash.repeat(65)));
        assert_eq!(code(&many), Err("E_JOURNAL_LIMIT"));
        let extra = "A".repeat(MAX_EXTRA_BYTES.div_ceil(3) * 4 + 4);
        let long = file.replace("index 3", &format!("extra {extra}\nindex 3"));
        assert_eq!(code(&long), Err("E_JOURNAL_LIMIT"));
        assert_eq!(
            code(&"x".repeat(MAX_PROOF_FILE_BYTES + 1)),
            Err("E_JOURNAL_LIMIT")
        );
        assert!(proof(3).with_extra(vec![0; MAX_EXTRA_BYTES + 1]).is_err());
        assert!(proof(3).with_extra(vec![]).is_err());
        let largest = proof(3).with_extra(vec![0; MAX_EXTRA_BYTES]).unwrap();
        assert_eq!(LogProof::parse(&largest.to_string()), Ok(largest));
    }
}
