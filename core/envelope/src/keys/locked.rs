//! The keyring as a file: sealed under a passphrase (Argon2id, RFC 9106) or a key file.

use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use minicbor::{Decode, Encode};
use passerelle_model::codec;
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::{Keyring, random};
use crate::{Error, aead};

/// Largest keyring file, in bytes.
pub const MAX_KEYRING_BYTES: usize = 256 * 1024;
/// Most memory that opening a keyring may take, in KiB (1 GiB).
pub const MAX_KDF_MEMORY_KIB: u32 = 1024 * 1024;
/// Most passes over that memory.
pub const MAX_KDF_PASSES: u32 = 16;
/// Most lanes.
pub const MAX_KDF_LANES: u32 = 16;

const MAGIC: &[u8] = b"passerelle keyring v1\n";
const KEY_FILE_INFO: &[u8] = b"passerelle/keyring/key-file/v1";

/// What opens a keyring.
pub enum Unlock {
    /// A passphrase that a person types; read in Unicode normal form C, so that another
    /// keyboard gives the same one.
    Passphrase(Zeroizing<String>),
    /// The 32 bytes of a key file ([`super::parse_key_file`]).
    KeyFile(Zeroizing<[u8; 32]>),
}

/// What guessing a passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct KdfCost {
    /// Memory in KiB, at most [`MAX_KDF_MEMORY_KIB`].
    #[n(0)]
    pub memory_kib: u32,
    /// Passes, at most [`MAX_KDF_PASSES`].
    #[n(1)]
    pub passes: u32,
    /// Lanes, at most [`MAX_KDF_LANES`].
    #[n(2)]
    pub lanes: u32,
}

/// 64 MiB, three passes, one lane: the second recommendation of RFC 9106 §4 with the lanes of
/// a small machine.
impl Default for KdfCost {
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 1,
        }
    }
}

/// A sealed keyring: `passerelle keyring v1`, a line feed, then CBOR.
///
/// ```text
/// [ bstr(locked), bstr(SHA-256 of locked) ]
/// locked = [ lock, salt, bstr(nonce ‖ XChaCha20-Poly1305 ciphertext) ]
/// lock   = [0, [memory KiB, passes, lanes]]   Argon2id of the passphrase
///        | [1]                                HKDF-SHA256 of the key file
/// ```
///
/// The hash tells a damaged file from a wrong passphrase. It is no protection: a file that
/// was altered on purpose fails at the cipher, as if the passphrase were wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct LockedKeyring {
    bytes: Vec<u8>,
    locked: Locked,
}

impl LockedKeyring {
    /// Seals `ring` at the default cost.
    pub fn lock(ring: &Keyring, unlock: &Unlock, rng: &mut impl CryptoRng) -> Result<Self, Error> {
        Self::lock_at_cost(ring, unlock, KdfCost::default(), rng)
    }

    /// Seals `ring`; `cost` counts for passphrases only. `E_KEYRING` where it is beyond the
    /// limits.
    pub fn lock_at_cost(
        ring: &Keyring,
        unlock: &Unlock,
        cost: KdfCost,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Error> {
        let lock = Lock::for_secret(unlock, cost);
        let salt = *random::<16>(rng);
        let key = lock.derive(unlock, &salt)?;
        let sealed = aead::seal_long(
            &key,
            *random(rng),
            &lock_aad(lock, &salt),
            &ring.to_plain()?,
        )?;
        let locked = Locked { lock, salt, sealed };
        Ok(Self {
            bytes: locked.to_file(),
            locked,
        })
    }

    /// Reads a keyring file without opening it. `E_KEYRING` where it is damaged or asks for
    /// more work than the limits allow.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        Error::check_size("keyring", bytes.len(), MAX_KEYRING_BYTES)?;
        let body = bytes
            .strip_prefix(MAGIC)
            .ok_or_else(|| damaged("is not a keyring file"))?;
        let frame: Frame =
            codec::from_canonical(body, MAX_KEYRING_BYTES).map_err(|_| damaged("is damaged"))?;
        if Sha256::digest(&frame.locked).as_slice() != frame.hash {
            return Err(damaged("is damaged"));
        }
        let locked: Locked = codec::from_canonical(&frame.locked, MAX_KEYRING_BYTES)
            .map_err(|_| damaged("is damaged"))?;
        locked.lock.check()?;
        Ok(Self {
            bytes: bytes.to_vec(),
            locked,
        })
    }

    /// Whether a passphrase opens it, rather than a key file.
    pub fn needs_passphrase(&self) -> bool {
        self.locked.lock.is_passphrase()
    }

