//! A partner that holds the real keys of a member and does with them what it likes: messages
//! are put together by hand, from the same core crates that honest nodes use.

mod stage;
mod twin;

pub use stage::{
    CANARY, HONEST, MALLORY, Msg, SECURITY, SIDE, Stage, StageClock, THIRD, signed_by, state,
};
pub use twin::{Answer, MAX_CALLS, Puppet, Tamper};

use std::collections::BTreeMap;

use ed25519_dalek::{Signer as _, SigningKey};
use passerelle_envelope::testing::SeededRng;
use passerelle_envelope::{
    CardFacts, Header, Keyring, Packets, VerifiedCard, key_id, seal, sign_card,
};
use passerelle_exchange::message::{Cosignature, Entries, Parcel, WireEntry};
use passerelle_exchange::{journal_origin, witness_name};
use passerelle_journal::{
    Checkpoint, Commitment, EnvelopeHash, Evidence, Frontier, Hash, KeyName, LogSigner, Salt,
    SignedCheckpoint, WitnessSigner, WitnessState, merkle,
};
use passerelle_model::{ChannelId, Digest, KeyId, Lang, PartyId, Record, UtcTime};
use passerelle_service::Error;
use rand_core::Rng as _;

/// Content type of signed records.
pub const RECORD: &str = "application/passerelle-record+cbor";
/// Content type of signed statement heads.
pub const STATEMENTS: &str = "application/passerelle-statements+cbor";
/// Content type of signed cards.
pub const CARD: &str = "application/passerelle-card+cbor";

/// Content type of signed access policies.
pub const POLICY: &str = "application/passerelle-access-policy+cbor";

/// A party played by hand.
pub struct Actor {
    /// Who it is.
    pub party: PartyId,
    /// Its real keys.
    pub keyring: Keyring,
    /// Its real card.
    pub card: VerifiedCard,
    /// Seed of its root key, for signatures that no honest code makes.
    pub root_seed: [u8; 32],
    /// Seed of its record key.
    pub record_seed: [u8; 32],
    /// Its randomness.
    pub rng: SeededRng,
    /// Its journals.
    pub books: BTreeMap<ChannelId, Book>,
    packets: Packets,
}

impl Actor {
    /// A party whose keys follow from `seed`; its card is issued at `now` for 700 days.
    pub fn new(party: &str, seed: u64, now: UtcTime) -> Result<Self, Error> {
        let party: PartyId = party.parse()?;
        let keyring = keyring(seed)?;
        let card = sign_card(&keyring.card(facts(&party, now)?)?, keyring.root())?;
        // The ring draws its root key first and its record key second.
        let (mut again, mut root_seed, mut record_seed) = (SeededRng::new(seed), [0; 32], [0; 32]);
        again.fill_bytes(&mut root_seed);
        again.fill_bytes(&mut record_seed);
        Ok(Self {
            party,
            keyring,
            card,
            root_seed,
            record_seed,
            rng: SeededRng::new(seed + 9_000),
            books: BTreeMap::new(),
            packets: Packets::new(),
        })
    }

    /// Its journal in a channel, as it tells it.
    pub fn book(&mut self, channel: &ChannelId) -> Result<&mut Book, Error> {
        let held = match self.books.remove(channel) {
            Some(held) => held,
            None => Book::new(channel, &self.party, *self.keyring.journal().seed())?,
        };
        Ok(self.books.entry(channel.clone()).or_insert(held))
    }

    /// A record signed with its record key, whatever stands in it.
    pub fn signed(&self, record: &Record) -> Vec<u8> {
        cose(RECORD, &self.record_seed, &record.to_bytes())
    }

    /// Any content sealed under any header.
    pub fn sealed(
        &mut self,
        header: &Header,
        content: &[u8],
        cards: &[&VerifiedCard],
    ) -> Result<Vec<u8>, Error> {
        Ok(seal(header, content, cards, &mut self.packets, &mut self.rng)?.bytes)
    }

