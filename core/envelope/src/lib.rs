//! Keys, cards, signatures and sealed envelopes.
//!
//! **In scope**: the secrets of a party and how they are locked; what a party publishes about
//! itself and when a newer card is taken; signing and verifying records, statements and
//! agreements (COSE_Sign1, Ed25519); sealing them to units (HPKE with X-Wing) and opening
//! them; attachments in sealed chunks; content keys at rest; the cipher and parts of a
//! backup file; content keys that a partner hands back; keys of one person under a passphrase,
//! and texts sealed to people. **Out of scope**: whether an act
//! is allowed (`passerelle-rules`), logs and receipts (`passerelle-journal`), files, clocks
//! and randomness (handed in: `now` and a `rand_core::CryptoRng`).
//!
//! The way of a record: [`sign_record`] → [`seal_record`] → bytes → [`Envelope::parse`] →
//! [`open`] → [`Opened::verified_record`]. Only the last gives a [`VerifiedRecord`], and it
//! checks signature and addressing in one step.
//!
//! Nothing here formats a secret: `Debug` of every type that holds one shows roles and key
//! identifiers only, and the memory is wiped on drop.

mod aead;
mod armour;
mod at_rest;
pub mod backup;
mod card;
pub mod chunks;
mod cose;
mod envelope;
mod error;
mod handback;
mod keys;
mod personal;
mod policy;
mod sign;
pub mod spoken;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use at_rest::{
    ContentKey, MAX_SMALL_BYTES, SealedContent, StoreKey, WRAPPED_KEY_BYTES, open_content,
    seal_content,
};
pub use card::{MAX_CARD_EARLY_MILLIS, Pinned, VerifiedCard, sign_card};
pub use envelope::{
    Envelope, Header, MAX_CONTENT_BYTES, MAX_ENVELOPE_BYTES, MAX_OPENED_PACKETS, MAX_PACKET_USES,
    Opened, OpenedPackets, OpenedStatements, Packets, SUITE, Sealed, What, open, open_with, seal,
    seal_record, seal_statements,
};
pub use error::Error;
pub use handback::{MAX_HANDED_KEYS, open_handed_back, seal_handed_back};
pub use keys::{
    CardFacts, JournalKey, KdfCost, Keyring, LockedKeyring, MAX_KDF_LANES, MAX_KDF_MEMORY_KIB,
    MAX_KDF_PASSES, MAX_KEYRING_BYTES, MAX_RETIRED_KEYS, RecordKey, RootKey, TlsKey, UnitSecret,
    Unlock, WitnessKey, format_key_file, key_id, parse_key_file,
};
pub use personal::{
    LOCK_RANDOM_BYTES, MAX_LOCKED_KEY_BYTES, MAX_PERSONAL_READERS, PersonalKey, PersonalText,
    open_personal, seal_to_people, share_personal,
};
pub use policy::{VerifiedPolicy, sign_policy, verify_policy};
pub use sign::{
    AgreementSignature, SignedRecord, VerifiedAgreementSignature, VerifiedRecord,
    VerifiedStatements, sign_agreement, sign_record, sign_statements, verify_agreement_signature,
    verify_record, verify_statements,
};
