//! Where there is no such processor: the same names, and nothing behind them.

use core::convert::Infallible;

use crate::{Encoding, LANES};

/// Never exists on this kind of processor.
#[derive(Debug, Clone, Copy)]
pub struct Lanes(Infallible);

/// Eight points; never exist on this kind of processor.
#[derive(Clone, Copy)]
pub struct Points(Infallible);

#[expect(
    missing_docs,
    clippy::missing_docs_in_private_items,
    reason = "as on the other processors"
)]
impl Lanes {
    pub fn detect() -> Option<Self> {
        None
    }

    pub fn from_uniform(self, _: &[[u8; 64]; LANES]) -> Points {
        match self.0 {}
    }

    pub fn decode(self, _: &[Encoding; LANES]) -> (Points, [bool; LANES]) {
        match self.0 {}
    }

    pub fn encode(self, _: &Points) -> [Encoding; LANES] {
        match self.0 {}
    }

    pub fn multiply(self, _: &Points, _: &Encoding) -> Points {
        match self.0 {}
    }

    pub fn multiply_each(self, _: &Points, _: &[Encoding; LANES]) -> Points {
        match self.0 {}
    }

    pub fn sum(self, _: &[Points], _: &[[Encoding; LANES]]) -> Encoding {
        match self.0 {}
    }
}
