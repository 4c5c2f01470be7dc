//! Eight points of ristretto255 at a time, in the eight lanes of AVX-512 IFMA.
//!
//! Private matching multiplies millions of points by one secret scalar. A processor with the
//! instructions `VPMADD52LUQ` and `VPMADD52HUQ` on registers of 512 bits does eight of these
//! side by side in little more than the time of two. [`Lanes::detect`] says whether this
//! processor can; where it cannot, `curve25519-dalek` does the same one by one.
//!
//! **In scope**: decoding, encoding, the map from uniform bytes (RFC 9496), multiplication by
//! one scalar or by one each, weighted sums.
//! **Out of scope**: everything that gives these a meaning; `passerelle-matching` does that.
//!
//! Neither branches nor addresses depend on scalars, points or encodings (of encodings, only
//! whether each is one comes out). `docs/decisions/0029` says how that was looked at.
//!
//! This is the only package of Passerelle with `unsafe`, and it is of one kind: the call of a
//! function that needs processor features, after they were found. No pointer is read or
//! written by hand.

mod scalar;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(target_arch = "x86_64")]
mod lanes;
#[cfg(not(target_arch = "x86_64"))]
#[path = "absent.rs"]
mod lanes;

pub use lanes::{Lanes, Points};

/// Points, scalars and encodings of one call.
pub const LANES: usize = 8;

/// A group element (RFC 9496, section 4.3) or a scalar below the order of the group, 32 bytes,
/// little-endian.
pub type Encoding = [u8; 32];

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
