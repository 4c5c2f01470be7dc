//! Packets: a random packet key sealed to one unit by HPKE (RFC 9180) base mode with X-Wing.
//!
//! One packet serves a batch of records, so the key encapsulation is paid once per unit and
//! batch rather than once per record.

use std::collections::BTreeMap;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, XWing};
use hpke::{Deserializable as _, OpModeR, OpModeS, Serializable as _};
use passerelle_model::{Digest, KeyId, Recipient};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::Error;
use crate::aead::TAG_BYTES;
use crate::card::VerifiedCard;
use crate::keys::{PublicKey, UnitSecret, key_id, random};

/// Most envelopes that one packet serves.
pub const MAX_PACKET_USES: u32 = 1024;
/// Most packet keys that [`OpenedPackets`] keeps.
pub const MAX_OPENED_PACKETS: usize = 256;

/// X-Wing encapsulation, then the sealed packet key.
pub(crate) const PACKET_BYTES: usize = ENCAPPED_BYTES + 32 + TAG_BYTES;

const ENCAPPED_BYTES: usize = 1120;
const INFO: &str = "passerelle/packet/v1\n";

type Encapped = <XWing as Kem>::EncappedKey;

/// 32 secret bytes that a sender and one unit share for a batch.
pub(crate) type PacketKey = Zeroizing<[u8; 32]>;

/// The sender's packets in use. Keep one for a batch; [`Packets::renew`] before the next.
#[derive(Default)]
pub struct Packets {
    held: BTreeMap<(Recipient, KeyId), Packet>,
}

/// One packet and its key.
#[derive(Clone)]
pub(crate) struct Packet {
    pub(super) key_id: KeyId,
    pub(crate) bytes: Vec<u8>,
    pub(crate) key: PacketKey,
    uses: u32,
}

impl Packets {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets all packets: the next envelope to each unit starts a new one.
    pub fn renew(&mut self) {
        self.held.clear();
    }

    /// The packet for `to` under the key on `card`; a new one where there is none, or the one
    /// at hand has served [`MAX_PACKET_USES`] times.
    pub(super) fn packet(
        &mut self,
        to: &Recipient,
        card: &VerifiedCard,
        rng: &mut impl CryptoRng,
    ) -> Result<&Packet, Error> {
        let unknown = || Error::RecipientUnknown(to.clone());
        let unit = card.content().unit(&to.unit).ok_or_else(unknown)?;
        let name = (to.clone(), key_id(unit.key.as_bytes()));
        self.held
            .retain(|held, packet| *held != name || packet.uses < MAX_PACKET_USES);
        let packet = match self.held.entry(name) {
            std::collections::btree_map::Entry::Occupied(held) => held.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => {
                let key_id = free.key().1;
                let packet = Packet::seal(to, unit.key.as_bytes(), key_id, rng)?;
                free.insert(packet)
            }
        };
        packet.uses += 1;
        Ok(packet)
    }
}

impl std::fmt::Debug for Packets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.held.keys()).finish()
    }
}

impl Packet {
    pub(crate) fn seal(
        to: &Recipient,
        public: &[u8],
        key_id: KeyId,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Error> {
        let key: PacketKey = random(rng);
        let bytes = wrap(&key, public, &info(to), rng)?;
        Ok(Self {
            key_id,
            bytes,
            key,
            uses: 0,
        })
    }
}

/// Seals 32 bytes to a public key, bound to `info`: [`PACKET_BYTES`].
pub(crate) fn wrap(
    key: &PacketKey,
    public: &[u8],
    info: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, Error> {
    let unusable = |_| Error::CardKey("a sealing key is not usable");
    let public = PublicKey::from_bytes(public).map_err(unusable)?;
    let (encapped, sealed) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeS::Base,
            &public,
            info,
            &**key,
            b"",
            rng,
        )
        .map_err(unusable)?;
    Ok([encapped.to_bytes().as_slice(), &sealed].concat())
}

/// A packet is bound to the unit it is for. It stands in `info`, not in the associated data,
/// because the one-call functions of other libraries take only that.
fn info(to: &Recipient) -> Vec<u8> {
    format!("{INFO}{to}").into_bytes()
}

/// Packet keys that were opened lately, so that a batch costs one decapsulation.
#[derive(Default)]
pub struct OpenedPackets {
    held: BTreeMap<Digest, Opened>,
    clock: u64,
}

struct Opened {
    key: PacketKey,
    used: u64,
}

impl OpenedPackets {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.held.clear();
    }

    /// The packet key that `packet` holds for `to` under `secret`. `E_OPEN` where it does not
    /// open.
    pub(super) fn open(
        &mut self,
        to: &Recipient,
        secret: &UnitSecret,
        packet: &[u8],
    ) -> Result<PacketKey, Error> {
        self.clock += 1;
        let name = cache_name(to, secret.key_id(), packet);
        if let Some(opened) = self.held.get_mut(&name) {
            opened.used = self.clock;
            return Ok(opened.key.clone());
        }
        let key = open_packet(to, secret, packet)?;
        self.make_room();
        self.held.insert(
            name,
            Opened {
                key: key.clone(),
                used: self.clock,
            },
        );
        Ok(key)
    }

    fn make_room(&mut self) {
        if self.held.len() < MAX_OPENED_PACKETS {
            return;
        }
        let oldest = self.held.iter().min_by_key(|(_, opened)| opened.used);
        if let Some(name) = oldest.map(|(name, _)| *name) {
            self.held.remove(&name);
        }
    }
}

