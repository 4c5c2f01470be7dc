//! Sealing.

use passerelle_model::{Digest, Recipient, StatementBatch, codec};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};

use super::packet::Packet;
use super::wire::{Wire, Wrap, header_hash};
use super::{Header, Packets, What, padding, wrap_key};
use crate::aead::{self, ONCE, TAG_BYTES};
use crate::card::VerifiedCard;
use crate::sign::SignedRecord;
use crate::{ContentKey, Error};

/// Largest content of an envelope, in bytes (1.5 MiB): with 64 wraps it stays below
/// [`super::MAX_ENVELOPE_BYTES`].
pub const MAX_CONTENT_BYTES: usize = 1536 * 1024;

/// A sealed envelope, and the key with which its sender can open it again.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// The envelope.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`.
    pub hash: Digest,
    /// Opens it ([`super::open_with`]); kept wrapped by the store key.
    pub content_key: ContentKey,
}

/// Seals a record to the units it names. `cards` holds the current card of each recipient
/// party. Codes as [`seal`].
pub fn seal_record(
    record: &SignedRecord,
    cards: &[&VerifiedCard],
    packets: &mut Packets,
    rng: &mut impl CryptoRng,
) -> Result<Sealed, Error> {
    seal(
        &Header::of_record(record.record()),
        record.bytes(),
        cards,
        packets,
        rng,
    )
}

/// Seals a batch of statements. `E_MALFORMED` where `header` says it holds something else;
/// other codes as [`seal`].
pub fn seal_statements(
    header: &Header,
    batch: &StatementBatch,
    cards: &[&VerifiedCard],
    packets: &mut Packets,
    rng: &mut impl CryptoRng,
) -> Result<Sealed, Error> {
    if header.what != What::Statements {
        return Err(Error::malformed(
            "envelope",
            "the header announces no statements",
        ));
    }
    seal(header, &batch.to_bytes(), cards, packets, rng)
}

/// Seals `content` (COSE_Sign1 of a record, or the bytes of a statement batch) under
/// `header`. `E_RECIPIENT_EMPTY`; `E_RECIPIENT_UNKNOWN` where a unit stands on no card of
/// `cards`; `E_TOO_LARGE`; `E_MALFORMED` where the recipients are not sorted.
pub fn seal(
    header: &Header,
    content: &[u8],
    cards: &[&VerifiedCard],
    packets: &mut Packets,
    rng: &mut impl CryptoRng,
) -> Result<Sealed, Error> {
    header.check()?;
    Error::check_size("content", content.len(), MAX_CONTENT_BYTES)?;
    let recipients = matched(&header.to, cards)?;
    let header = header.to_bytes();
    let header_hash = header_hash(&header);
    let content_key = ContentKey::generate(rng);
    let sealed = seal_content(&content_key, &header_hash, content)?;
    let wraps = recipients
        .into_iter()
        .map(|(to, card)| {
            wrap(
                packets.packet(to, card, rng)?,
                &content_key,
                &header_hash,
                &sealed,
            )
        })
        .collect::<Result<_, Error>>()?;
    let bytes = codec::to_canonical(&Wire {
        header,
        wraps,
        sealed,
    });
    let hash = Digest::new(Sha256::digest(&bytes).into());
    Ok(Sealed {
        bytes,
        hash,
        content_key,
    })
}

/// Each recipient with its party's card; all of them before anything is sealed.
fn matched<'a>(
    to: &'a [Recipient],
    cards: &[&'a VerifiedCard],
) -> Result<Vec<(&'a Recipient, &'a VerifiedCard)>, Error> {
    to.iter()
        .map(|to| {
            cards
                .iter()
                .find(|card| *card.party() == to.party && card.content().unit(&to.unit).is_some())
                .map(|card| (to, *card))
                .ok_or_else(|| Error::RecipientUnknown(to.clone()))
        })
        .collect()
}

fn seal_content(
    key: &ContentKey,
    header_hash: &[u8; 32],
    content: &[u8],
) -> Result<Vec<u8>, Error> {
    // Room from the start: a growing buffer would leave plaintext behind.
    let mut buffer = Vec::with_capacity(padding::padded_len(content.len()) + TAG_BYTES);
    buffer.extend_from_slice(content);
    padding::pad(&mut buffer);
    aead::seal(key.expose(), &ONCE, header_hash, &mut buffer)?;
    Ok(buffer)
}

fn wrap(
    packet: &Packet,
    content_key: &ContentKey,
    header_hash: &[u8; 32],
    sealed: &[u8],
) -> Result<Wrap, Error> {
    let key = wrap_key(&packet.key, header_hash, sealed)?;
    let mut wrapped = Vec::with_capacity(32 + TAG_BYTES);
    wrapped.extend_from_slice(content_key.expose());
    aead::seal(&key, &ONCE, header_hash, &mut wrapped)?;
    let wrapped = wrapped.try_into().map_err(|_| Error::Open)?;
    Ok(Wrap {
        key_id: packet.key_id,
        packet: packet.bytes.clone(),
        wrapped,
    })
}
