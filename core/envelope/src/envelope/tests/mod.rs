//! What must open, what must not, and what must not be believed.

use passerelle_model::{AgreementHash, Record};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::wire::{Wire, Wrap};
use super::*;
use crate::testing::{SampleParty, SeededRng, sample_party};
use crate::{ContentKey, VerifiedCard, sign_record};

mod statements;

struct World {
    rabat: SampleParty,
    brussels: SampleParty,
    hague: SampleParty,
    rng: SeededRng,
    packets: Packets,
}

impl World {
    fn new() -> Self {
        Self {
            rabat: sample_party("ma.interior", 1),
            brussels: sample_party("be.interior", 2),
            hague: sample_party("nl.politie", 3),
            rng: SeededRng::new(4),
            packets: Packets::new(),
        }
    }

    fn record(&self) -> Record {
        self.rabat.sample_record(1, &["be.interior/police"])
    }

    /// Seals what Rabat signed.
    fn sealed(&mut self, record: Record) -> Sealed {
        let signed = sign_record(record, self.rabat.keyring.record()).unwrap();
        let cards = [&self.brussels.card, &self.hague.card];
        seal_record(&signed, &cards, &mut self.packets, &mut self.rng).unwrap()
    }

    fn sealed_sample(&mut self) -> Sealed {
        self.sealed(self.record())
    }

    /// Seals any bytes under any header, as a party that does not keep to the rules could.
    fn sealed_as(&mut self, header: &Header, content: &[u8]) -> Envelope {
        let cards = [&self.rabat.card, &self.brussels.card, &self.hague.card];
        let sealed = seal(header, content, &cards, &mut self.packets, &mut self.rng).unwrap();
        Envelope::parse(&sealed.bytes).unwrap()
    }
}

fn opened(bytes: &[u8], party: &SampleParty) -> Result<Opened, Error> {
    open(
        &Envelope::parse(bytes)?,
        &party.party,
        &party.keyring,
        &mut OpenedPackets::new(),
    )
}

fn verified(bytes: &[u8], party: &SampleParty, card: &VerifiedCard) -> Result<Record, Error> {
    opened(bytes, party)?
        .verified_record(&[card])
        .map(crate::VerifiedRecord::into_record)
}

#[test]
fn a_record_reaches_its_unit() {
    let mut world = World::new();
    let sealed = world.sealed_sample();
    assert_eq!(
        sealed.hash.as_bytes()[..],
        Sha256::digest(&sealed.bytes)[..]
    );
    assert_eq!(Envelope::parse(&sealed.bytes).unwrap().hash(), sealed.hash);
    let record = verified(&sealed.bytes, &world.brussels, &world.rabat.card).unwrap();
    assert_eq!(record, world.record());
}

#[test]
fn the_content_key_opens_it_again() {
    let mut world = World::new();
    let sealed = world.sealed_sample();
    let envelope = Envelope::parse(&sealed.bytes).unwrap();
    let theirs = opened(&sealed.bytes, &world.brussels).unwrap();
    for key in [&sealed.content_key, theirs.content_key()] {
        assert_eq!(
            open_with(&envelope, key).unwrap().content(),
            theirs.content()
        );
    }
    let other = ContentKey::generate(&mut world.rng);
    assert_eq!(open_with(&envelope, &other).unwrap_err().code(), "E_OPEN");
}

#[test]
fn only_recipients_open_it() {
    let mut world = World::new();
    let sealed = world.sealed_sample();
    for party in [&world.hague, &world.rabat] {
        assert_eq!(
            opened(&sealed.bytes, party).unwrap_err().code(),
            "E_NOT_FOR_US"
        );
    }
    let impostor = sample_party("be.interior", 9);
    assert_eq!(
        opened(&sealed.bytes, &impostor).unwrap_err().code(),
        "E_UNKNOWN_KEY"
    );
}

#[test]
fn several_units_open_one_envelope() {
    let mut world = World::new();
    let to = [
        "be.interior/liaison",
        "be.interior/police",
        "nl.politie/police",
    ];
    let sealed = world.sealed(world.rabat.sample_record(1, &to));
    for party in [&world.brussels, &world.hague] {
        assert!(verified(&sealed.bytes, party, &world.rabat.card).is_ok());
    }
}

#[test]
fn a_spoilt_wrap_of_one_unit_leaves_the_others() {
    let mut world = World::new();
    let to = ["be.interior/liaison", "be.interior/police"];
    let sealed = world.sealed(world.rabat.sample_record(1, &to));
    let mut wire = wire(&sealed.bytes);
    wire.wraps[0].wrapped[0] ^= 1;
    assert!(verified(&encoded(&wire), &world.brussels, &world.rabat.card).is_ok());
    wire.wraps[1].wrapped[0] ^= 1;
    assert_eq!(
        opened(&encoded(&wire), &world.brussels).unwrap_err().code(),
        "E_OPEN"
    );
}

