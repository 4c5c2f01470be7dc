//! Attachments: files sealed in chunks, so that they stream, resume and never lie whole in
//! memory (the construction of STREAM, Hoang, Reyhanitabar, Rogaway, Vizár, 2015).
//!
//! ```text
//! chunk i = ChaCha20-Poly1305(attachment key, nonce = 4 zero bytes ‖ u64 i,
//!                             aad = "passerelle/chunk/v1\n" ‖ u64 i ‖ last (0 or 1))
//! ```
//!
//! Integers are big-endian. All chunks hold [`CHUNK_BYTES`] of plaintext, the last one at
//! most that; an empty file has one empty last chunk. A file cut short, a chunk left out,
//! moved or added does not open.

use passerelle_model::{Attachment, AttachmentKey, Digest, MAX_ATTACHMENT_BYTES};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};

use crate::Error;
use crate::aead::{self, Nonce, TAG_BYTES};
use crate::keys::random;

/// Plaintext bytes of every chunk but the last (1 MiB).
pub const CHUNK_BYTES: usize = 1024 * 1024;
/// Longest sealed chunk, in bytes.
pub const MAX_SEALED_CHUNK_BYTES: usize = CHUNK_BYTES + TAG_BYTES;

const LABEL: &[u8; 20] = b"passerelle/chunk/v1\n";

/// A random key for one attachment. Never seal two files under one key.
pub fn attachment_key(rng: &mut impl CryptoRng) -> AttachmentKey {
    AttachmentKey::new(*random(rng))
}

/// Number of chunks of a file of `plain` bytes; at least one.
pub fn chunk_count(plain: u64) -> u64 {
    plain.div_ceil(CHUNK_BYTES as u64).max(1)
}

/// Length of all sealed chunks of a file of `plain` bytes.
pub fn sealed_len(plain: u64) -> u64 {
    plain.saturating_add(chunk_count(plain).saturating_mul(TAG_BYTES as u64))
}

/// Plaintext bytes of chunk `index` of a file of `plain` bytes; none where it has no such
/// chunk.
pub fn chunk_len(plain: u64, index: u64) -> Option<usize> {
    if index >= chunk_count(plain) {
        return None;
    }
    let before = index.checked_mul(CHUNK_BYTES as u64)?;
    usize::try_from(plain.checked_sub(before)?)
        .ok()
        .map(|rest| rest.min(CHUNK_BYTES))
}

/// Seals the chunks of one file in order and keeps count: no index is ever used twice, so no
/// nonce is.
pub struct ChunkSealer {
    key: AttachmentKey,
    count: Count,
    plain: Sha256,
    sealed: Sha256,
    ended: bool,
}

/// What a record says about a sealed file (`bytes`, `sha256` and `sealed` of
/// [`Attachment`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedFile {
    /// Plain length in bytes.
    pub bytes: u64,
    /// SHA-256 of the plain bytes.
    pub sha256: Digest,
    /// SHA-256 of all sealed chunks in order.
    pub sealed: Digest,
}

impl ChunkSealer {
    /// For a new file under its own key ([`attachment_key`]).
    pub fn new(key: &AttachmentKey) -> Self {
        Self {
            key: key.clone(),
            count: Count::default(),
            plain: Sha256::new(),
            sealed: Sha256::new(),
            ended: false,
        }
    }

    /// Seals the next chunk: exactly [`CHUNK_BYTES`], or at most that where it is the `last`.
    /// `E_FILE` for another length, after the last chunk, or beyond
    /// [`MAX_ATTACHMENT_BYTES`].
    pub fn seal(&mut self, plain: &[u8], last: bool) -> Result<Vec<u8>, Error> {
        let mut buffer = Vec::with_capacity(plain.len() + TAG_BYTES);
        buffer.extend_from_slice(plain);
        self.seal_in_place(&mut buffer, last)?;
        Ok(buffer)
    }

    /// As [`ChunkSealer::seal`], turning `buffer` from plain into sealed.
    pub fn seal_in_place(&mut self, buffer: &mut Vec<u8>, last: bool) -> Result<(), Error> {
        if self.ended {
            return Err(Error::File("a chunk after the last"));
        }
        let index = self.count.take(buffer.len(), last)?;
        self.ended = last;
        self.plain.update(&buffer);
        aead::seal(self.key.expose(), &nonce(index), &aad(index, last), buffer)?;
        self.sealed.update(&buffer);
        Ok(())
    }