    /// Opens it. `E_PASSPHRASE` for the wrong passphrase or key file, `E_UNLOCK` where it is
    /// locked the other way.
    pub fn open(&self, unlock: &Unlock) -> Result<Keyring, Error> {
        let Locked { lock, salt, sealed } = &self.locked;
        let key = lock.derive(unlock, salt)?;
        let plain =
            aead::open_long(&key, &lock_aad(*lock, salt), sealed).map_err(|_| Error::Passphrase)?;
        Keyring::from_plain(&plain)
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for LockedKeyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LockedKeyring({} bytes)", self.bytes.len())
    }
}

/// Says which way, not what with.
impl std::fmt::Debug for Unlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Passphrase(_) => "Passphrase(…)",
            Self::KeyFile(_) => "KeyFile(…)",
        })
    }
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Frame {
    #[cbor(n(0), with = "minicbor::bytes")]
    locked: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    hash: [u8; 32],
}

#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct Locked {
    #[n(0)]
    lock: Lock,
    #[cbor(n(1), with = "minicbor::bytes")]
    salt: [u8; 16],
    #[cbor(n(2), with = "minicbor::bytes")]
    sealed: Vec<u8>,
}

impl Locked {
    fn to_file(&self) -> Vec<u8> {
        let locked = codec::to_canonical(self);
        let hash = Sha256::digest(&locked).into();
        [MAGIC, &codec::to_canonical(&Frame { locked, hash })].concat()
    }
}

/// How a key is found from a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Lock {
    #[n(0)]
    Passphrase(#[n(0)] KdfCost),
    #[n(1)]
    KeyFile,
}

impl Lock {
    /// The lock for `unlock`; `cost` counts for passphrases only.
    pub(crate) fn for_secret(unlock: &Unlock, cost: KdfCost) -> Self {
        match unlock {
            Unlock::Passphrase(_) => Self::Passphrase(cost),
            Unlock::KeyFile(_) => Self::KeyFile,
        }
    }

    pub(crate) fn is_passphrase(self) -> bool {
        matches!(self, Self::Passphrase(_))
    }

    /// Before the memory is taken.
    pub(crate) fn check(self) -> Result<(), Error> {
        let Self::Passphrase(cost) = self else {
            return Ok(());
        };
        let within = cost.memory_kib <= MAX_KDF_MEMORY_KIB
            && (1..=MAX_KDF_PASSES).contains(&cost.passes)
            && (1..=MAX_KDF_LANES).contains(&cost.lanes)
            && cost.memory_kib >= 8 * cost.lanes;
        if within {
            Ok(())
        } else {
            Err(damaged("asks for work beyond the limits"))
        }
    }

    pub(crate) fn derive(
        self,
        unlock: &Unlock,
        salt: &[u8; 16],
    ) -> Result<Zeroizing<[u8; 32]>, Error> {
        self.check()?;
        match (self, unlock) {
            (Self::Passphrase(cost), Unlock::Passphrase(text)) => stretch(cost, text, salt),
            (Self::KeyFile, Unlock::KeyFile(key)) => {
                let mut out = Zeroizing::new([0; 32]);
                Hkdf::<Sha256>::new(Some(salt), &**key)
                    .expand(KEY_FILE_INFO, &mut *out)
                    .map_err(|_| damaged("key derivation failed"))?;
                Ok(out)
            }
            (Self::Passphrase(_), _) => Err(Error::Unlock {
                needs: "passphrase",
            }),
            (Self::KeyFile, _) => Err(Error::Unlock { needs: "key file" }),
        }
    }
}

fn stretch(cost: KdfCost, text: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut out = Zeroizing::new([0; 32]);
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(out.len()))
        .map_err(|_| damaged("asks for work beyond the limits"))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(composed(text).as_bytes(), salt, &mut *out)
        .map_err(|_| damaged("not enough memory to open it"))?;
    Ok(out)
}

/// Composition makes no text longer than three times (Unicode UAX #15), so that the buffer
/// never grows and leaves no copy.
fn composed(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len().saturating_mul(3)));
    out.extend(text.nfc());
    out
}

fn lock_aad(lock: Lock, salt: &[u8; 16]) -> Vec<u8> {
    [MAGIC, &codec::to_canonical(&lock), salt].concat()
}

