//! Cards: what a party publishes about itself, signed by its root key, and what a partner
//! keeps of it.
//!
//! A card proves only that the holder of its root key made it. Whose key that is, two people
//! confirm once, by reading the fingerprint to each other; from then on a newer card is
//! taken because the same root signed it.

use hpke::Deserializable as _;
use passerelle_model::{
    CardContent, Digest, KeyId, MAX_CARD_BYTES, PartyId, UnitId, UtcTime, VerifyingKey,
};
use sha2::{Digest as _, Sha256};

use crate::cose::{self, Unverified};
use crate::keys::{PublicKey, RootKey, key_id};
use crate::spoken::Fingerprint;
use crate::{Error, armour};

/// How far in the future a card may be issued, in milliseconds (one day): clocks differ.
pub const MAX_CARD_EARLY_MILLIS: u64 = 86_400_000;

const CONTENT_TYPE: &str = "application/passerelle-card+cbor";
const LABEL: &str = "PASSERELLE CARD";

/// Signs a card. `E_CARD_ROOT` where `content` names another root key; the model's codes
/// where it is out of shape.
pub fn sign_card(content: &CardContent, root: &RootKey) -> Result<VerifiedCard, Error> {
    if content.root != root.verifying() {
        return Err(Error::CardRoot);
    }
    let bytes = cose::sign(CONTENT_TYPE, root, content.to_bytes())?;
    VerifiedCard::parse(&bytes)
}

/// A card that the root key inside it signed and whose keys are usable. Not yet: that the
/// root key is the party's ([`Pinned::first`]), that the card is in force.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedCard {
    content: CardContent,
    bytes: Vec<u8>,
}

impl VerifiedCard {
    /// Reads a card, binary or in armour. `E_SIGNATURE`, `E_UNKNOWN_KEY` (not signed by its
    /// own root), `E_CARD_KEY`, `E_MALFORMED`, `E_TOO_LARGE` or a code of the model.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        if armour::is_armoured(bytes) {
            let limit = MAX_CARD_BYTES + cose::FRAME_BYTES;
            return Self::parse_binary(&armour::decode(LABEL, bytes, limit)?);
        }
        Self::parse_binary(bytes)
    }

    /// What the card says.
    pub fn content(&self) -> &CardContent {
        &self.content
    }

    /// The party.
    pub fn party(&self) -> &PartyId {
        &self.content.party
    }

    /// The signed bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The signed bytes between `-----BEGIN PASSERELLE CARD-----` and its end line.
    pub fn armoured(&self) -> String {
        armour::encode(LABEL, &self.bytes)
    }

    /// SHA-256 of the signed bytes.
    pub fn digest(&self) -> Digest {
        Digest::new(Sha256::digest(&self.bytes).into())
    }

    /// What two people compare: it stands for the party and its root key, so it stays the
    /// same through all later cards.
    pub fn fingerprint(&self) -> Fingerprint {
        let hash: [u8; 32] = Sha256::new()
            .chain_update(b"passerelle/card-fingerprint/v1\n")
            .chain_update(self.content.party.as_str())
            .chain_update(b"\n")
            .chain_update(self.content.root.as_bytes())
            .finalize()
            .into();
        Fingerprint::from(hash.first_chunk().copied().unwrap_or_default())
    }

    /// Identifier of the key to which records for `unit` are sealed.
    pub fn unit_key_id(&self, unit: &UnitId) -> Option<KeyId> {
        self.content
            .unit(unit)
            .map(|held| key_id(held.key.as_bytes()))
    }

    fn parse_binary(bytes: &[u8]) -> Result<Self, Error> {
        let read = Unverified::parse(CONTENT_TYPE, bytes, MAX_CARD_BYTES)?;
        let content = CardContent::from_bytes(read.payload())?;
        if read.key_id() != key_id(content.root.as_bytes()) {
            return Err(Error::UnknownKey(read.key_id()));
        }
        read.verify(&content.root)?;
        check_keys(&content)?;
        Ok(Self {
            content,
            bytes: bytes.to_vec(),
        })
    }
}

impl std::fmt::Debug for VerifiedCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "VerifiedCard({} number {})",
            self.content.party, self.content.number
        )
    }
}

