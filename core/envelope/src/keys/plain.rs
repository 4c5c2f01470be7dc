//! The sealed part of a keyring file: 32-byte seeds; everything else follows from them.
//!
//! ```text
//! {0: root, 1: record, 2: journal, 3: witness, 4: tls, 5: store,
//!  6: [* [unit, seed]], 7: [* [unit, seed]] replaced, oldest first}
//! ```

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use passerelle_model::{MAX_UNITS, UnitId};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::roles::Secret as _;
use super::{
    JournalKey, Keyring, MAX_KEYRING_BYTES, MAX_RETIRED_KEYS, RecordKey, RootKey, TlsKey,
    UnitSecret, WitnessKey,
};
use crate::{Error, StoreKey};

impl Keyring {
    /// The seeds, encoded.
    pub(super) fn to_plain(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let listed = |(unit, secret): (&UnitId, &UnitSecret)| UnitSeed {
            unit: unit.clone(),
            seed: Seed(*secret.seed()),
        };
        let plain = Plain {
            root: Seed(*self.root.secret()),
            record: Seed(*self.record.secret()),
            journal: Seed(*self.journal.secret()),
            witness: Seed(*self.witness.secret()),
            tls: Seed(*self.tls.secret()),
            store: Seed(*self.store.secret()),
            units: self.units().map(listed).collect(),
            retired: self.retired().map(listed).collect(),
        };
        // Large enough from the start: a growing buffer would leave copies behind.
        let mut out = Zeroizing::new(Vec::with_capacity(MAX_KEYRING_BYTES));
        minicbor::encode(&plain, &mut *out).map_err(|_| damaged("does not encode"))?;
        Ok(out)
    }

    /// Reads what [`Keyring::to_plain`] gave. `E_KEYRING`.
    pub(super) fn from_plain(bytes: &[u8]) -> Result<Self, Error> {
        let plain: Plain = minicbor::decode(bytes).map_err(|_| damaged("is out of shape"))?;
        if plain.units.len() > MAX_UNITS || plain.retired.len() > MAX_RETIRED_KEYS {
            return Err(damaged("holds too many keys"));
        }
        let read = |listed: UnitSeed| {
            let secret = UnitSecret::from_seed(&listed.seed.0)?;
            Ok::<_, Error>((listed.unit, secret))
        };
        let retired = plain
            .retired
            .into_iter()
            .map(read)
            .collect::<Result<_, _>>()?;
        let units = plain
            .units
            .into_iter()
            .map(read)
            .collect::<Result<BTreeMap<_, _>, _>>()?;
        Ok(Self {
            root: RootKey::from_seed(&plain.root.0),
            record: RecordKey::from_seed(&plain.record.0),
            journal: JournalKey::from_seed(&plain.journal.0),
            witness: WitnessKey::from_seed(&plain.witness.0),
            tls: TlsKey::from_seed(&plain.tls.0),
            store: StoreKey::from_bytes(plain.store.0),
            units,
            retired,
        })
    }
}

/// 32 secret bytes on their way into or out of the sealed part.
#[derive(Clone, Zeroize, ZeroizeOnDrop, Encode, Decode)]
#[cbor(transparent)]
struct Seed(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

#[derive(Encode, Decode)]
#[cbor(array)]
struct UnitSeed {
    #[n(0)]
    unit: UnitId,
    #[n(1)]
    seed: Seed,
}

/// The sealed part.
#[derive(Encode, Decode)]
#[cbor(map)]
struct Plain {
    #[n(0)]
    root: Seed,
    #[n(1)]
    record: Seed,
    #[n(2)]
    journal: Seed,
    #[n(3)]
    witness: Seed,
    #[n(4)]
    tls: Seed,
    #[n(5)]
    store: Seed,
    #[n(6)]
    units: Vec<UnitSeed>,
    #[n(7)]
    retired: Vec<UnitSeed>,
}

fn damaged(why: &str) -> Error {
    Error::Keyring(why.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::SeededRng;

    #[test]
    fn more_keys_than_the_limits_are_refused() {
        let mut ring = Keyring::generate(&[], &mut SeededRng::new(1)).unwrap();
        let (unit, secret) = ring
            .units()
            .next()
            .map(|(u, s)| (u.clone(), s.clone()))
            .unwrap();
        ring.retired = vec![(unit, secret); MAX_RETIRED_KEYS + 1];
        let plain = ring.to_plain().unwrap();
        assert_eq!(Keyring::from_plain(&plain).unwrap_err().code(), "E_KEYRING");
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>) {
            let _ = Keyring::from_plain(&bytes);
        }
    }
}
