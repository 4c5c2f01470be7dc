//! Keys of one person: what is sealed to them opens with a passphrase that they alone know, and
//! not with the keys of their party.
//!
//! ```text
//! locked = [ lock, salt, bstr(nonce ‖ XChaCha20-Poly1305(seed, aad = label ‖ lock ‖ salt ‖ holder)) ]
//! lock   = [0, [memory KiB, passes, lanes]]   Argon2id of the passphrase, as for a keyring
//! packet = HPKE (RFC 9180, X-Wing) of one key, info = label ‖ holder ‖ 0 ‖ context, for each reader
//! bytes  = nonce ‖ XChaCha20-Poly1305(key, aad = label ‖ context)
//! ```

use minicbor::{Decode, Encode};
use passerelle_model::{KeyId, SealingKey, codec};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::at_rest::MAX_SMALL_BYTES;
use crate::envelope::{PACKET_BYTES, PacketKey, unwrap, wrap};
use crate::keys::{Lock, random};
use crate::{Error, KdfCost, UnitSecret, Unlock, aead};

/// Most people that one text is sealed to.
pub const MAX_PERSONAL_READERS: usize = 64;
/// Random bytes that locking a key takes: salt, then nonce.
pub const LOCK_RANDOM_BYTES: usize = 16 + 24;
/// Longest locked key, in bytes.
pub const MAX_LOCKED_KEY_BYTES: usize = 256;

const LOCK_LABEL: &[u8] = b"passerelle/personal/lock/v1\n";
const PACKET_LABEL: &[u8] = b"passerelle/personal/packet/v1\n";
const TEXT_LABEL: &[u8] = b"passerelle/personal/text/v1\n";

/// The key pair of one person (X-Wing). `Debug` shows its identifier only.
#[derive(Clone, Debug)]
pub struct PersonalKey(UnitSecret);

/// A text and the packets of those who may read it, in the order in which they were named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalText {
    /// Nonce, ciphertext and tag.
    pub bytes: Vec<u8>,
    /// One for each reader.
    pub packets: Vec<Vec<u8>>,
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Locked {
    #[n(0)]
    lock: Lock,
    #[cbor(n(1), with = "minicbor::bytes")]
    salt: [u8; 16],
    #[cbor(n(2), with = "minicbor::bytes")]
    sealed: Vec<u8>,
}

impl PersonalKey {
    /// A new random key pair.
    ///
    /// # Errors
    /// None in practice: every seed is a key.
    pub fn generate(rng: &mut impl CryptoRng) -> Result<Self, Error> {
        UnitSecret::generate(rng).map(Self)
    }

    /// What others seal to.
    pub fn public(&self) -> &SealingKey {
        self.0.public()
    }

    /// How its packets are told apart.
    pub fn key_id(&self) -> KeyId {
        self.0.key_id()
    }

    /// The private half under a passphrase, for `holder` and nobody else. Takes the time and the
    /// memory of `cost`: keep it off threads that serve.
    ///
    /// # Errors
    /// `E_KEYRING` where the cost is beyond the limits; `E_UNLOCK` for a key file.
    pub fn lock(
        &self,
        passphrase: &Unlock,
        holder: &str,
        cost: KdfCost,
        random: [u8; LOCK_RANDOM_BYTES],
    ) -> Result<Vec<u8>, Error> {
        let lock = Lock::Passphrase(cost);
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        let (first, rest) = random.split_at(salt.len());
        salt.copy_from_slice(first);
        nonce.copy_from_slice(rest);
        let key = lock.derive(passphrase, &salt)?;
        let aad = lock_aad(lock, &salt, holder);
        let sealed = aead::seal_long(&key, nonce, &aad, self.0.seed())?;
        Ok(codec::to_canonical(&Locked { lock, salt, sealed }))
    }

    /// Opens what [`PersonalKey::lock`] gave for the same `holder`.
    ///
    /// # Errors
    /// `E_PASSPHRASE` for another passphrase or holder; `E_KEYRING` where it is damaged or asks
    /// for more work than the limits allow.
    pub fn unlock(locked: &[u8], passphrase: &Unlock, holder: &str) -> Result<Self, Error> {
        let damaged = |_| Error::Keyring("a personal key is damaged".into());
        let locked: Locked =
            codec::from_canonical(locked, MAX_LOCKED_KEY_BYTES).map_err(damaged)?;
        let key = locked.lock.derive(passphrase, &locked.salt)?;
        let aad = lock_aad(locked.lock, &locked.salt, holder);
        let seed = aead::open_long(&key, &aad, &locked.sealed).map_err(|_| Error::Passphrase)?;
        let seed: &[u8; 32] = seed.as_slice().try_into().map_err(|_| Error::Passphrase)?;
        UnitSecret::from_seed(seed).map(Self)
    }
}

