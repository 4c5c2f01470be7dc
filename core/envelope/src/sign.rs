//! Signed objects and the proofs that they were verified.
//!
//! A `Signed…` value is ours, just signed. A `Verified…` value exists only after its
//! signature was checked against a card, so "forgot to check" does not compile.

mod agreement;

pub use agreement::{
    AgreementSignature, VerifiedAgreementSignature, sign_agreement, verify_agreement_signature,
};
use passerelle_model::{KeyId, MAX_RECORD_BYTES, PartyId, Record, StatementsHead, VerifyingKey};

use crate::Error;
use crate::card::VerifiedCard;
use crate::cose::{self, Unverified};
use crate::keys::{RecordKey, key_id};

const RECORD: &str = "application/passerelle-record+cbor";
const STATEMENTS: &str = "application/passerelle-statements+cbor";

/// Largest signed statements head, in bytes.
const MAX_HEAD_BYTES: usize = 1024;

/// Our own record with its signature. `Debug` shows its identifier only: the signed bytes
/// hold the keys of attachments.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRecord {
    record: Record,
    bytes: Vec<u8>,
}

/// Signs a record after checking its shape (the model's codes).
pub fn sign_record(record: Record, key: &RecordKey) -> Result<SignedRecord, Error> {
    record.check()?;
    let bytes = cose::sign(RECORD, key, record.to_bytes())?;
    Ok(SignedRecord { record, bytes })
}

impl SignedRecord {
    /// The record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// COSE_Sign1 over the record's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// A record that a key of the sending party's card signed. `Debug` shows its identifier
/// only.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedRecord {
    record: Record,
    bytes: Vec<u8>,
    key_id: KeyId,
}

/// Verifies a record against `cards`: the sending party's current card, and older ones where
/// the record may be from before a rotation. `E_UNKNOWN_KEY` where no card has the key,
/// `E_SIGNATURE` where the signature does not stand or the key is not of the party in
/// `from`; `E_MALFORMED`, `E_TOO_LARGE` or a code of the model.
pub fn verify_record(bytes: &[u8], cards: &[&VerifiedCard]) -> Result<VerifiedRecord, Error> {
    let read = Unverified::parse(RECORD, bytes, MAX_RECORD_BYTES)?;
    let key = verify_by_card(&read, cards)?;
    let record = Record::from_bytes(read.payload())?;
    check_signer(&record.from, &key, cards)?;
    Ok(VerifiedRecord {
        record,
        bytes: bytes.to_vec(),
        key_id: read.key_id(),
    })
}

/// What was signed, not verified: see [`crate::Opened::record_verified_before`].
pub(crate) fn read_record(bytes: &[u8]) -> Result<Record, Error> {
    let payload = Unverified::known_payload(bytes, MAX_RECORD_BYTES)?;
    Ok(Record::from_known_bytes(payload)?)
}

impl VerifiedRecord {
    /// The record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The record, by value.
    pub fn into_record(self) -> Record {
        self.record
    }

    /// COSE_Sign1 over the record's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The record key that signed it.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }
}

impl std::fmt::Debug for SignedRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "SignedRecord({} of {})",
            self.record.id, self.record.from
        )
    }
}

impl std::fmt::Debug for VerifiedRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "VerifiedRecord({} of {})",
            self.record.id, self.record.from
        )
    }
}

/// Signs the head of a batch of statements.
pub fn sign_statements(head: &StatementsHead, key: &RecordKey) -> Result<Vec<u8>, Error> {
    cose::sign(STATEMENTS, key, head.to_bytes())
}

/// The head of a batch of statements that a key of the stating party's card signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedStatements {
    head: StatementsHead,
    bytes: Vec<u8>,
}

/// Verifies a signed head. Codes as [`verify_record`], for the party in `by`.
pub fn verify_statements(
    bytes: &[u8],
    cards: &[&VerifiedCard],
) -> Result<VerifiedStatements, Error> {
    let read = Unverified::parse(STATEMENTS, bytes, MAX_HEAD_BYTES)?;
    let key = verify_by_card(&read, cards)?;
    let head = StatementsHead::from_bytes(read.payload())?;
    check_signer(&head.by, &key, cards)?;
    Ok(VerifiedStatements {
        head,
        bytes: bytes.to_vec(),
    })
}

impl VerifiedStatements {
    /// What was signed. The statements themselves are below its root.
    pub fn head(&self) -> &StatementsHead {
        &self.head
    }

