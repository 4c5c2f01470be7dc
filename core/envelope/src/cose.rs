//! COSE_Sign1 (RFC 9052 §4.2) in exactly one form:
//!
//! ```text
//! 18([ bstr({1: -19, 3: content type, 4: bstr(8) key id}), {}, bstr(payload), bstr(64) ])
//! ```
//!
//! `-19` is Ed25519, fully specified (RFC 9864). No external data. The content type keeps a
//! signature over one kind of object from being shown as one over another kind.

use coset::iana::Algorithm;
use coset::{
    CborSerializable as _, CoseSign1, CoseSign1Builder, Header, HeaderBuilder, ProtectedHeader,
    TaggedCborSerializable as _,
};
use ed25519_dalek::Signature;
use minicbor::Decoder;
use minicbor::data::Tag;
use passerelle_model::{KeyId, VerifyingKey};

use crate::Error;
use crate::keys::Sign;

/// Most bytes that the frame adds to a payload.
pub(crate) const FRAME_BYTES: usize = 256;

const WHAT: &str = "signature";

/// Signs `payload` as `content_type`.
pub(crate) fn sign(
    content_type: &str,
    key: &impl Sign,
    payload: Vec<u8>,
) -> Result<Vec<u8>, Error> {
    CoseSign1Builder::new()
        .protected(header(content_type, key.id()))
        .payload(payload)
        .create_signature(b"", |message| key.sign(message).to_vec())
        .build()
        .to_tagged_vec()
        .map_err(|error| Error::malformed(WHAT, error))
}

/// A COSE_Sign1 in our form whose signature has not been verified.
pub(crate) struct Unverified {
    cose: CoseSign1,
    key_id: KeyId,
    signature: [u8; 64],
}

impl Unverified {
    /// Reads bytes with a payload of at most `limit` bytes. Whatever is not in the one form
    /// is refused: what was read is written again and must give the same bytes.
    pub(crate) fn parse(content_type: &str, bytes: &[u8], limit: usize) -> Result<Self, Error> {
        Error::check_size(WHAT, bytes.len(), limit.saturating_add(FRAME_BYTES))?;
        let parts = Parts::read(bytes).ok_or_else(|| Error::malformed(WHAT, "is no COSE_Sign1"))?;
        let key_id = parts.key_id()?;
        let signature = parts.signature;
        let cose = CoseSign1 {
            protected: ProtectedHeader {
                original_data: None,
                header: header(content_type, key_id),
            },
            unprotected: Header::default(),
            payload: Some(parts.payload.to_vec()),
            signature: signature.to_vec(),
        };
        let again = cose
            .clone()
            .to_tagged_vec()
            .map_err(|e| Error::malformed(WHAT, e))?;
        if again != bytes {
            return Err(Error::malformed(
                WHAT,
                "is not in its one form, or of another kind",
            ));
        }
        Ok(Self {
            cose,
            key_id,
            signature,
        })
    }

    /// Only the payload, of bytes that [`Unverified::parse`] read before.
    pub(crate) fn known_payload(bytes: &[u8], limit: usize) -> Result<&[u8], Error> {
        Error::check_size(WHAT, bytes.len(), limit.saturating_add(FRAME_BYTES))?;
        let parts = Parts::read(bytes);
        let parts = parts.ok_or_else(|| Error::malformed(WHAT, "is no COSE_Sign1"))?;
        Ok(parts.payload)
    }

    /// The key that is said to have signed.
    pub(crate) fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// What is said to be signed.
    pub(crate) fn payload(&self) -> &[u8] {
        self.cose.payload.as_deref().unwrap_or_default()
    }

    /// Strict verification (RFC 8032 §5.1.7 without cofactor, no small-order keys).
    pub(crate) fn verify(&self, key: &VerifyingKey) -> Result<(), Error> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(key.as_bytes());
        key.and_then(|key| {
            let signature = Signature::from_bytes(&self.signature);
            key.verify_strict(&self.cose.tbs_data(b""), &signature)
        })
        .map_err(|_| Error::Signature)
    }
}

/// The four items, borrowed.
struct Parts<'b> {
    protected: &'b [u8],
    payload: &'b [u8],
    signature: [u8; 64],
}

impl<'b> Parts<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let mut decoder = Decoder::new(bytes);
        let framed =
            decoder.tag().ok()? == Tag::new(CoseSign1::TAG) && decoder.array().ok()? == Some(4);
        if !framed {
            return None;
        }
        let protected = decoder.bytes().ok()?;
        if decoder.map().ok()? != Some(0) {
            return None;
        }
        let payload = decoder.bytes().ok()?;
        let signature = decoder.bytes().ok()?.try_into().ok()?;
        (decoder.position() == bytes.len()).then_some(Self {
            protected,
            payload,
            signature,
        })
    }

    fn key_id(&self) -> Result<KeyId, Error> {
        Error::check_size(WHAT, self.protected.len(), FRAME_BYTES)?;
        let header = Header::from_slice(self.protected)
            .map_err(|_| Error::malformed(WHAT, "has a header out of shape"))?;
        KeyId::try_from(header.key_id.as_slice())
            .map_err(|_| Error::malformed(WHAT, "names no key"))
    }
}

