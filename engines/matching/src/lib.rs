//! Private hit or no-hit between two parties (PMP-1).
//!
//! The holder of an index learns nothing of what is asked; the asker learns whether each thing
//! it asked for is in the index, and nothing else of it.
//!
//! **In scope**: identifiers in their one canonical form ([`class`]), the oblivious function of
//! RFC 9497 ([`oprf`]), the index of tags ([`index`]), the files of the two parties
//! ([`exchange`]).
//! **Out of scope**: who may ask what and how often, signatures, the log, the way between the
//! parties. Pure: randomness is handed in, nothing is read or written.

mod chance;
pub mod class;
pub mod error;
pub mod exchange;
pub mod index;
pub mod oprf;
mod tag;

pub use class::{Canonical, Class};
pub use error::Error;
pub use tag::{Reference, Tag, label_key};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
