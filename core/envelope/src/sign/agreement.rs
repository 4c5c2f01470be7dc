//! A member enters an agreement: its root key signs exactly one document.

use minicbor::{Decode, Encode};
use passerelle_model::{
    Agreement, AgreementHash, ChannelId, PartyId, UtcTime, VerifyingKey, codec,
};

use crate::Error;
use crate::card::VerifiedCard;
use crate::cose::{self, Unverified};
use crate::keys::{RootKey, key_id};

const AGREEMENT: &str = "application/passerelle-agreement-signature+cbor";

/// Largest payload of an agreement signature, in bytes.
const MAX_AGREEMENT_SIGNATURE_BYTES: usize = 1024;

/// What a member signs with its root key to enter an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct AgreementSignature {
    /// SHA-256 of the document.
    #[n(0)]
    pub agreement: AgreementHash,
    /// Its channel.
    #[n(1)]
    pub channel: ChannelId,
    /// Its revision.
    #[n(2)]
    pub revision: u32,
    /// The member.
    #[n(3)]
    pub party: PartyId,
    /// When, by the member's clock.
    #[n(4)]
    pub time: UtcTime,
}

impl AgreementSignature {
    /// What `party` signs for `agreement`.
    pub fn new(agreement: &Agreement, party: PartyId, time: UtcTime) -> Self {
        let terms = agreement.terms();
        let (channel, revision) = (terms.id.clone(), terms.revision);
        Self {
            agreement: agreement.hash(),
            channel,
            revision,
            party,
            time,
        }
    }
}

/// Signs an agreement for one's own party.
pub fn sign_agreement(signature: &AgreementSignature, root: &RootKey) -> Result<Vec<u8>, Error> {
    cose::sign(AGREEMENT, root, codec::to_canonical(signature))
}

/// An agreement signature that the root key of the member's card made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedAgreementSignature {
    signature: AgreementSignature,
    root: VerifyingKey,
    bytes: Vec<u8>,
}

/// Verifies an agreement signature against the member's card. `E_UNKNOWN_KEY`,
/// `E_SIGNATURE` (also where it names another party), `E_MALFORMED`, `E_TOO_LARGE` or a code
/// of the model.
pub fn verify_agreement_signature(
    bytes: &[u8],
    card: &VerifiedCard,
) -> Result<VerifiedAgreementSignature, Error> {
    let read = Unverified::parse(AGREEMENT, bytes, MAX_AGREEMENT_SIGNATURE_BYTES)?;
    let root = card.content().root;
    if read.key_id() != key_id(root.as_bytes()) {
        return Err(Error::UnknownKey(read.key_id()));
    }
    read.verify(&root)?;
    let signature: AgreementSignature =
        codec::from_canonical(read.payload(), MAX_AGREEMENT_SIGNATURE_BYTES)?;
    if signature.party != *card.party() {
        return Err(Error::Signature);
    }
    Ok(VerifiedAgreementSignature {
        signature,
        root,
        bytes: bytes.to_vec(),
    })
}

impl VerifiedAgreementSignature {
    /// What was signed.
    pub fn signature(&self) -> &AgreementSignature {
        &self.signature
    }

    /// COSE_Sign1 over its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it is the signature of a member of exactly this document, under the root key
    /// that the document names. `E_AGREEMENT` otherwise.
    pub fn covers(&self, agreement: &Agreement) -> Result<(), Error> {
        let (said, terms) = (&self.signature, agreement.terms());
        let named = terms
            .member(&said.party)
            .is_some_and(|member| member.root == self.root);
        let same = said.agreement == agreement.hash()
            && said.channel == terms.id
            && said.revision == terms.revision;
        if named && same {
            Ok(())
        } else {
            Err(Error::Agreement)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SAMPLE_TIME, sample_card, sample_party};

    const AGREEMENT_TEXT: &str = include_str!("../../../model/tests/data/agreement.toml");

    /// The sample agreement with the sample party's root key in it.
    fn agreement(card: &VerifiedCard) -> Agreement {
        let sample = Agreement::parse(AGREEMENT_TEXT).unwrap();
        let placeholder = sample
            .terms()
            .member(card.party())
            .unwrap()
            .root
            .to_string();
        let root = card.content().root.to_string();
        Agreement::parse(&AGREEMENT_TEXT.replacen(&placeholder, &root, 1)).unwrap()
    }

    #[test]
    fn a_member_signs_an_agreement_with_its_root() {
        let rabat = sample_party("ma.interior", 1);
        let agreement = agreement(&rabat.card);
        let said = AgreementSignature::new(&agreement, rabat.party.clone(), SAMPLE_TIME);
        let bytes = sign_agreement(&said, rabat.keyring.root()).unwrap();
        let read = verify_agreement_signature(&bytes, &rabat.card).unwrap();
        assert_eq!((read.signature(), read.bytes()), (&said, &bytes[..]));
        read.covers(&agreement).unwrap();
    }

    #[test]
    fn a_signature_covers_one_document_and_one_root() {
        let rabat = sample_party("ma.interior", 1);
        let mine = agreement(&rabat.card);
        let said = AgreementSignature::new(&mine, rabat.party.clone(), SAMPLE_TIME);
        let covers = |said: &AgreementSignature, document: &Agreement| {
            let bytes = sign_agreement(said, rabat.keyring.root()).unwrap();
            verify_agreement_signature(&bytes, &rabat.card)
                .unwrap()
                .covers(document)
        };
        let placeholder = Agreement::parse(AGREEMENT_TEXT).unwrap();
        let its = AgreementSignature::new(&placeholder, rabat.party.clone(), SAMPLE_TIME);
        let lies = [
            AgreementSignature {
                revision: 2,
                ..said.clone()
            },
            AgreementSignature {
                channel: "x".parse().unwrap(),
                ..said.clone()
            },
        ];
        assert_eq!(
            covers(&said, &placeholder).unwrap_err().code(),
            "E_AGREEMENT"
        );
        assert_eq!(
            covers(&its, &placeholder).unwrap_err().code(),
            "E_AGREEMENT",
            "other root"
        );
        for lie in lies {
            assert_eq!(covers(&lie, &mine).unwrap_err().code(), "E_AGREEMENT");
        }
    }

    #[test]
    fn agreement_signatures_of_others_are_refused() {
        let (rabat, brussels) = (
            sample_party("ma.interior", 1),
            sample_party("be.interior", 2),
        );
        let said = AgreementSignature::new(&agreement(&rabat.card), rabat.party, SAMPLE_TIME);
        let foreign = sign_agreement(&said, brussels.keyring.root()).unwrap();
        let refused = verify_agreement_signature(&foreign, &rabat.card).unwrap_err();
        assert_eq!(refused.code(), "E_UNKNOWN_KEY");
        let named = verify_agreement_signature(&foreign, &brussels.card).unwrap_err();
        assert_eq!(named.code(), "E_SIGNATURE");
        let same_root = sample_card(&"xx.other".parse().unwrap(), &rabat.keyring, 1);
        let bytes = sign_agreement(&said, rabat.keyring.root()).unwrap();
        let other = verify_agreement_signature(&bytes, &same_root).unwrap_err();
        assert_eq!(other.code(), "E_SIGNATURE");
        let mut spoilt = bytes;
        *spoilt.last_mut().unwrap() ^= 1;
        let refused = verify_agreement_signature(&spoilt, &rabat.card).unwrap_err();
        assert_eq!(refused.code(), "E_SIGNATURE");
    }
}
