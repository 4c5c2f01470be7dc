//! Hash values and the two hash functions of RFC 6962 section 2.1.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::text;

/// Length of a hash in bytes.
pub const HASH_BYTES: usize = 32;

/// Hash of a leaf: `SHA-256(0x00 || data)`.
pub fn leaf_hash(data: &[u8]) -> Hash {
    Hash(
        Sha256::new_with_prefix([0])
            .chain_update(data)
            .finalize()
            .into(),
    )
}

/// Hash of an inner node: `SHA-256(0x01 || left || right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(
        Sha256::new_with_prefix([1])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

/// A SHA-256 value. Shown as lower-case hexadecimal, written in notes as base64.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; HASH_BYTES]);

impl Hash {
    /// Root of the tree without leaves: `SHA-256("")`.
    pub const EMPTY: Self = Self([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9,
        0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52,
        0xb8, 0x55,
    ]);

    /// Takes 32 bytes as a hash value.
    pub const fn from_bytes(bytes: [u8; HASH_BYTES]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }

    /// Standard base64, 44 characters, as written in checkpoints and proofs.
    pub fn to_base64(&self) -> String {
        text::base64(&self.0)
    }

    /// Reads the 44 characters of [`Hash::to_base64`].
    ///
    /// # Errors
    /// [`Error::Malformed`] for another length or base64 that is not canonical.
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        if text.len() != 44 {
            return Err(Error::malformed("hash", "not 44 characters of base64"));
        }
        Self::try_from(text::parse_base64("hash", text)?.as_slice())
    }
}

impl TryFrom<&[u8]> for Hash {
    type Error = Error;

    /// Exactly 32 bytes, or [`Error::Malformed`].
    fn try_from(bytes: &[u8]) -> Result<Self, Error> {
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| Error::malformed("hash", "not 32 bytes"))
    }
}

impl FromStr for Hash {
    type Err = Error;

    /// Reads 64 lower-case hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = Error::malformed("hash", "not 64 lower-case hexadecimal digits");
        if text.len() != 2 * HASH_BYTES {
            return Err(malformed);
        }
        let mut bytes = [0; HASH_BYTES];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = hex_pair(pair).ok_or_else(|| malformed.clone())?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let &[high, low] = pair else { return None };
    Some(hex_digit(high)? << 4 | hex_digit(low)?)
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_tree_is_the_hash_of_nothing() {
        let empty: [u8; 32] = Sha256::digest([]).into();
        assert_eq!(Hash::EMPTY, Hash::from_bytes(empty));
    }

    #[test]
    fn leaves_and_nodes_are_told_apart() {
        let leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        assert_eq!(leaf_hash(b"").to_string(), leaf);
        let (a, b) = (leaf_hash(b"a"), leaf_hash(b"b"));
        let joined = [a.as_bytes().as_slice(), b.as_bytes()].concat();
        assert_ne!(node_hash(&a, &b), leaf_hash(&joined));
        assert_ne!(node_hash(&a, &b), node_hash(&b, &a));
    }

    #[test]
    fn text_forms_return() {
        let hash = leaf_hash(b"x");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(Hash::from_base64(&hash.to_base64()), Ok(hash));
        assert_eq!(format!("{hash:?}"), hash.to_string());
    }

    #[test]
    fn other_texts_are_refused() {
        let hex = leaf_hash(b"x").to_string();
        for wrong in [
            hex.to_uppercase(),
            format!("{hex}0"),
            hex.replace('a', "g"),
            "é".repeat(32),
        ] {
            assert!(wrong.parse::<Hash>().is_err(), "{wrong}");
        }
        let base64 = leaf_hash(b"x").to_base64();
        for wrong in [base64.trim_end_matches('='), "", &format!("{base64}\n")] {
            assert!(Hash::from_base64(wrong).is_err(), "{wrong}");
        }
        assert!(Hash::try_from([0; 31].as_slice()).is_err());
    }
}
