//! The plaintext of a backup: parts in one fixed order, each with its length and hash before
//! its bytes.
//!
//! ```text
//! part*   u32 length | CBOR [ name, bytes, SHA-256 ] | bytes
//! end     u32 length | CBOR [ end, number of parts, SHA-256 of all heads before ]
//! ```
//!
//! The order is that of [`PartName`], strictly rising, so that nothing is there twice.

use minicbor::{Decode, Encode};
use passerelle_model::{ChannelId, Digest, PartyId, UtcTime, codec};
use sha2::{Digest as _, Sha256};

use crate::{Error, MAX_KEYRING_BYTES};

/// Longest head of a part, in bytes.
pub const MAX_PART_HEAD_BYTES: usize = 256;
/// Longest manifest, in bytes (4 MiB).
pub const MAX_MANIFEST_BYTES: usize = 4 * 1024 * 1024;
/// Longest settings file, in bytes (64 KiB).
pub const MAX_CONFIG_BYTES: usize = 64 * 1024;
/// Most journals that a manifest lists.
pub const MAX_BACKUP_JOURNALS: usize = 16 * 1024;

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum PartName {
    /// The [`Manifest`].
    #[n(0)]
    Manifest,
    /// The settings file.
    #[n(1)]
    Config,
    /// The keyring file, still locked under its own key.
    #[n(2)]
    Keyring,
    /// The image of the store.
    #[n(3)]
    Store,
    /// One sealed attachment; its hash is its name.
    #[n(4)]
    Blob(#[n(0)] Digest),
    /// The end of the backup.
    #[n(5)]
    End,
}

/// What stands before the bytes of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct PartHead {
    /// What it is.
    #[n(0)]
    pub name: PartName,
    /// Its length in bytes; of the end, the number of parts.
    #[n(1)]
    pub bytes: u64,
    /// SHA-256 of its bytes; of the end, of all heads before it.
    #[n(2)]
    pub sha256: Digest,
}

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Manifest {
    /// Whose node it is.
    #[n(0)]
    pub party: PartyId,
    /// When it was made, by that node's clock.
    #[n(1)]
    pub time: UtcTime,
    /// Every journal with its size when the backup began: the store's image has no fewer.
    #[n(2)]
    pub journals: Vec<JournalSize>,
}

/// How long a journal is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct JournalSize {
    /// The channel.
    #[n(0)]
    pub channel: ChannelId,
    /// Who writes it.
    #[n(1)]
    pub party: PartyId,
    /// Its leaves.
    #[n(2)]
    pub size: u64,
}

impl Manifest {
    /// The one encoding.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::to_canonical(self)
    }

    /// Reads it. `E_BACKUP`, `E_TOO_LARGE`.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let read: Self = codec::from_canonical(bytes, MAX_MANIFEST_BYTES)
            .map_err(|_| Error::Backup("its manifest is not one"))?;
        Error::check_size(
            "journals of a backup",
            read.journals.len(),
            MAX_BACKUP_JOURNALS,
        )?;
        Ok(read)
    }
}

/// Writes heads and keeps the count.
#[derive(Debug, Clone, Default)]
pub struct PartsWriter {
    heads: Sha256,
    parts: u64,
}

impl PartsWriter {
    /// Before the first part.
    pub fn new() -> Self {
        Self::default()
    }

    /// What stands before the bytes of a part.
    pub fn head(&mut self, head: &PartHead) -> Vec<u8> {
        let bytes = framed(head);
        self.heads.update(&bytes);
        self.parts += 1;
        bytes
    }

    /// What stands after the last part.
    pub fn end(self) -> Vec<u8> {
        framed(&PartHead {
            name: PartName::End,
            bytes: self.parts,
            sha256: Digest::new(self.heads.finalize().into()),
        })
    }
}

fn framed(head: &PartHead) -> Vec<u8> {
    let body = codec::to_canonical(head);
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), body.as_slice()].concat()
}

/// What [`Parts`] read next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A part begins.
    Begin(PartHead),
    /// Bytes of the part that began last.
    Bytes(Vec<u8>),
    /// That part is whole, and its bytes are those of its hash.
    Whole(PartHead),
    /// The backup is whole; nothing follows.
    End,
    /// More bytes are needed.
    More,
}

/// Reads parts from pieces of any size, holding no more than one piece and one head.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    waiting: Vec<u8>,
    open: Option<Open>,
    last: Option<PartName>,
    heads: Sha256,
    parts: u64,
    ended: bool,
}

