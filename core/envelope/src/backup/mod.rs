//! Backup files: everything of one node in one stream, sealed and authenticated as a whole.
//!
//! ```text
//! "passerelle backup v1\n"
//! u32 length | head              CBOR [ bstr(locked), bstr(SHA-256 of locked) ]
//!   locked = [ lock, salt, check ]   lock as in a keyring file; check tells a wrong key
//! chunk*                         ChaCha20-Poly1305(key, nonce = 4 zero bytes ‖ u64 i,
//!                                aad = "passerelle/backup/v1\n" ‖ u64 i ‖ last (0 or 1))
//! ```
//!
//! Integers are big-endian. Every chunk holds [`CHUNK_BYTES`] of plaintext, the last one at most
//! that and at least one byte. The key comes from the lock's key by HKDF-SHA256 with the
//! salt of the head and its lock as info, so that a head that was altered opens nothing. A file cut short, a chunk left
//! out, moved or added does not open. What the plaintext is, [`Parts`] reads.
//!
//! The head says nothing of the party, the time or the amount: who finds the file learns its
//! length.

mod parts;

use hkdf::Hkdf;
use minicbor::{Decode, Encode};
use passerelle_model::codec;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

pub use self::parts::{
    JournalSize, MAX_BACKUP_JOURNALS, MAX_CONFIG_BYTES, MAX_MANIFEST_BYTES, MAX_PART_HEAD_BYTES,
    Manifest, PartHead, PartName, Parts, PartsWriter, Read,
};
use crate::aead::{self, Nonce, TAG_BYTES};
use crate::chunks::{CHUNK_BYTES, MAX_SEALED_CHUNK_BYTES};
use crate::keys::Lock;
use crate::{Error, KdfCost, Unlock};

/// Bytes that tell how long the head is: the first line and the length.
pub const PREFIX_BYTES: usize = MAGIC.len() + 4;
/// Longest head, in bytes.
pub const MAX_HEAD_BYTES: usize = 512;

const MAGIC: &[u8; 21] = b"passerelle backup v1\n";
const FAMILY: &[u8] = b"passerelle backup v";
const LABEL: &[u8; 21] = b"passerelle/backup/v1\n";
const CHECK_LABEL: &[u8] = b"passerelle/backup/check/v1\n";

/// The head of a backup file: how its key is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupHead {
    bytes: Vec<u8>,
    locked: Locked,
}

/// The key of one backup. Never used for two.
#[derive(Clone)]
pub struct BackupKey(Zeroizing<[u8; 32]>);

impl BackupHead {
    /// For a new backup under `unlock`, with the key that seals it; `salt` is random and never
    /// used twice. `E_KEYRING` where `cost` (for passphrases only) is beyond the limits.
    pub fn new(unlock: &Unlock, cost: KdfCost, salt: [u8; 16]) -> Result<(Self, BackupKey), Error> {
        let lock = Lock::for_secret(unlock, cost);
        let (key, check) = derive(lock, &salt, unlock)?;
        let locked = Locked { lock, salt, check };
        let bytes = locked.to_file();
        Ok((Self { bytes, locked }, key))
    }

    /// How long the head is, its prefix included, from the first [`PREFIX_BYTES`] of a file.
    /// `E_BACKUP` where it is no backup, `E_BACKUP_VERSION` where it is of another version.
    pub fn length(prefix: &[u8; PREFIX_BYTES]) -> Result<usize, Error> {
        let (magic, length) = prefix.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(match magic.starts_with(FAMILY) {
                true => Error::BackupVersion,
                false => Error::Backup("is not a backup file"),
            });
        }
        let length = length.first_chunk::<4>().copied().unwrap_or_default();
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        Error::check_size("head of a backup", length, MAX_HEAD_BYTES)?;
        Ok(PREFIX_BYTES + length)
    }

    /// Reads a whole head, prefix included, without opening it. `E_BACKUP`,
    /// `E_BACKUP_VERSION`, `E_KEYRING` where it asks for more work than the limits allow.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let damaged = || Error::Backup("its head is damaged");
        let prefix = bytes.first_chunk::<PREFIX_BYTES>().ok_or_else(damaged)?;
        if bytes.len() != Self::length(prefix)? {
            return Err(damaged());
        }
        let body = bytes.get(PREFIX_BYTES..).unwrap_or_default();
        let frame: Frame = codec::from_canonical(body, MAX_HEAD_BYTES).map_err(|_| damaged())?;
        if Sha256::digest(&frame.locked).as_slice() != frame.hash {
            return Err(damaged());
        }
        let locked: Locked =
            codec::from_canonical(&frame.locked, MAX_HEAD_BYTES).map_err(|_| damaged())?;
        locked.lock.check()?;
        let bytes = bytes.to_vec();
        Ok(Self { bytes, locked })
    }

    /// The key. `E_PASSPHRASE` for the wrong passphrase or key file, `E_UNLOCK` where it is
    /// locked the other way.
    pub fn open(&self, unlock: &Unlock) -> Result<BackupKey, Error> {
        let Locked { lock, salt, check } = &self.locked;
        let (key, found) = derive(*lock, salt, unlock)?;
        match found == *check {
            true => Ok(key),
            false => Err(Error::Passphrase),
        }
    }

    /// Whether a passphrase opens it, rather than a key file.
    pub fn needs_passphrase(&self) -> bool {
        self.locked.lock.is_passphrase()
    }

    /// The head as it stands in the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Seals the chunks of one backup in order.