/// A regression guard for the whole format: each single altered byte counts.
#[test]
fn every_altered_byte_is_refused() {
    let mut world = World::new();
    let bytes = world.sealed_sample().bytes;
    let mut packets = OpenedPackets::new();
    for position in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[position] ^= 1;
        let outcome = Envelope::parse(&altered).and_then(|envelope| {
            let us = &world.brussels;
            let opened = open(&envelope, &us.party, &us.keyring, &mut packets)?;
            opened.verified_record(&[&world.rabat.card])
        });
        assert!(outcome.is_err(), "byte {position}");
    }
}

#[test]
fn a_recipient_cannot_pass_a_record_on_as_if_meant_for_others() {
    let mut world = World::new();
    let sealed = world.sealed_sample();
    let opened = opened(&sealed.bytes, &world.brussels).unwrap();
    let hague = vec!["nl.politie/police".parse().unwrap()];
    let lies = [
        Header {
            to: hague.clone(),
            ..opened.header().clone()
        },
        Header {
            to: hague.clone(),
            from: world.brussels.party.clone(),
            ..opened.header().clone()
        },
    ];
    for header in lies {
        let envelope = world.sealed_as(&header, opened.content());
        let us = &world.hague;
        let read = open(&envelope, &us.party, &us.keyring, &mut OpenedPackets::new()).unwrap();
        let cards = [&world.rabat.card, &world.brussels.card];
        assert_eq!(
            read.verified_record(&cards).unwrap_err().code(),
            "E_FORWARDED"
        );
    }
    let same_header = world.sealed_as(opened.header(), opened.content());
    let us = &world.hague;
    let refused = open(
        &same_header,
        &us.party,
        &us.keyring,
        &mut OpenedPackets::new(),
    );
    assert_eq!(refused.unwrap_err().code(), "E_NOT_FOR_US");
}

#[test]
fn a_recipient_cannot_change_what_it_passes_on() {
    let mut world = World::new();
    let hague = ["nl.politie/police"];
    let altered = world.rabat.sample_record(1, &hague);
    let signed = sign_record(altered, world.brussels.keyring.record()).unwrap();
    let envelope = world.sealed_as(&Header::of_record(signed.record()), signed.bytes());
    let us = &world.hague;
    let read = open(&envelope, &us.party, &us.keyring, &mut OpenedPackets::new()).unwrap();
    let both = [&world.brussels.card, &world.rabat.card];
    assert_eq!(
        read.verified_record(&both).unwrap_err().code(),
        "E_SIGNATURE"
    );
    let theirs = [&world.rabat.card];
    assert_eq!(
        read.verified_record(&theirs).unwrap_err().code(),
        "E_UNKNOWN_KEY"
    );
}

#[test]
fn a_record_is_not_replayed_into_another_place() {
    let mut world = World::new();
    let sealed = world.sealed_sample();
    let opened = opened(&sealed.bytes, &world.brussels).unwrap();
    let header = opened.header().clone();
    let places = [
        Header {
            agreement: AgreementHash::new([2; 32]),
            ..header.clone()
        },
        Header {
            channel: "ma-be-health".parse().unwrap(),
            ..header.clone()
        },
        Header {
            from: world.hague.party.clone(),
            ..header.clone()
        },
        Header {
            what: What::Statements,
            ..header
        },
    ];
    for header in places {
        let envelope = world.sealed_as(&header, opened.content());
        let us = &world.brussels;
        let read = open(&envelope, &us.party, &us.keyring, &mut OpenedPackets::new()).unwrap();
        let refused = read.verified_record(&[&world.rabat.card]).unwrap_err();
        assert_eq!(refused.code(), "E_FORWARDED", "{header:?}");
    }
}

#[test]
fn wraps_do_not_fit_another_envelope() {
    let mut world = World::new();
    let (one, two) = (world.sealed_sample(), world.sealed_sample());
    let (mut first, second) = (wire(&one.bytes), wire(&two.bytes));
    assert_eq!(
        first.wraps[0].packet, second.wraps[0].packet,
        "one packet serves a batch"
    );
    first.wraps = second.wraps;
    assert_eq!(
        opened(&encoded(&first), &world.brussels)
            .unwrap_err()
            .code(),
        "E_OPEN"
    );
}