/// Seals at most 2 MiB to everybody in `readers` (name and public key), bound to `context`.
///
/// # Errors
/// `E_TOO_LARGE`; `E_RECIPIENT_EMPTY` where there is nobody; `E_CARD_KEY` for a key that is none.
pub fn seal_to_people(
    plain: &[u8],
    context: &[u8],
    readers: &[(&str, &SealingKey)],
    rng: &mut impl CryptoRng,
) -> Result<PersonalText, Error> {
    Error::check_size("personal text", plain.len(), MAX_SMALL_BYTES)?;
    Error::check_size("readers", readers.len(), MAX_PERSONAL_READERS)?;
    if readers.is_empty() {
        return Err(Error::RecipientEmpty);
    }
    let key: PacketKey = random(rng);
    let bytes = aead::seal_long(&key, *random(rng), &text_aad(context), plain)?;
    let mut packets = Vec::with_capacity(readers.len());
    for (holder, public) in readers {
        packets.push(wrap(&key, public.as_bytes(), &info(holder, context), rng)?);
    }
    Ok(PersonalText { bytes, packets })
}

/// Opens a text with the packet of `holder`.
///
/// # Errors
/// `E_OPEN` for another key, holder or context, and for altered bytes; `E_TOO_LARGE`.
pub fn open_personal(
    (packet, bytes): (&[u8], &[u8]),
    context: &[u8],
    (holder, key): (&str, &PersonalKey),
) -> Result<Zeroizing<Vec<u8>>, Error> {
    Error::check_size("personal text", bytes.len(), MAX_SMALL_BYTES + 40)?;
    let key = packet_key(packet, context, (holder, key))?;
    aead::open_long(&key, &text_aad(context), bytes)
}

/// The packet of one more reader, from the packet of one who is.
///
/// # Errors
/// As [`open_personal`]; `E_CARD_KEY` for a key that is none.
pub fn share_personal(
    packet: &[u8],
    context: &[u8],
    from: (&str, &PersonalKey),
    (holder, public): (&str, &SealingKey),
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    let key = packet_key(packet, context, from)?;
    wrap(&key, public.as_bytes(), &info(holder, context), rng)
}

fn packet_key(
    packet: &[u8],
    context: &[u8],
    (holder, key): (&str, &PersonalKey),
) -> Result<PacketKey, Error> {
    match packet.len() {
        PACKET_BYTES => unwrap(&key.0, &info(holder, context), packet),
        _ => Err(Error::Open),
    }
}

fn lock_aad(lock: Lock, salt: &[u8; 16], holder: &str) -> Vec<u8> {
    [
        LOCK_LABEL,
        &codec::to_canonical(&lock),
        salt,
        holder.as_bytes(),
    ]
    .concat()
}

fn info(holder: &str, context: &[u8]) -> Vec<u8> {
    [PACKET_LABEL, holder.as_bytes(), b"\0", context].concat()
}

