//! Signed tree heads (C2SP `tlog-checkpoint`).
//!
//! Three types keep apart what is known: [`Checkpoint`] is a bare statement, [`SignedCheckpoint`]
//! is a note that claims to be signed, [`VerifiedCheckpoint`] is one whose log signature was
//! checked, and the only one that witnesses, receipts and proofs of misbehaviour accept.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey};
use rand_core::CryptoRng;

use crate::error::{Error, within};
use crate::merkle::{Hash, MAX_TREE_SIZE};
use crate::note::{Algorithm, KeyName, Note, NoteKey, SignatureLine};
use crate::text;

/// Most extension lines [`Checkpoint::parse_with_extensions`] accepts.
pub const MAX_EXTENSION_LINES: usize = 16;

const CHECKPOINT: &str = "checkpoint";

/// The head of a log: its origin, number of leaves and root hash. Neither signed nor verified.
///
/// The origin is always a valid key name here, as the specification recommends, because it is
/// the name of the log's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: KeyName,
    size: u64,
    root: Hash,
}

impl Checkpoint {
    /// States a head.
    ///
    /// # Errors
    /// [`Error::Range`] above [`MAX_TREE_SIZE`]; [`Error::Malformed`] for size zero with another
    /// root than that of the empty tree.
    pub fn new(origin: KeyName, size: u64, root: Hash) -> Result<Self, Error> {
        if size > MAX_TREE_SIZE {
            return Err(Error::Range { what: "tree size" });
        }
        if size == 0 && root != Hash::EMPTY {
            return Err(Error::malformed(
                CHECKPOINT,
                "an empty tree with another root",
            ));
        }
        Ok(Self { origin, size, root })
    }

    /// The head of a log without leaves.
    pub fn empty(origin: KeyName) -> Self {
        Self {
            origin,
            size: 0,
            root: Hash::EMPTY,
        }
    }

    /// Reads a note text of exactly three lines. Extension lines are refused: nobody audits them.
    ///
    /// # Errors
    /// [`Error::Malformed`] for anything that is not the canonical text, and as
    /// [`Checkpoint::new`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        match Self::parse_with_extensions(text)? {
            (checkpoint, extensions) if extensions.is_empty() => Ok(checkpoint),
            _ => Err(Error::malformed(CHECKPOINT, "extension lines")),
        }
    }

    /// Reads the note text of a foreign log, with its extension lines if it has any. For tools
    /// that look at other people's logs; nothing in Passerelle accepts extensions.
    ///
    /// # Errors
    /// As [`Checkpoint::parse`], and [`Error::Limit`] above [`MAX_EXTENSION_LINES`].
    pub fn parse_with_extensions(text: &str) -> Result<(Self, Vec<String>), Error> {
        let (origin, rest) = text::line(CHECKPOINT, text)?;
        let (size, rest) = text::line(CHECKPOINT, rest)?;
        let (root, rest) = text::line(CHECKPOINT, rest)?;
        let size = text::parse_decimal(CHECKPOINT, size)?;
        let checkpoint = Self::new(KeyName::parse(origin)?, size, Hash::from_base64(root)?)?;
        Ok((checkpoint, extensions(rest)?))
    }

    /// Signs the head.
    ///
    /// A log must never sign a head that is not an extension of every head it signed before:
    /// make both durable in one transaction, leaves first.
    ///
    /// # Errors
    /// [`Error::Origin`] when the signer is another log's.
    pub fn sign(&self, signer: &LogSigner) -> Result<SignedCheckpoint, Error> {
        check_origin(signer.key.name(), &self.origin)?;
        let text = self.to_string();
        let signature = signer.secret.sign(text.as_bytes()).to_bytes().to_vec();
        let note = Note::new(text, vec![SignatureLine::new(&signer.key.0, signature)])?;
        Ok(SignedCheckpoint {
            checkpoint: self.clone(),
            note,
        })
    }

    /// The log, by the name of its key.
    pub fn origin(&self) -> &KeyName {
        &self.origin
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Root hash over these leaves.
    pub fn root(&self) -> &Hash {
        &self.root
    }
}

impl fmt::Display for Checkpoint {
    /// The note text: three lines, each with its newline.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}\n{}\n{}",
            self.origin,
            self.size,
            self.root.to_base64()
        )
    }
}

/// Public key of a log: its name is the origin of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogKey(pub(crate) NoteKey);

impl LogKey {
    /// Takes a public key (32 bytes, RFC 8032).
    ///
    /// # Errors
    /// As [`NoteKey::new`].
    pub fn new(origin: KeyName, key: &[u8; 32]) -> Result<Self, Error> {
        NoteKey::new(origin, Algorithm::Ed25519, key).map(Self)
    }

