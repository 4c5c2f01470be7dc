//! Signed notes (C2SP `signed-note`): a text, a blank line, and signature lines.

mod key;

use std::fmt;

pub use key::{Algorithm, KeyId, KeyName, MAX_KEY_NAME_BYTES, NoteKey};

use crate::error::{Error, within};
use crate::text;

/// Most bytes in a whole note, signatures included.
pub const MAX_NOTE_BYTES: usize = 64 * 1024;

/// Most signature lines on a note: what the specification asks every verifier to accept.
pub const MAX_SIGNATURES: usize = 16;

const NOTE: &str = "signed note";
const LINE: &str = "signature line";

/// A note as read: well-formed, but **nothing in it is verified**.
///
/// The written form ([`fmt::Display`]) of a parsed note is byte for byte what was parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

impl Note {
    /// Puts a note together.
    ///
    /// # Errors
    /// [`Error::Malformed`] when the text does not end in a newline or holds another control
    /// character, or without signatures; [`Error::Limit`] above [`MAX_SIGNATURES`] or
    /// [`MAX_NOTE_BYTES`].
    pub fn new(text: String, signatures: Vec<SignatureLine>) -> Result<Self, Error> {
        within("note", text.len(), MAX_NOTE_BYTES)?;
        check_text(&text)?;
        check_count(signatures.len())?;
        let note = Self { text, signatures };
        within("note", note.to_string().len(), MAX_NOTE_BYTES)?;
        Ok(note)
    }

    /// Reads a note.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`MAX_NOTE_BYTES`] or [`MAX_SIGNATURES`], [`Error::Malformed`] for
    /// anything that is not the one way to write a note.
    pub fn parse(note: &str) -> Result<Self, Error> {
        within("note", note.len(), MAX_NOTE_BYTES)?;
        let split = note
            .rfind("\n\n")
            .and_then(|blank| note.split_at_checked(blank + 1));
        let (text, rest) = split.ok_or(Error::malformed(NOTE, "no blank line"))?;
        check_text(text)?;
        let lines = rest
            .strip_prefix('\n')
            .and_then(|lines| lines.strip_suffix('\n'));
        let lines = lines.ok_or(Error::malformed(NOTE, "no signature line"))?;
        check_count(lines.split('\n').count())?;
        let signatures = lines.split('\n').map(SignatureLine::parse);
        Ok(Self {
            text: text.to_owned(),
            signatures: signatures.collect::<Result<_, _>>()?,
        })
    }

    /// The signed text, with its final newline.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, in order.
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// The one signature line of this key.
    ///
    /// # Errors
    /// [`Error::Unsigned`] without one, [`Error::Signature`] with several: a key signs a note
    /// once, so a reader can never be shown one signature and judge by another.
    pub fn signature_of(&self, key: &NoteKey) -> Result<&SignatureLine, Error> {
        let mut lines = self.signatures.iter().filter(|line| line.is_of(key));
        let name = key.name().to_string();
        match (lines.next(), lines.next()) {
            (Some(line), None) => Ok(line),
            (None, _) => Err(Error::Unsigned { name }),
            (Some(_), Some(_)) => Err(Error::Signature { name }),
        }
    }

    /// Verifies the signature of this key over the text ([`Algorithm::Ed25519`] only).
    ///
    /// # Errors
    /// [`Error::Key`] for a key of another algorithm, [`Error::Unsigned`] and
    /// [`Error::Signature`] when the key has not validly signed the text, exactly once.
    pub fn verify(&self, key: &NoteKey) -> Result<(), Error> {
        if key.algorithm() != Algorithm::Ed25519 {
            return Err(Error::Key {
                why: "not a key that signs plain notes",
            });
        }
        let line = self.signature_of(key)?;
        let signature = line.signature().try_into();
        let signature = signature.map_err(|_| Error::Signature {
            name: key.name().to_string(),
        })?;
        key.verify(self.text.as_bytes(), signature)
    }

    /// Adds a signature line, in place of an earlier one of the same key name and key ID.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`MAX_SIGNATURES`] or [`MAX_NOTE_BYTES`]; nothing changes then.
    pub fn with_signature(&self, line: SignatureLine) -> Result<Self, Error> {
        let mut signatures = self.signatures.clone();
        signatures.retain(|other| (&other.name, other.id) != (&line.name, line.id));
        signatures.push(line);
        Self::new(self.text.clone(), signatures)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// One signature line: key name, key ID, and the signature in the form of the key's algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine {
    name: KeyName,
    id: KeyId,
    signature: Vec<u8>,
}

impl SignatureLine {
    pub(crate) fn new(key: &NoteKey, signature: Vec<u8>) -> Self {
        Self {
            name: key.name().clone(),
            id: key.id(),
            signature,
        }
    }

    /// Reads one line, without its newline: `— <name> base64(key ID || signature)`.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`MAX_NOTE_BYTES`], [`Error::Malformed`] otherwise.
    pub fn parse(line: &str) -> Result<Self, Error> {
        within(LINE, line.len(), MAX_NOTE_BYTES)?;
        let fields = line
            .strip_prefix("— ")
            .and_then(|rest| rest.split_once(' '));
        let (name, payload) = fields.ok_or(Error::malformed(LINE, "not of the form — name sig"))?;
        let payload = text::parse_base64(LINE, payload)?;
        match payload.split_first_chunk() {
            Some((id, signature)) if !signature.is_empty() => Ok(Self {
                name: KeyName::parse(name)?,
                id: KeyId::from_bytes(*id),
                signature: signature.to_vec(),
            }),
            _ => Err(Error::malformed(LINE, "no signature after the key ID")),
        }
    }

