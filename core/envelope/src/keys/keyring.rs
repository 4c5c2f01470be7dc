//! All secrets of one party.

use std::collections::BTreeMap;

use passerelle_model::{
    Address, CardContent, Country, KeyId, MAX_UNITS, NODE_UNIT, Names, PartyId, UnitId, UnitKey,
    UtcTime,
};
use rand_core::CryptoRng;

use super::{JournalKey, RecordKey, RootKey, TlsKey, UnitSecret, WitnessKey};
use crate::{Error, StoreKey};

/// Most retired unit keys that are kept. Content keys are wrapped at rest by the store key,
/// so a retired unit key is needed only for envelopes that were never opened.
pub const MAX_RETIRED_KEYS: usize = 1024;

/// All secrets of one party: five signing keys, the store key, one X-Wing key per unit, and
/// the unit keys that newer ones replaced.
pub struct Keyring {
    pub(super) root: RootKey,
    pub(super) record: RecordKey,
    pub(super) journal: JournalKey,
    pub(super) witness: WitnessKey,
    pub(super) tls: TlsKey,
    pub(super) store: StoreKey,
    pub(super) units: BTreeMap<UnitId, UnitSecret>,
    pub(super) retired: Vec<(UnitId, UnitSecret)>,
}

/// What a card says beside the keys.
#[derive(Debug, Clone)]
pub struct CardFacts {
    /// The party.
    pub party: PartyId,
    /// 1 for the first card, then strictly higher.
    pub number: u64,
    /// Names of the party.
    pub names: Names,
    /// Its country.
    pub country: Country,
    /// Names of each unit of the keyring, [`NODE_UNIT`] included.
    pub units: BTreeMap<UnitId, Names>,
    /// Where partners reach its node.
    pub address: Option<Address>,
    /// From when.
    pub issued: UtcTime,
    /// Until when.
    pub expires: UtcTime,
}

impl Keyring {
    /// New random keys for `units` and for [`NODE_UNIT`], which every node has. `E_KEYRING`
    /// for more than [`MAX_UNITS`] units.
    pub fn generate(units: &[UnitId], rng: &mut impl CryptoRng) -> Result<Self, Error> {
        let mut ring = Self {
            root: RootKey::generate(rng),
            record: RecordKey::generate(rng),
            journal: JournalKey::generate(rng),
            witness: WitnessKey::generate(rng),
            tls: TlsKey::generate(rng),
            store: StoreKey::generate(rng),
            units: BTreeMap::new(),
            retired: Vec::new(),
        };
        ring.add_unit(NODE_UNIT.parse()?, rng)?;
        for unit in units.iter().filter(|unit| unit.as_str() != NODE_UNIT) {
            ring.add_unit(unit.clone(), rng)?;
        }
        Ok(ring)
    }

    /// A key for one more unit. `E_KEYRING` where the unit has one, or there are
    /// [`MAX_UNITS`].
    pub fn add_unit(&mut self, unit: UnitId, rng: &mut impl CryptoRng) -> Result<(), Error> {
        if self.units.contains_key(&unit) {
            return Err(Error::Keyring(format!("unit \"{unit}\" has a key already")));
        }
        if self.units.len() >= MAX_UNITS {
            return Err(Error::Keyring(format!("{MAX_UNITS} units at most")));
        }
        self.units.insert(unit, UnitSecret::generate(rng)?);
        Ok(())
    }

    /// New record, witness and unit keys; publish a newer card afterwards. Replaced unit keys
    /// are kept to open older envelopes. Root, journal, TLS and store key stay: the root is
    /// what partners confirmed, the journal key is part of each log's identity, TLS keys
    /// overlap ([`Keyring::rotate_tls`]), content at rest is under the store key. `E_KEYRING`,
    /// and no change, where more than [`MAX_RETIRED_KEYS`] would be kept.
    pub fn rotate(&mut self, rng: &mut impl CryptoRng) -> Result<(), Error> {
        if self.retired.len() + self.units.len() > MAX_RETIRED_KEYS {
            return Err(Error::Keyring(
                "too many retired keys: forget some first".into(),
            ));
        }
        let mut fresh = BTreeMap::new();
        for unit in self.units.keys() {
            fresh.insert(unit.clone(), UnitSecret::generate(rng)?);
        }
        self.record = RecordKey::generate(rng);
        self.witness = WitnessKey::generate(rng);
        self.retired
            .extend(std::mem::replace(&mut self.units, fresh));
        Ok(())
    }

