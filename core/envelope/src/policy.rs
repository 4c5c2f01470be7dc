//! Signed access policies: which units and roles of a party open which data class, as the
//! party itself publishes it.
//!
//! The record key signs, as it signs everything that a party says in the course of business;
//! the root key signs who the party is and what it agreed to. A policy is therefore signed
//! again after a rotation of keys, and a record key that was replaced publishes nothing more.

use std::cmp::Ordering;

use passerelle_model::{AccessPolicy, KeyId, MAX_POLICY_BYTES, UtcTime};

use crate::Error;
use crate::card::{MAX_CARD_EARLY_MILLIS, VerifiedCard};
use crate::cose::{self, Unverified};
use crate::keys::{RecordKey, key_id};

const CONTENT_TYPE: &str = "application/passerelle-access-policy+cbor";

/// Signs our own access policy after checking its shape (the model's codes).
pub fn sign_policy(policy: AccessPolicy, key: &RecordKey) -> Result<VerifiedPolicy, Error> {
    policy.check()?;
    let bytes = cose::sign(CONTENT_TYPE, key, policy.to_bytes())?;
    Error::check_size("access policy", bytes.len(), MAX_SIGNED_BYTES)?;
    Ok(VerifiedPolicy {
        key_id: key.key_id(),
        policy,
        bytes,
    })
}

/// Largest signed policy, in bytes.
const MAX_SIGNED_BYTES: usize = MAX_POLICY_BYTES + cose::FRAME_BYTES;

/// An access policy that a record key of its party's card signed.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedPolicy {
    policy: AccessPolicy,
    bytes: Vec<u8>,
    key_id: KeyId,
}

/// Verifies a policy against cards of one party: the current one, and older ones for a policy
/// that is kept from before a rotation. `E_UNKNOWN_KEY`, `E_SIGNATURE`, `E_POLICY_PARTY`,
/// `E_MALFORMED`, `E_TOO_LARGE` or a code of the model.
pub fn verify_policy(bytes: &[u8], cards: &[&VerifiedCard]) -> Result<VerifiedPolicy, Error> {
    let read = Unverified::parse(CONTENT_TYPE, bytes, MAX_POLICY_BYTES)?;
    let named = |card: &&&VerifiedCard| key_id(card.content().record_key.as_bytes());
    let card = cards
        .iter()
        .rev()
        .find(|card| named(card) == read.key_id())
        .ok_or_else(|| Error::UnknownKey(read.key_id()))?;
    read.verify(&card.content().record_key)?;
    let policy = AccessPolicy::from_bytes(read.payload())?;
    if policy.party != *card.party() {
        return Err(Error::PolicyParty {
            card: card.party().clone(),
            found: policy.party,
        });
    }
    Ok(VerifiedPolicy {
        policy,
        bytes: bytes.to_vec(),
        key_id: read.key_id(),
    })
}

impl VerifiedPolicy {
    /// Takes what a partner sent, in place of what is held of it: signed under its pinned
    /// card, with units of that card, not from the future, and with a number that does not go
    /// back. What is held already is taken without a change. Codes of [`verify_policy`], and
    /// `E_POLICY_UNIT`, `E_POLICY_FUTURE`, `E_POLICY_OLDER`, `E_POLICY_FORK` (the same number
    /// with other content).
    pub fn taken(
        bytes: &[u8],
        card: &VerifiedCard,
        held: Option<&Self>,
        now: UtcTime,
    ) -> Result<Self, Error> {
        if let Some(held) = held.filter(|held| held.bytes == bytes) {
            return Ok(held.clone());
        }
        let newer = verify_policy(bytes, &[card])?;
        let policy = &newer.policy;
        let strange = |unit| card.content().unit(unit).is_none();
        if let Some(opener) = policy.openers.iter().find(|line| strange(&line.unit)) {
            return Err(Error::PolicyUnit(opener.unit.clone()));
        }
        if policy.issued > now.plus_millis(MAX_CARD_EARLY_MILLIS) {
            return Err(Error::PolicyFuture);
        }
        let Some(number) = held.map(|held| held.policy.number) else {
            return Ok(newer);
        };
        match policy.number.cmp(&number) {
            Ordering::Greater => Ok(newer),
            Ordering::Equal => Err(Error::PolicyFork(number)),
            Ordering::Less => Err(Error::PolicyOlder {
                held: number,
                found: policy.number,
            }),
        }
    }

    /// What it says.
    pub fn policy(&self) -> &AccessPolicy {
        &self.policy
    }

    /// COSE_Sign1 over its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The record key that signed it.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }
}

impl std::fmt::Debug for VerifiedPolicy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let AccessPolicy { party, number, .. } = &self.policy;
        write!(f, "VerifiedPolicy({party} number {number})")
    }
}

#[cfg(test)]
mod tests {
    use passerelle_model::{Opener, Role};
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{SAMPLE_TIME, SampleParty, SeededRng, sample_party};