/// Usable keys, and none in two roles: a signature of one role must never count in another.
fn check_keys(content: &CardContent) -> Result<(), Error> {
    let roles = [
        content.root,
        content.record_key,
        content.journal_key,
        content.witness_key,
    ];
    let mut keys: Vec<VerifyingKey> = roles.into_iter().chain(content.tls_keys.clone()).collect();
    let usable = |key: &VerifyingKey| {
        ed25519_dalek::VerifyingKey::from_bytes(key.as_bytes()).is_ok_and(|key| !key.is_weak())
    };
    if !keys.iter().all(usable) {
        return Err(Error::CardKey("a signing key is not usable"));
    }
    keys.sort_unstable();
    if !keys.is_sorted_by(|a, b| a < b) {
        return Err(Error::CardKey("one key stands in two roles"));
    }
    let sealable = content
        .units
        .iter()
        .all(|unit| PublicKey::from_bytes(unit.key.as_bytes()).is_ok());
    if sealable {
        Ok(())
    } else {
        Err(Error::CardKey("a unit's key is not usable"))
    }
}

/// The card of a partner as it stands after a person confirmed its root key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    card: VerifiedCard,
    since: UtcTime,
}

impl Pinned {
    /// Pins the first card, after a person compared the fingerprint by another way.
    /// `E_CARD_EXPIRED`, `E_CARD_FUTURE`.
    pub fn first(card: VerifiedCard, now: UtcTime) -> Result<Self, Error> {
        check_dates(&card, now)?;
        Ok(Self { card, since: now })
    }

    /// Pins a card that was pinned before, read back from the store; its dates are not
    /// checked again, so that an expired partner can still be looked at.
    pub fn restored(card: VerifiedCard, since: UtcTime) -> Self {
        Self { card, since }
    }

    /// Takes a newer card of the same party under the same root; the same card again changes
    /// nothing. `E_CARD_PARTY`, `E_CARD_ROOT`, `E_CARD_OLDER` (lower number), `E_CARD_FORK`
    /// (same number, other content), `E_CARD_EXPIRED`, `E_CARD_FUTURE`.
    pub fn replace(&self, newer: VerifiedCard, now: UtcTime) -> Result<Self, Error> {
        let (held, found) = (&self.card.content, &newer.content);
        if found.party != held.party {
            let (pinned, found) = (held.party.clone(), found.party.clone());
            return Err(Error::CardParty { pinned, found });
        }
        if found.root != held.root {
            return Err(Error::CardRoot);
        }
        if found.journal_key != held.journal_key {
            return Err(Error::CardKey(
                "the journal key is the identity of the logs and stays",
            ));
        }
        if found == held {
            return Ok(self.clone());
        }
        match found.number.cmp(&held.number) {
            std::cmp::Ordering::Less => Err(Error::CardOlder {
                pinned: held.number,
                found: found.number,
            }),
            std::cmp::Ordering::Equal => Err(Error::CardFork(held.number)),
            std::cmp::Ordering::Greater => Self::first(newer, now),
        }
    }

    /// The card.
    pub fn card(&self) -> &VerifiedCard {
        &self.card
    }

    /// When this card was pinned.
    pub fn since(&self) -> UtcTime {
        self.since
    }

    /// Whether the card is in force: exchange stops when it is not. `E_CARD_EXPIRED`,
    /// `E_CARD_FUTURE`.
    pub fn in_force(&self, now: UtcTime) -> Result<&VerifiedCard, Error> {
        check_dates(&self.card, now)?;
        Ok(&self.card)
    }
}