    /// A new TLS key; gives back the old one, which stays on the card beside the new one
    /// until every partner has that card.
    pub fn rotate_tls(&mut self, rng: &mut impl CryptoRng) -> TlsKey {
        std::mem::replace(&mut self.tls, TlsKey::generate(rng))
    }

    /// Destroys a retired unit key: envelopes sealed to it and never opened stay closed for
    /// good. `false` where no retired key has that identifier.
    pub fn forget(&mut self, key: KeyId) -> bool {
        let before = self.retired.len();
        self.retired.retain(|(_, secret)| secret.key_id() != key);
        self.retired.len() < before
    }

    /// The root key.
    pub fn root(&self) -> &RootKey {
        &self.root
    }

    /// The key of records and statements.
    pub fn record(&self) -> &RecordKey {
        &self.record
    }

    /// The key of the journals.
    pub fn journal(&self) -> &JournalKey {
        &self.journal
    }

    /// The key of co-signatures.
    pub fn witness(&self) -> &WitnessKey {
        &self.witness
    }

    /// The key of TLS.
    pub fn tls(&self) -> &TlsKey {
        &self.tls
    }

    /// The key of content at rest.
    pub fn store(&self) -> &StoreKey {
        &self.store
    }

    /// Units and their present keys, sorted.
    pub fn units(&self) -> impl Iterator<Item = (&UnitId, &UnitSecret)> {
        self.units.iter()
    }

    /// Units and their replaced keys, oldest first.
    pub fn retired(&self) -> impl Iterator<Item = (&UnitId, &UnitSecret)> {
        self.retired.iter().map(|(unit, secret)| (unit, secret))
    }

    /// The content of a card with the present public keys. `E_KEYRING` where a unit has no
    /// name in `facts`; the model's codes where the card would be out of shape.
    pub fn card(&self, facts: CardFacts) -> Result<CardContent, Error> {
        let units = self.units.iter().map(|(unit, secret)| {
            let names = facts.units.get(unit).cloned();
            let names =
                names.ok_or_else(|| Error::Keyring(format!("unit \"{unit}\" has no name")))?;
            Ok(UnitKey {
                unit: unit.clone(),
                names,
                key: secret.public().clone(),
            })
        });
        let content = CardContent {
            units: units.collect::<Result<_, Error>>()?,
            party: facts.party,
            number: facts.number,
            names: facts.names,
            country: facts.country,
            root: self.root.verifying(),
            record_key: self.record.verifying(),
            journal_key: self.journal.verifying(),
            witness_key: self.witness.verifying(),
            tls_keys: vec![self.tls.verifying()],
            address: facts.address,
            issued: facts.issued,
            expires: facts.expires,
        };
        content.check()?;
        Ok(content)
    }