#[test]
fn old_envelopes_open_after_a_rotation_and_new_ones_too() {
    let mut world = World::new();
    let (old, old_card) = (world.sealed_sample(), world.rabat.card.clone());
    world.rabat.rotate(&mut SeededRng::new(5));
    world.brussels.rotate(&mut SeededRng::new(6));
    assert!(verified(&old.bytes, &world.brussels, &old_card).is_ok());
    let unknown = verified(&old.bytes, &world.brussels, &world.rabat.card).unwrap_err();
    assert_eq!(unknown.code(), "E_UNKNOWN_KEY");
    let both = opened(&old.bytes, &world.brussels).unwrap();
    assert!(
        both.verified_record(&[&world.rabat.card, &old_card])
            .is_ok()
    );
    let new = world.sealed_sample();
    assert!(verified(&new.bytes, &world.brussels, &world.rabat.card).is_ok());
    let retired: Vec<_> = world
        .brussels
        .keyring
        .retired()
        .map(|(_, key)| key.key_id())
        .collect();
    retired
        .into_iter()
        .for_each(|key| assert!(world.brussels.keyring.forget(key)));
    assert_eq!(
        opened(&old.bytes, &world.brussels).unwrap_err().code(),
        "E_UNKNOWN_KEY"
    );
}

#[test]
fn unknown_and_empty_recipients_are_refused_before_anything_is_sealed() {
    let mut world = World::new();
    let signed = sign_record(world.record(), world.rabat.keyring.record()).unwrap();
    let mut header = Header::of_record(signed.record());
    let mut code = |header: &Header, cards: &[&VerifiedCard]| {
        let sealed = seal(header, b"", cards, &mut world.packets, &mut world.rng);
        sealed.unwrap_err().code()
    };
    assert_eq!(code(&header, &[]), "E_RECIPIENT_UNKNOWN");
    assert_eq!(code(&header, &[&world.hague.card]), "E_RECIPIENT_UNKNOWN");
    header.to = vec!["be.interior/navy".parse().unwrap()];
    assert_eq!(
        code(&header, &[&world.brussels.card]),
        "E_RECIPIENT_UNKNOWN"
    );
    header.to = vec![];
    assert_eq!(code(&header, &[&world.brussels.card]), "E_RECIPIENT_EMPTY");
    header.to = ["police", "node"]
        .map(|u| format!("be.interior/{u}").parse().unwrap())
        .into();
    assert_eq!(code(&header, &[&world.brussels.card]), "E_MALFORMED");
    header.to = (100..165)
        .map(|n| format!("be.interior/u{n}").parse().unwrap())
        .collect();
    assert_eq!(code(&header, &[&world.brussels.card]), "E_TOO_LARGE");
}

#[test]
fn the_largest_content_to_the_most_units_fits() {
    let mut world = World::new();
    let mut keyring = crate::Keyring::generate(&[], &mut world.rng).unwrap();
    for n in 1..passerelle_model::MAX_UNITS {
        keyring
            .add_unit(format!("{n:0>32}").parse().unwrap(), &mut world.rng)
            .unwrap();
    }
    let card = crate::testing::sample_card(&world.brussels.party, &keyring, 1);
    let header = Header {
        to: card
            .content()
            .units
            .iter()
            .map(|unit| recipient(&card, unit.unit.as_str()))
            .collect(),
        ..Header::of_record(&world.record())
    };
    let content = vec![0xff; MAX_CONTENT_BYTES];
    let sealed = seal(
        &header,
        &content,
        &[&card],
        &mut world.packets,
        &mut world.rng,
    )
    .unwrap();
    let envelope = Envelope::parse(&sealed.bytes).unwrap();
    let party = &world.brussels.party;
    let opened = open(&envelope, party, &keyring, &mut OpenedPackets::new()).unwrap();
    assert!(opened.content() == content);
    let more = vec![0; MAX_CONTENT_BYTES + 1];
    let refused = seal(&header, &more, &[&card], &mut world.packets, &mut world.rng);
    assert_eq!(refused.unwrap_err().code(), "E_TOO_LARGE");
}

const _: () = assert!(passerelle_model::MAX_RECORD_BYTES + 4096 < MAX_CONTENT_BYTES);
const _: () = assert!(passerelle_model::MAX_STATEMENTS_BYTES < MAX_CONTENT_BYTES);

#[test]
fn lengths_tell_little() {
    let mut world = World::new();
    let mut length = |text: &str| {
        let mut record = world.record();
        record.text = Some(text.parse().unwrap());
        world.sealed(record).bytes.len()
    };
    assert_eq!(length("oui"), length("non, pas du tout"));
}

#[test]
fn another_suite_is_named() {
    let mut world = World::new();
    let mut wire = wire(&world.sealed_sample().bytes);
    assert_eq!(wire.header[..3], [0xa6, 0x00, 0x01]);
    wire.header[2] = 2;
    assert_eq!(
        Envelope::parse(&encoded(&wire)).unwrap_err(),
        Error::Suite(2)
    );
}