    /// Reads the written form `origin+hex8+base64`.
    ///
    /// # Errors
    /// As [`NoteKey::parse`], and [`Error::Key`] for a key of another algorithm.
    pub fn parse(vkey: &str) -> Result<Self, Error> {
        let key = NoteKey::parse(vkey)?;
        match key.algorithm() {
            Algorithm::Ed25519 => Ok(Self(key)),
            _ => Err(Error::Key {
                why: "not the key of a log",
            }),
        }
    }

    /// Name of the key, which is the origin of the log.
    pub fn name(&self) -> &KeyName {
        self.0.name()
    }

    /// The key as a key for notes.
    pub fn as_note_key(&self) -> &NoteKey {
        &self.0
    }
}

impl fmt::Display for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Secret key of a log. Erased from memory when dropped.
pub struct LogSigner {
    secret: SigningKey,
    key: LogKey,
}

impl LogSigner {
    /// A new key.
    pub fn generate(origin: KeyName, rng: &mut impl CryptoRng) -> Self {
        Self::new(origin, SigningKey::generate(rng))
    }

    /// The key of a 32-byte Ed25519 seed (the private key of RFC 8032).
    pub fn from_seed(origin: KeyName, seed: &[u8; 32]) -> Self {
        Self::new(origin, SigningKey::from_bytes(seed))
    }

    /// The public key.
    pub fn key(&self) -> &LogKey {
        &self.key
    }

    fn new(origin: KeyName, secret: SigningKey) -> Self {
        let public = secret.verifying_key();
        let key = LogKey(NoteKey::from_verifying_key(
            origin,
            Algorithm::Ed25519,
            public,
        ));
        Self { secret, key }
    }
}

impl fmt::Debug for LogSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogSigner({})", self.key)
    }
}

/// A well-formed checkpoint note. The log signature is **not verified**, and neither are the
/// co-signatures it may carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

impl SignedCheckpoint {
    /// Reads a note whose text is a checkpoint without extension lines.
    ///
    /// # Errors
    /// As [`Note::parse`] and [`Checkpoint::parse`].
    pub fn parse(note: &str) -> Result<Self, Error> {
        let note = Note::parse(note)?;
        Ok(Self {
            checkpoint: Checkpoint::parse(note.text())?,
            note,
        })
    }

    /// Reads a note and verifies it: [`SignedCheckpoint::parse`], [`SignedCheckpoint::verify`].
    ///
    /// # Errors
    /// The errors of both.
    pub fn open(note: &str, key: &LogKey) -> Result<VerifiedCheckpoint, Error> {
        Self::parse(note)?.verify(key)
    }

    /// Verifies the signature of the log.
    ///
    /// # Errors
    /// [`Error::Origin`] for a checkpoint of another log, [`Error::Unsigned`] and
    /// [`Error::Signature`] when this key has not validly signed it, exactly once.
    pub fn verify(&self, key: &LogKey) -> Result<VerifiedCheckpoint, Error> {
        check_origin(key.name(), &self.checkpoint.origin)?;
        self.note.verify(&key.0)?;
        Ok(VerifiedCheckpoint(self.clone()))
    }

    /// What the note claims, for choosing the key to verify it with.
    pub fn unverified(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The signature lines, all of them unverified.
    pub fn signatures(&self) -> &[SignatureLine] {
        self.note.signatures()
    }

    /// Adds a co-signature line, in place of an earlier one by the same key.
    ///
    /// # Errors
    /// [`Error::Limit`] when the note would become too large.
    pub fn with_signature(&self, line: SignatureLine) -> Result<Self, Error> {
        let note = self.note.with_signature(line)?;
        Ok(Self {
            checkpoint: self.checkpoint.clone(),
            note,
        })
    }

    pub(crate) fn note(&self) -> &Note {
        &self.note
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(f)
    }
}

/// A checkpoint that its log has signed: obtained only by verifying one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedCheckpoint(SignedCheckpoint);

impl VerifiedCheckpoint {
    /// What the log signed.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.0.checkpoint
    }

    /// The log, by the name of its key.
    pub fn origin(&self) -> &KeyName {
        &self.0.checkpoint.origin
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.0.checkpoint.size
    }

    /// Root hash over these leaves.
    pub fn root(&self) -> &Hash {
        &self.0.checkpoint.root
    }

    /// The note as received, to store or to pass on.
    pub fn signed(&self) -> &SignedCheckpoint {
        &self.0
    }
}

fn check_origin(expected: &KeyName, found: &KeyName) -> Result<(), Error> {
    if expected != found {
        let (expected, found) = (expected.to_string(), found.to_string());
        return Err(Error::Origin { expected, found });
    }
    Ok(())
}