impl std::fmt::Debug for OpenedPackets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpenedPackets({})", self.held.len())
    }
}

/// Bound to unit and key as well: a packet copied under another unit's name is no hit.
fn cache_name(to: &Recipient, key: KeyId, packet: &[u8]) -> Digest {
    let hash = Sha256::new()
        .chain_update(key.as_bytes())
        .chain_update(Sha256::digest(packet))
        .chain_update(to.to_string());
    Digest::new(hash.finalize().into())
}

/// The key in a packet, with the secret of the unit it is for. `E_OPEN`.
pub(crate) fn open_packet(
    to: &Recipient,
    secret: &UnitSecret,
    packet: &[u8],
) -> Result<PacketKey, Error> {
    unwrap(secret, &info(to), packet)
}

/// Opens what [`wrap`] gave for the same `info`. `E_OPEN`.
pub(crate) fn unwrap(secret: &UnitSecret, info: &[u8], packet: &[u8]) -> Result<PacketKey, Error> {
    let (encapped, sealed) = packet.split_at_checked(ENCAPPED_BYTES).ok_or(Error::Open)?;
    let encapped = Encapped::from_bytes(encapped).map_err(|_| Error::Open)?;
    let plain = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        secret.private(),
        &encapped,
        info,
        sealed,
        b"",
    )
    .map(Zeroizing::new)
    .map_err(|_| Error::Open)?;
    let key = <[u8; 32]>::try_from(plain.as_slice()).map_err(|_| Error::Open)?;
    Ok(Zeroizing::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SeededRng, sample_party};

    fn police() -> Recipient {
        "be.interior/police".parse().unwrap()
    }

    #[test]
    fn a_packet_serves_a_bounded_number_of_envelopes() {
        let party = sample_party("be.interior", 1);
        let (mut packets, mut rng) = (Packets::new(), SeededRng::new(1));
        let mut next = || {
            packets
                .packet(&police(), &party.card, &mut rng)
                .unwrap()
                .bytes
                .clone()
        };
        let first = next();
        assert!((1..MAX_PACKET_USES).all(|_| next() == first));
        assert_ne!(next(), first);
    }

    #[test]
    fn renewed_packets_are_new() {
        let party = sample_party("be.interior", 1);
        let (mut packets, mut rng) = (Packets::new(), SeededRng::new(1));
        let first = packets
            .packet(&police(), &party.card, &mut rng)
            .unwrap()
            .bytes
            .clone();
        packets.renew();
        let second = packets
            .packet(&police(), &party.card, &mut rng)
            .unwrap()
            .bytes
            .clone();
        assert_ne!(first, second);
        assert_eq!(first.len(), PACKET_BYTES);
    }

    #[test]
    fn a_packet_opens_for_its_unit_only() {
        let party = sample_party("be.interior", 1);
        let (mut packets, mut rng) = (Packets::new(), SeededRng::new(1));
        let packet = packets
            .packet(&police(), &party.card, &mut rng)
            .unwrap()
            .clone();
        let unit = |name: &str| {
            let found = party
                .keyring
                .units()
                .find(|(unit, _)| unit.as_str() == name);
            found.unwrap().1.clone()
        };
        let mut opened = OpenedPackets::new();
        let key = opened
            .open(&police(), &unit("police"), &packet.bytes)
            .unwrap();
        assert_eq!(*key, *packet.key);
        assert_eq!(
            *opened
                .open(&police(), &unit("police"), &packet.bytes)
                .unwrap(),
            *packet.key
        );
        let node: Recipient = "be.interior/node".parse().unwrap();
        for (to, secret) in [
            (&node, unit("police")),
            (&node, unit("node")),
            (&police(), unit("node")),
        ] {
            assert_eq!(
                opened.open(to, &secret, &packet.bytes).unwrap_err().code(),
                "E_OPEN"
            );
        }
        for bad in [&packet.bytes[1..], &packet.bytes[..9], &[]] {
            let refused = opened.open(&police(), &unit("police"), bad).unwrap_err();
            assert_eq!(refused.code(), "E_OPEN");
        }
    }

    #[test]
    fn the_cache_keeps_a_bounded_number_and_the_latest() {
        let mut opened = OpenedPackets::new();
        for n in 0..MAX_OPENED_PACKETS as u64 + 10 {
            opened.make_room();
            let mut name = [0; 32];
            name[..8].copy_from_slice(&n.to_be_bytes());
            let key = Zeroizing::new([0; 32]);
            opened
                .held
                .insert(Digest::new(name), Opened { key, used: n });
        }
        assert_eq!(opened.held.len(), MAX_OPENED_PACKETS);
        assert!(opened.held.values().all(|kept| kept.used >= 10));
        opened.clear();
        assert_eq!(format!("{opened:?}"), "OpenedPackets(0)");
    }

    #[test]
    fn debug_shows_no_secret() {
        let party = sample_party("be.interior", 1);
        let (mut packets, mut rng) = (Packets::new(), SeededRng::new(1));
        let key = packets
            .packet(&police(), &party.card, &mut rng)
            .unwrap()
            .key
            .clone();
        let shown = format!("{packets:?}");
        assert!(!shown.contains(&passerelle_model::hex::encode(&key[..4])));
        assert!(!shown.contains(&format!("{}, {}", key[0], key[1])));
    }
}
