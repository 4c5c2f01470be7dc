//! What a journal logs: a salted commitment, so that content can be erased and the tree stays.
//!
//! The log entry of an envelope is `SHA-256("passerelle/leaf/v1\n" || salt || envelope hash)`.
//! Once salt and envelope are erased nobody can tell from the tree which envelope stood there,
//! not even by guessing its content; while they are kept, the log cannot be made to have held
//! another envelope.

use std::fmt;

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::merkle::{Hash, leaf_hash};

const DOMAIN: &[u8] = b"passerelle/leaf/v1\n";

/// 32 secret random bytes, kept with the envelope and erased with it.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl Salt {
    /// A fresh salt. Never use one for two envelopes.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// A salt read back from storage or received with its envelope.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(hidden)")
    }
}

/// SHA-256 of the sealed envelope, byte for byte as sent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnvelopeHash([u8; 32]);

impl EnvelopeHash {
    /// Hashes an envelope.
    pub fn of(envelope: &[u8]) -> Self {
        Self(Sha256::digest(envelope).into())
    }

    /// A hash computed before.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for EnvelopeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hash::from_bytes(self.0).fmt(f)
    }
}

impl fmt::Display for EnvelopeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hash::from_bytes(self.0).fmt(f)
    }
}

/// One log entry: 32 bytes that bind an envelope and give nothing of it away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commitment([u8; 32]);

impl Commitment {
    /// Commits to an envelope.
    pub fn new(salt: &Salt, envelope: &EnvelopeHash) -> Self {
        let hash = Sha256::new_with_prefix(DOMAIN)
            .chain_update(salt.0)
            .chain_update(envelope.0);
        Self(hash.finalize().into())
    }

    /// A commitment received or read back. It binds whatever it binds.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The log entry.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Hash of the leaf that holds this entry.
    pub fn leaf_hash(&self) -> Hash {
        leaf_hash(&self.0)
    }

    /// Checks that this entry stands for this envelope.
    ///
    /// # Errors
    /// [`Error::Proof`] when it does not.
    pub fn check(&self, salt: &Salt, envelope: &EnvelopeHash) -> Result<(), Error> {
        match Self::new(salt, envelope) == *self {
            true => Ok(()),
            false => Err(Error::Proof {
                what: "opening of the commitment",
            }),
        }
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hash::from_bytes(self.0).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_is_the_documented_hash() {
        let (salt, envelope) = (Salt::from_bytes([7; 32]), EnvelopeHash::of(b"envelope"));
        let written = [DOMAIN, &[7; 32], envelope.as_bytes()].concat();
        let expected: [u8; 32] = Sha256::digest(&written).into();
        let entry = Commitment::new(&salt, &envelope);
        assert_eq!(entry.as_bytes(), &expected);
        assert_eq!(entry.leaf_hash(), leaf_hash(&expected));
    }

    #[test]
    fn a_commitment_opens_one_way_only() {
        let (salt, envelope) = (Salt::from_bytes([7; 32]), EnvelopeHash::of(b"envelope"));
        let entry = Commitment::new(&salt, &envelope);
        assert!(entry.check(&salt, &envelope).is_ok());
        assert!(entry.check(&Salt::from_bytes([8; 32]), &envelope).is_err());
        let other = entry.check(&salt, &EnvelopeHash::of(b"other"));
        assert_eq!(other.unwrap_err().code(), "E_JOURNAL_PROOF");
    }

    #[test]
    fn debug_hides_the_salt() {
        assert_eq!(
            format!("{:?}", Salt::from_bytes([0xab; 32])),
            "Salt(hidden)"
        );
    }
}
