//! Elements and scalars as they travel: 32 bytes each, in the one canonical encoding.

use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::IsIdentity as _;
use curve25519_dalek::{RistrettoPoint, Scalar};

use super::Suite;
use crate::Error;

/// Length of an encoded element.
pub const ELEMENT_BYTES: usize = 32;
/// Length of an encoded scalar.
pub const SCALAR_BYTES: usize = 32;

/// A group element other than the identity.
#[derive(Debug, Clone, Copy)]
pub struct Element {
    /// The canonical encoding.
    bytes: [u8; ELEMENT_BYTES],
    /// The point, where it was computed here. The lanes decode faster than a point is kept.
    point: Option<RistrettoPoint>,
}

impl PartialEq for Element {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Element {}

impl Element {
    /// Decodes (RFC 9496, section 4.3.1).
    ///
    /// # Errors
    /// `E_MATCH_ELEMENT` for any other encoding than the canonical one, and for the identity.
    pub fn from_bytes(bytes: [u8; ELEMENT_BYTES]) -> Result<Self, Error> {
        let point = decoded(bytes).ok_or(Error::Element("not a canonical encoding"))?;
        if point.is_identity() {
            return Err(Error::Element("the identity"));
        }
        Ok(Self::known(point, bytes))
    }

    /// [`Element::from_bytes`] for many, faster together.
    ///
    /// # Errors
    /// As [`Element::from_bytes`], of the first that is refused; `E_MATCH_KERNEL`.
    pub fn from_bytes_batch(
        suite: &Suite,
        encodings: &[[u8; ELEMENT_BYTES]],
    ) -> Result<Vec<Self>, Error> {
        super::group::elements(suite, encodings)
    }

    /// The encoding.
    pub fn as_bytes(&self) -> &[u8; ELEMENT_BYTES] {
        &self.bytes
    }

    /// A point that is known not to be the identity, with its encoding.
    pub(super) fn known(point: RistrettoPoint, bytes: [u8; ELEMENT_BYTES]) -> Self {
        let point = Some(point);
        Self { bytes, point }
    }

    /// An encoding that is known to be one, and not of the identity.
    pub(super) fn read(bytes: [u8; ELEMENT_BYTES]) -> Self {
        Self { bytes, point: None }
    }

    /// Encodes a point.
    pub(super) fn of(point: RistrettoPoint) -> Result<Self, Error> {
        if point.is_identity() {
            return Err(Error::Element("the identity"));
        }
        Ok(Self::known(point, point.compress().to_bytes()))
    }

    /// The point. An error is an encoding that was wrongly taken for one.
    pub(super) fn point(&self) -> Result<RistrettoPoint, Error> {
        let point = self.point.or_else(|| decoded(self.bytes));
        point.ok_or(Error::Kernel)
    }
}

pub(super) fn decoded(bytes: [u8; ELEMENT_BYTES]) -> Option<RistrettoPoint> {
    CompressedRistretto(bytes).decompress()
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
