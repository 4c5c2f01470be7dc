//! The manifest: what the holder announces of an index.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::{EXCHANGE_VERSION, Epoch, check_name, digest, is_plain, read, written};
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
    /// What makes the identifiers before they are canonicalised; may be empty.
    #[n(9)]
    source: String,
    /// Which publication window of the epoch it is: 1, 2, 3 …
    #[n(10)]
    pub window: u64,
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
            profile: epoch.class()?.profile("").into(),
            contact: contact.to_owned(),
            epoch,
            from,
            until,
            source: String::new(),
            window: 1,
        };
        manifest.check()?;
        Ok(manifest)
    }

    /// The same, naming what makes the identifiers before they are canonicalised: the tables
    /// behind the keys of names, for one. The profile covers it.
    ///
    /// # Errors
    /// `E_MATCH_FILE` for a text that is too long or holds control characters.
    pub fn with_source(mut self, source: &str) -> Result<Self, Error> {
        source.clone_into(&mut self.source);
        self.profile = self.class()?.profile(source).into();
        self.check()?;
        Ok(self)
    }

    /// Announces the index of the next publication window: same epoch, key, contact, source and
    /// end.
    ///
    /// # Errors
    /// `E_MATCH_MISMATCH` for another key, `E_MATCH_EXPIRED` at or after the end of the epoch.
    pub fn next(&self, key: &SecretKey, index: &Index, from: u64) -> Result<Self, Error> {
        self.check_key(key)?;
        self.check_time(from.max(self.from))?;
        let next = Self {
            keys: index.len(),
            root: index.root().0.into(),
            from,
            window: self.window.saturating_add(1),
            ..self.clone()
        };
        next.check()?;
        Ok(next)
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

    /// Whether this key is the one that was announced.
    ///
    /// # Errors
    /// `E_MATCH_MISMATCH`.
    pub fn check_key(&self, key: &SecretKey) -> Result<(), Error> {
        match self.key()? == key.public() {
            true => Ok(()),
            false => Err(Error::Mismatch("the key is not the one that was announced")),
        }
    }

    /// Whether this side makes identifiers as the holder does. To be called before anything is
    /// asked; what the class itself makes of them, reading a manifest checks.
    ///
    /// # Errors
    /// `E_MATCH_TABLES`.
    pub fn check_source(&self, ours: &str) -> Result<(), Error> {
        match self.source == ours {
            true => Ok(()),
            false => Err(Error::Tables {
                theirs: self.source.clone(),
                ours: ours.to_owned(),
            }),
        }
    }

    /// Whether it counts at this second since 1970.
    ///
    /// # Errors
    /// `E_MATCH_EXPIRED`.
    pub fn check_time(&self, now: u64) -> Result<(), Error> {
        match now {
            _ if now < self.from => Err(Error::Expired("does not count yet")),
            _ if now >= self.until => Err(Error::Expired(
                "counts no more: its epoch has ended, ask for the next one",
            )),
            _ => Ok(()),
        }
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
        let wrong = |why| Error::File {
            what: "manifest",
            why,
        };
        self.epoch.check()?;
        check_name("manifest", &self.contact)?;
        self.key()?;
        if !is_plain(&self.source) {
            return Err(wrong("its source is too long or holds control characters"));
        }
        let numbers =
            self.keys <= crate::index::MAX_INDEX_KEYS && self.from < self.until && self.window > 0;
        if !numbers {
            return Err(wrong("its numbers cannot be"));
        }
        match *self.profile == self.class()?.profile(&self.source) {
            true => Ok(()),
            false => Err(Error::Mismatch(
                "the two sides write this class differently",
            )),
        }
    }
}