    /// Name of the key that is said to have signed.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// ID of the key that is said to have signed.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The signature bytes after the key ID.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Whether the line names this key. Says nothing about the signature.
    pub fn is_of(&self, key: &NoteKey) -> bool {
        self.name == *key.name() && self.id == key.id()
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let payload = [self.id.as_bytes(), self.signature.as_slice()].concat();
        write!(f, "— {} {}", self.name, text::base64(&payload))
    }
}

fn check_text(text: &str) -> Result<(), Error> {
    if !text.ends_with('\n') {
        return Err(Error::malformed(NOTE, "the text does not end in a newline"));
    }
    if text.bytes().any(|byte| byte < b' ' && byte != b'\n') {
        return Err(Error::malformed(NOTE, "control character in the text"));
    }
    Ok(())
}

fn check_count(signatures: usize) -> Result<(), Error> {
    if signatures == 0 {
        return Err(Error::malformed(NOTE, "no signature line"));
    }
    within("signatures", signatures, MAX_SIGNATURES)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = "Ognuno sta solo sul cuor della terra\n\
        trafitto da un raggio di sole:\n\ned è subito sera.\n\n\
        — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

    fn line(name: &str) -> SignatureLine {
        SignatureLine::parse(&format!("— {name} AAAAAAA=")).unwrap()
    }

    #[test]
    fn the_example_of_the_specification_returns() {
        let note = Note::parse(EXAMPLE).unwrap();
        assert_eq!(note.to_string(), EXAMPLE);
        assert!(note.text().ends_with("sera.\n"));
        assert_eq!(
            note.signatures()[0].name().as_str(),
            "quasimodo.example/salvatore"
        );
        assert_eq!(
            note.signatures()[0].id().as_bytes(),
            &[0x36, 0x7b, 0xa0, 0x4b]
        );
        assert_eq!(note.signatures()[0].signature().len(), 64);
    }

    #[test]
    fn the_example_of_the_go_package_verifies() {
        let vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let key = NoteKey::parse(vkey).unwrap();
        let note = "If you think cryptography is the answer to your problem,\n\
            then you don't know what your problem is.\n\n\
            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        assert_eq!(Note::parse(note).unwrap().verify(&key), Ok(()));
        let altered = Note::parse(&note.replace("answer", "Answer")).unwrap();
        assert_eq!(
            altered.verify(&key).unwrap_err().code(),
            "E_JOURNAL_SIGNATURE"
        );
        assert_eq!(
            Note::parse(EXAMPLE)
                .unwrap()
                .verify(&key)
                .unwrap_err()
                .code(),
            "E_JOURNAL_UNSIGNED"
        );
        let (name, public) = (key.name().clone(), *key.public_key());
        let witness = NoteKey::new(name, Algorithm::Cosignature, &public).unwrap();
        assert_eq!(
            altered.verify(&witness).unwrap_err().code(),
            "E_JOURNAL_KEY"
        );
    }

    #[test]
    fn what_is_not_a_note_is_refused() {
        let wrong = [
            "",
            "\n\n",
            "text\n",
            "text\n\n",
            "text\n\n\n",
            "te\txt\n\n— a AAAAAAA=\n",
            "te\rxt\n\n— a AAAAAAA=\n",
            "text\n\n— a AAAAAAA=",
            "text\n\n- a AAAAAAA=\n",
            "text\n\n—  AAAAAAA=\n",
            "text\n\n— a+b AAAAAAA=\n",
            "text\n\n— a\u{a0}b AAAAAAA=\n",
            "text\n\n— a AAAAAAA\n",
            "text\n\n— a AAAAAA==\n",
            "text\n\n— a AAAAAAB=\n",
            "text\n\n— a AAAAAAA= \n",
            "text\n\n— a AAAAAAA=\r\n",
            "text\n\n— a AAAAAAA=\nmore\n",
        ];
        for note in wrong {
            assert_eq!(
                Note::parse(note).unwrap_err().code(),
                "E_JOURNAL_FORMAT",
                "{note:?}"
            );
        }
    }

    #[test]
    fn limits_hold() {
        let many = |count: usize| format!("text\n\n{}", "— a AAAAAAA=\n".repeat(count));
        assert!(Note::parse(&many(MAX_SIGNATURES)).is_ok());
        assert_eq!(
            Note::parse(&many(17)).unwrap_err().code(),
            "E_JOURNAL_LIMIT"
        );
        let long = format!("{}\n\n— a AAAAAAA=\n", "x".repeat(MAX_NOTE_BYTES));
        assert_eq!(Note::parse(&long).unwrap_err().code(), "E_JOURNAL_LIMIT");
        let text = "x".repeat(MAX_NOTE_BYTES - 5) + "\n";
        assert!(Note::new(text, vec![line("a")]).is_err());
        let signatures = (0..17).map(|i| line(&format!("k{i}"))).collect();
        assert!(Note::new("text\n".into(), signatures).is_err());
        assert!(Note::new("text\n".into(), vec![]).is_err());
        assert!(Note::new("text".into(), vec![line("a")]).is_err());
    }

    #[test]
    fn a_key_stands_on_a_note_once() {
        let note = Note::new("text\n".into(), vec![line("a"), line("b")]).unwrap();
        let again = note.with_signature(line("a")).unwrap();
        let names: Vec<_> = again
            .signatures()
            .iter()
            .map(|l| l.name().as_str())
            .collect();
        assert_eq!(names, ["b", "a"]);
    }
}