    fn policy(party: &str, number: u64, unit: &str) -> AccessPolicy {
        AccessPolicy {
            party: party.parse().unwrap(),
            number,
            issued: SAMPLE_TIME,
            openers: vec![Opener {
                unit: unit.parse().unwrap(),
                class: "case-data".parse().unwrap(),
                roles: vec![Role::Officer],
                people: 2,
            }],
        }
    }

    fn rabat() -> SampleParty {
        sample_party("ma.interior", 1)
    }

    fn signed(number: u64) -> VerifiedPolicy {
        let policy = policy("ma.interior", number, "police");
        sign_policy(policy, rabat().keyring.record()).unwrap()
    }

    fn refused(bytes: &[u8], held: Option<&VerifiedPolicy>) -> &'static str {
        let card = rabat().card;
        VerifiedPolicy::taken(bytes, &card, held, SAMPLE_TIME)
            .unwrap_err()
            .code()
    }

    #[test]
    fn a_newer_policy_replaces_and_the_same_changes_nothing() {
        let (first, second, card) = (signed(1), signed(2), rabat().card);
        let taken = |new: &VerifiedPolicy, held| {
            VerifiedPolicy::taken(new.bytes(), &card, held, SAMPLE_TIME).unwrap()
        };
        assert_eq!(taken(&first, None), first);
        assert_eq!(taken(&second, Some(&first)), second);
        assert_eq!(taken(&second, Some(&second)), second);
        assert_eq!(refused(first.bytes(), Some(&second)), "E_POLICY_OLDER");
    }

    #[test]
    fn each_refusal_has_its_code() {
        let key = rabat();
        let made = |policy| sign_policy(policy, key.keyring.record()).unwrap();
        let other = made(policy("ma.interior", 1, "liaison"));
        assert_eq!(refused(other.bytes(), Some(&signed(1))), "E_POLICY_FORK");
        let theirs = made(policy("be.interior", 1, "police"));
        assert_eq!(refused(theirs.bytes(), None), "E_POLICY_PARTY");
        let unit = made(policy("ma.interior", 1, "nowhere"));
        assert_eq!(refused(unit.bytes(), None), "E_POLICY_UNIT");
        let mut early = policy("ma.interior", 1, "police");
        early.issued = SAMPLE_TIME.plus_millis(MAX_CARD_EARLY_MILLIS + 1);
        assert_eq!(refused(made(early).bytes(), None), "E_POLICY_FUTURE");
        let stranger = sample_party("ma.interior", 9);
        let forged = sign_policy(
            policy("ma.interior", 1, "police"),
            stranger.keyring.record(),
        );
        assert_eq!(refused(forged.unwrap().bytes(), None), "E_UNKNOWN_KEY");
    }

    #[test]
    fn every_altered_byte_is_refused() {
        let bytes = signed(1).bytes().to_vec();
        for position in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[position] ^= 1;
            let _ = refused(&altered, None);
        }
    }

    #[test]
    fn neither_another_object_nor_another_key_counts_as_a_policy() {
        let party = rabat();
        let payload = policy("ma.interior", 1, "police").to_bytes();
        let record = "application/passerelle-record+cbor";
        let shown = cose::sign(record, party.keyring.record(), payload.clone()).unwrap();
        assert_eq!(refused(&shown, None), "E_MALFORMED");
        let by_root = cose::sign(CONTENT_TYPE, party.keyring.root(), payload).unwrap();
        assert_eq!(refused(&by_root, None), "E_UNKNOWN_KEY");
    }

    #[test]
    fn a_kept_policy_outlives_a_rotation_and_a_replaced_key_publishes_nothing() {
        let (mut party, kept) = (rabat(), signed(1));
        let old = party.card.clone();
        party.rotate(&mut SeededRng::new(9));
        assert_eq!(
            verify_policy(kept.bytes(), &[&old, &party.card]).unwrap(),
            kept
        );
        let late = VerifiedPolicy::taken(signed(2).bytes(), &party.card, Some(&kept), SAMPLE_TIME);
        assert_eq!(late.unwrap_err().code(), "E_UNKNOWN_KEY");
    }

    #[test]
    fn too_much_is_not_read() {
        let huge = vec![0xd2; MAX_SIGNED_BYTES + 1];
        assert_eq!(refused(&huge, None), "E_TOO_LARGE");
        let mut wrong = policy("ma.interior", 1, "police");
        wrong.openers = vec![wrong.openers[0].clone(); 2];
        assert!(sign_policy(wrong, rabat().keyring.record()).is_err());
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>) {
            let party = rabat();
            let signed = cose::sign(CONTENT_TYPE, party.keyring.record(), bytes.clone()).unwrap();
            prop_assert!(verify_policy(&signed, &[&party.card]).is_err());
            prop_assert!(verify_policy(&bytes, &[&party.card]).is_err());
        }
    }
}