    /// COSE_Sign1 over the head's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The record key, of any card at hand, under which the signature stands. Nothing inside the
/// payload is looked at before.
fn verify_by_card(read: &Unverified, cards: &[&VerifiedCard]) -> Result<VerifyingKey, Error> {
    let mut outcome = Err(Error::UnknownKey(read.key_id()));
    for key in cards.iter().map(|card| card.content().record_key) {
        if key_id(key.as_bytes()) == read.key_id() {
            outcome = read.verify(&key).map(|()| key);
            if outcome.is_ok() {
                break;
            }
        }
    }
    outcome
}

/// The key must stand on a card of the party that speaks. Another party may have copied it
/// onto its own card; that gives it no voice and takes none away.
fn check_signer(party: &PartyId, key: &VerifyingKey, cards: &[&VerifiedCard]) -> Result<(), Error> {
    let theirs = |card: &&VerifiedCard| card.party() == party && card.content().record_key == *key;
    if cards.iter().any(theirs) {
        Ok(())
    } else {
        Err(Error::Signature)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{SeededRng, sample_party};

    #[test]
    fn a_record_is_verified_by_its_partys_card_old_or_new() {
        let mut rabat = sample_party("ma.interior", 1);
        let record = rabat.sample_record(1, &["be.interior/police"]);
        let signed = sign_record(record.clone(), rabat.keyring.record()).unwrap();
        let old = rabat.card.clone();
        rabat.rotate(&mut SeededRng::new(2));
        let read = verify_record(signed.bytes(), &[&rabat.card, &old]).unwrap();
        assert_eq!((read.record(), read.bytes()), (&record, signed.bytes()));
        assert_eq!(
            Some(read.key_id()),
            Some(key_id(old.content().record_key.as_bytes()))
        );
        let refused = verify_record(signed.bytes(), &[&rabat.card]).unwrap_err();
        assert_eq!(refused.code(), "E_UNKNOWN_KEY");
        assert_eq!(
            verify_record(signed.bytes(), &[]).unwrap_err().code(),
            "E_UNKNOWN_KEY"
        );
    }

    #[test]
    fn a_party_does_not_speak_for_another() {
        let (rabat, brussels) = (
            sample_party("ma.interior", 1),
            sample_party("be.interior", 2),
        );
        let record = rabat.sample_record(1, &["be.interior/police"]);
        let forged = sign_record(record, brussels.keyring.record()).unwrap();
        let refused = verify_record(forged.bytes(), &[&brussels.card, &rabat.card]).unwrap_err();
        assert_eq!(refused.code(), "E_SIGNATURE");
    }

    #[test]
    fn a_copied_key_takes_no_voice_away() {
        let (rabat, mallory) = (
            sample_party("ma.interior", 1),
            sample_party("xx.mallory", 1),
        );
        assert_eq!(
            rabat.card.content().record_key,
            mallory.card.content().record_key
        );
        let record = rabat.sample_record(1, &["be.interior/police"]);
        let signed = sign_record(record, rabat.keyring.record()).unwrap();
        assert!(verify_record(signed.bytes(), &[&mallory.card, &rabat.card]).is_ok());
        let refused = verify_record(signed.bytes(), &[&mallory.card]).unwrap_err();
        assert_eq!(refused.code(), "E_SIGNATURE");
    }

    #[test]
    fn debug_shows_no_content_and_no_attachment_key() {
        let rabat = sample_party("ma.interior", 1);
        let record = rabat.sample_record(1, &["be.interior/police"]);
        let id = record.id;
        let signed = sign_record(record, rabat.keyring.record()).unwrap();
        let read = verify_record(signed.bytes(), &[&rabat.card]).unwrap();
        let shown = format!("{signed:?} {read:?}");
        let expected =
            format!("SignedRecord({id} of ma.interior) VerifiedRecord({id} of ma.interior)");
        assert_eq!(shown, expected);
    }

    #[test]
    fn records_out_of_shape_are_neither_signed_nor_read() {
        let rabat = sample_party("ma.interior", 1);
        let mut record = rabat.sample_record(1, &["be.interior/police"]);
        record.to.push("aa.first/unit".parse().unwrap());
        let refused = sign_record(record.clone(), rabat.keyring.record()).unwrap_err();
        assert_eq!(refused.code(), "E_DOCUMENT");
        let bytes = cose::sign(RECORD, rabat.keyring.record(), record.to_bytes()).unwrap();
        assert_eq!(
            verify_record(&bytes, &[&rabat.card]).unwrap_err().code(),
            "E_DOCUMENT"
        );
    }

    #[test]
    fn one_kind_is_not_shown_as_another() {
        let rabat = sample_party("ma.interior", 1);
        let record = rabat.sample_record(1, &["be.interior/police"]);
        let signed = sign_record(record.clone(), rabat.keyring.record()).unwrap();
        let refused = verify_statements(signed.bytes(), &[&rabat.card]).unwrap_err();
        assert_eq!(refused.code(), "E_MALFORMED");
        let by_root = cose::sign(RECORD, rabat.keyring.root(), record.to_bytes()).unwrap();
        assert_eq!(
            verify_record(&by_root, &[&rabat.card]).unwrap_err().code(),
            "E_UNKNOWN_KEY"
        );
    }

    fn head(by: &PartyId) -> StatementsHead {
        StatementsHead {
            channel: "ma-be-security".parse().unwrap(),
            by: by.clone(),
            about: "be.interior".parse().unwrap(),
            size: 1,
            root: passerelle_model::Digest::new([1; 32]),
        }
    }

    #[test]
    fn statements_are_the_stating_partys() {
        let (rabat, brussels) = (
            sample_party("ma.interior", 1),
            sample_party("be.interior", 2),
        );
        let bytes = sign_statements(&head(&rabat.party), rabat.keyring.record()).unwrap();
        let read = verify_statements(&bytes, &[&brussels.card, &rabat.card]).unwrap();
        assert_eq!(
            (read.head(), read.bytes()),
            (&head(&rabat.party), &bytes[..])
        );
        let forged = sign_statements(&head(&rabat.party), brussels.keyring.record()).unwrap();
        let refused = verify_statements(&forged, &[&brussels.card, &rabat.card]).unwrap_err();
        assert_eq!(refused.code(), "E_SIGNATURE");
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>) {
            let rabat = sample_party("ma.interior", 1);
            let signed = cose::sign(RECORD, rabat.keyring.record(), bytes.clone()).unwrap();
            prop_assert!(verify_record(&signed, &[&rabat.card]).is_err());
            prop_assert!(verify_record(&bytes, &[&rabat.card]).is_err());
            prop_assert!(verify_statements(&bytes, &[&rabat.card]).is_err());
            prop_assert!(verify_agreement_signature(&bytes, &rabat.card).is_err());
        }
    }
}
