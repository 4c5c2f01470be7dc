//! The secrets of one party.
//!
//! Each signing role is a type of its own, so that a record is never signed with the key
//! that signs cards. Everything here wipes itself when dropped, and `Debug` shows roles and
//! key identifiers only.

mod key_file;
mod keyring;
mod locked;
mod plain;
mod roles;
mod unit;

pub use key_file::{format_key_file, parse_key_file};
pub use keyring::{CardFacts, Keyring, MAX_RETIRED_KEYS};
pub(crate) use locked::Lock;
pub use locked::{
    KdfCost, LockedKeyring, MAX_KDF_LANES, MAX_KDF_MEMORY_KIB, MAX_KDF_PASSES, MAX_KEYRING_BYTES,
    Unlock,
};
pub use roles::{JournalKey, RecordKey, RootKey, TlsKey, WitnessKey};
pub(crate) use roles::{Sign, random};
pub(crate) use unit::PublicKey;
pub use unit::UnitSecret;

use passerelle_model::KeyId;
use sha2::{Digest as _, Sha256};

/// The first eight bytes of the SHA-256 of a public key.
pub fn key_id(public: &[u8]) -> KeyId {
    let hash: [u8; 32] = Sha256::digest(public).into();
    KeyId::new(hash.first_chunk().copied().unwrap_or_default())
}