    /// Appends an envelope to one of its journals under a fresh salt.
    pub fn write(&mut self, channel: &ChannelId, envelope: Vec<u8>) -> Result<(), Error> {
        let salt = Salt::generate(&mut self.rng);
        self.book(channel)?.entries.push(entry(&salt, envelope));
        Ok(())
    }

    /// Its co-signature on any head of any log: nothing asks whether it ever saw one.
    pub fn cosign(&self, head: &Checkpoint, time_s: u64) -> Result<Cosignature, Error> {
        cosign_as(&self.party, self.keyring.witness().seed(), head, time_s)
    }
}

/// A journal that its keeper may tell differently to everyone.
#[derive(Clone)]
pub struct Book {
    /// Origin line.
    pub origin: KeyName,
    /// The channel.
    pub channel: ChannelId,
    /// Every entry.
    pub entries: Vec<WireEntry>,
    /// Entries that the honest node took.
    pub taken: u64,
    seed: [u8; 32],
}

impl Book {
    fn new(channel: &ChannelId, party: &PartyId, seed: [u8; 32]) -> Result<Self, Error> {
        let origin = journal_origin(channel, party)?;
        Ok(Self {
            origin,
            channel: channel.clone(),
            entries: Vec::new(),
            taken: 0,
            seed,
        })
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Its root at a size.
    pub fn root(&self, size: u64) -> Result<Hash, Error> {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let leaves = self.entries.iter().take(size);
        let hashes = leaves.map(|entry| merkle::leaf_hash(entry.commitment.as_bytes()));
        Ok(Frontier::from_leaves(hashes)?.root())
    }

    /// A checkpoint of any size and root, signed with the real key.
    pub fn note(&self, size: u64, root: Hash) -> Result<String, Error> {
        let signer = LogSigner::from_seed(self.origin.clone(), &self.seed);
        Ok(Checkpoint::new(self.origin.clone(), size, root)?
            .sign(&signer)?
            .to_string())
    }

    /// Everything from `start`, with the true checkpoint of the end.
    pub fn batch(&self, start: u64) -> Result<Entries, Error> {
        let skip = usize::try_from(start).unwrap_or(usize::MAX);
        Ok(Entries {
            channel: self.channel.clone(),
            start,
            entries: self.entries.iter().skip(skip).cloned().collect(),
            checkpoint: self.note(self.size(), self.root(self.size())?)?,
            cosignature: None,
        })
    }

    /// What the honest node does not have yet.
    pub fn fresh(&self) -> Result<Entries, Error> {
        self.batch(self.taken)
    }
}

/// The keys that follow from a seed.
pub fn keyring(seed: u64) -> Result<Keyring, Error> {
    Ok(Keyring::generate(
        &["liaison".parse()?],
        &mut SeededRng::new(seed),
    )?)
}

/// What a card says beside its keys.
pub fn facts(party: &PartyId, now: UtcTime) -> Result<CardFacts, Error> {
    let names = |text: &str| {
        passerelle_model::Names::new([(Lang::Fr, text.parse()?)].into_iter().collect())
    };
    let units = [("liaison", "Liaison"), ("node", "Nœud")];
    let units = units
        .into_iter()
        .map(|(unit, name)| Ok((unit.parse()?, names(name)?)));
    Ok(CardFacts {
        party: party.clone(),
        number: 1,
        names: names("Ministère")?,
        country: "MA".parse()?,
        units: units.collect::<Result<_, passerelle_model::Error>>()?,
        address: Some("127.0.0.1:1".parse()?),
        issued: now,
        expires: now.day().plus_days(700).start(),
    })
}

/// An entry that commits to `envelope`.
pub fn entry(salt: &Salt, envelope: Vec<u8>) -> WireEntry {
    let commitment = Commitment::new(salt, &EnvelopeHash::of(&envelope));
    let parcel = Parcel {
        salt: Digest::new(*salt.as_bytes()),
        envelope,
    };
    WireEntry {
        commitment: Digest::new(*commitment.as_bytes()),
        parcel: Some(parcel),
    }
}

/// A co-signature of `party` made with any key.
pub fn cosign_as(
    party: &PartyId,
    seed: &[u8; 32],
    head: &Checkpoint,
    time_s: u64,
) -> Result<Cosignature, Error> {
    // A co-signature covers the text of the head, not its signature: any key will do for that.
    let log = LogSigner::from_seed(head.origin().clone(), &[1; 32]);
    let signed: SignedCheckpoint = head.sign(&log)?;
    let evidence = Evidence::Proof {
        old: 0,
        hashes: &[],
    };
    let fresh = WitnessState::fresh(head.origin().clone());
    let accepted = fresh.advance(&signed.verify(log.key())?, evidence);
    let accepted = accepted.map_err(passerelle_exchange::Error::Witness)?;
    let signer = WitnessSigner::from_seed(witness_name(party)?, seed);
    let line = signer.cosign(accepted.persisted(), time_s)?.to_string();
    Ok(Cosignature {
        size: head.size(),
        line,
    })
}

/// COSE_Sign1 in the form of the protocol, over any bytes, by the key of `seed`.
pub fn cose(content_type: &str, seed: &[u8; 32], payload: &[u8]) -> Vec<u8> {
    let key = SigningKey::from_bytes(seed);
    cose_named(
        content_type,
        seed,
        key_id(key.verifying_key().as_bytes()),
        payload,
    )
}

/// As [`cose`], naming any key as the one that signed.
pub fn cose_named(content_type: &str, seed: &[u8; 32], named: KeyId, payload: &[u8]) -> Vec<u8> {
    let mut protected = vec![0xa3, 0x01, 0x32, 0x03];
    item(&mut protected, 3, content_type.as_bytes());
    protected.push(0x04);
    item(&mut protected, 2, named.as_bytes());
    let mut message = vec![0x84];
    for (major, bytes) in [
        (3, &b"Signature1"[..]),
        (2, &protected),
        (2, b""),
        (2, payload),
    ] {
        item(&mut message, major, bytes);
    }
    let signature = SigningKey::from_bytes(seed).sign(&message).to_bytes();
    let mut out = vec![0xd2, 0x84];
    item(&mut out, 2, &protected);
    out.push(0xa0);
    item(&mut out, 2, payload);
    item(&mut out, 2, &signature);
    out
}

/// A CBOR string of one major type (2 bytes, 3 text).
pub fn item(out: &mut Vec<u8>, major: u8, bytes: &[u8]) {
    head(out, major, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// The head of a CBOR item in its shortest form (RFC 8949 §3).
pub fn head(out: &mut Vec<u8>, major: u8, value: u64) {
    let bytes = value.to_be_bytes();
    let (info, used) = match value {
        0..=23 => (bytes[7], 0),
        24..=0xff => (24, 1),
        0x100..=0xffff => (25, 2),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 8),
    };
    out.push(major << 5 | info);
    out.extend(bytes.iter().skip(8 - used));
}

#[cfg(test)]
mod tests {
    use passerelle_envelope::testing::{SAMPLE_TIME, sample_party};
    use passerelle_envelope::{sign_record, verify_record};

    use super::*;

    /// What is signed by hand is, byte for byte, what honest code signs.
    #[test]
    fn mallory_has_the_real_keys() {
        let actor = Actor::new("ma.interior", 5, SAMPLE_TIME).unwrap();
        let mut record = sample_party("ma.interior", 1).sample_record(1, &["be.interior/liaison"]);
        record.subject = "Objet".parse().unwrap();
        let honest = sign_record(record.clone(), actor.keyring.record()).unwrap();
        assert_eq!(actor.signed(&record), honest.bytes());
        assert!(verify_record(honest.bytes(), &[&actor.card]).is_ok());
        let again = cose(CARD, &actor.root_seed, &actor.card.content().to_bytes());
        assert_eq!(again, actor.card.bytes());
    }
}
