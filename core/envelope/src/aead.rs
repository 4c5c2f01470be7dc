//! The two ciphers of this crate, in place, with our error.

use chacha20poly1305::aead::Buffer;
use chacha20poly1305::{AeadInOut as _, ChaCha20Poly1305, KeyInit as _, XChaCha20Poly1305};
use zeroize::Zeroizing;

use crate::Error;

/// Bytes that sealing adds.
pub(crate) const TAG_BYTES: usize = 16;
/// Nonce of [`ChaCha20Poly1305`] (RFC 8439).
pub(crate) type Nonce = [u8; 12];
/// Nonce of [`XChaCha20Poly1305`], long enough to be random.
pub(crate) type LongNonce = [u8; 24];

/// For keys that seal one message only.
pub(crate) const ONCE: Nonce = [0; 12];

/// Seals `buffer` in place; the tag follows the ciphertext.
pub(crate) fn seal(
    key: &[u8; 32],
    nonce: &Nonce,
    aad: &[u8],
    buffer: &mut Vec<u8>,
) -> Result<(), Error> {
    let cipher = ChaCha20Poly1305::new(key.into());
    cipher
        .encrypt_in_place(nonce.into(), aad, buffer)
        .map_err(|_| Error::Open)
}

/// Opens `buffer` in place. Nothing of the plaintext is left there when the tag is wrong.
pub(crate) fn open(
    key: &[u8; 32],
    nonce: &Nonce,
    aad: &[u8],
    buffer: &mut dyn Buffer,
) -> Result<(), Error> {
    let cipher = ChaCha20Poly1305::new(key.into());
    cipher
        .decrypt_in_place(nonce.into(), aad, buffer)
        .map_err(|_| Error::Open)
}

/// `nonce ‖ ciphertext ‖ tag` under a key that seals many messages.
pub(crate) fn seal_long(
    key: &[u8; 32],
    nonce: LongNonce,
    aad: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, Error> {
    let mut buffer = Vec::with_capacity(nonce.len() + plain.len() + TAG_BYTES);
    buffer.extend_from_slice(&nonce);
    buffer.extend_from_slice(plain);
    let (_, body) = buffer.split_at_mut(nonce.len());
    let cipher = XChaCha20Poly1305::new(key.into());
    let tag = cipher
        .encrypt_inout_detached((&nonce).into(), aad, body.into())
        .map_err(|_| Error::Open)?;
    buffer.extend_from_slice(&tag);
    Ok(buffer)
}

/// Opens what [`seal_long`] gave.
pub(crate) fn open_long(
    key: &[u8; 32],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (nonce, body) = sealed.split_first_chunk::<24>().ok_or(Error::Open)?;
    let mut plain = Zeroizing::new(body.to_vec());
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher
        .decrypt_in_place(nonce.into(), aad, &mut *plain)
        .map_err(|_| Error::Open)?;
    Ok(plain)
}