fn text_aad(context: &[u8]) -> Vec<u8> {
    [TEXT_LABEL, context].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{SeededRng, sample_party};

    const CHEAP: KdfCost = KdfCost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    fn passphrase(text: &str) -> Unlock {
        Unlock::Passphrase(Zeroizing::new(text.to_owned()))
    }

    fn person(seed: u64) -> PersonalKey {
        PersonalKey::generate(&mut SeededRng::new(seed)).unwrap()
    }

    fn sealed(readers: &[(&str, &PersonalKey)]) -> PersonalText {
        let readers: Vec<_> = readers
            .iter()
            .map(|(name, key)| (*name, key.public()))
            .collect();
        seal_to_people(b"report", b"r/1", &readers, &mut SeededRng::new(9)).unwrap()
    }

    fn code<T>(result: Result<T, Error>) -> &'static str {
        result.err().unwrap().code()
    }

    #[test]
    fn a_locked_key_opens_for_its_holder_and_passphrase_only() {
        let key = person(1);
        let locked = key.lock(&passphrase("correct horse"), "watch", CHEAP, [7; 40]);
        let locked = locked.unwrap();
        assert!(locked.len() < MAX_LOCKED_KEY_BYTES);
        let open = |locked: &[u8], text: &str, holder: &str| {
            PersonalKey::unlock(locked, &passphrase(text), holder)
        };
        let opened = open(&locked, "correct horse", "watch").unwrap();
        assert_eq!(opened.public().as_bytes(), key.public().as_bytes());
        assert_eq!(
            code(open(&locked, "correct  horse", "watch")),
            "E_PASSPHRASE"
        );
        assert_eq!(
            code(open(&locked, "correct horse", "other")),
            "E_PASSPHRASE"
        );
        let file = Unlock::KeyFile(Zeroizing::new([1; 32]));
        assert_eq!(
            code(PersonalKey::unlock(&locked, &file, "watch")),
            "E_UNLOCK"
        );
        for position in 0..locked.len() {
            let mut altered = locked.clone();
            altered[position] ^= 1;
            assert!(
                open(&altered, "correct horse", "watch").is_err(),
                "byte {position}"
            );
        }
    }

    #[test]
    fn everybody_named_reads_and_nobody_else() {
        let (one, two, three) = (person(1), person(2), person(3));
        let text = sealed(&[("one", &one), ("two", &two)]);
        let open = |n: usize, context: &[u8], who: (&str, &PersonalKey)| {
            open_personal((&text.packets[n], &text.bytes), context, who)
        };
        assert_eq!(*open(0, b"r/1", ("one", &one)).unwrap(), *b"report");
        assert_eq!(*open(1, b"r/1", ("two", &two)).unwrap(), *b"report");
        for (n, context, who) in [
            (1, b"r/1".as_slice(), ("one", &one)),
            (0, b"r/1", ("two", &one)),
            (0, b"r/2", ("one", &one)),
            (0, b"r/1", ("one", &three)),
        ] {
            assert_eq!(code(open(n, context, who)), "E_OPEN");
        }
        let mut altered = text.clone();
        *altered.bytes.last_mut().unwrap() ^= 1;
        let altered = open_personal((&altered.packets[0], &altered.bytes), b"r/1", ("one", &one));
        assert_eq!(code(altered), "E_OPEN");
    }

    #[test]
    fn no_key_of_the_party_opens_it() {
        let one = person(1);
        let text = sealed(&[("one", &one)]);
        let party = sample_party("ma.interior", 1);
        let secrets = party.keyring.units().chain(party.keyring.retired());
        let keys: Vec<PersonalKey> = secrets.map(|(_, key)| PersonalKey(key.clone())).collect();
        assert!(!keys.is_empty());
        for key in &keys {
            let opened = open_personal((&text.packets[0], &text.bytes), b"r/1", ("one", key));
            assert_eq!(code(opened), "E_OPEN");
        }
    }

    #[test]
    fn a_reader_lets_another_one_read() {
        let (one, two) = (person(1), person(2));
        let text = sealed(&[("one", &one)]);
        let share = |from| {
            let to = ("two", two.public());
            share_personal(&text.packets[0], b"r/1", from, to, &mut SeededRng::new(5))
        };
        let packet = share(("one", &one)).unwrap();
        let opened = open_personal((&packet, &text.bytes), b"r/1", ("two", &two));
        assert_eq!(*opened.unwrap(), *b"report");
        assert_eq!(code(share(("two", &two))), "E_OPEN");
    }

    #[test]
    fn limits_are_refused_before_any_work() {
        let one = person(1);
        let mut rng = SeededRng::new(1);
        let mut seal = |plain: &[u8], count: usize| {
            let readers = vec![("one", one.public()); count];
            code(seal_to_people(plain, b"", &readers, &mut rng))
        };
        assert_eq!(seal(b"x", 0), "E_RECIPIENT_EMPTY");
        assert_eq!(seal(b"x", MAX_PERSONAL_READERS + 1), "E_TOO_LARGE");
        assert_eq!(seal(&vec![0; MAX_SMALL_BYTES + 1], 1), "E_TOO_LARGE");
        let long = vec![0; MAX_SMALL_BYTES + 41];
        let packet = vec![0; PACKET_BYTES];
        assert_eq!(
            code(open_personal((&packet, &long), b"", ("one", &one))),
            "E_TOO_LARGE"
        );
        let dear = KdfCost {
            memory_kib: crate::MAX_KDF_MEMORY_KIB + 1,
            ..CHEAP
        };
        let locked = one.lock(&passphrase("x"), "one", dear, [7; 40]);
        assert_eq!(code(locked), "E_KEYRING");
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", person(1));
        assert!(
            shown.starts_with("PersonalKey(UnitSecret(") && shown.len() < 64,
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn no_input_panics(locked: Vec<u8>, packet: Vec<u8>, bytes: Vec<u8>) {
            let one = person(1);
            prop_assert!(PersonalKey::unlock(&locked, &passphrase("x"), "one").is_err());
            prop_assert!(open_personal((&packet, &bytes), b"", ("one", &one)).is_err());
        }
    }
}