    /// Lengths and hashes, after the last chunk. `E_FILE` before it.
    pub fn finish(self) -> Result<SealedFile, Error> {
        if !self.ended {
            return Err(Error::File("the last chunk is missing"));
        }
        Ok(SealedFile {
            bytes: self.count.bytes,
            sha256: Digest::new(self.plain.finalize().into()),
            sealed: Digest::new(self.sealed.finalize().into()),
        })
    }
}

/// Opens single chunks, in any order.
pub struct ChunkOpener {
    key: AttachmentKey,
}

impl ChunkOpener {
    /// Under the key that stands in the record.
    pub fn new(key: &AttachmentKey) -> Self {
        Self { key: key.clone() }
    }

    /// The plaintext of chunk `index`. `E_OPEN` where it was altered, moved, or is (not) the
    /// `last`; `E_FILE` where it is too long or too short.
    pub fn open(&self, index: u64, last: bool, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        check_sealed_len(sealed.len(), last)?;
        let mut buffer = sealed.to_vec();
        self.open_in_place(index, last, &mut buffer)?;
        Ok(buffer)
    }

    /// As [`ChunkOpener::open`], turning `buffer` from sealed into plain.
    pub fn open_in_place(&self, index: u64, last: bool, buffer: &mut Vec<u8>) -> Result<(), Error> {
        check_sealed_len(buffer.len(), last)?;
        aead::open(self.key.expose(), &nonce(index), &aad(index, last), buffer)
    }
}

/// Opens a whole file, chunk after chunk, and checks it against what the record says.
pub struct FileOpener {
    opener: ChunkOpener,
    expected: SealedFile,
    next: u64,
    plain: Sha256,
    sealed: Sha256,
}

impl FileOpener {
    /// For the attachment of a verified record.
    pub fn new(attachment: &Attachment) -> Self {
        let Attachment {
            bytes,
            sha256,
            sealed,
            ..
        } = *attachment;
        Self {
            opener: ChunkOpener::new(&attachment.key),
            expected: SealedFile {
                bytes,
                sha256,
                sealed,
            },
            next: 0,
            plain: Sha256::new(),
            sealed: Sha256::new(),
        }
    }

    /// Opens the next chunk in place. `E_FILE` where there is none left or its length is not
    /// the one that follows from the file's, `E_OPEN` where it was altered. Show nothing of
    /// the file before [`FileOpener::finish`] agrees.
    pub fn open_next(&mut self, buffer: &mut Vec<u8>) -> Result<(), Error> {
        let length = chunk_len(self.expected.bytes, self.next)
            .ok_or(Error::File("a chunk after the last"))?;
        if buffer.len() != length + TAG_BYTES {
            return Err(Error::File("a chunk of the wrong length"));
        }
        let last = self.next + 1 == chunk_count(self.expected.bytes);
        self.sealed.update(&buffer);
        self.opener.open_in_place(self.next, last, buffer)?;
        self.plain.update(&buffer);
        self.next += 1;
        Ok(())
    }

    /// Whether the whole file was there, and is the one of the record. `E_FILE` otherwise.
    pub fn finish(self) -> Result<(), Error> {
        if self.next != chunk_count(self.expected.bytes) {
            return Err(Error::File("the last chunk is missing"));
        }
        let found = SealedFile {
            bytes: self.expected.bytes,
            sha256: Digest::new(self.plain.finalize().into()),
            sealed: Digest::new(self.sealed.finalize().into()),
        };
        if found == self.expected {
            Ok(())
        } else {
            Err(Error::File("is not the one signed for"))
        }
    }
}

