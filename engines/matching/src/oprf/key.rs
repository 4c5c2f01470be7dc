//! Keys: the secret scalar and the public element.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::{RistrettoPoint, Scalar};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::element::{Element, SCALAR_BYTES, scalar};
use super::hash::length;
use super::{MAX_INPUT_BYTES, Suite};
use crate::Error;

/// Length of a seed, in bytes.
pub const SEED_BYTES: usize = 32;

/// The key of a holder. Wiped from memory when it is dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SecretKey(Scalar);

/// The key as the other side knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(Element);

impl SecretKey {
    /// RFC 9497 `DeriveKeyPair`.
    ///
    /// # Errors
    /// `E_MATCH_INPUT` where `info` is longer than [`MAX_INPUT_BYTES`].
    pub fn derive(suite: &Suite, seed: &[u8; SEED_BYTES], info: &[u8]) -> Result<Self, Error> {
        if info.len() > MAX_INPUT_BYTES {
            return Err(Error::Input("the information is too long"));
        }
        for counter in 0..=u8::MAX {
            let parts: [&[u8]; 4] = [seed, &length(info), info, &[counter]];
            let key = suite.domain.to_key(&parts);
            if key != Scalar::ZERO {
                return Ok(Self(key));
            }
        }
        // Happens with a probability of 2^-64,000.
        Err(Error::Scalar("no key comes of this seed"))
    }

    /// Reads a key that was kept.
    ///
    /// # Errors
    /// `E_MATCH_SCALAR` for another encoding than the canonical one, and for zero.
    pub fn from_bytes(bytes: [u8; SCALAR_BYTES]) -> Result<Self, Error> {
        scalar(bytes).map(Self)
    }

    /// The encoding, to be kept sealed.
    pub fn expose(&self) -> [u8; SCALAR_BYTES] {
        self.0.to_bytes()
    }

    /// The public key.
    pub fn public(&self) -> PublicKey {
        let point = RistrettoPoint::mul_base(&self.0);
        // A scalar other than zero of a prime-order group never gives the identity.
        PublicKey(Element::known(point, point.compress().to_bytes()))
    }

    pub(super) fn scalar(&self) -> &Scalar {
        &self.0
    }
}

impl PublicKey {
    /// Reads a public key.
    ///
    /// # Errors
    /// `E_MATCH_ELEMENT`.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, Error> {
        Element::from_bytes(bytes).map(Self)
    }

    /// The encoding.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    pub(super) fn element(&self) -> &Element {
        &self.0
    }
}

/// The generator of the group.
pub(super) fn base() -> Element {
    let point = RISTRETTO_BASEPOINT_POINT;
    Element::known(point, point.compress().to_bytes())
}

/// What public information makes of a key in the mode [`super::Mode::Partial`]: `m` of RFC
/// 9497, section 3.3.3.
pub(super) fn tweak(suite: &Suite, info: &[u8]) -> Result<Scalar, Error> {
    if info.len() > MAX_INPUT_BYTES {
        return Err(Error::Input("the information is too long"));
    }
    Ok(suite.domain.to_scalar(&[b"Info", &length(info), info]))
}

/// The key that answers under public information, as the asker computes it.
pub(super) fn tweaked(suite: &Suite, key: &PublicKey, info: &[u8]) -> Result<PublicKey, Error> {
    let point = RistrettoPoint::mul_base(&tweak(suite, info)?) + key.element().point()?;
    Element::of(point).map(PublicKey)
}
