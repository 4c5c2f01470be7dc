//! Every lane against `curve25519-dalek`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests: what cannot be is a failed test"
)]

mod edges;
mod random;

use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::{RistrettoPoint, Scalar};
use passerelle_lanes::{Encoding, LANES, Lanes};
use sha2::{Digest as _, Sha512};

/// The kernel, or a note that this processor has none.
fn lanes(test: &str) -> Option<Lanes> {
    let found = Lanes::detect();
    if found.is_none() {
        println!("skipped: no AVX-512 IFMA");
        if let Ok(list) = std::env::var("PASSERELLE_SKIPS") {
            use std::io::Write as _;
            let mut file = std::fs::File::options()
                .append(true)
                .create(true)
                .open(list)
                .unwrap();
            writeln!(file, "{test}: processor: AVX-512 IFMA").unwrap();
        }
    }
    found
}

/// 64 bytes that look random, the same for the same name and number.
fn bytes(name: &str, number: u64) -> [u8; 64] {
    let hash = Sha512::new()
        .chain_update(name)
        .chain_update(number.to_be_bytes());
    hash.finalize().into()
}

/// Eight of them.
fn eight<T>(mut of: impl FnMut(usize) -> T) -> [T; LANES] {
    std::array::from_fn(&mut of)
}

fn scalar(name: &str, number: u64) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&bytes(name, number))
}

fn point(name: &str, number: u64) -> RistrettoPoint {
    RistrettoPoint::from_uniform_bytes(&bytes(name, number))
}

fn encoding(point: &RistrettoPoint) -> Encoding {
    point.compress().to_bytes()
}

/// What dalek reads in an encoding.
fn decoded(bytes: Encoding) -> Option<RistrettoPoint> {
    CompressedRistretto(bytes).decompress()
}
