//! The index as a file, and in memory.

use super::bucket::Bucket;
use super::tree::{Path, Root, Tree, leaf_hash};
use super::{Cut, build::MAX_INDEX_KEYS};
use crate::{Error, Tag};

/// Version of the file.
pub const INDEX_VERSION: u32 = 1;
/// Largest index file, in bytes (16 GiB): 2^31 keys take less than 12.
pub const MAX_INDEX_BYTES: u64 = 16 << 30;

/// What a file begins with.
const MAGIC: &[u8; 8] = b"PMP1IDX\0";
/// Magic, version, number of keys.
const HEADER_BYTES: usize = 20;
/// Bytes of one line of the directory: where a bucket ends.
const END_BYTES: usize = 8;

/// An index, whole and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    cut: Cut,
    keys: u64,
    /// The file as it is.
    bytes: Vec<u8>,
    /// Where the buckets begin in it.
    body: usize,
    tree: Tree,
}

impl Index {
    /// Of sorted tags, each once.
    pub(super) fn of_sorted(tags: &[Tag]) -> Self {
        let keys = tags.len() as u64;
        let cut = Cut::of(keys);
        let (mut body, mut ends, mut leaves) = (Vec::new(), Vec::new(), Vec::new());
        let mut rest = tags;
        for number in 0..cut.buckets() {
            let count = rest.partition_point(|tag| cut.bucket_of(tag.0) <= number);
            let (these, others) = rest.split_at(count);
            rest = others;
            let these: Vec<u64> = these.iter().map(|tag| tag.0).collect();
            let bucket = Bucket::write(cut, &these);
            leaves.push(leaf_hash(&bucket));
            body.extend(bucket);
            ends.push(body.len() as u64);
        }
        let mut bytes = Vec::with_capacity(HEADER_BYTES + ends.len() * END_BYTES + body.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&INDEX_VERSION.to_le_bytes());
        bytes.extend_from_slice(&keys.to_le_bytes());
        for end in &ends {
            bytes.extend_from_slice(&end.to_le_bytes());
        }
        let start = bytes.len();
        bytes.extend(body);
        Self {
            cut,
            keys,
            bytes,
            body: start,
            tree: Tree::over(leaves),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// `E_MATCH_FILE` where it is cut, longer than it says, or altered so that its parts do not
    /// fit; `E_MATCH_VERSION`. That it is the index that was announced, [`Index::root`] tells.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Error> {
        let keys = header(&bytes)?;
        let cut = Cut::of(keys);
        let body = HEADER_BYTES + cut.buckets() * END_BYTES;
        if bytes.len() < body {
            return Err(wrong("is cut"));
        }
        let mut index = Self {
            cut,
            keys,
            bytes,
            body,
            tree: Tree::over(Vec::new()),
        };
        let (mut leaves, mut counted) = (Vec::with_capacity(cut.buckets()), 0);
        for number in 0..cut.buckets() {
            let bytes = index.bucket_bytes(number)?;
            counted += Bucket::parse(cut, number, bytes)?.len() as u64;
            leaves.push(leaf_hash(bytes));
        }
        let end = index.end(cut.buckets() - 1)?;
        if counted != keys || index.body + end != index.bytes.len() {
            return Err(wrong("holds another number of keys than it says"));
        }
        index.tree = Tree::over(leaves);
        Ok(index)
    }

    /// The file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Number of tags, dummies among them.
    pub fn len(&self) -> u64 {
        self.keys
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys == 0
    }

    /// What a manifest announces.
    pub fn root(&self) -> Root {
        self.tree.root()
    }

    /// Whether it holds a tag: one bucket is read.
    pub fn holds(&self, tag: Tag) -> bool {
        let number = self.cut.bucket_of(tag.0);
        let bucket = self
            .bucket_bytes(number)
            .and_then(|bytes| Bucket::trusted(self.cut, number, bytes));
        bucket.is_ok_and(|bucket| bucket.holds(tag))
    }

    /// All tags, in order.
    pub fn tags(&self) -> impl Iterator<Item = Tag> + '_ {
        (0..self.cut.buckets()).flat_map(|number| {
            let bucket = self
                .bucket_bytes(number)
                .and_then(|bytes| Bucket::trusted(self.cut, number, bytes));
            let tags: Vec<Tag> = bucket.map_or_else(|_| Vec::new(), |b| b.tags().collect());
            tags
        })
    }

    /// Number of buckets: a power of two.
    pub fn buckets(&self) -> usize {
        self.cut.buckets()
    }

    /// One bucket as it travels, with the path that proves it.
    ///
    /// # Errors
    /// `E_MATCH_FILE` where there is none of this number.
    pub fn bucket(&self, number: usize) -> Result<(&[u8], Path), Error> {
        Ok((self.bucket_bytes(number)?, self.tree.path(number)))
    }

    fn bucket_bytes(&self, number: usize) -> Result<&[u8], Error> {
        let start = match number.checked_sub(1) {
            Some(before) => self.end(before)?,
            None => 0,
        };
        let end = self.end(number)?;
        let range = self.body.saturating_add(start)..self.body.saturating_add(end);
        self.bytes.get(range).ok_or(wrong("is cut"))
    }

    fn end(&self, number: usize) -> Result<usize, Error> {
        let gone = wrong("has no such bucket");
        if number >= self.cut.buckets() {
            return Err(gone);
        }
        let at = HEADER_BYTES + number * END_BYTES;
        let bytes = self.bytes.get(at..at + END_BYTES);
        let bytes = bytes.and_then(|bytes| bytes.first_chunk::<END_BYTES>());
        let end = u64::from_le_bytes(*bytes.ok_or(gone)?);
        usize::try_from(end).map_err(|_| wrong("is cut"))
    }
}

impl<'a> Bucket<'a> {
    /// A bucket that arrived, checked against the root that was announced for an index of
    /// `keys` tags.
    ///
    /// # Errors
    /// `E_MATCH_FILE`.
    pub fn announced(
        bytes: &'a [u8],
        number: usize,
        path: &Path,
        (root, keys): (&Root, u64),
    ) -> Result<Self, Error> {
        let cut = Cut::of(keys);
        path.check(bytes, number, cut.bucket, root)?;
        Self::parse(cut, number, bytes)
    }
}

/// Which bucket of an index of `keys` tags a tag would be in.
pub fn bucket_of(tag: Tag, keys: u64) -> usize {
    Cut::of(keys).bucket_of(tag.0)
}

/// Number of buckets of an index of `keys` tags: a power of two.
pub fn buckets_of(keys: u64) -> usize {
    Cut::of(keys).buckets()
}

fn header(bytes: &[u8]) -> Result<u64, Error> {
    let (magic, rest) = bytes.split_first_chunk::<8>().ok_or(wrong("is cut"))?;
    if magic != MAGIC {
        return Err(wrong("is no index"));
    }
    let (version, rest) = rest.split_first_chunk::<4>().ok_or(wrong("is cut"))?;
    let found = u32::from_le_bytes(*version);
    if found != INDEX_VERSION {
        return Err(Error::Version {
            what: "index",
            found,
            known: INDEX_VERSION,
        });
    }
    let (keys, _) = rest.split_first_chunk::<8>().ok_or(wrong("is cut"))?;
    let keys = u64::from_le_bytes(*keys);
    match keys <= MAX_INDEX_KEYS {
        true => Ok(keys),
        false => Err(wrong("says to have more than 2^31 keys")),
    }
}

fn wrong(why: &'static str) -> Error {
    Error::File { what: "index", why }
}
