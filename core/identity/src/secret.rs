//! Secrets in links and cookies: 256 random bits, of which only a hash is kept.

use passerelle_model::{Digest, hex};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::Error;

/// Bytes of a secret.
pub const SECRET_BYTES: usize = 32;

/// A secret as its holder has it. `Debug` hides it.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; SECRET_BYTES]>);

/// What the node keeps of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretHash(Digest);

impl Secret {
    /// Wraps random bytes.
    pub fn new(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads what [`Secret::reveal`] gave.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bytes = hex::decode(text).ok_or(Error::Secret)?;
        Ok(Self::new(bytes.try_into().map_err(|_| Error::Secret)?))
    }

    /// The secret as text, for a link or a cookie: 64 hexadecimal digits.
    pub fn reveal(&self) -> String {
        hex::encode(self.0.as_slice())
    }

    /// What is kept.
    pub fn hash(&self) -> SecretHash {
        SecretHash(Digest::new(Sha256::digest(self.0.as_slice()).into()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl SecretHash {
    /// The digest under which it is kept.
    pub fn digest(&self) -> Digest {
        self.0
    }

    /// From the store.
    pub fn from_digest(digest: Digest) -> Self {
        Self(digest)
    }

    /// Whether it is the hash of this secret, in constant time.
    pub fn is_of(&self, secret: &Secret) -> bool {
        bool::from(self.0.as_bytes().ct_eq(secret.hash().0.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_and_knows_its_hash() {
        let secret = Secret::new([5; SECRET_BYTES]);
        let again = Secret::parse(&secret.reveal()).unwrap();
        assert!(secret.hash().is_of(&again));
        assert!(!secret.hash().is_of(&Secret::new([6; SECRET_BYTES])));
        assert!(Secret::parse("zz").is_err() && Secret::parse("").is_err());
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
