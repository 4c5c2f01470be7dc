//! For tests of this and other crates: randomness that is the same in every run, and parties
//! with keys and cards. Never for real keys.

use std::collections::BTreeMap;
use std::convert::Infallible;

use passerelle_model::{
    AgreementHash, Author, Evaluation, Handling, InformationGrade, Kind, Lang, Markings, Names,
    Pap, PartyId, Record, RecordId, SourceGrade, Tlp, UnitId, UtcTime,
};
use rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest as _, Sha256};

use crate::card::{VerifiedCard, sign_card};
use crate::keys::{CardFacts, Keyring};

/// 2024-04-15T20:00:00Z: sample cards are in force, sample records are written.
pub const SAMPLE_TIME: UtcTime = UtcTime::from_millis(1_713_211_200_000);

/// Units of every sample party, beside `node`.
pub const SAMPLE_UNITS: [&str; 2] = ["liaison", "police"];

const YEAR: u64 = 365 * 86_400_000;

/// SHA-256 of seed and counter. The same seed gives the same bytes.
#[derive(Debug, Clone)]
pub struct SeededRng {
    seed: u64,
    count: u64,
}

impl SeededRng {
    /// From any number.
    pub fn new(seed: u64) -> Self {
        Self { seed, count: 0 }
    }
}

impl TryRng for SeededRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for piece in out.chunks_mut(32) {
            self.count += 1;
            let block = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(self.count.to_be_bytes())
                .finalize();
            piece
                .iter_mut()
                .zip(block)
                .for_each(|(to, from)| *to = from);
        }
        Ok(())
    }
}

impl TryCryptoRng for SeededRng {}

/// A party with keys and a card that names [`SAMPLE_UNITS`] and `node`.
#[derive(Debug)]
pub struct SampleParty {
    /// Its identifier.
    pub party: PartyId,
    /// Its secrets.
    pub keyring: Keyring,
    /// Its card: issued a day before [`SAMPLE_TIME`], for two years.
    pub card: VerifiedCard,
}

/// A party such as `ma.interior`; the same seed gives the same keys.
pub fn sample_party(party: &str, seed: u64) -> SampleParty {
    let mut rng = SeededRng::new(seed);
    let units: Vec<UnitId> = SAMPLE_UNITS.iter().copied().map(parsed).collect();
    let party: PartyId = parsed(party);
    let keyring = done(Keyring::generate(&units, &mut rng));
    let card = sample_card(&party, &keyring, 1);
    SampleParty {
        party,
        keyring,
        card,
    }
}

impl SampleParty {
    /// Replaces its record, witness and unit keys and its card by newer ones.
    pub fn rotate(&mut self, rng: &mut SeededRng) {
        done(self.keyring.rotate(rng));
        let number = self.card.content().number + 1;
        self.card = sample_card(&self.party, &self.keyring, number);
    }

    /// A notice to `to` (such as `be.interior/police`), in sorted order.
    pub fn sample_record(&self, number: u8, to: &[&str]) -> Record {
        Record {
            id: RecordId::from_parts(SAMPLE_TIME.millis(), [number; 10]),
            channel: parsed("ma-be-security"),
            agreement: AgreementHash::new([1; 32]),
            from: self.party.clone(),
            author: Author {
                officer: parsed("o-17"),
                unit: parsed("liaison"),
                function: parsed("officier de liaison"),
            },
            kind: Kind::Notice,
            time: SAMPLE_TIME,
            purpose: parsed("terrorism"),
            basis: parsed("convention-2014"),
            class: parsed("case-data"),
            offences: vec![],
            particulars: None,
            asking: None,
            permission: None,
            markings: Markings {
                tlp: Tlp::Amber,
                pap: Pap::Green,
                handling: Handling::H1,
                caveats: vec![],
            },
            evaluation: Evaluation {
                source: SourceGrade::B,
                information: InformationGrade::Two,
            },
            review: SAMPLE_TIME.day().plus_days(300),
            erasure: SAMPLE_TIME.day().plus_days(900),
            to: to.iter().copied().map(parsed).collect(),
            references: vec![],
            urgency: None,
            reason: None,
            lang: Lang::Fr,
            subject: parsed("Véhicule signalé"),
            text: Some(parsed("Pour information.")),
            data: None,
            attachments: vec![],
        }
    }
}

/// A card of any keyring, with units named after their identifiers.
pub fn sample_card(party: &PartyId, keyring: &Keyring, number: u64) -> VerifiedCard {
    let named = |text: &str| done(Names::new(BTreeMap::from([(Lang::En, parsed(text))])));
    let facts = CardFacts {
        party: party.clone(),
        number,
        names: named(party.as_str()),
        country: parsed("MA"),
        units: keyring
            .units()
            .map(|(unit, _)| (unit.clone(), named(unit.as_str())))
            .collect(),
        address: Some(parsed("127.0.0.1:8601")),
        issued: UtcTime::from_millis(SAMPLE_TIME.millis() - 86_400_000),
        expires: SAMPLE_TIME.plus_millis(2 * YEAR),
    };
    done(sign_card(&done(keyring.card(facts)), keyring.root()))
}

fn parsed<T: std::str::FromStr<Err = passerelle_model::Error>>(text: &str) -> T {
    done(text.parse())
}

#[expect(
    clippy::panic,
    reason = "a wrong sample is a fault of the test that asks for it"
)]
fn done<T, E: std::fmt::Display>(outcome: Result<T, E>) -> T {
    match outcome {
        Ok(value) => value,
        Err(error) => panic!("sample: {error}"),
    }
}
