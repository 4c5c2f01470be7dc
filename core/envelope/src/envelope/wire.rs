//! The bytes of an envelope: deterministic CBOR, strict on the way in.
//!
//! ```text
//! envelope = [ bstr(header), [+ wrap], bstr(sealed content) ]
//! header   = {0: 1, 1: channel, 2: agreement, 3: from, 4: what, 5: [+ [party, unit]]}
//! wrap     = {0: bstr(8) key id, 1: bstr(1168) packet, 2: bstr(48) wrapped content key}
//! ```

use minicbor::{Decode, Decoder, Encode};
use passerelle_model::{
    AgreementHash, ChannelId, Digest, KeyId, MAX_RECIPIENTS, PartyId, Recipient, Record, codec,
};
use sha2::{Digest as _, Sha256};

use super::packet::PACKET_BYTES;
use crate::Error;
use crate::aead::TAG_BYTES;

/// Largest envelope, in bytes (2 MiB).
pub const MAX_ENVELOPE_BYTES: usize = 2 * 1024 * 1024;
/// The one suite: X-Wing (0x647A), HKDF-SHA256, ChaCha20-Poly1305.
pub const SUITE: u16 = 1;

const WHAT: &str = "envelope";

/// What an envelope holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum What {
    /// A signed record.
    #[n(0)]
    Record,
    /// A batch of statements.
    #[n(1)]
    Statements,
}

/// What is readable from outside: where the envelope belongs and who may open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The channel.
    pub channel: ChannelId,
    /// The agreement revision.
    pub agreement: AgreementHash,
    /// The sending party.
    pub from: PartyId,
    /// What it holds.
    pub what: What,
    /// Units that can open it: sorted, each once, 1 to [`MAX_RECIPIENTS`].
    pub to: Vec<Recipient>,
}

impl Header {
    /// The header of an envelope that holds `record`.
    pub fn of_record(record: &Record) -> Self {
        Self {
            channel: record.channel.clone(),
            agreement: record.agreement,
            from: record.from.clone(),
            what: What::Record,
            to: record.to.clone(),
        }
    }

    /// `E_RECIPIENT_EMPTY`, `E_TOO_LARGE` or `E_MALFORMED` (order).
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.to.is_empty() {
            return Err(Error::RecipientEmpty);
        }
        Error::check_size("recipients", self.to.len(), MAX_RECIPIENTS)?;
        if !self.to.is_sorted_by(|a, b| a < b) {
            return Err(Error::malformed(
                WHAT,
                "recipients are not sorted, or one stands twice",
            ));
        }
        Ok(())
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        codec::to_canonical(&HeaderWire {
            suite: SUITE,
            channel: self.channel.clone(),
            agreement: self.agreement,
            from: self.from.clone(),
            what: self.what,
            to: self.to.clone(),
        })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let HeaderWire {
            suite: _,
            channel,
            agreement,
            from,
            what,
            to,
        } = codec::from_canonical(bytes, MAX_ENVELOPE_BYTES)?;
        let header = Self {
            channel,
            agreement,
            from,
            what,
            to,
        };
        header.check()?;
        Ok(header)
    }
}

/// What both ciphers authenticate beside their text.
pub(super) fn header_hash(header: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"passerelle/header/v1\n")
        .chain_update(header)
        .finalize()
        .into()
}

/// An envelope in shape; nothing is opened yet.
///
/// Its hash covers every byte. What a holder of one key can check by opening covers the
/// header, the content and that holder's own wrap; a wrong wrap of another unit is seen only
/// by that unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub(super) header: Header,
    pub(super) header_hash: [u8; 32],
    pub(super) wraps: Vec<Wrap>,
    pub(super) sealed: Vec<u8>,
    hash: Digest,
}

impl Envelope {
    /// Reads at most [`MAX_ENVELOPE_BYTES`]. `E_TOO_LARGE`, `E_SUITE`, `E_MALFORMED`,
    /// `E_NOT_CANONICAL`, `E_RECIPIENT_EMPTY` or a code of the model.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        Error::check_size(WHAT, bytes.len(), MAX_ENVELOPE_BYTES)?;
        check_suite(bytes)?;
        Self::of(bytes, codec::from_canonical(bytes, MAX_ENVELOPE_BYTES)?)
    }

    /// The same for an envelope that was parsed before: whether it is in the one form is not
    /// looked at again. The caller checks its hash.
    pub fn parse_known(bytes: &[u8]) -> Result<Self, Error> {
        Error::check_size(WHAT, bytes.len(), MAX_ENVELOPE_BYTES)?;
        Self::of(bytes, codec::from_known(bytes, MAX_ENVELOPE_BYTES)?)
    }

    fn of(bytes: &[u8], wire: Wire) -> Result<Self, Error> {
        let Wire {
            header: header_bytes,
            wraps,
            sealed,
        } = wire;
        let header = Header::from_bytes(&header_bytes)?;
        if wraps.len() != header.to.len() {
            return Err(Error::malformed(
                WHAT,
                "has not one wrap for each recipient",
            ));
        }
        if wraps.iter().any(|wrap| wrap.packet.len() != PACKET_BYTES) {
            return Err(Error::malformed(WHAT, "has a packet of the wrong length"));
        }
        let hash = Digest::new(Sha256::digest(bytes).into());
        let header_hash = header_hash(&header_bytes);
        Ok(Self {
            header,
            header_hash,
            wraps,
            sealed,
            hash,
        })
    }

    /// The readable part. Trust it only as far as the channel it came by, until the content
    /// is opened and verified.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// SHA-256 of the envelope's bytes.
    pub fn hash(&self) -> Digest {
        self.hash
    }
}

/// One recipient's way to the content key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Wrap {
    #[n(0)]
    pub(super) key_id: KeyId,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(super) packet: Vec<u8>,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(super) wrapped: [u8; 32 + TAG_BYTES],
}

#[derive(Encode, Decode)]
#[cbor(array)]
pub(super) struct Wire {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(super) header: Vec<u8>,
    #[n(1)]
    pub(super) wraps: Vec<Wrap>,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(super) sealed: Vec<u8>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct HeaderWire {
    #[n(0)]
    suite: u16,
    #[n(1)]
    channel: ChannelId,
    #[n(2)]
    agreement: AgreementHash,
    #[n(3)]
    from: PartyId,
    #[n(4)]
    what: What,
    #[n(5)]
    to: Vec<Recipient>,
}

/// A later suite may have another shape: say so, rather than that its shape is wrong.
fn check_suite(bytes: &[u8]) -> Result<(), Error> {
    match peek_suite(bytes) {
        Some(suite) if suite != SUITE => Err(Error::Suite(suite)),
        _ => Ok(()),
    }
}

fn peek_suite(bytes: &[u8]) -> Option<u16> {
    let mut outer = Decoder::new(bytes);
    outer.array().ok()?;
    let mut header = Decoder::new(outer.bytes().ok()?);
    header.map().ok()?;
    (header.u8().ok()? == 0)
        .then(|| header.u16().ok())
        .flatten()
}
