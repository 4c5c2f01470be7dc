//! Names, IDs and verifier keys.

use std::fmt;

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::error::{Error, within};
use crate::text;

/// Most bytes in a key name.
pub const MAX_KEY_NAME_BYTES: usize = 255;

const VKEY: &str = "verifier key";

/// Name of a key: not empty, at most [`MAX_KEY_NAME_BYTES`], no Unicode white space, no plus sign
/// and no control character. By convention a URL without scheme. A log's key name is also its
/// origin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// Checks a name.
    ///
    /// # Errors
    /// [`Error::Limit`] above [`MAX_KEY_NAME_BYTES`], [`Error::Malformed`] otherwise.
    pub fn parse(name: &str) -> Result<Self, Error> {
        within("key name", name.len(), MAX_KEY_NAME_BYTES)?;
        let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let forbidden = |c: char| c == '+' || c.is_control() || c.is_whitespace() || turns(c);
        if name.is_empty() || name.contains(forbidden) {
            return Err(Error::malformed(
                "key name",
                "empty, or holds a space, plus or control",
            ));
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The four bytes that, with the name, say which key signed. Not a cryptographic binding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 4]);

impl KeyId {
    /// Takes four bytes as an ID.
    pub const fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    /// The four bytes.
    pub const fn as_bytes(&self) -> &[u8; 4] {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Signature types of the note specification that this crate speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Algorithm {
    /// Ed25519 over the note text: how a log signs its checkpoints.
    Ed25519 = 0x01,
    /// Ed25519 with a time (C2SP `tlog-cosignature`, `cosignature/v1`): how a witness signs them.
    Cosignature = 0x04,
}

impl Algorithm {
    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Ed25519, Self::Cosignature]
            .into_iter()
            .find(|known| *known as u8 == byte)
    }
}

/// A public key with its name and algorithm. Written `name+hex8+base64(algorithm || key)`.
#[derive(Clone, PartialEq, Eq)]
pub struct NoteKey {
    name: KeyName,
    algorithm: Algorithm,
    key: VerifyingKey,
    id: KeyId,
}

impl NoteKey {
    /// Checks a public key (32 bytes, RFC 8032).
    ///
    /// # Errors
    /// [`Error::Key`] when the bytes are not a point, or one of the few under which signatures
    /// prove nothing.
    pub fn new(name: KeyName, algorithm: Algorithm, key: &[u8; 32]) -> Result<Self, Error> {
        let key = VerifyingKey::from_bytes(key).map_err(|_| Error::Key { why: "not a point" })?;
        if key.is_weak() {
            return Err(Error::Key {
                why: "point of small order",
            });
        }
        Ok(Self::from_verifying_key(name, algorithm, key))
    }

    /// Reads the written form of a verifier key.
    ///
    /// # Errors
    /// [`Error::Malformed`] unless it is the canonical form with the right key ID, [`Error::Key`]
    /// for an unknown algorithm or an unusable key.
    pub fn parse(vkey: &str) -> Result<Self, Error> {
        within(VKEY, vkey.len(), MAX_KEY_NAME_BYTES + 64)?;
        let mut fields = vkey.splitn(3, '+');
        let (Some(name), Some(_), Some(key)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(Error::malformed(VKEY, "not of the form name+id+key"));
        };
        let (algorithm, key) = parse_material(key)?;
        let key = Self::new(KeyName::parse(name)?, algorithm, &key)?;
        // Also compares the key ID, which the name and the key determine.
        if key.to_string() != vkey {
            return Err(Error::malformed(VKEY, "the key ID is not that of the key"));
        }
        Ok(key)
    }

    pub(crate) fn from_verifying_key(
        name: KeyName,
        algorithm: Algorithm,
        key: VerifyingKey,
    ) -> Self {
        let id = key_id(&name, algorithm, &key);
        Self {
            name,
            algorithm,
            key,
            id,
        }
    }

    /// Name of the key.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// What the key signs, and how.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// First four bytes of `SHA-256(name || "\n" || algorithm || key)`.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The 32 bytes of the public key (RFC 8032).
    pub fn public_key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Verifies raw Ed25519 signature bytes (RFC 8032, strict).
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), Error> {
        let verified = self
            .key
            .verify_strict(message, &Signature::from_bytes(signature));
        verified.map_err(|_| Error::Signature {
            name: self.name.to_string(),
        })
    }
}

impl fmt::Display for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let material = [&[self.algorithm as u8], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, self.id, text::base64(&material))
    }
}

impl fmt::Debug for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteKey({self})")
    }
}

fn key_id(name: &KeyName, algorithm: Algorithm, key: &VerifyingKey) -> KeyId {
    let digest: [u8; 32] = Sha256::new_with_prefix(name.as_str())
        .chain_update([b'\n', algorithm as u8])
        .chain_update(key.as_bytes())
        .finalize()
        .into();
    let [a, b, c, d, ..] = digest;
    KeyId([a, b, c, d])
}

fn parse_material(base64: &str) -> Result<(Algorithm, [u8; 32]), Error> {
    let bytes = text::parse_base64(VKEY, base64)?;
    let (byte, key) = bytes
        .split_first()
        .ok_or(Error::malformed(VKEY, "no key"))?;
    let algorithm = Algorithm::from_byte(*byte).ok_or(Error::Key {
        why: "unknown algorithm",
    })?;
    let key = key
        .try_into()
        .map_err(|_| Error::malformed(VKEY, "the key is not 32 bytes"))?;
    Ok((algorithm, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the Go checksum database, as published with the go command.
    const SUM_GOLANG: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

    #[test]
    fn a_well_known_key_returns() {
        let key = NoteKey::parse(SUM_GOLANG).unwrap();
        assert_eq!(key.to_string(), SUM_GOLANG);
        assert_eq!(key.id().to_string(), "033de0ae");
        assert_eq!(key.algorithm(), Algorithm::Ed25519);
    }

    #[test]
    fn what_is_not_a_key_is_refused() {
        let wrong = [
            SUM_GOLANG.replace("033d", "033e"),
            SUM_GOLANG.replace("033d", "033D"),
            SUM_GOLANG.replace("sum", "sun"),
            SUM_GOLANG.replace("sum", "s m"),
            SUM_GOLANG.replace("+Ac", "+Bc"),
            SUM_GOLANG.replace("+Ac4z", "+"),
            SUM_GOLANG.replace("uAn8", "uAn9"),
            SUM_GOLANG.replace("+Ac4zctda", ""),
            SUM_GOLANG.replace("+033de0ae", ""),
            format!("{}{SUM_GOLANG}", "x".repeat(300)),
            format!("{SUM_GOLANG}\n"),
            String::new(),
        ];
        for vkey in wrong {
            assert!(NoteKey::parse(&vkey).is_err(), "{vkey}");
        }
    }

    #[test]
    fn weak_points_are_refused() {
        let name = KeyName::parse("a").unwrap();
        let mut identity = [0; 32];
        identity[0] = 1;
        for weak in [identity, [0; 32]] {
            let key = NoteKey::new(name.clone(), Algorithm::Ed25519, &weak);
            assert_eq!(key.unwrap_err().code(), "E_JOURNAL_KEY");
        }
    }

    #[test]
    fn names_follow_the_rules() {
        assert!(KeyName::parse("rabat.example/journal").is_ok());
        assert!(KeyName::parse("مثال/سجل").is_ok());
        for wrong in [
            "",
            "a b",
            "a+b",
            "a\u{2003}b",
            "a\u{7}b",
            "a\n",
            &"x".repeat(256),
        ] {
            assert!(KeyName::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