    /// The key, present or retired, to which an envelope for `unit` names `key`.
    pub(crate) fn unit_secret(&self, unit: &UnitId, key: KeyId) -> Option<&UnitSecret> {
        let retired = self
            .retired()
            .filter(|(held, _)| *held == unit)
            .map(|(_, secret)| secret);
        self.units
            .get(unit)
            .into_iter()
            .chain(retired)
            .find(|secret| secret.key_id() == key)
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring")
            .field("root", &self.root)
            .field("record", &self.record)
            .field("journal", &self.journal)
            .field("witness", &self.witness)
            .field("tls", &self.tls)
            .field("store", &self.store)
            .field("units", &self.units)
            .field("retired", &self.retired)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::roles::Secret as _;
    use super::*;
    use crate::testing::SeededRng;

    fn ring() -> Keyring {
        let units = ["police".parse().unwrap(), "node".parse().unwrap()];
        Keyring::generate(&units, &mut SeededRng::new(1)).unwrap()
    }

    #[test]
    fn every_keyring_has_the_node_unit_once() {
        let units: Vec<_> = ring().units().map(|(unit, _)| unit.to_string()).collect();
        assert_eq!(units, ["node", "police"]);
    }

    #[test]
    fn rotation_keeps_what_is_the_partys_identity() {
        let (before, mut after) = (ring(), ring());
        after.rotate(&mut SeededRng::new(2)).unwrap();
        assert_eq!(after.root().verifying(), before.root().verifying());
        assert_eq!(after.journal().verifying(), before.journal().verifying());
        assert_eq!(after.tls().verifying(), before.tls().verifying());
        assert_ne!(after.record().verifying(), before.record().verifying());
        assert_ne!(after.witness().verifying(), before.witness().verifying());
        for (unit, secret) in before.units() {
            assert_eq!(
                after.unit_secret(unit, secret.key_id()).unwrap().seed(),
                secret.seed()
            );
        }
        assert_eq!(after.retired().count(), 2);
    }

    #[test]
    fn a_forgotten_key_is_gone() {
        let mut ring = ring();
        let police: UnitId = "police".parse().unwrap();
        let old = ring.units.get(&police).unwrap().key_id();
        assert!(!ring.forget(old), "a present key is not forgotten");
        ring.rotate(&mut SeededRng::new(2)).unwrap();
        assert!(ring.forget(old));
        assert!(ring.unit_secret(&police, old).is_none());
    }

    #[test]
    fn a_units_key_does_not_open_for_another_unit() {
        let ring = ring();
        let police = ring.units.get(&"police".parse().unwrap()).unwrap().key_id();
        assert!(ring.unit_secret(&"node".parse().unwrap(), police).is_none());
    }

    #[test]
    fn units_are_added_once_and_up_to_the_limit() {
        let mut ring = ring();
        let mut rng = SeededRng::new(3);
        let again = ring.add_unit("police".parse().unwrap(), &mut rng);
        assert_eq!(again.unwrap_err().code(), "E_KEYRING");
        for n in 2..MAX_UNITS {
            ring.add_unit(format!("u{n}").parse().unwrap(), &mut rng)
                .unwrap();
        }
        let one_more = ring.add_unit("z".parse().unwrap(), &mut rng);
        assert_eq!(one_more.unwrap_err().code(), "E_KEYRING");
    }

    #[test]
    fn retired_keys_have_a_limit() {
        let mut ring = ring();
        let (unit, secret) = ring.units.pop_first().unwrap();
        ring.retired = vec![(unit, secret); MAX_RETIRED_KEYS];
        let record = ring.record().verifying();
        assert_eq!(
            ring.rotate(&mut SeededRng::new(2)).unwrap_err().code(),
            "E_KEYRING"
        );
        assert_eq!(ring.record().verifying(), record, "nothing changed");
    }

    #[test]
    fn debug_shows_no_secret() {
        let mut ring = ring();
        ring.rotate(&mut SeededRng::new(2)).unwrap();
        let shown = format!("{ring:?} {ring:#?}");
        let secrets = [
            ring.root.secret(),
            ring.record.secret(),
            ring.journal.secret(),
            ring.witness.secret(),
            ring.tls.secret(),
            ring.store.secret(),
        ];
        let seeds = ring
            .units()
            .chain(ring.retired())
            .map(|(_, secret)| secret.seed());
        for secret in secrets.into_iter().chain(seeds) {
            let start = secret.first_chunk::<4>().unwrap();
            let hex = passerelle_model::hex::encode(start);
            let list = start.map(|byte| byte.to_string()).join(", ");
            assert!(!shown.contains(&hex) && !shown.contains(&list), "{shown}");
        }
    }
}
