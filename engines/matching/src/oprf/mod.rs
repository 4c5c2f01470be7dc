//! Oblivious pseudorandom functions of RFC 9497 over ristretto255 with SHA-512.
//!
//! Three modes. PMP-1 uses [`Mode::Verifiable`] alone; the other two are here so that the whole
//! suite is checked against the RFC's vectors and others can use it.

mod blind;
mod element;
mod evaluate;
mod group;
mod hash;
mod key;
mod proof;

pub use blind::{
    Blind, Question, blind, blind_batch, blind_with, finalize, finalize_batch, finalize_partial,
};
pub use element::{ELEMENT_BYTES, Element, SCALAR_BYTES};
pub use evaluate::{Answer, answer, answer_with, evaluate, evaluate_batch, evaluate_partial};
pub use key::{PublicKey, SEED_BYTES, SecretKey};
pub use proof::{PROOF_BYTES, Proof};

use hash::Domain;
use passerelle_lanes::{LANES, Lanes};

/// Most elements of one proof: an index is encoded in two bytes (RFC 9497, section 2.2.1).
pub const MAX_BATCH: usize = 65_535;
/// Longest input and longest public information, in bytes: lengths are encoded in two bytes
/// (RFC 9497, section 1.2).
pub const MAX_INPUT_BYTES: usize = 65_535;
/// Length of an output, in bytes.
pub const OUTPUT_BYTES: usize = 64;

/// What the function gives: 64 bytes that look random to whoever lacks the key.
pub type Output = [u8; OUTPUT_BYTES];

/// The mode of RFC 9497, section 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Without proof.
    Oblivious,
    /// With a proof that the published key was used.
    Verifiable,
    /// With a proof, and public information both sides give.
    Partial,
}

/// A mode with everything that is hashed along with it.
#[derive(Debug, Clone)]
pub struct Suite {
    mode: Mode,
    domain: Domain,
    lanes: Option<Lanes>,
}

impl Suite {
    /// The suite ristretto255-SHA512 in one mode. Batches are computed in eight lanes where this
    /// processor has them.
    pub fn new(mode: Mode) -> Self {
        let number = match mode {
            Mode::Oblivious => 0,
            Mode::Verifiable => 1,
            Mode::Partial => 2,
        };
        Self {
            mode,
            domain: Domain::new(number),
            lanes: Lanes::detect(),
        }
    }

    /// The same suite, computed one point after the other whatever the processor can: for
    /// comparison.
    #[must_use]
    pub fn one_by_one(mut self) -> Self {
        self.lanes = None;
        self
    }

    /// Whether batches are computed in eight lanes.
    pub fn has_lanes(&self) -> bool {
        self.lanes.is_some()
    }

    /// The lanes, if so many elements fill them.
    fn lanes(&self, count: usize) -> Option<Lanes> {
        self.lanes.filter(|_| count >= LANES)
    }

    /// The mode.
    pub fn mode(&self) -> Mode {
        self.mode
    }
}
