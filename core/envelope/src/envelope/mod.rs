//! Envelopes: signed content sealed to the recipients' units.
//!
//! A random content key seals the padded content; for each recipient unit the content key is
//! wrapped under a key that follows from the unit's packet ([`Packets`]), the header and the
//! sealed content. Nothing of a wrap can be moved to another header or other content.
//!
//! ```text
//! header hash = SHA-256("passerelle/header/v1\n" ‖ header)
//! sealed      = ChaCha20-Poly1305(content key, nonce 0, aad = header hash, padded content)
//! wrap key    = HKDF-SHA256(packet key, info = "passerelle/wrap/v1\n" ‖ header hash ‖ SHA-256(sealed))
//! wrapped     = ChaCha20-Poly1305(wrap key, nonce 0, aad = header hash, content key)
//! ```
//!
//! Sealing says nothing about the sender: any recipient could seal the content again to
//! somebody else. That is why [`Opened`] gives its content away only together with the check
//! that the signed part names the same channel, sender and recipients as the header.

mod open;
mod packet;
mod padding;
mod seal;
mod wire;

#[cfg(test)]
mod tests;

pub use open::{Opened, OpenedStatements, open, open_with};
pub use packet::{MAX_OPENED_PACKETS, MAX_PACKET_USES, OpenedPackets, Packets};
pub(crate) use packet::{PACKET_BYTES, Packet, PacketKey, open_packet, unwrap, wrap};
pub use seal::{MAX_CONTENT_BYTES, Sealed, seal, seal_record, seal_statements};
pub use wire::{Envelope, Header, MAX_ENVELOPE_BYTES, SUITE, What};

use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::Error;

/// The key under which a packet's holder finds the content key of exactly this envelope.
fn wrap_key(
    packet_key: &[u8; 32],
    header_hash: &[u8; 32],
    sealed: &[u8],
) -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut key = Zeroizing::new([0; 32]);
    let content: [u8; 32] = Sha256::digest(sealed).into();
    Hkdf::<Sha256>::new(None, packet_key)
        .expand_multi_info(&[b"passerelle/wrap/v1\n", header_hash, &content], &mut *key)
        .map_err(|_| Error::Open)?;
    Ok(key)
}