#[derive(Debug, Clone)]
struct Open {
    head: PartHead,
    left: u64,
    hash: Sha256,
}

impl Parts {
    /// Before the first byte.
    pub fn new() -> Self {
        Self::default()
    }

    /// Hands in more bytes; take everything with [`Parts::next`] before the next piece.
    pub fn push(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
    }

    /// What comes next. `E_BACKUP` where it is not what a backup holds.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator could not say `More`"
    )]
    pub fn next(&mut self) -> Result<Read, Error> {
        if self.ended {
            return match self.waiting.is_empty() {
                true => Ok(Read::End),
                false => Err(Error::Backup("bytes after the end")),
            };
        }
        match self.open.take() {
            Some(open) => self.within(open),
            None => self.begin(),
        }
    }

    /// Whether the end was read.
    pub fn is_whole(&self) -> bool {
        self.ended && self.waiting.is_empty()
    }

    fn within(&mut self, mut open: Open) -> Result<Read, Error> {
        if open.left == 0 {
            let found = Digest::new(open.hash.finalize().into());
            return match found == open.head.sha256 {
                true => Ok(Read::Whole(open.head)),
                false => Err(Error::Backup("a part is not the one of its hash")),
            };
        }
        let most = usize::try_from(open.left).unwrap_or(usize::MAX);
        let taken: Vec<u8> = self.waiting.drain(..most.min(self.waiting.len())).collect();
        open.hash.update(&taken);
        open.left -= taken.len() as u64;
        self.open = Some(open);
        Ok(match taken.is_empty() {
            true => Read::More,
            false => Read::Bytes(taken),
        })
    }

    fn begin(&mut self) -> Result<Read, Error> {
        let Some(length) = self.waiting.first_chunk::<4>() else {
            return Ok(Read::More);
        };
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        Error::check_size("head of a part", length, MAX_PART_HEAD_BYTES)?;
        let Some(framed) = self.waiting.get(..4 + length) else {
            return Ok(Read::More);
        };
        let body = framed.get(4..).unwrap_or_default();
        let head: PartHead = codec::from_canonical(body, MAX_PART_HEAD_BYTES)
            .map_err(|_| Error::Backup("the head of a part is damaged"))?;
        self.check(&head)?;
        if head.name != PartName::End {
            self.heads.update(framed);
        }
        self.waiting.drain(..4 + length);
        if head.name == PartName::End {
            self.ended = true;
            return self.next();
        }
        self.last = Some(head.name);
        self.parts += 1;
        self.open = Some(Open {
            head,
            left: head.bytes,
            hash: Sha256::new(),
        });
        Ok(Read::Begin(head))
    }

    fn check(&self, head: &PartHead) -> Result<(), Error> {
        let first = self.last.is_none() && head.name != PartName::Manifest;
        if first || self.last.is_some_and(|last| last >= head.name) {
            return Err(Error::Backup("its parts are not in order"));
        }
        let most = match head.name {
            PartName::Manifest => MAX_MANIFEST_BYTES as u64,
            PartName::Config => MAX_CONFIG_BYTES as u64,
            PartName::Keyring => MAX_KEYRING_BYTES as u64,
            _ => u64::MAX,
        };
        if head.bytes > most {
            return Err(Error::Backup("a part is too long"));
        }
        match head.name {
            PartName::Blob(name) if name != head.sha256 => {
                Err(Error::Backup("an attachment is not the one of its name"))
            }
            PartName::End if self.last < Some(PartName::Store) => {
                Err(Error::Backup("it holds no store"))
            }
            PartName::End => {
                let seen = Digest::new(self.heads.clone().finalize().into());
                match (head.bytes, head.sha256) == (self.parts, seen) {
                    true => Ok(()),
                    false => Err(Error::Backup("a part is missing")),
                }
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(name: PartName, bytes: &[u8]) -> (PartHead, Vec<u8>) {
        let head = PartHead {
            name,
            bytes: bytes.len() as u64,
            sha256: Digest::new(Sha256::digest(bytes).into()),
        };
        (head, bytes.to_vec())
    }

    fn blob(bytes: &[u8]) -> (PartHead, Vec<u8>) {
        let name = Digest::new(Sha256::digest(bytes).into());
        part(PartName::Blob(name), bytes)
    }

    fn written(parts: &[(PartHead, Vec<u8>)]) -> Vec<u8> {
        let mut writer = PartsWriter::new();
        let mut out = Vec::new();
        for (head, bytes) in parts {
            out.extend(writer.head(head));
            out.extend(bytes);
        }
        out.extend(writer.end());
        out
    }

    fn read(bytes: &[u8], piece: usize) -> Result<Vec<(PartHead, Vec<u8>)>, Error> {
        let (mut parts, mut found) = (Parts::new(), Vec::new());
        let mut content = Vec::new();
        for piece in bytes.chunks(piece) {
            parts.push(piece);
            loop {
                match parts.next()? {
                    Read::Begin(_) => content.clear(),
                    Read::Bytes(more) => content.extend(more),
                    Read::Whole(head) => found.push((head, content.clone())),
                    Read::End | Read::More => break,
                }
            }
        }
        match parts.is_whole() {
            true => Ok(found),
            false => Err(Error::Backup("cut")),
        }
    }

    fn sample() -> Vec<(PartHead, Vec<u8>)> {
        let mut blobs = vec![blob(b"one"), blob(b"two")];
        blobs.sort_by_key(|(head, _)| head.name);
        let mut parts = vec![
            part(PartName::Manifest, b"m"),
            part(PartName::Config, b""),
            part(PartName::Keyring, b"key"),
            part(PartName::Store, &[9; 5000]),
        ];
        parts.extend(blobs);
        parts
    }

    #[test]
    fn parts_read_back_in_pieces_of_any_size() {
        let bytes = written(&sample());
        for piece in [1, 7, 1000, bytes.len()] {
            assert_eq!(read(&bytes, piece).unwrap(), sample());
        }
    }

    #[test]
    fn parts_missing_doubled_moved_or_altered_are_refused() {
        let spoil = |change: fn(&mut Vec<(PartHead, Vec<u8>)>)| {
            let mut parts = sample();
            change(&mut parts);
            read(&written(&parts), 100).unwrap_err().code()
        };
        assert_eq!(spoil(|parts| parts.swap(1, 2)), "E_BACKUP");
        assert_eq!(spoil(|parts| parts.swap(4, 5)), "E_BACKUP");
        assert_eq!(spoil(|parts| parts.insert(4, parts[3].clone())), "E_BACKUP");
        assert_eq!(spoil(|parts| drop(parts.remove(0))), "E_BACKUP");
        assert_eq!(spoil(|parts| parts.truncate(3)), "E_BACKUP");
        assert_eq!(spoil(|parts| parts[3].1[7] ^= 1), "E_BACKUP");
        assert_eq!(spoil(|parts| parts[4].0.name = parts[5].0.name), "E_BACKUP");
        let bytes = written(&sample());
        for cut in [0, 3, 60, bytes.len() - 1] {
            assert!(read(&bytes[..cut], 64).is_err(), "cut at {cut}");
        }
        assert!(read(&[bytes.as_slice(), b"x"].concat(), 64).is_err());
        // The end of a backup with one part fewer.
        let mut fewer = sample();
        fewer.pop();
        let end = written(&fewer).split_off(written(&fewer).len() - 40);
        let swapped = [&bytes[..bytes.len() - 40], &end].concat();
        assert_eq!(read(&swapped, 64).unwrap_err().code(), "E_BACKUP");
    }

    #[test]
    fn small_parts_have_limits() {
        let long = vec![0; MAX_CONFIG_BYTES + 1];
        let parts = [
            part(PartName::Manifest, b"m"),
            part(PartName::Config, &long),
        ];
        assert_eq!(read(&written(&parts), 9).unwrap_err().code(), "E_BACKUP");
    }

    #[test]
    fn a_manifest_reads_back() {
        let journal = JournalSize {
            channel: "ma-be".parse().unwrap(),
            party: "ma.interior".parse().unwrap(),
            size: 7,
        };
        let manifest = Manifest {
            party: "ma.interior".parse().unwrap(),
            time: UtcTime::from_millis(5),
            journals: vec![journal],
        };
        assert_eq!(Manifest::parse(&manifest.to_bytes()).unwrap(), manifest);
        assert_eq!(Manifest::parse(b"x").unwrap_err().code(), "E_BACKUP");
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>, piece in 1_usize..50) {
            let _ = read(&bytes, piece);
            let _ = Manifest::parse(&bytes);
        }
    }
}