fn extensions(text: &str) -> Result<Vec<String>, Error> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let malformed = Error::malformed(CHECKPOINT, "an extension line is empty or not ended");
    let lines = text.strip_suffix('\n').ok_or_else(|| malformed.clone())?;
    within(
        "extension lines",
        lines.split('\n').count(),
        MAX_EXTENSION_LINES,
    )?;
    if lines.split('\n').any(str::is_empty) {
        return Err(malformed);
    }
    Ok(lines.split('\n').map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::leaf_hash;

    fn name(name: &str) -> KeyName {
        KeyName::parse(name).unwrap()
    }

    fn signer() -> LogSigner {
        LogSigner::from_seed(name("rabat.example/j1"), &[1; 32])
    }

    fn checkpoint() -> Checkpoint {
        Checkpoint::new(name("rabat.example/j1"), 12, leaf_hash(b"root")).unwrap()
    }

    #[test]
    fn signed_checkpoint_opens() {
        let signed = checkpoint().sign(&signer()).unwrap();
        let opened = SignedCheckpoint::open(&signed.to_string(), signer().key()).unwrap();
        assert_eq!(opened.checkpoint(), &checkpoint());
        assert_eq!(opened.signed(), &signed);
        assert_eq!(
            Checkpoint::parse(&checkpoint().to_string()),
            Ok(checkpoint())
        );
        assert_eq!(
            LogKey::parse(&signer().key().to_string()).as_ref(),
            Ok(signer().key())
        );
    }

    #[test]
    fn no_byte_can_be_altered() {
        let note = checkpoint()
            .sign(&signer())
            .unwrap()
            .to_string()
            .into_bytes();
        for at in 0..note.len() {
            for flip in [0x01, 0x20, 0x80] {
                let mut altered = note.clone();
                altered[at] ^= flip;
                let opened = std::str::from_utf8(&altered)
                    .map(|text| SignedCheckpoint::open(text, signer().key()));
                assert!(!matches!(opened, Ok(Ok(_))), "byte {at}");
            }
        }
    }

    #[test]
    fn other_logs_and_keys_are_refused() {
        let signed = checkpoint().sign(&signer()).unwrap();
        let code = |key: &LogKey| signed.verify(key).unwrap_err().code();
        let other_name = LogSigner::from_seed(name("brussels.example/j1"), &[1; 32]);
        assert_eq!(code(other_name.key()), "E_JOURNAL_ORIGIN");
        let other_key = LogSigner::from_seed(name("rabat.example/j1"), &[2; 32]);
        assert_eq!(code(other_key.key()), "E_JOURNAL_UNSIGNED");
        assert_eq!(
            checkpoint().sign(&other_name).unwrap_err().code(),
            "E_JOURNAL_ORIGIN"
        );
    }

    #[test]
    fn a_forged_or_doubled_signature_is_refused() {
        let signed = checkpoint().sign(&signer()).unwrap();
        let key = signer();
        let key = key.key();
        let forged = SignatureLine::new(&key.0, vec![0; 64]);
        let short = SignatureLine::new(&key.0, vec![0; 63]);
        for line in [forged, short] {
            let note = signed.with_signature(line).unwrap();
            assert_eq!(note.verify(key).unwrap_err().code(), "E_JOURNAL_SIGNATURE");
        }
        let line = signed.signatures()[0].to_string();
        let doubled = format!("{signed}{line}\n");
        let error = SignedCheckpoint::open(&doubled, key).unwrap_err();
        assert_eq!(error.code(), "E_JOURNAL_SIGNATURE");
    }

    #[test]
    fn texts_that_are_not_canonical_are_refused() {
        let root = leaf_hash(b"root").to_base64();
        let empty = Hash::EMPTY.to_base64();
        let wrong = [
            format!("o\n012\n{root}\n"),
            format!("o\n+12\n{root}\n"),
            format!("o\n9223372036854775808\n{root}\n"),
            format!("o\n0\n{root}\n"),
            format!("\n12\n{root}\n"),
            format!("o p\n12\n{root}\n"),
            format!("o\n12\n{root}"),
            format!("o\n12\n{}\n", root.trim_end_matches('=')),
            format!("o\n12\n{root}\n\n"),
            format!("o\n12\n{root}\nextension\n"),
            "o\n12\n".to_owned(),
        ];
        for text in wrong {
            assert!(Checkpoint::parse(&text).is_err(), "{text:?}");
        }
        assert!(Checkpoint::parse(&format!("o\n0\n{empty}\n")).is_ok());
    }

    #[test]
    fn extensions_are_read_only_when_asked_for() {
        let text = format!("{}one\ntwo\n", checkpoint());
        let (read, extensions) = Checkpoint::parse_with_extensions(&text).unwrap();
        assert_eq!(
            (read, extensions),
            (checkpoint(), vec!["one".into(), "two".into()])
        );
        let many = format!("{}{}", checkpoint(), "x\n".repeat(MAX_EXTENSION_LINES + 1));
        let error = Checkpoint::parse_with_extensions(&many).unwrap_err();
        assert_eq!(error.code(), "E_JOURNAL_LIMIT");
        for tail in ["one", "one\n\ntwo\n", "\n"] {
            let text = format!("{}{tail}", checkpoint());
            assert!(
                Checkpoint::parse_with_extensions(&text).is_err(),
                "{tail:?}"
            );
        }
    }
}
