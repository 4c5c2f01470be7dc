//! The manifest: what the holder announces of an index.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::{EXCHANGE_VERSION, Epoch, check_name, check_version, digest, read, written};
use crate::index::{Index, Root};
use crate::oprf::{PublicKey, SecretKey};
use crate::{Class, Error};

/// What an index is, whose, of which epoch and key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Manifest {
    #[n(0)]
    version: u32,
    /// The epoch.
    #[n(1)]
    pub epoch: Epoch,
    #[n(2)]
    key: ByteArray<32>,
    /// Number of tags, dummies among them.
    #[n(3)]
    pub keys: u64,
    #[n(4)]
    root: ByteArray<32>,
    #[n(5)]
    profile: ByteArray<32>,
    /// Whom to ask after a hit.
    #[n(6)]
    pub contact: String,
    /// First second in which it counts, since 1970.
    #[n(7)]
    pub from: u64,
    /// First second in which it counts no more.
    #[n(8)]
    pub until: u64,
}

impl Manifest {
    /// Announces an index.
    ///
    /// # Errors
    /// `E_MATCH_FILE`, `E_MATCH_IDENTIFIER`.
    pub fn announce(
        epoch: Epoch,
        key: &SecretKey,
        index: &Index,
        contact: &str,
        (from, until): (u64, u64),
    ) -> Result<Self, Error> {
        let manifest = Self {
            version: EXCHANGE_VERSION,
            key: (*key.public().as_bytes()).into(),
            keys: index.len(),
            root: index.root().0.into(),
            profile: epoch.class()?.profile().into(),
            contact: contact.to_owned(),
            epoch,
            from,
            until,
        };
        manifest.check()?;
        Ok(manifest)
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// `E_MATCH_FILE`, `E_MATCH_VERSION`, `E_MATCH_ELEMENT`; `E_MATCH_MISMATCH` where the holder
    /// writes this class otherwise than this program does.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let manifest: Self = read("manifest", bytes)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        written(self)
    }

    /// SHA-256 of the file.
    pub fn hash(&self) -> [u8; 32] {
        digest(&self.to_bytes())
    }

    /// The class.
    ///
    /// # Errors
    /// `E_MATCH_IDENTIFIER`.
    pub fn class(&self) -> Result<Class, Error> {
        self.epoch.class()
    }

    /// The key that answers.
    ///
    /// # Errors
    /// `E_MATCH_ELEMENT`.
    pub fn key(&self) -> Result<PublicKey, Error> {
        PublicKey::from_bytes(*self.key)
    }

    /// The root of the index.
    pub fn root(&self) -> Root {
        Root(*self.root)
    }

    /// Whether this is the index that was announced.
    ///
    /// # Errors
    /// `E_MATCH_MISMATCH`.
    pub fn check_index(&self, index: &Index) -> Result<(), Error> {
        match index.root() == self.root() && index.len() == self.keys {
            true => Ok(()),
            false => Err(Error::Mismatch("this is not the index that was announced")),
        }
    }

    fn check(&self) -> Result<(), Error> {
        check_version("manifest", self.version)?;
        self.epoch.check()?;
        check_name("manifest", &self.contact)?;
        self.key()?;
        if self.keys > crate::index::MAX_INDEX_KEYS || self.from >= self.until {
            return Err(Error::File {
                what: "manifest",
                why: "its numbers cannot be",
            });
        }
        match *self.profile == self.class()?.profile() {
            true => Ok(()),
            false => Err(Error::Mismatch(
                "the two sides write this class differently",
            )),
        }
    }
}
