//! Content keys that a partner hands back: a node that was set back has lost the keys of what it
//! released since, but whoever opened it still holds them.
//!
//! ```text
//! packet to the party's node | XChaCha20-Poly1305(key, aad = "passerelle/handback/v1\n" ‖ context)
//! key   = HKDF-SHA256(packet key, info = "passerelle/handback/key/v1\n")
//! plain = one key of 32 bytes for each entry; zeros where none is held
//! ```
//!
//! Sealed to the party even over TLS: the same bytes travel in courier files.

use hkdf::Hkdf;
use passerelle_model::Recipient;
use rand_core::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::envelope::{PACKET_BYTES, Packet, PacketKey, open_packet};
use crate::keys::random;
use crate::{ContentKey, Error, Keyring, VerifiedCard, aead, key_id};

/// Most keys in one piece.
pub const MAX_HANDED_KEYS: usize = 1024;

const LABEL: &[u8] = b"passerelle/handback/v1\n";
const KEY_LABEL: &[u8] = b"passerelle/handback/key/v1\n";
const NONE: [u8; 32] = [0; 32];

/// Seals keys to the node of the party on `card`, in the order of its entries. `context` says
/// which entries. `E_TOO_LARGE` above [`MAX_HANDED_KEYS`], `E_RECIPIENT_UNKNOWN` where the card
/// has no such unit.
pub fn seal_handed_back(
    keys: &[Option<ContentKey>],
    context: &[u8],
    to: &Recipient,
    card: &VerifiedCard,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    Error::check_size("keys handed back", keys.len(), MAX_HANDED_KEYS)?;
    let unit = card
        .content()
        .unit(&to.unit)
        .filter(|_| card.party() == &to.party)
        .ok_or_else(|| Error::RecipientUnknown(to.clone()))?;
    let public = unit.key.as_bytes();
    let packet = Packet::seal(to, public, key_id(public), rng)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(32 * keys.len()));
    for key in keys {
        plain.extend_from_slice(key.as_ref().map_or(&NONE[..], |key| &key.expose()[..]));
    }
    let key = derived(&packet.key)?;
    let sealed = aead::seal_long(&key, *random(rng), &aad(context), &plain)?;
    Ok([packet.bytes, sealed].concat())
}

/// Opens what [`seal_handed_back`] gave, for exactly `count` entries, with any key of the unit
/// that `keyring` holds. `E_OPEN` where it was altered or is for other entries.
pub fn open_handed_back(
    sealed: &[u8],
    count: usize,
    context: &[u8],
    to: &Recipient,
    keyring: &Keyring,
) -> Result<Vec<Option<ContentKey>>, Error> {
    Error::check_size("keys handed back", count, MAX_HANDED_KEYS)?;
    let (packet, body) = sealed.split_at_checked(PACKET_BYTES).ok_or(Error::Open)?;
    let secrets = keyring.units().chain(keyring.retired());
    let key = secrets
        .filter(|(unit, _)| **unit == to.unit)
        .find_map(|(_, secret)| open_packet(to, secret, packet).ok())
        .ok_or(Error::Open)?;
    let plain = aead::open_long(&*derived(&key)?, &aad(context), body)?;
    if plain.len() != 32 * count {
        return Err(Error::Open);
    }
    let keys = plain.chunks_exact(32).map(|bytes| match bytes == NONE {
        true => Ok(None),
        false => ContentKey::from_slice(bytes).map(Some),
    });
    keys.collect()
}

fn derived(packet: &PacketKey) -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, &**packet)
        .expand(KEY_LABEL, &mut *key)
        .map_err(|_| Error::Open)?;
    Ok(key)
}

fn aad(context: &[u8]) -> Vec<u8> {
    [LABEL, context].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SeededRng, sample_party};

    fn keys() -> Vec<Option<ContentKey>> {
        let mut rng = SeededRng::new(4);
        vec![
            Some(ContentKey::generate(&mut rng)),
            None,
            Some(ContentKey::generate(&mut rng)),
        ]
    }

    fn exposed(keys: &[Option<ContentKey>]) -> Vec<Option<[u8; 32]>> {
        keys.iter()
            .map(|key| key.as_ref().map(|key| *key.expose()))
            .collect()
    }

    #[test]
    fn keys_come_back_to_their_party_alone() {
        let party = sample_party("be.interior", 1);
        let other = sample_party("ma.interior", 2);
        let to: Recipient = "be.interior/police".parse().unwrap();
        let mut rng = SeededRng::new(3);
        let sealed = seal_handed_back(&keys(), b"c", &to, &party.card, &mut rng).unwrap();
        let open = |bytes: &[u8], count, context: &[u8], ring: &Keyring| {
            open_handed_back(bytes, count, context, &to, ring).map(|keys| exposed(&keys))
        };
        let found = open(&sealed, 3, b"c", &party.keyring).unwrap();
        assert_eq!(found, exposed(&keys()));
        let refused = |result: Result<_, Error>| {
            assert_eq!(result.unwrap_err().code(), "E_OPEN");
        };
        refused(open(&sealed, 2, b"c", &party.keyring));
        refused(open(&sealed, 3, b"d", &party.keyring));
        refused(open(&sealed, 3, b"c", &other.keyring));
        refused(open(&sealed[..900], 3, b"c", &party.keyring));
        let mut altered = sealed.clone();
        *altered.last_mut().unwrap() ^= 1;
        refused(open(&altered, 3, b"c", &party.keyring));
        let foreign = seal_handed_back(&keys(), b"c", &to, &other.card, &mut rng);
        assert_eq!(foreign.unwrap_err().code(), "E_RECIPIENT_UNKNOWN");
    }
}
