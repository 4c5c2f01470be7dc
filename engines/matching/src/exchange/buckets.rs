//! Bucket mode: the asker fetches the buckets of its tags, never the whole index.
//!
//! The numbers of all elements of an order are fetched at once, dummies and decoys among them,
//! ascending and each once: their order says nothing of the order of the questions. The holder
//! still learns the first bits of each tag, and can test any name it has in mind by them.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;

use super::{EXCHANGE_VERSION, Manifest, digest, read, written};
use crate::index::{Bucket, Index, Path, bucket_of, buckets_of};
use crate::{Error, Tag};

/// Fewest tags of an index whose buckets may be fetched: in a smaller one a bucket stands for
/// too few identifiers of those that exist.
pub const MIN_BUCKET_KEYS: u64 = 1_000_000;
/// Most buckets of one request: about half a gigabyte.
pub const MAX_FETCH_BUCKETS: usize = 65_536;
/// Most decoys for each element.
pub const MAX_DECOYS: usize = 64;

/// Which buckets the asker wants, as it travels. It names no order, and may be sent later.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Fetch {
    #[n(0)]
    version: u32,
    /// SHA-256 of the manifest.
    #[n(1)]
    pub manifest: ByteArray<32>,
    /// Numbers of buckets, ascending.
    #[n(2)]
    numbers: Vec<u32>,
}

/// The buckets that the holder gives.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Given {
    #[n(0)]
    version: u32,
    /// SHA-256 of the request.
    #[n(1)]
    fetch: ByteArray<32>,
    #[n(2)]
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Piece {
    #[n(0)]
    bucket: ByteVec,
    /// Hashes of 32 bytes that lead to the root, lowest first.
    #[n(1)]
    path: ByteVec,
}

/// Buckets that were proved to belong to the index that was announced.
#[derive(Debug)]
pub struct Fetched<'a> {
    keys: u64,
    buckets: BTreeMap<usize, Bucket<'a>>,
}

impl Fetch {
    /// Asks for the buckets of all tags of an order ([`super::AnswerFile::tags`]), and of
    /// `decoys` random ones for each.
    ///
    /// # Errors
    /// `E_MATCH_MODE` for an index below [`MIN_BUCKET_KEYS`]; `E_MATCH_BATCH` for no tag, more
    /// than [`MAX_DECOYS`] or more than [`MAX_FETCH_BUCKETS`].
    pub fn of(
        manifest: &Manifest,
        tags: &[Tag],
        decoys: usize,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Error> {
        check_size(manifest)?;
        if decoys > MAX_DECOYS {
            return Err(Error::Batch("at most 64 decoys for each element"));
        }
        // A power of two: the remainder is uniform.
        let buckets = buckets_of(manifest.keys) as u64;
        let mut numbers = BTreeSet::new();
        for tag in tags {
            numbers.insert(narrow(bucket_of(*tag, manifest.keys)));
            for _ in 0..decoys {
                numbers.insert((rng.next_u64() % buckets) as u32);
            }
        }
        let fetch = Self {
            version: EXCHANGE_VERSION,
            manifest: manifest.hash().into(),
            numbers: numbers.into_iter().collect(),
        };
        fetch.check()?;
        Ok(fetch)
    }

    /// Reads a request.
    ///
    /// # Errors
    /// `E_MATCH_FILE`, `E_MATCH_VERSION`, `E_MATCH_BATCH`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let fetch: Self = read("request for buckets", bytes)?;
        fetch.check()?;
        Ok(fetch)
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        written(self)
    }

    /// SHA-256 of the file.
    pub fn hash(&self) -> [u8; 32] {
        digest(&self.to_bytes())
    }