pub struct BackupSealer {
    key: BackupKey,
    next: u64,
    ended: bool,
}

impl BackupSealer {
    /// For a new file under its own key.
    pub fn new(key: BackupKey) -> Self {
        let (next, ended) = (0, false);
        Self { key, next, ended }
    }

    /// Turns `buffer` from plain into sealed: exactly [`CHUNK_BYTES`], or one byte to that
    /// where it is the `last`. `E_BACKUP` for another length and after the last.
    pub fn seal(&mut self, buffer: &mut Vec<u8>, last: bool) -> Result<(), Error> {
        let fits = buffer.len() == CHUNK_BYTES
            || (last && !buffer.is_empty() && buffer.len() < CHUNK_BYTES);
        if self.ended || !fits {
            return Err(Error::Backup("a chunk of the wrong length"));
        }
        let (nonce, aad) = (nonce(self.next), aad(self.next, last));
        aead::seal(&self.key.0, &nonce, &aad, buffer)?;
        self.next += 1;
        self.ended = last;
        Ok(())
    }
}

/// Opens the chunks of one backup in order.
pub struct BackupOpener {
    key: BackupKey,
    next: u64,
    ended: bool,
}

impl BackupOpener {
    /// With the key that [`BackupHead::open`] gave.
    pub fn new(key: BackupKey) -> Self {
        let (next, ended) = (0, false);
        Self { key, next, ended }
    }

