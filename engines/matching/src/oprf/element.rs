//! Elements and scalars as they travel: 32 bytes each, in the one canonical encoding.

use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::IsIdentity as _;
use curve25519_dalek::{RistrettoPoint, Scalar};

use crate::Error;

/// Length of an encoded element.
pub const ELEMENT_BYTES: usize = 32;
/// Length of an encoded scalar.
pub const SCALAR_BYTES: usize = 32;

/// A group element other than the identity, with its canonical encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element {
    point: RistrettoPoint,
    bytes: [u8; ELEMENT_BYTES],
}

impl Element {
    /// Decodes (RFC 9496, section 4.3.1).
    ///
    /// # Errors
    /// `E_MATCH_ELEMENT` for any other encoding than the canonical one, and for the identity.
    pub fn from_bytes(bytes: [u8; ELEMENT_BYTES]) -> Result<Self, Error> {
        let point = CompressedRistretto(bytes)
            .decompress()
            .ok_or(Error::Element("not a canonical encoding"))?;
        if point.is_identity() {
            return Err(Error::Element("the identity"));
        }
        Ok(Self { point, bytes })
    }

    /// The encoding.
    pub fn as_bytes(&self) -> &[u8; ELEMENT_BYTES] {
        &self.bytes
    }

    /// A point that is known not to be the identity, with its encoding.
    pub(super) fn known(point: RistrettoPoint, bytes: [u8; ELEMENT_BYTES]) -> Self {
        Self { point, bytes }
    }

    /// Encodes a point.
    pub(super) fn of(point: RistrettoPoint) -> Result<Self, Error> {
        if point.is_identity() {
            return Err(Error::Element("the identity"));
        }
        Ok(Self {
            point,
            bytes: point.compress().to_bytes(),
        })
    }

    pub(super) fn point(&self) -> &RistrettoPoint {
        &self.point
    }
}

/// Decodes a scalar that must not be zero.
pub(super) fn scalar(bytes: [u8; SCALAR_BYTES]) -> Result<Scalar, Error> {
    let scalar: Option<Scalar> = Scalar::from_canonical_bytes(bytes).into();
    let scalar = scalar.ok_or(Error::Scalar("not a canonical encoding"))?;
    match scalar == Scalar::ZERO {
        true => Err(Error::Scalar("zero")),
        false => Ok(scalar),
    }
}