macro_rules! hides_key {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

hides_key!(ChunkSealer, ChunkOpener, FileOpener);

/// Where the next chunk stands.
#[derive(Default)]
struct Count {
    next: u64,
    bytes: u64,
}

impl Count {
    fn take(&mut self, length: usize, last: bool) -> Result<u64, Error> {
        let fits = length == CHUNK_BYTES || (last && length < CHUNK_BYTES);
        // Only an empty file ends in an empty chunk: each file has one sealed form.
        if !fits || (length == 0 && self.next > 0) {
            return Err(Error::File("a chunk of the wrong length"));
        }
        let bytes = self.bytes + length as u64;
        if bytes > MAX_ATTACHMENT_BYTES {
            return Err(Error::File("is longer than an attachment may be"));
        }
        self.bytes = bytes;
        self.next += 1;
        Ok(self.next - 1)
    }
}

fn check_sealed_len(length: usize, last: bool) -> Result<(), Error> {
    let shortest = if last {
        TAG_BYTES
    } else {
        MAX_SEALED_CHUNK_BYTES
    };
    if (shortest..=MAX_SEALED_CHUNK_BYTES).contains(&length) {
        Ok(())
    } else {
        Err(Error::File("a chunk of the wrong length"))
    }
}

fn nonce(index: u64) -> Nonce {
    let mut nonce = [0; 12];
    let (_, count) = nonce.split_at_mut(4);
    count.copy_from_slice(&index.to_be_bytes());
    nonce
}

fn aad(index: u64, last: bool) -> [u8; 29] {
    let mut aad = [0; 29];
    let (label, rest) = aad.split_at_mut(LABEL.len());
    let (count, flag) = rest.split_at_mut(8);
    label.copy_from_slice(LABEL);
    count.copy_from_slice(&index.to_be_bytes());
    flag.copy_from_slice(&[u8::from(last)]);
    aad
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::SeededRng;

    fn key() -> AttachmentKey {
        attachment_key(&mut SeededRng::new(1))
    }

    fn seal_file(plain: &[u8]) -> (Vec<Vec<u8>>, SealedFile) {
        let mut sealer = ChunkSealer::new(&key());
        let count = chunk_count(plain.len() as u64);
        let mut pieces: Vec<&[u8]> = plain.chunks(CHUNK_BYTES).collect();
        if pieces.is_empty() {
            pieces.push(&[]);
        }
        let sealed = (1..)
            .zip(pieces)
            .map(|(n, piece)| sealer.seal(piece, n == count).unwrap());
        (sealed.collect(), sealer.finish().unwrap())
    }

    fn attachment(file: SealedFile) -> Attachment {
        Attachment {
            name: "a.pdf".parse().unwrap(),
            media_type: "application/pdf".parse().unwrap(),
            bytes: file.bytes,
            sha256: file.sha256,
            sealed: file.sealed,
            key: key(),
        }
    }

    #[test]
    fn files_of_every_border_length_read_back() {
        for length in [
            0,
            1,
            CHUNK_BYTES - 1,
            CHUNK_BYTES,
            CHUNK_BYTES + 1,
            2 * CHUNK_BYTES,
        ] {
            let plain: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let (chunks, file) = seal_file(&plain);
            assert_eq!(chunks.len() as u64, chunk_count(file.bytes));
            let total: usize = chunks.iter().map(Vec::len).sum();
            assert_eq!(total as u64, sealed_len(file.bytes));
            assert_eq!(
                file.sealed.as_bytes()[..],
                Sha256::digest(chunks.concat())[..]
            );
            assert_eq!(file.sha256.as_bytes()[..], Sha256::digest(&plain)[..]);
            let mut opener = FileOpener::new(&attachment(file));
            let mut read = Vec::new();
            for mut chunk in chunks {
                opener.open_next(&mut chunk).unwrap();
                read.extend(chunk);
            }
            opener.finish().unwrap();
            assert!(read == plain, "{length} bytes");
        }
    }

    #[test]
    fn lengths_follow_from_the_file() {
        let chunk = CHUNK_BYTES as u64;
        assert_eq!(
            (chunk_count(0), chunk_count(chunk), chunk_count(chunk + 1)),
            (1, 1, 2)
        );
        assert_eq!((chunk_len(0, 0), chunk_len(0, 1)), (Some(0), None));
        assert_eq!(chunk_len(chunk + 5, 0), Some(CHUNK_BYTES));
        assert_eq!(chunk_len(chunk + 5, 1), Some(5));
        assert_eq!(chunk_len(chunk + 5, 2), None);
        assert_eq!(sealed_len(u64::MAX), u64::MAX);
        assert_eq!(chunk_len(u64::MAX, u64::MAX), None);
    }

    #[test]
    fn altered_moved_and_miscalled_chunks_do_not_open() {
        let (chunks, _) = seal_file(b"twenty-one bytes here");
        let (opener, chunk) = (ChunkOpener::new(&key()), &chunks[0]);
        assert_eq!(
            opener.open(0, true, chunk).unwrap(),
            b"twenty-one bytes here"
        );
        for position in 0..chunk.len() {
            let mut altered = chunk.clone();
            altered[position] ^= 1;
            assert_eq!(opener.open(0, true, &altered).unwrap_err().code(), "E_OPEN");
        }
        assert_eq!(opener.open(1, true, chunk).unwrap_err().code(), "E_OPEN");
        let (whole, _) = seal_file(&vec![7; CHUNK_BYTES]);
        assert_eq!(
            opener.open(0, false, &whole[0]).unwrap_err().code(),
            "E_OPEN"
        );
        let other = ChunkOpener::new(&AttachmentKey::new([1; 32]));
        assert_eq!(other.open(0, true, chunk).unwrap_err().code(), "E_OPEN");
    }

    #[test]
    fn wrong_lengths_are_refused() {
        let opener = ChunkOpener::new(&key());
        let long = vec![0; MAX_SEALED_CHUNK_BYTES + 1];
        for (last, bytes) in [
            (true, &long[..15]),
            (true, &long[..]),
            (false, &long[..100]),
        ] {
            assert_eq!(opener.open(0, last, bytes).unwrap_err().code(), "E_FILE");
        }
        let refused = |pieces: &[(usize, bool)]| {
            let mut sealer = ChunkSealer::new(&key());
            let outcome = pieces
                .iter()
                .try_for_each(|(length, last)| sealer.seal(&vec![0; *length], *last).map(|_| ()));
            outcome
                .and_then(|()| sealer.finish().map(|_| ()))
                .unwrap_err()
                .code()
        };
        let full = CHUNK_BYTES;
        let cases: [&[(usize, bool)]; 6] = [
            &[(5, false)],
            &[(full + 1, true)],
            &[(5, true), (5, true)],
            &[(full, false), (0, true)],
            &[(full, false)],
            &[],
        ];
        for case in cases {
            assert_eq!(refused(case), "E_FILE", "{case:?}");
        }
        let mut count = Count {
            next: 1,
            bytes: MAX_ATTACHMENT_BYTES,
        };
        assert_eq!(count.take(1, true).unwrap_err().code(), "E_FILE");
    }

    #[test]
    fn a_file_is_opened_whole_in_order_and_as_signed() {
        let plain = vec![7; CHUNK_BYTES + 5];
        let (chunks, file) = seal_file(&plain);
        let short = FileOpener::new(&attachment(file));
        assert_eq!(short.finish().unwrap_err().code(), "E_FILE");
        let mut swapped = FileOpener::new(&attachment(file));
        assert_eq!(
            swapped
                .open_next(&mut chunks[1].clone())
                .unwrap_err()
                .code(),
            "E_FILE"
        );
        let other = SealedFile {
            sha256: Digest::new([0; 32]),
            ..file
        };
        let mut opener = FileOpener::new(&attachment(other));
        chunks
            .iter()
            .for_each(|chunk| opener.open_next(&mut chunk.clone()).unwrap());
        assert_eq!(
            opener.open_next(&mut chunks[1].clone()).unwrap_err().code(),
            "E_FILE"
        );
        assert_eq!(opener.finish().unwrap_err().code(), "E_FILE");
    }

    #[test]
    fn debug_shows_no_secret() {
        let (_, file) = seal_file(b"");
        let shown = format!(
            "{:?} {:?} {:?}",
            ChunkSealer::new(&key()),
            ChunkOpener::new(&key()),
            FileOpener::new(&attachment(file))
        );
        assert_eq!(shown, "ChunkSealer(…) ChunkOpener(…) FileOpener(…)");
    }

    proptest! {
        #[test]
        fn no_input_panics(index: u64, last: bool, bytes: Vec<u8>) {
            prop_assert!(ChunkOpener::new(&key()).open(index, last, &bytes).is_err());
        }
    }
}
