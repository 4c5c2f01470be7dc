//! The door to the kernel: safe functions of a value that exists only where the processor has
//! the features.

#![expect(
    unsafe_code,
    reason = "functions with target features are called here, and nowhere else"
)]

use crate::scalar::{Digits, each, same};
pub use crate::x86::Point as Points;
use crate::{Encoding, LANES, x86};

/// Shows that this processor has what the kernel needs. There is no other way to get one than
/// [`Lanes::detect`], so that every call below is sound.
#[derive(Debug, Clone, Copy)]
pub struct Lanes(());

impl Lanes {
    /// Looks at the processor: AVX-512 F, DQ, VL and IFMA, and registers that the operating
    /// system keeps.
    pub fn detect() -> Option<Self> {
        x86::present().then_some(Self(()))
    }

    /// The map of RFC 9496, section 4.3.4, of 64 uniform bytes for each lane.
    pub fn from_uniform(self, bytes: &[[u8; 64]; LANES]) -> Points {
        // SAFETY: a `Lanes` exists only after all features were detected.
        unsafe { x86::from_uniform(bytes) }
    }

    /// Decodes, and says which lanes held the canonical encoding of an element, the identity
    /// included. The points of the other lanes mean nothing.
    pub fn decode(self, bytes: &[Encoding; LANES]) -> (Points, [bool; LANES]) {
        // SAFETY: a `Lanes` exists only after all features were detected.
        let (point, valid) = unsafe { x86::decode(bytes) };
        let lanes = [0, 1, 2, 3, 4, 5, 6, 7].map(|lane| valid >> lane & 1 == 1);
        (point, lanes)
    }

    /// Encodes.
    pub fn encode(self, points: &Points) -> [Encoding; LANES] {
        // SAFETY: a `Lanes` exists only after all features were detected.
        unsafe { x86::encode(points) }
    }

    /// All points times one scalar, which is below 2^255.
    pub fn multiply(self, points: &Points, scalar: &Encoding) -> Points {
        self.times(points, &same(scalar))
    }

    /// Each point times its own scalar, which is below 2^255.
    pub fn multiply_each(self, points: &Points, scalars: &[Encoding; LANES]) -> Points {
        self.times(points, &each(scalars))
    }

    fn times(self, points: &Points, digits: &Digits) -> Points {
        // SAFETY: a `Lanes` exists only after all features were detected.
        unsafe { x86::multiply(points, digits) }
    }

    /// The sum of all points, each times its own scalar, encoded. Where the two lists differ in
    /// length, what one has more is left out.
    pub fn sum(self, points: &[Points], scalars: &[[Encoding; LANES]]) -> Encoding {
        let digits: Vec<_> = scalars.iter().map(|scalars| *each(scalars)).collect();
        // SAFETY: a `Lanes` exists only after all features were detected.
        let sum = unsafe { x86::sum(points, &digits) };
        let [encoding, ..] = self.encode(&sum);
        encoding
    }
}
