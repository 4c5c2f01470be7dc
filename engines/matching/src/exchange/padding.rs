//! Which tags of an index are dummies: the holder keeps it from one window to the next.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use super::{EXCHANGE_VERSION, read, written};
use crate::index::Index;
use crate::{Error, Tag};

/// The dummies of one index. Never handed over: it tells the true number of keys.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Padding {
    #[n(0)]
    version: u32,
    /// Root of the index.
    #[n(1)]
    root: ByteArray<32>,
    /// Eight bytes each, big-endian, ascending.
    #[n(2)]
    tags: ByteVec,
}

impl Padding {
    /// The dummies of an index.
    pub fn of(index: &Index, mut dummies: Vec<Tag>) -> Self {
        dummies.sort_unstable();
        dummies.dedup();
        let bytes: Vec<u8> = dummies.iter().flat_map(|tag| tag.0.to_be_bytes()).collect();
        Self {
            version: EXCHANGE_VERSION,
            root: index.root().0.into(),
            tags: bytes.into(),
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// `E_MATCH_FILE`, `E_MATCH_VERSION`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let padding: Self = read("padding", bytes)?;
        let wrong = |why| Error::File {
            what: "padding",
            why,
        };
        if !padding.tags.len().is_multiple_of(8) {
            return Err(wrong("ends within a tag"));
        }
        match padding.tags().is_sorted_by(|a, b| a < b) {
            true => Ok(padding),
            false => Err(wrong("tags are out of order")),
        }
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        written(self)
    }

    /// The dummies, ascending.
    ///
    /// # Errors
    /// `E_MATCH_MISMATCH` where they belong to another index.
    pub fn dummies(&self, index: &Index) -> Result<Vec<Tag>, Error> {
        let tags: Vec<Tag> = self.tags().collect();
        match *self.root == index.root().0 && tags.iter().all(|tag| index.holds(*tag)) {
            true => Ok(tags),
            false => Err(Error::Mismatch("the padding belongs to another index")),
        }
    }

    fn tags(&self) -> impl Iterator<Item = Tag> + '_ {
        let (tags, _) = self.tags.as_chunks::<8>();
        tags.iter().map(|bytes| Tag(u64::from_be_bytes(*bytes)))
    }
}