#[test]
fn envelopes_out_of_shape_are_refused() {
    let mut world = World::new();
    let bytes = world.sealed_sample().bytes;
    let code = |bytes: &[u8]| Envelope::parse(bytes).unwrap_err().code();
    assert_eq!(code(&vec![0; MAX_ENVELOPE_BYTES + 1]), "E_TOO_LARGE");
    assert_eq!(code(&[&bytes[..], &[0]].concat()), "E_NOT_CANONICAL");
    assert_eq!(code(&bytes[..bytes.len() - 1]), "E_MALFORMED");
    let mut few = wire(&bytes);
    few.wraps.clear();
    assert_eq!(code(&encoded(&few)), "E_MALFORMED");
    let mut long = wire(&bytes);
    long.wraps[0].packet.push(0);
    assert_eq!(code(&encoded(&long)), "E_MALFORMED");
    for to in [
        vec![],
        vec!["x.y/b".parse().unwrap(), "x.y/a".parse().unwrap()],
    ] {
        let mut other = wire(&bytes);
        other.header = Header {
            to,
            ..Header::of_record(&world.record())
        }
        .to_bytes();
        assert!(["E_RECIPIENT_EMPTY", "E_MALFORMED"].contains(&code(&encoded(&other))));
    }
}

#[test]
fn wrong_padding_under_the_right_key_is_refused() {
    let mut world = World::new();
    let sealed = world.sealed_sample();
    let mut envelope = Envelope::parse(&sealed.bytes).unwrap();
    let mut content = vec![0; 256];
    let key = &sealed.content_key;
    crate::aead::seal(
        key.expose(),
        &crate::aead::ONCE,
        &envelope.header_hash,
        &mut content,
    )
    .unwrap();
    envelope.sealed = content;
    assert_eq!(open_with(&envelope, key).unwrap_err().code(), "E_MALFORMED");
}

/// Files of version 1 open for good: a change of format needs a new suite, not this test
/// changed.
#[test]
fn files_of_version_1_open() {
    let fixture = |hex: &str| {
        let digits: String = hex.split_ascii_whitespace().collect();
        passerelle_model::hex::decode(&digits).unwrap()
    };
    let keyring = fixture(include_str!("../../../tests/data/keyring-v1.hex"));
    let unlock = crate::Unlock::KeyFile([7; 32].into());
    let keyring = crate::LockedKeyring::parse(&keyring)
        .unwrap()
        .open(&unlock)
        .unwrap();
    let bytes = fixture(include_str!("../../../tests/data/envelope-v1.hex"));
    let envelope = Envelope::parse(&bytes).unwrap();
    let party = "be.interior".parse().unwrap();
    let opened = open(&envelope, &party, &keyring, &mut OpenedPackets::new()).unwrap();
    assert_eq!(opened.content(), b"passerelle");
    assert_eq!(opened.header().from.as_str(), "ma.interior");
}

#[test]
fn debug_shows_no_secret() {
    let mut world = World::new();
    let sealed = world.sealed_sample();
    let key = sealed.content_key.expose();
    let shown = format!(
        "{:?}",
        opened(&sealed.bytes, &world.brussels)
            .unwrap()
            .content_key()
    );
    assert!(!shown.contains(&passerelle_model::hex::encode(&key[..4])));
    let shown = format!("{sealed:?}");
    assert!(!shown.contains(&format!("{}, {}, {}", key[0], key[1], key[2])));
    let shown = format!("{:?}", opened(&sealed.bytes, &world.brussels).unwrap());
    assert!(shown.starts_with("Opened { header: Header {") && shown.ends_with("}, .. }"));
}

fn recipient(card: &VerifiedCard, unit: &str) -> passerelle_model::Recipient {
    format!("{}/{unit}", card.party()).parse().unwrap()
}

fn wire(bytes: &[u8]) -> Wire {
    passerelle_model::codec::from_canonical(bytes, MAX_ENVELOPE_BYTES).unwrap()
}

fn encoded(wire: &Wire) -> Vec<u8> {
    passerelle_model::codec::to_canonical(wire)
}

proptest! {
    #[test]
    fn no_input_panics(bytes: Vec<u8>, header: Vec<u8>, packet: Vec<u8>) {
        let _ = Envelope::parse(&bytes);
        let wrap = Wrap { key_id: passerelle_model::KeyId::new([0; 8]), packet, wrapped: [0; 48] };
        let _ = Envelope::parse(&encoded(&Wire { header, wraps: vec![wrap], sealed: bytes }));
    }
}