fn damaged(why: &str) -> Error {
    Error::Keyring(why.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::MAX_RETIRED_KEYS;
    use super::*;
    use crate::testing::SeededRng;

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

    fn ring() -> Keyring {
        let mut rng = SeededRng::new(1);
        let mut ring = Keyring::generate(&["police".parse().unwrap()], &mut rng).unwrap();
        ring.rotate(&mut rng).unwrap();
        ring
    }

    fn locked(unlock: &Unlock) -> LockedKeyring {
        LockedKeyring::lock_at_cost(&ring(), unlock, CHEAP, &mut SeededRng::new(2)).unwrap()
    }

    #[test]
    fn opens_with_what_locked_it() {
        for unlock in [passphrase("correct horse"), key_file(7)] {
            let file = locked(&unlock);
            let read = LockedKeyring::parse(file.bytes()).unwrap();
            let opened = read.open(&unlock).unwrap();
            assert_eq!(*opened.to_plain().unwrap(), *ring().to_plain().unwrap());
            assert_eq!(
                read.needs_passphrase(),
                matches!(unlock, Unlock::Passphrase(_))
            );
        }
    }

    #[test]
    fn the_default_cost_opens() {
        let unlock = passphrase("correct horse");
        let file = LockedKeyring::lock(&ring(), &unlock, &mut SeededRng::new(2)).unwrap();
        let read = LockedKeyring::parse(file.bytes()).unwrap();
        assert!(read.open(&unlock).is_ok());
        assert!(read.locked.lock == Lock::Passphrase(KdfCost::default()));
    }

    #[test]
    fn the_wrong_secret_is_told_from_the_wrong_kind() {
        let cases = [
            (
                passphrase("correct horse"),
                passphrase("correct  horse"),
                "E_PASSPHRASE",
            ),
            (key_file(7), key_file(8), "E_PASSPHRASE"),
            (passphrase("correct horse"), key_file(7), "E_UNLOCK"),
            (key_file(7), passphrase("correct horse"), "E_UNLOCK"),
        ];
        for (with, against, code) in cases {
            assert_eq!(locked(&with).open(&against).unwrap_err().code(), code);
        }
    }

    #[test]
    fn a_passphrase_is_the_same_from_every_keyboard() {
        let file = locked(&passphrase("e\u{301}t\u{e9}"));
        assert!(file.open(&passphrase("\u{e9}te\u{301}")).is_ok());
        assert!(file.open(&passphrase("ete")).is_err());
    }

    #[test]
    fn every_altered_byte_is_named_as_damage() {
        let bytes = locked(&key_file(7)).bytes().to_vec();
        for position in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[position] ^= 1;
            let error = LockedKeyring::parse(&altered).unwrap_err();
            assert_eq!(error.code(), "E_KEYRING", "byte {position}");
        }
        assert!(LockedKeyring::parse(&bytes[..bytes.len() - 1]).is_err());
    }

    #[test]
    fn an_alteration_with_a_new_hash_does_not_open() {
        let mut locked = locked(&key_file(7)).locked;
        *locked.sealed.last_mut().unwrap() ^= 1;
        let read = LockedKeyring::parse(&locked.to_file()).unwrap();
        assert_eq!(read.open(&key_file(7)).unwrap_err().code(), "E_PASSPHRASE");
    }

    #[test]
    fn work_beyond_the_limits_is_refused_before_it_is_done() {
        let dear = [
            KdfCost {
                memory_kib: MAX_KDF_MEMORY_KIB + 1,
                ..CHEAP
            },
            KdfCost {
                passes: MAX_KDF_PASSES + 1,
                ..CHEAP
            },
            KdfCost {
                lanes: MAX_KDF_LANES + 1,
                memory_kib: 1024,
                ..CHEAP
            },
            KdfCost { passes: 0, ..CHEAP },
            KdfCost { lanes: 0, ..CHEAP },
            KdfCost {
                memory_kib: 7,
                ..CHEAP
            },
        ];
        for cost in dear {
            let mut locked = locked(&passphrase("x")).locked;
            locked.lock = Lock::Passphrase(cost);
            let refused = LockedKeyring::parse(&locked.to_file()).unwrap_err();
            assert_eq!(refused.code(), "E_KEYRING", "{cost:?}");
            let mut rng = SeededRng::new(1);
            let unlock = passphrase("x");
            assert!(LockedKeyring::lock_at_cost(&ring(), &unlock, cost, &mut rng).is_err());
        }
        let long = vec![0; MAX_KEYRING_BYTES + 1];
        assert_eq!(
            LockedKeyring::parse(&long).unwrap_err().code(),
            "E_TOO_LARGE"
        );
    }

    #[test]
    fn a_full_keyring_fits_its_limit() {
        let mut ring = ring();
        let (unit, secret) = ring.units.pop_first().unwrap();
        ring.retired = vec![(unit, secret); MAX_RETIRED_KEYS];
        let file = LockedKeyring::lock_at_cost(&ring, &key_file(7), CHEAP, &mut SeededRng::new(2))
            .unwrap();
        assert!(file.bytes().len() < MAX_KEYRING_BYTES);
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(
            format!("{:?} {:?}", passphrase("pass"), key_file(1)),
            "Passphrase(…) KeyFile(…)"
        );
        assert!(format!("{:?}", locked(&key_file(1))).starts_with("LockedKeyring("));
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>) {
            let _ = LockedKeyring::parse(&bytes);
            let _ = LockedKeyring::parse(&[MAGIC, &bytes].concat());
        }
    }
}