fn check_dates(card: &VerifiedCard, now: UtcTime) -> Result<(), Error> {
    if card.content.issued > now.plus_millis(MAX_CARD_EARLY_MILLIS) {
        return Err(Error::CardFuture);
    }
    if card.content.expires <= now {
        return Err(Error::CardExpired);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{SAMPLE_TIME, SampleParty, SeededRng, sample_party};

    fn party() -> SampleParty {
        sample_party("ma.interior", 1)
    }

    fn resigned(change: impl FnOnce(&mut CardContent)) -> Result<VerifiedCard, Error> {
        let party = party();
        let mut content = party.card.content().clone();
        change(&mut content);
        sign_card(&content, party.keyring.root())
    }

    #[test]
    fn a_card_reads_back_in_both_forms() {
        let card = party().card;
        assert_eq!(VerifiedCard::parse(card.bytes()).unwrap(), card);
        let armoured = card.armoured();
        assert!(armoured.starts_with("-----BEGIN PASSERELLE CARD-----\n"));
        assert_eq!(VerifiedCard::parse(armoured.as_bytes()).unwrap(), card);
    }

    #[test]
    fn every_altered_byte_is_refused() {
        let bytes = party().card.bytes().to_vec();
        for position in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[position] ^= 1;
            assert!(VerifiedCard::parse(&altered).is_err(), "byte {position}");
        }
    }

    #[test]
    fn a_card_signed_by_another_root_is_refused() {
        let other = sample_party("ma.interior", 2);
        let content = party().card.content().clone();
        assert_eq!(
            sign_card(&content, other.keyring.root())
                .unwrap_err()
                .code(),
            "E_CARD_ROOT"
        );
        let forged = cose::sign(CONTENT_TYPE, other.keyring.root(), content.to_bytes()).unwrap();
        assert_eq!(
            VerifiedCard::parse(&forged).unwrap_err().code(),
            "E_UNKNOWN_KEY"
        );
    }

    #[test]
    fn a_card_with_its_roots_name_but_not_its_signature_is_refused() {
        let bytes = party().card.bytes().to_vec();
        let mut altered = bytes;
        *altered.last_mut().unwrap() ^= 1;
        assert_eq!(
            VerifiedCard::parse(&altered).unwrap_err().code(),
            "E_SIGNATURE"
        );
    }

    #[test]
    fn unusable_and_doubled_keys_are_refused() {
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let weak = resigned(|card| card.record_key = VerifyingKey::new(neutral));
        assert_eq!(weak.unwrap_err().code(), "E_CARD_KEY");
        let doubled = resigned(|card| card.witness_key = card.journal_key);
        assert_eq!(doubled.unwrap_err().code(), "E_CARD_KEY");
        let unit = resigned(|card| {
            let broken = passerelle_model::SealingKey::new(&[0xff; 1216]).unwrap();
            card.units.first_mut().unwrap().key = broken;
        });
        assert_eq!(unit.unwrap_err().code(), "E_CARD_KEY");
    }

    #[test]
    fn the_fingerprint_stands_for_party_and_root() {
        let mut party = party();
        let first = party.card.fingerprint();
        party.rotate(&mut SeededRng::new(9));
        assert_eq!(party.card.fingerprint(), first);
        assert_ne!(sample_party("ma.interior", 2).card.fingerprint(), first);
        assert_ne!(
            resigned(|card| card.party = "ma.justice".parse().unwrap())
                .unwrap()
                .fingerprint(),
            first
        );
    }

    #[test]
    fn a_newer_card_replaces_and_an_older_one_does_not() {
        let mut party = party();
        let first = party.card.clone();
        let pinned = Pinned::first(first.clone(), SAMPLE_TIME).unwrap();
        let later = SAMPLE_TIME.plus_millis(1);
        assert_eq!(
            pinned.replace(first.clone(), later).unwrap(),
            pinned,
            "no change"
        );
        party.rotate(&mut SeededRng::new(9));
        let newer = pinned.replace(party.card.clone(), later).unwrap();
        assert_eq!((newer.card(), newer.since()), (&party.card, later));
        assert_eq!(
            newer.replace(first, later).unwrap_err().code(),
            "E_CARD_OLDER"
        );
    }

    #[test]
    fn each_refusal_has_its_code() {
        let pinned = Pinned::first(party().card, SAMPLE_TIME).unwrap();
        let refused = |card: VerifiedCard| pinned.replace(card, SAMPLE_TIME).unwrap_err().code();
        assert_eq!(refused(sample_party("be.interior", 1).card), "E_CARD_PARTY");
        assert_eq!(refused(sample_party("ma.interior", 2).card), "E_CARD_ROOT");
        let fork = resigned(|card| card.address = Some("elsewhere:1".parse().unwrap()));
        assert_eq!(refused(fork.unwrap()), "E_CARD_FORK");
        let expired = resigned(|card| {
            card.number += 1;
            card.expires = SAMPLE_TIME;
        });
        assert_eq!(refused(expired.unwrap()), "E_CARD_EXPIRED");
        let future = resigned(|card| {
            card.number += 1;
            card.issued = SAMPLE_TIME.plus_millis(MAX_CARD_EARLY_MILLIS + 1);
        });
        assert_eq!(refused(future.unwrap()), "E_CARD_FUTURE");
    }

    #[test]
    fn dates_are_checked_at_first_and_in_use() {
        let card = party().card;
        let end = card.content().expires;
        assert_eq!(
            Pinned::first(card.clone(), end).unwrap_err().code(),
            "E_CARD_EXPIRED"
        );
        let pinned = Pinned::restored(card, SAMPLE_TIME);
        assert!(pinned.in_force(SAMPLE_TIME).is_ok());
        assert_eq!(pinned.in_force(end).unwrap_err().code(), "E_CARD_EXPIRED");
        let start = UtcTime::from_millis(0);
        assert_eq!(pinned.in_force(start).unwrap_err().code(), "E_CARD_FUTURE");
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>) {
            let _ = VerifiedCard::parse(&bytes);
        }
    }
}