    /// Number of buckets.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether none is asked for, which no request that was read is.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.numbers.iter().map(|number| *number as usize)
    }

    fn check(&self) -> Result<(), Error> {
        if !(1..=MAX_FETCH_BUCKETS).contains(&self.numbers.len()) {
            return Err(Error::Batch("a request is for 1 to 65,536 buckets"));
        }
        match self.numbers.is_sorted_by(|a, b| a < b) {
            true => Ok(()),
            false => Err(Error::File {
                what: "request for buckets",
                why: "numbers are out of order",
            }),
        }
    }
}

impl Given {
    /// Takes the buckets out of an index. Whether this partner may have them is judged by the
    /// caller, before.
    ///
    /// # Errors
    /// `E_MATCH_MODE` for an index below [`MIN_BUCKET_KEYS`]; `E_MATCH_MISMATCH` where the
    /// request or the index belongs to another manifest; `E_MATCH_FILE` where there is no such
    /// bucket.
    pub fn of(manifest: &Manifest, index: &Index, fetch: &Fetch) -> Result<Self, Error> {
        check_size(manifest)?;
        check_manifest(manifest, fetch)?;
        manifest.check_index(index)?;
        let piece = |number| {
            let (bucket, path) = index.bucket(number)?;
            Ok(Piece {
                bucket: bucket.to_vec().into(),
                path: path.0.concat().into(),
            })
        };
        Ok(Self {
            version: EXCHANGE_VERSION,
            fetch: fetch.hash().into(),
            pieces: fetch.numbers().map(piece).collect::<Result<_, Error>>()?,
        })
    }

    /// Reads buckets.
    ///
    /// # Errors
    /// `E_MATCH_FILE`, `E_MATCH_VERSION`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        read("buckets", bytes)
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        written(self)
    }

    /// Checks that every bucket belongs to the index that was announced.
    ///
    /// # Errors
    /// `E_MATCH_MISMATCH` where they answer another request; `E_MATCH_FILE` where a bucket is
    /// missing, altered, or of another index: to be told to the partner's supervisor.
    pub fn checked(&self, manifest: &Manifest, fetch: &Fetch) -> Result<Fetched<'_>, Error> {
        check_manifest(manifest, fetch)?;
        if *self.fetch != fetch.hash() {
            return Err(Error::Mismatch("these buckets answer another request"));
        }
        if self.pieces.len() != fetch.len() {
            return Err(Error::Batch("buckets are missing"));
        }
        let (root, keys) = (manifest.root(), manifest.keys);
        let mut buckets = BTreeMap::new();
        for (number, piece) in fetch.numbers().zip(&self.pieces) {
            let bucket = Bucket::announced(&piece.bucket, number, &piece.path()?, (&root, keys))?;
            buckets.insert(number, bucket);
        }
        Ok(Fetched { keys, buckets })
    }
}

impl Piece {
    fn path(&self) -> Result<Path, Error> {
        match self.path.as_chunks::<32>() {
            (hashes, []) => Ok(Path(hashes.to_vec())),
            _ => Err(Error::Batch("a path ends within a hash")),
        }
    }
}

impl Fetched<'_> {
    /// Whether the index holds a tag.
    ///
    /// # Errors
    /// `E_MATCH_MISMATCH` where its bucket was not fetched.
    pub fn holds(&self, tag: Tag) -> Result<bool, Error> {
        let bucket = self.buckets.get(&bucket_of(tag, self.keys));
        let bucket = bucket.ok_or(Error::Mismatch("the bucket of a question is missing"))?;
        Ok(bucket.holds(tag))
    }
}

fn check_size(manifest: &Manifest) -> Result<(), Error> {
    match manifest.keys >= MIN_BUCKET_KEYS {
        true => Ok(()),
        false => Err(Error::Mode(
            "an index of fewer than 1,000,000 tags is handed over whole",
        )),
    }
}

fn check_manifest(manifest: &Manifest, fetch: &Fetch) -> Result<(), Error> {
    match *fetch.manifest == manifest.hash() {
        true => Ok(()),
        false => Err(Error::Mismatch("the request was made for another manifest")),
    }
}

/// There are at most 2^21 buckets.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