    /// Turns `buffer` from sealed into plain; `last` where nothing follows it in the file.
    /// `E_BACKUP` where it was altered, moved, cut, or is (not) the last.
    pub fn open(&mut self, buffer: &mut Vec<u8>, last: bool) -> Result<(), Error> {
        let shortest = if last {
            TAG_BYTES + 1
        } else {
            MAX_SEALED_CHUNK_BYTES
        };
        if self.ended || !(shortest..=MAX_SEALED_CHUNK_BYTES).contains(&buffer.len()) {
            return Err(Error::Backup("is cut, or bytes were added"));
        }
        let (nonce, aad) = (nonce(self.next), aad(self.next, last));
        aead::open(&self.key.0, &nonce, &aad, buffer)
            .map_err(|_| Error::Backup("is altered or cut"))?;
        self.next += 1;
        self.ended = last;
        Ok(())
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

hides_key!(BackupKey, BackupSealer, BackupOpener);

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct Frame {
    #[cbor(n(0), with = "minicbor::bytes")]
    locked: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    hash: [u8; 32],
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct Locked {
    #[n(0)]
    lock: Lock,
    #[cbor(n(1), with = "minicbor::bytes")]
    salt: [u8; 16],
    #[cbor(n(2), with = "minicbor::bytes")]
    check: [u8; 16],
}

impl Locked {
    fn to_file(&self) -> Vec<u8> {
        let locked = codec::to_canonical(self);
        let hash = Sha256::digest(&locked).into();
        let body = codec::to_canonical(&Frame { locked, hash });
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
        [MAGIC.as_slice(), &length.to_be_bytes(), &body].concat()
    }
}

/// The key, and what tells a wrong secret before a chunk is read.
fn derive(lock: Lock, salt: &[u8; 16], unlock: &Unlock) -> Result<(BackupKey, [u8; 16]), Error> {
    let base = lock.derive(unlock, salt)?;
    let hkdf = Hkdf::<Sha256>::new(Some(salt), &*base);
    let context = codec::to_canonical(&lock);
    let mut key = Zeroizing::new([0; 32]);
    let mut check = [0; 16];
    // Both are far below what HKDF can give (RFC 5869 §2.3: 255 blocks).
    hkdf.expand_multi_info(&[LABEL, &context], &mut *key)
        .and_then(|()| hkdf.expand_multi_info(&[CHECK_LABEL, &context], &mut check))
        .map_err(|_| Error::Backup("key derivation failed"))?;
    Ok((BackupKey(key), check))
}

fn nonce(index: u64) -> Nonce {
    let mut nonce = [0; 12];
    let (_, count) = nonce.split_at_mut(4);
    count.copy_from_slice(&index.to_be_bytes());
    nonce
}

fn aad(index: u64, last: bool) -> Vec<u8> {
    [LABEL.as_slice(), &index.to_be_bytes(), &[u8::from(last)]].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CHEAP: KdfCost = KdfCost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    fn passphrase(text: &str) -> Unlock {
        Unlock::Passphrase(Zeroizing::new(text.to_owned()))
    }

    fn key_file(byte: u8) -> Unlock {
        Unlock::KeyFile(Zeroizing::new([byte; 32]))
    }

    fn head(unlock: &Unlock) -> (BackupHead, BackupKey) {
        BackupHead::new(unlock, CHEAP, [1; 16]).unwrap()
    }

    #[test]
    fn opens_with_what_locked_it_and_nothing_else() {
        for (with, against, code) in [
            (passphrase("a b"), passphrase("a  b"), "E_PASSPHRASE"),
            (key_file(1), key_file(2), "E_PASSPHRASE"),
            (passphrase("a b"), key_file(1), "E_UNLOCK"),
            (key_file(1), passphrase("a b"), "E_UNLOCK"),
        ] {
            let (made, key) = head(&with);
            let read = BackupHead::parse(made.bytes()).unwrap();
            assert_eq!(read, made);
            assert_eq!(*read.open(&with).unwrap().0, *key.0);
            assert_eq!(read.open(&against).unwrap_err().code(), code);
        }
    }

    #[test]
    fn a_backup_and_a_keyring_never_share_a_key() {
        let (made, key) = head(&key_file(1));
        let base = made.locked.lock.derive(&key_file(1), &made.locked.salt);
        assert_ne!(*base.unwrap(), *key.0);
    }

    #[test]
    fn every_altered_byte_of_the_head_is_refused() {
        let bytes = head(&key_file(1)).0.bytes().to_vec();
        for position in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[position] ^= 1;
            let error = BackupHead::parse(&altered).unwrap_err();
            let codes = ["E_BACKUP", "E_BACKUP_VERSION", "E_TOO_LARGE"];
            assert!(codes.contains(&error.code()), "byte {position}: {error}");
        }
        let mut other = bytes;
        other[FAMILY.len()] = b'2';
        let error = BackupHead::parse(&other).unwrap_err();
        assert_eq!(error.code(), "E_BACKUP_VERSION");
    }

    #[test]
    fn work_beyond_the_limits_is_refused_before_it_is_done() {
        let mut locked = head(&passphrase("x")).0.locked;
        locked.lock = Lock::for_secret(
            &passphrase("x"),
            KdfCost {
                passes: crate::MAX_KDF_PASSES + 1,
                ..CHEAP
            },
        );
        let error = BackupHead::parse(&locked.to_file()).unwrap_err();
        assert_eq!(error.code(), "E_KEYRING");
    }

    fn sealed(chunks: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut sealer = BackupSealer::new(head(&key_file(1)).1);
        let last = chunks.len() - 1;
        let seal = |(n, chunk): (usize, &&[u8])| {
            let mut buffer = chunk.to_vec();
            sealer.seal(&mut buffer, n == last).unwrap();
            buffer
        };
        chunks.iter().enumerate().map(seal).collect()
    }

    fn opened(chunks: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Error> {
        let mut opener = BackupOpener::new(head(&key_file(1)).1);
        let last = chunks.len() - 1;
        let open = |(n, chunk): (usize, &Vec<u8>)| {
            let mut buffer = chunk.clone();
            opener.open(&mut buffer, n == last)?;
            Ok(buffer)
        };
        chunks.iter().enumerate().map(open).collect()
    }

    #[test]
    fn chunks_open_whole_in_order_and_no_other_way() {
        let full = vec![7; CHUNK_BYTES];
        let whole = sealed(&[&full, &full, b"end"]);
        assert_eq!(opened(&whole).unwrap()[2], b"end");
        let refused = |chunks: &[Vec<u8>], what: &str| {
            assert_eq!(opened(chunks).unwrap_err().code(), "E_BACKUP", "{what}");
        };
        let [one, two, end] = whole.as_slice() else {
            panic!()
        };
        refused(&[two.clone(), one.clone(), end.clone()], "reordered");
        refused(&[one.clone(), end.clone()], "one left out");
        refused(&[one.clone(), two.clone()], "cut at a chunk");
        refused(&[one.clone(), two[..9].to_vec()], "cut within a chunk");
        refused(
            &[one.clone(), two.clone(), end.clone(), end.clone()],
            "added",
        );
        let mut altered = one.clone();
        altered[5] ^= 1;
        refused(&[altered, two.clone(), end.clone()], "altered");
    }

    #[test]
    fn a_sealer_takes_no_chunk_that_could_not_be_opened() {
        let mut sealer = BackupSealer::new(head(&key_file(1)).1);
        for (bytes, last) in [(0, true), (1, false), (CHUNK_BYTES + 1, true)] {
            assert!(sealer.seal(&mut vec![0; bytes], last).is_err());
        }
        sealer.seal(&mut vec![0; 1], true).unwrap();
        assert!(
            sealer.seal(&mut vec![0; 1], true).is_err(),
            "after the last"
        );
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>) {
            let _ = BackupHead::parse(&bytes);
            let _ = BackupHead::parse(&[MAGIC.as_slice(), &[0, 0, 0, 9], &bytes].concat());
        }
    }
}