fn header(content_type: &str, key_id: KeyId) -> Header {
    HeaderBuilder::new()
        .algorithm(Algorithm::Ed25519)
        .content_type(content_type.to_owned())
        .key_id(key_id.as_bytes().to_vec())
        .build()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::keys::RecordKey;

    const TYPE: &str = "application/x";

    fn key() -> RecordKey {
        RecordKey::from_seed(&[3; 32])
    }

    fn signed() -> Vec<u8> {
        sign(TYPE, &key(), b"payload".to_vec()).unwrap()
    }

    fn parse(bytes: &[u8]) -> Result<Unverified, Error> {
        Unverified::parse(TYPE, bytes, 100)
    }

    #[test]
    fn reads_and_verifies() {
        let read = parse(&signed()).unwrap();
        assert_eq!(
            (read.payload(), read.key_id()),
            (&b"payload"[..], key().key_id())
        );
        read.verify(&key().verifying()).unwrap();
        let other = RecordKey::from_seed(&[4; 32]).verifying();
        assert_eq!(read.verify(&other).unwrap_err().code(), "E_SIGNATURE");
    }

    #[test]
    fn the_payload_alone_is_the_same_within_the_same_limits() {
        let bytes = signed();
        assert_eq!(Unverified::known_payload(&bytes, 100).unwrap(), b"payload");
        let longer = [bytes.as_slice(), &[0]].concat();
        assert!(Unverified::known_payload(&longer, 100).is_err());
        let large = sign(TYPE, &key(), vec![7; 2000]).unwrap();
        let refused = Unverified::known_payload(&large, 100).unwrap_err();
        assert_eq!(refused.code(), "E_TOO_LARGE");
    }

    #[test]
    fn the_form_is_the_one_of_the_protocol() {
        let bytes = signed();
        let id = key().key_id();
        let head = [
            &[0xd2, 0x84, 0x58, 0x1c, 0xa3, 0x01, 0x32, 0x03, 0x6d],
            TYPE.as_bytes(),
        ];
        let kid = [
            &[0x04, 0x48],
            &id.as_bytes()[..],
            &[0xa0, 0x47],
            b"payload",
            &[0x58, 0x40],
        ];
        assert!(
            bytes.starts_with(&[head.concat(), kid.concat()].concat()),
            "{bytes:02x?}"
        );
        assert_eq!(bytes.len() - 64, head.concat().len() + kid.concat().len());
    }

    /// RFC 9052 §4.4, put together here by hand.
    #[test]
    fn what_is_signed_is_the_sig_structure_of_the_rfc() {
        let bytes = signed();
        let (body, signature) = bytes.split_last_chunk::<64>().unwrap();
        let protected = &body[2..2 + 2 + 0x1c];
        let message = [
            &[0x84, 0x6a],
            &b"Signature1"[..],
            protected,
            &[0x40, 0x47],
            b"payload",
        ]
        .concat();
        let key = key().verifying();
        let key = ed25519_dalek::VerifyingKey::from_bytes(key.as_bytes()).unwrap();
        key.verify_strict(&message, &Signature::from_bytes(signature))
            .unwrap();
    }

    #[test]
    fn every_altered_byte_is_refused() {
        let bytes = signed();
        for position in 0..bytes.len() {
            for bit in 0..8 {
                let mut altered = bytes.clone();
                altered[position] ^= 1 << bit;
                let verified = parse(&altered).and_then(|read| {
                    read.verify(&key().verifying())?;
                    if read.key_id() == key().key_id() {
                        Ok(())
                    } else {
                        Err(Error::Signature)
                    }
                });
                assert!(verified.is_err(), "byte {position} bit {bit}");
            }
        }
    }

    #[test]
    fn other_forms_are_refused() {
        let bytes = signed();
        let untagged = &bytes[1..];
        let trailing = [&bytes[..], &[0]].concat();
        let mut long_form = bytes.clone();
        long_form.splice(1..2, [0x98, 0x04]); // the array's length in two bytes
        for bad in [
            untagged,
            &trailing,
            &long_form,
            &bytes[..bytes.len() - 1],
            &[],
        ] {
            assert_eq!(parse(bad).err().unwrap().code(), "E_MALFORMED");
        }
        let kind = Unverified::parse("application/y", &bytes, 100);
        assert_eq!(kind.err().unwrap().code(), "E_MALFORMED");
        let long = sign(TYPE, &key(), vec![0; 400]).unwrap();
        assert_eq!(parse(&long).err().unwrap().code(), "E_TOO_LARGE");
    }

    #[test]
    fn additional_headers_are_refused() {
        let more = HeaderBuilder::new()
            .algorithm(Algorithm::Ed25519)
            .content_type(TYPE.to_owned())
            .key_id(key().key_id().as_bytes().to_vec())
            .text_value("x".into(), coset::cbor::Value::Null)
            .build();
        let eddsa = HeaderBuilder::new()
            .algorithm(Algorithm::EdDSA)
            .content_type(TYPE.to_owned())
            .key_id(key().key_id().as_bytes().to_vec())
            .build();
        for protected in [more, eddsa, Header::default()] {
            let bytes = CoseSign1Builder::new()
                .protected(protected)
                .payload(b"payload".to_vec())
                .create_signature(b"", |message| key().sign(message).to_vec())
                .build()
                .to_tagged_vec()
                .unwrap();
            assert_eq!(parse(&bytes).err().unwrap().code(), "E_MALFORMED");
        }
    }

    #[test]
    fn small_order_keys_verify_nothing() {
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let read = parse(&signed()).unwrap();
        let refused = read.verify(&VerifyingKey::new(neutral)).unwrap_err();
        assert_eq!(refused.code(), "E_SIGNATURE");
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes: Vec<u8>) {
            let _ = parse(&bytes);
        }

        #[test]
        fn no_alteration_panics(position in 0_usize..120, byte: u8) {
            let mut bytes = signed();
            if let Some(at) = bytes.get_mut(position) { *at = byte; }
            let _ = parse(&bytes);
        }
    }
}
